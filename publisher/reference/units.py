"""Units and measure words, and the magnitudes before them.

``COUNTERS`` count things, ``MEASURES`` measure (``SYMBOLS`` are those in Latin letters), ``SHARES`` are ratios; a counter may be compound (件人次).
The longest come first, so that 个工作日 is not read as 个.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

COUNTERS = (
    "卷次 人年 台件 件人次 件次 条次 项次 篇次 家次 户次 个次 例次 剂次 间次 户次 车次 床次 亿次 人次 场次 班次 批次 管次 "
    "遍 趟 番 成 封 通 则 口 对 管 剂 卷 回 课时 个 件 条 项 次 份 篇 户 家 场 期 人 名 宗 起 处 册 台 "
    "天次 册次 台次 台件 台套 件套 架次 列次 班列 班 盏 桌 盆 丛 艘次 辆次 头次 标准箱 标箱 标台 羽 只次 匹 尾 箱 袋 桶 列 "
    "辆 部 套 站 所 间 种 类 级 层 章 节 门 科 例 座 栋 幢 张 枚 块 片 笔 支 只 头 棵 株 位 字 页 句 "
    "台班 副 眼 学时 门次 股 面 瓶 盒 亩次 档 票 讲 组 队 届 轮 批 本 版 幅 枝 艘 架 道 街 村 根 颗 粒 种次"
).split()

SYMBOLS = (
    "mm cm km m mm² cm² m² km² hm² mm2 cm2 m2 km2 hm2 cm³ m³ cm3 m3 ha mL ml L kL μL µL ng μg µg mg g kg t "
    "W kW MW GW Wh kWh MWh GWh TWh kW·h MW·h kVA MVA V kV mA kA Pa hPa kPa MPa kN Hz kHz MHz GHz kJ MJ GJ "
    "dB(A) dB（A） dB NTU CFU MPN Bq mol mmol lx h min MB"
).split()
"""Symbols of units (GB 3100) that stand behind a figure: 12.5km, 350万kWh, 0.21NTU. No Latin letter follows one."""
_MEASURES_IN_WORDS = (
    "/10万 微克 立方 TEU 客位 吨/年 吨/艘 吨/日 立方米/日 公里/百平方公里 人/千人 延米 升 毫升 吨公里 人公里 吨标准煤 吨标煤 千瓦小时 分贝 毫米 厘米 斤 公吨 毫克/立方米 毫克 标准立方米 立方米/秒 港元 新台币 日元 欧元 兆瓦时 千伏安 千伏 "
    "元/吨 元/平方米 元/人 人/平方公里 平方公里 平方千米 平方米 平方公尺 微克/立方米 μg/m³ μg/m3 µg/m³ µg/m3 ug/m³ ug/m3 mg/m³ mg/m3 mg/L mg/l 毫克/升 立方米 立方公尺 千瓦时 公里 千米 公斤 千克 公顷 小时 分钟 分 "
    "个工作日 工作日 个自然日 个月 个季度 周岁 米 吨 亩 元 天 日 岁 年 周 秒 倍 度 ℃ 美元 人民币 "
    "兆瓦 千瓦 TB GB PB"
).split()
MEASURES = (*_MEASURES_IN_WORDS, *SYMBOLS)

DENOMINATORS = "间夜 床日 月 股 d a s".split()
"""Units behind a slash only: 元/间夜."""
DENOMINATORS_IN_WORDS = "秒 小时 分钟 平方公里 平方千米 立方米 公顷".split()
"""Units behind 每 that make one unit with the unit before it: 立方米每秒."""
UNITS_OF_PEOPLE = {"名": "人", "位": "人"}
"""Units that count the same as another one: 12名运动员 are 12人."""
_SHARES_IN_TEXT = ("个百分点", "个千分点", "%", "％", "‰")
_SHARES_IN_HEADS = ("百分点", "千分点")
"""Units of heads only: 比上年增减（百分点）. In a sentence, 个 is before them."""
SHARES = (*_SHARES_IN_TEXT, *_SHARES_IN_HEADS)

SCALES = tuple(
    (name, Decimal(value))
    for name, value in (
        ("万亿", 10**12),
        ("千万", 10**7),
        ("百万", 10**6),
        ("亿", 10**8),
        ("万", 10**4),
        ("千", 10**3),
        ("百", 10**2),
    )
)
MAGNITUDES = tuple(name for name, _ in SCALES)
"""Magnitudes, which are part of the unit: 2.98 亿元."""

UNITS = tuple(
    sorted({*COUNTERS, *_MEASURES_IN_WORDS, *_SHARES_IN_TEXT}, key=lambda unit: (-len(unit), unit))
)
"""All units but ``SYMBOLS``, which are no units wherever letters stand."""

_DAYS = "(?:·?[日天](?!均))?"
"""Days behind the unit of a denominator, which make one unit with it: 万人次/公里日."""
PER_UNIT = f"(?:{'|'.join(MAGNITUDES)}|100)?(?:{'|'.join(DENOMINATORS)}|{'|'.join(map(re.escape, UNITS))}){_DAYS}"
"""The pattern of what a unit is divided by."""
_SIMPLE_UNIT = f"(?:{'|'.join(MAGNITUDES)})?(?:{'|'.join(map(re.escape, UNITS))})"
_SYMBOL = "|".join(map(re.escape, sorted(SYMBOLS, key=len, reverse=True)))
_UNIT_OR_SYMBOL = f"(?:{_SIMPLE_UNIT}|(?:{'|'.join(MAGNITUDES)})?(?:{_SYMBOL}))"
_UNIT = re.compile(f"{_SIMPLE_UNIT}(?:[（/(].*)?|{_UNIT_OR_SYMBOL}(?:/.*)?")
_AFTER_SLASH = re.compile(f"[/／](?P<unit>{_SIMPLE_UNIT})$")
_IN_BRACKETS = re.compile(
    f"[（(](?:单位[：:])?[±+]?(?P<unit>{_UNIT_OR_SYMBOL}(?:[/／](?:{PER_UNIT}|(?:100)?{_UNIT_OR_SYMBOL}))?"
    f"|{'|'.join(_SHARES_IN_HEADS)})[）)]"
)

HAN_COUNTERS = frozenset(
    "册 轮 成 点 趟 遍 人 人次 个 件 条 项 次 份 篇 户 家 场 期 名 宗 起 处 种 类 级 层 大类".split()
)
"""Units that may follow a numeral in characters (十余个, 三种, 两级); 一 is never read as a count."""


def is_unit(text: str) -> bool:
    """Return whether the text is a unit and nothing else: 件, 万元, 台（套）."""
    return bool(_UNIT.fullmatch(text))


def unit_in(head: str) -> str:
    """Return the unit in brackets, or behind a slash, in the head of a column: 公开数（条）; empty if it has none."""
    match = _IN_BRACKETS.search(head) or _AFTER_SLASH.search(head)
    return match["unit"] if match else ""


@lru_cache(maxsize=1024)
def split_unit(unit: str) -> tuple[Decimal, str]:
    """Return the factor of the magnitude in a unit, and the unit without it: 万元 has one, 千米 has none."""
    if unit not in MEASURES:
        for name, scale in SCALES:
            if unit.startswith(name):
                return scale, unit.removeprefix(name)
    return Decimal(1), unit
