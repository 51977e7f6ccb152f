"""The facts of a session for a programme: what the file says, and whether it can be written."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mentorwalk.domain.errors import InputError, TemplateProblem
from mentorwalk.domain.fact_rows import FORMAT, FORMAT_KEY, MOST_EDITIONS
from mentorwalk.domain.facts import SessionFacts, code_of, left_out_last
from mentorwalk.domain.i18n import set_language
from mentorwalk.storage.randomness import random_code
from mentorwalk.workflows.mentorships import Members, mentorship_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mentorwalk.domain.facts import Fact
    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.programme import FactName
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession

REFUSED = (
    "In your agreement you struck the sentence that says what your programme may hear, so nothing "
    "was written. If you want to send facts, take it back in a meeting that reads your agreement, "
    "such as the one of `mentorwalk next --agenda check-in`."
)
_LOOK = "Look at it together: {command} shows every line first."
NO_PROGRAMME = (
    "Your agenda names no programme, so your agreement says nothing of these facts, and --yes "
    f"writes none of them. {_LOOK}"
)
_UNAGREED: Mapping[str, str] = {
    "missing": "Nothing in your agreement says what your programme may hear, so --yes writes "
    f"nothing. {_LOOK}",
    "reworded": "In your agreement you changed what is said about your programme, and --yes "
    f"cannot tell what that leaves out, so nothing was written. {_LOOK}",
    "outgrown": "Your programme asks for more by now than your agreement says, so --yes writes "
    f"nothing. {_LOOK}",
}
"""Why nothing is written without asking, by how the agreement stands to it."""
_SAME = ("held_on", "agenda", "meeting")
"""What two files of a pair say alike that are about one session; any of it may be left out."""


@dataclass(frozen=True)
class FactsContents:
    """What the facts file of a session says."""

    folder: Path
    pair: str
    """The code under which the two are counted."""
    session: SessionFacts
    edition: int = 1
    """How many files there are about this session, with this one."""
    is_asked: bool = True
    """Whether the two are asked if they want to be contacted; else that is told only if they do."""
    left_out: frozenset[FactName] = frozenset()
    """The facts that one of the two leaves out: at first, those that they left out last time."""
    codes: frozenset[str] = frozenset()
    """Every code that the two were given: there should be one."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The lines of the file."""
        silent = {"contact_us"} if not (self.is_asked or self.session.contact_us) else set()
        return tuple(f for f in self.session.facts if f.name not in self.left_out | silent)

    @property
    def is_draft(self) -> bool:
        """Whether the two have an agreement, and not both of them have accepted it."""
        return self.session.mentorship.accepting is not None and self.session.agreed_since is None

    @property
    def data(self) -> dict[str, Any]:
        """What stands in the file, by its keys."""
        programme = self.session.mentorship.programme
        head = {"programme": programme.id} if programme else {}
        again = {"edition": self.edition} if self.edition > 1 else {}
        said: dict[str, Any] = {fact.name: fact.value for fact in self.facts}
        return {FORMAT_KEY: FORMAT, **head, "pair": self.pair, **again, **said}

    @property
    def text(self) -> str:
        """The file as JSON."""
        return json.dumps(self.data, indent=2) + "\n"

    @property
    def file(self) -> str:
        """The name of the file: the code, and the day or else the meeting, if the file has it."""
        said = {fact.name: fact.value for fact in self.facts}
        day, meeting = said.get("held_on"), said.get("meeting")
        # In one folder, no meeting of a pair takes the place of another.
        which = [day] if day else [f"meeting-{meeting}"] if meeting is not None else []
        return f"{'-'.join(map(str, ['facts', self.pair, *which]))}.json"

    def wanting_contact(self) -> FactsContents:
        """Return it with the request to be contacted, also if that was left out before."""
        session = replace(self.session, contact_us=True)
        return replace(self, session=session, left_out=self.left_out - {"contact_us"})

    def leaving_out(self, names: frozenset[FactName]) -> FactsContents:
        """Return it without these facts, and with all others, those left out before too."""
        return replace(self, left_out=names)

    def is_about_same(self, earlier: object) -> bool:
        """Return whether other data has facts of the same session."""
        if not isinstance(earlier, dict) or FORMAT_KEY not in earlier:
            return False
        known = [key for key in _SAME if key in earlier and key in self.data]
        is_same_pair = earlier.get("pair") in {self.pair, *self.codes}
        return is_same_pair and all(earlier[key] == self.data[key] for key in known)

    def coded_by(self, sessions: Iterable[StoredSession]) -> FactsContents:
        """Return it under the code, and with the number, that sessions of the two give it."""
        by_name = {found.folder.name: found.session for found in sessions}
        edition = min(MOST_EDITIONS, len(by_name[self.folder.name].coded) + 1)
        codes = frozenset(event.pair for session in by_name.values() for event in session.coded)
        code = code_of(by_name.values()) or self.pair
        return replace(self, pair=code, edition=edition, codes=codes)


def facts_contents(runner: SessionRunner, folder: Path) -> FactsContents:
    """Return the facts of a session that was walked to its end, as they stood after it.

    Raises:
        InputError: It is not finished, or the two agreed that nothing is passed on.
        StorageError: It cannot be read.
    """
    own = runner.store.finished(folder)
    set_language(own.session.agenda.language)
    members = Members.of(runner.library, folder)
    others = [each for each in members.finished(runner.store) if each.folder.name != folder.name]
    before = {path.name for path in members.before(folder).folders}
    mentorship = mentorship_of(runner, [*(e for e in others if e.folder.name in before), own])
    agreed = mentorship.agreed_since(_current_fingerprint(runner, mentorship))
    session = SessionFacts(mentorship, agreed)
    if session.clause.state == "struck":
        raise InputError(REFUSED)
    sessions = [own, *others]
    left_out = left_out_last(each.session for each in sessions)
    return FactsContents(folder, random_code(), session, left_out=left_out).coded_by(sessions)


def check_agreed(sheet: FactsContents, command: str) -> None:
    """Make sure that the two agreed on what is written without asking them.

    Args:
        sheet: The facts.
        command: The command that shows every line first.

    Raises:
        InputError: Their agreement says nothing of it, or something else than the agenda.
    """
    state = sheet.session.clause.state
    if sheet.session.mentorship.programme is None:
        raise InputError(NO_PROGRAMME.format(command=f"`{command}`"))
    if state in _UNAGREED:
        raise InputError(_UNAGREED[state].format(command=f"`{command}`"))


def _current_fingerprint(runner: SessionRunner, mentorship: Mentorship) -> str:
    """Return the fingerprint of the agreement as it is now; empty if nobody knows it."""
    # The template of an earlier session may be gone by now.
    with suppress(TemplateProblem):
        return runner.agreement(mentorship.accepting).fingerprint if mentorship.accepting else ""
    return ""
