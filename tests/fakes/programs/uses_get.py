"""Uses another method."""

from honest import Honest


class UsesGet(Honest):
    """Honest but for one thing."""

    def request(self, site: str) -> bytes:
        head = super().request(site)
        return head.replace(b"HEAD", b"GET") if self.many else head


if __name__ == "__main__":
    UsesGet.main()
