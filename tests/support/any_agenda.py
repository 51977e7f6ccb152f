"""Agendas, and sessions of them, as hypothesis draws them: whatever a facilitator may write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

from hypothesis import strategies as st

from mentorwalk.authoring.decoding.scalars import unwrapped
from mentorwalk.domain.agenda import (
    TOPICS,
    Agenda,
    Aside,
    CheckGroup,
    Clause,
    Drawn,
    Phase,
    Prepare,
    Prompt,
    Roles,
)
from mentorwalk.domain.contact import Contact
from mentorwalk.domain.events import (
    Answered,
    Closed,
    Done,
    Entered,
    Parked,
    Pulled,
    Skipped,
    Struck,
)
from mentorwalk.domain.fields import Choice, Condition, Field, FieldType
from mentorwalk.domain.meeting import with_least_minutes
from mentorwalk.domain.outcomes import Document, Meeting
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.text import clean, folded
from mentorwalk.domain.values import ByItem, Node, Outline
from support.building import at, session_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.session import Session


def as_read(text: str) -> str:
    """A text in the form in which it is read: lines joined, nothing in it that cannot be seen."""
    return unwrapped(clean(text))


CARD_IDS = ("rhythm", "no", "null", "limits", "y-n", "steps", "hello", "rules", "true-1", "off")
FIELD_IDS = (
    "often",
    "yes",
    "null",
    "length",
    "y",
    "on",
    "step",
    "takes",
    "n",
    "why",
    "parts",
    "x1",
)
YAML_LIKE = (
    *("yes", "no", "~", "null", "12:30", "1e3", "0x1", "- a", "a: b", "a #b", "#c", "? q", "& x"),
    *("*x", "!t", "%d", "@a", "`b", "'q'", '"d"', "[x]", "{x", "x}", "|", ">", "---", "...", "<<"),
    *("a\n- b", "one.\n\ntwo.", "a  b", "tab\there", "“x”", "back\\slash", "\\n", "=", "{Mentor}"),
    " ".join(["A sentence that is longer than the line of a file,"] * 3),
)


def _fits(text: str) -> bool:
    return bool(text) and unwrapped(text) == text and not PLACEHOLDER.search(text)


TEXTS = st.one_of(
    st.sampled_from(YAML_LIKE),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.text("ab :#-\n{}'\"\t.*", max_size=20),
).map(lambda text: as_read(as_read(text)))
SAID = TEXTS.filter(_fits)
"""What a key may say that has to say something; any text, in the form in which it is read."""
MAYBE = st.one_of(st.just(""), SAID)
NAMED = st.sampled_from(["{mentor} says {mentee}.", "“{mentee}”", "{mentor}:\n- {mentee}"])
ASKS = st.one_of(SAID, NAMED)
LISTS = st.lists(SAID, max_size=2).map(tuple)
MINUTES = st.sampled_from([0.5, 1, 1.25, 2, 3.0, 60])
PICKS = st.lists(
    SAID.filter(lambda text: clean(text) == text), min_size=1, max_size=3, unique_by=folded
).filter(lambda picks: len(picks) > 1 or picks[0] not in FIELD_IDS)
"""Things to choose from; the only one is no id, as that would be a field that is meant."""


@st.composite
def _choices(draw: st.DrawFn) -> tuple[Choice, ...]:
    return tuple(Choice(pick, draw(MAYBE), means=draw(MAYBE)) for pick in draw(PICKS))


@st.composite
def _typed(draw: st.DrawFn, id_: str) -> Field:
    """A field of any type, with choices, bounds and a default that suit it."""
    kinds = list(get_args(FieldType))
    kind: FieldType = draw(st.sampled_from(kinds))
    choices = draw(_choices()) if kind in ("select", "checkbox", "ranking") else ()
    items = draw(PICKS) if kind == "ratings" else []
    pick = choices[0].pick if choices else ""
    defaults: dict[FieldType, st.SearchStrategy[str | tuple[str, ...]]] = {
        "text": MAYBE,
        "list": st.sampled_from(["", "one", ("one", "two")]),
        "select": st.sampled_from(["", pick]),
        "checkbox": st.sampled_from(["", (pick,)]),
        "confirm": st.sampled_from(["", "yes", "no"]),
        # Five minutes are the least of a meeting, which any of them may be the length of.
        "number": st.sampled_from(["", "5", "7.5"]),
        "scale": st.sampled_from(["", "7"]),
        "date": st.sampled_from(["", "in 3 weeks", "2031-12-16"]),
        "time": st.sampled_from(["", "12:30"]),
    }
    default = draw(defaults.get(kind, st.just("")))
    field = Field(id_, draw(ASKS), kind, choices=choices, items=tuple(items), default=default)
    if kind in ("checkbox", "ranking"):
        return replace(field, max=draw(st.sampled_from([None, 1, 9])))
    if kind in ("scale", "ratings"):
        field = replace(field, low=draw(MAYBE), high=draw(MAYBE))
    if kind == "text":
        field = replace(field, ideas=draw(LISTS))
    bounded = kind in ("number", "scale", "ratings") and draw(st.booleans())
    return replace(field, min=-3, max=9) if bounded else field


@st.composite
def any_field(draw: st.DrawFn, id_: str) -> Field:
    """Any field of that id, without a condition."""
    field = draw(_typed(id_))
    return replace(
        field,
        help=draw(MAYBE),
        other=bool(field.choices) and draw(st.booleans()),
        unit=draw(st.sampled_from(["", "minutes"])),
        required=draw(st.booleans()),
        private=draw(st.booleans()),
        prepare=draw(st.sampled_from([None, "mentor", "mentee", "both"])),
        share=draw(st.sampled_from([None, "ask", "yes", "never"])),
        by=draw(st.sampled_from(["mentor", "mentee", "both", "each"])),
    )


@st.composite
def _conditioned(draw: st.DrawFn, field: Field, others: list[Field]) -> Field:
    """The field, asked only where others, which are asked before, are answered so; or always."""
    chosen: list[Field] = []
    if draw(st.booleans()) and others:
        chosen = draw(st.lists(st.sampled_from(others), max_size=2, unique_by=lambda f: f.id))
    when = [Condition(draw(st.sampled_from(list(f.answer_ids))), draw(_replies(f))) for f in chosen]
    return replace(field, when=tuple(when))


@st.composite
def _about(draw: st.DrawFn, field: Field, others: list[Field]) -> Field:
    """The field, perhaps about what was said in others, which are asked before; or in a session."""
    fit = [o.id for o in others if o.type in WITH_ITEMS and not (o.each_of or o.id == field.id)]
    named = draw(st.lists(st.sampled_from(fit), max_size=2, unique=True)) if fit else []
    named = named or draw(st.sampled_from([[], ["told-before"]]))
    if not named or field.required:
        return field
    one_or_more: str | tuple[str, ...] = tuple(named) if draw(st.booleans()) else named[0]
    if field.type == "ratings":
        return replace(field, items_from=one_or_more)
    if field.choices:
        return replace(field, choices_from=one_or_more)
    if field.type in ("text", "list"):
        return replace(field, each_of=named[0], label=f"“{{item}}”: {field.label}", default="")
    return field


WITH_ITEMS = ("select", "checkbox", "list", "ranking", "ratings", "outline")


def _replies(field: Field) -> st.SearchStrategy[tuple[str, ...]]:
    if field.type in ("ratings", "outline"):
        return st.just(("1..", "2") if field.type == "ratings" else ("yes",))
    choices = (Choice("yes"), Choice("no")) if field.type == "confirm" else field.choices
    spelled = {words.casefold() for each in choices for words in (each.words, each.pick)}
    own = SAID.filter(lambda said: said.casefold() not in spelled)
    words = own if field.other or not choices else st.sampled_from([each.pick for each in choices])
    return st.lists(words, min_size=1, max_size=2).map(tuple)


@st.composite
def _clauses(draw: st.DrawFn, names: list[str]) -> Clause:
    told = draw(st.lists(st.sampled_from(["mentor", *names]), max_size=3))
    parts = [f"{draw(SAID)} {{{name}}}, so be it." for name in told]
    says = unwrapped(unwrapped(" ".join(parts))) or draw(SAID)
    heading = draw(st.sampled_from(["How we meet", "What stays", "What {mentee} owns"]))
    return Clause(heading, says, draw(MAYBE))


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """Any valid agenda, small as it is."""
    cards = draw(st.permutations(CARD_IDS))
    phases, cards = cards[: draw(st.integers(1, 3))], cards[3 : draw(st.integers(4, 8))]
    ids = draw(st.permutations(FIELD_IDS))[: draw(st.integers(1, len(FIELD_IDS)))]
    fields = [draw(any_field(id_)) for id_ in ids]
    places = {field.id: number % (len(cards) + 2) for number, field in enumerate(fields)}

    def turn(field: Field) -> tuple[bool, int, int]:
        """Return what sorts the fields as they are asked: private ones last, cards by phases."""
        place = places[field.id]
        phase = place % len(phases) if place < len(cards) else len(phases)
        return field.private, phase, place

    def where(field: Field) -> set[str]:
        """Return in which forms, or in the session, a field is asked."""
        if places[field.id] >= len(cards):
            return {("mentee", "mentor")[places[field.id] - len(cards)]}
        forms = {role for role in ("mentor", "mentee") if field.prepare in (role, "both")}
        return {"session", *(set() if field.private else forms)}

    fields = [draw(_conditioned(f, [o for o in fields if turn(o) < turn(f)])) for f in fields]
    # In the order in which they are asked: what one is about may be about another in turn.
    for number in sorted(range(len(fields)), key=lambda at: turn(fields[at])):
        field = fields[number]
        earlier = [
            other
            for other in fields
            if turn(other) < turn(field) and where(field) <= where(other)
            if field.private or not other.private
        ]
        fields[number] = draw(_about(field, earlier))
    accepts = draw(st.one_of(st.none(), st.sampled_from(cards)))
    is_exercise = accepts is None and draw(st.booleans())
    piles = [tuple(fields[place :: len(cards) + 2]) for place in range(len(cards) + 2)]
    asked = [
        field
        for pile in piles[:-2]
        for field in pile
        if not (field.private or field.each_of or field.type in ("ratings", "outline"))
    ]
    public = [key for field in asked for key in field.answer_ids]
    prompts = [
        replace(draw(_prompts(card, piles[place], public, ids)), accept=card == accepts)
        for place, card in enumerate(cards)
    ]
    if is_exercise:
        prompts = [replace(prompt, clause=None) for prompt in prompts]
    prompts[0] = replace(prompts[0], at_least=0, extra=False)
    dealt = [prompts[number :: len(phases)] for number in range(len(phases))]
    known: set[str] = set()
    dealt = [[_met(prompt, known) for prompt in pile] for pile in dealt]
    dealt = draw(_waiting(dealt))
    agenda = Agenda(
        mentorwalk=1,
        id=draw(st.sampled_from(["talk", "null"])),
        title=draw(ASKS),
        kind="exercise" if is_exercise else "session",
        when_to_use=draw(MAYBE),
        version=draw(st.sampled_from(["", "3", "1.0", "yes"])),
        minutes=60,
        shortest=draw(st.sampled_from([0, 30])),
        longest=draw(st.sampled_from([0, 90])),
        phases=tuple(
            Phase(
                *(id_, draw(ASKS), draw(SAID)[:12].strip() or "x"),
                *(tuple(pile), draw(MAYBE), draw(LISTS)),
            )
            for id_, pile in zip(phases, dealt, strict=True)
            if pile
        ),
        about=draw(MAYBE),
        roles=Roles(draw(SAID), draw(SAID)),
        contact=draw(st.one_of(st.none(), st.builds(Contact, SAID, MAYBE, MAYBE))),
        aside=Aside(draw(MAYBE), draw(MAYBE)),
        stuck=draw(LISTS),
        prepare=Prepare(
            draw(MINUTES),
            draw(MAYBE),
            _met_fields(piles[-2], set()),
            _met_fields(piles[-1], set()),
            draw(st.lists(st.builds(CheckGroup, SAID, LISTS), max_size=1).map(tuple)),
        ),
        meeting=None if is_exercise else draw(_meetings(fields)),
        next="" if is_exercise else draw(MAYBE),
        documents=(
            Document("summary.md.j2", "summary.md"),
            Document("contract.md.j2", "contract.md", accept=accepts is not None),
        ),
    )
    # As it is read: a meeting is of some minutes, whatever the field says.
    return with_least_minutes(agenda)


@st.composite
def _waiting(draw: st.DrawFn, dealt: list[list[Prompt]]) -> list[list[Prompt]]:
    """Cards in phases, of which some wait for what an earlier one asks, or show it in a picture."""
    *walked, _last = [card.id for pile in dealt for card in pile if not card.extra] or [""]
    earlier: list[Field] = []
    found: list[list[Prompt]] = []
    for pile in dealt:
        cards: list[Prompt] = []
        for card in pile:
            waits = _waits(card, earlier) if card.id in walked else st.just(card)
            cards.append(draw(waits))
        found.append(cards)
        earlier += [f for card in pile for f in card.fields if not f.private]
    return found


@st.composite
def _waits(draw: st.DrawFn, card: Prompt, earlier: list[Field]) -> Prompt:
    drawn = [f for f in earlier if f.type in KINDS and not f.each_of]
    shows, several, waits = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    if drawn and shows:
        field = draw(st.sampled_from(drawn))
        card = replace(card, picture=Drawn(KINDS[field.type], (field.id,) if several else field.id))
    if not (waits and earlier) or card.accept:
        return card
    named = draw(st.sampled_from(earlier))
    key = draw(st.sampled_from(list(named.answer_ids)))
    return replace(card, when=(Condition(key, draw(_replies(named))),))


KINDS: Mapping[str, Literal["wheel", "ranking", "columns", "tree"]] = {
    "ratings": "wheel",
    "ranking": "ranking",
    "checkbox": "columns",
    "outline": "tree",
}
"""A picture for each type that can be drawn."""


def _met(prompt: Prompt, known: set[str]) -> Prompt:
    """A card whose conditions can be met by what was asked before; that is known from then on."""
    record = _met_fields(prompt.record, known)
    return replace(prompt, record=record, settle=_met_fields(prompt.settle, known))


def _met_fields(fields: tuple[Field, ...], known: set[str]) -> tuple[Field, ...]:
    met = []
    for field in fields:
        met.append(replace(field, when=tuple(c for c in field.when if c.field in known)))
        # What is private is asked after all the rest.
        known |= set() if field.private else {*field.answer_ids}
    return tuple(met)


@st.composite
def _meetings(draw: st.DrawFn, fields: list[Field]) -> Meeting | None:
    """The next meeting, where a field of each type can say when it is."""
    keys = {kind: [""] for kind in get_args(FieldType)}
    for field in (field for field in fields if not field.each_of):
        keys[field.type] += field.answer_ids
    if len(keys["date"]) == 1:
        return None
    drawn = [draw(st.sampled_from(keys[kind])) for kind in ("time", "number", "select")]
    return Meeting(keys["date"][1], *drawn)


@st.composite
def _prompts(
    draw: st.DrawFn, card: str, fields: tuple[Field, ...], public: list[str], ids: list[str]
) -> Prompt:
    cut = draw(st.integers(0, len(fields)))
    known = st.sampled_from(ids)
    return Prompt(
        card,
        draw(ASKS),
        read=draw(MAYBE),
        to=draw(st.sampled_from(["mentor", "mentee", "both"])),
        first=draw(st.sampled_from([None, "mentor", "mentee"])),
        minutes=draw(MINUTES),
        tip=draw(MAYBE),
        stuck=draw(LISTS),
        recall=draw(st.lists(st.just(TOPICS) | known, max_size=2).map(tuple)),
        again=draw(st.lists(known, max_size=2).map(tuple)),
        at_least=draw(st.sampled_from([0, 0, 75])),
        extra=draw(st.booleans()),
        keep=draw(st.booleans()),
        record=fields[:cut],
        settle=fields[cut:],
        clause=draw(st.one_of(st.none(), _clauses(public))),
    )


# --- Sessions


def values(field: Field) -> st.SearchStrategy[Value]:
    """What may have been read as the answer to a field."""
    words = SAID.map(clean).filter(bool)
    picks = st.sampled_from([choice.pick for choice in field.choices] or ["none"]).map(clean)
    kinds: dict[str, st.SearchStrategy[Value]] = {
        "text": words,
        "list": st.lists(words, min_size=1, max_size=3).map(tuple),
        "select": picks,
        "checkbox": picks.map(lambda pick: (pick,)),
        "confirm": st.booleans(),
        "number": st.sampled_from([0, 7, 2.5]),
        "scale": st.integers(0, 9),
        "date": st.sampled_from(["2031-12-16", "2026-11-24"]),
        "time": st.sampled_from(["12:30", "00:00"]),
        "ranking": picks.map(lambda pick: (pick,)),
        "ratings": st.sampled_from(field.items or ("none",)).map(lambda item: ByItem(((item, 7),))),
        "outline": words.map(lambda word: Outline((Node(word),))),
    }
    return kinds[field.type]


@st.composite
def sessions(draw: st.DrawFn, agenda: Agenda, opened: Session | None = None) -> Session:
    """Any finished session of an agenda: some cards done, some not, now and then a line struck."""
    session = opened or session_of(agenda)
    pulled = (
        draw(st.lists(st.sampled_from(session.extras()), unique=True)) if session.extras() else []
    )
    session = session.apply_all(Pulled(**at(0), prompt=card) for card in pulled)
    for card in session.cards:
        ending = draw(st.sampled_from([Done, Done, Done, Skipped, Parked, None]))
        if ending is None:
            continue
        session = session.apply(Entered(**at(0), prompt=card))
        for field in agenda.prompts[card].fields:
            for key in field.answer_ids if draw(st.integers(0, 4)) else ():
                value, private = draw(values(field)), field.private
                said = Answered(**at(0), field=key, value=value, private=private)
                session = session.apply(said)
        session = session.apply(ending(**at(0), prompt=card))
    redacted = (
        draw(st.lists(st.sampled_from(sorted(session.answers)), max_size=2))
        if session.answers
        else []
    )
    session = session.apply_all(Struck(**at(0), field=key) for key in redacted)
    return session.apply(Closed(**at(0)))
