"""The semantic check: a finished file's structure tree against the page that it was made from.

Enters: a PDF as read, and the HTML. Leaves: a verdict. What the page says with its elements, the file
must say with its structure: the same elements in the same order, inside one another in the same way,
with the same text, language and words for pictures. What an element means is written down here once
more, apart from the tagger, so that one fault cannot hide in both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict
from publisher.pdf.structure_tree import NOTES, Element, ObjectReference
from publisher.text.html_parser import PageParser

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.pdf.document import PdfDocument

MEANINGS: Mapping[str, str] = {
    "html": "Document",
    "main": "Part",
    "section": "Sect",
    "header": "Sect",
    "div": "Div",
    "aside": "Note",
    "abbr": "Span",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "a": "Link",
    "figure": "Figure",
    "figcaption": "Caption",
    "caption": "Caption",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
}
"""The standard structure type (ISO 32000-1, 14.8.4) that each element of a page stands for."""
_VOID = frozenset({"br", "meta", "link", "img", "hr", "col", "input", "wbr", "rect"})
_SILENT = frozenset({"head", "title", "style"})
MOST_FINDINGS = 5
SHOWN = 24
_NUMBER = "\ufffc"
"""Stands for a page number, which layout makes."""


@dataclass(slots=True)
class Node:
    """An element as it should be."""

    role: str
    language: str
    alternative: str = ""
    expansion: str = ""
    told: str = ""
    """What a link's annotation should say."""
    names: tuple[str, str] = ("", "")
    """The element's own id, and that of the mark which it is a note to."""
    text: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    """Of the text, what stands in no element inside."""
    children: list[Node] = field(default_factory=list)

    @property
    def whole(self) -> str:
        """The element's text, that of the elements inside it included, without white space."""
        return "".join("".join(self.text).split())

    @property
    def alone(self) -> str:
        """The element's own text without white space, elements inside it left out."""
        return "".join("".join(self.own).split())


def verify_semantics(pdf: PdfDocument, html: str, *, version: str, links: bool = True) -> Verdict:
    """Judge whether the file's structure says what the page's elements say.

    Without ``links`` what leads somewhere on the page is to be text like any other.
    """
    findings = list(_compared(pdf, expected_tree(html, links=links)))[:MOST_FINDINGS]
    return Verdict(
        profile="semantics",
        validator="publisher",
        version=version,
        passed=not findings,
        findings=tuple(findings),
    )


def _compared(pdf: PdfDocument, wanted: Node) -> Iterator[Finding]:
    roots = pdf.structure.children if pdf.structure else ()
    if len(roots) != 1:
        yield _finding("structure", "the file", f"has {len(roots)} roots, one is wanted")
        return
    yield from _compare(pdf, wanted, roots[0], "")


def _compare(pdf: PdfDocument, wanted: Node, actual: Element, path: str) -> Iterator[Finding]:
    here = f"{path}/{wanted.role}" if path else wanted.role
    if actual.role != wanted.role and {actual.role, wanted.role} != NOTES:
        yield _finding("role", here, f"is a {actual.role}: “{_short(wanted.whole)}”")
        return
    if wanted.language and actual.language != wanted.language:
        yield _finding("language", here, f"is in {actual.language}, not {wanted.language}")
    if wanted.role == "Figure" and (actual.alt or "") != wanted.alternative:
        yield _finding("alternative", here, f"says “{_short(actual.alt or '')}”")
    if wanted.expansion != (actual.expansion or ""):
        yield _finding("expansion", here, f"is short for “{_short(actual.expansion or '')}”")
    if wanted.role in NOTES and actual.id != wanted.names[0]:
        yield _finding("note", here, f"is called “{actual.id}”, not “{wanted.names[0]}”")
    if wanted.role == "Link":
        yield from _link(wanted, actual, here)
    own = tuple(child for child in actual.children if not isinstance(child, Element))
    alone = actual if len(own) == len(actual.children) else replace(actual, children=own)
    text = "".join(pdf.logical_text(alone).split())
    if not _same_text(wanted.alone, text):
        yield _finding("text", here, f"has “{_short(text)}”, not “{_short(wanted.alone)}”")
    yield from _children(pdf, wanted, actual, here)


def _children(pdf: PdfDocument, wanted: Node, actual: Element, here: str) -> Iterator[Finding]:
    inside = [child for child in actual.children if isinstance(child, Element)]
    if len(inside) != len(wanted.children):
        roles = [child.role for child in wanted.children]
        got = [child.role for child in inside]
        place = next(
            (i for i, (a, b) in enumerate(zip(roles, got, strict=False)) if a != b),
            min(len(roles), len(got)),
        )
        missing = roles[place] if place < len(roles) else "nothing"
        found = got[place] if place < len(got) else "nothing"
        yield _finding(
            "elements",
            here,
            f"holds {len(got)} elements, not {len(roles)}: {found} at place {place + 1}, "
            f"where {missing} should be",
        )
        return
    for child, element in zip(wanted.children, inside, strict=True):
        yield from _compare(pdf, child, element, here)


