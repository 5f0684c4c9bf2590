"""The places of a head and of a signature follow GB/T 9704-2012; the lines stay in the order of the source."""

import re

import pytest

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.official_form import document_form
from publisher.render.red_head import TypeArea, red_head
from publisher.render.signature import CENTRED, SEALED, UNSEALED, place_signature
from publisher.render.styles import load_style
from publisher.text.edits import locate

BODY = "各县人民政府：\n请认真贯彻执行。\n云浦市水务局\n2023年5月4日\n"
GRID = TypeArea(width=156.0, pitch=10.227, character=5.556)
TITLE = "云浦市水务局关于加强防汛工作的通知"


def report_of(text):
    source, _ = read_bytes(text.encode(), name="r.txt")
    return parse(normalise(source).source, overrides=MetadataOverrides()).report


def head_of(text):
    return red_head(report_of(text), GRID)


def tops(head):
    return [
        (line.role, float(re.search(r"top: (-?[\d.]+)mm", line.style)[1]))
        for line in (*head.above, *head.below)
        if line.style
    ]


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (f"云浦市水务局文件\n云水发〔2023〕4号\n{TITLE}", "document"),
        ("云浦市水务局文件\n云水函〔2023〕4号\n云浦市水务局关于商请支持的函", "document"),
        ("云浦市水务局\n云水函〔2023〕4号\n云浦市水务局关于商请支持的函", "letter"),
        ("云浦市水务局\n云水函〔2023〕4号\n云浦市水务局关于同意延期的复函", "letter"),
        ("云浦市人民政府令\n第12号", "decree"),
        ("云浦市绿化条例", "document"),
        ("云浦市人民政府常务会议纪要", "minutes"),
        ("雲浦市人民政府常務會議紀要", "minutes"),
        ("雲浦市水務局關於印發防汛會議紀要的通知", "document"),
        ("云浦市水务局关于印发防汛会议纪要的通知", "document"),
    ],
)
def test_the_form_follows_from_mark_title_and_number(head, form):
    assert document_form(report_of(f"{head}\n{BODY}")) == form


def test_lines_keep_their_order_and_have_the_places_of_the_standard():
    """The source has 紧急程度 before 份号; on the page 份号 is in the first line."""
    head = head_of(f"特急\n000031\n云浦市水务局文件\n云水发〔2023〕4号\n{TITLE}\n{BODY}")
    assert [line.text.string for line in head.above] == [
        "特急", "000031", "云浦市水务局文件", "云水发〔2023〕4号",
    ]  # fmt: skip
    places = dict(tops(head))
    assert places["copy-number"] == 0
    assert places["urgency"] == pytest.approx(GRID.pitch, abs=0.01)
    number_end = places["document-number"] + (GRID.pitch + GRID.character) / 2
    rule = float(re.search(r"top: ([\d.]+)mm", head.rules[0])[1])
    assert rule - number_end == pytest.approx(4, abs=0.01)


@pytest.mark.parametrize("title_rows", [1, 2, 3])
@pytest.mark.parametrize("names", [1, 2, 4])
def test_the_text_is_on_the_grid(title_rows, names):
    offices = "\n".join(f"云浦市{name}局" for name in ("财政", "水务", "教育", "文旅")[:names])
    head = head_of(f"{offices}文件\n云水发〔2023〕4号\n{TITLE}\n{BODY}")
    above, below = (float(value) for value in re.findall(r": (-?[\d.]+)mm", head.title))
    lines = (head.height + above + title_rows * GRID.pitch + below) / GRID.pitch
    assert lines == pytest.approx(round(lines), abs=0.01)


@pytest.mark.parametrize(
    ("head", "is_mark"),
    [
        ("雲浦市政府水務局　函\n發文字號：雲水字第1120000012號", True),
        ("雲浦市政府水務局　公告\n發文字號：雲水字第1120000012號", True),
        ("云浦市水务局公告\n2023年第4号", True),
        ("云浦市水务局关于停水的公告", False),
        ("云浦市水务局会议通知", False),
    ],
)
def test_an_office_with_the_kind_of_its_document_is_the_mark_itself(head, is_mark):
    """The office is not printed a second time above it; the text below is on the grid."""
    report = report_of(f"{head}\n{BODY.replace('云浦', head[:2])}")
    composed = red_head(report, GRID)
    assert composed.title_is_mark is is_mark
    assert any(line.words for line in composed.above) is not is_mark
    if is_mark:
        lines = composed.height / GRID.pitch
        assert lines == pytest.approx(round(lines), abs=0.01)
        width, em = (
            float(re.search(rf"{name}: ([\d.]+)mm", composed.title)[1])
            for name in ("width", "font-size")
        )
        characters = len("".join(text.string for text in report.title))  # with the gap
        assert width == pytest.approx(characters * em, abs=0.1)
        scale = re.search(r"scaleX\(([\d.]+)\)", composed.title)
        assert width * float(scale[1] if scale else 1) <= GRID.width + 0.1


