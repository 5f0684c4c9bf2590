"""Text that a web page puts around a report: column names, buttons, lines about the page.

Input: a context. Output: replacements that remove whole lines. Boilerplate is a block: a run of lines above or directly below the title, or below the
signature or at the end, of which some can only belong to a web page. Inside the report nothing is removed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import TYPE_CHECKING

from publisher.normalise.page_entries import leave_entries
from publisher.normalise.page_evidence import LONGEST_VALUE, RULE, PageEvidence, is_lone_count
from publisher.normalise.page_facts import mark_page_facts
from publisher.normalise.rule import rule
from publisher.reference.web_pages import CHANNELS
from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, TABLE_PLACEHOLDER, has_han
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context, Line


_HEADING = re.compile(
    f"[{SPACES}]*(?:[{HAN_NUMERALS}]{{1,3}}[、．.]|第[{HAN_NUMERALS}]{{1,3}}[部章]|[(（][{HAN_NUMERALS}]{{1,3}}[)）])"
)
_TITLE = re.compile("(?:报告|年报|总结|情况|公报|通报|報告|年報|總結|情況)[（(]?[^，。；]{0,12}$")
_DATE_LINE = re.compile(
    f"[{SPACES}]*(?:19|20|二)[\\d〇○零一二三四五六七八九]{{2,3}}年[^，。；：]{{1,6}}月[^，。；：]{{1,4}}日[{SPACES}]*"
)
"""The last line of a signature."""
_BODY_LENGTH = 60
"""A line of this many characters with a full stop in it belongs to the report."""
LONGEST_STEP = 14
"""Characters of the longest step of a navigation path with a line to the step."""
SHORTEST_REPEATED = 10
"""Characters from which a repeated first line is a title, whatever it ends with."""
LONGEST_REPEATED = 80
"""Characters up to which it may be a title."""
_CLAUSES = re.compile("[，。；：]")
_CLAUSE_END = tuple("。；：！？;:")
_ANY_LABEL = re.compile(f"[{SPACES}]*[{HAN}]{{2,6}}[：:]")
_NAVIGATION_NAME = re.compile(
    f"[{SPACES}]*(?:[{HAN}]{{2,4}}(?:公开|公開|服务|服務|交流|概况|概況|动态|動態|公告|专栏|專欄|信息|互动|互動|导航|大厅|大廳|专题|新闻|新聞|数据"
    f"|资讯|資訊|之窗|登录|注册)|(?:走进|走進)[{HAN}]{{2,3}})[{SPACES}]*"
)
"""The name of a column, as a bar of navigation has it."""

_REPORT = "某市2017年政府信息公开年度报告\n一、概述\n正文。"


@rule(
    name=RULE,
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
        "notice (时间：, 来源：) and single words such as 大 or 下载 without such a line; lines between the labels and clauses of a "
        f"report without headings and long paragraphs; values over {LONGEST_VALUE} "
        "characters; entries of a list, whose labels return with other values; a title below a label, unless it is above it, too; a label above a line that stays and may be its value; 附件： above names, and names of files. A run of such labels alone at the beginning or the end is proposed, and so is "
        "one line below the report that it may end with (责任编辑：, 浏览次数：), or a number of visits alone, unless other lines prove a page"
    ),
    unchanged=(
        "一、概述\n来源：本段是报告的话。\n二、情况",
        "一、概述\n附件：\n1.统计表",
        "会议通知\n时间：2024年3月5日\n地点：三楼会议室\n一、议程\n正文。",
        "首要污染物：臭氧 > 细颗粒物 > 二氧化氮\n一、概述",
        "网站周报\n标题：停水\n来源：甲网\n点击数：12\n\n标题：积水\n来源：乙网\n点击数：34",
        "土地出让公告\n地块编号：1号\n所在位置：城关镇\n面积：2亩",
    ),
    whole_text=True,
    web_page=True,
)
def remove_web_boilerplate(context: Context) -> Iterator[Replacement]:
    """Remove lines that belong to the web page around the report."""
    lines = context.lines
    evidence = [PageEvidence.of(context, line) for line in lines]
    removed: dict[int, bool] = {}
    runs = list(_runs_of_page_lines(context, evidence))
    extent = _report_extent(lines, evidence)
    are_blocks = [_is_page_block(run, evidence, len(lines)) and not extent.has(run) for run in runs]
    is_page = _prove_page(list(compress(runs, are_blocks)), evidence, lines)
    for run, is_block in zip(runs, are_blocks, strict=True):
        at_edge = run[0] == 0 or run[-1] == len(lines) - 1
        are_fields = len(run) > 1 and all(evidence[index].is_field for index in run)
        if is_block or (at_edge and are_fields):
            removed |= dict.fromkeys(run, is_block and is_page)
    for index in sorted(removed):
        start, end = context.span_to_remove(index, removed)
        yield Replacement(
            start=start,
            end=end,
            after="",
            reason=evidence[index].reason,
            certain=removed[index],
        )


def _runs_of_page_lines(context: Context, evidence: list[PageEvidence]) -> Iterator[list[int]]:
    """Yield runs of lines that may belong to a page, empty lines between them included."""
    lines = context.lines
    bodies = [index for index, line in enumerate(lines) if _is_body(line.string)]
    first = bodies[0] if bodies else len(lines)
    last = bodies[-1] if bodies else -1
    _mark_navigation(lines, evidence, first)
    _mark_path(lines, evidence, first)
    mark_page_facts(lines, evidence, first)
    leave_entries(lines, evidence)
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
                evidence[index] = PageEvidence(strength=2, reason="the column name of the web page")
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


def _without_first_fields(run: list[int], evidence: list[PageEvidence]) -> list[int]:
    """Return a run at the end without the fields above its first certain line; they may be the report's."""
    if any(evidence[index].strength for index in run):
        while evidence[run[0]].is_field and not evidence[run[0]].strength:
            run = run[1:]
    return run


