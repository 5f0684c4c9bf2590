"""pdf.js, which ignores ActualText, finds no space where the text has none."""

import unicodedata

import pytest

from publisher.typeset.linebreak.text_space import TextSpace
from tests.typeset.linebreak.pdfjs import PDFJS, modelled_text, pdfjs_text

pytestmark = pytest.mark.typeset

PAGE = "@page { size: 16em 50em; margin: 1em } p { text-align: justify }"
SENTENCE = "2017年全市主动公开政府信息29764条，同比增长15.3%，其中重点领域3086条、占10.4%。"
PHRASES = {
    "figures": (
        f"<p>{SENTENCE * 3}</p>",
        ["2017年全市", "信息29764条", "增长15.3%，", "占10.4%。"],
    ),
    "an abbreviation": ("<p>推广<abbr title='应用程序'>APP</abbr>共12个</p>", ["推广APP共12个"]),
    "emphasis": ("<p>其中<b>APP</b>共<i>12</i>个，<b>2</b>017年</p>", ["其中APP共12个，2017年"]),
    "a link": ("<p>见<a href='https://x.example'>OA系统</a>的话</p>", ["见OA系统的话"]),
    "words": (
        "<p lang='en'>Freedom of Information Act of 2017 and its annual reports to the public</p>",
        ["Freedom of Information", "Act of 2017 and its annual", "reports to the public"],
    ),
    "words among Chinese": (
        "<p>按照<span lang='en'>Freedom of Information Act</span>的做法办理</p>",
        ["按照Freedom of", "Information Act的做法办理"],
    ),
    "cells": ("<table><tr><td>12</td><td>34</td></tr></table>", ["12 34"]),
}


def _read(text):
    return unicodedata.normalize("NFKC", text.replace("\n", ""))


@pytest.mark.parametrize(("body", "phrases"), PHRASES.values(), ids=PHRASES)
def test_pdfjs_reads_what_was_written(typeset, body, phrases):
    text = _read(modelled_text(typeset(body, PAGE).pdf))
    for phrase in phrases:
        assert _read(phrase) in text.replace("  ", " ")


def test_without_a_wider_text_space_pdfjs_finds_spaces(typeset, monkeypatch):
    monkeypatch.setattr(TextSpace, "factor", lambda *_, **_options: 1)
    assert "2017 年" in modelled_text(typeset(f"<p>{SENTENCE}</p>", PAGE).pdf)


@pytest.mark.skipif(not PDFJS, reason="PUBLISHER_PDFJS does not name the folder of pdfjs-dist")
@pytest.mark.parametrize("name", PHRASES)
def test_pdfjs_agrees_with_the_model(typeset, name):
    data = typeset(PHRASES[name][0], PAGE).pdf
    assert _read(modelled_text(data)) == _read(pdfjs_text(data))
