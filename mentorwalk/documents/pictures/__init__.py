"""Draw pictures: as text, as sentences, as dots, in Markdown, and for a page."""

from mentorwalk.documents.pictures.dots import wheel_of_dots, with_wheel
from mentorwalk.documents.pictures.markdown import as_markdown
from mentorwalk.documents.pictures.svg import as_svg
from mentorwalk.documents.pictures.text import as_text
from mentorwalk.documents.pictures.words import as_words

__all__ = ["as_markdown", "as_svg", "as_text", "as_words", "wheel_of_dots", "with_wheel"]
