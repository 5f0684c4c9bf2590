"""What a conversion must leave alone, or may only take character by character.

Enters: a text. Leaves: spans. Addresses, e-mail and code stay to the letter, and so do the names
that a person gave; titles in 《》 and document numbers are names, whose words are not exchanged for
others; surnames that are words of their own keep their form (余, 范, 于).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from publisher.verbatim import verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMED = re.compile("《[^《》\n]{1,80}》|[\u4e00-\u9fff]{2,12}〔\\d{4}〕")
_OFFICE = (
    "(?:书记|市长|县长|区长|镇长|乡长|省长|州长|局长|主任|部长|处长|科长|厅长|院长|校长|所长|站长"
    "|队长|组长|会长|秘书长|常委|委员|代表|经理|董事长|同志)"
)
SURNAMES = {
    "余": "余",
    "范": "范",
    "于": "于",
    "涂": "涂",
    "党": "党",
    "谷": "谷",
    "沈": "沈",
    "钟": "鍾",
    "岳": "岳",
    "曲": "曲",
    "姜": "姜",
    "郁": "郁",
    "卜": "卜",
    "丑": "丑",
    "种": "种",
    "后": "后",
    "仆": "仆",
    "云": "云",
    "干": "干",
    "征": "征",
}
"""Surnames that are also simplified forms of other characters, and what they are in Traditional."""
_NAME = re.compile(
    f"(?P<late>{_OFFICE}(?P<a>[{''.join(SURNAMES)}])[\u4e00-\u9fff]{{1,2}}"
    "(?=[，。、；：（）]|等|同志|[主出参带作率说讲调部指强要介为任担兼分及和与在到向]|$))"
    f"|(?:^|(?<=[，。、；：（“\n]))(?P<b>[{''.join(SURNAMES)}])[\u4e00-\u9fff]{{1,2}}(?={_OFFICE})"
    f"|(?P<c>[{''.join(SURNAMES)}])(?:某某?|[×xX＊*]{{1,2}})(?![\u4e00-\u9fff]{{0,1}}[些种个次])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text."""

    start: int
    end: int


@cache
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    ordered = sorted(filter(None, names), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def to_the_letter(text: str, names: tuple[str, ...]) -> list[Span]:
    """Return what stays as it is: addresses, code, and the names that a person gave."""
    spans = verbatim(text)
    found = [Span(start=a, end=b) for a, b in zip(spans.starts, spans.ends, strict=True)]
    pattern = _names_pattern(names)
    if pattern is not None:
        found += [Span(start=m.start(), end=m.end()) for m in pattern.finditer(text)]
    return list(_apart(found))


def named(text: str) -> list[Span]:
    """Return the titles and the document numbers: characters only."""
    return [Span(start=match.start(), end=match.end()) for match in _NAMED.finditer(text)]


def surnames(text: str) -> Iterator[tuple[int, str]]:
    """Yield the places of surnames that need a form of their own, with that form."""
    for match in _NAME.finditer(text):
        for group in ("a", "b", "c"):
            if match[group]:
                yield match.start(group), SURNAMES[match[group]]


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    done = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.start >= done:
            yield span
            done = span.end
