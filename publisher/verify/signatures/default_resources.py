"""Defaults of a form that signing programs write by the way (ISO 32000-1, 12.7.2).

Input: the forms of two revisions from pyHanko. Output: whether every field keeps its look. What no field and no
appearance names may change: programs put the appearance of each signature into the default resources under one name.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.generic import ArrayObject, BooleanObject, StreamObject
from pyhanko.pdf_utils.misc import PdfError

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    array_entry,
    dictionary_entry,
    entry,
    is_dictionary,
)
from publisher.verify.signatures.form_fields import pages, terminal_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyhanko.pdf_utils.reader import HistoricalResolver

    from publisher.verify.signatures.object_comparison import ObjectComparison

_NAME: Final = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]+)")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_APPEARANCES: Final = ("/N", "/R", "/D")


def keeps_looks(
    old_form: Any, new_form: Any, key: str, old: HistoricalResolver, comparison: ObjectComparison
) -> bool:
    """Return whether an entry of a form changed, and no field looks different.

    Args:
        old_form: The form of the revision before.
        new_form: The form of the revision.
        key: The entry.
        old: The revision before.
        comparison: Compares values of the two.

    """
    value = entry(new_form, key)
    if key == "/DA":  # no field could rely on it
        return key not in old_form
    if key == "/CO":  # the order of calculation, of no fields
        return key not in old_form and isinstance(value, ArrayObject) and not value
    if key == "/NeedAppearances":  # false is the default
        return key not in old_form and isinstance(value, BooleanObject) and not bool(value)
    if key != "/DR":
        return False
    before, after = (dictionary_entry(form, "/DR") for form in (old_form, new_form))
    changed: set[str] = set()
    for category in (before.keys() | after.keys()) - {"/ProcSet"}:  # obsolete (14.2)
        names = [entry(resources, category) for resources in (before, after)]
        if not all(item is None or is_dictionary(item) for item in names):
            return False
        old_names, new_names = (item if item is not None else {} for item in names)
        changed |= {
            name
            for name in old_names.keys() | new_names.keys()
            if not comparison.entries_agree(old_names, new_names, name)
        }
    return not changed or not changed & _named_resources(old)


def _named_resources(resolver: HistoricalResolver) -> set[str]:
    """Return the names that fields and appearances use and may find in the default resources.

    Raises:
        DisallowedModificationError: An appearance cannot be read, so that what it names is not known.

    """
    form = dictionary_entry(resolver.root, "/AcroForm")
    names: set[str] = set()
    for field in terminal_fields(resolver):
        if field.kind != "/Sig":
            names |= _names_in(_text(entry(form, "/DA")))
        for holder in (field.reference, *field.widgets):
            names |= _names_in(_text(entry(holder.get_object(), "/DA")))
    for page in pages(resolver):
        for item in array_entry(page.get_object(), "/Annots"):
            annotation = item.get_object()
            if is_dictionary(annotation) and entry(annotation, "/Subtype") == "/Widget":
                names |= _names_in(_text(entry(annotation, "/DA")))
                for stream in _appearance_streams(annotation):
                    names |= _unresolved_names(stream)
    return names


def _text(value: Any) -> bytes:
    return bytes(getattr(value, "original_bytes", b""))


def _names_in(content: bytes) -> set[str]:
    return {
        "/" + _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name).decode("latin-1")
        for name in _NAME.findall(content)
    }


def _unresolved_names(stream: Any) -> set[str]:
    """Return the names in a content stream that its own resources do not have."""
    resources = entry(stream, "/Resources")
    own: set[str] = set()
    for category in resources if is_dictionary(resources) else ():
        named = entry(resources, category)
        own |= set(named) if is_dictionary(named) else set()
    try:
        content = bytes(stream.data)
    except (PdfError, ValueError, NotImplementedError, AssertionError, zlib.error) as error:
        message = "the form's DR was changed, and an appearance that may use it cannot be read"
        raise DisallowedModificationError(message) from error
    return _names_in(content) - own


def _appearance_streams(annotation: Any) -> Iterator[Any]:
    """Yield the appearances of an annotation, and the forms that they show."""
    appearances = entry(annotation, "/AP")
    pending: list[Any] = []
    for key in _APPEARANCES if is_dictionary(appearances) else ():
        value = entry(appearances, key)
        pending += [entry(value, state) for state in value] if is_dictionary(value) else [value]
    visited: set[int] = set()
    while pending:
        stream = pending.pop()
        if not isinstance(stream, StreamObject) or id(stream) in visited:
            continue
        visited.add(id(stream))
        if entry(stream, "/Subtype") == "/Image":
            continue
        yield stream
        shown = entry(entry(stream, "/Resources") or {}, "/XObject")
        pending += [entry(shown, name) for name in shown] if is_dictionary(shown) else []
