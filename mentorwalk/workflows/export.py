"""Export a session or a whole mentorship as JSON, in the format that docs/export.md describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mentorwalk.domain.answers import Answer
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.i18n import using_language
from mentorwalk.domain.prep_wishes import beforehand, own_answers
from mentorwalk.domain.sources import left_of
from mentorwalk.storage.files import DOCUMENT_LIMIT, first_bytes, ordinary_bytes
from mentorwalk.storage.shapes import written_value
from mentorwalk.workflows.mentorships import Members

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mentorwalk.domain.agreement_text import Agreement
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.session import Session
    from mentorwalk.workflows.runner import SessionRunner
    from mentorwalk.workflows.sessions import StoredSession

EXPORT = 1
"""The version of the format."""


def export_session(runner: SessionRunner, folder: Path) -> str:
    """Return a session as JSON, without what is private to one of the two."""
    return _as_json(_data(runner, runner.store.load(folder)))


def export_mentorship(runner: SessionRunner, folder: Path) -> str:
    """Return each session of a mentorship, finished or not, as `export_session` does, in one JSON.

    Those that cannot be read are passed by, and told.

    Raises:
        StorageError: The session that is named cannot be read, so nobody knows the others.
        InputError: None of them can be read.
    """
    members = Members.of(runner.library, folder)
    sessions = [_data(runner, found) for found in members.readable(runner.store)]
    if not sessions:
        why = runner.library.command("export", runner.library.named(folder))
        raise InputError(f"None of these sessions can be read. `{why}` says why.")
    data = {"mentorwalk-export": EXPORT, "mentorship": members.mentorship, "sessions": sessions}
    return _as_json(data)


def _as_json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def is_same_export(path: Path, data: str) -> bool:
    """Return whether a file is an earlier export of the same session or mentorship as some data."""
    try:
        earlier = json.loads(first_bytes(path, DOCUMENT_LIMIT))
    except (ValueError, RecursionError):
        return False
    now = json.loads(data)
    keys = ("session", "opened", "mentorship")
    return (
        isinstance(earlier, dict)
        and "mentorwalk-export" in earlier
        and all(earlier.get(key) == now.get(key) for key in keys)
    )


def _data(runner: SessionRunner, found: StoredSession) -> dict[str, Any]:
    with using_language(found.session.agenda.language):
        return _session(runner, found)


def _session(runner: SessionRunner, found: StoredSession) -> dict[str, Any]:
    session = found.session
    agreement = runner.agreement(session)
    return {
        "mentorwalk-export": EXPORT,
        "session": found.folder.name,
        "agenda": {"id": session.agenda.id, "title": session.agenda.title},
        "people": {"mentor": session.people.mentor, "mentee": session.people.mentee},
        "held": session.opened.held and session.opened.held.isoformat(),
        "opened": session.opened.at.isoformat(),
        "closed": session.closed.at.isoformat() if session.closed else None,
        "seconds": round((session.closed or session.last).elapsed),
        "answers": _answers(session),
        "prepared": _prepared(session),
        "clauses": [
            {"heading": c.heading, "text": c.text, "state": c.state} for c in agreement.clauses
        ],
        "parked": list(map(session.ask_of, session.parked())),
        "not_reached": list(map(session.ask_of, session.not_reached())),
        "agreement": _agreement(session, agreement),
        "documents": {
            path.name: ordinary_bytes(path, DOCUMENT_LIMIT).decode(errors="replace")
            for path in runner.store.documents(found).values()
            if path.name in {document.file for document in session.agenda.documents}
        },
    }


def _answers(session: Session) -> dict[str, Any]:
    # How a sentence of the agreement was reworded, its clause says.
    asked = (key for key in session.agenda.answerable if key not in session.agenda.plain)
    answers = {key: _standing(session, key) for key in asked}
    return {
        key: {"label": each.label, "value": written_value(each.value), "words": each.sentence}
        for key, each in answers.items()
        if not each.hidden
    }


def _standing(session: Session, key: str) -> Answer:
    """Return an answer as it stands now, among the items and the choices that there are."""
    field = session.field(key)
    value = left_of(field, session.answers.get(key))
    return Answer(field, value, session.names_for(field))


def _prepared(session: Session) -> dict[str, Any]:
    """Return what each shared beforehand; what both were asked comes without whose it is."""
    preps = session.opened.prepared
    by_role: dict[str, Any] = {prep.role: _told(session, prep) for prep in preps if not prep.alone}
    alone = [
        {
            "by": prep.role,
            "exercise": prep.agenda,
            "day": prep.day and prep.day.isoformat(),
            "answers": _told(session, prep),
        }
        for prep in preps
        if prep.alone
    ]
    return by_role | {"both": dict(_wishes(session))} | ({"alone": alone} if alone else {})


def _told(session: Session, prep: Prep) -> dict[str, Any]:
    return {key: _given(answer) for key, answer in own_answers(session, prep).items()}


def _wishes(session: Session) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for key, field in session.agenda.answerable.items():
        prior = beforehand(session, field, key)
        if prior and field.prepare == "both":
            unsure = [Answer(field, None, session.names)] * bool(prior.unsure)
            yield key, [_given(answer) for answer in (*prior.said, *unsure)]


def _given(answer: Answer) -> dict[str, Any]:
    value = written_value(answer.value)
    return {"label": answer.label, "value": value, "words": answer.given}


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
