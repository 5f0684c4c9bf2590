"""The back of a title page says what the record knows, and nothing else."""

import pytest

from publisher.normalise import normalise
from publisher.options import ROLES, Options
from publisher.parse import MetadataOverrides, parse
from publisher.pdf.document import read_pdf
from publisher.pipeline import run_pipeline
from publisher.readers import read_bytes
from publisher.render import PageOptions, render
from publisher.render.labels import labels_for
from publisher.render.publication_data import TextHistory, publication_data
from publisher.render.styles import load_style

SOURCE = """云港市人民政府关于2020年信息公开工作情况的报告

云港政发〔2021〕8号

一、概况

受理申请30件，全部办结。

二、问题

人手不足，进度不快。

云港市人民政府

2021年1月20日
"""


def report_of(text):
    source, _ = read_bytes(text.encode(), name="r.txt")
    return parse(normalise(source).source, overrides=MetadataOverrides()).report


def data_of(text=SOURCE, history=TextHistory(), *, has_appendix=False):  # noqa: B008 - frozen
    return publication_data(
        report_of(text), history, labels_for("zh-Hans"), str, has_appendix=has_appendix
    )


def test_the_rows_are_what_the_report_says():
    assert dict(data_of().rows) == {
        "题名": "云港市人民政府关于2020年信息公开工作情况的报告",
        "发布机关": "云港市人民政府",
        "文号": "云港政发〔2021〕8号",
        "发布日期": "2021-01-20",
        "报告期": "2020",
    }


def test_what_is_not_known_has_no_row():
    assert [
        label for label, _ in data_of("工作情况\n\n一、概况\n\n受理申请，全部办结。\n").rows
    ] == ["题名"]


def test_remarks_tell_only_what_was_done():
    assert len(data_of().remarks) == 2
    assert "正文2部分" in data_of().remarks[1]
    remarks = data_of(history=TextHistory(edits=7, is_converted=True), has_appendix=True).remarks
    assert len(remarks) == 5
    assert "共7处" in remarks[3]


def test_a_title_in_the_title_is_in_inner_marks():
    remark = data_of(
        SOURCE.replace("关于2020年信息公开工作情况", "关于印发《云港市规划》")
    ).remarks[0]
    assert "《云港市人民政府关于印发〈云港市规划〉的报告》" in remark


def test_all_languages_have_the_same_words():
    words = [set(labels_for(language)) for language in ("zh-Hans", "zh-Hant", "en")]
    assert words[0] == words[1] == words[2]


def test_only_a_book_with_contents_has_the_page():
    families = dict.fromkeys(ROLES, ("Noto Serif CJK SC",))
    notice = report_of(
        "关于放假的通知\n\n各科室：\n\n元旦放假一天，请做好值班安排。\n\n云港市政府办公室\n\n2021年12月28日\n"
    )
    for style, report, expected in (
        ("book", report_of(SOURCE), True),
        ("book", notice, False),
        ("reader", report_of(SOURCE), False),
    ):
        page = render(report, load_style(style), families, options=PageOptions())
        assert ('class="publication-data"' in page.html) is expected


@pytest.fixture(scope="module")
def book():
    return run_pipeline(SOURCE.encode(), Options(style="book"), name="r.txt")


@pytest.mark.typeset
def test_the_pages_of_a_book_are_in_their_order_and_on_their_sides(book):
    pdf = read_pdf(book.pdf)
    texts = ["".join(run.text for run in page.runs) for page in pdf.pages]
    first = {
        words: next(number for number, text in enumerate(texts, 1) if words in text)
        for words in ("简要说明", "目录", "受理申请30件")
    }
    assert first == {"简要说明": 4, "目录": 5, "受理申请30件": 7}
    assert texts[1] == texts[5] == ""
    assert "云港政发〔2021〕8号" in texts[3]
    assert [page.label for page in pdf.pages][6] == "1"
