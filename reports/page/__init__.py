"""The report's page."""

from reports.page.report import render

__all__ = ["render"]
