"""The format of the journal: each event as JSON data, under names written here by hand.

No name of a class or an attribute gets into a file by itself, so renaming one changes no byte on
disk. The sessions in `tests/golden/` guard this.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mentorwalk.domain.earlier import (
    Arrangement,
    CarryOver,
    EarlierAnswer,
    Facts,
    Replaced,
    ShownAnswer,
)
from mentorwalk.domain.events import (
    Accepted,
    Answered,
    Closed,
    Done,
    Drafted,
    Entered,
    Event,
    ExerciseJoined,
    Extended,
    LetGo,
    Offered,
    OffTheRecord,
    Opened,
    PairCoded,
    Parked,
    Paused,
    Pulled,
    Renamed,
    Resumed,
    Shortened,
    Skipped,
    Struck,
    Ticked,
    Worded,
)
from mentorwalk.domain.open_steps import OpenStep
from mentorwalk.domain.people import People
from mentorwalk.domain.planning import Plan, Slot
from mentorwalk.domain.roles import ROLES
from mentorwalk.storage.prep_shapes import PREP, ROLE, one_of
from mentorwalk.storage.shapes import (
    DAY,
    ELAPSED,
    FLAG,
    MAYBE_DAY,
    MAYBE_SECONDS,
    MAYBE_TEXT,
    MAYBE_WHOLE,
    MOMENT,
    SECONDS,
    TEXT,
    TEXT_BY_KEY,
    TEXTS,
    TEXTS_BY_KEY,
    VALUE,
    VALUES,
    WHOLE,
    ObjectShape,
    Shape,
    expect,
    list_of,
    mapping_of,
    object_of,
    optional,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

NOTHING: Mapping[int, Any] = {}
FORMAT = 2
"""The version of the format of a new session."""
FIRST_FORMAT = 1
"""The version of sessions without a mentorship: they are read for ever, and stay as they are."""


class MissingWords(LookupError):  # noqa: N818 - says what is missing
    """The words of a private event were kept apart, and are gone."""


def _slots(data: Any) -> tuple[Slot, ...]:
    pairs = (expect(list, each) for each in expect(list, data))
    return tuple(Slot(expect(str, prompt), expect(int, seconds)) for prompt, seconds in pairs)


def _accepted(data: Any) -> tuple[Accepted, ...]:
    return tuple(expect(Accepted, decoded(each)) for each in expect(list, data))


def _worded(data: Any) -> Worded:
    return expect(Worded, decoded(data))


STEP_OWNER = one_of(*ROLES, "both")
SLOTS = Shape(lambda slots: [[slot.prompt, slot.seconds] for slot in slots], _slots)
PEOPLE = object_of(People, mentor=TEXT, mentee=TEXT, types=ROLE)
SHOWN = object_of(ShownAnswer, label=TEXT, words=TEXT)
STEP = object_of(
    OpenStep,
    by=("owner", STEP_OWNER),
    words=TEXT,
    since=DAY,
    session=("folder", TEXT),
    said=TEXT,
    last=TEXT,
    last_day=MAYBE_DAY,
)
EARLIER = object_of(EarlierAnswer, day=DAY, value=VALUE)
REPLACED = object_of(Replaced, day=DAY, changed=TEXTS, before=TEXT_BY_KEY)
_CARRY_OVER = object_of(
    CarryOver,
    session=TEXT,
    answers=VALUES,
    told=("shown", mapping_of(SHOWN)),
    clauses=TEXTS,
    settled=TEXTS,
    headings=TEXTS,
    topics=TEXTS,
    accepted=Shape(lambda events: [encoded(each) for each in events], _accepted),
    replaced=optional(REPLACED),
    worded=Shape(lambda event: event and encoded(event), _worded),
    renamed=TEXT_BY_KEY,
    steps=list_of(STEP),
    more_steps=WHOLE,
    sources=TEXTS_BY_KEY,
    earlier=mapping_of(EARLIER),
)
CARRY_OVER = _CARRY_OVER.sparse(
    "replaced", "worded", "renamed", "steps", "more_steps", "sources", "earlier"
)
SPARSE_CARRY_OVER = _CARRY_OVER.sparse()
ARRANGED = object_of(Arrangement, answer=("key", TEXT), value=VALUE, words=TEXT, days=MAYBE_WHOLE)
FACTS = object_of(
    Facts,
    root=TEXT,
    began=MAYBE_DAY,
    meetings=WHOLE,
    events=WHOLE,
    agendas=TEXTS,
    answers=VALUES,
    lasts=TEXT,
    until=MAYBE_DAY,
    decided=TEXT,
    titles=TEXT_BY_KEY,
    arranged=mapping_of(ARRANGED),
).sparse()


def _event(
    kind: type[Event],
    make: Callable[..., Event] | None = None,
    /,
    **keys: Shape | ObjectShape | tuple[str, Shape],
) -> ObjectShape:
    """Return the shape of an event: what every one has, then its own."""
    return object_of(kind, make, seq=WHOLE, at=MOMENT, elapsed=ELAPSED, **keys)


def _opened(**values: Any) -> Opened:
    plan = Plan(values.pop("plan.minutes"), values.pop("plan.slots"))
    return Opened(plan=plan, **values)


EVENTS: Mapping[str, ObjectShape] = {
    "opened": _event(
        Opened,
        _opened,
        mentorship=TEXT,
        before=TEXTS,
        agenda=TEXT,
        digest=TEXT,
        people=PEOPLE,
        plan=("plan.slots", SLOTS),
        templates=TEXTS,
        zone=TEXT,
        carried=CARRY_OVER,
        prepared=list_of(PREP),
        minutes=("plan.minutes", WHOLE),
        facts=FACTS,
        held=MAYBE_DAY,
    ).sparse("mentorship", "before", "facts", "held"),
    "entered": _event(Entered, prompt=TEXT, seconds=MAYBE_SECONDS),
    "answered": _event(Answered, field=TEXT, item=TEXT, value=VALUE, private=FLAG).sparse("item"),
    "drafted": _event(Drafted, field=TEXT, item=TEXT, text=MAYBE_TEXT, private=FLAG).sparse("item"),
    "done": _event(Done, prompt=TEXT),
    "skipped": _event(Skipped, prompt=TEXT),
    "parked": _event(Parked, prompt=TEXT),
    "let_go": _event(LetGo, prompt=TEXT),
    "pulled": _event(Pulled, prompt=TEXT),
    "joined": _event(
        ExerciseJoined,
        agenda=TEXT,
        digest=TEXT,
        file=TEXT,
        after=TEXT,
        plan=SLOTS,
        dropped=TEXTS,
        renamed=TEXT_BY_KEY,
        carried=SPARSE_CARRY_OVER,
        templates=TEXTS,
    ),
    "shortened": _event(Shortened, ends=MOMENT, dropped=TEXTS),
    "offered": _event(Offered, minutes=WHOLE),
    "extended": _event(Extended, prompt=TEXT, seconds=SECONDS),
    "paused": _event(Paused),
    "resumed": _event(Resumed, ends=MOMENT, zone=TEXT).sparse("zone"),
    "ticked": _event(Ticked),
    "struck": _event(
        Struck, field=TEXT, item=TEXT, place=TEXT, along=TEXTS, beforehand=TEXTS
    ).sparse("item", "place", "along"),
    "renamed": _event(Renamed, people=PEOPLE),
    "hushed": _event(OffTheRecord, off=FLAG),
    "accepted": _event(Accepted, role=ROLE, how=TEXT, mark=("fingerprint", TEXT)),
    "worded": _event(Worded, text=TEXT, basis=TEXT, answers=TEXTS, uses=TEXT_BY_KEY).sparse("uses"),
    "closed": _event(Closed, next=TEXT).sparse("next"),
    "coded": _event(PairCoded, pair=TEXT, left_out=TEXTS).sparse("left_out"),
}
"""Every event by its name on disk; keys that the first journals lacked may be left out."""
_NAMES: Mapping[type[Event], str] = {record.kind: name for name, record in EVENTS.items()}
_APART: Mapping[type[Event], str] = {Answered: "value", Drafted: "text"}
"""The key that is kept in another file if an event is private."""


def encoded(event: Event) -> dict[str, Any]:
    """Return an event as plain data: its number and its name first, then everything else.

    Private words are left out: they are kept in a file of their own.
    """
    name = _NAMES[type(event)]
    data = EVENTS[name].write(event)
    data = {"seq": data.pop("seq"), "event": name} | data
    if isinstance(event, Opened):
        data = {"mentorwalk": FORMAT if event.mentorship else FIRST_FORMAT} | data
        # The first journals lacked the key in a first session, and no byte of theirs may change.
        if not event.carried.session:
            del data["carried"]
    if isinstance(event, Answered | Drafted) and event.private:
        del data[_APART[type(event)]]
    return data


def seen_of_opening(data: dict[str, Any]) -> tuple[datetime, date | None, str, People]:
    """Return what a list of sessions says of the event that opened one, by its data.

    That is when it began, the day of a meeting that is only noted, the agenda and the names.

    Raises:
        KeyError, TypeError, ValueError: The data is no such event, as far as it was looked at.
    """
    shapes = EVENTS["opened"].keys
    if not data.keys() <= {*shapes, "event", "mentorwalk"}:
        raise KeyError(*data)
    at, agenda, people = (shapes[key][1].read(data[key]) for key in ("at", "agenda", "people"))
    return at, shapes["held"][1].read(data.get("held")), agenda, people


def decoded(data: dict[str, Any], private: Mapping[int, Any] = NOTHING) -> Event:
    """Return an event from its data, with its private words, which are found by its number.

    Raises:
        KeyError, TypeError, ValueError: The data is not an event.
        MissingWords: The event is private, and its words are not among those given.
    """
    record = EVENTS[data["event"]]
    keys = {key: each for key, each in data.items() if key not in ("event", "mentorwalk")}
    apart = _APART.get(record.kind)
    if apart is None or apart in keys:
        return expect(Event, record.read(keys))
    event = expect(Event, record.read({**keys, apart: None}))
    if event.seq not in private:
        raise MissingWords
    typed = private[event.seq]
    if isinstance(event, Drafted):
        return replace(event, text=MAYBE_TEXT.read(typed))
    return replace(expect(Answered, event), value=typed)
