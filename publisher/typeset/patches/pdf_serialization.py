"""PDF objects that are serialised once and compressed once, by libdeflate.

``pydyf.PDF.write`` serialises every object twice if a file has an identifier, for the file and for the identifier's
hash: here once. ``pydyf.Stream.data`` compresses with zlib: here with libdeflate. ``pydyf._to_bytes`` and ``data`` of
dictionaries and arrays test each value for several types in turn: here they dispatch by its type.
"""

from __future__ import annotations

from hashlib import md5
from typing import TYPE_CHECKING, Any, NamedTuple

import deflate

from publisher.typeset.patches.patching import Patch, Replacement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEVEL = 1
"""Smaller output than zlib's level 1; level 6 takes twice the time, and files are at most 2 % smaller."""
_BINARY_MARKER = b"%\xf0\x9f\x96\xa4\n"


def _replacements() -> Iterator[Replacement]:
    import publisher._pydyf as pydyf

    stock_write = pydyf.PDF.write

    def write(
        self: Any,
        output: Any,
        version: Any = b"1.7",
        identifier: Any = None,
        compress: bool = False,  # noqa: FBT001, FBT002 - pydyf's
    ) -> None:
        """Write the file with object streams, or as pydyf does if it has none."""
        version = pydyf._to_bytes(version or b"1.7")  # noqa: SLF001 - patched
        if compress and version >= b"1.5":
            output.write(_file(self, version, identifier))
        else:
            stock_write(self, output, version, identifier, compress)

    serializers = _serializers(pydyf._to_bytes)  # noqa: SLF001 - patched
    yield Replacement(pydyf, "_to_bytes", serializers.any)
    yield Replacement(pydyf.Dictionary, "data", property(serializers.dictionary))
    yield Replacement(pydyf.Array, "data", property(serializers.array))
    yield Replacement(pydyf.Stream, "data", property(_data))
    yield Replacement(pydyf.PDF, "write", write)


class _Serializers(NamedTuple):
    """Functions that serialise a value of any type, a dictionary or an array."""

    any: Callable[[Any], bytes]
    dictionary: Callable[[Any], bytes]
    array: Callable[[Any], bytes]


def _serializers(stock: Any) -> _Serializers:
    """Return functions that dispatch by type, and leave other types to ``stock``."""
    import publisher._pydyf as pydyf

    def serialize(item: Any) -> bytes:
        item_type = type(item)
        data: bytes = item if item_type is bytes else by_type.get(item_type, stock)(item)
        return data

    def dictionary(item: Any) -> bytes:
        entries = [b"/%b %b" % (serialize(name), serialize(value)) for name, value in item.items()]
        return b"<<%b>>" % b"".join(entries)

    def array(item: Any) -> bytes:
        return b"[%b]" % b" ".join(map(serialize, item))

    by_type: dict[type, Any] = {
        str: lambda item: item.encode("ascii"),
        int: lambda item: b"%d" % item,
        pydyf.Dictionary: dictionary,
        pydyf.Array: array,
    }
    return _Serializers(serialize, dictionary, array)


def compress(content: bytes) -> bytes:
    """Return the content of a stream compressed for ``FlateDecode``."""
    return bytes(deflate.zlib_compress(content, LEVEL))


def compress_early(pdf: Any) -> None:
    """Compress the streams that exist so far; a stream that is changed later is compressed again."""
    for item in pdf.objects:
        if getattr(item, "compress", False):
            content = _content(item)
            item.compressed_early = content, compress(content)


def _content(stream: Any) -> bytes:
    import publisher._pydyf as pydyf

    try:
        return b"\n".join(stream.stream)
    except TypeError:  # some of it is not bytes yet
        return b"\n".join(map(pydyf._to_bytes, stream.stream))  # noqa: SLF001 - patched


def _data(stream: Any) -> bytes:
    """Return a stream object, its content compressed if its ``compress`` is true."""
    import publisher._pydyf as pydyf

    content = _content(stream)
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        only_part = stream.stream[0] if len(stream.stream) == 1 else None
        early_content, early_data = getattr(stream, "compressed_early", (None, b""))
        if early_content == content:
            content = early_data
        else:
            content = getattr(only_part, "compressed", None) or compress(content)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def _file(pdf: Any, version: bytes, identifier: Any) -> bytes:
    """Return a file with one object stream and a cross-reference stream (ISO 32000-1, 7.5.7, 7.5.8)."""
    import publisher._pydyf as pydyf

    if pdf.info:
        pdf.add_object(pdf.info)
    parts = [b"%PDF-" + version + b"\n" + _BINARY_MARKER]
    end = len(parts[0])
    digest = md5(usedforsecurity=False)
    entries: dict[int, tuple[int, int, int]] = {0: (0, 0, pdf.objects[0].generation)}
    compressible: list[tuple[int, bytes]] = []

    def append(item: Any, data: bytes) -> None:
        nonlocal end
        entries[item.number] = (1, end, item.generation)
        parts.append(b"%d %d obj\n%b\nendobj\n" % (item.number, item.generation, data))
        end += len(parts[-1])

    for item in pdf.objects:
        if item.free != "f":
            data = item.data
            digest.update(data)
            if item.compressible:
                compressible.append((item.number, data))
            else:
                append(item, data)
    object_stream, stream_number = _object_stream(compressible), len(pdf.objects)
    pdf.add_object(object_stream)
    entries |= {number: (2, stream_number, index) for index, (number, _) in enumerate(compressible)}
    append(object_stream, object_stream.data)
    entries[len(pdf.objects)] = (1, end, 0)
    sizes = (1, _byte_length(end), _byte_length(max(entries[0][2], len(compressible))))
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
        last = digest.hexdigest()
        first = last if identifier is True else identifier
        extra["ID"] = pydyf.Array((pydyf.String(first).data, pydyf.String(last).data))
    references, start = pydyf.Stream([table], extra, compress=True), end
    pdf.add_object(references)
    append(references, references.data)
    return b"".join((*parts, b"startxref\n%d\n%%%%EOF\n" % start))


def _object_stream(objects: list[tuple[int, bytes]]) -> Any:
    """Return an object stream of serialised objects, each with its number."""
    import publisher._pydyf as pydyf

    pairs, offset = [], 0
    for number, data in objects:
        pairs += [number, offset]
        offset += len(data) + 1
    head = " ".join(map(str, pairs)).encode()
    extra = {"Type": "/ObjStm", "N": len(objects), "First": len(head) + 1}
    return pydyf.Stream([head, *(data for _, data in objects)], extra, compress=True)


def _byte_length(number: int) -> int:
    """Return how many bytes a number takes."""
    return max(1, (number.bit_length() + 7) // 8)


PATCH = Patch(
    name="pdf_serialization",
    targets=(
        "pydyf._to_bytes",
        "pydyf.Dictionary.data",
        "pydyf.Array.data",
        "pydyf.Stream.data",
        "pydyf.PDF.write",
    ),
    reason="Every PDF object is serialised once, and compressed once by libdeflate.",
    replacements=_replacements,
)
