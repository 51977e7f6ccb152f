"""An agenda at a glance as lines of text, for pipes and screen readers, and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.i18n import N_, _, ngettext
from mentorwalk.domain.overview import clock
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.overview import CardLine, Overview


SPEAKS, BEFOREHAND = N_("Who speaks"), N_("Beforehand")
WRITTEN = N_("Written at the end")


def length_words(overview: Overview) -> str:
    """How long it takes, and how long it could."""
    low, high = overview.lengths
    lasts = ngettext("{number} minute", "{number} minutes", overview.minutes)
    if low != high:
        lasts = _("{number} minutes (from {low} to {high} can be planned)")
    cards = ngettext("{number} card", "{number} cards", overview.cards)
    # Translators: how long a session lasts, and its cards, such as 60 minutes, 20 cards.
    return _("{minutes}, {cards}").format(
        minutes=lasts.format(number=overview.minutes, low=low, high=high),
        cards=cards.format(number=overview.cards),
    )


def minutes_words(seconds: int) -> str:
    """A length in whole minutes; in half ones, below ten: `13 min`, `2.5 min`."""
    minutes = round(seconds / 60) if seconds >= 600 else max(1, round(seconds / 30)) / 2
    return _("{number} min").format(number=f"{minutes:g}")


def details(card: CardLine) -> str:
    """What there is to say of a card beside its question."""
    labels = _(", ").join(card.written)
    written = _("writes down: {labels}").format(labels=labels) if labels else ""
    return "; ".join(filter(None, [card.who, written, *card.marks]))


def share_words(overview: Overview) -> str:
    """Who speaks how long."""
    return _(", ").join(f"{who} {share} %" for who, share in overview.shares)


def preparation_words(overview: Overview) -> str:
    """Who fills in what beforehand."""
    return _(", ").join(
        ngettext("{who} {number} question", "{who} {number} questions", number).format(
            who=who, number=number
        )
        for who, number in overview.prepared
    )


def plain_lines(overview: Overview) -> Iterator[str]:
    """One thing a line."""
    yield clean(f"{overview.title}, {length_words(overview)}")
    yield from overview.about.split("\n\n") if overview.about else ()
    for phase in overview.phases:
        yield ""
        yield f"{clock(phase.begins)} {phase.title}, {minutes_words(phase.seconds)}"
        for card in phase.cards:
            yield f"  {minutes_words(card.seconds)}: {card.ask}"
            yield f"       {details(card)}"
    for heading, cards in beside(overview):
        yield ""
        yield heading
        for card in cards:
            yield f"  {card.ask}"
            yield f"       {details(card)}"
    yield ""
    yield f"{_(SPEAKS)}: {share_words(overview)}"
    if overview.prepared:
        yield f"{_(BEFOREHAND)}: {preparation_words(overview)}"
    if overview.files:
        yield f"{_(WRITTEN)}: {', '.join(overview.files)}"
    for whose, text in overview.asides:
        yield ""
        yield f"{eyes_only(whose)}:"
        yield from (f"  {line}" for line in text.split("\n\n"))


def beside(overview: Overview) -> Iterator[tuple[str, tuple[CardLine, ...]]]:
    """The cards that are not in the plan, under what they have in common."""
    if overview.left_out:
        yield _("Left out in {minutes} minutes").format(minutes=overview.minutes), overview.left_out
    if overview.extra:
        yield _("Beside the plan, to be pulled in"), overview.extra


def eyes_only(whose: str) -> str:
    """What stands over an aside."""
    return _("For {name}'s eyes only").format(name=whose)


def markdown(overview: Overview) -> str:
    """The same as a page."""
    return "\n".join(_markdown_lines(overview)) + "\n"


def _markdown_lines(overview: Overview) -> Iterator[str]:
    # Loaded here: it brings Jinja, which only this page needs.
    from mentorwalk.documents.markdown import escaped, paragraphs  # noqa: PLC0415

    yield f"# {escaped(overview.title)}"
    yield ""
    yield f"{length_words(overview)}. {_(SPEAKS)}: {escaped(share_words(overview))}."
    for paragraph in paragraphs(overview.about) if overview.about else ():
        yield ""
        yield escaped(paragraph)
    for phase in overview.phases:
        yield ""
        yield f"## {escaped(phase.title)}, {minutes_words(phase.seconds)}"
        if phase.aim:
            yield ""
            yield escaped(phase.aim)
        yield ""
        columns = (_("time"), _("card"), _("who speaks"), _("what is written down"))
        yield f"| {' | '.join(columns)} |"
        yield "|---|---|---|---|"
        for card in phase.cards:
            cells = (minutes_words(card.seconds), _ask(card), card.who, _(", ").join(card.written))
            yield f"| {' | '.join(escaped(' '.join(cell.split())) for cell in cells)} |"
    for heading, cards in beside(overview):
        yield ""
        yield f"## {heading}"
        yield ""
        yield from (f"- {escaped(' '.join(_ask(card).split()))}" for card in cards)
    for whose, text in overview.asides:
        yield ""
        yield f"## {eyes_only(escaped(whose))}"
        for paragraph in paragraphs(text):
            yield ""
            yield escaped(paragraph)
    if overview.files:
        yield ""
        yield f"{_(WRITTEN)}: {escaped(', '.join(overview.files))}."


def _ask(card: CardLine) -> str:
    marks = f" ({'; '.join(card.marks)})" if card.marks else ""
    return f"{card.ask}{marks}"
