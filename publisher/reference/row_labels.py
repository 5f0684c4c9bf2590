"""Words of the labels of a table's rows: totals, parts (其中), and columns that number the rows."""

from __future__ import annotations

import re

from publisher.text.simplified import to_simplified

ROW_NUMBERS = re.compile(
    "(?:科目|功能分类科目|分类|项目|項目|分類)?(?:代码|编码|代碼|編碼)"
    "|序号|编号|行次|行号|序號|編號|行號"
)
"""The head of a first column that only numbers the rows; their names are in the next column."""
OF_WHICH = re.compile("[#＃]\\s*|其中(?:[：:，,]|\\s)*|[Oo]f which:?\\s*")
"""Opens the label of a part of the row above; alone it opens the parts below it."""
_TOTAL = re.compile("(?:[^，。、]{0,6}(?:合计|总计|共计)|总数|总和|全部)数?|(?:Grand)?[Tt]otal")
_SUBTOTAL = re.compile("[^，。、]{0,6}小计数?|[Ss]ub-?total")


def plain_label(text: str) -> str:
    """Return the words of a cell in Simplified characters, without white space."""
    return to_simplified("".join(text.split()))


def is_subtotal(label: str) -> bool:
    """Return whether a plain label names a subtotal (小计)."""
    return bool(_SUBTOTAL.fullmatch(label))


def is_total(label: str) -> bool:
    """Return whether a plain label names the sum of other rows or columns."""
    return bool(_TOTAL.fullmatch(label)) or is_subtotal(label)
