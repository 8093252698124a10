"""Set-up: makes .venv and the runners' builds, and does nothing where they are there already.

    python3 -m scripts.setup [--browser]

Started by every `make` target, so it needs no more than Python 3.9 and its standard library. That
is why these modules use neither `match` nor slotted dataclasses.

    machine       this machine as far as set-up depends on it; runs commands
    index         where Python packages come from: pip's configuration, one probe
    debian        packages by apt-get
    environment   .venv, by uv, pip or from Debian's packages, and its mark
    requirements  what pyproject.toml asks for; run by .venv's own Python
    browser       Chromium for the browser tests
"""

import sys

# Here, since an older Python could not even parse the modules.
if sys.version_info < (3, 9):
    sys.stderr.write(
        "setup: this is Python %d.%d; set-up needs 3.9 or newer, and awaitbench itself 3.11. Name "
        "another one with make PYTHON=/path/to/python3 ...\n" % sys.version_info[:2]
    )
    sys.exit(3)
