"""What the figures of a sentence are to one another: a total and its parts, a level and its change.

Enters: a ``Statement``. Leaves: ``Total``s and ``Relation``s. Parts stand after 其中, after a colon, in a chain of
semicolons, in brackets, before 共 or 合计, or simply follow the total that they make up.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from publisher.model import Relation
from publisher.reference.units import SHARES
from publisher.statistics.phrases import AVERAGE, COMPARED, DOWN, FROM, TO, TOTAL, UP
from publisher.statistics.statement import Total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.quantities import Quantity
    from publisher.statistics.statement import Statement

_PARTS = re.compile(
    "(?:按|从|分)[^，。；]{1,8}(?:分|看)[，：]|其中[：:，]?|包括[：:]?(?=[^，。；]{1,16}\\d)|分别为|(?<=[^，。；：\\d])：(?=[^，。；：]{1,24}?\\d)|（(?!其中)(?=[^（）]*\\d[^（）]*[、，；][^（）]*\\d)"
)
_REST = re.compile("正在|尚在|尚未|其余|剩余|余下|未办结|未接入|不合格")
_OPPOSITES = (("专职", "兼职"), ("按时", "延期"), ("线上", "线下"), ("网上", "现场"), ("男", "女"))
"""Two kinds that together are all."""
_SORTED = re.compile("按|从|分(?!别)")
"""How a sentence begins that sorts a total anew; which total, the sums must say."""
NEAR = Decimal("0.1")
"""Parts that miss their total by less than this share of it were meant to make it up."""
MOST_PARTS = 40
"""No total is looked for further than so many figures."""
_MARKS = "、，；。"
_CHANGED = re.compile(f"{DOWN.pattern}|{UP.pattern}|[由从]")


def totals(statement: Statement) -> Iterator[Total]:
    """Yield the totals of a sentence, each figure in one of them at most."""
    explained: set[int] = set()
    finders = (_announced, _summed_up, _made_up) if len(statement.found) > 1 else ()
    for find in finders:
        for total in find(statement, explained):
            explained.update((total.total, *total.parts))
            yield total


def _announced(statement: Statement, explained: set[int]) -> Iterator[Total]:
    """Yield totals whose parts are announced: by 其中, a colon, a bracket, 分别为, 按…分."""
    found, text = statement.found, statement.text
    for match in _PARTS.finditer(text):
        after = next((i for i, one in enumerate(found) if one.start >= match.end()), None)
        if after is None:
            continue
        bracket = match[0] == "（"
        end = text.find("）", match.end()) if bracket else len(text)
        for whole in _wholes(statement, after, match):
            parts = [i for i in _run(found, after, found[whole], text) if found[i].end <= end]
            making = _making_up(found, found[whole], parts, text)
            if whole in explained or not parts:
                continue
            if _SORTED.match(match[0]) and not making and not _is_near(found, whole, parts):
                continue
            yield Total(
                total=whole,
                parts=tuple(making or parts),
                listed=bracket or match[0] in ("：", "分别为") or bool(_SORTED.match(match[0])),
                apart=match[0].endswith("："),
                sorted_anew=bool(_SORTED.match(match[0])),
            )
            break


def _is_near(found: Sequence[Quantity], whole: int, parts: Sequence[int]) -> bool:
    """Tell parts that were meant to make up a total from parts of something else."""
    total = found[whole].amount or Decimal(0)
    made = sum((found[i].amount or Decimal(0) for i in parts), Decimal(0))
    return abs(made - total) <= NEAR * total


def _summed_up(statement: Statement, explained: set[int]) -> Iterator[Total]:
    """Yield totals that follow their parts."""
    for index in range(len(statement.found)):
        parts = _before(statement, index) if index not in explained else []
        if parts and not explained & set(parts):
            yield Total(total=index, parts=tuple(parts), listed=True)


def _made_up(statement: Statement, explained: set[int]) -> Iterator[Total]:
    """Yield totals that the figures right behind them make up, or by their words must."""
    found = statement.found
    for index, total in enumerate(found):
        if index in explained or total.amount is None or not total.exact:
            continue
        if FROM.search(statement.lead(index)):
            continue
        parts = _run(found, index + 1, total, statement.text)
        if len(parts) < 2 or explained & set(parts):
            continue
        making = _making_up(found, total, parts)
        if making or (
            len(parts) == 2
            and _are_all(statement, parts)
            and all((found[i].amount or 0) <= total.amount for i in parts)
        ):
            yield Total(total=index, parts=tuple(making or parts), listed=True)


def relations(statement: Statement) -> Iterator[Relation]:
    """Yield what the figures of a sentence are to one another."""
    found = statement.found
    for one in statement.totals:
        for part in one.parts:
            yield _relation(statement, "part", part, one.total)
    for index in range(1, len(found)):
        words = statement.lead(index)
        same = found[index].unit == found[index - 1].unit
        if found[index].unit in SHARES and found[index - 1].number is not None:
            if "。" not in words and "；" not in words and found[index - 1].unit not in SHARES:
                yield _relation(statement, "rate", index, index - 1)
        elif same and (DOWN.search(words) or UP.search(words)):
            yield _relation(statement, "change", index, index - 1)


def _relation(
    statement: Statement, kind: Literal["part", "change", "rate"], index: int, base: int
) -> Relation:
    return Relation(
        kind=kind, offset=statement.place(index).offset, base=statement.place(base).offset
    )


def _before(statement: Statement, index: int) -> list[int]:
    """Return the parts that a total follows: 微博76个、微信134个，共计210个."""
    found = statement.found
    total = found[index]
    if total.amount is None or not TOTAL.search(statement.lead(index)):
        return []
    parts: list[int] = []
    last = index - 1
    if last > 0 and found[last].base_unit != total.base_unit and len(statement.lead(index)) <= 8:
        last -= 1  # 三个账号合计
    for place in range(last, max(last - MOST_PARTS, -1), -1):
        one = found[place]
        if (
            one.base_unit != total.base_unit
            or one.amount is None
            or "；" in statement.lead(place + 1)
        ):
            break
        parts.insert(0, place)
        if sum(found[i].amount or 0 for i in parts) == total.amount:
            return parts if len(parts) > 1 else []
    return parts if len(parts) > 1 and _is_near(found, index, parts) else []


def _wholes(statement: Statement, after: int, match: re.Match[str]) -> Iterator[int]:
    """Yield the totals that parts may be of, the nearest first: of their unit, and no change."""
    found = statement.found
    for index in range(after - 1, -1, -1):
        one = found[index]
        if one.unit in SHARES:
            continue
        if match[0] in ("：", "（") and one.end != match.start():
            return
        if one.base_unit != found[after].base_unit or one.amount is None:
            return
        if _leaves_bracket(statement.text[one.end : match.start()]):
            continue
        lead = statement.lead(index)
        if COMPARED.search(lead) or AVERAGE.search(lead):
            continue
        words = re.split("[，。；：、]", lead)[-1]
        onward = bool(index) and bool(TO.fullmatch(lead))
        if not _CHANGED.search(words) or FROM.search(lead) or onward:
            yield index
            if not _SORTED.match(match[0]):
                return


def _leaves_bracket(between: str) -> bool:
    """Tell what follows a figure in brackets when they are closed: 58件（含上年结转2件），其中…."""
    return between.count("）") > between.count("（")


def _enters_bracket(between: str) -> bool:
    """Tell a figure that only explains the part before it: 甲3件（含上年1件），乙4件."""
    return between.count("（") > between.count("）")


def _are_all(statement: Statement, parts: list[int]) -> bool:
    """Tell two parts that by their words leave nothing over: done and under way, 专职 and 兼职."""
    first, second = (statement.found[i] for i in parts)
    rest = statement.text[first.end : statement.clause_end(second.end)]
    before = statement.lead(parts[0])
    return bool(_REST.search(rest)) or any(a in before and b in rest for a, b in _OPPOSITES)


def _making_up(
    found: Sequence[Quantity], total: Quantity, parts: list[int], text: str = ""
) -> list[int]:
    """Return the first parts that make up the total exactly; none where they do not.

    With ``text``, a list is not cut in the middle: only where a stronger mark parts it.
    """
    whole, made = total.amount or Decimal(0), Decimal(0)
    for size, part in enumerate(parts, start=1):
        amount = found[part].amount or Decimal(0)
        made += amount
        if amount >= whole or made > whole:
            break
        if made != whole or size < 2:
            continue
        strengths = [
            _strength(text[found[i - 1].end : found[i].start]) for i in parts[1 : size + 1]
        ]
        if not text or size == len(parts) or strengths[-1] > max(strengths[:-1]):
            return parts[:size]
    return []


def _strength(between: str) -> int:
    """Return how strongly two figures are parted: 、 less than ，, and that less than ；."""
    return max((_MARKS.index(mark) for mark in between if mark in _MARKS), default=0)


def _run(found: Sequence[Quantity], start: int, total: Quantity, text: str) -> list[int]:
    """Return the figures of the total's unit that follow without one of another unit between."""
    parts: list[int] = []
    heavy = nested = False
    for index in range(start, min(len(found), start + MOST_PARTS)):
        one = found[index]
        if one.unit in SHARES:
            continue
        if one.base_unit != total.base_unit or one.amount is None:
            break
        if parts and _enters_bracket(text[found[parts[-1]].end : one.start]):
            continue
        clause = text[found[index - 1].end : one.start]
        nested = ("其中" in clause and bool(parts)) or (nested and "；" not in clause)
        if nested:
            continue
        if _CHANGED.search(re.split("[，。；：、]", clause)[-1]):
            if parts:
                break
            continue
        if len(parts) == 1:
            heavy = "；" in clause
        elif parts and "；" in clause and not heavy:
            break
        parts.append(index)
    return parts
