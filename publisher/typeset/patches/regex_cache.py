"""HTML read with patterns that are compiled once.

The seam is ``tinyhtml5.inputstream.characters_until_regex``: the patterns that end a run of characters,
kept under a key by which they are never found again (tinyhtml5 2.1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def compiled_patterns() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from tinyhtml5 import inputstream

    yield Seam(inputstream, "characters_until_regex", _Patterns())


class _Patterns(dict[tuple["Iterable[str]", bool], "re.Pattern[str]"]):
    """The pattern of a run up to certain characters, or of nothing but them."""

    def __missing__(self, wanted: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, opposite = wanted
        inside = "".join(f"\\x{ord(one):02x}" for one in characters)
        pattern = self[wanted] = re.compile(f"[{'' if opposite else '^'}{inside}]+")
        return pattern
