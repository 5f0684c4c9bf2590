"""Text that a web page puts around a report: column names, buttons, lines about the page.

Input: a string. Output: replacements that remove whole lines; ``metadata_from`` reads from the removed
lines what belongs in the metadata. Only lines before the first heading or long paragraph of the report
and after its last are judged, so that no sentence of a report is taken for a button.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.normalise.context import line_spans
from publisher.normalise.rule import rule
from publisher.reference.web_labels import ELEMENT_BY_LABEL
from publisher.text.characters import HAN_NUMERALS, SPACES, TABLE_PLACEHOLDER
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Edit
    from publisher.normalise.context import Context

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
"""Names of a site's columns, which are printed above the title."""

_LABEL = "|".join((*sorted(ELEMENT_BY_LABEL, key=len, reverse=True), "标[ \u3000]+题"))
_FIELD_BODY = (
    f"[\\[【（(]?(?P<label>{_LABEL})[{SPACES}]*[：:]"
    f"[{SPACES}]*(?P<value>[^|｜丨【】\\n]*?)"
    f"(?=[{SPACES}|｜丨\\]】\\[【（(]*(?:(?:{_LABEL})[{SPACES}]*[：:]|[|｜丨【\\[]|$))"
)
_FIELD = re.compile(f"(?:^|(?<=[{SPACES}|｜丨\\]】）)\\[【])){_FIELD_BODY}", re.MULTILINE)
_NEXT_FIELD = re.compile(_FIELD_BODY, re.MULTILINE)
"""A field that begins where another ends: the page separates them by its style alone."""
_PHRASE = re.compile(
    r"(?:您?(?:当前|现在|目前)的?(?:所在)?的?位置(?:是|为)?|所在位置|位置导航)[：:\s>].*"
    r"|(?:用?手机)?扫一扫.*|扫描?二维码.*|上一[篇条][：:].*|下一[篇条][：:].*"
    r"|版权所有.*|(?:Copyright|©).*|.*[ＩI][ＣC][ＰP]备.*|.*公网安备.*|网站标识码.*"
    r"|您是第.{0,12}位访问者.*|分享到?[：:].*|责任编辑[：:].*"
    r"|(?:相关|下载)?(?:附件|文档|文章|链接|新闻|阅读|信息|稿件|解读)(?:下载)?[：:]"
)
_LIST = re.compile(f"[{SPACES}]*附件[：:][{SPACES}]*\n[{SPACES}\n]*1[.．、]")
"""附件： above its list belongs to the report (GB/T 9704-2012, 7.3.4)."""
_HEADING = re.compile(
    f"[{SPACES}]*(?:[{HAN_NUMERALS}]{{1,3}}[、．.]|第[{HAN_NUMERALS}]{{1,3}}[部章]|[(（][{HAN_NUMERALS}]{{1,3}}[)）])"
)
_TITLE = re.compile("(?:报告|年报|总结|情况|公报|通报|報告|年報|總結|情況)[（(]?[^，。；]{0,12}$")
_BODY_LENGTH = 60
"""A line of this many characters with a full stop in it belongs to the report."""
_LONGEST_VALUE = 40
"""Characters of the longest value of a field, except a title."""
_LONGEST_TITLE = 120

_REPORT = "某市2017年政府信息公开年度报告\n一、概述\n正文。"


@rule(
    name="web-boilerplate",
    order=60,
    reason=(
        "Text copied from a web page brings the page's navigation, buttons and fields with it. They are "
        "not the report; fields such as 发布时间 and 来源 become metadata."
    ),
    examples=(
        (
            f"首页 > 政务公开 > 年度报告\n发布时间：2018-02-26 来源：市政府办公室\n{_REPORT}\n[打印] [关闭]",
            _REPORT,
        ),
    ),
    exceptions=(
        "everything between the first heading, table or long paragraph of the report and the last; fields "
        f"with a value over {_LONGEST_VALUE} characters; 附件： above a numbered list"
    ),
    unchanged=("一、概述\n来源：本段是报告的话。\n二、情况", "一、概述\n附件：\n1.统计表"),
    whole_text=True,
    web_page=True,
)
def remove_web_boilerplate(context: Context) -> Iterator[Replacement]:
    """Remove lines that belong to the web page around the report."""
    string = context.string
    lines = list(line_spans(string))
    first = next((i for i, (_, _, line) in enumerate(lines) if _is_body(line)), len(lines))
    last = next((i for i in range(len(lines) - 1, -1, -1) if _is_body(lines[i][2])), len(lines) - 1)
    titles = [i for i in range(first) if _TITLE.search(lines[i][2].strip()) and i < first]
    removed_up_to = 0
    for index, (start, end, line) in enumerate(lines):
        if first <= index <= last or not line.strip():
            continue
        reason = "" if _LIST.match(string, start) else _reason_to_remove(line.strip())
        if not reason and index < first:
            title_follows = bool(titles) and titles[-1] > index
            reason = _column_name(line.strip(), title_follows=title_follows)
        if reason:
            stop = min(end + 1, len(string))
            begin = start - 1 if stop == end and start > removed_up_to else start
            removed_up_to = stop
            yield Replacement(start=begin, end=stop, after="", reason=reason)


