"""Every error of this project: one tree, and the exit status that each asks for.

    AwaitbenchError             base
    ├── UsageError              the command line or a file given to it is wrong; status 2
    │   ├── TableError          a manifest, or other TOML that people write, is not valid
    │   └── UnreadableRun       a run's folder is missing, damaged, or not a run
    ├── StoppedError            a run was interrupted; status 130
    ├── MissingError            something is missing or in the way on this machine; status 3
    │   ├── BuildError          a runner's programs cannot be built, or give no version
    │   │   └── TooOldError     the version is below the least that the manifest states
    │   ├── RefusedError        the machine gives the harness no process, descriptor or memory
    │   ├── LockHeldError       another run is measuring
    │   ├── OriginLostError     the origin died or no longer answers
    │   ├── StorageError        results cannot be written
    │   └── UnwritableReport    a report cannot be written
    └── InnerError              caught before it reaches anybody: its text goes into another sentence
        ├── CannotStart         a program's file cannot be executed (`runners.spawning`)
        ├── MalformedLine       a program's line is not what the protocol says (`runners.protocol`)
        └── Misfit              a stored value is not what the format asks for (`results.conform`)
            └── NotJson         it is not even JSON

All but the inner ones carry one sentence for a person. A broken rule is no error but a finding (`runners.findings`): data, with its evidence.
Only the command line turns an error into output and an exit status.
"""

from results.text import plain


class AwaitbenchError(Exception):
    """Base of all errors."""

    exit_status = 2


class UsageError(AwaitbenchError):
    """Raised when an option, name or input file is wrong."""


class TableError(UsageError):
    """Raised when TOML is not what it must be; `file`, `key` and `reason` say where and why."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(plain(f"{file}: {key}: {reason}"))
        self.file, self.key, self.reason = file, key, reason


class StoppedError(AwaitbenchError):
    """Raised when a person stopped a run; the text says how to go on."""

    exit_status = 130


class MissingError(AwaitbenchError):
    """Raised when this machine lacks something, or something is in the way."""

    exit_status = 3


class BuildError(MissingError):
    """Raised when a runner cannot be made ready; the text says how, with the end of its output."""


class TooOldError(BuildError):
    """Raised when a toolchain is older than its runner works with."""


class RefusedError(MissingError):
    """Raised when the machine refuses the harness a call that it needs around a program."""


class LockHeldError(MissingError):
    """Raised when another process on this machine is measuring."""


class OriginLostError(MissingError):
    """Raised when the origin process ended or stopped answering."""


class StorageError(MissingError):
    """Raised when results cannot be written (disk full, folder read-only)."""


class UnreadableRun(UsageError):
    """Raised when a file of a run cannot be used; the text names it, what is wrong, what to do."""


class UnwritableReport(MissingError):
    """Raised when a report cannot be written: the folder is read-only or the disk is full."""


class InnerError(AwaitbenchError):
    """Base of errors that are caught where the sentence for a person, or the finding, is made."""
