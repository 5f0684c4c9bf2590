"""Changes that signing programs make by the way and that show nothing: the version, unused data.

Input: objects of two revisions from pyHanko. Output: whether the later one only adds what has no effect on a page.
Serves ISO 32000-2, 7.7.2 (Version).
"""

from __future__ import annotations

import re
from typing import Any, Final

from pyhanko.pdf_utils.generic import ArrayObject, StreamObject

from publisher.pdf.raw_objects import entry, is_dictionary, references, serialise_entry
from publisher.verify.signatures.dss import VRI_KEYS
from publisher.verify.signatures.form_changes import WIDGET_KEYS

VERSIONS: Final = ("/1.0", "/1.1", "/1.2", "/1.3", "/1.4", "/1.5", "/1.6", "/1.7", "/2.0")
"""The versions of PDF, in order."""
_SIGNATURE_DIGEST: Final = re.compile("/[0-9A-Fa-f]{40}")
"""The key of the validation data for a signature."""
_XREF_KEYS: Final = frozenset(
    "/Type /Size /Prev /Root /Info /ID /Encrypt /W /Index /Filter /DecodeParms /Length".split()
)
_DATA_KEYS: Final = frozenset({"/Length", "/Filter", "/DecodeParms"})


def raises_version(old_catalogue: Any, new_catalogue: Any) -> bool:
    """Return whether the version in the catalogue is a known one and not an earlier one than before."""
    before, after = (entry(root, "/Version") for root in (old_catalogue, new_catalogue))
    if after not in VERSIONS:
        return False
    return before is None or (
        before in VERSIONS and VERSIONS.index(after) >= VERSIONS.index(before)
    )


def is_inert(value: Any) -> bool:
    """Return whether an object that nothing verified refers to is plain data, or what programs leave behind.

    They leave arrays and lists of validation data when they write these twice, and fonts and widgets when they lay out
    the appearance of a signature. Another dictionary is not inert: a program that repairs a file could take it for the
    catalogue or a page.
    """
    if isinstance(value, StreamObject):
        return value.keys() <= _DATA_KEYS
    if is_dictionary(value) and entry(value, "/Type") == "/Font":
        return not any(references(value))
    if is_dictionary(value) and entry(value, "/Subtype") == "/Widget":
        return value.keys() <= WIDGET_KEYS and entry(value, "/Type") in (None, "/Annot")
    is_list = is_dictionary(value) and entry(value, "/Type") in (None, "/VRI")
    return isinstance(value, ArrayObject) or (
        is_list and all(key in VRI_KEYS or _SIGNATURE_DIGEST.fullmatch(key) for key in value)
    )


def is_unused_cross_reference(value: Any, trailer: Any) -> bool:
    """Return whether an object is a cross-reference stream that agrees with the trailer, written beside a table."""
    return (
        isinstance(value, StreamObject)
        and entry(value, "/Type") == "/XRef"
        and value.keys() <= _XREF_KEYS
        and all(
            serialise_entry(value, key) == serialise_entry(trailer, key)
            for key in ("/Root", "/Info", "/Encrypt")
        )
    )
