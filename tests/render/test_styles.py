"""Styles: their own folders, folders of a user's, one that extends another."""

import math
import re
from pathlib import Path

import pytest

from publisher import publish
from publisher.errors import UnknownStyleError
from publisher.options import Options
from publisher.pdf.document import read_pdf
from publisher.render.styles import load_style, style_names

SAMPLE = Path(__file__).parents[2] / "samples" / "yunping-2016-bureau.txt"
ROLES = ("song", "hei", "kai", "fangsong", "title")
LONG_ISSUER = "云屏市政务服务管理办公室"  # 12 characters, 14 with 文件


def make(folder, manifest, css="", template=""):
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text(manifest)
    if css:
        (folder / "style.css").write_text(css)
    if template:
        (folder / "report.html.j2").write_text(template)
    return str(folder)


def test_style_names():
    assert style_names() == ("book", "gongwen", "large-print", "reader", "red-head")
    for name in style_names():
        assert load_style(name).summary


def test_a_folder_extends_a_style(tmp_path):
    name = make(
        tmp_path / "inner",
        'extends = "gongwen"\nchart = "#f00"\n',
        "h1 { color: #00f }",
        '{%- extends "common/report.html.j2" -%}\n'
        "{%- block front %}<p data-generated>内部资料</p>{% endblock -%}\n",
    )
    style, base = load_style(name), load_style("gongwen")
    assert (style.title_ems, style.run_in, style.chart) == (base.title_ems, base.run_in, "#f00")
    assert style.css.startswith(base.css)
    assert style.css.endswith("h1 { color: #00f }")
    done = publish(SAMPLE, Options(output=tmp_path / "out", style=name, tables="none"))
    assert read_pdf(done.pdf).logical_text().startswith("内部资料")


def test_a_folder_extends_a_neighbouring_folder(tmp_path):
    make(tmp_path / "one", 'extends = "reader"\nsummary = "one"\n', "p { color: #111 }")
    style = load_style(make(tmp_path / "two", 'extends = "one"\n'))
    assert style.summary == "one"
    assert [folder.name for folder in style.folders] == ["two", "one", "reader"]


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ('extends = "self"', "extends itself"),
        ('extends = "nowhere"', "there is no style 'nowhere'"),
        ('extends = "raeder"', "there is no style 'raeder'"),
        ('summary = "x"', "lacks or misspells 'title_ems'"),
        ("extends = [", "is not TOML"),
        ('extends = "reader"\ntitle_ems = "wide"', "lacks or misspells"),
    ],
)
def test_a_wrong_style_is_an_error(tmp_path, manifest, message):
    with pytest.raises(UnknownStyleError, match=message):
        load_style(make(tmp_path / "self", manifest + "\n", "p { color: #111 }"))


def test_a_folder_without_a_manifest_is_an_error(tmp_path):
    with pytest.raises(UnknownStyleError, match=r"it has no style\.toml"):
        load_style(str(tmp_path))


def test_lines_ragged_on_the_right(tmp_path):
    options = Options(output=tmp_path, style="large-print", align="left", tables="none")
    pdf = read_pdf(publish(SAMPLE, options).pdf)
    from tests.typeset.linebreak.measuring import paragraphs

    rights = {round(line.right(), 1) for lines in paragraphs(pdf) for line in lines[:-1]}
    assert len(rights) > 3
    assert {round(line.opened, 2) for lines in paragraphs(pdf) for line in lines} == {0.0}


def test_large_print_is_large(tmp_path):
    pdf = read_pdf(publish(SAMPLE, Options(output=tmp_path, style="large-print")).pdf)
    sizes = {round(run.size, 1) for page in pdf.pages for run in page.runs if run.text.strip()}
    assert min(sizes) >= 18


# --- Custom properties ---------------------------------------------------------------------------


def test_a_margin_is_changed_by_one_property_and_the_grid_stays(tmp_path):
    declarations = re.findall(r"--margin-inside: *([\d.]+)mm", load_style("gongwen").css)
    margin = float(declarations[-1])
    name = make(
        tmp_path / "bound",
        'extends = "gongwen"\n',
        f":root {{\n  --margin-inside: {margin + 4}mm;\n}}\n",
    )
    base = publish(SAMPLE, Options(output=tmp_path / "base", style="gongwen", tables="none"))
    bound = publish(SAMPLE, Options(output=tmp_path / "out", style=name, tables="none"))
    first, second = (read_pdf(done.pdf) for done in (base, bound))
    assert len(first.pages) == len(second.pages) > 1
    for before, after in zip(first.pages, second.pages, strict=True):
        shift = (4 if before.index % 2 == 0 else -4) * 72 / 25.4
        assert [run.text for run in before.runs] == [run.text for run in after.runs]
        for old, new in zip(before.runs, after.runs, strict=True):
            assert new.xs == pytest.approx([x + shift for x in old.xs], abs=0.01)
            assert new.ys == pytest.approx(old.ys, abs=0.01)


