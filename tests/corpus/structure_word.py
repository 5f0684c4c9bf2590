"""Word files of the gold structures, made from a list of paragraphs and rows.

Each line of the input is a style and a text, parted by a tab. Word writes the numbers of ``chapter`` (第一节),
``heading-1`` (一、), ``heading-2`` (（一）) and ``item`` (1.) itself; they are not in the text of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.readers.word import docx, field, level, numbered, numbering, p, r, tbl, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX = ".word.tsv"
_DIGITS = "一二三四五六七八九十"
_ALIGNED = {"center": '<w:jc w:val="center"/>', "caption": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}  # fmt: skip
_LEVELS = {"chapter": 0, "heading-1": 1, "heading-2": 2}
_STYLES = {1: "1", 2: "2"}
_OUTLINE = (
    level(0, "chineseCounting", "第%1节　"),
    level(1, "chineseCounting", "%2、"),
    level(2, "chineseCounting", "（%3）"),
)
_LIST = (level(0, "decimal", "%1."),)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        style, _, words = line.partition("\t")
        yield style, words


def word_file(text: str) -> bytes:
    """Return the Word file that the input describes."""
    body: list[str] = []
    rows: list[str] = []
    lists = 0
    before = ""
    depth_of_styles = -1 if "chapter\t" in text else 0
    for style, words in [*_lines(text), ("", "")]:
        if style != "row" and rows:
            body.append(tbl(*rows))
            rows = []
        if style == "row":
            rows.append(tr(*words.split("\t")))
        elif style == "title":
            body.append(p(words, style="Title"))
        elif style in _LEVELS:
            depth = _LEVELS[style] - depth_of_styles
            body.append(numbered(words, level=_LEVELS[style], style=_STYLES.get(depth, "")))
        elif style == "item":
            lists += before != "item"
            body.append(numbered(words, 1 + lists))
        elif style == "toc":
            entry, _, page = words.rpartition("\t")
            body.append(p(field("TOC \\o", r(entry, "<w:tab/>", page)), style="toc1"))
        elif words:
            body.append(p(words, props=_ALIGNED.get(style, "")))
        before = style
    return docx(*body, numbering=numbering(_OUTLINE, *[_LIST] * lists))


def word_lines(text: str) -> list[str]:
    """Return the lines of the file as a reader sees them, with Word's numbers."""
    counters = [0, 0, 0]
    item = 0
    lines = []
    for style, words in _lines(text):
        item = item + 1 if style == "item" else 0
        if style in _LEVELS:
            depth = _LEVELS[style]
            counters[depth] += 1
            counters[depth + 1 :] = [0] * (2 - depth)
            digit = _DIGITS[counters[depth] - 1]
            label = (f"第{digit}节　", f"{digit}、", f"（{digit}）")[depth]
        else:
            label = f"{item}." if item else ""
        lines.append(label + words)
    return lines
