"""Write mentorwalk/locale/mentorwalk.pot from the source: `python tests/catalogue.py`.

It also makes the catalogue that the program reads, `mentorwalk.mo`, of every translation that
lies there as `mentorwalk.po`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mentorwalk.domain.catalogues import DOMAIN, LOCALE
from mentorwalk.storage.library import BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = LOCALE / f"{DOMAIN}.pot"
PACKAGE = LOCALE.parent
KEYWORDS = {**DEFAULT_KEYWORDS, "NP_": ((1, "c"), 2)}
SAYS = "Translators:"
"""What begins a comment that is for translators."""
HEADER = """\
# The words of mentorwalk. Keep what stands in {braces}, in `backticks` and between **stars**.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def sources() -> list[tuple[str, Path]]:
    """The files whose words are translated, each with the way to read it."""
    modules = [("python", path) for path in sorted(PACKAGE.rglob("*.py"))]
    return modules + [("jinja2", path) for path in sorted(BUNDLED_TEMPLATES.glob("*.j2"))]


def catalogue() -> Catalog:
    """Every message in the source, with the file it is from."""
    found = Catalog(domain=DOMAIN, fuzzy=False)
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    for way, path in sources():
        place = f"{path.parent.name}/{path.name}"
        messages = extract_from_file(way, path, KEYWORDS, (SAYS,), options, strip_comment_tags=True)
        for _line, message, comments, context in messages:
            found.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return found


def template() -> str:
    """The catalogue as it is shipped, for translators to begin with."""
    written = io.BytesIO()
    write_po(written, catalogue(), width=100, omit_header=True, include_lineno=False)
    return HEADER + written.getvalue().decode()


def translations() -> list[Path]:
    """The translations there are."""
    return sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def compiled(path: Path) -> bytes:
    """A translation as the program reads it; what is not sure yet is left out."""
    written = io.BytesIO()
    with path.open("rb") as file:
        write_mo(written, read_po(file))
    return written.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_text(template(), encoding="utf-8")
    for translation in translations():
        translation.with_suffix(".mo").write_bytes(compiled(translation))
