"""The words of the interface: marked in the source, gathered in one place, said in any language."""

from __future__ import annotations

import ast
import io
import re
from gettext import GNUTranslations, NullTranslations
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from catalogue import PACKAGE, TEMPLATE, compiled, template, translations
from support.building import TODAY
from support.covering import faulty
from support.foreign import LANGUAGE, Foreign, english_in, marked, messages

from mentorwalk.domain.answer_parsing import parse_answer, unsure
from mentorwalk.domain.answers import Answer
from mentorwalk.domain.catalogues import add_catalogue, catalogue_in
from mentorwalk.domain.date_words import day_in_words
from mentorwalk.domain.fields import Field
from mentorwalk.domain.i18n import (
    N_,
    _,
    in_english,
    ngettext,
    pgettext,
    placeholders,
    set_language,
    using_language,
)
from mentorwalk.domain.text import after_lead, join_words, mid_sentence
from mentorwalk.frontends.command_words import letters_for
from mentorwalk.storage.library import BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

add_catalogue(LANGUAGE, Foreign())
TAGS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<(style|script).*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
"""What is no text of a template, but Jinja's, or a page's."""
MARKS = {"N_", "NP_", "_", "ngettext", "pgettext"}
SEEN: tuple[str, ...] = ("engine/solo", "engine/actions", "engine/dialog")
SEEN += ("domain/card", "domain/question", "domain/showing")
SEEN += ("domain/prep_form", "domain/prep_wishes", "domain/overview")
SEEN += ("workflows/prep_intake", "workflows/host", "documents/overview")
"""Modules that say nothing but what people see in a session or a form."""
FRONTENDS: tuple[str, ...] = ("messages", "command_words", "clock_words", "agreement_words")
FRONTENDS += ("drawing", "plain", "plain_console", "plain_lines", "plain_input")
FRONTENDS += tuple(
    f"live/{name}" for name in ("live", "pages", "options", "replies", "agreement_pages")
)
FRONTENDS += ("live/prompt", "live/prompts", "live/choosing", "live/screen", "live/view")
FRONTENDS += (
    "live/ratings",
    "live/ranking",
    "live/outline",
    "live/rating_bars",
    "live/limit",
    "plain_items",
)
NO_WORDS = {"go on", "own words", "said yes in the answers file"}
"""What is told by the program to itself, or kept in the journal."""
STYLES = {"bold cyan", "dim strike", "bold magenta", "black on yellow", "not bold green"}
OTHERS = {"The mentor's name", "The mentee's name"}
"""What is told of the command line, before an agenda is known."""


# --- One place


@pytest.mark.slow
def test_the_catalogue_is_current() -> None:
    with TEMPLATE.open("rb") as file:
        shipped = read_po(file)
    now = read_po(io.BytesIO(template().encode()))
    assert told_in(shipped) == told_in(now), "python tests/catalogue.py writes it"


def test_the_catalogue_is_the_same_on_every_machine() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert "Date" not in text
    assert str(PACKAGE.parent) not in text


@pytest.mark.slow
def test_every_word_that_is_marked_is_in_the_catalogue() -> None:
    known = {text for _context, text in messages()}
    paths = PACKAGE.rglob("*.py")
    assert faulty({path: [*{*said_in(path)} - known] for path in paths}) == {}


def test_every_sentence_that_people_see_is_marked() -> None:
    allowed = NO_WORDS | STYLES | OTHERS
    paths = [
        PACKAGE / f"{name}.py" for name in (*SEEN, *(f"frontends/{name}" for name in FRONTENDS))
    ]
    assert faulty({path: [*{*loose_in(path)} - allowed] for path in paths}) == {}


def test_every_word_of_the_bundled_templates_is_marked() -> None:
    outside = {
        path: re.sub(TAGS, " ", path.read_text(encoding="utf-8"))
        for path in BUNDLED_TEMPLATES.glob("*.j2")
    }
    assert faulty({path: english_in(text) for path, text in outside.items()}) == {}


