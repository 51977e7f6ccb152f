"""Warnings: an agenda that can be walked, but that a facilitator should look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.clauses import (
    behind_the_first,
    unread_sentences,
    unsaid_answers,
    unseen_clauses,
)
from mentorwalk.authoring.checks.conditions import asked_later, in_free_words, never_true
from mentorwalk.authoring.checks.exercises import never_prepared, without_a_use
from mentorwalk.authoring.checks.field_types import (
    never_recalled,
    without_days,
    without_effect,
    without_form,
)
from mentorwalk.authoring.checks.following import awaited_at_once
from mentorwalk.authoring.checks.index import Finding
from mentorwalk.authoring.checks.naming import everything_named
from mentorwalk.authoring.checks.picturing import empty_pictures, other_ends
from mentorwalk.authoring.checks.programmes import untold_programme
from mentorwalk.authoring.format.other_words import language_called
from mentorwalk.authoring.warnings.almost import almost
from mentorwalk.authoring.warnings.many_items import many_items
from mentorwalk.authoring.warnings.misread import misread_texts, swallowed_keys
from mentorwalk.authoring.warnings.pacing import pacing
from mentorwalk.authoring.warnings.words import (
    bare_numbers,
    blanks,
    called_by_role,
    capitals,
    dangling,
    markdown,
    others,
    quoted,
    run_on,
)
from mentorwalk.domain.errors import nearest, shown, suggestion
from mentorwalk.domain.fields import field_of
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex, Located
    from mentorwalk.authoring.validation import Examined
    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.errors import Problem

ASK_WORDS = 25
ASK_SIGNS = 60
"""As many words in Chinese or Japanese, which has no spaces between them."""
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
    known: tuple[str, ...] = ()
    """The templates that are there."""
    summaries: bool = False
    """Whether all of them have no more of a clause than its first sentence."""


def warnings_of(examined: Examined, documents: Documents) -> list[Problem]:
    """Return every warning about an agenda, in the order of the file."""
    index, places = examined.index, examined.places
    if index is None:
        return []
    swallowed = list(swallowed_keys(index, places))
    found = [*swallowed, *misread_texts(index, places)]
    findings = [*_findings(_ALWAYS, index)]
    # Times and stops of an agenda with errors would be those of another agenda.
    if not (examined.problems or swallowed):
        findings += [*pacing(index), *_findings(_WHOLE, index)]
        findings += [finding.called("template") for finding in _templates(index, documents)]
        findings += [finding.called("unused") for finding in _unused(index, documents)]
        findings += [finding.called("cut-short") for finding in _cut_short(index, documents)]
    # What is left over from a form is no answer yet, and nobody has read it as it stands.
    blank = {finding.place for finding in findings if finding.name == "blank"}
    told = (each for each in findings if not (each.name in _UNREAD and each.place in blank))
    found += [places.problem(*finding) for finding in told]
    # An error in a line explains what else looks odd there.
    wrong = {problem.line for problem in examined.problems}
    return sorted(
        replace(p, warning=p.name not in _AS_ERRORS) for p in found if p.line not in wrong
    )


def _findings(checks: Mapping[str, _Check], index: AgendaIndex) -> Iterator[Finding]:
    for name, check in checks.items():
        yield from (finding.called(name) for finding in check(index))


# --- Card by card


def _language(index: AgendaIndex) -> Iterator[Finding]:
    language = index.agenda.language
    if language and not re.fullmatch(LANGUAGE, language):
        yield Finding(
            ("language",),
            f"`{shown(language, 40)}` is not a short name of a language that browsers know, "
            "such as en, pl, de or pt-BR.",
            language,
            language_called(language),
        )


def _questions(index: AgendaIndex) -> Iterator[Finding]:
    for place, prompt in _sound_prompts(index):
        # "??" is one question; other marks are those of Chinese and Japanese, and of Arabic.
        marks = len(re.findall(r"[?\uff1f\u061f]+", prompt.ask))
        if marks > 1:
            yield Finding(
                (*place, "ask"),
                f"{count(marks).capitalize()} questions at once: people answer the last one. "
                "Keep one, and put the other into `tip` or `stuck`.",
            )


def _long_question(index: AgendaIndex) -> Iterator[Finding]:
    for place, prompt in _sound_prompts(index):
        words = len(prompt.ask.split())
        if words > ASK_WORDS:
            sentence = f"This question has {words} words; {ASK_WORDS} can be taken in at a glance."
            yield Finding((*place, "ask"), sentence)
        signs = len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", prompt.ask))
        if signs > ASK_SIGNS:
            sentence = f"This question has {signs} signs; {ASK_SIGNS} can be taken in at a glance."
            yield Finding((*place, "ask"), sentence)


def _first_of_one(index: AgendaIndex) -> Iterator[Finding]:
    """Yield who begins on a card where one person speaks, and nothing is asked of each."""
    for place, prompt in index.prompts:
        again = (index.agenda.fields.get(field_of(key)) for key in prompt.again)
        of_each = any(field and field.by == "each" for field in (*prompt.fields, *again))
        inherited = index.inherited((*place, "first"))
        if prompt.first and prompt.to != "both" and not (of_each or inherited):
            sentence = (
                f"`first` does nothing here: only the {prompt.to} speaks. Take it out, or write "
                "`to: both`."
            )
            yield Finding((*place, "first"), sentence)


def _sentences(index: AgendaIndex) -> Iterator[Finding]:
    for place, field in index.fields:
        if field.open[:1].islower():
            sentence = (
                f"“{shown(field.open, 40)}” stands in the agreement as a sentence of its own: "
                "begin it with a capital."
            )
            yield Finding((*place, "open"), sentence)
        for number, choice in enumerate(field.choices if field.has_sentences else ()):
            if choice.words[:1].islower():
                says = ("says",) if choice.says else ()
                yield Finding(
                    (*place, "choices", number, *says),
                    f"`{shown(choice.words, 40)}` is read as a sentence of its own: begin it with "
                    "a name or a capital.",
                )


def _struck(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the sentences to settle of which none is kept unless somebody chooses it."""
    for place, prompt in index.prompts:
        for number, field in enumerate(prompt.settle):
            if field.has_sentences and len(field.choices) > 1 and not field.default:
                sentence = (
                    "All of these begin struck, and Enter leaves them so: list those that are "
                    "usual below `default`."
                )
                yield Finding((*place, "settle", number, "choices"), sentence)


