"""Warnings about words that would be shown as nobody means them: Markdown, blanks, capitals."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.conditions import (
    conditions_of_cards,
    conditions_on_what_follows,
)
from mentorwalk.authoring.checks.field_types import CHOOSING
from mentorwalk.authoring.checks.index import Finding, Located
from mentorwalk.authoring.checks.unknown_names import no_name
from mentorwalk.authoring.decoding.answers import in_marks
from mentorwalk.authoring.decoding.problems import NO_OTHER
from mentorwalk.authoring.format.keys import LISTS, NAMING, PROSE
from mentorwalk.authoring.format.other_words import is_other, language_called
from mentorwalk.authoring.syntax.places import last_key
from mentorwalk.authoring.syntax.rewriting import BOX, NO_BOX, NO_QUOTES, without_quotes
from mentorwalk.authoring.syntax.sign_repairs import closes_nothing
from mentorwalk.authoring.syntax.source import Scalar
from mentorwalk.authoring.warnings.misread import BLOCKS
from mentorwalk.domain.agenda import WITH_CAPITALS
from mentorwalk.domain.errors import shown
from mentorwalk.domain.fields import each_text
from mentorwalk.domain.roles import ROLES
from mentorwalk.domain.text import mid_sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex
    from mentorwalk.authoring.syntax.places import Place
    from mentorwalk.domain.agenda import Prompt
    from mentorwalk.domain.fields import Field

_FILLED_IN = (
    r"(?:[A-Z][\w' -]*|[\w' -]*(?:name|date|mentor|mentee|insert)[\w' -]*"
    r"|topic|subject|place|day|month|year|number|amount|title|role|goal|project|team|department"
    r"|company|organi[sz]ation|school|university|program(?:me)?|city|e-?mail|phone|link|url)"
)
_BLANK = re.compile(
    rf"(?<!\w)(\[{_FILLED_IN}\](?!\()|<{_FILLED_IN}>|_{{3,}}|\.{{5,}}|\u2026{{2,}})"
)
"""What a form has where something is to be filled in; `[smiling]` and links are not that."""
_NAMED = r"([a-z][a-z0-9_.]*)"
_IN_OTHER_SIGNS = re.compile(
    rf"\[{_NAMED}\](?!\()|<{_NAMED}>|\$\{{?{_NAMED}\b\}}?|%{_NAMED}%|«{_NAMED}»|\(\({_NAMED}\)\)"
    r"|(?<!\w)@(mentor|mentee)\b"
)
"""A name in the signs that other tools have for what they fill in."""
_BEGIN_OTHER_SIGNS = ("[", "<", "$", "%", "«", "((", "@")
_BEGIN_BLANKS = ("[", "<", "___", ".....", "\u2026\u2026")
_BEGIN_MARKDOWN = ("**", "[", "|")
"""Most texts have none of these, and looking for a sign is quicker than for all it may begin."""
_MARKDOWN = re.compile(
    r"(?P<strong>\*\*(?P<word>[^*\s][^*]*)\*\*)|(?P<link>!?\[(?P<text>[^\]]+)\]\((?P<url>[^)\s]+)\))"
    r"|(?P<table>^ *\|(?:[^|\n]+\|)+ *$)",
    re.MULTILINE,
)
_HTML = re.compile(
    r"&(?:amp|nbsp|quot|lt|gt|apos|mdash|ndash|hellip|#\d{1,5});"
    r"|</?(?:p|br|b|i|u|strong|em|ul|ol|li|div|span|h[1-6])(?: [^<>]*)?/? ?>",
    re.IGNORECASE,
)
"""What a page of the web is written in."""
_FOLLOWING = 40
"""The characters behind a tag by which it is found again."""
_HEADING = re.compile(r"#{1,6} +(?!fine:)(\S.*)")
_CALLED = re.compile(
    r"(?:^(?:- )?|(?<=[.!?…] ))(?P<called>\(?(?P<name>[^\W\d_]+)\)?), (?!not\b)"
    r"(?!(?:(?:the )?[\w-]+(?:,|,? and|,? or) )*(?:the )?(?:mentor|mentee)\b)\w+",
    re.MULTILINE | re.IGNORECASE,
)
"""The beginning of a sentence that calls somebody, and the word behind it."""
_CALLED_LAST = re.compile(r"\byou\b[^,:.!?\n]{0,60}, (?P<called>(?P<name>[^\W\d_]+))\?")
"""The end of a question that calls somebody: “How are you, mentee?”."""
NOT_A_NAME = "`{name}` is not a name: it would be shown as it is. Did you mean `{{{role}}}`?"
NO_DEFAULT = "`{text}` would be an answer, in the documents, too: take `default` out."
ONE_MARK = "`{mark}` has no partner in this text: take it out, or write the other one."
ROLE = '`{role}` is shown as it is: for the name, write `"{{{role}}}"`, with its marks.'
NO_UNIT = (
    "In the agreement this is a number alone: give `{name}` its `unit: {unit}`, or write the word "
    "behind it."
)
NO_STOP = "This line and the next one become one sentence: end it with a full stop."
_COUNTED = r"\b(?:minute|hour|day|week|month|year|meeting|session|time)s\b"
"""What a label says that a number counts."""
MARKS = '“”„‟「」『』"'
"""Quotation marks that are neither apostrophes nor arrows."""
HASH = (
    "`{line}` is shown as it is typed: agendas are plain text, without headings. A note of your "
    "own stands above the key."
)
"""The message about a line that begins with `#`."""
_TICKED = ("choices", "pick", "items")
"""Keys of what people choose from or tick off."""
_TITLE_WORDS = 3
"""The fewest words that make a heading of a text of one line."""
CAPITAL = (
    "In the agreement this reads “{example}”. If it is no name, write `{{pick: {pick}, says: "
    "{says}}}` for it, with the words that read well there; a name can stay (`# fine: capital`)."
)
NUMBERED = "These numbers run together in one paragraph: begin each line with `- `."
LIST_IN_CLAUSE = (
    "An agreement has sentences, and no list: take `1.` and `- ` out, and put an empty line "
    "between them."
)
_LISTED = re.compile(r"^([-*•]|1[.)]) .*(?:^|\s)(?:[-*•]|2[.)]) ", re.MULTILINE | re.DOTALL)
_NUMBERED = re.compile(r"^(1[.)]) .*\s2[.)] ", re.MULTILINE | re.DOTALL)


def blanks(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what was left over from a form: `[Mentee name]`, `<mentee>`, `____`."""
    named = _answers(index)
    for place, text in _prose(index):
        told = [*_in_other_signs(index, Located(place, text))]
        yield from told
        yield from _left_open(place, text, named)
        if last_key(place) in _TICKED and (box := re.match(rf"(?:{BOX})\s+(?=\S)", text)):
            yield Finding(place, NO_BOX, box[0])
        named_so = {finding.word for finding in told}
        for found in _BLANK.finditer(text) if _has(text, _BEGIN_BLANKS) else ():
            if found[0] in named_so:
                continue
            role = next((role for role in ROLES if role in found[0].lower()), "")
            role = role or index.role_called(found[0].strip("[]<> ").split(" ")[0])
            meant = f"{{{role}}}" if role else ""
            sentence = (
                f"`{shown(found[0], 40)}` is left over from a form, and would be read aloud: "
                + (f"write `{meant}`." if meant else "ask for it with a field, or take it out.")
            )
            yield Finding(place, sentence, found[0], meant)


