"""What differs between two texts of one agenda, in a few words for whoever adds it again."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mentorwalk.domain.agenda import Agenda, Phase, Prompt

NAMED = 5
"""The most ids that are named of one kind of change."""
_ELSEWHERE = ("id", "minutes", "phases")
"""The keys at the top that are compared in a way of their own, or never mean a change."""


def differences(before: Agenda, now: Agenda, files: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what has changed: minutes, cards, fields, then the keys at the top, and files.

    Nothing is returned where both say the same, whatever their comments are.
    """
    others = [*_keys(before, now), *files]
    changes = [f"changes {', '.join(others)}"] if others else []
    return (*_differences(before, now), *changes)


def _differences(before: Agenda, now: Agenda) -> Iterator[str]:
    if before.minutes != now.minutes:
        yield f"{now.minutes} minutes instead of {before.minutes}"
    yield from _of_kind("card", _cards(before), _cards(now))
    yield from _of_kind("field", before.fields, now.fields)
    if _order(before, now) != _order(now, before):
        yield "another order of the cards"


def _keys(before: Agenda, now: Agenda) -> Iterator[str]:
    """Yield what is different at the top of the file, and of the phases but their cards."""
    if [*map(_frame, before.phases)] != [*map(_frame, now.phases)]:
        yield "the phases"
    keys = (each.name for each in fields(now) if each.name not in _ELSEWHERE)
    yield from (f"`{key}`" for key in keys if getattr(before, key) != getattr(now, key))


def _cards(agenda: Agenda) -> dict[str, Prompt]:
    """Return the cards by id, without their fields, which are compared by themselves."""
    return {id_: replace(card, record=(), settle=()) for id_, card in agenda.prompts.items()}


def _order(agenda: Agenda, other: Agenda) -> list[str]:
    """Return the ids of the cards that another agenda has, too, in order."""
    return [id_ for id_ in agenda.prompts if id_ in other.prompts]


def _frame(phase: Phase) -> Phase:
    return replace(phase, prompts=())


def _of_kind(kind: str, before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """Yield which parts of a kind are new, changed or gone."""
    changed = [id_ for id_ in now if id_ in before and before[id_] != now[id_]]
    new = [id_ for id_ in now if id_ not in before]
    gone = [id_ for id_ in before if id_ not in now]
    for word, ids in (("new", new), ("changed", changed), ("gone", gone)):
        if ids:
            yield f"{kind}{'' if len(ids) == 1 else 's'} {word}: {named(ids)}"


def named(names: list[str], most: int = NAMED) -> str:
    """Return names with commas; after the first few, how many more there are."""
    more = [f"and {len(names) - most} more"] if len(names) > most else []
    return ", ".join([*names[:most], *more])
