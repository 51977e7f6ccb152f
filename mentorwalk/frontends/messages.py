"""The words that all frontends share: actions, what was typed, the clock, the agreement."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.answers import NOT_YET, UNKNOWN
from mentorwalk.domain.errors import Unreadable
from mentorwalk.domain.i18n import N_, _, in_english, ngettext
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import count, minutes_and_seconds
from mentorwalk.engine.frontend import Action, Command, PutBack, Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.domain.card import Card
    from mentorwalk.domain.glance import Glance
    from mentorwalk.domain.people import People
    from mentorwalk.domain.question import Question
    from mentorwalk.domain.timing import Reading
    from mentorwalk.engine.frontend import InterruptChoice, Proposal, Rewording

ClockStyle = Literal["calm", "exact", "off"]

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
FIRST = (Action.BACK, Action.SKIP, Action.PARK, Action.HINT, Action.PAUSE)
"""The actions offered first; the others come after `more`."""
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
    Action.PAUSE: "z",
    Action.SHORTEN: "l",
    Action.CONTACT: "w",
    Action.NAMES: "a",
}
"""The letters of menus in English that are not the first of the action's word."""
ON_AGAIN = N_("Write again: on the record")
"""What the action that goes off the record does there."""
NO_TEXT = N_("That line is not text in {encoding}, so nobody could read it. Please type it again.")
CLOCK_STYLES: dict[ClockStyle, str] = {
    "calm": N_("The clock is calm."),
    "exact": N_("The clock is exact."),
    "off": N_("The clock is off."),
}
"""The ways to show the clock, and what is said after a change."""

ROUND_OFF = 45
"""Seconds before the end of a card at which it is time to round it off."""
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
DRAFT = N_("We sleep on it: a draft until {day}")
OPEN_DRAFT = N_("We sleep on it: a draft until we meet again")
BOTH = N_("We both say yes, aloud, now")
ONLY = N_("Only {name} says yes today")
STAYS = N_("It stays: you both said yes")
STAYS_HALF = N_("It stays: {name} has said yes, {other} not yet")
TAKE_BACK = N_("Make it a draft again")
REWORD = N_("There is a sentence that we want to change")
AGAIN = N_("We both say yes to the new wording")
AGAIN_ALONE = N_("{name} says yes to the new wording")
PUT_BACK = N_("Put the old wording back: your yes holds")
PUT_BACK_ALONE = N_("Put the old wording back: the yes of {name} holds")
LEAVE_DRAFT = N_("Leave it as a draft until {day}")
LEAVE_OPEN_DRAFT = N_("Leave it as a draft until we meet again")
OWN_WORDS = N_("In your own words")
NOTHING_YET = N_("nothing yet")
LEFT_EMPTY, LEFT_OPEN = N_("Leave it empty"), N_("Leave it open")
STRUCK = N_("struck: {sentence}")
ADD_SENTENCE = N_("Add a sentence of your own")


_ASCII = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "·": "-", "•": "*", "…": "...", "–": "-", "▌": "|"}
    | {"○": "( )", "●": "(x)", "›": ">", "█": "#", "░": "."}
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


def ways_to_accept(proposal: Proposal) -> list[tuple[Said | PutBack | Command, str]]:
    """Return what can become of an agreement, in words."""
    people = proposal.people
    if proposal.rewording:
        return list(_ways_to_reword(proposal, proposal.rewording))
    both, draft = (Said("both"), _(BOTH)), (Said("draft"), _(TAKE_BACK))
    reword = (Command(Action.REVIEW), _(REWORD))
    match proposal.accepted_by:
        case (_first, _second):
            return [(proposal.unchanged, _(STAYS)), draft, reword]
        case (role,):
            stays = _(STAYS_HALF).format(name=people.name(role), other=people.other(role))
            return [(proposal.unchanged, stays), both, draft, reword]
        case _:
            asleep = _(DRAFT if proposal.until else OPEN_DRAFT).format(day=proposal.until)
            ones = [(Said(role), _(ONLY).format(name=people.name(role))) for role in ROLES[::-1]]
            return [(Said("draft"), asleep), both, *ones, reword]


def _ways_to_reword(
    proposal: Proposal, rewording: Rewording
) -> Iterator[tuple[Said | PutBack, str]]:
    """Yield what can become of the sentences that changed since a yes."""
    role, *other = rewording.accepted_by
    name = proposal.people.name(role)
    yield Said("both" if other else role), _(AGAIN if other else AGAIN_ALONE).format(name=name)
    if rewording.returns:
        yield PutBack(), _(PUT_BACK if other else PUT_BACK_ALONE).format(name=name)
    draft = _(LEAVE_DRAFT if proposal.until else LEAVE_OPEN_DRAFT)
    yield Said("draft"), draft.format(day=proposal.until)


