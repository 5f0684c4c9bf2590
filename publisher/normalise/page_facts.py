"""A block of facts about a page whose labels and values are on lines of their own: 索引号：, below it its value, 文号：, and so on.

Input: lines with their evidence. Output: the same evidence with the lines of such blocks marked as fields of the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.page_evidence import LONGEST_VALUE, PageEvidence
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
HEAD_LINES = 200
"""Lines of a text in which such a block is looked for."""
_LABEL = re.compile(f"[【\\[]?([{HAN}{SPACES}]{{2,12}})[：:][】\\]]?")
_NO_VALUE = re.compile("[。；！？：:]")
_FIELD = "metadata of the web page"


def mark_page_facts(lines: Sequence[Line], evidence: list[PageEvidence]) -> None:
    """Mark the lines of each block of labels and values; a title among the values only if a line above is the same."""
    strings = [line.string.strip() for line in lines[:HEAD_LINES]]
    start = 0
    while start < len(strings):
        block = _block(strings, start)
        labels = [name for index in block if (name := _label(strings[index]))]
        known = sum(map(_is_known, labels))
        has_proof = not PAGE_LABELS.isdisjoint(labels)
        if len(labels) >= MIN_LABELS and known * 2 > len(labels) and has_proof:
            for index in block:
                evidence[index] = PageEvidence(strength=2, reason=_FIELD, is_field=True)
        start = max([start, *block]) + 1


def _block(strings: Sequence[str], start: int) -> list[int]:
    """Return the lines of the block that begins at ``start``: labels alone, each with a value below it or none.

    Its last label is a known one, since 各乡镇： has the same form. The value of that label may be the first line of a title,
    unless a title is above the block.
    """
    block: list[int] = []
    end = 0
    last_value = range(0)
    index = start
    while index < len(strings) and (name := _label(strings[index])):
        values = _values(strings, index, name)
        if values is None:
            break
        if _is_known(name):
            end = len(block) + 1
            last_value = values
        block += [index, *values]
        index = values.stop
    if last_value and any(map(_is_title, strings[:start])):
        end += len(last_value)
    return block[:end]


def _values(strings: Sequence[str], label: int, name: str) -> range | None:
    """Return the lines of the value of a label; ``None`` if what is below it is no value."""
    start = label + 1
    if ELEMENT_BY_LABEL.get(name) == "title":
        end = start
        while end < len(strings) and end - start < MOST_TITLE_LINES and not _label(strings[end]):
            end += 1
        is_repeated = all(string in strings[:label] for string in strings[start:end])
        return range(start, end) if is_repeated else None
    value = strings[start] if start < len(strings) else ""
    is_value = 0 < len(value) <= LONGEST_VALUE and not _NO_VALUE.search(value)
    return range(start, start + (is_value and not _is_title(value)))


def _is_title(string: str) -> bool:
    plain = plain_title(string)
    return "关于" in plain or has_title_ending(plain)


def _is_known(label: str) -> bool:
    return label in ELEMENT_BY_LABEL or label in PAGE_LABELS


def _label(string: str) -> str:
    """Return the label that a line is, without white space; empty if it is none."""
    match = _LABEL.fullmatch(string)
    return re.sub(f"[{SPACES}]", "", match[1]) if match else ""
