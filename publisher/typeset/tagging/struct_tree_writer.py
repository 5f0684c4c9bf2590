"""The structure tree of a PDF: each painted node of the plan becomes an object.

In: a structure plan, after painting. Out: the objects of ISO 32000-1, 14.7 and 14.8. It replaces
``weasyprint.pdf.add_tags``, which builds a tree for each page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.text.mathml import MathMLError, normal_form, write_mathml
from publisher.typeset.tagging.plan import Node
from publisher.typeset.tagging.structure_types import NOTES
from publisher.typeset.tagging.table_headers import header_associations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from publisher.typeset.tagging.plan import ContentItem, StructurePlan

PDF_1, PDF_2 = "http://iso.org/pdf/ssn", "http://iso.org/pdf2/ssn"
"""The standard structure namespaces of PDF 1.7 and of PDF 2.0 (ISO 32000-2, 14.8.6)."""
ONLY_PDF_1 = frozenset({"TOC", "TOCI", "Reference", "BlockQuote", "Art", "Code"})
"""Structure types that the namespace of PDF 2.0 does not have."""
ROLE_MAP = {"Em": "Span", "Strong": "Span"}
"""Structure types of PDF 2.0 that PDF 1.7 does not have, and those that take their place (ISO 32000-1, 14.7.3)."""
DECORATIONS = {"u": "/Underline", "s": "/LineThrough"}
"""The TextDecorationType of an HTML element (ISO 32000-1, table 343)."""
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}


def _text_of(element: Element) -> str:
    """Return an element's text, white space folded."""
    return " ".join("".join(element.itertext()).split())


