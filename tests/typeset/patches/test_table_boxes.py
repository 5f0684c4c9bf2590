"""The boxes and the borders of tables are those that WeasyPrint makes."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.typeset.fonts.library import font_configuration, load_library
from publisher.typeset.patches import border_conflicts, cell_copies
from publisher.typeset.patches.registry import PATCH_NAMES, patch_set
from publisher.typeset.weasyprint_loader import load_weasyprint

pytestmark = pytest.mark.typeset
patch_set()  # loads the copy of WeasyPrint
FONTS = font_configuration(load_library())
NEW = {"border_conflicts", "table_boxes"}
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


# --- Cells that are copied -----------------------------------------------------------------------

RULES = """table { border-collapse: collapse } .a { border: 1px solid } .b { white-space: pre } .c::before { content: counter(n) '、' }
.d { counter-increment: n } .e { text-transform: uppercase } .f { display: block } .g { string-set: s content(text) } .h::after { content: '' }
.i { float: left } .j::first-letter { color: red } .k { hyphens: none } .l { position: absolute } h2 { string-set: t content(text) }
.m td { color: blue } .n { display: none } .o { display: flex } .p { position: running(p) } @page { @top-left { content: element(p) } }"""
CLASSES = st.sampled_from([*"aaaabcdefghijkl", ""])
TEXTS = st.sampled_from(
    [
        "12",
        "临江",
        "a b",
        "",
        " 1",
        "1\n2",
        "a  b",
        "软\xad件",
        "<b>粗</b>",
        "1<!-- -->2",
        "长" * 40,
        " ",
    ]
)
PLAIN_CELLS = st.tuples(
    st.sampled_from(["td", "td", "th"]),
    st.sampled_from(["", "", " colspan=2", " rowspan=2", " lang=en"]),
    CLASSES,
    TEXTS,
)
GROUPS = st.lists(
    st.tuples(
        st.sampled_from(["", "", *"mndog"]),
        st.lists(PLAIN_CELLS, min_size=1, max_size=4),
        st.integers(1, 3),
    ),
    max_size=4,
)


def page_of_rows(rows, wrapper):
    body = "".join(
        f"<tr class='{row_class}'>"
        + "".join(f"<{tag}{more} class='{name}'>{text}</{tag}>" for tag, more, name, text in cells)
        + "</tr>"
        for row_class, cells, count in rows
        for _ in range(count)
    )
    return (
        f"<style>{RULES}</style><div class='{wrapper}'><table><tbody>{body}</table><p>文</p></div>"
    )


def everything(box, elements):
    """Return all that is stored on a box and on those inside, with elements by their position in the page."""
    values = {
        name: getattr(value, "__name__", value)
        for name, value in vars(box).items()
        if name not in ("children", "element", "style", "missing_link")
    }
    values["style"] = {name: box.style[name] for name in ("color", "display", "anchor", "hyphens")}
    values["element"] = elements.get(box.element)
    if getattr(box, "collapsed_border_grid", None):
        values["collapsed_border_grid"] = repr(box.collapsed_border_grid)
    if "column_groups" in values:
        values["column_groups"] = len(values["column_groups"])
    children = [everything(child, elements) for child in getattr(box, "children", ())]
    return type(box).__name__, values, children


def everything_of(html, patches):
    root = boxes_of(html, patches)
    elements = {element: number for number, element in enumerate(root.element.iter())}
    return everything(root, elements)


@settings(max_examples=60)
@given(GROUPS, st.sampled_from(["", "", *"ofn"]))
def test_copied_cells_are_those_of_weasyprint(rows, wrapper):
    html = page_of_rows(rows, wrapper)
    without = PATCH_NAMES - {"table_boxes"}
    assert everything_of(html, PATCH_NAMES) == everything_of(html, without)


CELLS_ALIKE = "<table>" + "".join(f"<tr><td>{n}<td>{n}件" for n in range(9)) + "</table>"


def test_a_table_in_the_margin_of_each_page_has_its_text():
    """The boxes of running elements are completed for each page."""
    weasyprint = load_weasyprint()
    html = (
        page_of_rows([("", [("td", "", "a", "12")], 3)], "p")
        + "<p>一<p style='break-before: page'>文"
    )
    files = []
    for patches in (PATCH_NAMES, PATCH_NAMES - {"table_boxes"}):
        with patch_set().applied(patches):
            page = weasyprint.HTML(string=html)
            files.append(page.write_pdf(pdf_identifier=b"1", uncompressed_pdf=True))
    assert files[0] == files[1]
    assert files[0].count(b"BT") == 2 * 2


def test_cells_are_copied(monkeypatch):
    """Of eighteen cells the boxes of one are made from its element, and none has a set with another."""
    made = Counter()
    original = cell_copies.CellCopies.boxes

    def count(copies, element, style_for, make):
        return original(copies, element, style_for, lambda: made.update("1") or make())

    monkeypatch.setattr(cell_copies.CellCopies, "boxes", count)
    root = boxes_of(CELLS_ALIKE, PATCH_NAMES)
    assert made.total() == 1
    sides = [id(box.remove_decoration_sides) for box in root.descendants()]
    assert len(sides) == len(set(sides))


def test_a_copy_that_is_wrong_is_seen(monkeypatch):
    """The comparison fails if cells with other spans or with content before them are copied."""
    html = page_of_rows([("", [("td", "", "c", "1"), ("td", " rowspan=2", "", "2")], 3)], "")
    expected = everything_of(html, PATCH_NAMES)
    monkeypatch.setattr(cell_copies, "_is_model", lambda *_: True)
    with pytest.raises((ValueError, AssertionError)):
        assert everything_of(html, PATCH_NAMES) == expected
