"""Detours: what people can do beside the card they are on, and then come back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.agenda import Choice, Field, fill_in
from mentorwalk.domain.card import Question, frame_of, review_of
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.events import Extended, OffTheRecord, Pulled, Redacted, Renamed, Shortened
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import People, distinct_name, read_name
from mentorwalk.domain.prep_wishes import copied_beforehand
from mentorwalk.domain.text import labelled
from mentorwalk.domain.timing import droppable
from mentorwalk.engine.frontend import (
    TOGETHER,
    AcceptSheet,
    Action,
    Command,
    EditLine,
    Interrupted,
    Said,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.session import Mark
    from mentorwalk.engine.frontend import ClockView, Frontend, WalkStyle
    from mentorwalk.engine.recorder import SessionRecorder

MARKS: dict[Mark | None, str] = {
    None: "{card}",
    "done": N_("{card} (done)"),
    "talked": N_("{card} (done)"),
    "skipped": N_("{card} (skipped)"),
    "parked": N_("{card} (parked)"),
    "dropped": N_("{card} (left for another day)"),
}
LEAVE, CHANGE, STRIKE = N_("Leave it"), N_("Change it"), N_("Strike it: it is erased")


class Left(Exception):  # noqa: N818 - a signal within a walk
    """Somebody left a detour for something that the walk itself has to do."""

    def __init__(self, reply: Command | Interrupted) -> None:
        self.reply = reply


@dataclass
class Actions:
    """Goes where people ask, and keeps what comes of it."""

    record: SessionRecorder
    frontend: Frontend
    walk_style: WalkStyle = TOGETHER

    def ask(
        self, card: Card, question: Question, watch: ClockView | None
    ) -> Said | Command | Interrupted:
        """Ask for an answer from where it was left half typed, and keep what comes of it."""
        half = self.record.session.drafts.get(question.id)
        reply = self.frontend.ask(card, replace(question, draft=half.text if half else None), watch)
        if isinstance(reply, Said):
            self.record.answer(question, reply.value)
        elif reply.draft is not None:
            self.record.draft(question, reply.draft)
        return reply

    def jump(self) -> str | None:
        """Choose a phase, then a card of it."""
        session = self.record.session
        here = session.agenda.phase_of[session.current or session.cards[0]].id
        phases = {
            session.agenda.phase_of[card].id: session.agenda.phase_of[card].title
            for card in session.cards
        }
        phase = self._chosen(_("Where to?"), phases, here)
        if phase is None:
            return None
        cards = {
            card: _(MARKS[session.marks.get(card)]).format(card=self._ask_of(card))
            for card in session.cards
            if session.agenda.phase_of[card].id == phase
        }
        return self._chosen(_("To which card?"), cards, session.current)

    def extra(self) -> str | None:
        """Choose a card from beside the plan, and pull it in."""
        extras = {card: self._ask_of(card) for card in self.record.session.extras()}
        if not extras:
            self._tell(_("There are no more cards beside the plan."))
            return None
        chosen = self._chosen(_("Which one would you like?"), extras, next(iter(extras)))
        if chosen:
            self.record.keep(Pulled, prompt=chosen)
        return chosen

    def note(self) -> None:
        """Take a private note, typed unseen; off the record there is none."""
        if self.record.session.off_record:
            self._tell(_("Off the record nothing is kept, not even a note."))
            return
        field = Field("note", _("A private note: nobody sees what you type"), private=True)
        help_ = _("It goes into no document. You find it again after the call.")
        self.record.note(self._asked(replace(field, help=help_), unseen=True))

    def off_the_record(self) -> None:
        """Write nothing from here on; or go back to writing."""
        self.record.keep(OffTheRecord, off=not self.record.session.off_record)

    def shorten(self) -> None:
        """Agree on an earlier end, and say what is dropped for it."""
        minutes = max(1, round(self.record.left() / 60))
        field = Field("left", _("How many minutes are left?"), type="number", min=1, max=240)
        said = self._asked(field, value=min(15, minutes))
        if not isinstance(said, int | float):
            return
        session = self.record.session
        dropped = droppable(session, self._after_this_card(said * 60))
        ends = self.record.clock.now() + timedelta(minutes=said)
        self.record.keep(Shortened, ends=ends, dropped=dropped)
        self._round_off()
        lines = "\n".join(f"- {self._ask_of(card)}" for card in dropped)
        told = _("These are left for another day:\n{cards}").format(cards=lines) if dropped else ""
        self._tell(_("We end about {time}.").format(time=f"{ends:%H:%M}"), told)

    def _round_off(self) -> None:
        """Where what stays does not fit, the card that is on gets shorter too, by half at most."""
        session, seen = self.record.session, self.record.reading()
        card = session.current
        if card and seen.late > 0 and not session.agenda.prompts[card].keep:
            cut = min(seen.late, max(0.0, seen.card_left) / 2)
            self.record.keep(Extended, prompt=card, seconds=-cut)

    def names(self) -> None:
        """Correct a name."""
        people = self.record.session.people
        roles = self.record.session.agenda.roles
        whose = _("{role}'s name")
        mentor = self._name(whose.format(role=roles.mentor), people.mentor)
        mentee = self._name(whose.format(role=roles.mentee), people.mentee, mentor)
        changed = People(mentor, mentee, people.types)
        if changed != people:
            self.record.keep(Renamed, people=changed)

    def contact(self) -> None:
        """Show whom to turn to."""
        session = self.record.session
        contact = session.agenda.contact
        if contact is None:
            self._tell(_("This agenda names nobody outside the two of you."))
        else:
            words = fill_in(contact.words, session.names)
            told = _("You can turn to {whom}.").format(whom=words)
            self._tell(told, fill_in(contact.urgent, session.names))

    def tell_of_new_wording(self) -> None:
        """Say that the agreement is no longer what was accepted, before it is shown again."""
        self._tell(
            _("The agreement reads differently now, so nobody has accepted it like this."),
            _("Look at it once more: accept it as it is now, or keep it as a draft."),
        )

    def look_again(self) -> AcceptSheet | Command | Interrupted:
        """A review in between; where there is nothing to look at, say so."""
        if not review_of(self.record.session):
            self._tell(_("Nothing is written down yet."))
        return self.review()

    def review(self) -> AcceptSheet | Command | Interrupted:
        """Show every line that will be in the documents; change or strike what should not be."""
        while sheet := review_of(self.record.session):
            ask, tip = _(self.walk_style.final_review), _(self.walk_style.reminder)
            card = replace(frame_of(self.record.session), ask=ask, tip=tip)
            reply = self.frontend.settle(card, sheet, self.record)
            if not isinstance(reply, EditLine):
                return reply
            self._change_or_strike(sheet[reply.line])
        return AcceptSheet()

    def _change_or_strike(self, question: Question) -> None:
        try:
            self._changed_or_struck(question)
        except Left as left:
            if isinstance(left.reply, Interrupted) or left.reply.action is not Action.BACK:
                raise

    def _changed_or_struck(self, question: Question) -> None:
        ways = (LEAVE, STRIKE) if self.record.session.off_record else (LEAVE, CHANGE, STRIKE)
        what = {way: _(way) for way in ways}
        # Whoever is alone may have answered that they don't know yet.
        current = replace(question, unsure=not self.walk_style.talks).current
        chosen = self._chosen(labelled(question.label, current), what, ways[-2])
        if chosen == STRIKE:
            copied = copied_beforehand(self.record.session, question.value)
            self.record.keep(Redacted, field=question.id, beforehand=copied)
        elif chosen == CHANGE:
            self._change(question)

    def _change(self, question: Question) -> None:
        reply = self.ask(frame_of(self.record.session), question, self.record)
        if not isinstance(reply, Said):
            raise Left(reply)

    # --- Asking beside the card

    def _ask_of(self, card: str) -> str:
        session = self.record.session
        return fill_in(session.agenda.prompts[card].ask, session.names)

    def _after_this_card(self, left: float) -> float:
        seen = self.record.reading()
        return left - max(0.0, min(seen.card_left, left))

    def _name(self, label: str, now: str, other: str = "") -> str:
        complaint = ""
        while True:
            said = self._asked(Field("name", label), value=now, complaint=complaint)
            try:
                return distinct_name(read_name(str(said or ""), label), other)
            except InputError as error:
                if str(error) == complaint:
                    # Whoever insists is not held here: the names stay as they were.
                    raise Left(Command(Action.BACK)) from None
                complaint = str(error)

    def _chosen(self, label: str, shown: dict[str, str], now: str | None) -> str | None:
        """Choose by what is shown; two that read alike are told apart by their order."""
        field = Field("choice", label, type="select", choices=tuple(Choice(key) for key in shown))
        said = self._asked(field, value=now, shown=tuple(shown.items()))
        return said if isinstance(said, str) else None

    def _asked(
        self,
        field: Field,
        value: Value | None = None,
        shown: Sequence[tuple[str, str]] = (),
        complaint: str = "",
        *,
        unseen: bool = False,
    ) -> Value | None:
        today = self.record.session.today
        question = Question(
            field.id,
            field,
            field.label,
            today,
            value=value,
            shown_as=tuple(shown),
            complaint=complaint,
            unseen=unseen,
            beside=True,
        )
        reply = self.frontend.ask(frame_of(self.record.session), question, self.record)
        if isinstance(reply, Said):
            return reply.value
        raise Left(reply)

    def _tell(self, ask: str, read: str = "") -> None:
        card = replace(frame_of(self.record.session), ask=ask, read=read)
        reply = self.frontend.talk(card, self.record)
        if isinstance(reply, Command | Interrupted):
            raise Left(reply)
