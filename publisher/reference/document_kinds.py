"""The kinds of public documents: how their titles end, which parts they have, who issues them, how they are numbered.

A new kind is a row of ``KINDS``. All words are Simplified; ``text.simplified`` makes the text comparable. The words of a
title show its kind; parts and numbering decide between kinds whose titles end alike. A kind that is guessed wrongly
costs nothing: the general rules hold for every document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from publisher.model import PartRole

Numbering = Literal["articles", "sections", "paragraphs", "decimal"]
"""第一条; 一、 and （一）; paragraphs that are counted through the document; 1, 1.1."""
IssuerSource = Literal[
    "title", "by-line", "office", "signature", "office-mark", "passed-by", "page"
]
"""Where a document names its issuer: its title, the by-line, an office below the title, the signature, 发文机关标志 and other
lines above the title, the assembly that passed it, the page around it."""
YearInTitle = Literal["covered", "following", "issued"]
"""What a year in the title is: the reporting period, the year after it (年鉴), or the year of issue or of a plan."""

USUAL_ISSUER: tuple[IssuerSource, ...] = (
    "title",
    "by-line",
    "office",
    "signature",
    "office-mark",
    "page",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """A kind of document."""

    name: str
    endings: tuple[str, ...]
    """Patterns of the words that a title ends with."""
    words: str = ""
    """A pattern that the title must contain somewhere; empty if the ending is enough."""
    english: tuple[str, ...] = ()
    """Words of an English title, in lower case."""
    english_names: tuple[str, ...] = ()
    """Words of which one must stand in an English title, too; empty if ``english`` is enough."""
    parts: tuple[PartRole, ...] = ()
    """The parts outside the running text that it usually has, in their order."""
    issuer: tuple[IssuerSource, ...] = USUAL_ISSUER
    """Where its issuer is named, the most reliable first."""
    place_office: str = ""
    """The office of a place that issues it, if the title names only the place; empty if that is unknown."""
    numbering: tuple[Numbering, ...] = ("sections",)
    year: YearInTitle = "covered"
    is_report: bool = True
    """Whether it reports what was done or counted, so that a table of its figures is of use; a notice, a letter, minutes and rules do not."""
    has_sections: bool = False
    """Whether it has numbered sections even if it is short."""
    is_series: bool = False
    """Whether its name is printed as a head with a number (2024年第1号) above the title of each issue."""


_FORMAL: tuple[PartRole, ...] = (
    "copy-number",
    "secrecy",
    "urgency",
    "office-mark",
    "document-number",
    "signer",
    "addressee",
    "remark",
    "copies-to",
    "printed-by",
)
"""The parts of an official document (GB/T 9704-2012, 7)."""
_RULES_ISSUER: tuple[IssuerSource, ...] = (
    "title",
    "passed-by",
    "office",
    "signature",
    "office-mark",
    "page",
)

KINDS = (
    DocumentKind(
        name="policy-address",
        endings=("施政报告", "财政预算案(?:演[辞词])?"),
        english=("policy address",),
        parts=("subtitle", "addressee"),
        numbering=("paragraphs", "sections"),
        year="issued",
    ),
    DocumentKind(
        name="disclosure",
        endings=("(?:信息|政务|资讯)公开.{0,12}(?:报告|年报|总结|情况|说明)",),
        english=("open government information", "government information disclosure"),
        parts=("date",),
        place_office="人民政府",
        has_sections=True,
    ),
    DocumentKind(
        name="audit",
        endings=(
            "审计.{0,16}(?:结果|报告书?|公告|决定|通报|情况)",
            "审核报告",
            "审计查出问题整改情况的?报告",
        ),
        words="审计|审核",
        english=("audit report", "audit results"),
        parts=("office-mark", "document-number", "date", "speaker", "addressee"),
        is_series=True,
    ),
    DocumentKind(
        name="budget",
        endings=(
            "(?:预算|决算).{0,30}(?:报告|公开|说明|情况|草案|公告|表)",
            "(?:部门|单位|财政|总)?(?:预算|决算)(?:案|公开)?",
        ),
        words="预算|决算",
        english=("budget", "final accounts"),
        parts=("subtitle", "speaker", "addressee"),
    ),
    DocumentKind(
        name="work-report",
        endings=(
            "政府工作报告",
            "工作报告",
            "施政总报告",
            "工作总结(?:(?:和|及|与|暨).{0,12}(?:计[划画]|安排|打算|要点|思路))?",
            "工作情况报告",
        ),
        english=("report on the work of the government", "work report", "government work report"),
        parts=("subtitle", "speaker", "addressee"),
        place_office="人民政府",
        year="issued",
        has_sections=True,
    ),
    DocumentKind(
        name="company-report",
        endings=("(?:年度|半年度|季度)报告(?:摘要|全文)?",),
        words="公司|集团|银行|股份",
        english=("annual report", "interim report"),
        english_names=(
            "company",
            "limited",
            "ltd",
            "plc",
            "holdings",
            "corporation",
            "group",
            "bank",
        ),
        parts=("date",),
        numbering=("sections", "articles"),
        has_sections=True,
    ),
    DocumentKind(
        name="communique",
        endings=("国民经济和社会(?:事业)?发展(?:情况)?的?统计公报", "年统计公报"),
        english=("statistical communique", "statistical communiqué"),
        parts=("office", "date", "note"),
    ),
    DocumentKind(
        name="bulletin",
        endings=("公报",),
        english=("bulletin", "communique", "communiqué"),
        parts=("subtitle", "office", "date", "note"),
    ),
    DocumentKind(
        name="white-paper",
        endings=("白皮书", "蓝皮书", "绿皮书"),
        english=("white paper",),
        parts=("date", "office"),
        has_sections=True,
    ),
    DocumentKind(
        name="yearbook",
        endings=("年鉴.{0,20}", "统计年报"),
        words="年鉴|统计年报",
        english=("yearbook",),
        parts=("office",),
        year="following",
        has_sections=True,
    ),
    DocumentKind(
        name="briefing",
        endings=("简报", "快报", "专报", "信息专刊", "工作动态", "情况反映"),
        parts=("office-mark", "document-number", "office", "date", "copies-to"),
        is_series=True,
        year="issued",
    ),
    DocumentKind(
        name="minutes",
        endings=("会?议?纪要", "会议记录"),
        english=("minutes",),
        parts=("office-mark", "document-number", "office", "date", "copies-to", "printed-by"),
        issuer=("office", "signature", "office-mark", "title", "page"),
        is_series=True,
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="interpretation",
        endings=(
            "解读",
            "答记者问",
            "起草说明",
            "图解",
            "(?:常见|热点|有关|相关|疑难)?问题(?:与|及|和)?(?:解答|问答|答疑|答复)",
            "(?:政策|知识|热点|业务|疑难)(?:解答|问答|答疑)",
            "常见问题",
        ),
        parts=("date", "source"),
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="measures",
        endings=("办法", "规定", "细则", "规则", "规程", "章程", "准则", "制度", "规范"),
        english=("measures", "provisions", "rules"),
        parts=("subtitle", "document-number"),
        issuer=_RULES_ISSUER,
        numbering=("articles",),
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="decree",
        endings=("令", "条例", "(?<=[国省市县])[^的]{2,20}法"),
        english=("decree", "order", "regulations", "ordinance", "law"),
        parts=("office-mark", "document-number", "subtitle"),
        issuer=_RULES_ISSUER,
        numbering=("articles",),
        year="issued",
        is_series=True,
        is_report=False,
    ),
    DocumentKind(
        name="decision",
        endings=("决定", "决议"),
        english=("decision", "resolution"),
        parts=("subtitle", "document-number"),
        issuer=_RULES_ISSUER,
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="plan",
        endings=(
            "规划(?:纲要)?",
            "纲要",
            "计[划画]",
            "方案",
            "预案",
            "要点",
            "工作安排",
            "任务分工",
            "路线图",
        ),
        english=("plan", "outline", "programme"),
        parts=("subtitle", "office", "date"),
        numbering=("sections", "decimal"),
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="notice",
        endings=("通知", "通报"),
        english=("notice", "circular"),
        parts=_FORMAL,
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="request",
        endings=("请示", "请示报告"),
        parts=_FORMAL,
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="opinion",
        endings=("意见", "指导意见", "实施意见"),
        english=("opinions",),
        parts=_FORMAL,
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="letter",
        endings=("函", "批[复覆]", "答[复覆]", "复文"),
        english=("letter", "reply"),
        parts=_FORMAL,
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="announcement",
        endings=("公告", "通告", "公示", "布告", "启事", "声明", "公开信", "一封信", "告知书"),
        english=("announcement", "public notice"),
        parts=("office-mark", "document-number", "date"),
        is_series=True,
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="speech",
        endings=("讲话(?:稿|提纲)?", "致[辞词]", "发言(?:稿|材料)?", "演讲(?:稿)?", "[贺献]词"),
        english=("speech", "address", "remarks"),
        parts=("subtitle", "speaker", "date", "addressee"),
        issuer=("by-line",),
        year="issued",
        is_report=False,
    ),
    DocumentKind(
        name="department-report",
        endings=("年度报告", "年报", "年度工作情况"),
        english=("annual report",),
        parts=("office", "date"),
        numbering=("sections", "decimal"),
        has_sections=True,
    ),
    DocumentKind(
        name="list",
        endings=("清单", "名单", "目录", "一览表", "统计表"),
        parts=("office", "date"),
    ),
    DocumentKind(
        name="report",
        endings=("报告(?:书)?", "汇报", "总结", "说明", "情况", "调查", "分析", "综述", "评估"),
        english=("report", "review", "survey"),
        parts=_FORMAL,
    ),
)
"""The kinds, the more special first: the first whose words a title ends with is taken."""

NO_REPORTS = frozenset(kind.name for kind in KINDS if not kind.is_report)
"""The names of the kinds of documents that are no reports."""

WEAK_ENDINGS = frozenset(
    "情况 计划 方案 要点 工作安排 说明 制度 分析 结果 目录 规范 规定 评估 调查 总结 令 函".split()
)
"""Endings that headings have as well: a line of a few characters with one of them is no title for it."""
OTHER_TITLE_ENDINGS = (
    "结果", "指南", "手册", "标准", "须知", "提纲", "议案", "建议", "倡议书", "通知书", "指引", "协议", "导则", "措施",
    "摘要", "实录", "(?:民事|刑事|行政(?:诉讼|处罚|复议)?|执行|赔偿)(?:附带民事)?(?:简易)?(?:判决|裁定|调解|决定)书?",
)  # fmt: skip
"""Other words that titles end with, which show no kind."""
OPENING_HEADINGS = frozenset(
    "序言 前言 引言 序 导言 导语 绪论 综述 概述 综合 总述 总则 概况 特载 摘要 重要提示 编者按 基本情况 总体情况 主要职能 部门概况 背景 释义".split()
)
"""Headings without a number with which the text of a document begins."""
