"""A programme's report: its figures, its files, and what is said where DuckDB is missing."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support.commands import ran, ran_alone
from support.made_up_facts import made_up, write_facts
from support.small_house import text_of

import mentorwalk
from mentorwalk.documents.report import report_page, report_table
from mentorwalk.domain.disclosure import Share
from mentorwalk.domain.fact_rows import FactRow
from mentorwalk.domain.report import FIGURES, Figure, PublishedFigure, Report, title_of
from mentorwalk.frontends.report import print_report
from mentorwalk.storage.fact_table import table_of
from mentorwalk.storage.library import BUNDLED_AGENDAS
from mentorwalk.workflows.report import facts_at, known_titles, queries, report_of, sql_for

TODAY = date(2026, 12, 1)
INSTALL = "pip install 'mentorwalk[programme]'"
DUCKDB = pytest.mark.skipif(find_spec("duckdb") is None, reason="DuckDB is not installed")


def report_on(*facts: dict[str, Any], least: int = 1, folder: Path) -> dict[str, dict[str, str]]:
    """What a report says of facts: by figure and label, how many pairs."""
    write_facts(folder, *facts)
    with facts_at(folder, TODAY, lambda _number, _of: None) as (table, _refused):
        found = report_of(table, TODAY, least)
    return {e.figure.name: {s.label: s.words for s in e.shares} for e in found.figures}


def pair(code: str, *meetings: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts of one pair, meeting by meeting."""
    head = {"mentorwalk-facts": 1, "programme": "river", "pair": code}
    return [{**head, "meeting": number, **facts} for number, facts in enumerate(meetings, 1)]


@DUCKDB
def test_the_figures_count_pairs(tmp_path: Path) -> None:
    first = {"held_on": "2026-09-01", "agreement": "draft", "agenda": "first-session"}
    agreed = {"held_on": "2026-11-20", "agreement": "accepted", "next_meeting": "set"}
    closed = {"held_on": "2026-06-01", "agenda": "closing-session", "contact_us": True}
    did = {"exercises": ["values", "grow"], "minutes": 60, "format": "video-call", "goals": 2}

    told = report_on(
        *pair("aaaa", first, {**agreed, **did, "agenda": "meeting"}),
        *pair("bbbb", {**first, **agreed, "contact_us": False}),
        *pair("cccc", first, first | {"held_on": "2026-10-20"}, closed),
        *pair("dddd", {}),
        folder=tmp_path,
    )

    assert told == {
        "pairs": {"pairs": "4"},
        "last_met": {
            "in the last 30 days": "2",
            "31 to 60 days ago": "0",
            "longer ago": "0",
            "ended": "1",
            "not said": "1",
        },
        "meetings": {
            "at most twice": "3",
            "3 to 5 times": "1",
            "6 to 9 times": "0",
            "10 times or more": "0",
        },
        "agreement": {
            "not yet": "1",
            "not said": "1",
            "since the first meeting": "1",
            "since a later one": "1",
            "since when is not known": "0",
        },
        "next_meeting": {"set": "2", "open": "0", "ended": "1", "not said": "1"},
        "minutes": {
            "up to 30 minutes": "0",
            "35 to 60 minutes": "1",
            "longer": "0",
            "not said": "3",
        },
        "format": {"not said": "3", "video-call": "1"},
        "goals": {"none": "0", "one": "0", "several": "1", "not said": "3"},
        "endings": {"going on": "2", "closed together": "1", "ended early": "0", "not said": "1"},
        "contact": {"asked to be contacted": "1", "did not ask": "1", "not said": "2"},
        "agendas": {"first-session": "3", "closing-session": "1", "meeting": "1"},
        "exercises": {"grow": "1", "values": "1"},
    }


@DUCKDB
def test_a_pair_that_does_not_say_its_agenda_is_not_told_to_go_on(tmp_path: Path) -> None:
    closed = pair("aaaa", {"held_on": "2026-01-10"})
    told = report_on(*closed, *pair("bbbb", {"agenda": "meeting"}, {}), folder=tmp_path)

    assert told["endings"] == {
        "going on": "0",
        "closed together": "0",
        "ended early": "0",
        "not said": "2",
    }