def _link(wanted: Node, actual: Element, here: str) -> Iterator[Finding]:
    told = [
        child.annotation.contents
        for child in actual.children
        if isinstance(child, ObjectReference) and child.annotation
    ]
    if not told:
        yield _finding("link", here, f"has no annotation: “{_short(wanted.whole)}”")
    elif any(one != wanted.told for one in told):
        yield _finding("link", here, f"says “{_short(told[0])}”, not “{_short(wanted.told)}”")


def _same_text(wanted: str, actual: str) -> bool:
    """Compare texts, a page number standing for any."""
    if _NUMBER not in wanted:
        return wanted == actual
    place = 0
    parts = wanted.split(_NUMBER)
    for number, part in enumerate(parts):
        found = actual.find(part, place)
        if found < 0 or (number == 0 and found > 0):
            return False
        place = found + len(part)
    return True


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _finding(clause: str, place: str, message: str) -> Finding:
    return Finding(
        clause=f"semantics: {clause}",
        severity=Severity.ERROR,
        message=f"{place} {message}",
        hint="the structure does not say what the page says",
    )


def expected_tree(html: str, *, links: bool = True) -> Node:
    """Return what the structure of a page should be; elements without content are left out."""
    parser = _Reader()
    parser.read(html)
    _seat_notes(parser.root)
    for node in () if links else _walk(parser.root):
        if node.role == "Link":
            node.role = "Span"
    return _pruned(parser.root)


def _seat_notes(root: Node) -> None:
    """Put each note beside the mark that refers to it."""
    notes = [node for node in _walk(root) if node.role == "Note"]
    if not notes:
        return
    above = {id(child): node for node in _walk(root) for child in node.children}
    marks = {node.names[0]: node for node in _walk(root) if node.role == "Reference"}
    for note in notes:
        mark = marks.get(note.names[1]) if note.names[1] else None
        if mark:
            anchor = step = mark
            while id(step) in above:
                step = above[id(step)]
                anchor = step if step.role in ("Table", "Note") else anchor
            above[id(note)].children = [one for one in above[id(note)].children if one is not note]
            beside = above[id(anchor)].children
            place = next(i for i, one in enumerate(beside) if one is anchor)
            beside.insert(place + 1, note)
            above[id(note)] = above[id(anchor)]


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _pruned(node: Node) -> Node:
    if node.role == "Link" and not node.told:
        node.told = " ".join("".join(node.text).replace(_NUMBER, "").split())
    node.children = [
        child
        for child in map(_pruned, node.children)
        if child.whole or child.children or child.role in ("TD", "TH", "Link", "Figure")
    ]
    return node


class _Reader(PageParser):
    """Builds the tree that a page's elements stand for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("Document", "")
        self._open: list[tuple[str, list[Node], bool]] = []
        """Tag, the nodes that take what stands in it (the innermost last), whether it is silent."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        named = {name: value or "" for name, value in attrs}
        silent = tag in _SILENT or bool(self._open and self._open[-1][2])
        nodes = self._open[-1][1] if self._open else [self.root]
        self._open.append((tag, nodes if silent else self._nodes(tag, named, nodes), silent))
        if "data-page" in named:
            self.handle_data(_NUMBER)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open and any(one.role == "TOC" for one in self._open[-1][1]):
            self.handle_data(_NUMBER)
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        elif any(name == tag for name, _, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and not self._open[-1][2]:
            for node in self._open[-1][1]:
                node.text.append(data)
            self._open[-1][1][-1].own.append(data)

    def _nodes(self, tag: str, named: dict[str, str], above: list[Node]) -> list[Node]:
        """Return the nodes that take what stands in an element, the outermost first."""
        parent = above[-1]
        language = named.get("lang", "") or parent.language
        if tag == "html":
            parent.language = language
            return above
        if "label" in named.get("class", "").split() and parent.role in ("LBody", "Note"):
            label = Node("Lbl", language)
            outer = above[:-1] if parent.role == "LBody" else above
            outer[-1].children.insert(0, label)
            return [*outer, label]
        made: list[Node] = []
        for role in _roles(tag, named, above):
            node = Node(role, language)
            (made[-1] if made else parent).children.append(node)
            made.append(node)
        if made:
            made[0].names = (named.get("id", ""), named.get("data-reference", ""))
        if tag == "abbr":
            made[-1].expansion = named.get("title", "")
        if made and made[-1].role == "Figure":
            made[-1].alternative = named.get("data-alt", "")
        if made and made[-1].role == "Link":
            made[-1].told = named.get("title", "")
        return [*above, *made]


def _roles(tag: str, named: dict[str, str], above: list[Node]) -> list[str]:
    """Return the structure types that an element stands for, the outermost first."""
    if any(node.role == "TOC" for node in above):
        return {"li": ["TOCI"], "a": ["Reference", "Link"]}.get(tag, [])
    if tag == "nav":
        return ["TOC"]
    if tag == "a" and named.get("class") == "reference":
        return ["Reference", "Link"]
    role = MEANINGS.get(tag, "Span" if named.get("lang") else "")
    return ["LI", "LBody"] if role == "LI" else [role] if role else []
