"""The check of lists of parts with their shares: the shares of one list are of one whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.reference.units import SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.decimals import plain_decimal
from publisher.statistics.misprints import transpositions
from publisher.statistics.stated_fractions import Fraction, exact_amount
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements

FEWEST_PAIRS = 2
MOST_WHOLES = 200
"""Figures of one unit before a list. With more, one of them may give the shares by chance."""
_BETWEEN = re.compile("[、和及与，]|以及")
"""Between the figures of a list: 86起、392起和518起."""
_LIST_OF_SHARES = re.compile("^[^。；]{0,8}占[^。；，]{0,14}$")
"""Between a list of parts and that of their shares: ，占粮食总产量的, ，占比为."""
_SHARE = re.compile("^(?:[，（(]|[^，。；\\d]{0,4}，)(?:约)?占(?:比)?[^，。；\\d]{0,12}$")
"""Between a part and its own share: ，占28.06%."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A part and its share, as indices of the figures of a sentence."""

    part: int
    share: int


@arithmetic_check(
    name="share-list",
    kinds=("percentage",),
    reason="The shares in a list of parts are of one whole: their sum, or a figure before them. It fails where one whole gives "
    "all shares but one and no whole gives all. Of two shares, the other must be right with two adjacent digits exchanged.",
    fails=(
        (
            "稻谷、小麦、玉米产量分别为96.40万吨、79.85万吨和31.26万吨，占粮食产量的46.5%、38.5%和11.5%。",
            "31.26 ÷ 207.51 = 11.5% is stated, 15.06 is computed",
        ),
    ),
    holds=(
        "稻谷、小麦、玉米产量分别为96.40万吨、79.85万吨和31.26万吨，占粮食产量的46.5%、38.5%和15.1%。",
    ),
    exceptions="lists whose whole the report does not state, and approximate figures; they are not checked.",
)
def check_share_lists(report: ReportStatements) -> Iterator[Check]:
    """Compare the shares in a list of parts with the whole that the other shares have."""
    levels: dict[str, dict[Decimal, None]] = {}
    for statement in report.items:
        if not isinstance(statement, Statement):
            continue
        for pairs in (*_parallel_lists(statement), *_parts_with_shares(statement)):
            yield from _check_list(statement, pairs, levels)
        for index, quantity in enumerate(statement.quantities):
            amount = exact_amount(statement, index)
            if amount is not None and quantity.unit not in SHARES:
                levels.setdefault(quantity.base_unit, {})[amount] = None


def _check_list(
    statement: Statement, pairs: Sequence[_Pair], levels: Mapping[str, Mapping[Decimal, None]]
) -> Iterator[Check]:
    quantities = statement.quantities
    figures = [quantities[i] for pair in pairs for i in (pair.part, pair.share)]
    if not all(figure.exact and figure.amount is not None for figure in figures):
        return
    unit = quantities[pairs[0].part].base_unit
    amounts = [quantities[pair.part].amount or Decimal(0) for pair in pairs]
    before = {
        quantity.amount: None
        for quantity in quantities[: pairs[0].part]
        if quantity.base_unit == unit and quantity.amount is not None and quantity.exact
    }
    wholes = [
        whole
        for whole in {sum(amounts, Decimal(0)): None, **before, **levels.get(unit, {})}
        if whole >= max(amounts) and whole > 0
    ]
    if len(pairs) == FEWEST_PAIRS and pairs[0].share < pairs[1].part:
        wholes = [sum(amounts, Decimal(0))]  # a pair of shares apart proves no other whole
    wrong = {
        whole: [pair for pair in pairs if not _gives(statement, pair, whole)] for whole in wholes
    }
    if len(wholes) > MOST_WHOLES or not wholes:
        return
    whole = min(wholes, key=lambda item: len(wrong[item]))
    if len(wrong[whole]) > 1 or len(pairs) - len(wrong[whole]) < 1:
        return
    if wrong[whole] and len(pairs) == FEWEST_PAIRS:
        likely = [item for item in wholes if len(wrong[item]) == 1]
        proved = [item for item in likely if _is_transposed(statement, wrong[item][0], item)]
        if len(likely) != 1 or not proved:
            return
    for pair in wrong[whole] or pairs[-1:]:
        yield _make_check(statement, pair, whole, holds=not wrong[whole])


