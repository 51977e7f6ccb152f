"""What can be walked as it stands, and is worth a facilitator's minute all the same."""

from __future__ import annotations

import math
import re
from collections import deque
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.authoring.misread import misread_texts, swallowed_keys
from mentorwalk.domain.agenda import PLACEHOLDER, ROLES
from mentorwalk.domain.errors import shown
from mentorwalk.domain.planning import plan
from mentorwalk.domain.text import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mentorwalk.authoring.decoder import Place
    from mentorwalk.authoring.index import Located
    from mentorwalk.authoring.validation import Examined
    from mentorwalk.domain.agenda import Agenda, Field, Prompt
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.planning import Plan

SHORTEST_CARD = 30
"""Seconds in which somebody can read a card and say something."""
TOLERANCE = 0.25
"""How far a card's time may be from the one that was written, as a share of it."""
CARDS_AN_HOUR = 22
STOPS, WITHIN = 10, 13
"""So many stops, within so many minutes of a phase, before a talk becomes a form."""
ONE_VOICE = 45
"""Percent of the time in which one person alone may speak."""
ASK_WORDS = 25
LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""How a language is called in short, as pages have it: BCP 47, without what nobody writes."""
NOWHERE = "beside the agenda, in your own folder for templates, or among the bundled ones"
PLANS = 24
"""Lengths between the shortest and the longest that are looked at; no agenda needs more."""
Finding = tuple["Place", str]


@dataclass(frozen=True)
class Documents:
    """What is known of an agenda's templates."""

    missing: frozenset[str] = frozenset()
    """Templates that are nowhere."""
    takes: Callable[[str], bool] = lambda _: True
    """Whether a document takes the answers of a field."""


def warnings_of(examined: Examined, documents: Documents) -> list[Problem]:
    """Everything that a facilitator may want to look at, in the order of the file."""
    if examined.everything is None:
        return []
    decoder = examined.decoder
    swallowed = list(swallowed_keys(examined))
    found = [*swallowed, *misread_texts(examined)]
    for check in (_language, _asks, _silence):
        found += [decoder.problem_at(*finding) for finding in check(examined)]
    if not (examined.problems or swallowed):
        structure = _Structure(examined.everything.agenda, examined.everything.prompts, documents)
        for judge in _STRUCTURE:
            found += [decoder.problem_at(*finding) for finding in judge(structure)]
    told = {problem.line for problem in examined.problems}
    kept = [replace(problem, warning=True) for problem in found if problem.line not in told]
    return sorted(kept)


def stops_of(agenda: Agenda, prompt: Prompt) -> int:
    """How often people at a keyboard are asked for something on a card.

    The talk is one stop, each recorded answer one, a sheet one, the agreement one. What is asked
    only after a certain answer is not counted.
    """
    fields = [*(agenda.fields[key] for key in prompt.again if key in agenda.fields), *prompt.record]
    asked = [field for field in fields if not field.private and not field.when]
    sheet = any(not field.private for field in prompt.settle)
    decides = prompt.accept and agenda.accept_document is not None
    return 1 + sum(len(field.answer_ids) for field in asked) + sheet + decides


# --- Card by card


def _language(examined: Examined) -> Iterator[Finding]:
    every = examined.everything
    language = every.agenda.language if every else ""
    if language and not re.fullmatch(LANGUAGE, language):
        yield (
            ("language",),
            (
                f"`{shown(language, 40)}` is not a short name of a language that browsers know, "
                "such as en, pl, de or pt-BR."
            ),
        )


def _asks(examined: Examined) -> Iterator[Finding]:
    for prompt in _prompts(examined):
        marks = len(re.findall(r"[?？]+", prompt.value.ask))
        if marks > 1:
            yield (
                (*prompt.place, "ask"),
                (
                    f"{count(marks).capitalize()} questions at once: people answer the last one. "
                    "Keep one, and put the other into `tip` or `stuck`."
                ),
            )
        words = len(prompt.value.ask.split())
        if words > ASK_WORDS:
            sentence = f"This question has {words} words; {ASK_WORDS} can be taken in at a glance."
            yield (*prompt.place, "ask"), sentence


def _silence(examined: Examined) -> Iterator[Finding]:
    every = examined.everything
    if every is None or every.agenda.stuck or not every.sound("stuck"):
        return
    without = [
        prompt
        for prompt in _prompts(examined)
        if not prompt.value.stuck and not every.agenda.phase_of[prompt.value.id].stuck
    ]
    if without:
        also = len(without) - 1
        whose = f"`{without[0].value.id}`"
        whose += f" and {count(also)} more cards have" if also > 1 else ""
        whose += " and one more card have" if also == 1 else ""
        whose += " has" if not also else ""
        yield (
            (*without[0].place, "id"),
            (
                f"{whose} nothing to try when the talk stalls: "
                "give the card, its phase or the agenda a list `stuck`."
            ),
        )


def _prompts(examined: Examined) -> list[Located[Prompt]]:
    every = examined.everything
    return [p for p in every.prompts if every.sound(*p.place)] if every else []


# --- The whole, at every length that can be planned


@dataclass(frozen=True)
class _Structure:
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
        """Where each card stands."""
        return {prompt.value.id: prompt.place for prompt in self.prompts}


def _short_cards(structure: _Structure) -> Iterator[Finding]:
    told: set[str] = set()
    for made in structure.plans:
        for slot in made.slots:
            if slot.seconds < SHORTEST_CARD and slot.prompt not in told:
                told.add(slot.prompt)
                yield (
                    (*structure.place[slot.prompt], "minutes"),
                    (
                        f"In {made.minutes} minutes `{slot.prompt}` gets {slot.seconds} seconds; "
                        f"{SHORTEST_CARD} are the least that people need to say something."
                    ),
                )


