"""Says things that steer terminals, pages and encoders, and fails on the way."""

import sys

from honest import Honest, Record

HOSTILE = "\x1b[31m<script>alert(1)</script> [bold]x[/bold] |`x`\u202e"


class HostileText(Honest):
    """Honest in deed; its words are not to be obeyed."""

    def ready(self) -> None:
        print(HOSTILE, file=sys.stderr)
        self.say({"ready": 1, "runtime": HOSTILE + "\ud800"})

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            self.write(HOSTILE)
        return records


if __name__ == "__main__":
    HostileText.main()
