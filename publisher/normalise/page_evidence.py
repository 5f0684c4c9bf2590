"""What a line shows of a web page: its path, its buttons, its bars of links, and fields about the page.

Input: a line and its context. Output: the evidence, and the metadata that removed lines hold. Single words that a
report may have as well prove nothing alone; ``rules.web_boilerplate`` judges a run of lines together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.normalise.page_values import is_page_value
from publisher.reference.web_labels import COUNT_LABELS, ELEMENT_BY_LABEL
from publisher.reference.web_pages import (
    BUTTON_LABELS,
    BUTTONS,
    CHANNELS,
    COMMON_WORDS,
    OFFERED_FILE_SUFFIX,
    PAGE_LABELS,
    SIZES,
    TIME_LABELS,
)
from publisher.text.characters import HAN, SPACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Edit
    from publisher.normalise.context import Context, Line

_LABEL = "|".join((*sorted(ELEMENT_BY_LABEL, key=len, reverse=True), "标[ \u3000]+题"))
_FIELD_BODY = (
    f"[\\[【（(]?(?P<label>{_LABEL})[{SPACES}]*[：:]"
    f"[{SPACES}]*(?P<value>[^|｜丨【】\\n]*?)"
    f"(?=[{SPACES}|｜丨\\]】\\[【（(]*(?:(?:{_LABEL})[{SPACES}]*[：:]|[|｜丨【\\[]|$))"
)
_FIELD = re.compile(f"(?:^|(?<=[{SPACES}|｜丨\\]】）)\\[【])){_FIELD_BODY}", re.MULTILINE)
_NEXT_FIELD = re.compile(_FIELD_BODY, re.MULTILINE)
"""A field that begins where another ends: the page separates them by its style alone."""
_PROVING_PHRASE = re.compile(
    r"您(?:当前|现在|目前)?的?(?:所在)?的?位置(?:是|为)?[：:\s>][^，。；]*"
    r"|(?:(?:当前|现在|目前)的?(?:所在)?的?位置(?:是|为)?|所在位置|位置导航)[：:\s>]\s*"
    r"(?:(?:[^。，；\d]{0,16}(?:首[页頁]|主[页頁]|网站|网|[门門][户戶]|公[开開]))?(?:[\s>＞»/|-].*)?|.*[>＞»→].*)"
    r"|上一[篇条][：:].*|下一[篇条][：:].*"
    r"|(?:Copyright|©).*|.{0,40}[ＩI][ＣC][ＰP](?:备\s*\d|备案[编]?号|证).*|.{0,40}公网安备\s*\d.*|网站标识码.*"
    r"|您是第.{0,12}位访问者.*|分享到[：:].*|分享[：:][ 　]*(?:微信|微博|QQ|朋友圈|空间|新浪|$).*"
)
"""Lines that a report never has, not even as its last one."""
_PAGE_PHRASE = re.compile(
    r"(?:用?手机)?扫一扫[^。，；\d]{0,20}|扫描?二维码(?![^。；]*(?:报名|填|缴|办|提交|申请|登记))[^。；\d]{0,16}"
    r"|版权所有[^。]*|责任编辑[：:].*"
    r"|\[(?:图解|解读|视频|专题|圖解)\].*|.{2,20}(?:门户网站|政府网站?)"
    r"|相关(?:链接|新闻|阅读|文章|稿件|解读|信息)[：:][^。]{0,60}|(?:相关|下载|附件)(?:下载|附件|文档|文章|链接|新闻|阅读|信息|稿件|解读)(?:下载)?[：:]"
)
_ATTACHMENTS = re.compile(r"(?:附件|文档|链接)(?:下载)?[：:]")
_SITE_WORD = re.compile(
    "首頁|主頁|首页|主页|当前位置|网站|门户|政务公开|信息公开|政府信息|专题|栏目|Home|HOME"
)
"""What the first steps of a navigation path are."""
_SENTENCE_WITH_PATH = re.compile(
    "[^>＞»]*(?<!位置)[：:][^>＞»]*[>＞»].*[。；！？]$|[^>＞»]*[，。；]"
)
_FILE_NAME = f"[^。；\\n]{{1,60}}{OFFERED_FILE_SUFFIX}"
_LIST_LABEL = f"[{SPACES}]*(?:相关|下载)?(?:附件|文档)(?:下载|列表)?[：:][{SPACES}]*"
_LIST = re.compile(
    f"{_LIST_LABEL}\\n[{SPACES}\\n]*(?P<name>(?:\\d{{1,2}}[.．、]|附件)[^\\n]*|{_FILE_NAME}[{SPACES}]*(?=\\n|$))",
    re.IGNORECASE,
)
"""附件： above the names of its files belongs to the report, as they do (GB/T 9704-2012, 7.3.4)."""
_FILE_LINE = re.compile(f"(?:{_LIST_LABEL})?(?P<name>{_FILE_NAME})", re.IGNORECASE)
_FILE_NAME_PARTS = re.compile(
    f"(?!附件\\d{{0,2}}\\.[a-z])(?:附件)?\\d{{0,2}}[.．、：:]?[{SPACES}]*(?P<stem>[^{SPACES}].*?)(?:\\.[a-z]{{2,4}})?[{SPACES}]*$",
    re.IGNORECASE,
)
_UNNAMED_FILE = re.compile(f"附件\\d{{0,2}}\\.[a-z]{{2,4}}[{SPACES}]*$", re.IGNORECASE)
NAMED_WITHIN = 20_000
"""Characters above a line in which a file is looked for that it repeats."""
_COUNT = re.compile("[\\d,]{0,11}\\s*次?")
"""How a page counts its visitors; a report writes 3,200,000人次."""
_PAGE_TIME = re.compile("(?:19|20)\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}.*")
LONGEST_VALUE = 40
"""Characters of the longest value of a field, except a title."""
_LONGEST_TITLE = 120
_WIDE_GAP = re.compile("[ \u3000\xa0]{2,}")
RULE = "web-boilerplate"
"""The rule whose edits hold the metadata."""
LONGEST_LINK = 10
"""Characters of the longest word in a bar of links."""
_BAR_WORD = re.compile("我们|我們|声明|聲明|政策|地图|訂閱|订阅|无障碍|無障礙|老年模式|告示")
_TIME_STAMP = re.compile(
    "(?:19|20)\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}(?:[ T]\\d{1,2}:\\d\\d(?::\\d\\d)?)?"
)
_SPACED_LABEL = re.compile(
    f"(?<=[{HAN}])[{SPACES}]+(?=[{HAN}](?:[{SPACES}]+[{HAN}])?[{SPACES}]*[：:])"
)
_CHOICE = re.compile(
    "[A-Za-z+–—-]{1,3}|\\d{1,2}(?:px|pt)?|[大中小]{2,3}|[^，。；]{0,6}(?:微信|微博|空间|QQ|朋友圈|钉钉|贴吧|人人|新浪|腾讯|网友|好友)[^，。；]{0,4}"
)
"""A size of letters or a site, between which a reader chooses."""
_WORD_GAP = re.compile(f"[{SPACES}|｜丨【】\\[\\]()（）/：:]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEvidence:
    """What a line shows of a web page."""

    strength: int
    """What the line proves.

    3 if no report has such a line, 2 if a report hardly has it but at its end (责任编辑：), 1 if it is one of a page's buttons,
    0 if a report may have it, too.
    """
    reason: str
    """Empty if it is no line of a page at all."""
    is_field: bool = False

    @classmethod
    def of(cls, context: Context, line: Line) -> PageEvidence:
        """Return the evidence of a line."""
        stripped = line.string.strip()
        if not stripped:
            return NO_EVIDENCE
        names = _LIST.match(context.string, line.start)
        if names and not _is_named_above(names["name"], context.string, line.start):
            return NO_EVIDENCE
        if phrase := _PROVING_PHRASE.fullmatch(stripped) or _PAGE_PHRASE.fullmatch(stripped):
            is_proof = phrase.re is _PROVING_PHRASE
            return cls(strength=3 if is_proof else 2, reason="a line of the web page")
        file = _FILE_LINE.fullmatch(stripped)
        if _ATTACHMENTS.fullmatch(stripped) or (
            file and _is_named_above(file["name"], context.string, line.start)
        ):
            return cls(strength=0, reason="a line of the web page")
        if _is_path(stripped):
            return cls(strength=3, reason="the navigation path of the web page")
        return _button_evidence(stripped) or _field_evidence(stripped) or NO_EVIDENCE


NO_EVIDENCE = PageEvidence(strength=0, reason="")


def _is_named_above(name: str, string: str, start: int) -> bool:
    """Return whether the text above an offset names a file, which the page then only offers for download.

    A file such as 附件1.doc has no name of its own.
    """
    words = _FILE_NAME_PARTS.match(name)
    if words is None:
        return _UNNAMED_FILE.match(name) is not None
    begin = max(start - NAMED_WITHIN, 0)
    if string.find(words["stem"], begin, start) < 0:
        return False
    named = re.compile(
        f"(?:^|[：:.．、《{SPACES}\\n]){re.escape(words['stem'])}(?:\\.[a-z]{{2,4}})?(?:[》{SPACES}\\n]|$)"
    )
    return named.search(string, begin, start) is not None


def _is_path(line: str) -> bool:
    """Return whether a line is a navigation path, and no sentence that describes one: 请查询：首页>公开>年报。."""
    steps = [step.strip() for step in re.split("[>＞»]", line)]
    return (
        len(steps) >= 3
        and len(line) < 120
        and not _SENTENCE_WITH_PATH.match(line)
        and any(_SITE_WORD.search(step) or step in CHANNELS for step in steps[:2])
    )


def _button_evidence(line: str) -> PageEvidence | None:
    words = [word for word in _WORD_GAP.split(line) if word]
    if not words:
        return PageEvidence(strength=0, reason="buttons of the web page") if line else None
    if _is_bar(line, words):
        return PageEvidence(strength=3, reason="the navigation of the web page")
    if not all(word in BUTTONS or word in SIZES for word in words):
        return None
    buttons = [word for word in words if word in BUTTONS]
    is_bracketed = line[0] in "[【" and line[-1] in "]】"
    is_size_bar = len(words) >= 3 and set(words) == SIZES
    if is_size_bar or (buttons and (len(words) > 1 or is_bracketed)):
        strength = 3 if len(words) > 1 else 2
    else:
        strength = int(bool(buttons) and words[0] not in COMMON_WORDS)
    return PageEvidence(strength=strength, reason="buttons of the web page")


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


def _field_evidence(line: str) -> PageEvidence | None:
    stamp = _TIME_STAMP.match(line)
    line = _SPACED_LABEL.sub("", line[stamp.end() if stamp else 0 :])
    fields = list(_fields(line))
    if not fields or any(
        len(field["value"]) > _longest_value(field)
        or "。" in field["value"]
        or _is_statement(field)
        for field in fields
    ):
        return None
    remainder = line
    for field in reversed(fields):
        remainder = f"{remainder[: field.start()]} {remainder[field.end() :]}"
    words = [word for word in _WORD_GAP.split(remainder) if word]
    if not all(word in BUTTONS or word in SIZES for word in words):
        return None
    page_fields = sum(map(_is_page_field, fields))
    strength = 0 if not page_fields else 3 if page_fields > 1 or words else 2
    return PageEvidence(strength=strength, reason="metadata of the web page", is_field=True)


def is_lone_count(line: str) -> bool:
    """Return whether a line is a number of visits and nothing else, which a report may state: 浏览次数：1024."""
    line = _SPACED_LABEL.sub("", line.strip())
    fields = list(_fields(line))
    return len(fields) == 1 and fields[0]["label"] in COUNT_LABELS and fields[0].start() == 0


def _is_statement(field: re.Match[str]) -> bool:
    """Return whether the label of a button has a value that is no button: 打印：20份, 字号：青企字〔2023〕15号."""
    words = [word for word in _WORD_GAP.split(field["value"]) if word]
    return field["label"] in BUTTON_LABELS and not all(
        word in BUTTONS or word in SIZES or _CHOICE.fullmatch(word) for word in words
    )


def _is_page_field(field: re.Match[str]) -> bool:
    """Return whether only a web page has such a field."""
    label, value = field["label"], field["value"].strip()
    if label in COUNT_LABELS:
        return bool(_COUNT.fullmatch(value))
    if label in TIME_LABELS:
        return bool(_PAGE_TIME.fullmatch(value)) or not value
    return label in PAGE_LABELS


def _fields(string: str) -> Iterator[re.Match[str]]:
    """Yield the fields of a line; groups ``label`` and ``value``."""
    offset = 0
    while field := _FIELD.search(string, offset):
        while field is not None:
            yield field
            offset = max(field.end(), offset + 1)
            field = _NEXT_FIELD.match(string, offset)


def labelled_values(line: str) -> Iterator[tuple[str, str]]:
    """Yield the label and the value of each field of a line: 来源：松河日报 gives 来源 and 松河日报."""
    for field in _fields(_SPACED_LABEL.sub("", line)):
        if value := _value(field):
            yield "".join(field["label"].split()), value


def _element(field: re.Match[str]) -> str:
    """Return the Dublin Core element that a field fills; empty if it fills none."""
    return ELEMENT_BY_LABEL["".join(field["label"].split())]


def _value(field: re.Match[str]) -> str:
    """Return the value of a field, without the buttons that a wide gap parts from it."""
    value = field["value"].strip(f"{SPACES}　")
    return value if _element(field) == "title" else _WIDE_GAP.split(value)[0]


def _longest_value(field: re.Match[str]) -> int:
    return _LONGEST_TITLE if _element(field) == "title" else LONGEST_VALUE


def metadata_from(edits: Iterable[Edit]) -> Iterator[tuple[str, str]]:
    """Yield what the removed lines say about the report: Dublin Core element and value, each once."""
    known: set[str] = set()
    element = ""
    for edit in edits:
        if edit.rule != RULE:
            continue
        fields = list(_fields(_SPACED_LABEL.sub("", edit.before.strip())))
        pairs = [(_element(field), _value(field)) for field in fields]
        if element and not fields and is_page_value(edit.before.strip()):
            pairs = [(element, edit.before.strip())]
        element = ""
        for element, value in pairs:
            if element and value and element not in known:
                known.add(element)
                yield element, value
        element = "" if not pairs or pairs[-1][1] else pairs[-1][0]
