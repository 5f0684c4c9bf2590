"""The back matter of a report: list of attachments, signature, date and annexes.

Input: the entries below the title. Output: the body and the ``BackMatter`` (附件说明, 发文机关署名,
成文日期: GB/T 9704-2012, 7.3.4 to 7.3.5).
"""

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
_ANNEX_LABEL = re.compile("附(?:件|表)\\s*[\\d一二三四五六七八九十]{0,2}[：:]?")
_LIST_ITEM = re.compile(r"\d{1,2}[.．、]")
_OFFICE = re.compile(
    "(?:政府|办公室|辦公室|委员会|委員會|局|厅|廳|委|部|院|处|處|署|所|中心|公司|街道办事处|办事处|站|校|会)$"
)
_IMPRINT = re.compile(
    "[（(](?:此件|本件|联系|聯絡|联系人|信息公开)[^）)]{1,60}[）)]$"
    "|(?:抄送|抄报|主送|分送|联系人|聯絡人|联系电话|聯絡電話|咨询电话|联系方式|电话|地址|邮编|电子邮箱|网址|附件?)[\\d一二三四五]{0,2}[：:].{1,120}$"
    "|.{2,30}(?:19|20)\\d\\d年\\d{1,2}月\\d{1,2}日印[发發]$"
)
"""Lines below a signature: 附注, 抄送, 印发 (GB/T 9704-2012, 7.3.6 and 7.4), and contacts."""
MOST_IMPRINT_LINES = 8
MOST_SIGNATURE_LINES = 6
"""Lines of the longest signature, its date included."""
LONGEST_OFFICE = 30
"""Characters of the longest name of an office."""
LONGEST_ATTACHMENT = 80
"""Characters of the longest line in a list of attachments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackMatter:
    """The parts of a report below its body."""

    attachments: tuple[Text, ...]
    """The lines of the list of attachments."""
    sign_off: tuple[Text, ...]
    """Offices and date."""
    imprint: tuple[Text, ...]
    """The lines between the date and an annex."""
    annexes: tuple[tuple[Entry, ...], ...]
    """The entries of each annex, its label first."""


def split_back_matter(lines: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], BackMatter]:
    """Return the body and the back matter; annexes are recognised only below a signature.

    Pictures below the date, such as a seal, are put at the end of the body.
    """
    last_line = len(lines)
    while last_line and isinstance(lines[last_line - 1], SourcePicture):
        last_line -= 1
    lines, seals = lines[:last_line], lines[last_line:]
    labels = [
        index
        for index, line in enumerate(lines)
        if isinstance(line, Line) and _ANNEX_LABEL.fullmatch(line.string)
    ]
    signature_ends = {index: len(split_imprint(lines[:index])[0]) for index in labels}
    annexes_start = min(
        (index for index, end in signature_ends.items() if _signature_start(lines, end) < end),
        default=len(lines),
    )
    signature_end = signature_ends.get(annexes_start, annexes_start)
    signature = _signature_start(lines, signature_end)
    attachments = _attachments_start(lines, signature)
    starts = [index for index in labels if index >= annexes_start]
    return (*lines[:attachments], *seals), BackMatter(
        attachments=_texts(lines[attachments:signature]),
        sign_off=_texts(lines[signature:signature_end]),
        imprint=_texts(lines[signature_end:annexes_start]),
        annexes=tuple(
            lines[start:stop] for start, stop in zip(starts, [*starts, len(lines)][1:], strict=True)
        ),
    )


def split_imprint(lines: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Text, ...]]:
    """Return the lines up to the signature, and those below it: 附注, 抄送, a contact.

    The second part is empty if the lines above it do not end in a date.
    """
    end = len(lines)
    while end and len(lines) - end < MOST_IMPRINT_LINES:
        line = lines[end - 1]
        if not isinstance(line, Line) or not _IMPRINT.match(line.string):
            break
        end -= 1
    date = lines[end - 1] if end else None
    if end == len(lines) or not isinstance(date, Line) or not is_date(date.string):
        return lines, ()
    return lines[:end], _texts(lines[end:])


def _texts(lines: tuple[Entry, ...]) -> tuple[Text, ...]:
    return tuple(line.text for line in lines if isinstance(line, Line))


def _signature_start(lines: tuple[Entry, ...], end: int) -> int:
    """Return where the signature that ends at ``end`` begins: offices above a date, or a date alone.

    The result is ``end`` if there is no signature.
    """
    last = lines[end - 1] if end else None
    if not isinstance(last, Line):
        return end
    if last.decided == "signature" or (not last.decided and is_date(last.string)):
        start = end - 1
    elif _is_office(last):
        start = end
    else:
        return end
    while start > 0 and end - start < MOST_SIGNATURE_LINES:
        above = lines[start - 1]
        if not isinstance(above, Line) or not _is_office(above):
            break
        start -= 1
    return start


def _is_office(line: Line) -> bool:
    if line.decided:
        return line.decided == "signature"
    return (
        len(line.string) <= LONGEST_OFFICE
        and bool(_OFFICE.search(line.string))
        and not re.search("[。，；：]", line.string)
        and not read_number(line.string)
        and line.role in ("lines", "paragraph")
    )


def _attachments_start(lines: tuple[Entry, ...], end: int) -> int:
    """Return where the list of attachments that ends at ``end`` begins; ``end`` if there is none."""
    start = end
    while start > 0:
        line = lines[start - 1]
        if not isinstance(line, Line) or len(line.string) > LONGEST_ATTACHMENT:
            return end
        start -= 1
        if _ATTACHMENT.match(line.string):
            return start
        if not _LIST_ITEM.match(line.string):
            return end
    return end
