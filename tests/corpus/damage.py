"""Damages a right text in known ways, each only where the repair is certain.

A right text has one paragraph, heading, list item or table row to a line, cells parted by tabs, as the expected
texts of ``tests/gold/text``. ``damage`` returns a source from which an editor who repairs what the text itself proves
to be damaged gets that text back, but for indents and empty lines. Fields, tables, names, English sentences, figures,
blanks of forms and slogans are left alone: a gap or a half-width mark in them may be meant.
"""

from __future__ import annotations

import re
import unicodedata
from random import Random
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HALF_WIDTH: Mapping[str, str] = dict(zip("，；：？！（）。", ",;:?!().", strict=True))
HAN = "\u4e00-\u9fff"
SENTENCE = re.compile(f"[{HAN}][，、；][^\n]*[。！？]|[{HAN}]{{8,}}。")
LATIN_WORDS = re.compile(r"[A-Za-z']+[ ,][ ]?[A-Za-z]+")
PARAGRAPH = re.compile(f"[^\t\n]*[{HAN}][^\t\n]{{8,}}[。；：！？…”）]")
GAP = re.compile("[ \u00a0\u3000\t]")
CLAUSE = re.compile(f"(?<=[，。；！？])[{HAN}]{{10,}}(?=[，。；、])")
CLOSING = "，。、；：？！）》〉」』”’〕…—％%"
OPENING = "（《〈「『“‘〔"
ITEM = re.compile(r"[（(]?[0-9０-９一二三四五六七八九十]+[）).、．]|第|[①-⑳]|——|附|注|图|表|来源")
SPACED_WORDS = frozenset(
    "目录 综合 农业 工业 概况 概述 人口 金融 旅游 教育 文化 卫生 总则 附则".split()
)
SPACED_TITLES = frozenset("政府工作报告 统计公报 审计报告 环境质量公报".split())
HEADING = re.compile("(?P<number>(?:[一二三四五六七八九十]+、)?)(?P<words>[\u4e00-\u9fff]{2,8})")
SHARE = 0.35
"""Part of the possible changes of a text that is made; at least one is made."""


def _compatibility_forms() -> dict[str, list[str]]:
    """Return each ideograph with the radicals and compatibility characters that stand for it."""
    forms: dict[str, list[str]] = {}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)):
        form = chr(code)
        ideograph = unicodedata.normalize("NFKC", form)
        if len(ideograph) == 1 and ideograph != form:
            forms.setdefault(ideograph, []).append(form)
    return forms


COMPATIBILITY_FORMS: Mapping[str, Sequence[str]] = _compatibility_forms()

Change: TypeAlias = tuple[int, int, str]
"""Start, end and replacement of a change; offsets are code points of the clean text."""


def damage(clean: str, kind: str, seed: int) -> str:
    """Return a text with damage of one kind, the same for the same seed.

    A text in which no damage of the kind has a certain repair is returned as it is.

    Raises:
        ValueError: if the kind is not one of ``KINDS``.

    """
    if kind not in _DAMAGES:
        raise ValueError(f"no kind of damage: {kind}; there are {', '.join(KINDS)}")
    return _DAMAGES[kind](clean, Random(f"{kind} {seed}"))  # noqa: S311


def sentences(clean: str) -> list[tuple[int, str]]:
    """Return offset and text of the lines that are Chinese sentences without a gap or a cell."""
    lines, offset = [], 0
    for line in clean.split("\n"):
        if SENTENCE.search(line) and not GAP.search(line) and not LATIN_WORDS.search(line):
            lines.append((offset, line))
        offset += len(line) + 1
    return lines


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _between_han(line: str, start: int, end: int) -> bool:
    return start > 0 and _is_han(line[start - 1]) and _is_han(line[end : end + 1] or " ")


def _select(changes: Sequence[Change], random: Random) -> list[Change]:
    """Return a share of the changes, in order."""
    if not changes:
        return []
    return sorted(random.sample(changes, max(1, round(len(changes) * SHARE))))


def _apply(clean: str, changes: Sequence[Change]) -> str:
    """Return the text with changes that do not overlap."""
    parts, offset = [], 0
    for start, end, replacement in sorted(changes):
        parts += [clean[offset:start], replacement]
        offset = end
    return "".join((*parts, clean[offset:]))


