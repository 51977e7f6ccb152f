"""Rendering: templates in Jinja's sandbox."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from mentorwalk.documents.context import NAMES, Answers, context_of, page_of
from mentorwalk.documents.markdown import Markdown, finalized, paragraphs, quote
from mentorwalk.documents.memory import bounded_memory
from mentorwalk.documents.signoff import signoff_block
from mentorwalk.domain.agenda import ROLES, fill_in
from mentorwalk.domain.agreement import Agreement
from mentorwalk.domain.clauses import clauses_of
from mentorwalk.domain.errors import TemplateProblem, did_you_mean
from mentorwalk.domain.i18n import _, ngettext, using_language
from mentorwalk.domain.text import (
    capital,
    join_words,
    mid_sentence,
    stopped,
    unquoted,
    unstopped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from jinja2.runtime import Context

    from mentorwalk.domain.agenda import Document
    from mentorwalk.domain.session import Session

TEMPLATE_LIMIT = 256 * 1024
"""Bytes."""
LARGEST_POWER = 100
"""The largest number in a power."""


@dataclass(frozen=True)
class Renderer:
    """Renders a session's documents from the templates of some folders, the first that has one."""

    folders: tuple[Path, ...]

    def check(self, session: Session) -> None:
        """Make sure that every template can be found and rendered, before a session opens.

        Raises:
            TemplateProblem: One cannot.
        """
        agreement = self.agreement(session)
        for document in session.agenda.documents:
            self.text(session, document, agreement)

    def agreement(self, session: Session) -> Agreement:
        """Render the agreement of a session as it is now.

        Raises:
            TemplateProblem: Its template has a mistake; the sentence names its line.
        """
        document = session.agenda.accept_document
        with using_language(session.agenda.language):
            clauses = clauses_of(session)
            if document is None:
                return Agreement("", clauses)
            context = context_of(session, clauses)
            # Its words must stay as they were accepted, and the times of the session go on.
            del context["session"]
            return Agreement.of(session, self._rendered(session, document, context), clauses)

    def text(
        self, session: Session, document: Document, agreement: Agreement, *, for_page: bool = False
    ) -> str:
        """Return the text of one document whole; that of the agreement says who agrees.

        A text `for_page` names the page of the agreement, which lies in the same folder.

        Raises:
            TemplateProblem: The template has a mistake; the sentence names its line.
        """
        if document.accept:
            return f"{agreement.text}{signoff_block(session, agreement)}"
        with using_language(session.agenda.language):
            context = context_of(session, agreement.clauses)
            context["agreement"] = _agreement_named(session, agreement, for_page=for_page)
            return self._rendered(session, document, context)

    def _rendered(self, session: Session, document: Document, context: Mapping[str, Any]) -> str:
        template = document.template
        named = frozenset(each.template for each in session.agenda.documents)
        with _told_plainly(template, self.folders), bounded_memory():
            text = _environment(self.folders, named).get_template(template).render(context)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _agreement_named(session: Session, agreement: Agreement, *, for_page: bool) -> dict[str, str]:
    """Return what a template can say of the agreement: its file, and its state."""
    document = session.agenda.accept_document
    if not document:
        return {}
    file = page_of(document) if for_page else document.file
    return {"file": file, "state": agreement.state}


