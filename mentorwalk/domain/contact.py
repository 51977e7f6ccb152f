"""The contact: whom the two can turn to outside the pair, as the agenda or they themselves say."""

# Annotations are values here, not texts: the decoder of agendas reads them.
from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """The person to turn to outside the pair."""

    who: str = ""
    """Who it is, as it reads in a sentence. Any text may refer to it as `{contact}`."""
    how: str = ""
    """How to reach them: an address, a number."""
    urgent: str = ""
    """What to do in an emergency."""
    named_by: str = ""
    """The field of type `text` in which the pair names somebody, who then takes this place."""

    @property
    def words(self) -> str:
        """Who it is and how to reach them, as it reads in a sentence; empty for nobody."""
        return f"{self.who} ({self.how})" if self.who and self.how else self.who
