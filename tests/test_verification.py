"""What an agreement's file says of itself: real documents, and everything that can befall them."""

from __future__ import annotations

import re
import textwrap
from datetime import date, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from support.building import ADA_AND_GRACE, UNHURRIED
from support.sample_sessions import (
    BUNDLED,
    FIRST_SESSION,
    OWN_AGENDA,
    START,
    USUAL,
    opened,
    own_agenda,
    rendered,
    walked,
    with_template,
)

from mentorwalk.documents.commonmark import hidden_words
from mentorwalk.documents.signoff import (
    SignoffStatus,
    VerifyReport,
    body_of,
    parted,
    read_signoff,
)
from mentorwalk.domain.agreement_text import fingerprint_of
from mentorwalk.domain.changes import difference
from mentorwalk.domain.errors import InputError
from mentorwalk.domain.events import Accepted, Answered
from mentorwalk.domain.people import People, read_name
from mentorwalk.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mentorwalk.documents import Renderer
    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.roles import Role

pytestmark = pytest.mark.portable

MARKER = "<!-- mentorwalk: who agrees -->"

UNCHANGING = "If one word above changes, the mark changes."

TITLE = "## Who agrees"

BOTH: tuple[Role, ...] = ("mentor", "mentee")
TYPED = "typed yes at the keyboard"
"""What older programs wrote."""
SMALL = own_agenda(OWN_AGENDA)
MOMENT = re.compile(r", \d{1,2} [^\W\d_]+ \d{4}, \d\d:\d\d\.")


def agreement(
    *roles: Role,
    agenda: Agenda = SMALL,
    people: People = ADA_AND_GRACE,
    answers: Mapping[str, Value] = USUAL,
    how: str = TYPED,
    renderer: Renderer = BUNDLED,
) -> str:
    """A rendered agreement that these have accepted."""
    story = walked(answers, agenda, people=people)
    fingerprint = renderer.agreement(story.session).fingerprint
    for role in roles:
        story.happens(Accepted, role=role, how=how, fingerprint=fingerprint)
    return rendered(story, "contract.md", renderer)


@cache
def usual(*roles: Role) -> str:
    """The agreement of an ordinary first session."""
    return agreement(*roles, agenda=FIRST_SESSION)


ACCEPTED = usual(*BOTH)
BODY, BLOCK = ACCEPTED[: ACCEPTED.index(MARKER)], ACCEPTED[ACCEPTED.index(MARKER) :]
ADA, GRACE = (
    f"{name} typed yes at the keyboard, 24 November 2026, 16:00." for name in ("Ada", "Grace")
)


def verdict(text: str) -> str:
    return read_signoff(text).verdict


def rewrapped(text: str, width: int, indent: str = "") -> str:
    """The text as an editor wraps it: each paragraph and each item of a list for itself."""
    return "\n".join(_wrapped(line, width, indent) for line in text.split("\n"))


