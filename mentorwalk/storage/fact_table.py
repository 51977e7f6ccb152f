"""The facts of many sessions as a table, which DuckDB asks and writes as Parquet.

DuckDB is an optional extra: without it, a sentence says what to install.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mentorwalk.domain.errors import InputError, shown, shown_path
from mentorwalk.storage.files import reporting_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from mentorwalk.domain.fact_rows import FactRow

COLUMNS: Mapping[str, str] = {
    "programme": "VARCHAR",
    "pair": "VARCHAR",
    "meeting": "INTEGER",
    "agenda": "VARCHAR",
    "agenda_version": "VARCHAR",
    "held_on": "DATE",
    "minutes": "INTEGER",
    "format": "VARCHAR",
    "agreement": "VARCHAR",
    "agreement_on": "DATE",
    "next_meeting": "VARCHAR",
    "steps": "INTEGER",
    "goals": "INTEGER",
    "exercises": "VARCHAR[]",
    "contact_us": "BOOLEAN",
    "edition": "INTEGER",
}
"""The columns of the table and of a Parquet file, with their types: a format for other tools."""
LATER = ("edition",)
"""The columns that Parquet files of an earlier version lack."""
MISSING = (
    "This needs DuckDB, which comes with the extra `programme`: pip install 'mentorwalk[programme]'"
)
PARQUET = ".parquet"
LABEL_LIMIT = 100
"""Characters of a label: the id of an agenda has no more."""
_AT_ONCE = 10_000
"""The rows that are handed over together: ten thousand take 4 ms, one by one they take seconds."""


class FactTable:
    """A table of facts, in memory or in a Parquet file.

    `all_facts` has every session, and `facts` those that are counted.
    """

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self.programme = ""
        """The programme of which `facts` has the sessions; empty before one was chosen."""
        connection.sql("SELECT * FROM all_facts").create_view("facts")

    @property
    def programmes(self) -> Mapping[str, int]:
        """How many sessions there are of each programme; those of none stand under an empty id."""
        ids = "SELECT COALESCE(programme, ''), COUNT(*) FROM all_facts GROUP BY 1 ORDER BY 1"
        return dict(self.run(ids))

    def check(self) -> None:
        """Read every value once, which a damaged file refuses only then."""
        every = self._connection.sql("SELECT * FROM all_facts")
        every.aggregate(", ".join(f"COUNT({name})" for name in COLUMNS)).fetchall()

    def count_only(self, programme: str) -> None:
        """Leave out the sessions that are not of this programme."""
        from duckdb import ColumnExpression, ConstantExpression

        self.programme = programme
        every = self._connection.sql("SELECT * FROM all_facts")
        its = every.filter(ColumnExpression("programme") == ConstantExpression(programme))
        its.create_view("facts")

    def run(self, sql: str) -> list[tuple[str, int]]:
        """Run a query, and return its rows; none for a command."""
        rows = self._connection.execute(sql).fetchall()
        # A Parquet file may come from anybody: what it says is not checked as facts files are.
        return [(shown(str(row[0]), LABEL_LIMIT), int(row[1])) for row in rows if len(row) > 1]

    def write_parquet(self, path: Path) -> None:
        """Write the table to a Parquet file.

        Raises:
            StorageError: It cannot be written.
        """
        facts = self._connection.sql("SELECT * FROM facts")
        # DuckDB makes the file anew, as open as the umask leaves it: so in a folder of our own.
        with (
            reporting_errors(path, "Choose another place with --parquet."),
            TemporaryDirectory(dir=path.parent, prefix=".mentorwalk-") as folder,
        ):
            whole = Path(folder) / "facts.parquet"
            facts.write_parquet(str(whole))
            whole.chmod(0o600)
            whole.replace(path)


@contextmanager
def table_of(rows: Sequence[FactRow]) -> Iterator[FactTable]:
    """Give a table of some rows, which is gone afterwards.

    Raises:
        InputError: DuckDB is not installed.
    """
    with closing(_connection()) as connection:
        typed = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"CREATE TABLE all_facts ({typed})")
        # Types and columns are ours; what files say is handed over as values.
        unnested = ", ".join(f"unnest(${n})::{k}" for n, k in enumerate(COLUMNS.values(), 1))
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            values = [[getattr(row, name) for row in some] for name in COLUMNS]
            connection.execute(f"INSERT INTO all_facts SELECT {unnested}", values)
        yield FactTable(connection)


@contextmanager
def table_in(parquet: Path) -> Iterator[FactTable]:
    """Give the table in a Parquet file that an earlier report wrote.

    Raises:
        InputError: DuckDB is not installed, or the file is no such table.
    """
    with closing(_connection()) as connection:
        from duckdb import Error

        try:
            view = connection.read_parquet(str(parquet))
            lacking = [name for name in COLUMNS if name not in {*view.columns, *LATER}]
            if lacking:
                raise _no_table(parquet, f"it has no column `{lacking[0]}`")
            # A column of another type is made the one that it should be, or refused.
            typed = (
                f"CAST({name if name in view.columns else 'NULL'} AS {kind}) AS {name}"
                for name, kind in COLUMNS.items()
            )
            view.project(", ".join(typed)).create_view("all_facts")
            table = FactTable(connection)
            table.check()
        except Error:
            why = "it is cut short, damaged, or of another kind"
            raise _no_table(parquet, why) from None
        yield table


def _no_table(parquet: Path, why: str) -> InputError:
    sentence = f"This is no table of facts: {why}. Make it anew with --parquet."
    return InputError(f"{shown_path(parquet)}: {sentence}")


def is_table(path: Path, programme: str | None) -> bool:
    """Return whether a file is a Parquet file of the facts of a programme, or of any for None."""
    with suppress(InputError), table_in(path) as table:
        return programme is None or table.programmes.keys() <= {programme}
    return False


def _connection() -> DuckDBPyConnection:
    try:
        import duckdb
    except ImportError:
        raise InputError(MISSING) from None
    return duckdb.connect()
