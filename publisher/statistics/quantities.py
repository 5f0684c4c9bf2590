"""The grammar of numbers in a report, and of numbers that are no statistics.

Input: a string. Output: ``Quantity``s in order. A quantity is a number with a unit (GB/T 15835): Arabic digits with or
without separators, a magnitude, a unit, and words before and after that qualify its precision; or a Chinese numeral with a
measure word. Dates, document and telephone numbers, hotlines, ordinals, addresses and names that contain numbers are
excluded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from publisher.reference.units import (
    COUNTERS,
    DENOMINATORS,
    DENOMINATORS_IN_WORDS,
    HAN_COUNTERS,
    MAGNITUDES,
    PER_UNIT,
    SHARES,
    SYMBOLS,
    UNITS,
    split_unit,
)
from publisher.statistics.decimals import rounding_of
from publisher.statistics.excluded_numbers import ExcludedSpans
from publisher.statistics.numerals import han_value, mixed_value
from publisher.statistics.spaced_groups import start_of_groups
from publisher.text.characters import HAN_DIGITS, HAN_SCALES

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAGNITUDE = f"(?:{'|'.join(MAGNITUDES)})(?![分瓦米克卡伏])"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WHOLE_SYMBOL = "(?<![A-Za-z](?=[A-Za-z]))"
"""No letter follows a symbol of a unit: 5m is a length, and 5million is none."""
_DASH = "—|--|-|－|～|~|至|到"

BEFORE = "不少于|不低于|不超过|不足|不到|少于|多于|超过|突破|至少|至多|最多|大约|(?<![节条合预签契违公])约|(?<![接附])近|逾|超"
AFTER = "以上|以内|以下|左右|之内|(?<=时)内|(?<=日)内|(?<=天)内|(?<=月)内|(?<=钟)内"


@lru_cache(maxsize=32)
def _quantity(own_units: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a figure; ``own_units`` are units of the report beside those of all reports."""
    words = sorted({*UNITS, *SYMBOLS, *own_units}, key=lambda unit: (-len(unit), unit))
    unit = "|".join(map(re.escape, words))
    per = (
        f"(?:/(?:{PER_UNIT}|(?:{'|'.join(MAGNITUDES)}|100)?(?:{unit}))"
        f"|/[(（](?:{unit})(?:·(?:{'|'.join(DENOMINATORS)}|{unit}))+[)）]"
        f"|(?<=米)每(?:{'|'.join(DENOMINATORS_IN_WORDS)}))?"
    )  # what a unit is divided by: 元/千瓦时, 吨标准煤/万吨, g/(m²·d), 立方米每秒
    return re.compile(
        f"(?P<before>{BEFORE})?(?:达到?|共计?)?"
        f"(?P<low>{_ARABIC})(?:(?P<share>[%％](?=[-—－～~]))?(?P<dash>{_DASH})(?P<high>{_ARABIC}))?"
        f"(?P<more>[多余几])?(?P<magnitude>{_MAGNITUDE})?(?P<mixed>(?:\\d[\\d,]*[千百十]?[万亿]?)+)?(?P<more2>[多余几])?"
        f" ?(?P<unit>(?:{unit}){per}{_WHOLE_SYMBOL}(?:（[套次件组户个辆]）)?)?(?P<people>人)?(?:及(?=以[上下])|（不?含）(?=以[上下内]))?(?P<after>{AFTER})?"
    )


