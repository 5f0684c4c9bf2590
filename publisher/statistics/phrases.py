"""Patterns of phrases that relate figures: increase, decrease, from, to, compared with, average, total."""

from __future__ import annotations

import re

TOTAL = re.compile(
    "(?:共计|合计|总计|小计|一共)[^，。；：、]{0,4}$|(?:^|[，、；])(?:总)?共[^，。；：、\\d享建有同]{0,4}$"
)
"""The words before a total that follows its parts."""
DOWN = re.compile(
    "减少|下降|缩短|压缩|压减|降低|精简|削减|关停|减幅|降幅|跌幅|净减|减$|少$|(?:比|较)[^，。；]{0,10}少[^，。；]{0,4}$"
)
UP = re.compile(
    "增加|增长|上升|提高|净增|增幅|涨幅|升幅|多$|(?:比|较)[^，。；]{0,10}多[^，。；]{0,4}$|高出"
)
FROM = re.compile("(?:由|从(?!以下|如下|下列|这))[^，。；：、0-9]{0,8}(?:(?:19|20)[0-9]{2}年)?的?$")
"""The words before the first level of a change: 由29个减少到22个."""
TO = re.compile("(?P<verb>[^，。；：、]{0,10}[为到至])(?:(?:19|20)[0-9]{2}年的?)?$")
COMPARED = re.compile("(?:与|比|较|同)[^，。；]{0,12}的$")
"""The words before an earlier level: 与2018年的61件相比."""
AVERAGE = re.compile("平均|人均|户均|日均|月均|年均|每[年月季周日天期次]")
