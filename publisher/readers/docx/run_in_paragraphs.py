"""Paragraphs of a Word file that share a line with the next one: run-in headings and drop caps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.readers.docx.package import Element


def continues_on_the_line(properties: Element | None) -> bool:
    """Return whether Word sets the next paragraph on the same line: after a style separator or a drop cap (17.3.1.11)."""
    mark = properties.child("w:rPr") if properties else None
    frame = properties.child("w:framePr") if properties else None
    is_drop_cap = bool(frame and frame.attributes.get("w:dropCap", "none") != "none")
    return is_drop_cap or bool(mark and mark.flag("w:specVanish"))
