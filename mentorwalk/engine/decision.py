"""The decision: who accepts the agreement, in which wording, and how they said so."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mentorwalk.domain.agreement_text import (
    SAID_AND_WROTE,
    SAID_YES,
    fingerprint_of,
    lacks_wording,
    wording_of,
)
from mentorwalk.domain.changes import below_headings, changes_between
from mentorwalk.domain.conditions import with_conditions
from mentorwalk.domain.date_words import day_of_month
from mentorwalk.domain.events import Accepted, Answered, Worded
from mentorwalk.domain.i18n import _
from mentorwalk.domain.meeting import next_meeting
from mentorwalk.domain.roles import ROLES
from mentorwalk.engine.dialog import DialogLeft
from mentorwalk.engine.frontend import Proposal, Rewording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.agreement_text import Agreement
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import People
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.dialog import Dialog
    from mentorwalk.engine.recorder import SessionRecorder


@dataclass(frozen=True)
class Reading:
    """The agreement in one state of the session."""

    session: Session
    agreement: Agreement
    rewording: Rewording | None
    """What changed in it, if the two are asked about that alone."""


@dataclass
class Decision:
    """Records who accepts the agreement, and asks again if it changes afterwards."""

    recorder: SessionRecorder
    dialog: Dialog
    agreement_of: Callable[[Session], Agreement]
    """Makes the agreement of a session in some state of it."""
    _newest: Reading | None = field(default=None, init=False)
    """How it was read last: until something is recorded, it is not made again."""
    _asked_again: tuple[Mapping[str, Value | None], People] | None = field(default=None, init=False)
    """The answers and the people when they were last asked again."""
    _read: str = field(default="", init=False)
    """The text that the two read before they changed the first sentence."""

    @property
    def reading(self) -> Reading:
        """The agreement as it is now."""
        session = self.recorder.session
        if self._newest is None or self._newest.session is not session:
            agreement = self.agreement_of(session)
            self._newest = Reading(session, agreement, self._rewording(agreement))
        return self._newest

    def proposal(self, reading: Reading) -> Proposal:
        """Return the agreement as it is put to the two people."""
        agreement, session = reading.agreement, reading.session
        meeting = next_meeting(session)
        return Proposal(
            agreement.text,
            session.people,
            tuple(agreement.accepted),
            until=day_of_month(meeting.day) if meeting else "",
            rewording=reading.rewording,
            known=agreement.text == self._read,
        )

    def keep_read(self, agreement: Agreement) -> None:
        """Remember which agreement the two have read to its end, before they changed any of it."""
        self._read = self._read or agreement.text
        # What changed since it was read is asked from here on.
        self._newest = None

    def put_back(self) -> None:
        """Record the answers with which the agreement reads as it was accepted, and say so."""
        for key, value in self._old_answers().items():
            self.recorder.record(Answered, field=key, value=value)
        with suppress(DialogLeft):
            self.dialog.page(_("The old wording is back, and your yes holds."))

    def _rewording(self, agreement: Agreement) -> Rewording | None:
        """Return what changed since a yes, or else since it was read.

        None if nothing did, or if that cannot be told.
        """
        roles, before = self._outdated(agreement), self.recorder.session.agreed_in
        if self._read and not agreement.accepted and not roles:
            changes = changes_between(self._read, agreement.text)
            return Rewording((), changes) if changes else None
        if not roles:
            return self._since_last_time(agreement)
        if before is None:
            return None
        text = self.agreement_of(before).text
        if fingerprint_of(text) != self._accepted_fingerprint:
            # Something was struck from it: how it read before is nowhere any more.
            return None
        changes = changes_between(text, agreement.text)
        return Rewording(roles, changes, returns=bool(self._old_answers()))

    def _since_last_time(self, agreement: Agreement) -> Rewording | None:
        """Return what changed since a yes of an earlier meeting; None if nothing did.

        If something was struck from it, how it read before is nowhere any more.
        """
        session = self.recorder.session
        before = session.opened.carried.worded
        if before is None or not before.text or session.has_decided or agreement.accepted:
            return None
        changes = changes_between(below_headings(before.text), below_headings(agreement.text))
        return Rewording((), changes, since=day_of_month(before.at.date())) if changes else None

    def _outdated(self, agreement: Agreement) -> tuple[Role, ...]:
        """Return who accepted the agreement in this session, but not as it reads now.

        Who had accepted before says yes here by leaving it so at the decision.
        """
        session = self.recorder.session
        came_along = () if session.has_decided else session.opened.carried.accepted
        here = [role for role, each in session.accepted.items() if each not in came_along]
        return tuple(role for role in here if role not in agreement.accepted)

    @property
    def _accepted_fingerprint(self) -> str:
        *_before, newest = self.recorder.session.accepted.values()
        return newest.fingerprint

    def _old_answers(self) -> Mapping[str, Value | None]:
        """Return the answers that would make the agreement read as it was accepted."""
        session = self.recorder.session
        if session.agreed_in is None:
            return {}
        now, before = session.answers, session.agreed_in.answers
        # An answer whose field is not asked any more reads as none, so its condition belongs to
        # it.
        keys = with_conditions(session.agenda, session.agenda.agreed)
        old = {key: before.get(key) for key in sorted(keys) if now.get(key) != before.get(key)}
        again = self.agreement_of(replace(session, answers={**now, **old}))
        return old if again.fingerprint == self._accepted_fingerprint else {}

    def record(self, agreement: Agreement, said: str) -> None:
        """Record who accepts and how; withdraw an earlier acceptance of anyone who does not."""
        accepting = {"draft": (), "mentor": ("mentor",), "mentee": ("mentee",)}.get(said, ROLES)
        for role in ROLES:
            if role not in accepting and role in self.recorder.session.accepted:
                self.recorder.record(Accepted, role=role, how="took it back", fingerprint="")
            elif role in accepting and role not in agreement.accepted:
                self._keep_words_of(agreement)
                how = self._how(role) if said in ("both", *ROLES) else said
                fingerprint = agreement.fingerprint
                self.recorder.record(Accepted, role=role, how=how, fingerprint=fingerprint)

    def _keep_words_of(self, agreement: Agreement) -> None:
        """Record the text before anybody accepts it: after a crash it is there, or nobody has."""
        if lacks_wording(self.recorder.session, agreement):
            self.recorder.record(Worded, **wording_of(self.recorder.session, agreement))

    def _how(self, role: Role) -> str:
        """Say how one of them accepted: on a call, two people share one keyboard."""
        people = self.recorder.session.people
        if role == people.types:
            return SAID_AND_WROTE
        return SAID_YES.format(other=people.name(people.types))

    def to_ask_again(self) -> str | None:
        """Return the agreement's card if its text changed after somebody accepted it here.

        If what changed cannot be told, a page says that it is all to be read again. Each change
        returns the card once: people who leave the agreement as it was accepted must be able to
        end the session.
        """
        session, prompts = self.recorder.session, self.recorder.session.agenda.prompts
        card = next((card for card in session.cards if prompts[card].accept), None)
        current = (session.answers, session.people)
        if card is None or not session.accepted or current == self._asked_again:
            return None
        reading = self.reading
        if not self._outdated(reading.agreement):
            return None
        self._asked_again = current
        if reading.rewording is None:
            with suppress(DialogLeft):
                self.dialog.page(
                    _("Our agreement reads differently since you said yes."),
                    _("Please read it once more: say yes to it as it is now, or sleep on it."),
                )
        return card