@DUCKDB
def test_of_a_silent_pair_that_may_have_ended_it_is_said_that_nobody_knows(tmp_path: Path) -> None:
    long_ago = {"held_on": "2025-01-10"}
    write_facts(
        tmp_path,
        *pair("aaaa", long_ago),
        *pair("bbbb", {**long_ago, "agenda": "meeting"}),
        *pair("cccc", {**long_ago, "agenda": "closing-session"}),
    )

    told = " ".join(ran("programme", "report", tmp_path).out.split())

    assert re.search(r"than 60 days, and did not end: bbbb \(\d+ days\)\.", told)
    assert re.search(r"than 60 days; whether they ended, nobody said: aaaa \(\d+ days\)\.", told)
    assert "cccc" not in told


@DUCKDB
@pytest.mark.parametrize(
    ("older", "newer", "contact", "following"),
    [
        ({"meeting": 1, "held_on": "2026-10-01"}, {"meeting": 2}, "asked to be contacted", "open"),
        ({"held_on": "2026-10-01"}, {"held_on": "2026-11-01"}, "asked to be contacted", "open"),
        (
            {"meeting": 2, "held_on": "2026-10-01"},
            {"held_on": "2026-11-01"},
            "asked to be contacted",
            "open",
        ),
        ({"meeting": 1, "held_on": "2026-10-01"}, {}, "asked to be contacted", "set"),
        ({"meeting": 3}, {"meeting": 2}, "did not ask", "set"),
    ],
)
def test_the_newest_file_is_the_one_of_the_latest_meeting_then_day(
    older: dict[str, Any],
    newer: dict[str, Any],
    contact: str,
    following: str,
    tmp_path: Path,
) -> None:
    head = {"mentorwalk-facts": 1, "pair": "aaaa"}
    told = report_on(
        {**head, **older, "contact_us": False, "next_meeting": "set"},
        {**head, **newer, "contact_us": True, "next_meeting": "open"},
        folder=tmp_path,
    )

    assert [label for label, words in told["contact"].items() if words == "1"] == [contact]
    assert [label for label, words in told["next_meeting"].items() if words == "1"] == [following]


@DUCKDB
def test_a_wish_for_contact_stands_until_a_newer_file_takes_it_back(tmp_path: Path) -> None:
    wish, none = {"contact_us": True}, {"contact_us": False}
    told = report_on(
        *pair("aaaa", wish, {}),
        *pair("bbbb", wish, none),
        *pair("cccc", none, wish, {}),
        folder=tmp_path,
    )

    assert told["contact"] == {"asked to be contacted": "2", "did not ask": "1", "not said": "0"}


SINCE: dict[str, list[list[dict[str, Any]]]] = {
    "since the first meeting": [
        [{"meeting": 1, "agreement": "accepted"}],
        [
            {"meeting": 1, "held_on": "2026-09-01"},
            {"meeting": 4, "agreement": "accepted", "agreement_on": "2026-09-01"},
        ],
    ],
    "since a later one": [
        [{"meeting": 2, "agreement": "draft"}, {"meeting": 4, "agreement": "accepted"}],
    ],
    "since when is not known": [
        [{"meeting": 4, "agreement": "accepted"}],
        [{"meeting": 4, "agreement": "accepted", "agreement_on": "2026-09-01"}],
        [{"held_on": "2026-09-01", "agreement": "accepted"}],
    ],
    "not yet": [[{"meeting": 2, "agreement": "none"}]],
    "not said": [[{"meeting": 2, "agreement_on": "2026-09-01"}]],
}


@DUCKDB
@pytest.mark.parametrize(("label", "files"), [(k, e) for k, each in SINCE.items() for e in each])
def test_since_when_there_is_an_agreement_is_only_said_where_it_is_known(
    label: str, files: list[dict[str, Any]], tmp_path: Path
) -> None:
    head = {"mentorwalk-facts": 1, "pair": "aaaa"}
    told = report_on(*({**head, **each} for each in files), folder=tmp_path)

    assert [each for each, words in told["agreement"].items() if words == "1"] == [label]


