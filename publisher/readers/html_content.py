"""Which of a page's lines, tables and pictures are the report, and which the site around it.

Enters: what flows down the page. Leaves: for each the reason to leave it out, or none. The core is
the smallest element that holds nearly all prose and figures. Inside it all stays but what names
itself as furniture; outside it, what could be part of a report stays: its title, prose, a table
of figures, a signature. A report whose page is like no other thus loses nothing, at the price of
some words too many. Everything left out stands in the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.page_facts import NAME_OF
from publisher.readers.html_flow import Grid, Line, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.readers.html_flow import Flowing
    from publisher.readers.html_tree import Element

CORE_SHARE = 0.85
"""The core holds at least this share of the page's prose and figures."""
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|crumbs?|bread\w*|location|position|weizhi|path|foot\w*|bottom|copyright|share\w*|"
    r"bdshare\w*|bshare\w*|social|print\w*|toolbar?|tools?|side\w*|aside|related?|recommend\w*|"
    r"xiangguan|links?|friend\w*|pager?|paging|pagination|page-?nav|prev\w*|next|search\w*|login|"
    r"qr\w*|ewm|erweima|banner|logo|header|top(?:bar|nav)?|hot\w*|rank\w*|comment\w*|pinglun|"
    r"ad|ads|advert\w*|float\w*|gotop|backtop|fontsize|zoomer|wza|accessib\w*|cookie\w*)(?=$|[\s_-])",
    re.IGNORECASE,
)
_NAVIGATION = frozenset({"nav", "footer", "aside", "dialog"})
_PROSE = re.compile("[。；！？]")
_FOOT = re.compile(
    "版权所有|版權所有|主办单位|主辦單位|承办单位|网站标识码|網站標識碼|[Ｉｉ][ＣｃCc][ＰｐPp]备|ICP[备備]|公网安备|技术支持|网站地图|"
    "Copyright|All Rights Reserved|联系我们|建议使用.{0,20}浏览器|最佳浏览|您是第.{0,12}位",
    re.IGNORECASE,
)
_LABELS = "|".join(sorted(map(re.escape, NAME_OF), key=len, reverse=True))
_FIELD = re.compile(f"^[\\[【（(]?(?:{_LABELS})[：:]")
_TITLE = re.compile(
    "(?:报告|年报|总结|情况|说明|公报|通报|報告|年報|總結|情況|公報)(?:[（(].{1,20}[）)])?$"
)
_DATED = re.compile(
    r"^[^，。；：]{0,30}?(?:(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2})年.{1,3}月.{1,3}日$"
)
_OFFICE = re.compile("(?:政府|办公室|办公厅|委员会|局|厅|处|中心|镇|乡|街道|院|大学|公司)$")
_ATTACHMENT = re.compile(r"^(?:附件|附表|附注|附[：:])")
_FIGURES = re.compile(r"\d")
_SITE = "of the web site, not of the report"


@dataclass(frozen=True, slots=True)
class Judged:
    """Something that flows down the page, and why it is left out; empty where it stays."""

    flowing: Flowing
    reason: str
    promoted: bool = False
    """Whether it is the report's title, which stood outside the core."""


def judge(
    flow: Sequence[Flowing], root: Element, source: str, title: str
) -> tuple[list[Judged], Element]:
    """Return a judgement of each, and the core; ``title`` is what the page's head calls the report."""
    weights = _weights(flow, source)
    core = _core(root, flow, weights)
    inside = [_is_in(one.element, core) for one in flow]
    first = inside.index(True) if True in inside else 0
    last = len(inside) - 1 - inside[::-1].index(True) if True in inside else len(inside)
    headed = _title_at(flow, source, title, first, inside)
    judged = []
    edges = _edges(flow, source, first, last)
    for index, one in enumerate(flow):
        if index == headed:
            judged.append(Judged(one, "", promoted=not inside[index]))
        elif inside[index]:
            reason = edges.get(index, "")
            judged.append(Judged(one, reason or _inside(one, core, source)))
        else:
            judged.append(Judged(one, _outside(one, source, before=index < first)))
    return judged, core


def _text(one: Flowing, source: str) -> str:
    if isinstance(one, Line):
        return one.text(source)
    if isinstance(one, Grid):
        return "".join(line.text(source) for line in one.lines())
    return ""


def _is_linked(one: Flowing, text: str) -> bool:
    """Tell what is links for the most part."""
    lines = [one] if isinstance(one, Line) else one.lines() if isinstance(one, Grid) else []
    return bool(text) and sum(line.link for line in lines) > len(text) / 2


