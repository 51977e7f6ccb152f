"""The preparation form as a page for any browser, which hands back a preparation file."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from markupsafe import Markup, escape

from mentorwalk.authoring.prep_file import header_lines
from mentorwalk.authoring.prep_reader import FORMAT
from mentorwalk.authoring.syntax.source import MADE_BY, SIZE_LIMIT
from mentorwalk.documents.html import style
from mentorwalk.documents.prep_questions import FormQuestion, FormSection, words_of
from mentorwalk.domain.alone import phases_alone
from mentorwalk.domain.answers import UNKNOWN
from mentorwalk.domain.conditions import in_words
from mentorwalk.domain.date_words import day_words
from mentorwalk.domain.i18n import _, direction, language_of_words, using_language
from mentorwalk.domain.people import NAME_LIMIT, People, other_role
from mentorwalk.domain.placeholders import fill_in, without_nobody
from mentorwalk.domain.prep_form import (
    WISHES,
    form_of,
    is_dated,
    labels_of,
    stand_in_of,
    switches_of,
)
from mentorwalk.domain.prep_wishes import prep_fields, sharing
from mentorwalk.domain.sources import nothing_to_ask
from mentorwalk.domain.text import BLANK, ESCAPE_SEQUENCE, INVISIBLE, SEPARATOR, labelled
from mentorwalk.storage.codec import FIRST_FORMAT
from mentorwalk.storage.files import FIRST_BYTES, first_bytes, place_for, write_private
from mentorwalk.storage.library import BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from jinja2.runtime import Context

    from mentorwalk.domain.agenda import Agenda, CheckGroup, Prompt
    from mentorwalk.domain.fields import Field
    from mentorwalk.domain.roles import Role

NAME_PATTERN = rf"[\s\S]*(?![{BLANK}])[\p{{L}}\p{{N}}\p{{P}}\p{{S}}][\s\S]*"
"""A regular expression for browsers: a name with at least one character that can be seen."""
OWN_LIMIT = 1_000
"""Characters of own words beside choices: together they fit into one answer."""
PAGE_LIMIT = 4 * 1024 * 1024
"""The most bytes of a page that are read back."""
ANOTHER_PLACE = "Choose another place."


@dataclass(frozen=True)
class FormPage:
    """The form of one of the two, as the page's template and its script see it."""

    agenda: Agenda
    role: Role
    name: str = ""
    """The name of the person who fills it in, if it is known."""

    @property
    def other(self) -> Role:
        """The role of the person who gets the file."""
        return other_role(self.role)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the texts say for each name until somebody has typed one."""
        other = stand_in_of(self.agenda, self.role)
        people = People.typed_by(self.role, self.name or self.agenda.roles.of(self.role), other)
        return {**self.agenda.names_of(people), "other": other}

    @property
    def spoken(self) -> str:
        """The language of the page's own words: the agenda's, or English for want of it."""
        return language_of_words(self.agenda.language)

    @property
    def direction(self) -> str:
        """How the agenda's language is written: `ltr` or `rtl`."""
        return direction(self.agenda.language)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """What this person is asked beforehand, by answer id."""
        return prep_fields(self.agenda, self.role)

    @property
    def is_exercise(self) -> bool:
        """Whether it is an exercise, which this person does alone."""
        return self.agenda.kind == "exercise"

    def is_ticked(self, question: FormQuestion) -> bool:
        """Return whether the usual choices are ticked when the page is opened."""
        return self.is_exercise and not question.is_typed

    def has_usual(self, section: FormSection) -> bool:
        """Return whether a section has usual answers that are still to be taken."""
        usual = (each for each in section.questions if each.defaults)
        return not all(map(self.is_ticked, usual))

    @property
    def minutes(self) -> float:
        """How long it takes."""
        return self.agenda.minutes if self.is_exercise else self.agenda.prepare.minutes

    @property
    def questions(self) -> tuple[FormSection, ...]:
        """The questions for this person alone, one by one."""
        return tuple(section for _title, sections in self.parts for section in sections)

    @cached_property
    def parts(self) -> tuple[tuple[str, tuple[FormSection, ...]], ...]:
        """The same with what stands above them: phase by phase, if it is an exercise."""
        if not self.is_exercise:
            sections = self._sections("you", with_ask=False)
            return ((_("You"), sections),) if sections else ()
        return tuple(
            (phase.title, tuple(map(self._section, filter(self._may_come, phase.prompts))))
            for phase in phases_alone(self.agenda, self.role)
        )

    def _may_come(self, prompt: Prompt) -> bool:
        """Return whether all that a card depends on is asked on the form."""
        return all(when.field in self.fields for when in prompt.when)

    def _section(self, prompt: Prompt) -> FormSection:
        questions = tuple(self._questions(prompt.fields))
        return FormSection(prompt.id, prompt.ask, questions, prompt.read, prompt.when)

    @cached_property
    def wishes(self) -> tuple[FormSection, ...]:
        """The questions about what would suit them, card by card."""
        return self._sections(WISHES, with_ask=True)

    @property
    def sections(self) -> tuple[FormSection, ...]:
        """All questions, in the order of the page."""
        return (*self.questions, *self.wishes)

    @property
    def checked(self) -> tuple[FormQuestion, ...]:
        """The questions of which a browser may refuse an answer."""
        return tuple(each for section in self.sections for each in section.questions if each.wrong)

    def _sections(self, phase: str, *, with_ask: bool) -> tuple[FormSection, ...]:
        phases = form_of(self.agenda, self.role).phases
        prompts = [prompt for each in phases if each.id == phase for prompt in each.prompts]
        sections = (
            replace(self._section(prompt), ask=prompt.ask if with_ask else "") for prompt in prompts
        )
        return tuple(section for section in sections if section.questions)

    def _questions(self, fields: Iterable[Field]) -> Iterator[FormQuestion]:
        """Yield a question for each field, unless it depends on one that is not on the form."""
        agenda, role = self.agenda, self.role
        labels, switches, asked = labels_of(agenda, role), switches_of(agenda, role), self.fields
        for field in fields:
            sources = tuple(key for each in field.sources for key in self._keys(each))
            if all(c.field in asked for c in field.when) and (sources or not nothing_to_ask(field)):
                key, rule = field.id, sharing(asked[field.id])
                yield FormQuestion(key, field, labels[key], rule, switches[key], sources)

    def _keys(self, source: str) -> list[str]:
        """Return the ids of the answers on the page to a field."""
        return [key for key in (source, f"{source}.{self.role}") if key in self.fields]

    @property
    def wish_switch(self) -> FormQuestion | None:
        """A wish that is shared by the one switch for all wishes; None if there is none."""
        wishes = (question for section in self.wishes for question in section.questions)
        return next((wish for wish in wishes if wish.switch != wish.key), None)

    @property
    def checklist(self) -> tuple[CheckGroup, ...]:
        """What to have ready."""
        return self.agenda.prepare.checklist

    @property
    def aside(self) -> str:
        """What only this person reads; in an exercise that is meant for two who do it together."""
        return "" if self.is_exercise else self.agenda.aside.of(self.role)

    @property
    def data(self) -> Mapping[str, object]:
        """What the script has to know: names, rules of sharing, and patterns as data."""
        agenda, contact, dated = self.agenda, self.agenda.contact, is_dated(self.agenda)
        return {
            "kept": f"mentorwalk-prep {FIRST_FORMAT} {agenda.id} {self.role} {self.name}".rstrip(),
            "role": self.role,
            "otherRole": self.other,
            "names": {**self.names, "contact": contact.words if contact else ""},
            "questions": [each.data for section in self.sections for each in section.questions],
            "header": header_lines(agenda.id, self.role),
            "newerHeader": header_lines(agenda.id, self.role, FORMAT),
            "dated": dated,
            "exercise": agenda.id if self.is_exercise else "",
            "unknown": UNKNOWN,
            "days": day_words()._asdict(),
            "escapes": ESCAPE_SEQUENCE.pattern,
            "separator": SEPARATOR.pattern,
            "invisible": INVISIBLE.pattern,
            "fileLimit": SIZE_LIMIT,
        }


