"""The patches: each keeps the contract of what it replaces, and pages are what they are without it."""

import hashlib
import importlib.util
import inspect
import io
import os
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import tostring

import pymupdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from hypothesis import given
from hypothesis import strategies as st

from publisher.options import Options
from publisher.pdf.cff import (
    CHAR_STRINGS,
    FD_ARRAY,
    PRIVATE,
    read_dict,
    read_index,
    read_offset,
    read_top_dict,
)
from publisher.pdf.document import read_pdf
from publisher.pipeline import prepare_report, run_pipeline
from publisher.profiles import PROFILES
from publisher.readers import read
from publisher.typeset.engine import Engine
from publisher.typeset.fonts.library import font_configuration, load_library
from publisher.typeset.output.identification import Declaration
from publisher.typeset.patches.cff_renumber import _shift_offset, cids, with_cids
from publisher.typeset.patches.patching import replace_everywhere
from publisher.typeset.patches.registry import PATCH_NAMES, PATCHES, patch_set
from publisher.typeset.weasyprint_loader import load_weasyprint, private_packages

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.typeset
FULL = bool(os.environ.get("PUBLISHER_FULL"))
patch_set()  # loads the copy of WeasyPrint, which the tests import
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
STYLES = ("gongwen", "reader", "book", "large-print", "red-head")
CASES = (
    [(sample, style) for sample in SAMPLES for style in STYLES]
    if FULL
    else [(SAMPLES[0], "gongwen"), (SAMPLES[-1], "reader")]
)


@cache
def engine(*, fast, composing):
    patches = PATCH_NAMES if fast else ()
    return Engine(load_library(), patches=patches, line_breaking=composing)


def page_of(source, **options):
    raw, edits = read(source)
    return raw, prepare_report(raw, edits, Options(**options), where="")


def declaration_of(ready, profile="archive"):
    return Declaration(
        profile=PROFILES[profile],
        metadata=ready.parsed.report.metadata,
        timestamp="2020-01-02T00:00:00+08:00",
        producer="p",
        creator="c",
    )


def set_in_type(ready, *, fast=True, composing=True):
    page = ready.page
    return engine(fast=fast, composing=composing).typeset(
        page.html, page.css, declaration_of(ready)
    )


def pictures(data):
    """Every page's pixels by MuPDF, at 72 to the inch; edges of lines are sharp, so that lines that are painted twice look as those painted once."""
    pymupdf.mupdf.fz_set_graphics_aa_level(0)
    try:
        with pymupdf.open("pdf", data) as document:
            return [hashlib.sha256(page.get_pixmap().samples).hexdigest() for page in document]
    finally:
        pymupdf.mupdf.fz_set_graphics_aa_level(8)


def texts(data):
    return [[(run.text, run.ys) for run in page.runs] for page in read_pdf(data).pages]


def structure(data):
    pdf = read_pdf(data)
    return [(item.role, pdf.logical_text(item), item.alt) for item in pdf.structure.walk()]


@pytest.mark.parametrize(("sample", "style"), CASES, ids=lambda item: getattr(item, "stem", item))
def test_pages_are_those_of_the_stock_engine(sample, style):
    """The same pixels, text and structure wherever lines are WeasyPrint's own."""
    _, ready = page_of(sample, style=style)
    fast, stock = (set_in_type(ready, fast=fast, composing=False) for fast in (True, False))
    assert (fast.pages, fast.page_of, fast.fonts) == (stock.pages, stock.page_of, stock.fonts)
    assert structure(fast.pdf) == structure(stock.pdf)
    assert texts(fast.pdf) == texts(stock.pdf)
    assert pictures(fast.pdf) == pictures(stock.pdf)
    assert len(fast.pdf) < len(stock.pdf)


def test_bytes_do_not_depend_on_what_was_set_before():
    ready = [page_of(sample, tables="none")[1] for sample in SAMPLES]
    alone = set_in_type(ready[0]).pdf
    for other in ready[1:]:
        set_in_type(other)
    assert set_in_type(ready[0]).pdf == alone
    fresh = Engine(load_library())
    for other in reversed(ready[1:]):
        fresh.typeset(other.page.html, other.page.css, declaration_of(other))
    page = ready[0].page
    assert fresh.typeset(page.html, page.css, declaration_of(ready[0])).pdf == alone