def _nobody(index: AgendaIndex) -> Iterator[Finding]:
    contact = index.agenda.contact
    if contact and contact.who in index.answer_ids and not contact.named_by:
        sentence = (
            f"`{contact.who}` is a field, and would be read aloud: write `named_by` for `who`."
        )
        yield Finding(("contact", "who"), sentence)
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
            "a card of its own before it, with an `id`, an `ask` and `review: yes`.",
        )


def _never_accepted(index: AgendaIndex) -> Iterator[Finding]:
    """Yield a warning about a document that wants a yes, and no card asks for it."""
    for number, document in enumerate(index.agenda.documents):
        if document.accept and not any(located.value.accept for located in index.prompts):
            yield Finding(
                ("documents", number, "accept"),
                "No card has `accept: yes`, so nobody is asked for a yes, and this stays a draft. "
                "Give it a card of its own, without a clause.",
            )


def _templates(index: AgendaIndex, documents: Documents) -> Iterator[Finding]:
    missing = documents.missing
    named = [document.template for document in index.agenda.documents]
    for number, name in enumerate(named):
        if name in missing:
            place = ("documents", number, "template")
            near = suggestion(template_like(name, documents.known))
            yield Finding(place, f"There is no template `{name}` {NOWHERE}.{near}")
    for name in sorted(missing.difference(named)):
        sentence = f"There is no template `{name}`, which another one includes, {NOWHERE}."
        yield Finding(("documents",), sentence)


