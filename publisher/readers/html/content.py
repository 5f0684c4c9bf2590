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

from publisher.readers.html.flow import Grid, Line, Shown
from publisher.reference.web_labels import ELEMENT_BY_LABEL
from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.readers.html.flow import Flowing
    from publisher.readers.html.tree import Element

CORE_SHARE = 0.85
"""The core holds at least this share of the page's prose and figures."""
SHORTEST_PROSE = 20
"""A sentence of fewer characters, far from the core, is a site's."""
LONGEST_TITLE = 80
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|crumbs?|bread\w*|location|position|weizhi|path|foot\w*|bottom|copyright|share\w*|"
    r"bdshare\w*|bshare\w*|social|print\w*|toolbar?|tools?|side\w*|aside|related?|recommend\w*|"
    r"xiangguan|links?|friend\w*|pager?|paging|pagination|page-?nav|prev\w*|next|search\w*|login|"
    r"qr\w*|ewm|erweima|banner|logo|header|top(?:bar|nav)?|hot\w*|rank\w*|comment\w*|pinglun|"
    r"ad|ads|advert\w*|float\w*|gotop|backtop|fontsize|zoomer|wza|accessib\w*|cookie\w*)(?=$|[\s_-])",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"(?:^|[\s_-])(?:foot(?:er)?\w*|copyright)(?=$|[\s_-])", re.IGNORECASE)
_NAVIGATION = frozenset({"nav", "footer", "aside", "dialog"})
_PROSE = re.compile("[。；！？]")
_FOOT = re.compile(
    "版权所有|版權所有|主办单位|主辦單位|承办单位|网站标识码|網站標識碼|[Ｉｉ][ＣｃCc][ＰｐPp]备|ICP[备備]|公网安备|技术支持|网站地图|"
    "Copyright|All Rights Reserved|联系我们|建议使用.{0,20}浏览器|最佳浏览|您是第.{0,12}位",
    re.IGNORECASE,
)
_LABELS = "|".join(sorted(map(re.escape, ELEMENT_BY_LABEL), key=len, reverse=True))
_FIELD = re.compile(f"^[\\[【（(]?(?:{_LABELS})[：:]")
_TITLE = re.compile(
    "(?:报告|年报|总结|情况|说明|公报|通报|報告|年報|總結|情況|公報)(?:[（(].{1,20}[）)])?$"
)
_NUMBERED = re.compile(f"[（(]?[{HAN_NUMERALS}\\d]{{1,3}}[、．.)）]")
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


@dataclass(slots=True)
class _Item:
    """Something that flows, with what is asked of it again and again."""

    flowing: Flowing
    text: str
    linked: bool
    """Whether it is links for the most part."""
    around: tuple[Element, ...]
    """The elements that it stands in, the innermost first."""
    named: bool
    """Whether one of them names itself as furniture."""

    @property
    def is_of_the_site(self) -> bool:
        """Tell what no report has in it."""
        linked = self.linked and not self.leads_to_files
        return linked or self.named or bool(_FOOT.search(self.text))

    @property
    def leads_to_files(self) -> bool:
        """Tell a line whose links are to files, such as an annex."""
        return isinstance(self.flowing, Line) and self.flowing.files

    @property
    def weight(self) -> int:
        """Return how much of a report's substance it has."""
        if self.linked or _FOOT.search(self.text):
            return 0
        if isinstance(self.flowing, Grid):
            return len(self.text) // (1 if _FIGURES.search(self.text) else 4)
        return len(self.text) // (1 if _PROSE.search(self.text) else 8)


def judge(flow: Sequence[Flowing], root: Element, source: str, title: str) -> list[Judged]:
    """Return a judgement of each; ``title`` is what the page's head calls the report."""
    if not flow:
        return []
    named: dict[Element, bool] = {}
    items = [_item(one, source, named) for one in flow]
    core = _widened(_core(root, items), items)
    inside = [core in item.around for item in items]
    first = inside.index(True)
    last = len(inside) - 1 - inside[::-1].index(True)
    headed = _title_at(items, title, first, inside)
    edges = _edges(items, first, last)
    around_core = frozenset(_ancestors(core))
    judged = []
    for index, item in enumerate(items):
        if index == headed:
            reason = ""
        elif inside[index]:
            beside = index < headed and _is_beside(item, items[headed])
            reason = edges.get(index, "") or _inside(item, core, beside=beside)
        else:
            reason = _outside(item, before=index < first, near=_is_near(item, around_core))
        judged.append(Judged(item.flowing, reason, index == headed and not inside[index]))
    return judged


def _item(one: Flowing, source: str, named: dict[Element, bool]) -> _Item:
    lines = [one] if isinstance(one, Line) else one.lines() if isinstance(one, Grid) else []
    text = "".join(line.text(source) for line in lines)
    linked = bool(text) and sum(line.link for line in lines) > len(text) / 2
    around = tuple(element for element in _ancestors(one.element) if element.is_ground)
    for element in around:
        if element not in named:
            named[element] = _names_furniture((element,))
    return _Item(one, text, linked, around, any(named[element] for element in around))