def test_the_engine_is_chosen_on_the_command_line(tmp_path):
    """The stock engine is told in the record, and says nothing of lines that are not our own."""
    import json

    source = tmp_path / "r.txt"
    source.write_text("某市2019年年度报告\n\n受理申请13件，办结12件。\n", encoding="utf-8")
    for name in ("fast", "stock"):
        subprocess.run(
            [
                *(sys.executable, "-m", "publisher", "build", str(source)),
                *("-o", str(tmp_path / name), "--engine", name),
            ],
            check=True,
            cwd=ROOT,
        )
        record = json.loads((tmp_path / name / "r.record.json").read_text(encoding="utf-8"))
        assert record["options"]["engine"] == name
    fast, stock = (read_pdf((tmp_path / name / "r.pdf").read_bytes()) for name in ("fast", "stock"))
    assert structure_of(fast) == structure_of(stock)


def structure_of(pdf):
    return [(item.role, pdf.logical_text(item)) for item in pdf.structure.walk()]


def resolve(package, target):
    """Return the owner and the name of a patch's target, in WeasyPrint or in our copy of it."""
    root, *path, name = target.split(".")
    owner = importlib.import_module(package(root))
    for part in path:
        below = f"{owner.__name__}.{part}" if inspect.ismodule(owner) else ""
        owner = importlib.import_module(below) if find_spec(below) else getattr(owner, part)
    return owner, name


def find_spec(name):
    try:
        return name and importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return None


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_a_patch_replaces_what_it_names(patch):
    """A new WeasyPrint without one of the targets must fail here, not on a page."""
    assert patch.reason.endswith(".")
    targets = [resolve(str, target) for target in patch.targets]
    with patch_set().applied(()):
        originals = {(owner.__name__, name) for owner, name in targets if hasattr(owner, name)}
        assert len(originals) == len(patch.targets)
        replaced = {
            (owner.__name__.replace("publisher._", ""), name)
            for owner, name, _ in patch.replacements()
        }
    assert originals <= replaced


def test_the_names_of_all_targets_are_different():
    targets = [target for patch in PATCHES for target in patch.targets]
    assert len(targets) == len(set(targets))


def test_patches_are_applied_and_taken_out():
    def values():
        return [
            getattr(owner, name)
            for patch in PATCHES
            for owner, name in (resolve("publisher._{}".format, target) for target in patch.targets)
        ]

    with patch_set().applied(()):
        stock = values()
    with patch_set().applied(PATCH_NAMES):
        patched = values()
        assert all(item is not other for item, other in zip(stock, patched, strict=True))
    with pytest.raises(RuntimeError, match="halfway"), patch_set().applied(()):
        raise RuntimeError("halfway")
    assert values() == stock
    with patch_set().applied(PATCH_NAMES):
        assert values() == patched


def test_documents_with_other_patches_wait_for_one_another():
    order, inside = [], threading.Event()

    def stock():
        with patch_set().applied(()):
            order.append("stock")

    with patch_set().applied(PATCH_NAMES):
        thread = threading.Thread(target=stock)
        thread.start()
        with patch_set().applied(PATCH_NAMES):  # as another thread with the same patches
            inside.wait(0.1)
            order.append("fast")
    thread.join()
    assert order == ["fast", "stock"]


def test_the_host_has_its_own_weasyprint():
    import weasyprint

    copy = load_weasyprint()
    assert copy is not weasyprint
    assert copy.HTML is not weasyprint.HTML
    assert weasyprint.tinyhtml5 is not copy.tinyhtml5
    assert {module.__name__.split(".")[0] for module in private_packages().modules()} == {
        "publisher"
    }
    assert list(replace_everywhere(copy.layout.percent, "resolve_percentages", None))


