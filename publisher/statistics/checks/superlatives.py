"""The check of superlatives against the list that is compared: 江北县新建最多，达71个, with the rows of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.reference.units import SHARES
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.misprints import is_transposition, significant_digits
from publisher.statistics.named_lists import (
    named_member,
    names_head,
    nearest_lists,
    sentence_lists,
)
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.named_lists import Member, NamedList
    from publisher.statistics.quantities import Quantity

_SUPERLATIVE = re.compile(
    "最(?P<most>[多高大])|最(?P<least>[少低小])|(?P<first>[居列]首位?|位居第一|排名?第一|[居列]第一位?|之首)|(?P<second>(?<![其再])次之|[居列]次位?|[居列]第二位?)|(?P<last>居末位?|末位)"
)
_SUBSET = re.compile(
    "除|以外|之外|仅次|中最|之一|历史|历年|近[\\d一二三四五六七八九十]|以来|同期|创|[比较]最|单[日月次]|增[长幅量]|降[低幅]|下降|提高|减少|增加|全国|全省|平均|人均"
)
"""Words of a comparison with other things than those of the list."""
_GENERIC = frozenset(
    "的数量面积金额规模总占比重则也均以为是其中最达有仅只共约一直仍还在于，“”年末全本个"
)
"""Characters between a name and its superlative that name no other measure."""
_BEHIND = re.compile("(?:的[^，。；：\\d]{0,12})?(?:，?(?:为|达到?|有|仅有?|只有|共|是|占)+)?")
"""The words between a superlative and its figure: 最多，达, 最少的是岚浦县，为."""
_PREDICATE = re.compile("[的，。；、（]|为|达|有|仅|只|$")
"""What follows a superlative that is no attribute: 最高气温 is one."""
FEWEST_DIGITS = 2
"""Significant digits of a figure that says of which row it is."""
NEAR_SENTENCES = 2
"""Sentences between a list and the sentence that ranks its members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A superlative: who is named, with which figure."""

    start: int
    end: int
    words: str
    """From the start of the clause with the name up to the figure, or up to the superlative."""
    rank: int
    """1 for the first, 2 for the second, -1 for the last."""
    figure: int | None
    """The figure, an index of ``Statement.quantities``."""
    is_behind: bool
    """Whether the figure is behind the superlative, so that it is that of the name; before it may be a part of the name (35千伏)."""


_EXAMPLE = "| 县区 | 新建（个） |\n|---|---|\n| 东屏区 | 64 |\n| 西屏区 | 38 |\n| 江北县 | 71 |\n\n{}新建最多，达{}个。"

_QUARTERS = "| 季度 | 观众（人次） |\n|---|---|\n| 第一季度 | 142600 |\n| 第二季度 | 218300 |\n| 第三季度 | 331700 |\n\n"


@arithmetic_check(
    name="superlative",
    kinds=("growth", "repetition"),
    reason="What is called the largest, the second or the smallest is so in the column of the table, or the list of a sentence, that has its name. It "
    "fails where the sentence has the figure of that row, or names the column, and another row has more or less.",
    fails=((_EXAMPLE.format("西屏区", "38"), "西屏区最多 is stated, 38 is number 3 of 3"),),
    holds=(
        _EXAMPLE.format("江北县", "71"),
        f"{_QUARTERS}第三季度观众最多，达33.17万人次。",
    ),
    exceptions="comparisons of a part of the list (除…外, 同期), with a wider place or over several years, equal amounts, and names that are in "
    "several lists with different ranks; they are not checked.",
)
def check_superlatives(report: ReportStatements) -> Iterator[Check]:
    """Compare superlatives with the rows of tables and the lists of sentences."""
    statements = [item for item in report.items if isinstance(item, Statement)]
    if not any(_SUPERLATIVE.search(statement.text) for statement in statements):
        return
    tables = report.table_lists
    lists = list(sentence_lists(report.levels))
    number = -1
    for statement in statements:
        number += bool(statement.quantities)
        claims = list(_claims(statement))
        section = statement.passage.section
        near = [
            item
            for item in lists
            if claims and item.section == section and 0 <= number - item.number <= NEAR_SENTENCES
        ]
        for claim in claims:
            yield from _compare(statement, claim, [*nearest_lists(tables, section), *near])


def _claims(statement: Statement) -> Iterator[_Claim]:
    """Yield the superlatives of a sentence."""
    text, floor, quantities = statement.text, 0, statement.quantities
    for match in _SUPERLATIVE.finditer(text):
        start = max(floor, statement.segment_start(match.start()))
        figure = next(
            (
                index
                for index, quantity in enumerate(quantities)
                if quantity.start >= match.end()
                and _BEHIND.fullmatch(text, match.end(), quantity.start)
            ),
            None,
        )
        is_behind = figure is not None
        floor = end = match.end() if figure is None else quantities[figure].start
        if figure is not None:
            floor = quantities[figure].end
        else:
            before = [
                i for i, q in enumerate(quantities) if start <= q.start and q.end <= match.start()
            ]
            levels = [i for i in before if quantities[i].unit not in SHARES]
            figure = levels[-1] if levels else None
        is_predicate = _PREDICATE.match(text, match.end()) or not match[0].startswith("最")
        if not is_predicate or _SUBSET.search(text[statement.clause_start(match.start()) : end]):
            continue
        rank = 2 if match["second"] else -1 if match["least"] or match["last"] else 1
        yield _Claim(
            start=match.start(),
            end=match.end(),
            words=text[start:end],
            rank=rank,
            figure=figure,
            is_behind=is_behind,
        )


def _compare(statement: Statement, claim: _Claim, lists: Sequence[NamedList]) -> Iterator[Check]:
    figure = None if claim.figure is None else statement.quantities[claim.figure]
    is_level = figure is not None and statement.readings[claim.figure or 0].kind == "level"
    named = [(item, member) for item in lists if (member := named_member(item, claim.words))]
    if figure is not None and is_level:
        results = [pair for pair in named if _is_figure(pair[1], figure, pair[0])]
        results = results or [
            (item, member) for item, member in named if _is_of_other(item, figure, claim)
        ]
        if not results:
            yield from _compare_figure(statement, claim, named)
    else:
        results = []
    if not results and not (is_level and claim.is_behind):
        results = [pair for pair in named if _names_measure(*pair, claim, statement)]
    verdicts = {member.amount == item.amount_at(claim.rank) for item, member in results}
    if len(verdicts) != 1:
        return
    item, member = results[0]
    holds = verdicts.pop()
    computed = item.rank(member, descending=claim.rank > 0)
    words = statement.in_source_script(f"{member.name}{statement.text[claim.start : claim.end]}")
    yield statement.make_span_check(
        (claim.start, claim.end),
        kind="growth",
        formula=f"{words}: {member.value}",
        subject=words,
        numbers=(words, str(computed)),
        verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
        difference=""
        if holds
        else translatable(
            "{words} is stated, {value} is number {rank} of {count}",
            words=words,
            value=member.value,
            rank=item.rank(member),
            count=len(item.members),
        ),
    )


def _is_of_other(item: NamedList, figure: Quantity, claim: _Claim) -> bool:
    """Return whether a figure is that of the one row of a table that has the rank, which the words do not name."""
    if (
        not item.head
        or item.unit != figure.base_unit
        or significant_digits(figure.value) < FEWEST_DIGITS
    ):
        return False
    amount = item.amount_at(claim.rank)
    holders = [member for member in item.members if member.amount == amount]
    return len(holders) == 1 and _is_figure(holders[0], figure, item)


def _compare_figure(
    statement: Statement, claim: _Claim, named: Sequence[tuple[NamedList, Member]]
) -> Iterator[Check]:
    """Yield a check that fails if the row that has the rank is named with a figure whose digits are exchanged."""
    index = claim.figure or 0
    quantity = statement.quantities[index]
    proved = {
        member.amount: member
        for item, member in named
        if item.unit == quantity.base_unit
        and item.section == statement.passage.section
        and is_transposition(quantity.value, member.amount / quantity.scale)
        and member.amount == item.amount_at(claim.rank)
    }
    if len(proved) == 1 and quantity.exact:
        (member,) = proved.values()
        name = statement.in_source_script(member.name)
        yield statement.make_check(
            index,
            kind="repetition",
            formula=f"{name}: {quantity.value}, {member.value}",
            subject=name,
            numbers=(quantity.value, member.value),
            verdict=(Outcome.FAILS, Reason.NONE),
            difference=translatable(
                "{name}: {value} is stated, {other} in the table",
                name=name,
                value=quantity.value,
                other=member.value,
            ),
        )


def _is_figure(member: Member, figure: Quantity, item: NamedList) -> bool:
    """Return whether a figure is that of a member, at the precision of the coarser one."""
    return (
        figure.amount is not None
        and figure.base_unit == item.unit
        and abs(figure.amount - member.amount) <= max(figure.rounding, member.rounding)
    )


def _names_measure(item: NamedList, member: Member, claim: _Claim, statement: Statement) -> bool:
    """Return whether the words between a name and its superlative say no other measure than that of the list.

    In 第三季度用电量最高，第二季度最低, the second one has the measure of the first.
    """
    text = statement.text
    end = claim.words.rfind(text[claim.start : claim.end])
    start = claim.words.rfind(member.name)
    between = claim.words[start + len(member.name) : end] if start < end else ""
    if item.head:
        is_short = start < end and set(between) <= _GENERIC
        first = statement.segment_start(claim.start)
        words = text[first : claim.end] if is_short else claim.words
        return names_head(item, words)
    return start < end and set(between) <= _GENERIC | set(item.words)
