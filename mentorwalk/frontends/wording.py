"""The words that every frontend uses: for the clock, the actions and the ends of a walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mentorwalk.answers import count, scale_of
from mentorwalk.walk import Action

if TYPE_CHECKING:
    from mentorwalk.card import Question
    from mentorwalk.pace import Reading

ClockStyle = Literal["calm", "exact", "off"]

ACTIONS: dict[Action, str] = {
    Action.BACK: "Back, with what stands there",
    Action.SKIP: "Skip this card",
    Action.HINT: "Hint: something to try",
    Action.PAUSE: "Pause: the clock stands still",
    Action.STOP: "Stop and save, to go on another day",
}
"""What people can ask for, in the order it is offered; `/back` and so on when typed."""

PAUSED = "Paused. The clock stands still."
PAUSED_TIP = "Take your time. If the call dropped: everything is saved."
INTERRUPTED = "What would you like to do?"
INTERRUPTED_CHOICES: dict[Literal["go on", "stop", "close"], str] = {
    "go on": "Go on",
    "stop": "Stop and save: everything is kept, no documents are written yet",
    "close": "Close now: the documents are written from what there is",
}
DRAFT, ACCEPT = "Keep it as a draft; we confirm it when we meet next", "We both accept it today"
OWN_WORDS = "In your own words"
NOTHING_YET = "nothing yet"


def unknown_word(word: str) -> str:
    """Say that a typed action does not exist."""
    known = ", ".join(f"/{action.value}" for action in ACTIONS)
    return f"There is no {word}. There are {known}. To write it down, begin with a space."


def action_of(text: str) -> Action | None:
    """The action that somebody typed as `/word`, if it is one.

    Raises:
        KeyError: It looks like one, but there is none of that name.
    """
    word = text.strip("\r\n").rstrip()
    if not word.startswith("/") or not word[1:].replace("+", "").isalnum():
        return None
    actions = {f"/{action.value}": action for action in ACTIONS}
    return actions[word.lower()]


def clock_words(reading: Reading, style: ClockStyle) -> tuple[str, str]:
    """What the clock says of this card, and of the whole: in words, or exactly."""
    if style == "exact":
        card = f"{digits(reading.card_spent)} of {digits(reading.card_planned)}"
        phase = f"{digits(reading.phase_spent)} of {digits(reading.phase_planned)}"
        return f"card {card}, phase {phase}", f"ends {reading.ends:%H:%M}"
    ends = f"ends about {reading.ends:%H:%M}, {_on_time(reading.behind)}"
    return _card_left(reading.card_left), ends


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


def _on_time(behind: float) -> str:
    minutes = round(abs(behind) / 60)
    if minutes < 2:
        return "on time"
    return f"{count(minutes)} minutes {'later than planned' if behind > 0 else 'to spare'}"


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
