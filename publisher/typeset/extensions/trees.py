"""The page's tree from a parser in C, where its elements are HTML's and no others.

The seam is ``tinyhtml5.parse``. Both parsers follow the HTML standard, 13.2, so that the tree is the
same; a page with a drawing, a formula, a comment or a template goes to the stock one, whose names for
what is not HTML WeasyPrint expects.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser

from publisher.typeset.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER = re.compile(
    r"<(?:!(?!doctype html>)|\?|/?(?:svg|math|template|noscript)\b)|[\x00\r\ufeff]", re.IGNORECASE
)
"""What the two parsers call or keep otherwise."""
_TEXT = "-text"


def quick_trees() -> Iterator[Seam]:
    """Yield the seam for one document."""
    import tinyhtml5

    stock = tinyhtml5.parse

    def parse(document: Any, namespace_html_elements: bool = True, **how: Any) -> Any:  # noqa: FBT001, FBT002 - the seam's
        """Return the root element of a page."""
        if namespace_html_elements or how or isinstance(document, str | bytes):
            return stock(document, namespace_html_elements, **how)
        text = document.read()
        if isinstance(text, str) and not _OTHER.search(text):
            return _tree(text)
        document.seek(0)
        return stock(document, namespace_html_elements, **how)

    yield Seam(tinyhtml5, "parse", parse)


def _tree(text: str) -> Element:
    """Return the tree of a page that holds nothing but HTML."""
    top: Any = LexborHTMLParser(text).root
    root = Element("html", _attributes(top))
    pending: list[tuple[Any, Element]] = [(top, root)]
    while pending:
        node, element = pending.pop()
        last: Element | None = None
        for child in node.iter(include_text=True):
            if child.tag == _TEXT:
                _add_text(element, last, child.text_content or "")
            else:
                last = Element(child.tag, _attributes(child))
                element.append(last)
                pending.append((child, last))
    return root


def _attributes(node: Any) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _add_text(element: Element, last: Element | None, text: str) -> None:
    """Put text where an element tree has it: in its parent, or behind its elder sibling."""
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
