"""What a web page put around the report: column names, buttons, lines of facts about the page.

Enters: a string. Leaves: replacements that take whole lines away; ``facts`` reads from them what
belongs into the metadata. Only the lines before the report's first heading or long paragraph and
after its last are judged, so that no sentence of a report can be mistaken for a button.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.normalise.context import line_spans
from publisher.reference.web_labels import ELEMENT_BY_LABEL
from publisher.text.characters import HAN_NUMERALS, SPACES, TABLE_PLACEHOLDER
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Edit

BUTTONS = frozenset(
    (
        "打印 打印本页 打印此页 打印文章 关闭 关闭窗口 关闭本页 返回 返回顶部 返回首页 "
        "返回列表 首页 网站首页 收藏 加入收藏 设为首页 分享 分享到 分享到： 复制链接 微信 "
        "微博 QQ空间 大 中 小 大号 中号 小号 特大 默认 超大 字体 字号 字体： 字号： 字体: "
        "字号: 放大 缩小 A+ A- A T T+ T- TOP top 繁体 简体 无障碍 无障碍浏览 适老版 长者模式 "
        "智能机器人 扫一扫 二维码 下载 保存 我要纠错 纠错 评论 点赞 朗读 语音播报 播放 暂停 "
        "字体大小 正文 上一篇 下一篇 上一页 下一页 全文 展开 收起 保存本页 推荐 网站声明 "
        "网站地图 联系我们 关于我们"
    ).split()
)

CHANNELS = frozenset(
    (
        "政府信息公开 信息公开 政务公开 政府信息公开专栏 政府信息公开年报 "
        "政府信息公开年度报告 信息公开年报 信息公开年度报告 政府信息公开工作年度报告 年度报告 "
        "公开年报 政府公开 政务信息公开 法定主动公开内容 首页 网站首页 年报 工作报告 通知公告 "
        "政府信息公開 信息公開 政務公開 政府資訊公開 政府信息公開年報 政府資訊公開年報 "
        "政府信息公開年度報告 年度報告 公開年報 首頁"
    ).split()
)
"""Names of a site's columns, which stand over the title."""

_LABEL = "|".join((*sorted(ELEMENT_BY_LABEL, key=len, reverse=True), "标[ \u3000]+题"))
_BODY = (
    f"[\\[【（(]?(?P<label>{_LABEL})[{SPACES}]*[：:]"
    f"[{SPACES}]*(?P<value>[^|｜丨【】\\n]*?)"
    f"(?=[{SPACES}|｜丨\\]】\\[【（(]*(?:(?:{_LABEL})[{SPACES}]*[：:]|[|｜丨【\\[]|$))"
)
_FIELD = re.compile(f"(?:^|(?<=[{SPACES}|｜丨\\]】）)\\[【])){_BODY}", re.MULTILINE)
_NEXT_FIELD = re.compile(_BODY, re.MULTILINE)
"""A field that begins where another ends: a page parts them by its style alone."""
_PHRASE = re.compile(
    r"(?:您?(?:当前|现在|目前)的?(?:所在)?的?位置(?:是|为)?|所在位置|位置导航)[：:\s>].*"
    r"|(?:用?手机)?扫一扫.*|扫描?二维码.*|上一[篇条][：:].*|下一[篇条][：:].*"
    r"|版权所有.*|(?:Copyright|©).*|.*[ＩI][ＣC][ＰP]备.*|.*公网安备.*|网站标识码.*"
    r"|您是第.{0,12}位访问者.*|分享到?[：:].*|责任编辑[：:].*"
    r"|(?:相关|下载)?(?:附件|文档|文章|链接|新闻|阅读|信息|稿件|解读)(?:下载)?[：:]"
)
_LIST = re.compile(f"[{SPACES}]*附件[：:][{SPACES}]*\n[{SPACES}\n]*1[.．、]")
"""附件： over its list is the report's (GB/T 9704-2012, 7.3.4)."""
_HEADING = re.compile(
    f"[{SPACES}]*(?:[{HAN_NUMERALS}]{{1,3}}[、．.]|第[{HAN_NUMERALS}]{{1,3}}[部章]|[(（][{HAN_NUMERALS}]{{1,3}}[)）])"
)
_TITLE = re.compile("(?:报告|年报|总结|情况|公报|通报|報告|年報|總結|情況)[（(]?[^，。；]{0,12}$")
_SENTENCE = 60
"""A line of this many characters with a full stop in it belongs to the report."""
_VALUE = 40
"""A page's fact is no longer than this."""
_TITLE_VALUE = 120


