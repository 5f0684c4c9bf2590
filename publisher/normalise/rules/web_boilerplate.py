"""Text that a web page puts around a report: column names, buttons, lines about the page.

Input: a context. Output: replacements that remove whole lines; ``metadata_from`` reads from the removed lines what
belongs in the metadata. Boilerplate is a block: a run of lines above or directly below the title, or below the
signature or at the end, of which some can only belong to a web page. Inside the report nothing is removed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.normalise.rule import rule
from publisher.reference.web_labels import ELEMENT_BY_LABEL
from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, TABLE_PLACEHOLDER
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Edit
    from publisher.normalise.context import Context, Line

BUTTONS = frozenset(
    (
        "打印 打印本页 打印此页 打印文章 关闭 关闭窗口 关闭本页 返回 返回顶部 返回首页 "
        "返回列表 首页 网站首页 收藏 加入收藏 设为首页 分享 分享到 分享到： 复制链接 微信 "
        "微博 QQ空间 大号 中号 小号 特大 默认 超大 字体 字号 字体： 字号： 字体: "
        "字号: 放大 缩小 加大 减小 还原 全屏 A+ A- A T T+ T- TOP top 繁体 简体 无障碍 无障碍浏览 适老版 长者模式 "
        "智能机器人 扫一扫 二维码 下载 保存 我要纠错 纠错 评论 点赞 朗读 语音播报 播放 暂停 "
        "字体大小 正文 上一篇 下一篇 上一页 下一页 全文 展开 收起 保存本页 推荐 网站声明 "
        "网站地图 联系我们 关于我们 登录 注册 登陆 列印 列印版 字型大小 ENG 繁體 繁体版 简体版 回頁頂 主頁 站点地图 RSS订阅 RSS 无障碍阅读 隐私声明 隐私保护 免责声明 版权声明 使用帮助 常见问题 网站首页"
    ).split()
)
SIZES = frozenset("大 中 小".split())
"""Buttons for the size of letters, which are words of many reports: they count beside each other or 字号."""
COMMON_WORDS = frozenset(
    "首页 微信 微博 正文 全文 下载 保存 推荐 评论 默认 播放 暂停 展开 收起 二维码 A T 简体 繁体".split()
)
"""Buttons that a report may have as a line of its own: they count only beside others."""

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
    r"|(?:用?手机)?扫一扫[^。，；\d]{0,20}|扫描?二维码[^。；\d]{0,16}|上一[篇条][：:].*|下一[篇条][：:].*"
    r"|版权所有[^。]*|(?:Copyright|©).*|.{0,40}[ＩI][ＣC][ＰP](?:备\s*\d|备案[编]?号|证).*|.{0,40}公网安备\s*\d.*|网站标识码.*"
    r"|您是第.{0,12}位访问者.*|分享到?[：:].*|责任编辑[：:].*"
    r"|\[(?:图解|解读|视频|专题|圖解)\].*|.{2,20}(?:门户网站|政府网站?)"
    r"|相关(?:链接|新闻|阅读|文章|稿件|解读|信息)[：:][^。]{0,60}|(?:相关|下载|附件)(?:下载|附件|文档|文章|链接|新闻|阅读|信息|稿件|解读)(?:下载)?[：:]"
)
_ATTACHMENTS = re.compile(r"(?:附件|文档|链接)(?:下载)?[：:]")
_SITE_WORD = re.compile(
    "首頁|主頁|首页|主页|当前位置|网站|门户|政务公开|信息公开|政府信息|专题|栏目|Home|HOME"
)
"""What the first steps of a navigation path are."""
_LIST = re.compile(f"[{SPACES}]*附件[：:][{SPACES}]*\n[{SPACES}\n]*1[.．、]")
"""附件： above its list belongs to the report (GB/T 9704-2012, 7.3.4)."""
_HEADING = re.compile(
    f"[{SPACES}]*(?:[{HAN_NUMERALS}]{{1,3}}[、．.]|第[{HAN_NUMERALS}]{{1,3}}[部章]|[(（][{HAN_NUMERALS}]{{1,3}}[)）])"
)
_TITLE = re.compile("(?:报告|年报|总结|情况|公报|通报|報告|年報|總結|情況)[（(]?[^，。；]{0,12}$")
_DATE_LINE = re.compile(
    f"[{SPACES}]*(?:19|20|二)[\\d〇○零一二三四五六七八九]{{2,3}}年[^，。；：]{{2,6}}月[^，。；：]{{1,4}}日[{SPACES}]*"
)
"""The last line of a signature."""
_PAGE_LABELS = frozenset(
    "发布时间 发布日期 發布時間 發布日期 更新时间 更新日期 发稿时间 文章来源 稿件来源 浏览次数 浏览量 阅读次数 阅读量 阅读 点击次数 点击数 "
    "点击量 点击率 访问量 访问次数 人气 點閱數 点阅数 點閱次數 瀏覽人次 瀏覽次數 點擊數 发布人 发布者 字体 字号 字体大小 字體 打印 分享 "
    "分享到 索引号 信息索引 索引 公开时限 公开程序 主题分类 体裁分类 信息分类 信息类别 责任编辑 责编 保护视力色 视力保护色 网站标识码 网站地图 "
    "技术支持 版权所有 生成日期".split()
)
"""Labels that only a web page has; the others of ``web_labels`` may be those of a notice or a form."""
_COUNTS = frozenset(
    "浏览次数 浏览量 阅读次数 阅读量 阅读 点击次数 点击数 点击量 点击率 访问量 访问次数 人气 點閱數 点阅数 點閱次數 瀏覽人次 瀏覽次數 點擊數".split()
)
_COUNT = re.compile("[\\d,]{0,11}\\s*次?")
"""How a page counts its visitors; a report writes 3,200,000人次."""
_PAGE_TIME = re.compile("(?:19|20)\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}.*")
_TIMES = frozenset(
    "发布时间 发布日期 發布時間 發布日期 更新时间 更新日期 发稿时间 生成日期".split()
)
_BODY_LENGTH = 60
"""A line of this many characters with a full stop in it belongs to the report."""
_LONGEST_VALUE = 40
"""Characters of the longest value of a field, except a title."""
_LONGEST_TITLE = 120
LONGEST_LINK = 10
"""Characters of the longest word in a bar of links."""
_BAR_WORD = re.compile("我们|我們|声明|聲明|政策|地图|訂閱|订阅|无障碍|無障礙|老年模式|告示")
_FILE_NAME = re.compile("[^。；]{1,60}\\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar)", re.IGNORECASE)
_TIME_STAMP = re.compile(
    "(?:19|20)\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}(?:[ T]\\d{1,2}:\\d\\d(?::\\d\\d)?)?"
)
_SPACED_LABEL = re.compile(
    f"(?<=[{HAN}])[{SPACES}]+(?=[{HAN}](?:[{SPACES}]+[{HAN}])?[{SPACES}]*[：:])"
)
SHORTEST_REPEATED = 10
"""Characters from which a repeated line at the top is a title, whatever it ends with."""
_ANY_LABEL = re.compile(f"[{SPACES}]*[{HAN}]{{2,6}}[：:]")
_NAVIGATION_NAME = re.compile(
    f"[{SPACES}]*(?:[{HAN}]{{2,4}}(?:公开|公開|服务|服務|交流|概况|概況|动态|動態|公告|专栏|專欄|信息|互动|互動|导航|大厅|大廳|专题|新闻|新聞|数据"
    f"|资讯|資訊|之窗|登录|注册)|(?:走进|走進)[{HAN}]{{2,3}})[{SPACES}]*"
)
"""The name of a column, as a bar of navigation has it."""

_REPORT = "某市2017年政府信息公开年度报告\n一、概述\n正文。"


@rule(
    name="web-boilerplate",
    order=60,
    reason=(
        "Text copied from a web page brings the page's navigation, buttons and fields with it. They are "
        "not the report; fields such as 发布时间 and 来源 become metadata."
    ),
    evidence=(
        "a run of lines beside the title, below the signature or at the end, of which one can only belong to a page: "
        "a path that begins at the site, buttons side by side, a registration number, a label that reports do not have"
    ),
    examples=(
        (
            f"首页 > 政务公开 > 年度报告\n发布时间：2018-02-26 来源：市政府办公室\n{_REPORT}\n[打印] [关闭]",
            _REPORT,
        ),
    ),
    exceptions=(
        "everything between the first heading, table or long paragraph of the report and its signature; labels of a "
        f"notice (时间：, 来源：) and single words such as 大 or 下载 without such a line; values over {_LONGEST_VALUE} "
        "characters; 附件： above a numbered list. A run of such labels alone at the beginning or the end is proposed"
    ),
    unchanged=(
        "一、概述\n来源：本段是报告的话。\n二、情况",
        "一、概述\n附件：\n1.统计表",
        "会议通知\n时间：2024年3月5日\n地点：三楼会议室\n一、议程\n正文。",
        "首要污染物：臭氧 > 细颗粒物 > 二氧化氮\n一、概述",
    ),
    whole_text=True,
    web_page=True,
)
def remove_web_boilerplate(context: Context) -> Iterator[Replacement]:
    """Remove lines that belong to the web page around the report."""
    string, lines = context.string, context.lines
    evidence = [_Evidence.of(context, line) for line in lines]
    removed: dict[int, bool] = {}
    for run in _runs_of_page_lines(context, evidence):
        certain = _is_page_block(run, evidence, len(lines))
        at_edge = run[0] == 0 or run[-1] == len(lines) - 1
        are_fields = len(run) > 1 and all(evidence[index].is_field for index in run)
        if certain or (at_edge and are_fields):
            removed |= dict.fromkeys(run, certain)
    for index in sorted(removed):
        line = lines[index]
        is_last = line.end == len(string)
        begins_before = is_last and line.start and index - 1 not in removed
        yield Replacement(
            start=line.start - 1 if begins_before else line.start,
            end=line.end if is_last else line.end + 1,
            after="",
            reason=evidence[index].reason,
            certain=removed[index],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What a line shows of a web page."""

    strength: int
    """2 if only a page has such a line, 1 if it is one of a page's buttons, 0 if a report may have it, too."""
    reason: str
    """Empty if it is no line of a page at all."""
    is_field: bool = False

    @classmethod
    def of(cls, context: Context, line: Line) -> _Evidence:
        """Return the evidence of a line."""
        stripped = line.string.strip()
        if not stripped or _LIST.match(context.string, line.start):
            return _NO_EVIDENCE
        if _PHRASE.fullmatch(stripped):
            return cls(strength=2, reason="a line of the web page")
        if _ATTACHMENTS.fullmatch(stripped) or _FILE_NAME.fullmatch(stripped):
            return cls(strength=0, reason="a line of the web page")
        if _is_path(stripped):
            return cls(strength=2, reason="the navigation path of the web page")
        return _button_evidence(stripped) or _field_evidence(stripped) or _NO_EVIDENCE


