"""The named destinations, attachments and page labels of a volume, merged from those of its parts.

The module implements ISO 32000-1, 7.11.4 (embedded files), 12.3.2.3 (named destinations) and 12.4.2 (page labels), and
ISO 19005-3, 6.8 (associated files).
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from pypdf.generic import ArrayObject, DictionaryObject, NumberObject, TextStringObject

from publisher.pdf.structure_tree import read_name_tree, string
from publisher.pdf.syntax import object_number, resolve
from publisher.pdf.writer import build_name_tree, dictionary, name
from publisher.system.atomic_write import MAX_NAME_BYTES
from publisher.text.unicode_data import normalize
from publisher.volume.merged_structure_tree import number_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf.generic import IndirectObject, PdfObject

    from publisher.pdf.object_copy import ObjectCopier
    from publisher.pdf.writer import IndirectObjects


class Destinations:
    """The named destinations of a volume."""

    def __init__(self) -> None:
        """Create an empty collection."""
        self._entries: dict[str, PdfObject] = {}

    def add_part(self, copy: ObjectCopier, names: Any) -> None:
        """Add the destinations of a part; their names get the part's prefix."""
        for key, destination in read_name_tree(names.get("/Dests")):
            self._entries[str(copy.add_prefix(key))] = copy.copy(destination)

    def add(self, key: str, destination: PdfObject) -> None:
        """Add a destination of the volume."""
        self._entries[key] = destination

    def tree(self, objects: IndirectObjects) -> DictionaryObject:
        """Return the name tree."""
        return build_name_tree(objects, self._entries)


class Attachments:
    """The embedded files of a volume."""

    def __init__(self) -> None:
        """Create an empty collection."""
        self._files: list[tuple[int, str, IndirectObject]] = []
        """The number of the part, the file name and the file specification of each file."""

    def add_part(self, copy: ObjectCopier, catalog: Any, number: int) -> list[IndirectObject]:
        """Add the files of a part that are in the name tree or in ``AF``, each once.

        Returns the file specifications, which ``write`` may still rename.
        """
        names = resolve(catalog.get("/Names")) or {}
        listed = [raw for _, raw in read_name_tree(names.get("/EmbeddedFiles"))]
        associated = list(resolve(catalog.get("/AF")) or ())
        seen = set()
        for reference in (*listed, *associated):
            if object_number(reference) not in seen:
                seen.add(object_number(reference))
                specification: Any = resolve(reference)
                file_name = string(specification.get("/UF")) or string(specification.get("/F"))
                self._files.append((number, file_name, copy.copy(reference)))
        return [reference for _, _, reference in self._files[len(self._files) - len(seen) :]]

    def write(
        self, objects: IndirectObjects, parts: int
    ) -> tuple[DictionaryObject, ArrayObject] | None:
        """Return the name tree and the associated files; ``None`` if no part has a file.

        Files with the same name get the number of their part as a prefix, such as ``02 report.txt``.
        """
        if not self._files:
            return None
        new_names = unique_names(
            [(number, file_name) for number, file_name, _ in self._files], parts
        )
        entries: dict[str, PdfObject] = {}
        for new_name, (_, old_name, reference) in zip(new_names, self._files, strict=True):
            entries[new_name] = reference
            if new_name != old_name:
                specification: Any = reference.get_object()
                new_entry = TextStringObject(new_name)
                specification[name("F")] = specification[name("UF")] = new_entry
        references = [reference for _, _, reference in self._files]
        return build_name_tree(objects, entries), ArrayObject(references)


def unique_names(names: Sequence[tuple[int, str]], parts: int) -> list[str]:
    """Return names that differ in more than case and Unicode normalisation.

    Args:
        names: The number of the part and the name of each file.
        parts: The number of parts, which determines the number of digits.
    """
    digits = max(2, len(str(parts)))
    counts = Counter(_comparison_key(file_name) for _, file_name in names)
    used = {
        _comparison_key(file_name)
        for _, file_name in names
        if counts[_comparison_key(file_name)] == 1
    }
    result = []
    for number, file_name in names:
        new_name = file_name
        while counts[_comparison_key(file_name)] > 1 and (
            new_name == file_name or _comparison_key(new_name) in used
        ):
            new_name = _shorten(f"{number:0{digits}} {new_name}")
        used.add(_comparison_key(new_name))
        result.append(new_name)
    return result


def _comparison_key(text: str) -> str:
    """Return the form in which two names are equal if some file system treats them as one name."""
    return normalize("NFC", text).casefold()


def _shorten(text: str) -> str:
    """Return a name within the length limit of file systems, shortened before its suffix."""
    stem, suffix = os.path.splitext(text)  # noqa: PTH122 - a name, not a path
    limit = MAX_NAME_BYTES - len(suffix.encode())
    return f"{stem.encode()[:limit].decode(errors='ignore')}{suffix}"


class PageLabels:
    """The page labels of a volume."""

    def __init__(self) -> None:
        """Create an empty collection."""
        self._ranges: list[tuple[int, DictionaryObject]] = []

    def add_part(self, catalog: Any, prefix: str, first_page: int) -> None:
        """Add the labels of a part with its prefix.

        ``first_page`` is the index of its first page, not counting the front matter.
        """
        ranges = dict(number_entries(catalog.get("/PageLabels")))
        ranges.setdefault(0, dictionary(S=name("D")))
        for start, label in sorted(ranges.items()):
            entries = DictionaryObject(resolve(label))
            entries[name("P")] = TextStringObject(f"{prefix}{string(entries.get('/P'))}")
            self._ranges.append((first_page + start, entries))

    def tree(self, front_pages: int) -> DictionaryObject:
        """Return the number tree; the pages of the front matter get roman numerals."""
        numbers = ArrayObject((NumberObject(0), dictionary(S=name("r"))))
        for start, entries in self._ranges:
            numbers.extend((NumberObject(front_pages + start), entries))
        return dictionary(Nums=numbers)
