"""Warnings about time: an agenda at every length that can be planned."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from functools import cached_property, partial
from operator import itemgetter
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding, Located
from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.conditions import is_usual
from mentorwalk.domain.demands import demands_of, stops_of
from mentorwalk.domain.planning import plan
from mentorwalk.domain.text import capital, join_words, minutes_in_full

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Agenda
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
ONE_VOICE = {"session": 45, "exercise": 85}
"""The most of the time, in per cent, in which only one person speaks: an exercise is for one."""
PLANS = 24
"""The most lengths between the shortest and the longest that are planned."""


def pacing(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what makes a session of some length a rush, a form or a lecture, or leave it no end."""
    planned = _Planned(index.agenda, index.prompts)
    for name, check in _CHECKS.items():
        yield from (finding.called(name) for finding in check(planned))


def is_warned_of(agenda: Agenda, name: str) -> bool:
    """Return whether an agenda has a warning about time, by its name."""
    cards = tuple(Located[Prompt]((), card) for card in agenda.cards)
    return any(_CHECKS[name](_Planned(agenda, cards)))


@dataclass(frozen=True)
class _Planned:
    """An agenda with its plans, and with how often each card stops the talk."""

    agenda: Agenda
    prompts: tuple[Located[Prompt], ...]

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

    def usual(self, made: Plan) -> list[str]:
        """Return the cards of a plan that are walked if all is answered as usual."""
        return [card for card in made if is_usual(self.agenda, self.agenda.prompts[card])]

    @cached_property
    def stops(self) -> dict[str, int]:
        """How many stops each card has."""
        return {p.value.id: stops_of(self.agenda, p.value) for p in self.prompts}

    @cached_property
    def place(self) -> dict[str, Place]:
        """The place of each card."""
        return {prompt.value.id: prompt.place for prompt in self.prompts}


def _short_cards(planned: _Planned) -> Iterator[Finding]:
    reported: set[str] = set()
    for made in planned.plans:
        for slot in made.slots:
            waits = bool(planned.agenda.prompts[slot.prompt].when)
            if slot.seconds < SHORTEST_CARD and not waits and slot.prompt not in reported:
                reported.add(slot.prompt)
                yield Finding(
                    (*planned.place[slot.prompt], "minutes"),
                    f"In {made.minutes} minutes `{slot.prompt}` gets {slot.seconds} seconds; "
                    f"{SHORTEST_CARD} are the least that people need to say something.",
                )


def _added_up(planned: _Planned) -> Iterator[Finding]:
    minutes, prompts = planned.agenda.minutes, planned.agenda.prompts
    made = plan(planned.agenda, minutes)
    usual = planned.usual(made)
    written = sum(prompts[card].minutes for card in usual)
    share = minutes / written
    if abs(share - 1) > TOLERANCE:
        waiting = join_words([f"`{card}`" for card in made if card not in usual])
        without = f" without {waiting}, which not everybody walks" * bool(waiting)
        yield Finding(
            ("minutes",),
            f"The cards' minutes add up to {written:g}{without}, but the session has {minutes}: "
            f"each card gets {round(100 * share)} % of its time. Change `minutes` at the top, or "
            "those of the cards.",
        )


def _many_cards(planned: _Planned) -> Iterator[Finding]:
    prompts = planned.agenda.prompts

    def count_of(made: Plan) -> int:
        """Return how many cards of a plan are talked about."""
        return sum(_is_talked_about(prompts[card]) for card in planned.usual(made))

    def has_few(made: Plan) -> bool:
        """Return whether these are no rush."""
        return count_of(made) <= math.ceil(CARDS_AN_HOUR * made.minutes / 60)

    if made := next((made for made in planned.plans if not has_few(made)), None):
        enough = _shortest_with_few(planned, has_few)
        way = f"Give some `at_least: {enough}`" if enough else "Take some out"
        yield Finding(
            ("shortest" if planned.agenda.shortest == made.minutes else "minutes",),
            f"{made.minutes} minutes have {count_of(made)} cards, which is "
            f"{round(count_of(made) * 60 / made.minutes)} an hour; more than {CARDS_AN_HOUR} is a "
            f"rush. {way}, or make them `extra: yes`.",
        )


