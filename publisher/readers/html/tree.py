"""The element tree of a page (WHATWG HTML, 13.2.6), as far as the order of the text needs it.

Text keeps the order of the file: nothing is moved out of a table. Missing end tags are implied,
and unmatched ones are ignored. Depth and size of the tree are limited while it is built, so that it
can be walked safely.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.readers.html.tokens import tokenize
from publisher.readers.limits import LIMITS, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main listing menu nav ol optgroup option p plaintext pre section select summary table tbody td template tfoot th "
    "thead tr ul head title xmp".split()
)
"""Elements that begin and end a line; all others are inline."""

_IMPLIED_ENDS: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
    "tr": frozenset({"tr", "td", "th", "caption", "colgroup"}),
    **dict.fromkeys(("rb", "rt", "rp"), frozenset({"rb", "rt", "rp"})),
    "rtc": frozenset({"rb", "rt", "rp", "rtc"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    **{
        name: frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup"})
        for name in ("thead", "tbody", "tfoot")
    },
}
"""By the element that begins: the open elements that it closes."""
_LIST_SCOPES: Mapping[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu", "dir"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "option": frozenset({"select"}),
    "optgroup": frozenset({"select"}),
    **dict.fromkeys(("rb", "rt", "rp", "rtc"), frozenset({"ruby", "rtc"})),
}
"""By the element that begins: the list or the ruby in which it closes others."""
_HEAD_ELEMENTS = frozenset(
    "base basefont bgsound link meta noframes noscript script style template title".split()
)
_TABLE_BOUNDARIES = frozenset({"table", "template"})
_CELL_BOUNDARIES = frozenset({"td", "th", "caption", "table", "template"})
"""Elements that no end tag inside them closes."""
DRAWING_TITLE = "svg:title"
"""The name of the title of an SVG drawing."""
_DRAWINGS = frozenset({"svg", "math"})
_BREAKOUTS = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol "
    "p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
"""Elements that end a drawing or a formula (13.2.6.5) unless they are in one of ``_HTML_PLACES``."""
_HTML_PLACES = frozenset(
    {"foreignobject", "desc", DRAWING_TITLE, "annotation-xml", "mi", "mo", "mn", "ms", "mtext"}
)
MAX_OPEN_ELEMENTS = 256
"""Open elements of any kind; word processors often write formatting elements without end tags."""


@dataclass(slots=True, eq=False)
class Element:
    """An element, its offsets in the source, and its children: elements and spans of text."""

    name: str
    start: int
    """The offset of its start tag."""
    content_start: int
    """The offset of the end of its start tag."""
    attributes: Mapping[str, str]
    parent: Element | None = None
    children: list[Element | Span] = field(default_factory=list)
    end: int = -1
    """The offset of the end of its end tag, or of the position where it ends implicitly."""

    @property
    def is_block(self) -> bool:
        """Whether it begins and ends a line."""
        return self.name in BLOCKS

    @property
    def is_container(self) -> bool:
        """Whether it is a block or the root, so that lines can be in it."""
        return self.is_block or self.parent is None

    def child_elements(self) -> Iterator[Element]:
        """Yield the child elements."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """Yield this element and its descendants, in the order of the source."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(
                child for child in reversed(element.children) if isinstance(child, Element)
            )

    def spans(self) -> Iterator[Span]:
        """Yield the spans of text inside, in the order of the source."""
        stack: list[Element | Span] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, Element):
                stack.extend(reversed(node.children))
            else:
                yield node

    def text(self, source: str) -> str:
        """Return the text inside with white space collapsed; references are not resolved."""
        return " ".join("".join(source[span.start : span.end] for span in self.spans()).split())


@dataclass(frozen=True, slots=True)
class Span:
    """A span of the source; ``raw`` if it is the content of a script or style and not text."""

    start: int
    end: int
    raw: bool = False


