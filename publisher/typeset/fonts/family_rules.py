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


LATIN = (
    *((0x20, 0x7E), (0xA0, 0xA0), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F), (0x1E00, 0x1EFF)),
    *((0x2010, 0x2014), (0x2018, 0x2019), (0x201C, 0x201D), (0x2026, 0x2026), (0x20AC, 0x20AC)),
)
"""What a family for Latin text supplies: letters, figures and the marks of Latin text. Signs such as × and °, which
Chinese text has too, are those of the Chinese face."""


def font_rules(families: Iterable[Family]) -> tuple[str, ...]:
    """Return the rules for the families that have a scale or characters that are left out."""
    rules = []
    for family in families:
        if family.scale != 1.0:
            rules.append(_match("font", family.name, _size_edits(family.scale)))
        if family.only:
            rules.append(only_rule(family.name, family.only))
        if family.without:
            rules.append(_match("scan", family.name, _charset_edit(_charset(family.without))))
    return tuple(rules)


def only_rule(family: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the rule for a family that supplies some of its characters only, by first and last code points."""
    rest = f"<minus><name>charset</name>{_charset(spans)}</minus>"
    return _match("scan", family, _charset_edit(rest))


def _match(target: str, family: str, edits: str) -> str:
    test = f"<test name='family'><string>{escape(family)}</string></test>"
    return f"<match target='{target}'>{test}{edits}</match>"


def _size_edits(scale: float) -> str:
    return "".join(
        f"<edit name='{size}' mode='assign'><times><name>{size}</name><double>{scale}</double></times></edit>"
        for size in ("pixelsize", "size")
    )


def _charset(spans: Iterable[tuple[int, int]]) -> str:
    ranges = (f"<range><int>{first}</int><int>{last}</int></range>" for first, last in spans)
    return f"<charset>{''.join(ranges)}</charset>"


def _charset_edit(subtracted: str) -> str:
    """Return an edit that takes characters away, which are an expression."""
    return (
        f"<edit name='charset' mode='assign'><minus><name>charset</name>{subtracted}</minus></edit>"
    )