def _is_talked_about(prompt: Prompt) -> bool:
    """Return whether a card is more than a look at what is there already."""
    return not (prompt.glance or prompt.review or prompt.accept)


def _never_planned(planned: _Planned) -> Iterator[Finding]:
    longest = planned.agenda.lengths[1]
    for place, prompt in planned.prompts:
        if prompt.at_least > longest and not prompt.extra:
            yield Finding(
                (*place, "at_least"),
                f"`{prompt.id}` is in no plan: it needs {prompt.at_least} minutes, but the "
                f"longest session has {longest}. If it is only to be pulled in, say `extra: yes`.",
            )


def _stops_in_all(planned: _Planned) -> Iterator[Finding]:
    def most_of(made: Plan) -> int:
        """Return how many stops a plan may have."""
        return math.ceil(STOPS_AN_HOUR * made.minutes / 60)

    def has_few(made: Plan) -> bool:
        """Return whether a plan has no more."""
        return demands_of(planned.agenda, made).stops <= most_of(made)

    if made := next((made for made in planned.plans if not has_few(made)), None):
        stops = demands_of(planned.agenda, made).stops
        yield Finding(
            ("phases",),
            f"{made.minutes} minutes have {stops} stops; more than {most_of(made)} is a form, not "
            f"a talk. {_ways_to_fewer(planned, list(made), has_few)}.",
        )


def _read_aloud(planned: _Planned) -> Iterator[Finding]:
    for made in planned.plans:
        aloud = demands_of(planned.agenda, made).aloud
        if aloud > ALOUD:
            yield Finding(
                ("phases",),
                f"In {made.minutes} minutes {aloud} words are read aloud; after {ALOUD} "
                "nobody listens. Shorten what stands under `read`.",
            )
            return


def _many_lines(planned: _Planned) -> Iterator[Finding]:
    """Yield at most one warning for a phase: that it has too many lines to settle at any length."""
    phase_of = planned.agenda.phase_of
    for phase in planned.agenda.phases:
        for made in planned.plans:
            slots = [slot for slot in made.slots if phase_of[slot.prompt] == phase]
            asked = demands_of(planned.agenda, [slot.prompt for slot in slots])
            minutes = round(sum(slot.seconds for slot in slots) / 60)
            if asked.lines > max(LINES, minutes):
                settling = (slot for slot in slots if planned.agenda.prompts[slot.prompt].settle)
                yield Finding(
                    (*planned.place[next(settling).prompt], "settle"),
                    f"`{phase.id}` has {asked.lines} lines to settle in "
                    f"{minutes_in_full(minutes)}; more than {LINES} are a form, not a talk. Let "
                    "what is usual stand as sentences (`as: sentences`), or leave it for the next "
                    "session.",
                )
                break


def _many_stops(planned: _Planned) -> Iterator[Finding]:
    """Yield at most one warning for a phase: the densest run of cards at any length."""
    for phase in planned.agenda.phases:
        runs = [(*run, made) for made in planned.plans for run in _runs(planned, made, phase.id)]
        if runs:
            stops, shortness, first, last, made = max(runs, key=itemgetter(0, 1, 2, 3))
        if runs and stops > STOPS:
            cards = f"`{first}`" if first == last else f"from `{first}` to `{last}`"
            usual = made.minutes == planned.agenda.minutes
            cards = capital(cards) if usual else f"In {made.minutes} minutes, {cards}"
            run = list(made)[list(made).index(first) : list(made).index(last) + 1]
            has_few = partial(_has_few_at_once, planned, phase.id)
            yield Finding(
                (*planned.place[first], "id"),
                f"{cards}: {stops} stops in {minutes_in_full(round(-shortness / 60))}; more than "
                f"{STOPS} in {WITHIN} is a form, not a talk. "
                f"{_ways_to_fewer(planned, run, has_few)}.",
            )


def _has_few_at_once(planned: _Planned, phase: str, made: Plan) -> bool:
    return all(stops <= STOPS for stops, *_ in _runs(planned, made, phase))


