"""What makes the engine fast: each extension is a few seams of WeasyPrint, new for every document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from publisher.typeset.extensions.anchors import anchored_boxes
from publisher.typeset.extensions.backgrounds import seen_backgrounds
from publisher.typeset.extensions.borders import plain_borders
from publisher.typeset.extensions.cascade import known_rules
from publisher.typeset.extensions.lengths import known_lengths
from publisher.typeset.extensions.margins import filled_margins
from publisher.typeset.extensions.parsing import compiled_patterns
from publisher.typeset.extensions.questions import answered_at_once
from publisher.typeset.extensions.stacking import painted_in_place
from publisher.typeset.extensions.streams import written_once
from publisher.typeset.extensions.styles import lazy_styles
from publisher.typeset.extensions.subsets import compact_subsets
from publisher.typeset.extensions.tables import known_cells
from publisher.typeset.extensions.targets import known_targets
from publisher.typeset.extensions.trees import quick_trees
from publisher.typeset.seams import Seam

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
