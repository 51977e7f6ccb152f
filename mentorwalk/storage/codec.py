"""The format of the journal: each event as JSON data, under names written here by hand.

No name of a class or an attribute gets into a file by itself, so renaming one changes no byte on
disk. The sessions in `tests/golden/` guard this.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from mentorwalk.domain.events import (
    Accepted,
    Answered,
    CarryOver,
    Closed,
    Done,
    Drafted,
    Entered,
    Event,
    Extended,
    Facts,
    Offered,
    OffTheRecord,
    Opened,
    Parked,
    Paused,
    Pulled,
    Redacted,
    Renamed,
    Replaced,
    Resumed,
    Shortened,
    ShownAnswer,
    Skipped,
    Ticked,
    Worded,
)
from mentorwalk.domain.open_steps import OpenStep
from mentorwalk.domain.people import People, Prep
from mentorwalk.domain.planning import Plan, Slot
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
NOTHING: Mapping[int, Any] = {}
FORMAT = 2
"""The version of the format of a new session."""
FIRST_FORMAT = 1
"""The version of sessions without a mentorship: they are read for ever, and stay as they are."""


class MissingWords(LookupError):  # noqa: N818 - says what is missing
    """The words of a private event were kept apart, and are gone."""


class Shape(NamedTuple):
    """One kind of value in JSON."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    """Raises KeyError, TypeError or ValueError if the data is not such a value."""


class ObjectShape(NamedTuple):
    """A frozen value in JSON: an object with these keys, in this order."""

    kind: type[Any]
    keys: Mapping[str, tuple[str, Shape | ObjectShape]]
    """By key, the attribute whose value it holds, and the shape of that value."""
    make: Callable[..., Any] | None = None
    """Makes the value from its attributes, if its class does not do so itself."""

    def write(self, value: Any) -> dict[str, Any]:
        """Return the data of a value."""
        return {key: shape.write(attrgetter(at)(value)) for key, (at, shape) in self.keys.items()}

    def read(self, data: Any) -> Any:
        """Return the value of some data; a key that is missing leaves its attribute's default.

        Raises:
            KeyError, TypeError, ValueError: The data is not such a value.
        """
        named = ((self.keys[key], each) for key, each in expect(dict, data).items())
        return (self.make or self.kind)(**{at: shape.read(each) for (at, shape), each in named})


def expect(kind: type[T], data: Any) -> T:
    """Return data if it is of the kind that is expected; a bool does not count as a number.

    Raises:
        TypeError: It is of another kind.
    """
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise TypeError(data)
    return data


def _unchanged(*kinds: type) -> Shape:
    def read(data: Any) -> Any:
        """Return the data as it is, if it is of one of the kinds."""
        if not isinstance(data, kinds) or (isinstance(data, bool) and bool not in kinds):
            raise TypeError(data)
        return data

    return Shape(lambda value: value, read)


def _texts(data: Any) -> tuple[str, ...]:
    return tuple(expect(str, item) for item in expect(list, data))


def read_value(data: Any) -> Any:
    """Return the value of an answer from its data.

    Raises:
        TypeError: The data is not the value of an answer.
    """
    if isinstance(data, list):
        return _texts(data)
    if not isinstance(data, str | int | float | NoneType):
        raise TypeError(data)
    return data


def _values(data: Any) -> dict[str, Any]:
    return {key: read_value(value) for key, value in expect(dict, data).items()}


def _texts_by_key(data: Any) -> dict[str, str]:
    return {key: expect(str, text) for key, text in expect(dict, data).items()}


def _moment(data: Any) -> datetime:
    moment = datetime.fromisoformat(data)
    if moment.tzinfo is None:
        raise ValueError(data)
    return moment


def _slots(data: Any) -> tuple[Slot, ...]:
    pairs = (expect(list, each) for each in expect(list, data))
    return tuple(Slot(expect(str, prompt), expect(int, seconds)) for prompt, seconds in pairs)


def _role(data: Any) -> Any:
    if data not in ROLES:
        raise ValueError(data)
    return data


def _owner(data: Any) -> Any:
    return data if data == "both" else _role(data)


TEXT = _unchanged(str)
MAYBE_TEXT = _unchanged(str, NoneType)
WHOLE = _unchanged(int)
FLAG = _unchanged(bool)
SECONDS = Shape(lambda value: value, lambda data: float(_unchanged(float, int).read(data)))
MAYBE_SECONDS = _unchanged(float, int, NoneType)
ELAPSED = Shape(lambda seconds: round(seconds, 3), SECONDS.read)
MOMENT = Shape(datetime.isoformat, _moment)
MAYBE_DAY = Shape(
    lambda day: day and day.isoformat(), lambda data: data and date.fromisoformat(data)
)
TEXT_BY_KEY = Shape(dict, _texts_by_key)
ROLE = Shape(str, _role)
STEP_OWNER = Shape(str, _owner)
TEXTS = Shape(list, _texts)
VALUE = Shape(lambda value: value, read_value)
VALUES = Shape(dict, _values)
SLOTS = Shape(lambda slots: [[slot.prompt, slot.seconds] for slot in slots], _slots)

PEOPLE = ObjectShape(
    People, {"mentor": ("mentor", TEXT), "mentee": ("mentee", TEXT), "types": ("types", ROLE)}
)
PREP = ObjectShape(
    Prep,
    {
        "agenda": ("agenda", TEXT),
        "role": ("role", ROLE),
        "name": ("name", TEXT),
        "answers": ("answers", VALUES),
        "unknown": ("unknown", TEXTS),
    },
)
SHOWN = ObjectShape(ShownAnswer, {"label": ("label", TEXT), "words": ("words", TEXT)})


def _each(record: ObjectShape) -> Shape:
    """Return the shape of several values in a list."""
    return Shape(
        lambda values: [record.write(each) for each in values],
        lambda data: tuple(record.read(each) for each in expect(list, data)),
    )


def _by_key(record: ObjectShape) -> Shape:
    """Return the shape of several values, each under a key."""
    return Shape(
        lambda values: {key: record.write(each) for key, each in values.items()},
        lambda data: {key: record.read(each) for key, each in expect(dict, data).items()},
    )


def _accepted(data: Any) -> tuple[Accepted, ...]:
    return tuple(expect(Accepted, decoded(each)) for each in expect(list, data))


def _worded(data: Any) -> Worded:
    return expect(Worded, decoded(data))


DAY = Shape(date.isoformat, date.fromisoformat)
STEP = ObjectShape(
    OpenStep,
    {
        "by": ("owner", STEP_OWNER),
        "words": ("words", TEXT),
        "since": ("since", DAY),
        "session": ("folder", TEXT),
        "said": ("said", TEXT),
        "last": ("last", TEXT),
        "last_day": ("last_day", MAYBE_DAY),
    },
)
REPLACED = ObjectShape(
    Replaced,
    {
        "day": ("day", DAY),
        "changed": ("changed", TEXTS),
        "before": ("before", TEXT_BY_KEY),
    },
)


def _maybe(record: ObjectShape) -> Shape:
    """Return the shape of a value that may be missing."""
    return Shape(
        lambda value: None if value is None else record.write(value),
        lambda data: None if data is None else record.read(data),
    )


_CARRY_OVER = ObjectShape(
    CarryOver,
    {
        "session": ("session", TEXT),
        "answers": ("answers", VALUES),
        "told": ("shown", _by_key(SHOWN)),
        "clauses": ("clauses", TEXTS),
        "settled": ("settled", TEXTS),
        "headings": ("headings", TEXTS),
        "topics": ("topics", TEXTS),
        "accepted": (
            "accepted",
            Shape(lambda events: [encoded(each) for each in events], _accepted),
        ),
        "replaced": ("replaced", _maybe(REPLACED)),
        "worded": ("worded", Shape(lambda event: event and encoded(event), _worded)),
        "renamed": ("renamed", TEXT_BY_KEY),
        "steps": ("steps", _each(STEP)),
        "more_steps": ("more_steps", WHOLE),
    },
)
_LATER = ("replaced", "worded", "renamed", "steps", "more_steps")
"""Keys of what comes along that are left out where they hold nothing, as in `_YOUNGER`."""
CARRY_OVER = Shape(
    lambda carried: {
        key: value
        for key, value in _CARRY_OVER.write(carried).items()
        if value or key not in _LATER
    },
    _CARRY_OVER.read,
)
_FACTS = ObjectShape(
    Facts,
    {
        "root": ("root", TEXT),
        "began": ("began", MAYBE_DAY),
        "meetings": ("meetings", WHOLE),
        "events": ("events", WHOLE),
        "agendas": ("agendas", TEXTS),
        "answers": ("answers", VALUES),
        "lasts": ("lasts", TEXT),
        "until": ("until", MAYBE_DAY),
        "decided": ("decided", TEXT),
        "titles": ("titles", TEXT_BY_KEY),
    },
)
FACTS = Shape(
    lambda facts: {key: value for key, value in _FACTS.write(facts).items() if value}, _FACTS.read
)
_COMMON = {"seq": ("seq", WHOLE), "at": ("at", MOMENT), "elapsed": ("elapsed", ELAPSED)}
"""The keys of every event."""


def _event(
    kind: type[Event],
    make: Callable[..., Event] | None = None,
    **keys: tuple[str, Shape | ObjectShape],
) -> ObjectShape:
    return ObjectShape(kind, _COMMON | keys, make)


def _opened(**values: Any) -> Opened:
    plan = Plan(values.pop("plan.minutes"), values.pop("plan.slots"))
    return Opened(plan=plan, **values)


EVENTS: Mapping[str, ObjectShape] = {
    "opened": _event(
        Opened,
        _opened,
        mentorship=("mentorship", TEXT),
        before=("before", TEXTS),
        agenda=("agenda", TEXT),
        digest=("digest", TEXT),
        people=("people", PEOPLE),
        plan=("plan.slots", SLOTS),
        templates=("templates", TEXTS),
        zone=("zone", TEXT),
        carried=("carried", CARRY_OVER),
        prepared=("prepared", _each(PREP)),
        minutes=("plan.minutes", WHOLE),
        facts=("facts", FACTS),
        held=("held", MAYBE_DAY),
    ),
    "entered": _event(Entered, prompt=("prompt", TEXT), seconds=("seconds", MAYBE_SECONDS)),
    "answered": _event(
        Answered, field=("field", TEXT), value=("value", VALUE), private=("private", FLAG)
    ),
    "drafted": _event(
        Drafted, field=("field", TEXT), text=("text", MAYBE_TEXT), private=("private", FLAG)
    ),
    "done": _event(Done, prompt=("prompt", TEXT)),
    "skipped": _event(Skipped, prompt=("prompt", TEXT)),
    "parked": _event(Parked, prompt=("prompt", TEXT)),
    "pulled": _event(Pulled, prompt=("prompt", TEXT)),
    "shortened": _event(Shortened, ends=("ends", MOMENT), dropped=("dropped", TEXTS)),
    "offered": _event(Offered, minutes=("minutes", WHOLE)),
    "extended": _event(Extended, prompt=("prompt", TEXT), seconds=("seconds", SECONDS)),
    "paused": _event(Paused),
    "resumed": _event(Resumed, ends=("ends", MOMENT), zone=("zone", TEXT)),
    "ticked": _event(Ticked),
    "struck": _event(Redacted, field=("field", TEXT), beforehand=("beforehand", TEXTS)),
    "renamed": _event(Renamed, people=("people", PEOPLE)),
    "hushed": _event(OffTheRecord, off=("off", FLAG)),
    "accepted": _event(
        Accepted, role=("role", ROLE), how=("how", TEXT), mark=("fingerprint", TEXT)
    ),
    "worded": _event(
        Worded, text=("text", TEXT), basis=("basis", TEXT), answers=("answers", TEXTS)
    ),
    "closed": _event(Closed, next=("next", TEXT)),
}
"""Every event by its name on disk."""
_NAMES: Mapping[type[Event], str] = {record.kind: name for name, record in EVENTS.items()}
_YOUNGER: Mapping[type[Event], tuple[str, ...]] = {
    Opened: ("mentorship", "before", "facts", "held"),
    Resumed: ("zone",),
    Closed: ("next",),
}
"""Keys that the first journals did not have: they are left out where they hold nothing."""
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
        if not event.carried.session:
            del data["carried"]
    if isinstance(event, Answered | Drafted) and event.private:
        del data[_APART[type(event)]]
    for key in _YOUNGER.get(type(event), ()):
        if not data[key]:
            del data[key]
    return data


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
