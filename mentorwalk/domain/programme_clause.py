"""What the agreement of two people says of what their programme may hear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mentorwalk.domain.answers import LEFT_OUT
from mentorwalk.domain.clauses import clause_cards, clauses_of
from mentorwalk.domain.programme import ASKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.session import Session

_ASKS = f"{{{ASKS}}}"


@dataclass(frozen=True)
class ProgrammeClause:
    """The part of an agreement that says what is passed on, as it stands now."""

    state: Literal["kept", "reworded", "struck", "outgrown", "missing"]
    """Whether it stands as the agenda has it; `outgrown`: the programme asks for more by now."""
    text: str = ""
    """How it reads; empty where there is none."""


def programme_clause(mentorship: Mentorship) -> ProgrammeClause:
    """Return what the agreement says of what the programme may hear."""
    if _is_struck(mentorship):
        return ProgrammeClause("struck")
    session, programme = mentorship.accepting, mentorship.programme
    found = next(_clauses(session), None) if session else None
    if session is None or programme is None or found is None:
        return ProgrammeClause("missing")
    prompt, text = found
    # Any sentence beside it may take back what it allows.
    if any(not session.effective_answer(field.id).empty for field in prompt.plain):
        return ProgrammeClause("reworded", text)
    told = session.agenda.programme
    outgrown = told and not {*programme.facts} <= {*told.facts}
    return ProgrammeClause("outgrown" if outgrown else "kept", text)


def _clauses(session: Session) -> Iterator[tuple[Prompt, str]]:
    """Yield the cards that were agreed on and name what the programme asks for, and their texts."""
    for prompt, clause in zip(clause_cards(session), clauses_of(session), strict=True):
        says = prompt.clause.says if prompt.clause else ""
        if _ASKS in says and clause.text:
            yield prompt, clause.text


def _is_struck(mentorship: Mentorship) -> bool:
    """Return whether the two struck the sentence, and have not taken it back since."""
    for session in reversed([*mentorship.sessions.values()]):
        words = [mentorship.word(each) for each in session.agenda.plain if _ASKS in each]
        said = [word.answer.value for word in words if word and word.answer]
        if said:
            return LEFT_OUT in said
    return False
