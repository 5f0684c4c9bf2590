"""Changes of a form that signing makes: signature fields that an update adds, and fields that it fills.

Input: two revisions of a file from pyHanko. Output: the fields that got a signature or a value, the objects that changed
only by that, and the areas of pages where it is seen. Serves ISO 32000-1, 12.7.4.5 (signature fields).

A field that was there belongs to the document that was signed before, so its signature may be seen, but what was
printed must stay visible. What an added field shows nobody has signed before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.generic import IndirectObject

from publisher.messages import translatable
from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    array_entry,
    dictionary_entry,
    entry,
    is_dictionary,
    raw_entry,
    serialise_object,
)
from publisher.verify.signatures.default_resources import keeps_looks
from publisher.verify.signatures.form_fields import (
    annotation_box,
    has_area,
    is_on_page,
    lists_annotation,
    overlaps,
    page_annotations,
    pages,
    terminal_fields,
)
from publisher.verify.signatures.visible_signatures import DRAWN_OVER, VisibleArea
from publisher.verify.signatures.widget_appearances import WidgetAppearances

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver

    from publisher.verify.signatures.form_fields import Field
    from publisher.verify.signatures.object_comparison import ObjectComparison
    from publisher.verify.signatures.revision_references import References


FORM_KEYS: Final = frozenset({"/Fields", "/SigFlags"})
"""The entries of the form that may change."""
WIDGET_KEYS: Final = frozenset(
    "/Type /Subtype /F /Rect /P /AP /MK /Border /BS /DA /DR /H /NM /CA /Q /Parent /StructParent".split()
)
"""The entries that a widget apart from its field may have: no actions."""
FIELD_KEYS: Final = WIDGET_KEYS - {"/Parent"} | frozenset(
    "/FT /T /TU /Ff /V /Lock /SV /Kids".split()
)
"""The entries that a signature field may have, which may be its own widget."""
SIGNATURE_TYPES: Final = (None, "/Sig", "/DocTimeStamp")
"""The types of signature dictionaries; the type is optional (12.8.1, table 252)."""
_SIGNED_KEYS: Final = frozenset({"/AP", "/F"})
"""The entries of a widget that a signature may change."""
_FILLED_KEYS: Final = frozenset({"/V", "/AP", "/AS", "/DA", "/I", "/RV"})
"""The entries of a field and its widgets that filling in changes (12.7.4)."""
_ADDED_FLAGS: Final = 4 | 128 | 512
"""The flags that signing may set: print, locked, contents locked (12.5.3)."""
_SCALED_FLAGS: Final = 8 | 16
"""The flags with which a widget is drawn beside its rectangle: no zoom, no rotation."""


class FormChanges:
    """The form of a revision, compared with the one before."""

    def __init__(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        *,
        is_new: Callable[[Reference], bool],
        earlier_references: References,
        comparison: ObjectComparison,
    ) -> None:
        """Begin with nothing compared.

        Args:
            old: The revision before.
            new: The revision.
            is_new: Says whether the revision defines an object.
            earlier_references: The references in the revisions before.
            comparison: Compares values of the two.

        """
        self._old, self._new, self._is_new = old, new, is_new
        self._comparison = comparison
        self._appearances = WidgetAppearances(old, new, is_new, earlier_references)
        self.added_fields: list[Any] = []
        """References to the fields that were added."""
        self.added_widgets: list[Any] = []
        """References to the widgets that were added, or got a place on a page with their signature."""
        self.empty_fields: list[str] = []
        """The names of the fields that were added and hold no signature yet; nothing of them is seen."""
        self.filled: set[Reference] = set()
        """The objects of fields that were there, which changed only by getting a signature or a value."""
        self.filled_in: list[str] = []
        """The names of the fields that got another value and are no signature fields."""
        self.visible: list[VisibleArea] = []
        """Where signatures are seen that the revision adds."""

    def verify(self) -> None:
        """Raise if the form got anything but signatures, and values of fields."""
        old, new = (
            dictionary_entry(resolver.root, "/AcroForm") for resolver in (self._old, self._new)
        )
        for key in (old.keys() | new.keys()) - FORM_KEYS:
            agrees = self._comparison.entries_agree(old, new, key)
            if not agrees and not keeps_looks(old, new, key, self._old, self._comparison):
                raise DisallowedModificationError(
                    translatable("the form's {key} was changed", key=key[1:])
                )
        before, after = array_entry(old, "/Fields"), array_entry(new, "/Fields")
        earlier = list(map(serialise_object, before))
        # the order of fields has no meaning, and programs add in front and at the end
        if [item for item in map(serialise_object, after) if item in earlier] != earlier:
            raise DisallowedModificationError("a field of the form was removed")
        for field in after:
            if serialise_object(field) not in earlier:
                self._verify_added_field(field)
        for earlier_field in terminal_fields(self._old):
            if earlier_field.kind != "/Sig":
                self._verify_field_with_value(earlier_field)
            elif self._is_signed_now(earlier_field.reference):
                self._verify_signed_field(earlier_field)

    def _verify_added_field(self, field: Any) -> None:
        """Raise if an added field is not a signature field with a signature, or an invisible one without."""
        value: Any = field.get_object() if isinstance(field, IndirectObject) else None
        if not is_dictionary(value) or not self._is_new(field.reference):
            raise no_signature()
        if entry(value, "/FT") != "/Sig" or not value.keys() <= FIELD_KEYS:
            raise no_signature()
        kids = array_entry(value, "/Kids")
        for widget in kids:
            content: Any = widget.get_object() if isinstance(widget, IndirectObject) else None
            if not is_dictionary(content) or not self._is_new(widget.reference):
                raise no_signature()
            if not content.keys() <= WIDGET_KEYS:
                raise no_signature()
        widgets = kids or [field]
        name = str(entry(value, "/T") or "")
        visible = [area for widget in widgets for area in self._areas(widget, name, is_added=True)]
        if "/V" not in value and not visible:
            self.empty_fields.append(name)
        elif not _is_signature(entry(value, "/V")):
            raise no_signature()
        self.visible += visible
        self.added_fields.append(field)
        self.added_widgets += widgets

    def _is_signed_now(self, field: Any) -> bool:
        """Return whether an empty field has a value now."""
        value = self._new(field.reference)
        return "/V" not in self._old(field.reference) and is_dictionary(value) and "/V" in value

    def _verify_signed_field(self, field: Field) -> None:
        """Raise if a field that was empty got more than a signature."""
        old, new = self._old(field.reference.reference), self._new(field.reference.reference)
        value = raw_entry(new, "/V")
        is_added = isinstance(value, IndirectObject) and self._is_new(value.reference)
        if not is_added or not _is_signature(self._new(value.reference)):
            raise no_signature()
        for reference in self._objects(field):
            before, after = self._old(reference), self._new(reference)
            is_widget = any(widget.reference == reference for widget in field.widgets)
            allowed = (_SIGNED_KEYS if is_widget else frozenset()) | (
                {"/V"} if reference == field.reference.reference else set()
            )
            if not self._differ_only_in(before, after, allowed):
                raise DisallowedModificationError(
                    translatable(
                        "the field {entry} got more than a signature", entry=entry(old, "/T")
                    )
                )
            if is_widget:
                self._verify_flags(before, after)
                self.filled |= self._appearances.changed_objects(reference, before, after)
            self.filled.add(reference)
        for widget in field.widgets:
            self.visible += self._areas(widget, field.name, is_added=False)
            self.added_widgets.append(widget)
        self.added_fields.append(field.reference)

    def _verify_field_with_value(self, field: Field) -> None:
        """Note a field that got another value; leave one that changed otherwise to who compares objects."""
        changed: set[Reference] = set()
        for reference in self._objects(field):
            before, after = self._old(reference), self._new(reference)
            if not self._differ_only_in(before, after, _FILLED_KEYS):
                return
            is_widget = any(widget.reference == reference for widget in field.widgets)
            if is_widget and not self._comparison.entries_agree(before, after, "/AP"):
                changed |= self._appearances.changed_objects(reference, before, after)
            elif is_widget:
                changed |= self._changed_streams(reference, before, after)
            if not self._comparison.agree(before, after):
                changed.add(reference)
        if changed:
            self.filled |= changed
            self.filled_in.append(field.name)

    def _changed_streams(self, widget: Reference, before: Any, after: Any) -> set[Reference]:
        """Return the appearances of a widget that were written again in place."""
        try:
            own = self._appearances.changed_objects(widget, before, after)
        except DisallowedModificationError:
            return set()
        return {
            item for item in own if not self._comparison.agree(self._old(item), self._new(item))
        }

    @staticmethod
    def _objects(field: Field) -> set[Reference]:
        return {field.reference.reference, *(widget.reference for widget in field.widgets)}

    def _differ_only_in(self, before: Any, after: Any, keys: set[str] | frozenset[str]) -> bool:
        return is_dictionary(after) and all(
            self._comparison.entries_agree(before, after, key)
            for key in (before.keys() | after.keys()) - keys
        )

    def _verify_flags(self, before: Any, after: Any) -> None:
        """Raise if a widget got other flags than signing sets."""
        old, new = (int(entry(widget, "/F") or 0) for widget in (before, after))
        if old & ~new or (new & ~old) & ~_ADDED_FLAGS:
            raise DisallowedModificationError("the flags of a field were changed")

    def _areas(self, widget: Any, name: str, *, is_added: bool) -> Iterator[VisibleArea]:
        """Yield the areas where a widget is seen; raise if it covers another annotation."""
        content = self._new(widget.reference)
        if not has_area(content):
            return
        box = annotation_box(content)
        for number, page in enumerate(pages(self._new)):
            if not lists_annotation(page_annotations(self._new, page), widget.reference):
                continue
            if not is_on_page(box, page.get_object()):
                continue
            others = [
                item.get_object() if isinstance(item, IndirectObject) else item
                for item in page_annotations(self._old, page)
                if getattr(item, "reference", None) != widget.reference
            ]
            is_beside = is_added and int(entry(content, "/F") or 0) & _SCALED_FLAGS
            if is_beside or any(overlaps(box, other) for other in others):
                raise DisallowedModificationError(DRAWN_OVER)
            yield VisibleArea(
                field=name, page=number, box=box, widget=widget.reference, is_added=is_added
            )


def _is_signature(value: Any) -> bool:
    return is_dictionary(value) and entry(value, "/Type") in SIGNATURE_TYPES


def no_signature() -> DisallowedModificationError:
    """Return the error of a field that an update adds and nobody signs."""
    return DisallowedModificationError("a field was added that holds no signature")
