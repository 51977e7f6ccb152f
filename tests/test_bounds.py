"""Templates that would take all memory or time are refused at once; ordinary ones never notice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mentorwalk.documents.sandbox import rendered
from mentorwalk.domain.errors import TemplateProblem

if TYPE_CHECKING:
    from pathlib import Path

TOO_LONG = "This would make a text or a list that is too long."
TOO_MUCH = "This template makes too much text, or takes too many steps."
NUMBER = "This number is too large."
NESTED = "".join(
    f"{{% set {new} = [{(old + ',') * 90}] %}}" for old, new in ("1a", "ab", "bc", "cd")
)
"""A list of lists of lists: a short template, and 65 million numbers."""
TWINS = "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 40
"""Two lists that are compared by comparing a million million numbers."""


def over(times: int, body: str) -> str:
    """Return a loop of a template."""
    return f"{{% for i in range({times}) %}}{body}{{% endfor %}}"


def text_of(folder: Path, template: str, **others: str) -> str:
    """Render a template, beside others that it can include."""
    for name, text in {"page": template, **others}.items():
        (folder / f"{name}.j2").write_text(text, encoding="utf-8")
    context = {"name": "Ada", "items": ("tea", "milk"), "deep": [{"a": ["x", "y"]}]}
    return rendered("page.j2", (folder,), context)


def refusal_of(folder: Path, template: str, **others: str) -> str:
    """Render a template that is refused, and return the sentence without its place."""
    with pytest.raises(TemplateProblem) as refused:
        text_of(folder, template, **others)
    return re.sub(r"^\w+\.j2:\d+:\d+: ", "", str(refused.value))


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'ab' * 2500000 }}",
        "{{ 7000000 * 'x' }}",
        "{{ ([0] * 9000000) | length }}",
        "{{ ((1, 2) * 9000000) | length }}",
        "{{ 'x' | center(5000000) }}",
        "{{ 'x\ny' | indent(5000000) }}",
        "{{ ('\n' * 3000) | indent('x' * 3000) }}",
        "{{ 'x'.ljust(5000000) }}",
        "{{ '7'.zfill(5000000) }}",
        "{{ '\t\t'.expandtabs(4000000) }}",
        "{{ '%5000000d' % 1 }}",
        "{{ '%.5000000f' % 1.5 }}",
        "{{ '%*d' % (5000000, 1) }}",
        "{{ '%(n)5000000d' % {'n': 1} }}",
        "{{ '%-5000000s' | format('x') }}",
        "{{ '{:>5000000}'.format(1) }}",
        "{{ '{:{w}}'.format(1, w=5000000) }}",
        "{{ '{n:5000000}'.format_map({'n': 1}) }}",
        "{% set f = ['{:5000000}'] | map(attribute='format') | first %}{{ f(1) }}",
        "{% set a = 'x' * 3000 %}{{ a | replace('x', a) }}",
        "{% set a = 'x' * 3000 %}{{ a.replace('x', a) }}",
        "{% set a = 'x' * 3000 %}{{ range(3000) | join(a) }}",
        "{% set a = 'x' * 3000 %}{{ range(3000) | map('string') | join(a) }}",
        "{% set a = 'x' * 3000 %}{{ a.join(['x'] * 3000) }}",
        "{% set a = 'x' * 3000 %}{{ a.translate({120: a}) }}",
        "{% set a = 'x y ' * 3000 %}{{ a | wordwrap(1, true, a) }}",
        "{{ [1] | batch(5000000, 0) | list }}",
        "{{ [1] | slice(5000000) | list }}",
        "{{ [[1]] | tojson(indent=5000000) }}",
        "{{ 1.5 | round(50000000) }}",
        "{{ (1).to_bytes(50000000, 'big') }}",
    ],
)
def test_what_makes_much_of_little_is_refused_before_it_is_done(
    template: str, tmp_path: Path
) -> None:
    assert refusal_of(tmp_path, template) == TOO_LONG


@pytest.mark.parametrize(
    "template",
    [
        "{% set n = namespace(a='xy') %}" + over(50, "{% set n.a = n.a ~ n.a %}"),
        "{% set n = namespace(a='xy') %}" + over(50, "{% set n.a = n.a + n.a %}"),
        "{% set n = namespace(a=[1]) %}" + over(50, "{% set n.a = n.a + n.a %}"),
        "{% set l = [1] %}" + over(50, "{% set _ = l.extend(l) %}"),
        "{% set n = namespace(a='x') %}" + "{% set n.a %}{{ n.a }}{{ n.a }}{% endset %}" * 50,
        "{% macro m(a) %}{{ a }}{{ a }}{% endmacro %}{{ " + "m(" * 50 + "'x'" + ")" * 50 + " }}",
        "{% set l = [] %}" + over(9000, "{% set _ = l.append('x' * 90000) %}"),
        "{% set l, x = [], 'x' * 900000 %}" + over(9000, "{% set _ = l.append(x[i:]) %}"),
    ],
    ids=["joined", "added", "lists", "itself", "set", "macro", "kept", "cut"],
)
def test_what_grows_step_by_step_is_refused(template: str, tmp_path: Path) -> None:
    assert refusal_of(tmp_path, template) == TOO_MUCH


@pytest.mark.slow
@pytest.mark.parametrize(
    "template",
    [
        over(9000, over(9000, "")),
        "{% set r = range(9000) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
        over(9000, "x" * 90_000),
        "{% set y %}" + over(9000, "x" * 90_000) + "{% endset %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) + m(n - 1) }}{% endif %}{% endmacro %}{{ m(50) }}",
        "{% for a in [1, 1] recursive %}{{ loop([1, 1]) if loop.depth < 50 }}{% endfor %}",
        "{% set t = 'http://a.b ' * 30000 %}" + over(900, "{% set x = t | urlize %}"),
        "{% set r = range(9000) | list %}" + over(9000, "{% set x = r | pprint %}"),
        "{% set r = range(9000) | list %}" + over(9000, "{% if r == [i] %}{% endif %}"),
        "{% set words = 'word ' * 9000 %}" + over(900, "{{ words }}"),
    ],
    ids=["loops", "ranges", "data", "kept", "macro", "tree", "links", "print", "compare", "words"],
)
def test_a_template_without_end_is_refused(template: str, tmp_path: Path) -> None:
    assert refusal_of(tmp_path, template) == TOO_MUCH


def test_templates_that_include_each_other_twice_each_are_refused(tmp_path: Path) -> None:
    twice = {f"t{n}": f"{{% include 't{n + 1}.j2' %}}" * 2 for n in range(40)}
    assert refusal_of(tmp_path, "{% include 't0.j2' %}", **twice, t40="") == TOO_MUCH


@pytest.mark.slow
@pytest.mark.parametrize(
    "written", ["d", "d | string", "d ~ '.'", "'%s' % [d]", "'{}'.format(d)", "d | tojson"]
)
def test_a_list_of_the_same_lists_is_not_written_without_end(written: str, tmp_path: Path) -> None:
    assert refusal_of(tmp_path, f"{NESTED}{{{{ {written} }}}}") == TOO_MUCH


@pytest.mark.slow
@pytest.mark.parametrize("condition", ["a == b", "a < b", "[a] == [b]", "a[:1] == b[:1]"])
def test_lists_of_the_same_lists_are_not_compared_without_end(
    condition: str, tmp_path: Path
) -> None:
    assert refusal_of(tmp_path, f"{TWINS}{{% if {condition} %}}{{% endif %}}") == TOO_MUCH


def test_a_namespace_does_not_write_out_what_is_in_it(tmp_path: Path) -> None:
    template = "{% set n = namespace(a=['x'] * 90) %}{% set n.b = n %}{{ n | string }}"
    assert text_of(tmp_path, template) == "a namespace"


@pytest.mark.parametrize(
    "template",
    [
        "{{ 9 ** 200 }}",
        "{{ 200 ** 9 }}",
        "{% set n = namespace(a=7) %}" + over(50, "{% set n.a = n.a * n.a %}"),
    ],
)
def test_a_number_without_end_is_refused(template: str, tmp_path: Path) -> None:
    assert refusal_of(tmp_path, template) == NUMBER


def test_words_without_end_are_not_there(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, "{{ lipsum(5) }}") == "Nothing is called `lipsum` here."


def test_each_rendering_has_a_budget_of_its_own(tmp_path: Path) -> None:
    half = "{% for i in range(60000) %}{% endfor %}Done."
    assert [text_of(tmp_path, half) for _ in range(3)] == ["Done."] * 3


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 'ab' * 6 }}", "abababababab"),
        ("{{ 3 * 'ab' }}", "ababab"),
        ("{{ 6 * 7 }} {{ 2 ** 10 }} {{ 7 % 4 }} {{ 1 + 1 }}", "42 1024 3 2"),
        ("{{ name | center(9) }}|", "Ada|"),
        ("{{ '%s, %d in 2026' % (name, 1700000000) }}", "Ada, 1700000000 in 2026"),
        ("{{ '%d%% * %s' | format(1700000000, name) }}", "1700000000% * Ada"),
        ("{{ '{:*^9}|{}'.format(1, 1700000000) }}", "\\*\\*\\*\\*1\\*\\*\\*\\*\\|1700000000"),
        ("{{ items | join(' and ') }}", "tea and milk"),
        ("{{ deep[0].a | join }} {{ items[1:] | first }}", "xy milk"),
        ("{{ name ~ ' ' ~ 7 ~ none }}", "Ada 7"),
        ("{{ 5000000000 | filesizeformat }}", "5.0 GB"),
        ("{% set l = [] %}{% for i in items %}{{ l.append(i) }}{% endfor %}{{ l | last }}", "milk"),
        (
            "{% for i in items %}{{ loop.index }} of {{ loop.length }}. {% endfor %}",
            "1 of 2. 2 of 2.",
        ),
        ("{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% else %}none{% endfor %}", "a1"),
        ("{% for i in items if i != 'tea' %}{{ i }}{{ loop.last }}{% endfor %}", "milkTrue"),
        ("{{ nothing | default('none') }} {{ nothing is defined }}", "none False"),
        ("{{ items | map('upper') | list | length }}", "2"),
        ("{{ 1 < 2 <= 2 }} {{ 'tea' in items }} {{ name == 'Ada' }}", "True True True"),
    ],
)
def test_what_documents_need_is_as_ever(template: str, text: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, template).strip() == text
