"""The report of a programme: figures about its pairs, as they may be published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.disclosure import counted_names, middle, named_shares, shares

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mentorwalk.domain.disclosure import Share

NOT_SAID = "not said"
"""Where the pairs are counted that left a fact out."""


@dataclass(frozen=True)
class Figure:
    """Something that is counted: its query, its title, and how pairs are divided by it."""

    name: str
    """The name of its query."""
    title: str
    kind: Literal["shares", "named", "several"] = "shares"
    """Whether each pair is in one share of a known list, in one by a name, or among several."""
    labels: tuple[str, ...] = ()
    """The labels of its shares, in order."""
    in_order: bool = False
    """Whether there is a share in the middle."""

    def published(self, counts: Mapping[str, int], least: int) -> PublishedFigure:
        """Return it as it may be published of some counts."""
        match self.kind:
            case "named":
                told = named_shares(counts, least)
            case "several":
                told = counted_names(counts, least)
            case _:
                told = shares({label: counts.get(label, 0) for label in self.labels}, least)
        return PublishedFigure(self, told)


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as it is published."""

    figure: Figure
    shares: tuple[Share, ...]

    @property
    def middle(self) -> str:
        """In which share the pair in the middle is; empty where there is no order."""
        return middle(self.shares) if self.figure.in_order else ""


FIGURES: tuple[Figure, ...] = (
    Figure("pairs", "Pairs", labels=("pairs",)),
    Figure(
        "last_met",
        "When they met last",
        labels=("in the last 30 days", "31 to 60 days ago", "longer ago", NOT_SAID),
    ),
    Figure(
        "meetings",
        "How often they have met",
        labels=("up to 2", "3 to 5", "6 to 9", "10 or more"),
        in_order=True,
    ),
    Figure(
        "agreement",
        "Since when they have an agreement",
        labels=("at the first meeting", "later", "not yet", NOT_SAID),
    ),
    Figure("next_meeting", "Is the next meeting set?", labels=("set", "open", NOT_SAID)),
    Figure(
        "minutes",
        "How long they meet",
        labels=("up to 30 minutes", "35 to 60 minutes", "longer", NOT_SAID),
    ),
    Figure("format", "How they meet", "named"),
    Figure("goals", "Goals", labels=("none", "one", "several", NOT_SAID)),
    Figure("endings", "Endings", labels=("going on", "closed together", "ended early")),
    Figure("contact", "Contact", labels=("asked to be contacted", "did not ask", NOT_SAID)),
    Figure("agendas", "Agendas that they used", "several"),
    Figure("exercises", "Exercises that they did", "several"),
)
"""Every figure of a report, in order; their queries are in `workflows/report.sql`."""


@dataclass(frozen=True)
class Report:
    """What a programme learns of its pairs."""

    day: date
    least: int
    """The fewest pairs that a figure may be about."""
    figures: tuple[PublishedFigure, ...]
    silent: tuple[tuple[str, int], ...] = ()
    """The codes of pairs that may have fallen silent, with the days since they met.

    They are for whoever holds the files, and on no page.
    """
    asked: tuple[str, ...] = ()
    """The codes of pairs that asked to be contacted; for whoever holds the files, too."""

    @property
    def note(self) -> str:
        """Say how its figures are to be read; empty where they are exact."""
        if self.least == 1:
            return ""
        return (
            f"Figures are ranges of {self.least}, so that nobody can be found out: no figure is "
            f"about fewer than {self.least} pairs, and subtracting two of them finds nothing."
        )
