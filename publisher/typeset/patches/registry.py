"""The patches that make the engine fast, and the engine's hooks, which every document needs."""

from __future__ import annotations

from publisher.system.locked_cache import locked_cache
from publisher.typeset import document_hooks
from publisher.typeset.patches import (
    border_conflicts,
    collapsed_borders,
    font_subsetting,
    html_tree,
    lazy_styles,
    named_elements,
    page_counters,
    pdf_serialization,
    percentage_cache,
    regex_cache,
    style_sharing,
)
from publisher.typeset.patches.patching import Patch, PatchSet

PATCHES: tuple[Patch, ...] = (
    html_tree.PATCH,
    regex_cache.PATCH,
    named_elements.PATCH,
    style_sharing.PATCH,
    lazy_styles.PATCH,
    border_conflicts.PATCH,
    percentage_cache.PATCH,
    page_counters.PATCH,
    collapsed_borders.PATCH,
    font_subsetting.PATCH,
    pdf_serialization.PATCH,
)
"""In the order in which a document meets them."""
PATCH_NAMES = frozenset(patch.name for patch in PATCHES)


@locked_cache
def patch_set() -> PatchSet:
    """Return the patches of the private copy of WeasyPrint, with the hooks applied for good."""
    document_hooks.apply()
    return PatchSet(PATCHES)
