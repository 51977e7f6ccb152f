"""What can be done with a session when it is over: accept, verify, export, forget."""

from __future__ import annotations

import json
import re
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mentorwalk.documents.signoff import SignoffStatus, Verdict, difference, read_signoff
from mentorwalk.domain.agenda import ROLES, fill_in
from mentorwalk.domain.agreement import Agreement, body_of, fingerprint_of
from mentorwalk.domain.answers import Answer
from mentorwalk.domain.errors import InputError, MentorwalkError, StorageError, shown, shown_path
from mentorwalk.domain.events import Accepted
from mentorwalk.domain.i18n import _, using_language
from mentorwalk.domain.prep_wishes import beforehand, own_answers
from mentorwalk.domain.text import mid_sentence
from mentorwalk.storage.files import JOURNAL, RENDERED, fix_for, reason
from mentorwalk.storage.journal import LOCK, FolderJournal
from mentorwalk.storage.reading import read_events, read_header, replayed
from mentorwalk.workflows.sessions import load_session, planned_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mentorwalk.documents import Written
    from mentorwalk.domain.agenda import Role
    from mentorwalk.domain.session import Session
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession

EXPORT = 1
"""The format of an export."""
SIZE_LIMIT = 1024 * 1024
"""Bytes of a file that could be an agreement."""
HOW_LIMIT = 100
"""Characters that say how somebody accepted."""
_CONFIRMED = re.compile(r"confirmed( |$)", re.IGNORECASE)
"""What stands before these words in any case."""
LINE_LIMIT = 500
"""Characters of the line about one of the two: more than any name and way of accepting have."""


@dataclass(frozen=True)
class VerifyReport:
    """What came of looking at a file, and what changed in it, where that can be told."""

    status: SignoffStatus
    difference: tuple[str, ...] | None
    """None where the wording that was accepted is not on this computer."""

    def in_words(self, renders: str) -> str:
        """What that means, how each of the two stands, and which command `renders` it again."""
        said = _SENTENCES[self.status.verdict].format(renders=renders)
        if self.difference is None:
            said += " The wording from before is not on this computer, so what changed is not told."
        people = () if self.status.verdict == "changed" else self.status.people
        return "\n".join((said, *(shown(line, LINE_LIMIT) for line in people)))


_SENTENCES: dict[Verdict, str] = {
    "accepted": "According to this file, both of you have accepted this wording, and no word of it "
    "has changed since.",
    "changed": "The wording has changed since its mark was made: nobody has accepted it like this.",
    "accepted by one": "According to this file, one of you has accepted this wording, the other "
    "has not yet.",
    "draft": "This is a draft: according to this file, nobody has accepted it yet.",
    "damaged": "The part that says who agrees is missing or damaged, so this file proves nothing. "
    "`{renders}` writes it again.",
    "no agreement": "This is not an agreement as mentorwalk writes it: nothing says who agrees.",
}


@dataclass(frozen=True)
class AcceptedLater:
    """What holds when one of the two has accepted after the call."""

    sentence: str
    """Who accepted, and whether both have now."""
    written: Written


def accept_later(runner: SessionRunner, folder: Path, role: Role, how: str) -> AcceptedLater:
    """Note that one of the two accepted the agreement after the call; write the documents again.

    Raises:
        InputError: There is no agreement to accept, or not as it stands on disk.
    """
    with runner.store.journal(folder) as journal:
        session = runner.store.finished(folder).session
        agreement = _acceptable(runner, folder, session)
        if role in agreement.accepted:
            raise InputError(f"{session.people.name(role)} has accepted this wording already.")
        event = Accepted(
            seq=session.last.seq + 1,
            at=runner.clock.now(),
            elapsed=session.elapsed,
            role=role,
            how=f"confirmed {_how(how)}",
            fingerprint=agreement.fingerprint,
        )
        journal.append(event)
        session = session.apply(event)
        agreement = Agreement.of(session, agreement.text)
        return AcceptedLater(_now_holds(session, agreement, event), runner.write(folder, session))


