"""The command for tests: run in this process as `main` runs it, or in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from mentorwalk.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING: Mapping[str, str] = {}
ENTERS = "\n" * 100 + "1\n" + "\n" * 60
"""Enter at every stop; only the agreement waits for a number, and stays a draft."""


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it printed, line by line, with errors last."""
        return (self.out + self.err).splitlines()


def ran(*args: object, typed: str = "", env: Mapping[str, str] = NOTHING) -> Ran:
    """Run a command in this process, on no terminal; a bug raises."""
    around = {"COLUMNS": "80", "MENTORWALK_HOME": None, **env}
    with (
        pytest.MonkeyPatch.context() as only,
        CliRunner().isolation(typed, around) as (out, err, _both),
    ):
        only.setattr(sys, "argv", ["mentorwalk", *map(str, args)])
        code = _ended()
        return Ran(code, out.getvalue().decode(), err.getvalue().decode())


def ran_in(home: object, *args: object, typed: str = "") -> Ran:
    """Run a command on a home in this process."""
    return ran(*args, "--home", home, typed=typed)


def ran_alone(
    *args: object, typed: str | None = None, env: Mapping[str, str] = NOTHING, umask: int = 0o022
) -> Ran:
    """Run a command in a process of its own, on no terminal."""
    inherited = {key: value for key, value in os.environ.items() if key != "MENTORWALK_HOME"}
    done = subprocess.run(
        [sys.executable, "-m", "mentorwalk", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        env={**inherited, "COLUMNS": "80", **env},
        umask=umask,
        check=False,
        **({"stdin": subprocess.DEVNULL} if typed is None else {"input": typed}),
    )
    assert "Traceback" not in done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def _ended() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
