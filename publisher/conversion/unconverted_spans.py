"""Spans that a conversion leaves unchanged, or converts only character by character.

Input: a text. Output: spans. Addresses, e-mail, code and the names of ``--names`` stay unchanged. Titles
in 《》 and document numbers are names: their characters are converted, their words are not exchanged.
Surnames that are also other words keep their form (余, 范, 于).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from publisher.text.protected_spans import find_protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAMED = re.compile("《[^《》\n]{1,80}》|[\u4e00-\u9fff]{2,12}〔\\d{4}〕")
_OFFICE = (
    "副?(?:书记|市长|县长|区长|镇长|乡长|省长|州长|局长|主任|部长|处长|科长|厅长|院长|校长|所长|站长"
    "|队长|组长|会长|秘书长|常委|委员|经理|董事长|同志)"
)
SURNAMES = {
    "余": ("余", "名人下件项额热量款粮年姚杭干庆江震地力个家万元吨亩户多"),
    "范": ("范", "围本县例畴式文"),
    "于": ("于", "今上下是本每当前去事次同一二三四五六七八九十年月日其此洪桥都某"),
    "涂": ("涂", "料装改画抹层"),
    "党": ("党", "委组支总小中员性校政建工内派群史章纪办外课费代的和风务龄旗"),
    "谷": ("谷", "物雨底地城"),
    "沈": ("沈", "阳丘"),
    "钟": ("鍾", "山祥楼表点头情"),
    "岳": ("岳", "阳麓西池普父母"),
    "曲": ("曲", "折线艺阜靖江周面"),
    "姜": ("姜", "堰黄汁"),
    "周": ("周", "一二三四五六日天末期边围刊年报密全岁转长内知口到"),
    "郁": ("郁", "金南闷葱"),
}
"""Surnames that are also simplified forms of other characters: their Traditional form, and the
characters behind which they are not surnames but parts of words."""
_SURNAME = "(?:{})".format(
    "|".join(f"{name}(?![{words}])" for name, (_, words) in SURNAMES.items())
)
_NAME = re.compile(
    f"{_OFFICE}(?P<a>{_SURNAME})[\u4e00-\u9fff]{{1,2}}"
    "(?=[，。、；：（）]|等|同志|[主出参带作率说讲调部指强要介为任担兼分及和与在到向]|$)"
    f"|(?:^|(?<=[，。、；：（“\n]))(?P<b>{_SURNAME})[\u4e00-\u9fff]{{0,2}}(?={_OFFICE})"
    f"|(?P<c>{_SURNAME})(?:某某?|[×xX＊*]{{2}})(?![年月日地处时种个些委单部公局市县镇乡村])"
)


class HasSpan(Protocol):
    """Anything with a start and an end in a text."""

    @property
    def start(self) -> int:
        """The offset of its first character."""

    @property
    def end(self) -> int:
        """One past the offset of its last character."""


SpanT = TypeVar("SpanT", bound=HasSpan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span of a text."""

    start: int
    end: int


@cache
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    ordered = sorted(filter(None, names), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def find_unconverted(text: str, names: tuple[str, ...]) -> list[Span]:
    """Return what stays unchanged: addresses, e-mail, code, and the given names."""
    spans = find_protected_spans(text)
    unconverted = [Span(start=a, end=b) for a, b in zip(spans.starts, spans.ends, strict=True)]
    pattern = _names_pattern(names)
    if pattern is not None:
        unconverted += [Span(start=m.start(), end=m.end()) for m in pattern.finditer(text)]
    return list(without_overlaps(unconverted))


def find_names(text: str) -> list[Span]:
    """Return the titles and the document numbers, in which only characters are converted."""
    return [Span(start=match.start(), end=match.end()) for match in _NAMED.finditer(text)]


def find_surnames(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and Traditional form of each surname that is also another word."""
    for match in _NAME.finditer(text):
        for group in ("a", "b", "c"):
            if match[group]:
                yield match.start(group), SURNAMES[match[group]][0]


def without_overlaps(spans: Iterable[SpanT]) -> Iterator[SpanT]:
    """Yield spans in order and without overlaps: the first wins, of two with one start the longer."""
    last_end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= last_end:
            yield span
            last_end = span.end
