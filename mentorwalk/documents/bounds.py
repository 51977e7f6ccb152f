"""A Jinja sandbox with bounds: to the size of what a template makes, and to its work in all.

Jinja's own sandbox keeps a template away from Python, but not from taking all memory or time:
`'a' * 80000000` needs 19 characters. So whatever could make much of little is checked before it
is done, and everything is charged to a budget. A budget of work, unlike one of seconds, refuses
the same templates on every computer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, ValuesView
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace

from mentorwalk.documents.refusal import Refusal
from mentorwalk.documents.template_tags import with_breaks_kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import BaseLoader, Undefined
    from jinja2.compiler import Frame
    from jinja2.runtime import Context

WORK = 2_000_000
"""Units of work for one rendering. The longest bundled documents take 70,000 where every answer
is long; the slowest of 80 hostile templates took 0.9 s of a processor for all of it."""
STEP, ITEM, INCLUDE, CHARACTERS = 10, 10, 100, 4
"""Units of a call or a turn of a loop, of an item of a list, of an included template; and the
characters of a text for one unit."""
LARGEST = 4_000_000
"""The most characters or items that a single operation may make: 16 MB at four bytes each."""
LARGEST_POWER = 100
"""The largest number in a power."""
LARGEST_BITS = 4096
"""Bits of a number, which squaring doubles."""
_BOTH = ("center", "format", "join", "replace")
_METHODS = (*_BOTH, "expandtabs", "format_map", "ljust", "rjust", "to_bytes", "translate", "zfill")
_FILTERS = (*_BOTH, "batch", "indent", "round", "slice", "tojson", "wordwrap")
"""The methods and the filters that make much of little."""
_PERCENT = re.compile(r"%%|%(?:\([^)]*\))?([^a-zA-Z%]*)")
_BRACES = re.compile(r"\{[^{}:]*:([^{}]*\{?)")
"""What a format says about a value, for `%` and for `str.format`: a width, a precision."""
_TEXT, _ITEMS = (str, bytes), (list, tuple, set, frozenset, range, KeysView, ValuesView, ItemsView)


class _Generator(CodeGenerator):
    """Compiles templates whose loops, `~`, comparisons and slices are charged.

    The sandbox has hooks for other operations only.
    """

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Count each round of a loop."""
        node.iter = _call("counted", node.iter)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Measure what `~` joins."""
        self.visit(_call("joined", *node.nodes), frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Weigh what is compared: lists of the same lists many times over would take no end."""
        node.expr = _call("weighed", node.expr)
        super().visit_Compare(node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Charge for what an item or a slice hands out."""
        self.write("environment.checked(")
        super().visit_Getitem(node, frame)
        self.write(")")


def _call(name: str, *values: nodes.Node) -> nodes.Call:
    return nodes.Call(nodes.EnvironmentAttribute(name), list(values), [], None, None)


class _Namespace(Namespace):
    """A namespace that does not write out what is in it, which may be without end."""

    def __repr__(self) -> str:
        """Say only what it is."""
        return "a namespace"


class BoundedEnvironment(SandboxedEnvironment):
    """A sandbox in which no template can take much memory or time."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))
    code_generator_class = _Generator

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        finalize: Callable[[Any], str],
        in_words: Callable[[Any], str],
        loader: BaseLoader | None,
        undefined: type[Undefined],
    ) -> None:
        super().__init__(
            loader=loader,
            undefined=undefined,
            finalize=lambda value: finalize(self.weighed(value)),
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        self.work_left = WORK
        self.in_words = in_words
        del self.globals["lipsum"]
        self.globals["namespace"] = _Namespace
        known = {**self.filters, **filters}
        self.filters = {name: self._bounded(name, each) for name, each in known.items()}

    def begin(self) -> None:
        """Give the next rendering a budget of its own."""
        self.work_left = WORK

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Return the text of a template as Jinja reads it."""
        return with_breaks_kept(super().preprocess(source, name, filename))

    # --- What a template can call upon

    def join_path(self, template: str, parent: str) -> str:
        """Charge for a template that another one includes."""
        self._charge(INCLUDE)
        return super().join_path(template, parent)

    def concat(self, parts: Iterable[str]) -> str:
        """Join the parts of a document, of a macro or of a block that is set."""
        return "".join(self._charged(parts))

    def joined(self, *values: Any) -> str:
        """Join values as `~` does."""
        return self.concat(self.in_words(self.weighed(value)) for value in values)

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """Yield what a loop goes through."""
        for item in items:
            self._charge(STEP)
            yield item

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Do `+`, `*`, `**` or `%` unless the result would be too large."""
        if operator == "**" and (abs(right) > LARGEST_POWER or abs(left) > LARGEST_POWER):
            raise Refusal("This number is too large.")
        if operator == "*" and isinstance(left, _TEXT + _ITEMS):
            self._check_product(left, right)
        if operator == "*" and isinstance(right, _TEXT + _ITEMS):
            self._check_product(right, left)
        if operator == "%" and isinstance(left, _TEXT):
            self._check_product(left, self._weight(right), *_widths(left, _PERCENT))
        return self.checked(super().call_binop(context, operator, left, right))

    def call(self, context: Context, called: Any, /, *args: Any, **named: Any) -> Any:
        """Call a function, a macro or a method unless the result would be too large."""
        if getattr(called, "__self__", None) is self:
            return called(*args)
        method = getattr(called, "__wrapped__", called)
        owner, name = getattr(method, "__self__", None), getattr(method, "__name__", "")
        if name in _METHODS and isinstance(owner, (*_TEXT, int)):
            args = tuple(map(_listed, args))
            operands = (*args, *named.values())
            if name.startswith("format"):
                operands = (self._weight(operands), *_widths(owner, _BRACES))
            self._check_product(owner, *operands)
        result = self.checked(super().call(context, called, *args, **named))
        # A list can grow by its own methods.
        self.checked(owner if isinstance(owner, list | dict) else None)
        return result

    def _bounded(self, name: str, called: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that is refused where its result would be too large."""
        # Some filters are given Jinja's own context before the value.
        first = 1 if hasattr(called, "jinja_pass_arg") else 0

        @wraps(called)
        def bounded(*args: Any, **named: Any) -> Any:
            """Do what the filter does."""
            if name in _FILTERS:
                args = tuple(map(_listed, args))
            value, *operands = (*args[first:], *named.values())
            if name == "format":
                operands = [self._weight(operands), *_widths(value, _PERCENT)]
            if name in _FILTERS:
                self._check_product(value, *operands)
            else:
                self._weight((value, *operands))
            return self.checked(called(*args, **named))

        return bounded

    # --- The bounds

    def _charge(self, units: int) -> None:
        self.work_left -= units
        if self.work_left < 0:
            raise Refusal("This template makes too much text, or takes too many steps.")

    def _charged(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            self._charge(1 + len(text) // CHARACTERS)
            yield text

    def _check_product(self, value: Any, *others: Any) -> None:
        """Make sure that nothing too large comes of a value and other values or numbers."""
        sizes = [self._weight(value), *(self._size(other) for other in others)]
        largest, second = sorted((1, *sizes))[-2:]
        if largest * second > LARGEST:
            raise Refusal("This would make a text or a list that is too long.")

    def _size(self, value: Any) -> float:
        """Return how large a result may grow by a value: a number counts as a width."""
        return abs(value) if isinstance(value, int | float) else self._weight(value)

    def weighed(self, value: Any) -> Any:
        """Return a value, if there is not too much of it to be written."""
        self._weight(value)
        return value

    def _weight(self, value: Any) -> int:
        """Return how long the text of a value would be, at least.

        A list may hold the same list many times over, and that one again: a few lines make a
        text without end. So nothing is written before it was gone through.
        """
        length, rest = 0, [value]
        while rest:
            each = rest.pop()
            if isinstance(each, _TEXT):
                length += len(each)
            elif isinstance(each, (*_ITEMS, dict)):
                self._charge(ITEM * len(each))
                rest += each.items() if isinstance(each, dict) else list(each)
            length += 1
        self._charge(length // CHARACTERS)
        return length

    def checked(self, result: Any) -> Any:
        """Charge for a result, and return it; what it yields later is charged then."""
        if isinstance(result, _TEXT):
            self._charge(STEP + len(result) // CHARACTERS)
        elif isinstance(result, (*_ITEMS, dict)):
            self._charge(STEP + ITEM * len(result))
        elif isinstance(result, int) and result.bit_length() > LARGEST_BITS:
            raise Refusal("This number is too large.")
        elif isinstance(result, Iterator):
            return self.counted(result)
        else:
            self._charge(STEP)
        return result


def _listed(value: Any) -> Any:
    """Return the items that a filter yields as a list, whose length is known."""
    return list(value) if isinstance(value, Iterator) else value


def _widths(text: object, pattern: re.Pattern[str]) -> list[float]:
    """Return the widths and precisions that a format names; one that is computed has no end."""
    said = " ".join(pattern.findall(str(text)))
    computed = "*" if pattern is _PERCENT else "{"
    widths = [float(number) for number in re.findall(r"\d+", said)]
    return [*widths, math.inf] if computed in said else widths
