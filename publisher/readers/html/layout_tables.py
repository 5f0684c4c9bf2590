"""Tables that lay a page out: their cells are a menu, a report and the foot of the page, and no data.

Such a table has most of a long text in one cell. Or it has the foot of a web site, or the lines of a document in one cell, if
there is a menu in it or nothing of a document outside of it: a form below its title has signed texts in its cells, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.html.report_candidates import DATE_LINE, PROSE
from publisher.readers.html.tree import Element, Span
from publisher.reference.title_endings import has_title_ending

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FOOT = re.compile(
    "^(?:版权所有|版權所有)[：:©]|[IＩ][CＣ][PＰ][备備](?:案[编序]?号[：:])?\\d|公网安备\\d|网站标识码[：:]?\\w|All ?Rights ?Reserved",
    re.IGNORECASE | re.MULTILINE,
)
"""Words that the foot of a web page has; a table about web sites has labels for them."""
_SITE_LABEL = re.compile(
    "[^\\d：:]{0,8}(?:备案[编序]?号码?|备案信息|网站标识码)(?:[（(].*[）)])?[：:]?"
)
"""A label of a table about web sites, in a cell of its own."""
_FORM_LABEL = re.compile(
    ".{0,10}(?:意见|事迹|理由|情况|内容|说明|简介|经历|履历|备注|描述|摘要|要求|依据|措施|结果|结论|承诺|经过|建议|原因|评语|鉴定)(?:[（(].*[）)])?[：:]?"
)
"""The label of a text in a form, in the cell beside it."""
MAX_DATA_CELL = 500
"""A longer cell that also exceeds ``MAX_DATA_SHARE`` makes its table a layout table (characters)."""
MAX_DATA_SHARE = 0.6
"""The largest share of a table's text in one cell."""
_HEADINGS = ("h1", "h2", "h3")
_NO_DOCUMENT = ("a", "head", "title", "script", "style", "select", "nav", "footer")
"""Elements outside of a table that have no text of a document."""
_PATH = re.compile("&[a-z]+;|[>＞»：:]")
"""What the text of a navigation path or of facts about the page has."""
NODES_OUTSIDE = 2_000
"""Elements and texts around a table that are looked at for text of a document, the nearest ones first."""
_SHORTEST_TITLE = 8
"""Characters of the shortest title outside of a table; shorter ones are names of columns."""
_DOCUMENT_SHARE = 0.5
"""The smallest share of a table's text outside of links in the cell of a document."""
_DOCUMENT_LINES = 3
"""The fewest lines of a document."""


@dataclass(frozen=True, slots=True)
class _CellText:
    """The lines of a cell without white space, and how much of them is in links."""

    lines: list[str]
    length: int
    linked: int
    links: int
    """How many links it has."""
    has_heading: bool

    @property
    def is_menu(self) -> bool:
        """Whether it has several links and little else."""
        return self.links > 1 and self.linked * 2 > self.length

    @property
    def unlinked(self) -> int:
        """The number of characters outside of links, with a single link in a cell; 0 for a cell of links."""
        return 0 if self.is_menu else self.length - self.linked * (self.links > 1)

    @property
    def is_document(self) -> bool:
        """Whether it has lines of which one is a sentence."""
        return len(self.lines) >= _DOCUMENT_LINES and any(map(PROSE.search, self.lines))

    @property
    def is_closed(self) -> bool:
        """Whether it has a heading, or ends with the date of a signature."""
        return self.has_heading or bool(DATE_LINE.match(self.lines[-1]))

    def is_label(self, label: re.Pattern[str]) -> bool:
        """Return whether its only line is a label without a link."""
        return len(self.lines) == 1 and not self.links and bool(label.fullmatch(self.lines[0]))


