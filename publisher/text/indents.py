"""The width of the white space before a text, by which tables and lists show levels."""

from __future__ import annotations

from math import fsum

_WIDTHS = {
    " ": 0.5,
    "\u00a0": 0.5,
    "\t": 2.0,
    "\u2000": 0.5,
    "\u2001": 1.0,
    "\u2002": 0.5,
    "\u2003": 1.0,
    "\u2004": 1 / 3,
    "\u2005": 0.25,
    "\u2006": 1 / 6,
    "\u2007": 0.5,
    "\u2008": 0.25,
    "\u2009": 0.2,
    "\u200a": 0.1,
    "\u202f": 0.25,
    "\u3000": 1.0,
}
"""Em, as Chinese fonts set them; a space is half a character."""


def leading_width(string: str) -> float:
    """Return the width of the white space at the start of a string in em.

    Example:
        >>> leading_width("\u3000\u3000增值税")
        2.0

    """
    space = string[: len(string) - len(string.lstrip())]
    return fsum(_WIDTHS.get(character, 0.0) for character in space)


def start_of_space(string: str, end: int) -> int:
    """Return where the white space begins that ends at an index; a tab or a line end is none of it."""
    start = end
    while start and string[start - 1] in _WIDTHS and string[start - 1] != "\t":
        start -= 1
    return start
