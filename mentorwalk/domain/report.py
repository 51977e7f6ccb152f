"""The report of a programme: figures about its pairs, as they may be published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.disclosure import REST, counted_names, middle, named_shares, shares
from mentorwalk.domain.errors import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mentorwalk.domain.disclosure import Share

NOT_SAID = "not said"
"""Where the pairs are counted that left a fact out."""


OURS = "Our mentoring programme"
"""The title of a report on a programme that has no name."""
TITLE_LIMIT = 120
"""Characters of a title."""


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
    together: tuple[str, ...] = ()
    """What the last two of them are called where they are told as one, and the last three."""
    in_middle: str = ""
    """The sentence about the pair in the middle of `{share}`; empty if they are in no order."""

    def published(self, counts: Mapping[str, int], least: int) -> PublishedFigure:
        """Return it as it may be published of some counts."""
        match self.kind:
            case "named":
                return self._named(named_shares(counts, least), least)
            case "several":
                return PublishedFigure(self, counted_names(counts, least))
            case _:
                each = {label: counts.get(label, 0) for label in self.labels}
                return self._divided(shares(each, least))

    def _named(self, told: tuple[Share, ...], least: int) -> PublishedFigure:
        if [share.label for share in told] != [REST]:
            return PublishedFigure(self, told)
        # There is nothing that these would be the others of.
        none = f"Nothing is named here: fewer than {least} pairs gave the same answer."
        return PublishedFigure(self, (), none)

    def _divided(self, told: tuple[Share, ...]) -> PublishedFigure:
        if joined := len(self.labels) - len(told):
            told = (*told[:-1], replace(told[-1], label=self.together[joined - 1]))
        share = middle(told) if self.in_middle else ""
        return PublishedFigure(self, told, self.in_middle.format(share=share) if share else "")


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as it is published."""

    figure: Figure
    shares: tuple[Share, ...]
    remark: str = ""
    """A sentence about them, or why there are none; mostly empty."""


FIGURES: tuple[Figure, ...] = (
    Figure("pairs", "Pairs", labels=("pairs",)),
    Figure(
        "last_met",
        "When they met last",
        labels=("in the last 30 days", "31 to 60 days ago", "longer ago", NOT_SAID),
        together=("longer ago, or not said", "before that, or not said"),
    ),
    Figure(
        "meetings",
        "How often they have met",
        labels=("at most twice", "3 to 5 times", "6 to 9 times", "10 times or more"),
        together=("6 times or more", "3 times or more"),
        in_middle="The pair in the middle has met {share}.",
    ),
    Figure(
        "agreement",
        "Since when they have an agreement",
        labels=("since the first meeting", "since a later one", "not yet", NOT_SAID),
        together=("not yet, or not said", "later, not yet, or not said"),
    ),
    Figure(
        "next_meeting",
        "Is the next meeting set?",
        labels=("set", "open", NOT_SAID),
        together=("open, or not said",),
    ),
    Figure(
        "minutes",
        "How long they meet",
        labels=("up to 30 minutes", "35 to 60 minutes", "longer", NOT_SAID),
        together=("longer, or not said", "longer than that, or not said"),
    ),
    Figure("format", "How they meet", "named"),
    Figure(
        "goals",
        "Goals",
        labels=("none", "one", "several", NOT_SAID),
        together=("several, or not said", "some, or not said"),
    ),
    Figure(
        "endings",
        "Endings",
        labels=("going on", "closed together", "ended early"),
        together=("ended",),
    ),
    Figure(
        "contact",
        "Contact",
        labels=("asked to be contacted", "did not ask", NOT_SAID),
        together=("did not ask, or not said",),
    ),
    Figure("agendas", "Agendas that they used", "several"),
    Figure("exercises", "Exercises that they did", "several"),
)
"""Every figure of a report, in order; their queries are in `workflows/report.sql`."""


def title_of(programme: str, wanted: str | None) -> str:
    """Return the title of a report: what somebody wants it to be, or else from the id."""
    named = f"Mentoring programme {programme}" if programme else OURS
    return shown(" ".join((wanted or "").split()), TITLE_LIMIT) or named


@dataclass(frozen=True)
class Report:
    """What a programme learns of its pairs."""

    day: date
    least: int
    """The fewest pairs that a figure may be about."""
    figures: tuple[PublishedFigure, ...]
    title: str = OURS
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
