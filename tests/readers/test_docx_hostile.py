"""Hostile Word files are refused completely, within limits of time and memory."""

import contextlib
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import (
    LimitError,
    PublisherError,
    SourceDamagedError,
    SourceUnsafeError,
    UnsupportedFormatError,
)
from publisher.readers import read_bytes
from publisher.readers.docx import read_data
from publisher.readers.limits import LIMITS
from tests.readers import hostile, word
from tests.readers.word import docx, drawing, field, p, pack, parts, r, tbl, tr, xml
from tests.work import counted_calls

REFUSED = {
    "a gigabyte in one part": (hostile.bomb, LimitError, "'unpacked'"),
    "a part packed too tightly": (lambda: hostile.bomb(100 << 20), LimitError, "'ratio'"),
    "many parts": (hostile.many_small_parts, LimitError, "'unpacked'"),
    "a hundred thousand entries": (hostile.many_entries, LimitError, "'parts'"),
    "entries over one another": (hostile.overlapping, LimitError, "'unpacked'"),
    "a directory that says less": (
        lambda: hostile.with_wrong_size(declared_size=100),
        SourceDamagedError,
        "document",
    ),
    "a password": (hostile.encrypted, UnsupportedFormatError, "password"),
    "two of one name": (hostile.with_duplicate_part, SourceDamagedError, "twice"),
    "entities that grow": (lambda: hostile.doctype(hostile.LAUGHS), SourceUnsafeError, "entities"),
    "entities from a file": (
        lambda: hostile.doctype(hostile.OUTSIDE),
        SourceUnsafeError,
        "entities",
    ),
    "a document type": (lambda: hostile.doctype(""), SourceUnsafeError, "document type"),
    "depth": (lambda: hostile.deep(300), LimitError, "'xml-depth'"),
    "great depth": (lambda: hostile.deep(20_000), LimitError, "'xml-depth'"),
    "depth of tables": (lambda: hostile.deep_tables(90), LimitError, "'xml-depth'"),
    "too many elements": (hostile.markup, LimitError, "'markup'"),
    "labels longer than the text": (hostile.label_bomb, LimitError, "'characters'"),
    "a paragraph of a million characters": (
        lambda: pack(parts(p("文" * 1_000_001)), zipfile.ZIP_STORED),
        LimitError,
        "'line'",
    ),
    "too many columns": (hostile.wide_table, LimitError, "'columns'"),
    "too wide a cell": (lambda: hostile.spanned(5000), LimitError, "'span'"),
    "too many pictures": (lambda: docx(p(r(drawing() * 201))), LimitError, "'pictures'"),
    "no document": (
        lambda: pack({"word/styles.xml": "<x/>", "_rels/.rels": word.relationships_part()}),
        SourceDamagedError,
        "main document",
    ),
    "cut XML": (
        lambda: hostile.with_document(parts(p("文"))["word/document.xml"][:-40]),
        SourceDamagedError,
        "word/document.xml, line 1",
    ),
    "no XML": (lambda: hostile.with_document(b"\x00\x01"), SourceDamagedError, "is not XML"),
    "nothing": (lambda: hostile.with_document(b""), SourceDamagedError, "is not XML"),
    "an unknown encoding": (
        lambda: hostile.with_document('<?xml version="1.0" encoding="GB2312"?><x/>'),
        SourceDamagedError,
        "is not XML",
    ),
}


