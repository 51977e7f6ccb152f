"""Questions written as plain items of a list, where each needs an id and a key of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.id_forms import RESERVED
from mentorwalk.authoring.syntax.nodes import text_of, value_of
from mentorwalk.authoring.syntax.repair import indent_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mentorwalk.authoring.syntax.source import Node, Source

QUESTION_KEYS = {
    "prompts": "ask",
    "add": "ask",
    "record": "label",
    "settle": "label",
    "mentee": "label",
    "mentor": "label",
}
"""By the key of a list, the key that its items have for a question."""
AGENDA_MISSING = "An entry of `next` begins with `agenda:`."
DOCUMENT_NEEDS = "A document has its `template`, and the `file` that it is written to."
QUESTION_NEEDS = "A question needs an `id`, and its words behind `{key}:`."
FORM_KEYS = ("minutes", "intro", "checklist")
"""The keys of `prepare` that are for both forms."""
OF_BOTH_FORMS = "`{key}` is for both forms: move it above `{role}:`, as far left as that."
_ENGLISH = """\
a about all am an and are as at be been best both by can could did do does for from
had has have how i if in is it like made make most my of on one or our should so some
that the their them there they think this to us was we were what when where which
who why will with would you your yours
"""
_SMALL = frozenset(_ENGLISH.split())
"""Words that say little of what a question is about."""


def as_question(item: str, key: str, lines: Sequence[str]) -> str:
    """Return the lines that make a question of a plain item such as `- What do you hope for?`."""
    dash, words = item[: item.index("-") + 2], item[item.index("-") + 2 :].strip()
    margin = " " * len(dash)
    asked = f"{margin}ask: |\n{margin}  {words}" if key == "ask" else f"{margin}{key}: {words}"
    return f"{dash}id: {named_by(words, key, lines)}\n{asked}"


def as_entry(line: str, known: Collection[str], lines: Sequence[str]) -> tuple[str, str] | None:
    """Return what a plain item of a list of keys lacks, and the lines that have it, if known."""
    item = re.fullmatch(r"(\s*- )([\w.-]+)\s*", line)
    if "agenda" in known:
        fix = f"{item[1]}agenda: {item[2]}" if item else ""
        return AGENDA_MISSING, fix
    document = as_document(line, lines) if "template" in known else ""
    keys = ", ".join(part.strip() for part in document.lstrip(" -").split("\n"))
    return (DOCUMENT_NEEDS, f"{line[: line.index('-')]}- {{{keys}}}") if document else None


def as_document(line: str, lines: Sequence[str]) -> str:
    """Return the lines that make a document of a plain item such as `- summary.md`, or nothing."""
    item = re.fullmatch(r"(\s*)- ([\w.-]+\.md)(?:\.j2)?\s*", line)
    if item is None:
        return ""
    margin, file = item[1], item[2]
    accept = f"\n{margin}  accept: yes" if _is_accepted(file, lines) else ""
    return f"{margin}- template: {file}.j2\n{margin}  file: {file}{accept}"


def _is_accepted(file: str, lines: Sequence[str]) -> bool:
    """Return whether a document is the agreement that a card asks to accept, and no other is."""
    if not re.search("contract|agreement", file):
        return False
    # As one text, since a file may have thousands of such items.
    before, _, behind = "\n".join(["", *lines]).partition("\ndocuments:")
    end = re.search(r"\n[a-z]", behind)
    documents, after = (behind[: end.start()], behind[end.start() :]) if end else (behind, "")
    return "accept:" not in documents and ("accept: yes" in before or "accept: yes" in after)


def named_by(words: str, key: str, lines: Sequence[str]) -> str:
    """Return an id for a question behind `ask` or `label`, which nothing has yet."""
    taken = {found[1] for line in lines if (found := re.match(r"[\s-]*id:\s*(\S+)", line))}
    return _name(words, taken, "-" if key == "ask" else "_")


def _name(question: str, taken: Collection[str], joined: str) -> str:
    """Return an id of the words that a question is about, which nothing has yet."""
    words = re.findall(r"[a-z]+", question.lower())
    passed = _SMALL.union(RESERVED)
    telling = [word for word in words if word not in passed and len(word) > 2] or ["question"]
    longer = [joined.join(telling[:count]) for count in range(1, 4)]
    numbered = [f"{longer[-1]}{joined}{number}" for number in range(2, 100)]
    return next(name for name in [*longer, *numbered] if name not in taken)


def with_id(source: Source, node: Node) -> str:
    """Return the first lines of a card with an id above its question; empty if that is not first.

    Only a card has an id that nothing else names.
    """
    line, words = source.line(node.line), text_of(value_of(node, "ask"))
    begins = re.match(r"( *- )ask:", line)
    if not begins or not words:
        return ""
    name = named_by(words, "ask", source.lines)
    return f"{begins[1]}id: {name}\n{' ' * len(begins[1])}{line[len(begins[1]) :]}"


def list_of(lines: Sequence[str], number: int) -> str:
    """Return the key of the list that a line is an item of; empty if it is in none."""
    own = [indent_of(line) for line in lines[number : number + 1]]
    for line in reversed(lines[:number] if own else []):
        beside = indent_of(line) == own[0] and not line.lstrip().startswith("-")
        written = line.strip() and not line.lstrip().startswith("#")
        if written and (indent_of(line) < own[0] or beside):
            key = re.match(r"\s*(?:- )*([a-z_]+):\s*(?:#.*)?$", line)
            return key[1] if key else ""
    return ""
