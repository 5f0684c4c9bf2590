"""The plan of the structure tree, from the HTML elements: one structure element each, over all their pages.

Enters: a laid-out document, before it is painted. Leaves: a plan that says of each box of text which
element it belongs to, or that it is an artifact. What of it is painted ``struct_tree_writer`` writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.plain_lines import TextRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

ROLES = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "header": "Sect",
    "nav": "TOC",
    "div": "Div",
    "aside": "Note",
    "blockquote": "BlockQuote",
    "p": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "a": "Link",
    "abbr": "Span",
    "figure": "Figure",
    "{http://www.w3.org/2000/svg}svg": "Figure",
    "img": "Figure",
    "figcaption": "Caption",
    "caption": "Caption",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
}
"""The standard structure type (ISO 32000-1, 14.8.4) of each HTML element; others are their
parent's, but for those with a language of their own, which become a Span."""

NOTES = frozenset({"Note", "FENote"})
"""The note of PDF 1.7 and that of PDF 2.0."""
LABELLED = NOTES | {"LBody"}
"""What a label inside belongs to: a list item by way of its body, or a note."""


@dataclass(eq=False, slots=True)
class Content:
    """What one box paints: a piece of marked content once it is painted."""

    page: int
    mcid: int | None = None


@dataclass(eq=False, slots=True)
class Node:
    """A structure element in the making."""

    role: str
    element: Element | None = None
    kids: list[Node | Content] = field(default_factory=list)
    annotations: list[tuple[int, Any]] = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    expansion: str = ""
    box: tuple[float, float, float, float] | None = None
    """Of a figure, in points from the page's lower left corner."""
    body: Node | None = None
    """Of a list item, the LBody that takes what is not its label."""


@dataclass(eq=False, slots=True)
class _Count:
    """The places inside an element that are still to come."""

    places: list[tuple[int, str]]
    """How many characters stand before each, white space not counted; the last one first."""
    seen: int = 0

    @classmethod
    def of(cls, told: str) -> _Count:
        """Read ``s12:0 s20:7``."""
        pairs = (one.split(":") for one in told.split())
        return cls(sorted(((int(before), name) for name, before in pairs), reverse=True))

    def passed(self, text: str) -> Iterator[str]:
        """Yield the names of the places in the next text of the element."""
        self.seen += len("".join(text.split()))
        while self.places and self.places[-1][0] < self.seen:
            yield self.places.pop()[1]


@dataclass(frozen=True, slots=True)
class Artifact:
    """Content that is no part of the report: its type as ISO 32000-1, 14.8.2.2 names it."""

    kind: str = "Pagination"
    subtype: str = ""


_LAYOUT = Artifact(kind="Layout")