def template_like(template: str, known: Iterable[str]) -> str:
    """Return the template whose name is nearest, but for the ending that all have; or nothing."""
    stems = {_stem(each): each for each in known}
    return stems.get(nearest(_stem(template), stems), "")


def _stem(template: str) -> str:
    return template.removesuffix(".j2").removesuffix(".md")


def _unused(index: AgendaIndex, documents: Documents) -> Iterator[Finding]:
    agenda = index.agenda
    if documents.missing:
        return
    named = everything_named(index)
    unused = [
        ((*place, key, number, "id"), field)
        for place, prompt in index.prompts
        for key, fields in (("record", prompt.record), ("settle", prompt.settle))
        for number, field in enumerate(fields)
        if not field.private and not named & {field.id, *field.answer_ids}
        if not (agenda.documents and documents.takes(field.id))
    ]
    if unused and not agenda.documents:
        sentence = "What is written down goes nowhere: the agenda has no `documents`."
        yield Finding(unused[0][0], sentence)
        return
    where = "a template" if agenda.kind == "exercise" else "a clause or a template"
    for place, field in unused:
        both = " and ".join(f"`{key}`" for key in field.answer_ids) if field.by == "each" else "it"
        sentence = "No clause and no document uses this answer, so nobody will read it again."
        way = f"Name {both} in {where}, or `recall` it on a later card; else do not ask for it."
        yield Finding(place, f"{sentence} {way}")


def _cut_short(index: AgendaIndex, documents: Documents) -> Iterator[Finding]:
    """Yield a warning if no document has more of a clause than its first sentence."""
    lost = behind_the_first(index.agenda)
    if lost and documents.summaries:
        yield Finding(
            ("documents", 0, "template"),
            f"A summary has only the first sentence of a clause, so “{shown(lost, 60)}” stands in "
            "no document: add one more, with `template: contract.md.j2` and `file: contract.md`.",
        )


def _always_conditional(index: AgendaIndex) -> Iterator[Finding]:
    entries = index.agenda.listed
    if entries and all(entry.conditions for entry in entries):
        yield Finding(
            ("next",),
            "Perhaps none of these fits, and then nothing comes next: add one without `when` at "
            "the end.",
        )


def _no_effect(index: AgendaIndex) -> Iterator[Finding]:
    yield from without_effect(index)
    yield from without_days(index)
    yield from without_form(index)
    yield from never_prepared(index)
    yield from _first_of_one(index)


def _never(index: AgendaIndex) -> Iterator[Finding]:
    yield from never_true(index)
    yield from awaited_at_once(index)


_Check = Callable[["AgendaIndex"], "Iterator[Finding]"]
_ALWAYS: Mapping[str, _Check] = {
    "language": _language,
    "questions": _questions,
    "long-question": _long_question,
    "sentence": _sentences,
    "unread": unread_sentences,
    "unseen": unseen_clauses,
    "no-effect": _no_effect,
    "blank": blanks,
    "markdown": markdown,
    "quotation-mark": quoted,
    "commas": dangling,
    "no-name": called_by_role,
    "contact": _nobody,
    "programme": untold_programme,
    "stuck": _silence,
    "never": _never,
    "later": asked_later,
    "free-words": in_free_words,
    "when-to-use": without_a_use,
}
"""The checks, by the names of their warnings."""
_UNREAD = ("unread", "unseen")
"""The checks of what somebody has read when it is agreed on."""
_AS_ERRORS = ("joined", "unseen")
"""What is told as an error, but loads: sessions that were begun with it go on."""
_WHOLE: Mapping[str, _Check] = {
    "last-look": _last_look,
    "no-yes": _never_accepted,
    "capital": capitals,
    "struck": _struck,
    "recall": never_recalled,
    "other": others,
    "unit": bare_numbers,
    "full-stop": run_on,
    "almost": almost,
    "unsaid": unsaid_answers,
    "chain": _always_conditional,
    "items": many_items,
    "empty-picture": empty_pictures,
    "other-ends": other_ends,
}
"""The checks of an agenda without errors."""
