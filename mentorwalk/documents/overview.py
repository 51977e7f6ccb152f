"""An agenda at a glance as Markdown: drawn on a terminal, printed into a pipe, sent as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.documents.markdown import escaped, paragraphs
from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.text import in_one_line, minutes_and_seconds, minutes_in_full, minutes_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.overview import CardLine, Overview, PhaseLine

BAR = 24
"""Columns of a phase's bar: a row of the timeline fits into 60 columns."""


def overview_page(overview: Overview) -> str:
    """Return the overview as a Markdown document."""
    return "\n\n".join(filter(None, _blocks(overview))) + "\n"


def _blocks(overview: Overview) -> Iterator[str]:
    yield f"# {escaped(overview.title)}"
    yield f"{_length(overview)}. {_speakers(overview)}."
    yield escaped(overview.when_to_use)
    yield from map(escaped, paragraphs(overview.about))
    yield _timeline(overview)
    for phase in overview.phases:
        yield f"## {escaped(phase.title)}, {minutes_words(phase.seconds)}"
        yield escaped(phase.aim)
        yield _cards(phase.cards)
    for heading, cards in _not_planned(overview):
        yield f"## {heading}"
        yield _cards(cards)
    yield from _notes(overview)
    for whose, text in overview.asides:
        yield "## " + _("For {name}'s eyes only").format(name=escaped(whose))
        yield from map(escaped, paragraphs(text))


def _length(overview: Overview) -> str:
    """Return how long the session takes, and how long it could."""
    low, high = overview.lengths
    lasts = minutes_in_full(overview.minutes)
    if low != high:
        lasts = ngettext(
            "{number} minute (from {low} to {high} can be planned)",
            "{number} minutes (from {low} to {high} can be planned)",
            overview.minutes,
        ).format(number=overview.minutes, low=low, high=high)
    cards = ngettext("{number} card", "{number} cards", overview.cards)
    # Translators: how long a session lasts, and its cards, such as 60 minutes, 20 cards.
    return _("{minutes}, {cards}").format(minutes=lasts, cards=cards.format(number=overview.cards))


def _speakers(overview: Overview) -> str:
    shares = _(", ").join(f"{escaped(who)} {share} %" for who, share in overview.shares)
    return _("Who speaks") + f": {shares}"


def _timeline(overview: Overview) -> str:
    """Return a table of the phases, with a bar for where each is in the session."""
    rows = [_row(_("begins"), _("phase"), "", _("lasts")), "|--:|---|---|--:|"]
    rows += (_phase_row(phase, overview.minutes * 60) for phase in overview.phases)
    return "\n".join(rows)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _phase_row(phase: PhaseLine, total: int) -> str:
    begins = round(phase.begins / total * BAR)
    ends = max(begins + 1, round((phase.begins + phase.seconds) / total * BAR))
    bar = "░" * begins + "█" * (ends - begins) + "░" * (BAR - ends)
    lasts = minutes_words(phase.seconds)
    return _row(minutes_and_seconds(phase.begins), escaped(phase.short), bar, lasts)


def _cards(cards: tuple[CardLine, ...]) -> str:
    return "\n".join(map(_card, cards))


def _card(card: CardLine) -> str:
    ask = escaped(in_one_line(card.ask))
    lasts = f"{minutes_words(card.seconds)}: " if card.seconds else ""
    labels = _(", ").join(card.written)
    written = _("writes down: {labels}").format(labels=labels) if labels else ""
    lines = (f"{lasts}{ask}", escaped("; ".join([card.who, *card.marks])), escaped(written))
    # Two spaces at the end of a line keep the next one apart.
    return "- " + "  \n  ".join(filter(None, lines))


def _not_planned(overview: Overview) -> Iterator[tuple[str, tuple[CardLine, ...]]]:
    """Yield the cards that are not in the plan, below what they have in common."""
    if overview.left_out:
        left_out = ngettext(
            "Left out in {number} minute, to be pulled in",
            "Left out in {number} minutes, to be pulled in",
            overview.minutes,
        )
        yield left_out.format(number=overview.minutes), overview.left_out
    if overview.extra:
        yield _("Not in the plan, to be pulled in"), overview.extra


def _notes(overview: Overview) -> Iterator[str]:
    """Yield what is filled in beforehand, and what is written at the end."""
    if overview.prepared:
        forms = (
            ngettext("{who} {number} question", "{who} {number} questions", number).format(
                who=escaped(who), number=number
            )
            for who, number in overview.prepared
        )
        yield _("Beforehand") + ": " + _(", ").join(forms) + "."
    if overview.files:
        yield _("Written at the end") + f": {escaped(', '.join(overview.files))}."
