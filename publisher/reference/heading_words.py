"""Words that stand alone on a line as a heading without a number.

A new word is a new entry; spaces between its characters do not count.
"""

from __future__ import annotations

import re

FIRST_LEVEL = frozenset(
    "前言 序言 序 引言 导言 導言 绪论 緒論 概述 综述 綜述 结语 結語 结束语 結束語 结论 結論 后记 後記 附则 附則 总则 總則 "
    "名词解释 名詞解釋 名词注释 名詞註釋 术语解释 注释 註釋 注解 尾注 指标解释 指標解釋 主要指标解释 编写说明 編寫說明 编制说明 編制說明 "
    "重要提示 释义 釋義 备查文件目录 摘要 参考文献 參考文獻 附录 附錄 致谢 致謝".split()
)
"""Headings that begin a part of the whole document."""

ENGLISH = frozenset(
    "preface foreword introduction summary conclusion conclusions notes note glossary definitions references appendix "
    "acknowledgements acknowledgments overview abstract highlights".split()
)
_ENGLISH_OPENING = re.compile(
    "[a-z][a-z -]{2,40}['’]s (?:statement|message|foreword|review|report|remarks)"
    "|(?:foreword|message|statement|preface) (?:by|from) (?:the )?[a-z][a-z -]{2,60}"
    "|(?:executive|financial) summary|(?:financial|key|performance) highlights"
)
"""What a report in English begins with, in lower case: Chairman's Statement, Message from the Director."""


def is_heading_word(line: str) -> bool:
    """Return whether a line has only such words, whatever its spaces and a colon at its end."""
    words = "".join(line.split()).rstrip("：:")
    if words in FIRST_LEVEL:
        return True
    english = line.strip().rstrip(":").lower()
    return english in ENGLISH or _ENGLISH_OPENING.fullmatch(english) is not None
