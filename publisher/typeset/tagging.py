"""The structure tree, from the HTML elements: one structure element each, over all their pages.

Enters: a laid-out document. Leaves: before painting, a plan that says of each box of text which
element it belongs to, or that it is an artifact; after painting, the objects of ISO 32000-1, 14.7
and 14.8. Takes the place of ``weasyprint.pdf.add_tags``, which builds a tree for each page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.typeset.bare import Stretch
from publisher.typeset.grid import header_associations

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

PDF_1, PDF_2 = "http://iso.org/pdf/ssn", "http://iso.org/pdf2/ssn"
"""The standard structure namespaces of PDF 1.7 and of PDF 2.0 (ISO 32000-2, 14.8.6)."""
ONLY_PDF_1 = frozenset({"TOC", "TOCI", "Reference", "BlockQuote", "Art"})
"""Types that PDF 2.0's own namespace no longer has."""
NOTES = frozenset({"Note", "FENote"})
"""The note of PDF 1.7 and that of PDF 2.0."""
LABELLED = NOTES | {"LBody"}
"""What a label inside belongs to: a list item by way of its body, or a note."""
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}


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
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 - the seam
        if isinstance(box, boxes.MarginBox):
            side = "Header" if box.at_keyword.startswith("@top") else "Footer"
            artifact = Artifact(subtype=side)
        element = None if isinstance(box, (boxes.PageBox, boxes.MarginBox)) else box.element
        if element is not None:
            artifact = artifact or self._furniture(box, element, page)
        painted = isinstance(box, (boxes.TextBox, boxes.ReplacedBox))
        for one in (box,) if painted else getattr(box, "stretches", ()):
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
        from weasyprint.formatting_structure import boxes

        marker = str(box.element_tag).endswith("::marker")
        node = self._label(box.element) if marker else self._content_node(box.element)
        content = Content(page)
        self.contents[box] = content
        node.kids.append(content)
        if isinstance(box, (boxes.TextBox, Stretch)) and not marker:
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


def text_of(element: Element) -> str:
    """Return an element's text, white space folded."""
    return " ".join("".join(element.itertext()).split())


def write_tree(plan: Plan, pdf: Any, document: Any) -> None:
    """Add the structure tree, the parent tree and the identifiers to the file."""
    import pydyf

    links: dict[Any, list[tuple[int, Any]]] = {}
    for page, box, node in plan.links:
        if box.link_annotation:
            links.setdefault(node, []).append((page, box.link_annotation))
            if node.element is not None:
                told = node.element.get("title") or text_of(node.element)
                box.link_annotation["Contents"] = pydyf.String(told)
    for node, pieces in links.items():
        node.annotations = pieces
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    writer = _Writer(pdf, len(document.pages), plan)
    if plan.namespaces:
        root["Namespaces"] = pydyf.Array(writer.namespaces())
    top = writer.write(plan.root, root)
    plan.objects[""] = top
    plan.objects.update(
        (name, writer.written[node]) for name, node in plan.identified() if node in writer.written
    )
    if plan.namespaces:
        _refer(plan, writer.written)
    root["K"] = pydyf.Array([top.reference])
    root["ParentTree"] = writer.parent_tree().reference
    root["ParentTreeNextKey"] = writer.next_key
    identifiers = writer.id_tree()
    if identifiers is not None:
        root["IDTree"] = identifiers.reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _refer(plan: Plan, written: dict[Node, Any]) -> None:
    """Let each entry of the contents name its target (ISO 14289-2, 8.2.5.8)."""
    import pydyf

    for note, reference in plan.notes.items():
        if note in written and reference in written:
            written[note]["Ref"] = pydyf.Array([written[reference].reference])
            written[reference]["Ref"] = pydyf.Array([written[note].reference])
    for node, obj in written.items():
        if node.role == "TOCI" and node.element is not None:
            names = [a.get("href", "").removeprefix("#") for a in node.element.iter("a")]
            targets = [plan.objects[name].reference for name in names if name in plan.objects]
            if targets:
                obj["Ref"] = pydyf.Array(targets)


