"""What is read: a run's frames, its analysis, and the page, tables and charts made from it."""

from reports.frames import load, load_pings

__all__ = ["load", "load_pings"]
