"""The report of a programme: figures about its pairs, as they may be published."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.date_words import month_in_words
from mentorwalk.domain.disclosure import EXACT, REST, counted_names, middle, named_shares, shares
from mentorwalk.domain.errors import shown
from mentorwalk.domain.facts import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mentorwalk.domain.disclosure import Share

PAIRS = "pairs"
"""The name of the figure that says how many pairs there are."""
NOT_SAID = "not said"
"""Where the pairs are counted that left a fact out."""


IN_ANOTHER_WAY = "in another way"
"""How own words are called where people read how pairs meet."""
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
        """Return it as it may be published of some counts.

        Whether it is shown follows from the ranges alone, as they are published: an attacker who
        knew that somebody at least gave an answer could find out more than one range says.
        """
        match self.kind:
            case "named":
                return self._named(named_shares(counts, least), least)
            case "several":
                return PublishedFigure(self, counted_names(counts, least))
            case _:
                each = {label: counts.get(label, 0) for label in self.labels}
                return self._divided(shares(each, least))

    def _named(self, told: tuple[Share, ...], least: int) -> PublishedFigure:
        names = [share for share in told if share.label not in (REST, NOT_SAID)]
        if names or not any(share.label == REST and share.low for share in told):
            return PublishedFigure(self, told)
        # There is nothing that these would be the others of.
        none = f"Nothing is named here: fewer than {least} pairs gave the same answer."
        return PublishedFigure(self, told if len(told) > 1 else (), none)

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

    @property
    def tells(self) -> bool:
        """Whether enough pairs gave one of its answers."""
        answers = (each for each in self.shares if not each.label.endswith(NOT_SAID))
        return bool(self.remark) or any(each.low for each in answers)


FIGURES: tuple[Figure, ...] = (
    Figure(PAIRS, "Pairs that sent facts", labels=("pairs",)),
    Figure(
        "last_met",
        "When they met last",
        labels=("in the last 30 days", "31 to 60 days ago", "longer ago", "ended", NOT_SAID),
        together=(
            "ended, or not said",
            "longer ago, ended, or not said",
            "before that, ended, or not said",
        ),
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
        labels=(
            "not yet",
            NOT_SAID,
            "since the first meeting",
            "since a later one",
            "since when is not known",
        ),
        together=(
            "later, or since when is not known",
            "since the first meeting, or later",
            "not said, or since whenever",
        ),
    ),
    Figure(
        "next_meeting",
        "Is the next meeting set?",
        labels=("set", "open", "ended", NOT_SAID),
        together=("ended, or not said", "open, ended, or not said"),
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
        labels=("going on", "closed together", "ended early", NOT_SAID),
        together=("ended early, or not said", "ended, or not said"),
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
    months: tuple[date, ...] = ()
    """The months in which enough pairs met, in order, each as its first day."""
    silent: tuple[tuple[str, int], ...] = ()
    """The codes of pairs that may have fallen silent, with the days since they met.

    They are for whoever holds the files, and on no page.
    """
    perhaps_ended: tuple[tuple[str, int], ...] = ()
    """The same of pairs of which nobody knows whether they ended."""
    asked: tuple[str, ...] = ()
    """The codes of pairs that asked to be contacted; for whoever holds the files, too."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The titles of agendas by their ids, as far as they are known."""
    programme: str = ""
    """The id of the programme; empty where the facts name none."""

    def words(self, figure: Figure, label: str) -> str:
        """Return a label as people read it: a title, or a choice without its hyphens."""
        if figure.name in ("agendas", "exercises"):
            return self.titles.get(label, label)
        if figure.name == "format":
            return IN_ANOTHER_WAY if label == OTHER else label.replace("-", " ")
        return label

    @property
    def is_exact(self) -> bool:
        """Whether nothing is kept back, so that it is nothing to pass on."""
        return self.least == EXACT

    @property
    def told(self) -> tuple[PublishedFigure, ...]:
        """The figures that say anything; none, if there are too few pairs for any."""
        if any(each.figure.name == PAIRS and not each.tells for each in self.figures):
            return ()
        return tuple(each for each in self.figures if each.tells)

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands above its figures: of when they are, and how they are to be read."""
        if not self.told:
            few = "No pair" if self.is_exact else f"Fewer than {self.least} pairs"
            return (f"{few} sent facts: too few for a report.",)
        return (*self._period, self._reading)

    @property
    def _period(self) -> Iterator[str]:
        if self.months:
            first, last = (month_in_words(month) for month in (self.months[0], self.months[-1]))
            far = "" if self.is_exact else f", as far as {self.least} pairs or more met in a month"
            yield f"Meetings from {first} to {last}{far}."

    @property
    def _reading(self) -> str:
        if self.is_exact:
            return "Exact numbers, which tell of single pairs: not to be passed on."
        return (
            f"Figures are ranges of {self.least}, so that nobody can be found out: “fewer than "
            f"{self.least}” may be none at all, and subtracting two figures, or two reports in "
            f"ranges of {self.least}, finds nothing."
        )

    @property
    def left_out(self) -> str:
        """Say which figures say nothing, and why; empty if there is none."""
        titles = [each.figure.title for each in self.figures if not each.tells]
        if not (titles and self.told):
            return ""
        few = f"no {self.least} pairs gave the same answer, or nobody was asked"
        why = "no pair said it" if self.is_exact else few
        return f"Left out, because {why}: {', '.join(titles)}."