def _ancestors(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.parent


def _core(root: Element, items: Sequence[_Item]) -> Element:
    """Return the smallest element that holds nearly all that weighs."""
    held: dict[Element, int] = {}
    for item in items:
        for element in item.around:
            held[element] = held.get(element, 0) + item.weight
    leaves = {item.flowing.element for item in items}
    """What itself flows: its neighbours belong to it."""
    enough = CORE_SHARE * max(held[root], 1)
    core = root
    while inner := next((one for one in core.elements() if held.get(one, 0) >= enough), None):
        if inner in leaves:
            break
        core = inner
    return core


def _widened(core: Element, items: Sequence[_Item]) -> Element:
    """Return the largest element around the core that brings in nothing of the site."""
    outside = [item for item in items if core not in item.around]
    for wider in [one for one in _ancestors(core.parent) if one.is_ground]:
        if any(item.is_of_the_site for item in outside if wider in item.around):
            break
        core = wider
        outside = [item for item in outside if core not in item.around]
    return core


def _is_near(item: _Item, around_core: frozenset[Element]) -> bool:
    """Tell what stands in an element with the core that is not the whole page."""
    shared = next(one for one in item.around if one in around_core)
    return shared.name not in ("#root", "html", "body", "form")


def _names_furniture(around: Sequence[Element]) -> bool:
    for one in around:
        if one.name in _NAVIGATION or one.attributes.get("role") in ("navigation", "contentinfo"):
            return True
        if one.name not in ("body", "html", "form") and _FURNITURE.search(_names(one)):
            return True
    return False


def _names(one: Element) -> str:
    return f"{one.attributes.get('id', '')} {one.attributes.get('class', '')}"[:200]


def _title_at(items: Sequence[_Item], title: str, first: int, inside: list[bool]) -> int:
    """Return where the report's title stands: at the core's beginning, or above it; -1 if nowhere."""
    wanted = "".join(title.split())
    titled = -1
    places: list[int] = [*range(first, min(first + 6, len(items))), *range(first - 1, -1, -1)]
    for place in places:
        text = items[place].text
        if not isinstance(items[place].flowing, Line) or not 4 <= len(text) <= LONGEST_TITLE:
            continue
        if _PROSE.search(text) or _NUMBERED.match(text):
            continue
        if wanted and (text == wanted or (len(text) >= 8 and text in wanted)):
            return place
        if titled < 0 and _TITLE.search(text) and (inside[place] or not items[place].linked):
            titled = place
    return titled


def _edges(items: Sequence[_Item], first: int, last: int) -> dict[int, str]:
    """Return the lines of links that stand before or behind all prose of the core."""
    found = {}
    for places in (range(first, last + 1), range(last, first - 1, -1)):
        for place in places:
            item = items[place]
            if len(item.text) > 1 and (not item.linked or _ATTACHMENT.match(item.text)):
                break
            if item.linked and not item.leads_to_files:
                found[place] = f"a link {_SITE}"
    return found


def _is_beside(item: _Item, title: _Item) -> bool:
    """Tell what stands in another cell of a table that lays the page out than the title."""
    cell = next((one for one in item.around if one.name in ("td", "th")), None)
    return cell is not None and cell not in title.around


def _inside(item: _Item, core: Element, *, beside: bool) -> str:
    if beside and isinstance(item.flowing, Line) and not _PROSE.search(item.text):
        return f"a column {_SITE}"
    within = item.around[: item.around.index(core)]
    if isinstance(item.flowing, Shown) or not _names_furniture(within):
        return ""
    if not item.linked and not _FOOT.search(item.text):
        at_the_foot = any(one.name == "footer" or _FOOTER.search(_names(one)) for one in within)
        if _ends_a_report(item.text) or (_PROSE.search(item.text) and not at_the_foot):
            return ""
    return f"a part of the page that names itself {_SITE}"


def _outside(item: _Item, *, before: bool, near: bool) -> str:
    text = item.text
    if isinstance(item.flowing, Shown):
        return f"a picture {_SITE}"
    if _FOOT.search(text):
        return f"the foot of the page {_SITE}"
    if isinstance(item.flowing, Line) and _FIELD.match(text):
        return "" if before else f"a fact about the page {_SITE}"
    if item.named:
        return f"a part of the page that names itself {_SITE}"
    if item.linked:
        annex = item.leads_to_files and _ATTACHMENT.match(text)
        return "" if annex else f"links {_SITE}"
    return "" if _may_be_a_reports(item, before=before, near=near) else f"words {_SITE}"


def _may_be_a_reports(item: _Item, *, before: bool, near: bool) -> bool:
    """Tell prose, figures, and behind the core what ends a report."""
    text = item.text
    if isinstance(item.flowing, Grid):
        return len(_FIGURES.findall(text)) > 3
    if _PROSE.search(text) and (near or len(text) >= SHORTEST_PROSE):
        return True
    return not before and _ends_a_report(text)


def _ends_a_report(text: str) -> bool:
    """Tell a date, an office or an annex on a line of its own."""
    signed = _DATED.match(text) or (_OFFICE.search(text) and len(text) <= 30)
    return bool(signed or _ATTACHMENT.match(text))
