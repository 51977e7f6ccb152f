"""Warnings: an agenda that can be walked, but that a facilitator should look at."""

from __future__ import annotations

import math
import re
from collections import deque
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.authoring.index import Finding
from mentorwalk.authoring.misread import misread_texts, swallowed_keys
from mentorwalk.domain.demands import demands_of, stops_of
from mentorwalk.domain.errors import shown
from mentorwalk.domain.placeholders import PLACEHOLDER
from mentorwalk.domain.planning import plan
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.authoring.index import AgendaIndex, Located
    from mentorwalk.authoring.places import Place
    from mentorwalk.authoring.validation import Examined
    from mentorwalk.domain.agenda import Agenda, Prompt
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.planning import Plan

SHORTEST_CARD = 30
"""Seconds in which somebody can read a card and say something."""
TOLERANCE = 0.25
"""How far a card's time may be from the one written, as a share of it."""
CARDS_AN_HOUR = 22
STOPS_AN_HOUR = 45
STOPS, WITHIN = 10, 13
"""The most stops, within so many minutes of a phase, before a talk becomes a form."""
LINES = 14
"""The most lines to settle in a phase, within as many minutes."""
ALOUD = 200
"""The most fixed words that are read aloud in one session: about a minute and a half."""
ONE_VOICE = 45
"""The most of the time, in per cent, in which only one person speaks."""
ASK_WORDS = 25
WHOLE = ("ask", "label", "title", "heading", "lead", "choices", "pick", "group")
"""Keys of texts that are lost whole where a contact that nobody named makes them give way."""
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""A short name of a language, as pages have it: the part of BCP 47 that people write."""
NOWHERE = "beside the agenda, in your own folder for templates, or among the bundled ones"
PLANS = 24
"""The most lengths between the shortest and the longest that are planned."""


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
    checks = [check(index) for check in (_language, _asks, _sentences, _nobody, _silence)]
    # Times and stops of an agenda with errors would be those of another agenda.
    if not (examined.problems or swallowed):
        structure = _Structure(index.agenda, index.prompts, documents)
        checks += [judge(structure) for judge in _STRUCTURE]
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


# --- The whole, at every length that can be planned


@dataclass(frozen=True)
class _Structure:
    """An agenda with what several warnings work out from it."""

    agenda: Agenda
    prompts: tuple[Located[Prompt], ...]
    documents: Documents

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """A plan for each length at which other cards are chosen, and for the longest.

        Between two of them the same cards only have more time.
        """
        low, high = self.agenda.lengths
        least = {p.value.at_least for p in self.prompts if not p.value.extra}
        between = sorted(minutes for minutes in least if low < minutes < high)
        lengths = {low, high, *between[:PLANS]}
        return tuple(plan(self.agenda, minutes) for minutes in sorted(lengths))

    @cached_property
    def stops(self) -> dict[str, int]:
        """How many stops each card has."""
        return {p.value.id: stops_of(self.agenda, p.value) for p in self.prompts}

    @cached_property
    def place(self) -> dict[str, Place]:
        """The place of each card."""
        return {prompt.value.id: prompt.place for prompt in self.prompts}


def _short_cards(structure: _Structure) -> Iterator[Finding]:
    reported: set[str] = set()
    for made in structure.plans:
        for slot in made.slots:
            if slot.seconds < SHORTEST_CARD and slot.prompt not in reported:
                reported.add(slot.prompt)
                yield Finding(
                    (*structure.place[slot.prompt], "minutes"),
                    f"In {made.minutes} minutes `{slot.prompt}` gets {slot.seconds} seconds; "
                    f"{SHORTEST_CARD} are the least that people need to say something.",
                )


def _added_up(structure: _Structure) -> Iterator[Finding]:
    minutes, prompts = structure.agenda.minutes, structure.agenda.prompts
    written = sum(prompts[card].minutes for card in plan(structure.agenda, minutes))
    share = minutes / written
    if abs(share - 1) > TOLERANCE:
        yield Finding(
            ("minutes",),
            f"The cards' minutes add up to {written:g}, but the session has {minutes}: each card "
            f"gets {round(100 * share)} % of its time. Change `minutes` here, or those of the "
            "cards.",
        )


def _many_cards(structure: _Structure) -> Iterator[Finding]:
    prompts = structure.agenda.prompts
    for made in structure.plans:
        cards = sum(_is_talked_about(prompts[card]) for card in made)
        if cards > math.ceil(CARDS_AN_HOUR * made.minutes / 60):
            shortest = structure.agenda.shortest == made.minutes
            yield Finding(
                ("shortest" if shortest else "minutes",),
                f"{made.minutes} minutes have {cards} cards, which is "
                f"{round(cards * 60 / made.minutes)} an hour; more than {CARDS_AN_HOUR} is a rush. "
                "Give some `at_least`, or make them `extra: yes`.",
            )
            return


def _is_talked_about(prompt: Prompt) -> bool:
    """Return whether a card is more than a look at what is there already."""
    return not (prompt.glance or prompt.review or prompt.accept)


def _never_planned(structure: _Structure) -> Iterator[Finding]:
    longest = structure.agenda.lengths[1]
    for place, prompt in structure.prompts:
        if prompt.at_least > longest and not prompt.extra:
            yield Finding(
                (*place, "at_least"),
                f"`{prompt.id}` is in no plan: it needs {prompt.at_least} minutes, but the "
                f"longest session has {longest}. If it is only to be pulled in, say `extra: yes`.",
            )


def _demanding(structure: _Structure) -> Iterator[Finding]:
    """Yield a warning where a whole session has too many stops, or too much that is read aloud."""
    for made in structure.plans:
        asked = demands_of(structure.agenda, made)
        most = math.ceil(STOPS_AN_HOUR * made.minutes / 60)
        if asked.stops > most:
            yield Finding(
                ("phases",),
                f"{made.minutes} minutes have {asked.stops} stops; more than {most} is a form, not "
                "a talk. Write down less, or put it on one sheet under `settle`.",
            )
        if asked.aloud > ALOUD:
            yield Finding(
                ("phases",),
                f"In {made.minutes} minutes {asked.aloud} words are read aloud; after {ALOUD} "
                "nobody listens. Shorten what stands under `read`.",
            )
        if asked.stops > most or asked.aloud > ALOUD:
            return


def _many_lines(structure: _Structure) -> Iterator[Finding]:
    """Yield at most one warning for a phase: that it has too many lines to settle at any length."""
    phase_of = structure.agenda.phase_of
    for phase in structure.agenda.phases:
        for made in structure.plans:
            slots = [slot for slot in made.slots if phase_of[slot.prompt] == phase]
            asked = demands_of(structure.agenda, [slot.prompt for slot in slots])
            minutes = round(sum(slot.seconds for slot in slots) / 60)
            if asked.lines > max(LINES, minutes):
                settling = (slot for slot in slots if structure.agenda.prompts[slot.prompt].settle)
                yield Finding(
                    (*structure.place[next(settling).prompt], "settle"),
                    f"`{phase.id}` has {asked.lines} lines to settle in {minutes} minutes; more "
                    f"than {LINES} are a form, not a talk. Let what is usual stand as sentences "
                    "(`as: sentences`), or leave it for the next session.",
                )
                break


def _many_stops(structure: _Structure) -> Iterator[Finding]:
    """Yield at most one warning for a phase: the densest run of cards at any length."""
    for phase in structure.agenda.phases:
        runs = [run for made in structure.plans for run in _runs(structure, made, phase.id)]
        stops, shortness, first, last = max(runs, default=(0, 0, "", ""))
        if stops > STOPS:
            cards = f"`{first}`" if first == last else f"From `{first}` to `{last}`"
            yield Finding(
                (*structure.place[first], "id"),
                f"{cards}: {stops} stops in {round(-shortness / 60)} minutes; more than {STOPS} "
                f"in {WITHIN} is a form, not a talk. Write down less, or put it on one sheet "
                "under `settle`.",
            )


def _runs(structure: _Structure, made: Plan, phase: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield, up to each card of a phase, the run that fits the time: its stops, minus its seconds.

    Seconds are negative so that of two runs with as many stops the shorter one is the greater.
    """
    phase_of = structure.agenda.phase_of
    run: deque[tuple[int, int, str]] = deque()
    stops = seconds = 0
    for slot in made.slots:
        if phase_of[slot.prompt].id == phase:
            run.append((structure.stops[slot.prompt], slot.seconds, slot.prompt))
            stops, seconds = stops + run[-1][0], seconds + run[-1][1]
            while seconds > WITHIN * 60:
                over = run.popleft()
                stops, seconds = stops - over[0], seconds - over[1]
            if run:
                yield stops, -seconds, run[0][2], slot.prompt


