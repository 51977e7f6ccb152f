"""The words of what people can do besides answering: in menus, and as they are typed."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _, in_english
from mentorwalk.engine.frontend import Action, Command

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.domain.card import Card

MORE_TIME = (2, 5)
"""Minutes that a menu offers to add."""
MOST_TIME = 30
"""Minutes that can be added at once, as in `/+30`."""
ACTIONS: dict[Action, str] = {
    Action.BACK: N_("Back: everything stays as it is"),
    Action.SKIP: N_("Skip this card"),
    Action.PARK: N_("Park it for another day"),
    Action.HINT: N_("Hint: something to try"),
    Action.PAUSE: N_("Pause: the clock waits until you are back"),
    Action.JUMP: N_("Jump to another card"),
    Action.EXTRA: N_("Extra: a card that is not in today's plan"),
    Action.EXERCISE: N_("Tool: an exercise, after this card"),
    Action.NOTE: N_("Note: private, typed unseen"),
    Action.OFF: N_("Off the record for this card"),
    Action.MORE_TIME: N_("More time for this card"),
    Action.SHORTEN: N_("Shorten the rest: less time is left"),
    Action.REVIEW: N_("Review what was written, change or strike it"),
    Action.CLOCK: N_("Clock: calm, exact or off"),
    Action.NAMES: N_("Names: correct one"),
    Action.CONTACT: N_("Contact: whom else to turn to"),
    Action.STOP: N_("Stop and save, to go on another day"),
}
"""What people can ask for, in the order in which it is offered."""
FIRST = (Action.BACK, Action.SKIP, Action.PARK, Action.HINT, Action.OFF, Action.PAUSE)
"""The actions offered first, those that are needed at once; the others come after `more`."""
ALONE = (
    Action.BACK,
    Action.SKIP,
    Action.JUMP,
    Action.REVIEW,
    Action.NAMES,
    Action.CONTACT,
    Action.STOP,
)
"""The actions of somebody who writes alone, without a talk and a clock."""
OF_A_CARD = (Action.SKIP, Action.PARK, Action.HINT, Action.MORE_TIME, Action.REVIEW)
"""The actions on a card of the agenda, which a review is not."""
LETTERS = {
    Action.STOP: "x",
    Action.EXERCISE: "t",
    Action.PAUSE: "z",
    Action.SHORTEN: "l",
    Action.CONTACT: "w",
    Action.NAMES: "a",
}
"""The letters of menus in English that are not the first of the action's word."""
ON_AGAIN = N_("Write again: on the record")
"""What the action that goes off the record does there."""


def letters_for(choices: Iterable[tuple[str, str]]) -> list[str]:
    """Return the key for each choice of a menu, given its English key and its words.

    In another language it is the first letter of the words that is still free, or else the first
    free one of the alphabet; a digit stays.
    """
    keys: list[str] = []
    for key, words in choices:
        letters = () if in_english() or key.isdecimal() else _letters(words)
        keys.append(next(each for each in (*letters, key, *ascii_lowercase) if each not in keys))
    return keys


def _letters(words: str) -> Iterator[str]:
    """Return the letters a to z of a text, with accents taken off."""
    plain = unicodedata.normalize("NFKD", words.lower())
    return (letter for letter in plain if letter in ascii_lowercase)


def typed_word(action: Action) -> str:
    """Return how an action is typed: `/back`."""
    return "/+2, /+5" if action is Action.MORE_TIME else f"/{action.value}"


def actions_on(card: Card | None) -> tuple[Action, ...]:
    """Return what can be asked for on a card."""
    actions = ALONE if card and card.alone else tuple(ACTIONS)
    not_here = OF_A_CARD if card and card.reviews else ()
    return tuple(action for action in actions if action not in not_here)


def action_words(action: Action, card: Card | None) -> str:
    """Return what an action does, in words that are true on this card."""
    if card and card.unsaved and action is Action.STOP:
        return _("Stop")
    if card and card.off_record and action is Action.OFF:
        return _(ON_AGAIN)
    return _(ACTIONS[action])


def is_word(text: str) -> bool:
    """Return whether a text looks like a `/word`."""
    return re.fullmatch(r"/[a-z]+|/\+\d+", text.rstrip().lower()) is not None


def typed_command(text: str, card: Card | None, *, unseen: bool = False) -> Command | None:
    """Return the command that was typed as a `/word`; None if the text does not look like one.

    Raises:
        Unreadable: It looks like one, but there is none of that name on this card. What was typed
            `unseen` is not repeated.
    """
    if not is_word(text):
        return None
    word = text.rstrip().lower()
    actions = actions_on(card)
    minutes = number_in(word[2:], MOST_TIME) if word[1] == "+" else 0
    if minutes and Action.MORE_TIME in actions:
        return Command(Action.MORE_TIME, minutes=minutes)
    words = {f"/{action.value}": action for action in actions if action is not Action.MORE_TIME}
    if word not in words:
        raise Unreadable(_unknown_word("" if unseen else text.strip(), actions))
    return Command(words[word])


def _unknown_word(word: str, actions: tuple[Action, ...]) -> str:
    known = ", ".join(map(typed_word, actions))
    seen = _("There is no {word}. There are {known}. To write it down, begin with a space.")
    unseen = _("There is no such word. There are {known}. To write it down, begin with a space.")
    return (seen if word else unseen).format(word=word, known=known)


def number_in(typed: str, most: int) -> int:
    """Return the number that was typed, if it is one from 1 to `most`; else 0."""
    number = int(typed) if re.fullmatch(r"\d{1,4}", typed) else 0
    return number if number <= most else 0
