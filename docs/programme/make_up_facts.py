"""Make up the facts files of a programme, to try its report: 60 pairs and a year of meetings.

Run it with the name of a new folder: `python make_up_facts.py facts`. Python is all that it needs.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
EXERCISES = ((), (), ("wheel-of-life",), ("values", "grow"))
Facts = dict[str, Any]


def made_up(pairs: int, until: date = date(2025, 12, 1), seed: int = 4) -> Iterator[Facts]:
    """Yield the facts of so many pairs of one programme, in the year before a day.

    They are the same each time; some leave out lines.
    """
    random = Random(seed)  # noqa: S311 - nothing here is secret
    for _pair in range(pairs):
        pair = {
            "mentorwalk-facts": 1,
            "programme": "river-2026",
            "pair": "".join(random.choices(LETTERS, k=8)),
        }
        agreed, day = random.randint(1, 4), until - timedelta(random.randint(120, 320))
        for meeting in range(1, random.randint(2, 11)):
            facts = _facts(random, meeting, day, agreed=meeting >= agreed)
            left_out = random.choices(list(facts), k=random.choice((0, 0, 0, 1, 2)))
            if day <= until:
                yield pair | {key: value for key, value in facts.items() if key not in left_out}
            day += timedelta(random.randint(14, 45))


def _facts(random: Random, meeting: int, day: date, *, agreed: bool) -> Facts:
    usual = ["meeting"] * 40 + ["closing-session", "early-ending"]
    return {
        "meeting": meeting,
        "agenda": "first-session" if meeting == 1 else random.choice(usual),
        "held_on": day.isoformat(),
        "minutes": random.choice((30, 45, 60, 60, 75)),
        "format": random.choice(("video", "video", "in-person", "other")),
        "agreement": "accepted" if agreed else random.choice(("draft", "none")),
        "next_meeting": random.choice(("set", "set", "open")),
        "steps": random.randint(0, 3),
        "goals": random.randint(0, 3),
        "exercises": list(random.choice(EXERCISES)),
        "contact_us": random.random() < 0.05,
    }


def write_facts(folder: Path, *facts: Facts) -> list[Path]:
    """Write facts into a folder, each to a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"facts-{number}.json" for number, _each in enumerate(facts, 1)]
    for path, each in zip(paths, facts, strict=True):
        path.write_text(json.dumps(each), encoding="utf-8")
    return paths


def main() -> None:
    """Write them into the folder that is named."""
    if len(sys.argv) != 2:
        sys.exit("Name the folder to write to: python make_up_facts.py facts")
    paths = write_facts(Path(sys.argv[1]), *made_up(60, date.today()))
    print(f"{len(paths)} files in {sys.argv[1]}")


if __name__ == "__main__":
    main()
