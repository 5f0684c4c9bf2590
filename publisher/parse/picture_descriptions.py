"""What a picture of the source says to someone who cannot see it.

Enters: the lines. Leaves: the same with words for every picture that has none: its caption, where
one stands below or above it, else that it has none, with a finding for whoever can write them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, SourcePicture
from publisher.parse.entries import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.parse.entries import Entry

_CAPTION = re.compile(
    "[图圖](?:表)?\\s*[\\d一二三四五六七八九十]{1,3}(?:[-－.]\\d{1,2})?[：:.．、\u3000 ]?.{2,60}$"
)
UNDESCRIBED = {"zh-Hant": "圖片（原文未附說明）"}
_OTHERWISE = "图片（原文未附说明）"


def describe_pictures(
    lines: Sequence[Entry], language: str
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Return the lines with a description for each picture, and what a person should write."""
    found: list[Entry] = []
    findings = []
    unknown = next(
        (words for tag, words in UNDESCRIBED.items() if language.startswith(tag)), _OTHERWISE
    )
    for index, entry in enumerate(lines):
        if isinstance(entry, SourcePicture) and not entry.alt:
            caption = _caption(lines, index)
            found.append(replace(entry, alt=caption or unknown))
            if not caption:
                findings.append(
                    Finding(
                        clause="ISO 14289-1, 7.3",
                        severity=Severity.WARNING,
                        message="a picture has no description",
                        hint="write one in the source: a reader who cannot see it hears nothing else",
                        locator=entry.locator,
                    )
                )
        else:
            found.append(entry)
    return tuple(found), tuple(findings)


def _caption(lines: Sequence[Entry], index: int) -> str:
    for beside in (index + 1, index - 1):
        line = lines[beside] if 0 <= beside < len(lines) else None
        if isinstance(line, Line) and _CAPTION.match(line.string):
            return line.string
    return ""
