"""The checks between the values of an agenda: ids, names, references, times, placeholders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.conditions import never_answered, never_asked
from mentorwalk.authoring.checks.document_files import documents
from mentorwalk.authoring.checks.exercises import not_of_an_exercise
from mentorwalk.authoring.checks.field_types import (
    CHOOSING,
    WITHOUT_DEFAULT,
    fields_of_a_kind,
    untyped,
)
from mentorwalk.authoring.checks.following import (
    choosing,
    conditions_of_next,
    conditions_of_suggestions,
    never_next,
)
from mentorwalk.authoring.checks.ids import CARD, ids, unsure_cards
from mentorwalk.authoring.checks.index import Finding, Hints, Located
from mentorwalk.authoring.checks.picturing import pictures
from mentorwalk.authoring.checks.programmes import programme_id
from mentorwalk.authoring.checks.sources import field_as_choice, sources
from mentorwalk.authoring.checks.steps import ITEM, steps
from mentorwalk.authoring.checks.unknown_names import asked_of_each, no_name, unknown, usable
from mentorwalk.authoring.checks.usual_answers import unfit_default
from mentorwalk.authoring.checks.waiting import waiting_cards
from mentorwalk.authoring.decoding.scalars import number_meant
from mentorwalk.authoring.format.id_forms import NAMES, comma_missing, words_of
from mentorwalk.domain.agenda import TOPICS
from mentorwalk.domain.errors import (
    KNOWN_LIMIT,
    looks_misspelt,
    shown,
    suggestion,
)
from mentorwalk.domain.fields import BEFORE, OPEN_STEPS
from mentorwalk.domain.following import OFFERED
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.programme import ASKS
from mentorwalk.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.fields import Field

FORMAT = 1
IN_MARKS = " If a comma is a part of it, put that choice into quotation marks."
NO_DECISION = "`{key}` follows a decision: it needs a card with `accept: yes`."
SHORT_LIMIT = 12
"""Characters of a phase's short title: six of them fit on a line of 80."""


def findings(index: AgendaIndex) -> Iterator[Finding]:
    """Yield everything wrong with an agenda that could be decoded."""
    for check in _CHECKS:
        yield from check(index)
    for located in index.fields:
        if index.sound(*located.place) and index.sound(*located.place, "type"):
            yield from _field(index, located)


# --- The session as a whole


def _version(index: AgendaIndex) -> Iterator[Finding]:
    version = index.agenda.mentorwalk
    if version != FORMAT and index.sound("mentorwalk"):
        sentence = f"This is format {version}; this program reads format {FORMAT}."
        yield Finding(("mentorwalk",), sentence)


def _lengths(index: AgendaIndex) -> Iterator[Finding]:
    agenda = index.agenda
    shortest, longest = agenda.lengths
    if index.sound("minutes") and not 0 < shortest <= agenda.minutes <= longest:
        yield from _wrong_length(shortest, agenda.minutes, longest)
    planned = [p.value for p in index.prompts if not p.value.extra and p.value.at_least <= shortest]
    if index.prompts and not planned:
        sentence = "No card is left in the shortest session: keep at least one."
        yield Finding(("phases",), sentence)
    for prompt in index.prompts:
        if prompt.value.minutes <= 0:
            yield Finding((*prompt.place, "minutes"), "`minutes` must be more than 0.")


def _wrong_length(shortest: int, minutes: int, longest: int) -> Iterator[Finding]:
    """Yield which of the three lengths of a session is wrong."""
    if minutes < 1:
        yield Finding(("minutes",), "`minutes` must be 1 or more.")
        return
    if shortest < 1:
        yield Finding(("shortest",), "`shortest` must be 1 or more.")
    if shortest > minutes:
        sentence = f"`shortest` ({shortest}) is more than `minutes` ({minutes})."
        yield Finding(("shortest",), sentence)
    if longest < minutes:
        sentence = f"`longest` ({longest}) is less than `minutes` ({minutes})."
        yield Finding(("longest",), sentence)