def rewording_words(rewording: Rewording, people: People) -> str:
    """Return how much of the agreement changed since who said yes."""
    number = sum(change.sentences for change in rewording.changes)
    role, *other = rewording.accepted_by
    both = ngettext(
        "You have changed one sentence since you said yes.",
        "You have changed {number} sentences since you said yes.",
        number,
    )
    one = ngettext(
        "You have changed one sentence since {name} said yes.",
        "You have changed {number} sentences since {name} said yes.",
        number,
    )
    return (both if other else one).format(number=count(number), name=people.name(role))


def changed_lines(rewording: Rewording) -> Iterator[tuple[str, str]]:
    """Yield the sentences that changed, each after a word that says from when it is."""
    for change in rewording.changes:
        before, now = " ".join(change.before), " ".join(change.now)
        if before:
            yield (_("before") if now else _("gone")), before
        if now:
            yield (_("now") if before else _("new")), now


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


def interrupted_choices(card: Card) -> dict[InterruptChoice, str]:
    """Return what a Ctrl-C on a card can be meant to do, with its words."""
    choices = INTERRUPTED_UNSAVED if card.unsaved else INTERRUPTED_CHOICES
    return {choice: _(words) for choice, words in choices.items()}


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


def next_style(style: ClockStyle) -> ClockStyle:
    """Return the way to show the clock that comes after this one."""
    styles = list(CLOCK_STYLES)
    return styles[(styles.index(style) + 1) % len(styles)]


def clock_words(reading: Reading, style: ClockStyle, *, brief: bool = False) -> tuple[str, str]:
    """Return what the clock says of this card, and of the session."""
    time = f"{reading.ends:%H:%M}"
    if style == "exact":
        here = _("card {spent} of {planned}, phase {phase_spent} of {phase_planned}").format(
            spent=minutes_and_seconds(reading.card_spent),
            planned=minutes_and_seconds(reading.card_planned),
            phase_spent=minutes_and_seconds(reading.phase_spent),
            phase_planned=minutes_and_seconds(reading.phase_planned),
        )
        return here, _("ends {time}").format(time=time)
    # A card of less than a minute is not rounded off before it has begun.
    soon = min(ROUND_OFF, reading.card_planned / 2)
    return _card_left(reading.card_left, soon, brief=brief), _on_time(reading, time)


def _card_left(left: float, soon: float, *, brief: bool) -> str:
    if left >= 90:
        minutes = round(left / 60)
        whole = ngettext(
            "about {number} minute for this card", "about {number} minutes for this card", minutes
        )
        short = ngettext("about {number} minute", "about {number} minutes", minutes)
        return (short if brief else whole).format(number=count(minutes))
    if left > soon:
        return _("about a minute") if brief else _("about a minute for this card")
    if left > 0:
        return _("time to round this card off")
    if left > -90:
        return _("a little over")
    minutes = round(-left / 60)
    return ngettext("{number} minute over", "{number} minutes over", minutes).format(
        number=count(minutes)
    )


def _on_time(reading: Reading, time: str) -> str:
    """Return when the session ends, and how that fits the plan; one minute more or less does."""
    late, behind = round(reading.late / 60), round(reading.behind / 60)
    minutes = late if late > 1 else abs(behind)
    if late > 1:
        sentence = ngettext(
            "ends about {time}, {number} minute later than planned",
            "ends about {time}, {number} minutes later than planned",
            minutes,
        )
    elif behind > 1:
        sentence = ngettext(
            "ends about {time}, the rest is {number} minute shorter",
            "ends about {time}, the rest is {number} minutes shorter",
            minutes,
        )
    elif behind < -1:
        sentence = ngettext(
            "ends about {time}, {number} minute to spare",
            "ends about {time}, {number} minutes to spare",
            minutes,
        )
    else:
        sentence = _("ends about {time}, on time")
    return sentence.format(time=time, number=count(minutes))


def expected(question: Question) -> str:
    """Return what would do as an answer, in a few words; empty if that is plain."""
    field = question.field
    match field.type:
        case "list":
            return _("one a line")
        case "number" if field.min is not None and field.max is not None:
            sentence = _("{least} to {most} {unit}")
            return sentence.format(least=field.min, most=field.max, unit=field.unit).rstrip()
        case "number":
            return field.unit
        case "scale":
            low, high = field.ends
            return _("{least} to {most}").format(least=low, most=high)
        case "date":
            # Translators: only English words and 2026-12-15 are read.
            return _("such as 15 Dec, Tuesday, in 3 weeks")
        case "time":
            return _("such as 15:00")
        case "confirm":
            return _("yes or no")
        case _:
            return ""
