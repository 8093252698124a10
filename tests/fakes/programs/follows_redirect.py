"""Follows a redirect."""

from honest import Honest, Ping


class FollowsRedirect(Honest):
    """Honest but for one thing."""

    def ping(self, site: str) -> Ping:
        ping = super().ping(site)
        if ping[4] == 302:
            asked, self.path = self.path, "/"
            ping[2:] = super().ping(site)[2:]
            self.path = asked
        return ping


if __name__ == "__main__":
    FollowsRedirect.main()
