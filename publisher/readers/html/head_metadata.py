"""Metadata in the head of a page: the names of 国办发〔2017〕47号, annex 3, and those common on the web.

Output is the metadata under Dublin Core names, and the encoding that the page declares.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.html.tree import Element

META_NAMES = {
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
    "#language": "language",
}
"""Dublin Core terms by the names of ``meta`` elements in lower case, the more reliable first; ``#language`` is that of
the ``html`` element."""
_NOT_AN_ISSUER = re.compile("本站|本网|原创|网站|网络|互联网|https?:|^[A-Za-z0-9./_-]+$")
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})"
    rb"|^\s{0,100}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})",
    re.IGNORECASE,
)
_CHARSET_SEARCH_LENGTH = 4096
"""Bytes that are searched; HTML says 1024, but pages that begin with a script need more."""
_TITLE_SEPARATOR = re.compile(r"\s*[|｜_]\s*|(?<![A-Za-z0-9])\s*[-–—]+\s*(?=[^-–—]*$)")
MAX_VALUE_LENGTH = 300


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page declares; empty if it declares none."""
    match = _CHARSET.search(data[:_CHARSET_SEARCH_LENGTH])
    return (match[1] or match[2]).decode("ascii") if match else ""


def read_metadata(root: Element, source: str) -> tuple[tuple[str, str], ...]:
    """Return the metadata in the head of a page: Dublin Core term and value, each term once."""
    values = dict(_meta_values(root, source))
    metadata: dict[str, str] = {}
    for name, term in META_NAMES.items():
        value = values.get(name, "")
        if term == "publisher" and _NOT_AN_ISSUER.search(value):
            continue
        if value:
            metadata.setdefault(term, value)
    if "title" not in metadata and (title := values.get("#title", "")):
        metadata["title"] = max(_TITLE_SEPARATOR.split(title), key=len)
    return tuple(metadata.items())


def _meta_values(root: Element, source: str) -> Iterator[tuple[str, str]]:
    """Yield the name in lower case and the value of each ``meta``, the title as ``#title``, the language as ``#language``."""
    for element in root.walk():
        parent = element.parent
        if element.name == "title" and parent and parent.name in ("head", "html", "#root"):
            yield "#title", _one_line(html.unescape(element.text(source)))
        if element.name == "html":
            language = element.attributes.get("lang") or element.attributes.get("xml:lang") or ""
            if language.lower().startswith("zh"):
                yield "#language", _one_line(language)
        if element.name == "meta":
            name = element.attributes.get("name") or element.attributes.get("property") or ""
            if value := _one_line(element.attributes.get("content", "")):
                yield name.strip().lower(), value


def _one_line(value: str) -> str:
    return " ".join(value.split())[:MAX_VALUE_LENGTH]
