"""The figures that tests report: how often a promise was tried."""

from __future__ import annotations

from collections.abc import Callable

Figure = Callable[[str, int], None]
"""Reports what was tried, and how often."""
