"""What the style sheets in a page say about raised, lowered and aligned text of a class: ``.up{vertical-align:super}``.

Only rules whose selector is one class, with or without an element's name, are read, and of them the declarations about the
place and the size of text in a line, which decide whether 10⁴ is read as 104, and the alignment of lines. Sheets in other
files are never fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.readers.html.inline_marks import DECLARATION
from publisher.readers.html.raised_elements import MAY_SHIFT
from publisher.readers.html.tree import Span

if TYPE_CHECKING:
    from publisher.readers.html.tree import Element

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{1,2000})\}")
_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?\.([a-z_-][a-z0-9_-]*)")
_READ = re.compile(f"{MAY_SHIFT.pattern}|font-variant-position|text-align")
_BLOCK_PROPERTIES = frozenset({"text-align"})
_INLINE_PROPERTIES = frozenset(
    "bottom font-size font-variant-position mso-text-raise position top transform vertical-align".split()
)


def add_class_styles(root: Element, source: str) -> None:
    """Write what the page's sheets say about raised and about aligned text into the ``style`` of the elements, before their own."""
    styles = _class_styles(root, source)
    if not styles:
        return
    for element in root.walk():
        names = element.attributes.get("class", "").lower().split()
        properties = _BLOCK_PROPERTIES if element.is_block else _INLINE_PROPERTIES
        own = [
            f"{name}:{value}"
            for class_name in names
            for name, value in styles.get(class_name, {}).items()
            if name in properties
        ]
        if own:
            style = ";".join([*own, element.attributes.get("style", "")])
            element.attributes = {**element.attributes, "style": style}


def _class_styles(root: Element, source: str) -> dict[str, dict[str, str]]:
    """Return the declarations of each class whose text is raised, lowered or aligned."""
    styles: dict[str, dict[str, str]] = {}
    for element in root.walk():
        if element.name != "style":
            continue
        sheet = "".join(
            source[child.start : child.end] for child in element.children if isinstance(child, Span)
        )
        if not _READ.search(sheet):
            continue
        for selectors, body in _RULE.findall(_COMMENT.sub("", sheet).lower()):
            if not _READ.search(body):
                continue
            declarations = {
                name: value.strip()
                for name, value in DECLARATION.findall(body)
                if name in _INLINE_PROPERTIES | _BLOCK_PROPERTIES
            }
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match and declarations.get("position") != "absolute":
                    styles.setdefault(match[1], {}).update(declarations)
    return styles
