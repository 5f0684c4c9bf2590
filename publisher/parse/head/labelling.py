"""The labels of the first lines of a document, chosen together.

The order of a head is a small grammar: lines above the title, the title, lines below it, the addressees, the text. Each line
may have each label at a cost, the sum of the weights of what the line shows; the labelling of all lines with the lowest sum is
the result. That is how a title over several lines, offices above it, the name of a series above the title of an issue, or a
subtitle of two lines come out without rules of their own.

Input: the features of the lines. Output: one label for each line.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Literal

from publisher.parse.head.segment_costs import NEVER, subtitle_cost, title_cost

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from publisher.model import PartRole
    from publisher.parse.head.line_features import LineFeatures

Label = Literal[
    "copy-number",
    "secrecy",
    "urgency",
    "office-mark",
    "document-number",
    "signer",
    "office",
    "date",
    "speaker",
    "source",
    "web-label",
    "contact",
    "remark",
    "addressee",
    "subtitle",
    "title",
    "page-title",
    "plain",
    "body",
]
"""What a line is. ``page-title`` is the title that a page prints above that of the document; ``plain`` is another line above
the title, such as the name of a column, a picture or an editor's note."""
Zone = Literal["above", "below", "addressee", "body"]

WITHOUT_TITLE = 5.0
"""The cost of a document without a title."""
MOST_TITLE_LINES = 6
MOST_SUBTITLE_LINES = 4
_DECIDED = {"decided-title": 60.0, "decided-subtitle": 60.0, "decided-body": 60.0}
"""What a person decided outweighs everything else."""

WEIGHTS: Mapping[Label, Mapping[str, float]] = {
    "copy-number": {"": 6, "copy-number": -6, "label-copy-number": -7, **_DECIDED},
    "secrecy": {"": 6, "secrecy": -6, "label-secrecy": -6.5, **_DECIDED},
    "urgency": {"": 6, "urgency": -6, "label-urgency": -6.5, **_DECIDED},
    "office-mark": {"": 8, "office-mark": -8, "series-head": -7, "form-head": -2, "sentence": 8, **_DECIDED},
    "document-number": {"": 7, "number": -7, "issue": -6.5, "label-document-number": -7, "sentence": 9, **_DECIDED},
    "signer": {"": 7, "signer": -7, "label-signer": -6.5, **_DECIDED},
    "office": {"": 6, "office": -5, "office-date": -6, "label-office": -5, "press": 6, "numbered": 6, "heading": 6,
               "sentence": 9, "opening": 6, "top-heading": 2, "block": 9, **_DECIDED},
    "date": {"": 7, "date": -7, "month": -6.5, "label-date": -7, "sentence": 9, "labelled": 1, **_DECIDED},
    "speaker": {"": 6, "address": 9, "speaker": -6, "name": -4, "label-speaker": -6, "numbered": 6, "opening": 6, "heading": 6,
                "sentence": 9, **_DECIDED},
    "source": {"": 7, "source-label": -4, "source-value": -8.5, "label-run": -3, "press": -4.5, "sentence": 9, **_DECIDED},
    "web-label": {"": 7, "address": -6, "page-label": -2, "proof": -2.5, "label-run": -4, "label-value": -6.5, "stamp": -5.5, "title-label": -1,
                  "sentence": 6, "path": -5, "furniture": -7, "date": 1, "document-label": 4, **_DECIDED},
    "contact": {"": 7, "label-contact": -4.5, "label-run": -2.5, "sentence": 9, **_DECIDED},
    "remark": {"": 7, "label-remark": -4.5, "label-run": -2.5, "sentence": 9, **_DECIDED},
    "addressee": {"": 7, "addressee": -7, "salutation": -1, "label-addressee": -7, **_DECIDED},
    "plain": {"": 4, "channel": -4, "handling-mark": -4, "mark-of-place": -4.5, "path": -4, "furniture": -4, "object": -3.7, "tiny": -1, "single": -3, "note": -11, "press": -1.5,
              "sentence": 7, "numbered": 7, "heading": 5, "top-heading": 2, "ending": 2, "fact": 3, "contents": 9,
              "contents-entry": 9, "addressee": 9, "date": 2, "number": 3, "dash": 4, "subject": 9, "block": 6, "decided-title": 60, "decided-subtitle": 60},
    "body": {"": 1.5, "sentence": -1.5, "numbered": -1.5, "contents": -1.5, "contents-entry": -1.5, "opening": -1.5,
             "object": -1.5, "heading": -2, "block": -1.5, "subject": -1.5, "colon": -0.5, "strong-ending": 1.5,
             "fact": 3, "top-heading": 3, "date": 2, "month": 2, "number": 3, "speaker": 1.5, "proof": 1, "addressee": 2,
             "press": 2, "dash": 0.5, "single": -1.5, "decided-title": 60, "decided-subtitle": 60, "decided-body": -60},
}  # fmt: skip
"""The cost of a label: a sum of weights, one for each feature of the line; the weight without a name counts always."""

