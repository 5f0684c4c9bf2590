"""The arithmetic of a report, done again: sums, rates, growth, lists that count themselves.

Enters: a ``Report``. Leaves: ``Check``s. A statement holds, fails, or cannot be verified, with the
reason; a true statement is never called false, so where the report leaves open what a figure is
related to, nothing is claimed. Figures are exact decimals; a rate is compared as it was rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from publisher.model import Check, Outcome
from publisher.statistics.forms import of_form
from publisher.statistics.numbers import Quantity, quantities
from publisher.statistics.observations import Passage, passages
from publisher.statistics.sentences import sentences
from publisher.statistics.subjects import subjects
from publisher.statistics.units import SHARES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Locator, Report

_PARTS = re.compile("其中[：:，]?|包括[：:]|分别为|分別為")
_REST = re.compile("正在|尚在|尚未|其余|剩余|余下|未办结|未接入|不合格")
_OPPOSITES = (("专职", "兼职"), ("按时", "延期"), ("线上", "线下"), ("网上", "现场"), ("男", "女"))
"""Two kinds that together are all."""
_DOWN = re.compile("减少|下降|压减|降低|精简|削减|減少|关停")
_UP = re.compile("增加|增长|上升|提高|增長")
_CHANGED = re.compile(f"{_DOWN.pattern}|{_UP.pattern}|[由从]")
_RATE = re.compile("率|幅|比例|占比|增长|下降|增長|提高")
_FROM_TO = re.compile("[由从]$")
_LIST = re.compile("等$")
EXHAUSTIVE_PARTS = 3
"""From this many parts on, or after a colon, 其中 lists all of them."""
NEAR = Decimal("0.1")
"""Two parts that miss their total by less than this share of it were meant to make it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with its figures and what they count."""

    text: str
    passage: Passage
    offset: int
    found: Sequence[Quantity]
    named: Sequence[str]

    def locator(self, quantity: Quantity) -> Locator:
        """Return the place of a figure in the source."""
        start = self.offset + quantity.start
        return self.passage.text.slice(start, self.offset + quantity.end).locator


def check(report: Report) -> Iterator[Check]:
    """Yield every statement of the report that can be computed again, or would need to be."""
    read = list(_sentences(report))
    for sentence in read:
        yield from _sums(sentence)
        yield from _rates(sentence)
        yield from _lists(sentence)
    yield from _repetitions(read)
    for item in passages(report):
        if not isinstance(item, Passage):
            yield from of_form(item[1])


def _sentences(report: Report) -> Iterator[Sentence]:
    for item in passages(report):
        if isinstance(item, Passage):
            for offset, text in sentences(item.text.string):
                found = quantities(text)
                if found:
                    yield Sentence(
                        text=text,
                        passage=item,
                        offset=offset,
                        found=found,
                        named=subjects(text, found),
                    )


def _check(  # noqa: PLR0913 - one keyword a column
    sentence: Sentence,
    quantity: Quantity,
    *,
    kind: str,
    statement: str,
    stated: str,
    computed: str = "",
    outcome: Outcome,
    reason: str = "",
) -> Check:
    return Check(
        kind=kind,  # type: ignore[arg-type]  # one of the words that Check lists
        statement=statement,
        stated=stated,
        computed=computed,
        outcome=outcome,
        reason=reason,
        quote=sentence.text.strip(),
        locator=sentence.locator(quantity),
    )


def _sums(sentence: Sentence) -> Iterator[Check]:
    """Totals with parts: after 其中, or a first figure that the following ones make up."""
    found = sentence.found
    explained: set[int] = set()
    for match in _PARTS.finditer(sentence.text):
        before = [i for i, one in enumerate(found) if one.end <= match.start()]
        if not before or found[before[-1]].number is None:
            continue
        total = found[before[-1]]
        parts = _run(found, before[-1] + 1, total, sentence.text)
        if len(parts) < 2:
            continue
        parts = _making_up(found, total, parts) or parts
        explained.update((before[-1], *parts))
        yield from _sum(
            sentence, before[-1], parts, colon=match[0].endswith(("：", ":", "为", "為"))
        )
    for index, total in enumerate(found):
        if index in explained or total.number is None or not total.exact:
            continue
        parts = _run(found, index + 1, total, sentence.text)
        if len(parts) < 2 or explained & set(parts):
            continue
        making = _making_up(found, total, parts)
        if making:
            explained.update((index, *making))
            yield from _sum(sentence, index, making, colon=True)
        elif len(parts) == 2 and _are_all(sentence, parts):
            explained.update((index, *parts))
            yield from _sum(sentence, index, parts, colon=True)


def _are_all(sentence: Sentence, parts: list[int]) -> bool:
    """Tell two parts that by their words leave nothing over: done and under way, 专职 and 兼职."""
    first, second = (sentence.found[i] for i in parts)
    end = re.compile("[，。；]|$").search(sentence.text, second.end)
    rest = sentence.text[first.end : end.start() if end else None]
    before = _clause_of(sentence, parts[0])
    return bool(_REST.search(rest)) or any(a in before and b in rest for a, b in _OPPOSITES)


def _making_up(found: Sequence[Quantity], total: Quantity, parts: list[int]) -> list[int]:
    """Return the first parts that make up the total exactly; none where they do not."""
    for size in range(2, len(parts) + 1):
        numbers = [found[i].number or Decimal(0) for i in parts[:size]]
        if sum(numbers) == total.number and all(one < (total.number or 0) for one in numbers):
            return parts[:size]
    return []


def _run(found: Sequence[Quantity], start: int, total: Quantity, text: str) -> list[int]:
    """Return the figures of the total's unit that follow without one of another unit between."""
    parts: list[int] = []
    heavy = False
    for index in range(start, len(found)):
        one = found[index]
        if one.unit in SHARES:
            continue
        if one.unit != total.unit or one.number is None:
            break
        clause = text[found[index - 1].end : one.start]
        if _CHANGED.search(clause) or ("其中" in clause and parts):
            break
        if len(parts) == 1:
            heavy = "；" in clause
        elif parts and "；" in clause and not heavy:
            break
        parts.append(index)
    return parts


