"""The figures that a rate may be computed from, read from the wording of its sentence.

Input: a statement with a rate. Output: a ``RateReading`` with all fractions that the sentence may mean. 较2016年减少5项，压减率
4.3% is 5 of the level before, not of the level now; 由29个减少到22个 names its base; the part of 办结率 is 办结;
占办结总数的50% names the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.reference.units import SHARES
from publisher.statistics.measured_subjects import VERBS_ONLY
from publisher.statistics.phrases import COMPARED, DOWN, FROM, TO, UP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.statement import Statement

_OF_WHOLE = re.compile(
    "(?:^|[，。；：、（])(?P<part>[^，。；：、（]*?)(?:只|仅|约|就|各)?占"
    "(?:比|(?P<whole>[^，。；]{0,16}?)(?:总数|总量|总额|总件数|总|的比例|比例|比重)?)的?(?:为|达到?|近)?$"
)
_SCOPE_PREFIX = re.compile("^(?:全[市县区年部]|同期|其|本年)+")
_WIDER_WHOLE = re.compile("全(?:市|县|区|省|国|镇)|同期|各(?:市|县|区)")
"""A whole that the report need not state: 占全市总数的12%."""
_NARROWED = re.compile("按时|按期|及时|限时|即时|当场|一次性?|提前|主动|规范|首次")
"""Narrows a rate: 按时办结率 counts the cases closed in time, which the sentence need not state."""
_NET_CHANGE_PARTS = re.compile("新增|新建|新设|关停|注销|撤销|取消|退出|清理|整合")
"""Changes that add up to a net change."""
_EARLIER = re.compile("(?:上年|去年|上一年|前一年|(?:19|20)[0-9]{2}年)(?:同期)?[为是有]?$")
"""The words before the level of an earlier year: 1036条，2017年为864条."""
_EARLIER_IN_BRACKETS = re.compile(
    "（(?:上年|去年|上一年|前一年|(?:19|20)[0-9]{2}年)(?:度|同期)?[为是有]?"
)
"""The words between a rate and its earlier level: 减少50%（上年为30件）."""
_YEAR = re.compile("(?:19|20)[0-9]{2}(?=年)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction:
    """A part and a whole whose ratio may be the rate."""

    part: Decimal
    whole: Decimal

    def gives(self, rate: Decimal) -> bool:
        """Return whether the ratio is the rate in percent, rounded or cut off at its last digit."""
        step = Decimal(1).scaleb(int(rate.as_tuple().exponent))
        return self.whole > 0 and abs(self.part / self.whole * 100 - rate) < step


@dataclass(frozen=True, slots=True, kw_only=True)
class RateReading:
    """The possible readings of a rate, the likeliest first."""

    kind: str
    fractions: tuple[Fraction, ...] = ()
    certain: bool = False
    """Whether no other reading is possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Levels:
    """The earlier and the later level of a growth rate, as indices of the quantities."""

    before: int
    after: int
    certain: bool = True
    """Whether the rate can only be the growth from one to the other."""


def read_rate(statement: Statement, index: int, preceding: Sequence[Statement]) -> RateReading:
    """Return what a rate may be a rate of."""
    quantities = statement.quantities
    earlier = [
        i
        for i in range(index)
        if quantities[i].amount is not None and quantities[i].unit not in SHARES
    ]
    lead = statement.words_before(index)
    of_whole = _OF_WHOLE.search(lead)
    if of_whole:
        return _read_share(statement, index, (of_whole["part"], of_whole["whole"] or ""), preceding)
    if not earlier:
        return RateReading(kind="percentage")
    last = earlier[-1]
    same_unit = [i for i in earlier[:-1] if quantities[i].base_unit == quantities[last].base_unit]
    name = statement.subjects[index]
    words = statement.subjects[last] + statement.words_before(last)
    is_growth = bool(DOWN.search(name) or UP.search(name))
    levels = _find_levels(statement, index, last, same_unit) if is_growth else None
    if levels:
        is_adjacent = levels.certain and last == index - 1
        growth = _growth_between(statement, levels.before, levels.after)
        return _growth_reading([growth], certain=is_adjacent)
    if same_unit and "环比" in lead:
        growth = _growth_between(statement, same_unit[-1], last)
        return _growth_reading([growth], certain=False)
    if same_unit and (DOWN.search(words) or UP.search(words)):
        return _read_change(statement, last, same_unit, certain=last == index - 1)
    is_named = "率" in name and not is_growth
    figures = [*same_unit, last] if is_named else []
    return _read_named_rate(statement, name, figures)


