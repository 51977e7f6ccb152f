"""The checks of `when`: answers that are never given, and questions that are never asked."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import AgendaIndex, Finding, Hints, Located
from mentorwalk.authoring.decoding.answers import WITH_COMMA, in_marks, rejoined
from mentorwalk.authoring.decoding.scalars import number_meant
from mentorwalk.authoring.format.other_words import listed, our_word, range_meant
from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.answers import UNKNOWN
from mentorwalk.domain.conditions import Unmet, contradictions, range_of, unmet_conditions
from mentorwalk.domain.errors import shown, what_is_there
from mentorwalk.domain.fields import by_answer_id, each_text
from mentorwalk.domain.possible_answers import is_kept_like, possible_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.fields import Condition, Field
    from mentorwalk.domain.possible_answers import PossibleAnswers


IN_PRIVATE = (
    "`{key}` is asked in private, after the call: take `private` out, or wait for another answer."
)
"""The message about a condition on what nobody has said yet."""

ONLY_LATER = (
    "`{own}` waits for `{key}`, which is asked only later, on `{card}`. Unless the two answered it "
    "in an earlier session, this never holds: move it behind that card."
)
"""The message about a condition on a later line of the agreement."""


def conditions_of_cards(index: AgendaIndex) -> Iterator[Located[Condition]]:
    """Yield each condition on which a field or a card depends, with its place."""
    waiting: list[Located[Field] | Located[Prompt]] = [*index.fields, *index.prompts]
    for place, asked_when in waiting:
        for condition in asked_when.when:
            yield Located((*place, "when", condition.field), condition)


def conditions_on_what_follows(agenda: Agenda) -> Iterator[Located[Condition]]:
    """Yield each condition on which an entry of `next` depends, with its place."""
    for number, entry in enumerate(agenda.listed):
        for key, conditions in (("when", entry.when), ("unless", entry.unless)):
            for condition in conditions:
                yield Located(("next", number, key, condition.field), condition)


def never_answered(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions on an answer that cannot be given."""
    meant = Hints()
    possible = {
        key: possible_answers(_with_choices(index.agenda, field))
        for _place, field in index.fields
        for key in (field.id, *field.answer_ids)
    }
    for place, condition in conditions_of_cards(index):
        if asked := possible.get(condition.field):
            torn = _torn(place, condition, asked.picks)
            yield from [torn] if torn else never_given(place, condition, asked, meant)


def _torn(place: Place, condition: Condition, picks: Iterable[str]) -> Finding | None:
    """Return that commas divide choices which have commas of their own, with what to write."""
    whole = rejoined(condition.any_of, picks)
    if not whole:
        return None
    marked = ", ".join(map(in_marks, whole))
    word = ", ".join(condition.any_of)
    sentence = WITH_COMMA.format(meant=f"{condition.field}: [{marked}]")
    return Finding(place, sentence, word, marked)


def _with_choices(agenda: Agenda, field: Field) -> Field:
    """Return a field with the choices that its sources can give it, if they have no others."""
    if field.chooses_next or field.other or not field.choices_from:
        return field
    sources = [agenda.fields.get(name) for name in each_text(field.choices_from)]
    if not all(each and _is_closed(each) for each in sources):
        return field
    given = (choice for each in sources if each for choice in each.choices)
    return replace(field, choices=(*field.choices, *given), choices_from="")


def _is_closed(source: Field) -> bool:
    return bool(source.choices) and not (source.other or source.choices_from)


def never_given(
    place: Place, condition: Condition, asked: PossibleAnswers, meant: Hints
) -> Iterator[Finding]:
    """Yield the answers that a condition names and nobody can give."""
    for answer in condition.any_of:
        other = asked.numbers and range_meant(answer) not in ("", answer)
        if other or not asked.includes(answer):
            if several := _several(condition.field, answer, asked.picks):
                yield Finding(place, f"{_never(condition, answer)}{several}")
                continue
            kept = asked.kept_as(answer) or answer
            near = meant.nearest(kept, asked.picks) or our_word(answer, "when", asked.picks)
            number = "" if near or not asked.numbers else _number_meant(answer)
            hint = meant.said_of(kept, in_marks(near)) or _written(number)
            hint = hint or " Any answer to it is `yes`." * ([*asked.picks] == ["yes"])
            hint = hint or what_is_there(map(in_marks, asked.picks))
            instead = in_marks(near) or number or range_meant(answer)
            yield Finding(place, f"{_never(condition, answer)}{hint}", answer, instead)


def _several(field: str, answer: str, picks: Iterable[str]) -> str:
    """Return how two answers that an `or` joins are written, to end a sentence; or nothing."""
    meant = listed(answer, picks)
    return f" Several answers stand in brackets: `{field}: {meant}`." if meant else ""


def _never(condition: Condition, answer: str) -> str:
    """Return that nobody gives an answer, and how the numbers are written that it may mean."""
    never = f"`{condition.field}` is never answered `{shown(answer, 40)}`."
    return f"{never}{numbers_written(answer)}"


def _number_meant(answer: str) -> str:
    """Return the number that an answer means and does not say; empty if it means several."""
    meant = "" if range_meant(answer) else number_meant(answer, "", whole=False)
    return "" if meant == answer else meant


