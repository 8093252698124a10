"""Set-up: makes .venv and the runners' builds, and does nothing where they are there already.

    python3 -m scripts.setup [--browser]

Every `make` target starts it, so it needs the standard library only.

    machine       this machine as far as set-up depends on it; runs commands
    environment   .venv, made with uv, with pip or from Debian's packages
    requirements  what pyproject.toml asks for and .venv lacks; run by .venv's own Python
    debian        packages by apt-get
    npm           packages that only tests need, by npm
"""

import sys

# Here, since an older Python could not parse the modules, nor Windows import them.
if not sys.platform.startswith("linux"):
    sys.stderr.write("setup: awaitbench needs Linux, or WSL 2 on Windows.\n")
    sys.exit(3)
if sys.version_info < (3, 11):
    sys.stderr.write(
        "setup: this is Python %d.%d, and awaitbench needs 3.11 or newer; name another one with "
        "make PYTHON=/path/to/python3 ...\n" % sys.version_info[:2]
    )
    sys.exit(3)