def build_tree(source: str, *, where: str) -> Element:
    """Return the tree of a page; its root is an element named ``#root``.

    Raises:
        LimitError: The page has more elements, or deeper nesting, than the limits allow.

    """
    builder = _TreeBuilder(len(source), where)
    count = 0
    for token in tokenize(source):
        if token.kind in ("text", "raw"):
            builder.open_elements[-1].children.append(
                Span(token.start, token.end, token.kind == "raw")
            )
        elif token.kind == "start":
            count += 1
            if count > LIMITS["markup"].maximum:
                require("markup", count, where=where)
            name = builder.name_of(token.name)
            element = Element(name, token.start, token.end, token.attributes or {})
            builder.open_element(element)
        elif token.kind == "end":
            builder.close_element(builder.name_of(token.name), token.start, token.end)
    builder.close_from(0, len(source))
    return builder.root


class _TreeBuilder:
    """Builds the tree: the elements that are open, and how many of each name."""

    def __init__(self, length: int, where: str) -> None:
        self.root = Element("#root", 0, 0, {}, end=length)
        self.open_elements = [self.root]
        self.where = where
        self._last_closed = self.root
        self._open_blocks = 0
        self._open_by_name: dict[str, int] = {}

    def name_of(self, name: str) -> str:
        """Return the name of an element; the title of a drawing is not that of the page."""
        return DRAWING_TITLE if name == "title" and self._open_by_name.get("svg") else name

    def open_element(self, element: Element) -> None:
        """Add an element, and close the elements that it ends implicitly."""
        name = element.name
        if name in ("html", "body", "head") and self._open_by_name.get(name):
            return
        self._close_implied(name, element.start)
        element.parent = self.open_elements[-1]
        self.open_elements[-1].children.append(element)
        if name in VOID:
            element.end = element.content_start
            return
        self.open_elements.append(element)
        self._open_by_name[name] = self._open_by_name.get(name, 0) + 1
        self._open_blocks += element.is_block
        require("depth", self._open_blocks, where=self.where)
        if len(self.open_elements) > MAX_OPEN_ELEMENTS:
            require("depth", len(self.open_elements), where=self.where)

    def _close_implied(self, name: str, position: int) -> None:
        """Close the elements that an element ends implicitly."""
        if name not in _HEAD_ELEMENTS and self._open_by_name.get("head"):
            self._end_nearest(frozenset({"head"}), frozenset(), position)
        if name in _BREAKOUTS and any(map(self._open_by_name.get, _DRAWINGS)):
            while self._end_nearest(_DRAWINGS, _HTML_PLACES, position):
                pass
        if name == "a" and self._open_by_name.get("a"):
            self._end_nearest(frozenset({"a"}), _CELL_BOUNDARIES, position)
        if name in BLOCKS and self._open_by_name.get("p"):
            self._end_nearest(frozenset({"p"}), _CELL_BOUNDARIES | {"button", "object"}, position)
        if name in _IMPLIED_ENDS:
            boundaries = _LIST_SCOPES.get(name, frozenset()) | _TABLE_BOUNDARIES
            while self._end_nearest(_IMPLIED_ENDS[name], boundaries, position):
                pass

    def close_element(self, name: str, start: int, end: int) -> None:
        """Close the element that an end tag matches, if there is one."""
        if not self._open_by_name.get(name) or name in ("html", "body"):
            return
        if name in ("table", "template"):
            boundaries: frozenset[str] = frozenset()
        elif name in ("td", "th", "tr", "thead", "tbody", "tfoot"):
            boundaries = _TABLE_BOUNDARIES
        else:
            boundaries = _CELL_BOUNDARIES
        self._end_nearest(frozenset({name}), boundaries, start, end)

    def _end_nearest(
        self, names: frozenset[str], boundaries: frozenset[str], position: int, end: int = -1
    ) -> bool:
        """Close the innermost open element of some names, unless a boundary is inside it.

        Returns:
            Whether there was one.

        """
        for index in range(len(self.open_elements) - 1, 0, -1):
            name = self.open_elements[index].name
            if name in names:
                self.close_from(index, position)
                if end >= 0:
                    self._last_closed.end = end
                return True
            if name in boundaries:
                return False
        return False

    def close_from(self, index: int, position: int) -> None:
        """Close the open elements from ``index`` on."""
        while len(self.open_elements) > max(index, 1):
            self._last_closed = self.open_elements.pop()
            self._last_closed.end = position
            self._open_by_name[self._last_closed.name] -= 1
            self._open_blocks -= self._last_closed.is_block