_NO_EVIDENCE = _Evidence(strength=0, reason="")
_WORD_GAP = re.compile(f"[{SPACES}|｜丨【】\\[\\]()（）/：:]+")


def _is_path(line: str) -> bool:
    steps = [step.strip() for step in re.split("[>＞»]", line)]
    return (
        len(steps) >= 3
        and len(line) < 120
        and any(_SITE_WORD.search(step) or step in CHANNELS for step in steps[:2])
    )


def _button_evidence(line: str) -> _Evidence | None:
    words = [word for word in _WORD_GAP.split(line) if word]
    if not words:
        return _Evidence(strength=0, reason="buttons of the web page") if line else None
    if _is_bar(line, words):
        return _Evidence(strength=2, reason="the navigation of the web page")
    if not all(word in BUTTONS or word in SIZES for word in words):
        return None
    buttons = [word for word in words if word in BUTTONS]
    is_bracketed = line[0] in "[【" and line[-1] in "]】"
    is_size_bar = len(words) >= 3 and set(words) == SIZES
    if is_size_bar or (buttons and (len(words) > 1 or is_bracketed)):
        strength = 2
    else:
        strength = int(bool(buttons) and words[0] not in COMMON_WORDS)
    return _Evidence(strength=strength, reason="buttons of the web page")


