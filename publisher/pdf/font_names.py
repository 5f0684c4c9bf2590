"""The names of fonts of a PDF (ISO 32000-1, 9.6.4)."""

from __future__ import annotations

import re

_SUBSET_PREFIX = re.compile(r"[A-Z]{6}\+")


def without_subset_prefix(name: str) -> str:
    """Return the ``BaseFont`` of a font without the six letters that mark a subset.

    >>> without_subset_prefix("ABCDEF+NotoSerifCJKsc-Bold")
    'NotoSerifCJKsc-Bold'
    """
    prefix = _SUBSET_PREFIX.match(name)
    return name[prefix.end() :] if prefix else name
