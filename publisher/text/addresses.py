"""Addresses of links: which of them a publication may lead to, and those that a text has without a scheme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMES = ("http", "https", "mailto")
"""The schemes that a link of a publication may have."""
_FOLLOWABLE = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@[^\s@])\S*", re.IGNORECASE)
_NEVER_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\x9f\u2028-\u202e\u2066-\u2069\"<>\\^`{|}]")
_PRINTED = re.compile(
    r"(?<![\w@./:+-])(?:https?://|www\.(?=[a-z0-9-]+\.))"
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:[/?#][!#-;=?-_a-z~]*)?(?![\w@])",
    re.ASCII | re.IGNORECASE,
)
"""An address of the web as it is printed in a text: a scheme or www., a name with a dot, and a path."""
_NOT_AT_END = ",.;:!?)]('\"*"
"""Marks of the sentence behind an address."""
MAX_LENGTH = 2048
"""Characters of the longest address; browsers accept about as many."""


def followable_address(address: str) -> str:
    """Return an address that a publication may lead to, without outer white space; empty for any other.

    Scripts, local files, data and addresses that are relative to a website lead nowhere from a PDF.
    """
    address = address.strip()
    if len(address) > MAX_LENGTH or _NEVER_IN_ADDRESSES.search(address):
        return ""
    return address if _FOLLOWABLE.fullmatch(address) else ""


def address_end(address: str, marks: str = _NOT_AT_END) -> int:
    """Return where an address ends before marks of the sentence; a closing bracket stays if it has an opening one.

    Example:
        >>> address_end("a.cn/x_(y)."), address_end("a.cn/x).")
        (10, 6)

    """
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while end and address[end - 1] in marks:
        if address[end - 1] == ")" and unopened <= 0:
            break
        unopened += {")": -1, "(": 1}.get(address[end - 1], 0)
        end -= 1
    return end


def printed_addresses(string: str) -> Iterator[tuple[int, int, str]]:
    """Yield the addresses of the web in a text: start, end, and where it leads; an address without a scheme has http.

    Marks at the end belong to the sentence. Two addresses in a row without white space are none, because nobody knows
    where the first one ends.
    """
    if "www." not in string.lower() and "://" not in string:
        return
    for match in _PRINTED.finditer(string):
        address = match[0][: address_end(match[0])]
        if re.search(r"[,;](?:https?:|www\.)", address, re.IGNORECASE):
            continue
        target = address if "://" in address[:8] else f"http://{address}"
        if followable_address(target):
            yield match.start(), match.start() + len(address), target
