"""Words that stand alone on a line as a heading without a number.

A new word is a new entry; spaces between its characters do not count.
"""

FIRST_LEVEL = frozenset(
    "前言 序言 序 引言 导言 導言 绪论 緒論 概述 综述 綜述 结语 結語 结束语 結束語 结论 結論 后记 後記 附则 附則 总则 總則 "
    "名词解释 名詞解釋 名词注释 名詞註釋 术语解释 注释 註釋 注解 尾注 指标解释 指標解釋 主要指标解释 编写说明 編寫說明 编制说明 編制說明 "
    "重要提示 释义 釋義 备查文件目录 摘要 参考文献 參考文獻 附录 附錄 致谢 致謝".split()
)
"""Headings that begin a part of the whole document."""

ENGLISH = frozenset(
    "preface foreword introduction summary conclusion conclusions notes note glossary definitions references appendix "
    "acknowledgements acknowledgments overview abstract".split()
)


def is_heading_word(line: str) -> bool:
    """Return whether a line has only such words, whatever its spaces and a colon at its end."""
    words = "".join(line.split()).rstrip("：:")
    return words in FIRST_LEVEL or line.strip().rstrip(":").lower() in ENGLISH
