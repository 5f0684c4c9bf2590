"""The regular expressions of tinyhtml5's tokenizer, compiled once.

tinyhtml5 2.1 stores each pattern in ``characters_until_regex`` under a key by which it is never found again, and
compiles it for each run of characters. The dictionary here compiles a missing pattern itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.typeset.patches.patching import Patch, Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def _replacements() -> Iterator[Replacement]:
    from publisher._tinyhtml5 import inputstream

    yield Replacement(inputstream, "characters_until_regex", _Patterns())


class _Patterns(dict[tuple["Iterable[str]", bool], "re.Pattern[str]"]):
    """Patterns of a run up to certain characters, or of nothing but them."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, opposite = key
        codes = "".join(f"\\x{ord(character):02x}" for character in characters)
        pattern = self[key] = re.compile(f"[{'' if opposite else '^'}{codes}]+")
        return pattern


PATCH = Patch(
    name="regex_cache",
    targets=("tinyhtml5.inputstream.characters_until_regex",),
    reason="The patterns of the HTML tokenizer are compiled once instead of once for each run of characters.",
    replacements=_replacements,
)
