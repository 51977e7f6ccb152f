"""Cards of one agenda in another: under free names, with the fields they need.

Nothing that comes along stays behind because its name is taken: it gets another one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import count
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import NAMES, TOPICS
from mentorwalk.domain.conditions import unmet_conditions, with_conditions
from mentorwalk.domain.errors import looks_misspelt
from mentorwalk.domain.fields import BEFORE, OPEN_STEPS, by_answer_id, can_draw, field_of
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.possible_answers import possible_answers

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from mentorwalk.domain.agenda import Agenda, Drawn, Phase, Prompt
    from mentorwalk.domain.fields import Condition, Field
    from mentorwalk.domain.outcomes import Meeting


@dataclass(frozen=True)
class KeptCard:
    """A card of an earlier session."""

    prompt: Prompt
    origin: Agenda
    """The agenda in which it stood."""

    @property
    def phase(self) -> str:
        """The id of the phase in which it stood."""
        return self.origin.phase_of[self.prompt.id].id

    @property
    def fields(self) -> list[Field]:
        """Its fields, after those of other cards without which it says or asks nothing.

        What comes next, and what came of the open steps, is for each agenda itself to ask.
        """
        fields = [*self._lacking(), *self.prompt.fields]
        return [each for each in fields if not (each.chooses_next or each.asks_steps)]

    def _lacking(self) -> list[Field]:
        clause, own = self.prompt.clause, {each.id for each in self.prompt.fields}
        named = self.origin.named_in(clause) if clause else set()
        asked = {key for each in self.prompt.fields for key in each.answer_ids}
        needed = with_conditions(self.origin, named | asked)
        # What is private comes along only for a private question about it.
        about = {name for each in self.prompt.fields for name in each.sources}
        # In the order in which its agenda asks them, since one may wait for another.
        others = (each for key, each in self.origin.fields.items() if key not in own)
        shown = (each for each in others if not each.private or each.id in about)
        return [each for each in shown if needed & each.answer_ids.keys()]


@dataclass(frozen=True)
class Joined:
    """An agenda with the cards that came along into it."""

    agenda: Agenda
    cards: Mapping[str, str] = field(default_factory=dict)
    """The id that each of these cards has here, by its own."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """The id that an answer had before, for each that has another one here."""

    def with_card(self, card: KeptCard) -> Joined:
        """Return the agenda with one more card: where the agreement is, or in its own phase.

        Its fields get free names, too; one that the agenda asks already is not asked twice, unless
        that would be too late for the card. It stays behind only if the agenda could not be read
        again with it.
        """
        return self._with(card, shares=True) or self._with(card, shares=False) or self

    def _with(self, card: KeptCard, *, shares: bool) -> Joined | None:
        """Return the agenda with a card, which may share fields; None if it could not be read."""
        agenda, fields = self.agenda, card.fields
        ids = _free_ids(fields, agenda, shares=shares)
        new = [_renamed_field(each, ids) for each in fields if ids[each.id] not in agenda.fields]
        taken = {*agenda.prompts, *(phase.id for phase in agenda.phases)}
        id_ = _free(card.prompt.id.replace(".", "-"), "-", taken)
        # What it waited for came true, or it would be no card that comes along.
        prompt = replace(_with_fields(under_ids(card.prompt, ids), new), id=id_, when=())
        agenda = _without_unmet(_with_card_in(agenda, prompt, card.phase), prompt)
        agenda = with_card(agenda, _recalling(agenda.prompts[id_], agenda))
        if not is_consistent(agenda):
            return None
        before = {
            renamed_key(key, ids): key
            for each in fields
            for key in each.answer_ids
            if ids[each.id] != each.id
        }
        return Joined(agenda, {**self.cards, card.prompt.id: id_}, {**self.answers, **before})


def joined(agenda: Agenda, cards: Iterable[KeptCard]) -> Joined:
    """Return an agenda with the cards that come along into it."""
    return reduce(Joined.with_card, cards, Joined(agenda))


def with_card(agenda: Agenda, card: Prompt) -> Agenda:
    """Return the agenda with a card in place of the one with its id."""
    phases = tuple(
        replace(phase, prompts=tuple(card if p.id == card.id else p for p in phase.prompts))
        for phase in agenda.phases
    )
    return replace(agenda, phases=phases)


def is_consistent(agenda: Agenda) -> bool:
    """Return whether ids are unique and references resolve, so that the agenda loads again."""
    cards, known = agenda.prompts.values(), agenda.answerable
    prepared = [*agenda.prepare.mentor, *agenda.prepare.mentee]
    fields = [*(field for card in cards for field in card.fields), *prepared]
    ids = [field.id for field in fields]
    by_key = by_answer_id(fields)
    names = {*ids, *by_key}
    named = [name.removesuffix(BEFORE) for card in cards for name in card.recall]
    named += [name for field in fields for name in field.sources]
    foreign = {*named} - {TOPICS, OPEN_STEPS, *names}
    return (
        len(ids) == len(set(ids))
        and all(_is_complete(card, known) and names.issuperset(card.again) for card in cards)
        and all(_can_be_met(field, by_key) for field in prepared)
        and not any(looks_misspelt(name, names) for name in foreign)
        and _has_fields_of(agenda.meeting, known)
        and _are_about_earlier(fields)
        and all(_can_be_drawn(card.picture, agenda.fields) for card in cards)
        # These are mistakes for the check, too.
        and not any(unmet_conditions(agenda))
    )


# --- Its names


def _free(wanted: str, mark: str, taken: Container[str]) -> str:
    """Return an id that is not taken: the wanted one, or else with a number after it."""
    names = (wanted if number == 1 else f"{wanted}{mark}{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _free_ids(fields: Iterable[Field], agenda: Agenda, *, shares: bool) -> Mapping[str, str]:
    """Return the id here of each of a card's fields, by its own: free, or that of the same field.

    Without `shares`, all of them are free.

    What is prepared alone is asked on no card, so its fields are shared with none.
    """
    ids: dict[str, str] = {}
    prepared = {each.id for each in (*agenda.prepare.mentor, *agenda.prepare.mentee)}
    for each in fields:
        shared = {key for key, other in agenda.fields.items() if shares and is_same(each, other)}
        others = agenda.fields.keys() - shared
        wanted = each.id.replace(".", "_")
        ids[each.id] = _free(wanted, "_", {*others, *prepared, *ids.values()})
    return ids


def is_same(one: Field, other: Field) -> bool:
    """Return whether another field of one's id asks for the same thing, and always does.

    An answer that is not asked for is no answer, so a clause that names it would lose its words.
    """
    return asks_the_same(one, other) and not other.when


def asks_the_same(one: Field, other: Field) -> bool:
    """Return whether two fields of one id ask for the same thing, so that one answer serves."""
    return _means(one) == _means(other)


def _means(field: Field) -> tuple[object, ...]:
    """Return what two fields of one id have in common if they ask for the same thing."""
    kind = (field.type, field.choices, field.choices_from, field.as_, field.items, field.sources)
    return (*kind, field.by, field.private, field.step, field.each_of)


def under_ids(card: Prompt, ids: Mapping[str, str]) -> Prompt:
    """Return a card with other ids for some of its fields, and in all that names them."""
    return replace(
        card,
        when=_renamed_conditions(card.when, ids),
        picture=card.picture and replace(card.picture, of=_renamed_keys(card.picture.of, ids)),
        record=tuple(_renamed_field(each, ids) for each in card.record),
        settle=tuple(_renamed_field(each, ids) for each in card.settle),
        recall=tuple(renamed_key(key, ids) for key in card.recall),
        again=tuple(renamed_key(key, ids) for key in card.again),
        clause=card.clause and replace(card.clause, says=_renamed_text(card.clause.says, ids)),
    )


def _with_fields(card: Prompt, fields: list[Field]) -> Prompt:
    """Return a card with some fields alone: those of other cards come first.

    What a field waits for is asked before it.
    """
    own = {each.id for each in card.fields}
    lacking = [each for each in fields if each.id not in own]
    record, settle = ([each for each in of if each in fields] for of in (card.record, card.settle))
    if record:
        return replace(card, record=(*lacking, *record), settle=tuple(settle))
    return replace(card, record=(), settle=(*lacking, *settle))


def _renamed_field(each: Field, ids: Mapping[str, str]) -> Field:
    return replace(
        each,
        id=ids.get(each.id, each.id),
        when=_renamed_conditions(each.when, ids),
        choices_from=_renamed_keys(each.choices_from, ids),
        items_from=_renamed_keys(each.items_from, ids),
        each_of=renamed_key(each.each_of, ids),
    )


def _renamed_conditions(
    when: tuple[Condition, ...], ids: Mapping[str, str]
) -> tuple[Condition, ...]:
    return tuple(replace(on, field=renamed_key(on.field, ids)) for on in when)


def _renamed_keys(keys: str | tuple[str, ...], ids: Mapping[str, str]) -> str | tuple[str, ...]:
    """Return one id or several, as they were given."""
    if isinstance(keys, str):
        return renamed_key(keys, ids)
    return tuple(renamed_key(key, ids) for key in keys)


def _renamed_text(says: str, ids: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: f"{{{renamed_key(match[1], ids)}}}", says)


def renamed_key(key: str, ids: Mapping[str, str]) -> str:
    """Return the id of an answer, or of a field, by the field's id here."""
    name, before, rest = key.partition(BEFORE)
    own = field_of(name)
    return f"{ids.get(own, own)}{name.removeprefix(own)}{before}{rest}"


