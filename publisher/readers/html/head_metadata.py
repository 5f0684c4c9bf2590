"""What a page says of itself in its head: the names of 国办发〔2017〕47号, annex 3, and of the web.

Enters: the tree. Leaves: facts under Dublin Core names, and the encoding that the page names.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.html.tree import Element

NAMES = {
    "articletitle": "title",
    "pubdate": "date",
    "contentsource": "publisher",
    "author": "creator",
    "keywords": "subject",
    "description": "description",
    "url": "source",
    "sitename": "isPartOf",
    "columnname": "type",
    "og:title": "title",
    "article:published_time": "date",
    "publishdate": "date",
    "dc.title": "title",
    "dc.date": "date",
    "dc.publisher": "publisher",
}
"""Names of ``meta`` elements in small letters, the more trustworthy first, and what they fill."""
_NO_OFFICE = re.compile("本站|本网|原创|网站|网络|互联网|https?:|^[A-Za-z0-9./_-]+$")
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})"
    rb"|^\s{0,100}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})",
    re.IGNORECASE,
)
_CHARSET_WITHIN = 4096
"""HTML asks for the first 1024 bytes; pages that begin with a script need more."""
_SITE_PARTS = re.compile(r"\s*[|｜_]\s*|\s*[-–—]+\s*(?=[^-–—]*$)")
LONGEST_FACT = 300


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page names of itself; empty where it names none."""
    match = _CHARSET.search(data[:_CHARSET_WITHIN])
    return (match[1] or match[2]).decode("ascii") if match else ""


def facts_of(root: Element, source: str) -> tuple[tuple[str, str], ...]:
    """Return what the head says, one value a name."""
    said = dict(_said(root, source))
    found: dict[str, str] = {}
    for name, core in NAMES.items():
        value = said.get(name, "")
        if core == "publisher" and _NO_OFFICE.search(value):
            continue
        if value:
            found.setdefault(core, value)
    if "title" not in found and (title := said.get("#title", "")):
        found["title"] = max(_SITE_PARTS.split(title), key=len)
    return tuple(found.items())


def _said(root: Element, source: str) -> Iterator[tuple[str, str]]:
    for one in root.walk():
        if one.name == "title" and one.parent and one.parent.name in ("head", "html", "#root"):
            yield "#title", _one_line(html.unescape(one.text(source)))
        if one.name == "meta":
            name = one.attributes.get("name") or one.attributes.get("property") or ""
            if value := _one_line(one.attributes.get("content", "")):
                yield name.strip().lower(), value


def _one_line(value: str) -> str:
    return " ".join(value.split())[:LONGEST_FACT]
