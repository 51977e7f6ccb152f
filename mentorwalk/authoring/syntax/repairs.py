"""Repairs for lines that are not YAML: proposals, the likeliest first, each still to be tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mentorwalk.authoring.format.keys import KEYED, KEYS, LISTS, PROSE, SENTENCES
from mentorwalk.authoring.syntax.brace_repairs import (
    OPEN_BRACES,
    OPEN_LIST,
    SEVERAL_KEYS,
    braced,
    listed_in_braces,
    with_colon_in_braces,
)
from mentorwalk.authoring.syntax.change_repairs import changed_id, is_changed, placed, unlisted
from mentorwalk.authoring.syntax.indent_repairs import (
    indented_text,
    lined_up,
    moved_dash,
    sunk_dash,
    untabbed,
)
from mentorwalk.authoring.syntax.item_repairs import (
    KEYS_APART,
    apart,
    bar_dashed,
    dash_first,
    item_below,
    joined_value,
    keys_apart,
    listed_first,
    valued,
)
from mentorwalk.authoring.syntax.key_repairs import (
    begins_list,
    for_both,
    sunk_below,
    sunk_between,
    sunk_first,
    sunk_keys,
    with_change,
    with_first_key,
    with_holder,
    with_part,
    worded,
)
from mentorwalk.authoring.syntax.list_repairs import (
    alone_dashed,
    asked,
    behind_key,
    bulleted,
    dashed,
    first_dashed,
    listed_lines,
    listed_texts,
    named_phase,
    one_dashed,
    picked,
    sunk_id,
    sunk_item,
    sunk_list,
    undashed,
    with_id,
    with_items,
    with_question,
)
from mentorwalk.authoring.syntax.repair import (
    BEGINS,
    ID,
    KEY,
    Repair,
    deeper_lines,
    indent_of,
    line_above,
)
from mentorwalk.authoring.syntax.rewriting import rejoined, unwrapped
from mentorwalk.authoring.syntax.sign_repairs import (
    between,
    commented,
    greeted,
    headed,
    noted,
    spaced,
    typed,
    unended,
    unopened,
    unquoted,
    unstarred,
    untabbed_dashes,
    unticked,
    with_bare_id,
    with_colon,
    with_colon_before_braces,
    with_dashes,
    with_narrow_colon,
    with_range,
    with_spaces,
    without_value,
)
from mentorwalk.authoring.syntax.text_repairs import (
    barred,
    barred_above,
    barred_item,
    barred_with_braces,
    behind_bar,
    cleaned,
    requoted,
    sunk_text,
    uncolonned,
    uncut,
)
from mentorwalk.authoring.syntax.yaml_faults import (
    COLON_MISSING,
    KEYS_LINE_UP,
    LIST_LINES_UP,
    SECOND_AGENDA,
    STRAY_LIST,
    TAB,
    TEXT_BELOW,
    Fault,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

LIST_MISREAD = (
    "Something in this list in brackets is misread: write each item on its own line, after `- |`."
)
FENCE = "Lines with ``` do not belong here: take out this one and the other."
LONGEST = 4_000
"""The most characters of a line in a file that is repaired: two pages in one paragraph."""
_BETWEEN = r"\s*(?:[,;]|\band\b)\s*(?=\w[\w.-]*: )"
"""What people write between a field with its answer and the next."""


def repairs_for(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Propose repairs for a fault, the likeliest first."""
    if fault.line >= len(lines):  # A YAML line may end where no line of a file does.
        return
    # Nobody types such a line, and a search for what was meant in it may take minutes.
    if max(map(len, lines)) > LONGEST:
        return
    if fault.sentence == SECOND_AGENDA:
        yield Repair(dict.fromkeys(range(fault.line, len(lines)), ()), fault, sure=True)
        return
    yield from unquoted(lines)
    yield from _each(_OF_ANY_FAULT, lines, fault.line)
    yield from with_range(lines, fault)
    yield from headed(lines, fault.line)
    if fault.sentence == COLON_MISSING:
        yield from _each(_FOR_A_COLON, lines, fault.line)
    elif fault.sentence in (KEYS_LINE_UP, LIST_LINES_UP):
        yield from _lining_up(lines, fault)
    elif fault.sentence == STRAY_LIST:
        yield from _each(_FOR_A_LIST, lines, fault.line)
    elif fault.sentence == TAB:
        yield from untabbed(lines, fault)
    elif fault.own_line or fault.sentence == TEXT_BELOW:
        yield from _of_a_text(lines, fault)


