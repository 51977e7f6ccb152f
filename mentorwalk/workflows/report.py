"""Report on a programme's pairs: from a folder of facts files, or from a Parquet file of them."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mentorwalk.domain.disclosure import EXACT, FEWEST, counted_names
from mentorwalk.domain.errors import (
    LISTED,
    InputError,
    did_you_mean,
    shown,
    shown_path,
    what_is_there,
)
from mentorwalk.domain.report import FIGURES, OURS, Report
from mentorwalk.storage.fact_table import MISSING, PARQUET, table_in, table_of
from mentorwalk.storage.facts_folder import ARCHIVES, read_facts
from mentorwalk.storage.files import first_bytes
from mentorwalk.storage.library import BUNDLED_AGENDAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mentorwalk.storage.fact_table import FactTable
    from mentorwalk.storage.facts_folder import Refused

QUERIES = Path(__file__).with_name("report.sql")
ENGINES = ("duckdb", "spark", "trino", "bigquery")
"""The engines for which the queries can be printed."""
_MONTH = "[12][0-9]{3}(0[1-9]|1[0-2])"
_ID, _TITLE = (re.compile(f"^{key}: ([^{{\n]+)$", re.MULTILINE) for key in ("id", "title"))
_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


@cache
def queries() -> Mapping[str, str]:
    """Return the queries by name, in order: `per_pair` first, which the others need."""
    _head, *parts = _NAME.split(QUERIES.read_text(encoding="utf-8"))
    return {name: sql.strip() for name, sql in zip(parts[::2], parts[1::2], strict=True)}


def queries_on(day: date | None = None) -> Mapping[str, str]:
    """Return the queries as they count back from a day; from the day they are run, by default."""
    today = f"DATE '{day.isoformat()}'" if day else "CURRENT_DATE"
    return {name: sql.replace("$today", today) for name, sql in queries().items()}


def report_of(
    table: FactTable,
    day: date,
    least: int,
    title: str = OURS,
    agendas: Iterable[Path] = (),
) -> Report:
    """Return what a table of facts says on a day.

    Args:
        table: The facts.
        day: The day from which one counts back.
        least: The fewest pairs that a figure may be about.
        title: What stands above it.
        agendas: The files of agendas whose titles are known; those of ours always are.
    """
    found = {name: table.run(sql) for name, sql in queries_on(day).items()}
    figures = tuple(each.published(dict(found[each.name]), least) for each in FIGURES)
    asked = tuple(code for code, _one in found["asked"])
    months = _months(dict(found["months"]), least)
    quiet = tuple(found["silent"]), tuple(found["perhaps_ended"])
    titles = known_titles([*BUNDLED_AGENDAS.glob("*.yaml"), *agendas])
    return Report(day, least, figures, title, months, *quiet, asked, titles, table.programme)


def known_titles(agendas: Iterable[Path]) -> Mapping[str, str]:
    """Return the titles that files of agendas begin with, by their ids."""
    heads = (first_bytes(path).decode(errors="replace") for path in agendas)
    found = ((_ID.search(head), _TITLE.search(head)) for head in heads)
    return {id_[1]: title[1] for id_, title in found if id_ and title}


def _months(counts: Mapping[str, int], least: int) -> tuple[date, ...]:
    """Return the months that may be told, in order: those in which enough pairs met."""
    told = sorted(share.label for share in counted_names(counts, least))
    # A Parquet file of somebody else may have days that no calendar has.
    return tuple(date(int(m[:4]), int(m[4:]), 1) for m in told if re.fullmatch(_MONTH, m))


def checked_least(least: int) -> int:
    """Return the fewest pairs that a figure may be about.

    Raises:
        InputError: So few would keep nothing back.
    """
    if least == EXACT or least >= FEWEST:
        return least
    raise InputError(
        f"--least needs {FEWEST} or more; or {EXACT}, which keeps nothing back and is only for "
        "whoever may see every file."
    )


@contextmanager
def facts_at(
    place: Path, today: date, progress: Callable[[int, int], None]
) -> Iterator[tuple[FactTable, tuple[Refused, ...]]]:
    """Give the table of the facts in a folder or a Parquet file, and the files that do not count.

    Args:
        place: The folder, or the file.
        today: The day of the report.
        progress: Is told how many files were read, and how many there are.

    Raises:
        InputError: There is nothing to count, or DuckDB is not installed.
    """
    if place.suffix == PARQUET and place.is_file():
        with table_in(place) as table:
            yield table, ()
        return
    folder = read_facts(place, today, progress)
    if not folder.has_facts:
        raise InputError(f"{shown_path(place)}: {_without_facts(folder.refused)}")
    with table_of(folder.rows) as table:
        yield table, folder.refused


def _without_facts(others: Sequence[Refused]) -> str:
    """Say that a folder has no facts files, and which of the others can be read or unpacked."""
    sentence = "No facts files are in it: their names end in `.json`."
    for each in others:
        named = shown(each.path.name)
        if each.path.suffix == PARQUET:
            return f"{sentence} If {named} is of an earlier report, name that file instead."
        if each.path.suffix.lower() in ARCHIVES:
            return f"{sentence} Unpack {named} first."
        if each.path.is_dir():
            return f"{sentence} {named}: {each.sentence}"
    return sentence


def one_programme(table: FactTable, wanted: str | None) -> tuple[str, int]:
    """Leave the facts of one programme in a table: a report is about one.

    Args:
        table: The facts.
        wanted: The id of the programme; None for the only one that is there.

    Returns:
        Its id, empty where the facts name none; and how many sessions are not counted, because
        they name none.

    Raises:
        InputError: There are several, or none is called so.
    """
    sessions = dict(table.programmes)
    unnamed = sessions.pop("", 0)
    if wanted is None and len(sessions) > 1:
        each = ", ".join(f"`{name}`" for name in [*sessions][:LISTED])
        raise InputError(
            f"These facts are of {len(sessions)} programmes, and a report is about one: {each}. "
            f"Choose it with --programme, such as --programme {next(iter(sessions))}."
        )
    if wanted is not None and wanted not in sessions:
        hint = did_you_mean(wanted, sessions) or what_is_there(sessions)
        raise InputError(f"No facts are of a programme `{shown(wanted, 40)}`.{hint}")
    if not sessions:
        return "", 0
    chosen = wanted or next(iter(sessions))
    table.count_only(chosen)
    return chosen, unnamed


def sql_for(engine: str) -> str:
    """Return every query for an engine, one after another, over a table `facts`.

    Raises:
        InputError: The engine is unknown, or what translates is not installed.
    """
    if engine not in ENGINES:
        hint = did_you_mean(engine, ENGINES)
        raise InputError(f"--sql can be {', '.join(ENGINES)}; not `{shown(engine, 40)}`.{hint}")
    each = translated(engine, queries_on())
    return "\n\n".join(f"-- {name}\n{sql};" for name, sql in each.items()) + "\n"


def translated(engine: str, each: Mapping[str, str]) -> Mapping[str, str]:
    """Return queries in the words of another engine.

    Raises:
        InputError: What translates is not installed.
    """
    if engine == "duckdb":
        return each
    try:
        import sqlglot
    except ImportError:
        raise InputError(MISSING.replace("DuckDB", "sqlglot")) from None
    translated = {
        name: sqlglot.transpile(sql, read="duckdb", write=engine, pretty=True)[0]
        for name, sql in each.items()
    }
    # Trino knows no temporary tables: there `per_pair` is one to be dropped by hand.
    lasting = "CREATE TABLE" if engine == "trino" else "CREATE TEMPORARY TABLE"
    return {k: sql.replace("CREATE TEMPORARY TABLE", lasting) for k, sql in translated.items()}
