"""The checks of fields that are about earlier answers: of what they ask, choose or rate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from mentorwalk.authoring.checks.ids import CARD
from mentorwalk.authoring.checks.index import AgendaIndex, Finding, Hints
from mentorwalk.authoring.decoding.lists_meant import FIELD_AS_LIST
from mentorwalk.authoring.format.id_forms import comma_missing, words_of
from mentorwalk.domain.agenda import TOPICS
from mentorwalk.domain.errors import looks_misspelt, shown
from mentorwalk.domain.fields import BEFORE, OPEN_STEPS, WHAT_FOLLOWS, each_text
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mentorwalk.authoring.checks.index import Located
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role

WITH_ITEMS = ("select", "checkbox", "list", "ranking", "ratings", "outline")
"""The types of fields whose answers can be chosen from, rated or asked about."""
SESSION: Literal["session"] = "session"
"""Where a field is asked that stands on a card; a form is called by the role that fills it in."""


def sources(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what keeps a field from being about an earlier answer."""
    asked = _Asked(index)
    for located in index.fields:
        for place, name in named_sources(located):
            if why := asked.unfit(located, name):
                yield Finding(place, why)
    for place, prompt in index.prompts:
        yield from _in_clause(index, place, prompt)
    yield from _in_meeting(index)


def named_sources(located: Located[Field]) -> Iterator[tuple[Place, str]]:
    """Yield the sources of a field, each with the place where it is named."""
    place, field = located
    keys = [("choices_from", "" if field.chooses_next else field.choices_from)]
    keys += [("items_from", field.items_from), ("each_of", field.each_of * field.asks_items)]
    for key, named in keys:
        for number, name in enumerate(each_text(named)):
            yield (*place, key, number) if isinstance(named, tuple) else (*place, key), name


@dataclass(frozen=True)
class _Asked:
    """The fields of an agenda, in the order and in the places in which they are asked."""

    index: AgendaIndex

    @cached_property
    def known(self) -> Mapping[str, Located[Field]]:
        """Every field by its id."""
        return {located.value.id: located for located in self.index.fields}

    @cached_property
    def turns(self) -> Mapping[str, int]:
        """When each field is asked: private ones after the call, so after everything else."""
        fields = [located.value for located in self.index.fields]
        ordered = sorted(fields, key=lambda field: field.private)
        return {field.id: turn for turn, field in enumerate(ordered)}

    def unfit(self, located: Located[Field], name: str) -> str:
        """Return why an answer cannot be what a field is about; empty if it can."""
        source = self.known.get(name)
        if source is None:
            return self._unknown(name)
        if source.value.id == located.value.id:
            return f"`{name}` cannot be about its own answer."
        if circle := self._circle(located.value, source.value):
            ways = f"`{circle[0]}` is about `{circle[1]}`"
            rest = "".join(f", and that about `{each}`" for each in circle[2:])
            return f"{ways}{rest}: a circle, so nobody is ever asked."
        unsure = name in self.index.types_unknown
        return ("" if unsure else self._cannot_be(source.value)) or self._not_there(located, source)

    def _unknown(self, name: str) -> str:
        """Return why no field has a name; empty if it may be one of an earlier session."""
        field = name.partition(".")[0]
        if missing := comma_missing(name, self.known):
            listed = ", ".join(words_of(name))
            return f"Several fields stand in brackets: `[{listed}]`." if "," in name else missing
        if field in self.known:
            return f"`{name}` is the answer of one of two: name the field, `{field}`."
        if name.endswith(BEFORE):
            return f"`{BEFORE}` is known in `recall` only."
        # What only an earlier session wrote down can be named, too.
        known = [*self.known, OPEN_STEPS, WHAT_FOLLOWS]
        if self.index.lost or not looks_misspelt(name, known):
            return _OFFERED.get(name, "")
        return _OFFERED.get(name) or f"There is no field `{shown(name, 40)}`.{Hints()(name, known)}"

    def _cannot_be(self, source: Field) -> str:
        """Return why nobody can be asked about an answer; empty if they can."""
        if source.type not in WITH_ITEMS:
            return (
                f"`{source.id}` has no items: it is a `{source.type}`; a `list` or choices would "
                "do."
            )
        if source.asks_items or source.asks_steps:
            return f"`{source.id}` has an answer for each item, so it has no items of its own."
        if source.chooses_next:
            return f"`{source.id}` chooses what comes next: nobody is asked about that."
        return ""

    def _not_there(self, located: Located[Field], source: Located[Field]) -> str:
        """Return why an answer is not known where a field is asked; empty if it is."""
        field, named = located.value, source.value
        if named.private and not field.private:
            return f"`{named.id}` is private: nobody else can be asked about it."
        missing = _asked_in(located) - _asked_in(source)
        if SESSION in missing:
            return (
                f"`{named.id}` is only asked beforehand, in a form: put it on a card, with "
                "`prepare`."
            )
        if missing:
            (role, *_others) = sorted(missing)
            return (
                f"`{named.id}` is not asked beforehand, so the {role}'s form cannot ask about it: "
                "give it `prepare`, too."
            )
        if self.turns[named.id] > self.turns[field.id]:
            return self._later(located, source)
        return ""

    def _later(self, located: Located[Field], source: Located[Field]) -> str:
        """Return that an answer is asked only later, and what can be moved: no inherited card."""
        own, theirs = ((*each.place[:CARD], "id") for each in (located, source))
        later = f"`{source.value.id}` is asked only later"
        card = self.index.agenda.prompt_of.get(next(iter(source.value.answer_ids)))
        if card is None or not self.index.inherited(theirs):
            return f"{later}: move it before this field."
        if self.index.inherited(own):
            return f"{later}, on `{card.id}`: this can only be asked after it."
        return f"{later}, on `{card.id}`: let this card stand `after: {card.id}`."

    def _circle(self, field: Field, source: Field) -> tuple[str, ...]:
        """Return the ids by which a field is about itself, itself first and last; or nothing."""
        ways: list[tuple[str, ...]] = [(field.id, source.id)]
        seen = {source.id}
        while ways:
            way = ways.pop(0)
            if way[-1] == field.id:
                return way
            last = self.known.get(way[-1])
            fresh = [name for name in last.value.sources if name not in seen] if last else []
            seen |= {*fresh}
            ways += [(*way, name) for name in fresh]
        return ()


