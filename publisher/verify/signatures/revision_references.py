"""Which objects of a file refer to which, revision by revision.

Enters: a file as pyHanko reads it. Leaves: ``References``. An object that many refer to is not only what one
of them says that it is, and a number that is referred to before it is given to an object is a
promise to show that object (ISO 32000-1, 7.3.10). Object streams (7.5.7) are searched, not read object
by object, which pyHanko does slowly; what is found too much, as in a string, only makes stricter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import Reference

from publisher.pdf.raw_objects import references

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

Owner = tuple[int, tuple[str, ...]]
"""An object, by its number, and the keys in it that lead to a reference."""
TRAILER = 0
"""The number that stands for the trailer among owners: no object has it."""
_BETWEEN = rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+[\r\n])+"
_REFERENCE = re.compile(rb"(\d++)" + _BETWEEN + rb"\d++" + _BETWEEN + rb"R(?![A-Za-z0-9])")


class References:
    """All references of the revisions that were added so far."""

    def __init__(self, reader: PdfFileReader) -> None:
        """Begin with none."""
        self._reader = reader
        self._holders: dict[int, set[int]] = {}

    def __contains__(self, number: int) -> bool:
        """Return whether anything refers to an object."""
        return number in self._holders

    def add(self, revision: int) -> None:
        """Add what the objects of the next revision refer to."""
        resolver, xrefs = self._reader.get_historical_resolver(revision), self._reader.xrefs
        for _, found in references(resolver.trailer_view):
            self._add(TRAILER, found.idnum)
        for stream in resolver.object_streams_used():
            self._search(resolver, stream)
        for holder in xrefs.explicit_refs_in_revision(revision) - set(xrefs.xref_stream_refs):
            if isinstance(xrefs.get_historical_ref(holder, revision), int):
                for _, found in references(resolver(holder)):
                    self._add(holder.idnum, found.idnum)

    def owners(self, number: int, resolver: HistoricalResolver) -> set[Owner]:
        """Return what refers to an object in the last revision, by the keys that lead there.

        Where something refers to it in a way that cannot be told, there is an owner without keys.
        """
        owners: set[Owner] = set()
        for holder in self._holders.get(number, ()):
            value = (
                resolver.trailer_view
                if holder == TRAILER
                else resolver(Reference(holder, 0, resolver))
            )
            paths = [path for path, found in references(value) if found.idnum == number]
            owners |= {(holder, path) for path in paths or [()]}
        return owners

    def _search(self, resolver: HistoricalResolver, reference: Reference) -> None:
        """Add what the objects of an object stream refer to."""
        stream = resolver(reference)
        data, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
        head = [int(one) for one in data[:first].split()[: 2 * int(stream["/N"])]]
        places = sorted(zip(head[1::2], head[::2], strict=True))
        starts = [first + place for place, _ in places]
        for found in _REFERENCE.finditer(data):
            at = bisect_right(starts, found.start()) - 1
            self._add(places[max(at, 0)][1], int(found[1]))

    def _add(self, holder: int, number: int) -> None:
        self._holders.setdefault(number, set()).add(holder)
