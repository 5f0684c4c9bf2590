"""Changes that signing programs make by the way and that show nothing: defaults of forms, the version, unused data.

Input: objects of two revisions from pyHanko. Output: whether the later one only adds what has no effect on a page.
Serves ISO 32000-2, 7.7.2 (Version), 7.8.3 (resources) and 12.7.3 (forms).
"""

from __future__ import annotations

import re
from typing import Any, Final

from pyhanko.pdf_utils.generic import ArrayObject, StreamObject

from publisher.pdf.raw_objects import (
    dictionary_entry,
    entry,
    is_dictionary,
    serialise_entry,
)
from publisher.verify.signatures.dss import VRI_KEYS

VERSIONS: Final = ("/1.0", "/1.1", "/1.2", "/1.3", "/1.4", "/1.5", "/1.6", "/1.7", "/2.0")
"""The versions of PDF, in order."""
_SIGNATURE_DIGEST: Final = re.compile("/[0-9A-Fa-f]{40}")
"""The key of the validation data for a signature."""
_XREF_KEYS: Final = frozenset(
    "/Type /Size /Prev /Root /Info /ID /Encrypt /W /Index /Filter /DecodeParms /Length".split()
)
_DATA_KEYS: Final = frozenset({"/Length", "/Filter", "/DecodeParms"})


def adds_defaults(old_form: Any, new_form: Any, key: str) -> bool:
    """Return whether a form gets a default appearance, or its default resources get more names.

    What a field names already keeps its meaning, so that no field looks different.
    """
    if key == "/DA":
        return "/DA" not in old_form
    if key != "/DR":
        return False
    before, after = (dictionary_entry(form, "/DR") for form in (old_form, new_form))
    for category in before:
        old_names, new_names = entry(before, category), entry(after, category)
        if not is_dictionary(old_names):
            if serialise_entry(before, category) != serialise_entry(after, category):
                return False
        elif not is_dictionary(new_names) or any(
            serialise_entry(old_names, name) != serialise_entry(new_names, name)
            for name in old_names
        ):
            return False
    return True


def raises_version(old_catalogue: Any, new_catalogue: Any) -> bool:
    """Return whether the version in the catalogue is a known one and not an earlier one than before."""
    before, after = (entry(root, "/Version") for root in (old_catalogue, new_catalogue))
    if after not in VERSIONS:
        return False
    return before is None or (
        before in VERSIONS and VERSIONS.index(after) >= VERSIONS.index(before)
    )


def is_inert(value: Any) -> bool:
    """Return whether an object that nothing verified refers to is an array, plain data or a list of validation data.

    Programs leave such objects when they write validation data twice. Another dictionary is not inert: a program that
    repairs a file could take it for the catalogue or a page.
    """
    if isinstance(value, StreamObject):
        return value.keys() <= _DATA_KEYS
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
