"""The language of a text: English or Chinese, its script, and the region that the source declares."""

import io
import zipfile

import pytest

from publisher.conversion import convert
from publisher.conversion.findings import conversion_findings
from publisher.conversion.script import declared_language, detect_script
from publisher.normalise import normalise
from publisher.options import ConversionOptions
from publisher.readers import read_bytes
from publisher.text.language import is_english_line, is_english_text

ENGLISH = (
    "Annual Report of the Yunpu Water Authority\n\nI. Overview\nThe Authority supplied 12 million tonnes of water to the "
    "county in 2023, and the share of losses fell to 9 per cent.\n"
)
TRADITIONAL = "雲浦縣政府年報\n一、概況\n本縣全年供水1200萬噸，較上年增加3%，漏損率繼續下降。\n"


def language_of(text, name="report.txt", script="keep"):
    source, _ = read_bytes(text.encode(), name=name)
    converted, edits, conversion = convert(
        normalise(source).source, ConversionOptions(script=script)
    )
    return converted.language, edits, conversion


def page(language, text):
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f'<html lang="{language}"><head><title>年報</title></head><body>{lines}</body></html>'


def test_an_english_report_is_english():
    assert language_of(ENGLISH)[0] == "en"


def test_conversion_leaves_english_alone():
    language, edits, conversion = language_of(ENGLISH, script="zh-Hant-TW")
    assert (language, edits) == ("en", ())
    assert [item.clause for item in conversion_findings(conversion, "zh-Hant-TW")] == ["script"]


def test_a_chinese_report_with_english_paragraphs_is_chinese():
    assert (
        language_of(TRADITIONAL + "The Authority supplied 12 million tonnes of water.\n")[0]
        == "zh-Hant"
    )


@pytest.mark.parametrize(
    ("declared", "language"),
    [
        ("zh-HK", "zh-Hant-HK"),
        ("zh-TW", "zh-Hant-TW"),
        ("zh_TW", "zh-Hant-TW"),
        ("zh-Hant-HK", "zh-Hant-HK"),
        ("zh-CN", "zh-Hant"),
        ("en", "zh-Hant"),
    ],
)
def test_the_region_of_a_page_is_that_of_its_metadata(declared, language):
    assert language_of(page(declared, TRADITIONAL), "report.html")[0] == language


def test_the_region_of_a_simplified_page():
    assert declared_language("zh-Hans", "zh-CN") == "zh-Hans-CN"
    assert declared_language("zh-Hans", "zh-HK") == "zh-Hans"
    assert declared_language("zh-Hans", "") == "zh-Hans"


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("Proactive Disclosure", True),
        ("The county grew.", True),
        ("II. Outlook of the Zone", True),
        ("Zhang Wei", False),
        ("Beijing Ribao", False),
        ("GDP", False),
        ("GDP增长 by 3%", False),
        ("https://www.example.com/the/action of", False),
        ("", False),
    ],
)
def test_lines_in_english(line, english):
    assert is_english_line(line) is english


def test_short_texts_without_chinese_are_not_english():
    assert not is_english_text("GDP 12 CPI 3")
    assert detect_script("12,345") == "zh-Hans"


def test_a_word_file_declares_its_language():
    content = io.BytesIO()
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TRADITIONAL.splitlines()
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="a" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="b" Type="{office}/settings" Target="settings.xml"/></Relationships>',
        "word/document.xml": f"<w:document {word}><w:body>{paragraphs}</w:body></w:document>",
        "word/settings.xml": f'<w:settings {word}><w:themeFontLang w:val="en-US" w:eastAsia="zh-HK"/></w:settings>',
    }
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    source, _ = read_bytes(content.getvalue(), name="report.docx")
    converted, _, _ = convert(normalise(source).source, ConversionOptions())
    assert converted.language == "zh-Hant-HK"
