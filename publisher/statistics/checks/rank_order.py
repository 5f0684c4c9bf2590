"""The check of ranks against what is ranked: 农业居首位，占50.8%；牧业居第2位，占29.6%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.groups import list_with
from publisher.statistics.numerals import han_value
from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.levels import Levels
    from publisher.statistics.statement import Statement

_NUMERAL = f"\\d{{1,2}}|[{HAN_NUMERALS}]{{1,2}}"
_RANK = re.compile(
    f"(?P<name>[^，。；：、\\d]{{0,12}}?)(?:[位排]?[居列]|位居|排名|排在|名列)(?:第(?P<rank>{_NUMERAL})[位名]?|(?P<first>首位|榜首))"
    "|(?P<second>(?<!其)次之|其次(?:[是为]|，))"
)
_WHOLE = Decimal(100)
FEWEST = 2
_RANKED = re.compile("居前|列前|排名前|从高到低|从多到少|依次[为是]|前[^，。；]{1,3}[位名]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A rank and the share of what has it."""

    start: int
    end: int
    rank: int
    share: Decimal


@arithmetic_check(
    name="rank-order",
    kinds=("growth",),
    reason="What has the better rank has the larger share. It fails where two ranks and their shares are in different order, where the rest is "
    "too small for another between them, and where a list from large to small has a name at another place than its rank.",
    fails=(
        (
            "农业居首位，占50.8%；牧业居第2位，占29.6%；渔业居第2位，占11.3%。",
            "渔业居第2位 is stated, 3 is computed",
        ),
    ),
    holds=("农业居首位，占50.8%；牧业居第2位，占29.6%；渔业居第3位，占11.3%。",),
    exceptions="ranks in a wider place (居全省第2位), which are not checked.",
)
def check_rank_order(report: ReportStatements) -> Iterator[Check]:
    """Compare ranks with the shares or the figures that are ranked."""
    for statement in report.levels.statements:
        if not re.search("第|首|次", statement.text):
            continue
        ranked = list(_ranked(statement))
        if len(ranked) >= FEWEST:
            yield from _check_shares(statement, ranked)
        else:
            yield from _check_names(report.levels, statement)


def _ranked(statement: Statement) -> Iterator[_Ranked]:
    """Yield the ranks of a sentence that are of what the sentence divides, each with its share."""
    matches = list(_RANK.finditer(statement.text))
    for number, match in enumerate(matches):
        stop = matches[number + 1].start() if number + 1 < len(matches) else len(statement.text)
        start = statement.text.rfind("；", 0, match.start()) + 1
        behind = [
            quantity
            for quantity in statement.quantities
            if match.end() <= quantity.start < stop and quantity.unit == "%"
        ]
        before = [
            quantity
            for quantity in statement.quantities
            if start <= quantity.start < match.start() and quantity.unit == "%"
        ]
        share = next(iter(behind[:1] or before[-1:]), None)
        if share is None or share.number is None or not share.exact:
            continue
        words = statement.text[max(match.end(), 0) : share.start] if behind else ""
        if "；" in words or "占" not in statement.text[max(0, share.start - 12) : share.start]:
            continue
        yield _Ranked(start=match.start(), end=match.end(), rank=_rank(match), share=share.number)


def _rank(match: re.Match[str]) -> int:
    if match["first"]:
        return 1
    if match["second"]:
        return 2
    return int(match["rank"]) if match["rank"].isdigit() else int(han_value(match["rank"]))


def _check_shares(statement: Statement, ranked: Sequence[_Ranked]) -> Iterator[Check]:
    rest = _WHOLE - sum((item.share for item in ranked), Decimal(0))
    ranks = [item.rank for item in ranked]
    is_ranking = ranks[0] == 1 and sorted(ranks) == ranks
    if not is_ranking or rest < 0 or len({item.share for item in ranked}) < len(ranked):
        return
    for item in ranked:
        computed = 1 + sum(other.share > item.share for other in ranked)
        is_known = rest < item.share
        if item.rank == computed:
            outcome = Outcome.HOLDS
        elif item.rank < computed or is_known:
            outcome = Outcome.FAILS
        else:
            continue
        yield _make_check(statement, (item.start, item.end), computed, outcome)


def _check_names(levels: Levels, statement: Statement) -> Iterator[Check]:
    """Check the rank of a name in a list from large to small."""
    for match in _RANK.finditer(statement.text):
        name = (match["name"] or "").strip()
        members = list_with(levels, statement, name) if len(name) > 1 else ()
        if len(members) <= FEWEST or not _RANKED.search(members[0].statement.text):
            continue
        own = next(level for level in members if level.name in name or name in level.name)
        computed = 1 + sum(level.amount > own.amount for level in members)
        outcome = Outcome.HOLDS if _rank(match) == computed else Outcome.FAILS
        yield _make_check(statement, match.span(), computed, outcome)


def _make_check(
    statement: Statement, span: tuple[int, int], computed: int, outcome: Outcome
) -> Check:
    words = statement.in_source_script(statement.text[slice(*span)].strip("，；。 \n"))
    return statement.make_span_check(
        span,
        kind="growth",
        formula=words,
        subject=words,
        numbers=(words, str(computed)),
        verdict=(outcome, Reason.NONE),
    )