def _wrapped(line: str, width: int, indent: str) -> str:
    start = "- " if line.startswith("- ") else ""
    return textwrap.fill(
        line.removeprefix(start),
        width,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


# --- What it says of real documents


def test_accepted_by_both_and_unchanged() -> None:
    assert read_signoff(ACCEPTED) == SignoffStatus("accepted", fingerprint_of(BODY), (ADA, GRACE))


@pytest.mark.parametrize(
    ("role", "people"), [("mentor", (ADA, "Grace: not yet")), ("mentee", ("Ada: not yet", GRACE))]
)
def test_accepted_by_one(role: Role, people: tuple[str, str]) -> None:
    assert read_signoff(usual(role)) == SignoffStatus(
        "accepted by one", fingerprint_of(BODY), people
    )


@pytest.mark.parametrize(
    ("zone", "line", "stated"),
    [
        ("Asia/Tokyo", "24 November 2026, 23:00.", "As of Tuesday 24 November 2026 (Tokyo time)."),
        ("", "24 November 2026, 15:00.", "As of Tuesday 24 November 2026 (UTC+01:00)."),
    ],
)
def test_after_a_journey_all_moments_are_those_of_one_zone_which_is_named(
    zone: str, line: str, stated: str
) -> None:
    story = opened(SMALL, zone=zone)
    fingerprint = BUNDLED.agreement(story.session).fingerprint
    west = START.astimezone(timezone(timedelta(hours=-16)))
    yes = Accepted(seq=1, at=west, elapsed=0.0, role="mentor", how=TYPED, fingerprint=fingerprint)
    story.session = story.session.apply(yes)

    text = rendered(story, "contract.md")

    assert f"- Ada {TYPED}, {line}" in text
    assert stated in text
    assert verdict(text) == "accepted by one"


@pytest.mark.parametrize(
    ("before", "now", "odd"),
    [
        ("", "", False),
        ("keyboard, 24 November", "keyboard, 25 November", True),
        ("keyboard, 24 November 2026", "keyboard, 3 March 2399", True),
        ("As of Tuesday 24 November 2026 (Warsaw time)", "As of Monday 23 November 2026", False),
    ],
)
def test_days_on_which_nobody_can_have_accepted_are_noticed(
    before: str, now: str, *, odd: bool
) -> None:
    status = read_signoff(ACCEPTED.replace(before, now))

    assert status.verdict == "accepted"
    assert status.has_odd_days(date(2026, 12, 1)) is odd
    assert status.has_odd_days(date(2026, 11, 22))


def test_a_draft() -> None:
    people = ("Ada: not yet", "Grace: not yet")
    assert read_signoff(usual()) == SignoffStatus("draft", fingerprint_of(BODY), people)


def test_a_draft_that_names_a_day() -> None:
    draft = agreement(agenda=FIRST_SESSION, answers={**USUAL, "next_day": "2026-12-15"})
    assert "by Tuesday 15 December 2026." in draft
    assert verdict(draft) == "draft"


def test_changed_since_it_was_accepted() -> None:
    changed = ACCEPTED.replace("three working days", "four working days")
    assert read_signoff(changed) == SignoffStatus("changed", fingerprint_of(BODY), (ADA, GRACE))


def test_an_acceptance_of_an_older_wording_is_none_of_the_new_one() -> None:
    story = walked(USUAL, SMALL, accepted=BUNDLED)
    fingerprint = BUNDLED.agreement(story.session).fingerprint
    for role in BOTH:
        story.happens(Accepted, role=role, how=TYPED, fingerprint=fingerprint)
    story.happens(Answered, field="frequency", value="every week")
    assert verdict(rendered(story, "contract.md")) == "draft"


@pytest.mark.parametrize(
    "text", ["", "\n", "# A letter\n\nHello.\n", "\ufeff", rendered(walked(USUAL), "summary.md")]
)
def test_what_is_no_agreement(text: str) -> None:
    assert read_signoff(text) == SignoffStatus("no agreement")


@pytest.mark.parametrize(
    "text",
    [
        BLOCK,
        ACCEPTED.replace(f"{MARKER}\n\n", ""),
        BODY + MARKER,
        f"{BODY}{MARKER}\n",
        f"{BODY}{TITLE}\n",
        f"{BODY}{UNCHANGING}\n",
        ACCEPTED.replace(ADA, "Ada"),
        ACCEPTED.replace("\n- ", "\n* "),
        ACCEPTED.replace(TITLE, "## We agree"),
        f"{usual()[: usual().index(MARKER)]}{BLOCK.replace(GRACE, 'Grace: not yet')}",
    ],
    ids=[
        "no body",
        "no marker",
        "only the marker",
        "nothing behind the marker",
        "only the title",
        "only the last words",
        "no day",
        "another list",
        "another title",
        "one has not, and yet it is no draft",
    ],
)
def test_a_damaged_or_missing_block(text: str) -> None:
    assert read_signoff(text) == SignoffStatus("damaged")


def test_a_draft_that_says_that_both_agree_is_damaged() -> None:
    draft = BLOCK.replace(f"{TITLE}\n", f"{TITLE}\n\n**Draft.** We confirm or change it when we "
                          "meet next. Until then we keep to it as it stands.\n")  # fmt: skip
    assert verdict(BODY + draft) == "damaged"


def test_a_template_of_ones_own_is_verified_like_any_other(tmp_path: Path) -> None:
    own = with_template(tmp_path, "contract.md.j2", "We promise.\n")
    assert verdict(agreement(*BOTH, renderer=own)) == "accepted"


def test_a_template_that_holds_a_marker_is_covered_by_the_mark(tmp_path: Path) -> None:
    template = f"We promise.\n\n{MARKER}\n\n## Who agrees\n\n- Ada: not yet\n"
    accepted = agreement(*BOTH, renderer=with_template(tmp_path, "contract.md.j2", template))
    assert verdict(accepted) == "accepted"
    assert verdict(accepted.replace("not yet", "no")) == "changed"


@pytest.mark.parametrize(
    "how",
    [
        "said yes aloud on the call; Ada wrote it down",
        "said yes in the answers file",
        "confirmed by e-mail",
        "confirmed by e-mail on 24 November 2026, 15:00",
        "confirmed *by* - [letter](x): not yet",
    ],
)
def test_an_acceptance_counts_however_it_was_given(how: str) -> None:
    assert verdict(agreement(*BOTH, how=how)) == "accepted"
    assert verdict(agreement("mentee", how=how)) == "accepted by one"


# --- What changes nothing


@UNHURRIED
@given(
    st.integers(1, 200),
    st.sampled_from(["", " ", "  ", "\t"]),
    st.sampled_from([(), *[(r,) for r in BOTH], BOTH]),
)
def test_lines_may_be_wrapped_at_any_width(
    width: int, indent: str, roles: tuple[Role, ...]
) -> None:
    assert read_signoff(rewrapped(usual(*roles), width, indent)) == read_signoff(usual(*roles))


@UNHURRIED
@given(st.data())
def test_blanks_at_the_ends_of_lines_are_nothing(data: st.DataObject) -> None:
    blanks = st.sampled_from(["", " ", "  ", "\t", "\u3000"])
    lines = [line + data.draw(blanks) for line in ACCEPTED.split("\n")]
    assert read_signoff("\n".join(lines)) == read_signoff(ACCEPTED)


@pytest.mark.parametrize("behind", ["\n", "\n\n \n\t\n", "  "])
def test_blank_lines_at_the_end_are_nothing(behind: str) -> None:
    assert read_signoff(ACCEPTED + behind) == read_signoff(ACCEPTED)
    assert read_signoff(ACCEPTED.rstrip() + behind) == read_signoff(ACCEPTED)


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [20, 200])
def test_a_byte_order_mark_and_other_line_ends_are_nothing(
    start: str, end: str, width: int
) -> None:
    saved = start + rewrapped(ACCEPTED, width).replace("\n", end)
    assert read_signoff(saved) == read_signoff(ACCEPTED)