def _sum(sentence: Sentence, total: int, parts: list[int], *, colon: bool) -> Iterator[Check]:
    found = sentence.found
    whole = found[total].number or Decimal(0)
    numbers = [found[i].number or Decimal(0) for i in parts]
    computed = sum(numbers, Decimal(0))
    statement = f"{found[total].value} = {' + '.join(found[i].value for i in parts)}"
    exact = all(found[i].exact for i in (total, *parts))
    whole_listed = colon or len(parts) >= EXHAUSTIVE_PARTS or abs(whole - computed) <= NEAR * whole
    if not exact:
        outcome, reason = Outcome.UNVERIFIABLE, "a figure is only approximate"
    elif computed == whole:
        outcome, reason = Outcome.HOLDS, ""
    elif computed > whole or whole_listed:
        outcome, reason = Outcome.FAILS, ""
    else:
        outcome, reason = Outcome.UNVERIFIABLE, "the parts named need not be all"
    yield _check(
        sentence,
        found[total],
        kind="sum",
        statement=statement,
        stated=str(whole),
        computed=str(computed),
        outcome=outcome,
        reason=reason,
    )


def _rates(sentence: Sentence) -> Iterator[Check]:
    """Percentages: of a change, with the base that the sentence means, else of a part."""
    found, named = sentence.found, sentence.named
    for index, rate in enumerate(found):
        if rate.unit != "%" or rate.number is None or not _RATE.search(named[index]):
            continue
        earlier = [i for i in range(index) if found[i].number is not None]
        change = next((i for i in reversed(earlier) if found[i].unit not in SHARES), None)
        yield _rate(sentence, index, change, earlier)


def _rate(sentence: Sentence, index: int, change: int | None, earlier: list[int]) -> Check:
    found, named = sentence.found, sentence.named
    rate = found[index]
    stated = rate.number or Decimal(0)
    base = part = None
    kind = "percentage"
    if change is not None:
        delta = found[change]
        clause = named[change] + sentence.text[found[change - 1].end if change else 0 : delta.start]
        same = [i for i in earlier if i < change and found[i].unit == delta.unit]
        if same and (_DOWN.search(clause) or _UP.search(clause)):
            kind = "growth"
            level = found[same[-1]].number or Decimal(0)
            amount = delta.number or Decimal(0)
            if len(same) > 1 and _FROM_TO.search(sentence.text[: found[same[-2]].start]):
                base, part = found[same[-2]].number, amount
            elif _FROM_TO.search(sentence.text[: found[same[-1]].start]):
                base, part = level, abs(level - amount)
            elif same:
                base = level + amount if _DOWN.search(clause) else level - amount
                part = amount
            if not (delta.exact and found[same[-1]].exact):
                base = None
        elif "率" in named[index] and not _UP.search(named[index]):
            base, part = _share(sentence, index, [*same, change])
    if not base or part is None or base <= 0:
        return _check(
            sentence,
            rate,
            kind=kind,
            statement=f"{named[index]} {rate.value}%",
            stated=rate.value,
            outcome=Outcome.UNVERIFIABLE,
            reason="the report gives no base for it",
        )
    places = Decimal(1).scaleb(stated.as_tuple().exponent)  # type: ignore[arg-type]  # finite
    exact = part / base * 100
    computed = exact.quantize(places, rounding=ROUND_HALF_UP)
    close = abs(exact - stated) < places
    return _check(
        sentence,
        rate,
        kind=kind,
        statement=f"{part} ÷ {base} = {rate.value}%",
        stated=rate.value,
        computed=str(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)),
        outcome=Outcome.HOLDS if close or computed == stated else Outcome.FAILS,
    )


