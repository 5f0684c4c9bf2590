"""How wide a string is, before any font is asked."""

from __future__ import annotations


def ems(string: str) -> float:
    """Return the width of a string set solid, an ASCII character taking half an em."""
    return sum(0.5 if character.isascii() else 1.0 for character in string)
