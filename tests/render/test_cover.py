"""The cover of the style reader: what the report prints there is not added a second time."""

import pytest

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.styles import load_style

BODY = "一、概况\n2023年受理申请30件，全部办结。\n"


def page_of(head):
    source, _ = read_bytes(f"{head}\n{BODY}".encode(), name="r.txt")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    return render(report, load_style("reader"), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))


def additions(head):
    return "".join(piece.text for piece in page_of(head).pieces if piece.generated)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("云港市统计公报\n云港市统计局\n2024年4月2日", ["云港市统计局", "2024年4月2日"]),
        ("政府工作报告\n——2016年2月19日在云港区人民代表大会上\n云港区人民政府区长　王一", ["云港区人民政府"]),
    ],
)  # fmt: skip
def test_printed_lines_are_not_repeated(head, words):
    assert not any(word in additions(head) for word in words)


def test_what_the_head_does_not_print_is_added():
    assert "云港市人民政府" in additions("云港市人民政府2023年工作报告")


def test_an_office_that_is_added_is_above_the_date():
    html = page_of("云港市人民政府常务会议纪要\n2024年4月2日").html
    assert (
        html.index('class="issuer"') < html.index('class="date"') < html.index('class="contents"')
    )


def test_a_month_is_printed_as_a_month():
    source, _ = read_bytes(
        f"云港市2023年白皮书\n云港市统计局\n2024年4月\n{BODY}".encode(), name="r.txt"
    )
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    assert report.metadata.date == "2024-04"


def red_head(head, body=BODY):
    """Return the page in the style red-head, and the words that the style adds to it."""
    source, _ = read_bytes(f"{head}\n{body}".encode(), name="r.txt")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    page = render(report, load_style("red-head"), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
    return page.html, "".join(piece.text for piece in page.pieces if piece.generated)


def test_the_red_head_is_not_added_to_a_printed_one():
    title = "云港市人民政府关于做好绿化工作的通知"
    assert "云港市人民政府文件" in red_head(title)[1]
    assert "文件" not in red_head(f"云港市人民政府文件\n云政发〔2024〕3号\n{title}")[1]


def test_a_letter_has_the_name_of_its_office_as_red_head():
    title = "云港市水务局关于河道清淤意见的复函\n云港新区管理委员会："
    assert red_head(title)[1] == "云港市水务局"
    html, added = red_head(f"云港市水务局\n云水函〔2024〕3号\n{title}")
    assert added == ""
    assert html.count(">云港市水务局</p>") == 1
    assert '<body class="form-letter kind-letter">' in html


def test_the_title_of_a_decree_is_its_red_head():
    html, added = red_head("云港市人民政府令\n第37号", "《云港市绿化条例》已经通过，现予公布。\n")
    assert added == ""
    assert '<body class="form-decree kind-decree">' in html
    assert '<h1 id="title" class="title office-mark placed"' in html


def test_words_of_an_english_title_are_apart_on_the_page():
    source, _ = read_bytes(
        b"Annual Report of the Bureau of Ecology and Environment\n"
        b"on Open Government Information, 2023\nJanuary 26, 2024\n1. Overview\nAll is well.\n",
        name="r.txt",
    )
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    page = render(report, load_style("red-head"), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
    heading = page.html[page.html.index("<h1") : page.html.index("</h1>")]
    assert "Environmenton" not in heading.replace("<br>", "|")
    assert "文件" not in page.html


def test_fields_below_a_title_are_a_list():
    fields = "受文者：本縣各鄉鎮市公所\n發文日期：中華民國113年7月22日\n發文字號：府工品字第1130078451號\n速別：普通件\n"
    html, _ = red_head(f"瀾海縣政府　函\n{fields}附件：成果表1份\n主旨：檢送查核成果，請查照。")
    assert '<div class="fields"><p class="addressee"' in html
    html, _ = red_head("云港市统计公报\n云港市统计局\n2024年4月2日")
    assert 'class="fields"' not in html


def test_the_mark_of_a_note_in_a_title_is_a_reference():
    notes = "一、概况\n全市总产值612.4亿元，增长5.6%[2]。\n注释：\n[1]本公报数据为初步统计数。\n[2]按不变价格计算。\n"
    html, _ = red_head("云港市2023年统计公报[1]", notes)
    heading = html[html.index("<h1") : html.index("</h1>")]
    assert '<a class="reference" id="r' in heading
    assert 'title="注释1">[1]</a>' in heading
    assert 'data-label="云港市2023年统计公报"' in heading