def test_the_two_parts_of_a_document_are_the_whole_of_it() -> None:
    body, block = parted(ACCEPTED)
    assert (f"{body}\n{MARKER}{block}", body_of(ACCEPTED)) == (ACCEPTED, body)


# --- What is never accepted


@UNHURRIED
@given(st.data())
def test_every_changed_word_above_the_marker_is_told(data: st.DataObject) -> None:
    words = [match.span() for match in re.finditer(r"\S+", BODY)]
    start, end = data.draw(st.sampled_from(words))
    word = BODY[start:end]
    other = st.text(min_size=1).filter(lambda text: text.split() and text.split() != [word])
    ways = [word.swapcase(), f"{word} {word}", "", word[:-1], f"{word}\u200b", data.draw(other)]
    instead = data.draw(st.sampled_from([way for way in ways if way != word]))
    assert verdict(BODY[:start] + instead + BODY[end:] + BLOCK) == "changed"


@UNHURRIED
@given(st.integers(0, len(BODY) - 1), st.text(min_size=1))
@example(0, f"{MARKER}\n\n")
@example(len(BODY) - 1, f"\n{MARKER}\n")
@example(len(BODY) - 1, f"\n{BLOCK}\n")
def test_whatever_is_put_in_above_the_marker_is_told(place: int, text: str) -> None:
    assume(text.split() and text != "\ufeff")
    assert verdict(BODY[:place] + text + BODY[place:] + BLOCK) == "changed"


