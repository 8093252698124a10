"""The bytes that the origin answers with."""

from benchmarks.ping.origin.plan import ConnectionMode

GARBLE = b"NOT AN HTTP ANSWER\r\n\r\n"
_REASONS = {200: "OK", 302: "Found", 404: "Not Found", 431: "Request Header Fields Too Large",
            504: "Gateway Timeout"}  # fmt: skip


def answer_bytes(status: int, connection: ConnectionMode) -> bytes:
    """Return the whole answer, as it goes out in one segment."""
    location = "Location: /\r\n" if status == 302 else ""
    return (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Length: 0\r\n"
        f"{location}Connection: {connection}\r\n\r\n"
    ).encode()
