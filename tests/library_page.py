"""Write docs/library.md from the bundled agendas: `python tests/library_page.py`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.listing import EXERCISES, SCENARIOS, SESSIONS, group_of
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.agenda import Agenda

PAGE = Path(__file__).parent.parent / "docs" / "library.md"
INTRO = (
    "# The library\n\n"
    "Every agenda that comes with mentorwalk, and when somebody reaches for it. "
    "This page is made from the agendas (`make library`).\n\n"
    "- `mentorwalk agenda list` shows the same list, with your own agendas, and `mentorwalk agenda "
    "list two offers` finds what speaks of some words. A sentence may be typed as it is said.\n"
    "- `mentorwalk agenda show NAME --markdown` is a leaflet for whoever holds the talk, read in "
    "two or three minutes: what it is for, how to hold it and what not to do, what to ask, what "
    "helps when it stalls, what is written down and where it goes.\n"
    "- `mentorwalk status`, and the last page after a call, suggest three at most, where what you "
    "said fits what an agenda names under [`suggested_by`](agendas.md#what-is-suggested).\n"
)
ABOUT = {
    SESSIONS: "The way from the first meeting to the last. `mentorwalk next` knows which one "
    "follows.",
    SCENARIOS: "Meetings for one situation, instead of the ordinary one: `mentorwalk next --agenda "
    "NAME`. They take along what stands between the two, and end with a date, most of them with a "
    "small step, too; after them it goes on as before.",
    EXERCISES: "Techniques for a part of a meeting, or for an evening alone. In a session, Tab "
    "offers them; `mentorwalk start NAME` does one together, `mentorwalk prep NAME` alone.",
}


def page() -> str:
    """The page as it is shipped."""
    bundled = [agenda_from(read_source(path)) for path in BUNDLED_AGENDAS.glob("*.yaml")]
    agendas = sorted(bundled, key=lambda agenda: agenda.id)
    groups = {heading: [each for each in agendas if group_of(each) == heading] for heading in ABOUT}
    parts = (line for heading, kept in groups.items() for line in section(heading, kept))
    return "\n".join((INTRO, *parts))


def section(heading: str, agendas: list[Agenda]) -> Iterator[str]:
    """The lines of a group of agendas."""
    yield from (f"## {heading}", "", ABOUT[heading], "")
    yield from ("| name | title | minutes | when |", "|---|---|---|---|")
    for each in agendas:
        low, high = each.lengths
        length = str(high) if low == high else f"{low} to {high}"
        when = each.when_to_use.replace("{mentee}", "the mentee").replace("{mentor}", "the mentor")
        yield f"| `{each.id}` | {fill_in(each.title, each.names)} | {length} | {when} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
