"""Names of measures in a form that can be compared: two subjects that count the same thing are equal."""

from __future__ import annotations

import re
from functools import lru_cache

from publisher.reference.indicators import find_indicator
from publisher.reference.units import SHARES
from publisher.text.simplified import to_simplified

_OMITTED = re.compile(
    "全市|全县|全区|全镇|全省|市本级|各级|行政机关|已|^共|共(?=[有计])|的|（[^）]*）|全部|全年|本年度?|我[市县区镇局委厅]"
)
_SCOPE = re.compile("全市|全县|全区|全镇|全省|市本级|各级|（[^）]*）")
_RATIO = re.compile(
    "人均|户均|亩均|平均|均价|单价|指数|价格|率$|浓度|密度|强度|占比|比重|比例|^每|系数"
)
"""Words of measures whose parts do not add up."""
_NO_SUM = re.compile(
    "^每|率|比例|比重|密度|强度|系数|占|均|%|％|‰|比$|排名|名次|分数|得分|评分|满意度|时长|天数|增减|同比|增长|增幅|指数|价格|单价"
)
"""Heads of columns whose figures do not add up."""
_PER = re.compile("[/／每]")
"""What a unit has if it relates two amounts: 万人次/公里日."""
_NO_SUM_UNITS = frozenset({*SHARES, "倍", "℃", "分贝", "岁", "周岁", "分"})
_NUMBER = re.compile("^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．、])")


@lru_cache(maxsize=4096)
def measure_name(subject: str) -> str:
    """Return a subject in Simplified characters, without its number, its scope and filler words.

    An indicator of ``reference.indicators`` has one name.

    Example:
        >>> measure_name("全市生产总值（GDP）"), measure_name("三、粮食总产")
        ('地区生产总值', '粮食产量')

    """
    name = _OMITTED.sub("", _NUMBER.sub("", to_simplified(subject)))
    indicator = find_indicator(name)
    return indicator.name if indicator else name


def adds_up(measure: str) -> bool:
    """Return whether the parts of a measure add up to it: incomes do, incomes per head do not."""
    indicator = find_indicator(measure_name(measure))
    return indicator.adds_up if indicator else not _RATIO.search(to_simplified(measure))


def column_adds_up(head: str, unit: str) -> bool:
    """Return whether the figures of a column add up: amounts do; ratios, ranks and changes do not.

    Example:
        >>> column_adds_up("客运量", "万人次"), column_adds_up("日客流", "万人次/公里日"), column_adds_up("客运强度", "")
        (True, False, False)

    """
    plain = to_simplified(head)
    return not (_NO_SUM.search(plain) or unit in _NO_SUM_UNITS or _PER.search(to_simplified(unit)))


def scope_words(subject: str) -> tuple[str, ...]:
    """Return the words that say where a subject is counted: 全市 differs from 市本级."""
    return tuple(_SCOPE.findall(to_simplified(subject)))
