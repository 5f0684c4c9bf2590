"""The check of ranks: 由第9位上升到第7位，前移2位."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.numerals import han_value
from publisher.statistics.statement import Statement
from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import ReportStatements

_NUMERAL = f"\\d{{1,3}}|[{HAN_NUMERALS}]{{1,3}}"
_RANK = re.compile(
    f"第(?P<rank>{_NUMERAL})(?=[位名]|[，。；、（]|(?:上升|提升|前移|跃升|前进|下降|后退|后移|下滑|升|降|退|进)[到至为])"
)
_EARLIER = re.compile("(?:[由从]|上一?年|去年|上期|(?:19|20)\\d\\d年)[^，。；第]{0,8}$")
_UP, _DOWN = "上升|提升|前移|前进|跃升|进位|提高|升", "下降|后退|后移|下滑|退|降"
_MOVE = re.compile(
    f"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?(?:(?P<to>[到至为])|(?P<steps>{_NUMERAL})个?(?:位次|名次|位|名))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Movement:
    """What a part of a sentence between semicolons says about one rank."""

    start: int
    end: int
    """The part, as positions in the sentence."""
    earlier: int
    current: int
    direction: int
    steps: int | None


@arithmetic_check(
    name="rank",
    kinds=("growth",),
    reason="A rank that rises gets a smaller number. It fails where two ranks of a sentence differ by another number of "
    "places than it states, or in the other direction than its verb.",
    fails=(
        (
            "经济总量由第9位上升到第7位，前移3位。",
            "9 − 7 = 3 is stated, 2 is computed",
        ),
        ("经济总量由第6位上升到第7位。", "6 > 7 is stated, 6 < 7 is computed"),
    ),
    holds=("经济总量由第9位上升到第7位，前移2位。", "居全省第7位，比上年的第9位前移2位。"),
    exceptions="sentences with more than two ranks between semicolons; they are not checked.",
)
def check_ranks(report: ReportStatements) -> Iterator[Check]:
    """Compare two ranks with the places and the direction between them."""
    for statement in report.items:
        if isinstance(statement, Statement) and "第" in statement.text:
            yield from _check_sentence(statement)


def _check_sentence(statement: Statement) -> Iterator[Check]:
    for moved in _movements(statement.text):
        difference = moved.earlier - moved.current
        sign = ">" if moved.direction > 0 else "<"
        formula = f"{moved.earlier} {sign} {moved.current}"
        stated, computed = formula, formula
        holds = difference * moved.direction > 0
        if not holds:
            computed = f"{moved.earlier} {'<' if sign == '>' else '>'} {moved.current}"
        elif moved.steps is not None:
            high, low = sorted((moved.earlier, moved.current), reverse=True)
            formula = f"{high} − {low} = {moved.steps}"
            stated, computed = str(moved.steps), str(high - low)
            holds = stated == computed
        yield statement.make_span_check(
            (moved.start, moved.end),
            kind="growth",
            formula=formula,
            subject=statement.in_source_script(statement.text[moved.start : moved.end].strip()),
            numbers=(stated, computed),
            verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
        )


def _movements(text: str) -> Iterator[_Movement]:
    """Yield the movements of ranks in a sentence: one earlier and one current rank, and a verb."""
    start = 0
    for part in re.split("(?<=[；。])", text):
        ranks = list(_RANK.finditer(part))
        moves = list(_MOVE.finditer(part, ranks[0].start())) if len(ranks) == 2 else []
        are_earlier = [bool(_EARLIER.search(part, 0, rank.start())) for rank in ranks]
        if moves and sorted(are_earlier) == [False, True]:
            earlier, current = ranks if are_earlier[0] else reversed(ranks)
            steps = [move["steps"] for move in moves if move["steps"]]
            directions = {1 if move["up"] else -1 for move in moves}
            if len(directions) == 1 and len(steps) < 2:
                yield _Movement(
                    start=start + ranks[0].start(),
                    end=start + max(moves[-1].end(), ranks[-1].end()),
                    earlier=_number(earlier["rank"]),
                    current=_number(current["rank"]),
                    direction=directions.pop(),
                    steps=_number(steps[0]) if steps else None,
                )
        start += len(part)


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else int(han_value(numeral))
