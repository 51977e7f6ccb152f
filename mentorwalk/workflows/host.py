"""The rooms before and after the shared screen: the green room, and the page when all is done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from mentorwalk.domain.agenda import Choice, Field, fill_in, plan
from mentorwalk.domain.answers import read
from mentorwalk.domain.card import AFTERWARDS, Card
from mentorwalk.domain.dates import day_of_month, weekday_and_time
from mentorwalk.domain.errors import InputError, Unreadable
from mentorwalk.domain.i18n import N_, _
from mentorwalk.domain.people import (
    People,
    distinct_name,
    may_be_same_person,
    names_in_texts,
    read_name,
)
from mentorwalk.engine.dialog import Dialog
from mentorwalk.workflows.prep_intake import PrepIntake, ReceivedPreps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mentorwalk.authoring.loading import LoadedAgenda
    from mentorwalk.domain.agenda import Agenda, Role, Roles
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.errors import Problem
    from mentorwalk.domain.people import Prep
    from mentorwalk.domain.timing import Clock
    from mentorwalk.engine.frontend import Frontend
    from mentorwalk.workflows.runner import RunResult, SessionRunner

T = TypeVar("T")
LOBBY = N_("Before you share your screen")
LEFT = N_("Stopped before the session began: there was nothing to save.")
LEFT_UNSAVED = N_("Stopped before the documents were written: nothing was kept.")


@dataclass(frozen=True)
class StartOptions:
    """What the command line said already."""

    mentor: str | None = None
    mentee: str | None = None
    minutes: int | None = None
    known: People | None = None
    """The two, where they have met before."""
    preps: tuple[Path, ...] = ()
    """The preparation files, as long as they are not read."""
    received: ReceivedPreps | None = None
    """What was read of them."""

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

    def people(self, roles: Roles) -> People:
        """The two people where nobody is asked: by their roles, if they have no names."""
        return self.known or People(
            self.mentor or roles.mentor, self.mentee or roles.mentee, "mentor"
        )

    def called(self, received: ReceivedPreps) -> StartOptions:
        """The same, with the names in what was prepared, where nothing else was said."""
        mentor = self.mentor or received.name("mentor")
        mentee = self.mentee or received.name("mentee")
        same = mentor and mentee and mentor.casefold() == mentee.casefold()
        return self if same else replace(self, mentor=mentor, mentee=mentee)


@dataclass(frozen=True)
class Lobby:
    """Where the one at the keyboard sits before the screen is shared."""

    frontend: Frontend
    agenda: Agenda
    clock: Clock
    mark: str = ""
    """What every page says of a session that is not real, such as a rehearsal."""

    @property
    def dialog(self) -> Dialog:
        """The dialog before the session, which can be left with nothing to save."""
        return Dialog.apart(self.frontend, self.clock, _(LOBBY), _(LEFT), _(self.mark))

    def introduced(self, given: StartOptions, *, anew: bool) -> StartOptions:
        """Settle who the two are; and how long there is, where they can only begin `anew`.

        Raises:
            Stopped: They left; nothing was begun.
        """
        received = given.received or ReceivedPreps(self.agenda, self.clock.now().date())
        received.take_all(given.preps)
        known = self.names(given.called(received))
        minutes = self.minutes(given) if anew else given.minutes
        return replace(given, known=known, minutes=minutes, received=received, preps=())

    def names(self, given: StartOptions) -> People:
        """Settle who the two are, and who types.

        Raises:
            Stopped: They left; nothing was begun.
        """
        if given.known:
            return given.known
        roles, whose = self.agenda.roles, _("{role}'s name")
        mentor = given.mentor or self._name("mentor", whose.format(role=roles.mentor))
        mentee = given.mentee or self._name("mentee", whose.format(role=roles.mentee), mentor)
        if given.mentor and given.mentee:
            return People(mentor, mentee, "mentor")
        return People(mentor, mentee, self._typist(mentor, mentee))

    def minutes(self, given: StartOptions) -> int:
        """Settle how long there is."""
        shortest, longest = self.agenda.lengths
        if given.minutes or shortest == longest:
            return given.minutes or shortest
        usual = self.clock.now() + timedelta(minutes=self.agenda.minutes)
        field = Field(
            "minutes",
            _("When do you have to stop?"),
            help=_(
                "Enter alone means {minutes} minutes, until {time}. "
                "Or write minutes, from {shortest} to {longest}, or a time of day."
            ).format(
                minutes=self.agenda.minutes,
                time=f"{usual:%H:%M}",
                shortest=shortest,
                longest=longest,
            ),
        )
        return self._asked(field, self._length)

    def share(self, people: People, prepared: tuple[Prep, ...] = ()) -> None:
        """Show the aside, say whose preparation is used, and wait until the screen is shared."""
        names = names_in_texts(self.agenda, people)
        aside = getattr(self.agenda.aside, people.types)
        if aside:
            self.dialog.page(_("For your eyes only"), fill_in(aside, names))
        other = people.other(people.types)
        self.dialog.page(
            _("Share this window now. Press Enter when {name} can see it.").format(name=other),
            _prepared_by([people.name(prep.role) for prep in prepared]),
            _("The clock starts then."),
        )

    def wants_documents(self) -> bool:
        """At the end of a session that was not saved: ask whether anything is written at all."""
        label = _("Nothing has been saved. Write the documents?")
        choices = {_("Write the documents, and nothing else"): True, _("Keep nothing"): False}
        dialog = Dialog.apart(self.frontend, self.clock, _(AFTERWARDS), _(LEFT_UNSAVED))
        return dialog.choose("write", label, choices)

    def goes_on(self, people: People, left: datetime) -> bool:
        """Ask whether the two go on with the session that they did not finish."""
        label = _(
            "{mentor} and {mentee} have an unfinished session of {day}. Go on with it?"
        ).format(mentor=people.mentor, mentee=people.mentee, day=day_of_month(left.date()))
        go_on = _("Go on with it, from {moment}").format(moment=weekday_and_time(left))
        return self.dialog.choose("go_on", label, {go_on: True, _("Begin a new one"): False})

    def _name(self, key: str, whose: str, other: str = "") -> str:
        help_ = _("The names you call each other by. They stand on every card.")
        field = Field(key, whose, help=help_)
        return self._asked(
            field, lambda value: distinct_name(read_name(str(value or ""), whose), other)
        )

    def _typist(self, mentor: str, mentee: str) -> Role:
        field = Field(
            "types",
            _("Who sits at this keyboard?"),
            type="select",
            help=_("Whoever types keeps to the other one's words."),
            choices=(Choice(mentor), Choice(mentee)),
        )
        return self._asked(field, lambda value: "mentor" if value == mentor else "mentee", mentor)

    def _length(self, value: Value | None) -> int:
        text = str(value or self.agenda.minutes)
        shortest, longest = self.agenda.lengths
        minutes = int(text) if re.fullmatch(r"\d{1,3}", text) else self._until(text)
        if not shortest <= minutes <= longest:
            other = _("That would be {minutes} minutes; {shortest} to {longest} would do.")
            raise Unreadable(other.format(minutes=minutes, shortest=shortest, longest=longest))
        return minutes

    def _until(self, text: str) -> int:
        now = self.clock.now()
        end = str(read(Field("end", "End", type="time"), text, now.date()))
        then = datetime.combine(now.date(), datetime.fromisoformat(f"{now.date()}T{end}").time())
        seconds = (then.replace(tzinfo=now.tzinfo) - now).total_seconds()
        return round(seconds / 60) if seconds >= 0 else round(seconds / 60) + 24 * 60

    def _asked(
        self, field: Field, accepted: Callable[[Value | None], T], value: Value | None = None
    ) -> T:
        return self.dialog.ask(field, accepted, value)


def host_session(
    runner: SessionRunner,
    script: LoadedAgenda,
    given: StartOptions,
    frontend: Frontend,
    *,
    save: bool = True,
) -> RunResult:
    """Hold a session from the green room to the page after the call.

    Where it is not saved, it is kept in memory, and the documents are written only on a yes.

    Raises:
        Stopped: They left before it began.
    """
    dialog = Lobby(frontend, script.agenda, runner.clock)
    given = dialog.introduced(given, anew=False)
    people = dialog.names(given)
    left = runner.unfinished(people, script.agenda.id) if save else None
    if left and dialog.goes_on(left[1].people, left[1].last.at):
        return after_call(runner, runner.resume(left[0], frontend), frontend)
    minutes = dialog.minutes(given)
    script = replace(script, prepared=prepared_by(runner, script, dialog, given))
    runner.check(script)
    dialog.share(people, script.prepared)
    chosen = plan(script.agenda, minutes)
    if save:
        return after_call(runner, runner.begin(script, people, chosen, frontend), frontend)
    result = runner.begin_unsaved(script, people, chosen, frontend)
    if result.session.closed and dialog.wants_documents():
        return after_call(runner, runner.write_unsaved(result), frontend)
    return result


def _prepared_by(names: list[str]) -> str:
    """Whose preparation is used, in a sentence; empty where nobody prepared."""
    match names:
        case [name]:
            return _("What {name} prepared shows on the cards.").format(name=name)
        case [mentor, mentee]:
            told = _("What {mentor} and {mentee} prepared shows on the cards.")
            return told.format(mentor=mentor, mentee=mentee)
        case _:
            return ""


def prepared_by(
    runner: SessionRunner, script: LoadedAgenda, dialog: Lobby, given: StartOptions
) -> tuple[Prep, ...]:
    """Settle what the two prepared, and is used.

    Raises:
        Stopped: They left; nothing was begun.
    """
    from mentorwalk.workflows.prep_store import own_prep

    assert given.received  # noqa: S101 - they were introduced
    people = dialog.names(given)
    reception = PrepIntake(dialog.dialog, given.received, lambda two: own_prep(runner, script, two))
    return reception.settle(people)


def taken(
    runner: SessionRunner, script: LoadedAgenda, given: StartOptions
) -> tuple[LoadedAgenda, People, tuple[Problem, ...]]:
    """Where nobody is asked: the agenda with what was prepared, the two, and what was left out.

    Raises:
        InputError: A preparation file cannot be used, or is from somebody else.
    """
    received = ReceivedPreps(script.agenda, runner.clock.now().date())
    for path in given.preps:
        received.take(path)
    people = given.called(received).people(script.agenda.roles)
    for prep in received.in_order:
        if not may_be_same_person(prep.name, people.name(prep.role)):
            other = _(
                "A preparation is from {theirs}, and the {role} is {name}: "
                "leave it out, or give that name."
            )
            name = people.name(prep.role)
            raise InputError(other.format(theirs=prep.name, role=prep.role, name=name))
    return replace(script, prepared=received.in_order), people, received.left_out


def after_call(runner: SessionRunner, result: RunResult, frontend: Frontend) -> RunResult:
    """When the talk is over: stop sharing, what is private, and where the files are."""
    if result.written is None:
        return result
    ask, tip = _("Stop sharing your screen now."), _("Say goodbye first. Then press Enter.")
    _page(frontend, ask, tip)
    if result.saved:
        runner.ask_in_private(result, frontend)
    if result.session.notes:
        _page(frontend, _("Your private notes"), "", "\n\n".join(result.session.notes))
    files = result.written.files
    other = result.session.people.other(result.session.people.types)
    reads = _("`{command}` reads them here.").format(command=runner.library.command("show"))
    theirs = _("They belong to the two of you, and to nobody else.")
    _page(
        frontend,
        _("Send {name} the files, and you are done.").format(name=other),
        f"{reads} {theirs}" if result.saved else theirs,
        f"{_sorted_by_use(files)}\n\n{files[0].parent}" if files else "",
    )
    return result


_USES = {
    ".html": N_("For any browser, or paper"),
    ".ics": N_("For a calendar"),
    ".md": N_("As plain text"),
}
"""What files are good for, by how their names end."""


def _sorted_by_use(files: Iterable[Path]) -> str:
    """The files' names, a line for each use."""
    names: dict[str, list[str]] = {use: [] for use in _USES.values()}
    for path in files:
        names.setdefault(_USES.get(path.suffix, N_("And")), []).append(path.name)
    return "\n".join(f"{_(use)}: {', '.join(named)}" for use, named in names.items() if named)


def _page(frontend: Frontend, ask: str, tip: str, read: str = "") -> None:
    frontend.talk(Card(title=_(AFTERWARDS), ask=ask, tip=tip, read=read), None)