def form_page(agenda: Agenda, role: Role, name: str = "") -> str:
    """Return the whole page for the person in that role."""
    with using_language(agenda.language):
        return _rendered(FormPage(agenda, role, name))


def _rendered(page: FormPage) -> str:
    css, script = style() + _text("prep.css"), _text("prep_items.js") + _text("prep.js")
    return _template().render(
        page=page,
        made_by=MADE_BY,
        name_pattern=NAME_PATTERN,
        name_limit=NAME_LIMIT,
        own_limit=OWN_LIMIT,
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
    environment.filters["sayable"] = _sayable
    environment.filters["colon"] = _colon
    environment.filters["in_words"] = in_words
    environment.globals["_"] = _translated
    environment.globals["words_of"] = words_of
    return environment.get_template("prep.html.j2")


@pass_context
def _named(context: Context, text: str) -> str:
    """Fill the page's names into a text."""
    return fill_in(text, context["page"].names)


@pass_context
def _sayable(context: Context, text: str) -> str:
    """Leave out the sentences of a text that name a contact where there is none."""
    return without_nobody(text, context["page"].names)


def _colon(label: str) -> str:
    """Return what separates a label from its answer: a space, with a colon unless it has one."""
    return labelled(label, "").removeprefix(label)


def _translated(text: str, **values: str) -> str:
    """Translate a text of ours and fill it in; markup is kept, and all the rest escaped."""
    if any(isinstance(value, Markup) for value in values.values()):
        put_in = {name: escape(value) for name, value in values.items()}
        return Markup(fill_in(escape(_(text)), put_in))  # noqa: S704 - each part is escaped
    return fill_in(_(text), values)


def _text(file: str) -> str:
    return (BUNDLED_TEMPLATES / file).read_text(encoding="utf-8")


def _policy(css: str, script: str) -> str:
    """Return a policy that allows this script and this style, and nothing from outside."""
    return (
        f"default-src 'none'; script-src {_source(script)}; style-src {_source(css)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    """Return a script or a style as a policy names it."""
    # The template has an end of line before it, which belongs to what a browser hashes.
    digest = hashlib.sha256(f"\n{text}".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def write_form_page(path: Path, agenda: Agenda, role: Role, name: str = "") -> Path:
    """Write the page, and return its absolute path; an earlier page of the same form is replaced.

    Raises:
        InputError: The path is another file or a folder, or its folder does not exist.
        StorageError: It cannot be written.
    """
    text = form_page(agenda, role, name)
    same = _kept_as(text.encode())
    kind = "a form of this agenda, role and name"
    place = place_for(path, lambda there: _kept_as(first_bytes(there, PAGE_LIMIT)) == same, kind)
    write_private(place, text, ANOTHER_PLACE)
    return path.absolute()


def _kept_as(page: bytes) -> bytes | None:
    """Return what a browser keeps the answers of a page under; None if it is no page of ours."""
    found = _KEPT.search(page)
    return found[1] if found and MADE_BY.encode() in page[:FIRST_BYTES] else None


_KEPT = re.compile(rb'"kept": ("(?:[^"\\]|\\.)*")')
