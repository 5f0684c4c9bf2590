"""The form of an official document (GB/T 9704-2012, 7 and 10) and the lines that are its mark (发文机关标志).

Input: a report. Output: its form: 文件格式, 信函格式, 命令格式 or 纪要格式; the lines of its mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from publisher.model import PartLine
from publisher.render.text_width import ems
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from publisher.model import Report

Form = Literal["document", "letter", "decree", "minutes"]
"""文件格式 (7), 信函格式 (10.1), 命令格式 (10.2), 纪要格式 (10.3)."""
SUFFIX = "文件"
LONGEST_MARK_TITLE = 20
"""Em of the longest title that is the mark of minutes."""
_MARK_KINDS = frozenset({"函", "书函", "笺函", "公告", "通告", "开会通知单"})
"""Kinds of documents whose head is the office and the kind, as in 青岚市政府函; such a title has no subject."""


def document_form(report: Report) -> Form:
    """Return the form that a report has: from its mark, its title and its number."""
    mark = to_simplified("".join(line.text.string for line in mark_lines(report)).strip())
    title = to_simplified(title_words(report))
    if mark.endswith(("令", "命令")) or (not mark and title.endswith("令")):
        return "decree"
    if mark.endswith("纪要") or _is_minutes_mark(mark, title):
        return "minutes"
    by_number = "函" in report.metadata.identifier.partition("〔")[0]
    is_letter = (
        title.endswith("函") or by_number or (bool(mark) and report.metadata.kind == "letter")
    )
    return "letter" if is_letter and not mark.endswith(SUFFIX) else "document"


def _is_minutes_mark(mark: str, title: str) -> bool:
    return (
        not mark
        and title.endswith("纪要")
        and "关于" not in title
        and ems(title) <= LONGEST_MARK_TITLE
    )


def title_is_mark(report: Report, form: Form) -> bool:
    """Return whether the title is the mark: that of a decree or of minutes, or an office with the kind of the document only."""
    if mark_lines(report) or not report.title:
        return False
    return form in ("decree", "minutes") or _is_office_with_kind(report)


def _is_office_with_kind(report: Report) -> bool:
    title, office = title_words(report), "".join(report.metadata.publisher.split())
    kind = title.removeprefix(office)
    return bool(office) and kind != title and to_simplified(kind) in _MARK_KINDS


def mark_lines(report: Report) -> tuple[PartLine, ...]:
    """Return the lines of the mark: 发文机关标志 with the names of offices directly above it, or else the letterhead."""
    lines = [child for child in report.masthead if isinstance(child, PartLine)]
    mark = next((i for i, line in enumerate(lines) if line.role == "office-mark"), None)
    if mark is None:
        return tuple(line for line in lines if line.role == "office")
    end = mark
    while end < len(lines) and lines[end].role == "office-mark":
        end += 1
    start = mark
    if lines[end - 1].text.string.strip().endswith(SUFFIX):
        while start and lines[start - 1].role == "office":
            start -= 1
    return tuple(lines[start:end])


def title_words(report: Report) -> str:
    """Return the title without white space."""
    return "".join("".join(text.string for text in report.title).split())
