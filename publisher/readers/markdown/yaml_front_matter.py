"""The block of facts at the top of a Markdown file (YAML between ``---``).

Only lines of the form ``key: value`` are read; YAML is not interpreted, so nothing in it can cost
more than its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"---[ \t]*")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_LINE = re.compile(r"(?P<key>[\w\u4e00-\u9fff-]{1,40})[ \t]*:(?:[ \t]+(?P<value>.*))?")
_CONTINUED = re.compile(r"[ \t#-].*")
_NAMES = {
    "title": "title",
    "标题": "title",
    "標題": "title",
    "date": "date",
    "日期": "date",
    "发布日期": "date",
    "publisher": "publisher",
    "发布机构": "publisher",
    "发文机关": "publisher",
    "单位": "publisher",
    "author": "creator",
    "creator": "creator",
    "作者": "creator",
    "number": "identifier",
    "identifier": "identifier",
    "文号": "identifier",
}
"""Keys that offices write, with the Dublin Core names of what they say."""
MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """How many lines it takes, what it says, and where its title stands."""

    lines: int
    facts: tuple[tuple[str, str], ...] = ()
    title: tuple[int, int] = (0, 0)
    """Start and end of the title in the source; empty where it names none."""


def front_matter(text: str, lines: list[tuple[int, int, int]]) -> FrontMatter:
    """Return the block at the top; one of no lines where there is none."""
    none = FrontMatter(lines=0)
    first = 1 if text.startswith("\ufeff") else 0
    if not _FENCE.fullmatch(text[lines[0][0] + first : lines[0][1]]):
        return none
    facts: dict[str, str] = {}
    title = (0, 0)
    keys = 0
    for number, (start, end, _) in enumerate(lines[1 : MOST_LINES + 1], start=1):
        line = text[start:end]
        if _CLOSE.fullmatch(line):
            if not keys:
                return none
            return FrontMatter(lines=number + 1, facts=tuple(facts.items()), title=title)
        match = _LINE.fullmatch(line)
        if not match:
            if line.strip() and not (keys and _CONTINUED.fullmatch(line)):
                return none
            continue
        keys += 1
        value = (match["value"] or "").strip()
        inner = (
            value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
        )
        name = _NAMES.get(match["key"].lower(), "")
        if name and inner and inner[0] not in "[{|>&*" and name not in facts:
            facts[name] = inner
            if name == "title":
                place = text.index(inner, start + match.start("value"))
                title = (place, place + len(inner))
    return none
