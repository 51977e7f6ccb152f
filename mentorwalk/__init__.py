"""A guide through mentoring sessions, on the terminal that two people share on a call.

mentorwalk reads an agenda, which is a YAML file, and shows its prompts one card at a time. Every
answer is appended to a journal before the next card appears. At the end it renders a summary, an
agreement and an invitation from that journal.

It is a command-line application (`mentorwalk.cli`); its modules are no public API.
CONTRIBUTING.md says what each of them knows, and which may import which.
"""

__version__ = "0.1.0"
"""The version, which pyproject.toml reads here: asking the installed files for it takes 60 ms."""
