"""Parts of a page inside the report whose name, class or id says boilerplate.

In: the items of a page and the core that holds the report. Out: for each item the part around it, which says whether
the item may be of the report all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.readers.html.flow_items import Table
from publisher.readers.html.report_candidates import (
    DATE_LINE,
    FIGURES,
    FOOTER_TEXT,
    NUMBERED_HEADING,
    PROSE,
    ends_report,
    has_boilerplate_name,
    is_footer,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.readers.html.report_candidates import Candidate
    from publisher.readers.html.tree import Element

_NOTE = re.compile(
    r"^(?:注|註|备注|備註|说明|說明|资料来源|資料來源|数据来源)[\d〇一二三四五六七八九十]*[：:.．、]"
)
_CONTACT = re.compile("联系(?:人|电话|方式)|聯[絡繫](?:人|電話)|咨询电话|經辦人|经办人")
_INTERFACE = re.compile(
    "分享|打印|列印|收藏|关闭|關閉|字号|字號|字体|字體|返回|顶部|頂部|首页|首頁|位置|上一|下一[篇页頁条條则則]|扫一扫|掃一掃|二维码|"
    "微信|微博|QQ|点击|點擊|阅读|閱讀|浏览|瀏覽|登录|登錄|注册|搜索|检索|请输入|評論|评论|点赞|纠错|无障碍|主办|主辦|承办|承辦|"
    "邮编|郵編|相关(?:链接|文章|新闻|报道)|延伸"
)
"""Words of buttons, paths and feet of web pages."""


@dataclass(slots=True)
class NamedPart:
    """A container inside the core whose name says boilerplate, with the candidates in it.

    The name alone is no proof: a table may be called ``print``, and a section of the report ``share``.
    """

    candidates: list[Candidate] = field(default_factory=list)
    is_enclosed: bool = False
    """Whether there is more of the report in the core both above and below it."""

    def may_have(self, candidate: Candidate) -> bool:
        """Return whether a candidate in it may be of the report."""
        if candidate.linked or FOOTER_TEXT.search(candidate.text):
            return False
        if (
            ends_report(candidate.text)
            or _NOTE.match(candidate.text)
            or self._has_contact(candidate)
        ):
            return True
        if isinstance(candidate.item, Table):
            return bool(FIGURES.search(candidate.text))
        if any(map(is_footer, candidate.containers)):
            return self.is_enclosed and not any(map(is_interface, self.candidates))
        if PROSE.search(candidate.text):
            return True
        is_beside_report = self.is_enclosed or any(map(is_content, self.candidates))
        return is_beside_report and (
            bool(NUMBERED_HEADING.match(candidate.text)) or not is_interface(candidate)
        )

    def _has_contact(self, candidate: Candidate) -> bool:
        """Return whether a candidate names whom to ask, and the part has the date of a signature."""
        dates = (DATE_LINE.match(other.text) for other in self.candidates)
        return bool(_CONTACT.match(candidate.text)) and any(dates)


def named_parts(candidates: Sequence[Candidate], core: Element) -> list[NamedPart | None]:
    """Return, for each candidate, the outermost container inside the core whose name says boilerplate."""
    parts: dict[Element, NamedPart] = {}
    result: list[NamedPart | None] = []
    plain: list[int] = []
    for index, candidate in enumerate(candidates):
        result.append(None)
        if core not in candidate.containers:
            continue
        inner = candidate.containers[: candidate.containers.index(core)]
        named = [element for element in inner if has_boilerplate_name((element,))]
        if named:
            part = result[-1] = parts.setdefault(named[-1], NamedPart())
            part.candidates.append(candidate)
        elif is_content(candidate) or NUMBERED_HEADING.match(candidate.text):
            plain.append(index)
    for index, named_part in enumerate(result):
        if named_part and plain:
            named_part.is_enclosed = plain[0] < index < plain[-1]
    return result


def is_content(candidate: Candidate) -> bool:
    """Return whether it is prose or a table of figures."""
    if candidate.linked or FOOTER_TEXT.search(candidate.text):
        return False
    pattern = FIGURES if isinstance(candidate.item, Table) else PROSE
    return bool(pattern.search(candidate.text))


def is_interface(candidate: Candidate) -> bool:
    """Return whether it has words of buttons, paths or feet of web pages, or no word at all."""
    text = candidate.text
    return bool(_INTERFACE.search(text) or FOOTER_TEXT.search(text)) or not re.search(r"\w", text)
