"""The foot of one document: its list of attachments, signature, remarks and imprint (GB/T 9704-2012, 7.3.4 to 7.4).

Input: the entries of a document below its head. Output: its text and its ``Foot``. The lines are taken from the end, each
only where it can stand: a remark or a contact below a signature, 抄送 and 印发 also without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import PartLine, SourcePicture
from publisher.parse.entries import Entry, Line
from publisher.parse.foot.line_forms import (
    ATTACHMENT_LABEL,
    foot_role,
    is_attachment_line,
    is_copies_line_continued,
    stands_alone,
)
from publisher.parse.foot.signature import signature_start, signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import PartRole, Text

MOST_LINES_BELOW = 16
"""Lines of the longest remarks and imprint together."""
MOST_ATTACHMENTS = 60
LONGEST_ATTACHMENT = 80
"""Characters of the longest line in a list of attachments."""
_LIST_HEAD = re.compile(f"{ATTACHMENT_LABEL}|Annex(?:es)?\\s*[：:.]", re.IGNORECASE)
_LIST_ITEM = re.compile(r"[\d０-９]{1,2}[.．、]|[（(]\d{1,2}[）)]")
_ATTENDANCE_NAMES = re.compile("[^。；：:]{2,120}$")
_ABOVE_SIGNATURE: tuple[PartRole, ...] = ("addressee", "copies-to", "attendance")
_CONTACTS: tuple[PartRole, ...] = ("contact", "remark")
IMPRINT_ROLES: tuple[PartRole, ...] = ("copies-to", "printed-by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """The parts of a document below its text, in the order of the source."""

    attachments: tuple[Text, ...] = ()
    """The lines of the list of attachments."""
    above_sign_off: tuple[PartLine, ...] = ()
    sign_off: tuple[Text, ...] = ()
    """Offices, persons and date."""
    remarks: tuple[PartLine, ...] = ()
    """The lines below the signature."""


def split_foot(
    entries: tuple[Entry, ...], *, is_annex: bool = False
) -> tuple[tuple[Entry, ...], Foot]:
    """Return the text of a document and its foot; pictures at its end, such as a seal, are put behind the text."""
    end = len(entries)
    while end and isinstance(entries[end - 1], SourcePicture):
        end -= 1
    entries, seals = entries[:end], entries[end:]
    below = lines_below_start(entries, len(entries))
    start = signature_start(entries, below, is_annex=is_annex)
    if start == below:
        below = start = _alone_start(entries, below)
        start = signature_start(entries, below, is_annex=True)
    above = _contacts_start(entries, _above_start(entries, start))
    attachments = _attachments_start(entries, above)
    return (*entries[:attachments], *seals), Foot(
        attachments=_texts(entries[attachments:above]),
        above_sign_off=part_lines(entries[above:start]),
        sign_off=_texts(entries[start:below]),
        remarks=part_lines(entries[below:]),
    )


def lines_below_start(entries: Sequence[Entry], end: int) -> int:
    """Return where the lines below a signature begin that end at ``end``, if each is one by its form."""
    start = end
    while start and end - start < MOST_LINES_BELOW:
        line = entries[start - 1]
        if not isinstance(line, Line) or line.decided:
            break
        if foot_role(line.string) is None:
            head = _copies_head(entries, start - 1)
            if head is None:
                head = _signed_list_start(entries, start)
            if head is None:
                break
            start = head + 1
        start -= 1
    return start


def _signed_list_start(entries: Sequence[Entry], end: int) -> int | None:
    """Return where a list of attachments begins that ends at ``end`` and is below a signature; ``None`` without one."""
    start = _attachments_start(entries, end)
    above = entries[start - 1] if start else None
    return start if start < end and isinstance(above, Line) and signs(above) else None


def _copies_head(entries: Sequence[Entry], index: int) -> int | None:
    """Return the line 抄送 that the line at ``index`` continues; ``None`` if it continues none."""
    for above in range(index, max(index - 5, -1), -1):
        line = entries[above]
        if not isinstance(line, Line):
            return None
        if foot_role(line.string) == "copies-to":
            return above if above < index and not line.string.rstrip().endswith("。") else None
        if not is_copies_line_continued(line.string) and not line.string.rstrip().endswith("。"):
            return None
    return None


def _alone_start(entries: Sequence[Entry], start: int) -> int:
    """Return where the lines begin, from ``start`` on, that belong to a foot even without a signature."""
    end = len(entries)
    index = end
    while index > start:
        line = entries[index - 1]
        if not isinstance(line, Line):
            break
        if not stands_alone(line.string):
            head = _copies_head(entries, index - 1)
            if head is None or head < start:
                break
            index = head + 1
        index -= 1
    return index


def _above_start(entries: Sequence[Entry], end: int) -> int:
    """Return where the lines 正本, 副本, 出席 begin that end at ``end``.

    The lines below a label of a meeting may go on with the persons of other offices.
    """
    start = index = end
    while index and end - index < MOST_LINES_BELOW:
        line = entries[index - 1]
        if not isinstance(line, Line) or line.decided or line.role == "heading":
            break
        role = foot_role(line.string)
        if role in _ABOVE_SIGNATURE:
            start = index - 1
        elif role is not None or not _ATTENDANCE_NAMES.match(line.string.strip()):
            break
        index -= 1
    if start < end and not _is_label_above(entries, start):
        return end
    return start


def _contacts_start(entries: Sequence[Entry], end: int) -> int:
    """Return where the contacts and remarks begin that end at ``end``, below a list of attachments; ``end`` without one."""
    start = end
    while start and end - start < MOST_LINES_BELOW:
        line = entries[start - 1]
        if not isinstance(line, Line) or line.decided or foot_role(line.string) not in _CONTACTS:
            break
        start -= 1
    return start if start < end and _attachments_start(entries, start) < start else end


def _is_label_above(entries: Sequence[Entry], index: int) -> bool:
    line = entries[index]
    return isinstance(line, Line) and foot_role(line.string) in _ABOVE_SIGNATURE


def part_lines(entries: Sequence[Entry]) -> tuple[PartLine, ...]:
    """Return lines of a foot with their roles; a line without a form of its own continues the one above."""
    lines: list[PartLine] = []
    for entry in entries:
        if isinstance(entry, Line):
            role = foot_role(entry.string)
            if role is None and _LIST_HEAD.fullmatch(entry.string.strip()):
                role = "attachment"
            role = role or (lines[-1].role if lines else "remark")
            lines.append(PartLine(role=role, text=entry.text))
    return tuple(lines)


def split_imprint(lines: Sequence[PartLine]) -> tuple[tuple[PartLine, ...], tuple[PartLine, ...]]:
    """Return the remarks among the lines below a signature, and the imprint, which begins with 抄送 or 印发."""
    start = next(
        (index for index, line in enumerate(lines) if line.role in IMPRINT_ROLES), len(lines)
    )
    return tuple(lines[:start]), tuple(lines[start:])


def _texts(entries: Sequence[Entry]) -> tuple[Text, ...]:
    return tuple(entry.text for entry in entries if isinstance(entry, Line))


def _attachments_start(entries: Sequence[Entry], end: int) -> int:
    """Return where the list of attachments that ends at ``end`` begins; ``end`` if there is none.

    It has a label unless it is below a signature or, at the end, below a full stop: names of files belong to the text that
    speaks of them.
    """
    start, result, labelled = end, end, end
    while start and end - start < MOST_ATTACHMENTS:
        line = entries[start - 1]
        if not isinstance(line, Line) or len(line.string) > LONGEST_ATTACHMENT or line.decided:
            break
        string = line.string.strip()
        start -= 1
        if is_attachment_line(string) or _LIST_HEAD.match(string):
            result = start
            labelled = start if _LIST_HEAD.match(string) else labelled
        elif not _LIST_ITEM.match(string) or result < end:
            break
    above = entries[result - 1] if result else None
    if not isinstance(above, Line) or result == end:
        return labelled
    is_below_text = end == len(entries) and above.string.rstrip().endswith("。")
    return result if is_below_text or signs(above) else labelled
