"""The figures that tests tell: how often a promise was tried."""

from __future__ import annotations

from collections.abc import Callable

Figure = Callable[[str, int], None]
"""Tells what was tried, and how often."""
