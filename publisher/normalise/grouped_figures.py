"""Figures written in groups of three digits with spaces: 1 253 is one figure where nothing else can be meant.

Input: a line. Output: the gaps inside its figures, with the proof. Two figures that stand side by side (120 350 条,
上年、本年), or the number of a thing and its quantity (类别1 100件), look the same; then nothing is proved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import HAN, SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPED = re.compile(
    f"(?<![\\d.,，{SPACES}])[{SPACES}]?(?P<figure>[1-9]\\d{{0,2}}(?P<gap>[{SPACES}])\\d{{3}}(?:(?P=gap)\\d{{3}})*)"
    f"(?![\\d])(?![{SPACES}]\\d)(?=(?:\\.\\d+)?[{SPACES}]?[{HAN}%‰])"
)
_NARROW = "\u2009\u202f\xa0"
"""Spaces that are used to group digits and hardly for anything else."""
_LISTED = re.compile("(?:分别|分別|依次|各为|各為)[^，。；]{0,16}$")
_NUMBERED_THING = re.compile(
    "(?:类别|類別|类|類|附件|附表|表|图|圖|项目|項目|方案|标段|標段|批次|第|组|組|样本|樣本|点位|编号|編號|序号|序號|期|号|號)"
    f"[{SPACES}]?$"
)
_TWO_THINGS = re.compile("^[^，。；]{0,8}[（(][^）)]*[、和与與/][^）)]*[）)]")
_HAN = re.compile(f"[{HAN}]")
_COLUMN_GAP = re.compile(f"[\u3000\t]|[{SPACES}]{{2}}")
"""A gap between columns: such a line is a row of figures."""
_DECIMAL = re.compile("\\.\\d")


def group_separators(line: str) -> Iterator[tuple[int, bool]]:
    """Yield the offset of each gap inside a figure, and whether it is proved that it is one figure."""
    for match in _GROUPED.finditer(line):
        start, end = match.span("figure")
        is_proved = _is_one_figure(line, start, end, match["gap"])
        for offset in range(start, end):
            if line[offset] == match["gap"]:
                yield offset, is_proved


def _is_one_figure(line: str, start: int, end: int, gap: str) -> bool:
    before, after = line[:start], line[end:]
    if _LISTED.search(before) or _NUMBERED_THING.search(before) or _TWO_THINGS.match(after):
        return False
    groups = line[start:end].split(gap)
    if gap in _NARROW or _DECIMAL.match(after):
        return True
    if len(groups) > 2:
        return False
    noun = re.search(f"[{HAN}]{{2}}[{SPACES}]?$", before)
    following = str(int(groups[0]) + 1)
    if noun and re.search(f"{re.escape(noun[0].strip())}[{SPACES}]?{following}(?!\\d)", after):
        return False  # a thing that is numbered on: 甲类1 100件，甲类2 200件
    is_row = "。" not in line and bool(_COLUMN_GAP.search(line.strip()))
    return len(groups[0]) < 3 and bool(_HAN.search(before)) and not is_row