def _share(
    sentence: Sentence, index: int, earlier: list[int]
) -> tuple[Decimal | None, Decimal | None]:
    """Return whole and part of a rate: the part is what the rate is called after (办结率, 办结)."""
    found, named = sentence.found, sentence.named
    stem = re.sub("^.*(?=..$)", "", named[index].rpartition("率")[0])
    numbers = {i: found[i].number or Decimal(0) for i in earlier if found[i].exact}
    parts = [
        i
        for i in numbers
        if stem
        and stem in _clause_of(sentence, i)
        and not re.search(f"[不未]{stem}", _clause_of(sentence, i))
    ]
    if len(parts) != 1 or len(numbers) < 2:
        return None, None
    part = numbers[parts[0]]
    whole = max(number for i, number in numbers.items() if i != parts[0])
    return (whole, part) if whole >= part else (None, None)


def _clause_of(sentence: Sentence, index: int) -> str:
    """Return the words that lead up to a figure."""
    start = sentence.found[index - 1].end if index else 0
    return sentence.text[start : sentence.found[index].start]


def _lists(sentence: Sentence) -> Iterator[Check]:
    """Count lists that count themselves: 甲、乙、丙等3个."""
    for index, quantity in enumerate(sentence.found):
        before = sentence.text[: quantity.start]
        if not _LIST.search(before) or quantity.number is None or not quantity.exact:
            continue
        previous = sentence.found[index - 1].end if index else 0
        clause = re.split("[，。；：]", before[previous:])[-1].removesuffix("等")
        items = [item for item in _items(clause) if item]
        if len(items) < 2:
            continue
        stated = int(quantity.number)
        if len(items) == stated:
            outcome, reason = Outcome.HOLDS, ""
        elif len(items) > stated:
            outcome, reason = Outcome.FAILS, ""
        else:
            outcome, reason = Outcome.UNVERIFIABLE, "等 may stand for more than is listed"
        yield _check(
            sentence,
            quantity,
            kind="enumeration",
            statement=f"{len(items)} listed, {stated} stated",
            stated=str(stated),
            computed=str(len(items)),
            outcome=outcome,
            reason=reason,
        )


def _items(clause: str) -> list[str]:
    """Split a list at 、 and between quoted names, but not inside brackets or quotation marks."""
    items, depth, item = [], 0, ""
    for place, character in enumerate(clause):
        depth += (character in "（《“") - (character in "）》”")
        if character == "、" and depth == 0:
            items.append(item)
            item = ""
            continue
        item += character
        if character in "”》" and depth == 0 and clause[place + 1 : place + 2] in ("“", "《"):
            items.append(item)
            item = ""
    return [*items, item]


def _repetitions(read: Sequence[Sentence]) -> Iterator[Check]:
    """Compare a fact that is stated again with how it was stated first."""
    known: dict[tuple[str, str], tuple[Quantity, str]] = {}
    for sentence in read:
        for quantity, subject in zip(sentence.found, sentence.named, strict=True):
            key = _core(subject)
            if (
                quantity.number is None
                or not quantity.exact
                or len(key) < 5
                or quantity.unit in SHARES
            ):
                continue
            if _DOWN.search(subject) or _UP.search(subject):
                continue
            first = known.setdefault((key, quantity.unit), (quantity, sentence.passage.section))
            if first[0] is quantity:
                continue
            same = first[0].number == quantity.number
            yield _check(
                sentence,
                quantity,
                kind="repetition",
                statement=f"{subject}: {first[0].value} ({first[1]}), {quantity.value}",
                stated=quantity.value,
                computed=first[0].value,
                outcome=Outcome.HOLDS if same else Outcome.UNVERIFIABLE,
                reason="" if same else "the two statements may be about different things",
            )


def _core(subject: str) -> str:
    """Return a subject without the words that only place it."""
    return re.sub(
        "全市|全县|全区|市本级|各级|行政机关|已|共|的|（[^）]*）|全部|实施|受理|事项", "", subject
    )
