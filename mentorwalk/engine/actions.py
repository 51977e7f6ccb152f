"""Actions: what people can do away from the card they are on, and then come back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mentorwalk.domain.clauses import heading_of
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.events import Extended, OffTheRecord, Pulled, Renamed, Shortened
from mentorwalk.domain.fields import Field
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import People, distinct_name, read_name
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import minutes_words
from mentorwalk.domain.timing import droppable, local, planned
from mentorwalk.engine.dialog import DialogLeft, RecordedDialog
from mentorwalk.engine.frontend import Action, Command

if TYPE_CHECKING:
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.course import Mark
    from mentorwalk.domain.session import Session


def _name_of(session: Session, prompt: str) -> str:
    """Return the question of a card; of words to be read aloud, what they are about."""
    card = session.agenda.prompts[prompt]
    return (heading_of(session, card) if card.read else "") or session.ask_of(prompt)


MARKS: dict[Mark | None, str] = {
    None: "{card}",
    "done": N_("done · {card}"),
    "talked": N_("done · {card}"),
    "skipped": N_("skipped · {card}"),
    "parked": N_("parked · {card}"),
    "dropped": N_("another day · {card}"),
}
"""How a list shows a card that was left, by its mark: first, because the end of a long question
is cut."""


@dataclass(frozen=True)
class Actions(RecordedDialog):
    """Asks what an action needs, and records what comes of it.

    Every method may raise `DialogLeft`.
    """

    def jump(self) -> str | None:
        """Ask for a phase, then for a card of it; return the card."""
        session = self.session
        here = session.agenda.phase_of[session.current or session.cards[0]].id
        phases = {
            session.agenda.phase_of[prompt].id: session.agenda.phase_of[prompt].title
            for prompt in session.walked
        }
        phase = self.dialog.pick(_("Where to?"), phases, here if here in phases else None)
        if phase is None:
            return None
        prompts = {
            prompt: _(MARKS[session.marks.get(prompt)]).format(card=_name_of(session, prompt))
            for prompt in session.walked
            if session.agenda.phase_of[prompt].id == phase
        }
        first = next((prompt for prompt in prompts if prompt not in session.marks), None)
        shown = session.current if session.current in prompts else first or next(iter(prompts))
        return self.dialog.pick(_("To which card?"), prompts, shown)

    def extra(self) -> str | None:
        """Ask for a card that is not in the plan, pull it in, and return it."""
        extras = {prompt: self._with_minutes(prompt) for prompt in self.session.extras()}
        if not extras:
            self.dialog.page(_("There are no more cards outside the plan."))
            return None
        chosen = self.dialog.pick(_("Which one would you like?"), extras, next(iter(extras)))
        return self.pull(chosen) if chosen else None

    def pull(self, prompt: str) -> str:
        """Pull in a card that is not in the plan, and return it."""
        self.recorder.record(Pulled, prompt=prompt)
        return prompt

    def _with_minutes(self, prompt: str) -> str:
        """Return the question of a card, after the time that it takes."""
        lasts = minutes_words(planned(self.session, prompt))
        # Translators: how long a card takes, and its question.
        return _("{minutes} · {card}").format(minutes=lasts, card=self.session.ask_of(prompt))

    def note(self) -> None:
        """Take a private note, typed unseen; none is taken off the record."""
        if self.session.off_record:
            self.dialog.page(_("Off the record nothing is kept, not even a note."))
            return
        field = Field("note", _("A private note: nobody sees what you type"), private=True)
        help_ = _("It goes into no document. You find it again after the call.")
        self.dialog.ask(replace(field, help=help_), self.recorder.note)

    def off_the_record(self) -> None:
        """Go off the record, or back on it."""
        self.recorder.record(OffTheRecord, off=not self.session.off_record)

    def shorten(self) -> None:
        """Agree on an earlier end, and show which cards are dropped for it."""
        minutes = max(1, round(self.recorder.left() / 60))
        label = _("How many minutes are left?")
        field = Field("left", label, type="number", min=1, max=240, unit=_("minutes"))
        left = self.dialog.ask(field, lambda said: said, min(15, minutes))
        if not isinstance(left, int | float):
            return
        dropped = droppable(self.session, self.recorder.left_after_card(left * 60))
        ends = self.recorder.clock.now() + timedelta(minutes=left)
        self.recorder.record(Shortened, ends=ends, dropped=dropped)
        self._shorten_this_card()
        cards = "\n".join(f"- {self.session.ask_of(prompt)}" for prompt in dropped)
        later = _("These are left for another day:\n{cards}").format(cards=cards)
        there = local(ends, self.session.zone)
        end = _("We end about {time}.").format(time=f"{there:%H:%M}")
        self.dialog.page(end, later if dropped else "")

    def _shorten_this_card(self) -> None:
        """Cut the card they are on, by half at most, if what was not dropped does not fit."""
        session, seen = self.session, self.recorder.reading()
        prompt = session.current
        if prompt and seen.late > 0 and not session.agenda.prompts[prompt].keep:
            cut = min(seen.late, max(0.0, seen.card_left) / 2)
            self.recorder.record(Extended, prompt=prompt, seconds=-cut)

    def names(self) -> None:
        """Correct the names."""
        people, roles = self.session.people, self.session.agenda.roles
        whose = _("{role}'s name")
        mentor = self._name(whose.format(role=roles.mentor), people.mentor)
        mentee = self._name(whose.format(role=roles.mentee), people.mentee, mentor)
        changed = People(mentor, mentee, people.types)
        if changed != people:
            self.recorder.record(Renamed, people=changed)

    def _name(self, label: str, current: str, other: str = "") -> str:
        complaint = ""

        def accept(said: Value | None) -> str:
            """Return the name; the same mistake twice leaves the dialog."""
            nonlocal complaint
            try:
                return distinct_name(read_name(str(said or ""), label), other)
            except InputError as error:
                if str(error) == complaint:
                    # Nobody is kept here for insisting: the names stay as they were.
                    raise DialogLeft(Command(Action.BACK)) from None
                complaint = str(error)
                raise

        return self.dialog.ask(Field("name", label), accept, current)

    def contact(self) -> None:
        """Show whom the two can turn to."""
        contact, names = self.session.agenda.contact, self.session.names
        whom = names.get("contact", "")
        nobody = _("Nobody outside the two of you has been named.")
        urgent = fill_in(contact.urgent, names) if contact else ""
        self.dialog.page(_("You can turn to {whom}.").format(whom=whom) if whom else nobody, urgent)
