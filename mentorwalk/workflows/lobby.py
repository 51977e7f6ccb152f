"""The lobby: what is settled before the screen is shared, by the person at the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mentorwalk.domain.card import AFTERWARDS
from mentorwalk.domain.date_words import day_in_words, day_of_month, weekday_and_time
from mentorwalk.domain.fields import Choice, Field
from mentorwalk.domain.i18n import N_, _, english_notice
from mentorwalk.domain.people import People, distinct_name, read_name
from mentorwalk.domain.placeholders import fill_in
from mentorwalk.domain.text import labelled
from mentorwalk.engine.dialog import Dialog
from mentorwalk.engine.retracing import RetracingFrontend
from mentorwalk.workflows.prep_intake import ReceivedPreps, no_exercises

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda, Roles
    from mentorwalk.domain.answers import Answer
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.roles import Role
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.frontend import Asker, Frontend
    from mentorwalk.workflows.prep_intake import FindExercise

TITLE = N_("Before you share your screen")
LEFT = N_("Stopped before the session began: there was nothing to save.")
LEFT_UNSAVED = N_("Stopped before the documents were written: nothing was kept.")


@dataclass(frozen=True)
class StartOptions:
    """What is known of a session before anybody is asked."""

    mentor: str | None = None
    mentee: str | None = None
    minutes: int | None = None
    agreed: float | None = None
    """For how many minutes the two agreed to meet, if they did."""
    met: str = ""
    """How often they have met, and when last, in a sentence; empty if they begin."""
    types: Role = "mentor"
    """Who is offered as the one at the keyboard."""
    known: People | None = None
    """The two people, once they are known."""
    preps: tuple[Path, ...] = ()
    """The preparation files that are still to be read."""
    received: ReceivedPreps | None = None
    """The preparations that were read."""

    @classmethod
    def read(
        cls,
        mentor: str | None,
        mentee: str | None,
        minutes: int | None,
        preps: tuple[Path, ...] = (),
    ) -> StartOptions:
        """Read the names as they were typed.

        Raises:
            InputError: A name cannot be used.
        """
        one = None if mentor is None else read_name(mentor, "The mentor's name")
        other = None if mentee is None else read_name(mentee, "The mentee's name")
        return cls(one, other and distinct_name(other, one or ""), minutes, preps=preps)

    @property
    def given(self) -> Mapping[Role, str]:
        """The names that were given, by role."""
        named: dict[Role, str | None] = {"mentor": self.mentor, "mentee": self.mentee}
        return {role: name for role, name in named.items() if name}

    def people(self, roles: Roles) -> People:
        """Return the two people for a session without questions; roles stand in for names."""
        return self.known or People(
            self.mentor or roles.mentor, self.mentee or roles.mentee, self.types
        )

    def with_names_of(self, received: ReceivedPreps) -> StartOptions:
        """Return these options with each missing name taken from that person's preparation."""
        mentor = self.mentor or received.name("mentor")
        mentee = self.mentee or received.name("mentee")
        same = mentor and mentee and mentor.casefold() == mentee.casefold()
        return self if same else replace(self, mentor=mentor, mentee=mentee)


@dataclass(frozen=True)
class KeptWords:
    """What somebody prepared for themselves alone."""

    text: str
    reads: str
    """The command that reads it again."""


