"""Official documents meet GB/T 9704-2012 clause by clause, and what does not meet it is seen.

The documents in ``gb9704/`` are of different forms; offices, persons and numbers are invented. Each is built once.
"""

from functools import cache
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageChops

import publisher
from publisher import Options, UnsupportedFormatError, build, check_official_layout
from publisher.cli.main import main

FOLDER = Path(__file__).with_name("gb9704")
MM = 25.4 / 72
CLAUSES = {
    "notice": "5.1 5.2.1 5.2.2 5.2.3 7.2.1 7.2.2 7.2.3 7.2.4 7.2.5 7.2.7 7.3.1 7.3.2 7.3.3 7.3.4 7.3.5 7.3.5.1 7.3.5.4 7.3.6 7.3.7 7.4 7.4.1 7.4.2 7.4.3 7.5",
    "request": "5.1 5.2.1 5.2.2 5.2.3 7.2.3 7.2.4 7.2.5 7.2.6 7.2.7 7.3.1 7.3.2 7.3.3 7.3.5 7.3.5.1 7.3.5.4 7.3.6 7.4 7.4.1 7.4.2 7.4.3 7.5",
    "joint": "5.1 5.2.1 5.2.2 5.2.3 7.2.4 7.2.5 7.2.7 7.3.1 7.3.2 7.3.3 7.3.5 7.3.5.1 7.3.5.4 7.4 7.4.1 7.4.2 7.4.3 7.5",
    "letter": "5.1 5.2.1 5.2.2 5.2.3 7.2.1 7.2.2 7.2.3 7.2.5 7.3.1 7.3.2 7.3.3 7.3.5 7.3.5.1 7.3.5.4 7.3.6 7.4.2 10.1",
    "decree": "5.1 5.2.1 5.2.2 5.2.3 7.3.3 7.3.5 7.3.5.3 7.3.5.4 7.4 7.4.1 7.4.2 7.4.3 7.5 10.2",
    "minutes": "5.1 5.2.1 5.2.2 5.2.3 7.2.5 7.2.7 7.3.3 7.3.5 7.3.5.1 7.3.5.4 7.4 7.4.1 7.4.2 7.4.3 7.5 10.3",
    "circular": "5.1 5.2.1 5.2.2 5.2.3 7.2.4 7.2.5 7.2.7 7.3.1 7.3.2 7.3.3 7.3.5 7.3.5.1 7.3.5.4 7.5",
    "survey": "5.1 5.2.1 5.2.2 5.2.3 7.2.4 7.2.5 7.2.7 7.3.1 7.3.2 7.3.3 7.3.5 7.3.5.1 7.3.5.4 7.4 7.4.1 7.4.2 7.4.3 7.5",
}
"""The clauses for which each document has items, so that none of them is lost unseen."""


@cache
def pdf_of(name, style="red-head"):
    return build(
        (FOLDER / f"{name}.txt").read_bytes(), Options(style=style, tables="none"), name="r.txt"
    ).pdf


@cache
def layout_of(name, style="red-head"):
    return check_official_layout(pdf_of(name, style))


def unmet(layout):
    return [
        (item.clause, item.item, item.wanted, item.measured)
        for item in layout.items
        if not item.met
    ]


@pytest.mark.typeset
@pytest.mark.parametrize("name", CLAUSES)
def test_every_item_is_met(name):
    layout = layout_of(name)
    assert unmet(layout) == []
    assert {item.clause for item in layout.items} == set(CLAUSES[name].split())


@pytest.mark.typeset
@pytest.mark.parametrize(
    ("name", "form"),
    [("notice", "document"), ("letter", "letter"), ("decree", "decree"), ("minutes", "minutes")],
)
def test_the_form_is_seen(name, form):
    assert layout_of(name).form == form


def lines_of(page):
    """Return the baseline, the left and the right edge of each line in millimetres, with its words."""
    return [
        (
            line["spans"][0]["origin"][1] * MM,
            line["bbox"][0] * MM,
            line["bbox"][2] * MM,
            "".join(span["text"] for span in line["spans"]).strip(),
        )
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    ]


