"""The syntax of PDF: operators of content streams, strings and streams.

Input: the bytes of a content stream or of a CMap, or an object from pypdf. Output: operators with their
operands; decoded strings and streams. Serves ISO 32000-1 7.2 (lexical conventions), 7.3 (objects), 7.4.4
(Flate), 7.8.2 (content streams), 7.9.2.2 (text strings) and 8.9.7 (inline images).
"""

from __future__ import annotations

import re
import zlib
from binascii import Error, unhexlify
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import VerificationError
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_CONTENT_BYTES: Final = 64_000_000
"""Limit against decompression bombs: bytes of one Flate stream, and of the content that is interpreted for
one page, each use of a form counted."""
DAMAGED: Final = "the file is damaged, or made to exhaust its readers; build it again"
"""The hint of errors that only damage or malice explains."""
_ZLIB_HEADER_BYTES: Final = 2
_PRESET_DICTIONARY: Final = 0x20
"""The bit of a zlib header that asks for a dictionary, which a PDF never has (RFC 1950, 2.2)."""
_WS: Final = rb"\x00\t\n\x0c\r\x20"
_REGULAR: Final = rb"[^\x00\t\n\x0c\r\x20()<>\[\]{}/%]"
_TOKEN: Final = re.compile(
    rb"(?:[%(ws)s]++|%%[^\r\n]*+)*+(?:"
    rb"([+-]?(?:\d++\.?\d*+|\.\d++))(?!%(regular)s)"
    rb"|<([0-9A-Fa-f%(ws)s]*+)>"
    rb"|/(%(regular)s*+)"
    rb"|\(([^()\\]*+(?:\\[\s\S][^()\\]*+)*+)\)"
    rb"|(%(regular)s++)"
    rb"|(<<|>>|[\[\](<>){}]))" % {b"ws": _WS, b"regular": _REGULAR}
)
_NUMBER, _HEX, _NAME, _LITERAL, _KEYWORD, _DELIMITER = range(1, 7)
_BLANK: Final = rb"[\t\n\x0c\r\x20]"
_REAL: Final = rb"[+-]?(?:\d++\.?\d*+|\.\d++)"
_USUAL_INSTRUCTION: Final = re.compile(
    rb"%(blank)s*+(?:"
    rb"((?:%(real)s%(blank)s++){0,4096})"
    rb"|\[((?:%(blank)s++|<[0-9A-Fa-f]*+>|%(real)s(?![^\t\n\x0c\r <\]])){0,4096})\]%(blank)s*+"
    rb"|/([\w.]++)(?:%(blank)s++(%(real)s)%(blank)s++"
    rb"|%(blank)s*+<</(\w++)(?:%(blank)s++(%(real)s)|%(blank)s*+<([0-9A-Fa-f]*+)>)>>%(blank)s*+"
    rb"|%(blank)s++)"
    rb"|((?:<[0-9A-Fa-f]*+>%(blank)s*+){1,4096})"
    rb")(?!(?:true|false|null|ID)%(end)s)([A-Za-z'\"*]++)%(end)s"
    % {b"blank": _BLANK, b"real": _REAL, b"end": rb"(?![^\t\n\x0c\r \[(</])"}
)
"""A whole instruction with usual operands: numbers, a TJ array, a name (alone, with a number, or with a
dictionary of one entry) or hexadecimal strings. Other instructions are read token by token."""
_ARRAY_ITEM: Final = re.compile(rb"<([^>]*+)>|([^\t\n\x0c\r <]++)")
_PARENTHESIS: Final = re.compile(rb"\\[\s\S]|[()]")
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])|\r\n?")
_ESCAPED: Final = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f",
    b"\r\n": b"", b"\r": b"", b"\n": b"",
}  # fmt: skip
_NAME_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_CONSTANTS: Final = {b"true": True, b"false": False, b"null": None}
_IMAGE_END: Final = re.compile(rb"[%(ws)s]EI(?=[%(ws)s]|\Z)" % {b"ws": _WS})
_COMPONENTS: Final = {"G": 1, "DeviceGray": 1, "RGB": 3, "DeviceRGB": 3, "CMYK": 4, "DeviceCMYK": 4}
_PDF_DOC_ENCODING: Final = dict(
    zip(
        (*range(0x18, 0x20), *range(0x80, 0x9F), 0xA0),
        "˘ˇˆ˙˝˛˚˜•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž€",
        strict=True,
    )
)


