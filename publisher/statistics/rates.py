"""Rates and growth, computed again from the base that the sentence means.

Enters: a sentence, and the one before it. Leaves: a ``Check`` for each percentage that is a rate.
较2016年减少5项，压减率4.3% is 5 of what there was before, not of what is left; 由29个减少到22个 names its
base; 办结率 is the part that is 办结 of the whole; 占办结总数的50% names the whole it is a part of. A
rate is compared as it was rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from publisher.model import Check, Outcome, Reason
from publisher.statistics.structure import COMPARED, DOWN, FROM, TO, UP
from publisher.statistics.units import SHARES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.statistics.statements import Statement

_RATE = re.compile("率|幅|比例|占|比重|增长|下降|增長|提高|减少|增加")
_OF_WHOLE = re.compile(
    "占(?P<whole>[^，。；]{0,16}?)(?:总数|总量|总额|总件数|的比例|比例|比重)?的?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fraction:
    """What a rate is a rate of."""

    part: Decimal
    whole: Decimal


def rates(statement: Statement, before: Statement | None) -> Iterator[Check]:
    """Yield a check for each rate of a sentence; ``before`` is the sentence before it."""
    for index, rate in enumerate(statement.found):
        if rate.unit != "%" or rate.number is None or not _RATE.search(statement.named[index]):
            continue
        kind, fraction = _fraction(statement, index, before)
        yield _check(statement, index, kind, fraction)


def _check(statement: Statement, index: int, kind: str, fraction: _Fraction | None) -> Check:
    rate = statement.found[index]
    stated = rate.number or Decimal(0)
    computed, reason = "", Reason.NONE
    told = f"{statement.named[index]} {rate.value}%"
    if fraction is None or fraction.whole <= 0:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.NO_BASE
    elif not rate.exact:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    else:
        step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
        exact = fraction.part / fraction.whole * 100
        told = f"{fraction.part} ÷ {fraction.whole} = {rate.value}%"
        computed = str(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
        outcome = Outcome.HOLDS if abs(exact - stated) < step else Outcome.FAILS
    return Check(
        kind="growth" if kind == "growth" else "percentage",
        statement=told,
        stated=rate.value,
        computed=computed,
        outcome=outcome,
        reason=reason,
        quote=statement.text.strip(),
        locator=statement.place(index),
        clause=statement.clause_of(index),
    )


def _fraction(
    statement: Statement, index: int, before: Statement | None
) -> tuple[str, _Fraction | None]:
    found = statement.found
    earlier = [
        i for i in range(index) if found[i].number is not None and found[i].unit not in SHARES
    ]
    of_whole = _OF_WHOLE.search(statement.lead(index))
    if of_whole:
        return "percentage", _named_whole(statement, index, of_whole["whole"], before)
    if not earlier:
        return "percentage", None
    change = earlier[-1]
    same = [i for i in earlier[:-1] if found[i].unit == found[change].unit]
    name = statement.named[index]
    words = statement.named[change] + statement.lead(change)
    if same and _is_onward(statement, same[-1], change) and (DOWN.search(name) or UP.search(name)):
        return "growth", _between(statement, same[-1], change)
    if same and (DOWN.search(words) or UP.search(words)):
        return "growth", _growth(statement, change, same)
    if "率" in name and not UP.search(name):
        return "percentage", _named_part(statement, name, [*same, change])
    return "percentage", None


def _growth(statement: Statement, change: int, same: list[int]) -> _Fraction | None:
    """Return how much of the earlier level a change is."""
    found = statement.found
    level, amount = found[same[-1]], found[change]
    if not (level.exact and amount.exact) or level.number is None or amount.number is None:
        return None
    if len(same) > 1 and _is_onward(statement, same[-2], same[-1]):
        base = found[same[-2]]
        return _Fraction(part=amount.number, whole=base.number) if base.number else None
    if FROM.search(statement.lead(same[-1])):
        return _between(statement, same[-1], change)
    if COMPARED.search(statement.lead(same[-1])):
        return _Fraction(part=amount.number, whole=level.number)
    fewer = DOWN.search(statement.named[change] + statement.lead(change))
    whole = level.number + amount.number if fewer else level.number - amount.number
    return _Fraction(part=amount.number, whole=whole)


def _is_onward(statement: Statement, start: int, end: int) -> bool:
    """Tell a level that went to another: 由29个减少到22个."""
    return bool(
        end == start + 1
        and FROM.search(statement.lead(start))
        and TO.fullmatch(statement.lead(end))
    )


def _between(statement: Statement, start: int, end: int) -> _Fraction | None:
    first, last = statement.found[start], statement.found[end]
    if first.number is None or last.number is None or not (first.exact and last.exact):
        return None
    return _Fraction(part=abs(first.number - last.number), whole=first.number)


def _named_part(statement: Statement, name: str, earlier: list[int]) -> _Fraction | None:
    """Return part and whole of a rate: the part is what the rate is called after (办结率, 办结)."""
    found = statement.found
    stem = name.rpartition("率")[0][-2:]
    numbers = {i: number for i in earlier if found[i].exact and (number := found[i].number)}
    parts = [i for i in numbers if _is_called(statement, i, stem)]
    if not stem or len(parts) != 1 or len(numbers) < 2:
        return None
    part = numbers[parts[0]]
    whole = max(number for i, number in numbers.items() if i != parts[0])
    return _Fraction(part=part, whole=whole) if whole >= part else None


def _is_called(statement: Statement, index: int, stem: str) -> bool:
    """Tell a figure that is what a rate is called after: 办结213件, 8872户加入微信群 (入群率)."""
    lead = statement.lead(index)
    if re.search(f"[不未]{re.escape(stem)}", lead):
        return False
    one = statement.found[index]
    behind = statement.text[one.end : statement.clause_end(one.end)]
    return stem in lead or (bool(stem) and all(character in behind for character in stem))


def _named_whole(
    statement: Statement, index: int, words: str, before: Statement | None
) -> _Fraction | None:
    """Return part and whole where the sentence names the whole: 33件，占办结总数的50%."""
    found = statement.found
    start = statement.text.rfind("占", 0, found[index].start)
    parts = [i for i in range(index) if found[i].end <= start and found[i].unit not in SHARES]
    if not parts or not found[parts[-1]].exact:
        return None
    part = found[parts[-1]]
    words = re.sub("^(?:全[市县区年部]|同期|其|本年)+|总$", "", words)
    wholes = {
        one.number
        for told in (statement, before)
        if told is not None
        for i, one in enumerate(told.found)
        if one.unit == part.unit
        and one.exact
        and one is not part
        and one.number is not None
        and (told is not statement or i < index)
        and (words in told.lead(i) if words else one.number >= (part.number or 0))
        and (words or told is statement)
    }
    if len(wholes) != 1 or part.number is None:
        return None
    whole = wholes.pop()
    return _Fraction(part=part.number, whole=whole) if whole >= part.number else None
