"""The page that lists the bundled agendas says what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from library_page import PAGE, page

from mentorwalk.authoring import agenda_from, read_source
from mentorwalk.documents.leaflet import leaflet_page
from mentorwalk.domain.overview import overview_of
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from mentorwalk.domain.agenda import Agenda

AGENDAS = [agenda_from(read_source(path)) for path in sorted(BUNDLED_AGENDAS.glob("*.yaml"))]
TO_HOLD = [agenda for agenda in AGENDAS if agenda.id != "held"]
"""All but that for a meeting which was held already."""


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python tests/library_page.py writes it"


def test_every_agenda_says_when_somebody_reaches_for_it() -> None:
    assert [agenda.id for agenda in AGENDAS if not agenda.when_to_use] == []


@pytest.mark.parametrize("agenda", TO_HOLD, ids=lambda agenda: agenda.id)
def test_its_leaflet_says_how_to_hold_it_and_is_read_in_two_or_three_minutes(
    agenda: Agenda,
) -> None:
    leaflet = leaflet_page(overview_of(agenda, agenda.minutes))
    assert ("## How to hold it, and what not to do" in leaflet) == bool(agenda.aside.mentor)
    # 240 words a minute are an ordinary pace of reading; minutes in brackets are only seen.
    words = re.sub(r" \([\d.]+ min\)", "", leaflet).split()
    assert len(words) <= (500 if agenda.suggested_by else 620)
