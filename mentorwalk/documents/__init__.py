"""From a session to its documents: Markdown through sandboxed Jinja, written in one piece."""

from mentorwalk.documents.rendering import Renderer
from mentorwalk.documents.writing import Written, write_documents

__all__ = ["Renderer", "Written", "write_documents"]
