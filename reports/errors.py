"""What can go wrong when a run is read.

    ReportError             one sentence for a person, and the exit status that goes with it
    ├── UnreadableRun       a run's folder is missing, damaged, or not a run
    └── UnwritableReport    the folder or the disk does not take a report
"""


class ReportError(Exception):
    """Base of everything this package raises on purpose; the text is one sentence or two."""

    status = 1


class UnreadableRun(ReportError):
    """A file of the run cannot be used. The text names the file, what is wrong and what to do."""

    status = 2


class UnwritableReport(ReportError):
    """A report cannot be written: the folder is read-only or the disk is full."""

    status = 3
