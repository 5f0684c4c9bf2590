"""Totals and their parts among the figures of a sentence.

Input: a ``Statement``. Output: ``Total``s. Parts come after 其中, after a colon, between semicolons,
in brackets, before 共 or 合计, or directly after the total that they add up to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.measure_names import adds_up
from publisher.statistics.misprints import is_transposed_sum
from publisher.statistics.part_kinds import are_complete, is_complete_set
from publisher.statistics.statement import Total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.grammar.reading import Reading
    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement

_TOTAL = re.compile(
    "(?:共计|合计|总计|小计|一共|合共)[^，。；：、]{0,4}$|(?:^|[，、；])(?:总)?共[^，。；：、\\d享建有同]{0,4}$"
)
"""The words before a total that follows its parts."""
_SUM_OF = re.compile("(?:共计|合计|总计|小计|一共|合共)[^，。；：、]{0,4}$")
"""The words before a total that can be nothing else: 合计答复."""
_PARTS = re.compile(
    "(?:按|从|分)[^，。；]{1,8}(?:分|看)[，：]|其中[：:，]?|包括[：:]?(?=[^，。；]{1,16}\\d)|分别为|(?<=[^，。；：\\d])：(?=[^，。；：]{1,24}?\\d)|（(?!其中)(?=[^（）]*\\d[^（）]*[、，；][^（）]*\\d)"
)
_RATIO = re.compile("[每均]|密度")
"""Words before a figure that is one for each of other things, and no part of a total."""
_SUM_OF_PARTS = re.compile(
    "，[^，。；：、\\d]+[和与及][^，。；：、\\d]+(?:共|合计|合共|两[项者类])[^，。；\\d]{0,4}$"
)
"""Words before the sum of some parts of a list: 来访1.62万人次、来电1.13万人次、网络0.49万人次，来访和来电共2.75万人次."""
_DIVISION = re.compile("(?:按|从|分)[^，。；]{1,8}(?:分|看)[，：]")
"""Words that divide a total in another way."""
_BREAKDOWN = re.compile("按|从|分(?!别)")
"""How a sentence begins that divides a total anew; the sums show which total it is."""
NEAR = Decimal("0.1")
"""Share of a total. Parts that miss it by less are meant as its parts."""
_NO_TOTALS = frozenset(("earlier level", "average"))
FEWEST_TRANSPOSED = 3
"""Parts of a total that is far from their sum and has two digits exchanged."""
FARTHEST_TOTAL = 3
"""Figures of other units between a total and its parts: 项目186个，投资420元，其中续建97个."""
MOST_PARTS = 40
"""Figures. A total has no more parts."""
_SEPARATORS = "、，；。"
"""Marks between parts, the weakest first."""


def find_totals(statement: Statement) -> Iterator[Total]:
    """Yield the totals of a sentence; a figure belongs to one total at most."""
    assigned: set[int] = set()
    finders = (
        (_announced_totals, _following_totals, _implicit_totals)
        if len(statement.quantities) > 1
        else ()
    )
    for find in finders:
        for total in find(statement, assigned):
            assigned.update((total.total, *total.parts))
            yield total


def _announced_totals(statement: Statement, assigned: set[int]) -> Iterator[Total]:
    """Yield totals whose parts are announced by 其中, a colon, a bracket, 分别为 or 按…分."""
    quantities = statement.quantities
    totals: set[int] = set()
    for match in _PARTS.finditer(statement.text):
        first = next(
            (i for i, quantity in enumerate(quantities) if quantity.start >= match.end()), None
        )
        if first is None or statement.readings[first].construction == "distribution":
            continue
        is_breakdown = bool(_BREAKDOWN.match(match[0]))
        in_brackets = match[0] == "（"
        taken = set() if is_breakdown else totals if in_brackets else assigned
        choices = [
            choice
            for choice in _choices(statement, first, match)
            if choice.whole not in taken and choice.parts
        ]
        if is_breakdown:
            choices = _choices_of_breakdown(statement, choices, assigned - totals)
        elif choices and not _fit(quantities, choices[0].whole, choices[0].parts):
            choices = [choice for choice in choices if choice.exact] or [
                choice for choice in choices[:1] if _fit_if_transposed(quantities, choice)
            ]
        elif choices and not choices[0].exact:
            whole_lists = [choice for choice in choices if choice.exact == choice.parts]
            choices = whole_lists or choices
        if choices:
            chosen = choices[0]
            totals.add(chosen.whole)
            yield Total(
                total=chosen.whole,
                parts=tuple(chosen.exact or chosen.parts),
                exhaustive=in_brackets or match[0] in ("：", "分别为") or is_breakdown,
                disjoint=match[0].endswith("："),
                is_breakdown=is_breakdown,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """A figure that may be a total, with the parts it would have."""

    whole: int
    parts: list[int]
    exact: list[int]
    """The parts whose sum it is; empty if there are none."""


def _choices(statement: Statement, first: int, match: re.Match[str]) -> Iterator[_Choice]:
    """Yield the totals that announced parts may have, the nearest first."""
    quantities, text = statement.quantities, statement.text
    end = text.find("）", match.end()) if match[0] == "（" else len(text)
    for whole in _candidate_totals(statement, first, match):
        parts = [
            i
            for i in _consecutive_parts(statement, first, quantities[whole])
            if quantities[i].end <= end
        ]
        exact = _exact_parts(quantities, quantities[whole], parts, text)
        if not exact and len(parts) > 2 and are_complete(statement, parts[:2]):
            parts = parts[:2]
        yield _Choice(whole=whole, parts=parts, exact=exact)


def _choices_of_breakdown(
    statement: Statement, choices: Sequence[_Choice], parts: set[int]
) -> list[_Choice]:
    """Return the totals that 按…分 may divide: those that its parts add up to, then near ones that are no parts."""
    exact = [choice for choice in choices if choice.exact]
    return exact or [
        choice
        for choice in choices
        if choice.whole not in parts
        and (
            _is_near(statement.quantities, choice.whole, choice.parts)
            or is_complete_set(statement, choice.parts)
        )
    ]


def _fit(quantities: Sequence[Quantity], whole: int, parts: Sequence[int]) -> bool:
    """Return whether no part is larger than the total: 结转下年6亿元 has no part of 20亿元."""
    total = quantities[whole].amount or Decimal(0)
    return all((quantities[i].amount or Decimal(0)) <= total for i in parts)


def _fit_if_transposed(quantities: Sequence[Quantity], choice: _Choice) -> bool:
    """Return whether parts, one of which is larger than their total, add up to it if two digits of a figure are exchanged."""
    parts = [quantities[i] for i in choice.parts]
    return len(parts) > 1 and is_transposed_sum(quantities[choice.whole], parts)


def _is_near(quantities: Sequence[Quantity], whole: int, parts: Sequence[int]) -> bool:
    """Return whether parts come so near a total that they are meant as its parts."""
    total = quantities[whole].amount or Decimal(0)
    computed = sum((quantities[i].amount or Decimal(0) for i in parts), Decimal(0))
    return abs(computed - total) <= NEAR * total


def _following_totals(statement: Statement, assigned: set[int]) -> Iterator[Total]:
    """Yield totals that follow their parts: 微博76个、微信134个，共计210个."""
    for index in range(len(statement.quantities)):
        parts = _preceding_parts(statement, index) if index not in assigned else []
        if parts and not assigned & set(parts):
            yield Total(total=index, parts=tuple(parts), exhaustive=True)


def _implicit_totals(statement: Statement, assigned: set[int]) -> Iterator[Total]:
    """Yield totals that equal the sum of the figures directly after them, or must by the wording."""
    quantities = statement.quantities
    for index, total in enumerate(quantities):
        if index in assigned or total.amount is None or not total.exact:
            continue
        if statement.readings[index].construction in ("from", "earlier level") or _is_in_series(
            statement, index
        ):
            continue
        parts = _consecutive_parts(statement, index + 1, total)
        if len(parts) < 2 or assigned & set(parts):
            continue
        exact_parts = _exact_parts(quantities, total, parts)
        if exact_parts or (
            len(parts) == 2
            and are_complete(statement, parts)
            and _is_near(quantities, index, parts)
            and _fit(quantities, index, parts)
        ):
            yield Total(total=index, parts=tuple(exact_parts or parts), exhaustive=True)


def _is_in_series(statement: Statement, index: int) -> bool:
    """Return whether a figure and the next one are those of several names: 甲县和乙县分别为19次和11次."""
    readings, words = statement.readings, statement.words_before(index)
    is_first = index + 1 < len(readings) and readings[index + 1].construction == "series"
    return "分别" in words and is_first


def _preceding_parts(statement: Statement, index: int) -> list[int]:
    """Return the parts before a total: 微博76个、微信134个，共计210个."""
    quantities = statement.quantities
    total = quantities[index]
    if total.amount is None or not _TOTAL.search(statement.words_before(index)):
        return []
    parts: list[int] = []
    last = index - 1
    if (
        last > 0
        and quantities[last].base_unit != total.base_unit
        and len(statement.words_before(index)) <= 8
    ):
        last -= 1  # 三个账号合计
    for i in range(last, max(last - MOST_PARTS, -1), -1):
        quantity = quantities[i]
        if (
            quantity.base_unit != total.base_unit
            or quantity.amount is None
            or "；" in statement.words_before(i + 1)
        ):
            break
        parts.insert(0, i)
        if sum(quantities[part].amount or 0 for part in parts) == total.amount:
            return parts if len(parts) > 1 else []
    is_stated = statement.readings[index].construction == "total" or bool(
        _SUM_OF.search(statement.words_before(index))
    )
    is_meant = _is_near(quantities, index, parts) or (
        len(parts) >= FEWEST_TRANSPOSED
        and is_transposed_sum(total, [quantities[part] for part in parts])
    )
    return parts if is_stated and len(parts) > 1 and is_meant else []


def _candidate_totals(statement: Statement, first_part: int, match: re.Match[str]) -> Iterator[int]:
    """Yield the figures that parts may add up to, the nearest first: of their unit, and no change."""
    quantities = statement.quantities
    for index in range(first_part - 1, -1, -1):
        quantity = quantities[index]
        if quantity.unit in SHARES:
            continue
        if match[0] in ("：", "（") and quantity.end != match.start():
            return
        if match[0] == "分别为" and "；" in statement.text[quantity.end : match.start()]:
            return
        if quantity.base_unit != quantities[first_part].base_unit or quantity.amount is None:
            is_far = first_part - index > FARTHEST_TOTAL and not _BREAKDOWN.match(match[0])
            if is_far or (
                "；" in statement.words_before(index + 1) and not _BREAKDOWN.match(match[0])
            ):
                return
            continue
        if _leaves_bracket(statement.text[quantity.end : match.start()]):
            continue
        reading = statement.readings[index]
        is_of_years = reading.status == "cumulative" and "期间" in reading.period
        is_no_sum = is_of_years or not adds_up(reading.measure)
        if reading.construction in _NO_TOTALS or is_no_sum or _is_bound(quantity):
            continue
        if reading.kind == "level":
            yield index


def _is_bound(quantity: Quantity) -> bool:
    """Return whether a figure is a mark that was passed and no total: 突破600万."""
    return any(word in ("突破", "超过", "超") for word in quantity.qualifier.split(";"))


def _leaves_bracket(between: str) -> bool:
    """Return whether a bracket closes after a figure inside it: 58件（含上年结转2件），其中…."""
    return between.count("）") > between.count("（")


def _enters_bracket(between: str) -> bool:
    """Return whether a bracket opens whose figure explains the part before it: 甲3件（含上年1件）."""
    return between.count("（") > between.count("）")


def _exact_parts(
    quantities: Sequence[Quantity], total: Quantity, parts: list[int], text: str = ""
) -> list[int]:
    """Return the first parts whose sum is the total; empty if there are none.

    With ``text``, a list is divided only where a stronger mark separates its parts.
    """
    whole, computed = total.amount or Decimal(0), Decimal(0)
    for size, part in enumerate(parts, start=1):
        amount = quantities[part].amount or Decimal(0)
        computed += amount
        if amount >= whole or computed > whole:
            break
        if computed != whole or size < 2:
            continue
        strengths = [
            strength(text[quantities[i - 1].end : quantities[i].start]) for i in parts[1 : size + 1]
        ]
        if not text or size == len(parts) or strengths[-1] > max(strengths[:-1]):
            return parts[:size]
    return []


def _is_movement(reading: Reading) -> bool:
    """Return whether a figure is a change or one of the levels of a change, and no part of a total."""
    return reading.kind == "change" or reading.construction in ("from", "to", "earlier level")


def _is_change_of(statement: Statement, index: int, part: int) -> bool:
    """Return whether a figure is the change of a part: 夏粮68万吨，减产3万吨."""
    if statement.quantities[index - 1].unit in SHARES:
        return True
    return statement.readings[index].measure == statement.readings[part].measure


def strength(between: str) -> int:
    """Return how strong the mark between two figures is: 、 is weaker than ，, and ， than ；."""
    return max((_SEPARATORS.index(mark) for mark in between if mark in _SEPARATORS), default=0)


def _list_end(statement: Statement, start: int) -> int:
    """Return the figure before which a list that begins with ``start`` ends: behind its bracket, if it is in one."""
    end = min(len(statement.quantities), start + MOST_PARTS)
    if start >= end or not _enters_bracket(statement.words_before(start)):
        return end
    depth = 1
    for index in range(start + 1, end):
        words = statement.words_before(index)
        depth += words.count("（") - words.count("）")
        if depth <= 0:
            return index
    return end


def _consecutive_parts(statement: Statement, start: int, total: Quantity) -> list[int]:
    """Return the figures from ``start`` on that may be the parts of a total."""
    parts, quantities = _figures_alike(statement, start, total), statement.quantities
    gaps = [statement.text[quantities[a].end : quantities[b].start] for a, b in pairwise(parts[:3])]
    is_mixed = ["；" in gap for gap in gaps] == [True, False]
    return parts[:1] if is_mixed and not _gives_total(quantities, total, parts) else parts


def _figures_alike(statement: Statement, start: int, total: Quantity) -> list[int]:
    """Return the figures from ``start`` on that have the total's unit, up to one of another unit."""
    quantities, text = statement.quantities, statement.text
    parts: list[int] = []
    by_semicolon = is_nested = False
    for index in range(start, _list_end(statement, start)):
        quantity = quantities[index]
        if quantity.unit in SHARES:
            continue
        clause = text[quantities[index - 1].end : quantity.start]
        is_other = (
            quantity.base_unit != total.base_unit
            or quantity.amount is None
            or _RATIO.search(clause)
        )
        if is_other or (parts and (_DIVISION.search(clause) or _SUM_OF_PARTS.search(clause))):
            break
        if parts and _enters_bracket(text[quantities[parts[-1]].end : quantity.start]):
            continue
        is_nested = ("其中" in clause and bool(parts)) or (is_nested and "；" not in clause)
        if is_nested:
            continue
        if _is_movement(statement.readings[index]):
            if parts and not _is_change_of(statement, index, parts[-1]):
                break
            continue
        if len(parts) == 1:
            by_semicolon = "；" in clause
        elif parts and "；" in clause and not by_semicolon:
            break
        parts.append(index)
    return parts


def _gives_total(quantities: Sequence[Quantity], total: Quantity, parts: Sequence[int]) -> bool:
    """Return whether parts add up to a total, or would if two digits were exchanged.

    In 甲6件，其中乙4件；丙2件，丁1件, what is behind the semicolon stands beside the total.
    """
    computed = sum((quantities[i].amount or Decimal(0) for i in parts), Decimal(0))
    return computed == total.amount or is_transposed_sum(total, [quantities[i] for i in parts])
