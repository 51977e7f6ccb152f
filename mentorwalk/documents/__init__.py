"""Turn a session into its documents: Markdown by sandboxed Jinja, pages, an invitation."""

from mentorwalk.documents.context import NAMES
from mentorwalk.documents.rendering import Renderer
from mentorwalk.documents.template_usage import Named, Usage, usage_of
from mentorwalk.documents.writing import Written, write_documents, write_mail

__all__ = [
    "NAMES",
    "Named",
    "Renderer",
    "Usage",
    "Written",
    "usage_of",
    "write_documents",
    "write_mail",
]
