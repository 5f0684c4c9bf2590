"""The page's tree from a parser in C, where its elements are HTML's and no others.

The seam is ``tinyhtml5.parse``. Both parsers follow the HTML standard, 13.2, so that the tree is the
same; a page with a comment or an element that is not among the known ones goes to the stock one: a drawing, whose
names WeasyPrint expects from it, or a form, which the standard of another year builds otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser

from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER = re.compile(r"<(?:!(?!doctype html>)|\?)|[\x00\r\ufeff]", re.IGNORECASE)
"""Comments and characters that the two parsers keep otherwise."""
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)")
KNOWN = frozenset(
    (
        "html head title meta style body main article section header footer nav aside div blockquote p "
        "h1 h2 h3 h4 h5 h6 ul ol li dl dt dd figure figcaption img a abbr span b i u s em strong small sub "
        "sup code br hr ruby rt rp table caption colgroup col thead tbody tfoot tr th td"
    ).split()
)
"""Elements that both parsers put where the standard has always had them."""
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
        if (
            isinstance(text, str)
            and not _OTHER.search(text)
            and KNOWN.issuperset(_TAG.findall(text))
        ):
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
