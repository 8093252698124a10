"""Sends its headers in another order."""

from honest import Honest


class HeaderOrder(Honest):
    """Honest but for one thing."""

    def request(self, site: str) -> bytes:
        first, host, connection, *rest = super().request(site).split(b"\r\n")
        order = [connection, host] if self.many else [host, connection]
        return b"\r\n".join([first, *order, *rest])


if __name__ == "__main__":
    HeaderOrder.main()