def _is_bar(line: str, words: list[str]) -> bool:
    """Return whether a line is a bar of links: short words between bars, or behind the word for the site."""
    are_short = len(words) > 2 and all(
        len(word) <= LONGEST_LINK and not re.search("[。，；\\d]", word) for word in words
    )
    if not are_short:
        return False
    if words[0] in ("首页", "网站首页", "首頁", "主頁"):
        return True
    return line.count("|") + line.count("｜") >= 2 and any(
        word in BUTTONS or word in CHANNELS or _BAR_WORD.search(word) for word in words
    )


def _field_evidence(line: str) -> _Evidence | None:
    stamp = _TIME_STAMP.match(line)
    line = _SPACED_LABEL.sub("", line[stamp.end() if stamp else 0 :])
    fields = list(_fields(line))
    if not fields or any(
        len(field["value"]) > _longest_value(field) or "。" in field["value"] for field in fields
    ):
        return None
    remainder = line
    for field in reversed(fields):
        remainder = f"{remainder[: field.start()]} {remainder[field.end() :]}"
    words = [word for word in re.split(f"[{SPACES}|｜丨【】\\[\\]()（）：:]+", remainder) if word]
    if not all(word in BUTTONS or word in SIZES for word in words):
        return None
    is_page = any(_is_page_field(field) for field in fields)
    return _Evidence(strength=2 if is_page else 0, reason="metadata of the web page", is_field=True)


