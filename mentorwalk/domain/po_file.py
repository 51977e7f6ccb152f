r"""Read a translation in the format of gettext's PO files, and compile it.

Both formats are described in https://www.gnu.org/software/gettext/manual/ (PO Files, MO Files).
Nothing here raises: what cannot be read is a fault with its line, and the rest counts.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from gettext import GNUTranslations
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SIZE_LIMIT = 1024 * 1024
"""The most bytes of a file: ten times those of our own catalogue."""
FAULTS_LIMIT = 100
"""The most faults that are told."""
MAGIC, REVISION, _TABLES = 0x950412DE, 0, 28
"""The number that MO files begin with, their revision, and the bytes before their tables."""
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,2})\])?)\s*(.*)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_PLURAL_FORMS = re.compile(r"nplurals\s*=\s*([1-9])\s*;\s*plural\s*=\s*([n\d\s()?:!=<>&|%*+-]+);?")
"""What is divided by is a number: a form for every number of things is found without an error."""
_DIVIDED = re.compile(r"%(?!\s*[1-9])")
_TRIED = 1000
"""For how many numbers of things the plural forms are tried."""


class Fault(NamedTuple):
    """What is wrong in a line, counted from 1."""

    line: int
    sentence: str


class Message(NamedTuple):
    """A message that was translated."""

    line: int
    """The line of its `msgid`, counted from 1."""
    key: str
    """The English words; the context before them and the plural behind them, as in MO files."""
    texts: tuple[str, ...]
    """The translation, one for each plural form."""


@dataclass(frozen=True)
class PoFile:
    """A translation, and what is wrong with its file."""

    messages: tuple[Message, ...]
    plural_forms: str
    """The rule for plural forms; empty for that of English."""
    faults: tuple[Fault, ...]
    keys: Mapping[str, int] = field(default_factory=dict)
    """The English words of all messages, translated or not, as in MO files; with their lines."""

    def catalogue(self) -> GNUTranslations:
        """Return the translation as gettext has it; what is missing stays English."""
        header = "Content-Type: text/plain; charset=UTF-8\n"
        if self.plural_forms:
            header += f"Plural-Forms: {self.plural_forms}\n"
        texts = {message.key: "\0".join(message.texts) for message in self.messages}
        return GNUTranslations(BytesIO(compiled({"": header, **texts})))


def read_po(text: str) -> PoFile:
    """Return what the text of a PO file says."""
    reader = _Reader()
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        reader.read(number, line.strip())
    reader.finish()
    faults = tuple(sorted(reader.faults)[:FAULTS_LIMIT])
    return PoFile(tuple(reader.messages.values()), reader.plural_forms, faults, reader.keys)


@dataclass
class _Entry:
    """A message while its lines are read."""

    line: int = 0
    fuzzy: bool = False
    parts: dict[str, str] = field(default_factory=dict)
    """The text of each keyword, such as `msgid` or `msgstr[0]`."""

    @property
    def key(self) -> str:
        """Its key, as in MO files."""
        context, plural = self.parts.get("msgctxt"), self.parts.get("msgid_plural")
        before = "" if context is None else f"{context}\x04"
        return before + self.parts["msgid"] + ("" if plural is None else f"\0{plural}")

    @property
    def texts(self) -> tuple[str, ...]:
        """The translations, in the order of their numbers."""
        found = (name for name in self.parts if name.startswith("msgstr"))
        return tuple(self.parts[name] for name in sorted(found))


@dataclass
class _Reader:
    """Reads line by line."""

    messages: dict[str, Message] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    plural_forms: str = ""
    forms: int = 2
    now: _Entry = field(default_factory=_Entry)
    keyword: str = ""
    """The keyword whose text goes on in the next line."""

    def read(self, number: int, line: str) -> None:
        """Read a line without the white space around it."""
        if line.startswith("#"):
            self._comment(line)
        elif match := _KEYWORD.fullmatch(line):
            self._keyword(number, match)
        elif self.keyword and line.startswith('"'):
            self.now.parts[self.keyword] += self._text(number, line)
        elif line:
            self._fault(number, "This is no part of a message: a line begins with `msgid` or `#`.")

    def _comment(self, line: str) -> None:
        if any(name.startswith("msgstr") for name in self.now.parts):
            self.finish()
        self.keyword = ""
        self.now.fuzzy |= line.startswith("#,") and "fuzzy" in line

    def _keyword(self, number: int, match: re.Match[str]) -> None:
        name = match[1]
        if name in ("msgctxt", "msgid") and "msgid" in self.now.parts:
            self.finish()
        if name in self.now.parts:
            self._fault(number, f"`{name}` is here twice in one message.")
        self.now.line = number if name == "msgid" else self.now.line or number
        self.keyword = name
        self.now.parts[name] = self._text(number, match[3])

    def _text(self, number: int, line: str) -> str:
        """Return the text between quotation marks."""
        match = _QUOTED.fullmatch(line)
        if match is None:
            needed = 'A text between two " is needed here; a " within it is written \\".'
            colon = "No colon stands behind this word: take it out."
            self._fault(number, colon if line.startswith(":") else needed)
            return ""
        unknown = [escape for escape in re.findall(r"\\(.)", match[1]) if escape not in _ESCAPES]
        if unknown:
            wrong = f"`\\{unknown[0]}` has no meaning here: a backslash is written `\\\\`."
            self._fault(number, wrong)
        return re.sub(r"\\(.)", lambda each: _ESCAPES.get(each[1], each[1]), match[1])

    def finish(self) -> None:
        """Put the message that was read to the others."""
        entry, self.now, self.keyword = self.now, _Entry(), ""
        if not entry.parts:
            return
        if "msgid" not in entry.parts:
            self._fault(entry.line, "There is no `msgid` for this.")
            return
        self.keys.setdefault(entry.key, entry.line)
        if entry.key == "":
            self._header(entry)
        elif any(entry.texts) and not entry.fuzzy:
            self._message(entry)

    def _message(self, entry: _Entry) -> None:
        plural = "msgid_plural" in entry.parts
        numbered = [f"msgstr[{number}]" for number in range(self.forms)] if plural else ["msgstr"]
        if [name for name in entry.parts if name.startswith("msgstr")] != numbered:
            needed = ", ".join(f"`{name}`" for name in numbered)
            self._fault(entry.line, f"This message needs {needed}, in this order and no other.")
        elif not all(entry.texts):
            self._fault(entry.line, "Some forms of this message are empty: fill in all or none.")
        elif other := self.messages.get(entry.key):
            self._fault(entry.line, f"This message is translated in line {other.line} already.")
        else:
            self.messages[entry.key] = Message(entry.line, entry.key, entry.texts)

    def _header(self, entry: _Entry) -> None:
        for line in "".join(entry.texts).split("\n"):
            name, _colon, said = line.partition(":")
            if name.strip().lower() == "plural-forms":
                self._plural_forms(entry.line, said.strip())

    def _plural_forms(self, number: int, said: str) -> None:
        match = _PLURAL_FORMS.fullmatch(said)
        forms = int(match[1]) if match else 0
        if match and not _DIVIDED.search(match[2]) and _is_rule(said, forms):
            self.plural_forms, self.forms = said, forms
        else:
            self._fault(
                number,
                "`Plural-Forms` needs the rule of your language, such as "
                "`nplurals=2; plural=(n != 1);`; gettext's manual has those of others.",
            )

    def _fault(self, line: int, sentence: str) -> None:
        self.faults.append(Fault(line, sentence))


def _is_rule(said: str, forms: int) -> bool:
    """Return whether plural forms can be read, and give one of so many for each number."""
    texts = "\0".join(map(str, range(forms)))
    header = f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {said}\n"
    try:
        found = GNUTranslations(BytesIO(compiled({"": header, "a\0b": texts})))
    except ValueError:
        return False
    return all(found.ngettext("a", "b", number) not in ("a", "b") for number in range(_TRIED))


def compiled(texts: Mapping[str, str]) -> bytes:
    """Return translated texts by key as an MO file; the header has the key ""."""
    pairs = sorted((key.encode(), text.encode()) for key, text in texts.items())
    keys, words = [key for key, _text in pairs], [text for _key, text in pairs]
    below = _TABLES + 16 * len(pairs)
    tables = [*_table(keys, below), *_table(words, below + sum(len(key) + 1 for key in keys))]
    # No hash table: its size is 0.
    head = (MAGIC, REVISION, len(pairs), _TABLES, _TABLES + 8 * len(pairs), 0, 0)
    data = b"".join(each + b"\0" for each in (*keys, *words))
    return struct.pack(f"<{7 + len(tables)}I", *head, *tables) + data


def _table(texts: Sequence[bytes], begins: int) -> Iterator[int]:
    """Yield the length of each text and where it is, one behind another."""
    for text in texts:
        yield from (len(text), begins)
        begins += len(text) + 1