def _without_labels_of_a_notice(
    run: list[int], evidence: list[PageEvidence], following: Line
) -> Iterator[list[int]]:
    """Yield a run without its last fields if the line below has a label, too: 时间：…, 地点：…."""
    if _ANY_LABEL.match(following.string):
        while run and evidence[run[-1]].is_field and not evidence[run[-1]].strength:
            run = run[:-1]
    if run:
        yield run


def _mark_path(lines: tuple[Line, ...], evidence: list[PageEvidence], first: int) -> None:
    """Take lines with > alone, and the words between them, for a navigation path if it begins at the site."""
    strings = [line.string.strip() for line in lines[:first]]
    marks = [index for index, string in enumerate(strings) if string in (">", "＞", "»")]
    if not marks or not marks[0] or not evidence[marks[0] - 1].reason:
        return
    for mark in marks:
        for index in (mark - 1, mark, mark + 1):
            is_step = index < first and (index + 1 in marks or not _TITLE.search(strings[index]))
            if is_step and len(strings[index]) <= LONGEST_STEP:
                evidence[index] = PageEvidence(
                    strength=2, reason="the navigation path of the web page"
                )


def _mark_navigation(lines: tuple[Line, ...], evidence: list[PageEvidence], first: int) -> None:
    """Take the short names below 首页 at the top of a page for the names of its columns."""
    if not lines or lines[0].string.strip() not in ("首页", "网站首页", "首頁"):
        return
    for index in range(min(first, len(lines))):
        if index and not _NAVIGATION_NAME.fullmatch(lines[index].string):
            break
        evidence[index] = PageEvidence(strength=2, reason="the navigation of the web page")


def _is_page_block(run: list[int], evidence: list[PageEvidence], lines: int) -> bool:
    """Return whether a run of lines proves that it belongs to a page."""
    strength = sum(evidence[index].strength for index in run)
    return strength >= 2 or (strength == 1 and (run[0] == 0 or run[-1] == lines - 1))


def _prove_page(
    blocks: list[list[int]], evidence: list[PageEvidence], lines: tuple[Line, ...]
) -> bool:
    """Return whether a block is a page's, and not one line below the text (责任编辑：齐悦) or a part of a list of labels."""
    if not blocks:
        return False
    filled_lines = [index for index, line in enumerate(lines) if line.string.strip()]
    first_body = next(
        (index for index in filled_lines if _is_body(lines[index].string)), len(lines)
    )
    for block in blocks:
        filled = [index for index in block if lines[index].string.strip()]
        strengths = [evidence[index].strength for index in filled]
        if max(strengths) > 2 or sum(map(bool, strengths)) > 1:
            return True
        if len(filled) == 1 and is_lone_count(lines[filled[0]].string):
            continue
        is_listed = any(
            _is_labelled(lines[index].string)
            for index in (filled[0] - 1, filled[-1] + 1)
            if 0 <= index < len(lines)
        )
        if not is_listed and filled[0] <= first_body and filled[-1] < filled_lines[-1]:
            return True
    return False


