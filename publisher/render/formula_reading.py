"""The reading of a formula in Chinese, for screen readers.

In: the normal form of a formula (``text.mathml``) and the language of the report. Out: words in its script, such as
``c的平方`` or ``从i等于1到n求和``. Every character of the formula is in it, as itself or as a word. What has more than
one part gets an end (``分式结束``), so that the reading has one meaning only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from xml.etree.ElementTree import Element

_OPERATORS: Mapping[str, str] = {
    **dict.fromkeys("=＝", "等于"),
    **dict.fromkeys("+＋", "加"),
    **dict.fromkeys("-−－–", "减"),
    **dict.fromkeys("×∙·⋅*✕", "乘"),
    **dict.fromkeys("÷/∕", "除以"),
    **dict.fromkeys("≤⩽≦", "小于等于"),
    **dict.fromkeys("≥⩾≧", "大于等于"),
    **dict.fromkeys("≈≃≅", "约等于"),
    **dict.fromkeys("<＜", "小于"),
    **dict.fromkeys(">＞", "大于"),
    "≪": "远小于",
    "≫": "远大于",
    "≠": "不等于",
    "≡": "恒等于",
    "±": "正负",
    "∓": "负正",
    "→": "趋于",
    "⇒": "推出",
    "⇔": "等价于",
    "∞": "无穷大",
    "∈": "属于",
    "∉": "不属于",
    "⊂": "包含于",
    "⊆": "包含于或等于",
    "∪": "并",
    "∩": "交",
    "∅": "空集",
    "∀": "任意",
    "∃": "存在",
    "∂": "偏",
    "∇": "梯度",
    "∝": "正比于",
    "∠": "角",
    "⊥": "垂直于",
    "∑": "求和",
    "∏": "求积",
    "∫": "积分",
    "∬": "二重积分",
    "∮": "环路积分",
    "√": "根号",
    "(": "左括号",
    ")": "右括号",
    "[": "左方括号",
    "]": "右方括号",
    "{": "左花括号",
    "}": "右花括号",
    "|": "竖线",
    "‖": "双竖线",
    "′": "撇",
    "'": "撇",
    "″": "两撇",
    "°": "度",
    "∘": "度",
    "!": "的阶乘",
    "…": "等等",
    "⋯": "等等",
    ",": "，",
    ";": "；",
    ":": "比",
}
"""The words for operators; any other operator is read as its character."""
_RATIOS: Mapping[str, str] = {"%": "百分之", "％": "百分之", "‰": "千分之"}
_MINUS = frozenset("-−－–")
_LARGE: Mapping[str, str] = {
    "∑": "求和",
    "∏": "求积",
    "∫": "积分",
    "∬": "二重积分",
    "∮": "环路积分",
}
_LIMITS: Mapping[str, str] = {
    "lim": "极限",
    "max": "最大值",
    "min": "最小值",
    "sup": "上确界",
    "inf": "下确界",
}
_POWERS: Mapping[str, str] = {"2": "平方", "3": "立方"}
_ACCENTS: Mapping[str, str] = {
    **dict.fromkeys("¯―‾_", "横线"),
    **dict.fromkeys("^ˆ", "尖号"),
    **dict.fromkeys("~˜", "波浪号"),
    **dict.fromkeys("→⃗", "箭头"),
    "˙": "点",
    "¨": "两点",
    "ˇ": "勾号",
    **dict.fromkeys("⏞⏟", "花括号"),
    **dict.fromkeys("⏜⏝", "括号"),
}
_REPEATED_PAUSE = re.compile("，(?=[，；])")
_LATIN_EDGE = re.compile(r"[A-Za-z0-9.]$")
_LATIN_START = re.compile(r"[A-Za-z0-9.]")
_TRADITIONAL = str.maketrans(
    "于约远恒负趋价无穷属积环号竖线双两阶极确横箭头点为结当时标从对减体",
    "於約遠恆負趨價無窮屬積環號豎線雙兩階極確橫箭頭點為結當時標從對減體",
)
"""The characters of the words above and below that Traditional Chinese writes differently."""


def read_formula(math: Element, language: str) -> str:
    """Return the reading of a formula in Chinese, in the script of the language (BCP 47)."""
    reading = _Reading(is_traditional=bool(re.match("zh-(?:Hant|TW|HK|MO)", language)))
    return _REPEATED_PAUSE.sub("", reading.row(math))


class _Reading:
    """Reads the parts of one formula; the words of the program are in the script of the report."""

    def __init__(self, *, is_traditional: bool) -> None:
        self._is_traditional = is_traditional

    def word(self, text: str) -> str:
        """Return a word of the program in the script of the report."""
        if self._is_traditional:
            return text.translate(_TRADITIONAL)
        return text

    def join(self, parts: Iterable[str]) -> str:
        """Return the parts in a row, with a space between Latin letters or figures."""
        text = ""
        for part in parts:
            text += " " if _LATIN_EDGE.search(text) and _LATIN_START.match(part) else ""
            text += part
        return text

    def read(self, element: Element) -> str:
        """Return the reading of a part."""
        reader = _READERS.get(element.tag)
        if reader:
            return reader(self, element)
        if element.tag == "mo":
            text = element.text or ""
            return self.word(_OPERATORS[text]) if text in _OPERATORS else text
        if element.tag in ("mi", "mn", "mtext"):
            text = (element.text or "").strip()
            return self.word(_OPERATORS[text]) if text in _OPERATORS else text
        return self.row(element)

    def row(self, element: Element) -> str:
        """Return the reading of parts in a row: a minus sign at its beginning is a sign, n% is read 百分之n."""
        children = [child for child in element if child.tag != "mspace" or child.get("linebreak")]
        parts: list[str] = []
        begins = True
        for index, child in enumerate(children):
            text = child.text or ""
            following = children[index + 1] if index + 1 < len(children) else None
            if child.tag == "mn" and following is not None and (following.text or "") in _RATIOS:
                parts.append(self.word(_RATIOS[following.text or ""]) + text)
            elif text in _RATIOS and index and children[index - 1].tag == "mn":
                continue
            elif child.tag == "mo" and text in _MINUS and begins:
                parts.append(self.word("负"))
            elif child.tag == "mfrac" and index and _is_mixed(children[index - 1], child):
                parts.append(f"又{self.read(child)}")
            elif (
                text == ","
                and following is not None
                and _is_grouped(children[index - 1], following)
            ):
                parts.append(text)
            else:
                parts.append(self.read(child))
            begins = child.tag == "mo" and text not in (")", "]", "}", "|", "!")
        return self.join(parts)

    def fraction(self, element: Element) -> str:
        numerator, denominator = element
        above, below = self.read(numerator), self.read(denominator)
        if element.get("linethickness", "1").strip("0") in ("", "px", "pt", "em"):
            return self.word("上") + above + self.word("下") + below
        if _is_simple(numerator) and _is_simple(denominator):
            return f"{below}{self.word('分之')}{above}"
        return self.word("分式，分子为{}，分母为{}，分式结束，").format(above, below)

    def square_root(self, element: Element) -> str:
        content = self.row(element)
        if len(element) == 1 and _is_simple(element[0]):
            return self.word("根号") + content
        return self.word("根号下{}，根号结束，").format(content)

    def root(self, element: Element) -> str:
        base, degree = element
        content = self.read(base)
        order = self.join((self.read(degree), self.word("次根号")))
        if _is_simple(base):
            return order + content
        return f"{order}{self.word('下{}，根号结束，').format(content)}"

    def scripts(self, element: Element) -> str:
        base = element[0]
        has_below = element.tag in ("msub", "msubsup", "munder", "munderover")
        below = element[1] if has_below else None
        above = element[-1] if element.tag not in ("msub", "munder") else None
        name = _text(base)
        if name in _LARGE:
            return self._large(self.word(_LARGE[name]), below, above)
        if name in _LIMITS and below is not None and above is None:
            return self.word("当{}时的" + _LIMITS[name] + "，").format(self.read(below))
        if element.tag in ("munder", "mover") and _text(element[1]) in _ACCENTS:
            side = "下" if element.tag == "munder" else "上"
            accent = side + _ACCENTS[_text(element[1])]
            if _is_simple(base):
                return self.read(base) + self.word(accent)
            return f"{self.read(base)}{self.word('，整体' + accent + '，')}"
        text = self.read(base)
        if below is not None:
            label = "下方" if element.tag.startswith("munder") else "下标"
            text = self.join((text + self.word(label), self.read(below)))
        if above is not None:
            text += self._above(element, above, after_subscript=below is not None)
        return text

    def _above(self, element: Element, above: Element, *, after_subscript: bool) -> str:
        """Return the reading of what is raised: a power, a prime, a degree sign, or another superscript."""
        script = _text(above)
        if script and set(script) <= set("′″'∘°"):
            return "".join(self.word(_OPERATORS[character]) for character in script)
        if element.tag in ("mover", "munderover"):
            return self.word("上方") + self.read(above)
        comma = "，" if after_subscript else ""
        if script in _POWERS:
            return comma + self.word("的" + _POWERS[script])
        if _is_power(above):
            return f"{comma}{self.word('的')}{self.read(above)}{self.word('次方')}"
        return f"{comma}{self.word('上标')}{self.read(above)}"

    def _large(self, name: str, below: Element | None, above: Element | None) -> str:
        if below is not None and above is not None:
            return f"{self.word('从')}{self.read(below)}{self.word('到')}{self.read(above)}{name}，"
        if below is not None:
            return f"{self.word('对')}{self.read(below)}{name}，"
        return f"{name}，" if above is None else f"{name}{self.word('到')}{self.read(above)}，"

    def table(self, element: Element) -> str:
        columns = max(len(row) for row in element)
        start = self.word("{}行{}列，").format(len(element), columns) if columns > 1 else ""
        rows = (
            self.word("第{}行，").format(number) + "，".join(filter(None, map(self.row, row)))
            for number, row in enumerate(element, 1)
        )
        return f"{start}{'；'.join(rows)}{self.word('，各行结束，')}"


_READERS: Mapping[str, Callable[[_Reading, Element], str]] = {
    "mfrac": _Reading.fraction,
    "msqrt": _Reading.square_root,
    "mroot": _Reading.root,
    **dict.fromkeys(("msub", "msup", "msubsup", "munder", "mover", "munderover"), _Reading.scripts),
    "mtable": _Reading.table,
    "mspace": lambda _, element: "，" if element.get("linebreak") else "",
}
"""What reads each element with a structure of its own; all others are rows."""


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _is_simple(element: Element) -> bool:
    """Return whether a part is one word, number or variable, perhaps with a script."""
    if element.tag in ("mi", "mn", "mtext", "mo"):
        return True
    if element.tag in ("msub", "msup"):
        return all(map(_is_simple, element))
    children: Sequence[Element] = list(element)
    if len(children) == 2:
        return children[0].tag == "mn" and (children[1].text or "") in _RATIOS
    return element.tag == "mrow" and len(children) == 1 and _is_simple(children[0])


def _is_mixed(whole: Element, fraction: Element) -> bool:
    """Return whether a number and a fraction are a mixed number."""
    return (
        whole.tag == "mn" and (whole.text or "").isdigit() and all(p.tag == "mn" for p in fraction)
    )


def _is_grouped(before: Element, after: Element) -> bool:
    """Return whether a comma between two numbers separates groups of three digits."""
    return before.tag == after.tag == "mn" and len(after.text or "") == 3


def _is_power(element: Element) -> bool:
    """Return whether a raised part is an exponent, and not a word or a sign."""
    return not any(part.tag == "mtext" for part in element.iter()) and any(
        character.isalnum() for character in _text(element)
    )
