"""An agenda at a glance as lines of text, for pipes and screen readers, and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.answers import clean
from mentorwalk.glance import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.glance import CardLine, Glance


def length_words(glance: Glance) -> str:
    """How long it takes, and how long it could."""
    low, high = glance.lengths
    other = f" (from {low} to {high} can be planned)" if low != high else ""
    return f"{glance.minutes} minutes{other}, {glance.cards} cards"


def minutes_words(seconds: int) -> str:
    """Whole minutes, where they are about whole: `13 min`."""
    return f"{round(seconds / 60)} min"


def details(card: CardLine) -> str:
    """What there is to say of a card beside its question."""
    written = f"writes down: {', '.join(card.written)}" if card.written else ""
    return "; ".join(filter(None, [card.who, written, *card.marks]))


def share_words(glance: Glance) -> str:
    """Who speaks how long."""
    return ", ".join(f"{who} {share} %" for who, share in glance.shares)


def preparation_words(glance: Glance) -> str:
    """Who fills in what beforehand."""
    return ", ".join(
        f"{who} {number} question{'' if number == 1 else 's'}" for who, number in glance.prepared
    )


def plain_lines(glance: Glance) -> Iterator[str]:
    """One thing a line."""
    yield clean(f"{glance.title}, {length_words(glance)}")
    yield from glance.about.split("\n\n") if glance.about else ()
    for phase in glance.phases:
        yield ""
        yield f"{clock(phase.begins)} {phase.title}, {minutes_words(phase.seconds)}"
        for card in phase.cards:
            yield f"  {clock(card.seconds)} {card.ask}"
            yield f"       {details(card)}"
    for heading, cards in beside(glance):
        yield ""
        yield heading
        for card in cards:
            yield f"  {card.ask}"
            yield f"       {details(card)}"
    yield ""
    yield f"Who speaks: {share_words(glance)}"
    if glance.prepared:
        yield f"Beforehand: {preparation_words(glance)}"
    if glance.files:
        yield f"Written at the end: {', '.join(glance.files)}"
    for whose, text in glance.asides:
        yield ""
        yield f"For {whose}'s eyes only:"
        yield from (f"  {line}" for line in text.split("\n\n"))


def beside(glance: Glance) -> Iterator[tuple[str, tuple[CardLine, ...]]]:
    """The cards that are not in the plan, under what they have in common."""
    if glance.left_out:
        yield f"Left out in {glance.minutes} minutes", glance.left_out
    if glance.extra:
        yield "Beside the plan, to be pulled in", glance.extra


def markdown(glance: Glance) -> str:
    """The same as a page."""
    return "\n".join(_markdown_lines(glance)) + "\n"


def _markdown_lines(glance: Glance) -> Iterator[str]:
    # Loaded here: it brings Jinja, which only this page needs.
    from mentorwalk.documents.markdown import escaped, paragraphs  # noqa: PLC0415

    yield f"# {escaped(glance.title)}"
    yield ""
    yield f"{length_words(glance)}. Who speaks: {escaped(share_words(glance))}."
    for paragraph in paragraphs(glance.about) if glance.about else ():
        yield ""
        yield escaped(paragraph)
    for phase in glance.phases:
        yield ""
        yield f"## {escaped(phase.title)}, {minutes_words(phase.seconds)}"
        if phase.aim:
            yield ""
            yield escaped(phase.aim)
        yield ""
        yield "| time | card | who speaks | what is written down |"
        yield "|---|---|---|---|"
        for card in phase.cards:
            cells = (clock(card.seconds), _ask(card), card.who, ", ".join(card.written))
            yield f"| {' | '.join(escaped(' '.join(cell.split())) for cell in cells)} |"
    for heading, cards in beside(glance):
        yield ""
        yield f"## {heading}"
        yield ""
        yield from (f"- {escaped(' '.join(_ask(card).split()))}" for card in cards)
    for whose, text in glance.asides:
        yield ""
        yield f"## For {escaped(whose)}'s eyes only"
        for paragraph in paragraphs(text):
            yield ""
            yield escaped(paragraph)
    if glance.files:
        yield ""
        yield f"Written at the end: {escaped(', '.join(glance.files))}."


def _ask(card: CardLine) -> str:
    marks = f" ({'; '.join(card.marks)})" if card.marks else ""
    return f"{card.ask}{marks}"
