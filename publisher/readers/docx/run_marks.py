"""The inline marks of runs (ECMA-376, 17.3.2): what their properties say about their characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.docx.styles_part import half_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.model import MarkKind
    from publisher.readers.docx.package import Element
    from publisher.readers.docx.styles_part import Styles

_TOGGLES: Mapping[str, MarkKind] = {"w:b": "strong", "w:i": "emphasis"}
"""Toggle properties (17.7.3). A paragraph's style makes headings bold, so only runs and their styles count."""
_STRIKES = ("w:strike", "w:dstrike")
_LINK_STYLES = ("hyperlink", "followedhyperlink", "internet link", "超链接", "已访问的超链接")
"""Styles that underline a link, which the page underlines itself."""


def run_mark_kinds(
    properties: Element | None, style: str, paragraph_style: str, styles: Styles
) -> Iterator[MarkKind]:
    """Yield the kinds of the marks of a run.

    Args:
        properties: Its ``w:rPr`` element, if it has one.
        style: The id of its character style; empty if it has none.
        paragraph_style: The id of the style of its paragraph.
        styles: The styles of the file.

    """
    alignment = _value(properties, style, styles, "w:vertAlign")
    if alignment == "superscript":
        yield "superscript"
    elif alignment == "subscript":
        yield "subscript"
    for name, kind in _TOGGLES.items():
        value = properties.flag(name) if properties else None
        if styles.flag(style, name) if value is None else value:
            yield kind
    underline = _value(properties, style, styles, "w:u")
    if underline not in (None, "", "none") and styles.name(style).lower() not in _LINK_STYLES:
        yield "underline"
    if _value(properties, style, styles, "w:em") not in (None, "", "none"):
        yield "emphasis-dots"
    for name in _STRIKES:
        value = properties.flag(name) if properties else None
        for style_id in (style, paragraph_style):
            value = styles.flag(style_id, name) if value is None else value
        if value:
            yield "strikethrough"
            return


def run_shift(
    properties: Element | None, style: str, paragraph_style: str, styles: Styles
) -> tuple[int, int]:
    """Return how far a run is raised or lowered, and its size, in half points (17.3.2.24, 17.3.2.38).

    A superscript or a subscript by name is not shifted. Arguments as for ``run_mark_kinds``.
    """
    size = half_points(_value(properties, style, styles, "w:sz"))
    size = size or half_points(styles.run_value(paragraph_style, "w:sz")) or styles.default_size
    is_named = _value(properties, style, styles, "w:vertAlign") in ("superscript", "subscript")
    position = _value(properties, style, styles, "w:position")
    return 0 if is_named else half_points(position), size


def _value(properties: Element | None, style: str, styles: Styles, name: str) -> str | None:
    """Return the value of a property of a run, its own or that of its style; None if it has neither."""
    value = properties.value(name) if properties else None
    return styles.run_value(style, name) if value is None else value