def _half_width_punctuation(clean: str, random: Random) -> str:
    """Make marks half-width between ideographs, and parentheses around ideographs.

    Every sentence keeps a full-width mark, which shows the text's habit.
    """
    chosen: list[Change] = []
    for offset, line in sentences(clean):
        groups = [
            ((offset + match.start(), offset + match.end(), HALF_WIDTH[match[0]]),)
            for match in re.finditer("[，；：？！。]", line)
            if _between_han(line, match.start(), match.end())
        ] + [
            (
                (offset + match.start(), offset + match.start() + 1, "("),
                (offset + match.end() - 1, offset + match.end(), ")"),
            )
            for match in re.finditer(f"(?<=[{HAN}])（[{HAN}、]{{1,20}}）(?=[{HAN}，。；])", line)
        ]
        marks = len(re.findall("[，；：？！。、]", line))
        wanted = min(max(1, len(groups) // 3), marks - 1, len(groups))
        if wanted > 0:
            chosen += [change for group in random.sample(groups, wanted) for change in group]
    return _apply(clean, chosen)


def _straight_quotes(clean: str, random: Random) -> str:
    """Make the quotation marks around ideographs straight, in pairs."""
    chosen: list[Change] = []
    pair = re.compile(f"(?<![”’“])“([{HAN}][^“”\"'\n]*[{HAN}])”(?![“‘”])")
    for offset, line in sentences(clean):
        pairs = [
            (
                (offset + match.start(), offset + match.start() + 1, '"'),
                (offset + match.end() - 1, offset + match.end(), '"'),
            )
            for match in pair.finditer(line)
        ]
        chosen += [change for marks in pairs if random.random() < 0.6 for change in marks]
    return _apply(clean, chosen)


def _clauses_inside(clean: str) -> list[range]:
    """Return the offsets inside each long clause of a sentence, four ideographs from its ends.

    A clause in quotation marks has none, nor has one that speaks of a person or an office: a gap may be meant there.
    """
    clauses: list[range] = []
    for offset, line in sentences(clean):
        for clause in CLAUSE.finditer(line):
            quoted = line.count("“", 0, clause.start()) > line.count("”", 0, clause.start())
            if not quoted and not re.search("[长任记员官席授]", clause[0]):
                clauses.append(range(offset + clause.start() + 4, offset + clause.end() - 3))
    return clauses


def _insert(clean: str, random: Random, pieces: Sequence[str]) -> str:
    """Insert pieces into long clauses, one at most into each, about one into three hundred characters."""
    clauses = _clauses_inside(clean)
    chosen = random.sample(clauses, min(len(clauses), 1 + len(clean) // 300))
    offsets = [random.choice(clause) for clause in chosen]
    return _apply(clean, [(offset, offset, random.choice(pieces)) for offset in offsets])


def _nbsp(clean: str, random: Random) -> str:
    """Insert no-break spaces between the ideographs of a clause."""
    return _insert(clean, random, ("\u00a0", "\u00a0\u00a0"))


def _spaces_in_sentences(clean: str, random: Random) -> str:
    """Insert spaces between the ideographs of a clause."""
    return _insert(clean, random, (" ", "  "))


def _zero_width(clean: str, random: Random) -> str:
    """Insert characters without width between ideographs of a sentence."""
    offsets = [
        offset + index
        for offset, line in sentences(clean)
        for index in range(1, len(line))
        if _between_han(line, index, index)
    ]
    if not offsets:
        return clean
    wanted = min(len(offsets), 1 + len(clean) // 150)
    return _apply(
        clean,
        [
            (offset, offset, random.choice("\u200b\ufeff\u2060\u00ad"))
            for offset in random.sample(offsets, wanted)
        ],
    )


def _hard_wrap(clean: str, random: Random) -> str:
    """Break the paragraphs at one width and indent each of them, as a text copied from pages.

    A line does not begin with a closing mark or with what could be the number of an item, and does not end inside
    a figure or a Latin word.
    """
    width = random.randrange(26, 41)
    lines: list[str] = []
    for line in clean.split("\n"):
        lines += _wrap("　　" + line, width) if PARAGRAPH.fullmatch(line) else [line]
    return "\n".join(lines)


def _wrap(line: str, width: int) -> list[str]:
    """Return a line in pieces of a width in ideographs, the last of them shorter."""
    pieces = []
    while _columns(line) > 2 * width:
        end = next(index for index in range(len(line) + 1) if _columns(line[:index]) >= 2 * width)
        end = next((at for at in range(end, width // 2, -1) if _may_break(line, at)), end)
        pieces.append(line[:end])
        line = line[end:]
    return [*pieces, line]


def _columns(line: str) -> int:
    """Return the width in half ideographs."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _may_break(line: str, index: int) -> bool:
    before, after = line[index - 1], line[index : index + 1]
    return (
        bool(after)
        and after not in CLOSING
        and before not in OPENING
        and not before.isspace()
        and not after.isspace()
        and (_is_wide(before) or _is_wide(after))
        and not ITEM.match(line, index)
        and before not in "。：；！？"
    )


def _page_furniture(clean: str, random: Random) -> str:
    """Put a page number and a running head, the text's first line, between lines.

    There are two page breaks or more, so that the numbers count and the heads repeat; a text of less than six lines
    has none.
    """
    lines = clean.rstrip("\n").split("\n")
    if len(lines) < 6:
        return clean
    form = random.choice(("— {} —", "- {} -", "－{}－", "第 {} 页"))
    feed = random.choice(("", "\f"))
    step = random.randrange(2, max(3, min(9, len(lines) // 3 + 1)))
    damaged, page = lines[:1], 1
    for number, line in enumerate(lines[1:], 1):
        if number % step == 0 and "\t" not in line:
            damaged += [form.format(page), feed + lines[0]]
            page += 1
        damaged.append(line)
    return "\n".join((*damaged, form.format(page))) + "\n" if page > 2 else clean


def _web_head_and_foot(clean: str, random: Random) -> str:
    """Put what a website adds around the text: path and buttons, facts of the page, sharing and registration."""
    title, _, rest = clean.partition("\n")
    day = f"20{random.randrange(15, 25)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
    views = random.randrange(100, 9999)
    head = random.choice(
        (
            ("当前位置：首页 > 政务公开 > 政府信息公开", "打印", "收藏"),
            ("您的位置： 网站首页 >> 信息公开 >> 公告公报",),
            ("首页", "政务公开", "办事服务", "互动交流"),
        )
    )
    facts = random.choice(
        (
            f"发布时间：{day} 09:30　来源：县政府办公室　浏览次数：{views}　字体：【大 中 小】",
            f"信息来源：本站　发布日期：{day}　阅读：{views}次　[打印] [关闭]",
        )
    )
    foot = random.choice(
        (
            ("分享到：微信 微博 QQ空间", "上一篇：没有了", "下一篇：没有了"),
            ("【打印本页】　【关闭窗口】", "扫一扫在手机打开当前页"),
        )
    )
    registration = "主办：青禾县人民政府办公室　网站标识码：0000000000　青ICP备00000000号-1"
    return "\n".join((*head, title, facts, rest.rstrip("\n"), *foot, registration)) + "\n"


def _compatibility_characters(clean: str, random: Random) -> str:
    """Replace ideographs of sentences by radicals and compatibility characters that Unicode equates with them."""
    changes = [
        (offset + index, offset + index + 1, random.choice(COMPATIBILITY_FORMS[character]))
        for offset, line in sentences(clean)
        for index, character in enumerate(line)
        if character in COMPATIBILITY_FORMS
    ]
    return _apply(clean, _select(changes, random))


def _letter_spaced_headings(clean: str, random: Random) -> str:
    """Space the characters of headings of two characters, such as 目录, and of a title that is a kind of report."""
    gap = random.choice(("　", " ", "  ", "\u00a0\u00a0"))
    lines = []
    for line in clean.split("\n"):
        heading = HEADING.fullmatch(line)
        words = heading["words"] if heading else ""
        if heading and (words in SPACED_WORDS or line in SPACED_TITLES):
            lines.append(heading["number"] + (gap if words in SPACED_WORDS else " ").join(words))
        else:
            lines.append(line)
    return "\n".join(lines)


def _ascii_brackets(clean: str, random: Random) -> str:
    """Write the brackets of document numbers as [] and the marks of titles as <<>>."""
    changes = []
    for match in re.finditer(f"(?<=[{HAN}])〔((?:19|20)[0-9]{{2}})〕(?=[0-9]+号)", clean):
        year = random.choice(("[{}]", "({})", "（{}）")).format(match[1])
        changes.append((match.start(), match.end(), year))
    for offset, line in sentences(clean):
        changes += [
            (offset + match.start(), offset + match.end(), f"<<{match[1]}>>")
            for match in re.finditer(f"(?<![》《])《([{HAN}]{{4,40}})》(?![《》])", line)
        ]
    return _apply(clean, _select(changes, random))


def _dashes_and_dots(clean: str, random: Random) -> str:
    """Write dashes as --, ellipses as ... or 。。。, and the point of a name as • or a full stop."""
    changes: list[Change] = []
    for offset, line in sentences(clean):
        for match in re.finditer("——|……|·", line):
            start, end = match.span()
            if match[0] == "……" and start > 0 and _is_han(line[start - 1]):
                changes.append((offset + start, offset + end, random.choice(("...", "。。。"))))
            elif match[0] != "……" and _between_han(line, start, end):
                written = "--" if match[0] == "——" else random.choice("•.")
                changes.append((offset + start, offset + end, written))
    return _apply(clean, _select(changes, random))


_DAMAGES: Mapping[str, Callable[[str, Random], str]] = {
    "half-width-punctuation": _half_width_punctuation,
    "straight-quotes": _straight_quotes,
    "nbsp": _nbsp,
    "spaces-in-sentences": _spaces_in_sentences,
    "hard-wrap": _hard_wrap,
    "page-furniture": _page_furniture,
    "web-head-and-foot": _web_head_and_foot,
    "zero-width": _zero_width,
    "compatibility-characters": _compatibility_characters,
    "letter-spaced-headings": _letter_spaced_headings,
    "ascii-brackets": _ascii_brackets,
    "dashes-and-dots": _dashes_and_dots,
}
KINDS: tuple[str, ...] = tuple(_DAMAGES)