@cache
def _environment(folders: tuple[Path, ...], named: frozenset[str]) -> Environment:
    """An environment that compiles each template once, and again when its file has changed."""
    environment = _Sandbox(
        loader=_Templates(folders, named),
        undefined=_Missing,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters |= FILTERS
    environment.globals |= SPOKEN
    return environment


class _Sandbox(SandboxedEnvironment):
    """Jinja's own, without powers of numbers: a short one can take all time there is."""

    intercepted_binops = frozenset({"**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse what nobody needs."""
        if abs(right) > LARGEST_POWER or abs(left) > LARGEST_POWER:
            raise SecurityError("This number is too large")
        return super().call_binop(context, operator, left, right)


class _Missing(StrictUndefined):
    """What a template names and nobody has: told with what was probably meant."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint or no_such(obj, name or ""), obj, name, exc)


def no_such(owner: Any, name: str) -> str:
    """Say that a template's name has no value, with what was probably meant."""
    if owner is missing and name == "session":
        return "A document that wants acceptance cannot use `session`: its words must stay"
    if owner is missing and name in ROLES:
        return f"Nothing is called `{name}` here: write `people.{name}`"
    if owner is missing:
        return f"Nothing is called `{name}` here.{did_you_mean(name, NAMES)}"
    if isinstance(owner, Answers):
        return f"There is no `answers.{name}`.{did_you_mean(name, owner.fields)}"
    known = owner if isinstance(owner, dict) else ()
    return f"There is no `{name}` in it.{did_you_mean(name, known)}"


FILTERS: dict[str, Callable[..., Any]] = {
    "quote": quote,
    "capital": capital,
    "sentence": stopped,
    "unstopped": unstopped,
    "within": mid_sentence,
    "unquoted": unquoted,
    "paragraphs": paragraphs,
    "listed": lambda items: join_words(list(items)),
}


def _say(text: str, /, **values: Any) -> Markdown:
    """Words of ours in a document; what is put into them is escaped, they are not."""
    return _filled_in(_(text), values)


def _say_number(one: str, many: str, number: int, /, **values: Any) -> Markdown:
    return _filled_in(ngettext(one, many, number), {"number": number, **values})


def _filled_in(text: str, values: Mapping[str, Any]) -> Markdown:
    # Not by `format`, which would let a template reach further than Jinja's sandbox does.
    return Markdown(fill_in(text, {name: finalized(value) for name, value in values.items()}))


SPOKEN: Mapping[str, Callable[..., Markdown]] = {"_": _say, "ngettext": _say_number}
"""Functions by which a template speaks the language of the agenda."""


def _unchanged(path: Path) -> Callable[[], bool]:
    """Tells later whether a file is still as it is now."""
    now = path.stat().st_mtime_ns
    return lambda: path.stat().st_mtime_ns == now


class _Templates(BaseLoader):
    """Finds templates by bare names, so that one can include another but reach no other file.

    A template is what the agenda names, or what ends like one.
    """

    def __init__(self, folders: Sequence[Path], named: frozenset[str]) -> None:
        self.folders, self.named = folders, named

    def get_source(
        self, _environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Find and read a template."""
        allowed = template in self.named or template.endswith(".j2")
        for folder in self.folders if allowed and re.fullmatch(r"[\w.-]+", template) else ():
            path = folder / template
            # A link may lead to a file that is nobody's business.
            there = path.is_file() and path.resolve().parent == folder.resolve()
            if there and path.stat().st_size <= TEMPLATE_LIMIT:
                return path.read_text(encoding="utf-8"), str(path), _unchanged(path)
        raise TemplateNotFound(template)


class _told_plainly:  # noqa: N801 - reads as the statement it is
    """Turns what Jinja raises into a sentence with the template's line."""

    def __init__(self, template: str, folders: Sequence[Path]) -> None:
        self.template, self.folders = template, folders

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell what went wrong, if it is the template's doing."""
        if isinstance(error, TemplateNotFound):
            raise TemplateProblem(
                f"The template {error.name} is in none of the folders for templates. "
                "Put it beside the agenda, or name its folder with --templates."
            ) from None
        if isinstance(error, _FAULTS):
            name, line = self._place(error, trace)
            raise TemplateProblem(f"{name}:{line}:1: {_in_words(error)}") from None

    def _place(self, error: BaseException, trace: TracebackType | None) -> tuple[str, int]:
        """The template and the line where it went wrong."""
        if isinstance(error, TemplateSyntaxError):
            return error.name or self.template, error.lineno
        frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(trace)]
        places = [(path.name, line or 1) for path, line in frames if path.parent in self.folders]
        return places[-1] if places else (self.template, 1)


_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template can make Jinja raise; it runs nothing but expressions."""


def _in_words(error: BaseException) -> str:
    said = str(error).rstrip(".") or type(error).__name__
    if isinstance(error, RecursionError):
        said = "This template includes itself without end"
    if isinstance(error, MemoryError):
        said = "This template takes too much memory"
    if isinstance(error, SyntaxError):
        said = "Something here is nested too deeply"
    return said if said.endswith("?") else f"{said}."
