"""Changes of a form that signing makes: signature fields that an update adds, and empty ones that it fills.

Input: two revisions of a file from pyHanko. Output: the fields that got a signature, and the objects that changed only
by that. Serves ISO 32000-1, 12.7.4.5 (signature fields) and 12.5.5 (appearances).

A field that is added must be invisible. A field that was there belongs to the document that was signed before, so
its signature may be seen, but only where the page is blank: what was signed must stay visible.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.misc import PdfError

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    array_entry,
    dictionary_entry,
    entry,
    is_dictionary,
    raw_entry,
    references,
    serialise_entry,
    serialise_object,
)
from publisher.verify.signatures.blank_areas import are_blank
from publisher.verify.signatures.ordinary_changes import adds_defaults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver

    from publisher.verify.signatures.revision_references import References

FORM_KEYS: Final = frozenset({"/Fields", "/SigFlags"})
"""The entries of the form that may change."""
WIDGET_KEYS: Final = frozenset(
    "/Type /Subtype /F /Rect /P /AP /MK /Border /DA /DR /H /NM /CA /Q /Parent".split()
)
"""The entries that a widget apart from its field may have: no actions."""
FIELD_KEYS: Final = WIDGET_KEYS - {"/Parent"} | frozenset(
    "/FT /T /TU /Ff /V /Lock /SV /Kids".split()
)
"""The entries that a signature field may have, which may be its own widget."""
SIGNATURE_TYPES: Final = (None, "/Sig", "/DocTimeStamp")
"""The types of signature dictionaries; the type is optional (12.8.1, table 252)."""
_FILLED_KEYS: Final = frozenset({"/AP", "/F"})
"""The entries of a widget that a signature may change."""
_APPEARANCES: Final = frozenset({"/N", "/R", "/D"})
_ADDED_FLAGS: Final = 4 | 128 | 512
"""The flags that signing may set: print, locked, contents locked (12.5.3)."""
_DRAWN_OVER = "a later signature was drawn over a page"


class FormChanges:
    """The form of a revision, compared with the one before."""

    def __init__(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        *,
        is_new: Callable[[Reference], bool],
        earlier_references: References,
        earlier_file: bytes,
    ) -> None:
        """Begin with nothing compared.

        Args:
            old: The revision before.
            new: The revision.
            is_new: Says whether the revision defines an object.
            earlier_references: The references in the revisions before.
            earlier_file: The bytes of the file as it was before.

        """
        self._old, self._new, self._is_new = old, new, is_new
        self._earlier_references, self._earlier_file = earlier_references, earlier_file
        self.signed_fields: list[Any] = []
        """References to the fields that got a signature."""
        self.added_widgets: list[Any] = []
        """References to the widgets of the fields that were added."""
        self.filled: set[Reference] = set()
        """The objects of fields that were there, which changed only by getting a signature."""

    def verify(self) -> None:
        """Raise if the form got anything but signatures."""
        old, new = (
            dictionary_entry(resolver.root, "/AcroForm") for resolver in (self._old, self._new)
        )
        for key in (old.keys() | new.keys()) - FORM_KEYS:
            if serialise_entry(old, key) != serialise_entry(new, key):
                if adds_defaults(old, new, key):
                    continue
                raise DisallowedModificationError(f"the form's {key[1:]} was changed")
        before, after = array_entry(old, "/Fields"), array_entry(new, "/Fields")
        if list(map(serialise_object, after[: len(before)])) != list(map(serialise_object, before)):
            raise DisallowedModificationError("a field of the form was removed")
        for field in after[len(before) :]:
            self._verify_added_field(field)
        visible = [
            area
            for field, widgets in _empty_signature_fields(before)
            if self._is_filled(field)
            for area in self._verify_filled_field(field, widgets)
        ]
        if visible and find_spec("pypdfium2") is None:
            raise DisallowedModificationError(
                f"{_DRAWN_OVER}; without pypdfium2 what it covers is not known"
            )
        if visible and not are_blank(self._earlier_file, visible):
            raise DisallowedModificationError(_DRAWN_OVER)

    def _verify_added_field(self, field: Any) -> None:
        """Raise if an added field is not an invisible signature field with a signature."""
        value: Any = field.get_object() if isinstance(field, IndirectObject) else None
        if not is_dictionary(value) or not self._is_new(field.reference):
            raise _no_signature()
        is_signature_field = entry(value, "/FT") == "/Sig" and value.keys() <= FIELD_KEYS
        if not is_signature_field or not _is_signature(entry(value, "/V")):
            raise _no_signature()
        kids = array_entry(value, "/Kids")
        for widget in kids:
            content: Any = widget.get_object() if isinstance(widget, IndirectObject) else None
            if not is_dictionary(content) or not self._is_new(widget.reference):
                raise _no_signature()
            if not content.keys() <= WIDGET_KEYS:
                raise _no_signature()
        widgets = kids or [field]
        if any(_has_area(widget.get_object()) for widget in widgets):
            raise DisallowedModificationError(_DRAWN_OVER)
        self.signed_fields.append(field)
        self.added_widgets += widgets

    def _is_filled(self, field: Any) -> bool:
        """Return whether an empty field has a value now."""
        value = self._new(field.reference)
        return is_dictionary(value) and "/V" in value

    def _verify_filled_field(
        self, field: Any, widgets: list[Any]
    ) -> Iterator[tuple[int, list[float]]]:
        """Raise if a field got more than a signature; yield where it is seen: page index and box in points."""
        old, new = self._old(field.reference), self._new(field.reference)
        value = raw_entry(new, "/V")
        is_added = isinstance(value, IndirectObject) and self._is_new(value.reference)
        if not is_added or not _is_signature(self._new(value.reference)):
            raise _no_signature()
        for reference in {field.reference, *(widget.reference for widget in widgets)}:
            before, after = self._old(reference), self._new(reference)
            is_widget = any(widget.reference == reference for widget in widgets)
            allowed = (_FILLED_KEYS if is_widget else frozenset()) | (
                {"/V"} if reference == field.reference else set()
            )
            if not is_dictionary(after) or any(
                serialise_entry(before, key) != serialise_entry(after, key)
                for key in (before.keys() | after.keys()) - allowed
            ):
                raise DisallowedModificationError(
                    f"the field {entry(old, '/T')} got more than a signature"
                )
            if is_widget:
                self._verify_flags(before, after)
                self._verify_appearance(reference, before, after)
                yield from self._areas(reference, after)
            self.filled.add(reference)
        self.signed_fields.append(field)

    def _verify_flags(self, before: Any, after: Any) -> None:
        """Raise if a widget got other flags than signing sets."""
        old, new = (int(entry(widget, "/F") or 0) for widget in (before, after))
        if old & ~new or (new & ~old) & ~_ADDED_FLAGS:
            raise DisallowedModificationError("the flags of a field were changed")

    def _verify_appearance(self, widget: Reference, before: Any, after: Any) -> None:
        """Raise if the appearance of a widget is not its own: new, or used for nothing else before."""
        old, new = raw_entry(before, "/AP"), raw_entry(after, "/AP")
        if new is None or serialise_object(old) == serialise_object(new) == b"":
            return
        own = self._own_appearances(widget, before)
        if isinstance(new, IndirectObject):
            self._admit(new.reference, own)
        appearances = dictionary_entry(after, "/AP")
        for key in appearances:
            stream = raw_entry(appearances, key)
            is_stream = isinstance(stream, IndirectObject) and isinstance(
                self._new(stream.reference), StreamObject
            )
            if key not in _APPEARANCES or not is_stream:
                raise _foreign_appearance()
            self._admit(stream.reference, own)

    def _own_appearances(self, widget: Reference, before: Any) -> set[Reference]:
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

    def _admit(self, reference: Reference, own: set[Reference]) -> None:
        """Let an object of an appearance be new or the widget's own; raise if it is neither."""
        if reference in own:
            self.filled.add(reference)
        elif not self._is_new(reference):
            raise _foreign_appearance()

    def _areas(self, widget: Reference, content: Any) -> Iterator[tuple[int, list[float]]]:
        """Yield the pages that show a widget, with its box; raise if it covers another annotation."""
        if not _has_area(content):
            return
        box = _box(content)
        for number, page in enumerate(pages(self._old)):
            annotations = array_entry(self._old(page.reference), "/Annots")
            others = [
                item.get_object() if isinstance(item, IndirectObject) else item
                for item in annotations
                if getattr(item, "reference", None) != widget
            ]
            if len(others) == len(annotations):
                continue
            if any(_overlaps(box, other) for other in others):
                raise DisallowedModificationError(_DRAWN_OVER)
            yield number, box