def _left_open(place: Place, text: str, named: Collection[str]) -> Iterator[Finding]:
    """Yield dots that stand for what somebody says: they would be shown, or be the answer."""
    if place[-1] == "default" and re.fullmatch(r"[.…_ -]+", text):
        yield Finding(place, NO_DEFAULT.format(text=shown(text, 20)))
    dots = re.search(r" *(?:\.{3}|…)$", text) if place[-1] == "lead" else None
    if dots:
        sentence = f"`{dots[0].strip()}` would be shown before the answer: take it out."
        yield Finding(place, sentence, text, text[: dots.start()])
    number = re.match(r"(?:\d{1,2}|[a-h])\)\s+(?=\S)", text)
    if number and last_key(place) in _TICKED:
        sentence = f"`{number[0].strip()}` is shown, too, beside a number: take it out."
        yield Finding(place, sentence, text, "" if text in named else text[number.end() :])


def _in_other_signs(index: AgendaIndex, text: Located[str]) -> Iterator[Finding]:
    """Yield each name of a person or an answer that has other signs where braces are meant."""
    in_clause = text.place[-2:] == ("clause", "says")
    begun = _has(text.value, _BEGIN_OTHER_SIGNS)
    for found in _IN_OTHER_SIGNS.finditer(text.value) if begun else ():
        name = next(filter(None, found.groups()))
        answer = name in index.answer_ids
        sign, before = found[0][0], text.value[max(0, found.start() - 3) : found.start()]
        # Between sentences `[silence]` is a remark, and «yes» is a quotation.
        meant = sign in "$%" or (sign in "[<" and re.search(r"\w,? $", before))
        if answer and not in_clause and meant:
            yield Finding(text.place, no_name(index, Located(text.place, name), ""), found[0])
        elif (answer and in_clause) or (name in ROLES and found[0][0] in "@$%"):
            sentence = (
                f"`{shown(found[0], 40)}` is left over from a form, and would be read aloud: "
                f"write `{{{name}}}`."
            )
            yield Finding(text.place, sentence, found[0], f"{{{name}}}")


