"""The queries of a report give the same figures on Spark, over the Parquet that we wrote.

It needs Java and `pip install pyspark`, which is 400 MB: it is left out where they are missing.
"""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from support.made_up_facts import made_up, write_facts

from mentorwalk.workflows.report import facts_at, queries, queries_on, translated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")
pyspark_sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
TODAY = date(2026, 12, 1)
Figures = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def spark() -> Iterator[Any]:
    """Spark in local mode, which writes nothing of its own."""
    builder = pyspark_sql.SparkSession.builder.master("local[1]")
    builder = builder.config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def test_every_figure_is_the_same_on_spark_as_here(spark: Any, tmp_path: Path) -> None:
    write_facts(tmp_path / "facts", *made_up(200, TODAY))
    parquet = tmp_path / "facts.parquet"
    here: Figures = {}
    with facts_at(tmp_path / "facts", TODAY, lambda _number, _of: None) as (table, _refused):
        table.write_parquet(parquet)
        for name, sql in queries_on(TODAY).items():
            here[name] = sorted(table.run(sql))

    spark.read.parquet(str(parquet)).createOrReplaceTempView("facts")
    each = translated("spark", queries_on(TODAY))
    there = {
        name: sorted(tuple(row) for row in spark.sql(sql).collect()) for name, sql in each.items()
    }

    assert list(there) == list(queries())
    assert there == here
    assert len(here["agendas"]) > 3
