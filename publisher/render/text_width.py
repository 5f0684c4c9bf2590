"""The width of a string, estimated without a font."""

from __future__ import annotations


def ems(string: str) -> float:
    """Return the width of a string in em: half an em for an ASCII character, one for any other."""
    return sum(0.5 if character.isascii() else 1.0 for character in string)


def bold_ems(string: str) -> float:
    """Return the width of a string in em in a bold face, whose digits and letters are wider than half an em."""
    return sum(0.6 if character.isascii() else 1.0 for character in string)


def widest_ems(string: str) -> float:
    """Return a width in em that no face in use exceeds: Latin capitals are wider than half an em."""
    return sum(map(_widest, string))


def _widest(character: str) -> float:
    if not character.isascii() or character in "MWmw@%":
        return 1.0
    return 0.8 if character.isupper() else 0.62
