"""The figures that a rate may be computed from, as the grammar binds them.

Input: a statement with a rate. Output: a ``RateReading`` with all fractions that the sentence may mean. 较2016年减少5项，压减率
4.3% is 5 of the level before, not of the level now; 由29个减少到22个 names its base; the part of 办结率 is 办结;
占办结总数的50% names the whole. Levels and changes are those of the same measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.grammar.reading import MULTIPLE
from publisher.statistics.movements import belongs_to, movement
from publisher.statistics.stated_fractions import (
    Fraction,
    exact_amount,
    fraction_of_named_measures,
    fraction_of_stated_whole,
    has_stated_whole,
    is_amount,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.statistics.grammar.reading import Reading
    from publisher.statistics.statement import Statement

_SCOPE_PREFIX = re.compile("^(?:全[市县区年部]|同期|其|本年)+")
_SHARE_WORDS = re.compile("占(?P<whole>.*)", re.DOTALL)
_ALTOGETHER = re.compile("(?:合计|共|总计|之和)(?:约|仅)?占")
"""Words of the share of several figures: 合计占."""
_WHOLE_ENDING = re.compile("(?:总数|总量|总额|总件数|总)?的?(?:比例|比重|比)?$")
_OF_WHICH_WHOLE = re.compile("[^，。；\\d]{0,12}[中里]，")
"""Words behind a whole whose part follows: 抽查的38个项目中，."""
_RATIO_ENDING = re.compile("的?(?:比例|比重|比)?$")
_WIDER_WHOLE = re.compile("全(?:市|县|区|省|国|镇)|同期|各(?:市|县|区)")
"""A whole that the report need not state: 占全市总数的12%."""
PLAN = re.compile("预算|计划|任务|目标|概算")
"""Words of what was to be reached, which is no total of other figures."""
_NARROWED = re.compile("按时|按期|及时|限时|即时|当场|加权|平均|每|净|一次性?|提前|主动|规范|首次")
"""Narrows a rate: 按时办结率 counts the cases closed in time, which the sentence need not state."""
_REVIEWED = re.compile("复[审查检核评]")
"""A second round, whose whole is another one: 认定86家，复审通过41家，通过率91.1%."""
SIBLINGS = 2
"""Shares of one whole that prove which whole another share beside them has."""
RATE_NAME = re.compile("率|进度|比例|比重|占比|存贷比")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateReading:
    """The possible readings of a rate, the likeliest first."""

    kind: str
    fractions: tuple[Fraction, ...] = ()
    certain: bool = False
    """Whether no other reading is possible."""


_OF_EARLIER_PERIOD = re.compile("上年|去年|上期|年初|期初")
"""A whole of an earlier period, which is no total of the sentence: 占上年末净资产的74%."""


def read_rate(statement: Statement, index: int, preceding: Sequence[Statement]) -> RateReading:
    """Return what a rate may be a rate of."""
    reading = statement.readings[index]
    fraction = fraction_of_stated_whole(statement, index)
    if fraction:
        return RateReading(kind="percentage", fractions=(fraction,), certain=True)
    if has_stated_whole(statement, index) or reading.construction == MULTIPLE:
        return RateReading(kind="percentage")
    if reading.kind == "share":
        return _read_share(statement, index, preceding)
    if reading.kind == "rate":
        return _read_growth(statement, index, preceding)
    if RATE_NAME.search(reading.measure):
        return _read_named_rate(statement, index)
    return RateReading(kind="percentage")


def _read_growth(statement: Statement, index: int, preceding: Sequence[Statement]) -> RateReading:
    """Return the change of a measure as a part of its earlier level."""
    reading, moved = statement.readings[index], movement(statement, index)
    later, earlier, change = (
        exact_amount(statement, i) for i in (moved.later, moved.earlier, moved.change)
    )
    if later is None and moved.earlier is not None:
        later = _level_before(statement, moved.earlier, preceding)
    fractions: list[Fraction] = []
    if earlier is not None and later is not None:
        fractions.append(Fraction(part=abs(later - earlier), whole=earlier))
    if change is not None and earlier is not None:
        fractions.append(Fraction(part=change, whole=earlier))
    direction = statement.readings[moved.change].direction if moved.change is not None else 0
    if change is not None and later is not None and earlier is None:
        fractions.append(Fraction(part=change, whole=later - direction * change))
    certain = (
        bool(fractions)
        and not any(statement.readings[i].doubt for i in (index, moved.change) if i is not None)
        and 0 in {direction, reading.direction, direction - reading.direction}
        and belongs_to(statement, moved, index)
    )
    return RateReading(kind="growth", fractions=tuple(fractions), certain=certain)


def _level_before(
    statement: Statement, earlier: int, preceding: Sequence[Statement]
) -> Decimal | None:
    """Return the level that earlier sentences give for the measure of a figure of the year before; ``None`` if they give several."""
    measure = statement.readings[earlier].measure
    unit = statement.quantities[earlier].base_unit
    amounts = {
        exact_amount(other, i)
        for other in preceding
        for i, reading in enumerate(other.readings)
        if reading.measure == measure
        and reading.kind == "level"
        and not reading.is_earlier
        and other.quantities[i].base_unit == unit
    }
    return amounts.pop() if len(amounts) == 1 else None


def _read_named_rate(statement: Statement, index: int) -> RateReading:
    """Return part and whole of a rate that is named after its part: 办结率 is 办结 of all."""
    quantities, name = statement.quantities, statement.readings[index].measure
    composite = fraction_of_named_measures(statement, index)
    if composite:
        return RateReading(kind="percentage", fractions=(composite,), certain=True)
    match = RATE_NAME.search(name)
    stem = name[: match.start()][-2:] if match else ""
    amounts: dict[int, Decimal] = {}
    for i in range(index):
        amount = exact_amount(statement, i)
        if amount and statement.readings[i].kind == "level" and quantities[i].unit not in SHARES:
            amounts[i] = amount
    if amounts:
        unit = quantities[max(amounts)].base_unit
        amounts = {i: amount for i, amount in amounts.items() if quantities[i].base_unit == unit}
    parts = [i for i in amounts if stem and _gives_name(statement, i, stem)]
    if not parts or len(amounts) < 2:
        return RateReading(kind="percentage")
    part = parts[-1]
    wholes = [amounts[i] for i in sorted(amounts, reverse=True) if i < part]
    return RateReading(
        kind="percentage",
        fractions=tuple(
            Fraction(part=amounts[part], whole=whole) for whole in wholes if whole >= amounts[part]
        ),
        certain=len(parts) == 1
        and not _REVIEWED.search(statement.readings[part].measure)
        and not _NARROWED.search(name)
        and not _is_repeated(statement, part, index, stem),
    )


def _is_repeated(statement: Statement, part: int, index: int, stem: str) -> bool:
    """Return whether a part has its rate before this one, which is that of a later figure: 合格842份，合格率97.9%，其中城市420份，合格率99.5%."""
    readings, last = statement.readings, index - 1
    return last > part + 1 and any(
        f"{stem}率" in readings[i].measure and statement.quantities[i].unit == "%"
        for i in range(part + 1, index)
    )


def _gives_name(statement: Statement, index: int, stem: str) -> bool:
    """Return whether a rate is named after a figure: 办结213件, 8872户加入微信群 (入群率)."""
    lead = statement.words_before(index).rpartition("；")[2]
    if re.search(f"[不未]{re.escape(stem)}", lead):
        return False
    end = statement.quantities[index].end
    following = statement.text[end : statement.clause_end(end)].partition("、")[0]
    return stem in lead or all(character in following for character in stem)


def _read_share(statement: Statement, index: int, preceding: Sequence[Statement]) -> RateReading:
    """Return part and whole where the sentence names them: 33件，占办结总数的50%."""
    quantities, reading = statement.quantities, statement.readings[index]
    words = _SHARE_WORDS.search(reading.subject.removeprefix(reading.measure))
    if words is None:
        return RateReading(kind="percentage")
    whole_words = _SCOPE_PREFIX.sub("", _WHOLE_ENDING.sub("", words["whole"]))
    full_words = _SCOPE_PREFIX.sub("", _RATIO_ENDING.sub("", words["whole"]))
    parts = [
        i
        for i in range(index)
        if statement.readings[i].measure == reading.measure
        and statement.readings[i].kind == "level"
        and is_amount(statement, i)
    ]
    amount = exact_amount(statement, parts[-1]) if parts else None
    if amount is None or _OF_EARLIER_PERIOD.search(words["whole"]):
        return RateReading(kind="percentage")
    part = quantities[parts[-1]]
    totals = [
        quantities[total.total].amount
        for total in statement.totals
        if parts[-1] in total.parts
        and not _has_share(statement, total.total)
        and whole_words in statement.readings[total.total].measure
    ]
    if PLAN.search(whole_words):
        totals = []  # the plan of the part is not the total that it is a part of
    if not whole_words:
        totals += [
            quantities[i].amount
            for i in range(parts[-1] - 1, -1, -1)
            if quantities[i].base_unit == part.base_unit
            and quantities[i].exact
            and _OF_WHICH_WHOLE.match(statement.text, quantities[i].end)
        ][:1]
    candidates = [
        (quantity.amount, source.readings[i].measure.endswith(full_words))
        for source in (statement, *reversed(preceding))
        for i, quantity in enumerate(source.quantities)
        if quantity.base_unit == part.base_unit
        and quantity.exact
        and quantity is not part
        and (source is not statement or i < index)
        and not (source is statement and source.readings[i].construction == "distribution")
        and (
            _names_whole(source.readings[i], source.words_before(i), whole_words)
            if whole_words
            else not _has_share(source, i)
        )
    ]
    if any(is_full for _, is_full in candidates):
        candidates = [(whole, is_full) for whole, is_full in candidates if is_full]
    wholes = dict.fromkeys((*totals, *(whole for whole, _ in candidates)))
    near = {whole for whole, _ in candidates if whole is not None and whole >= amount}
    amounts = (amount, *_sums_with_the_parts_before(statement, parts[-1]))
    common = None if whole_words else _common_whole(statement, index, wholes)
    if common is None and not whole_words:
        common = _whole_of_complement(statement, index, amount, preceding)
    if common is not None:
        fraction = Fraction(part=amount, whole=common)
        return RateReading(kind="percentage", fractions=(fraction,), certain=True)
    return RateReading(
        kind="percentage",
        fractions=tuple(
            Fraction(part=part_amount, whole=whole)
            for part_amount in amounts
            for whole in wholes
            if whole is not None and whole >= part_amount
        ),
        certain=(bool(totals) or (bool(whole_words) and len(near) == 1))
        and not _ALTOGETHER.search(statement.words_before(index))
        and not _WIDER_WHOLE.search(words["whole"]),
    )


def _sums_with_the_parts_before(statement: Statement, part: int) -> Iterator[Decimal]:
    """Yield the sums of a figure and those directly before it: in 甲12件，乙3件，占总数的15%, both may be meant."""
    total = statement.quantities[part].amount or Decimal(0)
    for index in range(part - 1, -1, -1):
        quantity, reading = statement.quantities[index], statement.readings[index]
        same_unit = quantity.base_unit == statement.quantities[part].base_unit
        if not same_unit or reading.kind != "level" or quantity.amount is None:
            return
        total += quantity.amount
        yield total


def _common_whole(
    statement: Statement, index: int, wholes: Iterable[Decimal | None]
) -> Decimal | None:
    """Return the whole that at least two other shares of a sentence have: 甲5件，占25%；乙6件，占30%；丙9件，占45%."""
    readings, quantities = statement.readings, statement.quantities
    others = [
        (amount, rate)
        for i in range(1, len(readings))
        if i != index
        and readings[i].subject.removeprefix(readings[i].measure) in ("占", "占比")
        and (amount := exact_amount(statement, i - 1))
        and (rate := quantities[i].number) is not None
    ]
    for whole in wholes:
        if whole and sum(Fraction(part=a, whole=whole).gives(r) for a, r in others) >= SIBLINGS:
            return whole
    return None


def _whole_of_complement(
    statement: Statement, index: int, amount: Decimal, preceding: Sequence[Statement]
) -> Decimal | None:
    """Return the whole that an earlier share names, if its part and this one are all of it: 占收入的66.8%；非税6亿元，占33.2%."""
    for i in range(index):
        rate = statement.quantities[i].number
        if statement.readings[i].kind == "share" and rate is not None:
            for fraction in _read_share(statement, i, preceding).fractions:
                if fraction.gives(rate) and fraction.part + amount == fraction.whole:
                    return fraction.whole
    return None


def _names_whole(reading: Reading, words: str, whole: str) -> bool:
    return whole in words or whole in reading.measure


def _has_share(statement: Statement, index: int) -> bool:
    """Return whether a figure is stated to be a share of something: 公开28件，占80%."""
    following = index + 1
    return following < len(statement.readings) and statement.readings[following].kind == "share"
