"""Keys that nobody knows, are missing, or stand there twice: what was meant by them."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorwalk.authoring.decoding.keys_meant import as_two
from mentorwalk.authoring.decoding.problems import FEW_KEYS, cards_named
from mentorwalk.authoring.format.id_forms import CARD_ID, NAMES
from mentorwalk.authoring.format.keys import FIELD_KEYS, KEYS
from mentorwalk.authoring.format.other_words import our_word, role_meant
from mentorwalk.authoring.format.shapes import (
    annotation,
    belongs_to,
    has_ids,
    item_kind,
    keys_of,
    part_kind,
    required_keys,
)
from mentorwalk.authoring.syntax.key_repairs import at_margin
from mentorwalk.authoring.syntax.nodes import (
    is_empty,
    is_soiled,
    items_of,
    key_names,
    scalar_at,
    text_of,
    value_of,
)
from mentorwalk.authoring.syntax.repair import behind_dash, indent_of, indented
from mentorwalk.authoring.syntax.rewriting import CONTINUED, ENDS, on_own_line
from mentorwalk.authoring.syntax.sign_repairs import NO_REAL_SPACE, UNSEEN
from mentorwalk.authoring.syntax.source import Items, Node, Pairs, Scalar
from mentorwalk.domain.errors import PROBLEM_LIMIT, nearest, shown, suggestion
from mentorwalk.domain.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mentorwalk.authoring.decoding.problems import Misfits


HIDDEN = "There is a character within `{key}` that nobody sees: type the key anew."
IN_MARKS = "A text that begins with `{{` stands in quotation marks here: `{text}`."
NEW_ID = " If something new begins here, its `- id:` is missing above."
_UNSEEN = dict.fromkeys(map(ord, f"{UNSEEN}\u00ad"))
"""Characters that are not shown; a soft hyphen is, at the end of a line only."""


OF_CARDS = " A phase lasts as long as its cards: take this out, or give them `minutes`."
OF_EACH_FIELD = (
    " It belongs to each field that the clause names, and says what is open about that one alone."
)
IN_PRIVATE = (
    " It belongs to a field: both see a card, and what one of them is asked alone, after the call, "
    "stands below its `record`, with an `id`, a `label` and `private: yes`. Where nothing is to be "
    "written down, take this out."
)
FOR_BOTH = (
    " What is for both stands below `mentor`, and below `mentee`, too: fields each with an id of "
    "its own, which `recall` names both."
)
FOR_ALL = " Without this line, it is for both: take it out, and move what is below it to the left."
_BOTH = ("both", "each", "everyone", "everybody", "all", "beide", "oboje")
USUAL = (
    ("ask", "minutes", "to", "tip", "stuck"),
    ("label", "type", "choices", "by"),
    ("title", "minutes", "roles", "phases"),
    ("title", "aim", "prompts"),
)
"""The most usual keys of a card, a field, an agenda and a phase: each has many more."""
MANY_KEYS = 3
"""How many keys in a row come again where a part was pasted twice."""


class Named(NamedTuple):
    """The values of a mapping by their keys, those of misspelt keys too."""

    values: dict[str, Node]
    lost: bool
    """Whether something stood below a key that nobody knows, so that some ids are unknown."""


def values_by_key(
    misfits: Misfits, node: Pairs, known: Mapping[str, Any], required: tuple[str, ...]
) -> Named:
    """Return the values of a mapping by their keys, and note the keys that mean nothing there.

    Args:
        misfits: Where it is noted.
        node: The mapping.
        known: What the keys hold that can stand there; empty where any key can.
        required: Those that are necessary.
    """
    given = {key.text for key, _ in node.pairs if isinstance(key, Scalar)}
    # What another agenda gives may be given anew.
    own = {text_of(key) for key, _ in node.pairs if key.line < len(misfits.source.own_lines)}
    seen: dict[str, Node] = {}
    lost = False
    again = _given_again(misfits, node) if len(given) < len(node.pairs) else range(0)
    for at, (key, inner) in enumerate(node.pairs):
        name = key.text if isinstance(key, Scalar) else ""
        if not name:
            misfits.note(key, "A key is needed here: one word before the colon.")
        elif name in seen:
            if key.line not in again:
                misfits.note(key, _again(name, text_of(node.pairs[at - 1][0])))
        elif known and name not in known and _goes_on(misfits, (key, inner), node.pairs[at - 1][1]):
            pass
        elif known and name not in known:
            can_be = (each for each in known if each in given or each not in seen)
            free = {each: known[each] for each in can_be if each not in own}
            lacks = _lacking(given, seen, required, inner, known)
            meant = _values_meant(
                misfits, node, (key, inner), _Known(known, free, node, given, lacks)
            )
            seen |= {k: v for k, v in meant.values.items() if k not in given and k not in seen}
            lost = lost or meant.lost
        else:
            seen[name] = inner
    return Named(seen, lost)


def _goes_on(misfits: Misfits, pair: tuple[Node, Node], above: Node) -> bool:
    """Note that a sentence with a colon goes on with the text above; return whether it does."""
    key, value = pair
    words = text_of(key)
    sentence = " " in words and words[0].isupper() and text_of(value).endswith(ENDS)
    above = next(iter(items_of(above)[::-1]), above)
    text = isinstance(above, Scalar) and above.style in ("|", ">") and above.last
    below = sentence and text and above.line < key.line <= text + 1
    if below:
        first = above.line + 1
        begun = behind_dash(misfits.source.line(above.line)) + 2
        deep = indent_of(misfits.source.line(first)) if first < key.line else begun
        misfits.note(key, CONTINUED, indented(misfits.source.line(key.line), deep))
    return bool(below)


def _again(name: str, above: str) -> str:
    """Return what to say of a key that comes again, below the key above it."""
    new = name in ("ask", "label") and above != name
    return f"`{shown(name, 40)}` appears here twice: keep one.{NEW_ID * new}"


def _given_again(misfits: Misfits, node: Pairs) -> range:
    """Return the lines in which many keys come again in a row, and note the first; else none."""
    seen, again = set[str](), list[Node]()
    for key, _ in node.pairs:
        if text_of(key) in seen:
            again.append(key)
        elif len(again) < MANY_KEYS:
            again = []
        seen.add(text_of(key))
    if len(again) < MANY_KEYS:
        return range(0)
    first, last = text_of(again[0]), again[-1].line + 1
    sentence = f"From here to line {last}, `{first}` and other keys appear again: keep one of each."
    misfits.note(again[0], sentence)
    return range(again[0].line, last)


class _Known(NamedTuple):
    """The keys that can stand somewhere."""

    all: Mapping[str, Any]
    """What each of them holds."""
    free: Mapping[str, Any]
    """The same without those that do."""
    node: Pairs
    """The mapping that has them."""
    given: Collection[str]
    """The keys that it has."""
    lacks: str
    """The only one that is missing and necessary; empty if none is, or several are."""


def _values_meant(misfits: Misfits, node: Pairs, pair: tuple[Node, Node], known: _Known) -> Named:
    """Note an unknown key, and return what was meant, so that references to it are known."""
    key, inner = pair
    name, line = text_of(key), misfits.source.line(key.line)
    if is_soiled(key) and name in KEYS:
        # Where it does not belong, all that stands before it may be such characters.
        deep = node.column if name in known.all else len(line) - len(line.lstrip())
        bare = re.sub(r"^(\w+)\s+:", r"\1:", line.lstrip())
        misfits.note(key, NO_REAL_SPACE, f"{' ' * deep}{bare}")
        return Named({name: inner} if name in known.all else {}, lost=False)
    begins = re.split(r"[\s:]", text_of(key))[0]
    if node.braces and is_empty(inner) and name in NAMES and known.lacks:
        return Named({known.lacks: _named(misfits, key)}, lost=False)
    if node.braces and is_empty(inner) and begins not in known.all:
        _note_key_missing(misfits, key, known.lacks)
        return Named({known.lacks: key} if known.lacks else {}, lost=False)
    if both := as_two(misfits, key, inner, known.all):
        return Named(dict(both), lost=False)
    near, behind = _key_meant(misfits, pair, known)
    value = Scalar(key.line, key.column, behind, "", key.line) if behind else inner
    return Named({near: value} if near else {}, not (near or isinstance(inner, Scalar)))


def _lacking(
    given: Collection[str],
    seen: Collection[str],
    required: tuple[str, ...],
    value: Node,
    known: Mapping[str, Any],
) -> str:
    """Return the only necessary key that is missing, if an unknown key's value may be its own."""
    lacking = [key for key in required if key not in given and key not in seen]
    if len(lacking) != 1 or not isinstance(value, Scalar) or item_kind(known[lacking[0]]):
        return ""
    fits = len(known) <= FEW_KEYS or (lacking == ["id"] and re.fullmatch(CARD_ID, value.text))
    words = lacking[0] in ("ask", "label") and " " in value.text.strip()
    return lacking[0] if fits or words else ""