def furniture(string: str) -> Iterator[Replacement]:
    """Take away lines that the page, not the report, put there."""
    lines = list(line_spans(string))
    first = next((i for i, (_, _, line) in enumerate(lines) if _is_body(line)), len(lines))
    last = next((i for i in range(len(lines) - 1, -1, -1) if _is_body(lines[i][2])), len(lines) - 1)
    titles = [i for i in range(first) if _TITLE.search(lines[i][2].strip()) and i < first]
    done = 0
    for index, (start, end, line) in enumerate(lines):
        if first <= index <= last or not line.strip():
            continue
        reason = "" if _LIST.match(string, start) else _reason(line.strip())
        if not reason and index < first:
            later = bool(titles) and titles[-1] > index
            reason = _column_name(line.strip(), later=later)
        if reason:
            stop = min(end + 1, len(string))
            begin = start - 1 if stop == end and start > done else start
            done = stop
            yield Replacement(start=begin, end=stop, after="", reason=reason)


def _is_body(line: str) -> bool:
    return (
        line == TABLE_PLACEHOLDER
        or bool(_HEADING.match(line))
        or (len(line) >= _SENTENCE and "。" in line)
    )


def _reason(line: str) -> str:
    if _PHRASE.fullmatch(line):
        return "belongs to the web page"
    words = [word for word in re.split(f"[{SPACES}|｜丨【】\\[\\]()（）/]+", line) if word]
    if words and all(word in BUTTONS for word in words):
        return "buttons of the web page"
    if line.count(">") + line.count("＞") + line.count("»") >= 2 and len(line) < 120:
        return "the web page's path"
    fields = list(_fields(line))
    if not fields or any(len(field["value"]) > _most(field) for field in fields):
        return ""
    rest = line
    for field in reversed(fields):
        rest = f"{rest[: field.start()]} {rest[field.end() :]}"
    rest_words = [word for word in re.split(f"[{SPACES}|｜丨【】\\[\\]()（）：:]+", rest) if word]
    if all(word in BUTTONS for word in rest_words):
        return "facts about the web page"
    return ""


def _fields(string: str) -> Iterator[re.Match[str]]:
    place = 0
    while field := _FIELD.search(string, place):
        while field is not None:
            yield field
            place = max(field.end(), place + 1)
            field = _NEXT_FIELD.match(string, place)


def _name(field: re.Match[str]) -> str:
    """Return the Dublin Core name of a field; empty where it fills none."""
    return ELEMENT_BY_LABEL["".join(field["label"].split())]


def _most(field: re.Match[str]) -> int:
    return _TITLE_VALUE if _name(field) == "title" else _VALUE


def _column_name(line: str, *, later: bool) -> str:
    if later and re.sub(f"[{SPACES}]", "", line) in CHANNELS:
        return "the name of the web page's column"
    return ""


def repeated_title(string: str) -> Iterator[Replacement]:
    """Take away a title that stands twice, as the page's own and as the report's."""
    lines = [entry for entry in line_spans(string) if entry[2].strip()][:8]
    for (start, end, line), (_, _, following) in pairwise(lines):
        if line.strip() == following.strip() and len(line.strip()) >= 6 and _TITLE.search(line):
            yield Replacement(
                start=start, end=end + 1, after="", reason="the title stands again in the next line"
            )
            return


def facts(edits: Iterable[Edit]) -> Iterator[tuple[str, str]]:
    """Read from the lines taken away what they say of the report, the first of each kind."""
    known: set[str] = set()
    for edit in edits:
        if edit.rule != "web-furniture":
            continue
        for field in _fields(edit.before.strip()):
            name = _name(field)
            value = field["value"].strip(f"{SPACES}　")
            if name and value and name not in known:
                known.add(name)
                yield name, value
