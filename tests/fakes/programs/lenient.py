"""Takes a number of iterations that is a string."""

import re

from honest import Honest


class Lenient(Honest):
    """Honest but for one thing."""

    def take(self, line: str) -> None:
        super().take(re.sub(r'"iterations": *"(\d+)"', r'"iterations":\1', line))


if __name__ == "__main__":
    Lenient.main()