def _now_holds(session: Session, agreement: Agreement, event: Accepted) -> str:
    (other,) = {*ROLES} - {event.role}
    names = {"name": session.people.name(event.role), "other": session.people.name(other)}
    with using_language(session.agenda.language):
        if agreement.state == "accepted":
            return _("{name} has accepted the agreement: now both of you have.").format(**names)
        waits = _("{name} has accepted the agreement. {other} has not yet, so it is still a draft.")
        return waits.format(**names)


def _how(how: str) -> str:
    words = mid_sentence(_CONFIRMED.sub("", " ".join(how.split()).rstrip(".")))
    if not words or len(words) > HOW_LIMIT or not words.isprintable():
        raise InputError(f"--how wants a few words, such as: by e-mail. Not: {shown(how, 60)}")
    return words


def _acceptable(runner: SessionRunner, folder: Path, session: Session) -> Agreement:
    """Return the agreement that can be accepted: the one that both can read."""
    document = session.agenda.accept_document
    if document is None:
        raise InputError(f"{session.agenda.title} has no document that wants acceptance.")
    path = runner.library.documents_of(folder) / document.file
    agreement = runner.agreement(session)
    if path.is_file() and fingerprint_of(body_of(read_text(path))) != agreement.fingerprint:
        renders = runner.library.command("render", folder.name)
        raise InputError(
            f"{path}: This is not the wording that would be accepted: it was changed by hand, or "
            f"the template was. `{renders}` writes it again; read that first."
        )
    return agreement


