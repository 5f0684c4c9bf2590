"""What two subjects have in common when they count the same thing."""

from __future__ import annotations

import re

from publisher.text.simplified import to_simplified

_PLACING = re.compile(
    "全市|全县|全区|全镇|全省|市本级|各级|行政机关|已|共|的|（[^）]*）|全部|全年|本年度?|我[市县区镇局委厅]"
)
_PLACED = re.compile("全市|全县|全区|全镇|全省|市本级|各级|（[^）]*）")
_NUMBER = re.compile("^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．、])")


def measure(subject: str) -> str:
    """Return a subject in Simplified characters, without its number and what only places it."""
    return _PLACING.sub("", _NUMBER.sub("", to_simplified(subject)))


def placing(subject: str) -> tuple[str, ...]:
    """Return the words that say where a subject is counted: 全市 is not 市本级."""
    return tuple(_PLACED.findall(to_simplified(subject)))
