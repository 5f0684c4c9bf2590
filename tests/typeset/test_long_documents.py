"""The patches for long documents: what their functions take and return, and how the work grows."""

from collections import Counter
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from publisher.typeset.linebreak.inline_content import InlineContent, TextItem
from publisher.typeset.linebreak.shaping import Shaper
from publisher.typeset.patches import named_elements, page_counters
from publisher.typeset.patches.registry import PATCH_NAMES, patch_set
from publisher.typeset.weasyprint_loader import load_weasyprint

patch_set()  # loads the copy of WeasyPrint, which the tests import

TABLE = "table { width: 100%; border-collapse: collapse } td { border: 1pt solid; padding: 1mm }"
NUMBERED = "a::after { content: target-counter(attr(href), page) }"
PAGE = "@page { size: 100mm 100mm; margin: 10mm } body { margin: 0 }"


def rows(count, *, links=False):
    """Return a table whose rows are alike, of links to places above it if so wanted."""
    last = (lambda n: f'<a href="#p{n % 7}" title="至{n}"></a>') if links else (lambda n: f"{n}件")
    inside = "".join(f"<tr><td>甲局</td><td>{last(n)}</td></tr>" for n in range(count))
    targets = "".join(f'<p id="p{n}">第{n}处</p>' for n in range(7)) if links else ""
    return f"{targets}<table>{inside}</table>"


@contextmanager
def replaced(module, *functions):
    """Apply a patch to functions of the test's own, and no other patch."""
    with patch_set().applied(()), pytest.MonkeyPatch.context() as patch:
        for owner, name, function in functions:
            patch.setattr(owner, name, function)
        for replacement in module.PATCH.replacements():
            patch.setattr(*replacement)
        yield


def counting(monkeypatch, owner, name, many=lambda *_: 1):
    """Count what a function is called with."""
    counted, stock = Counter(), getattr(owner, name)

    def count(*args, **kwargs):
        counted[name] += many(*args)
        return stock(*args, **kwargs)

    monkeypatch.setattr(owner, name, count)
    return counted


@pytest.mark.parametrize("characters", [("&", "<", "\0"), "\0", frozenset("\t\n ]-^")])
@pytest.mark.parametrize("opposite", [False, True])
def test_patterns_end_a_run_where_the_parser_would(characters, opposite):
    from publisher._tinyhtml5.inputstream import HTMLUnicodeInputStream

    def runs():
        stream = HTMLUnicodeInputStream("市 a]b-<c>&d^\te")
        results = []
        while (item := stream.character()) is not None:
            results.append((item, stream.chars_until(characters, opposite)))
        return results

    stock = runs()
    with patch_set().applied(["regex_cache"]):
        from publisher._tinyhtml5 import inputstream

        inputstream.characters_until_regex.clear()
        assert runs() == runs() == stock
        assert len(inputstream.characters_until_regex) == 1


def computed(html, css, *patches):
    """Return the colours of all elements and of what stands before them."""
    weasyprint = load_weasyprint()
    from publisher._weasyprint import css as styles

    page, sheet = weasyprint.HTML(string=html), weasyprint.CSS(string=css)
    with patch_set().applied(patches):
        style_for = styles.get_all_computed_styles(page, user_stylesheets=[sheet])
    results = [
        (element.tag, pseudo, style["color"], style["font_size"], style["anchor"])
        for element in page.etree_element.iter()
        for pseudo in (None, "before")
        if (style := style_for(element, pseudo)) is not None
    ]
    return results, style_for


CASES = (
    "<p>一</p><p class=a>二</p><p style='color: red'>三</p><ul><li>甲<li id=x>乙<li>丙<li class=a>丁</ul>"
    "<i id='a\"b'>一</i><i id='a\\b'>二</i><i id='a&#10;b'>三</i>"
    "<section id=s><p id=t>一<b id=u>二</b><b lang=en id=v>三</b></section><section id=w class=a><p>一<b id=y>二</b></section>"
)
RULES = "p { color: blue } .a { color: green } p + p { font-size: 9px } li:nth-child(odd)::before { color: red; content: '·' } li:last-child { font-size: 7px }"


