"""The numbers of a page's list items, as a browser shows them (WHATWG HTML, 4.4.5 and 4.4.8; CSS Counter Styles 3).

Input is the list and its items. Output is the label of each item: its number in the list's style, with the mark behind it.
The styles of Chinese and Latin lists are known; a style of another name has figures, as browsers do with a name they do not know.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from publisher.readers.html.inline_marks import DECLARATION
from publisher.text.written_numbers import (
    EARTHLY_BRANCHES,
    HEAVENLY_STEMS,
    write_chinese_number,
    write_digits,
    write_roman,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.readers.html.tree import Element

LISTS = frozenset({"ol", "ul", "menu", "dir"})
_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
"""The styles of the ``type`` attribute, whose letters have a case."""
_NO_NUMBER = frozenset("none disc circle square disclosure-open disclosure-closed".split())
_NO_STYLE = frozenset("inside outside inherit initial unset revert revert-layer !important".split())
"""Words of ``list-style`` that name no style."""
_FUNCTION = re.compile(r"[a-z-]+\([^)]*(?:\)|$)")
"""An address of a picture, or a variable."""
_STRING = re.compile(r"""\s*(["'])(.*?)\1""")
_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,6})(?![0-9])")
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_MAX_IN_WORDS = 9999


class ListCounter:
    """The number of the next item of a list."""

    def __init__(self, element: Element, *, is_hidden: Callable[[Element], bool]) -> None:
        """Begin a list.

        Args:
            element: The list.
            is_hidden: Whether an element is not shown; a reversed list does not count such items.

        """
        is_ordered = element.name == "ol"
        self._style = _declared_style(element) or ("decimal" if is_ordered else "disc")
        self._step = -1 if is_ordered and "reversed" in element.attributes else 1
        first = (
            1
            if self._step > 0
            else sum(_is_list_item(item) and not is_hidden(item) for item in _items(element))
        )
        self._next = _integer(element.attributes.get("start", ""), first) if is_ordered else first

    def next_label(self, item: Element) -> str:
        """Count an item, and return its label; empty if it has no number."""
        if not _is_list_item(item):
            return ""
        value = _integer(item.attributes.get("value", ""), self._next)
        self._next = value + self._step
        return write_label(value, _declared_style(item) or self._style)


def write_label(value: int, style: str) -> str:
    """Return a number in a style, with the mark behind it; empty if the style has no number.

    Args:
        value: The number, which may be negative.
        style: The name of a counter style, or a string in quotation marks, which is the label itself.

    Example:
        >>> write_label(12, "simp-chinese-informal"), write_label(28, "lower-alpha")
        ('十二、', 'ab. ')

    """
    if string := _STRING.match(style):
        return string[2] if any(character.isalnum() for character in string[2]) else ""
    if style in _NO_NUMBER:
        return ""
    write, mark = (_CHINESE[style], "、") if style in _CHINESE else (_LATIN.get(style, str), ". ")
    return f"{write(value) or value}{mark}"


def _declared_style(element: Element) -> str:
    """Return the style that an element names, or an empty string; its ``style`` comes before its ``type``."""
    style = ""
    for name, value in DECLARATION.findall(element.attributes.get("style", "")):
        if name.lower() in ("list-style", "list-style-type"):
            style = _style_of(value) or style
    kind = element.attributes.get("type", "").strip()
    if style or not kind:
        return style
    return _TYPES.get(kind) or (kind.lower() if kind.lower() in _NO_NUMBER else "")


def _is_list_item(item: Element) -> bool:
    """Return whether an item is shown as one; another ``display`` takes its number away, and it is not counted."""
    declarations = DECLARATION.findall(item.attributes.get("style", "").lower())
    displays = [value.strip() for name, value in declarations if name == "display"]
    return not displays or "list-item" in displays[-1]


def _style_of(value: str) -> str:
    """Return the style that the value of ``list-style`` names, or an empty string."""
    if _STRING.match(value):
        return value
    names = [name for name in _FUNCTION.sub(" ", value.lower()).split() if name not in _NO_STYLE]
    return next((name for name in names if name != "none"), names[0] if names else "")


def _items(element: Element) -> list[Element]:
    """Return the items of a list, without those of the lists in it."""
    items: list[Element] = []
    stack = list(element.child_elements())
    while stack:
        child = stack.pop()
        if child.name in LISTS:
            continue
        if child.name == "li":
            items.append(child)
        stack.extend(child.child_elements())
    return items


def _integer(text: str, default: int) -> int:
    match = _INTEGER.match(text)
    return int(match[1]) if match else default


def _write_in_turn(value: int, letters: str) -> str:
    """Return a, b … z, aa, ab …; empty below 1."""
    written = ""
    while value > 0:
        value, index = divmod(value - 1, len(letters))
        written = letters[index] + written
    return written


def _write_from(value: int, characters: str) -> str:
    """Return the character of a number; a number beyond them digit by digit."""
    if 1 <= value <= len(characters):
        return characters[value - 1]
    return write_digits(value) if value >= 0 else ""


def _write_with_sign(value: int, digits: str, scales: str, sign: str, *, informal: bool) -> str:
    """Return a number in words to 9999, with the word for a negative one."""
    if value < -_MAX_IN_WORDS:
        return ""
    words = write_chinese_number(
        abs(value),
        digits=digits,
        scales=scales,
        omit_one_before=(1,) if informal else (),
        maximum=_MAX_IN_WORDS,
    )
    return f"{sign}{words}" if value < 0 else words


_LOWER = "abcdefghijklmnopqrstuvwxyz"
_LATIN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": "{:02d}".format,
    **dict.fromkeys(("lower-alpha", "lower-latin"), partial(_write_in_turn, letters=_LOWER)),
    **dict.fromkeys(
        ("upper-alpha", "upper-latin"), partial(_write_in_turn, letters=_LOWER.upper())
    ),
    "lower-greek": partial(_write_in_turn, letters=_GREEK),
    "lower-roman": write_roman,
    "upper-roman": lambda value: write_roman(value).upper(),
}
_USUAL_DIGITS = "零一二三四五六七八九"
_TRADITIONAL = partial(
    _write_with_sign, digits=_USUAL_DIGITS, scales="十百千", sign="負", informal=True
)
_CHINESE: dict[str, Callable[[int], str]] = {
    "cjk-decimal": lambda value: write_digits(value) if value >= 0 else "",
    "cjk-earthly-branch": partial(_write_from, characters=EARTHLY_BRANCHES),
    "cjk-heavenly-stem": partial(_write_from, characters=HEAVENLY_STEMS),
    "cjk-ideographic": _TRADITIONAL,
    "trad-chinese-informal": _TRADITIONAL,
    "trad-chinese-formal": partial(
        _write_with_sign,
        digits="零壹貳參肆伍陸柒捌玖",
        scales="拾佰仟",
        sign="負",
        informal=False,
    ),
    "simp-chinese-informal": partial(
        _write_with_sign, digits=_USUAL_DIGITS, scales="十百千", sign="负", informal=True
    ),
    "simp-chinese-formal": partial(
        _write_with_sign,
        digits="零壹贰叁肆伍陆柒捌玖",
        scales="拾佰仟",
        sign="负",
        informal=False,
    ),
}
"""The Chinese styles, whose mark is 、."""
