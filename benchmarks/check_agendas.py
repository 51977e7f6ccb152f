"""Check a thousand agendas, and keep the figures in their own part of docs/benchmarks.md.

Run it from the top of the repository, on Linux: `python benchmarks/check_agendas.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from page import put

ROOT = Path(__file__).parent.parent
WRITTEN = (
    "Written by `python benchmarks/check_agendas.py`. A quarter of the agendas are the longest "
    "bundled one, the others are small and most of those broken. The target is 1,000 in less than "
    "20 s, with memory that does not grow. One run, one process, on a shared machine of"
)
FEW, MANY = 100, 1000
SOURCES = [
    ROOT / "agendas" / "first-session.yaml",
    ROOT / "docs" / "programme" / "first-coffee.yaml",
    *(
        path
        for path in sorted((ROOT / "tests" / "broken_agendas").rglob("*.yaml"))
        if path.read_text(encoding="utf-8").startswith("mentorwalk:")
    ),
]


def fill_in(folder: Path, number: int) -> int:
    """Put so many agendas into a folder: one in four is the longest there is; give their bytes."""
    size = 0
    for at in range(number):
        source = SOURCES[0] if at % 4 == 0 else SOURCES[1 + at % (len(SOURCES) - 1)]
        size += (folder / f"{at:04}.yaml").write_bytes(source.read_bytes())
    return size


def checked(folder: Path) -> tuple[float, float, float]:
    """Check a folder: the seconds by the clock and on a processor, and the megabytes at most."""
    command = [sys.executable, "-m", "mentorwalk", "agenda", "check", str(folder)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    processor = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - began, processor, usage.ru_maxrss / 1024


def row(number: int) -> str:
    """Check so many agendas, and write the figures down."""
    with tempfile.TemporaryDirectory() as folder:
        size = fill_in(Path(folder), number)
        seconds, processor, memory = checked(Path(folder))
    return (
        f"| {number} agendas, {size / number / 1024:.0f} KB each on average "
        f"| {seconds:.1f} s | {processor:.1f} s | {memory:.0f} MB |"
    )


def main() -> None:
    """Measure, and put the table into the page."""
    put(
        "check_agendas",
        "## Checking agendas",
        "",
        f"{WRITTEN} {os.cpu_count()} cores.",
        "",
        "| what | time | on a processor | memory at most |",
        "|---|---|---|---|",
        row(FEW),
        row(MANY),
    )


if __name__ == "__main__":
    main()