# --- Trees ---------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div class=a>",
            "</div>",
            "<span id='s'>",
            "</span>",
            "<br>",
            "<b>",
            "</b>",
        ),
        *(
            "<table>",
            "</table>",
            "<tr>",
            "<td colspan=2>",
            "</td>",
            "<li>",
            "<ul>",
            "</ul>",
            "<th>",
        ),
        *(
            "年度报告",
            " ",
            "\n",
            "&amp;",
            "&lt;",
            "&nbsp;",
            "&#x5e74;",
            "&hearts",
            "<",
            ">",
            '"',
            "\t",
        ),
        *("<img src=x alt='图'>", "<a href='#s' data-page>", "</a>", "<h1>", "</h2>", "</body>"),
        *("<script>1</script>", "<style>p{}</style>", "<textarea>\n文", "<pre>\n文", "<title>题"),
        *(
            "<!-- 注 -->",
            "<svg viewBox='0 0 1 1'><path/></svg>",
            '<svg viewBox="0 0 1 1"><title>图&amp;</title><rect x="1"/><text fill="#000">文</text></svg>',
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>',
            '<svg viewBox="0 0 1 1"><text>文<b>1</b></text></svg>',
            "<select><option>",
            "<form>",
            "</p",
        ),
    ]
)


def trees(text):
    """Return a page's tree by the stock parser and by the quick one."""
    import publisher._tinyhtml5 as tinyhtml5

    def tree():
        return tinyhtml5.parse(io.StringIO(text), namespace_html_elements=False)

    with patch_set().applied(()):
        stock = tostring(tree())
    with patch_set().applied(["html_tree"]):
        return stock, tostring(tree())


@given(st.lists(PIECES, max_size=30).map("".join), st.booleans())
def test_trees_are_those_of_the_stock_parser(inside, complete):
    text = f"<!DOCTYPE html><html lang=zh><head></head><body>{inside}</body></html>"
    stock, quick = trees(text if complete else inside)
    assert quick == stock


def test_the_trees_of_our_pages_are_quick_and_the_same(monkeypatch):
    """A page of each style, with drawings and without."""
    import publisher._tinyhtml5 as tinyhtml5

    from publisher.typeset.patches import html_tree

    for style in STYLES:
        _, ready = page_of(SAMPLES[0], style=style, tables="appendix")
        assert "<svg" in ready.page.html
        stock, quick = trees(ready.page.html)
        assert quick == stock
        with monkeypatch.context() as patched:
            patched.setattr(tinyhtml5, "parse", None)  # the quick parser does without it
            (replacement,) = html_tree.PATCH.replacements()
            replacement.value(io.StringIO(ready.page.html), namespace_html_elements=False)


# --- Lengths and styles --------------------------------------------------------------------------

LENGTHS = st.sampled_from(["0", "auto", "3px", "10%", "1.5em", "calc(10% + 2px)"])


@given(
    st.dictionaries(
        st.sampled_from(["margin-left", "width", "margin-top", "margin-inline-start", "left"]),
        LENGTHS,
    ),
    st.dictionaries(
        st.sampled_from(["padding-left", "padding-block", "min-width", "max-width", "min-height"]),
        LENGTHS.filter(lambda item: item != "auto"),
    ),
    st.sampled_from(["content-box", "border-box", "padding-box"]),
    st.sampled_from(["", "position: relative", "float: left", "display: inline-block"]),
)
def test_boxes_are_where_the_stock_engine_puts_them(first, second, sizing, more):
    rules = "; ".join(f"{name}: {value}" for name, value in (first | second).items())
    css = (
        'html { font: 12pt "Noto Serif CJK SC" } @page { size: 300px }'
        f" .a {{ {rules}; box-sizing: {sizing}; border: 1px solid; {more} }} .a::before {{ content: '甲' }}"
    )
    html = (
        "<html lang=zh><head><title>题</title></head><body>"
        + "<div class=a><p class=a>年度报告</p><p>文</p></div>" * 2
    )
    geometries = []
    for fast in (True, False):
        done = []
        with patch_set().applied(PATCH_NAMES if fast else ()):
            weasyprint = load_weasyprint()
            fonts = font_configuration_once()
            document = weasyprint.HTML(string=html).render(
                font_config=fonts, stylesheets=[weasyprint.CSS(string=css, font_config=fonts)]
            )
            for page in document.pages:
                done += [
                    (box.element_tag, box.position_x, box.position_y, box.width, box.height)
                    for box in page._page_box.descendants()
                ]
        geometries.append(done)
    assert geometries[0] == geometries[1]


@cache
def font_configuration_once():
    return font_configuration(load_library())


