"""Formulas in a paragraph: each is one cluster, with the size of its drawing.

In: a text box with a drawing, and the room for it. Out: the cluster for line breaking, and what is painted for it. A
formula that is wider than its line is reduced. A line that is higher because of a formula takes a whole number of lines,
so that the lines after it are on the grid again.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.character_classes import CharacterClass
from publisher.typeset.linebreak.glue import cluster_metrics
from publisher.typeset.linebreak.shaping import Cluster

if TYPE_CHECKING:
    from publisher.typeset.formulas.drawing import DrawnCharacter, FormulaDrawing
    from publisher.typeset.linebreak.shaping import Shaper

_TOLERANCE = 0.02
"""Lines that a high formula may exceed a whole number of lines by."""
_INTRUSION = 0.25
"""The share of the leading between two lines that a formula may intrude into."""


@dataclass(frozen=True, slots=True, eq=False)
class FormulaSetting:
    """A drawing at its size, and the glyphs of the formula's text; lengths in px."""

    drawing: FormulaDrawing
    em: float
    """The size of the drawing."""
    parts: tuple[tuple[Cluster, DrawnCharacter | None], ...]
    """The clusters of the text on one line; those with a character are visible, in its position."""

    @property
    def width(self) -> float:
        """The width of the drawing."""
        return self.drawing.width * self.em

    def extents(self, line_height: float, baseline: float) -> tuple[float, float]:
        """Return the distances from the baseline to the top and the bottom of its line.

        Args:
            line_height: The height of a line of its style.
            baseline: The distance from the top of such a line to its baseline.

        """
        height, depth = self.drawing.height * self.em, self.drawing.depth * self.em
        intrusion = max(0.0, line_height - self.em) * _INTRUSION
        if height <= baseline + intrusion and depth <= line_height - baseline + intrusion:
            return baseline, line_height - baseline
        above, below = max(baseline, height), max(line_height - baseline, depth)
        lines = ceil((above + below) / line_height - _TOLERANCE)
        rest = lines * line_height - above - below
        return above + rest / 2, below + rest / 2


def set_formula(box: Any, shaper: Shaper, max_width: float) -> Cluster:
    """Return the cluster of a formula, and store its setting in its text box."""
    drawing: FormulaDrawing = box.formula
    size = float(box.style["font_size"])
    em = min(size, max_width / drawing.width) if drawing.width else size
    unused = list(drawing.characters)
    parts: list[tuple[Cluster, DrawnCharacter | None]] = []
    for cluster in shaper.shape(box.text, box.style):
        drawn = next((drawn for drawn in unused if drawn.character == cluster.text), None)
        if drawn is not None:
            unused.remove(drawn)
        parts.append((cluster, drawn))
    box.formula_setting = FormulaSetting(drawing, em, tuple(parts))
    return Cluster(
        text=box.text,
        width=drawing.width * em,
        glyphs=tuple(glyph for cluster, _ in parts for glyph in cluster.glyphs),
        metrics=cluster_metrics(CharacterClass.DIGIT, size),
    )