_OFFERED = {
    WHAT_FOLLOWS: f"`{WHAT_FOLLOWS}` stands alone in `choices_from`.",
    OPEN_STEPS: f"`{OPEN_STEPS}` is known in `recall` and `each_of` only.",
    TOPICS: f"`{TOPICS}` is known in `recall` only.",
}
"""What the program itself offers, and where."""


def _asked_in(located: Located[Field]) -> set[Role | Literal["session"]]:
    """Return where a field is asked: in the session, and in the forms of which roles."""
    place, field = located
    if place[0] == "prepare":
        return {role for role in ROLES if role in place}
    forms = {role for role in ROLES if field.prepare in (role, "both") and not field.private}
    return {SESSION, *forms}


# --- Answers that are more than one text


def _in_clause(index: AgendaIndex, place: Place, prompt: Prompt) -> Iterator[Finding]:
    """Yield the answers that a clause names and no sentence of an agreement can hold."""
    for name in PLACEHOLDER.findall(prompt.clause.says) if prompt.clause else ():
        field = index.agenda.answerable.get(name) or index.agenda.fields.get(name)
        if field and (what := _more_than_a_text(field)):
            sentence = f"`{name}` has {what}: no clause can name it, but a template can."
            yield Finding((*place, "clause", "says"), sentence, f"{{{name}}}")


def _in_meeting(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the answers that cannot say where, or for how long, two people meet."""
    meeting = index.agenda.meeting
    for key in ("where", "lasts") if meeting else ():
        field = index.agenda.answerable.get(getattr(meeting, key))
        if field and (what := _more_than_a_text(field)):
            yield Finding(("meeting", key), f"`{field.id}` has {what}; one answer is needed here.")


def _more_than_a_text(field: Field) -> str:
    if field.by_item:
        return "an answer for each item"
    return "lines below lines" if field.type == "outline" else ""


def field_as_choice(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the only choice, or item, of a field if it is the id of one whose answers would do."""
    whole = {field.id for _, field in index.fields if field.type in WITH_ITEMS}
    for place, field in index.fields:
        for key, given in (("choices", field.choices), ("items", field.items)):
            names = [each if isinstance(each, str) else each.pick for each in given]
            if len(names) == 1 and names[0] in whole:
                name = names[0]
                sentence = FIELD_AS_LIST.format(key=key, name=name)
                fix = (f"{key}: [{name}]", f"{key}_from: {name}")
                yield Finding((*place, key), sentence, *fix)
