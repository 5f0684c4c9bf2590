"""Constructions of levels: what a clause names, what it leaves out, limits and ranks.

Each is a function as ``constructions`` describes them. The last, ``level``, always matches.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    ACCOUNTS,
    ACTUAL,
    CARRIED_OVER,
    CHANGE_NOUNS,
    EXPENSES,
    FUNDS,
    LIMITS,
    LOWER,
    MEASURE_HEADS,
    NAME_ADVERBS,
    REMAINDERS,
    SCOPES,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.antecedents import (
    complete,
    is_bare_predicate,
    is_predicate,
    object_of,
)
from publisher.statistics.grammar.distributions import is_share_of_period
from publisher.statistics.grammar.names import (
    action_of,
    last_of_long_list,
    with_head,
    with_owner,
)
from publisher.statistics.grammar.reading import Reading, named
from publisher.statistics.grammar.tail import words_behind
from publisher.statistics.grammar.words import joined

if TYPE_CHECKING:
    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.reading import Direction, FigureKind
    from publisher.statistics.grammar.sentence import Sentence

_ACTIONS = frozenset("发布 公开 推送 更新 受理 收到 办理 编发 刊登 播出".split())
"""Actions whose actor is a label before a colon: 官网：发布865条."""
_SHARE_NAME = re.compile(".{2,}(?:占比|比重)")
SHARE_ENDING = 2
"""Characters of 占比 and 比重, which a measure of a share does not have."""
_PER_HEAD = re.compile("每人每[月年天]$")
_PLACE_OF_RANK = re.compile(
    "(?:以|次为|其次为|其次是|其次)(?P<region>[^，。；、]{1,6}[区市县镇乡旗州省村])"
)
"""The place that is first, next or last in a ranking: 以东湖区最多."""
_KEPT = frozenset("控制 控制在 在 不超过 未超过".split())
_BOUNDING = LOWER | _KEPT
_SOME = frozenset("中 仅 只 仅有 只有 有".split())
_PLANNED = ("计划数", "计划", "计画", "任务数", "任务", "目标")
"""How the name of what is planned ends."""
_RATES = tuple(CHANGE_NOUNS)
_BALANCE = "余额"
_MARKS_PASSED = ("台阶", "大关", "关口")
"""Nouns behind a figure that name nothing: 迈上880亿元台阶."""


def limit_of_class(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a figure that counts nothing and says which things the next counts: 90平方米以下 in 90平方米以下5000套."""
    if not sentence.is_limit_of_class(index):
        return None
    return named("", construction="limit of a class", has_measure=False)


