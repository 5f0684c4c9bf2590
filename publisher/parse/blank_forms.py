"""Forms to be written on: their empty columns and blank lines are for the answers.

In: a ``SourceTable``. Out: whether it is such a form. Signs of one are a line for a signature or a seal, a date without its
figures, and rows that have empty cells behind the labels of answers (姓名, 联系电话).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.model import SourceCell, SourceTable

_SIGNED = re.compile(
    "[（(](?:[^（()）]{0,6})(?:签名|签字|签章|盖章|公章|印章|簽名|簽署|簽章|蓋章)[)）]"
    "|(?:签名|签字|签章|盖章|簽名|簽署|簽章|蓋章)\\s*[:：]?\\s*(?:\n|$)|年[ \u00a0\u3000_]+月[ \u00a0\u3000_]+日"
)
"""Where a form is signed or dated by hand."""
_ANSWER_LABEL = re.compile(
    "姓名|性[别別]|民族|籍[贯貫]|出生|身份[证證]|[证證]件|电话|電話|手机|手機|传真|傳真|邮箱|郵箱|邮编|邮政|郵遞|地址|住址|住所"
    "|单位|單位|部门|部門|职务|職務|职称|職稱|职业|職業|学历|學歷|专业|專業|法定代表人|法人|[负負][责責]人|联系人|聯絡人|经办人|經辦人|申请|申請|意见|意見"
    "|[备備][注註]|理由|账号|賬號|帳號|开户|開戶|签名|簽名|日期|年[龄齡]|代理人|委托人|委託人"
)
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
    return bool(_ANSWER_LABEL.search("".join(cell.text.string.split())))


def _is_empty(cell: SourceCell) -> bool:
    return not cell.text.string.strip()
