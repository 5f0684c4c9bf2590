"""Forms to be written on: their empty columns and blank lines are for the answers.

In: a ``SourceTable``. Out: whether it is such a form. Signs of one are a line for a signature or a seal, a date without its
figures, and rows that have empty cells behind the labels of answers (姓名, 联系电话).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.reference.field_labels import ANSWER_LABEL

if TYPE_CHECKING:
    from publisher.model import SourceCell, SourceTable

_SIGNED = re.compile(
    "[（(](?:[^（()）]{0,6})(?:签名|签字|签章|盖章|公章|印章|簽名|簽署|簽章|蓋章)[)）]"
    "|(?:签名|签字|签章|盖章|簽名|簽署|簽章|蓋章)\\s*[:：]?\\s*(?:\n|$)|年[ \u00a0\u3000_]+月[ \u00a0\u3000_]+日"
)
"""Where a form is signed or dated by hand."""
_LEAST_PAIRS = 3
"""Labels with an empty cell behind them that show a form, in two rows at least."""


def is_blank_form(table: SourceTable) -> bool:
    """Return whether a table is a form to be written on."""
    if any(_SIGNED.search(cell.text.string) for row in table.rows for cell in row):
        return True
    counts = [
        sum(_is_answer_label(label) and _is_empty(answer) for label, answer in pairwise(row))
        for row in table.rows
    ]
    return sum(counts) >= _LEAST_PAIRS and sum(count > 0 for count in counts) > 1


def names_answer(label: SourceCell, answer: SourceCell | None) -> bool:
    """Return whether a cell of a form is the label of the cell behind it, which is for the answer."""
    return answer is not None and not _is_empty(label) and _is_empty(answer)


def without_blank_lines(table: SourceTable) -> SourceTable:
    """Return a table without the blank lines of its cells."""
    if not any(cell.blank_lines for row in table.rows for cell in row):
        return table
    rows = tuple(tuple(replace(cell, blank_lines=()) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _is_answer_label(cell: SourceCell) -> bool:
    return bool(ANSWER_LABEL.search("".join(cell.text.string.split())))


def _is_empty(cell: SourceCell) -> bool:
    return not cell.text.string.strip()
