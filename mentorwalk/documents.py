"""From a session to its documents: Markdown through sandboxed Jinja, written in one piece.

Whatever a person typed stays a text: it is escaped here, on every expression of a template, and
only where Markdown would read something into it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import traceback
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment

from mentorwalk.agenda import ROLES, filled
from mentorwalk.agreement import (
    MARKER,
    accepted_by_both,
    clauses_of,
    fingerprint,
    mark_in_words,
)
from mentorwalk.answers import clean, day_in_words, in_words, listed
from mentorwalk.errors import StorageError, TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from mentorwalk.agenda import Agenda, Document, Field, Prompt, Role
    from mentorwalk.agreement import Clause
    from mentorwalk.session import Session

TEMPLATE_LIMIT = 256 * 1024
"""Bytes."""
RENDERED = "rendered.json"
"""Beside the journal: a digest of each document as it was last written."""


class Markdown(str):
    """Text that is Markdown already: it goes into a document as it is."""

    __slots__ = ()


# --- Escaping ------------------------------------------------------------------------------

_INLINE = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~])      # a backslash that would escape something
    | `
    | (?<!\s)\*|\*(?!\s)         # a star that touches a word
    | (?<!\w)_(?=\S)|(?<=\S)_(?!\w)   # an underscore at the edge of a word
    | (?<=\])[(\[]               # what makes a link of [words]
    | !(?=\[)
    | <(?=[A-Za-z/!?])           # a tag, a comment, an address in angle brackets
    | &(?=\#?\w+;)               # an entity
    | ~(?=~)|(?<=~)~
    | \|                         # a table's column
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(
    r"""
      \#{1,6}(?=\s|$) | > | [-+*](?=\s|$) | [-=_*](?=[-=_*\s]*$)
    | \[(?=[^\]]*\]:) | :(?=[-:| ]*$)
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Make a text mean nothing but itself in Markdown; ordinary prose stays as it is."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return "  \n".join(_escaped_line(line) for line in lines if line)


def _escaped_line(line: str) -> str:
    numbered = _NUMBERED.match(line)
    if numbered:
        return f"{numbered[1]}\\{_INLINE.sub(_backslashed, line[numbered.end(1) :])}"
    start = _LINE_START.match(line)
    rest = _INLINE.sub(_backslashed, line[1:] if start else line)
    return f"\\{line[0]}{rest}" if start else rest


