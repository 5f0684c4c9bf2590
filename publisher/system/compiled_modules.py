"""Compiled copies of modules, imported in place of their sources if they are copies of these very sources.

The modules are ordinary Python, with types that mypyc translates into C. ``scripts/compile.py`` stores the copies
under a digest of the sources and the Python that they were compiled for. If there are none (no C compiler, an edited
source, another Python) the sources run; they set the same pages in more time.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.system.file_trust import distrust, distrust_status
from publisher.system.locked_cache import locked_cache
from publisher.system.startup_cache import FOLDER

if TYPE_CHECKING:
    from collections.abc import MutableSequence

PACKAGE = Path(__file__).parents[1]
MODULES = (
    "typeset/linebreak/box_copier",
    "typeset/linebreak/break_opportunities",
    "typeset/linebreak/character_classes",
    "typeset/linebreak/document_fonts",
    "typeset/linebreak/glue",
    "typeset/linebreak/glyph_painting",
    "typeset/linebreak/inline_content",
    "typeset/linebreak/justification",
    "typeset/linebreak/latin_gap",
    "typeset/linebreak/line_extents",
    "typeset/linebreak/line_layout",
    "typeset/linebreak/line_slice",
    "typeset/linebreak/mark_contexts",
    "typeset/linebreak/mark_forms",
    "typeset/linebreak/optimum_fit",
    "typeset/linebreak/paragraph",
    "typeset/linebreak/plain_lines",
    "typeset/linebreak/shaping",
    "typeset/linebreak/text_parts",
    "typeset/linebreak/text_space",
    "typeset/linebreak/tokens",
    "typeset/patches/collapsed_borders",
    "typeset/patches/html_tree",
    "typeset/patches/lazy_styles",
    "typeset/patches/page_counters",
    "typeset/patches/pdf_serialization",
    "typeset/patches/percentage_cache",
    "typeset/tagging/plan",
    "typeset/tagging/struct_tree_writer",
    "typeset/tagging/structure_types",
)
"""The compiled modules, in one library, so that they call one another without Python in between."""
LIBRARY = "publisher_composer__mypyc"
"""The module that holds the code of all of them; each compiled module initialises its part of it."""
SUFFIX = EXTENSION_SUFFIXES[0]
"""The end of a compiled module's file name: the Python and the machine that it is for."""


def folder() -> Path:
    """Return the folder of the compiled copies of these sources for this Python, which may not exist."""
    digest = hashlib.sha256()
    for name in MODULES:
        digest.update((PACKAGE / f"{name}.py").read_bytes())
    return FOLDER / f"{digest.hexdigest()[:16]}{SUFFIX}"


def exist() -> bool:
    """Return whether there are compiled copies of these sources."""
    return folder().is_dir()


def install(package: str, search_path: MutableSequence[str]) -> None:
    """Have a package import its compiled modules in place of their sources, if there are any.

    ``search_path`` is the package's ``__path__``, which gets the folder of its compiled modules as its first
    entry; nothing else of the import system is changed.
    """
    compiled = _loaded_folder()
    if compiled is not None:
        below = package.partition(".")[2].split(".")
        search_path.insert(0, str(compiled.joinpath(*below)))


@locked_cache
def _loaded_folder() -> Path | None:
    """Return the folder of the compiled copies, their library loaded; None if there are none to be trusted."""
    compiled = folder()
    if not compiled.is_dir() or _is_distrusted(compiled):
        return None
    spec = spec_from_file_location(LIBRARY, compiled / f"{LIBRARY}{SUFFIX}")
    if spec is None or spec.loader is None:
        return None
    library = sys.modules[LIBRARY] = module_from_spec(spec)
    spec.loader.exec_module(library)
    return compiled


def _is_distrusted(compiled: Path) -> bool:
    """Return whether another account owns or may write the folder or anything in it."""
    try:
        return bool(distrust(compiled)) or any(
            distrust_status(path.stat()) for path in compiled.rglob("*")
        )
    except OSError:
        return True