def _one_voice(structure: _Structure) -> Iterator[Finding]:
    agenda = structure.agenda
    for role in ROLES:
        for made in structure.plans:
            alone = [s.seconds for s in made.slots if agenda.prompts[s.prompt].to == role]
            share = round(100 * sum(alone) / (made.minutes * 60))
            if share > ONE_VOICE:
                yield Finding(
                    ("phases",),
                    f"Cards where only the {role} speaks take {share} % of {made.minutes} "
                    f"minutes; more than {ONE_VOICE} % leaves too little of a talk.",
                )
                break


def _last_card(structure: _Structure) -> Iterator[Finding]:
    lasts = dict.fromkeys(made.slots[-1].prompt for made in structure.plans)
    for last in lasts:
        if not structure.agenda.prompts[last].keep:
            yield Finding(
                (*structure.place[last], "id"),
                f"`{last}` can be the last card, and may be dropped when time runs out: "
                "give it `keep: yes`, so the talk has an end.",
            )


def _last_look(structure: _Structure) -> Iterator[Finding]:
    """Yield a warning if a correction could come after the agreement was accepted."""
    asked = [located for located in structure.prompts if located.value.accept]
    if asked and not any(located.value.review for located in structure.prompts):
        yield Finding(
            (*asked[0].place, "accept"),
            f"The last look at every line would come after the yes of `{asked[0].value.id}`: put "
            "a card with `review: yes` before it.",
        )