PIECES = (
    *(MARKER, TITLE, f"- {ADA}", ADA, f"- {GRACE}", "- Ada: not yet", "- Barbara: not yet"),
    *(
        "---",
        "***",
        "**Draft.**",
        "But only until Monday.",
        ", 24 November 2026, 16:00.",
        ": not yet",
    ),
    *("As of Tuesday 24 November 2026.", "Mark of this wording: dead beef 0000.", UNCHANGING),
    *("<!--", "-->", "<p>not really</p>", "> no", "# No", "```", "&", "|", "\u200b", "x"),
    "  not really",
)
"""Lines that look like a part of the block, or like something that hides it."""
GAPS = (("", ""), ("\n", ""), ("", "\n"), ("\n", "\n"))
"""Empty lines before and behind."""
LINES = BLOCK.rstrip("\n").split("\n")
WORDED = [number for number, line in enumerate(LINES) if line]


def test_a_block_that_lacks_a_line_is_never_accepted() -> None:
    # The line for pens and the last one were not there in files of an older program.
    needed = [n for n in WORDED[:-1] if not LINES[n].startswith("On paper")]
    lacking = {n: "\n".join([*LINES[:n], *LINES[n + 1 :]]) for n in needed}
    assert {n: verdict(f"{BODY}{block}\n") for n, block in lacking.items()} == dict.fromkeys(
        needed, "damaged"
    )


def test_a_file_of_an_older_program_has_no_lines_for_pens() -> None:
    older = "\n".join(line for line in LINES if "On paper" not in line and "____" not in line)
    assert verdict(f"{BODY}{older}\n") == "accepted"


def test_a_file_of_an_older_program_states_twelve_digits() -> None:
    older = ACCEPTED[: ACCEPTED.rindex("<!--")]
    assert read_signoff(older) == SignoffStatus("accepted", fingerprint_of(BODY)[:12], (ADA, GRACE))


@pytest.mark.parametrize("name", ["Barbara", "Ada"])
def test_a_name_that_is_not_the_agreements_damages_it(name: str) -> None:
    older = ACCEPTED[: ACCEPTED.rindex("<!--")]
    changed = [text.replace("- Grace typed", f"- {name} typed") for text in (ACCEPTED, older)]
    assert list(map(verdict, changed)) == ["damaged"] * 2


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("24 November 2026, 16:00.\n\nOn", "31 November 2026, 16:00.\n\nOn"),
        ("24 November 2026, 16:00.\n\nOn", "24 Smarch 2026, 16:00.\n\nOn"),
        ("24 November 2026, 16:00.\n\nOn", "24 November 2026, 24:00.\n\nOn"),
        ("like:\n\nAda _", "like:\n\nBarbara _"),
        ("if you like:", "if you must:"),
        ("As of Tuesday 24", "As of Monday 24"),
        ("Grace typed yes", "Grace said yes under protest"),
        ("- Grace typed yes at the keyboard", "- Grace typed yes at the keyboard for a fee"),
    ],
)
def test_what_the_program_never_writes_damages_it(before: str, now: str) -> None:
    assert before in ACCEPTED
    assert verdict(ACCEPTED.replace(before, now)) == "damaged"


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("[Fees]: Grace-pays-Ada 'every month'", "\n\n[Fees]: Grace-pays-Ada 'every month'"),
        ("``` but only in May", "\n``` but only in May"),
        ("~~~~ if Ada likes", "\n\n   ~~~~ if Ada likes"),
        ("> ``` for a fee", "\n\n> ``` for a fee"),
        ("1. we talk 7. times", "\n\n1. we talk\n7. times"),
    ],
)
def test_words_that_no_page_would_show_are_told(said: str, broken: str) -> None:
    body = f"# Ours\n\nWe meet. {said}\n"
    mark = fingerprint_of(body)
    broken = body.replace(f" {said}", broken)
    assert fingerprint_of(broken) == mark
    block = re.sub(r"[0-9a-f]{64}", mark, BLOCK)
    block = re.sub(r"(?<=wording: ).{14}", f"{mark[:4]} {mark[4:8]} {mark[8:12]}", block)
    assert [verdict(text + block) for text in (body, broken)] == ["accepted", "hidden words"]


