"""Other words of sentences for the rows and columns of the official forms: 准予公开 for 予以公开.

``plain_form_words`` replaces them by the words of the form, which ``form_statements`` knows.
"""

from __future__ import annotations

import re

_SYNONYMS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        ("新(?:受理|接收|接到)(?=申请)", "新收"),
        ("(?:准予|准许|同意|允许|给予)(?=公开)", "予以"),
        ("(?:不能|未能|不予|无法予以)提供", "无法提供"),
        ("(?:不准予|不准许|不同意|不给予|未予)公开", "不予公开"),
        ("(?:侵害|侵犯|损害|涉及|涉)?第三方(?:合法)?(?:权益|利益)", "第三方合法权益"),
        ("(?:需要?|须)?(?:另行制作|重新制作|加工分析)(?:信息)?", "没有现成信息"),
        ("(?:经?补正后?)?(?:申请)?内容仍?不(?:明确|清楚)", "补正后仍不明确"),
        ("^(?:信访|信访投诉|投诉举报|信访举报|信访、?投诉、?举报)类?(?:申请)?$", "信访举报投诉类"),
        ("^企业(?=$|提)", "商业企业"),
        ("^(?:公民)?个人(?=$|提|申)", "自然人"),
        ("本?机关不掌握(?:该|的|信息|情况|内容)*$", "不掌握"),
        ("(?:宣布)?(?:失效|作废)", "废止"),
        (
            "^(?:截至|截止|到)?(?:年末|年底|目前|现|年)*(?:仍然?)?(?:在)?(?:有效|执行|施行)(?=$|(?:行政)?规范性)",
            "现行有效",
        ),
        ("^发出(?=行政许可|行政处罚|行政强制|许可|处罚)", "作出"),
        ("(?<=行政许可|行政处罚)(?:事项|案件)$", "决定"),
        (
            "(?:被)?(?:撤销|变更|确认违法|责令重作)(?:[、或和及](?:撤销|变更|确认违法|责令重作))*",
            "纠正",
        ),
        (
            "(?:正在|尚在|仍在|还在)(?:审理|办理)(?:中)?|审理中|(?:尚|仍)?未(?:办结|结案|审结)",
            "尚未审结",
        ),
        ("(?:办理|处理|答复)完毕", "办结"),
        ("(?:转入|转接|移转|承接)(?=$|申请|下|次|20)", "结转"),
        ("(?:剩余|其余|余下|尚有|另有)(?=结转|转)", ""),
    )
)
_BEFORE_COUNTED = re.compile("[^，。；、]{2}(?=行政(?:许可|处罚|强制)|(?:行政)?规范性文件)")
"""The field of an office before what it decides: 税务行政许可."""
_REASON = re.compile("^(?:因|属于?|涉及?|系|作出|作)+(?=.{2})")
"""Words before the reason of a result: 因属行政执法案卷."""


def plain_form_words(name: str) -> str:
    """Return the name of a measure in the words of the official forms.

    Example:
        >>> plain_form_words("准予公开"), plain_form_words("上年度转入")
        ('予以公开', '上年度结转')

    """
    for pattern, words in _SYNONYMS:
        name = pattern.sub(words, name)
    return name


def without_reason_words(name: str) -> str:
    """Return the reason of a result without the words before it.

    Example:
        >>> without_reason_words("因属行政执法案卷")
        '行政执法案卷'

    """
    return _REASON.sub("", name)


def without_title_words(name: str, title: str) -> str:
    """Return the name of a measure without the words of the title between it and what the form counts.

    Example:
        >>> without_title_words("作出税务行政许可", "国家税务总局南屏县税务局年度报告")
        '作出行政许可'

    """
    match = _BEFORE_COUNTED.search(name)
    return name[: match.start()] + name[match.end() :] if match and match[0] in title else name