def test_elements_have_the_styles_that_their_rules_ask_for():
    for html in (CASES, f"<html id=top><body>{CASES}", f"<html id=top lang=zh><body>{CASES}"):
        results, _ = computed(html, RULES, "style_sharing")
        assert len(results) >= 20
        assert results == computed(html, RULES)[0]


def test_an_id_makes_no_style_of_its_own():
    """Only the anchors differ, and the styles of what stands inside are the same."""
    _, style_for = computed(CASES, "p { color: blue }", "style_sharing")
    styles = {
        element.get("id"): style
        for (element, pseudo), style in style_for.get_computed_styles().items()
        if not pseudo
    }
    assert (styles["u"]["anchor"], styles["y"]["anchor"]) == ("u", "y")
    assert vars(styles["u"]) is vars(styles["y"])
    assert vars(styles["u"]) is not vars(styles["v"])
    assert styles["s"].anonymous_style is not styles["u"].anonymous_style


def test_the_cascade_is_worked_out_once_for_rows_that_are_alike(monkeypatch):
    from publisher._weasyprint import css

    counted = counting(monkeypatch, css, "declaration_precedence")
    work = {}
    for count in (20, 200):
        counted.clear()
        computed(rows(count), TABLE, "style_sharing")
        work[count] = counted.total()
    assert work[200] == work[20]


def test_lengths_of_a_cell_keep_the_borders_that_are_settled():
    weasyprint = load_weasyprint()
    from publisher._weasyprint import css
    from publisher._weasyprint.formatting_structure import boxes
    from publisher._weasyprint.layout import percent

    page = weasyprint.HTML(string="<table><tr><td>甲")
    sheet = weasyprint.CSS(
        string=f"{TABLE} td {{ box-sizing: border-box; width: 50%; margin: 2% }}"
    )
    style_for = css.get_all_computed_styles(page, user_stylesheets=[sheet])
    element = page.etree_element.find(".//td")
    style_for(element)
    style = style_for(element)

    def lengths(**settled):
        cell = boxes.TableCellBox("td", style, element, [])
        vars(cell).update(settled)
        percent.resolve_percentages(cell, (200, "auto"))
        percent.resolve_radii_percentages(cell)
        return vars(cell) | {"remove_decoration_sides": None}

    settlements = (
        {},
        {"border_left_width": 3.5},
        {"border_left_width": 5, "border_top_width": 0},
        {},
    )
    stock = [lengths(**item) for item in settlements]
    with patch_set().applied(["percentage_cache"]):
        assert [lengths(**item) for item in settlements * 2] == stock * 2


@pytest.mark.parametrize("margins", [[], [0], [3, 8.5], [-2, 4, -7], [-1.5], [0.0, -0.0]])
def test_margins_collapse(margins):
    from publisher._weasyprint.layout import block

    stock = block.collapse_margin(margins)
    with patch_set().applied(["percentage_cache"]):
        assert block.collapse_margin(margins) == stock


def test_the_head_of_a_page_is_read_by_names(monkeypatch):
    """Style sheets, title and other metadata are those that selectors find, and no selector is asked."""
    import cssselect2

    html = (
        "<html lang=zh><head><title>题</title><meta name=author content=甲><meta name=keywords content='一, 二'>"
        "<style>p { color: red }</style><link rel=attachment href='https://example.org/a' title=附></head>"
        "<body><svg><title>图</title><style>p { color: blue }</style></svg><p>文</p><style>p { font-size: 7px }</style>"
    )

    def read():
        page = load_weasyprint().HTML(string=html)
        from publisher._weasyprint.document import get_html_metadata

        metadata = get_html_metadata(page)
        attachments = [item.description for item in metadata.pop("attachments")]
        return metadata, attachments, computed(html, "")[0]

    stock = read()
    monkeypatch.setattr(cssselect2.ElementWrapper, "query_all", None)
    with replaced(named_elements):
        assert read() == stock
    assert stock[0]["title"] == "题"


