"""The rules that apply to each element of a page, found once for elements that no rule can tell apart.

cssselect2 asks every rule that names an element's tag or class whether it applies. Most rules ask only for the names and
attributes of an element and of those around it: their answer is stored for all elements that have the same. A rule that asks
for more, such as ``tr:last-child``, is asked for every element.

In: the wrapped root of a page, and the matchers of its sheets. Out: each element with its rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import CodeType
from typing import TYPE_CHECKING, Any

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
        """Take cssselect2's matchers, one for each sheet."""
        self._matchers = matchers
        self._strings = frozenset[str]().union(*map(_strings_of, matchers))
        self._numbers: dict[Any, int] = {}
        self._known: list[tuple[tuple[Rule, ...], list[tuple[int, Any]]]] = []
        """By the number of their names: the rules of elements, and the selectors to ask for each of them."""

    def rules(self, position: Position) -> tuple[Rule, ...]:
        """Return the rules that apply to an element, whose parent was asked for before."""
        element, parent = position.element, position.parent
        strings = self._strings
        attributes = [
            (name, value)
            for name, value in element.attrib.items()
            if (value in strings if name == "id" else name in strings)
            or name in ("class", "lang", XML_LANG)
        ]
        key = (-1 if parent is None else parent.names, element.tag, *attributes)
        number = self._numbers.setdefault(key, len(self._known))
        position.names = number
        if number == len(self._known):
            self._known.append(self._match(position))
        rules, selectors = self._known[number]
        if not selectors:
            return rules
        wrapper = position.wrapper
        return (
            *rules,
            *((sheet, entry[2], entry[3]) for sheet, entry in selectors if entry[0](wrapper)),
        )

    def _match(self, position: Position) -> tuple[tuple[Rule, ...], list[tuple[int, Any]]]:
        wrapper = position.wrapper
        rules: list[Rule] = []
        selectors: list[tuple[int, Any]] = []
        for sheet, matcher in enumerate(self._matchers):
            for entry in _candidates(matcher, wrapper):
                test, _, order, pseudo, _ = entry
                if not _depends_on_names(test):
                    selectors.append((sheet, entry))
                elif test(wrapper):
                    rules.append((sheet, order, pseudo))
        return tuple(rules), selectors


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


def _strings_of(matcher: Any) -> frozenset[str]:
    """Return all strings in the tests of a sheet's selectors: the names of attributes and the ids that they ask for are among them."""
    cached = vars(matcher)
    if "strings" not in cached:
        indexes = (
            *matcher.id_selectors.values(),
            *matcher.class_selectors.values(),
            *matcher.lower_local_name_selectors.values(),
            *matcher.namespace_selectors.values(),
            matcher.lang_attr_selectors,
            matcher.other_selectors,
        )
        cached["strings"] = frozenset(
            constant
            for entries in indexes
            for test, *_ in entries
            for code in _codes(test.__code__)
            for constant in code.co_consts
            if isinstance(constant, str)
        )
    strings: frozenset[str] = cached["strings"]
    return strings


def _depends_on_names(test: Callable[[Any], Any]) -> bool:
    """Return whether the test of a selector asks only for names and attributes of an element and of those around it."""
    return all(KNOWN_BY_NAMES.issuperset(code.co_names) for code in _codes(test.__code__))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of a function and of those inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
