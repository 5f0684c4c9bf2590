"""Objects written once and compressed once, quickly.

The seams are ``pydyf.Stream.data``, which libdeflate compresses, ``pydyf.PDF.write``, which makes the
bytes of every object twice where a file has an identifier, for the file and for the identifier's hash,
and ``pydyf._to_bytes`` and ``data`` of dictionaries and arrays, which ask of most values what they are not.
"""

from __future__ import annotations

from hashlib import md5
from typing import TYPE_CHECKING, Any, NamedTuple

import deflate

from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEVEL = 1
"""Smaller than zlib's 1, in half the time that 6 takes, which makes files smaller by a fiftieth at most."""
_MARK = b"%\xf0\x9f\x96\xa4\n"


def written_once() -> Iterator[Seam]:
    """Yield the seams for one document."""
    import pydyf

    stock_write = pydyf.PDF.write

    def write(
        self: Any,
        output: Any,
        version: Any = b"1.7",
        identifier: Any = None,
        compress: bool = False,  # noqa: FBT001, FBT002 - the seam's
    ) -> None:
        """Write the file with object streams, or as ever where it has none."""
        version = pydyf._to_bytes(version or b"1.7")  # noqa: SLF001 - the seam
        if compress and version >= b"1.5":
            output.write(_file(self, version, identifier))
        else:
            stock_write(self, output, version, identifier, compress)

    writers = _writers(pydyf._to_bytes)  # noqa: SLF001 - the seam
    yield Seam(pydyf, "_to_bytes", writers.any)
    yield Seam(pydyf.Dictionary, "data", property(writers.dictionary))
    yield Seam(pydyf.Array, "data", property(writers.array))
    yield Seam(pydyf.Stream, "data", property(_data))
    yield Seam(pydyf.PDF, "write", write)


class _Writers(NamedTuple):
    """What writes a value, or one of a type."""

    any: Callable[[Any], bytes]
    dictionary: Callable[[Any], bytes]
    array: Callable[[Any], bytes]


def _writers(stock: Any) -> _Writers:
    """Return what writes a value by its type, and by ``stock`` one of another."""
    import pydyf

    def write(item: Any) -> bytes:
        kind = type(item)
        written: bytes = item if kind is bytes else by_type.get(kind, stock)(item)
        return written

    def dictionary(item: Any) -> bytes:
        entries = [b"/%b %b" % (write(name), write(value)) for name, value in item.items()]
        return b"<<%b>>" % b"".join(entries)

    def array(item: Any) -> bytes:
        return b"[%b]" % b" ".join(map(write, item))

    by_type: dict[type, Any] = {
        str: lambda item: item.encode("ascii"),
        int: lambda item: b"%d" % item,
        pydyf.Dictionary: dictionary,
        pydyf.Array: array,
    }
    return _Writers(write, dictionary, array)


def compressed(content: bytes) -> bytes:
    """Return the content of a stream as the file has it."""
    return bytes(deflate.zlib_compress(content, LEVEL))


def compress_what_is_whole(pdf: Any) -> None:
    """Compress the streams there are so far; one that is added to later is compressed once more."""
    for one in pdf.objects:
        if getattr(one, "compress", False):
            content = _content(one)
            one.early = content, compressed(content)


def _content(stream: Any) -> bytes:
    import pydyf

    try:
        return b"\n".join(stream.stream)
    except TypeError:  # not all of it is written yet
        return b"\n".join(map(pydyf._to_bytes, stream.stream))  # noqa: SLF001 - the seam


def _data(stream: Any) -> bytes:
    """Return a stream object, its content compressed if it asks for that."""
    import pydyf

    content = _content(stream)
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        only = stream.stream[0] if len(stream.stream) == 1 else None
        early, packed = getattr(stream, "early", (None, b""))
        if early == content:
            content = packed
        else:
            content = getattr(only, "compressed", None) or compressed(content)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def _file(pdf: Any, version: bytes, identifier: Any) -> bytes:
    """Return a file with one object stream and a cross-reference stream (ISO 32000-1, 7.5.7, 7.5.8)."""
    import pydyf

    if pdf.info:
        pdf.add_object(pdf.info)
    parts = [b"%PDF-" + version + b"\n" + _MARK]
    end = len(parts[0])
    hashed = md5(usedforsecurity=False)
    entries: dict[int, tuple[int, int, int]] = {0: (0, 0, pdf.objects[0].generation)}
    packed: list[tuple[int, bytes]] = []

    def put(one: Any, data: bytes) -> None:
        nonlocal end
        entries[one.number] = (1, end, one.generation)
        parts.append(b"%d %d obj\n%b\nendobj\n" % (one.number, one.generation, data))
        end += len(parts[-1])

    for one in pdf.objects:
        if one.free != "f":
            data = one.data
            hashed.update(data)
            if one.compressible:
                packed.append((one.number, data))
            else:
                put(one, data)
    store, place = _object_stream(packed), len(pdf.objects)
    pdf.add_object(store)
    entries |= {number: (2, place, index) for index, (number, _) in enumerate(packed)}
    put(store, store.data)
    entries[len(pdf.objects)] = (1, end, 0)
    sizes = (1, _bytes_of(end), _bytes_of(max(entries[0][2], len(packed))))
    table = b"".join(
        value.to_bytes(size, "big")
        for _, entry in sorted(entries.items())
        for value, size in zip(entry, sizes, strict=True)
    )
    extra = {
        "Type": "/XRef",
        "Index": pydyf.Array((0, len(entries))),
        "W": pydyf.Array(sizes),
        "Size": len(entries),
        "Root": pdf.catalog.reference,
    }
    if pdf.info:
        extra["Info"] = pdf.info.reference
    if identifier:
        last = hashed.hexdigest()
        first = last if identifier is True else identifier
        extra["ID"] = pydyf.Array((pydyf.String(first).data, pydyf.String(last).data))
    references, start = pydyf.Stream([table], extra, compress=True), end
    pdf.add_object(references)
    put(references, references.data)
    return b"".join((*parts, b"startxref\n%d\n%%%%EOF\n" % start))


def _object_stream(packed: list[tuple[int, bytes]]) -> Any:
    import pydyf

    head, place = [], 0
    for number, data in packed:
        head += [number, place]
        place += len(data) + 1
    first = " ".join(map(str, head)).encode()
    extra = {"Type": "/ObjStm", "N": len(packed), "First": len(first) + 1}
    return pydyf.Stream([first, *(data for _, data in packed)], extra, compress=True)


def _bytes_of(number: int) -> int:
    """Return how many bytes a number takes."""
    return max(1, (number.bit_length() + 7) // 8)