@pytest.mark.parametrize(("make", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_hostile_files_are_refused(make, error, words):
    with pytest.raises(PublisherError) as caught:
        read_bytes(make(), name="r.docx")
    assert type(caught.value) is error
    assert words in str(caught.value)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


MEASURE = """
import resource, sys
from publisher.errors import PublisherError
from publisher.readers import read_bytes
data = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_bytes(data, name="r.docx")
except PublisherError:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(
    ("make", "max_memory"), [(hostile.bomb, 100), (hostile.overlapping, 100), (hostile.markup, 600)]
)
def test_refusing_takes_little_memory(make, max_memory, tmp_path):
    path = tmp_path / "r.docx"
    path.write_bytes(make())
    completed = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    assert int(completed.stdout) < max_memory * 1024


def test_deep_nesting_needs_no_deep_stack():
    source, _ = read_bytes(hostile.deep(LIMITS["xml-depth"].maximum - 10), name="r.docx")
    assert source.plain_text() == "底"
    source, _ = read_bytes(hostile.deep_tables(80), name="r.docx")
    assert "底" in source.plain_text()


def test_an_unclosed_field_hides_no_text():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    source, _ = read_bytes(docx(p(begin, separate), p("正文一"), p("正文二")), name="r.docx")
    assert source.plain_text() == "正文一\n正文二"


def test_circular_references_end():
    styles = (
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="x"/><w:basedOn w:val="y"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="y"/><w:basedOn w:val="x"/></w:style>'
    )
    note = p('<w:r><w:footnoteReference w:id="1"/></w:r>', "注")
    source, _ = read_bytes(
        docx(
            p("文", '<w:r><w:footnoteReference w:id="1"/></w:r>', style="x"),
            styles=styles,
            footnotes=xml("w:footnotes", f'<w:footnote w:id="1">{note}</w:footnote>'),
        ),
        name="r.docx",
    )
    assert source.plain_text() == "文[1]\n[1] [1]注"


def test_part_names_outside_of_the_package_are_not_read():
    more = {"word/../../etc/passwd": "x", "/etc/passwd": "y"}
    links = [("rId9", "image", "../../../../etc/passwd"), ("rId8", "image", "file:///etc/passwd")]
    source, _ = read_bytes(
        docx(p("文", r(drawing())), p(r(drawing("rId8"))), more=more, links=links), name="r.docx"
    )
    assert source.plain_text() == "文"
    assert [finding.clause for finding in source.findings] == ["picture", "picture"]
    assert all("not in the file" in finding.message for finding in source.findings)


def test_external_references_are_only_reported():
    outside = "http://198.51.100.1/"
    links = [
        (f"rId{n}", kind, f"{outside}{n}", True)
        for n, kind in enumerate(
            (
                "image",
                "attachedTemplate",
                "subDocument",
                "aFChunk",
                "oleObject",
                "frame",
                "hyperlink",
            )
        )
    ]
    source, _ = read_bytes(
        docx(
            p("文", r(drawing("rId0")), r(drawing("rId0", attribute="link"))),
            p(field(f'INCLUDEPICTURE "{outside}a.png"', r("图"))),
            p(field('INCLUDETEXT "file:///etc/passwd"', r("旧文"))),
            p(field('DDEAUTO c:\\\\windows "calc"', r("数"))),
            '<w:altChunk r:id="rId3"/><w:subDoc r:id="rId2"/>',
            links=links,
        ),
        name="r.docx",
    )
    assert source.plain_text() == "文\n图\n旧文\n数"
    assert "198.51.100.1" not in source.plain_text()


def test_nested_alternatives_are_read_once():
    inner = "文"
    for _ in range(8):
        inner = word.text_box(p(r(inner) if inner.startswith("<") else inner))
    source, _ = read_bytes(docx(p(r(inner))), name="r.docx")
    assert source.plain_text().count("文") == 1


def require_read_or_refused(data):
    with contextlib.suppress(PublisherError):
        read_data(data, encoding="", where="r.docx")


SAMPLE = docx(
    p("鹤岭市2021年度报告", style="Title"),
    word.numbered("概述"),
    p("甲", "<w:ins>" + r("乙") + "</w:ins>", field("PAGE", r("1")), r(word.text_box(p("框")))),
    tbl(tr("项目", "件数"), tr("公开", "12")),
    numbering=word.numbering((word.level(0, "chineseCounting", "%1、"),)),
)


@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255), st.booleans())
def test_a_mangled_file_is_read_or_refused(offset, value, is_truncated):
    data = bytearray(SAMPLE)
    data[offset] = value
    mangled = bytes(data[:offset]) if is_truncated else bytes(data)
    require_read_or_refused(mangled)


DOCUMENT = parts(
    p("甲", field("TOC", r("乙")), style="1"),
    tbl(tr("项", word.tc("数", props='<w:vMerge w:val="restart"/>')), tr("公", "12")),
    p(r(word.text_box(p("框"))), r('<w:footnoteReference w:id="1"/>')),
)["word/document.xml"]


@given(st.data())
def test_mangled_markup_is_read_or_refused(data):
    words = [
        "w:p",
        "w:r",
        "w:tc",
        "w:tr",
        "w:tbl",
        "w:t",
        "begin",
        "end",
        "separate",
        "restart",
        "1",
    ]
    old, new = (
        data.draw(st.sampled_from(words)),
        data.draw(st.sampled_from([*words, "", "-1", "99"])),
    )
    offset = data.draw(st.integers(0, len(DOCUMENT)))
    mangled = DOCUMENT[:offset] + DOCUMENT[offset:].replace(old, new, data.draw(st.integers(1, 2)))
    require_read_or_refused(hostile.with_document(mangled))


def test_a_longer_file_takes_work_in_proportion():
    run = (
        '<w:rFonts w:ascii="仿宋" w:hint="eastAsia"/><w:sz w:val="32"/><w:lang w:eastAsia="zh-CN"/>'
    )
    paragraph = p(*(r("全年主动公开政府信息，做好依申请公开，", props=run) for _ in range(12)))
    table = tbl(*(tr(*"甲乙丙丁") for _ in range(40)))
    calls = []
    for length in (40, 80):
        data = docx(*[paragraph] * length, *[table] * (length // 10))
        with counted_calls() as work:
            read_bytes(data, name="r.docx")
        calls.append(work.calls)
    assert calls[1] < 2.2 * calls[0]
