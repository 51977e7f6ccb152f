"""Report on a hundred thousand facts files, and keep the figures in docs/benchmarks.md.

Run it from the top of the repository, on Linux: `python benchmarks/report.py`. It needs DuckDB.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import duckdb
from page import put

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.made_up_facts import made_up  # noqa: E402 - beside the tests

WRITTEN = (
    "Written by `python benchmarks/report.py`. The targets are 100,000 files in less than 30 s and "
    "500 MB, growing no faster than their number, and ten million rows of Parquet in seconds. One "
    "run each, on a shared machine of"
)
FEW, MANY, ROWS = 10_000, 100_000, 10_000_000
PER_FOLDER = 5_000
ENLARGED = """
COPY (
  SELECT * REPLACE (pair || copy AS pair)
  FROM read_parquet($few) CROSS JOIN range($copies) AS copies(copy)
) TO '{many}' (FORMAT parquet)
"""


def fill_in(folder: Path, number: int) -> None:
    """Put so many facts files into a folder, some thousands in each folder below it."""
    for at, facts in enumerate(islice(made_up(number), number)):
        below = folder / str(at // PER_FOLDER)
        below.mkdir(exist_ok=True)
        (below / f"facts-{at}.json").write_text(json.dumps(facts), encoding="utf-8")


def reported(*place: object) -> tuple[float, float, float]:
    """Report: the seconds by the clock and on the processors, and the megabytes at most."""
    command = [sys.executable, "-m", "mentorwalk", "programme", "report", *map(str, place)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    processor = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - began, processor, usage.ru_maxrss / 1024


def row(what: str, figures: tuple[float, float, float]) -> str:
    """Write the figures down."""
    seconds, processor, memory = figures
    return f"| {what} | {seconds:.1f} s | {processor:.1f} s | {memory:.0f} MB |"


def rows(folder: Path) -> list[str]:
    """Measure files, some and ten times as many, and then rows of Parquet."""
    found = []
    for number in (FEW, MANY):
        files, parquet = folder / str(number), folder / f"{number}.parquet"
        files.mkdir()
        fill_in(files, number)
        found.append(row(f"{number:,} facts files", reported(files, "--parquet", parquet)))
    many = folder / "rows.parquet"
    copies = {"few": str(folder / f"{MANY}.parquet"), "copies": ROWS // MANY}
    duckdb.execute(ENLARGED.format(many=many), copies)
    return [*found, row(f"{ROWS:,} rows of Parquet", reported(many))]


def main() -> None:
    """Measure, and put the table into the page."""
    with tempfile.TemporaryDirectory() as folder:
        measured = rows(Path(folder))
    head = ("| what | time | on the processors | memory at most |", "|---|---|---|---|")
    told = f"{WRITTEN} {os.cpu_count()} cores."
    put("report", "## A programme's report", "", told, "", *head, *measured)


if __name__ == "__main__":
    main()
