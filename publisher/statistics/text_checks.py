"""The arithmetic of a report, done again: sums, rates, growth, lists that count themselves.

Enters: the sentences and tables of a report. Leaves: ``Check``s. A statement holds, fails, or cannot
be verified, with the reason; a true statement is never called false, so where the report leaves
open what a figure is related to, nothing is claimed. Figures are exact decimals.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.model import Check, Outcome, Reason
from publisher.reference.units import MEASURES, SHARES
from publisher.statistics.form_identities import of_form
from publisher.statistics.indicator_identities import of_indicators
from publisher.statistics.rates import plain, rates
from publisher.statistics.relations import MOST_PARTS, NEAR
from publisher.statistics.statement import Statement
from publisher.statistics.table_totals import of_sums
from publisher.statistics.text_vs_table import text_against_tables
from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Table
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.repeated_facts import Repetition
    from publisher.statistics.statement import Total

_OFFICE = re.compile(
    "(?:[局委办院厅部站所处乡镇区县市]|中心|街道|大队|支队|公司|集团)[。．.：:；]?$"
)
"""How the heading of an office's own section ends."""
REMEMBERED = 6
"""How many sentences back a rate may find its whole."""
EXHAUSTIVE_PARTS = 3
"""From this many parts on, 其中 lists all of them, if they come near their total."""
_AND_MORE = re.compile("[^，。；：]{0,12}等")
"""What stands behind the last part where there are more than are listed."""
_OVERLAPPING = re.compile(
    "涉及|网站|网页|微信|微博|公众号|客户端|平台|渠道|媒体|电视|广播|公开栏|抖音|头条"
)
"""Channels and topics: one item counts once for each, so that parts may exceed their total."""
_NO_ITEMS = frozenset((*SHARES, *MEASURES, *"次 轮 起 期 场 届 批 批次 人次 场次 遍 趟 回".split()))
"""What is counted in these is not what a list before it names: 对甲、乙开展两轮."""
LONGEST_LIST = 12
LONGEST_ITEM = 14
"""A list in apposition to its count has short items, and not more than can be counted at a look."""


def check(
    read: Sequence[Statement | tuple[str, Table]], told_again: Sequence[Repetition], year: str
) -> Iterator[Check]:
    """Yield every statement of a report on ``year`` that can be computed again, or would need to be."""
    told = [item for item in read if isinstance(item, Statement) and item.found]
    for place, statement in enumerate(told):
        before = [
            one
            for one in told[max(0, place - REMEMBERED) : place]
            if one.passage.section == statement.passage.section
        ]
        for total in statement.totals:
            if len(total.parts) > 1:
                yield _sum(statement, total, before)
        yield from rates(statement, before)
        yield from _lists(statement)
    yield from _repetitions(told_again, _headings(read))
    yield from text_against_tables(read, year)
    for item in read:
        if not isinstance(item, Statement):
            yield from (*of_form(item[1]), *of_indicators(item[1])) or of_sums(item[1])


def _sum(statement: Statement, stated: Total, before: Sequence[Statement]) -> Check:
    total, parts = statement.found[stated.total], [statement.found[i] for i in stated.parts]
    whole = total.amount or Decimal(0)
    computed = sum((one.amount or Decimal(0) for one in parts), Decimal(0))
    alike = all(one.unit == total.unit for one in parts)
    shown = [one.value if alike else plain(one.amount or Decimal(0)) for one in (total, *parts)]
    if alike:
        whole, computed = (one / (total.scale or 1) for one in (whole, computed))
    if not all(one.exact for one in (total, *parts)) or _is_rounded(total, parts, whole - computed):
        outcome, reason = Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    elif computed == whole:
        outcome, reason = Outcome.HOLDS, Reason.NONE
    elif stated.sorted_anew and any(
        one.amount == computed for told in before for one in told.found
    ):
        outcome, reason = Outcome.UNVERIFIABLE, Reason.DIFFERENT
    elif _are_all(statement, stated, whole, computed):
        outcome, reason = Outcome.FAILS, Reason.NONE
    else:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.PARTS
    return statement.judged(
        stated.total,
        kind="sum",
        told=f"{shown[0]} = {' + '.join(shown[1:])}",
        numbers=(shown[0], plain(computed)),
        verdict=(outcome, reason),
    )


def _is_rounded(total: Quantity, parts: Sequence[Quantity], missing: Decimal) -> bool:
    """Tell a difference that the rounding of the figures may have made: 1.2万 of 5,432 and 6,567."""
    steps = [
        Decimal(1).scaleb(int(one.number.as_tuple().exponent)) * one.scale
        for one in (total, *parts)
        if one.number is not None and (one.scale > 1 or "." in one.value)
    ]
    alike = all(one.unit == total.unit for one in parts)
    scale = total.scale if alike else Decimal(1)
    return missing != 0 and abs(missing) * scale <= sum(steps, Decimal(0)) / 2