def told_in(catalog: Catalog) -> list[tuple[object, ...]]:
    """What stands in a catalogue, however its lines are wrapped."""
    return [
        (each.context, each.id, each.auto_comments, [place for place, _line in each.locations])
        for each in catalog
    ]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The places where words are marked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield node


def said_in(path: Path) -> list[str]:
    """The words that a module marks."""
    told = []
    for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
        named = isinstance(call.func, ast.Name) and call.func.id in {"NP_", "pgettext"}
        texts = call.args[1:] if named else call.args
        told += [arg.value for arg in texts if isinstance(arg, ast.Constant)]
    return [text for text in told if isinstance(text, str)]


def loose_in(path: Path) -> list[str]:
    """The texts of a module that look like a sentence, and are not marked."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    apart = {id(node) for part in chain(calls(tree), told) for node in ast.walk(part)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [
        node.value
        for node in texts
        if id(node) not in apart and isinstance(node.value, str) and is_sentence(node.value)
    ]


def is_sentence(text: str) -> bool:
    """Two words beside each other, at least."""
    words = text.split(" ")
    return sum(len(word) > 1 and word.strip(".,:;?!'").isalpha() for word in words) > 1


# --- Translations


def unfit(translation: Catalog) -> list[str]:
    """The messages whose translation would leave out a name, or put in one that nobody knows."""
    return [
        str(said)
        for message in translation
        if message.id and message.string and not message.fuzzy
        for said in fitting(message.string)
        if placeholders(said) not in {placeholders(text) for text in fitting(message.id)}
    ]


def fitting(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """Each form of a message that was translated."""
    return [text] if isinstance(text, str) else [each for each in text if each]


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("{month} {day}", True),
        ("{day}", False),
        ("{tag} {month}", False),
        ("{day {month}", False),
        ("{day!r} {month}", False),
    ],
)
def test_a_translation_that_cannot_be_filled_in_is_found(said: str, fits: bool) -> None:
    translation = Catalog()
    translation.add("{day} {month}", said)
    assert unfit(translation) == ([] if fits else [said])


def test_every_translation_can_be_filled_in_and_is_compiled() -> None:
    for path in translations():
        with path.open("rb") as file:
            assert (path, unfit(read_po(file))) == (path, [])
        assert path.with_suffix(".mo").read_bytes() == compiled(path)


@pytest.mark.parametrize(
    "broken", ["{nobody} sagt", "{name", "{name.__class__}", "{}", "{name:>9}"]
)
def test_a_broken_translation_is_never_shown(broken: str) -> None:
    add_catalogue("qbr", translated({"{name} speaks": broken}))
    with using_language("qbr"):
        assert _("{name} speaks").format(name="Ada") == "Ada speaks"


def translated(said: dict[str, str]) -> NullTranslations:
    """A catalogue as it is read from a file."""
    written, catalog = io.BytesIO(), Catalog(locale="pl")
    for text, words in said.items():
        catalog.add(text, words)
    write_mo(written, catalog)
    return GNUTranslations(io.BytesIO(written.getvalue()))


# --- Which language


@pytest.mark.parametrize(
    "language", ["en", "xx", "es-419", "", "../../etc", "no such", "x" * 300, "qps\0"]
)
def test_a_language_that_nobody_translated_is_english(language: str) -> None:
    with using_language(language):
        assert in_english()
        assert _("Go on") == "Go on"
        assert pgettext("number", "two") == "two"
        assert [ngettext("a day", "{n} days", n) for n in (1, 2)] == ["a day", "{n} days"]


def test_a_language_is_spoken_until_another_one_is() -> None:
    with using_language(LANGUAGE):
        assert _("Go on") == marked("Go on")
        set_language("en")
        assert _("Go on") == "Go on"
        set_language(LANGUAGE)
    assert _("Go on") == "Go on"


def test_a_catalogue_is_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "pl" / "LC_MESSAGES").mkdir(parents=True)
    translation = Catalog(locale="pl")
    translation.add("Go on", "Dalej")
    with (tmp_path / "pl" / "LC_MESSAGES" / "mentorwalk.mo").open("wb") as file:
        write_mo(file, translation)
    found = catalogue_in(tmp_path, "pl")
    assert found
    assert found.gettext("Go on") == "Dalej"
    assert catalogue_in(tmp_path, "de") is None


def test_what_a_catalogue_lacks_stays_english() -> None:
    add_catalogue("qha", translated({"Go on": "Dalej"}))
    with using_language("qha"):
        assert [_("Go on"), _("Keep nothing"), _("")] == ["Dalej", "Keep nothing", ""]


def test_a_kind_of_a_language_is_said_in_that_language() -> None:
    add_catalogue("qkl", translated({"Go on": "Dalej"}))
    with using_language("qkl-PL"):
        assert _("Go on") == "Dalej"


# --- How it is said


def test_days_lists_and_yes_are_said_in_that_language() -> None:
    with using_language(LANGUAGE):
        assert day_in_words(TODAY) == f"{marked('Tuesday')} 24 {marked('November')} 2026"
        assert join_words(["α", "β", "γ"]) == f"α, β {marked('and')} γ"
        assert Answer(Field("id", "?", "confirm"), value=True).sentence == marked("yes")


@pytest.mark.parametrize("language", ["en", LANGUAGE])
def test_yes_no_and_not_yet_are_read_in_english_and_in_that_language(language: str) -> None:
    field = Field("id", "?", "confirm")
    with using_language(language):
        said = [parse_answer(field, text, TODAY) for text in ("yes", "No", _("yes"), _("no"))]
        assert said == [True, False, True, False]
        assert unsure("I don't know yet")
        assert unsure(_("I don't know yet") + ".")
        assert unsure("?")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ask two people", "I will ask two people"),
        ("Ask two people", "I will ask two people"),
        ("I will ask two people", "I will ask two people"),
        ("i'll ask two people", "I'll ask two people"),
        ("I ask Tom on Thursday", "I ask Tom on Thursday"),
        ("we meet on Thursday", "We meet on Thursday"),
        ("will ask Tom", "I will ask Tom"),
        ("Imagine a bad day", "I will imagine a bad day"),
        ("", ""),
    ],
)
def test_own_words_finish_their_lead_unless_they_are_a_sentence(typed: str, read: str) -> None:
    assert after_lead("I will", typed) == read


def test_a_name_stays_as_it_is_after_a_lead_and_begins_a_sentence() -> None:
    assert after_lead("Ada cannot help with", "Grace's thesis", ["Ada", "Grace"]) == (
        "Ada cannot help with Grace's thesis"
    )
    assert after_lead("Ada hopes to", "Ada would like to listen", ["Ada"]) == (
        "Ada would like to listen"
    )
    assert after_lead("", "ask two people") == "ask two people"


def test_only_english_words_lose_their_capital_within_a_sentence() -> None:
    assert mid_sentence("Every month") == "every month"
    with using_language(LANGUAGE):
        assert mid_sentence("No") == "No"


def test_letters_come_from_the_words_and_are_never_the_same() -> None:
    english = [("b", "Back"), ("x", "Stop"), ("2", "Two"), ("m", "More")]
    assert letters_for(english) == ["b", "x", "2", "m"]
    with using_language(LANGUAGE):
        assert letters_for([("b", "Ślad"), ("s", "Ślub"), ("2", "Dwie")]) == ["s", "l", "2"]
        assert letters_for([("b", "戻る"), ("s", "次"), ("b", "止")]) == ["b", "s", "a"]
        assert letters_for([("a", "Oo"), ("b", "Oo"), ("c", "Oo")]) == ["o", "b", "c"]


def test_a_mark_changes_nothing() -> None:
    with using_language(LANGUAGE):
        assert N_("Go on") == "Go on"
