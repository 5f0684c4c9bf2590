"""The element tree of a page from lexbor, a parser in C.

``tinyhtml5.parse`` is written in Python. Both parsers follow the HTML standard, 13.2, so that the tree is the same.
A page with a comment or with an element that is not in ``KNOWN`` is still parsed by tinyhtml5: a drawing, whose names
WeasyPrint expects from it, or a form, which different editions of the standard parse differently.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser

from publisher.typeset.patches.patching import Patch, Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER = re.compile(r"<(?:!(?!doctype html>)|\?)|[\x00\r\ufeff]", re.IGNORECASE)
"""Comments and characters that the two parsers treat differently."""
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)")
KNOWN = frozenset(
    (
        "html head title meta style body main article section header footer nav aside div blockquote p "
        "h1 h2 h3 h4 h5 h6 ul ol li dl dt dd figure figcaption img a abbr span b i u s em strong small sub "
        "sup code br hr ruby rt rp table caption colgroup col thead tbody tfoot tr th td"
    ).split()
)
"""Elements whose parsing all editions of the standard define alike."""
_TEXT = "-text"


def _replacements() -> Iterator[Replacement]:
    import publisher._tinyhtml5 as tinyhtml5

    stock = tinyhtml5.parse

    def parse(document: Any, namespace_html_elements: bool = True, **options: Any) -> Any:  # noqa: FBT001, FBT002 - tinyhtml5's
        """Return the root element of a page."""
        if namespace_html_elements or options or isinstance(document, str | bytes):
            return stock(document, namespace_html_elements, **options)
        text = document.read()
        if (
            isinstance(text, str)
            and not _OTHER.search(text)
            and KNOWN.issuperset(_TAG.findall(text))
        ):
            return _tree(text)
        document.seek(0)
        return stock(document, namespace_html_elements, **options)

    yield Replacement(tinyhtml5, "parse", parse)


def _tree(text: str) -> Element:
    """Return the tree of a page that has known elements only."""
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
    """Add text to an element: as its own text, or as the tail of the last element inside it."""
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text


PATCH = Patch(
    name="html_tree",
    targets=("tinyhtml5.parse",),
    reason="A page is parsed by lexbor, in C, if all its elements are known to be parsed alike.",
    replacements=_replacements,
)
