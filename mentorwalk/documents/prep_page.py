"""The preparation form as a page: it asks in any browser, and gives back a preparation file."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from markupsafe import Markup, escape

from mentorwalk.authoring.prep_file import FORMAT, LENGTH_LIMIT, LINE, PLAIN, beginning
from mentorwalk.authoring.source import SIZE_LIMIT
from mentorwalk.documents.html import style
from mentorwalk.domain.agenda import fill_in
from mentorwalk.domain.answers import NOT_YET, UNKNOWN, as_typed, default_of, read, scale_of
from mentorwalk.domain.errors import InputError, Unreadable
from mentorwalk.domain.i18n import ENGLISH, _, in_english, using_language
from mentorwalk.domain.people import NAME_LIMIT, other_role
from mentorwalk.domain.prep_form import WISHES, form_of, labels_of, switches_of
from mentorwalk.domain.prep_wishes import prep_fields, sharing
from mentorwalk.domain.text import BLANK, INVISIBLE, count
from mentorwalk.storage.files import first_bytes, write_private
from mentorwalk.storage.library import BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from jinja2.runtime import Context

    from mentorwalk.domain.agenda import Agenda, CheckGroup, Field, Role

MADE_BY = '<meta name="generator" content="mentorwalk prep">'
"""What a page of ours says of itself, so that another one may take its place."""
LONGEST_SCALE = 11
"""Steps of a scale that stand side by side; a longer one is typed."""
ANOTHER_PLACE = "Choose another place."

Kind = Literal["words", "lines", "one", "several", "number", "date", "time"]
"""How an answer is given on a page: typed, chosen, or picked from a calendar or a clock."""


@dataclass(frozen=True)
class FormQuestion:
    """One question of the page. Names are still to be put into its texts."""

    key: str
    """The id of its answer."""
    field: Field
    label: str
    """What was asked, as the file tells it."""
    rule: Literal["ask", "yes", "never"]
    """Whether the answer is shared, where nobody decides otherwise."""
    switch: str
    """What decides whether it is shared: itself, or the one switch for all wishes."""

    @property
    def kind(self) -> Kind:
        """How it is answered."""
        low, high = scale_of(self.field)
        match self.field.type:
            case "text":
                return "words"
            case "list":
                return "lines"
            case "checkbox":
                return "several"
            case "select" | "confirm":
                return "one"
            case "scale":
                return "one" if high - low < LONGEST_SCALE else "number"
            case "number" | "date" | "time" as kind:
                return kind

    @property
    def picks(self) -> tuple[str, ...]:
        """What can be chosen, as the file has it."""
        low, high = scale_of(self.field)
        match self.field.type:
            case "confirm":
                return ("yes", "no")
            case "scale" if self.kind == "one":
                return tuple(str(step) for step in range(low, high + 1))
            case _:
                return tuple(choice.pick for choice in self.field.choices)

    @property
    def usual(self) -> tuple[str, ...]:
        """The usual answer as it is typed; none for a day, which depends on when it is asked."""
        value = None if self.kind == "date" else default_of(self.field, date.min)
        if isinstance(value, tuple):
            return value
        return () if value is None else (as_typed(value),)

    @property
    def data(self) -> Mapping[str, Any]:
        """What a script has to know of it."""
        field = self.field
        low, high = scale_of(field) if field.type == "scale" else (field.min, field.max)
        return {
            "key": self.key,
            "type": field.type,
            "kind": self.kind,
            "label": field.label,
            "asked": self.label,
            "picks": self.picks,
            "says": [choice.words for choice in field.choices],
            "other": field.other,
            "unit": field.unit,
            "min": low,
            "max": high,
            "wrong": _complaint(field),
            "most": count(field.max or 0),
            "when": [{"key": c.field, "anyOf": c.any_of} for c in field.when],
            "rule": self.rule,
            "switch": self.switch,
            "usual": self.usual,
        }


@dataclass(frozen=True)
class FormSection:
    """Questions that stand together below a sentence, which may be empty."""

    ask: str
    asked: tuple[FormQuestion, ...]

    @property
    def usual(self) -> bool:
        """Whether there are usual answers to keep."""
        return any(each.usual for each in self.asked)


@dataclass(frozen=True)
class FormPage:
    """The form of one of the two, as the page's template and its script see it."""

    agenda: Agenda
    role: Role
    name: str = ""
    """What whoever fills it in is called, where that is known."""

    @property
    def other(self) -> Role:
        """The role of the one who gets the file."""
        return other_role(self.role)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What stands in the texts until somebody has typed a name."""
        roles, contact = self.agenda.roles, self.agenda.contact
        names: dict[str, str] = {
            self.role: self.name or getattr(roles, self.role),
            self.other: _("your {role}").format(role=getattr(roles, self.other).lower()),
        }
        names |= {"contact": fill_in(contact.words, names)} if contact else {}
        return {**names, "other": names[self.other]}

    @property
    def spoken(self) -> str:
        """The language of the page's own words: the agenda's, or English for want of it."""
        language = self.agenda.language
        return ENGLISH if in_english() and language.partition("-")[0] != ENGLISH else language

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """What this person is asked beforehand, by answer id."""
        return prep_fields(self.agenda, self.role)

    @property
    def questions(self) -> tuple[FormSection, ...]:
        """What is asked of this person alone, one by one."""
        return self._parts("you", told=False)

    @property
    def wishes(self) -> tuple[FormSection, ...]:
        """What would suit them, card by card."""
        return self._parts(WISHES, told=True)

    def _parts(self, phase: str, *, told: bool) -> tuple[FormSection, ...]:
        prompts = next(
            (p.prompts for p in form_of(self.agenda, self.role).phases if p.id == phase), ()
        )
        parts = (
            FormSection(prompt.ask if told else "", tuple(self._asked(prompt.fields)))
            for prompt in prompts
        )
        return tuple(part for part in parts if part.asked)

    def _asked(self, fields: Iterable[Field]) -> Iterator[FormQuestion]:
        """These questions, without those that depend on what nobody is asked beforehand."""
        agenda, role = self.agenda, self.role
        labels, switches, asked = labels_of(agenda, role), switches_of(agenda, role), self.fields
        for field in fields:
            if all(condition.field in asked for condition in field.when):
                key, rule = field.id, sharing(asked[field.id])
                yield FormQuestion(key, field, labels[key], rule, switches[key])

    @property
    def wish_switch(self) -> FormQuestion | None:
        """A wish that the one switch for all of them decides about, if there is one."""
        wishes = (asked for part in self.wishes for asked in part.asked)
        return next((asked for asked in wishes if asked.switch != asked.key), None)

    @property
    def checklist(self) -> tuple[CheckGroup, ...]:
        """What to have ready."""
        return self.agenda.prepare.checklist

    @property
    def aside(self) -> str:
        """What is for these eyes only."""
        return str(getattr(self.agenda.aside, self.role))

    @property
    def data(self) -> Mapping[str, Any]:
        """What the script has to know; patterns and limits are those of the program itself."""
        agenda, contact = self.agenda, self.agenda.contact
        parts = [("questions", part) for part in self.questions]
        parts += [("wishes", part) for part in self.wishes]
        return {
            "kept": f"mentorwalk-prep {FORMAT} {agenda.id} {self.role} {self.name}".rstrip(),
            "role": self.role,
            "names": {**self.names, "contact": contact.words if contact else ""},
            "title": agenda.title,
            "parts": [
                {"of": of, "ask": part.ask, "asked": [asked.data for asked in part.asked]}
                for of, part in parts
            ],
            "beginning": beginning(agenda.id, self.role),
            "unknown": UNKNOWN,
            "unsure": list(dict.fromkeys((UNKNOWN, NOT_YET.casefold(), _(NOT_YET).casefold()))),
            "invisible": INVISIBLE.pattern,
            "blank": BLANK,
            "plain": PLAIN,
            "limits": {
                "line": LINE,
                "name": NAME_LIMIT,
                "answer": LENGTH_LIMIT,
                "file": SIZE_LIMIT,
            },
        }


def form_page(agenda: Agenda, role: Role, name: str = "") -> str:
    """A whole page from an agenda's form, for whoever has that role."""
    with using_language(agenda.language):
        return _drawn(FormPage(agenda, role, name))


