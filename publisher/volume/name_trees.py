"""What a file has one list of, joined: destinations, attachments, page labels.

Enters: the lists of each part. Leaves: the volume's. Serves ISO 32000-1, 7.11.4 (embedded files),
12.3.2.3 (named destinations) and 12.4.2 (page labels), ISO 19005-3, 6.8 (associated files).
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from pypdf.generic import ArrayObject, DictionaryObject, NumberObject, TextStringObject

from publisher.pdf.structure_tree import name_tree as name_entries
from publisher.pdf.structure_tree import string
from publisher.pdf.syntax import object_number, resolve
from publisher.pdf.writer import dictionary, name, name_tree
from publisher.system.atomic_write import LONGEST_NAME
from publisher.volume.merged_structure_tree import number_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf.generic import IndirectObject, PdfObject

    from publisher.pdf.object_copy import ObjectCopier
    from publisher.pdf.writer import IndirectObjects


class Destinations:
    """The named destinations of a volume."""

    def __init__(self) -> None:
        """Begin with none."""
        self._entries: dict[str, PdfObject] = {}

    def take(self, copy: ObjectCopier, names: Any) -> None:
        """Take those of a part in, under their names with the part's prefix."""
        for key, place in name_entries(names.get("/Dests")):
            self._entries[str(copy.renamed(key))] = copy.value(place)

    def add(self, key: str, place: PdfObject) -> None:
        """Add one of the volume's own."""
        self._entries[key] = place

    def tree(self, objects: IndirectObjects) -> DictionaryObject:
        """Return them as a name tree."""
        return name_tree(objects, self._entries)


class Attachments:
    """The files inside a volume."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: list[tuple[int, str, IndirectObject]] = []

    def take(self, copy: ObjectCopier, catalog: Any, number: int) -> list[IndirectObject]:
        """Take those of a part in, each once whether the name tree or ``AF`` has it.

        Returns their specifications, which ``write`` may yet rename.
        """
        names = resolve(catalog.get("/Names")) or {}
        listed = [raw for _, raw in name_entries(names.get("/EmbeddedFiles"))]
        associated = list(resolve(catalog.get("/AF")) or ())
        seen = set()
        for reference in (*listed, *associated):
            if object_number(reference) not in seen:
                seen.add(object_number(reference))
                said: Any = resolve(reference)
                called = string(said.get("/UF")) or string(said.get("/F"))
                self._found.append((number, called, copy.value(reference)))
        return [reference for _, _, reference in self._found[len(self._found) - len(seen) :]]

    def write(
        self, objects: IndirectObjects, parts: int
    ) -> tuple[DictionaryObject, ArrayObject] | None:
        """Return the name tree and the associated files; none where no part has a file.

        Files of one name get the number of their part before it: ``02 report.txt``.
        """
        if not self._found:
            return None
        called = unique_names([(number, one) for number, one, _ in self._found], parts)
        entries: dict[str, PdfObject] = {}
        for new, (_, old, reference) in zip(called, self._found, strict=True):
            entries[new] = reference
            if new != old:
                said: Any = reference.get_object()
                said[name("F")] = said[name("UF")] = TextStringObject(new)
        references = [reference for _, _, reference in self._found]
        return name_tree(objects, entries), ArrayObject(references)


def unique_names(names: Sequence[tuple[int, str]], parts: int) -> list[str]:
    """Return names of which no two are one on any disk; each comes with the number of its part."""
    digits = max(2, len(str(parts)))
    alike = Counter(_key(one) for _, one in names)
    taken = {_key(one) for _, one in names if alike[_key(one)] == 1}
    result = []
    for number, one in names:
        new = one
        while alike[_key(one)] > 1 and (new == one or _key(new) in taken):
            new = _shortened(f"{number:0{digits}} {new}")
        taken.add(_key(new))
        result.append(new)
    return result


def _key(text: str) -> str:
    return normalize("NFC", text).casefold()


def _shortened(text: str) -> str:
    """Return a name that a file system takes, cut before its suffix."""
    stem, suffix = os.path.splitext(text)  # noqa: PTH122 - a name, not a path
    room = LONGEST_NAME - len(suffix.encode())
    return f"{stem.encode()[:room].decode(errors='ignore')}{suffix}"


class Labels:
    """The page labels of a volume."""

    def __init__(self) -> None:
        """Begin with none."""
        self._ranges: list[tuple[int, DictionaryObject]] = []

    def take(self, catalog: Any, prefix: str, first_page: int) -> None:
        """Take those of a part in, the prefix before each.

        ``first_page`` is the index of its first page, the front matter not counted.
        """
        ranges = dict(number_entries(catalog.get("/PageLabels")))
        ranges.setdefault(0, dictionary(S=name("D")))
        for start, label in sorted(ranges.items()):
            entries = DictionaryObject(resolve(label))
            entries[name("P")] = TextStringObject(f"{prefix}{string(entries.get('/P'))}")
            self._ranges.append((first_page + start, entries))

    def tree(self, front_pages: int) -> DictionaryObject:
        """Return them as a number tree, after the front matter's roman figures."""
        numbers = ArrayObject((NumberObject(0), dictionary(S=name("r"))))
        for start, entries in self._ranges:
            numbers.extend((NumberObject(front_pages + start), entries))
        return dictionary(Nums=numbers)
