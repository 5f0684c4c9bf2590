"""Kinds that are all of a whole, or that do not overlap: the words of parts say whether they must add up.

Input: a statement and the figures of its parts. Output: whether they are complete, or exclude one another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.statement import Statement

_REMAINDER = re.compile("正在|尚在|尚有|尚未|其余|剩余|余下|未办结|未接入|不合格")
_COMPLEMENTS = (
    ("专职", "兼职"),
    ("一般债券", "专项债券"),
    ("行政编制", "事业编制"),
    ("资金", "物资"),
    ("在编", "非在编"),
    ("在编", "编外"),
    ("本地", "外地"),
    ("县内", "县外"),
    ("市内", "市外"),
    ("省内", "省外"),
    ("境内", "境外"),
    ("国内", "国际"),
    ("国内", "涉外"),
    ("城区", "乡镇"),
    ("城区", "农村"),
    ("城市", "农村"),
    ("成人", "少儿"),
    ("成年", "未成年"),
    ("新建", "改扩建"),
    ("地表水", "地下水"),
    ("内资", "外资"),
    ("动产", "不动产"),
    ("自然人", "法人"),
    ("线上", "现场"),
    ("按时", "延期"),
    ("线上", "线下"),
    ("网上", "现场"),
    ("男", "女"),
    ("普通程序", "简易程序"),
    ("一般债务", "专项债务"),
    ("税收收入", "非税收入"),
    ("直接", "间接"),
    ("公立", "民营"),
    ("公办", "民办"),
    ("城镇", "乡村"),
    ("城镇", "农村"),
    ("轻工业", "重工业"),
    ("进口", "出口"),
    ("续建", "新建"),
    ("投诉", "举报"),
    ("合格", "不合格"),
    ("中型", "小型"),
    ("全资", "控股"),
)
"""Pairs of kinds that together are everything."""
_COMPLETE_SETS = (("第一产业", "第二产业", "第三产业"),)
"""Kinds that together are everything, however far their sum is from the total."""
_HONOURS = re.compile("示范|先进|文明|优秀|品牌|龙头|荣誉|设")
"""Words of kinds of which a thing may be several."""
_EXCLUSIVE_KINDS = tuple(
    map(
        re.compile,
        (
            "县级|区级|乡镇级|乡级|镇级|街道级|村级|社区级",
            "[1-5]A",
            "幼儿园|小学|初中|高中|中职|大学",
            "男|女",
            "[一二三]等奖",
            "重伤|轻伤|死亡",
        ),
    )
)
"""Kinds of which a thing is one at most, so that their numbers do not exceed that of all."""


def are_complete(statement: Statement, parts: Sequence[int]) -> bool:
    """Return whether two parts are complete by their wording: closed and pending, 专职 and 兼职."""
    first, second = (statement.quantities[i] for i in parts)
    first_words = statement.words_before(parts[0])
    second_words = statement.text[first.end : statement.clause_end(second.end)]
    return bool(_REMAINDER.search(second_words)) or any(
        kind in first_words and complement in second_words for kind, complement in _COMPLEMENTS
    )


def is_complete_set(statement: Statement, parts: Sequence[int]) -> bool:
    """Return whether parts are all kinds that there are: the three industries."""
    names = [statement.readings[i].measure for i in parts]
    return any(
        len(kinds) == len(names)
        and all(name.startswith(kind) for name, kind in zip(names, kinds, strict=True))
        for kinds in _COMPLETE_SETS
    )


def are_exclusive(statement: Statement, parts: Sequence[int]) -> bool:
    """Return whether parts are different kinds that do not overlap: 县级1个、乡镇级15个、村级20个."""
    names = [f"{statement.readings[i].measure}{statement.words_before(i)}" for i in parts]
    if any(map(_HONOURS.search, names)):
        return False
    for pattern in _EXCLUSIVE_KINDS:
        kinds = [set(pattern.findall(name)) for name in names]
        if all(len(kind) == 1 for kind in kinds) and len(set[str]().union(*kinds)) == len(names):
            return True
    return False
