"""Each paragraph and heading is marked with its language, and the page's own words are in that of the report."""

import re

from publisher.options import Options
from publisher.pipeline.prepared_report import prepare_report
from publisher.readers import read_bytes
from publisher.render.labels import labels_for

BILINGUAL = (
    "云浦新区2023年度报告\n一、概述\nI. Overview of the Zone\n新区经济平稳增长，收入增长5%。\n"
    "The economy of the zone grew steadily, and revenue rose by 5 per cent.\n二、展望\nII. Outlook for the Year\n"
    "新区将继续扩大开放，优化服务。\n"
)
ENGLISH = (
    "Annual Report of the Yunpu Water Authority\n30 January 2024\n\nI. Overview\nThe Authority supplied 12 million tonnes of water "
    "to the county (云浦县) in 2023, and the share of losses fell to 9 per cent.\n\nII. Outlook\nIt will replace the pipes of the old town.\n"
)


def page_of(text, **options):
    raw, edits = read_bytes(text.encode(), name="r.txt")
    return prepare_report(raw, edits, Options(tables="none", **options), where="").page.html


def test_english_paragraphs_of_a_chinese_report():
    page = page_of(BILINGUAL)
    assert '<html lang="zh-Hans">' in page
    assert len(re.findall('<(?:p|h2)[^>]* lang="en"', page)) == 3
    assert not re.search('<p[^>]* lang="en"[^>]*>新区', page)


def test_an_english_report():
    page = page_of(ENGLISH, style="reader")
    assert '<html lang="en">' in page
    assert '<span lang="zh">云浦县</span>' in page
    assert "Contents" in page
    assert "目录" not in page


def test_english_words_of_a_chinese_paragraph_in_an_english_report():
    chinese = "采用International Organization for Standardization的标准"
    page = page_of(
        ENGLISH.replace("\n\nII.", f"\n\n{chinese}共计十二项，自二〇二四年起施行。\n\nII.")
    )
    assert '<span lang="en">International Organization for Standardization</span>' in page


def test_every_language_has_the_same_labels():
    assert (
        labels_for("en").keys() == labels_for("zh-Hans").keys() == labels_for("zh-Hant-HK").keys()
    )