def _is_labelled(line: str) -> bool:
    """Return whether a line is a label with a short value, as in a list: 主编：王远."""
    label = _ANY_LABEL.match(line)
    value = line[label.end() :].strip() if label else ""
    return bool(value) and not _CLAUSES.search(value)


@dataclass(frozen=True, slots=True)
class _ReportExtent:
    """Where the lines are that only a report has: 土地面积：12,345平方米."""

    first: int
    last: int
    """The last of them, or the last date if it is below."""
    first_date: int
    last_body: int

    def has(self, run: list[int]) -> bool:
        """Return whether a run is between lines of the report; below a date at the end there is none any more."""
        if self.first_date < run[0] and self.last_body <= run[-1]:
            return False
        return self.first < run[0] and self.last > run[-1]


def _report_extent(lines: tuple[Line, ...], evidence: list[PageEvidence]) -> _ReportExtent:
    """Return where the lines of the report are among those that do not belong to the page."""
    strings = [
        "" if evidence[index].reason else line.string.strip() for index, line in enumerate(lines)
    ]
    own = [index for index, string in enumerate(strings) if _is_report_line(string)]
    dates = [index for index, string in enumerate(strings) if _DATE_LINE.fullmatch(string)]
    bodies = [index for index, string in enumerate(strings) if _is_body(string)]
    return _ReportExtent(
        first=min(own, default=len(lines)),
        last=max((*own, *dates), default=-1),
        first_date=min(dates, default=len(lines)),
        last_body=max(bodies, default=-1),
    )


def _is_report_line(line: str) -> bool:
    """Return whether a short line has a label, or ends like a clause."""
    return bool(_ANY_LABEL.match(line)) or line.endswith(_CLAUSE_END)


def _is_body(line: str) -> bool:
    """Return whether a line can only belong to the report itself."""
    return (
        line == TABLE_PLACEHOLDER
        or bool(_HEADING.match(line))
        or (len(line) >= _BODY_LENGTH and "。" in line)
    )


def _is_column_name(line: str, index: int, titles: list[int]) -> bool:
    """Return whether a line above a title is the name of one of a site's columns."""
    return bool(titles) and titles[-1] > index and re.sub(f"[{SPACES}]", "", line) in CHANNELS


@rule(
    name="repeated-title",
    order=110,
    reason="A web page prints the title above the report, which begins with the same title.",
    evidence="two lines that are the same, one below the other, and end like a title or are the first of the text",
    examples=(
        (
            "某市2017年政府信息公开年度报告\n某市2017年政府信息公开年度报告\n一、概述",
            "某市2017年政府信息公开年度报告\n一、概述",
        ),
    ),
    exceptions="titles under six characters; titles that differ; lines below the eighth; lines with clauses or over 80 characters",
    unchanged=(
        "某市2017年年报\n某市2018年年报\n一、概述",
        "工作总结\n受理申请十二件，全部办结\n受理申请十二件，全部办结\n一、概述",
        "采购结果\n清河建工集团有限公司\n清河建工集团有限公司\n一、概述",
    ),
    whole_text=True,
    web_page=True,
)
def remove_repeated_title(context: Context) -> Iterator[Replacement]:
    """Remove a title that the next line repeats."""
    lines = [(line.start, line.end, line.string) for line in context.lines if line.string.strip()]
    for (start, end, line), (_, _, following) in pairwise(lines[:8]):
        string = line.strip()
        is_first = start == lines[0][0] and has_han(string)
        is_title = bool(_TITLE.search(string)) or (is_first and len(string) >= SHORTEST_REPEATED)
        is_phrase = len(string) <= LONGEST_REPEATED and not _CLAUSES.search(string)
        if string == following.strip() and len(string) >= 6 and is_title and is_phrase:
            yield Replacement(
                start=start, end=end + 1, after="", reason="the next line repeats the title"
            )
            return
