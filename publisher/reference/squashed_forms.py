"""Tables that were copied as one line: labels, units and figures without anything between them.

In a sentence a figure is before its unit (收到申请12件); in the line of a table the unit is before the figure, several times
(受理申请总数条12). The words of its heads stand together as well.
"""

from __future__ import annotations

import re

from publisher.text.simplified import to_simplified

FEWEST_FIGURES = 3
"""So many figures behind their units make a table."""
_HEADS = re.compile(
    "指标名称(?:计量)?单位|(?:指标|项目)(?:名称)?(?:计量)?单位(?:数量|数值|(?:19|20)\\d\\d年)"
)
_UNIT_BEFORE_FIGURE = re.compile(
    "(?:数|数量|总数|总额|金额|费用|人员|经费|情况|面积|产量)(?:万元|亿元|元|条|件|次|人次|人|个|场|家|页|篇|户|吨|公顷)(?=\\d)"
)
_PROSE = re.compile("[，。；]")


def is_squashed_form(line: str) -> bool:
    """Return whether a line is a table without the borders of its cells."""
    if len(line) < 24 or not any(character.isdigit() for character in line):
        return False
    plain = "".join(to_simplified(line).split())
    figures = len(_UNIT_BEFORE_FIGURE.findall(plain))
    return figures >= FEWEST_FIGURES - bool(_HEADS.search(plain)) and figures > len(
        _PROSE.findall(plain)
    )
