"""Repairs of signs that are missing, or are not what they look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import KEYS, PROSE, SWITCHES, TYPES
from mentorwalk.authoring.format.other_words import range_meant
from mentorwalk.authoring.syntax.repair import (
    BEGINS,
    ID,
    KEY,
    Repair,
    behind_dash,
    deeper_lines,
    indent_of,
    line_above,
    shifted,
)
from mentorwalk.authoring.syntax.rewriting import BOX, ENDS, NO_BOX, item_on_own_line, with_dash
from mentorwalk.authoring.syntax.yaml_faults import Fault
from mentorwalk.domain.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NO_REAL_SPACE = "This looks like a space but is another character: type spaces instead."
QUOTED = "Every line begins with `>`, as an e-mail quotes: take it away from all of them."
OWN_NOTE = "If this is a note of your own, let it begin with `#`."
ENDS_HERE = "Three dots on a line of their own end an agenda: take this line out."
CLOSES_NOTHING = "This `{sign}` closes nothing: take it out."
NOTHING_BEHIND = "No `{sign}` stands at the end of this line: take it out."
NOTHING = "A dash is no answer here: where there is nothing for `{key}`, take this line out."
NO_ID_COLON = "No colon follows an id: take it out."
TAB_BEHIND = "A space stands behind the `-` of an item, and no tab."
NO_STARS = "Stars make nothing bold or slanted here: take them out."
COMMENT = "A comment begins with `#` here."
A_TITLE = 40
"""The most characters of a title between two parts of a file."""
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters of no width, which text copied from a web page brings along."""
_COMMENT = re.compile(r"\s*(?:(?://+|<!--|--(?!-$)-*|;+|%+)\s*(.*?)\s*(?:-->)?|([=~*_+])\2{2,})\s*")
"""A line that is a comment in other languages; `---` alone begins a document."""