# --- Its place


def _with_card_in(agenda: Agenda, card: Prompt, phase: str) -> Agenda:
    """Return the agenda with one more card: at the end of a phase or, if it is none, of the first.

    One with a clause is talked about where the agreement is, before the last look at it.
    """
    ids = [each.id for each in agenda.phases]
    home = agenda.phases[ids.index(phase) if phase in ids else 0]
    place = len(home.prompts)
    if card.clause and (ends := _end_of_agreement(agenda)):
        home, place = ends
    more = replace(home, prompts=(*home.prompts[:place], card, *home.prompts[place:]))
    return replace(agenda, phases=tuple(more if each is home else each for each in agenda.phases))


def _end_of_agreement(agenda: Agenda) -> tuple[Phase, int] | None:
    """Return where one more part of the agreement goes; None if there is none to be accepted.

    It goes after the last card with a clause that comes before the last look or, without one,
    before the card that accepts; if there is no such card, right before these.
    """
    cards = list(agenda.prompts.values())
    last = next((place for place, each in enumerate(cards) if each.review or each.accept), None)
    if last is None:
        return None
    # Right before the last look, a session that is nearly over would go back to its rules.
    clauses = (place for place in reversed(range(last)) if cards[place].clause)
    after = next(clauses, None)
    card = cards[last if after is None else after]
    home = agenda.phase_of[card.id]
    return home, home.prompts.index(card) + (after is not None)


