"""The families without a network: `python -m work WAY` does them in one way."""

import sys

from work.job import serve

if __name__ == "__main__":
    sys.exit(serve(sys.argv[1]))
