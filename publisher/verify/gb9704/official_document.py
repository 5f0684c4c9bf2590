"""The elements of an official document on its measured pages (GB/T 9704-2012, 7 and 10).

Input: measured pages. Output: which rows are 份号, the mark, the title, the signature, 版记 and so on, recognised by their words,
colours, sizes and places, as a clerk recognises them on paper. Nothing is taken from the program that made the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from publisher.verify.gb9704.page_grid import BOTTOM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.verify.gb9704.measured_page import MeasuredPage, Row, Rule, Segment

Form = Literal["document", "letter", "decree", "minutes"]
COPY_NUMBER = re.compile(r"\d{1,6}")
SECRECY = re.compile("(?:绝密|机密|秘密)(?:★.*)?")
URGENCY = re.compile("特急|加急|特提|平急")
NUMBER = re.compile(r".*〔\d{4}〕\d+号|第\d+号|.*[\[（(【]\d{4}[\])）】].*号|.*第\d+[号期]")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
PAGE_NUMBER = re.compile("[—–-]\\d+[—–-]")
ANNEX_LABEL = re.compile("附件\\d{0,2}")
ATTENDANCE = re.compile("(?:出席|请假|列席)[：:]")
TITLE_EM = 6.9
"""Millimetres: the least em of a title; 2号 is 7.76, 小二 is 6.35."""
SIGNATURE_LEFT = 50.0
"""Millimetres from the edge of the page: the parts of a signature begin further right than any paragraph."""


MOST_LEADING = 8.0
"""Millimetres between two rows of one list at most; an empty line is 10.2 mm high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPage:
    """A part of a row, and its page."""

    page: int
    """From 1."""
    row: Row
    segment: Segment


