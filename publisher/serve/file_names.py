"""Names of files: those that clients give to their uploads, and those of downloads.

A client's name is never a path here. It is reduced to one that any file system accepts, and used only in messages, in results and
in ``Content-Disposition`` (RFC 6266).
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from publisher.text import unicode_data

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 200
"""Bytes of a name; results have the stem and a suffix of at most 17."""
MAX_SUFFIX_BYTES = 19
"""Bytes behind the last point of a name; if there are more, they are no suffix."""
FALLBACK = "report"
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".pdf": "application/pdf",
        ".json": "application/json",
        ".html": "text/html; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".zip": "application/zip",
    }
)
"""The media type of each kind of result."""
_RESERVED = re.compile(r'[<>:"/\\|?*]')
"""Characters that some file system has another use for."""


def clean_name(name: str) -> str:
    r"""Return a client's name of a file as a plain name, without folders and without characters of control.

    Example:
        >>> clean_name("..\\secret/../年度 报告.txt"), clean_name("C:\\a.docx")
        ('年度 报告.txt', 'a.docx')
        >>> clean_name(".."), clean_name(".txt")
        ('report', 'report.txt')

    """
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(character for character in name if _is_printed(character))
    stem, dot, suffix = _RESERVED.sub("_", name).strip().rpartition(".")
    if not dot or len(suffix.encode()) > MAX_SUFFIX_BYTES:
        stem, suffix = f"{stem}{dot}{suffix}", ""
    suffix = f".{suffix}" if suffix else ""
    room = MAX_BYTES - len(suffix.encode())
    stem = stem.strip(". ").encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    return f"{stem or FALLBACK}{suffix}"


def _is_printed(character: str) -> bool:
    category = unicode_data.category(character)
    return not category.startswith("C") and category not in ("Zl", "Zp")


def stem_of(name: str) -> str:
    """Return a name without its suffix, as results are called."""
    return PurePosixPath(name).stem or FALLBACK


def media_type(name: str) -> str:
    """Return the media type of a result by its name."""
    return MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")


def attachment(name: str) -> str:
    r"""Return the ``Content-Disposition`` of a download: the name in ASCII, and as it is (RFC 6266, RFC 8187).

    Example:
        >>> attachment("年报.pdf")
        'attachment; filename="__.pdf"; filename*=UTF-8\'\'%E5%B9%B4%E6%8A%A5.pdf'

    """
    plain = re.sub(r'[^ -~]|["\\%]', "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
