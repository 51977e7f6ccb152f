"""From YAML text to an agenda or to answers, or to every problem with its line and its mend."""

from mentorwalk.authoring.agendas import Examined, agenda_from, examine, load_agenda
from mentorwalk.authoring.source import Source, read_source

__all__ = ["Examined", "Source", "agenda_from", "examine", "load_agenda", "read_source"]
