"""Indented code blocks of Markdown, as far as their lines show that they are code.

Chinese reports indent ordinary paragraphs, headings and signatures. CommonMark makes code of every line that is indented by four
spaces; here such lines are code only if they look like it, and are neither Chinese nor a table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import SourceTable
from publisher.readers.text_tables import split_tables
from publisher.text.characters import is_cjk
from publisher.text.edits import locate

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_CODE = re.compile(
    r"[{}\\<>=$`~^\[\]|]|::|->|--|[A-Za-z]/[A-Za-z]|[A-Za-z0-9_]\(|_[A-Za-z]|^\s*#|[;:]$|\S {2,}\S|[\u2500-\u257f]"
)
"""What a line of code, of a command or of a drawing has, and a sentence in Latin letters does not."""
_INDENT = 4
"""The spaces before each line of an indented code block (CommonMark 0.31, 4.4)."""
_ORDINARY = "ordinary_lines"
"""The key of the environment with the line before which indented lines are ordinary text."""


def indented_code_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it-py's
    """Parse indented lines as a code block if they are code."""
    if line < state.env.get(_ORDINARY, 0) or not _is_indented(state, line):
        return False
    last = line + 1
    for number in range(line + 1, end):
        if _is_indented(state, number):
            last = number + 1
        elif not state.isEmpty(number):
            break
    content = state.getLines(line, last, _INDENT + state.blkIndent, keepLastLF=False) + "\n"
    if not is_code(content):
        state.env[_ORDINARY] = last
        return False
    if not silent:
        state.line = last
        token = state.push("code_block", "code", 0)
        token.content = content
        token.map = [line, last]
    return True


def _is_indented(state: StateBlock, line: int) -> bool:
    return not state.isEmpty(line) and state.sCount[line] - state.blkIndent >= _INDENT


def is_code(string: str) -> bool:
    """Return whether indented lines are code: most have a sign of it, most characters are not Chinese, and they draw no table.

    Example:
        >>> is_code("$ make  all"), is_code("一、概况"), is_code("Annual report of the office")
        (True, False, False)

    """
    lines = [line for line in string.splitlines() if line.strip()]
    solid = "".join(string.split())
    if 2 * sum(map(is_cjk, solid)) > len(solid):
        return False
    if 2 * sum(bool(_CODE.search(line)) for line in lines) < len(lines):
        return False
    segments, _, doubtful = split_tables(locate(string))
    return not doubtful and not any(isinstance(segment, SourceTable) for segment in segments)
