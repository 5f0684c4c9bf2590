"""The indent of a paragraph's first line (ECMA-376, 17.3.1.12) and its alignment, in the paragraph or in its style."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.readers.docx.package import Element

_LEFT = (("w:leftChars", "w:startChars"), ("w:left", "w:start"))
_FIRST_LINE = (("w:firstLineChars",), ("w:firstLine",))
_HANGING = (("w:hangingChars",), ("w:hanging",))
"""For each part of the indent the attributes in hundredths of a character, which override those in twips."""
_PER_EM = (100.0, 210.0)
"""Hundredths of a character; twips of the usual 10.5 points."""
_MAX_DIGITS = 6


def first_line_indent(properties: Iterable[Element]) -> float:
    """Return the indent of a first line in em.

    Args:
        properties: The properties ``w:pPr`` of the paragraph and of its styles, the paragraph's first.
    """
    attributes: dict[str, str] = {}
    for element in properties:
        indent = element.child("w:ind")
        attributes = {**(indent.attributes if indent else {}), **attributes}
    left, first, hanging = (_length(attributes, names) for names in (_LEFT, _FIRST_LINE, _HANGING))
    return left + first - hanging


def paragraph_alignment(properties: Iterable[Element]) -> str:
    """Return how the lines of a paragraph are aligned (17.3.1.13); empty if nothing says so.

    Args:
        properties: As in ``first_line_indent``.
    """
    values = (element.value("w:jc") for element in properties)
    return next(filter(None, values), "")


def _length(attributes: dict[str, str], names: tuple[tuple[str, ...], ...]) -> float:
    for group, per_em in zip(names, _PER_EM, strict=True):
        for name in group:
            value = attributes.get(name, "0")
            if len(value) <= _MAX_DIGITS and value.lstrip("-").isdecimal() and int(value):
                return int(value) / per_em
    return 0.0