_SIGN = re.compile(
    "[温润益利余为是达至到率长降比年加少额值差移，（(：:、 \u3000][-−－]|[^\\d%％]?−"
)
"""A minus sign, not a dash: it follows a word that introduces a figure, or is the character U+2212."""
_WIDE_COMMA = re.compile("(?<![\\d.,，])(?P<thousands>[1-9]\\d{0,2}(?:，\\d{3}){0,3})，$")
_BETWEEN_GROUPS = re.compile("[^\\d.]")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_WIDE_POINT = re.compile("(?<=\\d)．(?=\\d)")
"""Full-width digits and points are replaced by ASCII ones; positions do not change."""
_WIDE = re.compile("[０-９．]")
_FIGURE = re.compile("\\d")
_THREE = re.compile("\\d{3}(?:\\.\\d+)?")
"""Three digits after a full-width comma between thousands: 1，234件."""
LONGEST_THOUSANDS = 17
"""Characters of 123，456，789，012， and one before."""
_THIS = re.compile("报告|年|市|省|县|区|局|级|部门|单位|公司|条例|办法|规定")
"""Words after 本 that make it mean "this": 1.2本报告."""
_YEAR_OF_GRADUATION = re.compile("(?:19|20)\\d\\d")
_NOTE_LABEL = re.compile("\\d{1,2}\\.(?=\\d{1,2}[^\\d.])")
"""The number of a note, or of a paragraph, directly before a count."""
_SERIES = re.compile(
    "(?:分别|依次)[^，。；\\d]{0,12}?(?P<figures>(?:-?\\d[\\d,]*(?:\\.\\d+)?(?:、|和|及|与))+)$"
)
_PLAIN_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
"""The figures of a series without their unit."""
_ABBREVIATIONS = ("GDP", "CPI", "PPI")
"""Measures that a figure may follow directly: GDP246.8亿元."""
_FACTOR = re.compile("[×÷＊*][ \u3000]?$")
"""The sign before a factor of a formula, which is no figure: W₁ / W × 100%."""
_LABEL = re.compile("(?:^|[附见如及、（(\\n])[表图]$")
"""The word before the number of a table or a picture: 表1　分板块收入."""
_UNEVEN = re.compile(r"\d,")
"""A digit and a comma before digits that are not in groups of three: 1,234,5678."""
_HALF = re.compile("半(?P<unit>小时|月|年|天)")
_HALVED = {"小时": "小时", "月": "个月", "年": "年", "天": "天"}
"""5个半小时 is 5.5 小时."""
_HAN_DIGITS = "一二两三四五六七八九"
_HAN = re.compile(
    f"(?P<before>{BEFORE})?"
    f"(?P<numeral>[上数几成][十百千万]"
    f"|(?:[{_HAN_DIGITS}]?[十百千廿卅][{_HAN_DIGITS}零〇百十]*|[{_HAN_DIGITS}](?=万[{_HAN_DIGITS}零]))"
    f"(?:万[{_HAN_DIGITS}零〇十百千]+)?|[二两三四五六七八九])"
    f"(?P<more>[多余几])?(?P<magnitude>万|亿)?"
    f"(?P<unit>{'|'.join(sorted(HAN_COUNTERS, key=len, reverse=True))})(?![一二三四五六七八九])"
)
_RANKS = frozenset({"级", "类", "次", "期", "轮"})
"""二级 is the second level, not two of them."""
_HAN_HINT = re.compile("[二两三四五六七八九十百千万廿卅]")
"""Every Chinese numeral contains one of these; the next pattern is in every duration."""
_DURATION_HINT = re.compile(f"[{_HAN_DIGITS}](?:个工作日|个月|小时|日|天|年)")
_HAN_DURATION = re.compile(
    f"(?P<before>超过|不足|不到|近)?(?P<numeral>[一{_HAN_DIGITS}]?十?[一{_HAN_DIGITS}])"
    "(?P<unit>个工作日|个月|小时|日|天|年)(?P<after>以内|之内|内|以上)?"
)
"""A duration in Chinese numerals is a fact if it is a limit: 七日内, 超过一个月."""
_HAN_ONE = re.compile(
    "(?:各[^，。；、]{0,4}?|每(?:年|季度?|月|周|半年)[^，。；、]{0,6}?)(?P<numeral>一)(?P<unit>次|名|个|人|处|份|期|轮|场)"
)
"""The numeral 一 in a rate: 各出一名, 每季度检查一次."""
_HAN_COMPONENTS = re.compile(
    f"(?P<numeral>[{_HAN_DIGITS}])(?P<unit>部分|方面|点|条)(?=组成|构成|不足|问题|短板|主线)"
)
"""The number of components: 六部分组成, 三方面不足."""
_HAN_RANGE = re.compile(
    f"(?P<low>[{_HAN_DIGITS}])(?P<high>[{_HAN_DIGITS}])"
    f"(?P<unit>[十百千万]?(?:{'|'.join(sorted(HAN_COUNTERS, key=len, reverse=True))}))"
)
"""四五趟 means four to five."""
_REFERENCE = re.compile("(?:以上|上述|前述|这|(?<![目此以之年日])前)$")
"""Words before a numeral that refers to what was named, or ranks: 以上三项, 前三类."""
_PERCENT = re.compile(
    f"(?P<before>{BEFORE})?(?P<base>百|千)分之(?P<numeral>[零〇点十百{_HAN_DIGITS}]+|\\d+(?:\\.\\d+)?)"
    f"(?P<after>{AFTER})?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit and its position in the text."""

    start: int
    end: int
    value: str
    """A decimal, or two decimals joined by a dash for a range."""
    unit: str
    qualifier: str

    @property
    def number(self) -> Decimal | None:
        """The value as a number; ``None`` for a range."""
        return None if "—" in self.value else Decimal(self.value)

    @property
    def exact(self) -> bool:
        """Whether the figure has no qualifier such as 约 or 多."""
        return self.qualifier == ""

    @property
    def scale(self) -> Decimal:
        """The factor of the magnitude in the unit: 10,000 for 万元."""
        return split_unit(self.unit)[0]

    @property
    def base_unit(self) -> str:
        """The unit without its magnitude."""
        return split_unit(self.unit)[1]

    @property
    def amount(self) -> Decimal | None:
        """The value times the scale; ``None`` for a range."""
        number = self.number
        return None if number is None else number * self.scale

    @property
    def rounding(self) -> Decimal:
        """Half of the last digit if the figure may be rounded: it has decimals or a magnitude; else 0."""
        number = self.number
        return Decimal(0) if number is None else rounding_of(number, self.scale)

    def moved(self, by: int) -> Quantity:
        """Return the quantity with its position shifted."""
        return replace(self, start=self.start + by, end=self.end + by)


def find_quantities(text: str, own_units: tuple[str, ...] = ()) -> list[Quantity]:
    """Return the quantities in a text, in order; ``own_units`` are units that only this report has."""
    if _WIDE.search(text):
        text = _WIDE_POINT.sub(".", text.translate(_WIDE_DIGITS))
    excluded = ExcludedSpans(text)
    quantities: list[Quantity] = []
    for match in _quantity(own_units).finditer(text) if _FIGURE.search(text) else ():
        quantity = _arabic(match, text)
        if quantity and not excluded.contains(match.start("low")):
            quantities.append(quantity)
    if "分之" in text:
        quantities += map(_percent, _PERCENT.finditer(text))
    for hint, pattern, group, read in _HAN_FORMS:
        for match in pattern.finditer(text) if hint is None or hint.search(text) else ():
            quantity = read(match, text)
            if not quantity or excluded.contains(match.start(group)):
                continue
            if not any(
                other.start < quantity.end and quantity.start < other.end for other in quantities
            ):
                quantities.append(quantity)
    is_list = "分别" in text or "依次" in text
    if is_list:
        quantities += _share_unit(text, quantities)
    quantities.sort(key=lambda quantity: quantity.start)
    return _complete_units(text, quantities) if is_list else quantities


def _complete_units(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return figures with the whole unit where only the last of a list has it: 分别高4.6个和12.1个百分点."""
    complete = list(quantities)
    for index in reversed(range(len(complete) - 1)):
        first, second = complete[index], complete[index + 1]
        is_part = first.unit == "个" and second.unit in ("个百分点", "个月", "个工作日")
        if is_part and text[first.end : second.start] in ("、", "和", "与", "及"):
            complete[index] = replace(first, unit=second.unit)
    return complete


def _share_unit(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures behind 分别 whose unit only the last of them has: 分别为47、55和56件."""
    shared: list[Quantity] = []
    for quantity in quantities:
        series = _SERIES.search(text, 0, quantity.start) if quantity.unit else None
        if series is None:
            continue
        for match in _PLAIN_FIGURE.finditer(text, series.start("figures"), quantity.start):
            start, end = match.span()
            if not any(other.start < end and start < other.end for other in quantities):
                value = match[0].replace(",", "")
                shared.append(replace(quantity, start=start, end=end, value=value, qualifier=""))
    return shared


def _arabic(match: re.Match[str], text: str) -> Quantity | None:
    start, magnitude = match.start("low"), match["magnitude"] or ""
    unit, end = _unit_of(match, text)
    if _is_inside_a_word(text, start) or not _is_counted(match, text):
        return None
    if match["people"] and unit and unit != "件人次":
        end -= len("人") + len(match["after"] or "")
    label = _NOTE_LABEL.match(text) if start == 0 and unit in COUNTERS and not magnitude else None
    if label:  # 8.6个 is note 8, and six of them
        start = label.end()
    if unit == "人" and text[end : end + 1] == "口":
        end += 1
    wide = _WIDE_COMMA.search(text, max(0, start - LONGEST_THOUSANDS), start)
    if wide and _THREE.fullmatch(match["low"]):
        start = wide.start("thousands")
    start = start_of_groups(text, start, match["low"])
    low = _BETWEEN_GROUPS.sub("", text[start : match.end("low")])
    value = low
    half = _HALF.match(text, end) if unit == "个" and low.isdigit() else None
    if match["high"]:
        value = f"{low}—{match['high'].replace(',', '')}"
    elif match["mixed"]:
        value, magnitude = f"{mixed_value(low + magnitude + match['mixed']):f}", ""
    elif half:
        value, unit, end = f"{low}.5", _HALVED[half["unit"]], half.end()
    if _has_sign(text, start):
        value, start = f"-{value}", start - 1
    words = [match["before"], match["more"] or match["more2"], match["after"]]
    return Quantity(
        start=match.start("before") if match["before"] else start,
        end=end,
        value=value,
        unit=f"{magnitude}{unit}".replace("％", "%"),
        qualifier=";".join(word for word in words if word),
    )


def _unit_of(match: re.Match[str], text: str) -> tuple[str, int]:
    """Return the unit of a figure and where the figure ends; 升 in 由62万升至70万 is a verb."""
    unit, end = match["unit"] or "", match.end()
    if unit == "人次" and text[end : end + 1] == "之":  # 7848人次之
        return "人", end - 1
    is_verb = unit == "升" and text[end : end + 1] in tuple("至到幅")
    return ("", end - 1) if is_verb else (unit, end)


def _has_sign(text: str, start: int) -> bool:
    return bool(_SIGN.fullmatch(text[max(0, start - 2) : start]))


def _is_inside_a_word(text: str, start: int) -> bool:
    """Return whether digits continue a word before them: A5, 1.2.3, 1,234,5678, 表1, × 100%; not after a minus."""
    if _FACTOR.search(text, max(0, start - 2), start) or _LABEL.search(
        text[max(0, start - 2) : start]
    ):
        return True
    before = text[start - 1 : start]
    if text.endswith(_ABBREVIATIONS, 0, start):
        return False
    is_continued = before.isascii() and (before.isalnum() or before in ".-/") and bool(before)
    return (is_continued and not _has_sign(text, start)) or bool(
        _UNEVEN.search(text, max(0, start - 2), start)
    )


def _is_counted(match: re.Match[str], text: str) -> bool:
    """Return whether a number counts something: it has a unit, or 万 alone; years and days need a qualifier."""
    unit, magnitude = match["unit"] or "", match["magnitude"] or ""
    if (match["mixed"] and not magnitude) or (match["share"] and unit not in SHARES):
        return False
    if unit == "分" and text[match.end() : match.end() + 1] in tuple(
        "别之析类布管县市区省项部行月季地"
    ):
        return False
    if unit == "副" and text[match.end() : match.end() + 1] in tuple("主县市省局处科部总镇区厅"):
        return False
    is_year = unit == "届" and _YEAR_OF_GRADUATION.fullmatch(match["low"])  # 2023届毕业生
    if is_year or (unit == "本" and _THIS.match(text, match.end())):
        return False
    if unit in ("年", "日"):
        return bool(match["more"] or match["before"] or match["after"]) or (
            unit == "年" and "." in match["low"]
        )
    return bool(unit) or magnitude not in ("", "千", "百")


def _percent(match: re.Match[str]) -> Quantity:
    numeral = match["numeral"]
    value = numeral if numeral[0].isdigit() else str(han_value(numeral))
    return Quantity(
        start=match.start(),
        end=match.end(),
        value=value,
        unit="%" if match["base"] == "百" else "‰",
        qualifier=";".join(word for word in (match["before"], match["after"]) if word),
    )


def _han(match: re.Match[str], text: str) -> Quantity | None:
    start, numeral = match.start("numeral"), match["numeral"]
    before = text[start - 1] if start else ""
    if before and before in "楼第其之零〇廿卅一二三四五六七八九十百千万年月日统整专合归唯统、":
        return None
    if _REFERENCE.search(text, max(0, start - 2), start):
        return None
    after = text[match.end() : match.end() + 1]
    is_digit = len(numeral) == 1
    if is_digit and (before == "不" or (after and after in "性化式制位")):
        return None
    if numeral == "二" and match["unit"] in _RANKS:  # two of them are 两
        return None
    if (
        is_digit
        and match["unit"] in ("次", "处", "期", "家", "起", "条", "名")
        and (not before or before not in "共计各开有")
    ):
        return None
    if numeral[0] in "上数几成":
        value: Decimal | int = HAN_SCALES[numeral[1]]
        qualifier = numeral[0]
    else:
        value = han_value(numeral)
        qualifier = ""
    words = [match["before"], qualifier, match["more"]]
    month = "月" if match["unit"] == "个" and after == "月" else ""
    return Quantity(
        start=match.start(),
        end=match.end() + len(month),
        value=str(value),
        unit=f"{match['magnitude'] or ''}{match['unit']}{month}",
        qualifier=";".join(word for word in words if word),
    )


def _han_duration(match: re.Match[str], text: str) -> Quantity | None:
    before = text[match.start("numeral") - 1 : match.start("numeral")]
    if not (match["before"] or match["after"]) or before in tuple("第〇零初年月十"):
        return None
    if match["unit"] == "年" and before in tuple(
        "于在来用后今"
    ):  # within which something is planned
        return None
    words = [match["before"], match["after"]]
    return Quantity(
        start=match.start(),
        end=match.end(),
        value=str(han_value(match["numeral"])),
        unit=match["unit"],
        qualifier=";".join(word for word in words if word),
    )


def _han_one(match: re.Match[str], text: str) -> Quantity | None:
    if text[match.end() : match.end() + 1] in tuple("性化"):
        return None
    return Quantity(
        start=match.start("numeral"), end=match.end(), value="1", unit=match["unit"], qualifier=""
    )


def _han_components(match: re.Match[str], text: str) -> Quantity | None:
    if text[match.start() - 1 : match.start()] == "第":
        return None
    value = str(han_value(match["numeral"]))
    return Quantity(
        start=match.start(), end=match.end(), value=value, unit=match["unit"], qualifier=""
    )


def _han_range(match: re.Match[str], text: str) -> Quantity | None:
    low, high = (HAN_DIGITS[match[group]] for group in ("low", "high"))
    before = text[match.start() - 1 : match.start()]
    if high != low + 1 or (before and before in "第十百千〇"):
        return None
    return Quantity(
        start=match.start(),
        end=match.end(),
        value=f"{low}—{high}",
        unit=match["unit"],
        qualifier="",
    )


_HAN_FORMS = (
    (None, _HAN_RANGE, "low", _han_range),
    (_HAN_HINT, _HAN, "numeral", _han),
    (_DURATION_HINT, _HAN_DURATION, "numeral", _han_duration),
    (None, _HAN_ONE, "numeral", _han_one),
    (None, _HAN_COMPONENTS, "numeral", _han_components),
)
"""The forms of figures in Chinese numerals in the order in which they are tried: a quick test (or ``None``), the
pattern, the group of the numeral and the function that reads a match."""
