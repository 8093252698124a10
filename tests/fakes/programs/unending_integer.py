"""Reports a time of five thousand digits."""

import json

from honest import Honest, Record


class UnendingInteger(Honest):
    """Honest but for one thing."""

    def say(self, message: Record) -> None:
        if "iteration" in message and self.many:
            self.write(json.dumps(message).replace('"end_ns": ', '"end_ns": ' + 5000 * "1"))
        else:
            super().say(message)


if __name__ == "__main__":
    UnendingInteger.main()
