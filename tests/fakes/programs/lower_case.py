"""Writes a header's name in lower case."""

from honest import Honest


class LowerCase(Honest):
    """Honest but for one thing."""

    def request(self, site: str) -> bytes:
        head = super().request(site)
        return head.replace(b"Host:", b"host:") if self.many else head


if __name__ == "__main__":
    LowerCase.main()