# --- Boxes and pages -----------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", ["lazy_styles", "page_counters"])
def test_reports_hold_the_same_bytes_without_a_patch(left_out):
    """Text-only lines, too, are laid out and painted as boxes of WeasyPrint's are."""
    _, ready = page_of(SAMPLES[0])
    page, declaration = ready.page, declaration_of(ready)
    with_all, without = (
        Engine(load_library(), patches=patches).typeset(page.html, page.css, declaration)
        for patches in (PATCH_NAMES, PATCH_NAMES - {left_out})
    )
    assert with_all == without


def test_pages_with_the_same_rules_have_the_same_styles():
    weasyprint, fonts = load_weasyprint(), font_configuration_once()
    css = (
        "@page { size: 100px; @top-left { content: 'a' } } @page :left { @top-right { content: 'b' } }"
        " @page :first { margin: 1px } @page :nth(4) { size: 120px } p { break-after: page }"
    )
    page_boxes = []
    for patches in ((), ("lazy_styles",)):
        with patch_set().applied(patches):
            document = weasyprint.HTML(string="<p>a" * 6).render(
                font_config=fonts, stylesheets=[weasyprint.CSS(string=css, font_config=fonts)]
            )
        boxes = [page._page_box for page in document.pages]
        page_boxes.append(
            [
                (
                    page_box.style["size"],
                    page_box.margin_left,
                    [margin.at_keyword for margin in page_box.children[1:]],
                )
                for page_box in boxes
            ]
        )
    assert page_boxes[0] == page_boxes[1]
    styles = [id(page_box.style) for page_box in boxes]
    assert styles[2] == styles[4]
    assert len(set(styles)) == 4


# --- Fonts ---------------------------------------------------------------------------------------


def test_fonts_are_the_same_beside_other_work_and_without(monkeypatch):
    from publisher.typeset.patches import font_subsetting

    _, ready = page_of(SAMPLES[0])
    jobs_started, stock = [], font_subsetting._subset_all
    monkeypatch.setattr(
        font_subsetting, "_subset_all", lambda jobs: jobs_started.append(len(jobs)) or stock(jobs)
    )
    in_parallel = set_in_type(ready).pdf
    assert len(jobs_started) == 1
    assert jobs_started[0] >= 2
    monkeypatch.setattr(font_subsetting, "MANY_GLYPHS", 1 << 16)
    assert set_in_type(ready).pdf == in_parallel
    assert len(jobs_started) == 1


def test_an_embedded_font_has_the_tables_that_a_pdf_uses():
    from publisher.typeset.patches.font_subsetting import EMBEDDED

    page = pymupdf.open(stream=run_pipeline("已办结☑\n".encode(), Options(), name="a.txt").pdf)
    programs = [
        page.extract_font(number)[3]
        for number, ending, *_ in page.get_page_fonts(0)
        if ending == "ttf"
    ]
    assert programs
    for program in programs:
        tables = TTFont(io.BytesIO(program), checkChecksums=2).reader.tables.keys()
        assert {"glyf", "head", "hhea", "hmtx", "loca", "maxp"} <= tables <= EMBEDDED


