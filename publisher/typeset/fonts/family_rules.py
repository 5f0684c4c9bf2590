"""The rules of fontconfig that give single families another size or fewer characters.

In: families of the catalogue. Out: elements of a fontconfig configuration. A rule for the target ``scan`` changes what
a font has, one for ``font`` how it is used (fonts-conf(5)).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.typeset.fonts.catalogue import Family


def font_rules(families: Iterable[Family]) -> tuple[str, ...]:
    """Return the rules for the families that have a scale or characters that are left out."""
    rules = []
    for family in families:
        if family.scale != 1.0:
            rules.append(_match("font", family.name, _size_edits(family.scale)))
        if family.without:
            rules.append(_match("scan", family.name, _charset_edit(family.without)))
    return tuple(rules)


def _match(target: str, family: str, edits: str) -> str:
    test = f"<test name='family'><string>{escape(family)}</string></test>"
    return f"<match target='{target}'>{test}{edits}</match>"


def _size_edits(scale: float) -> str:
    return "".join(
        f"<edit name='{size}' mode='assign'><times><name>{size}</name><double>{scale}</double></times></edit>"
        for size in ("pixelsize", "size")
    )


def _charset_edit(spans: Iterable[tuple[int, int]]) -> str:
    ranges = "".join(f"<range><int>{first}</int><int>{last}</int></range>" for first, last in spans)
    return (
        "<edit name='charset' mode='assign'><minus><name>charset</name>"
        f"<charset>{ranges}</charset></minus></edit>"
    )