def _added_up(structure: _Structure) -> Iterator[Finding]:
    minutes, prompts = structure.agenda.minutes, structure.agenda.prompts
    written = sum(prompts[card].minutes for card in plan(structure.agenda, minutes))
    share = minutes / written
    if abs(share - 1) > TOLERANCE:
        yield (
            ("minutes",),
            (
                f"The cards' minutes add up to {written:g}, but the session has {minutes}: each "
                f"card gets {round(100 * share)} % of its time. Change `minutes` here, or those "
                "of the cards."
            ),
        )


def _many_cards(structure: _Structure) -> Iterator[Finding]:
    for made in structure.plans:
        cards = len(made.slots)
        if cards > math.ceil(CARDS_AN_HOUR * made.minutes / 60):
            an_hour = round(cards * 60 / made.minutes)
            shortest = structure.agenda.shortest == made.minutes
            yield (
                ("shortest" if shortest else "minutes",),
                (
                    f"{made.minutes} minutes have {cards} cards, which is {an_hour} an hour; "
                    f"more than {CARDS_AN_HOUR} is a rush. Give some `at_least`, or make them "
                    "`extra: yes`."
                ),
            )
            return


def _never_planned(structure: _Structure) -> Iterator[Finding]:
    longest = structure.agenda.lengths[1]
    for place, prompt in structure.prompts:
        if prompt.at_least > longest and not prompt.extra:
            sentence = (
                f"`{prompt.id}` is in no session: it needs {prompt.at_least} minutes, but the "
                f"longest one has {longest}."
            )
            yield (*place, "at_least"), sentence


def _many_stops(structure: _Structure) -> Iterator[Finding]:
    """At most one warning a phase: the densest run of cards at any length."""
    for phase in structure.agenda.phases:
        runs = [run for made in structure.plans for run in _runs(structure, made, phase.id)]
        stops, shortness, first, last = max(runs, default=(0, 0, "", ""))
        if stops > STOPS:
            cards = f"`{first}`" if first == last else f"From `{first}` to `{last}`"
            yield (
                (*structure.place[first], "id"),
                (
                    f"{cards}: {stops} stops in {round(-shortness / 60)} minutes; more than "
                    f"{STOPS} in {WITHIN} is a form, not a talk. Write down less, or put it on "
                    "one sheet under `settle`."
                ),
            )


def _runs(structure: _Structure, made: Plan, phase: str) -> Iterator[tuple[int, int, str, str]]:
    """From each card of a phase, the run that is over in time: its stops, minus its seconds."""
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
                yield (
                    ("phases",),
                    (
                        f"Cards where only the {role} speaks take {share} % of {made.minutes} "
                        f"minutes; more than {ONE_VOICE} % leaves too little of a talk."
                    ),
                )
                break


def _last_card(structure: _Structure) -> Iterator[Finding]:
    lasts = dict.fromkeys(made.slots[-1].prompt for made in structure.plans)
    for last in lasts:
        if not structure.agenda.prompts[last].keep:
            yield (
                (*structure.place[last], "id"),
                (
                    f"`{last}` can be the last card, and may be dropped when time runs out: "
                    "give it `keep: yes`, so the talk has an end."
                ),
            )


def _templates(structure: _Structure) -> Iterator[Finding]:
    missing = structure.documents.missing
    named = [document.template for document in structure.agenda.documents]
    for index, name in enumerate(named):
        if name in missing:
            yield ("documents", index, "template"), f"There is no template `{name}` {NOWHERE}."
    for name in sorted(missing.difference(named)):
        sentence = f"There is no template `{name}`, which another one includes, {NOWHERE}."
        yield ("documents",), sentence


def _unused(structure: _Structure) -> Iterator[Finding]:
    agenda = structure.agenda
    if structure.documents.missing:
        return
    named = _named(agenda)
    unused = [
        (*prompt.place, key, index, "id")
        for prompt in structure.prompts
        for key in ("record", "settle")
        for index, field in enumerate(getattr(prompt.value, key))
        if not field.private and not _is_used(field, named, structure)
    ]
    if unused and not agenda.documents:
        sentence = "What is written down goes nowhere: the agenda has no `documents`."
        yield unused[0], sentence
        return
    for place in unused:
        yield place, "No clause and no document uses this answer, so nobody will read it again."


def _is_used(field: Field, named: set[str], structure: _Structure) -> bool:
    if named & {field.id, *field.answer_ids}:
        return True
    return bool(structure.agenda.documents) and structure.documents.takes(field.id)


def _named(agenda: Agenda) -> set[str]:
    """Every field that a clause, a later card, a condition or the meeting names."""
    meeting = agenda.meeting
    named = {meeting.date, meeting.time, meeting.minutes, meeting.where} if meeting else set()
    for prompt in agenda.prompts.values():
        named |= {*prompt.recall, *prompt.again}
        named |= {condition.field for field in prompt.fields for condition in field.when}
        if prompt.clause:
            named |= set(PLACEHOLDER.findall(prompt.clause.says))
    return named


_STRUCTURE: tuple[Callable[[_Structure], Iterator[Finding]], ...] = (
    _short_cards,
    _added_up,
    _many_cards,
    _never_planned,
    _many_stops,
    _one_voice,
    _last_card,
    _templates,
    _unused,
)
