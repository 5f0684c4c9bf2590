"""Styles: their own folders, folders of a user's, one that extends another."""

from pathlib import Path

import pytest

from publisher.errors import UnknownStyleError
from publisher.options import Options
from publisher.pdf.document import read_pdf
from publisher.pipeline import publish
from publisher.render.styles import load_style, style_names

SAMPLE = Path(__file__).parents[2] / "samples" / "yunping-2016-bureau.txt"


def make(folder, manifest, css="", template=""):
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text(manifest)
    if css:
        (folder / "style.css").write_text(css)
    if template:
        (folder / "report.html.j2").write_text(template)
    return str(folder)


def test_the_styles_there_are():
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


def test_a_folder_extends_a_folder_beside_it(tmp_path):
    make(tmp_path / "one", 'extends = "reader"\nsummary = "one"\n', "p { color: #111 }")
    style = load_style(make(tmp_path / "two", 'extends = "one"\n'))
    assert style.summary == "one"
    assert [folder.name for folder in style.folders] == ["two", "one", "reader"]


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ('extends = "self"', "extends itself"),
        ('extends = "nowhere"', "no style is called 'nowhere'"),
        ('extends = "raeder"', "no style is called 'raeder'"),
        ('summary = "x"', "lacks or misspells 'title_ems'"),
        ("extends = [", "cannot be read"),
        ('extends = "reader"\ntitle_ems = "wide"', "lacks or misspells"),
    ],
)
def test_a_style_that_is_wrong_is_named(tmp_path, manifest, said):
    with pytest.raises(UnknownStyleError, match=said):
        load_style(make(tmp_path / "self", manifest + "\n", "p { color: #111 }"))


def test_a_folder_without_a_manifest_is_said_to_have_none(tmp_path):
    with pytest.raises(UnknownStyleError, match=r"it has no style\.toml"):
        load_style(str(tmp_path))


def test_lines_even_on_the_left_only(tmp_path):
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
def test_an_ink_that_cannot_be_is_an_error(wrong, tmp_path):
    manifest = f'extends = "gongwen"\n[inks]\nred = {wrong}\n'
    with pytest.raises(UnknownStyleError, match=r"style\.toml"):
        load_style(make(tmp_path / "own", manifest))


def test_what_is_otherwise_on_a_press_follows_each_style_s_own_sheet(tmp_path):
    base = tmp_path / "base"
    make(base, 'extends = "gongwen"\n', "p { color: #001 }")
    (base / "print.css").write_text("p { color: #002 }")
    own = make(tmp_path / "own", f'extends = "{base}"\n', "p { color: #003 }")
    style = load_style(own)
    assert "#002" not in style.css
    places = [style.press_css.index(colour) for colour in ("#001", "#002", "#003")]
    assert places == sorted(places)