def _templates(structure: _Structure) -> Iterator[Finding]:
    missing = structure.documents.missing
    named = [document.template for document in structure.agenda.documents]
    for number, name in enumerate(named):
        if name in missing:
            place = ("documents", number, "template")
            yield Finding(place, f"There is no template `{name}` {NOWHERE}.")
    for name in sorted(missing.difference(named)):
        sentence = f"There is no template `{name}`, which another one includes, {NOWHERE}."
        yield Finding(("documents",), sentence)


def _unused(structure: _Structure) -> Iterator[Finding]:
    agenda = structure.agenda
    if structure.documents.missing:
        return
    named = _named(agenda)
    unused = [
        (*place, key, number, "id")
        for place, prompt in structure.prompts
        for key, fields in (("record", prompt.record), ("settle", prompt.settle))
        for number, field in enumerate(fields)
        if not field.private and not _is_used(field, named, structure)
    ]
    if unused and not agenda.documents:
        sentence = "What is written down goes nowhere: the agenda has no `documents`."
        yield Finding(unused[0], sentence)
        return
    for place in unused:
        sentence = "No clause and no document uses this answer, so nobody will read it again."
        yield Finding(place, sentence)


def _is_used(field: Field, named: set[str], structure: _Structure) -> bool:
    if named & {field.id, *field.answer_ids}:
        return True
    return bool(structure.agenda.documents) and structure.documents.takes(field.id)


def _named(agenda: Agenda) -> set[str]:
    """Return every field that a clause, a later card, a condition or the meeting names."""
    meeting = agenda.meeting
    named = set(vars(meeting).values()) if meeting else set()
    named |= {condition.field for entry in agenda.listed for condition in entry.conditions}
    named |= {agenda.choosing.id} if agenda.choosing else set()
    for prompt in agenda.prompts.values():
        named |= {*prompt.recall, *prompt.again}
        named |= {condition.field for field in prompt.fields for condition in field.when}
        if prompt.clause:
            named |= set(PLACEHOLDER.findall(prompt.clause.says))
    return named | ({agenda.contact.named_by} if agenda.contact else set())


def _always_conditional(structure: _Structure) -> Iterator[Finding]:
    entries = structure.agenda.listed
    if entries and all(entry.conditions for entry in entries):
        yield Finding(
            ("next",),
            "Perhaps none of these fits, and then nothing comes next: add one without `when` at "
            "the end.",
        )


_STRUCTURE: tuple[Callable[[_Structure], Iterator[Finding]], ...] = (
    _short_cards,
    _added_up,
    _many_cards,
    _never_planned,
    _demanding,
    _many_stops,
    _many_lines,
    _one_voice,
    _last_card,
    _last_look,
    _templates,
    _unused,
    _always_conditional,
)