def _are_all(statement: Statement, stated: Total, whole: Decimal, computed: Decimal) -> bool:
    """Tell whether parts that miss their total must make it up, by the words and by their size."""
    last = statement.found[stated.parts[-1]]
    if len(stated.parts) >= MOST_PARTS - 1 or statement.is_cut:
        return False
    near = abs(whole - computed) <= NEAR * whole
    if computed < whole:
        if _AND_MORE.match(statement.text, last.end):
            return False
        return stated.listed or (near and len(stated.parts) >= EXHAUSTIVE_PARTS)
    start = statement.found[stated.total].end
    if _OVERLAPPING.search(statement.text, start, last.end):
        largest = max(statement.found[i].amount or Decimal(0) for i in stated.parts)
        return near and largest < (1 - NEAR) * (statement.found[stated.total].amount or 0)
    return stated.listed or stated.apart or near


def _lists(statement: Statement) -> Iterator[Check]:
    """Count lists that count themselves: 甲、乙、丙等3个, 甲、乙、丙三个片区."""
    for index, quantity in enumerate(statement.found):
        lead = statement.lead(index)
        if quantity.number is None or not quantity.exact or quantity.unit in _NO_ITEMS:
            continue
        if quantity.scale > 1:
            continue
        stated = int(quantity.number)
        clause = re.split("[，。；：]", lead)[-1]
        if clause.endswith("等"):
            listed = len(_items(clause.removesuffix("等")))
        else:
            listed = _apposed(statement, index, clause, stated)
        if listed < 2:
            continue
        if listed == stated:
            outcome, reason = Outcome.HOLDS, Reason.NONE
        elif not clause.endswith("等") or (listed > stated and "的" not in clause):
            outcome, reason = Outcome.FAILS, Reason.NONE
        else:
            outcome, reason = Outcome.UNVERIFIABLE, Reason.MORE
        yield statement.judged(
            index,
            kind="enumeration",
            told=f"{listed} listed, {stated} stated",
            numbers=(str(stated), str(listed)),
            verdict=(outcome, reason),
        )


def _apposed(statement: Statement, index: int, clause: str, stated: int) -> int:
    """Return how many are listed right before a count in characters; 0 where none clearly are."""
    one = statement.found[index]
    written = statement.text[one.start : one.end]
    if not written or written[0] not in HAN_NUMERALS or not 2 <= stated <= LONGEST_LIST:
        return 0
    items = _items(clause)
    if len(items) < 2 or any(len(item) > LONGEST_ITEM for item in items[1:]):
        return 0
    joined = len([part for item in items for part in re.split("[和及与]", item) if part])
    if stated < len(items):
        return len(items)
    return joined if stated > joined else stated if stated in (len(items), joined) else 0


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
    return [one for one in (*items, item) if one]


def _headings(read: Sequence[Statement | tuple[str, Table]]) -> dict[str, str]:
    """Return the first words of each section, which are its heading."""
    heads: dict[str, str] = {}
    for item in read:
        if isinstance(item, Statement):
            heads.setdefault(item.passage.section, item.text)
    return heads


def _of_one_office(one: Repetition, headings: Mapping[str, str]) -> bool:
    """Tell facts of the same office: a report may give each of its offices a section."""
    paths = (one.first.passage.section, one.again.passage.section)
    offices = [
        [
            headings[above]
            for above in accumulate(path.split("/"), "{}/{}".format)
            if _OFFICE.search(headings.get(above, ""))
        ]
        for path in paths
    ]
    return offices[0] == offices[1]


def _repetitions(told_again: Sequence[Repetition], headings: Mapping[str, str]) -> Iterator[Check]:
    """Compare a fact that is stated again with how it was stated first, for the same year."""
    for one in told_again:
        first, quantity = one.first.found[one.first_index], one.again.found[one.again_index]
        section, here = one.first.passage.section, one.again.passage.section
        same = first.number == quantity.number
        outcome, reason = Outcome.HOLDS, Reason.NONE
        if not same and one.telling and section != here and _of_one_office(one, headings):
            outcome = Outcome.FAILS
        elif not same:
            outcome, reason = Outcome.UNVERIFIABLE, Reason.DIFFERENT
        yield one.again.judged(
            one.again_index,
            kind="repetition",
            told=f"{one.again.as_set(one.key)}: {first.value} ({section}), {quantity.value}",
            subject=one.again.as_set(one.key),
            numbers=(quantity.value, first.value),
            verdict=(outcome, reason),
        )
