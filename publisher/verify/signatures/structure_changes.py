"""Elements of the structure tree that signing programs add for the widgets of signatures (ISO 32000-1, 14.7, 14.8.4.5).

Input: two revisions of a file from pyHanko, and the widgets that one adds. Output: the objects of the tree that changed
only by getting such elements, and the elements. A tagged file needs them: a widget is the content of a Form element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.generic import ArrayObject, IndirectObject, NumberObject
from pyhanko.pdf_utils.misc import PdfError

from publisher.pdf.raw_objects import (
    array_entry,
    dictionary_entry,
    entry,
    is_dictionary,
    raw_entry,
    serialise_object,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver

    from publisher.verify.signatures.object_comparison import ObjectComparison

_ROOT_KEYS: Final = frozenset({"/K", "/ParentTree", "/ParentTreeNextKey"})
_ELEMENT_KEYS: Final = frozenset({"/Type", "/S", "/P", "/K", "/Pg"})
_OBJECT_REFERENCE_KEYS: Final = frozenset({"/Type", "/Obj", "/Pg"})
_GROUPS: Final = frozenset({"/Document", "/Part", "/Sect", "/Div"})
"""The elements that programs put around a Form element if the tree has none."""
_MAX_ELEMENTS: Final = 1000
"""Elements for widgets in one update; more are no work of a signing program."""


class StructureChanges:
    """The structure tree of a revision, compared with the one before."""

    def __init__(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        *,
        is_new: Callable[[Reference], bool],
        comparison: ObjectComparison,
        widgets: Sequence[Any],
    ) -> None:
        """Begin with nothing compared.

        Args:
            old: The revision before.
            new: The revision.
            is_new: Says whether the revision defines an object.
            comparison: Compares values of the two.
            widgets: References to the widgets for which elements may be added; read when the tree is compared.

        """
        self._old, self._new, self._is_new = old, new, is_new
        self._comparison, self._widgets = comparison, widgets
        self.added: set[Reference] = set()
        """The objects of the tree that were added."""

    def allowed_objects(self, changed: Iterable[Reference]) -> set[Reference]:
        """Return the objects of the tree among some, that got only what widgets need.

        Args:
            changed: Objects that were there and are written again.

        """
        objects = list(changed)
        allowed = {reference for reference in objects if self._is_allowed_element(reference)}
        rest = [reference for reference in objects if reference in self._roots_and_nodes()]
        if rest and self.root_agrees():
            allowed |= set(rest)
        return allowed

    def root_agrees(self) -> bool:
        """Return whether the root of the tree, and its numbers, got only what widgets need."""
        old, new = (
            dictionary_entry(resolver.root, "/StructTreeRoot")
            for resolver in (self._old, self._new)
        )
        is_same = all(
            self._comparison.entries_agree(old, new, key) or self._is_empty_addition(old, new, key)
            for key in (old.keys() | new.keys()) - _ROOT_KEYS
        )
        root = raw_entry(self._new.root, "/StructTreeRoot")
        if not old or not new or not is_same or not self._adds_only_elements(old, new, root):
            return False
        if isinstance(root, IndirectObject) and self._is_new(root.reference):
            self.added.add(root.reference)
        return self._numbers_agree(old, new)

    @staticmethod
    def _is_empty_addition(old: Any, new: Any, key: str) -> bool:
        return key == "/RoleMap" and key not in old and entry(new, key) == {}

    def _is_allowed_element(self, reference: Reference) -> bool:
        """Return whether an object is a structure element and got only elements for widgets."""
        old, new = self._old(reference), self._new(reference)
        if not is_dictionary(old) or not is_dictionary(new):
            return False
        if "/S" not in old or "/P" not in old or "/Subtype" in old:
            return False
        keys = (old.keys() | new.keys()) - {"/K"}
        element = IndirectObject(reference.idnum, reference.generation, self._new)
        return all(self._comparison.entries_agree(old, new, key) for key in keys) and (
            self._adds_only_elements(old, new, element)
        )

    def _roots_and_nodes(self) -> set[Reference]:
        """Return the root of the tree as it was and the nodes of its numbers."""
        root = raw_entry(self._old.root, "/StructTreeRoot")
        nodes = set(self._node_references(self._old))
        return nodes | ({root.reference} if isinstance(root, IndirectObject) else set())

    def _adds_only_elements(self, old: Any, new: Any, parent: Any) -> bool:
        """Return whether an element has the kids that it had, in order, and elements for widgets between them."""
        before, after = (_kids(element) for element in (old, new))
        earlier = list(map(serialise_object, before))
        remaining = [item for item in after if serialise_object(item) in earlier]
        added = [item for item in after if serialise_object(item) not in earlier]
        return [serialise_object(item) for item in remaining] == earlier and all(
            self._is_widget_element(item, parent, 0) for item in added
        )

    def _is_widget_element(self, item: Any, parent: Any, depth: int) -> bool:
        """Return whether an added element has only widgets as its content, and says nothing."""
        is_reference = isinstance(item, IndirectObject) and self._is_new(item.reference)
        if not is_reference or depth > len(_GROUPS) or len(self.added) > _MAX_ELEMENTS:
            return False
        element = item.get_object()
        if not is_dictionary(element) or not element.keys() <= _ELEMENT_KEYS:
            return False
        if serialise_object(raw_entry(element, "/P")) != serialise_object(parent):
            return False
        self.added.add(item.reference)
        kids = _kids(element)
        if entry(element, "/S") == "/Form":
            return all(map(self._is_widget_reference, kids))
        is_group = entry(element, "/S") in _GROUPS
        return is_group and all(self._is_widget_element(kid, item, depth + 1) for kid in kids)

    def _is_widget_reference(self, kid: Any) -> bool:
        """Return whether the content of an element is a widget of a signature (OBJR, 14.7.4.3)."""
        if isinstance(kid, IndirectObject):
            if not self._is_new(kid.reference):
                return False
            self.added.add(kid.reference)
            kid = kid.get_object()
        target = raw_entry(kid, "/Obj") if is_dictionary(kid) else None
        return (
            isinstance(target, IndirectObject)
            and kid.keys() <= _OBJECT_REFERENCE_KEYS
            and any(target.reference == widget.reference for widget in self._widgets)
        )

    def _numbers_agree(self, old: Any, new: Any) -> bool:
        """Return whether the tree of numbers has what it had, and numbers of added elements besides (14.7.4.4)."""
        try:
            before, after = dict(self._numbers(old)), dict(self._numbers(new))
            keys = [int(entry(root, "/ParentTreeNextKey") or 0) for root in (old, new)]
        except (TypeError, ValueError, PdfError):
            return False
        for number, value in after.items():
            if number in before:
                if not self._comparison.agree(before[number], value):
                    return False
            elif not isinstance(value, IndirectObject) or value.reference not in self.added:
                return False
        self.added |= {node for node in self._node_references(self._new) if self._is_new(node)}
        return before.keys() <= after.keys() and keys[0] <= keys[1]

    def _numbers(self, root: Any) -> Iterator[tuple[int, Any]]:
        """Yield the numbers of a tree, each with the value as it is written."""
        for _, node in _nodes(raw_entry(root, "/ParentTree")):
            pairs = array_entry(node, "/Nums")
            yield from zip(map(int, pairs[::2]), pairs[1::2], strict=True)

    @staticmethod
    def _node_references(resolver: HistoricalResolver) -> Iterator[Reference]:
        root = dictionary_entry(resolver.root, "/StructTreeRoot")
        for reference, _ in _nodes(raw_entry(root, "/ParentTree")):
            if reference is not None:
                yield reference


def _nodes(tree: Any) -> Iterator[tuple[Reference | None, Any]]:
    """Yield the nodes of a number tree (7.9.7), each with its reference, if it has one."""
    pending, visited = [tree], set()
    while pending:
        node, reference = pending.pop(), None
        if isinstance(node, IndirectObject):
            reference = node.reference
            if reference in visited:
                continue
            visited.add(reference)
            node = node.get_object()
        if is_dictionary(node):
            yield reference, node
            pending += array_entry(node, "/Kids")


def _kids(element: Any) -> list[Any]:
    """Return the content of an element as it is written: none, one item or several."""
    value = raw_entry(element, "/K")
    followed = entry(element, "/K")
    if isinstance(followed, ArrayObject):
        return list(followed)
    return [] if value is None else [value]


def allows_page_entry(old: Any, new: Any, key: str) -> bool:
    """Return whether a page gets the order of its tab stops or a number in the structure tree, which it had not."""
    value = entry(new, key)
    if key in old:
        return False
    if key == "/Tabs":
        return value in ("/S", "/R", "/C")
    return key == "/StructParents" and isinstance(value, NumberObject)
