"""The labelled lines of a head as parts of a report, and the facts that they state.

Input: entries with their labels. Output: ``PartLine`` values in the order of the source, and pairs of label and value.
A line that holds two parts (岚府〔2024〕19号　　签发人：林望舒, 加急　　岚政函〔2024〕8号) is divided at its gap.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from publisher.model import PartLine
from publisher.parse.entries import Line
from publisher.text.dates import date_or_month_in
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import PartRole, Text
    from publisher.parse.entries import Entry
    from publisher.parse.head.labelling import Label

_SIGNER = re.compile("[\\s　]+(?=签[\\s　]*发[\\s　]*人[：:])")
_MARK_BEFORE_NUMBER = re.compile(
    "(?:(?P<urgency>特急|加急|平急|特提|急件)|(?P<secrecy>绝密|机密|秘密))[\\s　]+"
)
"""What a letter has at the left of the line with its number (GB/T 9704-2012, 10.1)."""
_DATE_AT_END = re.compile(
    "[\\s　]+(?=[（(]?(?:(?:19|20)\\d\\d|[〇○零一二三四五六七八九]{4}|(?:中华)?民国)[^\\s　]*年\\S*[月日][）)]?$|[（(]?(?:19|20)\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}[）)]?$)"
)
_FIELD = re.compile(
    "[-•·*＊●○]?(?P<label>[^：:\\s　，。；（）|]{1,14})[：:](?P<value>[^|｜【】]*?)(?=[\\s　|｜]+[^：:\\s　，。；（）|]{1,14}[：:]|[|｜【】]|$)"
)
_SHORT_REPUBLIC = re.compile("1[0-3]\\d年\\d{1,2}月")
"""A date in Taiwan without the name of the era: 113年5月20日."""
_GAP = re.compile("[\\s　]{2,}|　")
"""What parts the value of a field from the words behind it."""


def part_lines(entry: Line, label: Label) -> Iterator[PartLine]:
    """Yield the parts that a line holds."""
    role = cast("PartRole", "web-label" if label == "page-title" else label)
    simplified = to_simplified(entry.string)
    gap = None
    mark = _MARK_BEFORE_NUMBER.match(simplified) if label == "document-number" else None
    if mark:
        first: PartRole = "urgency" if mark["urgency"] else "secrecy"
        yield PartLine(role=first, text=entry.text.slice(0, mark.end(first)))
        entry = replace(entry, text=entry.text.slice(mark.end()))
        simplified = to_simplified(entry.string)
    if label == "document-number":
        gap = _SIGNER.search(simplified)
    elif label == "office":
        gap = _DATE_AT_END.search(simplified)
    if gap:
        yield PartLine(role=role, text=entry.text.slice(0, gap.start()))
        second: PartRole = "date" if label == "office" else "signer"
        yield PartLine(role=second, text=entry.text.slice(gap.end()))
    else:
        yield PartLine(role=role, text=entry.text)


def facts_in(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Yield label and value of each field in some lines; a value may be on the line below its label."""
    label = ""
    for entry in entries:
        if not isinstance(entry, Line):
            continue
        fields = list(_FIELD.finditer(entry.string.strip("【】[]")))
        if label and not fields:
            yield label, entry.string.strip()
        label = ""
        for field in fields:
            name = "".join(to_simplified(field["label"]).split()).strip("【[")
            if value := _GAP.split(field["value"].strip(" 　】]"))[0]:
                yield name, value
                label = ""
            else:
                label = name


def strings_of(lines: Sequence[PartLine], role: PartRole) -> list[str]:
    """Return the lines with a role."""
    return [line.text.string.strip() for line in lines if line.role == role]


def joined_string(texts: Sequence[Text]) -> str:
    """Return lines of a title as one string; words in Latin letters are separated by a space."""
    joined = ""
    for text in texts:
        string = text.string.strip()
        both_latin = joined[-1:].isascii() and string[:1].isascii() and (joined and string)
        joined = (
            f"{joined} {string}" if both_latin and joined[-1].isalpha() else f"{joined}{string}"
        )
    return joined


def date_of_line(line: str) -> str:
    """Return the day or the month that a line states."""
    simplified = to_simplified(line)
    if _SHORT_REPUBLIC.match(simplified.lstrip("（( ")):
        simplified = f"民国{simplified.lstrip('（( ')}"
    return date_or_month_in(simplified)
