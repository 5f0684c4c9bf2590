"""Properties of characters, from one version of Unicode whatever the version of Python.

Python 3.11 knows Unicode 14, in which the ideographs of GB 18030-2022 that came later are not assigned, and Python 3.13 another
version; so the same report would have other pages. The data here are those of the package unicodedata2 (Unicode 18).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import unicodedata2

if TYPE_CHECKING:
    from collections.abc import Callable

bidirectional: Callable[[str], str] = unicodedata2.bidirectional
"""Return the bidirectional class of a character, such as ``AL``; empty for one that is not assigned."""
category: Callable[[str], str] = unicodedata2.category
"""Return the general category of a character, such as ``Lo``."""
combining: Callable[[str], int] = unicodedata2.combining
"""Return the canonical combining class of a character; 0 for most."""
east_asian_width: Callable[[str], str] = unicodedata2.east_asian_width
"""Return the width of a character in East Asian text, such as ``W`` (UAX #11)."""
normalize: Callable[[Literal["NFC", "NFD", "NFKC", "NFKD"], str], str] = unicodedata2.normalize
"""Return a text in a normal form (UAX #15)."""


def character_name(character: str) -> str:
    """Return the name of a character in small letters; its code, such as ``u+e000``, for one without a name."""
    name: str = unicodedata2.name(character, "")
    return name.lower() or f"u+{ord(character):04x}"


def is_visible(character: str) -> bool:
    """Return whether a character is assigned, and no separator or control character.

    Example:
        >>> is_visible("乡"), is_visible(chr(0x2EBF0)), is_visible(chr(0x200B))
        (True, True, False)

    """
    return category(character)[0] not in "CZ"
