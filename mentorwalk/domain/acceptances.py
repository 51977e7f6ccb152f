"""Who accepted the agreement of two people: in one session, and session after session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Self

from mentorwalk.domain.history import is_kept, strikes_in
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mentorwalk.domain.events import Accepted, Worded
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session


@dataclass(frozen=True, kw_only=True)
class Acceptances:
    """Who accepted the agreement in one session, and which text of it."""

    accepted: Mapping[Role, Accepted]
    """Who accepted it last, whatever its text and the names were then."""
    outdated: tuple[Accepted, ...] = ()
    """Acceptances from before a name changed: nobody of that name has said yes."""
    worded: Worded | None = None
    """The text that was accepted last, here or in an earlier session."""
    agreed_in: Session | None = None
    """The session in which somebody accepted last, without what was struck from it since."""

    @property
    def accepted_now(self) -> Mapping[Role, Accepted]:
        """Who accepted it by the name that they have now."""
        return {role: each for role, each in self.accepted.items() if each not in self.outdated}

    def with_acceptance(self, event: Accepted, session: Session) -> Self:
        """Return them with one more, given in this state of the session, or with one taken back.

        The newest is the last one.
        """
        others = {role: kept for role, kept in self.accepted.items() if role != event.role}
        if not event.fingerprint:
            return replace(self, accepted=others)
        return replace(self, accepted={**others, event.role: event}, agreed_in=session)

    def with_all_outdated(self) -> Self:
        """Return them once a name has changed: nobody has said yes to the text with that name."""
        return replace(self, outdated=tuple(self.accepted.values()), agreed_in=None)


def acceptances_in(sessions: Sequence[Session]) -> tuple[Mapping[Role, Accepted], ...]:
    """Return who had accepted last after each of some sessions, the oldest first."""
    nobody: Mapping[Role, Accepted] = {}
    _, *after = accumulate(_without_late_yes(sessions), _with_acceptance, initial=nobody)
    return tuple(after)


def is_struck_from(worded: Worded, sessions: Iterable[Session]) -> bool:
    """Return whether what a text holds was struck in its session since, or in a later one.

    An earlier session can be accepted after a strike in a later one, so its moment decides within
    its session only. A session that was not closed by then struck what the text only copied, too.
    """
    sessions = [*sessions]
    own = next((each for each in sessions if each.worded == worded), None)
    is_later = False
    for session in sessions:
        struck = [(key, at) for key, at in strikes_in(session) if key in worded.answers]
        copied = {key for key, _at in struck if own and _only_copied(own, key, session)}
        if any(is_later or at > worded.at or key in copied for key, at in struck):
            return True
        is_later = is_later or session is own
    return False


def _only_copied(own: Session, key: str, other: Session) -> bool:
    """Return whether a session kept an answer as it was before another one that still went on."""
    return bool(other.closed and other.closed.at > own.opened.at) and is_kept(own, key)


def _without_late_yes(sessions: Sequence[Session]) -> Iterator[Session]:
    """Yield them without each yes to a text in whose place both had accepted a newer one."""
    agreed = [(each.opened.at, at) for each in sessions if (at := _both_agreed_at(each))]
    for session in sessions:
        end = session.closed.at if session.closed else None
        newer = [at for opened, at in agreed if end and end <= opened]
        yes = session.accepted.items()
        kept = {role: each for role, each in yes if not any(at < each.at for at in newer)}
        yield replace(session, accepted=kept)


def _both_agreed_at(session: Session) -> datetime | None:
    """Return when both accepted the same text in a session; None if they did not."""
    yes = session.accepted_now.values()
    both = len(yes) == len(ROLES) and len({each.fingerprint for each in yes}) == 1
    last = max((each.at for each in yes), default=session.opened.at)
    return last if both and last >= session.opened.at else None


def _with_acceptance(before: Mapping[Role, Accepted], session: Session) -> Mapping[Role, Accepted]:
    """Return who has accepted after one more session.

    Acceptances that a name had changed after, or that were taken back there, are gone.
    """
    now = session.accepted.values()
    withdrawn = [each for each in session.opened.carried.accepted if each not in now]
    gone = [*session.outdated, *withdrawn]
    accepted = {role: each for role, each in before.items() if each not in gone}
    newer = {
        role: each
        for role, each in session.accepted_now.items()
        if role not in accepted or accepted[role].at <= each.at
    }
    return accepted | newer
