"""Tabs of preformatted text, each as the spaces up to the next tab stop.

Input: a text. Output: the same text without tabs; each space has the place of its tab in the source. A wide character takes two
columns, as in a terminal or a text editor.
"""

from __future__ import annotations

from publisher.model import Text
from publisher.text.characters import columns_of

TAB_WIDTH = 8
"""Columns between two tab stops (the initial value of tab-size, CSS Text Module Level 3, 6.2)."""


def expand_tabs(text: Text) -> Text:
    r"""Return a text with spaces for its tabs.

    Example:
        >>> from publisher.text.edits import locate
        >>> expand_tabs(locate("编号\t名称")).string
        '编号    名称'

    """
    if "\t" not in text.string:
        return text
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    column = 0
    for character, start, end in zip(text.string, text.starts, text.ends, strict=True):
        part = " " * (TAB_WIDTH - column % TAB_WIDTH) if character == "\t" else character
        column = 0 if character == "\n" else column + columns_of(part)
        parts.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
    return Text(string="".join(parts), starts=starts, ends=ends, preceding=text.preceding)
