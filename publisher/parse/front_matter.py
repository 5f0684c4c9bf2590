"""The front matter of a report: its title, its document number, and its metadata.

Input: the entries of a report. Output: the lines of the title, the remaining entries, and the
``Metadata``. What the user gives (``MetadataOverrides``) overrides what is detected; a replaced title is
recorded as an edit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.model import Edit, Metadata, PartLine, Text
from publisher.parse.decided_parts import decided_range, set_subtitle, subtitle_range
from publisher.parse.entries import Entry, Line
from publisher.text.characters import HAN
from publisher.text.dates import date_in, is_date, period_in, year_in
from publisher.text.edits import Replacement, apply_edits
from publisher.text.numbering import read_number

if TYPE_CHECKING:
    from publisher.model import SourceText

_TITLE_NOUNS = "年度报告|工作报告|报告|年报|总结|情况|说明|公报|通报|公告|通知|意见|办法|年度報告|報告|年報|總結|情況|公報"
_TITLE_END = re.compile(f"(?:{_TITLE_NOUNS})(?:[（(][^（）()]{{1,30}}[）)])?$")
_TITLE_LINE = re.compile(f"[{HAN}A-Za-z0-9“”《》、（）()〔〕·—\\-\u3000 ]{{2,60}}$")
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
"""The office that a title names, at its beginning or after the year."""
_PLACE_NAME = re.compile("[省市县縣区區旗州盟镇鎮乡鄉]$")
TITLE_OVERRIDE = "title-override"
"""The rule of the edits that replace or insert a title."""
_OVERRIDDEN = "a person decided the title"
LONGEST_TITLE = 120
"""Characters of the longest line of a title that ends in a word such as 报告."""
LONGEST_PLAIN_TITLE = 40
"""Characters of the longest line that can be a title without such a word."""
MOST_TITLE_LINES = 4
"""Lines of the longest title."""
TITLE_SEARCH_LINES = 8
"""The title begins in one of so many first lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataOverrides:
    """What the user says about the report; empty fields are detected from its text."""

    title: str = ""
    subtitle: str = ""
    issuer: str = ""
    date: str = ""
    """ISO 8601, such as 2018-02-26."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The parts of a report above its body."""

    masthead: tuple[Entry, ...]
    """Everything above the title."""
    title: tuple[Text, ...]
    """The lines of the title, as overridden."""
    below_title: tuple[PartLine, ...]
    """The lines of the subtitle, as decided, and the document number directly below the title."""
    printed_title: str
    """The title as the source has it, even if it is overridden."""

    @property
    def title_string(self) -> str:
        """Return the title as one string."""
        return "".join(part.string for part in self.title)

    @property
    def document_number_string(self) -> str:
        """Return the document number above or below the title; empty if there is none."""
        lines = [line.string for line in self.masthead if isinstance(line, Line)]
        lines += [line.text.string for line in self.below_title if line.role == "document-number"]
        return next((line.strip("（）()") for line in lines if _DOCUMENT_NUMBER.match(line)), "")


def split_front_matter(
    lines: tuple[Entry, ...], overrides: MetadataOverrides
) -> tuple[FrontMatter, tuple[Entry, ...], tuple[Edit, ...]]:
    """Return masthead, title and document number, the remaining entries, and edits of the title."""
    first, title_end = _title_lines(lines)
    title_end, last = subtitle_range(lines, first, title_end, overrides.subtitle)
    title = tuple(line.text for line in lines[first:title_end] if isinstance(line, Line))
    subtitle = tuple(line.text for line in lines[title_end:last] if isinstance(line, Line))
    below = lines[last] if title and last < len(lines) else None
    number = None
    if isinstance(below, Line) and _DOCUMENT_NUMBER.match(below.string):
        number = below.text
    remaining = lines[last + 1 if number else last :]
    edits: tuple[Edit, ...] = ()
    printed_title = "".join(part.string for part in title)
    masthead = lines[:first]
    first_line = next((i for i, entry in enumerate(remaining) if isinstance(entry, Line)), None)
    if overrides.title and overrides.title != printed_title and title:
        title, edits = _replace_title(title, overrides.title)
    elif overrides.title and not title and first_line is not None:
        line = remaining[first_line]
        if isinstance(line, Line):
            text, line, edits = _insert_title(line, overrides.title)
            masthead, title = (*masthead, *remaining[:first_line]), (text,)
            remaining = (line, *remaining[first_line + 1 :])
    title, subtitle, subtitle_edits = set_subtitle(title, subtitle, overrides.subtitle)
    front = FrontMatter(
        masthead=masthead,
        title=title,
        below_title=(
            *(PartLine(role="subtitle", text=line) for line in subtitle),
            *([PartLine(role="document-number", text=number)] if number else ()),
        ),
        printed_title=printed_title,
    )
    return front, remaining, (*edits, *subtitle_edits)


