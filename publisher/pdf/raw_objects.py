"""Objects of a PDF from pyHanko, and the bytes that they are written as (ISO 32000-1, 7.3).

Input: dictionaries and arrays of pyHanko. Output: their entries, and bytes to compare them by. Used to compare
the revisions of a signed file.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
)

from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Iterator


class DisallowedModificationError(Exception):
    """An update changes something that a later signature does not need; the message says what."""


def entry(container: Any, key: str) -> Any:
    """Return an entry, with a reference followed; None if there is none, or null."""
    try:
        return container[key]
    except KeyError:
        return None


def raw_entry(container: Any, key: str) -> Any:
    """Return an entry as it is written, with a reference not followed; None if there is none."""
    return container.raw_get(key) if key in container else None


def serialise_entry(container: Any, key: str) -> bytes:
    """Return the bytes that an entry is written as; empty if there is none."""
    return serialise_object(raw_entry(container, key))


def serialise_object(value: Any) -> bytes:
    """Return the bytes that an object is written as; empty for None."""
    if value is None:
        return b""
    if isinstance(value, IndirectObject):
        return b"%d %d R" % (value.idnum, value.generation)
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def is_dictionary(value: Any) -> bool:
    """Return whether an object is a dictionary and not a stream."""
    return isinstance(value, DictionaryObject) and not isinstance(value, StreamObject)


def dictionary_entry(container: Any, key: str) -> Any:
    """Return an entry that must be a dictionary; an empty one if there is none.

    Raises:
        DisallowedModificationError: The entry is something else.

    """
    value = entry(container, key)
    if value is not None and not is_dictionary(value):
        raise DisallowedModificationError(
            translatable("the {key} is not a dictionary", key=key[1:])
        )
    return value or DictionaryObject()


def array_entry(container: Any, key: str) -> list[Any]:
    """Return the items of an entry that must be an array, references not followed; empty if there is none.

    Raises:
        DisallowedModificationError: The entry is something else.

    """
    value = entry(container, key)
    if value is not None and not isinstance(value, ArrayObject):
        raise DisallowedModificationError(translatable("the {key} is not an array", key=key[1:]))
    return list(value or ())


def references(value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the references inside an object, each with the path of keys that leads to it."""
    pending: list[tuple[tuple[str, ...], Any]] = [((), value)]
    while pending:
        path, current = pending.pop()
        if isinstance(current, IndirectObject):
            yield path, current.reference
        elif isinstance(current, DictionaryObject):
            pending += [((*path, key), current.raw_get(key)) for key in current]
        elif isinstance(current, ArrayObject):
            pending += [(path, current.raw_get(index)) for index in range(len(current))]


def decode_added_stream(stream: Any) -> bytes:
    """Return the decoded data of a stream that an update adds.

    Raises:
        DisallowedModificationError: It has a filter that signing does not use, or hidden data after the
            compressed data.

    """
    allowed = (b"", b"/FlateDecode", b"[/FlateDecode]", b"[ /FlateDecode ]")
    if serialise_entry(stream, "/Filter") not in allowed:
        raise DisallowedModificationError("an added stream has a filter that signing does not use")
    data = bytes(stream.data)
    if "/Filter" in stream:
        decoder = zlib.decompressobj()
        decoder.decompress(stream.encoded_data)
        if not decoder.eof or decoder.unused_data.strip(b"\r\n"):
            raise DisallowedModificationError("an added stream has bytes after its data")
    return data
