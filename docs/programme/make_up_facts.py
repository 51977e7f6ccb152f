"""Make up the facts files of a programme, to try its report: 60 pairs and a year of meetings.

Run it from the top of the repository: `python docs/programme/make_up_facts.py facts`.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.made_up_facts import made_up, write_facts  # noqa: E402 - beside the tests that use it


def main() -> None:
    """Write them into the folder that is named."""
    paths = write_facts(Path(sys.argv[1]), *made_up(60))
    print(f"{len(paths)} files in {sys.argv[1]}")


if __name__ == "__main__":
    main()
