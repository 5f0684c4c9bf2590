"""Figures and units in the width and the form in which the rest of the text has them.

Input: a context. Output: replacements. Source: GB/T 15835-2011, 5.1, and GB/T 3101 for units. The value of a figure
never changes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.rule import rule
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ]*|(?<=[0-9０-９])[．](?=[0-9０-９])")
_LINE_NUMBER = re.compile("(?:^|\n)[ \t\u3000]*[0-9０-９]{1,2}．")
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_RAISED = {"2": "²", "3": "³"}
_EXPONENT = re.compile("(?:(?<=/)|(?<=[0-9])[ ]?)(?:[kcdm]?m)([23])(?![0-9A-Za-z])")
"""The exponent of an area or a volume, lowered to the line."""


@rule(
    name="full-width-figures",
    order=115,
    reason="GB/T 15835: figures and Latin letters are half width; full-width ones are not found by searching.",
    evidence="at least half of the figures of the text are half width; otherwise the change is proposed",
    examples=(("增长３．５%，共120件。", "增长3.5%，共120件。"),),
    exceptions="a text whose figures are mostly full width; the point behind the number of a line",
    unchanged=(
        "教育经费３３６６亿元。",
        "１．加强领导",
        "1．2个县占用资金12万元；\n2．5个项目进度慢。",
    ),
)
def narrow_figures(context: Context) -> Iterator[Replacement]:
    """Make full-width figures and Latin letters half width."""
    numbers = {match.end() - 1 for match in _LINE_NUMBER.finditer(context.string)}
    for match in _FULL_WIDTH.finditer(context.string):
        if match.start() not in numbers and not context.protected.covers(match.start()):
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after=match[0].translate(_TO_ASCII),
                reason="figures and Latin letters are half width",
                certain=context.habits.writes_halfwidth_figures,
            )


@rule(
    name="exponents",
    order=116,
    reason="GB/T 3101: the exponent of a unit is raised; copying from a page lowers it to the line.",
    evidence="a digit 2 or 3 behind metre that follows a figure or a stroke; it is proposed only",
    examples=(("浓度为35μg/m3。", "浓度为35μg/m³。"), ("面积为120 m2。", "面积为120 m²。")),
    exceptions="other digits behind letters; raised exponents",
    unchanged=("型号为M3", "浓度为35μg/m³。"),
)
def raise_exponents(context: Context) -> Iterator[Replacement]:
    """Raise the exponent of an area or a volume."""
    for match in _EXPONENT.finditer(context.string):
        offset = match.start(1)
        if not context.protected.covers(offset):
            yield Replacement(
                start=offset,
                end=offset + 1,
                after=_RAISED[match[1]],
                reason="the digit is the exponent of a unit",
                certain=False,
            )
