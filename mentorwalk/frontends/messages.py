"""The words that all frontends share on a card, at a question and in a pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.domain.answers import NOT_YET, UNKNOWN
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _

if TYPE_CHECKING:
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.glance import Glance
    from mentorwalk.domain.question import Question
    from mentorwalk.engine.frontend import InterruptChoice

NO_TEXT = N_("That line is not text in {encoding}, so nobody could read it. Please type it again.")
STOPS = N_("We stop at {time}.")
"""When a session ends, below its phases."""
PAUSED = N_("Paused. The clock stands still.")
PAUSED_TIP = N_("Take your time. If the call dropped: you go on right here.")
INTERRUPTED = N_("What would you like to do?")
INTERRUPTED_CHOICES: dict[InterruptChoice, str] = {
    "go on": N_("Go on"),
    "stop": N_("Stop and save; no documents yet"),
    "close": N_("Close now; the documents are written"),
}
INTERRUPTED_UNSAVED: dict[InterruptChoice, str] = {
    "go on": N_("Go on"),
    "stop": N_("Stop"),
    "close": N_("Close now, after a look at every line"),
}
OWN_WORDS = N_("In your own words")
NOTHING_YET = N_("nothing yet")
NOTHING_CHOSEN = N_("Nothing is chosen yet: press a digit.")
NOTHING_WRITTEN = N_("Nothing is written yet: Enter once more leaves it open.")
LEFT_EMPTY, LEFT_OPEN = N_("Leave it empty"), N_("Leave it open")
ADD_SENTENCE = N_("Add a sentence of your own")
_ASCII = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "·": "-", "•": "*", "…": "...", "–": "-", "▌": "|"}
    | {"○": "( )", "●": "(x)", "›": ">", "█": "#", "░": ".", "←": "<-", "→": "->"}
)


def in_ascii(text: str) -> str:
    """Return a text with its signs and quotation marks in ASCII; letters stay as they are."""
    return text.translate(_ASCII)


def off_record_line(keys: str) -> str:
    """Return what holds off the record, with the keys that end it."""
    line = _("OFF THE RECORD for this card. Nothing is written. {keys}: write again.")
    return line.format(keys=keys)


def stop_line(glance: Glance) -> str:
    """Return when the session ends, as a sentence."""
    return _(STOPS).format(time=f"{glance.ends:%H:%M}")


def unsure_key() -> str:
    """Return what to type by who does not know yet."""
    return f"{UNKNOWN}: {_(NOT_YET)}"


def not_missed(question: Question) -> None:
    """Say once that a line stays open which Enter alone would leave so.

    Raises:
        Unreadable: That was not said yet.
    """
    if question.can_be_missed and question.complaint != _(NOTHING_WRITTEN):
        raise Unreadable(_(NOTHING_WRITTEN))


def interrupted_choices(card: Card) -> dict[InterruptChoice, str]:
    """Return what a Ctrl-C on a card can be meant to do, with its words."""
    choices = INTERRUPTED_UNSAVED if card.unsaved else INTERRUPTED_CHOICES
    return {choice: _(words) for choice, words in choices.items()}


def number_of(number: int, most: int) -> str:
    """Return how many there are, of how many: `3 of 5`."""
    return _("{number} of {most}").format(number=number, most=most)


def place_among(question: Question) -> str:
    """Return which of several items a question is about, or which it is of a card: `2 of 5`.

    Empty if there is no other.
    """
    items = question.field.items
    number, most = question.place
    if question.item in items:
        number, most = items.index(question.item) + 1, len(items)
    return number_of(number, most) if most > 1 else ""
