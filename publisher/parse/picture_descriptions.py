"""Descriptions of pictures for readers who cannot see them.

Input: the entries of a report. Output: the same with a description for every picture that has none:
its caption, if one is below or above it, else a sentence that there is none, and a finding.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import SourcePicture
from publisher.parse.entries import Line
from publisher.parse.findings import MISSING_DESCRIPTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import Finding
    from publisher.parse.entries import Entry

_CAPTION = re.compile(
    "[图圖](?:表)?\\s*[\\d一二三四五六七八九十]{1,3}(?:[-－.]\\d{1,2})?[：:.．、\u3000 ]?.{2,60}$"
)
_NO_DESCRIPTION_TRADITIONAL = "圖片（原文未附說明）"
_NO_DESCRIPTION_SIMPLIFIED = "图片（原文未附说明）"


def describe_pictures(
    entries: Sequence[Entry], language: str
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Return the entries with a description for each picture, and a finding for each missing one.

    Args:
        entries: The entries of the report.
        language: BCP 47 of the text, in which a missing description is stated.

    """
    described: list[Entry] = []
    findings = []
    no_description = (
        _NO_DESCRIPTION_TRADITIONAL
        if language.startswith("zh-Hant")
        else _NO_DESCRIPTION_SIMPLIFIED
    )
    for index, entry in enumerate(entries):
        if isinstance(entry, SourcePicture) and not entry.alt:
            caption = _caption(entries, index)
            described.append(replace(entry, alt=caption or no_description))
            if not caption:
                findings.append(MISSING_DESCRIPTION.finding(entry.locator))
        else:
            described.append(entry)
    return tuple(described), tuple(findings)


def _caption(entries: Sequence[Entry], index: int) -> str:
    """Return the caption below or above the picture at ``index``; empty if it has none."""
    for neighbour in (index + 1, index - 1):
        line = entries[neighbour] if 0 <= neighbour < len(entries) else None
        if isinstance(line, Line) and _CAPTION.match(line.string):
            return line.string
    return ""
