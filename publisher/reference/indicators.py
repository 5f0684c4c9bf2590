"""The indicators that public reports name most often: one name for each, its other names, its units.

The names are those of official statistics (the bulletins of the National Bureau of Statistics, the reports on budgets, the official forms of
information disclosure). All words are Simplified; ``text.simplified`` makes the text comparable. A new indicator is a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONEY = ("元", "美元", "人民币")
_PEOPLE = ("人", "人次", "名")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator of official statistics."""

    name: str
    synonyms: tuple[str, ...] = ()
    units: tuple[str, ...]
    """The units of its level, without magnitudes."""
    adds_up: bool = True
    """Whether the figures of parts add up to that of the whole; those of averages, ratios and indices do not."""


INDICATORS = (
    Indicator(
        name="地区生产总值",
        synonyms=("生产总值", "国内生产总值", "GDP", "地区GDP", "本地生产总值", "经济总量"),
        units=_MONEY,
    ),
    Indicator(
        name="人均地区生产总值",
        synonyms=("人均生产总值", "人均GDP", "人均国内生产总值", "人均本地生产总值"),
        units=_MONEY,
        adds_up=False,
    ),
    Indicator(name="第一产业增加值", synonyms=("一产增加值",), units=_MONEY),
    Indicator(name="第二产业增加值", synonyms=("二产增加值",), units=_MONEY),
    Indicator(name="第三产业增加值", synonyms=("三产增加值",), units=_MONEY),
    Indicator(
        name="规模以上工业增加值",
        synonyms=("规上工业增加值", "规模工业增加值", "规模以上工业企业增加值"),
        units=_MONEY,
    ),
    Indicator(
        name="固定资产投资",
        synonyms=("全社会固定资产投资", "固定资产投资完成额", "固投"),
        units=_MONEY,
    ),
    Indicator(
        name="社会消费品零售总额",
        synonyms=("社会消费品零售额", "社零总额", "社零额"),
        units=_MONEY,
    ),
    Indicator(
        name="进出口总额",
        synonyms=(
            "外贸进出口总额", "货物进出口总额", "进出口", "进出口贸易", "对外贸易进出口", "外贸进出口", "进出口总值", "外贸进出口总值", "货物贸易进出口总额",
        ),
        units=_MONEY,
    ),
    Indicator(name="出口总额", synonyms=("出口额", "出口总值"), units=_MONEY),
    Indicator(name="进口总额", synonyms=("进口额", "进口总值"), units=_MONEY),
    Indicator(
        name="实际使用外资",
        synonyms=("实际利用外资", "实际利用外资金额", "实际使用外资金额", "实际到位外资"),
        units=_MONEY,
    ),
    Indicator(
        name="一般公共预算收入",
        synonyms=("一般公共预算收入完成", "公共财政预算收入", "一般预算收入"),
        units=_MONEY,
    ),
    Indicator(
        name="一般公共预算支出",
        synonyms=("一般公共预算支出完成", "公共财政预算支出", "一般预算支出"),
        units=_MONEY,
    ),
    Indicator(name="政府性基金预算收入", synonyms=("政府性基金收入",), units=_MONEY),
    Indicator(name="政府性基金预算支出", synonyms=("政府性基金支出",), units=_MONEY),
    Indicator(name="税收收入", units=_MONEY),
    Indicator(
        name="居民人均可支配收入",
        synonyms=("全体居民人均可支配收入", "居民人均收入"),
        units=_MONEY,
        adds_up=False,
    ),
    Indicator(
        name="城镇居民人均可支配收入",
        synonyms=("城镇常住居民人均可支配收入", "城镇居民可支配收入人均"),
        units=_MONEY,
        adds_up=False,
    ),
    Indicator(
        name="农村居民人均可支配收入",
        synonyms=("农村常住居民人均可支配收入", "农民人均可支配收入", "农村居民可支配收入人均"),
        units=_MONEY,
        adds_up=False,
    ),
    Indicator(name="常住人口", synonyms=("常住总人口", "年末常住人口", "常住人口总数"), units=_PEOPLE),
    Indicator(name="户籍人口", synonyms=("户籍总人口", "年末户籍人口"), units=_PEOPLE),
    Indicator(
        name="常住人口城镇化率",
        synonyms=("城镇化率", "城镇化水平"),
        units=(),
        adds_up=False,
    ),
    Indicator(
        name="城镇新增就业",
        synonyms=("新增城镇就业",),
        units=_PEOPLE,
    ),
    Indicator(
        name="居民消费价格",
        synonyms=("居民消费价格总水平", "居民消费价格总指数", "居民消费价格指数", "CPI"),
        units=("点",),
        adds_up=False,
    ),
    Indicator(name="城镇登记失业率", units=(), adds_up=False),
    Indicator(name="城镇调查失业率", units=(), adds_up=False),
    Indicator(
        name="粮食产量",
        synonyms=("粮食总产量", "粮食总产", "粮食产量达到"),
        units=("吨", "斤", "公斤", "千克"),
    ),
    Indicator(name="全社会用电量", synonyms=("社会用电量",), units=("千瓦时", "度")),
    Indicator(
        name="旅游收入", synonyms=("旅游总收入", "旅游综合收入"), units=_MONEY
    ),
    Indicator(
        name="接待游客",
        synonyms=("接待旅游者", "接待国内外游客", "接待游客量"),
        units=_PEOPLE,
    ),
    Indicator(name="货物吞吐量", synonyms=("港口货物吞吐量",), units=("吨",)),
    Indicator(
        name="集装箱吞吐量", synonyms=("港口集装箱吞吐量",), units=("标箱", "标准箱", "TEU")
    ),
    Indicator(
        name="空气质量优良天数比例",
        synonyms=("空气质量优良天数比率", "空气优良天数比例", "优良天数比例", "空气质量优良率", "环境空气质量优良天数比例"),
        units=(),
        adds_up=False,
    ),
    Indicator(name="森林覆盖率", units=(), adds_up=False),
    Indicator(
        name="主动公开政府信息",
        synonyms=("公开政府信息", "主动公开信息", "公开各类政府信息", "主动公开各类政府信息"),
        units=("条", "件", "项"),
    ),
    Indicator(
        name="制发规范性文件",
        synonyms=tuple(
            f"{new}{verb}{kind}"
            for new in ("", "新")
            for verb in ("制发", "制定", "出台", "印发")
            for kind in ("规范性文件", "行政规范性文件")
            if (new, verb, kind) != ("", "制发", "规范性文件")
        ),
        units=("件", "份", "个", "部"),
    ),
    Indicator(
        name="作出行政处罚",
        synonyms=("作出行政处罚决定", "实施行政处罚", "行政处罚决定"),
        units=("件", "份", "起", "宗", "次"),
    ),
    Indicator(
        name="在校学生",
        synonyms=("在校生", "各级各类学校在校学生", "各级各类学校在校生", "各类学校在校学生", "各类学校在校生"),
        units=_PEOPLE,
    ),
    Indicator(
        name="收到政府信息公开申请",
        synonyms=("新收政府信息公开申请", "收到信息公开申请", "收到依申请公开"),
        units=("件", "条", "份", "人次"),
    ),
    Indicator(
        name="受理政府信息公开申请",
        synonyms=("受理信息公开申请", "受理政府信息公开申请数"),
        units=("件", "条", "份", "人次"),
    ),
)  # fmt: skip
"""The indicators."""

BY_NAME: Mapping[str, Indicator] = MappingProxyType(
    {word: indicator for indicator in INDICATORS for word in (indicator.name, *indicator.synonyms)}
)
"""Each indicator by its name and by its other names."""

_VERB = re.compile("^(?:共?实现|共?完成|累计|全体|(?:地方)?财政|地方)")
_NOUN = re.compile("(?:总量|总额|总数|数量|人数|人员|件数|总?规模|数|额)$")
"""What a name of an indicator may have before and behind it: 实现旅游收入, 城镇新增就业人数."""


def find_indicator(name: str) -> Indicator | None:
    """Return the indicator that a measure names, also with a verb before it or a noun of number behind it.

    Example:
        >>> find_indicator("完成固定资产投资额").name
        '固定资产投资'

    """
    name = name.replace("年人均", "人均")
    without_verb = _VERB.sub("", name)
    names = (name, without_verb, _NOUN.sub("", name), _NOUN.sub("", without_verb))
    return next((BY_NAME[word] for word in names if word in BY_NAME), None)
