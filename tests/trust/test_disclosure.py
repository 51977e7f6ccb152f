"""What a report tells of a few pairs: nothing, whoever subtracts what from what, all year long."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.building import UNHURRIED

from mentorwalk.domain.disclosure import Share, counted_names, middle, named_shares, share, shares
from mentorwalk.domain.report import FIGURES, NOT_SAID, PublishedFigure, Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support.figures import Figure

    Counts = Mapping[str, int]

pytestmark = pytest.mark.portable

LEAST = st.integers(3, 7)
COUNT = st.integers(0, 23)
MONTHS = 12
YEARS = 40


class Published(NamedTuple):
    """A report as everybody can read it."""

    pairs: Share
    tables: tuple[tuple[Share, ...], ...]
    """Tables in which each pair is once."""


class Told(NamedTuple):
    """A report, and what is true."""

    published: Published
    true: tuple[tuple[int, ...], ...]
    """The counts behind the shares of each table."""


@st.composite
def months(draw: st.DrawFn, number: int) -> tuple[int, list[Told]]:
    """Draw the reports of some months: pairs join, and answer as they like."""
    least, pairs, told = draw(LEAST), draw(st.integers(0, 30)), list[Told]()
    parts = draw(st.lists(st.integers(2, 7), min_size=1, max_size=2))
    for _month in range(number):
        tables = [draw(divided(pairs, among)) for among in parts]
        named = draw(divided(pairs, 4))
        published = [shares(table, least) for table in tables] + [named_shares(named, least)]
        true = [
            tuple(sum(table[part] for part in each.label.split(" or ")) for each in told_shares)
            for table, told_shares in zip(tables, published, strict=False)
        ]
        rest = pairs - sum(named[each.label] for each in published[-1][:-1])
        true.append((*(named[each.label] for each in published[-1][:-1]), rest))
        report = Published(share("pairs", pairs, least), tuple(published))
        told.append(Told(report, tuple(true)))
        pairs += draw(st.integers(0, 3))
    return least, told


@st.composite
def divided(draw: st.DrawFn, pairs: int, among: int) -> dict[str, int]:
    """Draw how so many pairs are divided."""
    cuts = sorted(draw(st.tuples(*[st.integers(0, pairs)] * (among - 1))))
    counts = [end - begin for begin, end in pairwise([0, *cuts, pairs])]
    return {f"share {number}": count for number, count in enumerate(counts)}


# --- Somebody who has all of them


def bounds(tables: Sequence[Sequence[Share]], pairs: tuple[int, int]) -> tuple[int, int]:
    """The fewest and the most pairs that all tables together leave."""
    lows = [sum(each.low for each in table) for table in tables]
    highs = [sum(each.high for each in table) for table in tables]
    return max(pairs[0], *lows), min(pairs[1], *highs)


def narrowed(table: Sequence[Share], pairs: tuple[int, int]) -> list[tuple[int, int]]:
    """Each share of a table, once the others were subtracted from the sum."""
    low, high = sum(each.low for each in table), sum(each.high for each in table)
    return [
        (
            max(each.low, pairs[0] - (high - each.high)),
            min(each.high, pairs[1] - (low - each.low)),
        )
        for each in table
    ]


def found_out(reports: Sequence[Published]) -> list[list[list[tuple[int, int]]]]:
    """What somebody knows of each share who has every report, and knows that pairs only join."""
    known = [bounds(each.tables, (each.pairs.low, each.pairs.high)) for each in reports]
    for number in range(1, len(known)):
        known[number] = (max(known[number][0], known[number - 1][0]), known[number][1])
    for number in reversed(range(len(known) - 1)):
        known[number] = (known[number][0], min(known[number][1], known[number + 1][1]))
    return [
        [narrowed(table, pairs) for table in each.tables]
        for each, pairs in zip(reports, known, strict=True)
    ]


@settings(UNHURRIED, max_examples=YEARS)
@given(months(MONTHS))
def test_whoever_has_all_reports_of_a_year_finds_out_nothing_about_a_few(
    drawn: tuple[int, list[Told]],
) -> None:
    least, told = drawn
    known = found_out([each.published for each in told])

    for month, each in zip(known, told, strict=True):
        for ranges, counts in zip(month, each.true, strict=True):
            assert all(low <= n <= high for (low, high), n in zip(ranges, counts, strict=True))
            assert all(low < high for low, high in ranges)
    assert least >= 3


@settings(UNHURRIED, max_examples=YEARS)
@given(months(2))
def test_two_reports_or_two_counts_never_differ_by_a_few(drawn: tuple[int, list[Told]]) -> None:
    least, told = drawn
    each = [share for report in told for table in report.published.tables for share in table]
    numbers = {number for one in each for number in (one.low, one.high + 1)}

    assert {(one - other) % least for one in numbers for other in numbers} <= {0}


@given(st.dictionaries(st.sampled_from("abcdefgh"), COUNT), LEAST)
def test_a_name_is_only_told_of_enough_pairs(counts: Mapping[str, int], least: int) -> None:
    told = (*counted_names(counts, least), *named_shares(counts, least)[:-1])

    assert all(counts[each.label] >= least for each in told)


@st.composite
def alike(draw: st.DrawFn) -> tuple[int, Counts, Counts]:
    """Draw two counts that differ by a few pairs, and by no range."""
    least, counts = draw(LEAST), draw(st.dictionaries(st.sampled_from("abcdefgh"), COUNT))
    moved = {
        name: number - number % least + draw(st.integers(0, least - 1))
        for name, number in counts.items()
    }
    return least, counts, moved


@given(alike())
def test_whoever_reads_the_order_of_names_learns_no_more_than_their_ranges(
    drawn: tuple[int, Counts, Counts],
) -> None:
    least, counts, moved = drawn

    assert counted_names(counts, least) == counted_names(moved, least)
    assert named_shares(counts, least)[:-1] == named_shares(moved, least)[:-1]


@st.composite
def answered_alike(draw: st.DrawFn) -> tuple[Report, Report]:
    """Draw two reports whose every range is the same."""
    least = draw(LEAST)
    one, other = list[PublishedFigure](), list[PublishedFigure]()
    for figure in FIGURES:
        names = figure.labels or ("video", "in-person", NOT_SAID)
        few = st.one_of(st.integers(0, least), COUNT)
        counts = draw(st.dictionaries(st.sampled_from(names), few))
        moved = {
            name: number - number % least + draw(st.integers(0, least - 1))
            for name, number in counts.items()
        }
        told, of_moved = (figure.published(each, least) for each in (counts, moved))
        one.append(told)
        # Parts that are told as one may differ by more than their sum.
        other.append(of_moved if of_moved.shares == told.shares else told)
    day = date(2026, 12, 1)
    return Report(day, least, tuple(one)), Report(day, least, tuple(other))


@pytest.mark.slow
@given(answered_alike())
def test_which_figures_are_left_out_tells_no_more_than_their_ranges(
    drawn: tuple[Report, Report],
) -> None:
    one, other = ((each.told, each.left_out, each.notes) for each in drawn)

    assert one == other


def test_a_figure_that_one_pair_answers_is_left_out_like_one_that_nobody_does() -> None:
    # Were it shown because somebody answered, there would be 16 pairs at least; four shares of
    # “fewer than 5” are 16 at most. So each would be known to be 4.
    least = 5
    (meetings, contact) = (f for f in FIGURES if f.name in ("meetings", "contact"))
    one, none = (
        contact.published({"asked to be contacted": n, NOT_SAID: 16 - n}, least) for n in (1, 0)
    )
    fours = meetings.published(dict.fromkeys(meetings.labels, 4), least)

    assert sum(each.high for each in fours.shares) == one.shares[-1].low + 1 == 16
    assert (one.tells, none.tells, one.shares) == (False, False, none.shares)


@given(st.dictionaries(st.sampled_from("abcdefgh"), COUNT, min_size=1), LEAST)
def test_each_share_is_counted_once(counts: Mapping[str, int], least: int) -> None:
    told = shares(counts, least)

    assert sum(each.low for each in told) <= sum(counts.values()) <= sum(e.high for e in told)
    assert len(told) < least


@given(st.lists(COUNT, min_size=1, max_size=4), st.lists(COUNT, min_size=1, max_size=4))
def test_the_middle_tells_nothing_that_the_shares_do_not(one: list[int], other: list[int]) -> None:
    def told(counts: list[int]) -> tuple[Share, ...]:
        return tuple(share(str(number), count, 5) for number, count in enumerate(counts))

    if told(one) == told(other):
        assert middle(told(one)) == middle(told(other))


@given(st.lists(COUNT, min_size=1, max_size=4), LEAST)
def test_the_pair_in_the_middle_is_where_it_is_told_to_be(counts: list[int], least: int) -> None:
    pairs = [str(at) for at, count in enumerate(counts) for _pair in range(count)]
    told = middle([share(str(at), count, least) for at, count in enumerate(counts)])

    assert told in ("", *pairs[len(pairs) // 2 : len(pairs) // 2 + 1])
    assert told in ("", *pairs[(len(pairs) - 1) // 2 :][:1])


def test_with_one_as_the_least_figures_are_exact() -> None:
    counts = {"set": 3, "open": 1, "not said": 0}

    assert [each.words for each in shares(counts, 1)] == ["3", "1", "0"]


def test_figures_are_ranges_in_words() -> None:
    counts = {"set": 12, "open": 4, "not said": 5}

    assert [each.words for each in shares(counts, 5)] == ["10 to 14", "fewer than 5", "5 to 9"]


def test_many_reports_were_attacked(figure: Figure) -> None:
    figure("reports that somebody subtracted from each other", YEARS * MONTHS)
