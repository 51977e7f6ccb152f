"""An exercise about items: areas that are rated and put in order, what each means, and a map."""

from __future__ import annotations

from mentorwalk.domain.agenda import Prompt
from mentorwalk.domain.fields import Choice, Field
from support.building import agenda_of, session_of

AREAS = Field(
    "areas",
    "Areas",
    type="checkbox",
    choices=tuple(map(Choice, ("Skills", "Workload", "People"))),
    max=2,
)
OWN = Field("own", "Own areas", type="list", max=2)
NOW = Field("now", "Now", type="ratings", items_from=("areas", "own"))
MEANING = Field("meaning", "What {item} means", each_of="areas")
ORDER = Field("order", "In order", type="ranking", choices_from=("areas", "own"), max=3)
FIRST = Field("first", "The first one", type="select", choices_from="order")
SET = Field("set", "Now", type="ratings", items=("Skills", "Workload"))
MAP = Field("map", "The map", type="outline")
BRANCH = Field("branch", "Where to begin", type="select", choices_from="map")
EXERCISE = agenda_of(
    Prompt("pick", "Which?", record=(AREAS, OWN)),
    Prompt("rate", "How much?", record=(NOW, MEANING, ORDER, FIRST, SET)),
    Prompt("draw", "What belongs to it?", record=(MAP, BRANCH)),
)
BEGUN = session_of(EXERCISE)
