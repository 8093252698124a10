"""What is read: a run's frames, its analysis, and the page, tables and charts made from it."""

from reports.frames import load, load_pings
from reports.publish import Analysis, analyse, write

__all__ = ["Analysis", "analyse", "load", "load_pings", "write"]
