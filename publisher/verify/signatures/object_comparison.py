"""Comparison of values in two revisions of a file: what they say, not how they are written (ISO 32000-1, 7.3).

Input: values from pyHanko. Output: whether they agree. Programs write a changed object again with its keys in another
order, numbers in another notation, and parts of it in objects of their own or inside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from publisher.pdf.raw_objects import entry, raw_entry, serialise_object

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver

_IDENTIFIED_TYPES: Final = frozenset({"/Catalog", "/Pages", "/Page", "/StructElem", "/Annot"})
"""The types of objects that others refer to by their number, so that a copy is another object."""


class ObjectComparison:
    """Values of a revision, compared with values of the one before."""

    def __init__(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        is_new: Callable[[Reference], bool],
    ) -> None:
        """Begin with nothing compared.

        Args:
            old: The revision before.
            new: The revision.
            is_new: Says whether the revision defines an object.

        """
        self._old, self._new, self._is_new = old, new, is_new
        self.copies: set[Reference] = set()
        """The objects that were added and repeat what agreeing values had before."""

    def entries_agree(self, old: Any, new: Any, key: str) -> bool:
        """Return whether two dictionaries have agreeing entries, or both none."""
        return self.agree(raw_entry(old, key), raw_entry(new, key))

    def agree(self, old: Any, new: Any) -> bool:
        """Return whether two values agree, references followed.

        A reference agrees with itself: whether its object changed is another question. Instead of it there may be the
        value itself, or a reference to an object that the revision adds with the same value; pages, annotations and
        structure elements are not replaced by copies.
        """
        pending, copies, compared = [(old, new)], set(), set()
        while pending:
            before, after = pending.pop()
            if isinstance(before, IndirectObject) and isinstance(after, IndirectObject):
                if before.reference == after.reference:
                    continue
                pair = before.reference, after.reference
                if pair in compared:
                    continue
                compared.add(pair)
            is_copy = isinstance(after, IndirectObject)
            if is_copy:
                if not self._is_new(after.reference):
                    return False
                copies.add(after.reference)
                after = self._new(after.reference)
            if isinstance(before, IndirectObject):
                before = self._old(before.reference)
            parts = _parts(before, after, is_copy=is_copy)
            if parts is None:
                return False
            pending += parts
        self.copies |= copies
        return True


def _parts(before: Any, after: Any, *, is_copy: bool) -> list[tuple[Any, Any]] | None:
    """Return the parts of two values that must agree; None if the values do not."""
    if isinstance(before, StreamObject) or isinstance(after, StreamObject):
        is_pair = isinstance(before, StreamObject) and isinstance(after, StreamObject)
        if not is_pair or before.encoded_data != after.encoded_data:
            return None
    if isinstance(before, DictionaryObject) and isinstance(after, DictionaryObject):
        is_identified = is_copy and entry(after, "/Type") in _IDENTIFIED_TYPES
        if is_identified or before.keys() != after.keys():
            return None
        return [(before.raw_get(key), after.raw_get(key)) for key in before]
    if isinstance(before, ArrayObject) and isinstance(after, ArrayObject):
        if len(before) != len(after):
            return None
        return [(before.raw_get(index), after.raw_get(index)) for index in range(len(before))]
    return [] if _plain_values_agree(before, after) else None


def _plain_values_agree(before: Any, after: Any) -> bool:
    """Return whether two numbers, strings, names or truth values agree; null is as good as none."""
    values = [None if isinstance(value, NullObject) else value for value in (before, after)]
    if all(isinstance(value, (TextStringObject, ByteStringObject)) for value in values):
        return bool(before.original_bytes == after.original_bytes)
    if all(_is_number(value) for value in values):
        return bool(before == after)
    old, new = map(serialise_object, values)
    return type(values[0]) is type(values[1]) and old == new


def _is_number(value: Any) -> bool:
    return isinstance(value, (NumberObject, FloatObject)) and not isinstance(value, BooleanObject)