def pages(resolver: HistoricalResolver) -> Iterator[Any]:
    """Yield the references of the pages of a revision, in order."""
    pending, visited = [raw_entry(resolver.root, "/Pages")], set()
    while pending:
        node = pending.pop()
        if not isinstance(node, IndirectObject) or node.reference in visited:
            continue
        visited.add(node.reference)
        if "/Kids" in node.get_object():
            pending.extend(reversed(list(node.get_object()["/Kids"])))
        else:
            yield node


def _empty_signature_fields(fields: list[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the signature fields without a value in a list of fields and below, each with its widgets."""
    pending, visited = [(field, None) for field in reversed(fields)], set()
    while pending:
        field, inherited_type = pending.pop()
        if not isinstance(field, IndirectObject) or field.reference in visited:
            continue
        visited.add(field.reference)
        value = field.get_object()
        if not is_dictionary(value) or "/V" in value:
            continue
        field_type = entry(value, "/FT") or inherited_type
        kids = [kid for kid in array_entry(value, "/Kids") if isinstance(kid, IndirectObject)]
        if any("/T" in kid.get_object() for kid in kids if is_dictionary(kid.get_object())):
            pending += [(kid, field_type) for kid in reversed(kids)]
        elif field_type == "/Sig":
            yield field, [kid for kid in kids if is_dictionary(kid.get_object())] or [field]


def _is_signature(value: Any) -> bool:
    return is_dictionary(value) and entry(value, "/Type") in SIGNATURE_TYPES


def _box(widget: Any) -> list[float]:
    """Return left, bottom, right and top of an annotation in points; all 0 if it has no rectangle."""
    try:
        left, bottom, right, top = (float(side) for side in entry(widget, "/Rect") or (0, 0, 0, 0))
    except (TypeError, ValueError, PdfError) as error:
        raise DisallowedModificationError("a field has a damaged rectangle") from error
    return [min(left, right), min(bottom, top), max(left, right), max(bottom, top)]


def _has_area(widget: Any) -> bool:
    left, bottom, right, top = _box(widget)
    return left != right and bottom != top


def _overlaps(box: list[float], annotation: Any) -> bool:
    """Return whether a box covers a part of an annotation that is seen."""
    if not isinstance(annotation, DictionaryObject):
        return False
    if entry(annotation, "/Subtype") in ("/Link", "/Popup") or not _has_area(annotation):
        return False
    left, bottom, right, top = _box(annotation)
    return left < box[2] and right > box[0] and bottom < box[3] and top > box[1]


def _no_signature() -> DisallowedModificationError:
    return DisallowedModificationError("a field was added that holds no signature")


def _foreign_appearance() -> DisallowedModificationError:
    return DisallowedModificationError("the appearance of a signature is used for something else")
