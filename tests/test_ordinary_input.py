"""Ordinary reports with something unusual in them are published, with a warning where a person should look."""

import base64
import os

import pytest

from publisher.errors import LimitError
from publisher.model import Text
from publisher.normalise import normalise
from publisher.options import Options
from publisher.pipeline import prepare_report, run_pipeline
from publisher.readers import read_bytes
from publisher.render.inline_markup import InlineMarkup
from tests.readers.word import (
    docx,
    drawing,
    p,
    png,
    r,
)
from tests.work import counted_calls

TITLE = "云溪县2021年政府信息公开工作年度报告"
END = "云溪县办公室\n2022年1月15日\n"
CASES = {
    "form-feed.txt": f"{TITLE}\n一、概况\n公开12条。\n\f指标\t本年\t上年\n公开\t12\t11\n{END}",
    "separator.txt": f"{TITLE}\n一、概况\n指标\t本年\u2028公开\t12\u2028申请\t3\n{END}",
    "next-line.txt": f"{TITLE}\x85一、概况\x85公开12条。\x85\x85甲\t乙\x85丙\t1\x85{END}",
    "item.html": f"<h1>{TITLE}</h1><ol><li><img src='a.gif' alt=''>甲项</li><li><p><img src=b.png alt=图></p>"
    "<p>乙项</p></li></ol>",
    "heading.txt": f"{TITLE}\n一、概\ufffd况\n公开12条。\n{END}",
    "fence.md": f"# {TITLE}\n\n一、概况\n\n```\n甲 1\n\u3000\n乙 2\n```\n",
    "notes.md": f"# {TITLE}\n\n一、概况\n\nThe report was written in English by the office of the county[^1].\n\n"
    "公开12条[^2]。\n\n[^1]: 注甲见法。\n[^2]: See the annual report of the office, which was written in English.\n",
    "blank.md": "```\n\u3000\n计\n```\n",
    "title.html": f"<h1>{'关于加强公开' * 50}</h1><p>一、概况</p><p>公开12条。</p>",
    "tibetan.txt": f"{TITLE}\n一、概况\n藏文版（བོད་ཡིག）更新12条。\n{END}",
    "uyghur.txt": f"{TITLE}\n一、概况\n维吾尔文版（ئۇيغۇرچە نەشرى）更新12条。\n{END}",
    "rare.txt": f"{TITLE}\n一、概况\n字\U0002c1d912件。\n{END}",
    "words.html": f"<h1>{TITLE}</h1><p>比<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>为半</p>"
    "<svg width=40 height=20><text x=1 y=9>图中字</text></svg>",
    "spaced.txt": f"{TITLE}\n一、概况\n甲\t乙\t\n\n丙\t1\t\n\n丁\t2\t\n{END}",
}


@pytest.mark.parametrize("style", ["reader", "gongwen"])
@pytest.mark.parametrize("name", CASES)
def test_a_report_with_something_unusual_is_published(name, style):
    result = run_pipeline(CASES[name].encode(), Options(style=style), name=name)
    assert result.pdf.startswith(b"%PDF")


def test_a_default_name_of_a_picture_gives_way_to_its_caption():
    source = base64.b64encode(png(80, 60)).decode()
    page = (
        f"<h1>{TITLE}</h1><p>正文。</p><img src='data:image/png;base64,{source}' alt='图片1'>{{}}"
    )
    without = run_pipeline(page.format("").encode(), Options(), name="r.html")
    assert any("no description" in finding.message for finding in without.findings)
    caption = page.format("<p>图1：云溪桥</p>").encode()
    source_text, edits = read_bytes(caption, name="r.html")
    prepared = prepare_report(source_text, edits, Options(), where="")
    assert 'alt="图1：云溪桥"' in prepared.page.html
    assert not any("no description" in finding.message for finding in prepared.findings)


def test_the_default_name_that_word_gives_a_picture_is_no_description():
    data = docx(
        p(TITLE, style="Title"),
        p(r(drawing(alt="图片1", width=40, height=30))),
        links=(("rId9", "image", "media/a.png"),),
        more={"word/media/a.png": png(80, 60)},
    )
    result = run_pipeline(data, Options(), name="r.docx")
    assert any("no description" in finding.message for finding in result.findings)


def test_a_heading_whose_number_word_prints_has_one_anchor():
    text = Text(string="（一）近三年", starts=[5, 5, 5, 5, 6, 7], ends=[6, 6, 6, 6, 7, 8])
    clauses = InlineMarkup(offsets=frozenset({5, 7}))
    assert clauses.heading_markup(text) == '（一）近三<span id="s7"></span>年'


PUBLISHED_CASES = (
    "alt-docx-tupian1.docx",
    "alt-tupian.html",
    "astral-beside-figure.txt",
    "dd-md-1001.md",
    "ff-before-table.txt",
    "fffd-heading.txt",
    "mathml-svg.html",
    "md-fence-blank.md",
    "md-softwrap.md",
    "ol-li-img.html",
    "table-double-spaced.txt",
    "table-trailing-space.txt",
    "tibetan.txt",
    "title-300.html",
    "u2028-table.txt",
    "uyghur.txt",
)


@pytest.mark.parametrize("style", ["reader", "book", "large-print"])
def test_a_title_of_many_hundred_characters_leaves_room_at_the_head_of_pages(style):
    source = f"<h1>{'云溪县加强公开' * 100}</h1><p>一、概况</p>{'<p>公开12条。</p>' * 40}"
    assert run_pipeline(source.encode(), Options(style=style), name="r.html").pages > 2


@pytest.mark.shared
@pytest.mark.parametrize("name", PUBLISHED_CASES)
def test_the_shared_cases_are_published(shared, name):
    data = (shared / "cases" / "robust" / name).read_bytes()
    assert run_pipeline(data, Options(style="reader"), name=name).pdf


@pytest.mark.shared
def test_the_shared_report_of_headings_is_refused_with_its_limit(shared):
    data = (shared / "cases" / "robust" / "headings-20000.txt").read_bytes()
    with pytest.raises(LimitError, match="headings"):
        run_pipeline(data, Options(), name="headings-20000.txt")


@pytest.mark.skipif("PUBLISHER_FULL" not in os.environ, reason="takes minutes; PUBLISHER_FULL=1")
def test_as_many_headings_as_the_limit_allows_are_published():
    headings = "".join(f"（一）工作情况{number}\n" for number in range(9_990))
    assert run_pipeline(f"{TITLE}\n{headings}".encode(), Options(), name="r.txt").pages > 400


def test_more_headings_than_a_validator_follows_are_refused_with_their_limit():
    headings = "".join(f"（一）工作情况{number}\n" for number in range(10_001))
    source, edits = read_bytes(f"{TITLE}\n{headings}".encode(), name="r.txt")
    with pytest.raises(LimitError, match="10,001 headings") as caught:
        prepare_report(source, edits, Options(), where="r.txt")
    assert "split the report" in caught.value.hint


@pytest.mark.parametrize("name", ["r.txt", "r.md", "r.html"])
@pytest.mark.parametrize("space", [" ", "\u3000", "\t"])
def test_a_longer_run_of_spaces_takes_work_in_proportion(name, space):
    calls = []
    for length in (50_000, 100_000):
        text = f"{TITLE}\n一、概况\n甲{space * length}乙公开12条。\n{END}"
        with counted_calls() as work:
            normalise(read_bytes(text.encode(), name=name)[0])
        calls.append(work.calls)
    assert calls[1] < 2.2 * calls[0]
