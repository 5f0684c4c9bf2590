"""The metadata of a report: from the user, from its head and its signature, or from the page around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import Metadata
from publisher.parse.entries import Line
from publisher.parse.head.issuers import IssuerStatements, issuers_of
from publisher.parse.head.kind import recognise_kind
from publisher.parse.head.names import is_name, is_speaker, names_press
from publisher.parse.head.parts import date_of_line, joined_string, strings_of
from publisher.parse.head.periods import coverage_of
from publisher.reference.head_labels import (
    LABELS_BY_ROLE,
    PAGE_DATE_LABELS,
    SOURCE_LABELS,
    TITLE_LABELS,
)
from publisher.reference.title_endings import FOOTNOTE_MARK
from publisher.text.dates import date_in, is_date
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from publisher.model import SourceText, Text
    from publisher.parse.entries import Entry
    from publisher.parse.front_matter import FrontMatter, MetadataOverrides

_FORM_HEAD = re.compile("[\\s　](?:函|书函|公告|令|开会通知单|笺)$")
_LABEL = re.compile("^[^：:]{1,14}[：:]")
_ISSUE_IN_NAME = re.compile(
    "(?:公告|通告|令)[〔\\[（(［]\\d{4}[〕\\]）)］]第?\\d{1,5}[号號]|第[\\d〇零一二三四五六七八九十百]{1,6}[号號期](?:报告书?|報告書?)?"
)
_PASSING = re.compile(
    "(?:(?:19|20)\\d\\d年\\d{1,2}月\\d{1,2}日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)(?!起)"
)
_DATED_EVENT = re.compile("会|通过|批准|修[订正]|公布")
KIND_LINES = 40
"""Lines of the text whose numbers show its kind."""


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
    lines = [line.string for line in body if isinstance(line, Line)]
    signature = [text.string for text in sign_off]
    head = (*front.part_lines_above, *front.below_title)
    title = overrides.title or _title(front, stated) or source.name.rpartition(".")[0]
    subtitle = joined_string([line.text for line in front.below_title if line.role == "subtitle"])
    series = [*strings_of(front.part_lines_above, "office-mark"), *front.page_titles]
    kind, evidence = recognise_kind(
        [title, front.printed_title, *series, subtitle],
        [line.strip() for line in lines[:KIND_LINES]],
    )
    speakers = strings_of(head, "speaker")
    statements = IssuerStatements(
        title=[title] if overrides.title else [text.string for text in front.title],
        title_string=title,
        other_titles=[front.printed_title, *front.page_titles],
        speakers=speakers,
        offices=[_LABEL.sub("", line) for line in strings_of(front.below_title, "office")],
        subtitle=subtitle,
        signature=[line for line in signature if not date_in(line)],
        above=[
            _LABEL.sub("", line.text.string)
            for line in front.part_lines_above
            if line.role in ("office-mark", "office")
        ],
        page=[
            value
            for value in (stated.get("publisher", ""), *_values(front, SOURCE_LABELS))
            if value
        ],
        language=source.language,
        number="".join(strings_of(head, "document-number")),
    )
    number = _number(front) or stated.get("identifier", "")
    issuers = (overrides.issuer,) if overrides.issuer else issuers_of(statements, kind)
    return Metadata(
        title=title or source.name,
        subtitle=subtitle,
        publishers=issuers,
        creator=_speaker(speakers, may_be_name=kind is not None and "speaker" in kind.parts),
        date=overrides.date or _date(front, subtitle, signature, stated, lines),
        identifier=number,
        coverage=coverage_of(title, subtitle, lines, kind, source.language),
        source=_source(front, stated, issuers),
        kind=kind.name if kind else "",
        kind_evidence=evidence,
        language=source.language,
    )


def _title(front: FrontMatter, stated: dict[str, str]) -> str:
    """Return the printed title without the mark of a note, or else what the page calls the title."""
    title = FOOTNOTE_MARK.sub("", front.title_string)
    if _FORM_HEAD.search(to_simplified(title)):
        return "".join(title.split())
    return title or next(iter(_values(front, TITLE_LABELS)), "") or stated.get("title", "")


def _values(front: FrontMatter, labels: frozenset[str]) -> list[str]:
    """Return what stands behind some labels in the head."""
    return [value for label, value in front.facts if label in labels]


def _speaker(speakers: list[str], *, may_be_name: bool) -> str:
    """Return the by-line; a name alone counts only in a document that is spoken."""
    return next(
        (line for line in speakers if may_be_name or is_speaker(line) or not is_name(line)), ""
    )


def _date(
    front: FrontMatter,
    subtitle: str,
    signature: list[str],
    stated: dict[str, str],
    lines: list[str],
) -> str:
    """Return the day of issue: of the meeting or the passing, the signature, the head, the facts, the page."""
    head = (*front.part_lines_above, *front.below_title)
    head_dates = [
        date_of_line(line) for line in (*strings_of(head, "date"), *strings_of(head, "office"))
    ]
    page_dates = [date_in(value) for value in _values(front, PAGE_DATE_LABELS)]
    page_dates += [
        date_in(line) for line in strings_of(head, "web-label") if not _LABEL.match(line[:8])
    ]
    document_labels = frozenset(LABELS_BY_ROLE["date"].split("|"))
    candidates = [
        _passing_date(subtitle),
        *(date_of_line(line) for line in reversed(signature)),
        *(date for date in head_dates if len(date) > 7),
        *map(date_in, _values(front, document_labels)),
        *head_dates,
        date_in(stated.get("issued", "")),
        date_in(stated.get("date", "")),
        *page_dates,
        *(date_in(line) for line in lines[:1] if is_date(line)),
    ]
    return next((date for date in candidates if date), "")


def _passing_date(subtitle: str) -> str:
    """Return the last day of a subtitle that says when something was read, passed or approved."""
    plain = "".join(to_simplified(subtitle).split())
    dates = _PASSING.findall(plain) if _DATED_EVENT.search(plain) else []
    if dates:
        return date_in(dates[-1])
    return date_in(plain) if _DATED_EVENT.search(plain) else ""


def _number(front: FrontMatter) -> str:
    """Return the document number as printed; the parts of the number of an issue are joined."""
    lines = strings_of((*front.part_lines_above, *front.below_title), "document-number")
    numbers = [_LABEL.sub("", line).strip() for line in lines]
    formal = [
        number for number in numbers if re.search("[〔\\[（(［]\\d{4}[〕\\]）)］]|字第", number)
    ]
    if formal:
        number = re.split("[\\s\u3000]{2,}", formal[0])[-1]  # behind 特急 in the same line
        return number.strip("（）()") if number[:1] in "（(" else number
    labelled = _values(front, frozenset(LABELS_BY_ROLE["document-number"].split("|")))
    names = [
        *strings_of(front.part_lines_above, "office-mark"),
        *([front.printed_title] if not numbers else []),
    ]
    in_names = [
        match[0] for name in names if (match := _ISSUE_IN_NAME.search("".join(name.split())))
    ]
    return "".join(numbers) or next(iter([*labelled, *in_names]), "")


def _source(front: FrontMatter, stated: dict[str, str], issuers: tuple[str, ...]) -> str:
    """Return the newspaper, agency, site or office that the text was taken from; empty if it is the issuer itself."""
    names = [*_values(front, SOURCE_LABELS), stated.get("publisher", "")]
    names += [line for line in strings_of(front.below_title, "source") if names_press(line)]
    return next((name for name in names if name and name not in issuers), "")
