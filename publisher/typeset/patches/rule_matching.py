"""The rules that apply to each element of a page, found once for elements that no rule can tell apart.

cssselect2 asks every rule that names an element's tag or class whether it applies. Most rules ask only for the names and
attributes of an element and of those around it: their answer is stored for all elements that have the same, on this page and on
the next with the same sheets, as a page is often laid out twice. A rule that asks for more, such as ``tr:last-child``, is asked
for every element.

In: the wrapped root of a page, and the matchers of its sheets. Out: each element with its rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Rule = tuple[int, int, str | None]
"""The number of a sheet, the number of a selector in it, and the pseudo-element that it is for."""

KNOWN_BY_NAMES = frozenset(
    (
        "parent ancestors etree_element get attrib local_name namespace_url classes id lang in_html_document "
        "startswith endswith lower split_whitespace ascii_lower any next tag"
    ).split()
)
"""What the test of a selector may use that depends on names and attributes alone."""
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True, eq=False)
class Position:
    """An element in its page."""

    element: Any
    parent: Position | None
    index: int = 0
    """Its position among the elements inside its parent."""
    names: int = 0
    """Equal for elements with the same names and attributes, in the same parents."""
    known_wrapper: Any = None
    """Its wrapper, once it was needed."""
    children: _Children | None = None

    @property
    def wrapper(self) -> Any:
        """The element as cssselect2 wraps it."""
        if self.known_wrapper is None:
            if self.parent is None:
                raise LookupError("the root has no wrapper")
            self.known_wrapper = self.parent.child(self.index)
        return self.known_wrapper

    def child(self, index: int) -> Any:
        """Return the wrapper of an element inside, and make those before it."""
        if self.children is None:
            self.children = _Children(self.wrapper)
        return self.children.child(index)


class _Children:
    """The wrappers of the elements inside another one, made in order as far as they are needed."""

    def __init__(self, wrapper: Any) -> None:
        self._wrappers: list[Any] = []
        self._next = wrapper.iter_children()

    def child(self, index: int) -> Any:
        """Return the wrapper of an element."""
        while len(self._wrappers) <= index:
            self._wrappers.append(next(self._next))
        return self._wrappers[index]


def iterate(root: Any) -> Iterator[Position]:
    """Yield the elements of a page in order; ``root`` is the wrapper of its root."""
    pending = [Position(root.etree_element, None, known_wrapper=root)]
    while pending:
        position = pending.pop()
        yield position
        inside = [child for child in position.element if isinstance(child.tag, str)]
        pending += [
            Position(child, position, index) for index, child in reversed(list(enumerate(inside)))
        ]


class RuleMatcher:
    """Finds the rules of the elements of one page."""

    def __init__(self, matchers: Sequence[Any]) -> None:
        """Take cssselect2's matchers, one for each sheet; the last belongs to this thread alone, if there are two or more."""
        self._known = _known_rules(tuple(matchers))

    def rules(self, position: Position) -> tuple[Rule, ...]:
        """Return the rules that apply to an element, whose parent was asked for before."""
        element, parent, known = position.element, position.parent, self._known
        strings = known.strings
        attributes = [
            (name, value)
            for name, value in element.attrib.items()
            if (value in strings if name == "id" else name in strings)
            or name in ("class", "lang", XML_LANG)
        ]
        key = (-1 if parent is None else parent.names, element.tag, *attributes)
        number = known.numbers.get(key)
        if number is None:
            known.rules.append(known.match(position))
            number = known.numbers[key] = len(known.rules) - 1
        position.names = number
        rules, selectors = known.rules[number]
        if not selectors:
            return rules
        wrapper = position.wrapper
        return (
            *rules,
            *((sheet, entry[2], entry[3]) for sheet, entry in selectors if entry[0](wrapper)),
        )


@dataclass(slots=True, eq=False)
class _KnownRules:
    """The rules that were found with some sheets, which depend on names and attributes alone."""

    matchers: tuple[Any, ...]
    strings: frozenset[str]
    numbers: dict[Any, int] = field(default_factory=dict)
    """By what the rules of an element depend on, its place in ``rules``."""
    rules: list[tuple[tuple[Rule, ...], list[tuple[int, Any]]]] = field(default_factory=list)
    """The rules of elements, and the selectors to ask for each of them."""

    def match(self, position: Position) -> tuple[tuple[Rule, ...], list[tuple[int, Any]]]:
        """Return the rules of an element, and the selectors to ask again for each element with its names."""
        wrapper = position.wrapper
        rules: list[Rule] = []
        selectors: list[tuple[int, Any]] = []
        for sheet, matcher in enumerate(self.matchers):
            known_by_names = _tests_of(matcher).known_by_names
            for entry in _candidates(matcher, wrapper):
                test, _, order, pseudo, _ = entry
                if test not in known_by_names:
                    selectors.append((sheet, entry))
                elif test(wrapper):
                    rules.append((sheet, order, pseudo))
        return tuple(rules), selectors


MAX_KNOWN = 4096
"""Kinds of elements after which a new page begins without those of earlier ones."""


def _known_rules(matchers: tuple[Any, ...]) -> _KnownRules:
    """Return what was found with the same sheets before; the first sheet is WeasyPrint's own, which all threads share."""
    cached = vars(matchers[-1]) if len(matchers) > 1 else {}
    known: _KnownRules | None = cached.get("known_rules")
    if known is None or known.matchers != matchers or len(known.rules) > MAX_KNOWN:
        strings = frozenset[str]().union(*[_tests_of(matcher).strings for matcher in matchers])
        known = cached["known_rules"] = _KnownRules(matchers, strings)
    return known


def _candidates(matcher: Any, wrapper: Any) -> Iterator[Any]:
    """Yield the selectors that ``Matcher.match`` of cssselect2 would ask for an element."""
    yield from matcher.id_selectors.get(wrapper.id, ()) if wrapper.id is not None else ()
    for name in wrapper.classes:
        yield from matcher.class_selectors.get(name, ())
    yield from matcher.lower_local_name_selectors.get(wrapper.local_name.lower(), ())
    yield from matcher.namespace_selectors.get(wrapper.namespace_url, ())
    if "lang" in wrapper.etree_element.attrib:
        yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors


class _Tests(NamedTuple):
    """What the tests of a sheet's selectors ask for."""

    strings: frozenset[str]
    """All strings in them: the names of attributes and the ids that they ask for are among these."""
    known_by_names: frozenset[Callable[[Any], Any]]
    """Those that ask only for names and attributes."""


def _tests_of(matcher: Any) -> _Tests:
    cached = vars(matcher)
    if "tests" not in cached:
        indexes = (
            *matcher.id_selectors.values(),
            *matcher.class_selectors.values(),
            *matcher.lower_local_name_selectors.values(),
            *matcher.namespace_selectors.values(),
            matcher.lang_attr_selectors,
            matcher.other_selectors,
        )
        tests = [test for entries in indexes for test, *_ in entries]
        cached["tests"] = _Tests(
            strings=frozenset(
                constant
                for test in tests
                for code in _codes(test.__code__)
                for constant in code.co_consts
                if isinstance(constant, str)
            ),
            known_by_names=frozenset(filter(_depends_on_names, tests)),
        )
    tests_of_sheet: _Tests = cached["tests"]
    return tests_of_sheet


def _depends_on_names(test: Callable[[Any], Any]) -> bool:
    """Return whether the test of a selector asks only for names and attributes of an element and of those around it."""
    return all(KNOWN_BY_NAMES.issuperset(code.co_names) for code in _codes(test.__code__))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of a function and of those inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
