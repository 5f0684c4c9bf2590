"""What a paragraph is by its words alone, where its looks depend on it.

Enters: a block. Leaves: whether it is the line that names a table, or the line that a report is
addressed to (主送机关, GB/T 9704-2012, 7.3.2: from the left edge on).
"""

from __future__ import annotations

import re

from publisher.model import Paragraph

_TABLE_TITLE = re.compile(
    r"表\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[-－–—.]\d{1,2})?(?!\d).*(?<![。；：，])"
)
MOST_OF_A_TITLE = 60
"""Characters of the longest line above a table that names it."""
_ADDRESSED = re.compile(
    "(?:政府|国务院|國務院|[市县縣區区省]委|部委|委员会|委員會|[厅廳局]|办公室|辦公室|人大|政协|自治[区區州县縣]|直辖市"
    "|各.{0,12}(?:部门|部門|机构|機構|单位|單位|企业|企業|学校|學校|院系|社区|社區|[省市县縣区區镇鎮乡鄉]|街道)"
    "|各位?(?:代表|委员|委員|领导|領導)|同志们|同志們)$"
)
"""How the name of each ends."""
MOST_ADDRESSED = 200
"""Characters of the longest line of those that a report is addressed to."""


def is_table_title(block: object) -> bool:
    """Tell the line that names a table, 表1 各项指标, from a sentence that speaks of one."""
    return _TABLE_TITLE.fullmatch(_short_line(block, MOST_OF_A_TITLE)) is not None


def is_addressee(block: object) -> bool:
    """Tell the line that names whom a report is for from one that only ends in a colon."""
    line = _short_line(block, MOST_ADDRESSED)
    names = re.split("[，、；]", line.removesuffix("："))
    return line.endswith("：") and all(map(_ADDRESSED.search, names))


def _short_line(block: object, most: int) -> str:
    """Return a paragraph that may well be one line, empty for anything else."""
    if not isinstance(block, Paragraph) or block.points or len(block.text.string) > most:
        return ""
    return block.text.string.strip()
