"""The checks of documents: what they are called, and which one is accepted."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from mentorwalk.authoring.checks.index import Finding
from mentorwalk.authoring.format.id_forms import (
    CARD_ID,
    NAME_LIMIT,
    NOT_SYNCED,
    REFUSED,
    TOO_LONG,
    reshaped,
)
from mentorwalk.authoring.syntax.rewriting import NO_QUOTES, without_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentorwalk.authoring.checks.index import AgendaIndex

BARE_NAME_NEEDED = (
    "A bare file name is needed: letters from a to z, digits, `.`, `-` and `_`, and no folder."
)
NONE_ACCEPTED = "No document has `accept: yes`, so none can be accepted."
BARE_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"


def documents(index: AgendaIndex) -> Iterator[Finding]:
    """Yield what is wrong with the documents, and with the card that accepts one."""
    given = index.agenda.documents
    accepting = [i for i, document in enumerate(given) if document.accept]
    for number in accepting[1:]:
        place = ("documents", number, "accept")
        yield Finding(place, "At most one document can be accepted.")
    cards = [prompt for prompt in index.prompts if prompt.value.accept]
    # A card that was doubled is told by its id.
    for card in (each for each in cards[1:] if each.value.id != cards[0].value.id):
        yield Finding((*card.place, "accept"), "At most one card can have `accept: yes`.")
    # Where a document could not be decoded, it may be the one.
    known = not (index.lost or any(place[:1] == ("documents",) for place in index.unsound))
    if cards and not accepting and index.agenda.kind != "exercise" and known:
        yield Finding((*cards[0].place, "accept"), NONE_ACCEPTED)
    files = Counter(document.file for document in given)
    folded = Counter(document.file.casefold() for document in given)
    for number, document in enumerate(given):
        names = (("template", document.template, ".j2"), ("file", document.file, ".md"))
        for key, name, ending in names:
            if bare := without_quotes(name):
                quoted = NO_QUOTES.format(mark=name[0])
                yield Finding(("documents", number, key), quoted, name, bare)
            elif name and (wrong := _wrong_name(name, ending)):
                yield Finding(("documents", number, key), wrong, name, _with_ending(name, ending))
        if document.file and folded[document.file.casefold()] > 1:
            sentence = f"Two documents are called `{document.file}`."
            if files[document.file] == 1:
                sentence = "Windows and macOS take two of these names for one: choose another."
            yield Finding(("documents", number, "file"), sentence)


def _wrong_name(name: str, ending: str) -> str:
    """Return why a file cannot have a name; empty if it can.

    An agenda may come from a stranger: it must neither put just any file in its folder into
    a document, nor write anything that opens as a page or a program.
    """
    if not re.fullmatch(BARE_NAME, name):
        return BARE_NAME_NEEDED
    if not name.endswith(ending):
        if ending == ".j2" and "." not in name:
            return f"A template's name is written with its ending: `{name}.md.j2`."
        what = "template's" if ending == ".j2" else "document's"
        page = "" if ending == ".j2" else " The page for browsers is written beside it."
        return f"A {what} name ends in `{ending}`.{page}"
    if name.split(".", maxsplit=1)[0].casefold() in DEVICES:
        return f"Windows cannot hold a file called `{name}`: choose another name."
    if REFUSED in name.casefold():
        return NOT_SYNCED
    return "" if len(name) <= NAME_LIMIT else TOO_LONG


def _with_ending(name: str, ending: str) -> str:
    """Return a bare name with the ending that it lacks, such as `summary.md.j2`; or nothing."""
    if ending == ".j2" and "." not in name:
        return f"{name}.md.j2" if re.fullmatch(BARE_NAME, name) else ""
    stem = name if ending == ".j2" else name.partition(".")[0]
    if (
        ending == ".md"
        and not re.fullmatch(BARE_NAME, stem)
        and (shaped := reshaped(stem, CARD_ID))
    ):
        return f"{shaped}{ending}"
    bare = re.fullmatch(BARE_NAME, stem) and not name.endswith(ending)
    return f"{stem}{ending}" if bare and (ending == ".md" or name.endswith(".md")) else ""


_PORTS = [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
DEVICES = frozenset(["con", "prn", "aux", "nul", *_PORTS])
"""Names that Windows keeps for devices, with any ending ("Naming Files, Paths, and Namespaces")."""
