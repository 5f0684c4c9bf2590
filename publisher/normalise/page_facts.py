"""A block of facts about a page whose labels and values are on lines of their own: 索引号：, below it its value, 文号：, and so on.

Input: lines with their evidence. Output: the same evidence with the lines of such blocks marked as fields of the page.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.normalise.page_evidence import LONGEST_VALUE, NO_EVIDENCE, PageEvidence
from publisher.normalise.page_values import is_empty_above, is_url, is_value_of
from publisher.reference.title_endings import has_title_ending, plain_title
from publisher.reference.web_labels import ELEMENT_BY_LABEL
from publisher.reference.web_pages import PAGE_LABELS
from publisher.text.characters import HAN, SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.normalise.context import Line

MIN_LABELS = 3
"""Labels in a block; most are known labels of pages, and one of them is only a page's."""
MOST_TITLE_LINES = 4
MOST_VALUE_LINES = 3
HEAD_LINES = 200
"""Lines of a text in which such a block is looked for."""
_LABEL = re.compile(f"[【\\[]?([{HAN}{SPACES}]{{2,12}})[：:][】\\]]?")
LONGEST_END = 80
"""Characters at the end of a line in which its last label is looked for."""
_WORDS_BEFORE = re.compile(f"^.*[{SPACES}|｜丨】\\]](?=[^：:]*[：:][】\\]]?$)|^[(（]")
"""What is in a line before its last label."""
_NO_VALUE = re.compile("[。；！？：:]")
_FIELD = "metadata of the web page"


def mark_page_facts(lines: Sequence[Line], evidence: list[PageEvidence], end: int) -> None:
    """Mark the values of labels among the lines of a page, and leave a label whose value stays.

    A label and its value are removed together or not at all.

    Args:
        lines: The lines of a text.
        evidence: What each shows by its form; changed here.
        end: The index of the first line that can only be the report's.

    """
    filled = [index for index, line in enumerate(lines) if line.string.strip()]
    strings = [lines[index].string.strip() for index in filled]
    _mark_values(strings, filled, evidence)
    _mark_blocks(strings[: sum(index < end for index in filled)][:HEAD_LINES], filled, evidence)
    _leave_labels(strings, filled, evidence, end)


def _mark_values(
    strings: Sequence[str], filled: Sequence[int], evidence: list[PageEvidence]
) -> None:
    """Take a short line below a label without a value for its value if it has its form: 来源： and 松河日报."""
    for above, below in pairwise(range(len(strings))):
        name = _last_label(strings[above])
        label, value = evidence[filled[above]], evidence[filled[below]]
        if not name or not label.reason or value.reason or not is_value_of(name, strings[below]):
            continue
        is_enclosed = below + 1 < len(strings) and bool(_label(strings[below + 1]))
        if is_enclosed or not _is_title(strings[below]):
            evidence[filled[below]] = PageEvidence(
                strength=label.strength, reason=_FIELD, is_field=True
            )


def _mark_blocks(
    strings: Sequence[str], filled: Sequence[int], evidence: list[PageEvidence]
) -> None:
    """Mark the lines of each block of labels and values; a title among the values only if a line above is the same."""
    start = 0
    while start < len(strings):
        block = _block(strings, start)
        labels = [name for index in block if (name := _label(strings[index]))]
        known = sum(map(_is_known, labels))
        has_proof = not PAGE_LABELS.isdisjoint(labels)
        if len(labels) >= MIN_LABELS and known * 2 > len(labels) and has_proof:
            for index in block:
                evidence[filled[index]] = PageEvidence(strength=2, reason=_FIELD, is_field=True)
        start = max([start, *block]) + 1


def _leave_labels(
    strings: Sequence[str], filled: Sequence[int], evidence: list[PageEvidence], end: int
) -> None:
    """Take back the evidence of each label above a line that stays and may be its value."""
    for above in reversed(range(len(strings) - 1)):
        name = _last_label(strings[above])
        following = filled[above + 1]
        if not name or not evidence[filled[above]].reason or evidence[following].reason:
            continue
        is_empty = following == end or is_empty_above(name, strings[above + 1])
        if not is_empty and not _is_title_of_text(strings, above + 1):
            evidence[filled[above]] = NO_EVIDENCE


def _is_title_of_text(strings: Sequence[str], index: int) -> bool:
    """Return whether a line is a title, no label is below it, and none of the next lines is another title."""
    below = strings[index + 1 : index + MOST_TITLE_LINES]
    is_enclosed = bool(below) and _is_known(_label(below[0]))
    return _is_title(strings[index]) and not is_enclosed and not any(map(_is_title, below))


def _block(strings: Sequence[str], start: int) -> list[int]:
    """Return the lines of the block that begins at ``start``: labels alone, each with a value below it or none.

    Its last label is a known one, since 各乡镇： has the same form. The value of that label may be the first line of a title,
    unless a title is above the block or the value has the form that the label asks for.
    """
    block: list[int] = []
    end = 0
    last_name, last_value = "", range(0)
    index = start
    while index < len(strings) and (name := _label(strings[index])):
        values = _values(strings, index, name)
        if values is None:
            break
        if _is_known(name):
            end = len(block) + 1
            last_name, last_value = name, values
        block += [index, *values]
        index = values.stop
    has_title = any(map(_is_title, strings[:start]))
    if last_value and (has_title or is_value_of(last_name, strings[last_value[0]])):
        end += len(last_value)
    return block[:end]


def _values(strings: Sequence[str], label: int, name: str) -> range | None:
    """Return the lines of the value of a label; ``None`` if what is below it is no value.

    Several lines are one value only above another label.
    """
    start = end = label + 1
    if ELEMENT_BY_LABEL.get(name) == "title":
        while end < len(strings) and end - start < MOST_TITLE_LINES and not _label(strings[end]):
            end += 1
        is_repeated = all(string in strings[:label] for string in strings[start:end])
        return range(start, end) if is_repeated else None
    while end < len(strings) and end - start < MOST_VALUE_LINES and _may_be_value(strings[end]):
        end += 1
    if end < len(strings) and _label(strings[end]):
        return range(start, end)
    return range(start, min(end, start + 1))


def _may_be_value(string: str) -> bool:
    is_short = 0 < len(string) <= LONGEST_VALUE and not _NO_VALUE.search(string)
    return is_url(string) or (is_short and not _is_title(string))


def _is_title(string: str) -> bool:
    plain = plain_title(string)
    return "关于" in plain or has_title_ending(plain)


def _is_known(label: str) -> bool:
    return label in ELEMENT_BY_LABEL or label in PAGE_LABELS


def _label(string: str) -> str:
    """Return the label that a line is, without white space; empty if it is none."""
    match = _LABEL.fullmatch(string)
    return re.sub(f"[{SPACES}]", "", match[1]) if match else ""


def _last_label(string: str) -> str:
    """Return the known label that a line is or ends with; empty if its end is none."""
    name = _label(_WORDS_BEFORE.sub("", string[-LONGEST_END:]))
    return name if _is_known(name) else ""