def _is_body(line: str) -> bool:
    """Return whether a line can only belong to the report itself."""
    return (
        line == TABLE_PLACEHOLDER
        or bool(_HEADING.match(line))
        or (len(line) >= _BODY_LENGTH and "。" in line)
    )


def _reason_to_remove(line: str) -> str:
    """Return why a line belongs to the page; empty if it may belong to the report."""
    if _PHRASE.fullmatch(line):
        return "a line of the web page"
    words = [word for word in re.split(f"[{SPACES}|｜丨【】\\[\\]()（）/]+", line) if word]
    if words and all(word in BUTTONS for word in words):
        return "buttons of the web page"
    if line.count(">") + line.count("＞") + line.count("»") >= 2 and len(line) < 120:
        return "the navigation path of the web page"
    fields = list(_fields(line))
    if not fields or any(len(field["value"]) > _longest_value(field) for field in fields):
        return ""
    remainder = line
    for field in reversed(fields):
        remainder = f"{remainder[: field.start()]} {remainder[field.end() :]}"
    other_words = [
        word for word in re.split(f"[{SPACES}|｜丨【】\\[\\]()（）：:]+", remainder) if word
    ]
    if all(word in BUTTONS for word in other_words):
        return "metadata of the web page"
    return ""


def _fields(string: str) -> Iterator[re.Match[str]]:
    """Yield the fields of a line; groups ``label`` and ``value``."""
    offset = 0
    while field := _FIELD.search(string, offset):
        while field is not None:
            yield field
            offset = max(field.end(), offset + 1)
            field = _NEXT_FIELD.match(string, offset)


def _element(field: re.Match[str]) -> str:
    """Return the Dublin Core element that a field fills; empty if it fills none."""
    return ELEMENT_BY_LABEL["".join(field["label"].split())]


def _longest_value(field: re.Match[str]) -> int:
    return _LONGEST_TITLE if _element(field) == "title" else _LONGEST_VALUE


def _column_name(line: str, *, title_follows: bool) -> str:
    if title_follows and re.sub(f"[{SPACES}]", "", line) in CHANNELS:
        return "the column name of the web page"
    return ""


@rule(
    name="repeated-title",
    order=110,
    reason="A web page prints the title above the report, which begins with the same title.",
    examples=(
        (
            "某市2017年政府信息公开年度报告\n某市2017年政府信息公开年度报告\n一、概述",
            "某市2017年政府信息公开年度报告\n一、概述",
        ),
    ),
    exceptions="titles under six characters; titles that differ; lines below the eighth",
    unchanged=("某市2017年年报\n某市2018年年报\n一、概述",),
    whole_text=True,
    web_page=True,
)
def remove_repeated_title(context: Context) -> Iterator[Replacement]:
    """Remove a title that the next line repeats."""
    string = context.string
    lines = [entry for entry in line_spans(string) if entry[2].strip()][:8]
    for (start, end, line), (_, _, following) in pairwise(lines):
        if line.strip() == following.strip() and len(line.strip()) >= 6 and _TITLE.search(line):
            yield Replacement(
                start=start, end=end + 1, after="", reason="the next line repeats the title"
            )
            return


def metadata_from(edits: Iterable[Edit]) -> Iterator[tuple[str, str]]:
    """Yield what the removed lines say about the report: Dublin Core element and value, each once."""
    known: set[str] = set()
    for edit in edits:
        if edit.rule != remove_web_boilerplate.name:
            continue
        for field in _fields(edit.before.strip()):
            element = _element(field)
            value = field["value"].strip(f"{SPACES}　")
            if element and value and element not in known:
                known.add(element)
                yield element, value
