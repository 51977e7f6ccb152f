"""What an agenda says of its outcomes: where the next meeting is answered, and which documents."""

# Annotations are values here, not texts: the decoder of agendas reads them.
from dataclasses import dataclass


@dataclass(frozen=True)
class Meeting:
    """The ids of the fields that make the invitation to the next meeting."""

    date: str
    """The field that says the day."""
    time: str = ""
    """The field that says the time of day."""
    minutes: str = ""
    """The field that says how long it takes."""
    where: str = ""
    """The field that says the place."""
    lasts: str = ""
    """The field that says for how long the two meet in all: `6 months`, or a last day."""

    @property
    def next_one(self) -> tuple[str, ...]:
        """The fields that say when, where and for how long the next one is."""
        return self.date, self.time, self.minutes, self.where


@dataclass(frozen=True)
class Document:
    """A template and the file it becomes."""

    template: str
    """The template's file, without folders."""
    file: str
    """The file it becomes, without folders."""
    accept: bool = False
    """Whether both can accept it; at most one document."""
