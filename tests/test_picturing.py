"""Which picture answers make, and how it stands on a card, in a document and in its page."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape, unescape
from typing import TYPE_CHECKING

import pytest
from support.agendas import yaml_text
from support.questions import CARD, Wrist
from support.sample_pictures import COLUMNS, LINE, TREE, WHEEL
from support.sample_sessions import (
    BUNDLED,
    START,
    USUAL,
    own_agenda,
    rendered,
    walked,
    with_template,
)
from support.terminals import ENTER, TAB, fed
from wcwidth import width

from mentorwalk.documents.drawings import Drawings
from mentorwalk.documents.exercise_pictures import with_pictures
from mentorwalk.documents.html import page
from mentorwalk.documents.mentorship import MentorshipView
from mentorwalk.documents.pictures import as_markdown, as_text, as_words
from mentorwalk.documents.sandbox import rendered as from_template
from mentorwalk.domain.agenda import Drawn
from mentorwalk.domain.answers import Answer
from mentorwalk.domain.errors import TemplateProblem
from mentorwalk.domain.pictures import Column, Columns, Part, Picture, Tree
from mentorwalk.domain.picturing import LastTime, picture_again, picture_of
from mentorwalk.domain.showing import card_of
from mentorwalk.domain.values import ByItem, Node, outline_of
from mentorwalk.frontends.drawing import Drawing
from mentorwalk.frontends.live.live import LiveFrontend
from mentorwalk.frontends.plain import PlainFrontend
from mentorwalk.frontends.signs import ASCII
from mentorwalk.storage.library import BUNDLED_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from support.sample_sessions import Story

    from mentorwalk.domain.agenda import Agenda
    from mentorwalk.domain.answers import Value
    from mentorwalk.domain.card import Card
    from mentorwalk.domain.roles import Role

pytestmark = pytest.mark.portable

PICTURED = own_agenda(yaml_text("pictured"))
"""An exercise with a wheel of two numbers for each area, and a tree."""
SAID: Mapping[str, Value] = {
    "areas": ("Skills", "Workload", "Friends"),
    "now": ByItem((("Skills", 7), ("Workload", 3))),
    "enough": ByItem((("Skills", 8), ("Workload", 6))),
    "area": "Workload",
    "meaning": ByItem((("Skills", "to do things well"), ("Workload", "to sleep"))),
    "order": ("Friends", "Skills"),
    "map": outline_of([(0, "the new team"), (1, "meetings"), (0, "home")]),
}
DAY, BEFORE = START.date(), date(2026, 10, 3)
PARTS = (Part("Skills", 7, second=8), Part("Workload", 3, second=6, chosen=True), Part("Friends"))
WHEEL_OF_THEM = Picture("wheel", PARTS, day=DAY, second="Where it would be fine")
HOSTILE = (
    "</title><script>alert(1)</script>",
    "]]>",
    "W" * 400,
    "````",
    "{{ 7*7 }}",
    "\u202eevil\u202c",
    "🎉👩‍👩‍👧‍👦",
    "# one | two *three* [x](y)",
)


def done(**said: Value) -> Story:
    """The exercise as it was done, with some answers said in other words."""
    return walked({**SAID, **said}, PICTURED)


def now_with(key: str) -> Agenda:
    """The exercise with one more key of the first numbers."""
    text = yaml_text("pictured")
    return own_agenda(text.replace("label: Now\n", f"label: Now\n            {key}\n"))


def picture_card(**said: Value) -> Card:
    """The card with the wheel, once all was said."""
    session = done(**said).session
    return card_of(session, session.agenda.prompts["notice"])


def the_page(story: Story) -> str:
    """The page of the summary."""
    session = story.session
    (document,) = session.agenda.documents
    drawn = BUNDLED.rendering(session, document, BUNDLED.agreement(session))
    return page(drawn.text, "en", "summary", session.names.values(), drawn.pictures)


# --- The picture of answers


def test_numbers_are_drawn_with_those_beside_them_and_what_was_chosen() -> None:
    assert picture_of(done().session, "wheel", ("now", "enough")) == WHEEL_OF_THEM


@pytest.mark.parametrize(
    ("kind", "fields", "picture"),
    [
        ("tree", ("map",), Tree((Node("the new team", (Node("meetings"),)), Node("home")))),
        (
            "columns",
            ("areas", "order"),
            Columns(
                (
                    Column("Areas", ("Skills", "Workload", "Friends")),
                    Column("In order", ("Friends", "Skills")),
                )
            ),
        ),
        (
            "ranking",
            ("order", "now"),
            Picture("ranking", (Part("Friends"), Part("Skills", 7)), day=DAY),
        ),
        ("ranking", ("order",), Picture("ranking", (Part("Friends"), Part("Skills")), day=DAY)),
    ],
)
def test_words_are_drawn(kind: str, fields: tuple[str, ...], picture: object) -> None:
    drawn = Drawings(done().session)
    drawn(kind, *fields)
    assert drawn.drawn == [picture]


def test_second_numbers_are_never_taken_for_the_first() -> None:
    session = done(now=ByItem()).session
    first = picture_of(session, "bars", ("now", "enough"))
    assert isinstance(first, Picture)
    assert (first.empty, [part.value for part in first.parts]) == (True, [None] * 3)


def test_the_last_time_is_found_by_names_however_they_are_written() -> None:
    before = LastTime(ByItem((("SKILLS", 5), ("Money", 2))), BEFORE)
    compared = picture_of(done().session, "wheel", ("now",), lambda _answer: before)
    assert isinstance(compared, Picture)
    assert [part.before for part in compared.parts] == [5, None, None]
    assert compared.before_day == BEFORE


def test_where_no_name_is_known_from_the_last_time_no_day_is_told() -> None:
    before = LastTime(ByItem((("Money", 2),)), BEFORE)
    compared = picture_of(done().session, "wheel", ("now",), lambda _answer: before)
    assert isinstance(compared, Picture)
    assert compared.before_day is None


def test_what_is_private_is_in_no_picture() -> None:
    drawn_by_nobody = re.sub(r"\n +picture: .*", "", yaml_text("pictured"))
    private = own_agenda(
        drawn_by_nobody.replace("label: Now\n", "label: Now\n            private: yes\n")
    )
    assert picture_of(walked(SAID, private).session, "wheel", ("now",)).empty


def test_the_numbers_of_each_person_have_their_names() -> None:
    agenda = own_agenda(
        yaml_text("pictured").replace("label: Now\n", "label: Now\n            by: each\n")
    )
    said = {**SAID, "now.mentee": ByItem((("Skills", 7),)), "now.mentor": ByItem((("Skills", 2),))}
    both = picture_of(walked(said, agenda).session, "bars", ("now",))
    one = picture_of(walked(said, agenda).session, "bars", ("now.mentee",))
    shown = [
        [(part.label, part.value) for part in each.parts if part.value]
        for each in (both, one)
        if isinstance(each, Picture)
    ]
    assert shown == [[("Ada: Skills", 2), ("Grace: Skills", 7)], [("Grace: Skills", 7)]]


# --- In a template


@pytest.mark.parametrize(
    ("call", "column", "sentence"),
    [
        (
            'picture("whel", "now")',
            13,
            "No kind of picture is called `whel`. Did you mean `wheel`?",
        ),
        ('picture("wheel", "nw")', 22, "`pictured` has no field `nw`. Did you mean `now`?"),
        ('picture("wheel", "map")', 13, "`wheel` draws `ratings`, but `map` is `outline`."),
        ('picture("tree")', 1, 'Name what is drawn, such as picture("tree", "now").'),
        ("picture._session", 12, "`_session` is closed to templates."),
    ],
)
def test_a_mistake_in_a_picture_is_told_with_its_place(
    call: str, column: int, sentence: str, tmp_path: Path
) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", f"One\n{{{{ {call} }}}}\n")
    with pytest.raises(TemplateProblem, match=re.escape(f"summary.md.j2:2:{column}: {sentence}")):
        rendered(done(), "summary.md", renderer)


def test_a_picture_is_a_block_of_its_own_wherever_a_template_puts_it(tmp_path: Path) -> None:
    template = 'Look: {{ picture("wheel", "now", "enough") }}. Both.\n'
    renderer = with_template(tmp_path, "summary.md.j2", template)
    assert rendered(done(), "summary.md", renderer) == (
        f"Look: \n\n{as_markdown(WHEEL_OF_THEM)}\n\n. Both.\n"
    )


@pytest.mark.parametrize(
    ("expression", "reads"),
    [
        ("answers.now", "Skills 7 of 10, Workload 3 of 10, Friends left out"),
        ("answers.now.Skills + 1", "8"),
        ("answers.now.Friends or 'left out'", "left out"),
        ("answers.now.items() | map('first') | listed", "Skills and Workload"),
        ("answers.now | sentence", "Skills 7 of 10, Workload 3 of 10, Friends left out."),
        ("answers.meaning", "Skills: to do things well; Workload: to sleep"),
        ("answers.meaning.Workload", "to sleep"),
        ("answers.order", "Friends, then Skills"),
        ("answers.order[1]", "Skills"),
        ("answers.order | join('+')", "Friends+Skills"),
        ("answers.map", "- the new team\n  - meetings\n- home"),
        ("answers.map.items | listed", "the new team and home"),
        ("answers.map.text | replace('\n', '/')", "the new team/ meetings/home"),
        ("answers.map | sentence", "the new team: meetings; home."),
    ],
)
def test_a_template_has_the_items_of_an_answer_and_words_for_all_of_it(
    expression: str, reads: str, tmp_path: Path
) -> None:
    renderer = with_template(tmp_path, "summary.md.j2", f"{{{{ {expression} }}}}\n")
    assert rendered(done(), "summary.md", renderer).replace("/  ", "/ ") == f"{reads}\n"


@pytest.mark.parametrize(
    "expression",
    [
        *("answers.now", "answers.now.Skills", "answers.now.items() | list"),
        *("answers.order", "answers.map", "answers.map.items", "answers.map.text"),
        "answers.meaning.Skills",
    ],
)
def test_what_was_not_answered_is_empty_and_no_mistake(expression: str, tmp_path: Path) -> None:
    template = f"{{{{ 'something' if {expression} else 'nothing' }}}}\n"
    renderer = with_template(tmp_path, "summary.md.j2", template)
    empty = walked({"areas": ("Skills",)}, PICTURED)
    assert rendered(empty, "summary.md", renderer) == "nothing\n"


def test_the_summary_shows_all_of_an_exercise() -> None:
    assert rendered(done(), "summary.md") == (
        """\
