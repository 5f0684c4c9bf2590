"""What the lines of a head show only together: the value below a label, a repetition, the name of a series above its number.

Input: the features of single lines. Output: the same list with further features, which ``labelling`` weighs like the others.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.reference.head_labels import TITLE_LABELS
from publisher.reference.web_labels import COUNT_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.parse.head.line_features import LineFeatures

SHORTEST_TITLE_LINE = 6
"""Characters of the shortest line of a title that the page names, which is no value of the label above it."""
LONGEST_VALUE = 40
"""Characters of the longest value on the line below its label."""


def mark_relations(features: list[LineFeatures]) -> None:
    """Add to the lines the features that their neighbours give them."""
    _mark_label_runs(features)
    _mark_repetitions(features)
    _mark_questions(features)
    for index, following in enumerate(features[1:]):
        is_decree = features[index].plain.endswith("令") and following.has("numbered-part")
        if is_decree:
            features[index + 1] = _with(following, "issue")
        if features[index].has("series") and (is_decree or following.has("issue")):
            features[index] = _with(features[index], "series-head")
    _mark_mastheads(features)
    _raise_title_of_issue(features)


def _mark_label_runs(features: list[LineFeatures]) -> None:
    """Mark the lines of each run of labels that has a proof, and the value below a label that has none beside it."""
    for index, line in enumerate(features[:-1]):
        following = features[index + 1]
        if line.has("label-alone") and line.has("proof", "page-label", "document-label"):
            is_value = not following.has(
                "labelled", "sentence", "numbered", "addressee", "form-head", "series"
            )
            if is_value and _may_be_value(line.label, following, features[index + 2 : index + 3]):
                features[index + 1] = _with(following, "label-value")
                if line.has("source-label"):
                    features[index + 1] = _with(features[index + 1], "source-value")
    start = 0
    while start < len(features):
        end = start
        while end < len(features) and features[end].has("labelled", "label-value", "furniture"):
            end += 1
        if any(line.has("proof") for line in features[start:end]):
            for index in range(start, end):
                features[index] = _with(features[index], "label-run")
        start = max(end, start + 1)


def _may_be_value(label: str, line: LineFeatures, below: Sequence[LineFeatures]) -> bool:
    """Return whether a line below a label alone can be its value; a count is one only in figures."""
    if len(line.plain) > LONGEST_VALUE or line.has("strong-ending"):
        return False
    if label in COUNT_LABELS:
        return line.plain.isdecimal()
    is_named = bool(line.facts) and len(line.plain) >= SHORTEST_TITLE_LINE
    if label not in TITLE_LABELS and (is_named or "关于" in line.plain):
        return False
    begins_title = line.has("office", "town") and any(other.has("about") for other in below)
    return not begins_title


def _mark_repetitions(features: list[LineFeatures]) -> None:
    """Mark a line that repeats a part of one above it, and the one above it: the title of the page and of the document."""
    seen: list[tuple[int, str]] = []
    for index, line in enumerate(features):
        is_candidate = len(line.plain) >= 4 and not line.has(
            "labelled", "date", "number", "office", "sentence", "label-value", "numbered"
        )
        if not is_candidate:
            continue
        for above, plain in seen:
            shorter, longer = sorted((plain, line.plain), key=len)
            if above < index - 1 and shorter in longer and len(shorter) * 3 >= len(longer):
                features[above] = _with(features[above], "repeated-below")
                features[index] = _with(line, "repeats")
        seen.append((index, line.plain))


def _mark_questions(features: list[LineFeatures]) -> None:
    """Take a question above its answer for text like a numbered line, if a line above it may be the title."""
    for index, (line, following) in enumerate(pairwise(features)):
        above = features[index - 1] if index else None
        has_title = above and not above.has(
            "labelled",
            "label-value",
            "date",
            "number",
            "issue",
            "path",
            "channel",
            "furniture",
            "object",
            "office",
        )
        if has_title and line.has("asks") and following.has("answers"):
            features[index] = _with(line, "numbered")


def _mark_mastheads(features: list[LineFeatures]) -> None:
    """Mark the name of a series above a document number, and its office, if a title of its own stands below them.

    A masthead may have two lines: 某市人民政府, 专题会议纪要, 〔2022〕14号, and below them the title of the document.
    """
    for index, line in enumerate(features[:-1]):
        if not (line.has("series") and features[index + 1].has("number")):
            continue
        below = _first_other(
            features, index + 1, "number", "issue", "date", "office", "office-date", "signer"
        )
        is_masthead = (
            below < len(features)
            and features[below].has("strong-ending")
            and not features[below].has("sentence", "labelled", "numbered")
        )
        if not is_masthead:
            continue
        features[index] = _with(line, "series-head")
        if index and features[index - 1].has("office") and not line.has("office-start"):
            features[index - 1] = _with(features[index - 1], "series-head")


def _raise_title_of_issue(features: list[LineFeatures]) -> None:
    """Take the heading below the name of a series and its number for the uppermost one if it ends as titles do."""
    for index, line in enumerate(features):
        if not line.has("series-head") or not line.has("top-heading"):
            continue
        below = _first_other(features, index + 1, "issue", "number", "date", "office")
        title = features[below] if below < len(features) else line
        if title.has("heading") and title.has("ending") and not title.has("numbered"):
            features[index] = replace(line, names=line.names - {"top-heading"})
            features[below] = replace(title, names=title.names - {"heading"} | {"top-heading"})


def _first_other(features: Sequence[LineFeatures], start: int, *names: str) -> int:
    """Return the first line from ``start`` on that has none of some features; the number of lines if all have one."""
    while start < len(features) and features[start].has(*names):
        start += 1
    return start


def _with(line: LineFeatures, name: str) -> LineFeatures:
    return replace(line, names=line.names | {name})
