"""Charts as matplotlib figures: functions of data, which the page embeds and `write_pngs` saves."""

from reports.drawing.png import write_pngs

__all__ = ["write_pngs"]
