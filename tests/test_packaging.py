"""Agendas and templates ship: a session can be walked from a wheel."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


def run(*command: str | Path) -> str:
    """Run a command to its end, and give what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a fresh sdist and the wheel that `build` made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT)
    return folder


def test_a_session_can_be_walked_from_the_wheel(built: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment)
    scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", scripts / "python"]
    run(*pip, "install", "--quiet", next(built.glob("*.whl")))
    answers = tmp_path / "answers.yaml"
    answers.write_text("purpose: to lead my new team\n", encoding="utf-8")
    home = tmp_path / "home"
    run(scripts / "mentorwalk", "--home", home, "start", "--answers", answers)
    names = sorted(path.name for path in (home / "documents").rglob("*.md"))
    assert names == ["contract.md", "summary.md"]
    form = tmp_path / "form.html"
    run(scripts / "mentorwalk", "--home", home, "prep", "--html", form)
    assert 'id="form"' in form.read_text(encoding="utf-8")
    assert '"$schema"' in run(scripts / "mentorwalk", "agenda", "schema")


def test_the_words_ship_with_the_program(built: Path) -> None:
    words = "mentorwalk/locale/mentorwalk.pot"
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        assert words in wheel.namelist()
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        assert [name for name in archive.getnames() if name.endswith(words)]


def test_the_sdist_holds_what_its_tests_need(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}
    folders = {"agendas", "templates", "mentorwalk", "tests", "docs"}
    pages = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"}
    assert folders | pages | {"Makefile"} <= tops
