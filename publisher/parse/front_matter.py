"""The top of a report: its title, its document number, and what it says of itself.

Enters: the lines. Leaves: the title's lines, the rest, and the ``Metadata``. What a person gives
(``MetadataOverrides``) goes before what is found, and is told as an edit where it replaces printed text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Edit, Metadata, Text
from publisher.parse.entries import Entry, Line
from publisher.text.characters import HAN
from publisher.text.dates import date_in, is_date, period_in, year_in
from publisher.text.edits import Replacement, apply_edits
from publisher.text.numbering import read_number

if TYPE_CHECKING:
    from publisher.model import SourceText

_KINDS = "年度报告|工作报告|报告|年报|总结|情况|说明|公报|通报|公告|通知|意见|办法|年度報告|報告|年報|總結|情況|公報"
_TITLE_END = re.compile(f"(?:{_KINDS})(?:[（(][^（）()]{{1,30}}[）)])?$")
_TITLE_PART = re.compile(f"[{HAN}A-Za-z0-9“”《》、（）()〔〕·—\\-\u3000 ]{{2,60}}$")
_DOCUMENT_NUMBER = re.compile(
    f"[（(]?[{HAN}]{{2,12}}[〔\\[（(]\\d{{4}}[〕\\]）)](?:第)?\\d+号[）)]?$"
)
_SUBTITLE = re.compile("[（(〔][^（）()]{2,30}[）)〕]$|——.{2,40}$")
_OFFICE = (
    "人民政府办公厅|人民政府办公室|人民政府|政府办公室|政府|委员会|办公室|办事处|管理局|管委会|监督局|公安局|财政局|"
    "教育局|[局委厅部院处署所站办省市县区旗州盟]|中心|街道|镇|乡|公司|法院|检察院|學校|大学|学院"
)
_ISSUER = re.compile(
    "(?:^|(?<=[\u3000 ]))(?:关于印发|关于|關於)?+"
    "(?:19\\d\\d年度?|20\\d\\d年度?|[二一][〇○零九][〇○零一二三四五六七八九][〇○零一二三四五六七八九]年度?)?+"
    f"(?P<office>(?:(?!关于|關於)[{HAN}（）()、]){{2,40}}?(?:{_OFFICE}))"
    "(?=关于|關於|(?:19|20)\\d\\d|[二一][〇○零九]|政府信息|政务|信息公开|$)"
)
"""The office that a title names, at its beginning or behind the year."""
_PLACE = re.compile("[省市县縣区區旗州盟镇鎮乡鄉]$")
_GIVEN = "the title was given by the person publishing"
LONGEST_TITLE = 120
MOST_LINES = 4
"""A title is never broken over more lines than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataOverrides:
    """What a person says of the report, each empty where they leave it to us."""

    title: str = ""
    issuer: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The top of a report, taken off its lines."""

    masthead: tuple[Entry, ...]
    """Everything above the title."""
    title: tuple[Text, ...]
    document_number: Text | None
    """The line directly under the title."""
    printed: str
    """The title as the source prints it, whatever was given instead."""

    @property
    def name(self) -> str:
        """Return the title as one string."""
        return "".join(part.string for part in self.title)

    @property
    def number(self) -> str:
        """Return the document number from above or below the title."""
        lines = [line.string for line in self.masthead if isinstance(line, Line)]
        if self.document_number:
            lines.append(self.document_number.string)
        return next((line.strip("（）()") for line in lines if _DOCUMENT_NUMBER.match(line)), "")


def split_front(
    lines: tuple[Entry, ...], overrides: MetadataOverrides
) -> tuple[Front, tuple[Entry, ...], tuple[Edit, ...]]:
    """Take what stands above the title, the title and its number off the top."""
    first, last = _title_lines(lines)
    title = tuple(line.text for line in lines[first:last] if isinstance(line, Line))
    below = lines[last] if title and last < len(lines) else None
    number = None
    if isinstance(below, Line) and _DOCUMENT_NUMBER.match(below.string):
        number = below.text
    rest = lines[last + 1 if number else last :]
    edits: tuple[Edit, ...] = ()
    printed = "".join(part.string for part in title)
    masthead = lines[:first]
    opening = next((i for i, entry in enumerate(rest) if isinstance(entry, Line)), None)
    if overrides.title and overrides.title != printed and title:
        title, edits = _replace_title(title, overrides.title)
    elif overrides.title and not title and opening is not None:
        line = rest[opening]
        if isinstance(line, Line):
            text, line, edits = _insert_title(line, overrides.title)
            masthead, title = (*masthead, *rest[:opening]), (text,)
            rest = (line, *rest[opening + 1 :])
    front = Front(masthead=masthead, title=title, document_number=number, printed=printed)
    return front, rest, edits


def _replace_title(
    title: tuple[Text, ...], wanted: str
) -> tuple[tuple[Text, ...], tuple[Edit, ...]]:
    """Put the title that was given in place of the printed one."""
    edits: list[Edit] = []
    given = []
    for index, part in enumerate(title):
        after = "" if index else wanted
        change = Replacement(start=0, end=len(part), after=after, reason=_GIVEN)
        text, changes = apply_edits(part, [change], stage="normalise", rule="given-title")
        edits.extend(changes)
        if text.string:
            given.append(text)
    return tuple(given), tuple(edits)


def _insert_title(line: Line, wanted: str) -> tuple[Text, Line, tuple[Edit, ...]]:
    """Put the title that was given above the line; return it, the line, and what changed."""
    change = Replacement(start=0, end=1, after=f"{wanted}\n{line.string[0]}", reason=_GIVEN)
    text, changes = apply_edits(line.text, [change], stage="normalise", rule="given-title")
    rest = Line(text=text.slice(len(wanted) + 1), role=line.role, level=line.level)
    return text.slice(0, len(wanted)), rest, changes


def _title_lines(lines: tuple[Entry, ...]) -> tuple[int, int]:
    """Return the first line of the title and one past its last; the same where there is none."""
    for index, line in enumerate(lines[:8]):
        if not isinstance(line, Line):
            continue
        if line.role == "heading" and line.level == 1 and not read_number(line.string):
            return index, index + 1
        if read_number(line.string) or len(line.string) > LONGEST_TITLE:
            break
        if _TITLE_END.search(line.string) and not re.search("[。；！？]", line.string):
            return _first_part(lines, index), _subtitle(lines, index + 1)
    if len(lines) > 1 and isinstance(lines[0], Line) and is_title(lines[0]):
        return 0, 1
    return 0, 0


def is_title(line: Line) -> bool:
    """Tell a line that can only be a title: short, unnumbered, without a sentence's marks."""
    return (
        len(line.string) <= 40
        and not re.search("[。；：，！？]", line.string)
        and not read_number(line.string)
    )


