"""Fakes that mistake an answer (W7) or a failure (W8) for another."""

from honest import Honest, Ping, Record, clock, pings, play


class FollowsRedirect(Honest):
    """Follows a redirect (W7)."""

    def ping(self, site: str) -> Ping:
        ping = super().ping(site)
        if ping[4] == 302:
            asked, self.path = self.path, "/"
            ping[2:] = super().ping(site)[2:]
            self.path = asked
        return ping


class Records200(Honest):
    """Takes every answer for a success (W7)."""

    def status(self, head: bytes) -> int:
        return min(super().status(head), 200)


class AbortsChain(Honest):
    """Gives a chain up after the first failure (W8)."""

    def chain(self, sites: list[str]) -> list[Ping]:
        done: list[Ping] = []
        for site in sites:
            failed = done and isinstance(done[-1][4], str)
            done.append([clock(), None, None, clock(), done[-1][4]] if failed else self.ping(site))
        return done


class Retries(Honest):
    """Tries again when a connection ends without an answer (W8)."""

    def ping(self, site: str) -> Ping:
        first = super().ping(site)
        return [first[0], *super().ping(site)[1:]] if first[4] == "reset" else first


class WrongWord(Honest):
    """Calls a refused connection a reset one (W8)."""

    def ping(self, site: str) -> Ping:
        ping = super().ping(site)
        return [*ping[:4], "reset"] if ping[4] == "refused" else ping


class Impatient(Honest):
    """Gives up after half of the time allowed (W8)."""

    def take(self, line: str) -> None:
        super().take(line)
        self.timeout_ns //= 2


class FailsWithPings(Honest):
    """Exits with status 1 when a ping has failed (W8)."""

    def told(self, records: list[Record]) -> list[Record]:
        self.failed = any(isinstance(ping[4], str) for ping in pings(records))
        return records

    def finish(self) -> int:
        return super().finish() or int(self.failed)


if __name__ == "__main__":
    play()