def test_what_another_build_of_a_font_has_is_removed():
    from publisher.typeset.patches.font_subsetting import _keep_tables

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupGlyf({".notdef": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    files = []
    for has_time in (False, True):
        if has_time:
            builder.font["TIME"] = newTable("TIME")
            builder.font["TIME"].data = bytes(28)
            builder.font["head"].created += 1000
        file = io.BytesIO()
        builder.font.save(file)
        files.append(file.getvalue())
    assert files[0] != files[1]
    assert _keep_tables(files[0]) == _keep_tables(files[1])


@pytest.mark.parametrize("content", [b"", b"ttcf\0\1\0\0", b"\0\1\0\0"])
def test_a_file_that_is_no_font_stays_as_it_is(content):
    from publisher.typeset.patches.font_subsetting import _keep_tables

    assert _keep_tables(content) == content


def test_a_glyph_that_was_not_foreseen_has_its_font_cut_again(monkeypatch):
    from publisher.typeset.patches import font_subsetting

    _, ready = page_of(SAMPLES[0])
    right, stock = set_in_type(ready).pdf, font_subsetting._subset_all
    monkeypatch.setattr(
        font_subsetting, "_subset_all", lambda jobs: stock([(f, g[1:]) for f, g in jobs])
    )
    assert set_in_type(ready).pdf == right


def arguments_of(name):
    """Return what a function of ``subsets`` is asked for while a document is set."""
    from publisher.typeset.patches import font_subsetting

    taken, stock = [], getattr(font_subsetting, name)

    def take(first, glyphs):
        taken.append((first, tuple(glyphs)))
        return stock(first, glyphs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(font_subsetting, name, take)
        set_in_type(page_of(SAMPLES[0])[1])
    return tuple(taken)


@cache
def tables():
    """The CFF tables of a document's fonts with the glyphs asked for, before they are numbered."""
    return arguments_of("with_cids")


def test_glyphs_are_called_by_their_old_numbers():
    from fontTools.cffLib import CFFFontSet

    compared = 0
    for table, glyphs in tables():
        numbered = with_cids(table, glyphs)
        if numbered is None:  # HarfBuzz added glyphs, and is asked again
            continue
        compared += 1
        whole, before = CFFFontSet(), CFFFontSet()
        whole.decompile(io.BytesIO(numbered), None)
        before.decompile(io.BytesIO(table), None)
        font, old = whole[0], before[0]
        assert font.ROS == ("Adobe", "Identity", 0)
        assert font.charset == [".notdef", *(f"cid{number:05d}" for number in glyphs)]
        assert cids(numbered) == set(glyphs)
        for new, earlier in zip(font.charset, old.charset, strict=True):
            assert program(font, new) == program(old, earlier)
    assert compared >= 3


def reordered(table):
    """Return a table with its Private DICTs and its glyphs the other way round, as HarfBuzz versions differ."""
    _, _, operators = read_top_dict(table)
    glyphs = read_index(table, read_offset(table, operators[CHAR_STRINGS][0]))
    offsets = [
        read_dict(table, start, end)[PRIVATE][1]
        for start, end in read_index(table, read_offset(table, operators[FD_ARRAY][0])).spans
    ]
    first = min(read_offset(table, offset) for offset in offsets)
    head, middle = min(first, glyphs.start), max(first, glyphs.start)
    numbered = bytearray(table[:head] + table[middle:] + table[head:middle])
    back, ahead = len(table) - middle, middle - head
    moved = {True: back, False: -ahead}  # what came first comes last
    _shift_offset(numbered, operators[CHAR_STRINGS][0], moved[glyphs.start < first])
    for offset in offsets:
        _shift_offset(numbered, offset, moved[first < glyphs.start])
    return bytes(numbered)


def test_the_version_of_harfbuzz_does_not_show_in_a_table():
    compared = 0
    for table, glyphs in tables():
        numbered = with_cids(table, glyphs)
        if numbered is not None:
            compared += 1
            assert reordered(table) != table
            assert with_cids(reordered(table), glyphs) == numbered
    assert compared >= 3


def program(font, name):
    """Return the outline of a glyph and what its font says of its width."""
    outline = font.CharStrings[name]
    outline.decompile()
    private = outline.private
    return outline.program, private.nominalWidthX, private.defaultWidthX


@given(st.data())
def test_a_damaged_table_is_refused_or_numbered_without_noise(data):
    table, glyphs = data.draw(st.sampled_from(tables()))
    broken = bytearray(table)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, min(len(broken), 2000) - 1))] = data.draw(
            st.integers(0, 255)
        )
    cut = data.draw(st.integers(0, len(broken)))
    for damaged in (bytes(broken), bytes(broken[:cut])):
        with_cids(damaged, glyphs)
        cids(damaged)


def test_a_table_without_font_dictionaries_is_no_crash():
    table, glyphs = next(
        (table, glyphs) for table, glyphs in tables() if with_cids(table, glyphs) is not None
    )
    *_, operands = read_top_dict(table)
    position = read_offset(table, operands[FD_ARRAY][0])
    damaged = bytearray(table)
    damaged[position : position + 2] = bytes(2)  # the number of font dictionaries
    with_cids(bytes(damaged), glyphs)


# --- Streams -------------------------------------------------------------------------------------


