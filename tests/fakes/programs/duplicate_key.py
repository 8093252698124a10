"""Writes one key of a record twice."""

import json

from honest import Honest, Record


class DuplicateKey(Honest):
    """Honest but for one thing."""

    def say(self, message: Record) -> None:
        if "iteration" in message and self.many:
            self.write(json.dumps(message)[:-1] + ', "iteration": 0}')
        else:
            super().say(message)


if __name__ == "__main__":
    DuplicateKey.main()
