r"""TeX formulas in Markdown: between dollar signs as in most dialects, or between \( and \), \[ and \].

Input: the text at a delimiter. Output: the span of the formula. Money is no formula: the first dollar sign follows neither a
letter nor a digit and has no space after it, the second has no space before it and no digit after it, and what they enclose
looks like mathematics. A bracket with a backslash is otherwise a bracket (CommonMark 0.31, 2.4).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import has_han

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline.state_inline import StateInline

MAX_LINES = 60
"""Lines of the longest formula on lines of its own."""
_DISPLAY = re.compile(r"\$\$(?!\$)(?P<tex>(?:[^$\\]|\\.){1,4000}?)\$\$(?!\$)", re.DOTALL)
_INLINE = re.compile(
    r"(?<![A-Za-z0-9$\\])\$(?![\s$])(?P<tex>(?:[^$\\]|\\.){1,2000}?)(?<![\s\\])\$(?![0-9$])",
    re.DOTALL,
)
_BRACKETED = re.compile(
    r"\\\((?P<tex>(?:[^\\]|\\(?![()]).){1,2000}?)\\\)|\\\[(?P<display>(?:[^\\]|\\(?![\[\]]).){1,4000}?)\\\]",
    re.DOTALL,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_STRUCTURE = re.compile(r"\\[A-Za-z]|[\^_=]")
_OPERATOR = re.compile(r"\\[A-Za-z]|[\^_=+*/<>×÷≤≥≈-]")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:\\%)?")
_VARIABLE = re.compile(r"[A-Za-zα-ωΑ-Ω]")
_SENTENCE_MARKS = re.compile("[，。；、！？]")
_FENCE = "$$"


def formula_at(text: str, position: int, end: int) -> re.Match[str] | None:
    """Return the match of the formula that begins at a position; its groups are ``tex`` and perhaps ``display``."""
    if text.startswith(_FENCE, position):
        match = _DISPLAY.match(text, position, end)
        return match if match and match["tex"].strip() else None
    if text[position] == "$":
        match = _INLINE.match(text, position, end)
        return match if match and _is_mathematics(match["tex"]) else None
    match = _BRACKETED.match(text, position, end)
    tex = (match["tex"] or match["display"]) if match else ""
    return match if tex and _STRUCTURE.search(tex) and not _BLANK_LINE.search(tex) else None


def read_delimiters(formula: str) -> tuple[str, bool]:
    """Return the TeX of a formula with its delimiters, and whether it is on a line of its own."""
    size = 1 if formula[0] == "$" != formula[1] else 2
    return formula[size:-size].strip(), formula.startswith((_FENCE, "\\["))


def formula_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    """Consume a formula; a rule of markdown-it-py for the inside of blocks."""
    match = formula_at(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = match[0]
    state.pos = match.end()
    return True


def formula_block_rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    """Make a paragraph of the lines from $$ to $$, whatever marks of other blocks are in them."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(_FENCE, start):
        return False
    last = line
    rest = state.src[start + len(_FENCE) : state.eMarks[line]]
    while _FENCE not in rest:
        last += 1
        if last >= end or last - line > MAX_LINES or state.sCount[last] < state.blkIndent:
            return False
        rest = state.src[state.bMarks[last] : state.eMarks[last]]
    if rest.rstrip().rpartition(_FENCE)[2] not in ("", "."):
        return False
    if not silent:
        state.line = last + 1
        content = state.getLines(line, last + 1, state.blkIndent, False).strip()  # noqa: FBT003
        for kind, nesting in (("paragraph_open", 1), ("inline", 0), ("paragraph_close", -1)):
            token = state.push(kind, "p" if nesting else "", nesting)  # type: ignore[arg-type]
            token.map = [line, last + 1]
            token.content = "" if nesting else content
    return True


def _is_mathematics(tex: str) -> bool:
    """Return whether text between dollar signs looks like mathematics and not like prose between amounts."""
    if _BLANK_LINE.search(tex):
        return False
    if _NUMBER.fullmatch(tex):
        return True
    if "\\" not in tex and _SENTENCE_MARKS.search(tex):
        return False
    if has_han(tex) or " " in tex:
        return bool(_OPERATOR.search(tex))
    return bool(_VARIABLE.search(tex) or _STRUCTURE.search(tex))