def _backslashed(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _finalized(value: Any) -> str:
    if isinstance(value, Markdown):
        return value
    return escaped(listed(list(value)) if isinstance(value, tuple) else str(value))


def _quote(text: str) -> Markdown:
    """A text as a block quote, line by line."""
    return Markdown("\n".join(f"> {line}" for line in escaped(text).split("\n")))


def _sentence(text: str) -> str:
    """A text that ends like a sentence."""
    stripped = str(text).rstrip()
    return stripped if stripped.endswith((".", "!", "?", "…")) else f"{stripped}."


def _unstopped(text: str) -> str:
    """A text without its full stop, so that a sentence can go on."""
    return str(text).rstrip().rstrip(".")


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


# --- What a template sees --------------------------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """Answers by field id, as they read in a sentence; falsy where there is none."""

    _values: Mapping[str, Any]

    def __getitem__(self, field: str) -> Any:
        """The answer to a field of the agenda."""
        return self._values[field]

    def get(self, field: str) -> Any:
        """The answer to a field that this agenda may or may not have."""
        return self._values.get(field, "")


def _answers(session: Session) -> Answers:
    values: dict[str, Any] = {}
    for field in session.agenda.fields.values():
        if field.by == "each":
            values[field.id] = {r: _answer(session, field, f"{field.id}.{r}") for r in ROLES}
        else:
            values[field.id] = _answer(session, field, field.id)
    return Answers(values)


def _answer(session: Session, field: Field, key: str) -> str | tuple[str, ...]:
    value = session.answers.get(key)
    if value is None or field.private or not session.asks(field):
        return ""
    if isinstance(value, tuple):
        return tuple(in_words(field, (item,), session.names) for item in value)
    return in_words(field, value, session.names)


def _merged(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """Clauses of one heading as one: what is settled reads on, what is open is listed."""
    merged: dict[str, dict[str, Any]] = {}
    for clause in clauses:
        one = merged.setdefault(
            clause.heading, {"heading": clause.heading, "text": "", "state": "settled", "open": []}
        )
        one["text"] = "\n\n".join(filter(None, [one["text"], clause.text]))
        if clause.state == "open" or clause.missing:
            one["state"] = "open"
            one["open"] += clause.missing or ["the words to be read aloud"]
    for one in merged.values():
        one["first"] = re.split(r"(?<=[.!?…])\s|(?<=[.!?…][”’\"')])\s", one["text"])[0]
    return list(merged.values())


def _phases(session: Session) -> list[dict[str, Any]]:
    return [
        {
            "id": phase.id,
            "title": filled(phase.title, session.names),
            "prompts": [
                _prompt(session, prompt) for prompt in phase.prompts if prompt.id in session.cards
            ],
        }
        for phase in session.agenda.phases
    ]


def _prompt(session: Session, prompt: Prompt) -> dict[str, Any]:
    return {
        "id": prompt.id,
        "ask": filled(prompt.ask, session.names),
        "state": session.marks.get(prompt.id, "not reached"),
        "planned": session.opened.plan.seconds[prompt.id],
        "spent": round(session.spent.get(prompt.id, 0)),
        "fields": [
            {
                "id": field.id,
                "label": filled(field.label, session.names),
                "answer": _answer(session, field, key),
                "in_clause": bool(prompt.clause and f"{{{key}}}" in prompt.clause.says),
            }
            for field in prompt.fields
            for key in field.answer_ids
            if not field.private
        ],
    }


def _timing(session: Session) -> dict[str, Any]:
    start, end = session.opened.at, (session.closed or session.last).at
    return {
        "day": day_in_words(start.date()),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "planned": session.opened.plan.minutes,
        "spent": round(session.elapsed / 60),
    }


def _meeting(session: Session) -> dict[str, Any]:
    meeting = session.agenda.meeting
    day = session.answers.get(meeting.date) if meeting else None
    if not meeting or not isinstance(day, str):
        return {}
    values = {key: session.answers.get(getattr(meeting, key)) for key in ("time", "minutes")}
    start = values["time"] if isinstance(values["time"], str) else ""
    minutes = values["minutes"] if isinstance(values["minutes"], int) else 0
    answers = _answers(session)
    return {
        "day": day_in_words(date.fromisoformat(day)),
        "start": start,
        "end": _later(day, start, minutes) if start and minutes else "",
        "minutes": minutes,
        "where": answers.get(meeting.where),
    }


def _later(day: str, start: str, minutes: int) -> str:
    return f"{datetime.fromisoformat(f'{day}T{start}') + timedelta(minutes=minutes):%H:%M}"


def context_of(session: Session) -> dict[str, Any]:
    """Every name that a template can use, with its value."""
    agenda, people = session.agenda, session.people
    return {
        "agenda": {"id": agenda.id, "title": filled(agenda.title, session.names)},
        "people": {"mentor": people.mentor, "mentee": people.mentee},
        "roles": {"mentor": agenda.roles.mentor, "mentee": agenda.roles.mentee},
        "contact": session.names.get("contact", ""),
        "answers": _answers(session),
        "clauses": _merged(clauses_of(session)),
        "phases": _phases(session),
        "session": _timing(session),
        "parked": (),
        "not_reached": tuple(
            filled(agenda.prompts[card].ask, session.names) for card in session.not_reached()
        ),
        "prepared": (),
        "meeting": _meeting(session),
    }


# --- Rendering -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Renderer:
    """Renders a session's documents from the templates of some folders, the first that has one."""

    folders: tuple[Path, ...]

    def check(self, agenda: Agenda) -> None:
        """Make sure that every template can be found and parsed, before a session opens.

        Raises:
            TemplateProblem: One cannot.
        """
        for document in agenda.documents:
            with _told_plainly(document.template):
                self._environment().get_template(document.template)

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
            finalize=_finalized,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        environment.filters |= _FILTERS
        return environment


_FILTERS: dict[str, Callable[..., Any]] = {
    "quote": _quote,
    "sentence": _sentence,
    "unstopped": _unstopped,
    "paragraphs": _paragraphs,
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


# --- Who agrees ------------------------------------------------------------------------------


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
    day = _meeting(session).get("day")
    until = f"by {escaped(day)}" if day else "when we meet next"
    return f"**Draft.** We confirm or change it {until}. Until then we keep to it as it stands."


def _stands(session: Session, role: Role, mark: str) -> str:
    name, accepted = escaped(session.people.name(role)), session.accepted.get(role)
    if accepted is None or accepted.mark != mark:
        return f"- {name}: not yet"
    when = f"{accepted.at.day} {accepted.at:%B %Y, %H:%M}"
    return f"- {name} {escaped(accepted.how)}, {when}."


# --- Writing ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """What became of the documents."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    """Earlier copies that were set aside, because a person had edited or both had accepted them."""


def write_documents(session: Session, renderer: Renderer, folder: Path, working: Path) -> Written:
    """Render all documents, and only then write them, each in one piece.

    Raises:
        TemplateProblem: A template has a mistake; nothing was written.
        StorageError: The folder cannot be written.
    """
    texts = {d.file: renderer.text(session, d) for d in session.agenda.documents}
    digests = _digests(working)
    kept = []
    for name, text in texts.items():
        path = folder / name
        aside = _set_aside(session, path, text, digests.get(name))
        kept += [aside] if aside else []
        write_private(path, text)
    new = {name: _digest(text) for name, text in texts.items()}
    write_private(working / RENDERED, json.dumps(digests | new, indent=1) + "\n")
    return Written(tuple(folder / name for name in texts), tuple(kept))


def _set_aside(session: Session, path: Path, text: str, digest: str | None) -> Path | None:
    """Move an earlier copy aside where a person edited it, or both accepted it as it was."""
    try:
        earlier = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        earlier = ""
    accepted = accepted_by_both(session, fingerprint(body_of(earlier)))
    if earlier == text or (_digest(earlier) == digest and not accepted):
        return None
    if accepted and body_of(earlier) == body_of(text):
        return None
    aside = next(_free_names(path, "accepted" if accepted else "edited"))
    path.rename(aside)
    return aside


def _free_names(path: Path, why: str) -> Iterator[Path]:
    number = 1
    while True:
        tail = why if number == 1 else f"{why}-{number}"
        candidate = path.with_name(f"{path.stem}.{tail}{path.suffix}")
        if not candidate.exists():
            yield candidate
        number += 1


def _digests(working: Path) -> dict[str, str]:
    try:
        digests = json.loads((working / RENDERED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return digests if isinstance(digests, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write_private(path: Path, text: str) -> None:
    """Write a file in one piece, for its owner only: it is there whole, or as it was before.

    Raises:
        StorageError: It cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageError(
            f"{path}: This file cannot be written ({error.strerror or error}). "
            "What was said is safe; `mentorwalk render` writes the documents again."
        ) from None
