"""What the style sheets in a page say about raised and lowered text of a class: ``.up{vertical-align:super}``.

Only rules whose selector is one class, with or without an element's name, are read, and only their declarations about the
place and the size of text: they decide whether 10⁴ is read as 104. Sheets in other files are never fetched.
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
_SHIFTS = re.compile(f"{MAY_SHIFT.pattern}|font-variant-position")
_PROPERTIES = frozenset(
    "bottom font-size font-variant-position mso-text-raise position top transform vertical-align".split()
)


def add_class_styles(root: Element, source: str) -> None:
    """Write what the page's sheets say about raised text into the ``style`` of the elements, before their own."""
    styles = _class_styles(root, source)
    if not styles:
        return
    for element in root.walk():
        names = element.attributes.get("class", "").lower().split()
        own = [styles[name] for name in names if name in styles]
        if own and not element.is_block:
            style = ";".join([*own, element.attributes.get("style", "")])
            element.attributes = {**element.attributes, "style": style}


def _class_styles(root: Element, source: str) -> dict[str, str]:
    """Return the declarations of each class whose text is raised or lowered."""
    styles: dict[str, str] = {}
    for element in root.walk():
        if element.name != "style":
            continue
        sheet = "".join(
            source[child.start : child.end] for child in element.children if isinstance(child, Span)
        )
        if not _SHIFTS.search(sheet):
            continue
        for selectors, body in _RULE.findall(_COMMENT.sub("", sheet).lower()):
            if not _SHIFTS.search(body):
                continue
            declarations = ";".join(
                f"{name}:{value.strip()}"
                for name, value in DECLARATION.findall(body)
                if name in _PROPERTIES
            )
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match and "absolute" not in declarations:
                    styles[match[1]] = declarations
    return styles