def _key_meant(misfits: Misfits, pair: tuple[Node, Node], known: _Known) -> tuple[str, str]:
    """Note an unknown key, and return the one that was meant, with what is glued to it."""
    key, value = pair
    name = text_of(key)
    if told := _glued(misfits, key, value, known):
        return told
    seen = name.translate(_UNSEEN)
    if seen != name and seen in known.all:
        line = misfits.source.line(key.line)
        misfits.note(key, HIDDEN.format(key=seen), line.replace(name, seen, 1))
        return seen, ""
    if name.casefold() in _BOTH and {*ROLES} <= {*known.all}:
        own = isinstance(value, Pairs) and {*key_names(value)} <= {*known.all}
        misfits.note(key, no_key(name, FOR_ALL if own else FOR_BOTH))
        return "", ""
    near = _near(misfits, pair, known) or known.lacks
    where = suggestion(near) or _to_a_field(name, known) or belongs_to(name) or _in_a_phase(value)
    where += _to_a_card(misfits, known) if where == belongs_to("ask") else ""
    where = _elsewhere(name, known.all) or where or _usual(name, known.all)
    fix = at_margin(misfits.source.lines, key.line) if where == belongs_to("phases") else ""
    where = f"{where[:-1]}: take away the spaces before it." if fix else where
    if near not in known.given:
        fix = fix or misfits.source.with_words(key.line, key.column, name, near)
    misfits.note(key, no_key(name, where), fix)
    return near, ""