def _growth_reading(fractions: Sequence[Fraction | None], *, certain: bool) -> RateReading:
    known = tuple(fraction for fraction in fractions if fraction is not None)
    return RateReading(kind="growth", fractions=known, certain=certain)


def _read_change(
    statement: Statement, change: int, same_unit: list[int], *, certain: bool
) -> RateReading:
    """Return a change as a part of an earlier level, which is stated or is level ± change."""
    quantities = statement.quantities
    quantity = quantities[change]
    if not quantity.exact or quantity.amount is None:
        return _growth_reading((), certain=False)
    is_decrease = DOWN.search(statement.subjects[change] + statement.words_before(change))
    stated: list[Fraction | None] = []
    derived: list[Fraction | None] = []
    for i in reversed(same_unit):
        level = quantities[i].amount
        if level is None or not quantities[i].exact:
            continue
        lead = statement.words_before(i)
        if COMPARED.search(lead) or FROM.search(lead) or _EARLIER.search(lead):
            stated.append(Fraction(part=quantity.amount, whole=level))
            continue
        whole = level + quantity.amount if is_decrease else level - quantity.amount
        derived.append(Fraction(part=quantity.amount, whole=whole))
        first_level = quantities[i - 1].amount if i and is_from_to(statement, i - 1, i) else None
        if first_level is not None:
            stated.append(Fraction(part=quantity.amount, whole=first_level))
    has_other_changes = any(_is_change(statement, i) for i in same_unit)
    return _growth_reading([*stated, *derived], certain=certain and not has_other_changes)


def _is_change(statement: Statement, index: int) -> bool:
    words = re.split("[，。；：、]", statement.words_before(index))[-1]
    return bool(DOWN.search(words) or UP.search(words) or _NET_CHANGE_PARTS.search(words))


def _find_levels(
    statement: Statement, index: int, last: int, same_unit: Sequence[int]
) -> _Levels | None:
    """Return the two levels that a growth rate is between; ``None`` if the sentence states only one.

    Args:
        statement: The sentence.
        index: The rate.
        last: The last figure before the rate.
        same_unit: The figures of the same unit before ``last``.
    """
    if _has_level_in_brackets(statement, index, last):
        return _Levels(before=index + 1, after=last)
    if same_unit and is_from_to(statement, same_unit[-1], last):
        return _Levels(before=same_unit[-1], after=last)
    words = statement.subjects[last] + statement.words_before(last)
    if not same_unit or DOWN.search(words) or UP.search(words):
        return None
    if COMPARED.search(statement.words_before(same_unit[-1])):
        return _Levels(before=same_unit[-1], after=last, certain=False)
    if not _is_earlier_level(statement, same_unit[-1], last):
        return None
    only_verbs = bool(VERBS_ONLY.fullmatch(statement.words_before(index).strip("，；")))
    return _Levels(before=last, after=same_unit[-1], certain=only_verbs)


def _has_level_in_brackets(statement: Statement, index: int, level: int) -> bool:
    """Return whether the earlier level follows a rate in brackets: 减少50%（上年为30件）."""
    quantities = statement.quantities
    return (
        index + 1 < len(quantities)
        and quantities[index + 1].base_unit == quantities[level].base_unit
        and bool(_EARLIER_IN_BRACKETS.fullmatch(statement.words_before(index + 1)))
    )


