"""The rules of the contract as data; docs/runner-contract.md explains each."""

from enum import StrEnum


class Rule(StrEnum):
    """A rule: its id, what it demands, and whether every invocation of every run is examined.

    The others are examined by `check` alone. The demand is in the words of its table.
    """

    demand: str
    on_every_run: bool

    def __new__(cls, id_: str, demand: str, on_every_run: bool) -> "Rule":
        rule = str.__new__(cls, id_)
        rule._value_, rule.demand, rule.on_every_run = id_, demand, on_every_run
        return rule

    M1 = "M1", "a valid runner.toml", False
    M2 = "M2", "required executables found, build succeeds, version answers", False
    P1 = "P1", "`ready`, well formed, within 10 s of the spawn", True
    P2 = "P2", "the protocol's lines on standard output and nothing else", True
    P3 = "P3", "exactly the iterations asked for, in order, within the limit", True
    P4 = "P4", "exit with 0 within 5 s of the end of its input, nothing left running", True
    P5 = "P5", "status 2 and one line on standard error for each of five bad jobs", False
    P6 = "P6", "consistent times, all between our job and our first record", True
    W1 = "W1", "every request head exactly the contract's bytes", True
    W2 = "W2", "as many connections as due, none idle, none reused against the job", True
    W3 = "W3", "exactly the requests due at every site", True
    W4 = "W4", "each ping reaches the origin after the answer before it", True
    W5 = "W5", "all chains in flight at once", False
    W6 = "W6", "the answer ends at its blank line, not at the close", False
    W7 = "W7", "a 302 recorded as 302 and not followed", False
    W8 = "W8", "each failure named as the contract names it, once, and the chain goes on", False
    W9 = "W9", "each ping's times enclose the origin's, with the status that was sent", True
    C1 = (
        "C1",
        "each iteration's checksum the value that follows from the job, and its time no shorter",
        True,
    )


MANIFEST_RULES = (Rule.M1, Rule.M2)
PROTOCOL_RULES = tuple(rule for rule in Rule if rule.startswith("P"))
WIRE_RULES = tuple(rule for rule in Rule if rule.startswith("W"))
