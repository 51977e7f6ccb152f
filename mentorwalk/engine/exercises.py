"""An exercise on the way: chosen from those that are known, and walked after the current card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mentorwalk.domain.carryover import carried_into
from mentorwalk.domain.earlier import CarryOver
from mentorwalk.domain.events import ExerciseJoined
from mentorwalk.domain.exercises import renamed_in, slots_of, within
from mentorwalk.domain.i18n import _, ngettext
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.prep_wishes import who_prepares
from mentorwalk.domain.text import count
from mentorwalk.domain.timing import droppable, kept_seconds
from mentorwalk.engine.dialog import RecordedDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorwalk.domain.exercises import Exercise
    from mentorwalk.domain.mentorship import Mentorship
    from mentorwalk.domain.planning import Slot
    from mentorwalk.domain.session import Session

FILE = "exercise-{number}.yaml"
"""The file of a session that keeps the text of an exercise."""


class KnownExercises(Protocol):
    """Where a walk looks for exercises, and for what was said before."""

    def all(self) -> Sequence[Exercise]:
        """Return the exercises that are known here."""
        ...

    def mentorship(self, session: Session) -> Mentorship | None:
        """Return what stands between the two from before a session; None if nothing does."""
        ...


class NoExercises:
    """A place without exercises."""

    def all(self) -> Sequence[Exercise]:
        """Return nothing."""
        return ()

    def mentorship(self, session: Session) -> Mentorship | None:
        """Return nothing."""
        del session
        return None


@dataclass(frozen=True)
class Exercises(RecordedDialog):
    """Lets two people choose an exercise, and records that it joins their session.

    Every method may raise `DialogLeft`.
    """

    known: KnownExercises

    def choose(self, *, over: bool = False) -> str | None:
        """Ask for an exercise, which joins the session after the current card.

        Those that fit into the time left come first, by their titles. Returns the card to go to: of
        an exercise that is in the session already, or if the current card is `over`.
        """
        known = {each.agenda.id: each for each in self.known.all() if self._is_for_both(each)}
        if not known:
            self.dialog.page(_("There is no exercise here."))
            return None
        shown = {
            each.agenda.id: self._words(each) for each in sorted(known.values(), key=self._rank)
        }
        chosen = self.dialog.pick(_("Which exercise?"), shown, next(iter(shown)))
        if chosen is None:
            return None
        if there := self._card_of(chosen):
            self.dialog.page(_("It is in this session already."))
            return there
        self._settle(known[chosen])
        return self._card_of(chosen) if over else None

    def _is_for_both(self, exercise: Exercise) -> bool:
        """Return whether an exercise is not walked already, nor for the mentor alone."""
        own = exercise.agenda.id == self.session.agenda.id
        return not own and who_prepares(exercise.agenda) != "mentor"

    def _rank(self, exercise: Exercise) -> tuple[bool, str]:
        return self._shortest(exercise) > self._free, self._title(exercise).casefold()

    def _words(self, exercise: Exercise) -> str:
        """Return an exercise as a list shows it: its title, its time, and when it helps."""
        low, high = exercise.agenda.lengths
        lasts = _("{low} to {high} minutes").format(low=low, high=high)
        lasts = lasts if low != high else _minutes(low)
        title = self._title(exercise)
        when = fill_in(exercise.agenda.when_to_use, self.session.names)
        words = _("{title}, {minutes}: {when}") if when else _("{title}, {minutes}")
        return words.format(title=title, minutes=lasts, when=when)

    def _title(self, exercise: Exercise) -> str:
        return fill_in(exercise.agenda.title, self.session.names)

    def _put_off(self, exercise: Exercise) -> None:
        """Keep an exercise for another day, unless it is kept for one already."""
        if all(each.agenda != exercise.agenda.id for each in self.session.exercises):
            self._join(exercise, ())

    def _card_of(self, exercise: str) -> str | None:
        """Return the first card of an exercise that has joined; None if it has not."""
        joined = (each for each in self.session.exercises if each.agenda == exercise and each.plan)
        return next((each.plan[0].prompt for each in joined), None)

    @staticmethod
    def _shortest(exercise: Exercise) -> float:
        return exercise.agenda.lengths[0] * 60

    @property
    def _free(self) -> float:
        """The seconds left after this card, without what cards that must be kept take."""
        return self.recorder.left_after_card() - kept_seconds(self.session)

    def _settle(self, exercise: Exercise) -> None:
        """Agree on what an exercise takes the place of, and record what comes of it."""
        begin, later, none = _("Yes, begin after this card"), _("Another day"), _("No exercise")
        if self._shortest(exercise) > self._free:
            takes = _("{title} takes {minutes} at least: there is not that much left today.")
            asked = self._about(exercise, takes, exercise.agenda.lengths[0])
            if self.dialog.choose("exercise", asked, {later: True, none: False}):
                self._put_off(exercise)
            return
        minutes = self._minutes_for(exercise)
        dropped = droppable(self.session, self.recorder.left_after_card() - minutes * 60)
        takes = _("{title} takes {minutes}.")
        if dropped:
            takes = _("{title} takes {minutes}. These are left for another day:")
        asked = self._about(exercise, takes, minutes)
        cards = (f"- {self.session.ask_of(card)}" for card in dropped)
        choices: dict[str, int | None] = {begin: minutes, later: 0, none: None}
        chosen = self.dialog.choose("exercise", "\n".join((asked, *cards)), choices)
        if chosen:
            self._join(exercise, slots_of(exercise.agenda, chosen), dropped)
        elif chosen is not None:
            self._put_off(exercise)

    def _about(self, exercise: Exercise, takes: str, minutes: int) -> str:
        """Return when an exercise helps, and what it takes."""
        when = fill_in(exercise.agenda.when_to_use, self.session.names)
        told = takes.format(title=f"“{self._title(exercise)}”", minutes=_minutes(minutes))
        return f"{when} {told}".strip()

    def _minutes_for(self, exercise: Exercise) -> int:
        """Return the minutes that an exercise gets: the usual ones, or what is left."""
        low, _high = exercise.agenda.lengths
        return max(low, min(exercise.agenda.minutes, int(self._free // 60)))

    def _join(
        self, exercise: Exercise, plan: tuple[Slot, ...], dropped: tuple[str, ...] = ()
    ) -> None:
        session, agenda = self.session, exercise.agenda
        before = self.known.mentorship(session)
        renamed = renamed_in(agenda, session.agenda.fields, before.fields if before else {})
        along = carried_into(within(agenda), renamed, before) if before else CarryOver()
        file = FILE.format(number=len(session.exercises) + 1)
        # The text is there before the event that speaks of it.
        self.recorder.journal.keep(file, exercise.text)
        self.recorder.record(
            ExerciseJoined,
            agenda=agenda.id,
            digest=exercise.digest,
            file=file,
            after=session.current or session.cards[0],
            plan=plan,
            dropped=dropped,
            renamed=renamed,
            carried=along,
            templates=exercise.templates,
            exercise=agenda,
        )


def _minutes(number: int) -> str:
    words = ngettext("{number} minute", "{number} minutes", number)
    return words.format(number=count(number))