def _weights(flow: Sequence[Flowing], source: str) -> list[int]:
    weights = []
    for one in flow:
        text = _text(one, source)
        if not text or _is_linked(one, text) or _FOOT.search(text):
            weights.append(0)
        elif isinstance(one, Grid):
            weights.append(len(text) if _FIGURES.search(text) else len(text) // 4)
        else:
            weights.append(len(text) if _PROSE.search(text) else len(text) // 8)
    return weights


def _core(root: Element, flow: Sequence[Flowing], weights: list[int]) -> Element:
    """Return the smallest element that holds nearly all that weighs."""
    total = sum(weights)
    held: dict[Element, int] = {}
    for one, weight in zip(flow, weights, strict=True):
        for element in _ancestors(one.element):
            held[element] = held.get(element, 0) + weight
    core = root
    leaves = {one.element for one in flow}
    """What itself flows: its neighbours belong to it."""
    while total:
        inner = next(
            (one for one in core.elements() if held.get(one, 0) >= CORE_SHARE * total), None
        )
        if inner is None or inner in leaves:
            return core
        core = inner
    return core


def _ancestors(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.parent


def _is_in(element: Element, core: Element) -> bool:
    return any(one is core for one in _ancestors(element))


def _names_furniture(element: Element, stop: Element | None = None) -> bool:
    for one in _ancestors(element):
        if one is stop:
            return False
        names = f"{one.attributes.get('id', '')} {one.attributes.get('class', '')}"
        if one.name in _NAVIGATION or one.attributes.get("role") in ("navigation", "contentinfo"):
            return True
        if one.name not in ("body", "html", "form") and _FURNITURE.search(names):
            return True
    return False


def _title_at(
    flow: Sequence[Flowing], source: str, title: str, first: int, inside: list[bool]
) -> int:
    """Return where the report's title stands: at the core's beginning, or above it; -1 if nowhere."""
    wanted = "".join(title.split())
    for index in [*range(first, min(first + 6, len(flow))), *range(first - 1, -1, -1)]:
        one = flow[index]
        if not isinstance(one, Line) or (inside[index] and index < first):
            continue
        text = one.text(source)
        if not 4 <= len(text) <= 80 or _PROSE.search(text):
            continue
        alike = bool(wanted) and (text == wanted or (len(text) >= 8 and text in wanted))
        if alike or (_TITLE.search(text) and (inside[index] or not _is_linked(one, text))):
            return index
    return -1


def _edges(flow: Sequence[Flowing], source: str, first: int, last: int) -> dict[int, str]:
    """Return the lines of links that stand before or behind all prose of the core."""
    found = {}
    for indices in (range(first, last + 1), range(last, first - 1, -1)):
        for index in indices:
            text = _text(flow[index], source)
            if not text:
                continue
            if _ATTACHMENT.match(text) or not _is_linked(flow[index], text):
                if _ATTACHMENT.match(text) or len(text) > 1:
                    break
                continue
            if not _is_file(flow[index]):
                found[index] = f"a link {_SITE}"
    return found


_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|txt|csv)(?:$|[?#])", re.IGNORECASE)


def _is_file(one: Flowing) -> bool:
    links = [a for a in one.element.walk() if a.name == "a"]
    return any(_FILE.search(a.attributes.get("href", "")) for a in links)


def _inside(one: Flowing, core: Element, source: str) -> str:
    if isinstance(one, Shown):
        return ""
    text = _text(one, source)
    if _names_furniture(one.element, core) and (
        not _PROSE.search(text) or _is_linked(one, text) or _FOOT.search(text)
    ):
        return f"a part of the page that names itself {_SITE}"
    return ""


def _outside(one: Flowing, source: str, *, before: bool) -> str:
    if isinstance(one, Shown):
        return f"a picture {_SITE}"
    text = _text(one, source)
    if isinstance(one, Line) and _FIELD.match(text) and not _FOOT.search(text):
        return "" if before else f"a fact about the page {_SITE}"
    if _FOOT.search(text):
        return f"the foot of the page {_SITE}"
    if _is_linked(one, text):
        return f"links {_SITE}"
    named = _names_furniture(one.element)
    if isinstance(one, Grid):
        keep = len(_FIGURES.findall(text)) > 3 and not named
    elif before:
        keep = bool(_PROSE.search(text)) and len(text) >= 20 and not named
    else:
        signed = _DATED.match(text) or (_OFFICE.search(text) and len(text) <= 30)
        prose = _PROSE.search(text) and len(text) >= 20
        keep = bool(signed or prose or _ATTACHMENT.match(text)) and not named
    return "" if keep else f"words {_SITE}"
