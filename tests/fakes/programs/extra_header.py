"""Names itself in a header."""

from honest import Honest


class ExtraHeader(Honest):
    """Honest but for one thing."""

    def request(self, site: str) -> bytes:
        head = super().request(site)
        return head[:-2] + b"User-Agent: fake\r\n\r\n" if self.many else head


if __name__ == "__main__":
    ExtraHeader.main()