def read_text(path: Path) -> str:
    """Read a file that should be a text of ordinary size.

    Raises:
        InputError: It is none.
    """
    name = shown_path(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > SIZE_LIMIT:
            raise InputError(f"{name}: This is no agreement: an ordinary text file is wanted.")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{name}: There is no such file.") from None
    except UnicodeDecodeError:
        raise InputError(f"{name}: This is no agreement: a text in UTF-8 is wanted.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{name}: This file cannot be read: {reason}.") from None


def verify_file(runner: SessionRunner, path: Path) -> VerifyReport:
    """Tell whether an agreement still says what was accepted.

    Raises:
        InputError: The file cannot be read, or is a page, which has no mark of its own.
    """
    text = read_text(path)
    if path.suffix == ".html":
        words = shown_path(path.with_suffix(".md"))
        raise InputError(f"A page is for reading. The mark is that of the Markdown: {words}")
    found = read_signoff(text)
    if found.verdict != "changed":
        return VerifyReport(found, ())
    before = _wording(runner, found.fingerprint)
    return VerifyReport(found, None if before is None else difference(before, body_of(text)))


def _wording(runner: SessionRunner, fingerprint: str) -> str | None:
    """Return the text of a fingerprint, or None if no session on this computer has it."""
    for folder in reversed(runner.library.session_folders()):
        # A session that cannot be read or rendered any more keeps nobody from the verdict.
        with suppress(MentorwalkError, OSError):
            told = [folder / name for name in (JOURNAL, RENDERED) if (folder / name).is_file()]
            if any(f'"{fingerprint}'.encode() in path.read_bytes() for path in told):
                text = _as_it_was(runner, folder, fingerprint)
                if text is not None:
                    return text
    return None


def _as_it_was(runner: SessionRunner, folder: Path, fingerprint: str) -> str | None:
    """Return the text of a fingerprint as it was accepted, or else as it is now."""
    agenda, events = load_session(folder).agenda, read_events(folder)
    accepted = (
        place
        for place, event in enumerate(events)
        if isinstance(event, Accepted) and event.fingerprint.startswith(fingerprint)
    )
    for place in (next(accepted, len(events)), len(events)):
        session = replayed(agenda, events[:place], planned_end(events[0]))
        agreement = runner.agreement(session)
        if agreement.fingerprint.startswith(fingerprint):
            return agreement.text
    return None


def export_session(runner: SessionRunner, folder: Path) -> str:
    """A session as JSON: the pair's own data, without what is private to one of them.

    docs/export.md tells the format.
    """
    found = runner.store.load(folder)
    with using_language(found.session.agenda.language):
        data = _data(runner, found)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(runner: SessionRunner, found: StoredSession) -> dict[str, Any]:
    session = found.session
    agreement = runner.agreement(session)
    return {
        "mentorwalk-export": EXPORT,
        "session": found.folder.name,
        "agenda": {"id": session.agenda.id, "title": session.agenda.title},
        "people": {"mentor": session.people.mentor, "mentee": session.people.mentee},
        "opened": session.opened.at.isoformat(),
        "closed": session.closed.at.isoformat() if session.closed else None,
        "seconds": round((session.closed or session.last).elapsed),
        "answers": _answers(session),
        "prepared": _prepared(session),
        "clauses": [
            {"heading": c.heading, "text": c.text, "state": c.state} for c in agreement.clauses
        ],
        "parked": _asks(session, session.parked()),
        "not_reached": _asks(session, session.not_reached()),
        "agreement": _agreement(session, agreement),
        "documents": {
            path.name: path.read_text(encoding="utf-8", errors="replace")
            for path in runner.store.documents(found).values()
        },
    }


def _asks(session: Session, cards: tuple[str, ...]) -> list[str]:
    return [fill_in(session.agenda.prompts[card].ask, session.names) for card in cards]


def _answers(session: Session) -> dict[str, Any]:
    answers = {
        key: Answer(field, session.answers.get(key), session.names)
        for key, field in session.agenda.answerable.items()
    }
    return {
        key: {"label": each.label, "value": each.value, "words": each.sentence}
        for key, each in answers.items()
        if not each.hidden
    }


def _prepared(session: Session) -> dict[str, Any]:
    """What each shared beforehand; and what both were asked, without saying whose it is."""
    by_role: dict[str, Any] = {
        prep.role: {
            key: _given(Answer(field, prep.answers.get(key), session.names))
            for key, field in own_answers(session, prep).items()
        }
        for prep in session.opened.prepared
    }
    return by_role | {"both": dict(_wishes(session))}


def _wishes(session: Session) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for key, field in session.agenda.answerable.items():
        prior = beforehand(session, field, key)
        if prior and field.prepare == "both":
            unsure = [Answer(field, None, session.names)] * bool(prior.unsure)
            yield key, [_given(answer) for answer in (*prior.said, *unsure)]


def _given(answer: Answer) -> dict[str, Any]:
    return {"label": answer.label, "value": answer.value, "words": answer.given}


def _agreement(session: Session, agreement: Agreement) -> dict[str, Any] | None:
    if session.agenda.accept_document is None:
        return None
    return {
        "mark": agreement.fingerprint,
        "accepted_by_both": agreement.state == "accepted",
        "accepted": [
            {"by": a.role, "how": a.how, "at": a.at.isoformat(), "mark": a.fingerprint}
            for a in session.accepted.values()
        ],
    }


def session_paths(runner: SessionRunner, folder: Path) -> list[Path]:
    """The folders that hold a session: what happened in it, and its documents."""
    own, documents = runner.library.sessions / folder.name, runner.library.documents_of(folder)
    # A session that lies elsewhere may have the name of one that lies here.
    is_own = own.is_dir() and own.samefile(folder)
    return [folder, documents] if is_own and documents.is_dir() else [folder]


def followers(runner: SessionRunner, folder: Path) -> list[str]:
    """The sessions that took something along from this one, or from one that did."""
    names = [folder.name]
    for each in runner.library.session_folders():
        with suppress(StorageError):
            if read_header(each).opened.carried.session in names:
                names.append(each.name)
    return names[1:]


def delete(paths: Sequence[Path]) -> list[Path]:
    """Delete a journal's folder and what belongs to it, for good; gives what was deleted.

    Raises:
        SessionBusy: Another process holds the journal.
        StorageError: Something could not be deleted.
    """
    with FolderJournal(paths[0]):
        files = [path for each in paths for path in _files_of(each)]
        for each in reversed(paths):
            _delete(each)
    return [path for path in files if path.name != LOCK]


def _files_of(path: Path) -> list[Path]:
    return [each for each in sorted(path.rglob("*")) if each.is_file()] if path.is_dir() else [path]


def _delete(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError as error:
        told = f"{path}: This could not be deleted, at least not all of it ({reason(error)})."
        raise StorageError(f"{told} {fix_for(error)}".strip()) from None
