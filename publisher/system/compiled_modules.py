"""Compiled copies of the composer's modules, used where they are copies of these very sources.

The modules are ordinary Python, with types that mypyc translates into C as they stand. ``scripts/compile.py``
keeps the copies under a digest of the sources and the Python that they were made for. Where there are none (no
compiler, an edited source, another Python) the sources run, and set the same pages in more time.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.system.startup_cache import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.machinery import ModuleSpec

PACKAGE = Path(__file__).parents[1]
MODULES = (
    "typeset/linebreak/break_opportunities",
    "typeset/linebreak/character_classes",
    "typeset/linebreak/glue",
    "typeset/linebreak/glyph_painting",
    "typeset/linebreak/justification",
    "typeset/linebreak/line_extents",
    "typeset/linebreak/line_layout",
    "typeset/linebreak/line_slice",
    "typeset/linebreak/optimum_fit",
    "typeset/linebreak/paragraph",
    "typeset/linebreak/plain_lines",
    "typeset/linebreak/shaping",
    "typeset/patches/anchors",
    "typeset/patches/backgrounds",
    "typeset/patches/collapsed_borders",
    "typeset/patches/html_tree",
    "typeset/patches/lazy_styles",
    "typeset/patches/margin_boxes",
    "typeset/patches/page_counters",
    "typeset/patches/pdf_serialization",
    "typeset/patches/percentage_cache",
    "typeset/patches/stacking",
    "typeset/patches/table_cell_cache",
    "typeset/tagging/plan",
    "typeset/tagging/struct_tree_writer",
)
"""What is compiled, all of it together, so that the modules call one another without Python between."""
LIBRARY = "publisher_composer__mypyc"
"""The module that holds what all of them are; each copy is a door into it."""
KEPT = FOLDER
SUFFIX = EXTENSION_SUFFIXES[0]
"""Of a copy's name: the Python and the machine that it is for."""


def folder() -> Path:
    """Return where the copies of these sources for this Python are kept, or would be."""
    digest = hashlib.sha256()
    for name in MODULES:
        digest.update((PACKAGE / f"{name}.py").read_bytes())
    return KEPT / f"{digest.hexdigest()[:16]}{SUFFIX}"


def are_there() -> bool:
    """Tell whether there are copies of these sources."""
    return folder().is_dir()


def use_copies() -> None:
    """Have the copies imported in place of their sources, if there are any."""
    place = folder()
    if not place.is_dir():
        return
    copies = {LIBRARY: place / f"{LIBRARY}{SUFFIX}"}
    copies |= {f"publisher.{name.replace('/', '.')}": place / f"{name}{SUFFIX}" for name in MODULES}
    sys.meta_path.insert(0, _Copies(copies))


class _Copies(MetaPathFinder):
    """Finds the modules that there are copies of."""

    def __init__(self, copies: Mapping[str, Path]) -> None:
        """Find these, by the names of the modules."""
        self._copies = copies

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """Return where a module is to be loaded from; None for what has no copy."""
        copy = self._copies.get(fullname)
        return spec_from_file_location(fullname, copy) if copy else None
