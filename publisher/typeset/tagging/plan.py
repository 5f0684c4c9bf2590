"""The plan of the structure tree: one structure element for each HTML element, over all its pages.

In: a laid-out document, before it is painted. Out: the structure elements in reading order, and for each box with text
or an image the element that it belongs to, or the artifact that it is. ``struct_tree_writer`` writes the elements that
were painted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.typeset.formulas.boxes import formula_text
from publisher.typeset.linebreak.plain_lines import TextRun
from publisher.typeset.tagging.structure_types import (
    LABELLED,
    NOTES,
    REPEATED,
    alternative_text,
    structure_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

MOVED = "data-before"
"""The attribute of an element that is set at the end of its parent; its value is the id of what it is read before."""
SMALL_TEXT = ("sup", "sub")
NOMINAL_SHIFT = 0.33
"""How far text is said to be raised where the style sheet gives no length, in em."""
POINTS_PER_PIXEL = 0.75


@dataclass(eq=False, slots=True)
class ContentItem:
    """The marked content of one box (ISO 32000-1, 14.7.4)."""

    page: int
    """The index of the page, from 0."""
    mcid: int | None = None
    """The marked-content identifier, once the box is painted."""


@dataclass(eq=False, slots=True)
class Node:
    """A structure element that is to be written."""

    role: str
    """The structure type."""
    element: Element | None = None
    """The HTML element, if there is one."""
    kids: list[Node | ContentItem] = field(default_factory=list)
    annotations: list[tuple[int, Any]] = field(default_factory=list)
    """Link annotations, each with the index of its page."""
    language: str = ""
    alternative: str = ""
    """The alternate text of a figure, a formula or a label (Alt)."""
    replacement: str = ""
    """The text of a formula on one line (ActualText)."""
    expansion: str = ""
    """The expanded form of an abbreviation (E)."""
    box: tuple[float, float, float, float] | None = None
    """The bounding box of a figure or a formula, in points from the page's lower left corner."""
    baseline_shift: float = 0.0
    """How far above the baseline a superscript is, or below it as a negative number, in points."""
    body: Node | None = None
    """The LBody of a list item, which holds everything but its label."""


@dataclass(eq=False, slots=True)
class _PlaceCounter:
    """Finds the pages of named places in an element, by counting characters without white space."""

    remaining: list[tuple[int, str]]
    """The places not reached yet, last one first: the number of characters before each, and its name."""
    seen: int = 0

    @classmethod
    def parse(cls, specification: str) -> _PlaceCounter:
        """Parse ``s12:0 s20:7``: names, each with the number of characters before it."""
        pairs = (entry.split(":") for entry in specification.split())
        return cls(sorted(((int(before), name) for name, before in pairs), reverse=True))

    def advance(self, text: str) -> Iterator[str]:
        """Count the next text of the element; yield the names of the places in it."""
        self.seen += len("".join(text.split()))
        while self.remaining and self.remaining[-1][0] < self.seen:
            yield self.remaining.pop()[1]


@dataclass(frozen=True, slots=True)
class Artifact:
    """Content that is not part of the report (ISO 32000-1, 14.8.2.2)."""

    artifact_type: str = "Pagination"
    subtype: str = ""


_LAYOUT = Artifact(artifact_type="Layout")