class ContentError(VerificationError):
    """A content stream, a font's CMap or a form XObject is malformed."""


class ContentLimitError(ContentError):
    """A page or a file has more content than is interpreted."""


class Name(str):
    """A name object, without its solidus (7.3.5)."""

    __slots__ = ()


# --- Content streams (7.2, 7.3, 7.8.2) ----------------------------------------------------------


def _literal(raw: bytes) -> bytes:
    if b"\\" not in raw and b"\r" not in raw:
        return raw

    def unescape(match: re.Match[bytes]) -> bytes:
        escaped = match[1]
        if escaped is None:
            return b"\n"
        if escaped[:1] in b"01234567":
            return bytes([int(escaped, 8) & 0xFF])
        return _ESCAPED.get(escaped, escaped)

    return _ESCAPE.sub(unescape, raw)


def _hexadecimal(raw: bytes) -> bytes:
    if len(raw) % 2 == 0 and raw.isalnum():
        return unhexlify(raw)
    digits = raw.translate(None, b"\x00\t\n\x0c\r ")
    return unhexlify(digits + b"0" if len(digits) % 2 else digits)


@lru_cache(maxsize=1024)
def _name(raw: bytes) -> Name:
    if b"#" in raw:
        raw = _NAME_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), raw)
    try:
        return Name(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Name(raw.decode("latin-1"))


def end_of_literal(data: bytes, start: int) -> int:
    """Return where the literal string that begins at ``start`` ends; it contains balanced parentheses."""
    depth = 0
    for match in _PARENTHESIS.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    raise ContentError("a string has no end", where=f"byte {start}")


def _handle_delimiter(data: bytes, start: int, bracket: bytes, stack: list[list[Any]]) -> int:
    """Open or close an array, a dictionary or a nested string; return where reading continues.

    Each level of ``stack`` except the first begins with its opening bracket.
    """
    end = start + len(bracket)
    if bracket in {b"[", b"<<"}:
        stack.append([bracket])
    elif bracket == b"(":
        end = end_of_literal(data, start)
        stack[-1].append(_literal(data[start + 1 : end - 1]))
    elif bracket not in {b"{", b"}"}:
        if len(stack) < 2 or stack[-1][0] != {b"]": b"[", b">>": b"<<"}.get(bracket):
            raise ContentError(
                translatable("{bracket!r} without its opening bracket", bracket=bracket),
                where=f"byte {start}",
            )
        items = stack.pop()[1:]
        pairs = zip(items[::2], items[1::2], strict=False)
        stack[-1].append(items if bracket == b"]" else dict(pairs))
    return end


def _end_of_inline_image(data: bytes, start: int, image: Mapping[str, Any]) -> int:
    """Return where the operators continue after the data of an inline image (8.9.7)."""

    def entry(short: str, full: str) -> Any:
        return image.get(short, image.get(full))

    length = entry("L", "Length")
    mask = entry("IM", "ImageMask") is True
    components = 1 if mask else _COMPONENTS.get(str(entry("CS", "ColorSpace")))
    if length is None and entry("F", "Filter") is None and components:
        bits = 1 if mask else entry("BPC", "BitsPerComponent") or 8
        row = -(-int(entry("W", "Width")) * components * int(bits) // 8)
        length = row * int(entry("H", "Height"))
    if length is not None:
        match = _IMAGE_END.search(data, start + 1 + int(length) - 1)
        if match and match.start() <= start + 2 + int(length):
            return match.end()
    for match in _IMAGE_END.finditer(data, start):
        if data[match.end() : match.end() + 16].isascii():
            return match.end()
    raise ContentError("an inline image has no end", where=f"byte {start}")


_CONVERTERS: Final[Mapping[int | None, Callable[[bytes], Any]]] = {
    _NUMBER: float,
    _HEX: _hexadecimal,
    _NAME: _name,
    _LITERAL: _literal,
}


def _usual_operands(match: re.Match[bytes]) -> list[Any]:
    """Return the operands of a match of ``_USUAL_INSTRUCTION``."""
    numbers = match[1]
    if numbers is not None:
        return list(map(float, numbers.split())) if numbers else []
    _, array, name, size, key, value, string, strings, _ = match.groups()
    if array is not None:
        shown = _ARRAY_ITEM.findall(array)
        return [[float(number) if number else _hexadecimal(text) for text, number in shown]]
    if strings is not None:
        digits = strings.translate(None, b"<\t\n\x0c\r ").split(b">")[:-1]
        try:
            return list(map(unhexlify, digits))
        except Error:  # an odd number of digits
            return list(map(_hexadecimal, digits))
    if key is not None:
        return [_name(name), {_name(key): _hexadecimal(string) if value is None else float(value)}]
    return [_name(name)] if size is None else [_name(name), float(size)]


def _require_cmap(operator: bytes, position: int, *, is_cmap: bool) -> None:
    if not is_cmap:
        raise ContentError(
            translatable("operator {operator!r} inside brackets", operator=operator),
            where=f"byte {position}",
        )


def instructions(data: bytes, *, is_cmap: bool = False) -> Iterator[tuple[bytes, list[Any]]]:
    """Yield each operator with its operands.

    An inline image is one operator ``EI`` with a dictionary. The keywords of CMaps are read as operators; in a
    CMap (``is_cmap``), which is PostScript, operators inside brackets are left out.
    Operands without an operator at the end are ignored.

    Raises:
        ContentError: The syntax violates 7.2 or 7.3.

    """
    position, operands = 0, list[Any]()
    stack = [operands]
    while True:
        while (
            not operands and len(stack) == 1 and (usual := _USUAL_INSTRUCTION.match(data, position))
        ):
            position = usual.end()
            yield usual[9], _usual_operands(usual)
        match = _TOKEN.match(data, position)
        if not match:
            break
        position = match.end()
        raw = match[match.lastindex or 0]
        if convert := _CONVERTERS.get(match.lastindex):
            stack[-1].append(convert(raw))
        elif match.lastindex == _DELIMITER:
            position = _handle_delimiter(data, match.start(_DELIMITER), raw, stack)
        elif raw in _CONSTANTS:
            stack[-1].append(_CONSTANTS[raw])
        elif len(stack) > 1:
            _require_cmap(raw, position, is_cmap=is_cmap)
        else:
            if raw == b"ID":
                image = dict(zip(operands[::2], operands[1::2], strict=False))
                position, raw, operands = (
                    _end_of_inline_image(data, position, image),
                    b"EI",
                    [image],
                )
            yield raw, operands
            operands = []
            stack = [operands]
    if len(stack) > 1:
        raise ContentError("an array or a dictionary has no end", where=f"byte {len(data)}")


# --- Objects (7.3, 7.4.4, 7.9.2.2) --------------------------------------------------------------


def resolve(value: Any) -> Any:
    """Return the object that a reference of pypdf refers to, or the value itself; None for null."""
    reference, null = _reference_kinds()
    if isinstance(value, reference):
        value = value.get_object()
    return None if isinstance(value, null) else value


@cache
def _reference_kinds() -> tuple[type[Any], type[Any]]:
    """Return pypdf's classes of references and of null; cached because they are needed for every object."""
    from pypdf.generic import IndirectObject, NullObject

    return IndirectObject, NullObject


@cache
def name_class() -> type[Any]:
    """Return pypdf's class of name objects."""
    from pypdf.generic import NameObject

    return NameObject


def as_list(value: Any) -> list[Any]:
    """Return a single object, or the objects in an array, with references followed; empty for null."""
    target = resolve(value)
    if target is None:
        return []
    return [resolve(item) for item in target] if isinstance(target, list) else [target]


def object_number(value: Any) -> int:
    """Return the object number of a reference or of an indirect object; 0 for a direct object."""
    reference = value if hasattr(value, "idnum") else getattr(value, "indirect_reference", None)
    return int(getattr(reference, "idnum", 0))


def stream_data(stream: Any) -> bytes:
    """Return the decoded bytes of a stream.

    Flate streams (7.4.4) are decoded here, because pypdf silently returns a part of a damaged stream.

    Raises:
        ContentError: A Flate stream is damaged, truncated or too large.

    """
    undecoded = _flate_data(stream)
    if undecoded is None:
        return bytes(stream.get_data())
    decompressor = zlib.decompressobj()
    try:
        data = decompressor.decompress(undecoded, MAX_CONTENT_BYTES)
    except zlib.error as error:
        raise ContentError(
            translatable("a compressed stream is damaged: {error}", error=error), hint=DAMAGED
        ) from error
    if not decompressor.eof:
        raise ContentError("a compressed stream is truncated or too large", hint=DAMAGED)
    return data


def painted_data(stream: Any) -> bytes:
    """Return the decoded bytes of a stream as viewers decode them.

    Unlike ``stream_data``, a Flate stream of no bytes is empty, and a wrong or missing checksum after complete
    data is ignored. Nothing is read behind a wrong header, as in poppler, PDFium, pdf.js and Ghostscript.

    Raises:
        ContentError: A Flate stream is damaged, truncated or too large.

    """
    undecoded = _flate_data(stream)
    if undecoded is None or is_sound_flate(undecoded):
        return stream_data(stream)
    if not undecoded.strip(b"\r\n"):
        return b""
    header = int.from_bytes(undecoded[:_ZLIB_HEADER_BYTES])
    decompressor = zlib.decompressobj(-zlib.MAX_WBITS)  # without header and checksum (RFC 1951)
    try:
        data = decompressor.decompress(undecoded[_ZLIB_HEADER_BYTES:], MAX_CONTENT_BYTES)
    except zlib.error:
        return stream_data(stream)
    is_header = header % 31 == 0 and undecoded[0] & 15 == zlib.DEFLATED
    if not decompressor.eof or not is_header or header & _PRESET_DICTIONARY:
        return stream_data(stream)
    return data


def has_sound_checksum(stream: Any) -> bool:
    """Return whether a stream is no Flate stream, an empty one, or one with the right checksum."""
    undecoded = _flate_data(stream)
    return undecoded is None or not undecoded.strip(b"\r\n") or is_sound_flate(undecoded)


def _flate_data(stream: Any) -> bytes | None:
    """Return the undecoded bytes of a Flate stream without predictor; None for any other stream."""
    filters = resolve(stream.get("/Filter"))
    name = resolve(filters[0]) if isinstance(filters, list) and len(filters) == 1 else filters
    if name != "/FlateDecode" or resolve(stream.get("/DecodeParms")):
        return None
    return bytes(stream._data)  # noqa: SLF001 - pypdf has no public access to these bytes


def is_sound_flate(undecoded: bytes) -> bool:
    """Return whether the bytes are a complete Flate stream with the right checksum."""
    decompressor = zlib.decompressobj()
    try:
        decompressor.decompress(undecoded, MAX_CONTENT_BYTES)
    except zlib.error:
        return False
    return decompressor.eof


def content_streams(page: Any) -> list[Any]:
    """Return the streams of a page's content in their order (7.7.3.3); what is no stream is left out."""
    return [stream for stream in as_list(page.get("/Contents")) if hasattr(stream, "get_data")]


def text_string(data: bytes) -> str:
    """Decode a text string: UTF-16 or UTF-8 with a byte order mark, or else PDFDocEncoding (7.9.2.2)."""
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1").translate(_PDF_DOC_ENCODING)
