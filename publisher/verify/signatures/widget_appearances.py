"""Appearances of widgets: which objects belong to one widget only and may change with it (ISO 32000-1, 12.5.5).

Input: a widget in two revisions of a file from pyHanko. Output: the objects that were there and changed with it. Raises
``DisallowedModificationError`` if an appearance is used for something else too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.generic import IndirectObject, StreamObject

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    dictionary_entry,
    entry,
    is_dictionary,
    raw_entry,
    references,
    serialise_object,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver

    from publisher.verify.signatures.revision_references import References

_APPEARANCES: Final = frozenset({"/N", "/R", "/D"})


class WidgetAppearances:
    """The appearances of widgets in a revision, compared with the one before."""

    def __init__(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        is_new: Callable[[Reference], bool],
        earlier_references: References,
    ) -> None:
        """Begin with nothing compared.

        Args:
            old: The revision before.
            new: The revision.
            is_new: Says whether the revision defines an object.
            earlier_references: The references in the revisions before.

        """
        self._old, self._new, self._is_new = old, new, is_new
        self._earlier_references = earlier_references

    def changed_objects(self, widget: Reference, before: Any, after: Any) -> set[Reference]:
        """Return the objects of a widget's appearance that were there and may change.

        Raises:
            DisallowedModificationError: The appearance is not the widget's own: new, or used for nothing else before.

        """
        old, new = raw_entry(before, "/AP"), raw_entry(after, "/AP")
        if new is None or serialise_object(old) == serialise_object(new) == b"":
            return set()
        own = self._own_objects(widget, before)
        changed = {new.reference} if isinstance(new, IndirectObject) else set()
        for stream in self._streams(after):
            is_stream = isinstance(stream, IndirectObject) and isinstance(
                self._new(stream.reference), StreamObject
            )
            if not is_stream:
                raise _foreign_appearance()
            changed.add(stream.reference)
        if not all(reference in own or self._is_new(reference) for reference in changed):
            raise _foreign_appearance()
        return changed & own

    @staticmethod
    def _streams(widget: Any) -> Iterator[Any]:
        """Yield the appearances of a widget as they are written: one, or one for each state (12.5.5)."""
        appearances = dictionary_entry(widget, "/AP")
        for key in appearances:
            if key not in _APPEARANCES:
                raise _foreign_appearance()
            states = entry(appearances, key)
            if is_dictionary(states) and not isinstance(
                raw_entry(appearances, key), IndirectObject
            ):
                yield from (raw_entry(states, state) for state in states)
            else:
                yield raw_entry(appearances, key)

    def _own_objects(self, widget: Reference, before: Any) -> set[Reference]:
        """Return the objects of a widget's earlier appearance; raise if anything else uses them."""
        own: set[Reference] = set()
        holder: int = widget.idnum
        path: tuple[str, ...] = ("/AP",)
        value = raw_entry(before, "/AP")
        if isinstance(value, IndirectObject):
            self._require_single_use(value.reference, (holder, path))
            own.add(value.reference)
            holder, path = value.idnum, ()
        appearances = dictionary_entry(before, "/AP")
        for key in appearances:
            stream = raw_entry(appearances, key)
            if isinstance(stream, IndirectObject):
                self._require_single_use(stream.reference, (holder, (*path, key)))
                own.add(stream.reference)
        return own

    def _require_single_use(
        self, reference: Reference, referrer: tuple[int, tuple[str, ...]]
    ) -> None:
        """Raise if anything but the referrer refers to an object, any key of the trailer included."""
        used = self._earlier_references.referrers(reference.idnum, self._old)
        in_trailer = any(
            target.idnum == reference.idnum for _, target in references(self._old.trailer_view)
        )
        if used != {referrer} or in_trailer:
            raise _foreign_appearance()


def _foreign_appearance() -> DisallowedModificationError:
    return DisallowedModificationError("the appearance of a signature is used for something else")
