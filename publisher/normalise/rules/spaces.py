"""Spaces: those left by layout go, those that part names, fields and numbers from words stay.

Input: a context. Output: replacements. Chinese text has no spaces between words; the typesetter makes the gap
between a Chinese and a Latin character, so the text has none there either. ``publisher.normalise.gaps`` judges
each gap.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.gaps import GAP, LineGaps
from publisher.normalise.rule import rule
from publisher.text.edits import Replacement
from publisher.text.word_rows import are_cell_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

_SPLIT_DECIMAL = re.compile("(?<![\\d.])\\d{1,3}\\.( )\\d{1,2}(?=[ ]?(?:个百分点|個百分點|[%‰]))")


@rule(
    name="spurious-spaces",
    order=170,
    reason=(
        "Chinese sentences have no spaces between words; those in crawled text come from layout, and break "
        "searching, reading aloud and line breaking."
    ),
    evidence=(
        "a single space, or no-break spaces, between two Chinese words of running text; a space between a "
        "Chinese and a Latin character; a heading whose characters all stand apart"
    ),
    examples=(
        ("2017 年，共受理 253 条。", "2017年，共受理253条。"),
        ("全市推进政务 公开，成效明显。", "全市推进政务公开，成效明显。"),
        ("目　录", "目录"),
        ("市长 林舟", "市长\u3000林舟"),
        (
            "1 东村 张三 1,234\n2 西村 李四 987",
            "1\u3000东村\u3000张三\u30001,234\n2\u3000西村\u3000李四\u3000987",
        ),
        ("第十二条 申请人应当填写。", "第十二条\u3000申请人应当填写。"),
    ),
    exceptions=(
        "a gap between names, fields, the cells of a row, options, slogans, an office and a name, or behind the number of an "
        "article, a table or a decimal heading becomes one ideographic space (U+3000); the blank of a form "
        "keeps its width: between labels of fields, beside brackets, before a unit, and of six spaces or more between Chinese words of a sentence; sentences in other languages, addresses and code stay; a gap between two short "
        "words of a sentence is proposed"
    ),
    unchanged=(
        "出席：陈静\u3000赵立新\u3000王强",
        "填表日期：2024年\u3000\u3000月\u3000\u3000日",
        "打响“好水青山\u3000好客清河”品牌。",
        "The word 三农 refers to farmers.",
        "甲\t乙",
        "1\u3000东村合作社\u3000张三\u30001,234\n2\u3000西村合作社\u3000李四\u3000987",
    ),
)
def remove_spurious_spaces(context: Context) -> Iterator[Replacement]:
    """Remove spaces that layout left beside Chinese characters."""
    lines = context.lines
    for index, line in enumerate(lines):
        if not GAP.search(line.string):
            continue
        neighbours = lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]
        is_row = any(are_cell_rows(line.string, other.string) for other in neighbours)
        inside_figures = {offset for offset, _ in line.grouped_figures}
        gaps = LineGaps(context, line, is_row=is_row)
        for match in GAP.finditer(line.string):
            if match.start() in inside_figures or context.protected.covers(
                line.start + match.start()
            ):
                continue
            verdict = gaps.judge(*match.span())
            if verdict is not None:
                yield Replacement(
                    start=line.start + match.start(),
                    end=line.start + match.end(),
                    after=verdict.after,
                    reason=verdict.reason,
                    certain=verdict.certain,
                )


@rule(
    name="spaces-in-figures",
    order=165,
    reason="The digits of one figure have no gap in Chinese text (GB/T 15835, 5.1.3 allows thin ones only).",
    evidence=(
        "groups of three digits, a unit behind them that ends its phrase, a word before them that a quantity follows, or "
        "figures that are grouped throughout the text; a group that begins with 0; a thin space"
    ),
    examples=(("共受理1 253条。", "共受理1253条。"), ("总产值1 285.60亿元", "总产值1285.60亿元")),
    exceptions="two figures side by side, and numbered things, are only proposed; so is a gap behind a point",
    unchanged=(
        "主动公开信息120 350条（上年、本年）。",
        "类别1 100件，类别2 340件。",
        "任务1 100家企业上云。",
        "甲1 128件。",
        "分别办结12 345件",
        "提高0. 5个百分点",
    ),
)
def join_grouped_figures(context: Context) -> Iterator[Replacement]:
    """Remove the spaces inside a figure that is written in groups of three digits."""
    proofs = ("certain", "habit") if context.habits.groups_digits else ("certain",)
    for line in context.lines:
        gaps = [(offset, proof in proofs) for offset, proof in line.grouped_figures]
        gaps += [(match.start(1), False) for match in _SPLIT_DECIMAL.finditer(line.string)]
        for offset, is_proved in sorted(gaps):
            if not context.protected.covers(line.start + offset):
                yield Replacement(
                    start=line.start + offset,
                    end=line.start + offset + 1,
                    after="",
                    reason="the digits are one figure"
                    if is_proved
                    else "the digits may be one figure",
                    certain=is_proved,
                )
