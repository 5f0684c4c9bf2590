"""Rates and growth, computed again from the base that the sentence means.

Enters: a sentence, and those before it in its section. Leaves: a ``Check`` for each percentage that
is a rate. 较2016年减少5项，压减率4.3% is 5 of what there was before, not of what is left; 由29个减少到22个
names its base; 办结率 is the part that is 办结 of the whole; 占办结总数的50% names the whole. What a
sentence may mean is tried in turn: one base that gives the rate will do, and a rate fails only where
the sentence leaves no doubt about its base. It is compared as it was rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from publisher.model import Check, Outcome, Reason
from publisher.reference.units import SHARES
from publisher.statistics.measured_subjects import VERBS_ONLY
from publisher.statistics.phrases import AVERAGE, COMPARED, DOWN, FROM, TO, UP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.statistics.statement import Statement

_RATE = re.compile("率|幅|比例|占|比重|增长|下降|提高|减少|增加")
_OF_WHOLE = re.compile(
    "(?:^|[，。；：、（])(?P<part>[^，。；：、（]*?)(?:只|仅|约|就|各)?占"
    "(?:比|(?P<whole>[^，。；]{0,16}?)(?:总数|总量|总额|总件数|总|的比例|比例|比重)?)的?(?:为|达到?|近)?$"
)
_PLACING = re.compile("^(?:全[市县区年部]|同期|其|本年)+")
_LOOSE = re.compile("分别|各自|依次")
"""What gives several rates at once, each with a base of its own."""
_BESIDE = re.compile("全(?:市|县|区|省|国|镇)|同期|各(?:市|县|区)")
"""A whole that the report may not state: 占全市总数的12%."""
_NARROWED = re.compile("按时|按期|及时|限时|即时|当场|一次性?|提前|主动|规范|首次")
"""What narrows a rate: 按时办结率 counts of what was done in time, which the sentence may not say."""
_MOVED = re.compile("新增|新建|新设|关停|注销|撤销|取消|退出|清理|整合")
"""Changes that a net change is made of."""
_ABOUT = re.compile("[约近超逾]过?占[^，。；]*$")
_EARLIER = re.compile("(?:上年|去年|上一年|前一年|(?:19|20)[0-9]{2}年)(?:同期)?[为是有]?$")
"""What stands before the level of an earlier year: 1036条，2017年为864条."""
_EXPLAINED = re.compile("（(?:上年|去年|上一年|前一年|(?:19|20)[0-9]{2}年)(?:度|同期)?[为是有]?")
"""What stands between a rate and the level that it is of: 减少50%（上年为30件）."""
_YEAR = re.compile("(?:19|20)[0-9]{2}(?=年)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fraction:
    """What a rate may be a rate of."""

    part: Decimal
    whole: Decimal

    def gives(self, rate: Decimal) -> bool:
        """Tell whether it is the rate, rounded as the rate is or cut off."""
        step = Decimal(1).scaleb(int(rate.as_tuple().exponent))
        return self.whole > 0 and abs(self.part / self.whole * 100 - rate) < step


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meaning:
    """What the sentence may mean, the likeliest first."""

    kind: str
    fractions: tuple[_Fraction, ...] = ()
    certain: bool = False
    """Whether it can mean nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Levels:
    """Two figures of a sentence, the earlier level and the later."""

    before: int
    after: int
    certain: bool = True
    """Whether what follows can only be the growth from one to the other."""


def rates(statement: Statement, before: Sequence[Statement]) -> Iterator[Check]:
    """Yield a check for each rate of a sentence; ``before`` are the sentences before it."""
    for index, rate in enumerate(statement.found):
        if rate.unit == "个百分点" and index > 1:
            yield from _points(statement, index)
        if (
            rate.unit != "%"
            or rate.number is None
            or not _RATE.search(statement.named[index] + statement.lead(index))
        ):
            continue
        meaning = _meaning(statement, index, before)
        open_ = _LOOSE.search(statement.lead(index)) or AVERAGE.search(statement.lead(index))
        yield _check(statement, index, replace(meaning, certain=meaning.certain and not open_))


def _points(statement: Statement, index: int) -> Iterator[Check]:
    """Check how far a rate went: 由3%提高到5%，提高2个百分点."""
    first, last, moved = (statement.found[i] for i in (index - 2, index - 1, index))
    numbers = [one.number for one in (first, last, moved)]
    onward = _is_onward(statement, index - 2, index - 1)
    if first.unit != "%" or last.unit != "%" or not onward or None in numbers:
        return
    before, after, stated = (number or Decimal(0) for number in numbers)
    exact = all(one.exact for one in (first, last, moved))
    outcome = Outcome.HOLDS if abs(after - before) == stated else Outcome.FAILS
    yield statement.judged(
        index,
        kind="growth",
        told=f"{last.value}% − {first.value}% = {moved.value}",
        numbers=(moved.value, plain(abs(after - before))),
        verdict=(
            outcome if exact else Outcome.UNVERIFIABLE,
            Reason.NONE if exact else Reason.APPROXIMATE,
        ),
    )