def markdown(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what would be bold, a link, a heading, a table or a list in Markdown."""
    for place, text in _prose(index):
        if "# " in text:
            yield from _hash_lines(index, Located(place, text))
        for found in _MARKDOWN.finditer(text) if _has(text, _BEGIN_MARKDOWN) else ():
            plain = found["word"] or ""
            plain = f"{found['text']} ({found['url']})" if found["link"] else plain
            sentence = f"`{shown(found[0], 40)}` is shown as it is typed: agendas are plain text."
            yield Finding(place, sentence, found[0], plain)
        if "&" in text or "<" in text:
            yield from dict.fromkeys(_html(index, Located(place, text)))
        in_clause = place[-2:] == ("clause", "says")
        if listed := (_LISTED if in_clause else _NUMBERED).search(text):
            yield Finding(place, LIST_IN_CLAUSE if in_clause else NUMBERED, listed[1])


def _html(index: AgendaIndex, text: Located[str]) -> Iterator[Finding]:
    """Yield each tag and each entity of a page, with what follows it, which tells it apart."""
    node, source = index.places.at(text.place), index.places.source
    lines = [text.value]
    # Many texts may share one line, which is not gone through for each of them.
    if isinstance(node, Scalar) and node.last > node.line:
        lines = [source.line(number) for number in range(node.line, node.last + 1)]
    # A comment behind it is no part of the text.
    own = {found[0] for found in _HTML.finditer(text.value)}
    for line in lines:
        for found in (each for each in _HTML.finditer(line) if each[0] in own):
            sentence = f"`{shown(found[0], 40)}` is shown as it is typed: agendas are plain text."
            yield Finding(text.place, sentence, line[found.start() : found.end() + _FOLLOWING])


def _hash_lines(index: AgendaIndex, text: Located[str]) -> Iterator[Finding]:
    """Yield each line that begins with `#`: a heading of Markdown, or a note within a text."""
    node = index.places.at(text.place)
    # The lines of a paragraph are joined, and only its file still has them.
    lines = text.value.split("\n")
    if isinstance(node, Scalar) and node.style in BLOCKS:
        lines = [index.places.source.line(n).strip() for n in range(node.line + 1, node.last + 1)]
    for above, line, below in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        found = _HEADING.fullmatch(line)
        title = found[1] if found else ""
        # “# 3” is a number.
        number = title[:1].isdigit() or (line == text.value and len(title.split()) < _TITLE_WORDS)
        if title and not number:
            # Beside other lines, or without a capital, it may be a note: nobody is to read it out.
            heading = title[0].isupper() and not (above or below)
            yield Finding(
                text.place, HASH.format(line=shown(line, 40)), line, title if heading else ""
            )


def quoted(index: AgendaIndex) -> Iterator[Finding]:
    """Yield names and questions with typographic quotation marks around them, or one beside."""
    for place, text in index.texts:
        naming = last_key(place) in (*NAMING, "low", "high")
        bare = without_quotes(text) if naming or last_key(place) == "ask" else ""
        lone = "" if bare or not (naming or last_key(place) in PROSE) else _lone_mark(text)
        bare = bare or (lone and text.strip(f"{lone} "))
        # What stands below a bar is meant as it stands, but for a mark that nothing closes.
        plain = getattr(index.places.at(place), "style", "") == ""
        if bare and plain:
            yield Finding(place, NO_QUOTES.format(mark=lone or text[0]), text, bare)
        elif lone:
            yield Finding(place, ONE_MARK.format(mark=lone), lone)


def _lone_mark(text: str) -> str:
    """Return the only quotation mark of a text, if it stands at an end; empty if none does."""
    mark = next((end for end in (text[:1], text[-1:]) if end and end in MARKS), "")
    # An inch has a mark of its own.
    inch = mark == '"' and text[-2:-1].isdigit()
    # With a space behind it, it may stand for the bar of a text.
    inch = inch or text[1:2] == " "
    return mark if mark and not inch and sum(map(text.count, MARKS)) == 1 else ""


def dangling(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each comma, or bracket that closes nothing, at the end of a text."""
    yield from _unclosed(index)
    ended = [located for located in index.texts if located.value.endswith((",", ";", "}", "]"))]
    named = _answers(index) if ended else set()
    for place, text in ended:
        comma = text[-1] in ",;" and last_key(place) in (*NAMING, "items")
        if comma or (closes_nothing(text) and not getattr(index.places.at(place), "style", "")):
            sentence = f"The `{text[-1]}` at the end is shown, too: take it out."
            bare = text.rstrip(",; " if comma else f"{text[-1]} ")
            yield Finding(place, sentence, text, "" if text in named else bare)


def _unclosed(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each name of something with a bracket that nothing closes; a face has one, too."""
    for place, text in index.texts:
        if last_key(place) in NAMING and text.count("(") > text.count(")") and ":(" not in text:
            sentence = f"A bracket opens in “{shown(text, 40)}”, and nothing closes it."
            yield Finding(place, sentence, text)


def _answers(index: AgendaIndex) -> set[str]:
    """Return the answers that conditions and usual answers name."""
    named = chain(conditions_of_cards(index), conditions_on_what_follows(index.agenda))
    awaited = (answer for _, condition in named for answer in condition.any_of)
    usual = (each_text(field.default or ()) for _, field in index.fields)
    return {*awaited, *chain.from_iterable(usual)}


def called_by_role(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each word for a person that a sentence calls, where braces are meant: `mentee, tell`.

    What follows the comma must not go on with a list, as in “Mentor, mentee and programme”.
    """
    called = {index.agenda.roles.of(role).casefold(): role for role in ROLES}
    called |= {role: role for role in ROLES}
    signs = tuple(f"{name}{sign}" for name in called for sign in (",", "),", "?"))
    for place, text in _prose(index):
        if last_key(place) in NAMING or "," not in text or not _has(text.casefold(), signs):
            continue
        for found in chain(_CALLED.finditer(text), _CALLED_LAST.finditer(text)):
            if role := called.get(found["name"].casefold()):
                sentence = NOT_A_NAME.format(name=shown(found["name"], 40), role=role)
                before, _, after = found[0].partition(found["called"])
                yield Finding(place, sentence, found[0], f"{before}{{{role}}}{after}")


def capitals(index: AgendaIndex) -> Iterator[Finding]:
    """Yield the choices of a field that have their capital in the middle of a clause."""
    written = index.agenda.language
    language = language_called(written) or written
    if language[:2].lower() in WITH_CAPITALS:
        return
    for place, field in index.fields:
        before = _words_before(field, index.prompts)
        for number, choice in enumerate(field.choices if before else ()):
            own = not (choice.says or is_other(choice.pick))
            if own and _keeps_capital(choice.pick, language):
                example = f"{before} {choice.pick}"
                pick, says = in_marks(choice.pick), in_marks(_uncapitalised(choice.pick))
                sentence = CAPITAL.format(example=shown(example, 60), pick=pick, says=says)
                yield Finding((*place, "choices", number), sentence)


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:]


def others(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each choice such as `Other`, where own words are asked for by a key."""
    for place, field in index.fields:
        for number, choice in enumerate(field.choices):
            if choice.pick in ROLES and not choice.says:
                yield Finding((*place, "choices", number), ROLE.format(role=choice.pick))
            if is_other(choice.pick):
                yield Finding((*place, "choices", number), NO_OTHER.format(choice=choice.pick))


def bare_numbers(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each number whose label says of what it is, where its clause does not."""
    numbers = {field.id: field for _, field in index.fields if field.type == "number"}
    for place, prompt in index.prompts:
        says = prompt.clause.says if prompt.clause else ""
        for found in re.finditer(r"\{(\w+)\}(?=[.,;]|$)", says):
            field = numbers.get(found[1])
            unit = re.search(_COUNTED, field.label.casefold()) if field else None
            if field and unit and not field.unit:
                sentence = NO_UNIT.format(name=field.id, unit=unit[0])
                yield Finding((*place, "clause", "says"), sentence, found[0])


def run_on(index: AgendaIndex) -> Iterator[Finding]:
    """Yield each line of a clause that ends with an answer, and goes on in the next one."""
    for place, prompt in index.prompts:
        says = (*place, "clause", "says")
        node = index.places.at(says) if prompt.clause else None
        lines = range(node.line + 1, node.last) if isinstance(node, Scalar) and node.style else ()
        for number in lines:
            line, below = (index.places.source.line(n).strip() for n in (number, number + 1))
            if line.endswith("}") and re.match(r"\{(?:mentor|mentee)\}|(?:The|We|I|Our) ", below):
                yield Finding(says, NO_STOP, line)


def _keeps_capital(pick: str, language: str) -> bool:
    """Return whether words begin with a capital in mid-sentence, and not with several, as `SMS`."""
    english = language[:2] in ("", "en")
    reads = mid_sentence(pick) if english else pick
    begun = re.match(r"([^\W\d_])([ -]?)([^\W\d_])", reads)
    # A capital within a word is that of a name, as in `LinkedIn`.
    named = re.match(r"[^\W\d_]*[^\W\d_A-Z][A-Z]", reads)
    if named or not (begun and begun[1].isupper() and begun[3].islower()):
        return False
    # A letter may be a word, as in `À mi-temps`; one of English is `I`, or a name: `C major`.
    return begun[2] != " " or not (english and begun[1].isascii())


def _words_before(field: Field, prompts: tuple[Located[Prompt], ...]) -> str:
    """Return the words of a clause right before a choice; empty where none stand in a sentence."""
    if field.type not in CHOOSING or field.has_sentences:
        return ""
    clauses = (prompt.clause for _, prompt in prompts if prompt.clause)
    for sentence in (each for clause in clauses for each in sentences(clause.says)):
        before, name, _ = sentence.partition(f"{{{field.id}}}")
        if name and re.search(r"(?:[^\W\d_]|\{(?:mentor|mentee)\}|\w\}?,)$", before.strip()):
            return " ".join(before.split()[-3:])
    return ""


def _has(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)


def _prose(index: AgendaIndex) -> Iterator[Located[str]]:
    for located in index.texts:
        step = located.place[-1]
        if step in PROSE or (isinstance(step, int) and last_key(located.place) in LISTS):
            yield located