class StructurePlan:
    """The structure elements of a document, and the one that each box belongs to."""

    def __init__(
        self,
        document: Any,
        *,
        namespaces: bool = False,
        links: bool = True,
        originals: Mapping[Element, Element] | None = None,
        parents: Mapping[Element, Element] | None = None,
    ) -> None:
        """Walk the pages once, in reading order.

        ``originals`` are the elements of whole tables for those of their parts, ``parents`` the parents of these elements.

        With ``namespaces`` each element names its namespace (ISO 32000-2, 14.8.6), and notes are FENotes. Without
        ``links``, as for print, links are tagged as text.
        """
        from publisher._weasyprint.formatting_structure import boxes
        from publisher._weasyprint.layout.absolute import AbsolutePlaceholder

        self._boxes: Any = boxes
        self._placeholder_class: Any = AbsolutePlaceholder
        self.namespaces = namespaces
        self._links = links
        self.objects: dict[str, Any] = {}
        """The written structure element of each id; the first is the root, with an empty id."""
        self.written: list[tuple[str, Any]] = []
        """The structure type and the object of each written element, in reading order."""
        root = document._html.etree_element  # noqa: SLF001 - WeasyPrint has no other access
        self.root = Node("Document", root)
        self.contents: dict[Any, ContentItem | Artifact] = {}
        """What each box with text or an image is."""
        self.first_page: dict[str, int] = {}
        """The page, from 1, on which the element with each id begins."""
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._parents |= parents or {}
        self._originals = originals or {}
        self._nodes: dict[Element, Node] = {root: self.root}
        self._ids: dict[str, Element] = {
            element.get("id", ""): element for element in root.iter() if element.get("id")
        }
        self._header_pages: dict[Element, int] = {}
        """The page on which each table header is first painted."""
        self._read_before: dict[Element, Element] = {}
        """Each picture and table that is set after the text that follows it, with the first element of this text."""
        self._counters: dict[Element, _PlaceCounter | None] = {}
        self.links: list[tuple[int, Any, Node]] = []
        self.notes: dict[Node, Node] = {}
        """Each note, and the Reference that it follows in the tree."""
        self.page_notes: set[Element] = set()
        """The notes at the foot of a page."""
        for number, page in enumerate(document.pages):
            # WeasyPrint adds a link for every box inside a link; one annotation a line is enough.
            page.links = [link for link in page.links if links and link[3].element_tag == "a"]
            for box in page._page_box.all_children():  # noqa: SLF001 - WeasyPrint has no other access
                if not isinstance(box, boxes.FootnoteAreaBox):
                    self._page_height = page.height
                    self._walk(box, number, None)
        for number, page in enumerate(document.pages):  # elements around notes come in their order
            self._walk_page_notes(page, number)
        self._place_notes()
        self._place_moved()

    def _place_moved(self) -> None:
        """Put each element that is set further down where it is read: at the end, before the one whose id it names."""
        for element, node in list(self._nodes.items()):
            following = self._ids.get(element.get(MOVED, ""), self._read_before.get(element))
            if following is None:
                continue
            while self._parents[following] is not self._parents[element]:
                following = self._parents[following]
            kids = self._content_node(self._parents[element]).kids
            kids.remove(node)
            kids.insert(kids.index(self._nodes[following]), node)

    def _walk_page_notes(self, page: Any, number: int) -> None:
        """Walk the boxes at the foot of a page, once the elements that hold them are in the tree."""
        for area in page._page_box.all_children():  # noqa: SLF001 - WeasyPrint has no other access
            if isinstance(area, self._boxes.FootnoteAreaBox):
                self._page_height = page.height
                self.page_notes.update(box.element for box in area.children)
                self._walk(area, number, None)

    def _place_notes(self) -> None:
        """Move each note behind the mark that refers to it, independent of its position on the page."""
        for element, node in list(self._nodes.items()):
            mark = self._ids.get(element.get("data-reference", ""))
            link = self._nodes.get(mark) if mark is not None else None
            if node.role not in NOTES or link is None or mark is None:
                continue
            siblings = self._content_node(self._parents[mark]).kids
            reference = next(
                (kid for kid in siblings if isinstance(kid, Node) and link in kid.kids), None
            )
            if reference is None:
                continue
            language = self._language_of(element)
            if language != self._language_of(mark):  # it would have that of its new parent
                node.language = language
            anchor = reference
            while mark is not None:  # a table or another note cannot hold the note: it follows them
                if mark.tag in ("table", "aside"):
                    anchor = self._node(mark)
                mark = self._parents.get(mark)
            parent = next(
                candidate for candidate in self._iter_nodes(self.root) if anchor in candidate.kids
            )
            self._content_node(self._parents[element]).kids.remove(node)
            parent.kids.insert(parent.kids.index(anchor) + 1, node)
            self.notes[node] = reference

    def _language_of(self, element: Element | None) -> str:
        """Return the language of an element: its own, or that of the nearest element around it."""
        while element is not None:
            if language := element.get("lang", ""):
                return str(language)
            element = self._parents.get(element)
        return ""

    def _iter_nodes(self, node: Node) -> Iterator[Node]:
        yield node
        for kid in node.kids:
            if isinstance(kid, Node):
                yield from self._iter_nodes(kid)

    def _walk(self, box: Any, page: int, artifact: Artifact | None) -> None:
        boxes = self._boxes
        if isinstance(box, self._placeholder_class):
            box = box._box  # noqa: SLF001 - WeasyPrint has no other access
        if isinstance(box, boxes.MarginBox):
            side = "Header" if box.at_keyword.startswith("@top") else "Footer"
            artifact = Artifact(subtype=side)
        element = None if isinstance(box, (boxes.PageBox, boxes.MarginBox)) else box.element
        if element is not None:
            artifact = artifact or self._artifact_of(box, element, page)
        is_content = isinstance(box, (boxes.TextBox, boxes.ReplacedBox))
        for content_box in (box,) if is_content else getattr(box, "text_runs", ()):
            if artifact is not None or element is None:
                self.contents[content_box] = artifact or _LAYOUT
            else:
                self._add_content(content_box, page, box)
        if is_content:
            return
        if artifact is None and element is not None:
            if vars(box).get("read_before") is not None:
                self._read_before[self._originals.get(element, element)] = box.read_before
            node = self._content_node(element)
            self._note_inline_box(box, node, page)
        for child in box.all_children():
            self._walk(child, page, artifact)

    def _note_inline_box(self, box: Any, node: Node, page: int) -> None:
        """Note the link of a box, or how far it is raised."""
        tag = getattr(box, "element_tag", None)
        if tag == "a":
            self.links.append((page, box, node))
        elif tag in SMALL_TEXT:
            node.baseline_shift = _baseline_shift(tag, box.style)

    def _artifact_of(self, box: Any, element: Element, page: int) -> Artifact | None:
        """Return the artifact that an element's box is: a repeated table header or a leader; else None."""
        if element.get("id"):
            self.first_page.setdefault(element.get("id", ""), page + 1)
        if REPEATED in element.attrib:
            return Artifact(subtype="Header")
        is_repeated = element.tag == "thead" and getattr(
            box, "is_header", False
        )  # not a head in pieces
        if is_repeated and self._header_pages.setdefault(element, page) != page:
            return Artifact(subtype="Header")
        return _LAYOUT if box.is_leader else None

    def _formula_box(self, setting: Any, text: Any, line: Any) -> tuple[float, float, float, float]:
        """Return the bounding box of a formula; ``text`` is a text box, or a text run of a line."""
        left, top = (text.x, text.y) if isinstance(text, TextRun) else (0.0, 0.0)
        left += line.position_x
        base = top + line.position_y + text.baseline
        drawing = setting.drawing
        return (
            left * 0.75,
            (self._page_height - base - drawing.depth * setting.em) * 0.75,
            (left + setting.width) * 0.75,
            (self._page_height - base + drawing.height * setting.em) * 0.75,
        )

    def _add_content(self, box: Any, page: int, line: Any) -> None:
        """Add a box with content to its node; ``line`` is the box around a text run, or the box itself."""
        boxes = self._boxes
        marker = str(box.element_tag).endswith("::marker")
        node = self._label(box.element) if marker else self._content_node(box.element)
        content = ContentItem(page)
        self.contents[box] = content
        node.kids.append(content)
        if isinstance(box, (boxes.TextBox, TextRun)) and not marker:
            counter = self._place_counter(box.element)
            if counter is not None:
                self.first_page.update(dict.fromkeys(counter.advance(box.text), page + 1))
        if isinstance(box, boxes.ReplacedBox):
            left, top = box.content_box_x(), box.content_box_y()
            node.box = (
                left * 0.75,
                (self._page_height - top - box.height) * 0.75,
                (left + box.width) * 0.75,
                (self._page_height - top) * 0.75,
            )
        setting = getattr(getattr(box, "pango_layout", None), "formula", None)
        if setting is not None:
            node.box = self._formula_box(setting, box, line)

    def _place_counter(self, element: Element) -> _PlaceCounter | None:
        """Return the counter for the text of an element: its own, or that of an ancestor."""
        if element not in self._counters:
            specification, parent = element.get("data-places"), self._parents.get(element)
            if specification:
                self._counters[element] = _PlaceCounter.parse(specification)
            elif parent is None or "label" in element.get("class", "").split():
                self._counters[element] = None
            else:
                self._counters[element] = self._place_counter(parent)
        return self._counters[element]

    def _content_node(self, element: Element) -> Node:
        """Return the node that holds the content of an element."""
        node = self._node(element)
        return node.body or node

    def _node(self, element: Element) -> Node:
        """Return the node of an element; add it to the tree if it is new."""
        element = self._originals.get(element, element)
        known = self._nodes.get(element)
        if known is not None:
            return known
        parent_element = self._parents[element]
        parent = self._content_node(parent_element)
        language, role = element.get("lang", ""), structure_type(element)
        if role == "LI" and parent.role == "TOC":
            role = "TOCI"
        elif role == "L" and parent.role == "TOC":
            role = ""
        elif role == "Note" and self.namespaces:
            role = "FENote"
        elif "label" in element.get("class", "").split() and parent.role in LABELLED:
            label = self._nodes[element] = self._label(parent_element)
            label.alternative = alternative_text(element)
            return label
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
            alternative=alternative_text(element) if role in ("Figure", "Formula") else "",
            replacement=formula_text(element) if role == "Formula" else "",
            expansion=element.get("title", "") if element.tag == "abbr" else "",
        )
        parent.kids.append(node)
        self._nodes[element] = node
        if role == "LI":
            node.body = Node("LBody")
            node.kids.append(node.body)
        return node

    def identified(self) -> Iterator[tuple[str, Node]]:
        """Yield each id of the HTML with the node of its element."""
        for name, element in self._ids.items():
            if element in self._nodes:
                yield name, self._nodes[element]

    def _label(self, item: Element) -> Node:
        """Return the Lbl of a list item or a note; insert it if it is new."""
        node = self._node(item)
        first = node.kids[0] if node.kids else None
        if isinstance(first, Node) and first.role == "Lbl":
            return first
        label = Node("Lbl")
        node.kids.insert(0, label)
        return label


def _baseline_shift(tag: str, style: Any) -> float:
    """Return how far a superscript or a subscript is raised, in points; a style may say it in another way than a length."""
    shift = style["vertical_align"]
    if isinstance(shift, (int, float)) and shift:
        return float(shift) * POINTS_PER_PIXEL
    nominal = NOMINAL_SHIFT * float(style["font_size"]) * POINTS_PER_PIXEL
    return nominal if tag == "sup" else -nominal