@dataclass(frozen=True)
class Lobby:
    """Asks the person at the keyboard, before the screen is shared, what a session needs."""

    frontend: Frontend
    agenda: Agenda
    clock: Clock
    mark: str = ""
    """What every page says of a session that is not real, such as a rehearsal."""
    exercises: FindExercise = no_exercises
    """Finds an exercise that somebody may have done alone."""

    @property
    def dialog(self) -> Dialog:
        """The dialog before the session; whoever leaves it has nothing to save."""
        return self._dialog_at(self.asker)

    @cached_property
    def asker(self) -> RetracingFrontend:
        """The frontend, with a way back to what was asked before the session."""
        return RetracingFrontend(self.frontend)

    def _dialog_at(self, asker: Asker) -> Dialog:
        return Dialog.outside(asker, self.clock, _(TITLE), _(LEFT), _(self.mark))

    def introduced(self, options: StartOptions, *, anew: bool) -> StartOptions:
        """Read the preparation files and ask for names; for minutes only if it begins `anew`.

        If the two may have an unfinished session to go on with, `anew` is False: how long there
        is depends on that.

        Raises:
            Stopped: They left; nothing was begun.
        """
        today = self.clock.now().date()
        received = options.received or ReceivedPreps(
            self.agenda, today, self.exercises, options.given
        )
        received.take_all(options.preps)
        known = self.names(options.with_names_of(received))
        minutes = self.minutes(options) if anew else options.minutes
        return replace(options, known=known, minutes=minutes, received=received, preps=())

    def names(self, options: StartOptions) -> People:
        """Return who the two are and who types; ask for names that the options do not say.

        Who types is always asked: an agreement says who typed yes.

        Raises:
            Stopped: They left; nothing was begun.
        """
        if options.known:
            return options.known
        roles, whose = self.agenda.roles, _("{role}'s name")
        mentor = options.mentor or self._name("mentor", whose.format(role=roles.mentor))
        mentee = options.mentee or self._name("mentee", whose.format(role=roles.mentee), mentor)
        people = People(mentor, mentee, options.types)
        return replace(people, types=asked_typist(self.dialog, people, options.met))

    def minutes(self, options: StartOptions) -> int:
        """Return how many minutes there are; ask if the agenda leaves a choice.

        Raises:
            Stopped: They left; nothing was begun.
        """
        shortest, longest = self.agenda.lengths
        if options.minutes or shortest == longest:
            return options.minutes or shortest
        # Loaded here, as is what a page before the window is shared says: names are asked first.
        from mentorwalk.workflows.length import asked_length

        return asked_length(self.dialog, self.agenda, self.clock, options.agreed)

    def share(
        self,
        people: People,
        prepared: tuple[Prep, ...] = (),
        kept: KeptWords | None = None,
        follows: date | None = None,
    ) -> None:
        """Show what is for the typist's eyes only, then wait until the screen is shared.

        From the page that asks to share there is no way back: what was private would be seen.

        Raises:
            Stopped: They left; nothing was begun.
        """
        from mentorwalk.domain.prep_wishes import answers_of

        names, other = self.agenda.names_of(people), people.other(people.types)
        for prep in prepared:
            if prep.alone:
                done = _done_alone(prep, self.exercises(prep.agenda), names)
                answers = "\n".join(_lines(answers_of(prep, self.agenda, names).values()))
                self.dialog.page(done, answers, _("A card that goes on from it shows it."))
            elif prep.role != people.types:
                self._arrived(prep, names)
        aside = fill_in(self.agenda.aside.of(people.types), names)
        if aside or kept:
            alone = _("Share this window only when it asks you to.")
            self.dialog.page(_("For your eyes only"), aside, alone)
        if kept:
            reads = _("It is on no card. `{command}` reads it again.").format(command=kept.reads)
            self.dialog.page(_("You wrote this for yourself."), kept.text, reads, for_one=True)
        used = (prep for prep in prepared if not (prep.empty or prep.alone))
        shown = [people.name(prep.role) for prep in used]
        english = english_notice(self.agenda.language)
        self._dialog_at(self.frontend).page(
            _("Share this window now. Press Enter when {name} can see it.").format(name=other),
            " ".join(filter(None, (_what_it_follows(follows), _whose_preps(shown), english))),
            _("The clock starts then."),
        )

    def _arrived(self, prep: Prep, names: Mapping[str, str]) -> None:
        """Say that somebody's preparation is here, with what is good to know beforehand."""
        from mentorwalk.domain.recalls import recalled_at_first

        first = recalled_at_first(prep, self.agenda, names)
        shows = _("It shows on the cards. `mentorwalk prep --show FILE` reads all of it.")
        self.dialog.page(
            _("{name}'s preparation is here.").format(name=names[prep.role]),
            "\n".join(_lines(first)),
            shows,
        )

    def wants_documents(self) -> bool:
        """At the end of a session that was not saved, ask whether to write documents at all.

        Raises:
            Stopped: They left; nothing was written.
        """
        label = _("Nothing has been saved. Write the documents?")
        # Enter alone leaves no trace of a session that nobody wanted saved.
        choices = {_("Keep nothing"): False, _("Write the documents, and nothing else"): True}
        dialog = Dialog.outside(self.frontend, self.clock, _(AFTERWARDS), _(LEFT_UNSAVED))
        return dialog.choose("write", label, choices)

    def goes_on(self, people: People, left: datetime) -> bool:
        """Ask whether the two go on with a session that they left unfinished.

        Raises:
            Stopped: They left; nothing was begun.
        """
        label = _(
            "{mentor} and {mentee} have an unfinished session of {day}. Go on with it?"
        ).format(mentor=people.mentor, mentee=people.mentee, day=day_of_month(left.date()))
        go_on = _("Go on with it, from {moment}").format(moment=weekday_and_time(left))
        return self.dialog.choose("go_on", label, {go_on: True, _("Begin a new one"): False})

    def _name(self, key: str, whose: str, other: str = "") -> str:
        help_ = _("The names you call each other by. They appear on every card.")
        return self.dialog.ask(
            Field(key, whose, help=help_, required=True),
            lambda said: distinct_name(read_name(str(said or ""), whose), other),
        )


def asked_typist(dialog: Dialog, people: People, met: str = "") -> Role:
    """Ask who of two people types, and return their role; who is said to type now is offered.

    Args:
        dialog: Asks.
        people: The two.
        met: Whom the question is about, and how often they have met, in a sentence.

    Raises:
        Stopped: They left.
    """
    keeps = _("Whoever types keeps to the other person's words.")
    field = Field(
        "types",
        _("Who sits at this keyboard?"),
        type="select",
        help=f"{met} {keeps}".strip(),
        choices=(Choice(people.mentor), Choice(people.mentee)),
        required=True,
    )
    return dialog.ask(
        field,
        lambda said: "mentor" if said == people.mentor else "mentee",
        people.name(people.types),
    )


def _what_it_follows(day: date | None) -> str:
    """Say in a sentence from which session an exercise goes on; empty if from none."""
    return _("It goes on from your session of {day}.").format(day=day_of_month(day)) if day else ""


def _whose_preps(names: list[str]) -> str:
    """Say in a sentence whose preparation is used; empty if nobody prepared."""
    match names:
        case [name]:
            return _("What {name} prepared shows on the cards.").format(name=name)
        case [mentor, mentee]:
            both = _("What {mentor} and {mentee} prepared shows on the cards.")
            return both.format(mentor=mentor, mentee=mentee)
        case _:
            return ""


def _lines(answers: Iterable[Answer]) -> Iterator[str]:
    return (labelled(answer.label, answer.given) for answer in answers)


def _done_alone(prep: Prep, exercise: Agenda | None, names: Mapping[str, str]) -> str:
    """Say in a sentence who did which exercise alone, and when."""
    title = fill_in(exercise.title, names) if exercise else prep.agenda
    told = _("{name} did an exercise alone: {title}.")
    if prep.day:
        told = _("{name} did an exercise alone, on {day}: {title}.")
    day = day_in_words(prep.day) if prep.day else ""
    return told.format(name=names[prep.role], title=title, day=day)