def _without_unmet(agenda: Agenda, card: Prompt) -> Agenda:
    """Return the agenda with the fields on a card asked always if they were never asked.

    A card that comes along may get before another one whose answer it waited for.
    """
    unmet = {(each.field, each.key) for each in unmet_conditions(agenda)}
    record, settle = (
        tuple(
            replace(each, when=tuple(on for on in each.when if (each.id, on.field) not in unmet))
            for each in fields
        )
        for fields in (card.record, card.settle)
    )
    return with_card(agenda, replace(card, record=record, settle=settle)) if unmet else agenda


def _recalling(card: Prompt, agenda: Agenda) -> Prompt:
    """Return a card that opens known fields only; it may recall those of an earlier agenda.

    A name that looks like a misspelling of a known one would not load, so it goes.
    """
    names = {*agenda.fields, *agenda.answerable}
    prepared = (*agenda.prepare.mentor, *agenda.prepare.mentee)
    spelled = [*names, *(key for each in prepared for key in (each.id, *each.answer_ids))]
    again = tuple(name for name in card.again if name in names)
    recall = tuple(
        name
        for name in card.recall
        if name in (TOPICS, OPEN_STEPS)
        or name.removesuffix(BEFORE) in names
        or not looks_misspelt(name.removesuffix(BEFORE), spelled)
    )
    picture = card.picture if _can_be_drawn(card.picture, agenda.fields) else None
    return replace(card, recall=recall, again=again, picture=picture)


# --- What has to resolve


def _is_complete(card: Prompt, known: Mapping[str, Field]) -> bool:
    """Return whether every field that a card needs is known and can take the required answer."""
    named = set(PLACEHOLDER.findall(card.clause.says if card.clause else "")) - NAMES
    return all(name in known and not known[name].private for name in named) and all(
        _can_be_met(field, known) for field in card.fields
    )


def _can_be_met(field: Field, known: Mapping[str, Field]) -> bool:
    """Return whether each condition of a field names an answer that can be given."""
    return all(
        condition.field in known
        and all(map(possible_answers(known[condition.field]).includes, condition.any_of))
        for condition in field.when
    )


def _has_fields_of(meeting: Meeting | None, known: Mapping[str, Field]) -> bool:
    """Return whether the fields of the next meeting are known, with the types it needs."""
    if meeting is None:
        return True
    types = {meeting.date: "date", meeting.time: "time", meeting.minutes: "number"}
    named = {meeting.where, meeting.lasts} - {""}
    fit = all(key in known and known[key].type == types[key] for key in types if key)
    return fit and named <= known.keys()


def _are_about_earlier(fields: list[Field]) -> bool:
    """Return whether each field is about answers that were given before, if they are asked here."""
    # Private fields are asked after the call, so after everything else.
    ordered = sorted(fields, key=lambda field: field.private)
    turn = {field.id: number for number, field in enumerate(ordered)}
    return all(turn.get(name, -1) < turn[field.id] for field in fields for name in field.sources)


def _can_be_drawn(picture: Drawn | None, known: Mapping[str, Field]) -> bool:
    """Return whether a picture's fields are known here, with types that it can show."""
    drawn = enumerate(picture.fields) if picture else ()
    return picture is None or all(
        name in known
        and can_draw(picture.kind, known[name], place)
        and not (known[name].private or known[name].each_of)
        for place, name in drawn
    )
