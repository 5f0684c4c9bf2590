"""The borders of tables are those that WeasyPrint makes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.typeset.fonts.library import font_configuration, load_library
from publisher.typeset.patches import border_conflicts
from publisher.typeset.patches.registry import PATCH_NAMES, patch_set

pytestmark = pytest.mark.typeset
patch_set()  # loads the copy of WeasyPrint
FONTS = font_configuration(load_library())
NEW = {"border_conflicts"}
STYLES = st.sampled_from(
    [
        *(
            "",
            "border: 1px solid",
            "border: 2px solid red",
            "border-top: 1px dotted",
            "border: none",
        ),
        *("border-left: 3px double", "border: hidden", "border-bottom: 1px inset blue"),
        *(
            "display: flex",
            "display: inline",
            "display: table-cell",
            "display: grid",
            "float: left",
        ),
    ]
)
CELLS = st.tuples(
    st.sampled_from(["td", "th"]),
    st.sampled_from(["", " colspan=2", " rowspan=2", " colspan=2 rowspan=3"]),
    STYLES,
    st.sampled_from(["", "文", "<b>文</b>1", "<p>一</p>二", " ", "<i style='display:flex'>1</i>"]),
)
ROWS = st.tuples(STYLES, st.lists(CELLS, max_size=4), st.sampled_from(["", " ", "文"]))


def page(rows, table_style, head):
    lines = [
        f'<tr style="{style}">{between}'
        + "".join(f'<{tag}{spans} style="{css}">{text}</{tag}>' for tag, spans, css, text in cells)
        + "</tr>"
        for style, cells, between in rows
    ]
    groups = f"<thead>{lines[0]}</thead>" if head and lines else ""
    body = "".join(lines[bool(groups) :])
    return f'<table style="border-collapse: collapse; {table_style}">{groups}<tbody>{body}</table><p>文<span>1</span></p>'


def boxes_of(html, patches):
    """The box of a page's root."""
    from publisher._weasyprint import DEFAULT_OPTIONS, HTML
    from publisher._weasyprint.css.counters import CounterStyle
    from publisher._weasyprint.document import Document, build_formatting_structure

    counters = CounterStyle()
    with patch_set().applied(patches):
        page = HTML(string=html)
        context = Document._build_layout_context(page, FONTS, counters, {}, DEFAULT_OPTIONS)
        return build_formatting_structure(
            page.etree_element,
            context.style_for,
            context.get_image_from_uri,
            page.base_url,
            context.target_collector,
            counters,
            context.footnotes,
        )


def described(box):
    borders = [vars(box).get(f"border_{side}_width") for side in border_conflicts.SIDES]
    grid = getattr(box, "collapsed_border_grid", None)
    children = [described(child) for child in getattr(box, "children", ())]
    return type(box).__name__, box.element_tag, getattr(box, "text", ""), borders, grid, children


@settings(max_examples=60)
@given(st.lists(ROWS, max_size=5), STYLES, st.booleans())
def test_boxes_and_borders_are_those_of_weasyprint(rows, table_style, head):
    html = page(rows, table_style, head)
    expected = described(boxes_of(html, PATCH_NAMES - NEW))
    assert described(boxes_of(html, PATCH_NAMES)) == expected
    assert described(boxes_of(html, NEW)) == expected


TABLE = "<table style='border-collapse: collapse; border: 1px dotted'><tr><td style='border: 1px solid'>1</table>"


def test_a_border_that_wins_wrongly_is_seen(monkeypatch):
    """The solid border of the cell is stronger than the dotted one of the table, which is as wide."""
    expected = described(boxes_of(TABLE, PATCH_NAMES - NEW))
    assert described(boxes_of(TABLE, PATCH_NAMES)) == expected
    monkeypatch.setattr(border_conflicts, "STYLES", border_conflicts.STYLES[::-1])
    assert described(boxes_of(TABLE, PATCH_NAMES)) != expected
