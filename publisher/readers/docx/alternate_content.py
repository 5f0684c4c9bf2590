"""Markup alternatives of a Word file (ECMA-376, part 3, 7.6): the children that this reader processes.

``mc:AlternateContent`` offers the same content in several forms. Only one of them is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.docx.package import Element

_UNDERSTOOD_NAMESPACES = frozenset(
    ("w", "w14", "w15", "wp", "wp14", "wps", "wpg", "wpc", "a", "pic", "v", "m")
)
"""The namespaces that a choice may require and still be read here."""


def effective_children(element: Element) -> list[Element]:
    """Return the children of an element; of ``mc:AlternateContent`` only the selected one.

    The first choice whose required namespaces are all understood is selected, otherwise the
    fallback; if there is none, or one without content, the first choice, so that no text is lost.
    """
    if element.name != "mc:AlternateContent":
        return element.children
    for child in element.children:
        required = child.attributes.get("Requires", "?").split()
        if (child.name == "mc:Fallback" and child.has_content) or (
            child.name == "mc:Choice" and _UNDERSTOOD_NAMESPACES.issuperset(required)
        ):
            return [child]
    return element.children[:1]


def walk_outside_text_boxes(*roots: Element) -> Iterator[Element]:
    """Yield the elements below ``roots`` in document order, without the content of text boxes.

    The element of a text box itself is yielded.
    """
    stack = list(reversed(roots))
    while stack:
        element = stack.pop()
        yield element
        if element.name != "w:txbxContent":
            stack.extend(reversed(effective_children(element)))
