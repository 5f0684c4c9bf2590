"""Addresses of links: which of them a publication may lead to."""

from __future__ import annotations

import re

SCHEMES = ("http", "https", "mailto")
"""The schemes that a link of a publication may have."""
_FOLLOWABLE = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@[^\s@])\S*", re.IGNORECASE)
_NEVER_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\x9f\u2028-\u202e\u2066-\u2069\"<>\\^`{|}]")
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
