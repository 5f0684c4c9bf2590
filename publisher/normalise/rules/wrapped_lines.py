"""Lines that were wrapped by hand or broken inside a sentence, as rules of whole texts.

Input: a string. Output: replacements. ``publisher.text.wrapped_lines`` has the judgement, which the
reader of Markdown shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.normalise.rule import rule
from publisher.text import wrapped_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context
    from publisher.text.edits import Replacement

_PARAGRAPH = (
    "　　全市各级行政机关认真落实政府信息公开条例坚持以公开为常\n"
    "态不公开为例外进一步拓宽公开渠道丰富公开形式全市各级行政机\n"
    "关认真落实政府信息公开条例坚持以公开为常态不公开为例外进一步\n"
    "拓宽公开渠道。"
)


@rule(
    name="hard-wrapped-lines",
    order=80,
    reason="A line end inside a paragraph is not text; the typesetter breaks lines itself.",
    examples=((_PARAGRAPH, _PARAGRAPH.replace("\n", "")),),
    exceptions=(
        "lines shorter than the common width; a next line that is indented, numbered, a table row or "
        "empty; the title; lines that end in 。！？：； where paragraphs are not indented"
    ),
    unchanged=("一、概述\n正文。\n二、情况",),
    whole_text=True,
)
def join_hard_wrapped_lines(context: Context) -> Iterator[Replacement]:
    """Join the lines of a paragraph that was wrapped at a fixed width."""
    return wrapped_lines.join_hard_wrapped(context.string)


@rule(
    name="broken-lines",
    order=90,
    reason="A sentence does not end at a comma or inside a figure; there the line end is an accident.",
    examples=(
        ("其中网站公开86条，\n微信公开42条", "其中网站公开86条，微信公开42条"),
        ("共公开政府信息128\n条，其中网站86条", "共公开政府信息128条，其中网站86条"),
    ),
    exceptions=(
        f"lines under {wrapped_lines.SHORTEST_BROKEN} characters or without Chinese; table rows; a next "
        "line that begins with a number"
    ),
    unchanged=("主要做了如下工作，\n1.公开",),
    whole_text=True,
)
def join_broken_lines(context: Context) -> Iterator[Replacement]:
    """Join a line to the next where no sentence can end."""
    return wrapped_lines.join_broken_lines(context.string)
