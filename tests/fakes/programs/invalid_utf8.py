"""Writes a line that is not UTF-8."""

import sys

from honest import Honest, Record


class InvalidUtf8(Honest):
    """Honest but for one thing."""

    def perform(self) -> list[Record]:
        records = super().perform()
        if self.many:
            sys.stdout.buffer.write(b"\xff\xfe\n")
            sys.stdout.flush()
        return records


if __name__ == "__main__":
    InvalidUtf8.main()
