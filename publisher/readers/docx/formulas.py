"""Formulas of a Word file (ECMA-376, 22.1): the operators that show their structure on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.readers.docx.package import Element

_OPERATORS = {
    "m:den": ("/", ""),
    "m:sup": ("^", ""),
    "m:sub": ("_", ""),
    "m:rad": ("√", ""),
    "m:d": ("(", ")"),
}
"""What is written before and after each element."""
_OPERANDS = ("m:num", "m:den", "m:sup", "m:sub")
"""Elements that need brackets unless they are one word or number."""


def operators_around(element: Element) -> tuple[str, str]:
    """Return what is written before and after a part of a formula on one line.

    The fraction of ``a+b`` and ``2``, for example, is written as ``(a+b)/2``.
    """
    before, after = _OPERATORS.get(element.name, ("", ""))
    if element.name in _OPERANDS:
        texts = [child.text for child in element.walk() if child.name == "m:t"]
        if not all(map(str.isalnum, texts)):
            return f"{before}(", f"){after}"
    if element.name == "m:nary":
        operator = next((child for child in element.walk() if child.name == "m:chr"), None)
        return operator.attributes.get("m:val", "") if operator else "∫", ""
    return before, after
