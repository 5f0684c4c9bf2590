"""The form that the value of a label about a page has: a date, a number, an office, one of a few words.

Input: a label and the line below it. Output: whether the line is its value, and whether a label may be empty.
"""

from __future__ import annotations

import re

from publisher.reference.web_labels import COUNT_LABELS, ELEMENT_BY_LABEL
from publisher.reference.web_pages import BUTTON_LABELS
from publisher.text.characters import HAN

_OFFICE = re.compile(
    f"[{HAN}]{{2,16}}(?:报|報|网|網|网站|網站|政府|社|台|办|办公室|辦公室|局|委|府|厅|廳|中心|客户端|处|科|院|部|会|會)"
)
_NAME = re.compile(f"[{HAN}]{{2,4}}")
_DATE = re.compile(
    "(?:19|20)\\d\\d[-/.年]\\d{1,2}[-/.月]\\d{1,2}日?(?:[ ]\\d{1,2}:\\d\\d(?::\\d\\d)?)?"
)
_NUMBER = re.compile(f"[{HAN}]{{2,8}}[〔\\[]\\d{{4}}[〕\\]]\\d+号|[\\d/-]{{1,30}}")
_CODE = re.compile("(?=.*\\d)[!-~]{1,40}")
"""A number with letters, as a site gives its pages."""
_COUNT = re.compile("[\\d,]{1,11}\\s*次?")
_URL = re.compile("(?:https?://|www\\.)[!-~]{3,200}")
_LINKS = frozenset("链接 链接地址 原文链接 原文地址".split())
_ACCESS = re.compile(
    "(?:主动|依申请|免予|不予|全文|部分|长期)公开|(?:面向)?(?:全)?社会(?:公众|公开)?|(?:现行|长期)?有效|失效|废止|长期|无|全部公开|网站|中文"
)
"""Values of 公开方式, 公开范围, 公开时限 and 有效性."""
_DATES = ("date", "issued")
_NUMBERS = frozenset("索引号 信息索引 索引 网站标识码 邮编".split())
_CONTROLS = BUTTON_LABELS | frozenset("保护视力色 视力保护色 网站地图 联系我们".split())
"""Labels of buttons, which have no value in the text of a page."""
_OFFICES = frozenset(
    "责任编辑 责编 发布人 发布者 作者 编辑 主办 主办单位 主辦單位 承办 承办单位 技术支持 版权所有 审核 签发".split()
)
"""Labels whose value may be an office, beside those of the publisher."""


def is_page_value(string: str) -> bool:
    """Return whether a line has the form of a value, whatever its label."""
    patterns = (_NAME, _NUMBER, _OFFICE, _DATE)
    return any(pattern.fullmatch(string) for pattern in patterns)


def is_url(string: str) -> bool:
    """Return whether a line is the address of a page."""
    return _URL.fullmatch(string) is not None


def is_value_of(label: str, string: str) -> bool:
    """Return whether a line below a label has the form that its value has.

    What has no form of its own, such as the words of 主题分类：, is not known for a value by this: they may be a title.
    """
    element = ELEMENT_BY_LABEL.get(label, "")
    if label in _CONTROLS or element == "title":
        return False
    if label in COUNT_LABELS or element in _DATES:
        return (_DATE if element else _COUNT).fullmatch(string) is not None
    if element == "identifier" or label in _NUMBERS:
        return bool(_NUMBER.fullmatch(string) or _CODE.fullmatch(string))
    if label in _OFFICES or element == "publisher":
        return bool(_OFFICE.fullmatch(string) or _NAME.fullmatch(string))
    return is_url(string) if label in _LINKS else bool(_ACCESS.fullmatch(string))


def is_empty_above(label: str, string: str) -> bool:
    """Return whether a label has no value if this line below it is none: the form of its value cannot be mistaken."""
    element = ELEMENT_BY_LABEL.get(label, "")
    is_strict = element in _DATES or element == "identifier"
    is_strict = is_strict or label in COUNT_LABELS or label in _NUMBERS
    has_digit = any(character.isdigit() for character in string)
    return label in _CONTROLS or (is_strict and not has_digit)
