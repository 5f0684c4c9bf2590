"""How the text of an annual report names the cells of the official forms.

Each ``FormStatement`` joins the cells of a form to the measure that a sentence gives them, where it can mean nothing else.
Several cells of one row group (不予公开, 无法提供) are added up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.reference.official_forms import TOTAL


@dataclass(frozen=True, slots=True, kw_only=True)
class FormStatement:
    """Cells of a form, and the measure that a sentence gives their sum."""

    form: str
    """How ``identify_form`` names the form; the edition may be left out."""
    row: re.Pattern[str]
    """Matches the heads beside the cells, joined by a slash."""
    column: re.Pattern[str]
    """Matches the heads above the cells, joined by a slash."""
    measure: re.Pattern[str]
    """Matches the whole measure of the sentence."""
    units: frozenset[str]
    required_words: re.Pattern[str] | None = None
    """Words that the sentence must have beside the measure, or it may mean something else."""


_CASES = frozenset(("件", ""))
_DISCLOSURE = "(?:政府信息公开)?"
_DONE = "(?:本年度?|全年)?(?:共)?"


def _statement(
    form: str,
    row: str,
    measure: str,
    *,
    column: str = f"(?:^|/){TOTAL}$",
    units: frozenset[str] = _CASES,
    required_words: str = "",
) -> FormStatement:
    return FormStatement(
        form=form,
        row=re.compile(row),
        column=re.compile(column),
        measure=re.compile(measure),
        units=units,
        required_words=re.compile(required_words) if required_words else None,
    )


FORM_STATEMENTS = (
    _statement("3", "本年新收", f"{_DONE}新收(?:到)?{_DISCLOSURE}申请"),
    _statement(
        "3",
        "本年新收",
        f"{_DONE}(?:收到|受理){_DISCLOSURE}申请",
        required_words="(?:上年|上一年)度?结转",
    ),
    _statement("3", "上年结转", f"(?:加上|加)?(?:上一?年度?)?结转(?:的)?{_DISCLOSURE}(?:申请)?"),
    _statement(
        "3", "结转下年度", "(?:答复|办理|申请)?结转(?:至|到)?下(?:一)?年度?(?:继续)?(?:办理)?"
    ),
    _statement("3", "（七）总计", "办理答复(?:申请)?"),
    _statement("3", "（一）予以公开", "予以公开"),
    _statement("3", "（二）部分公开", "(?:予以)?部分公开"),
    _statement("3", "（三）不予公开", "不予公开"),
    _statement("3", "（四）无法提供", "无法提供"),
    _statement("3", "（五）不予处理", "不予处理"),
    _statement("3", "（六）其他处理", "其他处理"),
    _statement(
        "4",
        "",
        f"(?:发生|因)?{_DISCLOSURE}(?:引发的?|被申请|发生)?行政复议(?:案件)?",
        column=f"行政复议/.*{TOTAL}$|^行政复议/{TOTAL}$",
    ),
    _statement(
        "4",
        "",
        "(?:未经复议)?直接(?:提起|起诉)的?(?:行政)?诉讼|未经复议直接起诉",
        column=f"未经复议直接起诉/.*{TOTAL}$|未经复议直接起诉/{TOTAL}$",
    ),
    _statement("4", "", "复议后(?:起诉|提起(?:行政)?诉讼)", column=f"复议后起诉/{TOTAL}$"),
    _statement(
        "2", "规范性文件", "(?:制发|制定|出台|印发)(?:行政)?规范性文件", column="(?:制作|制发)"
    ),
    _statement("2", "规范性文件", "(?:废止)(?:行政)?规范性文件", column="废止"),
    _statement("2", "规范性文件", "现行有效(?:行政)?规范性文件", column="现行有效"),
    _statement("2", "行政许可", "(?:作出|办理)?行政许可(?:决定)?", column="处理决定"),
    _statement("2", "行政处罚", "(?:作出)?行政处罚(?:决定)?", column="处理决定"),
    _statement("2", "行政强制", "(?:作出|实施)?行政强制(?:决定)?", column="处理决定"),
    _statement(
        "2",
        "行政事业性收费",
        "(?:收取)?行政事业性收费",
        column="收费金额",
        units=frozenset(("万元", "元", "")),
    ),
)
"""The statements; the first that matches a cell and a measure is taken."""
