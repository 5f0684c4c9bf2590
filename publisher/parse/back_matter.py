"""The foot of a report: 附件说明, signatories and 成文日期 (GB/T 9704-2012, 7.3.4 to 7.3.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import SourcePicture
from publisher.parse.entries import Entry, Line
from publisher.text.dates import is_date
from publisher.text.numbering import read_number

if TYPE_CHECKING:
    from publisher.model import Text

_ATTACHMENT = re.compile("附(?:件|表)\\s*\\d{0,2}\\s*[：:]")
_LABEL = re.compile("附(?:件|表)\\s*[\\d一二三四五六七八九十]{0,2}[：:]?")
_FURTHER = re.compile(r"\d{1,2}[.．、]")
_OFFICE = re.compile(
    "(?:政府|办公室|辦公室|委员会|委員會|局|厅|廳|委|部|院|处|處|署|所|中心|公司|街道办事处|办事处|站|校|会)$"
)
_BEHIND = re.compile(
    "[（(](?:此件|本件|联系|聯絡|联系人|信息公开)[^）)]{1,60}[）)]$"
    "|(?:抄送|抄报|主送|分送|联系人|聯絡人|联系电话|聯絡電話|咨询电话|联系方式|电话|地址|邮编|电子邮箱|网址|附件?)[\\d一二三四五]{0,2}[：:].{1,120}$"
    "|.{2,30}(?:19|20)\\d\\d年\\d{1,2}月\\d{1,2}日印[发發]$"
)
"""What stands behind a signature (GB/T 9704-2012, 7.3.6 and 7.4), and on web pages."""
MOST_BEHIND = 8
MOST_SIGNATORIES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """The foot of a report, taken off its lines."""

    attachments: tuple[Text, ...]
    sign_off: tuple[Text, ...]
    imprint: tuple[Text, ...]
    """What stands between the date and an annex."""
    annexes: tuple[tuple[Entry, ...], ...]
    """The lines of each annex, its label first."""


def split_back(lines: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], Back]:
    """Return the body and the foot; annexes count only below a signature.

    Pictures behind the date, such as a seal, go to the body's end.
    """
    whole = len(lines)
    while whole and isinstance(lines[whole - 1], SourcePicture):
        whole -= 1
    lines, seals = lines[:whole], lines[whole:]
    labels = [
        index
        for index, line in enumerate(lines)
        if isinstance(line, Line) and _LABEL.fullmatch(line.string)
    ]
    signed = {index: len(part_imprint(lines[:index])[0]) for index in labels}
    ends = [
        *(index for index, last in signed.items() if _signature(lines, last) < last),
        len(lines),
    ]
    end = min(ends)
    last = signed.get(end, end)
    signature = _signature(lines, last)
    attachments = _attachments(lines, signature)
    starts = [index for index in labels if index >= end]
    return (*lines[:attachments], *seals), Back(
        attachments=_texts(lines[attachments:signature]),
        sign_off=_texts(lines[signature:last]),
        imprint=_texts(lines[last:end]),
        annexes=tuple(
            lines[start:stop] for start, stop in zip(starts, [*starts, len(lines)][1:], strict=True)
        ),
    )


def part_imprint(lines: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Text, ...]]:
    """Return the lines, and what stands behind the signature: 附注, 抄送, a contact.

    Nothing is parted where the lines before do not end in a date.
    """
    end = len(lines)
    while end and len(lines) - end < MOST_BEHIND:
        line = lines[end - 1]
        if not isinstance(line, Line) or not _BEHIND.match(line.string):
            break
        end -= 1
    date = lines[end - 1] if end else None
    if end == len(lines) or not isinstance(date, Line) or not is_date(date.string):
        return lines, ()
    return lines[:end], _texts(lines[end:])


def _texts(lines: tuple[Entry, ...]) -> tuple[Text, ...]:
    return tuple(line.text for line in lines if isinstance(line, Line))


def _signature(lines: tuple[Entry, ...], end: int) -> int:
    """Return where the signature begins: offices over a date, or a date alone."""
    last = lines[end - 1] if end else None
    if not isinstance(last, Line):
        return end
    if is_date(last.string):
        start = end - 1
    elif _is_office(last):
        start = end
    else:
        return end
    while start > 0 and end - start < MOST_SIGNATORIES:
        above = lines[start - 1]
        if not isinstance(above, Line) or not _is_office(above):
            break
        start -= 1
    return start


def _is_office(line: Line) -> bool:
    return (
        len(line.string) <= 30
        and bool(_OFFICE.search(line.string))
        and not re.search("[。，；：]", line.string)
        and not read_number(line.string)
        and line.role in ("lines", "paragraph")
    )


def _attachments(lines: tuple[Entry, ...], end: int) -> int:
    """Return where the list of attachments begins that ends at ``end``."""
    start = end
    while start > 0:
        line = lines[start - 1]
        if not isinstance(line, Line) or len(line.string) > 80:
            return end
        start -= 1
        if _ATTACHMENT.match(line.string):
            return start
        if not _FURTHER.match(line.string):
            return end
    return end
