"""Notes of web pages that the marks in the text link to."""

import pytest

from publisher.readers import read_bytes

PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>云港市报告</title></head><body><h1>云港市2021年报告</h1>'
    "<p>供水总量平稳{mark}，受理申请全部办结，没有发生行政复议和诉讼。</p><p>公开信息12条，比上年增加3条，内容及时准确。</p>{note}</body></html>"
)


def text_and_edits(mark, note):
    source, edits = read_bytes(PAGE.format(mark=mark, note=note).encode(), name="r.html")
    return source.plain_text(), [edit for edit in edits if edit.rule == "linked-note"]


@pytest.mark.parametrize(
    "mark",
    [
        '<sup><a href="#n1">1</a></sup>',
        '<a href="#n1"><sup>1</sup></a>',
        '<a href="#n1">[1]</a>',
        '<sup><a href="#n1" id="r1">[1]</a></sup>',
    ],
)
@pytest.mark.parametrize("label", ["1.", "1．", "1、", "1 ", "1)"])
def test_a_label_becomes_the_mark_that_links_to_it(mark, label):
    text, edits = text_and_edits(mark, f'<p id="n1">{label}按水利口径。</p>')
    assert "\n[1]按水利口径。" in text
    assert [edit.after for edit in edits] == ["[1]"]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<a href="#n1">1</a>', '<p id="n2">1.按水利口径。</p>'),  # another target
        ('<a href="#n1">2</a>', '<p id="n1">1.按水利口径。</p>'),  # another number
        ('<a href="#n1">1</a>', '<p id="n1">1.5亿立方米按水利口径。</p>'),  # a figure
        ('<a href="#n1">1</a>', '<p id="n1">12个县按水利口径。</p>'),
        ('<a href="#n1">说明</a>', '<p id="n1">1.按水利口径。</p>'),  # no number
        ("<sup>1</sup>", '<p id="n1">1.按水利口径。</p>'),  # no link
    ],
)
def test_other_lines_keep_their_number(mark, note):
    text, edits = text_and_edits(mark, note)
    assert edits == []
    assert "\n1" in text


def test_the_note_is_parsed_as_one():
    from publisher.normalise import normalise
    from publisher.parse import MetadataOverrides, parse

    page = PAGE.format(
        mark='<sup><a href="#n1">1</a></sup>',
        note='<p>云港市水务局</p><p>2022年2月18日</p><p id="n1">1. 按水利口径。</p>',
    )
    source, _ = read_bytes(page.encode(), name="r.html")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    (note,) = report.notes()
    assert note.text.string == "[1]按水利口径。"