def _is_earlier_level(statement: Statement, current: int, earlier: int) -> bool:
    """Return whether the level of an earlier year follows the current one.

    Examples: 2018年公开9条，2017年公开8条; 9条，较上年的8条.
    """
    if earlier != current + 1:
        return False
    lead, current_lead = statement.words_before(earlier), statement.words_before(current)
    if COMPARED.search(lead):
        return True
    years = [int(match[0]) for text in (lead, current_lead) for match in _YEAR.finditer(text)]
    wording, current_wording = (
        _YEAR.sub("", text).strip("，；。、其中而") for text in (lead, current_lead)
    )
    is_alike = wording.startswith(current_wording) or current_wording.startswith(wording)
    return len(years) == 2 and years[0] < years[1] and is_alike


def is_from_to(statement: Statement, start: int, end: int) -> bool:
    """Return whether two figures are the ends of a change: 由29个减少到22个."""
    return bool(
        end == start + 1
        and FROM.search(statement.words_before(start))
        and TO.fullmatch(statement.words_before(end))
    )


def _growth_between(statement: Statement, start: int, end: int) -> Fraction | None:
    first, last = statement.quantities[start], statement.quantities[end]
    if first.amount is None or last.amount is None or not (first.exact and last.exact):
        return None
    return Fraction(part=abs(first.amount - last.amount), whole=first.amount)


def _read_named_rate(statement: Statement, name: str, earlier: list[int]) -> RateReading:
    """Return part and whole of a rate that is named after its part: 办结率 is 办结 of all."""
    quantities = statement.quantities
    stem = name.rpartition("率")[0][-2:]
    amounts = {
        i: amount for i in earlier if quantities[i].exact and (amount := quantities[i].amount)
    }
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
        certain=len(parts) == 1 and not _NARROWED.search(name),
    )


def _gives_name(statement: Statement, index: int, stem: str) -> bool:
    """Return whether a rate is named after a figure: 办结213件, 8872户加入微信群 (入群率)."""
    lead = statement.words_before(index)
    if re.search(f"[不未]{re.escape(stem)}", lead):
        return False
    end = statement.quantities[index].end
    following = statement.text[end : statement.clause_end(end)]
    return stem in lead or all(character in following for character in stem)


def _read_share(
    statement: Statement, index: int, names: tuple[str, str], preceding: Sequence[Statement]
) -> RateReading:
    """Return part and whole where the sentence names them: 33件，占办结总数的50%.

    ``names`` are the words for the part and for the whole; each may be empty.
    """
    quantities = statement.quantities
    part_name, whole_name = names
    whole_words = _SCOPE_PREFIX.sub("", whole_name)
    start = statement.text.rfind("占", 0, quantities[index].start)
    parts = [
        i for i in range(index) if quantities[i].end <= start and quantities[i].unit not in SHARES
    ]
    if part_name:
        parts = [i for i in parts if part_name in statement.words_before(i)]
    if not parts or not quantities[parts[-1]].exact or quantities[parts[-1]].amount is None:
        return RateReading(kind="percentage")
    part = quantities[parts[-1]]
    amount = part.amount or Decimal(0)
    totals = [
        quantities[total.total].amount for total in statement.totals if parts[-1] in total.parts
    ]
    candidates = [
        (quantity.amount, bool(whole_words) or source is statement)
        for source in (statement, *reversed(preceding))
        for i, quantity in enumerate(source.quantities)
        if quantity.base_unit == part.base_unit
        and quantity.exact
        and quantity is not part
        and (source is not statement or i < index)
        and (whole_words in source.words_before(i) if whole_words else not _has_share(source, i))
    ]
    wholes = dict.fromkeys((*totals, *(whole for whole, _ in candidates)))
    near = {
        whole for whole, is_near in candidates if is_near and whole is not None and whole >= amount
    }
    return RateReading(
        kind="percentage",
        fractions=tuple(
            Fraction(part=amount, whole=whole)
            for whole in wholes
            if whole is not None and whole >= amount
        ),
        certain=(bool(totals) or len(near) == 1) and not _WIDER_WHOLE.search(whole_name),
    )


def _has_share(statement: Statement, index: int) -> bool:
    """Return whether a figure is stated to be a share of something: 公开28件，占80%."""
    quantities = statement.quantities
    return (
        index + 1 < len(quantities)
        and quantities[index + 1].unit in SHARES
        and bool(_OF_WHOLE.search(statement.words_before(index + 1)))
    )