def baseline(page, words):
    (found,) = {round(line[0], 2) for line in lines_of(page) if line[3].startswith(words)}
    return found


def red_rows(page):
    """Return the upper and the lower edge of each band of red ink on a picture of the page, in millimetres."""
    scale = 8
    picture = page.get_pixmap(matrix=pymupdf.Matrix(scale * MM, scale * MM))
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.samples)
    red_channel, green, blue = image.split()
    mask = ImageChops.subtract(red_channel, ImageChops.lighter(green, blue))
    red = mask.point([255 * (value > 90) for value in range(256)]).getprojection()[1]
    edges = [y for y in range(1, len(red)) if red[y] != red[y - 1]]
    return [(a / scale, b / scale) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def black_rules(page):
    """Return the upper edge and the height of each horizontal frame or rule at the foot of a page."""
    found = set()
    for path in page.get_drawings():
        ys = sorted(
            {
                round(edge * MM, 2)
                for item in path["items"]
                if item[0] == "re"
                for edge in (item[1].y0, item[1].y1)
            }
        )
        if path["rect"].width * MM > 150:
            found.update(ys)
    return sorted(found)


EM = 15.75 * MM
LINE = 225 / 22


@pytest.mark.typeset
def test_a_notice_measured_by_another_library():
    """The figures of the check are those of MuPDF and of a picture of the page."""
    with pymupdf.open(stream=pdf_of("notice")) as document:
        first, second, third, fourth = document
        (mark_top, mark_bottom), (rule_top, rule_bottom) = red_rows(first)
        assert mark_top == pytest.approx(37 + 35, abs=0.3)
        number = baseline(first, "云政发")
        assert number - 0.88 * EM - mark_bottom == pytest.approx(3 * LINE - EM, abs=0.4)
        assert rule_top - (number + 0.12 * EM) == pytest.approx(4, abs=0.3)
        title = baseline(first, "云浦市人民政府关于")
        assert title - 0.88 * 22 * MM - rule_bottom == pytest.approx(3 * LINE - EM, abs=0.4)
        for line, words in enumerate(("000217", "机密", "特急")):
            assert baseline(first, words) == pytest.approx(
                37 + LINE * (line + 0.5) + 0.38 * EM, abs=0.4
            )
        (office,) = [line for line in lines_of(second) if line[3] == "云浦市人民政府"]
        (date,) = [line for line in lines_of(second) if line[3] == "2023年4月6日"]
        assert date[2] == pytest.approx(26 + 156 - 4 * EM, abs=0.5)
        assert (office[1] + office[2]) / 2 == pytest.approx((date[1] + date[2]) / 2, abs=0.5)
        assert baseline(third, "附件") == pytest.approx(37 + LINE / 2 + 0.38 * EM, abs=0.4)
        assert baseline(third, "云浦市城乡") == pytest.approx(
            37 + 2.5 * LINE + 0.38 * 22 * MM, abs=0.5
        )
        assert black_rules(fourth)[-1] == pytest.approx(262, abs=0.1)
        assert [page.get_text().count("抄送") for page in document] == [0, 0, 0, 1]


@pytest.mark.typeset
def test_a_letter_measured_by_another_library():
    with pymupdf.open(stream=pdf_of("letter")) as document:
        (page,) = document
        (mark_top, mark_bottom), *rules = red_rows(page)
        assert mark_top == pytest.approx(30, abs=0.3)
        assert rules[0][0] - mark_bottom == pytest.approx(4, abs=0.3)
        assert rules[-1][1] == pytest.approx(297 - 20, abs=0.2)
        number = baseline(page, "云水函")
        assert number - 0.88 * EM - rules[1][1] == pytest.approx(7 / 8 * EM, abs=0.5)
        assert "—" not in page.get_text()


@pytest.mark.typeset
def test_a_decree_measured_by_another_library():
    with pymupdf.open(stream=pdf_of("decree")) as document:
        (mark_top, mark_bottom), *_ = red_rows(document[0])
        assert mark_top == pytest.approx(37 + 20, abs=0.3)
        number = baseline(document[0], "第12号")
        assert number - 0.88 * EM - mark_bottom == pytest.approx(3 * LINE - EM, abs=0.4)


@pytest.mark.typeset
def test_a_blank_page_before_the_record_of_printing_has_no_number():
    with pymupdf.open(stream=pdf_of("survey")) as document:
        texts = [page.get_text() for page in document]
    assert ["—" in text for text in texts] == [True, True, False, False]
    assert texts[2].strip() == ""
    assert "抄送" in texts[3]


FAULTS = """
.red-head .office-mark { margin-top: 1mm; }
.red-head .document-number { margin-left: 3mm; }
.red-rule { margin-top: 1.2mm; }
.red-head + h1.title { position: relative; left: 2mm; }
p.addressee { margin-left: 1mm; }
.attachments { margin-left: 1mm; }
.signature > div { margin-right: 2mm; }
p.remark { margin-left: 2mm; }
.annex-label { margin-left: 2mm; font-family: var(--kai); }
.imprint { border-bottom-width: 0.6mm; transform: translateY(-1mm); }
.imprint .copies-to { margin-left: 2mm; }
.masthead .secrecy { font-family: var(--fangsong); }
@page :left { @bottom-left { padding-top: 5mm; } }
"""
SEEN = (
    "发文机关标志: upper edge", "发文字号: centred", "red rule: below 发文字号", "title: row 1 centred",
    "主送机关: row 1, left edge", "附件说明: two characters in", "成文日期: four characters from the right",
    "附注: two characters in", "附件1: left edge", "附件1: face", "版记: height of the last rule", "抄送：市委各: one character in",
    "版记: last rule on the edge of the type area", "密级和保密期限: face", "page number: dash below the type area",
)  # fmt: skip


@pytest.mark.typeset
def test_each_fault_is_seen(tmp_path):
    """A style that sets every element a little wrong fails the item of each."""
    style = tmp_path / "faulty"
    style.mkdir()
    (style / "style.toml").write_text('extends = "red-head"\n', encoding="utf-8")
    (style / "style.css").write_text(FAULTS, encoding="utf-8")
    failed = {item for _, item, _, _ in unmet(layout_of("notice", str(style)))}
    assert set(SEEN) - failed == set()


@pytest.mark.typeset
def test_documents_without_seals_have_a_style(tmp_path):
    style = tmp_path / "unsealed"
    style.mkdir()
    (style / "style.toml").write_text(
        'extends = "red-head"\nsignature = "unsealed"\n', encoding="utf-8"
    )
    layout = layout_of("request", str(style))
    assert unmet(layout) == []
    assert "7.3.5.2" in {item.clause for item in layout.items}


@pytest.mark.typeset
def test_a_document_without_a_head_is_refused_clause_by_clause():
    layout = layout_of("circular", "gongwen")
    assert ("7.2.4", "发文机关标志", "red", "none") in unmet(layout)
    assert not layout.passed


@pytest.mark.typeset
def test_addressees_that_leave_no_room_for_the_text_are_seen():
    failed = {(clause, item) for clause, item, _, _ in unmet(layout_of("addressees"))}
    assert failed == {("7.3.3", "text on the first page")}


def test_what_is_not_a_pdf_is_an_error():
    from publisher.verify.gb9704 import check_official_layout as check

    with pytest.raises(UnsupportedFormatError):
        check(b"no PDF")


@pytest.mark.typeset
def test_the_command_names_what_is_not_met(tmp_path, capsys):
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(pdf_of("circular"))
    bad.write_bytes(pdf_of("circular", "gongwen"))
    code = main(["check", "--gb9704", str(good), str(bad)])
    assert code == publisher.VerificationError.exit_code
    printed = capsys.readouterr().out
    assert f"{good}: document, 2 pages: 45 items of GB/T 9704-2012, 0 not met" in printed
    assert "7.2.4, page 1: 发文机关标志: wanted red, measured none: NOT MET" in printed
