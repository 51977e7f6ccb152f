"""The plan of a session: which cards fit into its length, and how long each may take."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.domain.conditions import is_usual
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.text import minutes_in_full

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mentorwalk.domain.agenda import Agenda


@dataclass(frozen=True)
class Slot:
    """One card of a plan, and its time."""

    prompt: str
    seconds: int


@dataclass(frozen=True)
class Plan:
    """The cards of a session of one length, in order."""

    minutes: int
    slots: tuple[Slot, ...]

    @cached_property
    def seconds(self) -> Mapping[str, int]:
        """The planned seconds of each card, by its prompt's id."""
        return {slot.prompt: slot.seconds for slot in self.slots}

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids of the prompts."""
        return (slot.prompt for slot in self.slots)


def plan(agenda: Agenda, minutes: int) -> Plan:
    """Return the plan of a session of `minutes`, which shares all its seconds among the cards.

    A card that waits for another answer than the usual one has none of them: it takes its time once
    it is walked.

    Raises:
        InputError: The agenda cannot be planned for that length.
    """
    shortest, longest = agenda.lengths
    if not shortest <= minutes <= longest:
        low = "" if shortest == longest else f"{shortest} to "
        wrong = "short" if minutes < shortest else "long"
        raise InputError(
            f"{agenda.title} takes {low}{minutes_in_full(longest)}; {minutes} is too {wrong}."
        )
    chosen = [p for p in agenda.prompts.values() if not p.extra and p.at_least <= minutes]
    seconds = largest_remainder(
        [prompt.minutes if is_usual(agenda, prompt) else 0 for prompt in chosen], minutes * 60
    )
    slots = (Slot(prompt.id, share) for prompt, share in zip(chosen, seconds, strict=True))
    return Plan(minutes, tuple(slots))


def without_steps(agenda: Agenda, chosen: Plan) -> Plan:
    """Return a plan in which the cards that only ask about open steps give their time to others."""
    # A form of one person alone has cards of its own.
    prompts = agenda.prompts
    about = {card for card in chosen if card in prompts and prompts[card].asks_only_steps}
    if len(about) in (0, len(chosen.slots)):
        return chosen
    weights = [0 if slot.prompt in about else slot.seconds for slot in chosen.slots]
    shares = largest_remainder(weights, sum(chosen.seconds.values()))
    pairs = zip(chosen.slots, shares, strict=True)
    return replace(chosen, slots=tuple(replace(slot, seconds=share) for slot, share in pairs))


def length_near(agenda: Agenda, wanted: float | None) -> int:
    """Return an agenda's length in minutes nearest to a wanted one; its own if none is wanted."""
    shortest, longest = agenda.lengths
    return agenda.minutes if wanted is None else min(max(round(wanted), shortest), longest)


def largest_remainder(weights: Sequence[float], total: int) -> list[int]:
    """Return shares of `total` by weight: whole numbers that sum to it (Hamilton's method)."""
    # Exact fractions: with rounded floats the shares could miss the total.
    ratios = [weight.as_integer_ratio() for weight in weights]
    common = math.lcm(*(below for _, below in ratios))
    units = [above * (common // below) for above, below in ratios]
    shares = [divmod(unit * total, sum(units) or 1) for unit in units]
    whole = [share for share, _ in shares]
    nearest = sorted(range(len(shares)), key=lambda i: -shares[i][1])
    for index in nearest[: total - sum(whole)]:
        whole[index] += 1
    return whole
