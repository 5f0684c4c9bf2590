"""The check of lists that state how many items they have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.reference.units import MEASURES, SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.statement import Statement

_NO_ITEMS = frozenset(
    (*SHARES, *MEASURES, *"成 次 轮 起 期 场 届 批 批次 人次 场次 遍 趟 回".split())
)
"""Units that do not count the items of a list: 对甲、乙开展两轮."""
_HEADING_NUMBER = re.compile(f"^[{HAN_NUMERALS}]+、")
"""The number of a heading, which is no item: 三、抓好七项工作."""
LONGEST_LIST = 12
LONGEST_ITEM = 14
"""Items and characters. A list directly before its count (without 等) is short and has short items."""


@arithmetic_check(
    name="enumeration",
    kinds=("enumeration",),
    reason="It fails where a list directly before its count has another number of items, or where a "
    "list that ends in 等 has more items than stated.",
    fails=(("完成了甲、乙、丙、丁等3个项目。", "the list has 4 items, the number stated is 3"),),
    holds=(
        "完成了甲、乙、丙等3个项目。",
        "完成了甲、乙、丙等5个项目。",
        "对甲、乙开展两轮检查。",
    ),
    exceptions="fewer items than stated before 等, which may stand for further items (``cannot be "
    "verified``); rounds, times and measures, which do not count items.",
)
def check_enumerations(statement: Statement, _: Sequence[Statement]) -> Iterator[Check]:
    """Compare the items of a list with the number that follows it: 甲、乙、丙等3个."""
    for index, quantity in enumerate(statement.quantities):
        if quantity.number is None or not quantity.exact or quantity.unit in _NO_ITEMS:
            continue
        if quantity.scale > 1:
            continue
        stated = int(quantity.number)
        clause = re.split("[，。；：]", statement.words_before(index))[-1]
        if clause.endswith("等"):
            listed = len(_items(clause.removesuffix("等")))
        else:
            listed = _count_adjacent_list(statement, index, clause, stated)
        if listed < 2:
            continue
        if listed == stated:
            outcome, reason = Outcome.HOLDS, Reason.NONE
        elif not clause.endswith("等") or (listed > stated and "的" not in clause):
            outcome, reason = Outcome.FAILS, Reason.NONE
        else:
            outcome, reason = Outcome.UNVERIFIABLE, Reason.MORE
        yield statement.make_check(
            index,
            kind="enumeration",
            formula=translatable("{listed} listed, {stated} stated", listed=listed, stated=stated),
            numbers=(str(stated), str(listed)),
            verdict=(outcome, reason),
            difference=translatable(
                "the list has {listed} items, the number stated is {stated}",
                listed=listed,
                stated=stated,
            ),
        )


def _count_adjacent_list(statement: Statement, index: int, clause: str, stated: int) -> int:
    """Return the length of a list directly before a count in Chinese numerals; 0 if it is unclear."""
    quantity = statement.quantities[index]
    numeral = statement.text[quantity.start : quantity.end]
    if not numeral or numeral[0] not in HAN_NUMERALS or not 2 <= stated <= LONGEST_LIST:
        return 0
    items = _items(_HEADING_NUMBER.sub("", clause))
    if len(items) < 2 or any(len(item) > LONGEST_ITEM for item in items[1:]):
        return 0
    if stated < len(items):
        return len(items)
    names = len([name for item in items for name in re.split("[和及与]", item) if name])
    return names if stated > names else stated if stated in (len(items), names) else 0


def _items(clause: str) -> list[str]:
    """Split a list at 、 and between quoted names, but not inside brackets or quotation marks."""
    items, depth, item = [], 0, ""
    for position, character in enumerate(clause):
        depth += (character in "（《“") - (character in "）》”")
        if character == "、" and depth == 0:
            items.append(item)
            item = ""
            continue
        item += character
        if character in "”》" and depth == 0 and clause[position + 1 : position + 2] in ("“", "《"):
            items.append(item)
            item = ""
    items = [item for item in (*items, item) if item]
    owned = [number for number, item in enumerate(items[:-1]) if "的" in item.strip("的")]
    if owned:  # 北山、南川两县的青河、柳溪: the list begins behind 的
        items = [items[owned[-1]].rpartition("的")[2], *items[owned[-1] + 1 :]]
    return items
