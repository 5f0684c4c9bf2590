"""The front matter of a Markdown file: metadata in YAML between ``---`` at the top.

Only lines of the form ``key: value`` are read. YAML is not interpreted, so the time is linear in the
length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING_FENCE = re.compile(r"---[ \t]*")
_CLOSING_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_LINE = re.compile(r"(?P<key>[\w\u4e00-\u9fff-]{1,40})[ \t]*:(?:[ \t]+(?P<value>.*))?")
_CONTINUATION = re.compile(r"[ \t#-].*")
_DUBLIN_CORE_NAMES = {
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
"""Dublin Core names by the keys that offices use."""
MAX_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The metadata at the top of a file."""

    lines: int
    """How many lines it has; 0 if there is no front matter."""
    source_metadata: tuple[tuple[str, str], ...] = ()
    """Dublin Core name and value."""
    title: tuple[int, int] = (0, 0)
    """Start and end of the title in the source; equal if there is none."""


def read_front_matter(text: str, lines: list[tuple[int, int, int]]) -> FrontMatter:
    """Return the front matter of a text; with ``lines`` 0 if there is none."""
    no_front_matter = FrontMatter(lines=0)
    byte_order_mark = 1 if text.startswith("\ufeff") else 0
    if not _OPENING_FENCE.fullmatch(text[lines[0][0] + byte_order_mark : lines[0][1]]):
        return no_front_matter
    source_metadata: dict[str, str] = {}
    title = (0, 0)
    key_count = 0
    for number, (start, end, _) in enumerate(lines[1 : MAX_LINES + 1], start=1):
        line = text[start:end]
        if _CLOSING_FENCE.fullmatch(line):
            if not key_count:
                return no_front_matter
            return FrontMatter(
                lines=number + 1, source_metadata=tuple(source_metadata.items()), title=title
            )
        match = _LINE.fullmatch(line)
        if not match:
            if line.strip() and not (key_count and _CONTINUATION.fullmatch(line)):
                return no_front_matter
            continue
        key_count += 1
        value = (match["value"] or "").strip()
        is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        unquoted = value[1:-1] if is_quoted else value
        name = _DUBLIN_CORE_NAMES.get(match["key"].lower(), "")
        if name and unquoted and unquoted[0] not in "[{|>&*" and name not in source_metadata:
            source_metadata[name] = unquoted
            if name == "title":
                title_start = text.index(unquoted, start + match.start("value"))
                title = (title_start, title_start + len(unquoted))
    return no_front_matter
