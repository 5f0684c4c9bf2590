"""The official forms of an annual report on the disclosure of government information.

They are tables 2 (主动公开), 3 (applications) and 4 (reviews and lawsuits) of 国办公开办函〔2019〕60号 and
〔2021〕30号, with their heads, their rows, and the misspellings that offices use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

ORGANISATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
APPLICANTS = ("自然人", *ORGANISATIONS)
"""The six kinds of applicant in table 3, in the order of its columns."""
TOTAL = "总计"
APPLICANT_GROUPS = ("申请人情况", "法人或其他组织")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结")
"""The outcomes of a review or a lawsuit; table 4 has them three times, each time with a total."""
REVIEWS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
MISSPELLINGS = {
    "科研企业": "科研机构",
    "科研院所": "科研机构",
    "社会公益机构": "社会公益组织",
    "公益组织": "社会公益组织",
    "法律服务组织": "法律服务机构",
    "结果维护": "结果维持",
    "合计": "总计",
    "其它": "其他",
    "其它结果": "其他结果",
}
"""Misspelt heads, with the official spelling."""
CORNER_NOTE_START = "（本列数据"
"""The beginning of the note in the corner of table 3."""
COLUMN_HEADS = (*APPLICANTS, TOTAL, *RESULTS)
"""The heads directly above figures in tables 3 and 4."""
ARTICLE = re.compile("第二十条第[（(][一五六八九][）)]项")
"""A row of table 2 that names a clause of the regulations."""
CONTENTS_HEAD = "信息内容"
"""The first head of each part of table 2."""
COLUMNS_2 = {
    "2019": (
        "本年新制作数量",
        "本年新公开数量",
        "对外公开总数量",
        "上一年项目数量",
        "本年增/减",
        "处理决定数量",
        "采购项目数量",
        "采购总金额",
    ),
    "2021": ("本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额"),
}
ROWS_2 = (
    "规章",
    "行政规范性文件",
    "规范性文件",
    "行政许可",
    "其他对外管理服务事项",
    "行政处罚",
    "行政强制",
    "行政事业性收费",
    "政府集中采购",
)
ROWS_3 = {
    "new": re.compile("本年新收"),
    "carried": re.compile("上年结转"),
    "total": re.compile("（七）总计|^总计$"),
    "forward": re.compile("结转下年度"),
}
"""Patterns for the rows of table 3 whose sums are checked."""
ONLY_2021 = re.compile("无正当理由逾期不补正|逾期未按收费通知")
"""Rows of table 3 that only the edition of 2021 has."""


def official_spelling(text: str) -> str:
    """Return a head as the form has it: Simplified, without white space, misspellings corrected."""
    spelling = to_simplified("".join(text.split()))
    return MISSPELLINGS.get(spelling, spelling)


def identify_form(texts: Iterable[str]) -> str:
    """Return which official table has these cells, such as ``2021-3``; empty if none has.

    Table 4 is the same in both editions and is called ``4``.
    """
    spellings = [official_spelling(text) for text in texts]
    known = set(spellings)
    if len(known.intersection(APPLICANTS)) >= len(APPLICANTS) - 1 and TOTAL in known:
        return "2021-3" if any(map(ONLY_2021.search, spellings)) else "2019-3"
    if all(spellings.count(result) == 3 for result in RESULTS):
        return "4"
    for edition, columns in COLUMNS_2.items():
        if any(spelling.startswith(columns) for spelling in spellings) and known.intersection(
            ROWS_2
        ):
            return f"{edition}-2"
    return ""
