"""Where our words stay English, it is told once and marked; a programme can bring its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import UNHURRIED
from support.commands import Ran, ran, ran_in
from support.sample_sessions import BUNDLED, USUAL, walked

from mentorwalk.authoring import Source, agenda_from
from mentorwalk.authoring.starter import StarterOptions, starter
from mentorwalk.authoring.words_file import problems_in_words
from mentorwalk.documents.html import page
from mentorwalk.documents.prep_page import form_page
from mentorwalk.domain.english_marking import apart, marked, together
from mentorwalk.domain.i18n import direction, language_of_words
from mentorwalk.domain.po_file import Message, read_po

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """\
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 "
": 2);\\n"

"""
POLISH = (
    HEADER
    + """\
# Translators: what both agree on.
#: templates/contract.md.j2
msgid "Our mentoring agreement"
msgstr "Nasza "
"umowa"

msgctxt "short"
msgid "Mon"
msgstr "pon"

msgid "{number} minute"
msgid_plural "{number} minutes"
msgstr[0] "{number} minuta"
msgstr[1] "{number} minuty"
msgstr[2] "{number} minut"

#, fuzzy
msgid "Go on"
msgstr "Dalej?"

msgid "Keep it"
msgstr ""

#~ msgid "Once"
#~ msgstr "Kiedyś"
"""
)
ENGLISH_TOLD = (
    "mentorwalk has no words in `pl` yet: keys, clock, dates and bundled documents around yours "
    "stay English."
)
HINT = (
    " You can translate them yourself, in `words/pl.po` beside the agenda: `mentorwalk agenda "
    "words` begins it."
)
TALK = starter(StarterOptions("Rozmowa", language="pl"))
FORM = (
    TALK + "prepare:\n  mentee:\n    - id: hope\n      label: Na co liczysz?\n      share: never\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A programme's folder with an agenda in Polish."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "talk.yaml").write_text(FORM, encoding="utf-8")
    return tmp_path / "ours"


def with_words(folder: Path, text: str = POLISH) -> Path:
    """The folder, with a translation of our words in it."""
    (folder / "words").mkdir()
    (folder / "words" / "pl.po").write_text(text, encoding="utf-8")
    return folder


# --- Reading a translation


def test_a_translation_is_read_with_its_contexts_and_plurals() -> None:
    read = read_po(POLISH)
    forms = ("{number} minuta", "{number} minuty", "{number} minut")
    assert (read.faults, read.messages) == (
        (),
        (
            Message(8, "Our mentoring agreement", ("Nasza umowa",)),
            Message(13, "short\x04Mon", ("pon",)),
            Message(16, "{number} minute\0{number} minutes", forms),
        ),
    )
    found = read.catalogue()
    assert [found.ngettext("{number} minute", "{number} minutes", n) for n in (1, 2, 5)] == [*forms]
    assert (found.pgettext("short", "Mon"), found.gettext("Go on")) == ("pon", "Go on")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('msgid "a\nmsgstr "b"', 1, 'A text between two " is needed here'),
        ("msgid a", 1, 'A text between two " is needed here'),
        (
            'msgid "a"\nmsgstr "b\\q"',
            2,
            "`\\q` has no meaning here: a backslash is written `\\\\`.",
        ),
        ("Go on = Dalej", 1, "This is no part of a message: a line begins with `msgid` or `#`."),
        ('msgstr "b"', 1, "There is no `msgid` for this."),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"', 3, "`msgstr` is here twice in one message."),
        (
            *('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"', 4),
            "This message is translated in line 1 already.",
        ),
        (
            *('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"', 1),
            "This message needs `msgstr[0]`, `msgstr[1]`, in this order and no other.",
        ),
        (
            *('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] ""', 1),
            "Some forms of this message are empty: fill in all or none.",
        ),
        *(
            (f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"', 1, "`Plural-Forms` needs the rule of")
            for rule in (
                "two",
                "nplurals=2; plural=n;",
                "nplurals=2; plural=n%0;",
                "nplurals=2; plural=1/n;",
                "nplurals=2; plural=((n;",
                f"nplurals=1; plural={'(' * 900}0{')' * 900};",
            )
        ),
    ],
)
def test_what_is_wrong_in_a_translation_is_told_by_its_line(
    text: str, line: int, told: str
) -> None:
    faults = read_po(text).faults
    assert [fault.line for fault in faults] == [line]
    assert faults[0].sentence.startswith(told)


@UNHURRIED
@given(st.text() | st.text(alphabet='msgidtrcx_plural "\\[]0123\n#~,fuzzy%n;=?:'))
def test_any_text_is_read_as_a_translation_or_told(text: str) -> None:
    read = read_po(text)
    assert all(0 < fault.line <= text.count("\n") + 1 for fault in read.faults)
    read.catalogue()


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\x04"), min_size=1)


@given(st.dictionaries(TEXTS, TEXTS))
def test_every_message_that_is_written_is_found_again(said: dict[str, str]) -> None:
    def quoted(text: str) -> str:
        escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
        return f'"{"".join(escapes.get(char, char) for char in text)}"'

    lines = (f"msgid {quoted(text)}\nmsgstr {quoted(words)}" for text, words in said.items())
    read = read_po("\n\n".join(lines))
    found = read.catalogue()
    assert (read.faults, {text: found.gettext(text) for text in said}) == ((), said)


def test_a_message_that_cannot_be_filled_in_is_told(tmp_path: Path) -> None:
    words = tmp_path / "pl.po"
    words.write_text(
        'msgid "Hello {name},"\nmsgstr "{nam},"\n\nmsgid "{day} or before"\nmsgstr "{day"\n',
        encoding="utf-8",
    )
    assert [(each.line, each.sentence, each.warning) for each in problems_in_words(words)] == [
        (1, "`{nam}` is not in the English words, so this stays English.", True),
        (4, "A brace is not closed in “{day”, so it stays English.", True),
    ]


def test_english_words_that_were_overwritten_are_told(tmp_path: Path) -> None:
    words = tmp_path / "words" / "pl.po"
    words.parent.mkdir()
    written = ("Nasza umowa", "Our own heading", "Hello {name},")
    words.write_text("\n".join(f'msgid "{each}"\nmsgstr ""' for each in written), encoding="utf-8")
    (tmp_path / "own.md.j2").write_text('# {{ _("Our own heading") }}', encoding="utf-8")
    assert [(each.line, each.sentence, each.warning) for each in problems_in_words(words)] == [
        (
            1,
            (
                "No words of ours read “Nasza umowa”, so this is never shown. Keep the English "
                "words in `msgid`, and write yours below, in `msgstr`."
            ),
            True,
        )
    ]


def test_words_whose_name_has_other_capitals_are_told(folder: Path) -> None:
    (with_words(folder) / "words" / "pl.po").rename(folder / "words" / "PL.po")
    checked = ran("agenda", "check", folder / "talk.yaml")
    assert checked.lines[0] == (
        f"{folder / 'words' / 'PL.po'}:1:1: warning: This is not read: its name must be "
        "`words/pl.po`, with these letters."
    )


@pytest.mark.parametrize(("language", "file"), [("pl_PL", "pl-PL"), ("Polski", "pl")])
def test_the_hint_on_words_has_the_short_name_of_the_language(
    language: str, file: str, folder: Path
) -> None:
    text = FORM.replace("language: pl", f"language: {language}")
    (folder / "talk.yaml").write_text(text, encoding="utf-8")
    assert f"`words/{file}.po` beside the agenda" in ran("agenda", "check", folder).err


def test_words_are_called_as_the_language_is(folder: Path) -> None:
    text = FORM.replace("language: pl", "language: pl-PL")
    (folder / "talk.yaml").write_text(text, encoding="utf-8")
    (with_words(folder) / "words" / "pl.po").rename(folder / "words" / "pl-PL.po")
    assert ran("agenda", "check", folder) == Ran(0, "1 agenda: no problems found.\n", "")


def test_a_colon_behind_a_word_of_a_message_is_told(tmp_path: Path) -> None:
    words = tmp_path / "pl.po"
    words.write_text('msgid "Hello {name},"\nmsgstr: "{name},"\n', encoding="utf-8")
    assert [(each.line, each.sentence) for each in problems_in_words(words)] == [
        (2, "No colon stands behind this word: take it out.")
    ]


# --- Which language


@pytest.mark.parametrize(
    ("language", "words", "runs"),
    [
        ("en", "en", "ltr"),
        ("en-GB", "en-GB", "ltr"),
        ("pl", "en", "ltr"),
        ("ar", "en", "rtl"),
        ("he-IL", "en", "rtl"),
        ("az-Arab", "en", "rtl"),
        ("ur-Latn", "en", "ltr"),
        ("deutsch, bitte", "en", "ltr"),
    ],
)
def test_a_language_has_words_and_a_direction(language: str, words: str, runs: str) -> None:
    assert (language_of_words(language), direction(language)) == (words, runs)


# --- Told once


def test_each_command_says_once_that_words_stay_english(folder: Path) -> None:
    home, talk = folder.parent / "home", folder / "talk.yaml"
    answers = folder / "answers.yaml"
    answers.write_text("purpose: po co tu jestem\nstep: dzwoni\n", encoding="utf-8")
    started = ran_in(home, "start", talk, "--answers", answers, "--mentor", "A", "--mentee", "Z")
    form = ran_in(home, "prep", talk, "--html", folder / "form.html")
    checked = ran_in(home, "agenda", "check", talk)
    new = ran_in(home, "agenda", "new", folder / "new.yaml", "--from", talk)
    told = [(each.out + each.err).count(ENGLISH_TOLD) for each in (started, form, checked, new)]
    assert told == [1, 1, 1, 1]
    assert [ENGLISH_TOLD + HINT in each.err for each in (checked, new, started)] == [1, 1, 0]


def test_english_in_words_is_english(tmp_path: Path) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text(TALK.replace("language: pl", "language: English"), encoding="utf-8")
    checked = ran("agenda", "check", path)
    assert checked.out.count("is not a short name of a language") == 1
    assert checked.err == ""


def test_two_people_are_told_before_the_window_is_shared(folder: Path) -> None:
    typed = "Ada\nZoe\n" + "\n" * 9
    ended = ran_in(folder.parent / "home", "start", folder / "talk.yaml", "--plain", typed=typed)
    told = " ".join((ended.out + ended.err).split())
    shared = told.index("Share this window now.")
    assert (told.count(ENGLISH_TOLD), told.index(ENGLISH_TOLD) > shared) == (1, True)


def test_nothing_is_told_of_an_agenda_in_english(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(TALK.replace("language: pl", ""), encoding="utf-8")
    checked = ran("agenda", "check", tmp_path / "talk.yaml")
    assert checked == Ran(0, "1 agenda: no problems found.\n", "")


# --- Words of a programme's own


def test_words_beside_an_agenda_are_spoken_and_nothing_is_told(folder: Path) -> None:
    home = folder.parent / "home"
    with_words(folder)
    answers = folder / "answers.yaml"
    answers.write_text("purpose: po co tu jestem\nstep: dzwoni\n", encoding="utf-8")
    two = ("--mentor", "Ada", "--mentee", "Zoe")
    ended = ran_in(home, "start", folder / "talk.yaml", "--answers", answers, *two)
    (contract,) = (home / "documents").rglob("contract.md")
    assert contract.read_text(encoding="utf-8").startswith("# Nasza umowa\n\nZoe (mentee) and Ada")
    assert (ended.err, ran_in(home, "agenda", "check", folder / "talk.yaml")) == (
        "",
        Ran(0, "1 agenda: no problems found.\n", ""),
    )
    # Once read for one command, it is looked up again for the next.
    contract.unlink()
    ran_in(home, "render")
    assert contract.read_text(encoding="utf-8").startswith("# Nasza umowa\n")


def test_words_are_kept_with_the_agendas_of_a_folder_and_taken_away(folder: Path) -> None:
    home = folder.parent / "home"
    (with_words(folder) / "words" / "de.po").write_text(POLISH, encoding="utf-8")
    added = ran_in(home, "agenda", "add", folder)
    kept = home / "agendas" / "talk"
    assert added.out.splitlines() == [str(kept / "talk.yaml"), str(kept / "words" / "pl.po")]
    assert "Passed over, as no part of an agenda: words/de.po." in added.err
    assert "\n    Nasza umowa" not in added.err
    shown = ran_in(home, "agenda", "show", "talk").out
    assert "60 minut (" in shown or "minut" in shown
    (folder / "words" / "pl.po").write_text(f"{POLISH}\n", encoding="utf-8")
    assert "talk: changes `words/pl.po`." in ran_in(home, "agenda", "add", folder).err
    ran_in(home, "agenda", "remove", "talk", "--yes")
    assert not kept.exists()


def test_an_agenda_whose_words_have_a_mistake_is_not_added(folder: Path) -> None:
    with_words(folder, f"{HEADER}Go on = Dalej\n")
    ended = ran_in(folder.parent / "home", "agenda", "add", folder)
    assert (ended.code, ended.err) == (
        1,
        (
            f"{folder / 'words' / 'pl.po'}:6:1: This is no part of a message: a line begins with "
            "`msgid` or `#`.\n    Go on = Dalej\nNothing was added.\n"
        ),
    )


def test_a_session_is_held_whatever_is_wrong_in_words(folder: Path) -> None:
    with_words(folder, f"{POLISH}\nGo on = Dalej\n")
    home = folder.parent / "home"
    assert "minut" in ran_in(home, "agenda", "show", folder / "talk.yaml").out
    (folder / "words" / "pl.po").write_bytes(b"\xff")
    assert ran_in(home, "agenda", "show", folder / "talk.yaml").code == 0


def test_the_words_to_translate_are_printed() -> None:
    printed = ran("agenda", "words")
    assert (printed.code, read_po(printed.out).faults) == (0, ())
    assert 'msgid "Our mentoring agreement"\nmsgstr ""\n' in printed.out


# --- Marked in pages


@given(st.text(), st.text())
def test_letters_that_are_set_apart_come_together_again(ours: str, theirs: str) -> None:
    assert together(apart(ours)) == together(ours)
    assert marked(theirs, theirs) == theirs
    assert together(marked(ours, apart(ours))) == together(ours)


def test_where_a_text_was_made_otherwise_nothing_is_set_apart() -> None:
    assert marked("Go on, Zoe", apart("Go on") + ", Zoe") == apart("Go on") + ", Zoe"
    assert marked("go on, Zoe", apart("Go on") + ", Zoe") == apart("go on") + ", Zoe"
    assert marked("Go on, Zoe", apart("Go on") + "; Zoe") == "Go on, Zoe"


def drawn(name: str, language: str) -> str:
    """The body of a page of a session that was walked, in a language."""
    session = walked(USUAL).session
    session = replace(session, agenda=replace(session.agenda, language=language))
    (document,) = (each for each in session.agenda.documents if each.file == name)
    made = BUNDLED.page_text(session, document, BUNDLED.agreement(session))
    return page(made.text, language, name, session.names.values(), made.pictures)


@pytest.mark.parametrize("name", ["summary.md", "contract.md"])
def test_our_english_is_marked_in_a_page_of_another_language(name: str) -> None:
    marks, plain = drawn(name, "pl"), drawn(name, "en")
    assert marks.startswith('<!doctype html>\n<html lang="pl">')
    assert re.sub(r'</?span[^>]*>| lang="\w+"', "", marks) == re.sub(r' lang="\w+"', "", plain)
    assert marks.count('lang="en"') > 3
    assert 'lang="en"' not in plain.partition("<body>")[2]


def test_a_block_of_our_words_is_marked_as_a_whole_and_others_only_around_theirs() -> None:
    summary, contract = drawn("summary.md", "pl"), drawn("contract.md", "pl")
    assert '<h2 lang="en">What we agreed</h2>' in summary
    assert '<h2 lang="en">What Grace is here for</h2>' in summary
    assert '<section lang="en">\n<h2>Who agrees</h2>' in contract
    assert '<h1 lang="en">Our mentoring agreement</h1>' in contract


def test_a_language_that_runs_leftward_turns_page_and_form() -> None:
    agenda = agenda_from(Source("talk.yaml", FORM.replace("language: pl", "language: ar")))
    form = form_page(agenda, "mentee")
    assert '<html lang="en" dir="rtl">' in form
    assert '<span lang="ar">Na co liczysz?</span>' in form
    assert '<html lang="ar" dir="rtl">' in drawn("summary.md", "ar")
    assert "dir=" not in form_page(replace(agenda, language="pl"), "mentee").partition("<body>")[0]
