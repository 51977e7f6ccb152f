"""The page of figures, docs/benchmarks.md, of which each script here keeps a part."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def put(name: str, *lines: str) -> None:
    """Put a part into the page, in the place of the one of that name, and print it."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    part = "\n".join([begin, *lines, end])
    page = PAGE.read_text(encoding="utf-8")
    without = re.sub(rf"\n*{begin}.*?{end}\n*", "\n\n", page, flags=re.DOTALL).rstrip()
    PAGE.write_text(f"{without}\n\n{part}\n", encoding="utf-8")
    print(part)
