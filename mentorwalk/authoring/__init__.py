"""From YAML text to an agenda or to answers, or to every problem with its line and its mend."""

from mentorwalk.authoring.agendas import Examined, agenda_from, examine, load_agenda
from mentorwalk.authoring.answers import GivenAnswers, answers_from
from mentorwalk.authoring.lint import Documents, warnings_of
from mentorwalk.authoring.preps import GivenPrep, is_prep, prep_from, prep_text
from mentorwalk.authoring.source import Source, read_source
from mentorwalk.authoring.writing import agenda_text

__all__ = [
    "Documents",
    "Examined",
    "GivenAnswers",
    "GivenPrep",
    "Source",
    "agenda_from",
    "agenda_text",
    "answers_from",
    "examine",
    "is_prep",
    "load_agenda",
    "prep_from",
    "prep_text",
    "read_source",
    "warnings_of",
]
