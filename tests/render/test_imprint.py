"""The record of printing (版记) is at the foot of the last page, between rules (GB/T 9704-2012, 7.4)."""

import pymupdf
import pytest

from publisher import publish
from publisher.model import PartLine
from publisher.options import Options
from publisher.render.imprint import imprint_rows
from publisher.text.edits import locate

NOTICE = (
    "云浦县人民政府关于加强防汛工作的通知\n各乡镇人民政府：\n{}\n云浦县人民政府\n2023年6月1日\n"
    "抄送：县委各部门，县人大常委会办公室，县政协办公室，县监察委员会，县人民法院，县人民检察院。\n"
    "云浦县人民政府办公室　2023年6月2日印发\n"
)
POINT, MILLIMETRE = 14, 72 / 25.4
TYPE_AREA_BOTTOM = (37 + 225) * MILLIMETRE


def rows_of(*lines):
    parts = [PartLine(role=role, text=locate(words)) for role, words in lines]
    return [
        (row.text.string, row.printed_on and row.printed_on.string, row.hanging)
        for row in imprint_rows(parts)
    ]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (
            ["云浦县人民政府办公室　2023年6月2日印发"],
            [("云浦县人民政府办公室", "2023年6月2日印发")],
        ),
        (
            ["云浦县人民政府办公室", "2023年6月2日印发"],
            [("云浦县人民政府办公室", "2023年6月2日印发")],
        ),
        (
            ["印发机关：县府办 印发日期：2023年6月2日"],
            [("印发机关：县府办", "印发日期：2023年6月2日")],
        ),
        (["云浦县人民政府办公室"], [("云浦县人民政府办公室", None)]),
        (["2023年6月2日印发"], [("2023年6月2日印发", None)]),
        (["二〇二三年六月二日印发"], [("二〇二三年六月二日印发", None)]),
        (["县府办2023年印发的文件"], [("县府办2023年印发的文件", None)]),
    ],
)
def test_the_office_and_the_day_are_one_row(lines, rows):
    found = rows_of(*(("printed-by", line) for line in lines))
    assert [(office.strip(), day) for office, day, _ in found] == rows


def test_copies_continue_below_the_first_word_after_their_label():
    rows = rows_of(("copies-to", "抄送：县委各部门。"), ("printed-by", "县府办　2023年6月2日印发"))
    assert [row[2] for row in rows] == [3, 0]


def lines_and_rules(pdf):
    """Return for each page its lines (left, top, right, words) and the edges of its horizontal rules."""
    pages = []
    for page in pymupdf.open(pdf):
        lines = [
            (*line["bbox"][:3], "".join(span["text"] for span in line["spans"]).strip())
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
        ]
        drawn = [item for path in page.get_drawings() for item in path["items"]]
        frames = [item[1] for item in drawn if item[0] == "re" and item[1].width > 400]
        pages.append((lines, sorted(edge for frame in frames for edge in (frame.y0, frame.y1))))
    return pages


def build(tmp_path, body_lines, style, notice=NOTICE):
    source = tmp_path / "r.txt"
    source.write_text(notice.format("全年公开信息。\n" * body_lines), encoding="utf-8")
    options = Options(output=tmp_path, tables="none", style=style)
    return lines_and_rules(publish(source, options).pdf)


def line_of(lines, words):
    (line,) = [line for line in lines if words in line[3]]
    return line


def assert_is_at_the_foot(page):
    lines, rules = page
    copies, further, office, day = (
        line_of(lines, words) for words in ("抄送：", "民检察院。", "政府办公室", "2日印发")
    )
    right = max(line[2] for line in lines)
    left = copies[0] - POINT
    assert office[0] == pytest.approx(copies[0], abs=1)
    assert further[0] == pytest.approx(copies[0] + 3 * POINT, abs=1)
    assert copies[1] < further[1] < office[1] == pytest.approx(day[1], abs=1)
    assert day[2] == pytest.approx(left + 156 * MILLIMETRE - POINT, abs=2)
    assert right <= day[2] + POINT + 1
    assert rules[-1] == pytest.approx(TYPE_AREA_BOTTOM, abs=0.5)
    assert any(further[1] < rule < office[1] for rule in rules)
    assert min(rules) < copies[1]


@pytest.mark.typeset
def test_it_is_at_the_foot_of_the_last_page(tmp_path):
    (page,) = build(tmp_path, 3, "gongwen")
    assert_is_at_the_foot(page)


@pytest.mark.typeset
@pytest.mark.parametrize(
    ("body_lines", "pages"),
    [(3, 2), (34, 4)],
    ids=["the text ends on the front", "there is no room on the back"],
)
def test_a_red_head_has_it_on_the_back_of_the_last_sheet(tmp_path, body_lines, pages):
    built = build(tmp_path, body_lines, "red-head")
    assert len(built) == pages
    assert_is_at_the_foot(built[-1])
    assert not [line for page in built[:-1] for line in page[0] if "抄送" in line[3]]


@pytest.mark.typeset
def test_one_that_is_longer_than_a_page_follows_the_text(tmp_path):
    copies = f"抄送：{'，'.join(f'第{number}办公室' for number in range(30))}。\n" * 9
    built = build(tmp_path, 3, "red-head", NOTICE.replace("抄送", f"{copies}抄送", 1))
    words = "".join(line[3] for page in built for line in page[0])
    assert words.count("第29办公室") == 9
    assert len([line for page in built for line in page[0] if "2日印发" in line[3]]) == 1


@pytest.mark.parametrize("lines", [1, 12, 13, 14])
def test_the_lines_of_originals_and_copies_are_on_one_page(tmp_path, lines):
    text = "\n".join(["二、請查照辦理。"] * lines)
    source = tmp_path / "r.txt"
    source.write_text(
        f"雲浦市政府水務局　函\n受文者：雲浦市政府環境局\n主旨：請提供資料，請查照。\n說明：\n{text}\n"
        "正本：雲浦市政府環境局\n副本：本局企劃科\n",
        encoding="utf-8",
    )
    with pymupdf.open(publish(source, Options(output=tmp_path)).pdf) as document:
        places = {
            label: [(page.number, box.y0) for page in document for box in page.search_for(label)]
            for label in ("正本：", "副本：")
        }
    ((page, original),), ((other, copy),) = places.values()
    assert page == other
    assert 0 < copy - original < 3 * POINT
