"""A small agenda to prepare for, and people who do: Ada is the mentor, Grace the mentee."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mentorwalk.authoring import Source, read_source
from mentorwalk.authoring.prep_file import prep_from
from mentorwalk.domain.errors import Stopped
from mentorwalk.domain.people import People, Prep
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.workflows.prepare import PrepRunner
from support.agendas import yaml_text
from support.building import TODAY
from support.homes import Home

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.roles import Role

from typing import TYPE_CHECKING

from mentorwalk.domain.events import Answered, Opened
from mentorwalk.domain.planning import plan
from mentorwalk.domain.prep_form import form_of
from mentorwalk.domain.session import Session
from support.building import ADA_AND_GRACE, agenda_written, at

if TYPE_CHECKING:
    from mentorwalk.authoring.prep_reader import ParsedPrep
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.roles import Role

TALK = yaml_text("prepared-talk")


def talk() -> Agenda:
    """Return the agenda."""
    return agenda_written(TALK)


def prep(role: Role, *unknown: str, **answers: Value) -> Prep:
    """Return what somebody shared; `said` stands for the answer of that role."""
    name = ADA_AND_GRACE.name(role)
    given = {f"said.{role}" if key == "said" else key: value for key, value in answers.items()}
    return Prep("talk", role, name, given, unknown)


def prepared(*preps: Prep) -> Session:
    """Return a session that begins with what was prepared."""
    agenda = talk()
    chosen = plan(agenda, agenda.minutes)
    opened = Opened(
        **at(0),
        agenda=agenda.id,
        digest="0" * 64,
        people=ADA_AND_GRACE,
        plan=chosen,
        prepared=preps,
    )
    return Session.open(agenda, opened, opened.at)


def filled_in(role: Role = "mentee", /, **answers: Value | None) -> Session:
    """Return a form with some answers; `share_` and `checklist_` stand for their dots."""
    form = form_of(talk(), role)
    people = People("Ada", "Grace", role)
    opened = Opened(
        **at(0), agenda="talk", digest="0" * 64, people=people, plan=plan(form, form.minutes)
    )
    session = Session.open(form, opened, opened.at)
    ids = {
        key: key.replace("share_", "share.").replace("checklist_", "checklist.") for key in answers
    }
    given = (Answered(**at(0), field=ids[key], value=value) for key, value in answers.items())
    return session.apply_all(given)


def read(text: str) -> ParsedPrep:
    """Read a preparation file."""
    return prep_from(Source("prep.yaml", text), talk(), TODAY)


HOW = (
    "Any question may stay empty. “I don't know yet” is an answer: type ? for it. You can stop at "
    "any time and come back. Nothing leaves this computer by itself: at the end you choose what "
    "goes into a file, and see all of it before it is written."
)
BEGIN = ["", "Grace", "Ada"]
"""The promise; one's own name and the other name."""
YOU = ["a plan", "1", "one", "two", "", "SECRETBOSS"]
"""Hope, help, two topics, what is never told."""
WISHES = ["1", "1", "", ""]
"""How often is changed; the other sheet stays empty."""
READY = ["2", ""]
SHARE = ["2", "", ""]
"""The hope is shared and the topics are not; the sheet stays as it is."""
END = ["", "", "1", "", "1"]
"""The review; what the other person sees; write it; what to do with it; no cards."""
WHOLE = [*BEGIN, *YOU, *WISHES, *READY, *SHARE, *END]


@dataclass(frozen=True)
class House(Home):
    """A home in which somebody prepares."""

    text: str = TALK

    def preparing(self, role: Role = "mentee", out: Path | None = None) -> PrepRunner:
        """Return the runner of a preparation."""
        return PrepRunner(self.runner, self.script, role, out, "mentorwalk prep x")

    def walk(self, *lines: str, name: str | None = None, out: Path | None = None) -> Path | None:
        """Type lines into a form."""
        return self.preparing(out=out).walk(name, PlainFrontend(typed(lines), io.StringIO()))

    def told(self, *lines: str) -> list[str]:
        """Return the lines shown while lines are typed; then the input ends."""
        told = io.StringIO()
        with pytest.raises(Stopped):
            self.preparing().walk(None, PlainFrontend(typed(lines), told))
        return told.getvalue().splitlines()

    def prep(self, path: Path | None) -> Prep:
        """Return what a file says."""
        assert path is not None
        given = prep_from(read_source(path), self.script.agenda, TODAY)
        assert given.left_out == ()
        return given.prep

    def holding(self, words: str) -> set[str]:
        """Return the files that contain some words."""
        files = (path for path in self.home.rglob("*") if path.is_file())
        found = (path for path in files if words.encode() in path.read_bytes())
        return {f"{path.parent.name}/{path.name}" for path in found}


def typed(lines: tuple[str, ...]) -> io.StringIO:
    """Return lines as they are typed."""
    return io.StringIO("".join(f"{line}\n" for line in lines))