def write_tree(plan: StructurePlan, pdf: Any, document: Any) -> None:
    """Add the structure tree, the parent tree and the identifiers to the file."""
    import publisher._pydyf as pydyf

    links: dict[Any, list[tuple[int, Any]]] = {}
    for page, box, node in plan.links:
        if box.link_annotation:
            links.setdefault(node, []).append((page, box.link_annotation))
            if node.element is not None:
                description = node.element.get("title") or _text_of(node.element)
                box.link_annotation["Contents"] = pydyf.String(description)
    for node, link_annotations in links.items():
        node.annotations = link_annotations
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    writer = _Writer(pdf, len(document.pages), plan)
    if plan.namespaces:
        root["Namespaces"] = pydyf.Array(writer.namespaces())
    top = writer.write(plan.root, root)
    mapped = sorted({node.role for node in writer.written}.intersection(ROLE_MAP))
    if mapped and not plan.namespaces:
        root["RoleMap"] = pydyf.Dictionary({role: f"/{ROLE_MAP[role]}" for role in mapped})
    plan.objects[""] = top
    plan.objects.update(
        (name, writer.written[node]) for name, node in plan.identified() if node in writer.written
    )
    if plan.namespaces:
        _add_references(plan, writer.written)
    root["K"] = pydyf.Array([top.reference])
    root["ParentTree"] = writer.parent_tree().reference
    root["ParentTreeNextKey"] = writer.next_key
    identifiers = writer.id_tree()
    if identifiers is not None:
        root["IDTree"] = identifiers.reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _add_references(plan: StructurePlan, written: dict[Node, Any]) -> None:
    """Point notes and their marks at each other, and contents entries at their targets (ISO 14289-2, 8.2.5.8)."""
    import publisher._pydyf as pydyf

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
    """Writes nodes as objects, and collects the entries of the parent tree and the ID tree."""

    def __init__(self, pdf: Any, pages: int, plan: StructurePlan) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._plan = plan
        self._namespaces: dict[str, Any] = {}
        self.written: dict[Node, Any] = {}
        self._by_page: list[dict[int, Any]] = [{} for _ in range(pages)]
        self._annotations: list[tuple[int, Any]] = []
        self._identifiers: dict[str, Any] = {}
        self._tables = 0
        self._cells: dict[Element, tuple[str, tuple[str, ...]]] = {}
        self.next_key = pages

    def write(self, node: Node, parent: Any) -> Any:
        """Write a node and its kids; return its object."""
        import publisher._pydyf as pydyf

        obj = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent.reference})
        self._pdf.add_object(obj)
        self.written[node] = obj
        self._plan.written.append((node.role, obj))
        if self._namespaces:
            namespace = PDF_1 if node.role in ONLY_PDF_1 else PDF_2
            obj["NS"] = self._namespaces[namespace].reference
        for key, value in (
            ("Lang", node.language),
            ("Alt", node.alternative),
            ("ActualText", node.replacement),
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
                kids.append(self._marked_content(obj, kid))
        for page, annotation in node.annotations:
            kids.append(self._object_reference(obj, page, annotation))
        if kids:
            obj["K"] = kids
        return obj

    def _associate_mathml(self, element: Element, obj: Any) -> None:
        """Associate the MathML of a formula with its element (ISO 14289-2, 8.2.5.29; ISO 32000-2, 14.13.5)."""
        import publisher._pydyf as pydyf

        try:
            mathml = write_mathml(normal_form(element)).encode()
        except MathMLError:
            return  # it is set as text, and reported
        stream = pydyf.Stream(
            [mathml],
            {
                "Type": "/EmbeddedFile",
                "Subtype": "/application#2Fmathml+xml",
                "Params": pydyf.Dictionary({"Size": len(mathml)}),
            },
            compress=True,
        )
        self._pdf.add_object(stream)
        name = pydyf.String("formula.mml")
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": name,
                "UF": name,
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "AFRelationship": "/Supplement",
                "Desc": pydyf.String("MathML"),
            }
        )
        self._pdf.add_object(specification)
        obj["AF"] = pydyf.Array([specification.reference])

    def _marked_content(self, obj: Any, content: ContentItem) -> Any:
        """Return the identifier of marked content on the element's first page, an MCR for other pages."""
        import publisher._pydyf as pydyf

        page = self._pages[content.page]
        if obj.setdefault("Pg", page) == page:
            return content.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": content.mcid})

    def _object_reference(self, obj: Any, page: int, annotation: Any) -> Any:
        """Return an OBJR for an annotation, and enter the annotation in the parent tree."""
        import publisher._pydyf as pydyf

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
        """Set the attributes (A) and the identifier of an element."""
        import publisher._pydyf as pydyf

        element = node.element
        if node.role in ("TH", "TD") and element is not None:
            self._cell_attributes(node.role, element, obj)
        elif node.box:
            is_inline = node.role == "Formula" and not _is_display(element)
            if node.role == "Formula" and element is not None and self._namespaces:
                self._associate_mathml(element, obj)
            obj["A"] = pydyf.Dictionary(
                {
                    "O": "/Layout",
                    "Placement": "/Inline" if is_inline else "/Block",
                    "BBox": pydyf.Array(map(_round, node.box)),
                }
            )
        elif node.role == "Span" and element is not None:
            self._inline_attributes(node, element, obj)
        elif node.role == "L" and element is not None:
            numbering = element.get("data-numbering") or (
                "Decimal" if element.tag == "ol" else "Disc"
            )
            obj["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
        elif node.role in NOTES and element is not None:
            self._identify(node.role, element, obj)
        elif node.role == "Table" and element is not None:
            self._tables += 1
            if len(pages := set(_pages(node))) == 1:
                obj["Pg"] = self._pages[pages.pop()]
            self._cells.update(header_associations(element, prefix=f"t{self._tables}"))

    def _cell_attributes(self, role: str, element: Element, obj: Any) -> None:
        """Set the spans and the header cells of a cell, and the scope and the identifier of a header cell."""
        import publisher._pydyf as pydyf

        identifier, headers = self._cells.get(element, ("", ()))
        attributes = pydyf.Dictionary({"O": "/Table"})
        for name, key in (("rowspan", "RowSpan"), ("colspan", "ColSpan")):
            if int(element.get(name, 1)) > 1:
                attributes[key] = int(element.get(name, 1))
        if role == "TH":
            attributes["Scope"] = SCOPES.get(element.get("scope", ""), "/Column")
            obj["ID"] = pydyf.String(identifier)
            self._identifiers[identifier] = obj.reference
        if headers:
            attributes["Headers"] = pydyf.Array(map(pydyf.String, headers))
        obj["A"] = attributes

    @staticmethod
    def _inline_attributes(node: Node, element: Element, obj: Any) -> None:
        """Set the attributes of a superscript, a subscript, an underline or a line through the text."""
        import publisher._pydyf as pydyf

        if node.baseline_shift:
            shift = _round(node.baseline_shift)
            obj["A"] = pydyf.Dictionary({"O": "/Layout", "BaselineShift": shift})
        elif element.tag in DECORATIONS:
            decoration = DECORATIONS[element.tag]
            obj["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": decoration})

    def _identify(self, role: str, element: Element, obj: Any) -> None:
        """Give a note its identifier (ISO 14289-1, 7.9), and in PDF 2.0 its kind (ISO 32000-2, 14.8.5.9)."""
        import publisher._pydyf as pydyf

        identifier = element.get("id", "")
        if role == "FENote":
            kind = "Footnote" if element in self._plan.page_notes else "Endnote"
            obj["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": f"/{kind}"})
        obj["ID"] = pydyf.String(identifier)
        self._identifiers[identifier] = obj.reference

    def namespaces(self) -> list[Any]:
        """Add the namespaces of the elements; return their references."""
        import publisher._pydyf as pydyf

        for name in (PDF_2, PDF_1):
            self._namespaces[name] = pydyf.Dictionary(
                {"Type": "/Namespace", "NS": pydyf.String(name)}
            )
            self._pdf.add_object(self._namespaces[name])
        return [namespace.reference for namespace in self._namespaces.values()]

    def parent_tree(self) -> Any:
        """Add the parent tree (ISO 32000-1, 14.7.4.4); return it."""
        import publisher._pydyf as pydyf

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
        """Add the ID tree; return it, or None if no element has an identifier."""
        import publisher._pydyf as pydyf

        if not self._identifiers:
            return None
        names = pydyf.Array()
        ordered = sorted(self._identifiers)
        for identifier in ordered:
            names.extend((pydyf.String(identifier), self._identifiers[identifier]))
        tree = pydyf.Dictionary({"Names": names})
        self._pdf.add_object(tree)
        return tree


def _pages(node: Node) -> Iterator[int]:
    """Yield the index of the page of each piece of content in an element."""
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _pages(kid)
        else:
            yield kid.page


def _is_display(element: Element | None) -> bool:
    """Return whether a formula is on a line of its own."""
    return element is not None and element.get("display") == "block"


def _round(value: float) -> float:
    return round(value, 3)


def _is_used(node: Node) -> bool:
    """Return whether a node has content; an empty cell counts, since it keeps the others in their columns."""
    if node.role in ("TD", "TH") or node.annotations:
        return True
    return any(
        _is_used(kid) if isinstance(kid, Node) else kid.mcid is not None for kid in node.kids
    )
