"""The programme that two people are part of, and the facts that it may ask for.

The names of the facts are a format: they stand in agendas and in facts files.
"""

# Annotations are values here, not texts: the decoder of agendas reads them.
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from mentorwalk.domain.i18n import N_, _, using_language
from mentorwalk.domain.text import join_words

FactName = Literal[
    "meeting",
    "agenda",
    "agenda_version",
    "held_on",
    "minutes",
    "format",
    "agreement",
    "agreement_on",
    "next_meeting",
    "steps",
    "goals",
    "exercises",
    "contact_us",
]
FACT_NAMES: tuple[FactName, ...] = get_args(FactName)
"""Every fact, in the order in which a file has them."""
ASKS: Final = "programme.asks"
"""What texts of an agenda call the facts that its programme asks for; no field has a `.` there."""
SHORT_NAME: Final = r"[a-z0-9][a-z0-9_-]{0,59}"
"""What the id of a programme looks like."""
_IN_AGREEMENT: Mapping[FactName, str] = {
    "meeting": N_("how often we have met"),
    "agenda": N_("which agenda we used"),
    "agenda_version": N_("which version of it"),
    "held_on": N_("on which day we met"),
    "minutes": N_("about how long it took"),
    "format": N_("whether we meet by video or otherwise"),
    "agreement": N_("whether we have an agreement"),
    "agreement_on": N_("since when we have it"),
    "next_meeting": N_("whether the next meeting is set"),
    "steps": N_("how many steps are open"),
    "goals": N_("how many goals we have"),
    "exercises": N_("which exercises we did"),
    "contact_us": N_("whether we would like to be contacted"),
}
"""How each fact reads in the sentence of an agreement that says what is passed on."""


@dataclass(frozen=True)
class Programme:
    """The programme that two people are part of."""

    id: str
    """A short name, which stands in each facts file: small letters, digits, `-` and `_`."""
    asks: tuple[FactName, ...] = ()
    """The facts that it would like to have; every fact, if left out. The pair decides."""

    @property
    def facts(self) -> tuple[FactName, ...]:
        """The facts that it asks for, in the order of a file."""
        return tuple(name for name in FACT_NAMES if name in self.asks or not self.asks)

    def in_words(self, language: str) -> str:
        """Return what it asks for, as it reads in a sentence of an agreement."""
        # Whoever asks: the words of an agreement do not depend on who reads it.
        with using_language(language):
            return join_words([_(_IN_AGREEMENT[name]) for name in self.facts])
