"""The check of clauses: what nobody would have read when it is agreed on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.authoring.checks.naming import everything_named
from mentorwalk.authoring.checks.nearly_read import how_read
from mentorwalk.domain.errors import PROBLEM_LIMIT, shown
from mentorwalk.domain.programme import ASKS
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.domain.agenda import Agenda, Prompt

UNSAID = (
    "What the two settle as `{name}` stands nowhere in the agreement: write `{{{name}}}` where it "
    "belongs, or leave that field out."
)
UNSAID_BELOW = (
    "It does not name `{name}`, so that what the two settle stands nowhere in the agreement. Give "
    "the card a `clause` of your own below `change`, with all that the other one says (`mentorwalk "
    "agenda show --yaml` prints it) and `{{{name}}}`, or put the field on a card without one."
)
"""The same about a clause of the agenda that is extended."""
ONE_WORD = (
    " As one word it would be a bare yes or no: what shall stand only after a yes is a choice of a "
    "`checkbox` with `as: sentences`."
)
"""What is added about a `confirm`."""


UNREAD = (
    "Nobody has read “{sentence}” when it is agreed on: put it into the card's `read`, word for "
    "word."
)
"""The message about a sentence of a clause that stands nowhere else on its card."""
NEARLY_READ = (
    "Nobody has read “{sentence}” when it is agreed on: the card's `read` has it {how}. Let both "
    "say the same, word for word."
)
"""The message about a sentence of a clause of which `read` has most."""


def unread_sentences(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the sentences of clauses that nobody reads or answers on their card."""
    # Each comparison takes time, and nobody is shown more problems than the limit.
    compared = iter(range(PROBLEM_LIMIT))
    for place, prompt in index.prompts:
        for sentence in () if _shows_nothing(prompt) else _unread(index, prompt):
            how = how_read(sentence, prompt.read) if next(compared, -1) >= 0 else ""
            said = (NEARLY_READ if how else UNREAD).format(sentence=shown(sentence, 60), how=how)
            told = f"{said}{_answer_meant(prompt, sentence)}"
            yield Finding((*place, "clause", "says"), told)


def _answer_meant(prompt: Prompt, sentence: str) -> str:
    """Return which word of a sentence may be an answer without its braces, or nothing."""
    words, says = {*re.findall(r"\w+", sentence)}, prompt.clause.says if prompt.clause else ""
    unnamed = (field.id for field in prompt.fields if f"{{{field.id}}}" not in says)
    named = next((each for each in unnamed if each in words), "")
    return f" If `{named}` is to be the answer, write `{{{named}}}`." if named else ""


def unseen_clauses(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the clauses on cards that show nothing of them, neither words nor answers."""
    for place, prompt in index.prompts:
        if _shows_nothing(prompt) and any(_unread(index, prompt)):
            yield Finding(
                (*place, "clause", "says"),
                "Nobody sees this before it is agreed on: the card has neither fields nor `read`. "
                "Put what it says into `read`, word for word.",
            )


def unsaid_answers(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what is settled on a card with a clause that names it nowhere."""
    named = everything_named(index)
    for place, prompt in index.prompts:
        says = prompt.clause.says if prompt.clause else ""
        # A name without its braces is told as a sentence that nobody has read.
        known = {*named, *re.findall(r"\w+", says)}
        for field in prompt.settle if says else ():
            if known.isdisjoint((field.id, *field.answer_ids)):
                stated = (*place, "clause", "says")
                inherited = index.inherited(stated)
                sentence = (UNSAID_BELOW if inherited else UNSAID).format(name=field.id)
                yield Finding(stated, sentence + ONE_WORD * (field.type == "confirm"))


def behind_the_first(agenda: Agenda) -> str:
    """Return the sentence that comes second under a heading of the agreement; empty if none does.

    A summary has the first sentence of each heading.
    """
    said: dict[str, list[str]] = {}
    for clause in (prompt.clause for prompt in agenda.prompts.values() if prompt.clause):
        told = filter(None, sentences(" ".join(clause.says.split())))
        said.setdefault(clause.heading, []).extend(told)
    return next((second for _, second, *_ in (each for each in said.values() if len(each) > 1)), "")


def _shows_nothing(prompt: Prompt) -> bool:
    return not (prompt.read or prompt.fields or prompt.again)


def _unread(index: AgendaIndex, prompt: Prompt) -> Iterator[str]:
    """Yield the sentences of a clause that are the agenda's own, and not read on the card."""
    people = {*ROLES, ASKS, *(["contact"] if index.agenda.contact else [])}
    # Stars around words are told where they stand.
    read = " ".join(prompt.read.replace("**", "").split())
    says = " ".join(prompt.clause.says.split()) if prompt.clause else ""
    fields = index.agenda.answerable
    whole = {f"{{{key}}}" for key in fields if fields[key].has_sentences}
    # The number of an item is no sentence.
    for each in filter(re.compile(r"[^\W\d_]").search, sentences(says)):
        # What is chosen as whole sentences ends by itself, and the next one begins behind it.
        first, _, rest = each.partition(" ")
        sentence = (rest if first in whole else each).replace("**", "")
        if sentence not in read and people.issuperset(re.findall(r"\{([^}]*)", sentence)):
            yield sentence
