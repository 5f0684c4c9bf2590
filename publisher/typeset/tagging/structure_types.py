"""The structure types of HTML elements, and the alternate texts of those that are pictures.

In: an HTML element of the page. Out: its standard structure type, or its alternate text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.typeset.formulas.boxes import MATH

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

REPEATED = "data-repeated"
"""The attribute of an element that repeats another one and is an artifact."""
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
    "pre": "P",
    "code": "Code",
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
    "em": "Em",
    "strong": "Strong",
    "u": "Span",
    "s": "Span",
    "sup": "Span",
    "sub": "Span",
    "ruby": "Ruby",
    "rb": "RB",
    "rt": "RT",
    "figure": "Figure",
    "{http://www.w3.org/2000/svg}svg": "Figure",
    "img": "Figure",
    MATH: "Formula",
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
"""The standard structure type (ISO 32000-1, 14.8.4) of each HTML element.

Content of other elements belongs to their parent; an element with its own language becomes a Span. Em and Strong are
types of PDF 2.0 (ISO 32000-2, 14.8.4.7); in PDF 1.7 the role map makes them Spans.
"""
EMPHASIS_CLASS = "emphasis-dots"
"""The class of the elements whose characters have dots below; they become an Em."""
NOTES = frozenset({"Note", "FENote"})
"""The structure types of notes in PDF 1.7 and PDF 2.0."""
LABELLED = NOTES | {"LBody"}
"""Structure types in which an element of class ``label`` becomes a Lbl: the body of a list item, and notes."""


def structure_type(element: Element) -> str:
    """Return the structure type of an element where its parent does not change it; empty for none."""
    if element.get("class") == EMPHASIS_CLASS:
        return "Em"
    return ROLES.get(element.tag, "Span" if element.get("lang") else "")


def alternative_text(element: Element) -> str:
    """Return the alternate text of a figure, a formula or the label of a list item."""
    if element.tag in (MATH, "span"):
        return element.get("aria-label", "")
    if element.tag == "figure":
        return element.get("data-alt", "")
    if element.tag.endswith("svg"):
        title = element.find("{http://www.w3.org/2000/svg}title")
        return (title.text or "") if title is not None else element.get("aria-label", "")
    return element.get("alt", "")