def _phases(index: AgendaIndex) -> Iterator[Finding]:
    if not index.agenda.phases and index.sound("phases"):
        yield Finding(("phases",), "At least one phase is needed.")
    for number, phase in enumerate(index.agenda.phases):
        if len(phase.short) > SHORT_LIMIT:
            sentence = f"`short` has {len(phase.short)} characters; {SHORT_LIMIT} at most."
            yield Finding(("phases", number, "short"), sentence)
        if not phase.prompts and index.sound("phases", number, "prompts"):
            sentence = "At least one card is needed in a phase."
            yield Finding(("phases", number, "prompts"), sentence)


def _glance(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the cards that cannot show the hour at a glance: one does, and writes nothing down."""
    cards = [prompt for prompt in index.prompts if prompt.value.glance]
    for card in cards[1:]:
        yield Finding((*card.place, "glance"), "At most one card can have `glance: yes`.")
    for place, prompt in cards[:1]:
        for key in ("record", "settle", "again", "accept"):
            if getattr(prompt, key):
                sentence = f"A card with `glance` is only talked about: `{key}` needs another card."
                yield Finding((*place, key), sentence)


def _last_look(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what is wrong with the card that shows every line once more."""
    looks = [prompt for prompt in index.prompts if prompt.value.review]
    # A card that was doubled is told by its id.
    for card in (each for each in looks[1:] if each.value.id != looks[0].value.id):
        yield Finding((*card.place, "review"), "At most one card can have `review: yes`.")
    for place, prompt in looks:
        for key, fields in (("record", prompt.record), ("settle", prompt.settle)):
            if fields:
                sentence = f"A card with `review: yes` asks nothing new: move `{key}` to another."
                yield Finding((*place, key), sentence)
    asked = [prompt.value for prompt in index.prompts if prompt.value.review or prompt.value.accept]
    # A second card that asks for the yes is told as what is wrong then.
    if looks and asked[0].accept and sum(prompt.accept for prompt in asked) == 1:
        sentence = (
            f"`{looks[0].value.id}` comes after the yes of `{asked[0].id}`, too late to change a "
            "line: put it before that card."
        )
        if asked[0].id == looks[0].value.id:
            sentence = (
                "The last look comes before the yes: take this out, and put a card of its own "
                "before this one, with an `id`, an `ask` and `review: yes`."
            )
        yield Finding((*looks[0].place, "review"), sentence)


def _moments(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the words that follow a decision on cards where nothing is decided."""
    for place, prompt in index.prompts:
        for key, words in (("agreed", prompt.agreed), ("still_draft", prompt.still_draft)):
            if words and not prompt.accept:
                yield Finding((*place, key), NO_DECISION.format(key=key))


# --- What refers to ids


def _references(index: AgendaIndex) -> Iterator[Finding]:
    if index.lost:
        return
    again: list[Located[str]] = []
    recalled: list[Located[str]] = []
    answers: list[Located[str]] = []
    for place, prompt in index.prompts:
        again += [Located((*place, "again", i), key) for i, key in enumerate(prompt.again)]
        recalled += [Located((*place, "recall", i), key) for i, key in enumerate(prompt.recall)]
        answers += [Located((*place, "when", c.field), c.field) for c in prompt.when]
    for place, field in index.fields:
        answers += [Located((*place, "when", c.field), c.field) for c in field.when]
        recalled += [Located((*place, "days_from"), field.days_from)] if field.days_from else []
    answers += _named_at_the_top(index.agenda)
    said = {each: sentence for each in answers if (sentence := _no_field(index, *each))}
    yield from (Finding(place, sentence) for (place, _), sentence in said.items())
    unsure = unsure_cards(index)
    yield from unknown(index, again, index.field_ids, unsure)
    yield from unknown(
        index, [each for each in answers if each not in said], index.answer_ids, unsure
    )
    yield from _recalled(index, recalled)


def _named_at_the_top(agenda: Agenda) -> Iterator[Located[str]]:
    """Yield the fields that the meeting and the contact name."""
    for key in ("date", "time", "minutes", "where", "lasts") if agenda.meeting else ():
        yield Located(("meeting", key), getattr(agenda.meeting, key))
    if agenda.contact:
        yield Located(("contact", "named_by"), agenda.contact.named_by)


def _no_field(index: AgendaIndex, place: Place, name: str) -> str:
    """Return what a name is that can be no field where it stands; empty if it may be one."""
    if name in OFFERED:
        return f"`{name}` is known in `next` only."
    if place[CARD:] == ("when", name) and name == "minutes" and name not in index.answer_ids:
        return f"`{name}` is no field. A card for longer sessions has `at_least: 60` instead."
    if place[0] not in ("meeting", "contact") or not _is_answer(name):
        return ""
    named = f"`{place[-1]}` names the field that asks for it, by its id"
    if near := index.field_labelled(name):
        return f"{named}.{near}"
    if place[0] == "contact":
        return f"{named}; a name goes into `who`."
    return f"{named}: no answer goes here.{_always_the_same(str(place[-1]), name)}"


def _always_the_same(key: str, answer: str) -> str:
    """Return how a meeting gets a length, a time or a place that never changes; or nothing."""
    kind = {"minutes": "number", "time": "time", "where": "text"}.get(key)
    usual = number_meant(answer, key, whole=True) if key == "minutes" else answer
    unit = ", `unit: minutes`" if key == "minutes" else ""
    if not (kind and usual):
        return " Where no card asks for it, take this line out."
    return (
        f" Where it is always the same, ask for it on a card, below `settle`, with an `id`, a "
        f"`label`, `type: {kind}`{unit} and `default: {shown(usual, 40)}`, and write the id here."
    )


def _is_answer(name: str) -> bool:
    """Return whether something can be no id, nor one with a role behind it."""
    return name != "" and not re.fullmatch(r"[A-Za-z][\w.-]*", name)


def _recalled(index: AgendaIndex, named: list[Located[str]]) -> Iterator[Finding]:
    """Yield what a card recalls that nobody wrote down."""
    known = {*index.field_ids, OPEN_STEPS}
    # A session that follows another may recall what only that one wrote down; the last time of
    # this agenda has what this one asks.
    form = re.compile(rf"\S+{BEFORE}")
    before = [Located(p, n.removesuffix(BEFORE)) for p, n in named if form.fullmatch(n)]
    foreign = [name for name in named if not (name.value in known or form.fullmatch(name.value))]
    for place, name in foreign:
        if missing := comma_missing(name, known):
            yield Finding(place, missing, name, ", ".join(words_of(name)))
        if "@" in name:
            parts = [part.strip() for part in name.split("@")]
            meant = f"{parts[parts[0] == BEFORE[1:]]}{BEFORE}"
            yield Finding(place, f"What was said last time is `{meant}`.", name)
    foreign = [name for name in foreign if "@" not in name.value]
    # No field of any agenda has a dash in its id.
    cards = [name for name in foreign if name.value in index.agenda.prompts and "-" in name.value]
    yield from unknown(index, cards, index.field_ids)
    foreign = [name for name in foreign if name not in cards]
    misspelt = [
        name for name in foreign[:KNOWN_LIMIT] if looks_misspelt(name.value, index.field_ids)
    ]
    yield from unknown(index, before, index.field_ids)
    yield from unknown(index, misspelt, [*index.field_ids, TOPICS])


def _meeting(index: AgendaIndex) -> Iterator[Finding]:
    fields = {key: located for located in index.fields for key in located.value.answer_ids}
    for key, needed in (("date", "date"), ("time", "time"), ("minutes", "number")):
        # A field without an id is a problem of its own, and no answer that anything names.
        named = getattr(index.agenda.meeting, key, "")
        located = fields.get(named) if named else None
        if located and located.value.type != needed and index.sound(*located.place, "type"):
            field = located.value
            sentence = f"`{field.id}` is of type `{field.type}`; a `{needed}` is needed here."
            yield Finding(("meeting", key), sentence)


def _contact(index: AgendaIndex) -> Iterator[Finding]:
    key = index.agenda.contact.named_by if index.agenda.contact else ""
    field = next((located.value for located in index.fields if located.value.id == key), None)
    if key and field and not field.can_name:
        sentence = f"`{key}` cannot name a contact: that needs one `text` that both may see."
        yield Finding(("contact", "named_by"), sentence)


def _placeholders(index: AgendaIndex) -> Iterator[Finding]:
    meant = Hints()
    unsure = unsure_cards(index)
    private = {key for f in index.fields if f.value.private for key in f.value.answer_ids}
    for text in index.texts:
        in_clause = text.place[-2:] == ("clause", "says")
        # Cards are shown before anybody has answered, so only clauses can name answers.
        known = [*NAMES, *(index.agenda.answerable if in_clause else (ITEM,))]
        for name in PLACEHOLDER.findall(text.value):
            sentence, instead = "", ""
            if name not in known and not (in_clause and index.lost):
                bare = re.sub(r"^(?:answers|people)\.", "", name)
                # Few texts are about an item, and no other name means one.
                likely = [each for each in known if each != ITEM]
                near = meant.nearest(index.role_called(name) or bare, likely)
                if f"{name}.mentor" in known:
                    sentence = asked_of_each(name)
                elif usable(near) and (near or text.place[:CARD] not in unsure):
                    sentence = no_name(index, Located(text.place, name), near)
                    instead = f"{{{near}}}" if sentence.endswith(suggestion(f"{{{near}}}")) else ""
            elif name == "contact" and not index.agenda.contact and index.sound("contact"):
                sentence = "`{contact}` is used, but the agenda has no `contact`."
            elif name == ASKS and not index.agenda.programme and index.sound("programme"):
                sentence = f"`{{{ASKS}}}` is used, but the agenda has no `programme`."
            elif name in private:
                sentence = f"`{name}` is private: it cannot appear in the agreement."
            if sentence:
                yield Finding(text.place, sentence, f"{{{name}}}", instead)


_CHECKS: tuple[Callable[[AgendaIndex], Iterator[Finding]], ...] = (
    _version,
    _lengths,
    programme_id,
    _phases,
    ids,
    _references,
    _meeting,
    _contact,
    never_answered,
    never_asked,
    never_next,
    conditions_of_next,
    conditions_of_suggestions,
    choosing,
    steps,
    sources,
    untyped,
    fields_of_a_kind,
    field_as_choice,
    waiting_cards,
    pictures,
    not_of_an_exercise,
    _placeholders,
    documents,
    _glance,
    _last_look,
    _moments,
)


# --- Field by field


def _field(index: AgendaIndex, located: Located[Field]) -> Iterator[Finding]:
    place, field = located
    chooses = field.type in CHOOSING
    if field.as_ and field.type != "checkbox":
        sentence = f"Only a `checkbox` has sentences; this is a `{field.type}`: take `as` out."
        yield Finding((*place, "as"), sentence)
    if field.lead and (field.type not in ("text", "select") or (chooses and not field.other)):
        sentence = "`lead` begins own words: it needs a `text`, or a `select` with `other: yes`."
        yield Finding((*place, "lead"), sentence)
    if field.ideas and field.type != "text":
        sentence = f"Only a `text` has ideas; this is a `{field.type}`: take `ideas` out."
        yield Finding((*place, "ideas"), sentence)
    seen: set[str] = set()
    for number, choice in enumerate(field.choices):
        # What people type is compared with the choices whatever its case, and what looks the same
        # cannot be chosen between.
        if choice.pick and folded(choice.pick) in seen:
            sentence = f"The choice `{shown(choice.pick, 40)}` appears here twice: keep one."
            behind = [each.pick for each in field.choices[number + 1 : number + 2]]
            goes_on = choice.pick[:1].isupper() and any(each[:1].islower() for each in behind)
            sentence += IN_MARKS * goes_on
            yield Finding((*place, "choices", number), sentence)
        seen.add(folded(choice.pick))
    scaled = field.type in ("scale", "ratings")
    low, high = field.ends if scaled else (field.min, field.max)
    if low is not None and high is not None and low > high:
        yield Finding((*place, "min"), "`min` is more than `max`.")
    elif (not chooses or field.choices) and field.type not in WITHOUT_DEFAULT:
        yield from unfit_default(index, located)
