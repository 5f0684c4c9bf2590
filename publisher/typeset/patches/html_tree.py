"""The element tree of a page from lexbor, a parser in C.

``tinyhtml5.parse`` is written in Python. Both parsers follow the HTML standard, 13.2, so that the tree is the same.
A page with a comment or with an element that is not in ``KNOWN`` is still parsed by tinyhtml5, such as a form, which
different editions of the standard parse differently. So is a drawing of other elements than those of our charts: the names of these
are written here as tinyhtml5 writes them.
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
_ATTRIBUTES = r"(?: (?:viewBox|xmlns|[a-z-]+)=\"[^\"<>]*\")*"
_DRAWING = re.compile(
    rf"<svg{_ATTRIBUTES}>(?:<rect{_ATTRIBUTES}/>|<(title|text){_ATTRIBUTES}>[^<>]*</\1>)*</svg>"
)
"""A drawing that both parsers read alike, but for the names of its elements and attributes."""
_SVG = "http://www.w3.org/2000/svg"
_NAMES = {"viewbox": "viewBox", "xmlns": "{http://www.w3.org/2000/xmlns/}xmlns"}
"""The names of attributes of drawings in tinyhtml5, by those in lexbor."""
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
            and KNOWN.issuperset(_TAG.findall(_DRAWING.sub("", text)))
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
                last = _element(child, in_drawing=element.tag.startswith(f"{{{_SVG}}}"))
                element.append(last)
                pending.append((child, last))
    return root


def _element(node: Any, *, in_drawing: bool) -> Element:
    """Return an element without its content."""
    if not in_drawing and node.tag != "svg":
        return Element(node.tag, _attributes(node))
    attributes = {_NAMES.get(name, name): value for name, value in _attributes(node).items()}
    return Element(f"{{{_SVG}}}{node.tag}", attributes)


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
