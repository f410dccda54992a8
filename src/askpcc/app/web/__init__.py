"""Wires the pages."""

from askpcc.app.web.entering import build_entrance
from askpcc.app.web.running import open_pages, run_web

__all__ = ["build_entrance", "open_pages", "run_web"]