def _each(
    repairs: Iterable[Callable[[Sequence[str], int], Iterator[Repair]]],
    lines: Sequence[str],
    number: int,
) -> Iterator[Repair]:
    """Propose what some kinds of repair do about a line, one kind after the other."""
    for repair in repairs:
        yield from repair(lines, number)


def _of_a_text(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Propose repairs for a text that is read as something else."""
    yield from _unfenced(lines, fault)
    yield from _without_anchor(lines, fault)
    yield from _closed(lines, fault)
    yield from typed(lines, fault.line)
    yield from _each((item_below, keys_apart, listed_first, valued), lines, fault.line)
    yield from _on_next_line(lines, fault)
    yield from with_colon_before_braces(lines, fault.line)
    yield from _within_braces(lines, fault)
    yield from _on_one_line(lines, fault)
    yield from _listed(lines, fault)
    yield from barred_above(lines, fault.line)
    yield from behind_bar(lines, fault)


def _lining_up(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Propose repairs for a line that does not line up, the likeliest first."""
    yield from barred_with_braces(lines, fault)
    yield from _each((sunk_keys, sunk_first, behind_key, valued, worded), lines, fault.line)
    yield from for_both(lines, fault.line)
    if begins_list(lines, fault.line):
        yield from with_holder(lines, fault.line)
    yield from _each(_FOR_A_PART, lines, fault.line)
    # PyYAML notices a key without its colon only on the line below it, or below its text.
    for above in dict.fromkeys((line_above(lines, fault.line), _beside(lines, fault.line))):
        yield from _each((placed, spaced, with_colon, changed_id), lines, above)
    yield from sunk_list(lines, line_above(lines, fault.line))
    yield from _each(_FOR_DEPTH, lines, fault.line)
    yield from lined_up(lines, fault)


def _beside(lines: Sequence[str], number: int) -> int:
    """Return the nearest line above that stands no deeper; the line itself if there is none."""
    above = (n for n in range(number - 1, -1, -1) if lines[n].strip())
    return next((n for n in above if indent_of(lines[n]) <= indent_of(lines[number])), number)


# --- Texts and lists that YAML misreads


def _without_anchor(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Leave out an anchor or a tag that stands before keys, and not in a sentence."""
    line = lines[fault.line]
    found = re.fullmatch(r"(\s*(?:- )*(?:[a-z_]+:)?) *([&!][\w!-]+)((?: [a-z_]+:.*)?) *", line)
    in_text = re.match(rf"{KEY}:", line)
    if found and not (in_text and in_text[2] in PROSE):
        fix = f"{found[1].rstrip()}{found[3]}"
        sentence = f"`{found[2]}` means something to YAML that is not used here: take it out."
        yield Repair.of_line(fault.line, found.start(2), sentence, fix)


def _unfenced(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Leave out the fences around an agenda that was copied from a page or a chat."""
    fences = [n for n, line in enumerate(lines) if re.fullmatch(r"```\w*\s*", line)]
    if fault.line in fences and len(fences) < len(lines):
        yield Repair(dict.fromkeys(fences, ()), Fault(fault.line, 0, FENCE), sure=True)


def _on_next_line(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Write `clause: heading: How we meet` above other keys of a clause as two lines."""
    found = re.fullmatch(rf"(\s*(?:- )*)({ID}): +(\w[\w.-]*:(?: .*)?)", lines[fault.line])
    below = [*deeper_lines(lines, fault.line, len(found[1]))] if found else []
    if not (found and below):
        return
    column, key = min(indent_of(lines[n]) for n in below), found[2].strip()
    if found[3].endswith(("|", ":")) and column > len(found[1]) + 2:
        column = len(found[1]) + 2
    elif not BEGINS.match(lines[below[0]]):
        return
    if key in KEYS - PROSE or is_changed(lines, fault.line):
        fix = f"{found[1]}{key}:\n{' ' * column}{found[3]}"
        sentence = f"What follows `{key}:` begins on the next line."
        yield Repair.of_line(fault.line, found.start(3), sentence, fix)


def _within_braces(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Write `when: often: yes` as `when: {often: yes}`, also where signs divide several keys."""
    line = lines[fault.line]
    found = re.fullmatch(rf"(\s*(?:- )*)({ID}): +([^#]*[^#\s])( +#.*)? *", line)
    inner = " ".join(re.sub(r"[(){}]", " ", found[3]).split()) if found else ""
    pairs = [each.strip() for each in re.split(_BETWEEN, inner)]
    keyed = all(re.match(r"\w[\w.-]*: +\S", each) for each in pairs)
    if found and keyed and (found[2] in KEYED or is_changed(lines, fault.line)):
        fix = f"{found[1]}{found[2]}: {{{', '.join(pairs)}}}{found[4] or ''}"
        sentence = f"What follows `{found[2]}:` on its line stands within braces."
        yield Repair.of_line(fault.line, found.start(3), sentence, fix)


def _on_one_line(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Write `- pick: Weekly, says: each week` within braces, other keys line by line."""
    keyed = r"[a-z_]+: [^,;|{}]+"
    found = re.fullmatch(rf"(\s*(- )?)({keyed}(?:[,;] {keyed})+)", lines[fault.line])
    keys = re.findall(r"(?:^|[,;] )([a-z_]+): ", found[3]) if found else []
    alone = found and not any(deeper_lines(lines, fault.line, indent_of(lines[fault.line])))
    if found and found[2] and not alone and {*keys} <= KEYS:
        fix = found[0].rstrip().replace(";", ",").replace(", ", f"\n{' ' * len(found[1])}")
        yield Repair.of_line(fault.line, found.start(3), KEYS_APART, fix)
    elif found and alone and {*keys} <= KEYS:
        inner = found[3].rstrip().replace(";", ",")
        fix, sentence = f"{found[1]}{{{inner}}}", SEVERAL_KEYS
        if not found[2]:
            fix, sentence = f"{found[1]}{inner}".replace(", ", f"\n{found[1]}"), KEYS_APART
        yield Repair.of_line(fault.line, found.start(3), sentence, fix)


def _closed(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Write `recall: [one, two` with its bracket, `when: {ready: yes` with its brace."""
    line = lines[fault.line]
    if begins := re.fullmatch(r"\s*(?:- )*[a-z_-]+:\s+(?:(\[)[^\]]*|(\{)\s*[\w.]+:[^}]*)", line):
        at, (end, sentence) = begins.end(1), ("]", OPEN_LIST)
        if begins[2]:
            at, (end, sentence) = begins.end(2), ("}", OPEN_BRACES)
        fix = f"{line.rstrip().rstrip(',')}{end}"
        yield Repair.of_line(fault.line, at - 1, sentence, fix)


def _listed(lines: Sequence[str], fault: Fault) -> Iterator[Repair]:
    """Write `stuck: [one, two]` as items on their own lines."""
    match = re.fullmatch(r"(\s*(?:- )*)([a-z_]+):\s+\[(.*)\]\s*", lines[fault.line])
    if match and match[2] in LISTS:
        margin = " " * (len(match[1]) + 2)
        texts = rejoined(match[3].split(", "))
        items = [f"{margin}- |\n{margin}  {unwrapped(text)}" for text in texts]
        fix = "\n".join([f"{match[1]}{match[2]}:", *items])
        misread = Fault(fault.line, match.end(2) + 2, LIST_MISREAD)
        changed = {fault.line: tuple(fix.split("\n"))}
        yield Repair(changed, misread, fix, sure=match[2] in SENTENCES)


_FOR_A_COLON = (
    *(barred_item, joined_value, listed_lines, changed_id, spaced, with_colon),
    *(typed, indented_text, with_question, noted),
)
"""The repairs of a line that lacks its colon, the likeliest first."""


_OF_ANY_FAULT = (
    *(braced, with_colon_in_braces, listed_in_braces, cleaned, requoted),
    *(sunk_item, unstarred, with_bare_id, without_value, sunk_text, uncolonned),
    *(
        untabbed_dashes,
        unended,
        barred,
        commented,
        with_narrow_colon,
        with_spaces,
        with_dashes,
        unticked,
    ),
    *(bar_dashed, dash_first, apart, unopened, greeted, between),
)
"""The repairs of a line with any fault, the likeliest first; so below."""
_FOR_A_LIST = (
    for_both,
    sunk_keys,
    behind_key,
    valued,
    undashed,
    bulleted,
    with_items,
    first_dashed,
    sunk_dash,
    with_holder,
)
"""The repairs of a list that belongs to no key."""
_FOR_A_PART = (
    *(listed_texts, with_part, uncut, one_dashed, with_first_key, with_change),
    *(unlisted, sunk_id, with_id, picked),
)
"""The repairs of a line that does not line up where a part, or its first line, is missing."""
_FOR_DEPTH = (
    sunk_below,
    sunk_between,
    asked,
    named_phase,
    indented_text,
    dashed,
    first_dashed,
    alone_dashed,
    moved_dash,
)
"""The repairs of a line that stands too deep, or not deep enough."""
