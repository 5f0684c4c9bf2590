"""Objects of a file as pyHanko has them, and as they are written (ISO 32000-1, 7.3).

Enters: dictionaries and arrays of pyHanko. Leaves: their entries, and bytes to compare them by. Serves
the comparison of a file's revisions.
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

if TYPE_CHECKING:
    from collections.abc import Iterator


class DisallowedModificationError(Exception):
    """A revision does what signing does not."""


def value_of(holder: Any, key: str) -> Any:
    """Return an entry, wherever it is written; None where there is none."""
    return holder[key] if key in holder else None  # noqa: SIM401 - get gives a reference as it is


def raw_object(holder: Any, key: str) -> Any:
    """Return an entry as it is written; None where there is none."""
    return holder.raw_get(key) if key in holder else None


def raw(holder: Any, key: str) -> bytes:
    """Return how an entry is written; nothing where there is none."""
    return as_bytes(raw_object(holder, key))


def as_bytes(value: Any) -> bytes:
    """Return how an object is written; nothing for none."""
    if value is None:
        return b""
    if isinstance(value, IndirectObject):
        return b"%d %d R" % (value.idnum, value.generation)
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def is_dictionary(value: Any) -> bool:
    """Return whether an object is a dictionary and no stream."""
    return isinstance(value, DictionaryObject) and not isinstance(value, StreamObject)


def dictionary(holder: Any, key: str) -> Any:
    """Return a dictionary that is an entry; an empty one where there is none."""
    value = value_of(holder, key)
    if value is not None and not is_dictionary(value):
        raise DisallowedModificationError(f"the {key[1:]} is no dictionary")
    return value or DictionaryObject()


def array(holder: Any, key: str) -> list[Any]:
    """Return what an array that is an entry has, as it is written; nothing where there is none."""
    value = value_of(holder, key)
    if value is not None and not isinstance(value, ArrayObject):
        raise DisallowedModificationError(f"the {key[1:]} is no array")
    return list(value or ())


def references(value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the references that an object has, each with the keys that lead to it."""
    pending: list[tuple[tuple[str, ...], Any]] = [((), value)]
    while pending:
        path, one = pending.pop()
        if isinstance(one, IndirectObject):
            yield path, one.reference
        elif isinstance(one, DictionaryObject):
            pending += [((*path, key), one.raw_get(key)) for key in one]
        elif isinstance(one, ArrayObject):
            pending += [(path, one.raw_get(at)) for at in range(len(one))]


def content(stream: Any) -> bytes:
    """Return the decoded content of a stream that signing writes; raise where more than that is in it."""
    if raw(stream, "/Filter") not in (b"", b"/FlateDecode", b"[/FlateDecode]", b"[ /FlateDecode ]"):
        raise DisallowedModificationError("a stream that was added is not coded as signing does")
    data = bytes(stream.data)
    if "/Filter" in stream:
        decoder = zlib.decompressobj()
        decoder.decompress(stream.encoded_data)
        if not decoder.eof or decoder.unused_data.strip(b"\r\n"):
            raise DisallowedModificationError(
                "a stream that was added has more in it than its content"
            )
    return data
