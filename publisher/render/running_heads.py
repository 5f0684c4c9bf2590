"""Titles and headings as they are at the head of each page: on one line, shortened by sense.

Input: a title, and the width of the line in em. Output: the title, or as much of it as fits. First the office before 关于 or
before the year is left out, which the cover names; then what 印发 and 转发 put around the title of a document; then 关于; then
a remark in brackets at the end. What is still too long ends at the end of a phrase, or else of a word, with an ellipsis.
The heads of pages are pagination artifacts: the title itself is in the document in full.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.render.text_width import bold_ems

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFFICE = re.compile(
    "[^《》0-9]*?(?:政府|委员会|委員會|办公室|辦公室|办公厅|辦公廳|调查队|調查隊|法院|检察院|檢察院|[局厅廳委部院处處署])"
    "(?=(?:19|20)[0-9]{2}年|二[〇○零])"
)
"""The offices at the beginning of a title, before the year."""
_ABOUT = re.compile("[^《》（）“”]{2,}?(?=关于|關於)")
"""What is before 关于: the offices, and the papers that they pass on."""
_INNER_TITLE = re.compile(".*(?:印发|印發|发布|發布|公布|转发|轉發)《(?P<title>[^《》]{4,})》.*")
_LAST_REMARK = re.compile("（[^（）]*）$")
_JOINTS = frozenset("、，；：及与與和暨—")
"""Marks and conjunctions before which a phrase ends."""
MIN_SHARE = 0.55
"""How much of the room a phrase must fill; otherwise the title ends at the end of a word."""
_ELLIPSIS, _ENGLISH_ELLIPSIS = "……", "…"
_NO_END = frozenset("“‘《（「『〔的第")
_ROUNDING = 1e-6


def running_head(title: str, measure: float) -> str:
    """Return a title on a line of ``measure`` em.

    >>> running_head("云港市人民政府关于2020年度政府信息公开工作情况的年度报告", 24)
    '关于2020年度政府信息公开工作情况的年度报告'
    """
    shortened = title
    for shortened in _shortened(title):
        if bold_ems(shortened) <= measure + _ROUNDING:
            return shortened
    return _cut(shortened, measure)


def _shortened(title: str) -> Iterator[str]:
    """Yield a title, and what is left of it, step by step."""
    yield title
    if inner := _INNER_TITLE.fullmatch(title):
        title = inner["title"]
        yield title
    for pattern in (_ABOUT, _OFFICE):
        if (prefix := pattern.match(title)) and title[prefix.end() :]:
            title = title[prefix.end() :]
            yield title
    if title.startswith(("关于", "關於")):
        title = title[2:]
        yield title
    if (remark := _LAST_REMARK.search(title)) and remark.start():
        title = title[: remark.start()]
        yield title


def _cut(title: str, measure: float) -> str:
    """Return the beginning of a title that is too long, with an ellipsis."""
    is_english = title.isascii()
    ellipsis = _ENGLISH_ELLIPSIS if is_english else _ELLIPSIS
    room = measure - len(ellipsis) + _ROUNDING
    ends = [end for end in _word_ends(title) if bold_ems(title[:end]) <= room]
    phrases = [
        end
        for end in ends
        if title[end : end + 1] in _JOINTS and bold_ems(title[:end]) >= MIN_SHARE * room
    ]
    end = max(phrases or ends, default=_character_end(title, room))
    return title[:end].rstrip() + ellipsis


def _character_end(title: str, room: float) -> int:
    """Return how many characters of a title fit; at least one."""
    widths = accumulate(map(bold_ems, title))
    return max(1, sum(width <= room for width in widths))


def _word_ends(title: str) -> Iterator[int]:
    """Yield the ends of the words of a title at which it may end."""
    import rjieba

    position = 0
    for word in rjieba.cut(title):
        position += len(word)
        is_joint = word[-1] in _JOINTS or word[-1] in _NO_END
        if not is_joint and title[position : position + 1] not in "》）”’」』〕":
            yield position
