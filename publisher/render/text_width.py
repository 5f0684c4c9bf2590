"""The width of a string, estimated without a font."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def ems(string: str) -> float:
    """Return the width of a string in em: half an em for an ASCII character, one for any other."""
    return fsum(0.5 if character.isascii() else 1.0 for character in string)


def bold_ems(string: str) -> float:
    """Return the width of a string in em in a bold face, whose digits and letters are wider than half an em."""
    return fsum(0.6 if character.isascii() else 1.0 for character in string)


def estimated_width(string: str, families: Sequence[str]) -> float:  # noqa: ARG001 - a font is not looked at
    """Return the width of a string in em in any of the families, for pages that are not typeset."""
    return bold_ems(string)