class _Writer:
    """Turns nodes into objects and gathers what points back at them."""

    def __init__(self, pdf: Any, pages: int, plan: Plan) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._plan = plan
        self._spaces: dict[str, Any] = {}
        self.written: dict[Node, Any] = {}
        self._by_page: list[dict[int, Any]] = [{} for _ in range(pages)]
        self._annotations: list[tuple[int, Any]] = []
        self._identifiers: dict[str, Any] = {}
        self._tables = 0
        self._cells: dict[Element, tuple[str, tuple[str, ...]]] = {}
        self.next_key = pages

    def write(self, node: Node, parent: Any) -> Any:
        import pydyf

        obj = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent.reference})
        self._pdf.add_object(obj)
        self.written[node] = obj
        self._plan.in_order.append((node.role, obj))
        if self._spaces:
            space = PDF_1 if node.role in ONLY_PDF_1 else PDF_2
            obj["NS"] = self._spaces[space].reference
        for key, value in (
            ("Lang", node.language),
            ("Alt", node.alternative),
            ("E", node.expansion),
        ):
            if value:
                obj[key] = pydyf.String(value)
        self._attributes(node, obj)
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                if _is_used(kid):
                    kids.append(self.write(kid, obj).reference)
            elif kid.mcid is not None:
                self._by_page[kid.page][kid.mcid] = obj.reference
                kids.append(self._marked(obj, kid))
        for page, annotation in node.annotations:
            kids.append(self._object(obj, page, annotation))
        if kids:
            obj["K"] = kids
        return obj

    def _marked(self, obj: Any, content: Content) -> Any:
        """Return a bare identifier on the element's own page, a reference on another."""
        import pydyf

        page = self._pages[content.page]
        if obj.setdefault("Pg", page) == page:
            return content.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": content.mcid})

    def _object(self, obj: Any, page: int, annotation: Any) -> Any:
        import pydyf

        annotation["StructParent"] = self.next_key
        self._annotations.append((self.next_key, obj.reference))
        self.next_key += 1
        return pydyf.Dictionary(
            {
                "Type": "/OBJR",
                "Obj": annotation.reference,
                "Pg": self._pages[page],
            }
        )

    def _attributes(self, node: Node, obj: Any) -> None:
        import pydyf

        element = node.element
        if node.role == "Figure" and node.box:
            obj["A"] = pydyf.Dictionary(
                {"O": "/Layout", "Placement": "/Block", "BBox": pydyf.Array(map(_round, node.box))}
            )
        elif node.role == "L" and element is not None:
            numbering = element.get("data-numbering") or (
                "Decimal" if element.tag == "ol" else "Disc"
            )
            obj["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
        elif node.role in NOTES and element is not None:
            self._identify(node.role, element.get("id", ""), obj)
        elif node.role == "Table" and element is not None:
            self._tables += 1
            self._cells.update(header_associations(element, prefix=f"t{self._tables}"))
        elif node.role in ("TH", "TD") and element is not None:
            identifier, headers = self._cells.get(element, ("", ()))
            attributes = pydyf.Dictionary({"O": "/Table"})
            for name, key in (("rowspan", "RowSpan"), ("colspan", "ColSpan")):
                if int(element.get(name, 1)) > 1:
                    attributes[key] = int(element.get(name, 1))
            if node.role == "TH":
                attributes["Scope"] = SCOPES.get(element.get("scope", ""), "/Column")
                obj["ID"] = pydyf.String(identifier)
                self._identifiers[identifier] = obj.reference
            if headers:
                attributes["Headers"] = pydyf.Array(map(pydyf.String, headers))
            obj["A"] = attributes

    def _identify(self, role: str, identifier: str, obj: Any) -> None:
        """Give a note its identifier (ISO 14289-1, 7.9)."""
        import pydyf

        if role == "FENote":
            obj["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": "/Endnote"})
        obj["ID"] = pydyf.String(identifier)
        self._identifiers[identifier] = obj.reference

    def namespaces(self) -> list[Any]:
        """Add the namespaces that elements are in, and return their references."""
        import pydyf

        for name in (PDF_2, PDF_1):
            self._spaces[name] = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(name)})
            self._pdf.add_object(self._spaces[name])
        return [space.reference for space in self._spaces.values()]

    def parent_tree(self) -> Any:
        import pydyf

        numbers = pydyf.Array()
        for page, references in enumerate(self._by_page):
            length = max(references, default=-1) + 1
            entries = pydyf.Array(references.get(mcid, "null") for mcid in range(length))
            self._pdf.add_object(entries)
            numbers.extend((page, entries.reference))
        for key, reference in self._annotations:
            numbers.extend((key, reference))
        tree = pydyf.Dictionary({"Nums": numbers})
        self._pdf.add_object(tree)
        return tree

    def id_tree(self) -> Any:
        import pydyf

        if not self._identifiers:
            return None
        names = pydyf.Array()
        ordered = sorted(self._identifiers)
        for identifier in ordered:
            names.extend((pydyf.String(identifier), self._identifiers[identifier]))
        tree = pydyf.Dictionary({"Names": names})
        self._pdf.add_object(tree)
        return tree


def _round(value: float) -> float:
    return round(value, 3)


def _is_used(node: Node) -> bool:
    """Leave out an LBody or wrapper that got nothing; an empty cell keeps its place."""
    if node.role in ("TD", "TH") or node.annotations:
        return True
    return any(
        _is_used(kid) if isinstance(kid, Node) else kid.mcid is not None for kid in node.kids
    )
