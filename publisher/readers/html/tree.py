"""The elements of a page as a tree: WHATWG HTML, 13.2.6, as far as the order of a text needs it.

Text stays where the file has it (nothing is moved out of a table), end tags that are missing are
implied, and those that fit nothing are left out. The tree is bounded in depth and size while it
is built, so that whoever walks it is safe.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.readers.html.tokens import tokens
from publisher.readers.limits import LIMITS, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main menu nav ol optgroup option p pre section select summary table tbody td template tfoot th "
    "thead tr ul head title".split()
)
"""Elements that begin and end a line; every other one stands within."""

_ENDED_BY: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
    "tr": frozenset({"tr", "td", "th", "caption", "colgroup"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    **{
        name: frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup"})
        for name in ("thead", "tbody", "tfoot")
    },
}
"""By the element that begins, those of its kind that it ends."""
_SCOPE: Mapping[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu", "dir"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "option": frozenset({"select"}),
    "optgroup": frozenset({"select"}),
}
_HEAD = frozenset(
    "base basefont bgsound link meta noframes noscript script style template title".split()
)
_FENCES = frozenset({"table", "template"})
_CELLS = frozenset({"td", "th", "caption", "table", "template"})
"""What no end tag inside reaches out of."""
MOST_OPEN = 256
"""Elements of any kind open at once: formatting is often left open on pages out of word processors."""


@dataclass(slots=True, eq=False)
class Element:
    """An element, its place in the source, and what is in it: elements and spans of text."""

    name: str
    start: int
    """Of its start tag."""
    inner: int
    """Behind its start tag."""
    attributes: Mapping[str, str]
    parent: Element | None = None
    children: list[Element | Span] = field(default_factory=list)
    end: int = -1
    """Behind its end tag, or where it is implied to end."""

    @property
    def is_block(self) -> bool:
        """Tell an element that begins and ends a line."""
        return self.name in BLOCKS

    @property
    def is_ground(self) -> bool:
        """Tell a block, or the root: what a line stands in, formatting aside."""
        return self.is_block or self.parent is None

    def elements(self) -> Iterator[Element]:
        """Yield the elements directly inside."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """Yield this element and all inside it, in the order of the source."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(child for child in reversed(one.children) if isinstance(child, Element))

    def spans(self) -> Iterator[Span]:
        """Yield all text inside, in the order of the source."""
        waiting: list[Element | Span] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Element):
                waiting.extend(reversed(one.children))
            else:
                yield one

    def text(self, source: str) -> str:
        """Return all text inside, references unresolved and white space made one."""
        return " ".join("".join(source[one.start : one.end] for one in self.spans()).split())


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source; ``raw`` where it is a script's or a style's and no text."""

    start: int
    end: int
    raw: bool = False


def tree(source: str, *, where: str) -> Element:
    """Return the page as the element ``#root``; raise ``LimitError`` for a bomb."""
    builder = _Builder(len(source), where)
    count = 0
    for token in tokens(source):
        if token.kind in ("text", "raw"):
            builder.open[-1].children.append(Span(token.start, token.end, token.kind == "raw"))
        elif token.kind == "start":
            count += 1
            if count > LIMITS["markup"].most:
                require("markup", count, where=where)
            element = Element(token.name, token.start, token.end, token.attributes or {})
            builder.begin(element)
        elif token.kind == "end":
            builder.finish(token.name, token.start, token.end)
    builder.close(0, len(source))
    return builder.root


class _Builder:
    """The elements that are open while a page is read."""

    def __init__(self, length: int, where: str) -> None:
        self.root = Element("#root", 0, 0, {}, end=length)
        self.open = [self.root]
        self.where = where
        self._last = self.root
        self._blocks = 0
        self._count: dict[str, int] = {}

    def begin(self, element: Element) -> None:
        """Put an element into its place, ending what it ends."""
        name = element.name
        if name in ("html", "body", "head") and self._count.get(name):
            return
        if name not in _HEAD and self._count.get("head"):
            self._end_nearest(frozenset({"head"}), frozenset(), element.start)
        if name == "a" and self._count.get("a"):
            self._end_nearest(frozenset({"a"}), _CELLS, element.start)
        if name in BLOCKS and self._count.get("p"):
            self._end_nearest(frozenset({"p"}), _CELLS | {"button", "object"}, element.start)
        if name in _ENDED_BY:
            fence = _SCOPE.get(name, frozenset()) | _FENCES
            while self._end_nearest(_ENDED_BY[name], fence, element.start):
                pass
        element.parent = self.open[-1]
        self.open[-1].children.append(element)
        if name in VOID:
            element.end = element.inner
            return
        self.open.append(element)
        self._count[name] = self._count.get(name, 0) + 1
        self._blocks += element.is_block
        require("depth", self._blocks, where=self.where)
        if len(self.open) > MOST_OPEN:
            require("depth", len(self.open), where=self.where)

    def finish(self, name: str, start: int, end: int) -> None:
        """End the element that an end tag is for, if there is one."""
        if not self._count.get(name) or name in ("html", "body"):
            return
        fence = _FENCES if name in ("td", "th", "tr", "thead", "tbody", "tfoot") else _CELLS
        if name in ("table", "template"):
            fence = frozenset()
        self._end_nearest(frozenset({name}), fence, start, end)

    def _end_nearest(
        self, names: frozenset[str], fence: frozenset[str], place: int, end: int = -1
    ) -> bool:
        for index in range(len(self.open) - 1, 0, -1):
            one = self.open[index].name
            if one in names:
                self.close(index, place)
                if end >= 0:
                    self._last.end = end
                return True
            if one in fence:
                return False
        return False

    def close(self, index: int, place: int) -> None:
        """End the open elements from ``index`` on."""
        while len(self.open) > max(index, 1):
            self._last = self.open.pop()
            self._last.end = place
            self._count[self._last.name] -= 1
            self._blocks -= self._last.is_block