@DUCKDB
def test_the_labels_of_the_queries_are_those_of_the_figures(tmp_path: Path) -> None:
    told = report_on(*made_up(60), folder=tmp_path)
    totals = {name: sum(map(int, shares.values())) for name, shares in told.items()}

    assert {totals[each.name] for each in FIGURES if each.kind != "several"} == {totals["pairs"]}


@DUCKDB
def test_few_pairs_are_told_of_nowhere(tmp_path: Path) -> None:
    told = report_on(*made_up(4), least=5, folder=tmp_path)
    words = Counter(each for shares in told.values() for each in shares.values())

    assert words.keys() == {"fewer than 5"}


@DUCKDB
def test_too_few_pairs_for_a_report_get_one_sentence(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts", *({**f, "contact_us": False} for f in made_up(4)))
    page = tmp_path / "page.html"

    ended = ran("programme", "report", tmp_path / "facts", "--html", page)

    assert ended.lines[:3] == [
        "Mentoring programme river-2026",
        "",
        "Fewer than 5 pairs sent facts: too few for a report.",
    ]
    assert "Fewer than 5 pairs sent facts: too few for a report.</p>" in text_of(page)
    assert "<section>" not in text_of(page)


@DUCKDB
def test_what_no_file_says_is_left_out_and_told_to_be(tmp_path: Path) -> None:
    write_facts(
        tmp_path / "facts",
        *({"mentorwalk-facts": 1, "pair": f"pair{n}", "meeting": 1} for n in range(6)),
    )
    page, exact = tmp_path / "page.html", tmp_path / "exact.html"

    told = [
        " ".join(ran("programme", "report", tmp_path / "facts", "--html", path, *least).out.split())
        for path, least in ((page, ()), (exact, ("--least", 1)))
    ]

    others = (
        "When they met last, Since when they have an agreement, Is the next meeting set?, "
        "How long they meet, How they meet, Goals, Endings, Contact, Agendas that they used, "
        "Exercises that they did."
    )
    assert (
        f"Left out, because no 5 pairs gave the same answer, or nobody was asked: {others}"
        in told[0]
    )
    assert f"Left out, because no pair said it: {others}" in told[1]
    assert re.findall("<h2>(.*?)</h2>", text_of(page)) == [
        "Pairs that sent facts",
        "How often they have met",
    ]


@DUCKDB
def test_the_months_of_a_report_are_those_in_which_enough_pairs_met(tmp_path: Path) -> None:
    head = {"mentorwalk-facts": 1, "meeting": 1}
    days = ["2025-12-03"] * 4 + ["2026-01-10"] * 5 + ["2026-03-31"] * 6 + ["2026-11-02"]
    write_facts(
        tmp_path, *({**head, "pair": f"pair{n}", "held_on": day} for n, day in enumerate(days))
    )

    notes = []
    for least in (5, 1):
        with facts_at(tmp_path, TODAY, lambda _number, _of: None) as (table, _refused):
            notes.append(report_of(table, TODAY, least).notes[0])

    assert notes == [
        "Meetings from January 2026 to March 2026, as far as 5 pairs or more met in a month.",
        "Meetings from December 2025 to November 2026.",
    ]


def two_programmes(folder: Path) -> None:
    """Put two pairs of one programme, one of another and one of none into a folder."""
    hill = ({**facts, "programme": "hill"} for facts in pair("aaaa", {}))
    none = {"mentorwalk-facts": 1, "pair": "cccc"}
    write_facts(folder, *pair("aaaa", {}), *pair("bbbb", {}, {}), *hill, none)


@DUCKDB
def test_a_report_is_about_one_programme(tmp_path: Path) -> None:
    two_programmes(tmp_path)

    both = ran("programme", "report", tmp_path)
    river = ran("programme", "report", tmp_path, "--programme", "river", "--least", 1)

    assert (both.code, both.out) == (1, "")
    assert both.err == (
        "These facts are of 2 programmes, and a report is about one: `hill`, `river`. "
        "Choose it with --programme, such as --programme hill.\n"
    )
    assert river.err == (
        "Sessions that name no programme, and are not counted here: 1. In a folder of their own, "
        "their files can be counted by themselves.\n"
    )
    assert " pairs                                     2\n" in river.out


@DUCKDB
def test_a_programme_of_which_there_are_no_facts_is_told(tmp_path: Path) -> None:
    two_programmes(tmp_path)

    ended = ran("programme", "report", tmp_path, "--programme", "rivr")

    assert (ended.code, ended.out, ended.err) == (
        1,
        "",
        "No facts are of a programme `rivr`. Did you mean `river`?\n",
    )


@DUCKDB
def test_facts_that_name_no_programme_can_be_counted_by_themselves(tmp_path: Path) -> None:
    write_facts(tmp_path, {"mentorwalk-facts": 1, "pair": "cccc"})

    ended = ran("programme", "report", tmp_path, "--least", 1)

    assert (ended.code, ended.err) == (0, "")


@DUCKDB
def test_codes_are_told_on_the_terminal_alone(tmp_path: Path) -> None:
    facts = pair("aaaa", {"held_on": "2026-01-10", "contact_us": True})
    write_facts(tmp_path / "facts", *facts)
    table, html = tmp_path / "report.csv", tmp_path / "report.html"

    ended = ran("programme", "report", tmp_path / "facts", "--csv", table, "--html", html)

    assert (ended.code, ended.err) == (0, "")
    assert "Asked to be contacted: aaaa." in ended.out
    assert "whether they ended, nobody said: aaaa (" in " ".join(ended.out.split())
    assert "aaaa" not in text_of(table) + text_of(html)


@DUCKDB
def test_a_report_can_be_made_of_the_parquet_that_it_wrote(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts", *made_up(30))
    parquet = tmp_path / "facts.parquet"

    first = ran("programme", "report", tmp_path / "facts", "--parquet", parquet)
    again = ran("programme", "report", parquet, "--parquet", parquet)

    assert first.out == again.out
    assert first.out.endswith(f"{parquet}\n")
    assert parquet.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts", "facts.parquet"]


@DUCKDB
def test_nothing_that_is_not_ours_is_replaced(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts", *made_up(3))
    for option in ("--csv", "--html", "--parquet"):
        mine = tmp_path / f"mine{option}"
        mine.write_text("figure of speech", encoding="utf-8")

        ended = ran("programme", "report", tmp_path / "facts", option, mine)

        assert (ended.code, ended.out, text_of(mine)) == (1, "", "figure of speech")
        assert "it is left alone." in ended.err


@DUCKDB
@pytest.mark.parametrize("option", ["--html", "--csv"])
def test_exact_numbers_say_that_they_stay_here_and_replace_no_ranges(
    option: str, tmp_path: Path
) -> None:
    write_facts(tmp_path / "facts", *made_up(9))
    place = tmp_path / "board"
    report = ("programme", "report", tmp_path / "facts", option, place)

    ranges = ran(*report)
    refused = ran(*report, "--least", 1)
    place.rename(tmp_path / "other")
    exact = [ran(*report, "--least", 1) for _again in range(2)]
    text = text_of(place)
    back = ran(*report)

    assert [each.code for each in (ranges, refused, *exact, back)] == [0, 1, 0, 0, 0]
    assert " of a report with exact numbers: it is left alone." in refused.err
    assert "not to be passed on" in text
    assert "Exact numbers, which tell of single pairs: not to be passed on.\n" in exact[0].out
    assert "not to be passed on" not in text_of(place) + ranges.out


@DUCKDB
@pytest.mark.parametrize("option", ["--html", "--csv", "--parquet"])
@pytest.mark.parametrize("others", ["meadow", None])
def test_the_report_of_another_programme_is_left_alone(
    option: str, others: str | None, tmp_path: Path
) -> None:
    for folder, programme in (("ours", "harbour"), ("theirs", others)):
        named = {"programme": programme} if programme else {}
        each = {"mentorwalk-facts": 1, "meeting": 1, **named}
        write_facts(tmp_path / folder, *({**each, "pair": f"{folder}{n}"} for n in range(6)))
    place = tmp_path / "board"
    theirs = ran("programme", "report", tmp_path / "theirs", option, place)
    before = place.read_bytes()

    refused = ran("programme", "report", tmp_path / "ours", option, place)

    assert (theirs.code, refused.code, refused.out) == (0, 1, "")
    assert place.read_bytes() == before
    assert " of this programme: it is left alone. A free name is board-2." in refused.err
    assert ran("programme", "report", tmp_path / "theirs", option, place).code == 0


@DUCKDB
def test_where_one_of_two_files_is_of_another_programme_neither_is_written(tmp_path: Path) -> None:
    facts = {"mentorwalk-facts": 1, "meeting": 1}
    for name in ("harbour", "meadow"):
        each = {**facts, "programme": name}
        write_facts(tmp_path / name, *({**each, "pair": f"{name}{n}"} for n in range(6)))
    page, table = tmp_path / "page.html", tmp_path / "table.csv"
    ran("programme", "report", tmp_path / "meadow", "--html", page)

    refused = ran("programme", "report", tmp_path / "harbour", "--html", page, "--csv", table)

    assert (refused.code, table.exists()) == (1, False)


@DUCKDB
def test_two_files_at_one_place_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    same = tmp_path / "same"

    ended = ran("programme", "report", tmp_path, "--html", same, "--csv", same)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"{same}: --csv and --html name the same file: give each its own.\n"


@DUCKDB
@pytest.mark.parametrize("option", ["--html", "--csv", "--parquet"])
def test_a_dash_is_no_name_of_a_file(option: str, tmp_path: Path) -> None:
    ended = ran("programme", "report", tmp_path, option, "-")

    assert (ended.code, ended.err) == (
        1,
        "-: No file is written under this name; choose another one.\n",
    )


@DUCKDB
def test_a_page_is_written_also_if_nobody_reads_the_figures_to_their_end(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts", *made_up(9))
    page = tmp_path / "board.html"
    report = f"{sys.executable} -m mentorwalk programme report {tmp_path / 'facts'} --html {page}"

    subprocess.run(["bash", "-c", f"{report} | head -0"], check=False, capture_output=True)

    assert "</html>" in text_of(page)


@DUCKDB
def test_what_is_no_table_of_facts_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    other.write_bytes(b"PAR1 not really")

    ended = ran("programme", "report", other)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"{other}: This is no table of facts: it is cut short, damaged, or of another kind. "
        "Make it anew with --parquet.\n"
    )


@DUCKDB
def test_a_parquet_file_of_something_else_is_told_by_what_it_lacks(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    other = tmp_path / "other.parquet"
    duckdb.sql("SELECT 'aaaa' AS pair, 'river' AS programme").write_parquet(str(other))

    assert ran("programme", "report", other).err == (
        f"{other}: This is no table of facts: it has no column `meeting`. "
        "Make it anew with --parquet.\n"
    )


@DUCKDB
def test_a_parquet_file_of_an_earlier_version_can_still_be_read(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    write_facts(tmp_path / "facts", *made_up(30))
    parquet, earlier = tmp_path / "facts.parquet", tmp_path / "earlier.parquet"
    now = ran("programme", "report", tmp_path / "facts", "--parquet", parquet)
    duckdb.sql(f"SELECT * EXCLUDE edition FROM '{parquet}'").write_parquet(str(earlier))

    assert ran("programme", "report", earlier).lines == now.lines[:-1]


@DUCKDB
def test_a_damaged_parquet_file_is_told(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts", *made_up(30))
    parquet = tmp_path / "facts.parquet"
    ran("programme", "report", tmp_path / "facts", "--parquet", parquet)
    parquet.write_bytes(b"PAR1" + b"\xff" * 2000 + parquet.read_bytes()[2004:])

    ended = ran("programme", "report", parquet)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"{parquet}: This is no table of facts: ")


@DUCKDB
def test_what_stands_in_a_parquet_of_somebody_else_steers_no_terminal(tmp_path: Path) -> None:
    parquet, row = tmp_path / "facts.parquet", FactRow("aaaa", format="\x1b[31m<b>", meeting=1)

    with table_of([replace(row, pair=f"pair{n}") for n in range(6)]) as table:
        table.write_parquet(parquet)
    ended = ran("programme", "report", parquet, "--html", tmp_path / "page.html")

    assert "\x1b" not in ended.out + text_of(tmp_path / "page.html")
    assert "\ufffd[31m<b>" in ended.out


@DUCKDB
def test_each_file_that_does_not_count_is_told_by_name(tmp_path: Path) -> None:
    write_facts(tmp_path, *made_up(3), {"mentorwalk-facts": 1})
    last = max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)

    ended = ran("programme", "report", tmp_path)

    assert (ended.code, ended.err) == (
        0,
        f"{last}: `pair` is missing, so nobody knows to whom this belongs.\n",
    )


@DUCKDB
def test_the_guide_shows_what_is_printed_of_its_made_up_facts(tmp_path: Path) -> None:
    guide = text_of(Path(__file__).parent.parent / "docs" / "programme" / "README.md")
    (shown,) = re.findall(r"^```text\n(.*?)\n\.\.\.\n```$", guide, re.DOTALL | re.MULTILINE)
    write_facts(tmp_path, *made_up(60, date(2026, 11, 29)))
    out = io.StringIO()

    with facts_at(tmp_path, date(2026, 11, 29), lambda _number, _of: None) as (table, _refused):
        print_report(report_of(table, date(2026, 11, 29), 5), out)

    printed = "\n".join(line.rstrip() for line in out.getvalue().splitlines())
    assert [part for part in shown.split("\n\n") if part not in printed.split("\n\n")] == []


# --- Without DuckDB


def test_without_duckdb_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts", *made_up(1))
    (tmp_path / "duckdb.py").write_text("raise ImportError", encoding="utf-8")

    ended = ran_alone("programme", "report", tmp_path / "facts", env=without(tmp_path))

    assert (ended.code, ended.out, ended.err) == (
        1,
        "",
        f"This needs DuckDB, which comes with the extra `programme`: {INSTALL}\n",
    )


def without(folder: Path) -> dict[str, str]:
    """An environment in which a folder's modules come before what is installed."""
    return {"PYTHONPATH": f"{folder}:{Path(mentorwalk.__file__).parent.parent}"}


def test_the_queries_can_be_printed_as_they_are() -> None:
    printed = sql_for("duckdb")

    assert all(f"-- {name}\n" in printed for name in queries())
    assert "$today" not in printed


@pytest.mark.parametrize("engine", ["spark", "trino", "bigquery"])
def test_the_queries_can_be_printed_for_another_engine(engine: str) -> None:
    pytest.importorskip("sqlglot")

    ended = ran("programme", "report", "--sql", engine)

    assert ended.code == 0
    assert ended.out.count(";\n") == len(queries())


def test_an_engine_that_nobody_knows_is_told() -> None:
    ended = ran("programme", "report", "--sql", "sparc")

    assert (ended.code, ended.err) == (
        1,
        "--sql can be duckdb, spark, trino, bigquery; not `sparc`. Did you mean `spark`?\n",
    )


@pytest.mark.parametrize("least", [0, 2, -5])
def test_so_few_as_would_keep_nothing_back_are_refused(least: int, tmp_path: Path) -> None:
    ended = ran("programme", "report", tmp_path, "--least", least)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("--least needs 3 or more; or 1,")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("", ""),
        ("notes.txt", ""),
        ("facts.zip", " Unpack facts.zip first."),
        (
            "facts.parquet",
            " If facts.parquet is of an earlier report, name that file instead.",
        ),
    ],
)
def test_a_folder_without_facts_is_told(name: str, hint: str, tmp_path: Path) -> None:
    if name:
        (tmp_path / name).write_text("something", encoding="utf-8")

    ended = ran("programme", "report", tmp_path)

    assert (ended.code, ended.out, ended.err) == (
        1,
        "",
        f"{tmp_path}: No facts files are in it: their names end in `.json`.{hint}\n",
    )


# --- Its words


def words_of(name: str, least: int, *counts: int) -> tuple[dict[str, str], str]:
    """What a figure says of so many pairs in each of its shares, and its remark."""
    (figure,) = (each for each in FIGURES if each.name == name)
    told = figure.published(dict(zip(figure.labels, counts, strict=True)), least)
    return {share.label: share.words for share in told.shares}, told.remark


def test_shares_that_are_told_as_one_have_a_name_that_people_would_use() -> None:
    met = {each: words_of("meetings", each, 9, 9, 9, 9)[0] for each in (3, 4, 5)}

    assert [list(told) for told in met.values()] == [
        ["at most twice", "3 times or more"],
        ["at most twice", "3 to 5 times", "6 times or more"],
        ["at most twice", "3 to 5 times", "6 to 9 times", "10 times or more"],
    ]
    assert met[3]["3 times or more"] == "27 to 29"


@pytest.mark.parametrize("figure", [each for each in FIGURES if each.kind == "shares"])
def test_every_figure_has_names_for_what_is_told_as_one(figure: Figure) -> None:
    assert len(figure.together) == max(0, len(figure.labels) - 2)


def test_the_pair_in_the_middle_is_told_in_a_sentence() -> None:
    assert words_of("meetings", 5, 4, 5, 20, 0)[1] == "The pair in the middle has met 6 to 9 times."
    assert words_of("meetings", 5, 4, 5, 5, 0)[1] == ""


@pytest.mark.parametrize("least", [3, 5])
def test_where_no_answer_is_named_a_sentence_says_why(least: int) -> None:
    (figure,) = (each for each in FIGURES if each.kind == "named")
    few = figure.published({"video": least - 1, "in-person": 1}, least)
    out = io.StringIO()
    print_report(Report(TODAY, least, (few,)), out)

    why = f"Nothing is named here: fewer than {least} pairs gave the same answer."
    assert (few.shares, few.remark) == ((), why)
    assert why in out.getvalue()
    assert why in report_page(Report(TODAY, least, (few,)))


# --- What is written


def test_of_many_silent_pairs_the_longest_silent_are_named() -> None:
    silent = tuple((f"pair{number}", 200 - number) for number in range(42))
    out = io.StringIO()

    print_report(replace(published(Share("video", 10, 14)), silent=silent), out)

    told = " ".join(out.getvalue().split())
    assert "did not end: pair0 (200 days), pair1 (199 days)," in told
    assert "pair39 (161 days), and 2 more, whom --parquet has." in told


def published(*shares: Share, title: str = "How they meet") -> Report:
    return Report(TODAY, 5, (PublishedFigure(Figure("format", title), shares),))


def test_no_label_is_a_formula_or_a_day_in_a_sheet() -> None:
    begins = ("=1+1", "+1", "-1", "@a", "\t=1", "video", "1-2", "10 to 12")

    rows = csv.reader(io.StringIO(report_table(published(*(Share(b, 5, 9) for b in begins)))))

    assert list(rows) == [
        ["figure", "label", "pairs", "fewest", "most"],
        *(
            ["How they meet", label, "5 to 9", "5", "9"]
            for label in ("'=1+1", "'+1", "'-1", "'@a", "'\t=1", "video", "'1-2", "10 to 12")
        ),
    ]


def rows_of(page: str) -> list[tuple[str, list[str], str]]:
    """Each row of a page: its label, how far its bar reaches for sure and at most, its words."""
    row = r'<tr><th scope="row"><bdi>(.*?)</bdi></th><td>(<svg .*?</svg>)</td><td>(.*?)</td></tr>'
    return [
        (label, re.findall(r'class="(?:certain|possible)" width="(.*?)"', bar)[::-1], words)
        for label, bar, words in re.findall(row, page)
    ]


def test_the_page_loads_nothing_and_says_ranges_in_words() -> None:
    page = report_page(published(Share("video", 10, 14), Share("<b>in person</b>", 0, 4)))

    assert "<script" not in page
    assert "http" not in page.split("</style>")[1]
    assert rows_of(page) == [
        ("video", ["71.4", "100.0"], "10 to 14"),
        ("&lt;b&gt;in person&lt;/b&gt;", ["0.0", "28.6"], "fewer than 5"),
    ]
    assert "“fewer than 5” may be none at all, and subtracting two figures, or two reports" in page


def test_people_read_names_and_a_sheet_has_ids() -> None:
    named, several = (e for e in FIGURES if e.name in ("format", "exercises"))
    shares = (Share("in-person", 10, 14), Share("other", 5, 9))
    figures = (
        PublishedFigure(named, shares),
        PublishedFigure(several, (Share("wheel-of-life", 5, 9), Share("ours", 5, 9))),
    )
    report = Report(TODAY, 5, figures, titles=known_titles(BUNDLED_AGENDAS.glob("*.yaml")))
    out = io.StringIO()
    print_report(report, out)

    names = ["in person", "in another way", "Wheel of life", "ours"]
    assert [row[0] for row in rows_of(report_page(report))] == names
    assert [line[1:40].strip() for line in out.getvalue().splitlines() if " to " in line] == names
    sheet = csv.reader(io.StringIO(report_table(report)))
    assert [row[1] for row in sheet][1:] == ["in-person", "other", "wheel-of-life", "ours"]


def test_shares_with_an_order_keep_it_on_the_page() -> None:
    (figure,) = (each for each in FIGURES if each.name == "meetings")
    met = figure.published(dict(zip(figure.labels, (3, 9, 21, 6), strict=True)), 5)

    assert [row[0] for row in rows_of(report_page(Report(TODAY, 5, (met,))))] == [*figure.labels]


def test_nothing_of_a_report_is_markup() -> None:
    shares = (Share("# a", 10, 14), Share("```", 0, 4))
    report = replace(published(*shares, title="<i>[a](b)"), title="<script>**River**")
    page = report_page(report)

    assert [each for each in ("<i>", "<a ", "<script", "<em", "<strong>") if each in page] == []
    assert page.count("<section>") == 1
    assert "<bdi>&lt;script&gt;**River**</bdi>" in page


@pytest.mark.parametrize(
    ("programme", "wanted", "title"),
    [
        ("river-2026", None, "Mentoring programme river-2026"),
        ("river-2026", " Mentoring\nat\x1b River ", "Mentoring at\ufffd River"),
        ("river-2026", " ", "Mentoring programme river-2026"),
        ("", None, "Our mentoring programme"),
    ],
)
def test_a_report_is_called_as_its_programme_is(programme: str, wanted: str, title: str) -> None:
    assert title_of(programme, wanted) == title


@DUCKDB
def test_an_agenda_of_ones_own_is_called_by_its_title(tmp_path: Path) -> None:
    ours = tmp_path / "home" / "agendas" / "ours" / "ours.yaml"
    ours.parent.mkdir(parents=True)
    ours.write_text("mentorwalk: 1\nid: river-first\ntitle: First meeting at River\n", "utf-8")
    write_facts(
        tmp_path / "facts",
        *(f for n in "abcde" for f in pair(f"aaa{n}", {"agenda": "river-first"})),
    )

    told = ran("programme", "report", tmp_path / "facts", "--home", tmp_path / "home")

    assert (told.code, [line.split("  ")[0] for line in told.lines if "River" in line]) == (
        0,
        [" First meeting at River"],
    )


@DUCKDB
def test_a_page_of_any_title_is_replaced_by_the_next_one(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts", *pair("aaaa", {}))
    page = tmp_path / "board.html"
    report = ("programme", "report", tmp_path / "facts", "--html", page)

    first, again = ran(*report, "--title", "Mentoring at River"), ran(*report)

    assert (first.code, first.lines[0]) == (0, "Mentoring at River")
    assert (again.code, again.lines[0]) == (0, "Mentoring programme river")
    assert "<title>Mentoring programme river · programme report</title>" in text_of(page)