ABOVE: tuple[Label, ...] = (
    "copy-number", "secrecy", "urgency", "office-mark", "document-number", "signer", "office", "date", "source",
    "web-label", "contact", "remark", "addressee", "plain",
)  # fmt: skip
"""The labels of lines above the title."""
BELOW: tuple[Label, ...] = (
    "document-number", "signer", "office", "date", "speaker", "source", "web-label", "contact", "remark", "secrecy",
    "urgency",
)  # fmt: skip
"""The labels of lines below the title, but for a subtitle, which may have several lines."""


_Steps = tuple[tuple[Label, ...], Zone, float]
"""The labels of some lines, the zone of the line below them, and their cost."""
EXPECTED = -0.5
"""The weight of a label that documents of a kind usually have."""


@dataclass(frozen=True, slots=True)
class _Path:
    """The cheapest way to a line: its cost, and the last step on it."""

    cost: float
    start: int = 0
    """The first line of the last step."""
    zone: Zone = "above"
    """The zone of that line."""
    labels: tuple[Label, ...] = ()


def label_lines(
    features: Sequence[LineFeatures], expected: Collection[PartRole] = ()
) -> list[Label]:
    """Return the label of each line: the labelling of the lowest cost that the grammar allows.

    Args:
        features: What the lines show.
        expected: The parts that documents of this kind usually have.

    """
    count = len(features)
    best: list[dict[Zone, _Path]] = [{} for _ in range(count + 1)]
    best[0]["above"] = _Path(0.0)
    for index in range(count):
        for zone, path in tuple(best[index].items()):
            steps = _steps_above if zone == "above" else _steps_below
            for labels, target, added in steps(features, index, zone):
                end, cost = index + len(labels), path.cost + added
                cost += fsum(EXPECTED for label in labels if label in expected)
                known = best[end].get(target)
                if known is None or cost < known.cost:
                    best[end][target] = _Path(cost, index, zone, labels)
    return _labels_of_cheapest(best, count)


def _labels_of_cheapest(best: list[dict[Zone, _Path]], count: int) -> list[Label]:
    """Return the labels of the cheapest path that reaches the end of the lines."""

    def final_cost(zone: Zone) -> float:
        return best[count][zone].cost + (WITHOUT_TITLE if zone == "above" else 0.0)

    zone = min(best[count], key=lambda name: (final_cost(name), name))
    labels: list[Label] = []
    index = count
    while index:
        path = best[index][zone]
        labels[:0] = path.labels
        index, zone = path.start, path.zone
    return labels


def _steps_above(features: Sequence[LineFeatures], index: int, zone: Zone) -> Iterator[_Steps]:
    """Yield what the lines from ``index`` may be if no line before them is the title."""
    line = features[index]
    for label in ABOVE:
        yield (label,), zone, line_cost(line, label)
    if line.has("repeated-below"):
        yield ("page-title",), zone, line_cost(line, "plain") - 5
    for end in range(index + 1, min(index + MOST_TITLE_LINES, len(features)) + 1):
        cost = title_cost(features, index, end)
        if cost >= NEVER:
            break
        title: tuple[Label, ...] = ("title",)
        yield title * (end - index), "below", cost
    yield ("body",), "body", line_cost(line, "body") + WITHOUT_TITLE
    if line.has("addressee"):
        yield ("addressee",), "addressee", line_cost(line, "addressee") + WITHOUT_TITLE


def _steps_below(features: Sequence[LineFeatures], index: int, zone: Zone) -> Iterator[_Steps]:
    """Yield what the lines from ``index`` may be below the title, the addressees or the beginning of the text."""
    line = features[index]
    if zone == "below":
        for label in BELOW:
            yield (label,), "below", line_cost(line, label)
        subtitle: tuple[Label, ...] = ("subtitle",)
        for end in range(index + 1, min(index + MOST_SUBTITLE_LINES, len(features)) + 1):
            yield subtitle * (end - index), "below", subtitle_cost(features, index, end)
        if line.has("label-addressee"):
            yield ("addressee",), "below", line_cost(line, "addressee")
        yield ("addressee",), "addressee", line_cost(line, "addressee")
    yield ("body",), "body", line_cost(line, "body")


def line_cost(line: LineFeatures, label: Label) -> float:
    """Return what it costs to take a line for something, by its features alone."""
    weights = WEIGHTS[label]
    return weights[""] + fsum(weights.get(name, 0.0) for name in line.names)