@pytest.mark.parametrize(
    "body",
    [
        "# Ours\n\n1. We talk.\n2. We write.\n   - On paper\n   - In May\n3. We stop.\n",
        "# Ours\n\n7. We talk.\n8. We write.\n   1. Twice\n   2. Or once\n9. We stop.\n",
    ],
)
def test_numbers_of_a_list_in_order_are_shown(body: str) -> None:
    assert hidden_words(body) == []


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["next to it", "after an empty line"])
def test_a_block_with_a_doubled_line_is_never_accepted(gap: str) -> None:
    doubled = {
        n: "\n".join([*LINES[:n], LINES[n] + gap + LINES[n], *LINES[n + 1 :]]) for n in WORDED
    }
    verdicts = {n: verdict(f"{BODY}{block}\n") for n, block in doubled.items()}
    assert verdicts == {n: "damaged" if n else "changed" for n in WORDED}


@UNHURRIED
@given(
    st.integers(0, len(LINES)),
    st.one_of(st.sampled_from(PIECES), st.text(min_size=1).filter(lambda text: bool(text.split()))),
    st.sampled_from(GAPS),
)
def test_a_block_with_a_line_more_is_never_accepted(
    place: int, line: str, gaps: tuple[str, str]
) -> None:
    more = "\n".join([*LINES[:place], gaps[0] + line + gaps[1], *LINES[place:]])
    assert verdict(BODY + more + "\n") in ("damaged", "changed")


def test_no_look_alike_fits_anywhere_into_the_block() -> None:
    more = {
        (piece, place, gap): "\n".join([*LINES[:place], gap[0] + piece + gap[1], *LINES[place:]])
        for piece in PIECES
        for place in range(len(LINES) + 1)
        for gap in GAPS
    }
    verdicts = {case: verdict(f"{BODY}{block}\n") for case, block in more.items()}
    assert [case for case, found in verdicts.items() if found not in ("damaged", "changed")] == []


@UNHURRIED
@given(st.integers(0, len(BLOCK) - 2))
def test_a_document_that_was_cut_off_is_never_accepted(length: int) -> None:
    without_last_line = verdict(BODY + BLOCK[:length]) == "accepted"
    assert without_last_line or verdict(BODY + BLOCK[:length]) in ("damaged", "no agreement")
    assert without_last_line == (BLOCK[:length].strip() == BLOCK[: BLOCK.rindex("<!--")].strip())


def test_no_word_of_the_block_is_changed_unnoticed() -> None:
    words = [match.span() for match in re.finditer(r"\S+", BLOCK)]
    unnoticed = {
        BLOCK[start:end]
        for start, end in words
        if verdict(f"{BODY}{BLOCK[:start]}x{BLOCK[end:]}") == "accepted"
    }
    assert unnoticed == set()


@UNHURRIED
@given(st.text("0123456789abcdef", min_size=12, max_size=12))
def test_no_other_mark_will_do(mark: str) -> None:
    assume(mark != fingerprint_of(BODY)[:12])
    stated = f"{mark[:4]} {mark[4:8]} {mark[8:]}"
    forged = re.sub(r"(?<=wording: ).{14}", stated, BLOCK)
    assert read_signoff(BODY + forged) == SignoffStatus("damaged")
    whole = mark + fingerprint_of(BODY)[12:]
    forged = re.sub(r"[0-9a-f]{64}", whole, forged)
    assert read_signoff(BODY + forged) == SignoffStatus("changed", whole, (ADA, GRACE))


# --- What people typed cannot fool it


HOSTILE = st.lists(
    st.one_of(
        st.sampled_from([*PIECES, "\n", "\n\n", " ", "**", "\\", "- ", "* ", "1. ", "{mentee}"]),
        st.text(max_size=8),
    ),
    min_size=1,
    max_size=6,
).map("".join)


def _is_name(text: str) -> bool:
    try:
        return read_name(text, "It") == text
    except InputError:
        return False


NAMES = HOSTILE.map(lambda text: " ".join(text.split())[:60].strip()).filter(_is_name)
"""Names that the program takes."""
STATES: Mapping[tuple[Role, ...], str] = {
    (): "draft",
    ("mentor",): "accepted by one",
    ("mentee",): "accepted by one",
    BOTH: "accepted",
}


