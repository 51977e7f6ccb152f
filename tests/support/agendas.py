"""The small agendas that tests walk, as the YAML of their files."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).with_suffix("")


def yaml_text(name: str) -> str:
    """Return the text of `agendas/NAME.yaml`."""
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
