"""Constructions of the accounts of a budget: what was planned for a purpose, and what the final accounts say.

Each is a function as ``constructions`` describes them. 住房保障支出年初预算为8万元，支出决算为7万元 states 住房保障支出 twice: as a target
and as a result.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    BARE_ACCOUNTS,
    MEASURE_HEADS,
    PLAN_NUMBERS,
    RESULT_ACCOUNTS,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.reading import Reading, named
from publisher.statistics.grammar.words import is_time, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.sentence import Sentence

PLANNED_LEVEL, FINAL_ACCOUNT = "planned level", "final account"
"""The constructions of a planned figure, and of one of the final accounts."""
_BUDGET = "预算"
_WHOLES = ("部门", "单位", "本部门", "本单位", "本年")
"""Words before 收入 or 支出 for the whole office."""
_LEVELS_OF_PURPOSE = ("（类）", "（款）", "（项）")
"""How a heading ends that names a purpose of the classification of government accounts."""
_OPPOSITES = {"支出": "收入", "收入": "支出"}


def planned_level(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a planned figure that is named so: 收入预算数为15亿元; 教育支出。年初预算为3万元 counts 教育支出."""
    plan, purpose = _parted(lead, PLAN_NUMBERS)
    if not plan or not _states_account(sentence, index, lead):
        return None
    measure = f"{purpose}{plan}"
    if purpose.removeprefix(_purpose_of_whole(purpose)) in BARE_ACCOUNTS:
        own = purpose if plan.endswith("数") else measure
        measure = _purpose_before(sentence, purpose) or (own if purpose else "")
    elif purpose.endswith(MEASURE_HEADS):
        measure = purpose
    elif plan == _BUDGET:
        return None
    if not measure:
        return None
    return replace(named(measure, construction=PLANNED_LEVEL), status="target")


def final_account(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a figure of the final accounts behind what was planned: 会议费预算5万元，支出决算3万元 counts 会议费 twice."""
    account, purpose = _parted(lead, RESULT_ACCOUNTS)
    is_bare = purpose in BARE_ACCOUNTS
    if not (account or (is_bare and purpose)) or not _states_account(sentence, index, lead):
        return None
    before = sentence.base or sentence.inherited
    if not account and (before is None or before.construction != PLANNED_LEVEL):
        return None
    measure = _purpose_before(sentence, purpose) if is_bare else ""
    if account and purpose.endswith(MEASURE_HEADS):
        measure = measure or purpose
    return named(measure, construction=FINAL_ACCOUNT) if measure else None


def _states_account(sentence: Sentence, index: int, lead: Lead) -> bool:
    """Return whether a figure may be that of an account: an amount that is compared with none."""
    is_amount = sentence.quantities[index].unit not in SHARES
    return is_amount and not sentence.joins(index) and not lead.change


def _parted(lead: Lead, accounts: Sequence[str]) -> tuple[str, str]:
    """Return the account that ends a name, and the words before it without a period: 残疾人项目, 全年, 预算数."""
    name = joined(lead.names)
    if not name.endswith(tuple(accounts)):
        return "", name
    account = next(end for end in accounts if name.endswith(end))
    start = len(name) - len(account)
    words = [word for word in lead.names if word.start - lead.names[0].start < start] or list(
        lead.names
    )
    while words and is_time(words[-1]):
        words.pop()
    purpose = joined(words).removesuffix(account)
    return account, purpose[: -len("支出")] if purpose.endswith("费支出") else purpose


def _purpose_of_whole(purpose: str) -> str:
    return next((word for word in _WHOLES if purpose.startswith(word)), "")


def _purpose_before(sentence: Sentence, account: str) -> str:
    """Return what a heading, or the account before this one, is for; empty if they are of two kinds: income, expenditure."""
    before = sentence.base or sentence.inherited
    if before is None or before.construction not in ("heading", PLANNED_LEVEL, FINAL_ACCOUNT):
        return ""
    is_purpose = before.measure.endswith((*MEASURE_HEADS, *_LEVELS_OF_PURPOSE))
    if before.construction == "heading" and not is_purpose:
        return ""
    opposite = _OPPOSITES.get(account[-2:])
    if opposite and before.measure.endswith(opposite):
        return ""
    plan = next((end for end in PLAN_NUMBERS if before.measure.endswith(end)), "")
    return before.measure.removesuffix(plan)
