"""Fractions whose part and whole a sentence names itself: 8964人，占总数9536人的94.0%, 资产负债率.

Input: a statement with a rate. Output: a ``Fraction``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.decimals import last_digit

if TYPE_CHECKING:
    from publisher.statistics.statement import Statement

_SHARE_OPENER = re.compile("[^，。；]{0,4}(?:占|为|完成|相当于|达到)")
"""Words between a part and the whole of its share: 支出完成调整预算."""
_OF_WHOLE = re.compile("[^，。；：、\\d]{0,6}的")
"""Words between a whole and its share: 160个行政村的30%."""
_NAMED_RATIOS = (("存贷比", "贷款", "存款"), ("个贷率", "贷款余额", "缴存余额"))
"""Ratios with the measures of their part and their whole."""
_AMOUNT_ENDING = re.compile("(?:总额|总量|余额|总数|额|数)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction:
    """A part and a whole whose ratio may be the rate."""

    part: Decimal
    whole: Decimal

    @property
    def percentage(self) -> Decimal:
        """The ratio in percent with two decimals, as checks show it."""
        ratio = self.part / self.whole * 100
        return ratio.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

    def gives(self, rate: Decimal) -> bool:
        """Return whether the ratio is the rate in percent, rounded or cut off at its last digit."""
        return self.whole > 0 and abs(self.part / self.whole * 100 - rate) < last_digit(rate)


def exact_amount(statement: Statement, index: int | None) -> Decimal | None:
    """Return the amount of a figure of a sentence; ``None`` if there is no figure or it is not exact."""
    if index is None or not statement.quantities[index].exact:
        return None
    return statement.quantities[index].amount


def is_amount(statement: Statement, index: int) -> bool:
    """Return whether a figure is a single number and no share."""
    quantity = statement.quantities[index]
    return quantity.amount is not None and quantity.unit not in SHARES


def fraction_of_stated_whole(statement: Statement, index: int) -> Fraction | None:
    """Return the part and the whole of a share that has its whole before it: 8964人，占总数9536人的94.0%.

    The growth of the part may be between them: 税收3.2亿元，增长6.7%，完成任务3亿元的106.7%.
    """
    if not has_stated_whole(statement, index):
        return None
    quantities, readings = statement.quantities, statement.readings
    part_index = index - 2
    while part_index > 0 and readings[part_index].kind in ("rate", "change"):
        part_index -= 1
    part, whole = (exact_amount(statement, i) for i in (part_index, index - 1))
    same_unit = quantities[part_index].base_unit == quantities[index - 1].base_unit
    is_level = readings[part_index].kind == "level"
    if part is None or whole is None or not same_unit or not is_level or whole <= 0:
        return None
    return Fraction(part=part, whole=whole)


def has_stated_whole(statement: Statement, index: int) -> bool:
    """Return whether the figure before a share is its whole: 占总数9536人的94.0%."""
    if index < 2 or not _OF_WHOLE.fullmatch(statement.words_before(index)):
        return False
    _, comma, words = statement.words_before(index - 1).rpartition("，")
    return bool(comma and _SHARE_OPENER.match(words))


def fraction_of_named_measures(statement: Statement, index: int) -> Fraction | None:
    """Return the part and the whole that a rate is named after, if the sentence states both: 资产负债率, 存贷比."""
    name = statement.readings[index].measure
    levels = [
        (i, _AMOUNT_ENDING.sub("", statement.readings[i].measure))
        for i in range(index)
        if statement.readings[i].kind == "level"
        and not statement.readings[i].is_earlier
        and is_amount(statement, i)
    ]
    ratio = next((item for item in _NAMED_RATIOS if name.endswith(item[0])), None)
    head = re.sub("(?:率|比)$", "", name)
    pairs = [
        (part, whole)
        for part, part_name in levels
        for whole, whole_name in levels
        if part != whole
        and (
            (ratio[1] in part_name and ratio[2] in whole_name)
            if ratio
            else min(len(part_name), len(whole_name)) > 1 and head == f"{whole_name}{part_name}"
        )
    ]
    if len(pairs) != 1:
        return None
    part, whole = (exact_amount(statement, i) for i in pairs[0])
    units = {statement.quantities[i].base_unit for i in pairs[0]}
    if part is None or whole is None or whole <= 0 or len(units) > 1:
        return None
    return Fraction(part=part, whole=whole)