def _first_part(lines: tuple[Entry, ...], end: int) -> int:
    """Walk up from the line that ends the title to the first that belongs to it.

    A line above belongs where the title is not whole without it: it names no office or year of
    its own while the line above does, or it is too short to be a title.
    """
    start = end
    while start > 0 and end - start + 1 < MOST_LINES:
        above, here = lines[start - 1], lines[start]
        if not isinstance(above, Line) or not isinstance(here, Line):
            break
        whole = _ISSUER.match(here.string) and year_in(here.string)
        if (
            whole
            or not _TITLE_PART.match(above.string)
            or _DOCUMENT_NUMBER.match(above.string)
            or _TITLE_END.search(above.string)
        ):
            break
        start -= 1
    return start


def _subtitle(lines: tuple[Entry, ...], end: int) -> int:
    if end < len(lines):
        line = lines[end]
        if (
            isinstance(line, Line)
            and _SUBTITLE.match(line.string)
            and not read_number(line.string)
            and not _DOCUMENT_NUMBER.match(line.string)
        ):
            return end + 1
    return end


def describe(
    source: SourceText,
    front: Front,
    body: tuple[Entry, ...],
    sign_off: tuple[Text, ...],
    overrides: MetadataOverrides,
) -> Metadata:
    """Return what is known of the report: given, printed, or said by the page around it."""
    facts = dict(source.source_metadata)
    title = (
        overrides.title or front.name or facts.get("title", "") or source.name.rpartition(".")[0]
    )
    running = [line.string for line in body if isinstance(line, Line)]
    signed = [text.string for text in sign_off]
    named = _ISSUER.search(title) or _ISSUER.search(front.printed)
    office = named["office"] if named else ""
    others = [*(one for one in signed if not date_in(one)), facts.get("publisher", "")]
    if _PLACE.search(office):  # the place alone: who signs for it says more
        office = next((one for one in others if one.startswith(office)), office)
    issuer = overrides.issuer or office or next((one for one in others if one), "")
    date = (
        overrides.date
        or next((found for one in reversed(signed) if (found := date_in(one))), "")
        or date_in(facts.get("date", ""))
        or next((date_in(one) for one in running[:1] if is_date(one)), "")
    )
    return Metadata(
        title=title or source.name,
        publisher=issuer,
        date=date,
        identifier=front.number or facts.get("identifier", ""),
        coverage=period_in(running) or year_in(title) or year_in(front.printed),
        language=source.language,
    )
