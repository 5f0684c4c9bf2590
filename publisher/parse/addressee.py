"""Recognise the line that names the addressees (主送机关, GB/T 9704-2012, 7.3.2), which is not indented."""

from __future__ import annotations

import re

_ADDRESSEE = re.compile(
    "(?:政府|国务院|國務院|[市县縣區区省]委|部委|委员会|委員會|[厅廳局]|办公室|辦公室|人大|政协|自治[区區州县縣]|直辖市"
    "|各.{0,12}(?:部门|部門|机构|機構|单位|單位|企业|企業|学校|學校|院系|社区|社區|[省市县縣区區镇鎮乡鄉]|街道)"
    "|各位?(?:代表|委员|委員|领导|領導)|同志们|同志們)$"
)
"""How the name of an addressee ends."""
MAX_LENGTH = 200
"""Characters. A longer line is no line of addressees."""


def is_addressee(line: str) -> bool:
    """Return whether a line names addressees and is not another line that ends in a colon."""
    if len(line) > MAX_LENGTH:
        return False
    line = line.strip()
    names = re.split("[，、；]", line.removesuffix("："))
    return line.endswith("：") and all(map(_ADDRESSEE.search, names))
