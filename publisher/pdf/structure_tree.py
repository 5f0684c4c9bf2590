"""The structure tree of a finished PDF, which screen readers use.

Input: the catalogue from pypdf. Output: ``Element``s in logical order. Serves ISO 32000-1 14.7 (logical
structure), 14.8.4 (standard structure types) and 14.9 (language, replacement text), and ISO 32000-2 14.7.4
(namespaces).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from publisher.errors import VerificationError
from publisher.messages import translatable
from publisher.pdf.syntax import name_class, object_number, resolve, text_string

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOTES: Final = frozenset({"Note", "FENote"})
"""The structure types of notes in PDF 1.7 and in PDF 2.0."""
MAX_DEPTH: Final = 128
"""Nesting depth of elements; the parser of pages allows 64."""


class StructureError(VerificationError):
    """The structure tree is malformed, is no tree, or is too deep."""


class MarkedContent(NamedTuple):
    """A reference to a marked-content sequence (14.7.4.2)."""

    page: int
    """Index from 0; -1 if the reference names no page of the file."""
    mcid: int
    stream: int = 0
    """Object number of the form XObject that contains it; 0 for the page's own content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """An annotation of a page (12.5)."""

    number: int
    """Its object number; 0 for a direct object."""
    page: int
    subtype: str
    contents: str
    """The description that a screen reader speaks."""
    uri: str
    """The address of a URI action; empty for other actions."""
    destination: str
    """The name of a named destination; empty for other destinations."""
    rectangle: tuple[float, ...]
    struct_parent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectReference:
    """An object that belongs to an element as a whole (14.7.4.3)."""

    number: int
    page: int
    """Index from 0; -1 if it is not known."""
    annotation: Annotation | None
    """None for an XObject, or for an annotation that is on no page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A structure element (14.7.2); an absent entry is an empty string or None."""

    role: str
    """The standard structure type, after the role map (14.7.3)."""
    raw_role: str
    """The structure type as written (``S``)."""
    namespace: str = ""
    id: str = ""
    title: str = ""
    alt: str | None = None
    actual_text: str | None = None
    expansion: str | None = None
    own_language: str = ""
    language: str = ""
    """Own or inherited, finally from the catalogue."""
    attributes: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """The attributes of all owners and classes: strings, numbers, booleans, and tuples of them."""
    children: tuple[Element | MarkedContent | ObjectReference, ...] = ()

    def walk(self) -> Iterator[Element]:
        """Yield this element and its descendants in logical order."""
        pending = [self]
        while pending:
            element = pending.pop()
            yield element
            pending.extend(c for c in reversed(element.children) if isinstance(c, Element))


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A structure tree."""

    children: tuple[Element, ...]
    role_map: Mapping[str, str]
    ids: Mapping[str, Element]
    """The elements by their ID; if two have the same ID, the first."""
    id_tree: tuple[str, ...]
    """The keys of the IDTree, in its order."""

    def walk(self) -> Iterator[Element]:
        """Yield every element in logical order."""
        for child in self.children:
            yield from child.walk()

    def content(self) -> Iterator[MarkedContent]:
        """Yield every reference to marked content, in logical order of the elements."""
        for element in self.walk():
            yield from (c for c in element.children if isinstance(c, MarkedContent))


# --- Reading -----------------------------------------------------------------------------------


def plain(value: Any, depth: int = 0) -> Any:
    """Return an object from pypdf as plain Python: names and strings as ``str``, arrays as tuples."""
    value = resolve(value)
    if depth > 16:
        raise StructureError("an attribute is nested too deep")
    if value is None:
        return None
    result: Any = getattr(value, "value", None)
    if isinstance(value, list):
        result = tuple(plain(item, depth + 1) for item in value)
    elif isinstance(value, dict):
        result = {key.lstrip("/"): plain(item, depth + 1) for key, item in value.items()}
    elif isinstance(value, bytes):
        result = text_string(value)
    elif isinstance(value, str):
        result = value[1:] if isinstance(value, name_class()) else str(value)
    elif isinstance(value, int):
        result = int(value)
    elif isinstance(value, float):
        result = int(value) if value.is_integer() else float(value)
    return result


def string(value: Any) -> str:
    """Return a string or name; empty for anything else."""
    result = "" if value is None else plain(value)
    return result if isinstance(result, str) else ""


def string_or_none(value: Any) -> str | None:
    """Return a string or name; None for anything else, since an empty string has a meaning."""
    result = None if value is None else plain(value)
    return result if isinstance(result, str) else None


def _list(value: Any) -> list[Any]:
    """Return an entry that is one object, or an array of objects, as a list; empty for null."""
    resolved = resolve(value)
    if resolved is None:
        return []
    return list(resolved) if isinstance(resolved, list) else [value]


def read_name_tree(root: Any) -> list[tuple[str, Any]]:
    """Return the entries of a name tree in its order, with references not followed (7.9.6)."""
    entries: list[tuple[str, Any]] = []
    pending, visited = [root], set[int]()
    while pending:
        node = resolve(pending.pop())
        if not isinstance(node, dict) or id(node) in visited:
            continue
        visited.add(id(node))
        names = resolve(node.get("/Names")) or []
        entries.extend((string(k), v) for k, v in zip(names[::2], names[1::2], strict=False))
        pending.extend(reversed(resolve(node.get("/Kids")) or []))
    return entries


class _TreeReader:
    """A reader of one structure tree."""

    def __init__(
        self, root: Any, pages: Mapping[int, int], annotations: Mapping[int, Annotation]
    ) -> None:
        self.pages = pages
        self.annotations = annotations
        self.role_map = {
            key.lstrip("/"): string(value)
            for key, value in (resolve(root.get("/RoleMap")) or {}).items()
        }
        self.classes = resolve(root.get("/ClassMap")) or {}
        self.ancestors: set[int] = set()
        """The keys of the elements that are being read."""
        self.visited: set[int] = set()

    def read_element(self, raw: Any, page: int, language: str) -> Element:
        """Read an element and its descendants.

        Args:
            raw: The element, from pypdf.
            page: The index of the page that the nearest ancestor names (``Pg``).
            language: The language of the parent.

        """
        key = object_number(raw) or id(raw)
        if key in self.visited:
            raise StructureError(
                "an element of the structure tree is its own ancestor"
                if key in self.ancestors
                else "an element of the structure tree has two parents",
                where=f"object {object_number(raw)}",
            )
        if len(self.ancestors) == MAX_DEPTH:
            raise StructureError(
                translatable(
                    "the structure tree is more than {max_depth} elements deep", max_depth=MAX_DEPTH
                )
            )
        self.visited.add(key)
        self.ancestors.add(key)
        page = self.page_index(raw, page)
        raw_role = string(raw.get("/S"))
        own_language = string(raw.get("/Lang"))
        language = own_language or language
        element = Element(
            role=self.map_role(raw_role),
            raw_role=raw_role,
            namespace=string((resolve(raw.get("/NS")) or {}).get("/NS")),
            id=string(raw.get("/ID")),
            title=string(raw.get("/T")),
            alt=string_or_none(raw.get("/Alt")),
            actual_text=string_or_none(raw.get("/ActualText")),
            expansion=string_or_none(raw.get("/E")),
            own_language=own_language,
            language=language,
            attributes=MappingProxyType(
                self.read_attributes(raw) if "/A" in raw or "/C" in raw else {}
            ),
            children=tuple(self.read_child(kid, page, language) for kid in _list(raw.get("/K"))),
        )
        self.ancestors.discard(key)
        return element

    def read_child(
        self, raw: Any, page: int, language: str
    ) -> Element | MarkedContent | ObjectReference:
        """Read one entry of ``K`` (14.7.4)."""
        kid = resolve(raw)
        if isinstance(kid, int):
            return MarkedContent(page, int(kid))
        if not isinstance(kid, dict):
            raise StructureError(translatable("a structure element contains {kid!r:.80}", kid=kid))
        entries: Any = kid
        kind = string(entries.get("/Type"))
        if kind == "MCR":
            stream = object_number(entries.raw_get("/Stm")) if "/Stm" in entries else 0
            mcid = int(resolve(entries["/MCID"]))
            return MarkedContent(self.page_index(entries, page), mcid, stream)
        if kind == "OBJR":
            number = object_number(entries.raw_get("/Obj"))
            annotation = self.annotations.get(number)
            page = annotation.page if annotation else self.page_index(entries, page)
            return ObjectReference(number=number, page=page, annotation=annotation)
        return self.read_element(entries, page, language)

    def page_index(self, raw: Any, inherited: int) -> int:
        """Return the index of the page that ``Pg`` names, or else the inherited one."""
        page = raw.raw_get("/Pg") if "/Pg" in raw else None
        return inherited if page is None else self.pages.get(object_number(page), -1)

    def map_role(self, raw_role: str) -> str:
        """Return the structure type that the role map leads to (14.7.3)."""
        role, visited = raw_role, {raw_role}
        while (mapped := self.role_map.get(role)) and mapped not in visited:
            visited.add(mapped)
            role = mapped
        return role

    def read_attributes(self, raw: Any) -> dict[str, Any]:
        """Merge the attribute objects of an element; ``A`` overrides its classes (14.7.5)."""
        merged: dict[str, Any] = {}
        classes = [self.classes.get(name) for name in map(resolve, _list(raw.get("/C")))]
        objects = [item for value in classes for item in _list(value)] + _list(raw.get("/A"))
        for item in objects:
            attributes = plain(item)
            if isinstance(attributes, dict):  # a number is a revision number
                merged.update(attributes)
        merged.pop("O", None)
        return merged


def read_structure(
    catalog: Any, *, pages: Mapping[int, int], annotations: Mapping[int, Annotation]
) -> Structure | None:
    """Read the structure tree; return None if the file has none.

    Args:
        catalog: The document catalogue, from pypdf.
        pages: The index of each page by its object number.
        annotations: The annotations of all pages by object number.

    Raises:
        StructureError: The tree contains a cycle or an element with two parents, or is too deep.

    """
    root = resolve(catalog.get("/StructTreeRoot"))
    if root is None:
        return None
    reader = _TreeReader(root, pages, annotations)
    language = string(catalog.get("/Lang"))
    children = tuple(
        reader.read_element(resolve(kid), -1, language) for kid in _list(root.get("/K"))
    )
    ids: dict[str, Element] = {}
    for element in (descendant for child in children for descendant in child.walk()):
        if element.id:
            ids.setdefault(element.id, element)
    return Structure(
        children=children,
        role_map=MappingProxyType(reader.role_map),
        ids=MappingProxyType(ids),
        id_tree=tuple(name for name, _ in read_name_tree(root.get("/IDTree"))),
    )
