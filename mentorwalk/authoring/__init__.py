"""From YAML text to an agenda or to answers, or to every problem with its line and its fix."""

from mentorwalk.authoring.source import Source, read_source
from mentorwalk.authoring.validation import Examined, agenda_from, examine

__all__ = ["Examined", "Source", "agenda_from", "examine", "read_source"]