def _is_page_field(field: re.Match[str]) -> bool:
    """Return whether only a web page has such a field."""
    label, value = field["label"], field["value"].strip()
    if label in _COUNTS:
        return bool(_COUNT.fullmatch(value))
    if label in _TIMES:
        return bool(_PAGE_TIME.fullmatch(value)) or not value
    return label in _PAGE_LABELS


def _runs_of_page_lines(context: Context, evidence: list[_Evidence]) -> Iterator[list[int]]:
    """Yield runs of lines that may belong to a page, empty lines between them included."""
    lines = context.lines
    bodies = [index for index, line in enumerate(lines) if _is_body(line.string)]
    first = bodies[0] if bodies else len(lines)
    last = bodies[-1] if bodies else -1
    _mark_navigation(lines, evidence, first)
    titles = [index for index in range(first) if _TITLE.search(lines[index].string.strip())]
    dates = [
        index for index in range(last + 1, len(lines)) if _DATE_LINE.fullmatch(lines[index].string)
    ]
    foot = (dates[-1] if dates else last) + 1 if bodies else len(lines)
    for start, end, is_foot in ((0, first, False), (foot, len(lines), True)):
        run: list[int] = []
        for index in range(start, end):
            is_column = not is_foot and _is_column_name(lines[index].string, index, titles)
            if is_column and evidence[index].strength < 2:
                evidence[index] = _Evidence(strength=2, reason="the column name of the web page")
            if evidence[index].reason:
                run.append(index)
            elif lines[index].string.strip():
                if is_foot:
                    run = _without_first_fields(run, evidence)
                yield from _without_labels_of_a_notice(run, evidence, lines[index])
                run = []
        if is_foot:
            run = _without_first_fields(run, evidence)
        if run:
            yield run


def _without_first_fields(run: list[int], evidence: list[_Evidence]) -> list[int]:
    """Return a run at the end without the fields above its first certain line; they may be the report's."""
    if any(evidence[index].strength for index in run):
        while evidence[run[0]].is_field and not evidence[run[0]].strength:
            run = run[1:]
    return run


def _without_labels_of_a_notice(
    run: list[int], evidence: list[_Evidence], following: Line
) -> Iterator[list[int]]:
    """Yield a run without its last fields if the line below has a label, too: 时间：…, 地点：…."""
    if _ANY_LABEL.match(following.string):
        while run and evidence[run[-1]].is_field and not evidence[run[-1]].strength:
            run = run[:-1]
    if run:
        yield run


def _mark_navigation(lines: tuple[Line, ...], evidence: list[_Evidence], first: int) -> None:
    """Take the short names below 首页 at the top of a page for the names of its columns."""
    if not lines or lines[0].string.strip() not in ("首页", "网站首页", "首頁"):
        return
    for index in range(min(first, len(lines))):
        if index and not _NAVIGATION_NAME.fullmatch(lines[index].string):
            break
        evidence[index] = _Evidence(strength=2, reason="the navigation of the web page")


def _is_page_block(run: list[int], evidence: list[_Evidence], lines: int) -> bool:
    """Return whether a run of lines proves that it belongs to a page."""
    strength = sum(evidence[index].strength for index in run)
    return strength >= 2 or (strength == 1 and (run[0] == 0 or run[-1] == lines - 1))


def _is_body(line: str) -> bool:
    """Return whether a line can only belong to the report itself."""
    return (
        line == TABLE_PLACEHOLDER
        or bool(_HEADING.match(line))
        or (len(line) >= _BODY_LENGTH and "。" in line)
    )


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


def _is_column_name(line: str, index: int, titles: list[int]) -> bool:
    """Return whether a line above a title is the name of one of a site's columns."""
    return bool(titles) and titles[-1] > index and re.sub(f"[{SPACES}]", "", line) in CHANNELS


@rule(
    name="repeated-title",
    order=110,
    reason="A web page prints the title above the report, which begins with the same title.",
    evidence="two lines that are the same and end like a title, one below the other",
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
    lines = [(line.start, line.end, line.string) for line in context.lines if line.string.strip()]
    for (start, end, line), (_, _, following) in pairwise(lines[:8]):
        string = line.strip()
        is_title = bool(_TITLE.search(string)) or len(string) >= SHORTEST_REPEATED
        if string == following.strip() and len(string) >= 6 and is_title and "。" not in string:
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
        for field in _fields(_SPACED_LABEL.sub("", edit.before.strip())):
            element = _element(field)
            value = field["value"].strip(f"{SPACES}　")
            if element and value and element not in known:
                known.add(element)
                yield element, value
