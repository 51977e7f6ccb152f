"""Why the agreement of two people is a draft again, and which session has a newer wording."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from mentorwalk.domain.agreement_text import basis_of, fingerprint_of
from mentorwalk.domain.clauses import clauses_of

if TYPE_CHECKING:
    from datetime import datetime

    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.session import Session


def is_taken_back(mentorship: Mentorship, mark: str) -> bool:
    """Return whether an agreement is a draft only because a yes was taken back.

    A yes to a name that was corrected since is none, and nobody took it back.

    Args:
        mentorship: What stands between the two.
        mark: The fingerprint of their agreement as it is now.
    """
    if not mentorship.wordings:
        return False
    outdated = {each.fingerprint for of in mentorship.sessions.values() for each in of.outdated}
    since = mentorship.agreed_since(mark)
    return _last_mark(mentorship) == mark and mark not in outdated and since is None


def is_newer_than_yes(mentorship: Mentorship, mark: str) -> bool:
    """Return whether both accepted last how an agreement read before, when it had changed already.

    Args:
        mentorship: What stands between the two.
        mark: The fingerprint of their agreement as it is now.
    """
    accepted, last = mentorship.accepted.values(), _last_mark(mentorship)
    if last in ("", mark) or {each.fingerprint for each in accepted} != {last}:
        return False
    newest = max(accepted, key=attrgetter("at"))
    sessions = mentorship.sessions.items()
    folder = next(folder for folder, each in sessions if newest in each.accepted.values())
    return newer_wording(mentorship, folder, newest.at) is not None


def newer_wording(
    mentorship: Mentorship, folder: str, until: datetime | None = None
) -> Session | None:
    """Return the newest later session with an agreement; None if that reads as in this one.

    One that began before this one was closed did not know how it read.

    Args:
        mentorship: What stands between the two.
        folder: The folder of this session.
        until: When it must have been closed; None for any time.
    """
    folders, own = list(mentorship.sessions), mentorship.sessions[folder]
    after = (mentorship.sessions[each] for each in folders[folders.index(folder) + 1 :])
    knows = (each for each in after if own.closed and own.closed.at <= each.opened.at)
    later = (each for each in knows if each.agenda.accept_document)
    closed = [each for each in later if each.closed and (not until or each.closed.at <= until)]
    is_other = own.agenda.accept_document and closed and _basis(closed[-1]) != _basis(own)
    return closed[-1] if is_other else None


def _last_mark(mentorship: Mentorship) -> str:
    """Return the fingerprint of the text that both accepted last; empty if it is not known."""
    return next((fingerprint_of(each.text) for each in mentorship.wordings[-1:]), "")


def _basis(session: Session) -> str:
    return basis_of(session, clauses_of(session))
