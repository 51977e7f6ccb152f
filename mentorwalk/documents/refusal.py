"""The refusal of something that a template asks for."""


class Refusal(Exception):  # noqa: N818 - no error of ours
    """What a template asks for cannot be had; the text is a sentence for its author."""
