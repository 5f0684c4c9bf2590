"""Reading a paragraph: from the boxes inside a line box to clusters, and to what the breaker needs of them.

In: a line box that holds a whole paragraph. Out: its ``InlineContent``, or the reason why the paragraph cannot be
broken here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.text.unicode_data import bidirectional
from publisher.typeset.linebreak.break_opportunities import FORBIDDEN, penalties
from publisher.typeset.linebreak.character_classes import CharacterClass
from publisher.typeset.linebreak.formula_setting import set_formula
from publisher.typeset.linebreak.glue import cluster_metrics
from publisher.typeset.linebreak.hanging_label import fixed_metrics, label_gap, label_range
from publisher.typeset.linebreak.hyphenation import hyphenate
from publisher.typeset.linebreak.inline_content import InlineContent, Segment, TextItem
from publisher.typeset.linebreak.justification import ParagraphItems
from publisher.typeset.linebreak.line_extents import measure_line_extents
from publisher.typeset.linebreak.mark_contexts import latin_marks
from publisher.typeset.linebreak.optimum_fit import OptimumFitBreaker
from publisher.typeset.linebreak.ruby import set_reading
from publisher.typeset.linebreak.shaping import Cluster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.typeset.linebreak.shaping import Shaper

MIN_LEADER = 1.5
"""The room kept for the dots between an entry and its page number, in em."""
FORCED_BREAK = Cluster("\n", 0.0, (), cluster_metrics(CharacterClass.ZERO_WIDTH_SPACE, 0.0))
"""The cluster of a forced line break."""
NO_WRAP = ("nowrap", "pre")
"""Values of ``white-space`` with which lines end only at forced breaks."""
READING_TAG, EMPHASIS_CLASS = "rt", "emphasis-dots"
"""The element of a reading, and the class of an element whose characters have emphasis dots."""
MAX_ATTACHED = 12
"""Clusters of the longest raised or lowered text in which no line ends."""
_PRESERVES_SPACES = ("pre", "pre-wrap")
_NEGATIVE = re.compile(r"-[0-9][0-9,. ]*[%‰]?")
"""A negative figure with a hyphen for the sign."""


def read_inline_content(box: Any, shaper: Shaper, room: float = inf) -> InlineContent | None:
    """Return the content of a paragraph, with formulas wider than ``room`` reduced; None if it has no visible text."""
    from publisher._weasyprint.formatting_structure import boxes

    texts = [child.text for child in box.descendants() if isinstance(child, boxes.TextBox)]
    content = InlineContent(
        room=room,
        latin_marks=latin_marks("".join(texts)),
        in_cell=box.element_tag in ("td", "th"),
    )
    forced_breaks: list[int] = []
    _add_children(content, box, (), forced_breaks, shaper, boxes)
    if not any(cluster.text.strip() for cluster in content.clusters):
        return None
    content.extents = measure_line_extents(box)
    if label := label_range(box, content.cluster_ranges):
        content.label_end = label[1]
        content.item_at(label[1] - 1).gap_after = label_gap(box, content.clusters[slice(*label)])
    content.right_to_left = _is_right_to_left(content.clusters)
    start = 0
    for end in (*forced_breaks, len(content.clusters)):
        content.segments.append(_make_segment(content, start, end))
        start = end + 1
    return content


def _is_right_to_left(clusters: Sequence[Cluster]) -> bool:
    """Return whether a paragraph has right-to-left letters and no others."""
    if not any(cluster.level for cluster in clusters):
        return False
    return not any(
        bidirectional(character) == "L"
        for cluster in clusters
        if not cluster.level
        for character in cluster.text
    )


def unsupported_reason(box: Any) -> str:
    """Return why a paragraph has to be left to WeasyPrint; empty if it can be broken here."""
    from publisher._weasyprint.formatting_structure import boxes

    reasons = (
        _unsupported_box(descendant, boxes)
        for child in box.children
        for descendant in child.descendants()
    )
    reason = next(filter(None, reasons), "")
    return "its direction is right to left" if box.style["direction"] != "ltr" else reason


def _unsupported_box(box: Any, boxes: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return _unsupported_text(box)
    if not isinstance(box, boxes.InlineBox) or not box.is_in_normal_flow():
        return translatable("it contains a {box}", box=type(box).__name__)
    sides = ("left", "right")
    lengths = [box.style[f"{edge}_{side}"] for edge in ("margin", "padding") for side in sides]
    lengths += [box.style[f"border_{side}_width"] for side in sides]
    has_edges = any(length not in (0, "auto") and getattr(length, "value", 1) for length in lengths)
    return "an element inside has a margin, a border or padding at its sides" if has_edges else ""


def _unsupported_text(box: Any) -> str:
    style = box.style
    if style["letter_spacing"] != "normal" or style["word_spacing"]:
        return "it has letter spacing or word spacing"
    if "\t" in box.text:
        return "it contains tabs"
    return "" if style["font_size"] else "its font size is 0"


def _add_children(
    content: InlineContent,
    parent: Any,
    path: tuple[int, ...],
    forced_breaks: list[int],
    shaper: Shaper,
    boxes: Any,
) -> None:
    content.parents.append((parent, parent.children))
    for index, child in enumerate(parent.children):
        start = len(content.clusters)
        if isinstance(child, boxes.TextBox):
            _add_text(content, child, (*path, index), forced_breaks, shaper)
        else:
            if child.is_leader and content.leader is None:
                content.leader = start
            _add_children(content, child, (*path, index), forced_breaks, shaper, boxes)
            if child.element_tag == READING_TAG and index:
                _set_reading(content, content.cluster_ranges[parent.children[index - 1]], start)
            elif child.style["vertical_align"] != "baseline":
                _attach(content, start, len(content.clusters))
            if child.element.get("class") == EMPHASIS_CLASS:
                for item in content.items_between(start, len(content.clusters)):
                    item.emphasised = True
        content.cluster_ranges[child] = (start, len(content.clusters))


def _set_reading(content: InlineContent, base: tuple[int, int], start: int) -> None:
    """Make the clusters from ``start`` on, the last text of the content, a reading above the clusters of its base."""
    clusters, item = content.clusters, content.text_items[-1]
    if base[0] == base[1] or start == len(clusters) or item.start != start:
        return
    clusters[base[0] : base[1]], reading = set_reading(
        clusters[base[0] : base[1]], clusters[start:]
    )
    clusters[start:] = [reading]
    item.offsets = [0, len(item.box.text)]
    content.readings.add(start)
    content.attached.update(range(base[0] + 1, base[1]))


def _attach(content: InlineContent, start: int, end: int) -> None:
    """Keep raised or lowered text with the character before it, and together if it is short."""
    content.attached.update(range(start, end if end - start <= MAX_ATTACHED else start + 1))


def _add_text(
    content: InlineContent,
    box: Any,
    path: tuple[int, ...],
    forced_breaks: list[int],
    shaper: Shaper,
) -> None:
    start = len(content.clusters)
    if hasattr(box, "formula"):
        cluster = set_formula(box, shaper, content.room)
        content.clusters.append(cluster)
        content.formula_width = max(content.formula_width, cluster.width)
    else:
        begin = content.text_length
        for number, text in enumerate(box.text.split("\n")):
            if number:
                forced_breaks.append(len(content.clusters))
                content.clusters.append(FORCED_BREAK)
            latin = [mark - begin for mark in content.latin_marks if 0 <= mark - begin < len(text)]
            if box.style["white_space"] in _PRESERVES_SPACES:
                content.clusters += map(_preformatted, shaper.shape(text, box.style, latin))
            elif content.in_cell and _NEGATIVE.fullmatch(text):
                content.clusters += _shape_negative(text, box.style, shaper)
            else:
                content.clusters += shaper.shape(text, box.style, latin)
            begin += len(text) + 1
    content.text_length += len(box.text)
    lengths = [len(cluster.text) for cluster in content.clusters[start:]]
    if len(lengths) == lengths.count(1):
        offsets: Sequence[int] = range(len(lengths) + 1)
    else:
        offsets = list(accumulate(lengths, initial=0))
    item = TextItem(box, path, start, offsets)
    content.text_items.append(item)
    content.item_by_box[box] = item


def _shape_negative(text: str, style: Any, shaper: Shaper) -> list[Cluster]:
    """Return the clusters of a negative figure, whose hyphen is painted as a minus sign and remains a hyphen as text."""
    minus, *digits = shaper.shape(text.replace("-", "−"), style)
    if minus.text != "−" or len(minus.glyphs) != 1:
        return shaper.shape(text, style)
    glyphs = (replace(minus.glyphs[0], text="-"),)
    return [replace(minus, text="-", glyphs=glyphs), *digits]


def _make_segment(content: InlineContent, start: int, end: int) -> Segment:
    """Return a segment, without the spaces at its beginning; preserved ones are letters."""
    while start < end and content.clusters[start].metrics.character_class is CharacterClass.SPACE:
        start += 1
    clusters = content.clusters[start:end]
    metrics = [cluster.metrics for cluster in clusters]
    penalty_before, hyphen_widths = _segment_penalties(content, start, clusters), dict[int, float]()
    for item in content.items_between(start, end):
        part = slice(max(start, item.start) - start, min(end, item.end) - start)
        style = item.box.style
        if style["white_space"] in NO_WRAP:
            inner = max(0, part.stop - part.start - 1)
            penalty_before[part.start + 1 : part.stop] = [FORBIDDEN] * inner
        if style["hyphens"] == "auto" and style["lang"]:
            hyphenate(clusters, part, style["lang"], penalty_before, hyphen_widths)
    if content.leader is not None and start + 1 < content.leader < end:
        penalty_before[content.leader - start - 1] = FORBIDDEN  # no single character before dots
    widths = [cluster.width for cluster in clusters]
    if content.leader is not None and start <= content.leader < end:
        widths[content.leader - start] += MIN_LEADER * clusters[0].metrics.em
    if start < content.label_end < end:
        last = content.label_end - 1
        widths[last - start] += content.item_at(last).gap_after
        metrics[last - start] = fixed_metrics(metrics[last - start])
        penalty_before[content.label_end - start] = FORBIDDEN
    items = ParagraphItems(
        widths=widths,
        metrics=metrics,
        penalties=penalty_before,
        hyphen_widths=hyphen_widths,
    )
    return Segment(start, len(clusters), OptimumFitBreaker(items))


def _preformatted(cluster: Cluster) -> Cluster:
    """Return a cluster of preformatted text: no space beside it is added, removed, stretched or reduced."""
    return replace(cluster, metrics=cluster_metrics(CharacterClass.LETTER, cluster.metrics.em))


def _segment_penalties(
    content: InlineContent, start: int, clusters: Sequence[Cluster]
) -> list[float]:
    """Return the penalty of a line end before each cluster; readings are not part of the text that is broken."""
    if not (content.readings or content.attached):
        return _cluster_penalties(clusters, in_cell=content.in_cell)
    positions = [index for index in range(len(clusters)) if start + index not in content.readings]
    penalty_before = [FORBIDDEN] * len(clusters)
    for index, penalty in zip(
        positions,
        _cluster_penalties([clusters[index] for index in positions], in_cell=content.in_cell),
        strict=True,
    ):
        penalty_before[index] = FORBIDDEN if start + index in content.attached else penalty
    return penalty_before


def _cluster_penalties(clusters: Sequence[Cluster], *, in_cell: bool) -> list[float]:
    """Return the penalty of a line end before each cluster."""
    texts = [cluster.text for cluster in clusters]
    by_character = penalties("".join(texts), in_cell=in_cell)
    if len(by_character) == len(texts) and all(texts):
        return by_character
    offsets = accumulate([len(text) for text in texts[:-1]], initial=0)
    return [
        by_character[offset] if offset < len(by_character) else FORBIDDEN
        for offset, _ in zip(offsets, texts, strict=False)
    ]
