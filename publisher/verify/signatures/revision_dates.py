"""Changes of metadata that signing programs make by the way: the dates of modification and the producer.

Input: two revisions of a file from pyHanko. Output: whether an object is the metadata or the document information,
and only these entries changed, however they are written. Serves ISO 32000-1, 14.3 and ISO 16684-1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import IndirectObject, StreamObject

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    decode_added_stream,
    is_dictionary,
    raw_entry,
    serialise_entry,
)
from publisher.pdf.xmp import xmp_properties
from publisher.verify.signatures.revision_references import TRAILER

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver

    from publisher.verify.signatures.revision_references import References

INFORMATION_KEYS = frozenset({"/ModDate", "/Producer"})
"""The entries of the document information that may change."""
METADATA_PROPERTIES = frozenset(
    {
        "{http://ns.adobe.com/xap/1.0/}ModifyDate",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
        "{http://ns.adobe.com/xap/1.0/mm/}InstanceID",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
    }
)
"""The properties in the metadata that may change."""
_STREAM_KEYS = frozenset({"/Length", "/Filter", "/DecodeParms"})
_METADATA_KEYS = frozenset({"/Type", "/Subtype"})


def updates_dates(
    old: HistoricalResolver,
    new: HistoricalResolver,
    reference: Reference,
    earlier_references: References,
) -> bool:
    """Return whether an object had no other role and only its dates and its producer changed."""
    referrers = earlier_references.referrers(reference.idnum, old)
    if referrers == {(old.root_ref.idnum, ("/Metadata",))}:
        target = raw_entry(new.root, "/Metadata")
        is_same = isinstance(target, IndirectObject) and target.reference == reference
        return is_same and is_only_dates(old(reference), new(reference))
    if referrers == {(TRAILER, ("/Info",))}:
        return is_only_dates(old(reference), new(reference))
    return False


def is_only_dates(before: Any, after: Any) -> bool:
    """Return whether metadata, or document information, differ in their dates and their producer only.

    Args:
        before: The metadata stream or the information dictionary; None if the file had none.
        after: The later one.

    """
    if before is None and isinstance(after, StreamObject):
        packet = _packet(after)
        return after.keys() <= _STREAM_KEYS | _METADATA_KEYS and (
            packet is not None and packet.keys() <= METADATA_PROPERTIES
        )
    if before is None:
        return is_dictionary(after) and after.keys() <= INFORMATION_KEYS
    return _metadata_agree(before, after) or _information_agrees(before, after)


def _information_agrees(before: Any, after: Any) -> bool:
    return (
        is_dictionary(before)
        and is_dictionary(after)
        and all(
            serialise_entry(before, key) == serialise_entry(after, key)
            for key in (before.keys() | after.keys()) - INFORMATION_KEYS
        )
    )


def _metadata_agree(before: Any, after: Any) -> bool:
    if not isinstance(before, StreamObject) or not isinstance(after, StreamObject):
        return False
    keys = (before.keys() | after.keys()) - _STREAM_KEYS
    if any(serialise_entry(before, key) != serialise_entry(after, key) for key in keys):
        return False
    packets = [_packet(stream) for stream in (before, after)]
    if None in packets:
        return False
    compared = [
        {key: value for key, value in (packet or {}).items() if key not in METADATA_PROPERTIES}
        for packet in packets
    ]
    return compared[0] == compared[1]


def _packet(stream: Any) -> dict[str, Any] | None:
    """Return the properties in a metadata stream; None if they cannot be read."""
    try:
        return xmp_properties(decode_added_stream(stream))
    except DisallowedModificationError:
        return None