def page_box(css, folder, extends="gongwen"):
    """Return the first page box of a style that adds a sheet to another style."""
    import weasyprint

    style = load_style(make(folder, f'extends = "{extends}"\n', css))
    sheet = style.sheet(dict.fromkeys(ROLES, ("serif",)))
    html = weasyprint.HTML(string="<p>text</p>")
    return html.render(stylesheets=[weasyprint.CSS(string=sheet)]).pages[0]._page_box


def millimetres(pixels):
    return round(pixels / 96 * 25.4, 3)


def declared(style):
    """Return the custom properties of a style that are numbers, in their own unit (mm, pt or none)."""
    numbers = re.findall(r"--([a-z-]+): *([\d.]+)(?:mm|pt)?;", load_style(style).css)
    return {name: float(number) for name, number in numbers}


def declarations(changes, unit="mm"):
    """Return a sheet that sets custom properties."""
    return (
        ":root {" + "".join(f" --{name}: {value}{unit};" for name, value in changes.items()) + "}"
    )


def expected_grid(properties):
    """Return the font size (pt) and the line pitch (mm) that follow from the grid of gongwen."""
    quarters = properties["type-area-width"] / 25.4 * 72 / properties["characters-per-line"] * 4
    thousandths = properties["type-area-height"] / properties["lines-per-page"] * 1000
    return math.floor(quarters + 1e-6) / 4, math.floor(thousandths + 1e-6) / 1000


def expected_margins(properties):
    """Return the margins (mm) above, outside, below and inside that follow from a style's properties."""
    top, inside = properties["margin-top"], properties["margin-inside"]
    if "type-area-height" not in properties:
        return top, properties["margin-outside"], properties["margin-bottom"], inside
    width = properties.get("type-area-width")
    if width is None:  # in book it follows from the characters in a line
        points = properties["characters-per-line"] * properties["font-size"]
        width = math.ceil(points * 25.4 / 72 / 0.05 - 1e-6) * 0.05
    outside = properties["page-width"] - inside - width
    bottom = properties["page-height"] - top - properties["type-area-height"]
    return top, round(outside, 2), bottom, inside


def line_of(css, folder):
    """Return the font size (pt) and the line pitch (mm) of a paragraph in gongwen with a sheet added."""
    page = page_box(css, folder)
    line = next(box for box in page.descendants() if box.element_tag == "p")
    return line.style["font_size"] * 0.75, millimetres(line.style["line_height"].value)


def margins_of(css, folder, extends="gongwen"):
    """Return the margins (mm) above, outside, below and inside of a first page."""
    page = page_box(css, folder, extends)
    sides = (page.margin_top, page.margin_right, page.margin_bottom, page.margin_left)
    return tuple(map(millimetres, sides))


@pytest.mark.parametrize(
    ("changes", "unit"),
    [
        ({}, ""),
        ({"characters-per-line": 26, "lines-per-page": 20}, ""),
        ({"type-area-width": 160, "type-area-height": 220}, "mm"),
    ],
)
def test_the_grid_follows_from_its_properties(changes, unit, tmp_path):
    expected = expected_grid(declared("gongwen") | changes)
    assert line_of(declarations(changes, unit), tmp_path / "own") == pytest.approx(expected)


@pytest.mark.parametrize(
    ("css", "line_pitch"),
    [
        ("p { --line-pitch: 9mm; line-height: var(--line-pitch) }", 9.0),
        ("p { line-height: var(--own, 8mm) }", 8.0),
        ("p { line-height: var(--own, var(--line-pitch)) }", None),
    ],
)
def test_an_element_may_declare_a_property_or_have_a_fallback(css, line_pitch, tmp_path):
    font_size, pitch = expected_grid(declared("gongwen"))
    expected = pytest.approx((font_size, line_pitch or pitch))
    assert line_of(css, tmp_path / "own") == expected


