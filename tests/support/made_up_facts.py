"""Made-up facts of a programme: those of the guide, whose script stands by itself."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "docs" / "programme"))

from make_up_facts import made_up, write_facts

__all__ = ["made_up", "write_facts"]
