"""The label of a hanging paragraph, which is as wide as the paragraph's negative indent (悬挂缩进).

In: the inline content of a paragraph that begins with an element of the class ``label`` and has a negative indent. Out: the
space after the label that makes the first line begin where the others do. A wider label keeps its width.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

from publisher.typeset.linebreak.character_classes import CharacterClass
from publisher.typeset.linebreak.glue import cluster_metrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.typeset.linebreak.glue import ClusterMetrics
    from publisher.typeset.linebreak.shaping import Cluster

LABEL_CLASS = "label"


def label_range(box: Any, ranges: dict[Any, tuple[int, int]]) -> tuple[int, int] | None:
    """Return the clusters of the label of a hanging paragraph; None if it has none."""
    first = box.children[0] if box.children else None
    if first is None or hanging_indent(box) <= 0 or first.element is box.element:
        return None
    classes = first.element.get("class", "").split() if first.element is not None else ()
    start, end = ranges[first]
    return (start, end) if LABEL_CLASS in classes and start < end else None


def hanging_indent(box: Any) -> float:
    """Return how far to the left of its other lines a paragraph begins, px; negative for an ordinary indent."""
    indent = box.style["text_indent"]
    return -indent.value if getattr(indent, "unit", "") == "px" else 0.0


def label_gap(box: Any, clusters: Sequence[Cluster]) -> float:
    """Return the space after a label, px."""
    return max(0.0, hanging_indent(box) - fsum([cluster.width for cluster in clusters]))


def fixed_metrics(metrics: ClusterMetrics) -> ClusterMetrics:
    """Return the metrics of the last cluster of a label, after which nothing shrinks or stretches."""
    return cluster_metrics(CharacterClass.NON_BREAKING, metrics.em)