def limit(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read a limit: 债务余额控制在限额126亿元以内; 低于限额34亿元."""
    if sentence.quantities[index].unit in SHARES:
        return None
    words = sentence.clause(index)
    start = next((i for i, w in enumerate(words) if w.text in _BOUNDING), None)
    if start is None or not joined(words).endswith(LIMITS):
        return None
    name = joined(word for word in words[start:] if word.text not in _BOUNDING)
    debt = sentence.measure_in_force()
    if name in LIMITS and debt.endswith(_BALANCE):
        name = f"{debt.removesuffix(_BALANCE)}{name}"
    return replace(named(name, construction="limit", has_measure=False), status="target")


def rank(sentence: Sentence, index: int, _: Lead) -> Reading | None:
    """Read the figure of a place in a ranking: 人口数以东湖区21万人最多，次为南埔区18万人."""
    match = _PLACE_OF_RANK.fullmatch(joined(sentence.clause(index)))
    behind = sentence.behind(index)
    is_ranked = bool(behind) and (
        behind[0].text.startswith("最") or behind[0].text in ("居多", "居首")
    )
    if not match or not (is_ranked or match[0].startswith(("次", "其"))):
        return None
    unit = sentence.quantities[index].base_unit
    same = [
        item.measure
        for item, quantity in zip(sentence.readings, sentence.quantities, strict=False)
        if item.kind == "level" and quantity.base_unit == unit
    ]
    measure = same[-1] if same else "人口数" if unit == "人" else sentence.measure_in_force()
    return replace(named(measure, construction="rank"), scope=match["region"]) if measure else None


def ellipsis(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a figure whose clause names nothing: 产量达到5吨，突破4吨; 能力5吨、6箱; 17个项目超期，涉及3元."""
    joins = sentence.joins(index)
    is_part = bool(lead.frame or lead.locality)
    base = sentence.base or (sentence.preceding if is_part else None)
    left = joined(lead.names)
    if base is not None and left in EXPENSES:
        return named(f"{action_of(base.measure)}{left}", construction="expense", has_measure=False)
    if left or words_behind(sentence.behind(index), sentence.quantities[index], alone=not joins):
        return None
    if joins and index:
        last = sentence.readings[index - 1]
        is_expense = last.construction == "expense" and base is not None
        before = action_of(base.measure) if base and is_expense else last.measure
        return named(before, construction="series", has_measure=False)
    if base is None or joins:
        return None
    if _PER_HEAD.search(base.measure) and sentence.inherited:
        base = sentence.inherited  # a sum behind amounts per head is that of the heading
    kind = _level_kind(sentence, index, lead)
    if done := _done_of_plan(sentence, index, base):
        return named(done, kind=kind, construction="level")
    return named(base.measure, kind=kind, construction="ellipsis", has_measure=False)


def _done_of_plan(sentence: Sentence, index: int, base: Reading) -> str:
    """Return what was done of a plan: 培训 behind 培训计划8,000人次，实际完成; empty if the clause says no result of a plan."""
    plan = next((end for end in _PLANNED if base.measure.endswith(end)), "")
    is_result = any(word.text in ACTUAL for word in sentence.clause(index))
    return base.measure.removesuffix(plan) if plan and is_result else ""


def level(sentence: Sentence, index: int, lead: Lead) -> Reading:
    """Read a level, named before the figure, behind it or on both sides: 产量5吨, 3个部门, 受理5件申请."""
    quantity, joins = sentence.quantities[index], sentence.joins(index)
    left = joined(last_of_long_list(lead.names))
    if left in SCOPES and sentence.behind(index):
        left = ""
    noun = words_behind(sentence.behind(index), quantity, alone=not left and not joins)
    if sentence.text[: quantity.end].endswith("人口") and not noun:
        noun = "人口"
    completed, object_name = ("", "") if noun else complete(sentence, index, lead.names)
    left = completed or _with_owner(sentence, index, lead, left)
    if (
        left.endswith(MEASURE_HEADS)
        or noun in _MARKS_PASSED
        or (left in REMAINDERS and not _opens_with_noun(sentence, index))
    ):
        noun = ""
    if quantity.unit in SHARES and _SHARE_NAME.fullmatch(left):
        measure = left[:-SHARE_ENDING]
        return Reading(measure=measure, subject=left, kind="share", construction="level")
    subject = f"{left}{noun}".removesuffix("的")
    if noun and _is_partitive(sentence, index):
        left = sentence.readings[index - 1].measure if index and left in ("", "中") else left
        subject = f"{noun}的{left}"  # 42个村中仅9个配备专职人员
    if not left:
        whole = None if lead.listed else sentence.whole_before_parts(index)
        if whole and (part := _part_with(sentence, whole, noun)):
            return replace(named(part, construction="level"), object=object_name)
        subject = f"{whole.measure if whole else ''}{lead.scope}{subject}"
    subject = subject or sentence.previous_clause(index)
    if not subject and sentence.inherited:
        subject = sentence.inherited.measure
    kind = _level_kind(sentence, index, lead)
    if kind == "level" and quantity.unit == "%" and left.endswith(_RATES):
        direction: Direction = -1 if quantity.value.startswith("-") else 1
        return replace(named(subject, kind="rate", construction="level"), direction=direction)
    return replace(named(subject, kind=kind, construction="level"), object=object_name)


def _is_partitive(sentence: Sentence, index: int) -> bool:
    """Return whether a clause says what the counted things are some of, and the words behind what they do: 村中仅."""
    clause, behind = sentence.clause(index), sentence.behind(index)
    is_some = any(word.text == "中" for word in clause) and clause[-1].text in _SOME
    return is_some and bool(behind) and is_predicate(behind[0])


def _part_with(sentence: Sentence, whole: Reading, predicate: str) -> str:
    """Return the name of a part that a verb behind its figure tells: 安装的设备 of 购置设备120台，其中96台已安装."""
    words = [word for word in sentence.words_of(predicate) if word.text not in NAME_ADVERBS]
    object_name = whole.object or object_of(sentence.words_of(whole.measure))
    return f"{joined(words)}的{object_name}" if object_name and is_bare_predicate(words) else ""


def _with_owner(sentence: Sentence, index: int, lead: Lead, name: str) -> str:
    """Return a name with its label, with the owner or the head that it shares with the measure before, or with its fund."""
    if name in _ACTIONS:
        name = f"{sentence.label(index)}{name}"
    base = sentence.base or (sentence.preceding if lead.frame else None)
    if not name:
        return name
    unit = sentence.quantities[index].base_unit
    is_alike = sentence.base is not None and sentence.base_unit == unit
    name = _completed(name, base, joined(lead.frame), is_alike=is_alike)
    return f"{_account_owner(sentence, name)}{name}" if base is None else name


def _completed(name: str, base: Reading | None, frame: str, *, is_alike: bool) -> str:
    """Return a name with the owner or the head that it shares with the measure before, or with its frame.

    Examples: 结转 behind 上年 is 上年结转; 结余 behind 累计 is 累计结余; 毕业 behind 小学招生 is 小学毕业.
    """
    if name in CARRIED_OVER and frame in ("上年", "上年度"):
        return f"{frame}{name}"
    if base is None:
        return name
    if "累计" in frame and base.measure.endswith(name):
        return f"累计{name}"
    return with_owner(with_head(name, base.measure) if is_alike else name, base.measure)


def _opens_with_noun(sentence: Sentence, index: int) -> bool:
    """Return whether a noun is directly behind a figure: 其余23种传染病, but not 其余2件正在审理."""
    behind = sentence.behind(index)
    return (
        bool(behind)
        and behind[0].tag in ("n", "nz")
        and behind[0].text not in NAME_ADVERBS | {"经"}
    )


def _account_owner(sentence: Sentence, name: str) -> str:
    """Return the fund of a heading whose accounts a clause names: 政府性基金预算。收入9亿元."""
    heading = sentence.inherited
    is_fund = heading is not None and heading.construction == "heading" and name in ACCOUNTS
    return heading.measure if heading and is_fund and heading.measure.endswith(FUNDS) else ""


def _level_kind(sentence: Sentence, index: int, lead: Lead) -> FigureKind:
    is_share = any("占" in word.text for word in (*lead.level, *lead.names))
    is_share = is_share or is_share_of_period(sentence, index)
    return "share" if is_share and sentence.quantities[index].unit in SHARES else "level"
