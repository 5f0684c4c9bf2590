"""Character classes for line breaking, and which of them may begin or end a line.

In: a character. Out: its ``CharacterClass``. Sources: Requirements for Chinese Text Layout (CLREQ), 3.1, and
GB/T 15834-2011, 5.1, for Simplified Chinese; the conventions of Taiwan and Hong Kong for Traditional, whose pause and
stop marks are in the middle of their em and keep its width. The classes resemble those of UAX #14.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from publisher.text.unicode_data import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Mapping


class CharacterClass(IntEnum):
    """The class of a character for line breaking and justification."""

    IDEOGRAPH = 0
    """A character before and after which a line may end (UAX #14: ID)."""
    OPENING = 1
    """A full-width opening bracket or quotation mark (开始夹注符号; OP)."""
    CLOSING = 2
    """A full-width closing bracket or quotation mark (结束夹注符号; CL)."""
    PAUSE_OR_STOP = 3
    """A full-width comma, stop, colon, question or exclamation mark (点号)."""
    INTERPUNCT = 4
    """A middle dot (间隔号), a wave dash, or another short mark that connects; a mark after a Tibetan syllable."""
    DASH = 5
    """A part of a dash (破折号, 连接号)."""
    ELLIPSIS = 6
    """A part of an ellipsis (省略号)."""
    LETTER = 7
    """A letter of a word that is shaped as a whole, such as a Latin one (AL)."""
    DIGIT = 8
    """A decimal digit (NU)."""
    SPACE = 9
    """A space at which a line may end (SP)."""
    NARROW_OPENING = 10
    """An opening bracket of Latin text."""
    NARROW_CLOSING = 11
    """A closing bracket or a stop of Latin text."""
    PREFIX = 12
    """A sign before a figure: ￥, §, № (PR)."""
    POSTFIX = 13
    """A sign after a figure: %, ℃ (PO), or a superscript or subscript, which belongs to what is before it."""
    INFIX = 14
    """A separator inside a figure or a word: . / - : (IS)."""
    NON_BREAKING = 15
    """A no-break space or a format character that joins its neighbours (GL, WJ)."""
    ZERO_WIDTH_SPACE = 16
    """An invisible break opportunity (ZW)."""
    NON_STARTER = 17
    """An iteration mark, a prolonged sound mark or a small kana: an ideograph that begins no line (NS, CJ)."""
    SOLIDUS = 18
    """A separator (分隔号), which neither begins nor ends a line (GB/T 15834-2011, 5.1.11)."""


_CHARACTERS: Mapping[CharacterClass, str] = {
    CharacterClass.OPENING: "（《〈「『【〖〔［｛“‘〝｟",
    CharacterClass.CLOSING: "）》〉」』】〗〕］｝”’〞〟｠",
    CharacterClass.PAUSE_OR_STOP: "，、；：。．！？﹐﹑﹔﹕﹒﹗﹖｡､‼⁇⁈⁉",
    CharacterClass.INTERPUNCT: "·‧・･•～〜－﹣∶\u0f0b\u0f0d\u0f0e\u0f0f\u0f10\u0f11\u0f14",
    CharacterClass.NON_STARTER: "々〻ゝゞヽヾーｰ゠゛゜ﾞﾟぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ",
    CharacterClass.DASH: "—―─⸺⸻–",
    CharacterClass.ELLIPSIS: "…⋯‥",
    CharacterClass.NARROW_OPENING: "([{¿¡‚„",
    CharacterClass.NARROW_CLOSING: ")]},;!?",
    CharacterClass.PREFIX: "§№#＃±∓+−＋×÷=＝≠≡<>＜＞≤≥≈",
    CharacterClass.POSTFIX: "%‰‱℃℉°％﹪′″‴⁗¢￠⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎",
    CharacterClass.INFIX: ".:-_@&~\\|*'\"‐",
    CharacterClass.SOLIDUS: "/／",
    CharacterClass.SPACE: " \t",
    CharacterClass.NON_BREAKING: "\u00a0\u202f\u2060\ufeff\u200d\u2011",
    CharacterClass.ZERO_WIDTH_SPACE: "\u200b",
}
_CLASSES: Mapping[str, CharacterClass] = {
    character: character_class
    for character_class, characters in _CHARACTERS.items()
    for character in characters
} | dict.fromkeys(map(chr, range(0x3371, 0x33E0)), CharacterClass.POSTFIX)
"""The characters whose class does not follow from their Unicode properties; the range has squared units (㎡, ㎏)."""
FULL_WIDTH_MARKS = frozenset(
    {CharacterClass.OPENING, CharacterClass.CLOSING, CharacterClass.PAUSE_OR_STOP}
)
"""Full-width marks whose em is partly blank, and can be compressed."""
NO_LINE_START = frozenset(
    {
        CharacterClass.CLOSING,
        CharacterClass.PAUSE_OR_STOP,
        CharacterClass.INTERPUNCT,
        CharacterClass.NON_STARTER,
        CharacterClass.SOLIDUS,
        CharacterClass.DASH,
        CharacterClass.ELLIPSIS,
        CharacterClass.NARROW_CLOSING,
        CharacterClass.POSTFIX,
        CharacterClass.NON_BREAKING,
    }
)
"""Classes that must not begin a line (行首禁则, CLREQ 3.1.7)."""
NO_LINE_END = frozenset(
    {
        CharacterClass.OPENING,
        CharacterClass.NARROW_OPENING,
        CharacterClass.PREFIX,
        CharacterClass.SOLIDUS,
        CharacterClass.NON_BREAKING,
    }
)
"""Classes that must not end a line (行尾禁则, CLREQ 3.1.7)."""
IDEOGRAPHIC = frozenset({CharacterClass.IDEOGRAPH, CharacterClass.NON_STARTER})
"""Classes that are separated from Western text by a gap."""
WESTERN = frozenset({CharacterClass.LETTER, CharacterClass.DIGIT})
"""Classes that are separated from an ideograph by a gap (CLREQ 3.2.2)."""


_CLASS_OF_CATEGORY: Mapping[str, CharacterClass] = {
    **dict.fromkeys(("Ps", "Pi"), CharacterClass.NARROW_OPENING),
    **dict.fromkeys(("Pe", "Pf"), CharacterClass.NARROW_CLOSING),
    "Sc": CharacterClass.PREFIX,
    "Nd": CharacterClass.DIGIT,
    "So": CharacterClass.IDEOGRAPH,
    "No": CharacterClass.IDEOGRAPH,
    **dict.fromkeys(("Zs", "Zl", "Zp"), CharacterClass.SPACE),
    **dict.fromkeys(("Cf", "Mn", "Mc", "Me"), CharacterClass.NON_BREAKING),
}
"""The class of a narrow character that ``_CHARACTERS`` does not list, by its general category."""
_CLASS_OF_WIDE_CATEGORY: Mapping[str, CharacterClass] = {
    **dict.fromkeys(("Ps", "Pi"), CharacterClass.OPENING),
    **dict.fromkeys(("Pe", "Pf"), CharacterClass.CLOSING),
    "Sc": CharacterClass.PREFIX,
}
"""The same for characters that are wide or full-width (UAX #11)."""


@cache
def classify(character: str) -> CharacterClass:
    """Return the class of a character, by its Unicode properties if the table does not list it."""
    listed = _CLASSES.get(character)
    if listed is not None:
        return listed
    general_category = category(character)
    if east_asian_width(character) in "WF":
        return _CLASS_OF_WIDE_CATEGORY.get(general_category, CharacterClass.IDEOGRAPH)
    return _CLASS_OF_CATEGORY.get(general_category, CharacterClass.LETTER)


def has_centred_stops(language: str) -> bool:
    """Return whether a language tag's pause and stop marks are centred in their em (Taiwan, Hong Kong, Macao)."""
    return "Hant" in language or language in ("zh-TW", "zh-HK", "zh-MO")
