"""Leaves the port out of a header."""

from honest import Honest


class HostWithoutPort(Honest):
    """Honest but for one thing."""

    def request(self, site: str) -> bytes:
        head = super().request(site)
        return head.replace(site.encode(), site.split(":")[0].encode()) if self.many else head


if __name__ == "__main__":
    HostWithoutPort.main()
