"""Figures whose subject says nothing to a reader who does not see their sentence, or does not fit their unit.

Input: a subject, a measure and a unit. Output: why the figure is doubtful, or nothing. A doubtful figure stays in the data and is left out of print.
"""

from __future__ import annotations

import re

from publisher.reference.indicators import BY_NAME
from publisher.reference.units import SHARES, split_unit
from publisher.statistics.measure_names import measure_name

UNFINISHED = "its words do not end as a name does"
"""The doubt of a subject that ends with a particle, a conjunction, a pronoun or a mark: 部门及其."""
BARE = "it says who was counted, and not what of them"
"""The doubt of a subject that is one common noun for offices or people: 单位3家."""
OTHER_UNIT = "its unit is none of this indicator"
"""The doubt of a level in a unit that its indicator does not have: 常住人口 in 元, a ratio in 个."""
_BRACKET = re.compile("（[^（）]*）$")
_DIGITS_AT_END = re.compile("[一-龥]\\d+$")
"""The digits of a figure that a space divides: 办理申请1 20件 may be 120."""
_UNFINISHED_ENDINGS = ("、", "，", "：", "之", "其", "最", "显示", "表明")
_BEGINS_INSIDE = re.compile("的|方面|内(?=.{1,3}率$)")
"""How a subject begins whose first words are behind another figure: 的线路, and 方面的短板 of 三个方面的短板."""
_ENDS_INSIDE = re.compile("(?<![高初集其])中$")
"""How a subject ends that says only of which whole the figure is: 市直部门中, but not 高中."""
_WHOLE_PLACE = re.compile("全[省市县区州镇乡]|全[縣區鎮鄉]")
_OFFICES = ("单位", "企业", "公司", "机构", "部门")
_UNITS_OF_PEOPLE = ("人次", "名", "人")
"""Units in which no offices are counted: 1126个单位、6.8万人次参加."""
_RATIO = re.compile("(?<![频效功汇费心速税頻匯費稅])率$|占比$|比[重例]$")
"""How a measure ends that is a ratio."""
_BARE_NOUNS = frozenset(
    "单位 部门 县 区 市 县区 区县 县（区） 县（市、区） 乡镇 乡 镇 村 社区 家庭 家 人 人员 个人 地方 地区 方面 企业单位 "
    "單位 部門 縣 縣區 鄉鎮 鄉 鎮 社區 人員 個人 地區".split()
)
_SUPERLATIVES = frozenset("最高 最低 最大 最小 最多 最少 最长 最短".split())


def figure_doubt(
    subject: str, measure: str, unit: str, kind: str, *, ends_in_particle: bool = False
) -> str:
    """Return why a figure is doubtful: its subject says nothing, or its unit is none of its indicator.

    All words are Simplified. ``kind`` is that of an ``Observation``, ``ends_in_particle`` that of its ``Reading``.
    """
    indicator = BY_NAME.get(measure_name(measure)) if kind == "level" else None
    if indicator and unit not in (*SHARES, "倍") and split_unit(unit)[1] not in indicator.units:
        return OTHER_UNIT
    if kind == "level" and _RATIO.search(measure) and not _is_unit_of_ratios(unit):
        return OTHER_UNIT
    is_office = subject.endswith(_OFFICES) or subject in ("学院", "学校", "医院")
    if unit.endswith(_UNITS_OF_PEOPLE) and is_office:
        return OTHER_UNIT
    doubt = subject_doubt(subject, ends_in_particle=ends_in_particle)
    return doubt or (subject_doubt(measure) if kind != "level" else "")


def _is_unit_of_ratios(unit: str) -> bool:
    """Return whether a ratio may have a unit: 98%, 0.86次/百万公里, but not 9个 in 9个水库达标率为98%."""
    return unit in (*SHARES, "", "倍", "成") or "/" in unit or "每" in unit


def subject_doubt(subject: str, *, ends_in_particle: bool = False) -> str:
    """Return why a subject is doubtful; empty if it is not.

    Example:
        >>> subject_doubt("粮食产量"), subject_doubt("单位"), subject_doubt("部门及其")
        ('', 'it says who was counted, and not what of them', 'its words do not end as a name does')

    """
    name = _BRACKET.sub("", subject)
    if {subject, _WHOLE_PLACE.sub("", subject), _WHOLE_PLACE.sub("", name)} & _BARE_NOUNS:
        return BARE
    is_unfinished = (
        not name
        or ends_in_particle
        or _DIGITS_AT_END.search(name)
        or name in _SUPERLATIVES
        or name.endswith(_UNFINISHED_ENDINGS)
        or _BEGINS_INSIDE.match(name)
        or _ENDS_INSIDE.search(name)
    )
    return UNFINISHED if is_unfinished else ""
