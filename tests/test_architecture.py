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
    *("domain", "storage", "authoring", "documents"),
    *("engine", "workflows", "frontends", "cli", "__main__"),
)
AUTHORING = ("format", "syntax", "decoding", "checks", "warnings", "inheritance")
"""The folders of `authoring`; the modules beside them may import from all."""
TERMINAL = {"rich", "questionary", "prompt_toolkit"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE / "agendas")


def layer(path: Path) -> str:
    """Return the folder that a module belongs to, or its own name beside the folders."""
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
    return set(printed(f"import sys, {module}; print(*sys.modules)").split())


def printed(script: str) -> str:
    """What a script prints in a fresh interpreter."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def authoring_floor(folder: str) -> int:
    """Return how high a folder of `authoring` is; what lies beside the folders is above them."""
    return AUTHORING.index(folder) if folder in AUTHORING else len(AUTHORING)


def test_each_folder_imports_only_from_those_before_it() -> None:
    upwards = {
        (str(path.relative_to(PACKAGE)), name)
        for path in MODULES
        for name in imported(path)
        if name.startswith("mentorwalk.")
        and LAYERS.index(name.split(".")[1]) > LAYERS.index(layer(path))
    }
    assert upwards == set()


def test_so_does_each_folder_of_authoring() -> None:
    upwards = {
        (str(path.relative_to(PACKAGE)), name)
        for path in MODULES
        if layer(path) == "authoring"
        for name in imported(path)
        if name.startswith("mentorwalk.authoring.")
        and authoring_floor(name.split(".")[2]) > authoring_floor(path.parent.name)
    }
    assert upwards == set()


def test_the_house_has_no_other_folders() -> None:
    assert {layer(path) for path in MODULES} == {*LAYERS, "__init__"}


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    domain = [path for path in MODULES if layer(path) == "domain"]
    modules = {name.partition(".")[0] for path in domain for name in imported(path)}
    assert modules - sys.stdlib_module_names - {"mentorwalk"} == set()


def test_only_frontends_and_commands_know_the_terminal() -> None:
    inner = [path for path in MODULES if layer(path) not in ("frontends", "cli")]
    modules = {name.partition(".")[0] for path in inner for name in imported(path)}
    assert modules & TERMINAL == set()


def test_the_commands_load_nothing_slow_before_they_need_it() -> None:
    assert (
        loaded_by("mentorwalk.cli.app") & {"prompt_toolkit", "questionary", "jinja2", "yaml"}
        == set()
    )


def test_the_version_is_told_before_anything_is_loaded() -> None:
    script = "import sys; sys.argv[1:] = ['--version']; from mentorwalk.__main__ import main; "
    version, *modules = printed(f"{script}main(); print(*sys.modules, sep='\\n')").splitlines()
    ours = [name for name in modules if name.startswith(("mentorwalk", "typer"))]
    assert (version, ours) == (
        f"mentorwalk {mentorwalk.__version__}",
        ["mentorwalk", "mentorwalk.__main__"],
    )


def test_a_bundled_agenda_is_loaded_without_what_reads_yaml() -> None:
    script = (
        "import sys; from mentorwalk.authoring.loading import load_agenda; "
        "from mentorwalk.storage.library import library; from pathlib import Path; "
        "load_agenda(library(Path('nowhere')), 'first-session', None); print(*sys.modules)"
    )
    slow = {"yaml", "mentorwalk.authoring.validation", "mentorwalk.domain.events"}
    assert set(printed(script).split()) & slow == set()


@pytest.mark.parametrize("module", ["workflows.runner", "workflows.prepare"])
def test_nobody_who_comes_back_or_prepares_waits_for_the_walk(module: str) -> None:
    walks = {"yaml", "jinja2", "mentorwalk.engine.walk", "mentorwalk.workflows.mentorships"}
    assert loaded_by(f"mentorwalk.{module}") & walks == set()


@pytest.mark.parametrize(
    "module",
    [
        "workflows.host",
        "workflows.lobby",
        "workflows.prep_intake",
        "frontends.live.live",
        "frontends.plain",
    ],
)
def test_what_the_first_question_does_without_is_loaded_after_it(module: str) -> None:
    later = {"jinja2", "markdown_it", "icalendar", "tzlocal", "filelock"}
    later_modules = ("domain.session", "storage.journal", "engine.walk", "documents")
    walks = {f"mentorwalk.{name}" for name in later_modules}
    assert loaded_by(f"mentorwalk.{module}") & (later | walks) == set()


def test_two_lines_about_a_mentorship_need_no_document_and_no_screen() -> None:
    slow = {"jinja2", "markdown_it", "icalendar", "tzlocal", "mentorwalk.documents"}
    assert loaded_by("mentorwalk.workflows.status") & (slow | TERMINAL) == set()


def test_the_plain_frontend_needs_no_terminal_library() -> None:
    assert loaded_by("mentorwalk.frontends.plain") & TERMINAL == set()


def functions(path: Path) -> list[Function]:
    """Every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def length(function: Function) -> int:
    """The lines of a function's body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return sum((node.end_lineno or node.lineno) - node.lineno + 1 for node in body)


def test_functions_are_short() -> None:
    lengths = sorted(length(function) for path in MODULES for function in functions(path))
    assert lengths[-1] <= 40
    assert lengths[len(lengths) // 2] <= 6


def test_no_function_hides_gettext_from_the_messages_in_it() -> None:
    hiding = {
        f"{path.relative_to(PACKAGE)}:{function.lineno}"
        for path in MODULES
        if "_" in imported_names(path)
        for function in functions(path)
        if "_" in bound_names(function)
    }
    assert hiding == set()


def imported_names(path: Path) -> set[str]:
    """Return the names that the imports of a module bind at its top."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in imports for alias in node.names}


def bound_names(function: Function) -> set[str]:
    """Return the names of a function, its parameters, and what it sets."""
    return {
        function.name,
        *(node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)),
        *(
            node.id
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ),
    }


def test_typer_finds_the_annotations_of_commands_compiled() -> None:
    typed = {
        path.name
        for path in (PACKAGE / "cli").glob("*.py")
        if "commands.command(" in path.read_text(encoding="utf-8")
        and "__future__" in imported(path)
    }
    assert typed == set()
