"""Lists: what stands where one is needed, and the lines that make one of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.decoding.items import first_item_line
from mentorwalk.authoring.format.id_forms import CARD_ID, reshaped, words_of
from mentorwalk.authoring.format.keys import ID_LISTS, KEYS, LISTS, SENTENCES
from mentorwalk.authoring.syntax.item_repairs import bar_dashed, valued
from mentorwalk.authoring.syntax.nodes import is_empty, text_of
from mentorwalk.authoring.syntax.questions import (
    FORM_KEYS,
    OF_BOTH_FORMS,
    QUESTION_KEYS,
    QUESTION_NEEDS,
    as_question,
)
from mentorwalk.authoring.syntax.repair import behind_dash, deeper_lines, indent_of
from mentorwalk.authoring.syntax.rewriting import item_on_own_line, with_dash
from mentorwalk.authoring.syntax.sign_repairs import with_spaces
from mentorwalk.authoring.syntax.source import Items, Pairs, Scalar
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Collection

    from mentorwalk.authoring.decoding.problems import Misfit, Misfits
    from mentorwalk.authoring.syntax.source import Node, Source

FIELD_AS_LIST = "`{name}` is a field: for its answers, write `{key}_from: {name}`."
PICK_AND_SAYS = (
    "`choices` must be a list, and a choice has a key for itself, and one for how it reads in the "
    "agreement."
)
HOW_MANY = "`{key}` is a list of words. How many there can be is `max: {number}`."
NO_KEY_BETWEEN = "Take this line out: the items of `{key}` stand right below it."
NO_LIST = "`{key}` must be a list: each item on its own line, after `- `."
_AS_IN = re.compile(r"(?:(?:the )?same(?: as)? |from |of |like |as in |see )?(\w+)", re.IGNORECASE)
"""A field, and what people write before it to say that its answers are meant."""


def no_list(misfits: Misfits, node: Scalar | Pairs, key: str) -> Misfit:
    """Note that a node should be a list, and return what to raise."""
    if told := _no_item(misfits.source, misfits.ids, node, key):
        return misfits.new(*told)
    if fix := _listed(misfits.source, node, key):
        return misfits.new(node, NO_LIST.format(key=key), fix)
    if isinstance(node, Scalar) and (undashed := _undashed(misfits.source, node, key)):
        return misfits.new(node, *undashed)
    last = node.last if isinstance(node, Scalar) and not node.style else node.line - 1
    items = (misfits.source.line(n) for n in range(node.line, last + 1))
    lines = [with_dash(item, in_list=True) for item in items]
    if dashed := [each for each in lines if each]:
        return misfits.new(node, dashed[0][0], "\n".join(fix for _, fix in dashed))
    if key in QUESTION_KEYS and isinstance(node, Scalar) and " " in node.text:
        words = QUESTION_KEYS[key]
        fix = _with_item(misfits.source, node, words)
        return misfits.new(node, QUESTION_NEEDS.format(key=words), fix)
    if key in LISTS and isinstance(node, Scalar) and " " in node.text:
        return misfits.new(node, NO_LIST.format(key=key), _with_item(misfits.source, node))
    if key == "choices" and isinstance(node, Pairs) and (fix := _picked(misfits.source, node)):
        return misfits.new(node, PICK_AND_SAYS, fix)
    begun = isinstance(node, Pairs) and not node.braces
    fix = first_item_line(misfits.source, node) if begun else ""
    if key in LISTS and isinstance(node, Pairs) and all(is_empty(each) for _, each in node.pairs):
        dash = fix.partition("- ")[0]
        fix = "\n".join(f"{dash}- {text_of(name)}" for name, _ in node.pairs)
    return misfits.new(node, NO_LIST.format(key=key), fix)


def _listed(source: Source, node: Node, key: str) -> str:
    """Return the lines that make a list of what stands behind its key; or nothing."""
    line = source.line(node.line)
    written = re.fullmatch(r"(.*?)(\s+#.*)?", line.rstrip())
    behind = (written[2] or "") if written else ""
    bare = line.rstrip().removesuffix(behind)
    begins = re.fullmatch(rf"(\s*(?:- )*){key}: +([^\s|>[{{].*|{{[^:]*)", bare)
    if not begins or getattr(node, "last", node.line) > node.line:
        return ""
    text = _bare(begins[2])
    divided = _choices_of(text) if key in ("choices", "items", "closes") else []
    items = _ids_of(text) if key in {*ID_LISTS, "asks"} else divided
    margin = " " * (len(begins[1]) + 2)
    listed = [f"{margin}- {each}" for each in items]
    # `recall: yes` names nothing.
    named = text.casefold() not in ("yes", "no", "true", "false", "all")
    return "\n".join([f"{begins[1]}{key}:{behind}", *listed]) if items and named else ""


def _with_item(source: Source, node: Scalar, words: str = "") -> str:
    """Return the key of a list, and below it what stands behind it as its item; or nothing.

    Args:
        source: The file.
        node: What stands there.
        words: The key that an item has for a question; empty if it is a text.
    """
    begins = re.fullmatch(r"(\s*(?:- )*)([a-z_]+:) +[^\s|>].*", source.line(node.line).rstrip())
    if not begins or node.last > node.line:
        return ""
    item = f"{' ' * (len(begins[1]) + 2)}- {node.text}"
    whole = as_question(item, words, source.lines) if words else item_on_own_line(item)
    return f"{begins[1]}{begins[2]}\n{whole}"


def _no_item(
    source: Source, ids: Collection[str], node: Node, key: str
) -> tuple[Node, str, str] | None:
    """Return what to say of what stands for a list and is no item of it, where, and its fix."""
    if isinstance(node, Scalar) and key in ("choices", "items"):
        named = _AS_IN.fullmatch(node.text)
        if named and named[1] in ids:
            begins = re.match(r"[ -]*", source.line(node.line))
            fix = f"{begins[0]}{key}_from: {named[1]}" if begins else ""
            return node, FIELD_AS_LIST.format(key=key, name=named[1]), fix
        if not node.text.isdigit():
            return None
        at = node.line, node.column - len(f"{key}: ")
        fix = source.with_words(*at, f"{key}: {node.text}", f"max: {node.text}")
        return node, HOW_MANY.format(key=key, number=node.text), fix
    pairs = node.pairs if isinstance(node, Pairs) else ()
    first = text_of(pairs[0][0]) if pairs else ""
    if first in FORM_KEYS and key in ROLES:
        return pairs[0][0], OF_BOTH_FORMS.format(key=first, role=key), ""
    inner, held = pairs[0] if len(pairs) == 1 else (node, node)
    between = isinstance(held, Items) and text_of(inner) not in KEYS
    return (inner, NO_KEY_BETWEEN.format(key=key), "") if between else None


def _picked(source: Source, node: Pairs) -> str:
    """Return the lines of choices that are written as keys, each with how it reads; or nothing."""
    pairs = [(text_of(key), text_of(value)) for key, value in node.pairs]
    apart = [key.line for key, _ in node.pairs] == [*range(node.line, node.line + len(pairs))]
    plain = all(key and says and not re.search(r"[,{}\[\]\"'#]", key + says) for key, says in pairs)
    if node.braces or not (apart and plain):
        return ""
    margin = " " * indent_of(source.line(node.line))
    return "\n".join(f"{margin}- {{pick: {key}, says: {says}}}" for key, says in pairs)


def _undashed(source: Source, node: Scalar, key: str) -> tuple[str, str] | None:
    """Return what to say of a text that lacks the dash of an item, and its lines with it."""
    first, below = source.line(node.line), source.line(node.line + 1)
    if soiled := next(with_spaces(source.lines, node.line), None):
        return soiled.fault.sentence, soiled.fix
    needed = f"Each item of `{key}` needs `- ` before it."
    if node.line < node.last and below.lstrip().startswith("- "):
        if repair := next(valued(source.lines, node.line + 1), None):
            return repair.fault.sentence, repair.fix
        bare = f"{' ' * indent_of(below)}- {first.lstrip()}"
        return with_dash(first, in_list=True) or (needed, bare)
    if node.style and key in LISTS and first[: node.column].strip():
        return NO_LIST.format(key=key), _listed_below(source, node, key)
    barred = next(bar_dashed(source.lines, node.line), None) if node.style else None
    return (needed, "\n".join(line for (line,) in barred.changed.values())) if barred else None


def _listed_below(source: Source, node: Scalar, key: str) -> str:
    """Return the key of a list without its bar, and the text below it as its items."""
    first = source.line(node.line)
    text = [*deeper_lines(source.lines, node.line, behind_dash(first))]
    column = min((indent_of(source.line(n)) for n in text), default=0)
    if key in SENTENCES and key != "items":
        below = [f"{' ' * column}- {node.style}", *(f"  {source.line(n)}" for n in text)]
    else:
        below = [f"{' ' * column}- {source.line(n).strip()}" for n in text]
    return "\n".join([first[: node.column].rstrip(), *below]) if text else ""


def _bare(text: str) -> str:
    """Return what stands in other brackets than those of a list, or lacks the one that opens it."""
    within = re.fullmatch(r"\(([^()]*)\)|\{([^{}]*)\}?|([^\[\]]*)\]", text)
    return next((part for part in within.groups() if part is not None), "") if within else text


def _ids_of(text: str) -> list[str]:
    """Return the ids in a text: between two commas there is one, of several words or not."""
    text = re.sub(r" (?:and|&) ", ", ", text)
    apart = [reshaped(each, CARD_ID) for each in re.split(r"[,;]", text) if each.strip()]
    ids = apart if re.search(r"\w \w.*[,;]|[,;].*\w \w", text) else words_of(text)
    return ids if all(re.fullmatch(r"[a-z][\w.@-]*", each) for each in ids) else []


def _choices_of(text: str) -> list[str]:
    """Return the choices that commas or strokes divide; none if nothing does."""
    parts = [part.strip() for part in re.split(r"[,;/|]", text)]
    return parts if len(parts) > 1 and all(parts) else []