def _elsewhere(name: str, known: Collection[str]) -> str:
    """Return where a key of cards or fields goes that stands in what holds them; or nothing."""
    if name == "minutes" and "prompts" in known:
        return OF_CARDS
    return OF_EACH_FIELD if name == "open" and "says" in known else ""


def _glued(misfits: Misfits, key: Node, value: Node, known: _Known) -> tuple[str, str] | None:
    """Note a value that no colon divides from its key, or a name that stands before its role.

    Return the key and the value that were meant; None if it is neither.
    """
    name, line = text_of(key), misfits.source.line(key.line)
    joined = _joined(name)
    glued = re.fullmatch(r"([a-z_]+)(?::| *=| ) *(\S.*)", name) if is_empty(value) else None
    if glued and glued[1] in known.all and joined not in known.all:
        meant = f"{glued[1]}: {glued[2]}"
        sentence = f"A colon and a space stand between a key and its value: `{meant}`."
        misfits.note(key, sentence, line.replace(name, meant, 1) if name in line else "")
        return glued[1], glued[2]
    # What follows has a colon of its own, which YAML takes for that of the key.
    longer = re.fullmatch(r"([a-z_]+):(\S.*)", name) if text_of(value) else None
    if longer and longer[1] in known.all and name in line:
        begun = line.replace(name, f"{longer[1]}: {longer[2]}", 1)
        sentence = f"A space stands behind the colon of `{longer[1]}:`, and this text has one, too."
        misfits.note(key, sentence, on_own_line(begun))
        return longer[1], f"{longer[2]}: {text_of(value)}"
    role = text_of(value).casefold()
    if {*known.all} == {*ROLES} and role in known.free:
        meant = f"{role}: {name}"
        sentence = f"The role stands first, and its name behind it: `{meant}`."
        misfits.note(key, sentence, f"{line[: key.column]}{meant}")
        return role, name
    return None


_DENIED = re.compile(r"(?:^|_)(?:no|not|never|without)(?:_|$)")


def _joined(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.casefold())


def _near(misfits: Misfits, pair: tuple[Node, Node], known: _Known) -> str:
    """Return the key that an unknown one means or almost is; empty if none is near."""
    name, joined = text_of(pair[0]), _joined(text_of(pair[0]))
    ours = joined if joined in known.all else _ours(name, pair[1], known.free)
    called = misfits.role_called(name) or role_meant(name) or _other_role(known.given)
    near = ours or (called if {*known.all} == {*ROLES} else "")
    # The search takes time, and nobody is shown more problems than the limit; and `no_other` is
    # near to what it denies.
    many = len(misfits.problems) >= PROBLEM_LIMIT
    if near or name in KEYS or many or _DENIED.search(joined):
        return near
    near = nearest(name, known.all)
    # `labell` is that key once more, and `subtitle` is no title.
    twice = near in known.given and abs(len(near) - len(name)) > 1
    return nearest(name, known.free) if twice else near


def _other_role(given: Collection[str]) -> str:
    """Return the role that is missing where two people are named, one of them by another word."""
    others = [role for role in ROLES if role not in given]
    return others[0] if len(others) == 1 and len(given) == len(ROLES) else ""


def _field_ids(node: Pairs) -> tuple[str, ...]:
    """Return the ids of the fields of a card."""
    listed = (items_of(value) for key, value in node.pairs if text_of(key) in ("record", "settle"))
    return tuple(filter(None, (text_of(value_of(i, "id")) for items in listed for i in items)))