def _gives(statement: Statement, pair: _Pair, whole: Decimal) -> bool:
    part, share = (statement.quantities[i] for i in (pair.part, pair.share))
    return Fraction(part=part.amount or Decimal(0), whole=whole).gives(share.number or Decimal(0))


def _is_transposed(statement: Statement, pair: _Pair, whole: Decimal) -> bool:
    """Return whether a share is right if two adjacent digits of it, or of its part, change places."""
    part, share = (statement.quantities[i] for i in (pair.part, pair.share))
    fraction = Fraction(part=part.amount or Decimal(0), whole=whole)
    return any(fraction.gives(number) for number in transpositions(share.value)) or any(
        Fraction(part=number * part.scale, whole=whole).gives(share.number or Decimal(0))
        for number in transpositions(part.value)
    )


def _parallel_lists(statement: Statement) -> Iterator[list[_Pair]]:
    """Yield lists of parts that a list of as many shares follows: 分别为5起、4起和1起，占50%、40%和10%."""
    runs: list[list[int]] = []
    for index, quantity in enumerate(statement.quantities):
        between = statement.words_before(index)
        last = statement.quantities[index - 1] if index else quantity
        is_same = last.base_unit == quantity.base_unit
        if runs and is_same and _BETWEEN.fullmatch(between):
            runs[-1].append(index)
        else:
            runs.append([index])
    for number, shares in enumerate(runs):
        is_list = len(shares) >= FEWEST_PAIRS and statement.quantities[shares[0]].unit == "%"
        if not is_list or not _LIST_OF_SHARES.search(statement.words_before(shares[0])):
            continue
        before = [
            i for run in runs[:number] for i in run if statement.quantities[i].unit not in SHARES
        ]
        parts = _last_parts(statement, before, len(shares))
        if parts:
            yield [_Pair(part=i, share=j) for i, j in zip(parts, shares, strict=True)]


def _last_parts(statement: Statement, figures: Sequence[int], number: int) -> list[int]:
    """Return the last figures before a list of shares, if they are levels of one unit: 甲5件、乙4件，分别占50%和40%."""
    parts = list(figures[-number:])
    quantities = [statement.quantities[i] for i in parts]
    units = {quantity.base_unit for quantity in quantities}
    are_parts = all(statement.readings[i].kind == "level" for i in parts)
    is_list = len(parts) == number and len(units) == 1 and units.isdisjoint(SHARES)
    return parts if is_list and are_parts else []


def _parts_with_shares(statement: Statement) -> Iterator[list[_Pair]]:
    """Yield lists of parts of one unit, each with its share: 甲5件，占50%；乙4件，占40%；丙1件，占10%."""
    pairs: list[_Pair] = []
    for index in range(1, len(statement.quantities)):
        part, share = statement.quantities[index - 1 : index + 1]
        if share.unit != "%" or part.unit in SHARES:
            continue
        if not _SHARE.match(statement.words_before(index)):
            continue
        if pairs and statement.quantities[pairs[0].part].base_unit != part.base_unit:
            if len(pairs) >= FEWEST_PAIRS:
                yield pairs
            pairs = []
        pairs = [*pairs, _Pair(part=index - 1, share=index)]
    if len(pairs) >= FEWEST_PAIRS:
        yield pairs


def _make_check(statement: Statement, pair: _Pair, whole: Decimal, *, holds: bool) -> Check:
    part, share = (statement.quantities[i] for i in (pair.part, pair.share))
    fraction = Fraction(part=part.amount or Decimal(0), whole=whole)
    return statement.make_check(
        pair.share,
        kind="percentage",
        formula=f"{part.value} ÷ {plain_decimal(whole / part.scale)} = {share.value}%",
        numbers=(share.value, str(fraction.percentage)),
        verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
    )