def is_layout(table: Element, rows: Sequence[Sequence[Element]], source: str) -> bool:
    """Return whether a table lays out a page.

    Args:
        table: The table.
        rows: The cells of each row.
        source: The decoded source of the page.

    """
    texts = [[_read_cell(cell, source) for cell in row] for row in rows]
    cells = [cell for row in texts for cell in row if cell.lines]
    length = sum(cell.length for cell in cells)
    longest = max((cell.length for cell in cells), default=0)
    if longest > max(MAX_DATA_CELL, MAX_DATA_SHARE * length):
        return True
    lays_out = _has_foot(cells) or _has_document(texts)
    has_menu = any(cell.is_menu for cell in cells)
    return lays_out and (has_menu or not _is_in_document(table, source))


def _has_foot(cells: Sequence[_CellText]) -> bool:
    """Return whether a cell is the foot of a web site, and no fact in a table about web sites."""
    return any(_FOOT.search("\n".join(cell.lines)) for cell in cells) and not any(
        cell.is_label(_SITE_LABEL) for cell in cells
    )


def _has_document(texts: Sequence[Sequence[_CellText]]) -> bool:
    """Return whether a cell has the lines of a document, and no text of a form."""
    cells = [cell for row in texts for cell in row if cell.lines]
    total = sum(cell.unlinked for cell in cells)
    documents = [
        (row, cell)
        for row in texts
        for cell in row
        if cell.is_document and cell.unlinked >= _DOCUMENT_SHARE * total
    ]
    if not documents:
        return False
    row_of_document, document = documents[0]
    if any(cell.is_label(_FORM_LABEL) for cell in row_of_document):
        return document.has_heading
    rows_of_data = sum(sum(cell.unlinked > 0 for cell in row) > 1 for row in texts)
    return rows_of_data < 2 or document.is_closed


def _is_in_document(table: Element, source: str) -> bool:
    """Return whether the page has a sentence or a title outside of a table and of links."""
    inner = table
    count = 0
    while inner.parent is not None:
        stack = [child for child in inner.parent.children if child is not inner]
        while stack and count < NODES_OUTSIDE:
            node = stack.pop()
            count += 1
            if isinstance(node, Element):
                stack.extend(node.children if node.name not in _NO_DOCUMENT else ())
            elif not node.raw and _is_of_document(source[node.start : node.end]):
                return True
        inner = inner.parent
    return False


def _is_of_document(text: str) -> bool:
    """Return whether a text is a sentence or a title, and no navigation path."""
    plain = "".join(text.split())
    is_title = len(plain) >= _SHORTEST_TITLE and has_title_ending(plain)
    return bool(PROSE.search(plain) or is_title) and not _PATH.search(plain)


def _read_cell(cell: Element, source: str) -> _CellText:
    """Return the lines of a cell: blocks and ``br`` part them."""
    lines = [""]
    linked = links = 0
    has_heading = False
    for node, is_linked, is_end in cell_nodes(cell):
        if isinstance(node, Element):
            has_heading = has_heading or node.name in _HEADINGS
            links += node.name == "a" and not is_end
            if lines[-1] and (node.is_block or node.name == "br"):
                lines.append("")
            continue
        text = "".join(source[node.start : node.end].split())
        lines[-1] += text
        linked += len(text) * is_linked
    lines = [line for line in lines if line]
    return _CellText(lines, sum(map(len, lines)), linked, links, has_heading)


def cell_nodes(cell: Element) -> Iterator[tuple[Element | Span, bool, bool]]:
    """Yield the elements and texts of a cell, an element where it begins and where it ends.

    Yields:
        The node, whether a link is around it, and whether it ends.

    """
    stack: list[tuple[Element | Span, bool, bool]] = [
        (child, False, False) for child in reversed(cell.children)
    ]
    while stack:
        node, is_linked, is_end = stack.pop()
        if isinstance(node, Span):
            if not node.raw:
                yield node, is_linked, False
            continue
        yield node, is_linked, is_end
        if not is_end:
            stack.append((node, is_linked, True))
            inner = is_linked or node.name == "a"
            stack.extend((child, inner, False) for child in reversed(node.children))
