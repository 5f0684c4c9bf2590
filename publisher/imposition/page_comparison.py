"""Comparison of the pages on the sheets with those of the source, before anything is written.

Input: the source, and the bytes of the sheets, which are read again. Each page must be placed once; its form must
have the content of the page, to the byte, and the same resources and transparency group: dictionaries with the
same entries, streams with the same bytes, whatever their object numbers. Serves ISO 32000-1, 7.3 and 8.10.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.errors import VerificationError
from publisher.messages import translatable
from publisher.pdf.open_file import ToleratingReader
from publisher.pdf.syntax import (
    Name,
    content_streams,
    instructions,
    object_number,
    painted_data,
    resolve,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.imposition.source import SourcePdf

_HINT = "nothing was written; save the file again with another program, and report this as a bug"
_IGNORED_KEYS = frozenset({"/Length", "/StructParent", "/StructParents"})
"""Entries that sheets have of their own, or not at all."""
_NUMBER_TOLERANCE = 1e-7
"""Numbers are written with eight digits after the point."""
_COMPARED_ENTRIES = ("/Resources", "/Group")
_Pair = tuple[Any, Any, str]
"""An object of the source, that of the sheets, and the path to both."""


def require_equal_pages(source: SourcePdf, imposed: bytes) -> None:
    """Raise ``VerificationError`` if a page of the source is not painted on the sheets as it is in the source."""
    reader = ToleratingReader(BytesIO(imposed), strict=True)
    compared: set[tuple[int, int]] = set()
    placed: set[int] = set()
    for sheet in reader.pages:
        for number, form in _placed_forms(sheet):
            if number in placed:
                raise _difference(number, "it is placed twice")
            placed.add(number)
            page = source.page_objects[number - 1]
            if b"\n".join(map(painted_data, content_streams(page))) != painted_data(form):
                raise _difference(number, "its content differs")
            for key in _COMPARED_ENTRIES:
                original, copy = page.get(key), form.get(key)
                if original is None and not copy:
                    continue
                path = _first_difference((original, copy, key[1:]), compared)
                if path:
                    raise _difference(number, translatable("its {path} differ", path=path))
    missing = sorted(set(range(1, len(source.page_objects) + 1)) - placed)
    if missing:
        raise _difference(missing[0], "it is not placed")


def _difference(number: int, reason: str) -> VerificationError:
    return VerificationError(
        translatable(
            "the sheets would not show the page as the file does: {reason}", reason=reason
        ),
        hint=_HINT,
        where=translatable("page {page}", page=number),
    )


def _placed_forms(sheet: Any) -> Iterator[tuple[int, Any]]:
    """Yield the number and the form of each page that a side paints."""
    forms = resolve(resolve(sheet["/Resources"]).get("/XObject")) or {}
    data = b"\n".join(map(painted_data, content_streams(sheet)))
    for operator, operands in instructions(data):
        if operator == b"Do" and isinstance(operands[-1], Name):
            yield int(operands[-1].removeprefix("P")), resolve(forms[f"/{operands[-1]}"])


def _first_difference(first: _Pair, compared: set[tuple[int, int]]) -> str:
    """Return the path to the first difference between two objects and all that they refer to; empty if none.

    ``compared`` holds the pairs of object numbers that were compared; it is extended.
    """
    pending = [first]
    while pending:
        original, copy, path = pending.pop()
        key = _number(original), object_number(copy)
        original, copy = resolve(original), resolve(copy)
        if all(key):
            if key in compared:
                continue
            compared.add(key)
        parts = _pairs_of_parts(original, copy, path)
        if parts is None:
            return path
        pending += parts
    return ""


def _pairs_of_parts(original: Any, copy: Any, path: str) -> list[_Pair] | None:
    """Return the parts of two objects that must be equal too; None if the objects differ."""
    if isinstance(original, dict) and isinstance(copy, dict):
        data = [getattr(item, "_data", None) for item in (original, copy)]  # before any filter
        entries, copied = dict(_entries(original)), dict(_entries(copy))
        if data[0] != data[1] or entries.keys() != copied.keys():
            return None
        return [(value, copied[key], f"{path}{key}") for key, value in entries.items()]
    if isinstance(original, list) and isinstance(copy, list):
        if len(original) != len(copy):
            return None
        pairs = zip(list.__iter__(original), list.__iter__(copy), strict=True)
        return [(*pair, f"{path}[{index}]") for index, pair in enumerate(pairs)]
    return [] if _are_equal(original, copy) else None


def _number(value: Any) -> int:
    """Return a number for an object of the source: its own and its generation."""
    reference = value if hasattr(value, "idnum") else getattr(value, "indirect_reference", None)
    return object_number(value) * 65_536 + int(getattr(reference, "generation", 0))


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a dictionary with references not followed; those of null are none (7.3.7)."""
    for key, item in dict.items(value):
        if key not in _IGNORED_KEYS and resolve(item) is not None:
            yield str(key), item


def _are_equal(original: Any, copy: Any) -> bool:
    """Return whether two names, strings, numbers or truth values are equal."""
    if original is None or copy is None:
        return original is copy
    truths = [getattr(item, "value", None) for item in (original, copy)]
    if any(isinstance(truth, bool) for truth in truths):
        return bool(truths[0] == truths[1])
    if isinstance(original, int | float) and isinstance(copy, int | float):
        return abs(float(original) - float(copy)) <= _NUMBER_TOLERANCE
    if isinstance(original, str | bytes) and isinstance(copy, str | bytes):
        has_nul = hasattr(original, "renumber") and "\0" in original  # no part of a name (7.2.2)
        return not has_nul and _text(original) == _text(copy)
    return False


def _text(value: Any) -> str:
    """Return a name with its solidus, or the bytes of a string as they are."""
    if hasattr(value, "renumber"):
        return str(value)
    data = getattr(value, "original_bytes", value)
    return data.decode("latin-1") if isinstance(data, bytes) else f"({data}"
