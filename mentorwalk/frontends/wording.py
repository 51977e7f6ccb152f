"""The words that every frontend uses: for the clock, the actions and the ends of a walk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mentorwalk.agenda import ROLES
from mentorwalk.answers import NOT_YET, UNKNOWN, count, scale_of
from mentorwalk.asking import Act, Action

if TYPE_CHECKING:
    from mentorwalk.asking import Proposal
    from mentorwalk.card import Card, Question
    from mentorwalk.pace import Reading

ClockStyle = Literal["calm", "exact", "off"]

MORE_TIME = (2, 5)
"""Minutes that can be added at once."""
MOST_TIME = 30

ACTIONS: dict[Action, str] = {
    Action.BACK: "Back: everything stays as it stands",
    Action.SKIP: "Skip this card",
    Action.PARK: "Park it for another day",
    Action.HINT: "Hint: something to try",
    Action.PAUSE: "Pause: the clock waits, say when the call drops",
    Action.JUMP: "Jump to another card",
    Action.EXTRA: "Extra: a card from beside the plan",
    Action.NOTE: "Note: private, typed unseen",
    Action.OFF: "Off the record, or on again",
    Action.MORE_TIME: "More time for this card",
    Action.SHORTEN: "Shorten the rest: less time is left",
    Action.REVIEW: "Review what was written, change or strike it",
    Action.CLOCK: "Clock: calm, exact or off",
    Action.NAMES: "Names: correct one",
    Action.CONTACT: "Contact: whom else to turn to",
    Action.STOP: "Stop and save, to go on another day",
}
"""What people can ask for, in the order it is offered; `/back` and so on when typed."""
FIRST = (Action.BACK, Action.SKIP, Action.PARK, Action.HINT, Action.PAUSE)
"""What is offered first; the rest comes with `more`."""
ALONE = (
    Action.BACK,
    Action.SKIP,
    Action.JUMP,
    Action.REVIEW,
    Action.NAMES,
    Action.CONTACT,
    Action.STOP,
)
"""What one person is offered who sits there without a talk and a clock."""
OFF_RECORD = "Off the record: nothing is written from here; what came before stays."
CLOCK_STYLES: tuple[ClockStyle, ...] = ("calm", "exact", "off")

PAUSED = "Paused. The clock stands still."
PAUSED_TIP = "Take your time. If the call dropped: everything is saved."
INTERRUPTED = "What would you like to do?"
INTERRUPTED_CHOICES: dict[Literal["go on", "stop", "close"], str] = {
    "go on": "Go on",
    "stop": "Stop and save; no documents yet",
    "close": "Close now; the documents are written",
}
DRAFT = "Keep it as a draft until we meet next"
ACCEPT = "We both accept it: each says yes aloud"
ACCEPTS = "Only {} accepts it today"
STAYS = "It stays as we both accepted it"
STAYS_HALF = "It stays: {} has accepted it, {} not yet"
TAKE_BACK = "Make it a draft again"
OWN_WORDS = "In your own words"
NOTHING_YET = "nothing yet"
LEFT_EMPTY = "Leave it empty"
UNSURE = f"{UNKNOWN}: {NOT_YET}"


_ASCII = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "·": "-", "•": "*", "…": "...", "–": "-", "▌": "|"}
    | {"○": "( )", "●": "(x)", "›": ">"}
)


def in_ascii(text: str) -> str:
    """Text in plain letters, as far as signs and quotation marks go."""
    return text.translate(_ASCII)


def ways_to_accept(proposal: Proposal) -> list[tuple[str, str]]:
    """What can become of an agreement: the answer, and its words; Enter means the first one."""
    people = proposal.people
    match proposal.accepted_by:
        case (_, _):
            return [("both", STAYS), ("draft", TAKE_BACK)]
        case (role,):
            stays = STAYS_HALF.format(people.name(role), people.other(role))
            return [(role, stays), ("both", ACCEPT), ("draft", TAKE_BACK)]
        case _:
            ones = [(role, ACCEPTS.format(people.name(role))) for role in ROLES]
            return [("draft", DRAFT), ("both", ACCEPT), *ones]


def typed_word(action: Action) -> str:
    """How an action is typed: `/back`."""
    return "/+2, /+5" if action is Action.MORE_TIME else f"/{action.value}"


def offered(card: Card | None) -> tuple[Action, ...]:
    """What can be asked for on a card."""
    return ALONE if card and card.alone else tuple(ACTIONS)


def unknown_word(word: str, card: Card | None = None) -> str:
    """Say that a typed action does not exist."""
    known = ", ".join(typed_word(action) for action in offered(card))
    return f"There is no {word}. There are {known}. To write it down, begin with a space."


def act_of(text: str, card: Card | None = None) -> Act | None:
    """The action that somebody typed as `/word`, if it is one.

    Raises:
        KeyError: It looks like one, but there is none of that name on this card.
    """
    word = text.rstrip().lower()
    if not re.fullmatch(r"/[a-z]+|/\+\d+", word):
        return None
    actions = offered(card)
    minutes = numbered(word[2:], MOST_TIME) if word[1] == "+" else 0
    if minutes and Action.MORE_TIME in actions:
        return Act(Action.MORE_TIME, minutes=minutes)
    words = {f"/{action.value}": action for action in actions if action is not Action.MORE_TIME}
    return Act(words[word])


def numbered(typed: str, most: int) -> int:
    """A number that was typed, from 1 to the most there is; 0 where it is none of these."""
    number = int(typed) if re.fullmatch(r"\d{1,4}", typed) else 0
    return number if number <= most else 0


def next_style(style: ClockStyle) -> ClockStyle:
    """The way of showing the clock that comes after this one."""
    return CLOCK_STYLES[(CLOCK_STYLES.index(style) + 1) % len(CLOCK_STYLES)]


def clock_words(reading: Reading, style: ClockStyle) -> tuple[str, str]:
    """What the clock says of this card, and of the whole: in words, or exactly."""
    if style == "exact":
        card = f"{digits(reading.card_spent)} of {digits(reading.card_planned)}"
        phase = f"{digits(reading.phase_spent)} of {digits(reading.phase_planned)}"
        return f"card {card}, phase {phase}", f"ends {reading.ends:%H:%M}"
    return _card_left(reading.card_left), f"ends about {reading.ends:%H:%M}{_on_time(reading)}"


def digits(seconds: float) -> str:
    """Minutes and seconds: `4:05`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _card_left(left: float) -> str:
    if left >= 90:
        return f"about {count(round(left / 60))} minutes for this card"
    if left > 45:
        return "about a minute for this card"
    if left > 0:
        return "time to round this card off"
    return "a little over" if left > -90 else f"{count(round(-left / 60))} minutes over"


def _on_time(reading: Reading) -> str:
    """How it stands with the end: nobody minds a minute."""
    late, behind = round(reading.late / 60), round(reading.behind / 60)
    if late > 1:
        return f", {count(late)} minutes later than planned"
    if behind > 1:
        return f", the rest is {count(behind)} minutes shorter"
    return f", {count(-behind)} minutes to spare" if behind < -1 else ", on time"


def wanted(question: Question) -> str:
    """What would do as an answer, in a few words; empty where it goes without saying."""
    field = question.field
    match field.type:
        case "list":
            return "one a line"
        case "number" if field.min is not None and field.max is not None:
            return f"{field.min} to {field.max} {field.unit}".rstrip()
        case "number":
            return field.unit
        case "scale":
            low, high = scale_of(field)
            return f"{low} to {high}"
        case "date":
            return "such as 15 Dec, Tuesday, in 3 weeks"
        case "time":
            return "such as 15:00"
        case "confirm":
            return "yes or no"
        case _:
            return ""
