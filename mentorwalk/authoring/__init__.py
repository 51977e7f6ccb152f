"""From YAML text to an agenda or to answers, or to every problem with its line and its fix."""

from mentorwalk.authoring.reading import agenda_from
from mentorwalk.authoring.syntax.source import Source, read_source

__all__ = ["Source", "agenda_from", "read_source"]