@pytest.mark.parametrize("extends", ["gongwen", "reader", "large-print", "book", "red-head"])
@pytest.mark.parametrize("name", ["", "margin-inside", "margin-top"])
def test_the_margins_follow_from_their_properties(extends, name, tmp_path):
    properties = declared(extends)
    changes = {name: properties[name] + 2} if name else {}
    expected = expected_margins(properties | changes)
    margins = margins_of(declarations(changes), tmp_path / "own", extends)
    assert margins == pytest.approx(expected, abs=0.001)


def test_the_margin_of_book_follows_from_the_characters_in_a_line(tmp_path):
    properties = declared("book")
    changes = {"characters-per-line": properties["characters-per-line"] - 1}
    margins = margins_of(declarations(changes, ""), tmp_path / "own", "book")
    assert margins == pytest.approx(expected_margins(properties | changes), abs=0.001)


def test_a_page_rule_may_have_a_fallback(tmp_path):
    css = "@page { margin-left: var(--binding, 31mm) }"
    expected = (*expected_margins(declared("gongwen"))[:3], 31)
    assert margins_of(css, tmp_path / "own") == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("extends", ["gongwen", "book"])
def test_a_margin_that_follows_is_exact_to_the_last_bit(extends, tmp_path):
    """Where two sequences of lines are equally good, the last bit of the width chooses one."""
    outside = expected_margins(declared(extends))[1]
    computed = page_box("", tmp_path / "computed", extends)
    written = page_box(declarations({"margin-outside": outside}), tmp_path / "written", extends)
    assert computed.width == written.width


def test_a_property_that_nothing_declares_is_an_error(tmp_path):
    name = make(tmp_path / "own", 'extends = "gongwen"\n', "p { margin-left: var(--indent) }")
    with pytest.raises(UnknownStyleError, match="uses --indent, which is not declared") as caught:
        load_style(name).sheet(dict.fromkeys(ROLES, ("serif",)))
    assert "var(--indent, VALUE)" in caught.value.hint


def test_the_red_head_is_as_wide_as_the_type_area(tmp_path):
    name = make(tmp_path / "own", 'extends = "red-head"\n', ":root { --type-area-width: 100mm }")
    found = []
    for style in ("red-head", name):
        options = Options(output=tmp_path / "out", style=style, tables="none", issuer=LONG_ISSUER)
        pdf = read_pdf(publish(SAMPLE, options).pdf)
        mark = max(pdf.pages[0].runs, key=lambda run: run.size)
        found.append((mark.right - mark.xs[0]) / 72 * 25.4)
    assert found == pytest.approx([declared("gongwen")["type-area-width"], 100], abs=0.05)


# --- Inks ----------------------------------------------------------------------------------------

INKS = 'extends = "gongwen"\n[inks]\nred = { screen = "#c00", cmyk = [0, 100, 90, 10] }\n'


def test_a_named_ink_is_a_colour_on_the_screen_and_a_build_on_the_press(tmp_path):
    style = load_style(make(tmp_path / "own", INKS, "h1 { color: var(--ink-red) }"))
    (red,) = style.inks
    assert (red.name, red.rgb, red.build) == ("red", (204, 0, 0), (0.0, 1.0, 0.9, 0.1))


@pytest.mark.parametrize(
    "wrong",
    [
        '{ screen = "#c00", cmyk = [0, 100, 90] }',
        '{ screen = "#c00", cmyk = [0, 100, 90, 101] }',
        '{ screen = "#c00", cmyk = [0, 0.5, 0, 0] }',
        '{ screen = "red", cmyk = [0, 100, 90, 0] }',
        '{ screen = "#c00" }',
        '"#c00"',
    ],
)
def test_an_impossible_ink_is_an_error(wrong, tmp_path):
    manifest = f'extends = "gongwen"\n[inks]\nred = {wrong}\n'
    with pytest.raises(UnknownStyleError, match=r"style\.toml"):
        load_style(make(tmp_path / "own", manifest))


def test_the_sheet_for_the_press_follows_the_sheet_of_each_style(tmp_path):
    base = tmp_path / "base"
    make(base, 'extends = "gongwen"\n', "p { color: #001 }")
    (base / "print.css").write_text("p { color: #002 }")
    own = make(tmp_path / "own", f'extends = "{base}"\n', "p { color: #003 }")
    style = load_style(own)
    assert "#002" not in style.css
    positions = [style.press_css.index(colour) for colour in ("#001", "#002", "#003")]
    assert positions == sorted(positions)
