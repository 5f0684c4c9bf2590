"""Pictures that do not fit on their page, measured from the text around them and the boxes of their tags."""

import pytest

from publisher.pdf.document import read_pdf
from publisher.typeset.page_filling import SMALLEST_SCALE

pytestmark = pytest.mark.typeset

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB9HFkpgAAAABJRU5ErkJggg=="
SHEET = (
    "@page { size: 200pt 200pt; margin: 0 } body, p, h2, figure { margin: 0; font: 10pt/20pt 'Noto Serif CJK SC' }"
    "figure, .figure-group { break-inside: avoid } img { display: block; max-width: 100% } p { orphans: 2; widows: 2 }"
    "h2, h3 { break-after: avoid; margin: 0; font: 10pt/20pt 'Noto Serif CJK SC' } table { border-collapse: collapse }"
    ".landscape { page: landscape } @page landscape { size: 300pt 200pt; margin: 0 } body { page: text }"
)
"""Ten lines of 20 characters on a page."""


def line(sign, lines=1):
    return f"<p>{sign * 20 * lines}</p>"


def picture(height, caption="<p class='caption'>图1</p>"):
    image = f'<figure class="picture" data-alt="图"><img src="{PIXEL}" style="width: {height}pt"></figure>'
    return f'<div class="figure-group">{image}{caption}</div>'


@pytest.fixture(scope="module")
def pages(typeset):
    """Return what is on each page, from the top: the first character of each line, and 图 for the caption."""

    def read(body):
        pdf = read_pdf(typeset(f"<main>{body}</main>", SHEET).pdf)
        figures = [element for element in pdf.structure.walk() if element.role == "Figure"]
        boxes = [figure.attributes["BBox"] for figure in figures]
        heights = [round(float(box[3]) - float(box[1]), 1) for box in boxes]
        lines = [
            "".join(
                run.text[0] for run in sorted(page.runs, key=lambda run: -run.ys[0]) if run.text
            )
            for page in pdf.pages
        ]
        return lines, heights, pdf

    return read


def test_a_picture_that_nearly_fits_is_reduced(pages):
    lines, (height,), _ = pages(line("甲", 5) + picture(100) + line("乙", 5))
    assert lines == ["甲甲甲甲甲图", "乙乙乙乙乙"]
    assert 79 < height <= 80  # five lines of text, the picture and its caption fill the page


def test_a_picture_is_not_reduced_further_than_the_limit(pages):
    lines, heights, _ = pages(line("甲", 5) + picture(80 / SMALLEST_SCALE + 1))
    assert lines == ["甲甲甲甲甲", "图"]
    assert heights == [round(80 / SMALLEST_SCALE + 1, 1)]


def test_a_picture_that_fits_is_not_changed(pages):
    lines, heights, _ = pages(line("甲", 4) + picture(100) + line("乙"))
    assert lines == ["甲甲甲甲图", "乙"]
    assert heights == [100]


def test_text_fills_the_page_before_a_picture(pages):
    lines, heights, _ = pages(line("甲", 5) + picture(150) + line("乙", 2) + line("丙", 6))
    assert lines == ["甲甲甲甲甲乙乙丙丙丙", "丙丙丙图"]
    assert 119 < heights[0] < 120


def test_the_tags_keep_the_order_of_the_source(pages):
    _, _, pdf = pages(line("甲", 5) + picture(150) + line("乙", 2) + line("丙", 3))
    text = "".join(map(pdf.logical_text, pdf.structure.children))
    assert list(dict.fromkeys(text)) == list("甲图1乙丙")


@pytest.mark.parametrize(
    "after", ["<h2>题</h2>" + line("乙"), "<ul><li>乙</li></ul>", picture(20), ""]
)
def test_only_paragraphs_are_set_before_a_picture(pages, after):
    lines, _, _ = pages(line("甲", 5) + picture(170) + after)
    assert lines[0] == "甲甲甲甲甲"


def test_a_picture_stays_behind_the_sentence_that_leads_to_it(pages):
    lines, _, _ = pages(f"<p>{'甲' * 85}如下：</p>" + picture(170) + line("乙", 2))
    assert lines[0] == "甲甲甲甲甲"


def test_a_picture_without_a_caption_stays_in_its_place(pages):
    lines, _, _ = pages(line("甲", 5) + picture(180, "") + line("乙", 2))
    assert lines == ["甲甲甲甲甲", "", "乙乙"]


def test_a_paragraph_of_which_no_line_fits_stays_behind_the_picture(pages):
    """Of three lines two would be left alone on the next page."""
    sheet_room = line("甲", 7)
    lines, _, _ = pages(sheet_room + picture(170) + "<p style='break-inside: avoid'>" + "乙" * 80)
    assert lines[:2] == ["甲" * 7, "图"]


def test_notes_of_text_that_is_set_before_a_picture_are_on_its_page(pages):
    note = (
        "<p>乙<a id='r1'>[1]</a></p>"
        "<aside id='n1' data-reference='r1' style='float: footnote; footnote-display: block'>注</aside>"
    )
    lines, _, _ = pages(line("甲", 5) + picture(170) + note)
    assert lines[0].startswith("甲甲甲甲甲乙")
    assert "注" in lines[0]
    assert sum(page.count("注") for page in lines) == 1


def wide_table(caption="表一"):
    return (
        "<h2 class='landscape'>题</h2><section><h3 class='landscape'>节</h3>"
        f"<table class='landscape'><caption>{caption}</caption><tr><td>格</td></tr></table>"
        "<p class='below-table landscape'>注</p>{}</section>"
    )


def test_headings_above_a_wide_table_stay_with_the_text_that_fills_their_page(pages):
    text = line("乙", 2) + line("丙")
    lines, _, pdf = pages(line("甲", 4) + f"<section>{wide_table().format(text)}</section>")
    assert lines == ["甲甲甲甲题节乙乙", "表一格注", "丙"]
    logical = "".join(map(pdf.logical_text, pdf.structure.children))
    assert list(dict.fromkeys(logical)) == list("甲题节表一格注乙丙")


def test_a_wide_table_behind_text_is_set_after_whole_paragraphs_that_follow(pages):
    table = "<table class='landscape'><caption>表一</caption><tr><td>格</td></tr></table>"
    lines, _, _ = pages(line("甲", 4) + table + line("乙", 3) + line("丙", 4))
    assert lines == ["甲甲甲甲乙乙乙", "表一格", "丙丙丙丙"]


@pytest.mark.parametrize(
    ("caption", "text"),
    [
        ("表一", line("乙", 5)),  # a line too many for the page
        ("表一", "<p>从上表看，乙</p>"),
        ("明细", line("乙")),
        ("表一", "<ul><li>乙</li></ul>"),
    ],
)
def test_other_headings_above_a_wide_table_are_on_its_page(pages, caption, text):
    table = wide_table(caption).format(text)
    lines, _, _ = pages(line("甲", 4) + f"<section>{table}</section>")
    assert lines[:2] == ["甲甲甲甲", f"题节{caption}格注"]