def _drawn(page: FormPage) -> str:
    css, script = style() + _text("prep.css"), _text("prep.js")
    return _template().render(
        page=page,
        made_by=MADE_BY,
        policy=_policy(css, script),
        style=css,
        script=script,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(BUNDLED_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["named"] = _named
    environment.globals["_"] = _said
    return environment.get_template("prep.html.j2")


@pass_context
def _named(context: Context, text: str) -> str:
    """A text with the names of the page in it."""
    return fill_in(text, context["page"].names)


def _said(text: str, **values: str) -> str:
    """Words of ours, filled in; a page's own marks stay marks, and all the rest is escaped."""
    if any(isinstance(value, Markup) for value in values.values()):
        put_in = {name: escape(value) for name, value in values.items()}
        return Markup(fill_in(escape(_(text)), put_in))  # noqa: S704 - each part is escaped
    return fill_in(_(text), values)


def _text(file: str) -> str:
    return (BUNDLED_TEMPLATES / file).read_text(encoding="utf-8")


def _policy(css: str, script: str) -> str:
    """What a browser may do with the page: this one script and style, and nothing from outside."""
    return (
        f"default-src 'none'; script-src {_source(script)}; style-src {_source(css)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    """A script or a style as a policy names it, with the end of line that precedes it."""
    digest = hashlib.sha256(f"\n{text}".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _complaint(field: Field) -> str:
    """What is said of an answer that cannot be read; empty where every answer can."""
    if field.type not in ("number", "scale", "list"):
        return ""
    try:
        read(field, "x", date.min)
    except Unreadable as error:
        return str(error)
    return ""


def write_form_page(path: Path, agenda: Agenda, role: Role, name: str = "") -> Path:
    """Write the page; an earlier one of ours is replaced.

    Raises:
        InputError: Something else is there, or there is no such folder.
        StorageError: It cannot be written.
    """
    if not path.parent.is_dir():
        raise InputError(f"{path}: There is no such folder.")
    if path.is_dir():
        raise InputError(f"{path}: This is a folder; name the page in it.")
    if path.exists() and MADE_BY.encode() not in first_bytes(path):
        raise InputError(f"{path}: There is a file already, and it is no form. {ANOTHER_PLACE}")
    write_private(path, form_page(agenda, role, name), ANOTHER_PLACE)
    return path.absolute()