def test_a_page_number_reaches_those_that_ask_for_it():
    from publisher._weasyprint import layout
    from publisher._weasyprint.css.targets import (
        CounterLookupItem,
        TargetCollector,
        TargetLookupItem,
    )

    calls = []
    collector = TargetCollector()
    collector.collecting = False
    for name in "ab":
        collector.target_lookup_items[name] = TargetLookupItem("up-to-date")
        collector.counter_lookup_items[name, "content"] = CounterLookupItem(
            calls.append, [], {name: ["page"]}
        )
    title = collector.counter_lookup_items["t", "string-set"] = CounterLookupItem(
        calls.append, ["page"], {}
    )
    every = dict(collector.counter_lookup_items)
    seen = []

    def make_all_pages(context, *_):
        seen.append(context.target_collector.counter_lookup_items == every)
        context.target_collector.cache_target_page_counters("a", {"page": [3]}, 2, [])
        yield from ("page",)

    context = SimpleNamespace(target_collector=collector)
    with replaced(page_counters, (layout, "make_all_pages", make_all_pages)):
        assert list(layout.make_all_pages(context)) == ["page"]
        assert collector.counter_lookup_items == {("t", "string-set"): title}
        assert list(layout.make_all_pages(context)) == ["page"]
    assert seen == [True, True]
    assert calls == [{}]  # shown, and the same the second time
    assert not every["a", "content"].pending
    assert not every["b", "content"].pending
    assert collector.target_lookup_items["a"].page_maker_index == 2


def test_pages_with_the_numbers_of_earlier_pages_are_made_once(typeset, monkeypatch):
    """WeasyPrint makes them three times, as it does not know the targets that attributes name."""
    from publisher._weasyprint.layout import page

    from publisher.typeset.session import session_for

    made = counting(monkeypatch, page, "remake_page", lambda *_: True)
    pages = typeset(rows(60, links=True), f"{PAGE} {TABLE} {NUMBERED}").pages
    assert made.total() == pages > 2
    made.clear()
    monkeypatch.setattr(session_for("zh-Hans").engine, "_patches", PATCH_NAMES - {"page_counters"})
    typeset(rows(60, links=True), f"{PAGE} {TABLE} {NUMBERED}")
    assert made.total() > pages


def test_a_table_reads_the_same_with_the_extensions_and_without(typeset):
    from publisher.pdf.document import read_pdf
    from publisher.typeset.session import session_for

    body, css = rows(40, links=True) + rows(40), f"{PAGE} {TABLE} {NUMBERED}"
    engine = session_for("zh-Hans").engine
    own = read_pdf(typeset(body, css).pdf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_patches", frozenset())
        stock = read_pdf(typeset(body, css).pdf)
    assert own.logical_text() == stock.logical_text()
    runs = [
        [[(run.characters, run.xs, run.ys) for run in page.runs] for page in pdf.pages]
        for pdf in (own, stock)
    ]
    assert runs[0] == runs[1]


def test_layout_grows_with_the_rows(typeset, monkeypatch):
    from publisher._weasyprint.layout import block, preferred

    work = {}
    for count in (40, 160):
        laid = counting(monkeypatch, block, "_linebox_layout")
        measured = counting(monkeypatch, preferred, "table_cell_min_max_content_width")
        typeset(rows(count), f"{PAGE} {TABLE}")
        work[count] = laid.total() + measured.total()
        monkeypatch.undo()
    assert work[160] < 4.5 * work[40]


def test_cells_that_are_alike_are_shaped_once(typeset, monkeypatch):
    counted = counting(monkeypatch, Shaper, "shape")
    typeset(rows(30).replace("件", ""), f"{PAGE} {TABLE}")
    once = counted.total()
    typeset(rows(30).replace("件", "") * 3, f"{PAGE} {TABLE}")
    assert counted.total() - once == once


@pytest.mark.parametrize("text", ["市政府ab，12", "𠮷野家é"])
def test_a_place_in_a_paragraph_is_counted_in_bytes(text):
    items = [
        TextItem(SimpleNamespace(text=text), path, start, list(range(len(text) + 1)))
        for path, start in (((0,), 0), ((1, 0), len(text)))
    ]
    content = InlineContent(clusters=[None] * 2 * len(text), text_items=items)
    for cluster in range(2 * len(text)):
        way = content.encode_skip_stack(cluster)
        assert content.decode_skip_stack(way) == cluster
    assert content.encode_skip_stack(len(text) + 2) == {1: {0: {len(text[:2].encode()): None}}}
    assert content.decode_skip_stack(None) == 0
    assert content.decode_skip_stack({1: None}) == len(text)
    assert content.decode_skip_stack({2: None}) == 2 * len(text)
