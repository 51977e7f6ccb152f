"""Rendering: templates in Jinja's sandbox, and who agrees below the agreement."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment

from mentorwalk.agenda import ROLES
from mentorwalk.agreement import MARKER, accepted_by_both, fingerprint, mark_in_words
from mentorwalk.answers import day_in_words
from mentorwalk.documents.context import context_of, meeting_of
from mentorwalk.documents.markdown import (
    escaped,
    finalized,
    paragraphs,
    quote,
    sentence,
    unstopped,
)
from mentorwalk.errors import TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from mentorwalk.agenda import Document, Role
    from mentorwalk.session import Session

TEMPLATE_LIMIT = 256 * 1024
"""Bytes."""


@dataclass(frozen=True)
class Renderer:
    """Renders a session's documents from the templates of some folders, the first that has one."""

    folders: tuple[Path, ...]

    def check(self, session: Session) -> None:
        """Make sure that every template can be found and rendered, before a session opens.

        Raises:
            TemplateProblem: One cannot.
        """
        for document in session.agenda.documents:
            self.text(session, document)

    def text(self, session: Session, document: Document) -> str:
        """Render one document whole, acceptance block and all.

        Raises:
            TemplateProblem: The template has a mistake; the sentence names its line.
        """
        context = context_of(session)
        if document.accept:
            del context["session"]
        else:
            context["agreement"] = self._agreement(session)
        body = self._rendered(document.template, context)
        return f"{body}{_who_agrees(session, body)}" if document.accept else body

    def agreement_mark(self, session: Session) -> str:
        """The mark of the agreement's wording as it stands; empty where there is none."""
        document = session.agenda.accept_document
        return fingerprint(body_of(self.text(session, document))) if document else ""

    def _agreement(self, session: Session) -> dict[str, str]:
        document = session.agenda.accept_document
        if not document:
            return {}
        accepted = accepted_by_both(session, self.agreement_mark(session))
        return {"file": document.file, "state": "accepted" if accepted else "draft"}

    def _rendered(self, template: str, context: Mapping[str, Any]) -> str:
        with _told_plainly(template):
            text = self._environment().get_template(template).render(context)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"

    def _environment(self) -> Environment:
        environment = SandboxedEnvironment(
            loader=_Templates(self.folders),
            undefined=StrictUndefined,
            finalize=finalized,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        environment.filters |= _FILTERS
        return environment


_FILTERS: dict[str, Callable[..., Any]] = {
    "quote": quote,
    "sentence": sentence,
    "unstopped": unstopped,
    "paragraphs": paragraphs,
}


class _Templates(BaseLoader):
    """Finds templates by bare names, so that one can include another but reach no other file."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders

    def get_source(
        self, _environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Find and read a template."""
        for folder in self.folders if re.fullmatch(r"[\w.-]+\.j2", template) else ():
            path = folder / template
            if path.is_file() and path.stat().st_size <= TEMPLATE_LIMIT:
                return path.read_text(encoding="utf-8"), str(path), lambda: True
        raise TemplateNotFound(template)


class _told_plainly:  # noqa: N801 - reads as the statement it is
    """Turns what Jinja raises into a sentence with the template's line."""

    def __init__(self, template: str) -> None:
        self.template = template

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell what went wrong, if it is the template's doing."""
        if isinstance(error, TemplateNotFound):
            raise TemplateProblem(
                f"The template {self.template} is in none of the folders for templates. "
                "Put it beside the agenda, or name its folder with --templates."
            ) from None
        if isinstance(error, TemplateError | UnicodeDecodeError | TypeError | OverflowError):
            line = getattr(error, "lineno", None) or _line_in(self.template, trace)
            raise TemplateProblem(f"{self.template}:{line}:1: {error}.") from None


def _line_in(template: str, trace: TracebackType | None) -> int:
    frames = traceback.extract_tb(trace)
    lines = [frame.lineno for frame in frames if Path(frame.filename).name == template]
    return (lines[-1] if lines else None) or 1


def body_of(document: str) -> str:
    """The part of an agreement that its mark covers: all above the marker line."""
    return document.partition(MARKER)[0]


def _who_agrees(session: Session, body: str) -> str:
    mark = fingerprint(body)
    draft = "" if accepted_by_both(session, mark) else f"{_draft(session)}\n\n"
    lines = "\n".join(_stands(session, role, mark) for role in ROLES)
    day = day_in_words(session.opened.at.date())
    return (
        f"\n{MARKER}\n\n## Who agrees\n\n{draft}{lines}\n\n---\n\n"
        f"As of {day}. Mark of this wording: {mark_in_words(mark)}. "
        "If one word above changes, the mark changes.\n"
    )


def _draft(session: Session) -> str:
    day = meeting_of(session).get("day")
    until = f"by {escaped(day)}" if day else "when we meet next"
    return f"**Draft.** We confirm or change it {until}. Until then we keep to it as it stands."


def _stands(session: Session, role: Role, mark: str) -> str:
    name, accepted = escaped(session.people.name(role)), session.accepted.get(role)
    if accepted is None or accepted.mark != mark:
        return f"- {name}: not yet"
    when = f"{accepted.at.day} {accepted.at:%B %Y, %H:%M}"
    return f"- {name} {escaped(accepted.how)}, {when}."
