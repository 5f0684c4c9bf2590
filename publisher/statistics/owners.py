"""Figures whose names do not say of what they are: 办结率100%, 金额860万元. The figure before them in the sentence says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.model import Observation

_RATE = re.compile(
    "(?:按[时期時]|不)?(?P<act>办结|完成|整改|达标|合格|采纳|回复|答复|公开|接入|体检|安装|满意|及时|处[置理]|办理|回收|签约"
    "|开工|竣工|兑现|销号|转化|成活|执结|结案|破案|调处|化解|查处|通过|及格|节约|参与|满足|完好"
    "|辦結|達標|採納|回覆|答覆|公開|滿意|及時|處[置理]|辦理|開工|兌現)率"
)
_SUM = re.compile("(?:涉及|涉案|折合)?(?:金额|金額|资金|資金)|折合|约合|約合|投入|支出|捐赠|捐贈")
_PEOPLE = re.compile(
    "(?:线上|線上)?(?:参与|参加|参训|参赛|参会|观看|收听|參與|參加|參訓|參賽|參會|觀看|收聽)"
)
_CHANGING_VERB = re.compile(
    "新[增建设設开開购購]|增加|减少|減少|节约|節約|压减|壓減|核减|核減|削减|削減|淘汰|拆除|取消|关停|關停|关闭|關閉|取缔|取締|报废|報廢|改造|保护|保護"
)
"""Verbs that change what a figure says and that a list states once: 减少二氧化碳11吨、粉尘3吨."""
_OPPOSITES = re.compile("(?:不|未|尚|正在|没有|延期)")
_QUOTED = re.compile("“[^“”\\d]{4,30}”|《[^《》]{4,30}》")
"""A name that is long enough to be one: “三公” is a kind of expense."""


def needs_owner(fact: Observation) -> bool:
    """Return whether a level has a name that says nothing alone."""
    return fact.kind == "level" and bool(
        _RATE.fullmatch(fact.subject)
        or _SUM.fullmatch(fact.subject)
        or _PEOPLE.fullmatch(fact.subject)
    )


def owner_of(fact: Observation, before: Iterable[Observation]) -> Observation | None:
    """Return of which of the figures before it a rate or a sum is: the one that its verb names, or the nearest.

    Args:
        fact: A figure that ``needs_owner``.
        before: The figures before it in its sentence, the nearest first.
    """
    figures = list(before)
    if figures and not _can_be_of(fact, figures[0]):
        return None
    rate = _RATE.fullmatch(fact.subject)
    is_of_opposite = fact.subject.startswith("不")
    named = (
        figure
        for figure in figures
        if rate
        and rate["act"] in figure.subject
        and bool(_OPPOSITES.search(figure.subject)) == is_of_opposite
    )
    return next(named, figures[0] if figures else None)


def _can_be_of(fact: Observation, figure: Observation) -> bool:
    """Return whether a figure may have an owner that is no money: 支出 is not a remark on 收入."""
    return not (fact.unit.endswith("元") and figure.unit.endswith("元"))


def verb_of(fact: Observation, before: Iterable[Observation]) -> str:
    """Return the verb of the clause that a figure shares with those before it, if it changes what the figure says."""
    figures = [figure for figure in before if figure.clause == fact.clause]
    verb = _CHANGING_VERB.match(figures[-1].subject) if figures else None
    is_listed = f"、{fact.subject}{fact.value}" in fact.quote
    return verb[0] if verb and is_listed else ""


def title_of(fact: Observation, before: Iterable[Observation]) -> str:
    """Return the quoted name that opens the part of the sentence with a figure, if another figure has it: “五月行”活动."""
    if _QUOTED.search(fact.subject):
        return ""
    first = next(reversed([figure for figure in before if not figure.doubt]), None)
    quoted = _QUOTED.match(first.subject) if first else None
    return quoted[0] if quoted else ""
