"""How a ping can fail: the words of the protocol, and the codes that stand for them in arrays."""

from collections.abc import Mapping
from enum import StrEnum


class Failure(StrEnum):
    """Why a ping got no status, as a program records it."""

    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"


# Beside HTTP's own codes, 100 to 599. Stored runs hold them: none may change.
CODES: Mapping[str, int] = {
    Failure.REFUSED: -1,
    Failure.RESET: -2,
    Failure.TIMEOUT: -3,
    Failure.PROTOCOL: -4,
}
WORDS: Mapping[int, str] = {code: str(word) for word, code in CODES.items()}


def code_of(status: object) -> int | None:
    """Return the code of a ping's status; None where it is not a status."""
    if type(status) is int:
        return status if 100 <= status <= 599 else None
    return CODES.get(status) if isinstance(status, str) else None


def status_of(code: int) -> int | str:
    """Return the status that a code stands for, as a program records it."""
    return WORDS.get(code, code)
