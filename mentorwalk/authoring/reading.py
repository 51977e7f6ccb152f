"""Reading files: an agenda at once if its text is a bundled one's, anything else from its YAML.

What parses, decodes and checks YAML is loaded only here, and only for a text that needs it: that
takes a third of the time to the first question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorwalk.authoring.syntax.kinds import other_yaml
from mentorwalk.authoring.syntax.source import read_source
from mentorwalk.domain.errors import InputError
from mentorwalk.storage.decoded import decoded_agenda, is_decoded

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.authoring.syntax.source import Node, Source
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.storage.library import Library


def agenda_from(source: Source) -> Agenda:
    """Return the agenda that a text describes.

    Raises:
        InputError: The text has nothing in it.
        ProblemsFound: With every problem of the text, in its order.
    """
    if agenda := decoded_agenda(source.digest):
        return agenda
    from mentorwalk.authoring.validation import checked_agenda

    return checked_agenda(source)


def read_agenda(library: Library, path: Path, draft: Source | None = None) -> Source:
    """Read an agenda's file, or a draft in its place, and the files that it extends.

    Raises:
        InputError: A file cannot be read.
        ProblemsFound: What it extends cannot be found, or has problems of its own.
    """
    source = draft or read_source(path)
    # What a bundled text says is known: it extends nothing.
    if is_decoded(source.digest):
        return source
    from mentorwalk.authoring.extending import with_parents

    return with_parents(library, path, source)


ANSWERS = "A file of answers is needed here: `id: answer`, one per line."


def read_answers(path: Path) -> Source:
    """Read a file of answers.

    Raises:
        InputError: It cannot be read, or is another file of ours.
    """
    source = read_source(path, ANSWERS)
    if what := other_yaml(source.text):
        raise InputError(f"{source.name}: This is {what}. {ANSWERS}")
    return source


def nodes_of(source: Source) -> Node:
    """Parse a file into nodes.

    Raises:
        InputError: It has nothing in it.
        ProblemsFound: It is not YAML, or uses what is refused here.
    """
    from mentorwalk.authoring.syntax.recovery import compose

    return compose(source)


def nodes_unseen(source: Source) -> Node:
    """Parse a file into nodes; of what cannot be read, only the place and the reason are told.

    Raises:
        InputError: It has nothing in it.
        ProblemsFound: It is not YAML, or uses what is refused here.
    """
    from mentorwalk.authoring.syntax.recovery import compose_unseen

    return compose_unseen(source)