class Plan:
    """Which element each box belongs to."""

    def __init__(self, document: Any, *, namespaces: bool = False, links: bool = True) -> None:
        """Walk the pages once, in reading order.

        ``namespaces`` says in which namespace each element is (ISO 32000-2, 14.8.6). Without
        ``links`` what leads somewhere in HTML is text like any other: nobody clicks on paper.
        """
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        self._boxes: Any = boxes
        self._placeholder_class: Any = AbsolutePlaceholder
        self.namespaces = namespaces
        self._links = links
        self.objects: dict[str, Any] = {}
        """The structure element of each id, once it is written; the first is the root's."""
        self.in_order: list[tuple[str, Any]] = []
        """Every element that is written, with its role, in reading order."""
        root = document._html.etree_element  # noqa: SLF001 - the seam
        self.root = Node("Document", root)
        self.contents: dict[Any, Content | Artifact] = {}
        self.first_page: dict[str, int] = {}
        """The page, from 1, on which the element with each id begins."""
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._nodes: dict[Element, Node] = {root: self.root}
        self._ids: dict[str, Element] = {
            element.get("id", ""): element for element in root.iter() if element.get("id")
        }
        self._heads: dict[Element, int] = {}
        self._counts: dict[Element, _Count | None] = {}
        self.links: list[tuple[int, Any, Node]] = []
        self.notes: dict[Node, Node] = {}
        """Each note and the Reference that it stands beside."""
        for number, page in enumerate(document.pages):
            self._page_height = page.height
            # WeasyPrint links every box inside a link once more: one annotation a line is enough.
            page.links = [link for link in page.links if links and link[3].element_tag == "a"]
            self._walk(page._page_box, number, None)  # noqa: SLF001 - the seam
        self._seat_notes()

    def _seat_notes(self) -> None:
        """Put each note beside the mark that refers to it, wherever on paper it stands."""
        for element, node in list(self._nodes.items()):
            mark = self._ids.get(element.get("data-reference", ""))
            link = self._nodes.get(mark) if mark is not None else None
            if node.role not in NOTES or link is None or mark is None:
                continue
            beside = self._content_node(self._parents[mark])
            reference = next(
                (kid for kid in beside.kids if isinstance(kid, Node) and link in kid.kids), None
            )
            if reference is None:
                continue
            anchor = reference
            while mark is not None:  # a cell and another note stay what they are
                if mark.tag in ("table", "aside"):
                    anchor = self._node(mark)
                mark = self._parents.get(mark)
            above = next(one for one in self._all(self.root) if anchor in one.kids)
            self._content_node(self._parents[element]).kids.remove(node)
            above.kids.insert(above.kids.index(anchor) + 1, node)
            self.notes[node] = reference

    def _all(self, node: Node) -> Iterator[Node]:
        yield node
        for kid in node.kids:
            if isinstance(kid, Node):
                yield from self._all(kid)

    def _walk(self, box: Any, page: int, artifact: Artifact | None) -> None:
        boxes = self._boxes
        if isinstance(box, self._placeholder_class):
            box = box._box  # noqa: SLF001 - the seam
        if isinstance(box, boxes.MarginBox):
            side = "Header" if box.at_keyword.startswith("@top") else "Footer"
            artifact = Artifact(subtype=side)
        element = None if isinstance(box, (boxes.PageBox, boxes.MarginBox)) else box.element
        if element is not None:
            artifact = artifact or self._furniture(box, element, page)
        painted = isinstance(box, (boxes.TextBox, boxes.ReplacedBox))
        for one in (box,) if painted else getattr(box, "text_runs", ()):
            if artifact is not None or element is None:
                self.contents[one] = artifact or _LAYOUT
            else:
                self._add_content(one, page)
        if painted:
            return
        if artifact is None and element is not None:
            node = self._content_node(element)
            if getattr(box, "element_tag", None) == "a":
                self.links.append((page, box, node))
        for child in box.all_children():
            self._walk(child, page, artifact)

    def _furniture(self, box: Any, element: Element, page: int) -> Artifact | None:
        """Return what an element's box is where it is no part of the report."""
        if element.get("id"):
            self.first_page.setdefault(element.get("id", ""), page + 1)
        if element.tag == "thead" and self._heads.setdefault(element, page) != page:
            return Artifact(subtype="Header")
        return _LAYOUT if box.is_leader else None

    def _add_content(self, box: Any, page: int) -> None:
        boxes = self._boxes
        marker = str(box.element_tag).endswith("::marker")
        node = self._label(box.element) if marker else self._content_node(box.element)
        content = Content(page)
        self.contents[box] = content
        node.kids.append(content)
        if isinstance(box, (boxes.TextBox, TextRun)) and not marker:
            count = self._count(box.element)
            if count is not None:
                self.first_page.update(dict.fromkeys(count.passed(box.text), page + 1))
        if isinstance(box, boxes.ReplacedBox):
            left, top = box.content_box_x(), box.content_box_y()
            node.box = (
                left * 0.75,
                (self._page_height - top - box.height) * 0.75,
                (left + box.width) * 0.75,
                (self._page_height - top) * 0.75,
            )

    def _count(self, element: Element) -> _Count | None:
        """Return the count of characters that the text of an element belongs to, if any."""
        if element not in self._counts:
            told, above = element.get("data-places"), self._parents.get(element)
            if told:
                self._counts[element] = _Count.of(told)
            elif above is None or "label" in element.get("class", "").split():
                self._counts[element] = None
            else:
                self._counts[element] = self._count(above)
        return self._counts[element]

    def _content_node(self, element: Element) -> Node:
        """Return the node that takes what stands in ``element``."""
        node = self._node(element)
        return node.body or node

    def _node(self, element: Element) -> Node:
        known = self._nodes.get(element)
        if known is not None:
            return known
        parent_element = self._parents[element]
        parent = self._content_node(parent_element)
        language = element.get("lang", "")
        role = ROLES.get(element.tag, "Span" if language else "")
        if role == "LI" and parent.role == "TOC":
            role = "TOCI"
        elif role == "L" and parent.role == "TOC":
            role = ""
        elif role == "Note" and self.namespaces:
            role = "FENote"
        elif "label" in element.get("class", "").split() and parent.role in LABELLED:
            self._nodes[element] = self._label(parent_element)
            return self._nodes[element]
        if not role or (role == "Figure" and parent.role == "Figure"):
            self._nodes[element] = parent
            return parent
        if role == "Link" and (parent.role == "TOCI" or element.get("class") == "reference"):
            reference = Node("Reference")
            parent.kids.append(reference)
            parent = reference
        if role == "Link" and not self._links:
            role = "Span"
        node = Node(
            role,
            element,
            language=language,
            alternative=_alternative(element) if role == "Figure" else "",
            expansion=element.get("title", "") if element.tag == "abbr" else "",
        )
        parent.kids.append(node)
        self._nodes[element] = node
        if role == "LI":
            node.body = Node("LBody")
            node.kids.append(node.body)
        return node

    def identified(self) -> Iterator[tuple[str, Node]]:
        """Yield each id of the page with the node that takes its element's content."""
        for name, element in self._ids.items():
            if element in self._nodes:
                yield name, self._nodes[element]

    def _label(self, item: Element) -> Node:
        node = self._node(item)
        first = node.kids[0] if node.kids else None
        if isinstance(first, Node) and first.role == "Lbl":
            return first
        label = Node("Lbl")
        node.kids.insert(0, label)
        return label


def _alternative(element: Element) -> str:
    if element.tag == "figure":
        return element.get("data-alt", "")
    if element.tag.endswith("svg"):
        title = element.find("{http://www.w3.org/2000/svg}title")
        return (title.text or "") if title is not None else element.get("aria-label", "")
    return element.get("alt", "")
