"""Drafts: what is half typed in a session, and how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


@dataclass(frozen=True)
class Draft:
    """An answer that is half typed."""

    text: str
    prompt: str | None
    """The card on which it is typed."""
    private: bool


def draft_key(answer: str, item: str = "") -> str:
    """Return what a draft is found by: the id of its answer, and the item below it."""
    return f"{answer}\n{item}" if item else answer


def answer_of(key: str) -> str:
    """Return the id of the answer that a draft is for."""
    return key.partition("\n")[0]


def with_draft(drafts: Mapping[str, Draft], key: str, draft: Draft | None) -> Mapping[str, Draft]:
    """Return drafts with another one of an answer; with None, without any of it."""
    others = {kept: each for kept, each in drafts.items() if kept != key}
    return others if draft is None else {**others, key: draft}


def without_card(drafts: Mapping[str, Draft], prompt: str) -> Mapping[str, Draft]:
    """Return drafts without those of a card that was put aside."""
    return {key: draft for key, draft in drafts.items() if draft.prompt != prompt}


def without_answers(drafts: Mapping[str, Draft], keys: Container[str]) -> Mapping[str, Draft]:
    """Return drafts without those of some answers, and of what is said about their items."""
    return {key: draft for key, draft in drafts.items() if answer_of(key) not in keys}


def private_only(drafts: Mapping[str, Draft]) -> Mapping[str, Draft]:
    """Return the private drafts: they alone outlive the talk, and going off the record."""
    return {key: draft for key, draft in drafts.items() if draft.private}
