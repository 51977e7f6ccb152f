"""The decision: who accepts the agreement, in which wording, and how they said so."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import ROLES
from mentorwalk.domain.agreement import SAID_YES, TYPED_YES
from mentorwalk.domain.dates import day_of_month
from mentorwalk.domain.events import Accepted
from mentorwalk.domain.i18n import _
from mentorwalk.domain.meeting import next_meeting
from mentorwalk.engine.dialog import DialogLeft
from mentorwalk.engine.frontend import Proposal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mentorwalk.domain.agenda import Role
    from mentorwalk.domain.agreement import Agreement
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.people import People
    from mentorwalk.domain.session import Session
    from mentorwalk.engine.dialog import Dialog
    from mentorwalk.engine.recorder import SessionRecorder


@dataclass
class Decision:
    """Records who accepts the agreement, and asks again if it changes afterwards."""

    recorder: SessionRecorder
    dialog: Dialog
    agreement: Callable[[Session], Agreement]
    """Makes the agreement of a session as it is now."""
    _asked_again: tuple[Mapping[str, Value | None], People] | None = field(default=None, init=False)
    """The answers and the people when they were last asked again."""

    def proposal(self, agreement: Agreement) -> Proposal:
        """Return the agreement as it is put to the two people."""
        session = self.recorder.session
        meeting = next_meeting(session)
        until = day_of_month(meeting.day) if meeting else ""
        return Proposal(agreement.text, session.people, tuple(agreement.accepted), until)

    def record(self, agreement: Agreement, said: str) -> None:
        """Record who accepts and how; withdraw an earlier acceptance of anyone who does not."""
        accepting = {"draft": (), "mentor": ("mentor",), "mentee": ("mentee",)}.get(said, ROLES)
        for role in ROLES:
            if role not in accepting and role in self.recorder.session.accepted:
                self.recorder.record(Accepted, role=role, how="took it back", fingerprint="")
            elif role in accepting and role not in agreement.accepted:
                how = self._how(role) if said in ("both", *ROLES) else said
                fingerprint = agreement.fingerprint
                self.recorder.record(Accepted, role=role, how=how, fingerprint=fingerprint)

    def _how(self, role: Role) -> str:
        """Say how one of them accepted: on a call, two people share one keyboard."""
        people = self.recorder.session.people
        if role == people.types:
            return TYPED_YES
        return SAID_YES.format(other=people.name(people.types))

    def to_ask_again(self) -> str | None:
        """Return the agreement's card if its text changed after somebody accepted it here.

        A page says so first. Each change returns the card once: people who leave the agreement
        as it was accepted must be able to end the session.
        """
        session, prompts = self.recorder.session, self.recorder.session.agenda.prompts
        card = next((card for card in session.cards if prompts[card].accept), None)
        before = session.opened.carried.accepted
        roles = {role for role, each in session.accepted.items() if each not in before}
        current = (session.answers, session.people)
        if card is None or not roles or current == self._asked_again:
            return None
        if roles <= self.agreement(session).accepted.keys():
            return None
        self._asked_again = current
        with suppress(DialogLeft):
            self.dialog.page(
                _("The agreement reads differently now, so nobody has accepted it like this."),
                _("Look at it once more: accept it as it is now, or keep it as a draft."),
            )
        return card