def commented(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `// ours`, `<!-- ours -->`, `-- ours` and `; ours` as `# ours`."""
    for at in dict.fromkeys((number, line_above(lines, number))):
        if _COMMENT.fullmatch(lines[at]) and not with_dash(lines[at]):
            last = _end_of_comment(lines, at)
            changed = {n: (_as_comment(lines[n]),) for n in range(at, last + 1)}
            fault = Fault(at, indent_of(lines[at]), COMMENT)
            yield Repair(changed, fault, "\n".join(new for (new,) in changed.values()), sure=True)


def _end_of_comment(lines: Sequence[str], number: int) -> int:
    """Return the last line of a comment; one of several begins with `<!--`."""
    if not lines[number].lstrip().startswith("<!--"):
        return number
    return next((n for n in range(number, len(lines)) if "-->" in lines[n]), number)


def noted(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write words at the margin, where keys stand, as a comment; a few only if they are no key."""
    words, above = lines[number].rstrip(), lines[line_above(lines, number)]
    if not re.fullmatch(r"[^\W\d_][^:#|>_]*", words):
        return
    many = words.count(" ") > 1
    if re.match(r"\w+:|#", above) if many else not nearest(words, KEYS):
        yield Repair({number: (f"# {words}",)}, Fault(number, 0, OWN_NOTE), f"# {words}", sure=True)


def headed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `Part 2: Goals` at the margin, above an item of a list, as a comment."""
    above = line_above(lines, number)
    words = re.match(r"(?!#)[^\W\d_][^:]*:(?:\s|$)", lines[above])
    key = re.match(r"[a-z_]+:", lines[above])
    if words and key is None and re.match(r" +- ", lines[number]):
        fix = f"# {lines[above]}"
        yield Repair.of_line(above, 0, OWN_NOTE, fix)


def greeted(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write a greeting, a title or a date above `mentorwalk: 1` as a comment."""
    above = [n for n in range(number) if lines[n].strip()]
    words = re.compile(r"#|([^\W_][\w-]*)[^:{}\[\]|]*$")
    plain = all((found := words.match(lines[n])) and found[1] not in KEYS for n in above)
    first = next((n for n in above if not lines[n].startswith("#")), number)
    if plain and first < number and lines[number].startswith("mentorwalk:"):
        changed = {n: (_noted(lines[n]),) for n in range(first, above[-1] + 1)}
        yield Repair(changed, Fault(first, 0, OWN_NOTE), *changed[first], sure=True)


def _noted(line: str) -> str:
    """Return a line as a note; what is one already, or has no words, stays."""
    return f"# {line}" if line.strip() and not line.startswith("#") else line


def between(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `Part 2` at the margin, or `Note: the second one`, between two items as a comment."""
    for at in dict.fromkeys((number, line_above(lines, number))):
        yield from _between(lines, at)


def _between(lines: Sequence[str], number: int) -> Iterator[Repair]:
    below = next((line for line in lines[number + 1 :] if line.strip()), "")
    words, own = lines[number].strip(), indent_of(lines[number])
    margin = own == 0 and re.match(r"[^\W_][^:]*$", words) and not words[0].islower()
    above = lines[line_above(lines, number)].rstrip()
    valued = re.match(rf"{KEY}: +[^|>#]", above)
    ends = above.endswith((*ENDS, "}", "]")) or (valued and valued[2] not in PROSE)
    begins = re.match(rf" {{{own}}}- [a-z_]+: ", below) and re.match(r"[^\W_a-z][^:]*$", words)
    title = (margin or begins) and ends and len(words) <= A_TITLE and not words.endswith(ENDS)
    named = re.match(r"([^\W\d_]\w*): \S", words)
    note = named and words[0].isupper() and not nearest(named[1].lower(), KEYS)
    item = re.match(r" +- ", below) and (own == 0 or indent_of(below) == own)
    key = re.fullmatch(r"\s*[a-z_]+:\s*", lines[line_above(lines, number)])
    first = key and re.match(r"[^\W_][^:]*$", words) and re.match(r" +- [a-z_]+: ", below)
    if item and (title or note or first):
        fix = f"{' ' * own}# {words}"
        yield Repair.of_line(number, own, OWN_NOTE, fix)


def _as_comment(line: str) -> str:
    begun = _COMMENT.fullmatch(line)
    words = begun[1] if begun else line.strip().removesuffix("-->").rstrip()
    words = line.strip() if begun and begun[2] else words
    return f"{' ' * indent_of(line)}# {words}".rstrip()


def unquoted(lines: Sequence[str]) -> Iterator[Repair]:
    """Take away the `> ` that a mail program put before every line."""
    written = [line for line in lines if line.strip()]
    if written and all(line.lstrip().startswith(">") for line in written):
        plain = {n: (re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line),) for n, line in enumerate(lines)}
        first = next((n for n, (line,) in plain.items() if line.strip()), 0)
        yield Repair(plain, Fault(first, 0, QUOTED), *plain[first], sure=True)


def with_spaces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Put spaces for what only looks like them in an indentation, or after a dash or a colon."""
    for at in dict.fromkeys((number, line_above(lines, number), *range(number - 1, -1, -1)[:3])):
        begins = re.match(
            rf"[\s{UNSEEN}]*(?:-[\s{UNSEEN}]+)*(?:[a-z_]+:[\s{UNSEEN}]*)?(?:[|>][\s{UNSEEN}]+$)?",
            lines[at],
        )
        wrong = re.search(rf"[^\S \t]|[{UNSEEN}]", begins[0]) if begins else None
        if begins and wrong:
            plain = re.sub(r"[^\S\t]", " ", re.sub(rf"[{UNSEEN}]", "", begins[0]))
            fix = f"{plain}{lines[at][begins.end() :]}".rstrip()
            yield Repair.of_line(at, wrong.start(), NO_REAL_SPACE, fix)
            if wrong[0] > "\u2fff":
                yield from _as_deep(lines, at, fix)


def _as_deep(lines: Sequence[str], number: int, fix: str) -> Iterator[Repair]:
    """Move a line to the column of a key beside it: its wide spaces do not tell how deep it is."""
    around = (*lines[number + 1 : number + 2], *reversed(lines[max(0, number - 9) : number]))
    for column in dict.fromkeys(behind_dash(line) for line in around if BEGINS.match(line)):
        deep = f"{' ' * column}{fix.lstrip()}"
        yield Repair({number: (deep,)}, Fault(number, 0, NO_REAL_SPACE), deep, moves=True)


def untabbed_dashes(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write a space for the tab that a word processor puts behind the sign of an item."""
    found = {n: re.sub(r"^( *-)\t\s*", r"\1 ", line) for n, line in enumerate(lines)}
    changed = {n: (new,) for n, new in found.items() if new != lines[n]}
    if number in changed:
        fault = Fault(number, indent_of(lines[number]) + 1, TAB_BEHIND)
        yield Repair(changed, fault, *changed[number], sure=True)


def with_dashes(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `-id: end` or `• id: end` as `- id: end`, and such items right above it."""
    first = last = _marked(lines, number)
    while first > 0 and with_dash(lines[first - 1]):
        first -= 1
    if last >= 0:
        found = {n: with_dash(lines[n], in_list=True) or ("", "") for n in range(first, last + 1)}
        found = {n: (why, _barred(new)) for n, (why, new) in found.items()}
        sentence, fix = found[first]
        own = indent_of(lines[first])
        fault = Fault(first, own, sentence)
        below = [*deeper_lines(lines, last, own)]
        narrow = bool(below) and indent_of(lines[below[0]]) == own + 1
        moved = {n: (shifted(lines[n], 1),) for n in below if narrow}
        changed = {n: tuple(new.split("\n")) for n, (_, new) in found.items()}
        yield Repair({**moved, **changed}, fault, fix, sure=True)


def _barred(item: str) -> str:
    """Return an item with its sentence on its own line, if that has a colon."""
    words = re.match(r" *- [^\W\d_][^\s:]* [^:]*: ", item)
    return item_on_own_line(item) if words else item


def _marked(lines: Sequence[str], number: int) -> int:
    """Return the line that begins with another sign for `- `, at a line or above; -1 if none."""
    begins = _first_item(lines, number)
    for tried in (number, line_above(lines, number), begins):
        if with_dash(lines[tried]):
            return tried
    # What begins words elsewhere is a mark where another item has its dash in this column.
    for tried, beside in (
        (begins, (lines[number], *lines[begins + 1 : begins + 2])),
        (number, (lines[line_above(lines, number)], *lines[number + 1 : number + 2])),
    ):
        dash = f"{' ' * indent_of(lines[tried])}- "
        listed = any(item.startswith(dash) for item in beside)
        if listed and with_dash(lines[tried], in_list=True):
            return tried
    return -1


def unticked(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- [ ] Every week` without its box, and such items right below it."""
    changed = {}
    while found := re.match(rf"( *- )(?:{BOX})\s+(?=\S)", "".join(lines[number : number + 1])):
        changed[number] = (f"{found[1]}{lines[number][found.end() :]}",)
        number += 1
    if changed:
        first = min(changed)
        fault = Fault(first, indent_of(lines[first]) + 2, NO_BOX)
        yield Repair(changed, fault, *changed[first], sure=True)


def _first_item(lines: Sequence[str], number: int) -> int:
    """Return the first line below the nearest key above that has nothing behind it.

    Without its dash, all items after it are read as its text.
    """
    keys = (n for n in range(number - 1, -1, -1) if re.fullmatch(rf"{KEY}:\s*", lines[n]))
    key = next(keys, number)
    return next((n for n in range(key + 1, number) if lines[n].strip()), number)


def spaced(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `minutes:5` as `minutes: 5`, and `record:;` as `record:`."""
    match = re.fullmatch(rf"{KEY}:([^\s:/].*)", lines[number])
    if match and match[2] in KEYS and match[3].strip() in (";", ",", "."):
        fix = f"{match[1]}{match[2]}:"
        sentence = f"No `{match[3].strip()}` stands behind `{match[2]}:`: take it out."
        yield Repair.of_line(number, match.start(3), sentence, fix)
    elif match and match[2] in KEYS:
        fix = f"{match[1]}{match[2]}: {match[3]}"
        sentence = f"A space is missing after `{match[2]}:`."
        yield Repair.of_line(number, match.end(2) + 1, sentence, fix)


def with_range(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Write `> 5` behind a field as `6..`, and `*` as `[]`."""
    line = lines[fault.line]
    for found in re.finditer(r"(?<![\w.-])([\w.-]+): *([<>]=? *\d+|\*)(?: *%)?", line):
        if found.start(2) <= fault.column <= found.end() and found[1] not in KEYS:
            meant = "[]" if found[2] == "*" else range_meant(found[2])
            fix = f"{line[: found.start(2)]}{meant}{line[found.end() :]}"
            sentence = f"These numbers are written `{meant}`."
            sentence = "Any answer at all is written `[]`." if meant == "[]" else sentence
            told = Fault(fault.line, found.start(2), sentence)
            yield Repair({fault.line: (fix,)}, told, fix, sure=True)


def with_narrow_colon(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Put a colon and a space for the wide colon of Chinese and Japanese keyboards."""
    for at in dict.fromkeys((number, line_above(lines, number))):
        match = re.fullmatch(rf"{KEY}\s*\uff1a\s*(.*)", lines[at])
        if match and match[2] in KEYS:
            fix = f"{match[1]}{match[2]}: {match[3]}".rstrip()
            yield Repair.of_line(
                at, match.end(2), "This is another colon: type `:` and a space.", fix
            )


def with_colon(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `minutes 5` or `minutes = 5` as `minutes: 5`, and a bare `record` as `record:`."""
    sign = r"(?:(?: *(?:[=;]|=>|->)|\.| [-–—])(?= ))?"
    match = re.fullmatch(rf"{KEY}{sign}((?: .*)?)", lines[number])
    # A word alone in a list is the name of something, or what is asked.
    item = match and "-" in match[1] and not match[3] and match[2] in SWITCHES
    if match and match[2] in KEYS and not item:
        fix = f"{match[1]}{match[2]}:{match[3] or ' yes' * (match[2] in SWITCHES)}"
        fault = Fault(number, match.end(2), f"A colon is missing after `{match[2]}`.")
        yield Repair({number: (fix,)}, fault, fix, sure=not match[3].rstrip().endswith(":"))


def with_colon_before_braces(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `when {ready: yes}` as `when: {ready: yes}`."""
    match = re.fullmatch(rf"{KEY} *(\{{\s*[\w.-]+: [^{{}}]*\}}.*)", lines[number])
    if match and match[2] in KEYS:
        fix = f"{match[1]}{match[2]}: {match[3]}"
        yield Repair.of_line(number, match.end(2), f"A colon is missing after `{match[2]}`.", fix)


def typed(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write a bare `checkbox`, or `type: select:` above its choices, with their own keys."""
    kind = lines[number].strip()
    glued = re.fullmatch(rf"( *)type: ({'|'.join(TYPES)}):\s*", lines[number])
    if glued:
        listed = "".join(lines[number + 1 : number + 2]).lstrip().startswith("- ")
        fix = f"{glued[1]}type: {glued[2]}" + f"\n{glued[1]}choices:" * listed
        fault = Fault(number, glued.end(2), "No colon follows the type: take it out.")
        if listed:
            fault = fault._replace(sentence="What can be chosen stands below `choices:`.")
        yield Repair({number: tuple(fix.split("\n"))}, fault, fix, sure=True)
    if kind in TYPES:
        own = indent_of(lines[number])
        fix = f"{' ' * own}type: {kind}"
        yield Repair.of_line(number, own, "`type:` is missing.", fix)


def unstarred(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `**minutes**: 5` and `- *Weekly*`, bold and slanted in Markdown, without the stars."""
    plain = re.fullmatch(r"(\s*(?:- )+|\s*(?:- )*[a-z_]+: +)(\*{1,2})([^*]+)\2 *", lines[number])
    if plain:
        fix = f"{plain[1]}{plain[3]}"
        yield Repair.of_line(number, plain.start(2), NO_STARS, fix)
    for at in dict.fromkeys((number, line_above(lines, number))):
        found = re.fullmatch(r"(\s*(?:- )*)\*+([a-z_]+)(?:\*+:|:\*+)((?: .*)?)", lines[at])
        if found and found[2] in KEYS:
            fix = f"{found[1]}{found[2]}:{found[3]}"
            yield Repair.of_line(at, len(found[1]), NO_STARS, fix)


def with_bare_id(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Write `- id: hello:` without the colon at its end."""
    for at in dict.fromkeys((number, line_above(lines, number))):
        found = re.fullmatch(rf"(\s*(?:- )*(?:id|after|before|to): +{ID}):\s*", lines[at])
        if found:
            yield Repair.of_line(at, found.end(1), NO_ID_COLON, found[1])


def without_value(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Take out a key with a dash behind it, which stands for nothing."""
    found = re.fullmatch(rf"{KEY}: +-+ *", lines[number])
    if found and found[2] in KEYS and "-" not in found[1]:
        fault = Fault(number, len(found[1]), NOTHING.format(key=found[2]))
        yield Repair({number: ()}, fault, sure=True)


def unended(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Take out a line `...`, with which an agenda ends for YAML, though it goes on below."""
    above = (n for n in range(number - 1, -1, -1) if not re.fullmatch(r"\s*(?:#.*)?", lines[n]))
    ends = next(above, number)
    if re.fullmatch(r"\.\.\.\s*", lines[ends]):
        yield Repair({ends: ()}, Fault(ends, 0, ENDS_HERE), sure=True)
    if re.match(r"\.\.\. +\S", lines[number]):
        fix = f"# {lines[number]}"
        yield Repair.of_line(number, 0, OWN_NOTE, fix)


def closes_nothing(text: str) -> bool:
    """Return whether a bracket or a brace at the end of a text closes nothing; a face has one."""
    opens = {"}": "{", "]": "["}.get(text[-1:], "")
    face = re.search(r"[:;=8]'?-?[}\]]$", text)
    return bool(opens) and not face and text.count(opens) < text.count(text[-1])


def unopened(lines: Sequence[str], number: int) -> Iterator[Repair]:
    """Take out a bracket or a brace that closes nothing, and words behind one that closes."""
    line = lines[number]
    alone = re.fullmatch(r" *([}\]]+),?\s*", line)
    if alone:
        fault = Fault(number, alone.start(1), CLOSES_NOTHING.format(sign=alone[1]))
        yield Repair({number: ()}, fault, sure=True)
    before = rf"{KEY}: *(?:\[[^\[\]]*\]|\{{[^{{}}]*:[^{{}}]*\}})?"
    if found := re.fullmatch(rf"({before}) *([}}\]]+)\s*", line):
        fault = Fault(number, found.start(4), CLOSES_NOTHING.format(sign=found[4]))
        fix = found[1].rstrip()
        yield Repair({number: (fix,)}, fault, fix, sure=True)
    if ended := re.fullmatch(rf"({before})(?<=[\]}}]) *([.,;:!?]+)\s*", line):
        fault = Fault(number, ended.start(4), NOTHING_BEHIND.format(sign=ended[4]))
        yield Repair({number: (ended[1],)}, fault, ended[1], sure=True)
    held = re.fullmatch(rf"({before}) *(\w[^#:{{}}\[\]]*?)(\s*#.*)?", line)
    if held and held[1][-1] in "]}" and held[3] not in PROSE:
        around = "brackets" if held[1][-1] == "]" else "braces"
        sentence = f"Put `{held[4]}` within the {around}, or take it out."
        changed = {number: (f"{held[1]}{held[5] or ''}",)}
        yield Repair(changed, Fault(number, held.start(4), sentence), sure=True)