def test_names_of_several_offices_are_above_one_another_with_the_word_at_their_right():
    head = head_of(f"云浦市财政局\n云浦市水务局文件\n云财发〔2023〕4号\n{TITLE}\n{BODY}")
    words = [line.text.string for line in head.above]
    assert words[:3] == ["云浦市财政局", "云浦市水务局", "文件"]
    (_, first), (_, second), (_, word) = tops(head)[:3]
    assert first < word < second


def test_signers_are_two_in_a_row_and_the_last_row_is_beside_the_number():
    head = head_of(
        f"云浦市水务局文件\n云水发〔2023〕4号　　签发人：林望舒　何清　周立\n{TITLE}\n{BODY}"
    )
    signers = [
        (line.text.string, top)
        for line, (_, top) in zip(head.above[1:], tops(head)[1:], strict=True)
    ]
    names = dict(signers)
    assert names["林望舒"] == names["何清"] == pytest.approx(names["周立"] - GRID.pitch, abs=0.01)
    assert names["周立"] == names["云水发〔2023〕4号"]


def test_a_mark_between_signers_is_not_lost():
    head = head_of(f"云浦市水务局文件\n云水发〔2023〕4号　　签发人：林望舒、何清\n{TITLE}\n{BODY}")
    words = "".join(line.text.string for line in head.above)
    assert "签发人：林望舒、何清" in words


def test_nothing_is_invented():
    assert head_of("关于加强防汛工作的通知\n请认真执行。\n") is None
    head = head_of(f"云浦市水务局\n云水函〔2023〕4号\n云浦市水务局关于商请支持的函\n{BODY}")
    assert all(line.text and not line.words for line in head.above)


def texts(*lines):
    return [locate(line) for line in lines]


def test_an_office_is_centred_over_a_date_four_characters_from_the_right():
    signature = place_signature(texts("云浦市水务局", "2023年5月4日"), SEALED)
    (box,) = signature.boxes
    assert box.right == 4
    assert [line.style == "" for line in box.lines] == [False, True]


def test_offices_with_seals_are_two_in_a_row():
    signature = place_signature(
        texts("云浦市财政局", "云浦市水务局", "云浦市教育局", "2023年5月4日"), SEALED
    )
    heights = [re.search(r"calc\((-?\d+)", line.style)[1] for line in signature.boxes[0].lines[:3]]
    assert heights == ["-6", "-6", "-1"]


def test_a_post_and_a_name_leave_room_for_a_stamp():
    signature = place_signature(texts("市长　　林望舒", "2023年5月4日"), SEALED)
    assert [line.text.string for box in signature.boxes for line in box.lines] == [
        "市长", "林望舒", "2023年5月4日",
    ]  # fmt: skip
    assert signature.boxes[1].top - signature.boxes[0].top == 2


@pytest.mark.parametrize(
    ("office", "anchor"), [("云浦市人民政府办公室", 0), ("水务局", 1)], ids=["long", "short"]
)
def test_without_a_seal_the_wider_line_is_two_characters_from_the_right(office, anchor):
    (box,) = place_signature(texts(office, "2023年5月4日"), UNSEALED).boxes
    assert box.right == 2
    assert box.lines[anchor].style == ""


@pytest.mark.parametrize("lines", [("云浦市水务局",), ("2023年5月4日", "云浦市水务局"), ()])
def test_other_signatures_are_centred(lines):
    assert place_signature(texts(*lines), SEALED) is None
    assert place_signature(texts("云浦市水务局", "2023年5月4日"), CENTRED) is None


def test_the_record_of_printing_above_the_annexes_stays_there_in_the_text():
    """It is set at the end, but read where the source has it."""
    report = report_of(
        f"{TITLE}\n{BODY}抄送：市财政局。\n云浦市水务局办公室　2023年5月5日印发\n附件1\n物资清单\n沙袋300个。\n"
    )
    page = render(report, load_style("red-head"), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
    assert page.html.index("抄送") < page.html.index("附件1")
    assert 'class="imprint-place" data-before="' in page.html
