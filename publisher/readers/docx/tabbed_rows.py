"""Tables that paragraphs with tabs draw, and preformatted text of several paragraphs.

Input: the segments of the body. Output: the same with a table or one passage in place of such paragraphs. Tabs also set signatures, fields and
lists of names, so that rows count as a table only with three columns and figures in most rows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from publisher.model import PREFORMATTED_ROLES, Passage
from publisher.readers.table_runs import find_tables_of_figures
from publisher.readers.text_tables import read_tabbed_table
from publisher.text.edits import concatenate, locate
from publisher.text.prose import is_chinese_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Segment, Text

_DRAWN_ROW = re.compile("[+|│┃┌├└┏┣┗].*[+|│┃┐┤┘┓┫┛]$")
_COLUMN_GAP = re.compile("(?<=[^ \u3000])(?: {2}|\u3000)[ \u3000]*(?=[^ \u3000])")
FEWEST_GAPS = 2
"""Wide gaps in a row of columns; one gap may be between two names."""


def read_tabbed_rows(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the segments in order; consecutive paragraphs that are the rows of a table are one."""
    for is_lines, group in groupby(segments, key=_is_lines):
        if is_lines:
            yield from _read_lines([part for part in group if isinstance(part, Passage)])
        else:
            yield from group


def join_preformatted_lines(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the segments in order; consecutive preformatted paragraphs are one.

    Of Chinese sentences, and of the style Plain Text (role ``preformatted``), which is also used for ordinary text, only rows are.
    """
    for role, group in groupby(segments, key=_preformatted_role):
        if not role:
            yield from group
            continue
        passages = [part for part in group if isinstance(part, Passage)]
        text = _join([passage.text for passage in passages])
        if role == "code" and not is_chinese_prose(text.string):
            yield Passage(text=text, role="code")
        else:
            yield from _join_rows(passages)


def _join_rows(passages: Sequence[Passage]) -> Iterator[Segment]:
    """Yield the paragraphs as lines; consecutive rows that blanks align or bars draw are one preformatted passage."""
    for is_row, group in groupby(passages, key=lambda passage: _is_row(passage.text.string)):
        rows = list(group)
        if is_row and len(rows) > 1:
            yield Passage(text=_join([row.text for row in rows]), role="code")
        else:
            yield from (replace(row, role="lines") for row in rows)


def _is_row(line: str) -> bool:
    line = line.strip()
    has_columns = len(_COLUMN_GAP.findall(line)) >= FEWEST_GAPS and not line.endswith("。")
    return has_columns or bool(_DRAWN_ROW.match(line))


def _preformatted_role(segment: Segment) -> str:
    if isinstance(segment, Passage) and segment.role in PREFORMATTED_ROLES:
        return segment.role
    return ""


def _is_lines(segment: Segment) -> bool:
    return isinstance(segment, Passage) and segment.role == "lines"


def _read_lines(passages: Sequence[Passage]) -> Iterator[Segment]:
    lines = [
        "" if "\n" in passage.text.string.strip() else passage.text.string for passage in passages
    ]
    position = 0
    for run in find_tables_of_figures(lines):
        yield from passages[position : run.first]
        position = run.last + 1
        yield read_tabbed_table(_join([part.text for part in passages[run.first : position]]))
    yield from passages[position:]


def _join(texts: Sequence[Text]) -> Text:
    """Return the texts of paragraphs as lines."""
    lines = [texts[0]]
    for above, text in pairwise(texts):
        lines += [locate("\n", above.locator.offset + above.locator.length), text]
    return concatenate(lines)