def _written(number: str) -> str:
    """Return how a number is written, to end a sentence; or nothing."""
    return f" This number is written `{number}`." if number else ""


def numbers_written(answer: str) -> str:
    """Return how the numbers are written that an answer means, to end a sentence; or nothing."""
    meant = range_meant(answer)
    return f" These numbers are written `{meant}`." if meant else ""


def never_asked(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions that nobody can ever meet."""
    unmet = {(each.field, each.key): each for each in unmet_conditions(index.agenda)}
    late = {key for _, field in index.fields if field.private for key in field.answer_ids}
    for place, field in index.fields:
        for condition in field.when:
            found = unmet.get((field.id, condition.field))
            if found:
                private = condition.field in late and not field.private
                why = IN_PRIVATE.format(key=condition.field) if private else _in_words(found)
                yield Finding((*place, "when", condition.field), why)


def _in_words(unmet: Unmet) -> str:
    own, _, named, circle = unmet
    if circle == (own,):
        return f"`{own}` waits for its own answer, so nobody is ever asked."
    if circle:
        rest = "".join(f", and that for `{each}`" for each in circle[1:])
        return f"`{own}` waits for `{circle[0]}`{rest}: a circle, so nobody is ever asked."
    return f"`{own}` waits for `{named}`, which is asked only later: move it behind that field."


def asked_later(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions on a line of the agreement that this agenda settles only later.

    An earlier session may have settled it, but hardly where this one is agreed on for the first
    time: with a card that asks for the yes, in an agenda that does not follow itself.
    """
    agenda = index.agenda
    names = {agenda.id, Path(index.places.source.name).stem}
    follows_itself = not names.isdisjoint(entry.agenda for entry in agenda.listed)
    if follows_itself or not any(prompt.accept for prompt in agenda.cards):
        return
    turn = {card: number for number, card in enumerate(agenda.prompts)}
    waiting: list[Located[Field] | Located[Prompt]] = [*index.fields, *index.prompts]
    for place, waits in waiting:
        own = waits if isinstance(waits, Prompt) else _card_of(agenda, waits)
        for condition in waits.when if own else ():
            card = agenda.prompt_of.get(condition.field)
            late = own and card and turn[own.id] < turn[card.id]
            if card and late and condition.field in agenda.agreed:
                sentence = ONLY_LATER.format(own=waits.id, key=condition.field, card=card.id)
                yield Finding((*place, "when", condition.field), sentence)


def _card_of(agenda: Agenda, field: Field) -> Prompt | None:
    return next((agenda.prompt_of.get(key) for key in field.answer_ids), None)


_ANY = ("yes", "no", "true", "any", "anything", "something", "answered", "filled in", "not empty")
"""Words by which a condition asks whether there is an answer, and not which one."""
IN_FREE_WORDS = "`{key}` is asked in free words, and this waits for {answer}. {fix}"
"""The message about a condition on what people hardly ever write."""
ANY_ANSWER = "Where any answer will do, write `{key}: []`."
CHOOSE = "Let people choose it (`type: select`), or write `{key}: []`, where any answer will do."
COUNT = "Ask for it with `type: number` or `type: scale`."


def in_free_words(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions that wait for a certain answer where people write freely."""
    free = by_answer_id(field for _, field in index.fields if field.type in ("text", "list"))
    for place, condition in chain(
        conditions_of_cards(index), conditions_on_what_follows(index.agenda)
    ):
        field = free.get(condition.field)
        words = "" if field is None else _hardly_written(index, field, condition)
        if words:
            said = f"the very word{'s' * (' ' in words)} `{shown(words, 40)}`"
            fix = ANY_ANSWER if words.casefold() in _ANY else CHOOSE
            if range_of(words):
                said, fix = f"a number, `{words}`", COUNT
            fix = fix.format(key=condition.field)
            yield Finding(place, IN_FREE_WORDS.format(key=condition.field, answer=said, fix=fix))


def _hardly_written(index: AgendaIndex, field: Field, condition: Condition) -> str:
    """Return the first answer of a condition if hardly anybody writes any of them; else empty."""
    answer = next((each for each in condition.any_of if each.casefold() in _ANY), "")
    # A field that is to be chosen from, or whose type is unknown, is told as such.
    written = field.choices or field.id in index.types_unknown
    usual = {*each_text(field.default or ()), *field.ideas, UNKNOWN}
    if answer or written or not usual.isdisjoint(condition.any_of):
        return answer
    return next(iter(condition.any_of), "")


def never_true(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the conditions that read well, and that no answer could ever meet."""
    torn = dict(contradictions(index.agenda))
    fields = by_answer_id(field for _, field in index.fields)
    for place, field in index.fields:
        if key := torn.get(field.id):
            two = f"`{field.id}` needs two answers to `{key}` at once, so it is never asked."
            yield Finding((*place, "when"), two)
    for place, condition in conditions_of_cards(index):
        named = fields.get(condition.field)
        for answer in condition.any_of if named else ():
            if named and not is_kept_like(named, answer):
                number = named.type in ("number", "scale")
                hint = _several(condition.field, answer, ()) or _written(_number_meant(answer))
                hint *= number
                yield Finding(place, f"{_never(condition, answer)}{hint}")