@dataclass(slots=True)
class OfficialDocument:
    """The elements of a document; those that it does not have are empty."""

    pages: Sequence[MeasuredPage]
    form: Form = "document"
    mark: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom of the ink of the mark."""
    mark_words: str = ""
    copy_number: OnPage | None = None
    secrecy: OnPage | None = None
    urgency: OnPage | None = None
    number: OnPage | None = None
    signers: list[OnPage] = field(default_factory=list)
    head_rule: Rule | None = None
    title: list[Row] = field(default_factory=list)
    addressee: list[Row] = field(default_factory=list)
    text: list[Row] = field(default_factory=list)
    """The rows of the text on the first page."""
    attachments: list[OnPage] = field(default_factory=list)
    date: OnPage | None = None
    signatories: list[OnPage] = field(default_factory=list)
    remark: OnPage | None = None
    attendance: list[OnPage] = field(default_factory=list)
    annexes: list[OnPage] = field(default_factory=list)
    imprint: list[OnPage] = field(default_factory=list)
    imprint_page: MeasuredPage | None = None
    page_numbers: dict[int, Segment] = field(default_factory=dict)

    def row_above(self, item: OnPage) -> Row | None:
        """Return the last row of a page that ends above a part of a row; ``None`` if the page begins with it."""
        rows = self.pages[item.page - 1].rows
        return next((row for row in reversed(rows) if row.whole.bottom < item.segment.top), None)


def read_document(pages: Sequence[MeasuredPage]) -> OfficialDocument:
    """Return the elements on the pages."""
    document = OfficialDocument(pages=pages)
    for page in pages:
        for row in page.rows:
            segment = row.segments[0]
            if segment.top > BOTTOM and PAGE_NUMBER.fullmatch(row.text):
                document.page_numbers[page.number] = segment
    _read_head(document, pages[0])
    _read_text(document)
    _read_imprint(document)
    return document


def _read_head(document: OfficialDocument, page: MeasuredPage) -> None:
    red_rows = [row for row in page.rows if row.whole.is_red]
    red_rules = [rule for rule in page.rules if rule.is_red]
    if page.red_ink:
        lefts, tops, rights, bottoms = zip(*page.red_ink, strict=True)
        document.mark = min(lefts), min(tops), max(rights), max(bottoms)
        document.mark_words = "".join(row.text for row in red_rows)
    if document.mark_words.endswith("令"):
        document.form = "decree"
    elif document.mark_words.endswith("纪要"):
        document.form = "minutes"
    elif len(red_rules) >= 3:
        document.form = "letter"
    below_mark = [rule for rule in red_rules if document.mark and rule.top > document.mark[3]]
    document.head_rule = below_mark[0] if below_mark else None
    if document.form == "letter":  # a thick and a thin rule are one
        document.head_rule = below_mark[1] if len(below_mark) > 1 else document.head_rule
    title_start = next(
        (i for i, row in enumerate(page.rows) if row.whole.em > TITLE_EM and not row.whole.is_red),
        len(page.rows),
    )
    head = page.rows[:title_start]
    if title_start == len(page.rows):  # a decree has no title but its mark
        head = page.rows[:8]
    for row in head:
        for segment in row.segments:
            _read_head_segment(document, OnPage(page=1, row=row, segment=segment))


def _read_head_segment(document: OfficialDocument, item: OnPage) -> None:
    text, segment = item.segment.text, item.segment
    if segment.is_red or document.mark is None:
        return
    above = segment.bottom < document.mark[1] + 20
    in_head = above or document.form == "letter"
    if in_head and COPY_NUMBER.fullmatch(text):
        document.copy_number = item
    elif in_head and SECRECY.fullmatch(text):
        document.secrecy = item
    elif in_head and URGENCY.fullmatch(text):
        document.urgency = item
    elif NUMBER.fullmatch(text) and document.number is None:
        document.number = item
    elif text.startswith("签发人") or (document.signers and segment.left > 90):
        document.signers.append(item)


def _read_text(document: OfficialDocument) -> None:
    first = document.pages[0]
    rows = list(first.rows)
    start = 0
    for index, row in enumerate(rows):
        if row.whole.em > TITLE_EM and not row.whole.is_red:
            document.title.append(row)
            start = index + 1
        elif document.title:
            break
    if not document.title:
        marks = [document.number] if document.number else []
        start = max((rows.index(item.row) + 1 for item in marks if item.row in rows), default=0)
    body = [row for row in rows[start:] if row.whole.bottom <= BOTTOM + 12 and is_text(row)]
    left = min((row.whole.left for row in body), default=0.0)
    for row in body:
        if row.whole.left > left + 0.5 * row.whole.em or not document.title:
            break
        document.addressee.append(row)
        if row.text.endswith("："):
            break
    goes_on = len(document.addressee) == len(body)  # to the next page
    if document.addressee and not goes_on and not document.addressee[-1].text.endswith("："):
        document.addressee = []
    document.text = body[len(document.addressee) :]
    _read_foot(document)


def is_text(row: Row) -> bool:
    """Return whether a row is black and of the size of the text, 3号."""
    return 5.2 < row.whole.em < 6.0 and not row.whole.is_red


def _read_foot(document: OfficialDocument) -> None:
    """Read the list of attachments, the signature, the remark, the attendance and the annexes."""
    in_list = False
    for page in document.pages:
        in_annex = bool(page.rows) and ANNEX_LABEL.fullmatch(page.rows[0].text) is not None
        if in_annex:
            row = page.rows[0]
            document.annexes.append(OnPage(page=page.number, row=row, segment=row.segments[0]))
        if document.annexes:
            continue
        for index, row in enumerate(page.rows):
            item = OnPage(page=page.number, row=row, segment=row.segments[0])
            text = row.text
            if text.startswith("附件："):
                in_list = True
            if in_list and (row.whole.left > page.width / 2 or _is_apart(page, index)):
                in_list = False
            if in_list and is_text(row) and row.whole.bottom < BOTTOM:
                document.attachments.append(item)
            if ATTENDANCE.match(text):
                document.attendance.append(item)
            if (
                DATE.fullmatch(row.segments[-1].text)
                and row.segments[-1].left > page.width / 3
                and is_text(row)
            ):
                in_list = False
                document.date = OnPage(page=page.number, row=row, segment=row.segments[-1])
                document.signatories = _signatories(document, page, index)
                following = page.rows[index + 1 : index + 2]
                document.remark = next(
                    (
                        OnPage(page=page.number, row=below, segment=below.segments[0])
                        for below in following
                        if below.text.startswith("（") and is_text(below)
                    ),
                    None,
                )


def _is_apart(page: MeasuredPage, index: int) -> bool:
    """Return whether a row below the first one of a list is more than a line below the row above it, or has a wide gap."""
    row = page.rows[index]
    if row.text.startswith("附件："):
        return False
    far = index > 0 and row.whole.top - page.rows[index - 1].whole.bottom > MOST_LEADING
    return far or len(row.segments) > 1


def _signatories(document: OfficialDocument, page: MeasuredPage, index: int) -> list[OnPage]:
    """Return the parts of the rows above a date that are at the right, up to the text."""
    parts: list[OnPage] = []
    attachments = {id(item.row) for item in document.attachments}
    for row in reversed(page.rows[:index]):
        if row.whole.left < SIGNATURE_LEFT or not is_text(row) or id(row) in attachments:
            break
        row_parts = [OnPage(page=page.number, row=row, segment=part) for part in row.segments]
        parts = [*row_parts, *parts]
    return parts


def _read_imprint(document: OfficialDocument) -> None:
    last = document.pages[-1]
    rows = [
        row
        for row in last.rows
        if 4.5 < row.whole.em < 5.2
        and row.whole.bottom <= BOTTOM + 12
        and not PAGE_NUMBER.fullmatch(row.text)
    ]
    first = next(
        (
            index
            for index, row in enumerate(rows)
            if row.text.startswith(("抄送", "主送")) or row.segments[-1].text.endswith("印发")
        ),
        None,
    )
    if first is not None:
        document.imprint_page = last
        document.imprint = [
            OnPage(page=last.number, row=row, segment=segment)
            for row in rows[first:]
            for segment in row.segments
        ]