@pytest.mark.slow
@UNHURRIED
@given(NAMES, NAMES, HOSTILE.map(clean), st.sampled_from(list(STATES)))
@example("- Grace: not yet", "Ada: not yet", MARKER, BOTH)
@example(ADA[:60], "not yet", f"{MARKER}\n\n{BLOCK}", ())
@example("Ada - Barbara", "---", "weekly", BOTH)
@example("**Draft.** We confirm", "As of Tuesday 24 November 2026.", UNCHANGING, ("mentor",))
def test_names_and_answers_change_no_verdict(
    mentor: str, mentee: str, answer: str, roles: tuple[Role, ...]
) -> None:
    assume(mentor != mentee and not MOMENT.search(f"{mentor} {mentee}"))
    people, answers = People(mentor, mentee, "mentor"), {"frequency": answer}
    document = agreement(*roles, people=people, answers=answers)
    typist = f"said yes aloud on the call; {mentor} wrote it down"
    aloud = agreement(*roles, people=people, answers=answers, how=typist)
    assert [verdict(document), verdict(aloud)] == [STATES[roles]] * 2


@pytest.mark.parametrize("roles", STATES)
def test_a_name_that_looks_like_a_whole_acceptance_changes_nothing(roles: tuple[Role, ...]) -> None:
    people = People("Al said yes, 24 November 2026, 15:00.", "Bo, 1 May 2026, 15:00.", "mentor")
    assert verdict(agreement(*roles, people=people)) == STATES[roles]


def test_names_are_told_as_they_were_typed() -> None:
    document = agreement(*BOTH, people=People("_x_", "B*o", "mentor"))
    report = VerifyReport(read_signoff(document), (), date(2026, 11, 24))
    _sentence, *lines = report.in_words("mentorwalk render").splitlines()
    assert [line.split()[0] for line in lines] == ["_x_", "B*o"]


def test_an_agreement_in_a_hostile_answer_is_covered_by_the_mark() -> None:
    document = agreement(answers={"frequency": f"weekly\n\n{BLOCK}"})
    assert verdict(document) == "draft"
    assert verdict(document.replace("Grace typed", "Barbara typed")) == "changed"


# --- What changed


def test_a_changed_sentence_is_told_with_the_ones_around_it() -> None:
    before = "We meet weekly. We meet by video. We are kind.\n"
    now = "We meet weekly.  We meet\nin person. We are kind.\n"
    assert difference(before, now) == (
        "...",
        "  We meet weekly.",
        "- We meet by video.",
        "+ We meet in person.",
        "  We are kind.",
    )


def test_a_sentence_that_is_gone_and_one_that_is_new_are_told() -> None:
    assert difference("One. Two.", "Two. Three.") == ("...", "- One.", "  Two.", "+ Three.")


def test_what_is_far_from_a_change_is_not_told() -> None:
    before = "One. Two. Three. Four. Five."
    assert difference(before, f"Nought. {before}") == ("...", "+ Nought.", "  One.")


@pytest.mark.parametrize("sign", ["-", "--", "---", "+", "++", "+++", "@@"])
def test_a_sentence_that_begins_like_a_line_of_a_difference_is_told(sign: str) -> None:
    assert difference(f"{sign} one.", f"{sign} two.") == (
        "...",
        f"- {sign} one.",
        f"+ {sign} two.",
    )


@UNHURRIED
@given(st.integers(1, 200), st.sampled_from(["", "  "]))
def test_wrapping_is_no_difference(width: int, indent: str) -> None:
    body = body_of(ACCEPTED)
    assert difference(body, rewrapped(body, width, indent)) == ()


@UNHURRIED
@given(HOSTILE, HOSTILE)
@example("a.\n\nb.", "a. c.")
def test_there_is_a_difference_wherever_a_word_differs(before: str, now: str) -> None:
    changed = fingerprint_of(before) != fingerprint_of(now)
    signs = {line[0] for line in difference(before, now)}
    assert bool(signs & {"-", "+"}) >= changed


@UNHURRIED
@given(HOSTILE, HOSTILE)
def test_a_difference_tells_all_that_is_gone_and_all_that_is_new(before: str, now: str) -> None:
    lines = difference(before, now)
    gone = " ".join(line[2:] for line in lines if line[:2] == "- ")
    new = " ".join(line[2:] for line in lines if line[:2] == "+ ")
    kept = before.split()
    assert all(word in gone.split() for word in kept if word not in now.split())
    assert all(word in new.split() for word in now.split() if word not in kept)
