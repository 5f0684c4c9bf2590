"""The items of a page with the properties that show whether they are of the report or of the web site around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.html.flow_items import Line, Table
from publisher.text.characters import HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.readers.html.flow_items import FlowItem
    from publisher.readers.html.tree import Element

SHORTEST_HEADING = 4
"""Characters of the shortest ``h1`` that names a report, not the site."""
_BOILERPLATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|crumbs?|bread\w*|location|position|weizhi|path|foot(?!note)\w*|bottom|copyright|share\w*|"
    r"bdshare\w*|bshare\w*|social|print\w*|toolbar?|tools?|side\w*|aside|related?|recommend\w*|"
    r"xiangguan|links?|friend\w*|pager?|paging|pagination|page-?nav|prev\w*|next|search\w*|login|"
    r"qr\w*|ewm|erweima|banner|logo|header|top(?:bar|nav)?|hot\w*|rank\w*|comment\w*|pinglun|"
    r"ad|ads|advert\w*|float\w*|gotop|backtop|fontsize|zoomer|wza|accessib\w*|cookie\w*)(?=$|[\s_-])",
    re.IGNORECASE,
)
_FOOTER_NAME = re.compile(r"(?:^|[\s_-])(?:foot(?!note)\w*|copyright)(?=$|[\s_-])", re.IGNORECASE)
_BOILERPLATE_ELEMENTS = frozenset({"nav", "footer", "aside", "dialog"})
PROSE = re.compile("[。；！？]")
FOOTER_TEXT = re.compile(
    "版权所有|版權所有|主办单位|主辦單位|承办单位|网站标识码|網站標識碼|[Ｉｉ][ＣｃCc][ＰｐPp]备|ICP[备備]|公网安备|技术支持|网站地图|"
    "Copyright|All Rights Reserved|联系我们|建议使用.{0,20}浏览器|最佳浏览|您是第.{0,12}位",
    re.IGNORECASE,
)
NUMBERED_HEADING = re.compile(f"[（(]?[{HAN_NUMERALS}\\d]{{1,3}}[、．.)）]")
DATE_LINE = re.compile(
    r"^[^，。；：]{0,30}?(?:(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2})年.{1,3}月.{1,3}日$"
)
_OFFICE_ENDING = re.compile("(?:政府|办公室|办公厅|委员会|局|厅|处|中心|镇|乡|街道|院|大学|公司)$")
ATTACHMENT = re.compile(r"^(?:附件|附表|附注|附[：:])")
FIGURES = re.compile(r"\d")


@dataclass(slots=True)
class Candidate:
    """An item of the page's flow, with the properties that the selection depends on."""

    item: FlowItem
    text: str
    """Its text without white space."""
    linked: bool
    """Whether more than half of it is links."""
    containers: tuple[Element, ...]
    """The container elements around it, the innermost first."""
    in_boilerplate: bool
    """Whether the name of one of them says boilerplate."""

    @property
    def is_boilerplate(self) -> bool:
        """Whether it cannot belong to a report."""
        linked = self.linked and not self.links_to_file
        return linked or self.in_boilerplate or bool(FOOTER_TEXT.search(self.text))

    @property
    def is_page_heading(self) -> bool:
        """Whether it is the first heading of the page, which names its content."""
        is_heading = isinstance(self.item, Line) and self.item.element.name == "h1"
        return is_heading and not self.is_boilerplate and len(self.text) >= SHORTEST_HEADING

    @property
    def links_to_file(self) -> bool:
        """Whether it is a line with a link to a file, such as an annex."""
        return isinstance(self.item, Line) and self.item.links_to_file

    @property
    def weight(self) -> int:
        """How much prose and how many figures it has, in characters of prose."""
        if self.linked or FOOTER_TEXT.search(self.text):
            return 0
        if isinstance(self.item, Table):
            return len(self.text) // (1 if FIGURES.search(self.text) else 4)
        return len(self.text) // (1 if PROSE.search(self.text) else 8)


def make_candidate(
    item: FlowItem, source: str, boilerplate_cache: dict[Element, bool]
) -> Candidate:
    """Return an item with its properties; the cache has a value for each container seen before."""
    lines = [item] if isinstance(item, Line) else item.lines() if isinstance(item, Table) else []
    text = "".join(line.text(source) for line in lines)
    linked = bool(text) and sum(line.linked_characters for line in lines) > len(text) / 2
    containers = tuple(element for element in ancestors(item.element) if element.is_container)
    for element in containers:
        if element not in boilerplate_cache:
            boilerplate_cache[element] = has_boilerplate_name((element,))
    in_boilerplate = any(boilerplate_cache[element] for element in containers)
    return Candidate(item, text, linked, containers, in_boilerplate)


def ancestors(element: Element | None) -> Iterator[Element]:
    """Yield an element and the elements around it."""
    while element is not None:
        yield element
        element = element.parent


def has_boilerplate_name(containers: Sequence[Element]) -> bool:
    """Return whether the element name, role, id or class of one of them says boilerplate."""
    for element in containers:
        role = element.attributes.get("role")
        if element.name in _BOILERPLATE_ELEMENTS or role in ("navigation", "contentinfo"):
            return True
        is_page = element.name in ("body", "html", "form")
        if not is_page and _BOILERPLATE_NAME.search(_id_and_class(element)):
            return True
    return False


def _id_and_class(element: Element) -> str:
    attributes = element.attributes
    return f"{attributes.get('id', '')} {attributes.get('class', '')}"[:200]


def is_footer(element: Element) -> bool:
    """Return whether an element is the foot of a page, by its name, class or id."""
    return element.name == "footer" or bool(_FOOTER_NAME.search(_id_and_class(element)))


def ends_report(text: str) -> bool:
    """Return whether a line is a date, the name of an office, or an annex."""
    is_signature = DATE_LINE.match(text) or (_OFFICE_ENDING.search(text) and len(text) <= 30)
    return bool(is_signature or ATTACHMENT.match(text))