def _to_a_field(name: str, known: _Known) -> str:
    """Return to which fields of a card a key belongs, with a space before it; or nothing."""
    below = name in FIELD_KEYS and belongs_to(name) == belongs_to("choices")
    named = " or ".join(f"`{each}`" for each in (_field_ids(known.node) if below else ()))
    if name == "private" and below and "ask" in known.all and not named:
        return IN_PRIVATE
    return f" It belongs to a field: indent it below {named}." if named else ""


def _to_a_card(misfits: Misfits, known: _Known) -> str:
    """Return which cards a phase has whose name was taken for a card's; or nothing."""
    own = value_of(known.node, "id")
    inherited = own is not None and own.line >= len(misfits.source.own_lines)
    cards = items_of(value_of(known.node, "prompts")) if inherited else ()
    ids = [*filter(None, (text_of(value_of(card, "id")) for card in cards))]
    return f" `{text_of(own)}` is a phase.{cards_named(*ids)}" if own and ids else ""


def no_key(name: str, where: str) -> str:
    """Return the message about a key that nobody knows, with what may be meant or where it goes."""
    return f"There is no key `{shown(name, 40)}` here.{where}"


def _usual(name: str, known: Collection[str]) -> str:
    """Return which keys can stand somewhere, or the most usual of many; of a sentence, nothing."""
    few = [*known] if len(known) <= FEW_KEYS else []
    many = next((keys for keys in USUAL if {*keys} <= {*known}), ())
    *keys, last = (f"`{key}`" for key in few or many or ("",))
    if not keys or " " in name:
        return ""
    return f" {'The keys here are' if few else 'Usual keys here are'} {', '.join(keys)} and {last}."


def _ours(name: str, value: Node, free: Mapping[str, Any]) -> str:
    """Return what agendas call a key that other tools have, one that fits its value first."""
    fitting = [each for each in free if _may_be(value, free[each])]
    ours = our_word(name, "", fitting) or _held(name, value, {each: free[each] for each in fitting})
    return ours or our_word(name, "", free)


def _held(name: str, value: Node, free: Mapping[str, Any]) -> str:
    """Return the key that holds a list of such items as stand below a name; empty if none does."""
    given = {*key_names(next(iter(items_of(value)), value))}
    needed = {each: required_keys(item_kind(kind)) for each, kind in free.items()}
    holding = [each for each, keys in needed.items() if keys and given.issuperset(keys)]
    return nearest(name, holding) or next(iter(holding), "")


def _note_key_missing(misfits: Misfits, key: Node, lacks: str) -> None:
    """Note that a value within braces has no key before it, and which one, if that is known."""
    name = text_of(key)
    line, meant = misfits.source.line(key.line), f"{lacks}: {name}"
    sentence = f"A key is missing before this: `{meant}`."
    if not lacks:
        sentence = "A comma within braces ends a text: put that into quotation marks."
    fix = line.replace(name, meant, 1) if lacks and name in line else ""
    misfits.note(key, sentence, fix)


def _named(misfits: Misfits, key: Node) -> Scalar:
    """Return `{mentor}`, which YAML reads as keys, as the text that is meant, and note it."""
    name, line = text_of(key), misfits.source.line(key.line)
    fix = re.sub(r"(?<![\"'\w])(\{ *\w+ *\})(?!\w)", r'"\1"', line)
    misfits.note(key, IN_MARKS.format(text=f'"{{{name}}}"'), fix)
    return scalar_at(key, f"{{{name}}}")


def _may_be(value: Node, wanted: Any) -> bool:
    """Return whether a value looks like what an annotation wants."""
    items, parts = item_kind(wanted), is_dataclass(item_kind(wanted))
    if isinstance(value, Items):
        if parts and not _is_like(value, keys_of(item_kind(wanted))):
            return False
        keyed = any(isinstance(item, Pairs) and len(item.pairs) > 1 for item in value.nodes)
        return items is not None and (parts or not keyed)
    if isinstance(value, Pairs):
        return items is not None or part_kind(wanted) is not None
    number = re.match(r"\s*\d", value.text) is not None
    if not is_empty(value) and number != bool({int, float} & {wanted, *annotation(wanted)[1]}):
        return wanted is str
    return is_empty(value) or (part_kind(wanted) is None and not (parts and has_ids(wanted)))


def _is_like(items: Items, known: Collection[str]) -> bool:
    """Return whether at least half of the keys of a list's first item are known; or it has none."""
    given = key_names(items.nodes[0]) if items.nodes else []
    return 2 * sum(key in known for key in given) >= len(given)


def _in_a_phase(value: Node) -> str:
    """Return a sentence on where cards belong, with a space before it, if they are; or nothing."""
    cards = items_of(value)
    if cards and all("ask" in key_names(card) for card in cards):
        return " Cards stand below `prompts:` in a phase."
    return ""
