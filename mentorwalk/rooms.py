"""The rooms before and after the shared screen: the green room, and the page when all is done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from mentorwalk.agenda import Choice, Field, filled, plan
from mentorwalk.answers import another_name, as_typed, read, read_name
from mentorwalk.asking import Act, Action, Interrupted, Said, Talked
from mentorwalk.card import Card, Question
from mentorwalk.errors import InputError, Stopped, Unreadable
from mentorwalk.session import People
from mentorwalk.walk import AFTERWARDS, Ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mentorwalk.agenda import Agenda, Role, Roles
    from mentorwalk.answers import Value
    from mentorwalk.asking import Frontend
    from mentorwalk.pace import Clock
    from mentorwalk.sitting import Desk, Sat, Script

T = TypeVar("T")
SKIP = Act(Action.SKIP)
GREEN_ROOM = "Before you share your screen"


@dataclass(frozen=True)
class Given:
    """What the command line said already."""

    mentor: str | None = None
    mentee: str | None = None
    minutes: int | None = None
    known: People | None = None
    """The two, where they have met before."""

    @classmethod
    def read(cls, mentor: str | None, mentee: str | None, minutes: int | None) -> Given:
        """Read the names as they were typed.

        Raises:
            InputError: A name cannot be used.
        """
        one = None if mentor is None else read_name(mentor, "The mentor's name")
        other = None if mentee is None else read_name(mentee, "The mentee's name")
        return cls(one, other and another_name(other, one or ""), minutes)

    def people(self, roles: Roles) -> People:
        """The two people where nobody is asked: by their roles, if they have no names."""
        return self.known or People(
            self.mentor or roles.mentor, self.mentee or roles.mentee, "mentor"
        )


@dataclass(frozen=True)
class GreenRoom:
    """Where the one at the keyboard sits before the screen is shared."""

    frontend: Frontend
    agenda: Agenda
    clock: Clock

    def names(self, given: Given) -> People:
        """Settle who the two are, and who types.

        Raises:
            Stopped: They left; nothing was begun.
        """
        if given.known:
            return given.known
        roles = self.agenda.roles
        mentor = given.mentor or self._name("mentor", f"{roles.mentor}'s name")
        mentee = given.mentee or self._name("mentee", f"{roles.mentee}'s name", mentor)
        if given.mentor and given.mentee:
            return People(mentor, mentee, "mentor")
        return People(mentor, mentee, self._typist(mentor, mentee))

    def minutes(self, given: Given) -> int:
        """Settle how long there is."""
        shortest, longest = self.agenda.lengths
        if given.minutes or shortest == longest:
            return given.minutes or shortest
        usual = self.clock.now() + timedelta(minutes=self.agenda.minutes)
        field = Field(
            "minutes",
            "When do you have to stop?",
            help=f"Enter alone means {self.agenda.minutes} minutes, until {usual:%H:%M}. "
            f"Or write minutes, from {shortest} to {longest}, or a time of day.",
        )
        return self._asked(field, self._length)

    def share(self, people: People) -> None:
        """Show the aside, then wait until the screen is shared."""
        names = {"mentor": people.mentor, "mentee": people.mentee}
        aside = getattr(self.agenda.aside, people.types)
        if aside:
            self._page(Card(title=GREEN_ROOM, ask="For your eyes only", read=filled(aside, names)))
        other = people.other(people.types)
        self._page(
            Card(
                title=GREEN_ROOM,
                ask=f"Share this window now. Press Enter when {other} can see it.",
                tip="The clock starts then.",
            )
        )

    def wants_documents(self) -> bool:
        """At the end of a session that was not saved: ask whether anything is written at all."""
        yes, no = "Write the documents, and nothing else", "Keep nothing"
        field = Field(
            "write",
            "Nothing has been saved. Write the documents?",
            type="select",
            choices=(Choice(yes), Choice(no)),
        )
        return self._asked(field, lambda value: value == yes, yes)

    def goes_on(self, people: People, left: datetime) -> bool:
        """Ask whether the two go on with the session that they did not finish."""
        go_on, anew = f"Go on with it, from {left:%A %H:%M}", "Begin a new one"
        field = Field(
            "go_on",
            f"{people.mentor} and {people.mentee} have an unfinished session of "
            f"{left.day} {left:%B}. Go on with it?",
            type="select",
            choices=(Choice(go_on), Choice(anew)),
        )
        return self._asked(field, lambda value: value == go_on, go_on)

    def _name(self, key: str, whose: str, other: str = "") -> str:
        help_ = "The names you call each other by. They stand on every card."
        field = Field(key, whose, help=help_)
        return self._asked(
            field, lambda value: another_name(read_name(str(value or ""), whose), other)
        )

    def _typist(self, mentor: str, mentee: str) -> Role:
        field = Field(
            "types",
            "Who sits at this keyboard?",
            type="select",
            help="Whoever types keeps to the other one's words.",
            choices=(Choice(mentor), Choice(mentee)),
        )
        return self._asked(field, lambda value: "mentor" if value == mentor else "mentee", mentor)

    def _length(self, value: Value | None) -> int:
        text = str(value or self.agenda.minutes)
        shortest, longest = self.agenda.lengths
        minutes = int(text) if re.fullmatch(r"\d{1,3}", text) else self._until(text)
        if not shortest <= minutes <= longest:
            raise Unreadable(f"That would be {minutes} minutes; {shortest} to {longest} would do.")
        return minutes

    def _until(self, text: str) -> int:
        now = self.clock.now()
        end = str(read(Field("end", "End", type="time"), text, now.date()))
        then = datetime.combine(now.date(), datetime.fromisoformat(f"{now.date()}T{end}").time())
        seconds = (then.replace(tzinfo=now.tzinfo) - now).total_seconds()
        return round(seconds / 60) if seconds >= 0 else round(seconds / 60) + 24 * 60

    def _page(self, card: Card) -> None:
        while not isinstance(reply := self.frontend.talk(card, None), Talked) and reply != SKIP:
            _leave_if_asked(reply)

    def _asked(
        self, field: Field, accepted: Callable[[Value | None], T], value: Value | None = None
    ) -> T:
        """Ask until the answer will do."""
        today = self.clock.now().date()
        question = Question(field.id, field, field.label, today, value=value)
        while True:
            reply = self.frontend.ask(Card(title=GREEN_ROOM, ask=""), question, None)
            _leave_if_asked(reply)
            said = reply.value if isinstance(reply, Said) else question.value
            try:
                return accepted(said)
            except InputError as error:
                question = replace(question, complaint=str(error), draft=as_typed(said))


def _leave_if_asked(reply: object) -> None:
    if isinstance(reply, Interrupted) or reply == Act(Action.STOP):
        raise Stopped("Stopped before the session began: there was nothing to save.")


def hold(desk: Desk, script: Script, given: Given, frontend: Frontend, *, save: bool = True) -> Sat:
    """Hold a session from the green room to the page after the call.

    Where it is not saved, it is kept in memory, and the documents are written only on a yes.

    Raises:
        Stopped: They left before it began.
    """
    room = GreenRoom(frontend, script.agenda, desk.clock)
    people = room.names(given)
    left = desk.unfinished(people, script.agenda.id) if save else None
    if left and room.goes_on(left[1].people, left[1].last.at):
        return after_call(desk, desk.resume(left[0], frontend), frontend)
    minutes = room.minutes(given)
    desk.check(script)
    room.share(people)
    chosen = plan(script.agenda, minutes)
    if save:
        return after_call(desk, desk.begin(script, people, chosen, frontend), frontend)
    sat = desk.begin_unsaved(script, people, chosen, frontend)
    if sat.ending is Ending.CLOSED and room.wants_documents():
        return after_call(desk, desk.write_unsaved(sat), frontend)
    return sat


def after_call(desk: Desk, sat: Sat, frontend: Frontend) -> Sat:
    """When the talk is over: stop sharing, what is private, and where the files are."""
    if sat.written is None:
        return sat
    _page(frontend, "Stop sharing your screen now.", "Say goodbye first. Then press Enter.")
    if sat.saved:
        desk.ask_in_private(sat, frontend)
    if sat.session.notes:
        _page(frontend, "Your private notes", "", "\n\n".join(sat.session.notes))
    files = sat.written.files
    other = sat.session.people.other(sat.session.people.types)
    _page(
        frontend,
        f"Send {other} the files, and you are done.",
        "`mentorwalk show` reads them here. They belong to the two of you, and to nobody else.",
        f"{_sorted_by_use(files)}\n\n{files[0].parent}" if files else "",
    )
    return sat


_USES = {
    ".html": "For any browser, or paper",
    ".ics": "For a calendar",
    ".md": "As plain text",
}
"""What files are good for, by how their names end."""


def _sorted_by_use(files: Iterable[Path]) -> str:
    """The files' names, a line for each use."""
    names: dict[str, list[str]] = {use: [] for use in _USES.values()}
    for path in files:
        names.setdefault(_USES.get(path.suffix, "And"), []).append(path.name)
    return "\n".join(f"{use}: {', '.join(named)}" for use, named in names.items() if named)


def _page(frontend: Frontend, ask: str, tip: str, read: str = "") -> None:
    frontend.talk(Card(title=AFTERWARDS, ask=ask, tip=tip, read=read), None)