def _ways_to_fewer(planned: _Planned, cards: list[str], has_few: Callable[[Plan], bool]) -> str:
    """Return what there is to do about too many stops on some cards.

    Args:
        planned: The agenda.
        cards: The cards that have too many.
        has_few: Returns whether a plan has no more than it may have.
    """
    fields = [field for card in cards for field in planned.agenda.prompts[card].record]
    ways = ["write down less"]
    ways += ["ask about fewer items (`max`)"] * any(field.asks_items for field in fields)
    if any(field.default and not field.private for field in fields):
        ways.append("put lines that have a usual answer on one sheet under `settle`")
    if enough := _shortest_with_few(planned, has_few):
        ways += [f"give some cards `at_least: {enough}`", f"write `shortest: {enough}`"]
    else:
        ways.append("give these cards more `minutes`")
    return capital(f"{', '.join(ways[:-1])}, or {ways[-1]}")


def _shortest_with_few(planned: _Planned, has_few: Callable[[Plan], bool]) -> int:
    """Return the length from which on no plan has too much; 0 if that is not the usual one yet."""
    low, high = planned.agenda.lengths
    lengths = sorted({*range(low + 5, high, 5), planned.agenda.minutes, high} - {low})
    many = [minutes for minutes in lengths if not has_few(plan(planned.agenda, minutes))]
    enough = next((each for each in lengths if not many or each > many[-1]), 0)
    return enough if enough <= planned.agenda.minutes else 0


def _runs(planned: _Planned, made: Plan, phase: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield, up to each card of a phase, the run that fits the time: its stops, minus its seconds.

    Seconds are negative so that of two runs with as many stops the shorter one is the greater.
    """
    phase_of, usual = planned.agenda.phase_of, planned.usual(made)
    run: deque[tuple[int, int, str]] = deque()
    stops = seconds = 0
    for slot in made.slots:
        if phase_of[slot.prompt].id == phase and slot.prompt in usual:
            # A card that waits takes its minutes when it is walked.
            lasts = slot.seconds or round(planned.agenda.prompts[slot.prompt].minutes * 60)
            run.append((planned.stops[slot.prompt], lasts, slot.prompt))
            stops, seconds = stops + run[-1][0], seconds + run[-1][1]
            while seconds > WITHIN * 60:
                over = run.popleft()
                stops, seconds = stops - over[0], seconds - over[1]
            if run:
                yield stops, -seconds, run[0][2], slot.prompt


def _one_voice(planned: _Planned) -> Iterator[Finding]:
    """Yield where the mentor speaks for too long; a mentee who does is what a talk is for."""
    agenda = planned.agenda
    for made in planned.plans:
        alone = [s.seconds for s in made.slots if agenda.prompts[s.prompt].to == "mentor"]
        share = round(100 * sum(alone) / (made.minutes * 60))
        if share > (most := ONE_VOICE[agenda.kind]):
            yield Finding(
                ("phases",),
                f"Cards where only the mentor speaks take {share} % of {made.minutes} minutes; "
                f"more than {most} % leaves too little of a talk.",
            )
            return


def _last_card(planned: _Planned) -> Iterator[Finding]:
    lasts = dict.fromkeys(made.slots[-1].prompt for made in planned.plans)
    for last in lasts:
        if not planned.agenda.prompts[last].keep:
            yield Finding(
                (*planned.place[last], "id"),
                f"`{last}` can be the last card, and may be dropped when time runs out: "
                "give it `keep: yes`, so the talk has an end.",
            )


_CHECKS: Mapping[str, Callable[[_Planned], Iterator[Finding]]] = {
    "short-card": _short_cards,
    "minutes": _added_up,
    "cards": _many_cards,
    "no-plan": _never_planned,
    "stops": _stops_in_all,
    "read-aloud": _read_aloud,
    "stops-at-once": _many_stops,
    "lines": _many_lines,
    "one-voice": _one_voice,
    "last-card": _last_card,
}
"""The checks, by the names of their warnings."""
PACING = frozenset(_CHECKS)
"""The names of the warnings about time."""
