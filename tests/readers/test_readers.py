"""The detection of formats, and the errors with their hints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import (
    SourceDamagedError,
    SourceEmptyError,
    SourceEncodingError,
    SourceNotFoundError,
    SourceUnreadableError,
    UnsupportedFormatError,
)
from publisher.normalise import normalise
from publisher.readers import read, read_bytes
from publisher.readers.formats import (
    FORMATS,
    REFUSED_SIGNATURES,
    REPORT_SUFFIXES,
    Format,
    detect_format,
)
from publisher.text.edits import replay_edits
from tests.readers.word import pack

DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
TYPES = {
    "报告.txt": "text/plain",
    "报告.TXT": "text/plain",
    "报告": "text/plain",
    ".txt": "text/plain",
    "a.b.text": "text/plain",
    "报告.md": "text/markdown",
    "报告.Markdown": "text/markdown",
}


@pytest.mark.parametrize(("name", "media_type"), TYPES.items())
def test_the_suffix_selects_the_reader(name, media_type):
    source, _ = read_bytes("报告".encode(), name=name)
    assert (source.name, source.media_type) == (name, media_type)


def test_the_rules_for_lines_apply_to_every_format_without_markup():
    notes_format = Format(
        media_type="text/x-notes",
        suffixes=(".notes",),
        module="plain_text",
        markup="none",
        is_text=True,
    )
    known = (*FORMATS, notes_format)
    text = "本市认真落实条例，坚持公开为常态，不断提高工作透明度，扎实推进各项公开工作。" * 3
    lines = [text[start : start + 33] for start in range(0, len(text), 33)]
    data = "\n".join([*lines, "【打印本页】【关闭窗口】", ""]).encode()
    results = [
        normalise(read_bytes(data, name=name, formats=known)[0]) for name in ("a.txt", "a.notes")
    ]
    plain, notes = (result.source for result in results)
    assert (plain.media_type, notes.media_type) == ("text/plain", "text/x-notes")
    assert plain.plain_text() == notes.plain_text() == text
    assert results[0].edits == results[1].edits


@pytest.mark.parametrize("name", ["报告.docx", "报告.htm", "报告.txt~", "报告.pdf"])
def test_the_content_overrides_a_wrong_suffix(name):
    source, _ = read_bytes("一、概述。".encode(), name=name)
    assert source.media_type == "text/plain"
    (finding,) = source.findings
    assert "text/plain" in finding.message


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("报告.txt", "<!DOCTYPE html><p>一、概述。</p>", "text/html"),
        ("报告.doc", "<html><body><p>一、概述。</p>", "text/html"),
        ("报告.md", "<!-- x --><html><p>一、概述。</p>", "text/html"),
        ("报告.html", "一、概述。", "text/plain"),
        ("报告.html", "<p>一、概述。</p>", "text/html"),
        ("报告.txt", "标题<p>一、概述。</p>", "text/plain"),
    ],
)
def test_html_is_detected_by_its_start(name, content, media_type):
    assert read_bytes(content.encode(), name=name)[0].media_type == media_type


@pytest.mark.parametrize("name", ["报告.docx", "报告.dat"])
def test_unknown_binary_files_are_refused(name):
    with pytest.raises((UnsupportedFormatError, SourceDamagedError)) as caught:
        read_bytes(b"\x01\x00\x02\x00abc", name=name, where="in/报告")
    assert caught.value.hint
    assert caught.value.where == "in/报告"


@pytest.mark.parametrize(
    ("content", "kind", "hint"), REFUSED_SIGNATURES, ids=lambda part: str(part)[:12]
)
def test_the_signature_overrides_the_suffix(content, kind, hint):
    with pytest.raises(UnsupportedFormatError, match=kind) as caught:
        read_bytes(content + b"...", name="report.txt")
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("root", "media_type"),
    [
        ('<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">', DOC),
        ('<office:document office:mimetype="application/vnd.oasis.opendocument.text">', ODT),
        ("<data>", "text/plain"),
    ],
)
def test_the_root_of_an_xml_file_shows_its_program(root, media_type):
    data = f'<?xml version="1.0"?>\n<?mso-application progid="x"?>{root}'.encode()
    assert detect_format("a.doc", data, "a.doc")[0].media_type == media_type


def test_a_folder_is_searched_for_both_forms_of_opendocument():
    assert {".odt", ".fodt"} <= set(REPORT_SUFFIXES)


def test_an_odt_is_known_by_its_media_type_in_any_order_of_parts():
    data = pack({"content.xml": "<x/>", "mimetype": ODT})
    assert detect_format("a.odt", data, "a.odt")[0].media_type == ODT
    with pytest.raises(UnsupportedFormatError, match="is an OFD file"):
        detect_format("a.ofd", pack({"OFD.xml": "<x/>"}), "a.ofd")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t",
        b"\xef\xbb\xbf",
        "\u3000\n\xa0".encode(),
        b"\0\0",
        "\ufeff\n".encode("utf-16"),
    ],
)
def test_empty(data):
    with pytest.raises(SourceEmptyError):
        read_bytes(data, name="report.txt")


def test_paths_that_cannot_be_read(tmp_path):
    with pytest.raises(SourceNotFoundError, match=r"absent\.txt: there is no such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(SourceUnreadableError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(SourceNotFoundError, match="not a file name"):
        read(tmp_path / "a\0.txt")


def test_the_source_has_the_file_and_its_encoding(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_bytes("某市年度报告\r\n正文".encode("gb18030"))
    source, edits = read(path)
    assert source.data == path.read_bytes()
    assert source.decoded == "某市年度报告\r\n正文"
    assert (source.encoding, source.encoding_confidence) == ("gb18030", 1.0)
    assert edits == ()
    named_source, _ = read(path, encoding="gbk")
    assert (named_source.encoding, named_source.decoded) == ("gbk", source.decoded)


def test_a_damaged_byte_is_reported_with_its_offset(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes("政府信息公开年度报告".encode() + b"\xff" + "正文".encode())
    with pytest.raises(SourceEncodingError, match="0xFF at offset 30") as caught:
        read(path)
    assert str(path) in str(caught.value)


LINES = st.text(
    alphabet="甲乙丙一、。，|｜\t \u3000\r\n\ufdd0\x00#*>-_`[]()!<&1.", min_size=1, max_size=60
)


@given(LINES, st.sampled_from(["r.txt", "r.md"]))
def test_every_character_is_in_a_text_or_in_an_edit(text, name):
    try:
        source, edits = read_bytes(text.encode(), name=name)
    except SourceEmptyError:
        return
    assert source.decoded == text
    for part in source.texts():
        assert list(part.starts) == sorted(part.starts)
        assert len(part.string) == len(part.starts) == len(part.ends)
    published = "".join(source.plain_text().split())
    assert "".join(replay_edits(text, edits).split()) == published
