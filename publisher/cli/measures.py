"""Numbers that are written with or without their unit: the types of arguments of the command line.

Input: the word of an argument. Output: the number; ``ValueError`` if there is none or its unit is another.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?P<number>[-+]?[\d.]+)(?P<unit>[^\d.]*)")
_UNITS = {
    "mm": ("", "mm", "毫米", "公厘"),
    "%": ("", "%", "％"),
    "ppi": ("", "ppi", "dpi"),
}


def millimetres(text: str) -> float:
    """Return a length in millimetres.

    Example:
        >>> millimetres("3"), millimetres("3mm"), millimetres("0.1 毫米")
        (3.0, 3.0, 0.1)

    """
    return _number(text, "mm")


def percentage(text: str) -> float:
    """Return a number of per cent.

    Example:
        >>> percentage("300%")
        300.0

    """
    return _number(text, "%")


def resolution(text: str) -> float:
    """Return a number of pixels per inch.

    Example:
        >>> resolution("300dpi")
        300.0

    """
    return _number(text, "ppi")


def _number(text: str, unit: str) -> float:
    match = _NUMBER.fullmatch(text.strip())
    if not match or match["unit"].strip().lower() not in _UNITS[unit]:
        raise ValueError(text)
    return float(match["number"])
