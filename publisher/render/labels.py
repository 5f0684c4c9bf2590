"""The words that a page adds to its report, in its language and script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Outcome, Reason
from publisher.text.dates import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

_HANS = {
    "contents": "目录",
    "list_comma": "、",
    "to": "至",
    "publication_remarks": "简要说明",
    "data_title": "题名",
    "data_office": "发布机关",
    "data_person": "署名",
    "data_number": "文号",
    "data_date": "发布日期",
    "data_period": "报告期",
    "data_source": "来源",
    "remark_source": "本书据《{title}》的电子文本排印，内容以发布机关公布的文本为准。",
    "remark_parts": "全书有{parts}。",
    "count_sections": "正文{count}部分",
    "count_annexes": "附件{count}件",
    "count_tables": "表{count}张",
    "count_pictures": "图{count}幅",
    "count_notes": "注释{count}条",
    "remark_converted": "文字经过简繁转换。",
    "remark_edits": "排印时对文字、标点、空格和断行的改动共{count}处，逐一列在随附的记录文件中。",
    "remark_appendix": "附录的统计数据按正文自动整理，以正文为准。",
    "bullets": "●■◆",
    "unchecked": "未勾选",
    "checked": "已勾选",
    "appendix": "附录",
    "statistics": "主要统计数据",
    "statistics_note": "按正文自动整理，以正文为准；页码为该项表述在正文中的页码；正文中的表格不再重复列出。",
    "of_section": "本节主要统计数据",
    "subject": "指标",
    "value": "数值",
    "unit": "单位",
    "note": "说明",
    "changes": "变化和说明",
    "page": "页码",
    "page_before": "　第",
    "page_after": "页",
    "of_which": "其中：",
    "to_text": "见正文：",
    "chart": "图",
    "continued": "续表{number}",
    "bar_chart": "条形图：",
    "in_all": "共",
    "stop": "。",
    "appendix_1": "附录1",
    "appendix_2": "附录2",
    "tally": "相符{holds}项，不符{fails}项，无法核对{open}项。",
    "all_hold": "表内勾稽{count}项",
    "checks": "数据核对",
    "checks_note": "按正文所述数字重新计算的结果；“无法核对”不等于有误。",
    "statement": "算式或表述",
    "kind": "类别",
    "stated": "文中数",
    "computed": "计算数",
    "outcome": "结果",
    "note_mark": "注释",
    "listed": "列举{computed}项，称{stated}项",
}
_HANT = {
    "contents": "目錄",
    "list_comma": "、",
    "to": "至",
    "publication_remarks": "簡要說明",
    "data_title": "題名",
    "data_office": "發布機關",
    "data_person": "署名",
    "data_number": "文號",
    "data_date": "發布日期",
    "data_period": "報告期",
    "data_source": "來源",
    "remark_source": "本書據《{title}》的電子文本排印，內容以發布機關公布的文本為準。",
    "remark_parts": "全書有{parts}。",
    "count_sections": "正文{count}部分",
    "count_annexes": "附件{count}件",
    "count_tables": "表{count}張",
    "count_pictures": "圖{count}幅",
    "count_notes": "註釋{count}條",
    "remark_converted": "文字經過簡繁轉換。",
    "remark_edits": "排印時對文字、標點、空格和斷行的改動共{count}處，逐一列在隨附的記錄文件中。",
    "remark_appendix": "附錄的統計數據按正文自動整理，以正文為準。",
    "bullets": "●■◆",
    "unchecked": "未勾選",
    "checked": "已勾選",
    "appendix": "附錄",
    "statistics": "主要統計數據",
    "statistics_note": "按正文自動整理，以正文為準；頁碼為該項表述在正文中的頁碼；正文中的表格不再重複列出。",
    "of_section": "本節主要統計數據",
    "subject": "指標",
    "value": "數值",
    "unit": "單位",
    "note": "說明",
    "changes": "變化和說明",
    "page": "頁碼",
    "page_before": "　第",
    "page_after": "頁",
    "of_which": "其中：",
    "to_text": "見正文：",
    "chart": "圖",
    "continued": "續表{number}",
    "bar_chart": "條形圖：",
    "in_all": "共",
    "stop": "。",
    "appendix_1": "附錄1",
    "appendix_2": "附錄2",
    "tally": "相符{holds}項，不符{fails}項，無法核對{open}項。",
    "all_hold": "表內勾稽{count}項",
    "checks": "數據核對",
    "checks_note": "按正文所述數字重新計算的結果；「無法核對」不等於有誤。",
    "statement": "算式或表述",
    "kind": "類別",
    "stated": "文中數",
    "computed": "計算數",
    "outcome": "結果",
    "note_mark": "註釋",
    "listed": "列舉{computed}項，稱{stated}項",
}
_EN = {
    "contents": "Contents",
    "list_comma": ", ",
    "to": " to ",
    "publication_remarks": "About this edition",
    "data_title": "Title",
    "data_office": "Issued by",
    "data_person": "Signed by",
    "data_number": "Document number",
    "data_date": "Date of issue",
    "data_period": "Period",
    "data_source": "Source",
    "remark_source": "Set from the electronic text of “{title}”; the text that the office published prevails.",
    "remark_parts": "Contents: {parts}.",
    "count_sections": "sections: {count}",
    "count_annexes": "annexes: {count}",
    "count_tables": "tables: {count}",
    "count_pictures": "pictures: {count}",
    "count_notes": "notes: {count}",
    "remark_converted": "The text was converted between Simplified and Traditional Chinese.",
    "remark_edits": "Changes of words, punctuation, spaces and line breaks: {count}, each listed in the record of this edition.",
    "remark_appendix": "The figures in the appendix were compiled from the text, which prevails.",
    "bullets": "•–·",
    "unchecked": "not checked",
    "checked": "checked",
    "appendix": "Appendix",
    "statistics": "Main figures",
    "statistics_note": (
        "Compiled from the text, which prevails; the pages are those of the statements in the text. "
        "Tables in the text are not repeated."
    ),
    "of_section": "Main figures of this section",
    "subject": "Indicator",
    "value": "Value",
    "unit": "Unit",
    "note": "Note",
    "changes": "Changes and notes",
    "page": "Page",
    "page_before": " p. ",
    "page_after": "",
    "of_which": "of which: ",
    "to_text": "See the text: ",
    "continued": "Table {number} (continued)",
    "chart": "Chart",
    "bar_chart": "Bar chart: ",
    "in_all": "total ",
    "stop": ".",
    "appendix_1": "Appendix 1",
    "appendix_2": "Appendix 2",
    "tally": "{holds} hold, {fails} fail, {open} cannot be verified.",
    "all_hold": "{count} identities within tables",
    "checks": "Arithmetic checks",
    "checks_note": "Computed again from the figures in the text; “cannot be verified” does not mean wrong.",
    "statement": "Formula or statement",
    "kind": "Kind",
    "stated": "Stated",
    "computed": "Computed",
    "outcome": "Outcome",
    "note_mark": "Note ",
    "listed": "{computed} listed, {stated} stated",
}
_KINDS_EN = {
    "sum": "Sum",
    "percentage": "Ratio",
    "growth": "Change",
    "enumeration": "Count of a list",
    "repetition": "Repeated statement",
    "table-identity": "Identity in a table",
}
_KINDS_HANS = {
    "sum": "合计",
    "percentage": "比率",
    "growth": "增减",
    "enumeration": "列举计数",
    "repetition": "重复陈述",
    "table-identity": "表内勾稽",
}
_KINDS_HANT = {
    "sum": "合計",
    "percentage": "比率",
    "growth": "增減",
    "enumeration": "列舉計數",
    "repetition": "重複陳述",
    "table-identity": "表內勾稽",
}
_OUTCOMES_HANS: dict[str, str] = {
    Outcome.HOLDS: "相符",
    Outcome.FAILS: "不符",
    Outcome.UNVERIFIABLE: "无法核对",
}
_OUTCOMES_HANT: dict[str, str] = {
    Outcome.HOLDS: "相符",
    Outcome.FAILS: "不符",
    Outcome.UNVERIFIABLE: "無法核對",
}
_OUTCOMES_EN: dict[str, str] = {
    Outcome.HOLDS: "holds",
    Outcome.FAILS: "fails",
    Outcome.UNVERIFIABLE: "cannot be verified",
}
_REASONS_EN: dict[str, str] = {
    Reason.NONE: "",
    Reason.APPROXIMATE: "a figure is approximate",
    Reason.BLANK: "a cell is blank",
    Reason.DIFFERENT: "the two may count different things",
    Reason.MORE: "“etc.” may include what is not listed",
    Reason.NO_BASE: "the text does not give the base",
    Reason.PARTS: "the parts listed may not be all",
}
_REASONS_HANS: dict[str, str] = {
    Reason.NONE: "",
    Reason.APPROXIMATE: "数字为约数",
    Reason.BLANK: "表中有空格",
    Reason.DIFFERENT: "两处所指可能不同",
    Reason.MORE: "“等”可能包括未列出者",
    Reason.NO_BASE: "文中未给出基数",
    Reason.PARTS: "所列部分未必为全部",
}
_REASONS_HANT: dict[str, str] = {
    Reason.NONE: "",
    Reason.APPROXIMATE: "數字為約數",
    Reason.BLANK: "表中有空格",
    Reason.DIFFERENT: "兩處所指可能不同",
    Reason.MORE: "「等」可能包括未列出者",
    Reason.NO_BASE: "文中未給出基數",
    Reason.PARTS: "所列部分未必為全部",
}


def labels_for(language: str) -> Mapping[str, str]:
    """Return the words for a language (BCP 47); check kinds, outcomes and reasons are keys too."""
    if language.startswith("en"):
        return {**_EN, **_KINDS_EN, **_OUTCOMES_EN, **_REASONS_EN}
    hant = "Hant" in language
    return {
        **(_HANT if hant else _HANS),
        **(_KINDS_HANT if hant else _KINDS_HANS),
        **(_OUTCOMES_HANT if hant else _OUTCOMES_HANS),
        **(_REASONS_HANT if hant else _REASONS_HANS),
    }


def write_date(date: str, *, language: str) -> str:
    """Return a year, a month or a day (ISO 8601) as it is written in a language."""
    if date and language.startswith("en"):
        year, *rest = date.split("-")
        day = [str(int(part)) for part in rest[1:]]
        return " ".join([*day, MONTH_NAMES[int(rest[0]) - 1], year]) if rest else year
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False)
    )
