"""The structure tree that a page should have, built from its HTML elements.

Input: the HTML of a page. Output: a tree of ``ExpectedElement``. The mapping from HTML elements to structure
types is written here independently of the tagger, so that one mistake cannot hide in both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.text.html_parser import PageParser
from publisher.text.mathml import TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STRUCTURE_TYPES: Mapping[str, str] = {
    "html": "Document",
    "main": "Part",
    "section": "Sect",
    "header": "Sect",
    "div": "Div",
    "aside": "Note",
    "blockquote": "BlockQuote",
    "abbr": "Span",
    **dict.fromkeys(("u", "s", "sup", "sub"), "Span"),
    "em": "Em",
    "strong": "Strong",
    "ruby": "Ruby",
    "rb": "RB",
    "rt": "RT",
    "p": "P",
    "pre": "P",
    "code": "Code",
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
    "math": "Formula",
}
"""The standard structure type (ISO 32000-1, 14.8.4) of each HTML element."""
APPEARANCES: Mapping[str, str] = {
    "sup": "raised",
    "sub": "lowered",
    "u": "underlined",
    "s": "struck out",
}
"""What the attributes of a Span have to say, by its HTML element (ISO 32000-1, 14.8.5.4)."""
_VOID = frozenset({"br", "meta", "link", "img", "hr", "col", "input", "wbr", "rect"})
_WITHOUT_CONTENT = frozenset({"head", "title", "style"}) | TOKENS
"""Elements whose text is no content; the text of a formula is the annotation of its MathML."""
PAGE_NUMBER = "\ufffc"
"""A placeholder for a page number, which layout determines."""


@dataclass(slots=True)
class ExpectedElement:
    """A structure element as it should be."""

    role: str
    """The structure type."""
    language: str
    """Own or inherited."""
    alternative: str = ""
    """Of a figure or a formula."""
    expansion: str = ""
    """Of an abbreviation."""
    link_description: str = ""
    """The Contents of a link's annotation."""
    appearance: str = ""
    """Of raised, lowered, underlined or struck-out text: the value of ``APPEARANCES``."""
    id: str = ""
    """The id of the HTML element."""
    reference_id: str = ""
    """Of a note: the id of the reference that it belongs to."""
    text_parts: list[str] = field(default_factory=list)
    """The text, including that of the elements inside."""
    own_text_parts: list[str] = field(default_factory=list)
    """The text outside the elements inside."""
    children: list[ExpectedElement] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text including that of the elements inside, without white space."""
        return "".join("".join(self.text_parts).split())

    @property
    def own_text(self) -> str:
        """The text outside the elements inside, without white space."""
        return "".join("".join(self.own_text_parts).split())


def expected_tree(html: str, *, links: bool = True) -> ExpectedElement:
    """Return the structure tree that a page should have; elements without content are left out."""
    parser = _PageReader()
    parser.read(html)
    _move_notes(parser.root)
    for element in () if links else _walk(parser.root):
        if element.role == "Link":
            element.role = "Span"
    return _prune(parser.root)


def _move_notes(root: ExpectedElement) -> None:
    """Move each note to the place right after the block of the reference that it belongs to."""
    notes = [element for element in _walk(root) if element.role == "Note"]
    if not notes:
        return
    parents = {id(child): element for element in _walk(root) for child in element.children}
    references = {element.id: element for element in _walk(root) if element.role == "Reference"}
    for note in notes:
        reference = references.get(note.reference_id) if note.reference_id else None
        if reference:
            anchor = ancestor = reference
            while id(ancestor) in parents:
                ancestor = parents[id(ancestor)]
                anchor = ancestor if ancestor.role in ("Table", "Note") else anchor
            old_parent = parents[id(note)]
            old_parent.children = [child for child in old_parent.children if child is not note]
            siblings = parents[id(anchor)].children
            index = next(i for i, sibling in enumerate(siblings) if sibling is anchor)
            siblings.insert(index + 1, note)
            parents[id(note)] = parents[id(anchor)]


def _walk(element: ExpectedElement) -> Iterator[ExpectedElement]:
    yield element
    for child in element.children:
        yield from _walk(child)


def _prune(element: ExpectedElement) -> ExpectedElement:
    """Remove the elements without content, and complete the descriptions of links."""
    if element.role == "Link" and not element.link_description:
        text = "".join(element.text_parts).replace(PAGE_NUMBER, "")
        element.link_description = " ".join(text.split())
    element.children = [
        child
        for child in map(_prune, element.children)
        if child.text or child.children or child.role in ("TD", "TH", "Link", "Figure")
    ]
    return element


@dataclass(slots=True)
class _OpenTag:
    """An HTML element whose end tag has not been read."""

    tag: str
    elements: list[ExpectedElement]
    """The elements that receive its text, the innermost last."""
    ignored: bool
    """Whether its text is no content of the page."""


class _PageReader(PageParser):
    """A parser that builds the expected structure tree of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = ExpectedElement("Document", "")
        self._open: list[_OpenTag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        attributes = {name: value or "" for name, value in attrs}
        ignored = tag in _WITHOUT_CONTENT or bool(self._open and self._open[-1].ignored)
        elements = self._open[-1].elements if self._open else [self.root]
        if not ignored:
            elements = self._add_elements(tag, attributes, elements)
        self._open.append(_OpenTag(tag, elements, ignored))
        if "data-page" in attributes:
            self.handle_data(PAGE_NUMBER)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open and any(e.role == "TOC" for e in self._open[-1].elements):
            self.handle_data(PAGE_NUMBER)
        if self._open and self._open[-1].tag == tag:
            self._open.pop()
        elif any(opened.tag == tag for opened in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and not self._open[-1].ignored:
            for element in self._open[-1].elements:
                element.text_parts.append(data)
            self._open[-1].elements[-1].own_text_parts.append(data)

    def _add_elements(
        self, tag: str, attributes: dict[str, str], ancestors: list[ExpectedElement]
    ) -> list[ExpectedElement]:
        """Add the structure elements of an HTML element; return what receives its text, outermost first."""
        parent = ancestors[-1]
        language = attributes.get("lang", "") or parent.language
        if tag == "html":
            parent.language = language
            return ancestors
        if "label" in attributes.get("class", "").split() and parent.role in ("LBody", "Note"):
            label = ExpectedElement("Lbl", language)
            outer = ancestors[:-1] if parent.role == "LBody" else ancestors
            outer[-1].children.insert(0, label)
            return [*outer, label]
        added: list[ExpectedElement] = []
        for role in _structure_types(tag, attributes, ancestors):
            element = ExpectedElement(role, language)
            (added[-1] if added else parent).children.append(element)
            added.append(element)
        if added:
            added[0].id = attributes.get("id", "")
            added[0].reference_id = attributes.get("data-reference", "")
        if added and tag in APPEARANCES:
            added[-1].appearance = APPEARANCES[tag]
        if tag == "abbr":
            added[-1].expansion = attributes.get("title", "")
        if added and added[-1].role == "Figure":
            added[-1].alternative = attributes.get("data-alt", "")
        if added and added[-1].role == "Formula":
            added[-1].alternative = attributes.get("aria-label", "")
        if added and added[-1].role == "Link":
            added[-1].link_description = attributes.get("title", "")
        return [*ancestors, *added]


def _structure_types(
    tag: str, attributes: dict[str, str], ancestors: list[ExpectedElement]
) -> list[str]:
    """Return the structure types that an HTML element stands for, the outermost first."""
    if any(ancestor.role == "TOC" for ancestor in ancestors):
        return {"li": ["TOCI"], "a": ["Reference", "Link"]}.get(tag, [])
    if tag == "nav":
        return ["TOC"]
    if tag == "a" and attributes.get("class") == "reference":
        return ["Reference", "Link"]
    if attributes.get("class") == "emphasis-dots":
        return ["Em"]
    role = STRUCTURE_TYPES.get(tag, "Span" if attributes.get("lang") else "")
    return ["LI", "LBody"] if role == "LI" else [role] if role else []