def _check(statement: Statement, index: int, meaning: _Meaning) -> Check:
    rate = statement.found[index]
    stated = rate.number or Decimal(0)
    fractions = [one for one in meaning.fractions if one.whole > 0]
    fraction = next((one for one in fractions if one.gives(stated)), None)
    reason = Reason.NONE
    if fractions and not (rate.exact and not _ABOUT.search(statement.lead(index))):
        outcome, reason = Outcome.UNVERIFIABLE, Reason.APPROXIMATE
    elif fraction:
        outcome = Outcome.HOLDS
    elif fractions and meaning.certain:
        outcome, fraction = Outcome.FAILS, fractions[0]
    else:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.NO_BASE
    told, computed = f"{statement.as_set(statement.named[index])} {rate.value}%", ""
    if fraction:
        told = f"{plain(fraction.part)} ÷ {plain(fraction.whole)} = {rate.value}%"
        exact = fraction.part / fraction.whole * 100
        computed = str(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
    return statement.judged(
        index,
        kind="growth" if meaning.kind == "growth" else "percentage",
        told=told,
        numbers=(rate.value, computed),
        verdict=(outcome, reason),
    )


def plain(number: Decimal) -> str:
    """Return a number without zeros that say nothing."""
    return f"{number.normalize():f}"


def _meaning(statement: Statement, index: int, before: Sequence[Statement]) -> _Meaning:
    found = statement.found
    earlier = [
        i for i in range(index) if found[i].amount is not None and found[i].unit not in SHARES
    ]
    of_whole = _OF_WHOLE.search(statement.lead(index))
    if of_whole:
        return _share(statement, index, (of_whole["part"], of_whole["whole"] or ""), before)
    if not earlier:
        return _Meaning(kind="percentage")
    change = earlier[-1]
    same = [i for i in earlier[:-1] if found[i].base_unit == found[change].base_unit]
    name = statement.named[index]
    words = statement.named[change] + statement.lead(change)
    changed = bool(DOWN.search(name) or UP.search(name))
    levels = _levels(statement, index, change, same) if changed else None
    if levels:
        near = levels.certain and change == index - 1
        return _growth([_between(statement, levels.before, levels.after)], certain=near)
    if same and "环比" in statement.lead(index):
        return _growth([_between(statement, same[-1], change)], certain=False)
    if same and (DOWN.search(words) or UP.search(words)):
        return _of_change(statement, change, same, certain=change == index - 1)
    rated = "率" in name and not changed
    return _called(statement, name, [*same, change]) if rated else _Meaning(kind="percentage")


def _growth(fractions: Sequence[_Fraction | None], *, certain: bool) -> _Meaning:
    known = tuple(one for one in fractions if one is not None)
    return _Meaning(kind="growth", fractions=known, certain=certain)


def _of_change(statement: Statement, change: int, same: list[int], *, certain: bool) -> _Meaning:
    """Return how much of an earlier level a change is; the level may be said, or be left to sums."""
    found = statement.found
    amount = found[change]
    if not amount.exact or amount.amount is None:
        return _growth((), certain=False)
    fewer = DOWN.search(statement.named[change] + statement.lead(change))
    said: list[_Fraction | None] = []
    derived: list[_Fraction | None] = []
    for i in reversed(same):
        level = found[i].amount
        if level is None or not found[i].exact:
            continue
        lead = statement.lead(i)
        if COMPARED.search(lead) or FROM.search(lead) or _EARLIER.search(lead):
            said.append(_Fraction(part=amount.amount, whole=level))
        else:
            whole = level + amount.amount if fewer else level - amount.amount
            derived.append(_Fraction(part=amount.amount, whole=whole))
            said_first = i and _is_onward(statement, i - 1, i)
            if said_first and found[i - 1].amount is not None:
                said.append(_Fraction(part=amount.amount, whole=found[i - 1].amount))  # type: ignore[arg-type]
    moves = [i for i in same if _is_change(statement, i)]
    return _growth([*said, *derived], certain=certain and not moves)


def _is_change(statement: Statement, index: int) -> bool:
    words = re.split("[，。；：、]", statement.lead(index))[-1]
    return bool(DOWN.search(words) or UP.search(words) or _MOVED.search(words))


def _levels(statement: Statement, index: int, change: int, same: Sequence[int]) -> _Levels | None:
    """Return the levels that a rate of growth is between; None where they are not both said.

    ``change`` is the last figure before the rate, ``same`` are those of its unit before that.
    """
    if _is_explained(statement, index, change):
        return _Levels(before=index + 1, after=change)
    if same and _is_onward(statement, same[-1], change):
        return _Levels(before=same[-1], after=change)
    words = statement.named[change] + statement.lead(change)
    if not same or DOWN.search(words) or UP.search(words):
        return None
    if COMPARED.search(statement.lead(same[-1])):
        return _Levels(before=same[-1], after=change, certain=False)
    if not _is_earlier(statement, same[-1], change):
        return None
    bare = bool(VERBS_ONLY.fullmatch(statement.lead(index).strip("，；")))
    return _Levels(before=change, after=same[-1], certain=bare)


def _is_explained(statement: Statement, index: int, level: int) -> bool:
    """Tell a rate behind which the earlier level stands in brackets."""
    found = statement.found
    return (
        index + 1 < len(found)
        and found[index + 1].base_unit == found[level].base_unit
        and bool(_EXPLAINED.fullmatch(statement.lead(index + 1)))
    )


def _is_earlier(statement: Statement, now: int, then: int) -> bool:
    """Tell a level of an earlier year behind that of this one: 2018年公开9条，2017年公开8条; 9条，较上年的8条."""
    if then != now + 1:
        return False
    lead, before = statement.lead(then), statement.lead(now)
    if COMPARED.search(lead):
        return True
    years = [int(match[0]) for text in (lead, before) for match in _YEAR.finditer(text)]
    said = [_YEAR.sub("", text).strip("，；。、其中而") for text in (lead, before)]
    alike = said[0].startswith(said[1]) or said[1].startswith(said[0])
    return len(years) == 2 and years[0] < years[1] and alike


def _is_onward(statement: Statement, start: int, end: int) -> bool:
    """Tell a level that went to another: 由29个减少到22个."""
    return bool(
        end == start + 1
        and FROM.search(statement.lead(start))
        and TO.fullmatch(statement.lead(end))
    )


def _between(statement: Statement, start: int, end: int) -> _Fraction | None:
    first, last = statement.found[start], statement.found[end]
    if first.amount is None or last.amount is None or not (first.exact and last.exact):
        return None
    return _Fraction(part=abs(first.amount - last.amount), whole=first.amount)


def _called(statement: Statement, name: str, earlier: list[int]) -> _Meaning:
    """Return part and whole of a rate: the part is what the rate is called after (办结率, 办结)."""
    found = statement.found
    stem = name.rpartition("率")[0][-2:]
    numbers = {i: amount for i in earlier if found[i].exact and (amount := found[i].amount)}
    parts = [i for i in numbers if stem and _is_called(statement, i, stem)]
    if not parts or len(numbers) < 2:
        return _Meaning(kind="percentage")
    part = parts[-1]
    wholes = [numbers[i] for i in sorted(numbers, reverse=True) if i < part]
    wholes = [whole for whole in wholes if whole >= numbers[part]]
    return _Meaning(
        kind="percentage",
        fractions=tuple(_Fraction(part=numbers[part], whole=whole) for whole in wholes),
        certain=len(parts) == 1 and not _NARROWED.search(name),
    )


def _is_called(statement: Statement, index: int, stem: str) -> bool:
    """Tell a figure that is what a rate is called after: 办结213件, 8872户加入微信群 (入群率)."""
    lead = statement.lead(index)
    if re.search(f"[不未]{re.escape(stem)}", lead):
        return False
    one = statement.found[index]
    behind = statement.text[one.end : statement.clause_end(one.end)]
    return stem in lead or all(character in behind for character in stem)


def _share(
    statement: Statement, index: int, said: tuple[str, str], before: Sequence[Statement]
) -> _Meaning:
    """Return part and whole where the sentence says of what: 33件，占办结总数的50%."""
    found = statement.found
    name, said_whole = said
    words = _PLACING.sub("", said_whole)
    start = statement.text.rfind("占", 0, found[index].start)
    parts = [i for i in range(index) if found[i].end <= start and found[i].unit not in SHARES]
    if name:
        parts = [i for i in parts if name in statement.lead(i)]
    if not parts or not found[parts[-1]].exact or found[parts[-1]].amount is None:
        return _Meaning(kind="percentage")
    part = found[parts[-1]]
    amount = part.amount or Decimal(0)
    whole_of = [found[one.total].amount for one in statement.totals if parts[-1] in one.parts]
    named = [
        (one.amount, words or told is statement)
        for told in (statement, *reversed(before))
        for i, one in enumerate(told.found)
        if one.base_unit == part.base_unit
        and one.exact
        and one is not part
        and (told is not statement or i < index)
        and (words in told.lead(i) if words else not _is_shared(told, i))
    ]
    wholes = [
        whole
        for whole in dict.fromkeys((*whole_of, *(amount for amount, _ in named)))
        if whole is not None and whole >= amount
    ]
    near = {whole for whole, is_near in named if is_near and whole is not None and whole >= amount}
    return _Meaning(
        kind="percentage",
        fractions=tuple(_Fraction(part=amount, whole=whole) for whole in wholes),
        certain=(bool(whole_of) or len(near) == 1) and not _BESIDE.search(said_whole),
    )


def _is_shared(statement: Statement, index: int) -> bool:
    """Tell a figure that is itself said to be a share of something: 公开28件，占80%."""
    found = statement.found
    return (
        index + 1 < len(found)
        and found[index + 1].unit in SHARES
        and bool(_OF_WHOLE.search(statement.lead(index + 1)))
    )
