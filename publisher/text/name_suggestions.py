"""The name that a person probably meant: another word for it, or the nearest spelling.

Input: a word that is not known, and the known names. Output: a hint.
"""

from __future__ import annotations

import difflib
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.messages import join_texts, translatable

if TYPE_CHECKING:
    from collections.abc import Mapping

_OTHER_WORDS = {
    # styles
    "gongwen": "公文 official default standard 默认 預設 gb9704",
    "red-head": "红头 紅頭 红头文件 紅頭文件 公文红头 redhead red letterhead",
    "reader": "阅读 閱讀 screen web report",
    "book": "书 書 图书 圖書 书籍 書籍",
    "large-print": "大字 大字版 large big accessible",
    # profiles
    "archive": "pdf/a pdfa pdf/a-3a pdfa3a pdf/a-3 pdf/a-3b pdf/a-2b pdf/a-1b 存档 存檔 归档 歸檔 档案 檔案",
    "archive-2": "pdf/a-4 pdf/a-4f pdf/ua-2 pdfa4 pdfua2",
    "access": "pdf/ua pdf/ua-1 pdfua accessible accessibility 无障碍 無障礙",
    "print": "pdf/x pdf/x-4 pdfx pdfx4 印刷 付印 press prepress",
    "draft": "草稿 none plain",
    # scripts
    "zh-Hans-CN": "zh zh-cn zh-hans zh-sg cn hans simplified 简体 簡體 简体中文",
    "zh-Hant-TW": "zh-tw tw hant traditional 繁体 繁體 正体 正體 台湾 台灣 臺灣",
    "zh-Hant-HK": "zh-hk hk zh-mo 香港 澳门 澳門",
    "keep": "none original 原样 原樣 不转换 不轉換",
    # files beside the PDF
    "xlsx": "excel xls 表格",
    "txt": "text plain 文本 纯文本",
    "csv": "data figures 数据 數據",
    "html": "htm web page 网页 網頁",
    "json-stat": "json jsonstat",
    "bilingual": "parallel both 双语 對照 对照",
    # tables
    "appendix": "附录 附錄 end after",
    "inline": "文中 正文 here",
    "none": "no off without 无 無 不要",
}
OTHER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(words.split()) for name, words in _OTHER_WORDS.items()}
)
"""Words that people use for a name, in lower case."""


def suggest_name(word: str, known: tuple[str, ...], otherwise: str = "") -> str:
    """Return a hint with the known name that ``word`` means; else ``otherwise``, else all names.

    Example:
        >>> suggest_name("excel", ("csv", "xlsx")), suggest_name("reeder", ("book", "reader"))
        ('did you mean xlsx?', 'did you mean reader?')

    """
    meant = [name for name in known if word.lower() in OTHER_WORDS.get(name, ())]
    close = difflib.get_close_matches(word, known, n=3)
    # of names that are about as close, the one with the same first letter: stile is style, not title
    close.sort(key=lambda name: name[:1] != word[:1])
    if meant or close:
        return translatable("did you mean {name}?", name=[*meant, *close][0])
    return otherwise or translatable("known: {names}", names=join_texts(", ", known))
