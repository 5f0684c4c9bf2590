"""Characters that no reader sees, that no font has, or that look like others.

Input: a context. Output: replacements. They concern the Unicode general categories Cc, Cf, Cs, Co and
Cn, and the Kangxi radicals and compatibility ideographs that text copied out of a PDF is full of
(Unicode, chapter 18). ``normalise.findings`` reports what a person should look at.
"""

from __future__ import annotations

import html
import re
import sys
from typing import TYPE_CHECKING

from publisher.messages import join_texts, translatable
from publisher.normalise.private_use import is_traditional, public_character
from publisher.normalise.rule import rule
from publisher.text import unicode_data
from publisher.text.characters import HAN_NUMERALS, TABLE_PLACEHOLDER, is_cjk
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters of Hangul that are shown as blanks."""
_HIDDEN = (
    f"{_CONTROLS}{_FILLERS}\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_PARTING = re.compile(f"[{_CONTROLS}{_FILLERS}\u2062-\u2064\ufff9-\ufffb]")
"""Hidden characters that may part two figures or words: controls, fillers, invisible operators, marks of an annotation."""
CONTROL = re.compile(f"[{_CONTROLS}]")
"""A control character without a meaning in text; line ends and tabs are none."""
_FILLER = re.compile(f"[{_FILLERS}]")
_JAMO = re.compile("[\u1100-\u115e\u1161-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
"""Parts of a Hangul syllable; a filler beside one stands for a missing part."""
_BLANK = "\u3000"
"""A blank that no rule takes for the space between groups of digits."""
_NONCHARACTERS = "\ud800-\udfff\ufdd1-\ufdef\ufffe\uffff"
"""Surrogates and noncharacters of the first plane, which also holds the hidden characters above."""
_INVISIBLE = re.compile(f"[{_HIDDEN}\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+")
_PLANE_ENDS = "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
)
_NONCHARACTER = re.compile(f"[{_NONCHARACTERS}{_PLANE_ENDS}]")
_INVISIBLE_OR_NONCHARACTER = re.compile(f"{_INVISIBLE.pattern}|{_NONCHARACTER.pattern}")
_QUICK_TEST = re.compile(f"[{_HIDDEN}{_NONCHARACTERS}\U00010000-\U0010ffff]")
"""Any of them, or any character of another plane: one class is searched many times faster."""
_COMBINING = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACKED = re.compile(f"{_COMBINING}{_COMBINING}{{8,}}")
_MARKUP_REMAINS = re.compile(
    "<!--(?:(?!-->).){0,2000}-->|<[Uu]\\+(?P<code>[0-9A-Fa-f]{4,6})>"
    "|&(?:nbsp|ensp|emsp|thinsp|amp|lt|gt|quot|apos|ldquo|rdquo|lsquo|rsquo|middot|mdash|hellip|times|#\\d{2,6}|#x[0-9A-Fa-f]{2,5});",
    re.DOTALL,
)
"""What only markup has: a comment, a code point in angle brackets, a reference that pages use."""
SIMPLIFIED_RADICALS = dict(
    zip(
        "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民母西见角贝车长门韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
"""Radicals that are whole characters, and that NFKC leaves (Unicode, EquivalentUnifiedIdeograph.txt)."""
GETA = "〓"
"""U+3013, which typographers in China and Japan print for a missing character."""
MOST_COMBINING = 8
"""Combining marks that a letter may keep."""
_LOOKALIKE = re.compile("[\u2f00-\u2fd5\u2e80-\u2ef3\uf900-\ufaff\U0002f800-\U0002fa1f]")


@rule(
    name="parting-characters",
    order=19,
    reason=(
        "A program may part two figures or words by a character that no font has. Without it they would be one: "
        "12 and 34 would be 1234."
    ),
    evidence="a control character, a Hangul filler, an invisible operator or a mark of an annotation between two figures or letters",
    examples=(("12\x1f34件", "12\u300034件"), ("AQI\u3164API", "AQI\u3000API")),
    exceptions="Chinese on one side, but for numerals; characters without width, and soft hyphens; each is reported as ``parting-character``",
    unchanged=("12\u200b34", "共\x1f12件", "政\x1f府"),
    code=True,
    essential=True,
)
def replace_parting(context: Context) -> Iterator[Replacement]:
    """Leave a blank for a control character between two figures or letters."""
    string = context.string
    if not _PARTING.search(string):
        return
    for match in _INVISIBLE.finditer(string):
        neighbours = string[max(0, match.start() - 1) : match.start()], string[match.end() :][:1]
        if _PARTING.search(match[0]) and all(map(_is_of_figure_or_word, neighbours)):
            yield Replacement(
                start=match.start(), end=match.end(), after=_BLANK, reason=_names(match[0])
            )


def _is_of_figure_or_word(character: str) -> bool:
    """Return whether a character may be of a figure, or of a word in a script with spaces; false for none."""
    if not character or character.isspace() or _JAMO.match(character):
        return False
    return character in HAN_NUMERALS or not is_cjk(character)


@rule(
    name="invisible-characters",
    order=20,
    reason=(
        "Invisible characters break searching and reading aloud, and can reverse the order in which text "
        "is shown; noncharacters are not allowed in a PDF's text."
    ),
    evidence="the Unicode category of the character",
    examples=(("政\u200b府信\xad息", "政府信息"), ("甲\ufdd1乙", "甲\ufffd乙")),
    exceptions="tabs, line ends and white space, which other rules judge; a Hangul filler is a blank",
    unchanged=("甲\t乙\n丙",),
    code=True,
    essential=True,
)
def remove_invisible(context: Context) -> Iterator[Replacement]:
    """Remove controls, zero-width characters and variation selectors; replace noncharacters by U+FFFD."""
    string = context.string
    if not _QUICK_TEST.search(string):
        return
    for match in _INVISIBLE_OR_NONCHARACTER.finditer(string):
        is_noncharacter = bool(_NONCHARACTER.match(match[0]))
        is_blank = not _JAMO.search(string[max(0, match.start() - 1) : match.end() + 1])
        blanks = _BLANK * len(_FILLER.findall(match[0])) if is_blank else ""
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after="\ufffd" * len(match[0]) if is_noncharacter else blanks,
            reason="not a character" if is_noncharacter else _names(match[0]),
        )


@rule(
    name="markup-remains",
    order=15,
    reason="A program that saved the page as text left a comment or the code of a character in it.",
    evidence="the syntax of an HTML comment, of a character reference, or of a code point in angle brackets",
    examples=(
        ("<!-- 正文开始 -->一、概述", "一、概述"),
        ("<U+4F01>业年度报告", "企业年度报告"),
        ("A&amp;B公司&nbsp;年报", "A&B公司\xa0年报"),
    ),
    exceptions="other text in angle brackets, and unknown references",
    unchanged=("AQI<100的天数为300天", "R&D经费", "2>1"),
    whole_text=True,
)
def remove_markup_remains(context: Context) -> Iterator[Replacement]:
    """Remove comments of HTML, and write the character that a reference or a code stands for."""
    for match in _MARKUP_REMAINS.finditer(context.string):
        if match[0].startswith("<!--"):
            after, reason = "", "a comment of HTML"
        elif match["code"]:
            after, reason = _character(int(match["code"], 16)), "the code of a character"
        else:
            after, reason = html.unescape(match[0]), "a character reference of HTML"
        if after != match[0]:
            yield Replacement(start=match.start(), end=match.end(), after=after, reason=reason)


def _character(code: int) -> str:
    """Return the character of a code point; U+FFFD if there is none."""
    return chr(code) if code <= sys.maxunicode and not 0xD800 <= code < 0xE000 else "\ufffd"


@rule(
    name="private-use",
    order=30,
    reason=(
        "Private use characters mean something only in the font they were typed in; no other font can "
        "show them."
    ),
    evidence="the code point, and the set that defines it",
    examples=(("\uf0fc已公开", "✓已公开"), ("政府\ue000", "政府〓")),
    exceptions=(
        "ideographs newer than the Unicode version of this program, which fonts may have; a character "
        "without a known meaning becomes 〓 and is reported as ``unknown-private-use``"
    ),
    unchanged=("𬭸𫖯",),
    code=True,
    essential=True,
)
def replace_private_use(context: Context) -> Iterator[Replacement]:
    """Replace private use characters and unassigned code points by public characters, else by 〓."""
    string = context.string
    if "".join(string.split()).isprintable():  # so all are assigned, and none of them privately
        return
    unknown = {character for character in set(string) if _is_private_or_unassigned(character)}
    if not unknown:
        return
    traditional = is_traditional(string)
    for match in re.finditer(f"[{re.escape(''.join(sorted(unknown)))}]", string):
        after, source = public_character(match[0], traditional=traditional)
        name = f"U+{ord(match[0]):04X}"
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after=after or GETA,
            reason=translatable(
                "{name} is {after} in {source}", name=name, after=after, source=source
            )
            if after
            else translatable("{name} has no public meaning", name=name),
        )


def _is_private_or_unassigned(character: str) -> bool:
    category = unicode_data.category(character)
    return category == "Co" or (
        category == "Cn"
        and not "\U00020000" <= character < "\U00040000"
        and not _NONCHARACTER.match(character)
        and character != TABLE_PLACEHOLDER
    )


@rule(
    name="combining-marks",
    order=40,
    reason=(
        f"No script puts more than {MOST_COMBINING} combining marks on a letter; more of them cover the "
        "lines above and below."
    ),
    evidence="more marks on one letter than any script uses",
    examples=((f"a{chr(0x301) * 10}", f"a{chr(0x301) * MOST_COMBINING}"),),
    exceptions=f"the first {MOST_COMBINING} marks of a letter",
    unchanged=(f"a{chr(0x301)}",),
    code=True,
    essential=True,
)
def limit_combining_marks(context: Context) -> Iterator[Replacement]:
    """Remove the combining marks of a letter beyond the eighth."""
    string = context.string
    for match in _STACKED.finditer(string):
        yield Replacement(
            start=match.start() + MOST_COMBINING,
            end=match.end(),
            after="",
            reason=translatable(
                "no script puts more than {count} marks on a letter", count=MOST_COMBINING
            ),
        )


@rule(
    name="compatibility-characters",
    order=50,
    reason=(
        "Radicals and compatibility ideographs look like ordinary characters, but are not found by "
        "searching and are missing from many fonts."
    ),
    evidence="the mappings of Unicode (NFKC, and the equivalent ideograph of a radical)",
    examples=(("\u2f00府\uf9b5", "一府例"),),
    exceptions="characters that Unicode does not map to another one",
    unchanged=("一府例",),
)
def replace_compatibility_characters(context: Context) -> Iterator[Replacement]:
    """Replace radicals and compatibility ideographs by the ordinary characters."""
    string = context.string
    for match in _LOOKALIKE.finditer(string):
        ordinary = SIMPLIFIED_RADICALS.get(match[0]) or unicode_data.normalize("NFKC", match[0])
        if ordinary != match[0]:
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after=ordinary,
                reason=translatable(
                    "{names} is written {ordinary}", names=_names(match[0]), ordinary=ordinary
                ),
            )


def _names(characters: str) -> str:
    """Return the Unicode names of the first eight characters."""
    return join_texts(", ", dict.fromkeys(map(unicode_data.character_name, characters[:8])))
