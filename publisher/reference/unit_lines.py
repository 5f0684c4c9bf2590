"""Lines that give the unit of a table: 单位：万元, （单位：亿元、%）, （万元）, Unit: US$ million.

Input: a line. Output: where the unit is stated and which. An office is no unit: 单位：青禾县财政局 names who made the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.reference.caption_words import ENGLISH_UNIT_LABELS, UNIT_LABELS
from publisher.reference.offices import OFFICE_ENDINGS
from publisher.reference.units import is_unit
from publisher.text.simplified import to_simplified

LONGEST_UNIT = 24
"""Characters of the longest statement of units."""
_CURRENCY = re.compile("^(?:人民币|新台币|新台幣|港币|港幣|澳门币|美元|HK\\$|US\\$|NT\\$|RMB)")
_OWN_CURRENCY = re.compile("^(?:人民[币幣]|新[臺台]幣|港幣)(?=.*元)")
_VALUE = (
    "(?P<value>(?:[^\\s：:（()）]|[（(][^（()）]*[）)])+(?:\\s?[、，,/／和]\\s?[^\\s：:（()）]+)*)"
)
_LABEL = re.compile(
    f"(?:^|(?<=[\\s；;，,])|(?=[（(]))[（(]?(?P<label>{'|'.join(UNIT_LABELS)})\\s*[：:]\\s*{_VALUE}\\s*[）)]?"
)
_ENGLISH_LABEL = re.compile(
    f"(?:^|(?<=[\\s；;，,])|(?=[（(]))[（(]?(?P<label>{'|'.join(ENGLISH_UNIT_LABELS)})\\s*[：:]\\s*"
    "(?P<value>[^\u3000：:（()）]+)[）)]?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile("[（(](?P<value>[^：:（()）]+)[）)]")
_ENGLISH_AMOUNT = re.compile(
    "(?:in\\s+)?(?:(?:[A-Z]{1,3}\\$|[$£€¥]|HKD|USD|RMB|TWD)\\s?(?:'000|(?:thousand|million|billion)s?|mn|bn)?|'000"
    "|(?:thousand|million|billion)s?)(?:\\s(?:of\\s)?[a-z]+){0,3}",
    re.IGNORECASE,
)
"""HK$ million, million cubic metres, in thousands."""
_OFFICE_ENDINGS = tuple(OFFICE_ENDINGS)
_LONG_ENDINGS = tuple(ending for ending in OFFICE_ENDINGS if len(ending) > 1)
_NEXT_LABEL = re.compile("(?:币种|币别|币|时间|日期|年度)$")
_PARTS = re.compile("\\s*[、，,；;]\\s*|\\s+和\\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStatement:
    """A unit in a line, with its label."""

    start: int
    """The index of its label, an opening bracket before it included."""
    end: int
    value: str
    """As printed: 个、万元."""

    @property
    def units(self) -> tuple[str, ...]:
        """Return the units one by one."""
        return tuple(filter(None, _PARTS.split(self.value)))


def unit_statement(line: str) -> UnitStatement | None:
    """Return the unit that a line states behind a label, or alone in brackets; ``None`` if it states none."""
    if "。" in line:
        return None
    plain = to_simplified(line)
    alone = _IN_BRACKETS.fullmatch(plain.strip())
    if alone and _are_units(alone["value"]):
        start = line.index(line.strip())
        span = slice(start + alone.start("value"), start + alone.end("value"))
        end = start + len(line.strip())
        return UnitStatement(start=start, end=end, value=line[span].strip())
    for pattern in (_LABEL, _ENGLISH_LABEL):
        match = pattern.search(plain)
        if match is None:
            continue
        start, end = match.span("value")
        value = line[start:end].strip()
        following = _NEXT_LABEL.search(plain[start:end])
        if following and plain[match.end() :].lstrip().startswith(("：", ":")):
            value = line[start : start + following.start()].strip()
        if _may_be_unit(to_simplified(value)):
            return UnitStatement(start=match.start(), end=match.end(), value=value)
    return None


def without_own_currency(unit: str) -> str:
    """Return a unit without the currency of the place before it: figures in the text name none.

    Example:
        >>> without_own_currency("人民币万元"), without_own_currency("新臺幣千元"), without_own_currency("港币万元")
        ('万元', '千元', '港币万元')

    """
    plain = _OWN_CURRENCY.sub("", unit)
    return plain if is_unit(to_simplified(plain)) else unit


def stated_unit(line: str) -> str:
    """Return the unit that a line states, as printed; empty if it states none."""
    statement = unit_statement(line)
    return statement.value if statement else ""


def _are_units(value: str) -> bool:
    """Return whether a text is one unit or several and nothing else."""
    parts = _PARTS.split(value.strip())
    return all(
        not (unit := _CURRENCY.sub("", part)) or is_unit(unit) or _ENGLISH_AMOUNT.fullmatch(part)
        for part in parts
    )


def _may_be_unit(value: str) -> bool:
    if not value or len(value) > LONGEST_UNIT:
        return False
    if _are_units(value):
        return True
    is_office = value.endswith(_LONG_ENDINGS) or (
        len(value) > 3 and value.endswith(_OFFICE_ENDINGS)
    )
    return not is_office
