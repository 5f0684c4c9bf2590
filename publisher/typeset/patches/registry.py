"""What makes the engine fast: each extension is a few seams of WeasyPrint, new for every document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from publisher.typeset.patches.anchors import anchored_boxes
from publisher.typeset.patches.backgrounds import seen_backgrounds
from publisher.typeset.patches.box_queries import answered_at_once
from publisher.typeset.patches.collapsed_borders import plain_borders
from publisher.typeset.patches.font_subsetting import compact_subsets
from publisher.typeset.patches.html_tree import quick_trees
from publisher.typeset.patches.lazy_styles import lazy_styles
from publisher.typeset.patches.margin_boxes import filled_margins
from publisher.typeset.patches.page_counters import known_targets
from publisher.typeset.patches.patching import Seam
from publisher.typeset.patches.pdf_serialization import written_once
from publisher.typeset.patches.percentage_cache import known_lengths
from publisher.typeset.patches.regex_cache import compiled_patterns
from publisher.typeset.patches.stacking import painted_in_place
from publisher.typeset.patches.style_sharing import known_rules
from publisher.typeset.patches.table_cell_cache import known_cells

Extension = Callable[[], Iterable[Seam]]
"""Yields the seams for one document."""

EXTENSIONS: tuple[Extension, ...] = (
    quick_trees,
    compiled_patterns,
    known_rules,
    lazy_styles,
    known_lengths,
    answered_at_once,
    known_targets,
    known_cells,
    filled_margins,
    seen_backgrounds,
    anchored_boxes,
    painted_in_place,
    plain_borders,
    compact_subsets,
    written_once,
)
