"""The bundled agendas as they are decoded beforehand are those that their YAML describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from decoded_agendas import decoded_text
from hypothesis import given, settings
from support.any_agenda import agendas
from support.building import examples

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.authoring.syntax.source import Source
from mentorwalk.authoring.validation import checked_agenda
from mentorwalk.storage.decoded import (
    DECODED,
    agenda_in,
    decoded_agenda,
    decoded_line,
    is_decoded,
)
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from pathlib import Path

    from mentorwalk.domain.agenda import Agenda

BUNDLED = sorted(BUNDLED_AGENDAS.glob("*.yaml"))


def test_the_file_is_current() -> None:
    assert DECODED.read_text(encoding="utf-8") == decoded_text(), "make decoded writes it"


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_a_bundled_agenda_is_found_by_its_text_to_the_last_character(path: Path) -> None:
    source = read_source(path)
    # Values that are equal may read differently: 2 minutes, and 2.0.
    assert repr(decoded_agenda(source.digest)) == repr(checked_agenda(source))
    changed = Source(source.name, f"{source.text} ")
    assert (is_decoded(source.digest), is_decoded(changed.digest)) == (True, False)


def test_a_text_that_was_changed_is_read_as_it_is() -> None:
    source = read_source(BUNDLED_AGENDAS / "first-session.yaml")
    title = agenda_from(source).title
    changed = Source(source.name, source.text.replace(f"title: {title}", "title: Ours", 1))
    assert agenda_from(changed).title == "Ours"


@given(agendas())
@settings(max_examples=examples(0.3))
def test_any_agenda_is_read_as_it_was_decoded(agenda: Agenda) -> None:
    assert repr(agenda_in(decoded_line("0" * 64, agenda).encode())) == repr(agenda)
