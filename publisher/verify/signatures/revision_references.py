"""References between the objects of a file, revision by revision.

Input: a file from pyHanko. Output: ``References``. An object to which several objects refer has several roles,
so it must not change in one of them; and a number that is referred to before it is defined is a promise to
show the object (ISO 32000-1, 7.3.10). Object streams (7.5.7) are searched as bytes, because pyHanko reads them
slowly object by object; a false match, as in a string, only makes the verification stricter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import Reference, StreamObject

from publisher.pdf.raw_objects import entry, references

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
    from pyhanko.pdf_utils.xref import XRefSectionData

Referrer = tuple[int, tuple[str, ...]]
"""The number of an object that contains a reference, and the path of keys to the reference."""
TRAILER = 0
"""The number that stands for the trailer among referrers; no object has it."""
TRAILER_KEYS = frozenset({"/Root", "/Info", "/Encrypt", "/ID"})
"""The keys of a trailer that refer to what programs read."""
_SEPARATOR = rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+[\r\n])+"
_REFERENCE = re.compile(rb"(\d++)" + _SEPARATOR + rb"\d++" + _SEPARATOR + rb"R(?![A-Za-z0-9])")


def object_streams(reader: PdfFileReader, revision: int) -> set[Reference]:
    """Return the object streams that a revision uses."""
    numbers = {
        number for section in _sections(reader, revision) for number in section.obj_streams_used
    }
    return {Reference(number, pdf=reader) for number in numbers}


def written_objects(reader: PdfFileReader, revision: int) -> set[Reference]:
    """Return the objects that a revision adds or writes again."""
    names = set()
    for section in _sections(reader, revision):
        names |= {
            (number, generation) for number, (generation, _) in section.standard_xrefs.items()
        }
        names |= {(number, 0) for number in section.xrefs_in_objstm}
    return {Reference(number, generation, pdf=reader) for number, generation in names}


def _sections(reader: PdfFileReader, revision: int) -> list[XRefSectionData]:
    """Return the cross-references of a revision: a table may have a stream beside it (hybrid, 7.5.8.4)."""
    section = reader.xrefs.get_xref_data(revision)
    return [section] if section.hybrid is None else [section, section.hybrid.xref_data]


class References:
    """All references in the revisions that were added so far."""

    def __init__(self, reader: PdfFileReader) -> None:
        """Begin with no revision."""
        self._reader = reader
        self._referrers: dict[int, set[int]] = {}
        """The numbers of the objects that refer to an object, by its number."""
        self._defined: set[int] = set()
        """The numbers of the objects that the revisions have."""

    def __contains__(self, number: int) -> bool:
        """Return whether anything refers to an object."""
        return number in self._referrers

    def defines(self, number: int) -> bool:
        """Return whether a revision has an object of a number."""
        return number in self._defined

    def add(self, revision: int) -> None:
        """Add the references in the objects of the next revision."""
        resolver, xrefs = self._reader.get_historical_resolver(revision), self._reader.xrefs
        for path, target in references(resolver.trailer_view):
            if path[0] in TRAILER_KEYS:  # no program shows what other keys refer to
                self._add(TRAILER, target.idnum)
        for stream in object_streams(self._reader, revision):
            self._search_object_stream(resolver, stream)
        written = written_objects(self._reader, revision)
        self._defined |= {reference.idnum for reference in written}
        for referrer in written - set(xrefs.xref_stream_refs):
            if isinstance(xrefs.get_historical_ref(referrer, revision), int):
                value = resolver(referrer)
                if isinstance(value, StreamObject) and entry(value, "/Type") == "/XRef":
                    continue  # cross-references of a hybrid file repeat the trailer
                for _, target in references(value):
                    self._add(referrer.idnum, target.idnum)

    def referrers(self, number: int, resolver: HistoricalResolver) -> set[Referrer]:
        """Return what refers to an object in the last revision, with the paths of keys.

        A referrer without a path has a reference whose path cannot be determined.
        """
        referrers: set[Referrer] = set()
        for referrer in self._referrers.get(number, ()):
            value = (
                resolver.trailer_view
                if referrer == TRAILER
                else resolver(Reference(referrer, 0, resolver))
            )
            paths = [path for path, target in references(value) if target.idnum == number]
            referrers |= {(referrer, path) for path in paths or [()]}
        return referrers

    def _search_object_stream(self, resolver: HistoricalResolver, reference: Reference) -> None:
        """Add the references in the objects of an object stream."""
        stream = resolver(reference)
        data, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
        header = [int(number) for number in data[:first].split()[: 2 * int(stream["/N"])]]
        objects = sorted(zip(header[1::2], header[::2], strict=True))
        starts = [first + offset for offset, _ in objects]
        for match in _REFERENCE.finditer(data):
            index = bisect_right(starts, match.start()) - 1
            self._add(objects[max(index, 0)][1], int(match[1]))

    def _add(self, referrer: int, number: int) -> None:
        self._referrers.setdefault(number, set()).add(referrer)
