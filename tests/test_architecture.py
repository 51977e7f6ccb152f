"""The house stands as CONTRIBUTING draws it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mentorwalk

PACKAGE = Path(mentorwalk.__file__).parent
LAYERS = (
    ("words",),
    ("errors",),
    ("agenda",),
    ("answers",),
    ("people",),
    ("session",),
    ("pace",),
    ("preparation",),
    ("form",),
    ("card",),
    ("agreement",),
    ("glance",),
    ("meeting",),
    ("continuation",),
    ("verification",),
    ("storage",),
    ("clocks",),
    ("authoring", "journal", "documents", "library", "invite"),
    ("form_page",),
    ("asking",),
    ("script",),
    ("record",),
    ("detours",),
    ("walk",),
    ("sitting",),
    ("afterwards",),
    ("alone",),
    ("room",),
    ("preparing",),
    ("receiving",),
    ("rooms",),
    ("rehearsal",),
    ("demo",),
    ("workbench",),
    ("frontends",),
    ("agenda_commands",),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
VALUES = tuple(name for names in LAYERS[: LAYERS.index(("storage",))] for name in names)
TERMINAL = {"rich", "questionary", "prompt_toolkit"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE / "agendas")


def room(path: Path) -> str:
    """The module, or the package within ours, that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The modules that a file imports, those for annotations too, by their full names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def loaded_by(module: str) -> set[str]:
    """The modules in a fresh interpreter that imported one."""
    command = [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_layer_imports_only_from_those_before_it(path: Path) -> None:
    own = room(path)
    if own == "__init__":
        return
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("mentorwalk.")}
    later = {name for name in rooms - {own} if RANK[name] >= RANK[own]}
    assert later == set()


def test_every_room_has_its_layer() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} == set(RANK)


@pytest.mark.parametrize("name", VALUES)
def test_values_need_nothing_but_the_standard_library(name: str) -> None:
    modules = {module.partition(".")[0] for module in imported(PACKAGE / f"{name}.py")}
    assert modules - sys.stdlib_module_names - {"mentorwalk"} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_frontends_and_commands_know_the_terminal(path: Path) -> None:
    modules = {module.partition(".")[0] for module in imported(path)}
    if room(path) not in ("frontends", "cli"):
        assert modules & TERMINAL == set()


def test_the_commands_load_nothing_slow_before_they_need_it() -> None:
    assert (
        loaded_by("mentorwalk.cli") & {"prompt_toolkit", "questionary", "jinja2", "yaml"} == set()
    )


@pytest.mark.parametrize("module", ["rooms", "receiving", "frontends.live", "frontends.plain"])
def test_what_the_first_question_does_without_is_loaded_after_it(module: str) -> None:
    later = {"jinja2", "markdown_it", "icalendar", "tzlocal", "filelock"}
    walks = {f"mentorwalk.{name}" for name in ("session", "journal", "walk", "documents")}
    assert loaded_by(f"mentorwalk.{module}") & (later | walks) == set()


def test_the_plain_frontend_needs_no_terminal_library() -> None:
    assert loaded_by("mentorwalk.frontends.plain") & TERMINAL == set()


def functions(path: Path) -> list[ast.FunctionDef]:
    """Every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def length(function: ast.FunctionDef) -> int:
    """The lines of a function's body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return sum((node.end_lineno or node.lineno) - node.lineno + 1 for node in body)


def test_functions_are_short() -> None:
    lengths = sorted(length(function) for path in MODULES for function in functions(path))
    assert lengths[-1] <= 40
    assert lengths[len(lengths) // 2] <= 6
