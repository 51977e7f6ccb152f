"""Write agendas/decoded.jsonl from the bundled agendas: `python tests/decoded_agendas.py`."""

from __future__ import annotations

from mentorwalk.authoring import read_source
from mentorwalk.authoring.validation import checked_agenda
from mentorwalk.storage.decoded import DECODED, decoded_line
from mentorwalk.storage.library import BUNDLED_AGENDAS


def decoded_text() -> str:
    """The file as it is shipped."""
    sources = [read_source(path) for path in sorted(BUNDLED_AGENDAS.glob("*.yaml"))]
    return "".join(decoded_line(source.digest, checked_agenda(source)) for source in sources)


if __name__ == "__main__":
    DECODED.write_text(decoded_text(), encoding="utf-8")