def _replace_title(
    title: tuple[Text, ...], new_title: str
) -> tuple[tuple[Text, ...], tuple[Edit, ...]]:
    """Replace the printed title by ``new_title``."""
    edits: list[Edit] = []
    replaced = []
    for index, part in enumerate(title):
        after = "" if index else new_title
        change = Replacement(start=0, end=len(part), after=after, reason=_OVERRIDDEN)
        text, changes = apply_edits(part, [change], stage="normalise", rule=TITLE_OVERRIDE)
        edits.extend(changes)
        if text.string:
            replaced.append(text)
    return tuple(replaced), tuple(edits)


def _insert_title(line: Line, new_title: str) -> tuple[Text, Line, tuple[Edit, ...]]:
    """Insert the title above a line; return the title, the line, and the edits."""
    change = Replacement(start=0, end=1, after=f"{new_title}\n{line.string[0]}", reason=_OVERRIDDEN)
    text, changes = apply_edits(line.text, [change], stage="normalise", rule=TITLE_OVERRIDE)
    following = replace(line, text=text.slice(len(new_title) + 1))
    return text.slice(0, len(new_title)), following, changes


def _title_lines(lines: tuple[Entry, ...]) -> tuple[int, int]:
    """Return the index of the title's first line and one past its last; equal if there is no title."""
    if decided := decided_range(lines, "title"):
        return decided
    for index, line in enumerate(lines[:TITLE_SEARCH_LINES]):
        if not isinstance(line, Line) or line.decided == "body":
            continue
        if line.decided:
            break
        if line.role == "heading" and line.level == 1 and not read_number(line.string):
            return index, index + 1
        if read_number(line.string) or len(line.string) > LONGEST_TITLE:
            break
        if _TITLE_END.search(line.string) and not re.search("[。；！？]", line.string):
            return _title_start(lines, index), _subtitle_end(lines, index + 1)
    if len(lines) > 1 and isinstance(lines[0], Line) and is_title(lines[0]):
        return 0, 1
    return 0, 0


def is_title(line: Line) -> bool:
    """Return whether a line can only be a title: short, not numbered, without punctuation of sentences."""
    return (
        not line.decided
        and len(line.string) <= LONGEST_PLAIN_TITLE
        and not re.search("[。；：，！？]", line.string)
        and not read_number(line.string)
    )


def _title_start(lines: tuple[Entry, ...], end: int) -> int:
    """Return the index of the title's first line, from that of its last.

    A line belongs to the title if the title is incomplete without it, that is, if the lines below it
    do not have both an office and a year.
    """
    start = end
    while start > 0 and end - start + 1 < MOST_TITLE_LINES:
        above, current = lines[start - 1], lines[start]
        if not isinstance(above, Line) or not isinstance(current, Line) or above.decided:
            break
        is_complete = _ISSUER.match(current.string) and year_in(current.string)
        if (
            is_complete
            or not _TITLE_LINE.match(above.string)
            or _DOCUMENT_NUMBER.match(above.string)
            or _TITLE_END.search(above.string)
        ):
            break
        start -= 1
    return start


def _subtitle_end(lines: tuple[Entry, ...], end: int) -> int:
    """Return one past the subtitle, if the line at ``end`` is one; else ``end``."""
    if end < len(lines):
        line = lines[end]
        if (
            isinstance(line, Line)
            and not line.decided
            and _SUBTITLE.match(line.string)
            and not read_number(line.string)
            and not _DOCUMENT_NUMBER.match(line.string)
        ):
            return end + 1
    return end


def collect_metadata(
    source: SourceText,
    front: FrontMatter,
    body: tuple[Entry, ...],
    sign_off: tuple[Text, ...],
    overrides: MetadataOverrides,
) -> Metadata:
    """Return the metadata of a report: from the user, from its text, or from the page around it.

    Args:
        source: The source, with what it says about itself outside its text.
        front: The front matter.
        body: The entries of the body.
        sign_off: The lines of the signature.
        overrides: What the user says.

    """
    stated = dict(source.source_metadata)
    title = (
        overrides.title
        or front.title_string
        or stated.get("title", "")
        or source.name.rpartition(".")[0]
    )
    body_lines = [line.string for line in body if isinstance(line, Line)]
    signature_lines = [text.string for text in sign_off]
    match = _ISSUER.search(title) or _ISSUER.search(front.printed_title)
    office = match["office"] if match else ""
    candidates = [
        *(line for line in signature_lines if not date_in(line)),
        stated.get("publisher", ""),
    ]
    if _PLACE_NAME.search(office):  # only a place: the signature names the office
        office = next((line for line in candidates if line.startswith(office)), office)
    issuer = overrides.issuer or office or next((line for line in candidates if line), "")
    date = (
        overrides.date
        or next((day for line in reversed(signature_lines) if (day := date_in(line))), "")
        or date_in(stated.get("date", ""))
        or next((date_in(line) for line in body_lines[:1] if is_date(line)), "")
    )
    return Metadata(
        title=title or source.name,
        subtitle="".join(line.text.string for line in front.below_title if line.role == "subtitle"),
        publishers=(issuer,) if issuer else (),
        date=date,
        identifier=front.document_number_string or stated.get("identifier", ""),
        coverage=period_in(body_lines) or year_in(title) or year_in(front.printed_title),
        language=source.language,
    )