def test_a_file_written_once_holds_what_the_stock_one_holds():
    import publisher._pydyf as pydyf
    from pypdf import PdfReader

    def written():
        pdf = pydyf.PDF()
        pdf.info["Title"] = pydyf.String("题(一)")
        content = pydyf.Stream(
            [b"BT", "0 0 m", 1, 2.5, -0.0001, pydyf.Array((1, 2.0))], compress=True
        )
        pdf.add_object(content)
        page = pydyf.Dictionary({"Type": "/Page", "Contents": content.reference, "N": 1.25})
        pdf.add_page(page)
        for number in range(300):
            pdf.add_object(pydyf.Dictionary({"Number": number, "Of": pdf.info.data}))

        class Named(pydyf.Dictionary):
            pass

        pdf.add_object(pydyf.Array([Named({"A": pydyf.Array([1.5, "/N"])}), -2, pydyf.String("(")]))
        out = io.BytesIO()
        pdf.write(out, b"1.7", "an identifier", compress=True)
        return out.getvalue()

    with patch_set().applied(()):
        stock = written()
    with patch_set().applied(["pdf_serialization"]):
        once = written()
    a, b = PdfReader(io.BytesIO(stock)), PdfReader(io.BytesIO(once))
    assert a.metadata == b.metadata
    assert a.pages[0].get_contents().get_data() == b.pages[0].get_contents().get_data()
    assert a.trailer["/ID"] == b.trailer["/ID"] or len(b.trailer["/ID"]) == 2
    numbers = range(1, len(a.xref_objStm) + 1)
    objects = [[plain(pdf.get_object(number)) for number in numbers] for pdf in (a, b)]
    assert objects[0] == objects[1]


def plain(value):
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    if isinstance(value, IndirectObject):
        return f"{value.idnum} R"
    if isinstance(value, DictionaryObject):
        return {key: plain(item) for key, item in dict.items(value)}
    if isinstance(value, ArrayObject):
        return [plain(item) for item in list.__iter__(value)]
    return value


# --- Charsets ------------------------------------------------------------------------------------


@cache
def cff_fonts():
    """The fonts of a document that are CFF, with the glyphs it shows."""
    return arguments_of("_subset")


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    from publisher.typeset.patches import charset_faces

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    faces = charset_faces.CharsetFaces()
    monkeypatch.setattr("publisher.typeset.patches.font_subsetting.charset_faces", lambda: faces)
    return tmp_path


def test_a_face_of_the_charsets_gives_the_same_bytes(own_cache):
    from publisher.typeset.patches.font_subsetting import _subset

    for font, glyphs in cff_fonts():
        alone = _subset(font, glyphs)
        again, third = _subset(font, glyphs), _subset(font, glyphs)
        assert alone == again == third
    names = {font.name for font, _ in cff_fonts() if font.family.startswith("Noto")}
    assert len(list((own_cache / "publisher" / "faces").iterdir())) == len(names)


def test_a_glyph_outside_the_charsets_is_taken_from_the_whole_font(own_cache):
    from publisher.typeset.patches.font_subsetting import _subset, charset_faces

    font, glyphs = next(item for item in cff_fonts() if item[0].family.startswith("Noto"))
    for _ in range(3):
        face = charset_faces().face_of(font)
    outside = next(n for n in range(1, font.glyph_count) if n not in face.numbers)
    shown = sorted({*glyphs, outside} - {0})
    assert cids(_subset(font, shown)) == set(shown)


def test_a_damaged_face_is_made_anew_and_a_folder_that_cannot_be_written_does_without(
    own_cache, monkeypatch
):
    from publisher.typeset.patches import charset_faces, font_subsetting

    font, glyphs = next(item for item in cff_fonts() if item[0].family.startswith("Noto"))
    whole = [font_subsetting._subset(font, glyphs) for _ in range(2)]
    (face_path,) = (own_cache / "publisher" / "faces").iterdir()
    data = face_path.read_bytes()
    face_path.write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
    for folder in (own_cache, own_cache / "file"):
        (own_cache / "file").touch()
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
        faces = charset_faces.CharsetFaces()
        monkeypatch.setattr(font_subsetting, "charset_faces", lambda faces=faces: faces)
        assert [font_subsetting._subset(font, glyphs) for _ in range(2)] == whole
    assert face_path.read_bytes() == data
    face_path.unlink()  # what is no file is not waited for
    os.mkfifo(face_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_cache))
    faces = charset_faces.CharsetFaces()
    monkeypatch.setattr(font_subsetting, "charset_faces", lambda: faces)
    assert [font_subsetting._subset(font, glyphs) for _ in range(2)] == whole
    assert face_path.is_file()
    assert face_path.read_bytes() == data