# Grace and Ada: Areas of work

Tuesday 24 November 2026, 30 minutes

## Also written down

Now:

```wheel
Skills              ███████·┃·   7  ┃ 8
Workload            ███···┃···   3  ┃ 6  ← chosen
Friends             left out
┃ Where it would be fine
```

The map:

- the new team
  - meetings
- home

Areas: Skills, Workload and Friends.

The area to begin with: Workload.

What Skills means: to do things well.

What Workload means: to sleep.

In order: Friends, then Skills.

---

This page belongs to the two of us. Nobody else gets a copy from this program.
"""
    )


# --- On the card, in Markdown and in the page


def test_the_same_numbers_are_the_same_picture_on_card_in_markdown_and_in_the_page() -> None:
    story = done()
    on_card = picture_card().picture
    markdown, drawn = rendered(story, "summary.md"), the_page(story)

    assert on_card == WHEEL_OF_THEM
    assert "\n".join(as_text(WHEEL_OF_THEM, 60)) in markdown
    assert all(line in body(picture_card(), 60) for line in as_text(WHEEL_OF_THEM, 60))
    table = re.findall(r"<tr><td>\d</td>(.*?)</tr>", drawn)
    assert [unescape(re.sub("<[^>]+>+", " ", row)).split() for row in table] == [
        ["Skills", "7", "8"],
        ["Workload", "←", "chosen", "3", "6"],
        ["Friends", "left", "out"],
    ]
    assert drawn.count("<svg") == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_on_card_in_markdown_and_in_the_page(name: str) -> None:
    said: Mapping[str, Value] = {
        "areas": (name, "Skills"),
        "now": ByItem(((name, 7), ("Skills", 1))),
        "enough": ByItem(((name, 9),)),
        "area": name,
        "meaning": ByItem(((name, name),)),
        "order": (name,),
        "map": outline_of([(0, name), (1, name)]),
    }
    story = walked(said, PICTURED)
    markdown, drawn = rendered(story, "summary.md"), the_page(story)
    clean = re.sub("[\u202a-\u202e]", "", name)
    fence = re.search(r"^(`{3,})wheel\n(.*?)^\1$", markdown, re.DOTALL | re.MULTILINE)
    card = body(card_of(story.session, PICTURED.prompts["notice"]), 60)

    assert fence is not None
    assert letters(clean) in labels(fence[2])
    # On a card a long one is cut.
    assert letters(clean)[:30] in labels(card)
    assert f"<bdi>{escape(clean)}</bdi>" in drawn
    assert (drawn.count("<svg"), drawn.count("<h1>"), "<script" in drawn) == (2, 1, False)
    assert "\u202e" not in drawn + markdown + card


def letters(text: str) -> str:
    """A text without its blanks."""
    return re.sub(r"\s", "", text)


def labels(rows: str) -> str:
    """What stands in rows before their bars, whichever line it is in."""
    return letters("".join(re.sub(r"\s\s+[█·].*", "", row) for row in rows.split("\n")))


def body(card: Card, columns: int, rows: int = 24) -> str:
    """A card as the live screen draws it, without colours."""
    return uncoloured(Drawing(columns, rows=rows).body(card))


def uncoloured(drawn: str) -> str:
    """What was drawn, without colours and without blanks at the ends of lines."""
    lines = re.sub(r"\x1b\[[\d;]*m", "", drawn).split("\n")
    return "\n".join(line.rstrip() for line in lines)


def test_below_the_question_stands_the_picture() -> None:
    assert body(picture_card(), 60).split("\n") == [
        "   What do you notice when you look at it?",
        "",
        "   Skills              ███████·┃·   7  ┃ 8",
        "   Workload            ███···┃···   3  ┃ 6  ← chosen",
        "   Friends             left out",
        "   ┃ Where it would be fine",
        "",
        "   Tip: A low number is not a problem by itself.",
    ]


def test_where_nothing_is_rated_the_card_says_so() -> None:
    card = picture_card(now=ByItem(), enough=ByItem())
    assert "   Nothing rated yet" in body(card, 80).split("\n")


def test_a_plain_card_tells_the_picture_in_sentences() -> None:
    said = io.StringIO()
    PlainFrontend(io.StringIO("\n"), said).talk(picture_card(), None)
    assert " ".join(as_words(WHEEL_OF_THEM)) in " ".join(said.getvalue().split())


def test_without_unicode_the_picture_is_of_ascii() -> None:
    assert uncoloured(Drawing(80, ASCII).body(picture_card())).isascii()


@pytest.mark.parametrize("columns", [40, 56, 57, 60, 80, 93, 100, 140])
@pytest.mark.parametrize(
    "picture", [WHEEL, LINE, COLUMNS, TREE], ids=["wheel", "line", "columns", "tree"]
)
def test_a_picture_fits_a_card_of_any_width(columns: int, picture: Picture) -> None:
    card = replace(CARD, ask="Look.", picture=picture, tip="")
    for view in (None, "bars", "wheel"):
        seen = uncoloured(Drawing(columns, rows=30, view=view).body(card)).split("\n")
        assert max(map(width, seen)) < columns
        # No line was broken, or joined with another one.
        if view is None and columns < 100:
            assert [line.strip() for line in as_text(picture, columns)] == [
                line.strip() for line in seen[2:]
            ]


@pytest.mark.parametrize(
    ("columns", "rows", "beside"), [(100, 30, True), (99, 30, False), (100, 29, False)]
)
def test_a_wheel_stands_beside_its_rows_where_there_is_room(
    columns: int, rows: int, beside: bool
) -> None:
    assert bool(re.search("[⠁-⣿]", body(picture_card(), columns, rows))) is beside


def test_the_options_turn_bars_into_a_wheel_and_back() -> None:
    turned = f"{TAB}v"
    with fed(("left out", turned), ("⣿", turned), ("left out", ENTER)) as terminal:
        LiveFrontend().talk(picture_card(), Wrist())
    assert terminal.awaited == []
    # Bars have the largest number first.
    assert re.search("Skills.*Workload.*Friends", terminal.words)
    assert not re.search("[⠁-⣿]", terminal.words)


# --- Exercises that were done again


@dataclass(frozen=True)
class Run:
    """A time that the exercise was done."""

    day: date
    answers: Mapping[str, Answer]
    person: Role | None = None
    agenda: str = "pictured"
    pictures: tuple[Drawn, ...] = field(default=(Drawn("wheel", ("now", "enough")),))


def run(day: date, person: Role | None = None, **numbers: int) -> Run:
    """An exercise on a day, with the numbers of some areas."""
    now = replace(PICTURED.fields["now"], items=tuple(numbers))
    return Run(day, {"now": Answer(now, ByItem(tuple(numbers.items())))}, person)


def test_an_exercise_is_compared_with_the_time_before() -> None:
    first, second = run(BEFORE, Skills=5, Money=2), run(DAY, skills=7, Friends=1)
    again = picture_again(Drawn("wheel", "now"), second, first)
    parts = (Part("skills", 7, 5), Part("Friends", 1))
    assert again == Picture("wheel", parts, day=DAY, before_day=BEFORE)


def test_what_one_did_alone_is_not_compared_with_what_the_other_did_alone() -> None:
    runs = [run(BEFORE, "mentor", Skills=5), run(DAY, "mentee", Skills=7), run(DAY, Skills=9)]
    drawings = Drawings(done().session)
    assert [each["newest"] for each in with_pictures(runs, drawings)] == [False, False, True]
    before = [
        part.before
        for picture in drawings.drawn
        if isinstance(picture, Picture)
        for part in picture.parts
    ]
    assert before == [None, None, 7]


def test_the_page_of_a_mentorship_shows_the_newest_picture_of_each_exercise() -> None:
    session = walked(USUAL).session
    context = BUNDLED.context(session, BUNDLED.agreement(session), session.people)
    runs = [run(BEFORE, Skills=5), run(DAY, Skills=7)]
    days = ("3 October", "24 November")
    fields = (
        {"id": "now", "label": "Now", "answer": "Skills 5"},
        {"id": "a", "label": "A", "answer": ("x", "y")},
    )
    done_twice = tuple(
        {"title": "Areas of work", "day": on, "who": "", "fields": fields, **each}
        for on, each in zip(days, with_pictures(runs, context["picture"]), strict=True)
    )

    class WithExercises(MentorshipView):
        """A mentorship in which an exercise was done twice."""

        @property
        def exercises(self) -> tuple[dict[str, object], ...]:
            """Return both times."""
            return done_twice

    view = context["mentorship"]
    shown = WithExercises(view._mentorship, view._people, "")  # noqa: SLF001 - as it is kept there
    named = {**context, "mentorship": shown, "agreement": {}}
    text = from_template("mentorship.md.j2", (BUNDLED_TEMPLATES,), named)
    section = re.sub(r"\n{3,}", "\n\n", text.partition("## Our exercises\n")[2].partition("## ")[0])

    assert section == (
        """
**Areas of work**, 3 October

- Now: Skills 5.
- A: x and y.

**Areas of work**, 24 November

- A: x and y.

```wheel
Skills              ███████···   7  +2
Compared with 3 October
```

"""
    )
