"""Warnings: an agenda that can be walked, but that a facilitator should look at."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.authoring.clauses import unread_sentences
from mentorwalk.authoring.conditions import never_true
from mentorwalk.authoring.exercises import without_a_use
from mentorwalk.authoring.index import Finding
from mentorwalk.authoring.many_items import many_items
from mentorwalk.authoring.misread import misread_texts, swallowed_keys
from mentorwalk.authoring.pacing import pacing
from mentorwalk.authoring.picturing import empty_pictures, other_ends
from mentorwalk.authoring.programmes import untold_programme
from mentorwalk.domain.errors import shown
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.text import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.authoring.index import AgendaIndex, Located
    from mentorwalk.authoring.validation import Examined
    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.errors import Problem

ASK_WORDS = 25
WHOLE = ("ask", "label", "title", "heading", "lead", "choices", "pick", "group")
"""Keys of texts that are lost whole where a contact that nobody named makes them give way."""
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""A short name of a language, as pages have it: the part of BCP 47 that people write."""
NOWHERE = "beside the agenda, in your own folder for templates, or among the bundled ones"


@dataclass(frozen=True)
class Documents:
    """The documents of an agenda, as far as their templates are known."""

    missing: frozenset[str] = frozenset()
    """Templates that were not found."""
    takes: Callable[[str], bool] = lambda _: True
    """Returns whether a document uses the answers of a field."""


def warnings_of(examined: Examined, documents: Documents) -> list[Problem]:
    """Return every warning about an agenda, in the order of the file."""
    index, places = examined.index, examined.places
    if index is None:
        return []
    swallowed = list(swallowed_keys(index, places))
    found = [*swallowed, *misread_texts(index, places)]
    checks = [check(index) for check in _ALWAYS]
    # Times and stops of an agenda with errors would be those of another agenda.
    if not (examined.problems or swallowed):
        checks += [check(index) for check in _WHOLE]
        checks += [check(index, documents) for check in (_templates, _unused)]
    found += [places.problem(*finding) for check in checks for finding in check]
    # An error in a line explains what else looks odd there.
    wrong = {problem.line for problem in examined.problems}
    return sorted(replace(p, warning=True) for p in found if p.line not in wrong)


# --- Card by card


def _language(index: AgendaIndex) -> Iterator[Finding]:
    language = index.agenda.language
    if language and not re.fullmatch(LANGUAGE, language):
        yield Finding(
            ("language",),
            f"`{shown(language, 40)}` is not a short name of a language that browsers know, "
            "such as en, pl, de or pt-BR.",
        )


def _asks(index: AgendaIndex) -> Iterator[Finding]:
    for place, prompt in _sound_prompts(index):
        # "??" is one question; the wide mark is the one of Chinese and Japanese keyboards.
        marks = len(re.findall(r"[?？]+", prompt.ask))
        if marks > 1:
            yield Finding(
                (*place, "ask"),
                f"{count(marks).capitalize()} questions at once: people answer the last one. "
                "Keep one, and put the other into `tip` or `stuck`.",
            )
        words = len(prompt.ask.split())
        if words > ASK_WORDS:
            sentence = f"This question has {words} words; {ASK_WORDS} can be taken in at a glance."
            yield Finding((*place, "ask"), sentence)


def _sentences(index: AgendaIndex) -> Iterator[Finding]:
    for place, field in index.fields:
        for number, choice in enumerate(field.choices if field.has_sentences else ()):
            if choice.words[:1].islower():
                says = ("says",) if choice.says else ()
                yield Finding(
                    (*place, "choices", number, *says),
                    f"`{shown(choice.words, 40)}` is read as a sentence of its own: begin it with "
                    "a name or a capital.",
                )


def _nobody(index: AgendaIndex) -> Iterator[Finding]:
    contact = index.agenda.contact
    if contact is None or contact.who or not index.sound("contact"):
        return
    if not contact.named_by:
        yield Finding(("contact",), "This names nobody: write `who`, or a field in `named_by`.")
    for place, text in index.texts:
        key = next(step for step in reversed(place) if isinstance(step, str))
        if key in WHOLE and "contact" in PLACEHOLDER.findall(text):
            sentence = f"This `{key}` is empty while nobody is named: give the contact a `who`."
            yield Finding(place, sentence, "{contact}")


