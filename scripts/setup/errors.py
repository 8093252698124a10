"""What set-up can fail with.

SetupError            something is missing here; its text says what to do
├── NotPermitted      packages are missing that this user may not install; holds the command to type
└── CommandFailed     a command failed or took too long; holds the end of its output
"""

from __future__ import annotations


class SetupError(Exception):
    """Raised when something is missing on this machine; the text says what and what to do."""


class NotPermitted(SetupError):
    """Raised when this user may not install packages."""

    def __init__(self, purpose: str, command: str) -> None:
        super().__init__(
            f"{purpose}: only root may install this, so please type\n\n    {command}\n\n"
            "and then repeat what you typed before."
        )
        self.command = command


class CommandFailed(SetupError):
    """Raised when a command did not end with status 0 within its time."""

    def __init__(self, command: str, reason: str, output: str) -> None:
        super().__init__(f"`{command}` {reason}:\n{output}" if output else f"`{command}` {reason}.")
