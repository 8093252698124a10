"""Speaks an old version of HTTP."""

from honest import Honest


class Http10(Honest):
    """Honest but for one thing."""

    def request(self, site: str) -> bytes:
        head = super().request(site)
        return head.replace(b"HTTP/1.1", b"HTTP/1.0") if self.many else head


if __name__ == "__main__":
    Http10.main()