def _silence(index: AgendaIndex) -> Iterator[Finding]:
    agenda = index.agenda
    if agenda.stuck or not index.sound("stuck"):
        return
    without = [
        located
        for located in _sound_prompts(index)
        if not located.value.stuck and not agenda.phase_of[located.value.id].stuck
    ]
    if without:
        more = len(without) - 1
        cards = "one more card" if more == 1 else f"{count(more)} more cards"
        also = f" and {cards} have" if more else " has"
        yield Finding(
            (*without[0].place, "id"),
            f"`{without[0].value.id}`{also} nothing to try when the talk stalls: "
            "give the card, its phase or the agenda a list `stuck`.",
        )


def _sound_prompts(index: AgendaIndex) -> list[Located[Prompt]]:
    return [located for located in index.prompts if index.sound(*located.place)]


# --- The whole


def _last_look(index: AgendaIndex) -> Iterator[Finding]:
    """Yield a warning if a correction could come after the agreement was accepted."""
    asked = [located for located in index.prompts if located.value.accept]
    if asked and not any(located.value.review for located in index.prompts):
        yield Finding(
            (*asked[0].place, "accept"),
            f"The last look at every line would come after the yes of `{asked[0].value.id}`: put "
            "a card with `review: yes` before it.",
        )


def _templates(index: AgendaIndex, documents: Documents) -> Iterator[Finding]:
    missing = documents.missing
    named = [document.template for document in index.agenda.documents]
    for number, name in enumerate(named):
        if name in missing:
            place = ("documents", number, "template")
            yield Finding(place, f"There is no template `{name}` {NOWHERE}.")
    for name in sorted(missing.difference(named)):
        sentence = f"There is no template `{name}`, which another one includes, {NOWHERE}."
        yield Finding(("documents",), sentence)


def _unused(index: AgendaIndex, documents: Documents) -> Iterator[Finding]:
    agenda = index.agenda
    if documents.missing:
        return
    named = _named(agenda)
    unused = [
        (*place, key, number, "id")
        for place, prompt in index.prompts
        for key, fields in (("record", prompt.record), ("settle", prompt.settle))
        for number, field in enumerate(fields)
        if not field.private and not named & {field.id, *field.answer_ids}
        if not (agenda.documents and documents.takes(field.id))
    ]
    if unused and not agenda.documents:
        sentence = "What is written down goes nowhere: the agenda has no `documents`."
        yield Finding(unused[0], sentence)
        return
    for place in unused:
        sentence = "No clause and no document uses this answer, so nobody will read it again."
        yield Finding(place, sentence)


def _named(agenda: Agenda) -> set[str]:
    """Return every field that a clause, another card or field, or the meeting names."""
    meeting = agenda.meeting
    named = set(vars(meeting).values()) if meeting else set()
    named |= {condition.field for entry in agenda.listed for condition in entry.conditions}
    named |= {agenda.choosing.id} if agenda.choosing else set()
    for prompt in agenda.prompts.values():
        named |= {*prompt.recall, *prompt.again, *(prompt.picture.fields if prompt.picture else ())}
        waited_for = (*prompt.when, *(on for field in prompt.fields for on in field.when))
        named |= {condition.field for condition in waited_for}
        named |= {source for field in prompt.fields for source in field.sources}
        if prompt.clause:
            named |= set(PLACEHOLDER.findall(prompt.clause.says))
    return named | ({agenda.contact.named_by} if agenda.contact else set())


def _always_conditional(index: AgendaIndex) -> Iterator[Finding]:
    entries = index.agenda.listed
    if entries and all(entry.conditions for entry in entries):
        yield Finding(
            ("next",),
            "Perhaps none of these fits, and then nothing comes next: add one without `when` at "
            "the end.",
        )


_ALWAYS = (
    _language,
    _asks,
    _sentences,
    unread_sentences,
    untold_programme,
    _nobody,
    _silence,
    never_true,
    without_a_use,
)
_WHOLE = (pacing, _last_look, _always_conditional, many_items, empty_pictures, other_ends)
"""The checks of an agenda without errors."""
