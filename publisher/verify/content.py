"""The glyphs of a page: content stream in, runs of placed and marked text out.

Enters: the page's ``/Contents`` and ``/Resources`` as pypdf holds them. Leaves: one ``GlyphRun``
for each string that is shown, in painting order, form XObjects included. Serves ISO 32000-1
7.2-7.3 (syntax), 8.10 (forms), 9.4-9.10 (text and its Unicode values) and 14.6 (marked content).
Horizontal writing only; clipping paths are not computed.
"""

from __future__ import annotations

import re
import zlib
from copy import copy
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MAX_FORM_DEPTH: Final = 16
"""Form XObjects inside one another; a page of ours has one or two."""
MAX_CONTENT_BYTES: Final = 64_000_000
"""Content interpreted for one page, each use of a form counted: the guard against bombs."""
MAX_CMAP_ENTRIES: Final = 200_000
"""More than three times as many codes as a two-byte font can have."""
UNMAPPED: Final = "\ufffd"
"""Stands for a glyph that the font gives no Unicode value."""
_DAMAGED: Final = "the file is damaged, or was made to exhaust its readers: build it again"
IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]


class ContentError(VerificationError):
    """A content stream, a font's CMap or a form XObject is malformed."""


class Name(str):
    """A name object, without its solidus (7.3.5)."""

    __slots__ = ()


Operand = float | bytes | bool | Name | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarkedSequence:
    """A marked-content sequence (14.6); two are equal only if they are the same one."""

    tag: str
    mcid: int | None = None
    stream: int = 0
    """Object number of the form XObject it stands in; 0 for the page's own content."""
    type: str = ""
    """``Type`` of an artifact: Pagination, Layout, Page, Background (14.8.2.2.2)."""
    subtype: str = ""
    actual_text: str | None = None
    alt: str | None = None
    expansion: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlyphRun:
    """The glyphs of one showing operator; the four sequences have one member a glyph."""

    characters: tuple[str, ...]
    """Unicode value of each glyph: none, one or more characters; U+FFFD without a mapping."""
    xs: tuple[float, ...]
    """Origins in default user space, points."""
    ys: tuple[float, ...]
    advances: tuple[float, ...]
    """Glyph widths along the baseline in points, without character and word spacing."""
    unmapped: int
    """How many glyphs have no Unicode value."""
    font: str
    """``BaseFont``, subset prefix included."""
    size: float
    """Em height in default user space, points."""
    render_mode: int
    """``Tr``: 3 is invisible, 7 clips only (9.3.6)."""
    sequences: tuple[MarkedSequence, ...]
    """The marked content that is open here, outermost first."""

    @property
    def text(self) -> str:
        """The Unicode values in painting order."""
        return "".join(self.characters)

    @property
    def marked(self) -> MarkedSequence | None:
        """The innermost sequence with an MCID."""
        return next((s for s in reversed(self.sequences) if s.mcid is not None), None)

    @property
    def mcid(self) -> int | None:
        """The innermost MCID."""
        return None if self.marked is None else self.marked.mcid

    @property
    def artifact(self) -> MarkedSequence | None:
        """The outermost artifact that this run belongs to."""
        return next((s for s in self.sequences if s.tag == "Artifact"), None)

    @property
    def replacement(self) -> MarkedSequence | None:
        """The outermost Span whose ActualText stands for this run (14.9.4)."""
        return next(
            (s for s in self.sequences if s.tag == "Span" and s.actual_text is not None), None
        )

    @property
    def language(self) -> str:
        """``Lang`` of the innermost sequence that has one; empty where none has."""
        return next((s.language for s in reversed(self.sequences) if s.language), "")

    @property
    def right(self) -> float:
        """Where the last glyph's advance ends, in points; for horizontal, unrotated text."""
        return self.xs[-1] + self.advances[-1] if self.xs else 0.0


# --- Syntax (7.2, 7.3) -------------------------------------------------------------------------

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
_PDF_DOC: Final = dict(
    zip(
        (*range(0x18, 0x20), *range(0x80, 0x9F), 0xA0),
        "˘ˇˆ˙˝˛˚˜•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž€",
        strict=True,
    )
)


def text_string(data: bytes) -> str:
    """Decode a text string: UTF-16 or UTF-8 with its mark, else PDFDocEncoding (7.9.2.2)."""
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1").translate(_PDF_DOC)


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
    digits = raw.translate(None, b"\x00\t\n\x0c\r ")
    return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii"))


def _name(raw: bytes) -> Name:
    if b"#" in raw:
        raw = _NAME_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), raw)
    try:
        return Name(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Name(raw.decode("latin-1"))


def _nested_literal(data: bytes, start: int) -> int:
    """Return where the string that opens at ``start`` ends, balanced parentheses inside."""
    depth = 0
    for match in _PARENTHESIS.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    raise ContentError("a string has no end", where=f"byte {start}")


def _bracket(data: bytes, start: int, bracket: bytes, stack: list[list[Any]]) -> int:
    """Open or close an array, a dictionary or a nested string; return where it goes on.

    Each level of ``stack`` but the first begins with the bracket that opened it.
    """
    end = start + len(bracket)
    if bracket in {b"[", b"<<"}:
        stack.append([bracket])
    elif bracket == b"(":
        end = _nested_literal(data, start)
        stack[-1].append(_literal(data[start + 1 : end - 1]))
    elif bracket not in {b"{", b"}"}:
        if len(stack) < 2 or stack[-1][0] != {b"]": b"[", b">>": b"<<"}.get(bracket):
            raise ContentError(f"{bracket!r} closes nothing", where=f"byte {start}")
        items = stack.pop()[1:]
        pairs = zip(items[::2], items[1::2], strict=False)
        stack[-1].append(items if bracket == b"]" else dict(pairs))
    return end


def _after_image(data: bytes, start: int, image: Mapping[str, Any]) -> int:
    """Return where the operators go on after an inline image's data (8.9.7)."""

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


_DIRECT: Final[Mapping[int | None, Callable[[bytes], Any]]] = {
    _NUMBER: float,
    _HEX: _hexadecimal,
    _NAME: _name,
    _LITERAL: _literal,
}


def instructions(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """Yield each operator with the operands before it; an inline image as one ``EI``.

    Reads CMaps as well: their keywords are operators. Operands left at the end are dropped.
    Raises ``ContentError`` for what 7.2 and 7.3 do not allow.
    """
    position, operands = 0, list[Any]()
    stack = [operands]
    while match := _TOKEN.match(data, position):
        position = match.end()
        raw = match[match.lastindex or 0]
        if convert := _DIRECT.get(match.lastindex):
            stack[-1].append(convert(raw))
        elif match.lastindex == _DELIMITER:
            position = _bracket(data, match.start(_DELIMITER), raw, stack)
        elif raw in _CONSTANTS:
            stack[-1].append(_CONSTANTS[raw])
        elif len(stack) > 1:
            raise ContentError(f"operator {raw!r} inside brackets", where=f"byte {position}")
        else:
            if raw == b"ID":
                image = dict(zip(operands[::2], operands[1::2], strict=False))
                position, raw, operands = _after_image(data, position, image), b"EI", [image]
            yield raw, operands
            operands = []
            stack = [operands]
    if len(stack) > 1:
        raise ContentError("an array or a dictionary has no end", where=f"byte {len(data)}")


# --- Fonts (9.6-9.10) --------------------------------------------------------------------------


def resolve(value: Any) -> Any:
    """Return the object that a pypdf reference stands for; anything else as it is."""
    from pypdf.generic import IndirectObject, NullObject

    if isinstance(value, IndirectObject):
        value = value.get_object()
    return None if isinstance(value, NullObject) else value


def object_number(value: Any) -> int:
    """Return the object number of a reference or of an indirect object; 0 of a direct one."""
    reference = value if hasattr(value, "idnum") else getattr(value, "indirect_reference", None)
    return int(getattr(reference, "idnum", 0))


def stream_data(stream: Any) -> bytes:
    """Return a stream's decoded bytes; a Flate stream (7.4.4) must be whole, its check sum right.

    pypdf gives what it can save of a damaged stream without a word: no ground for a verdict.
    """
    filters = resolve(stream.get("/Filter"))
    name = resolve(filters[0]) if isinstance(filters, list) and len(filters) == 1 else filters
    if name != "/FlateDecode" or resolve(stream.get("/DecodeParms")):
        return bytes(stream.get_data())
    decompressor = zlib.decompressobj()
    try:
        undecoded = stream._data  # noqa: SLF001 - pypdf has no other way to these bytes
        data = decompressor.decompress(undecoded, MAX_CONTENT_BYTES)
    except zlib.error as error:
        raise ContentError(f"a compressed stream is damaged: {error}", hint=_DAMAGED) from error
    if not decompressor.eof:
        raise ContentError("a compressed stream is cut short, or too large", hint=_DAMAGED)
    return data


def _target(value: Any, offset: int) -> str | int | None:
    """Return a CMap's value ``offset`` places after ``value``: a string or a CID."""
    if isinstance(value, float):
        return int(value) + offset
    if not isinstance(value, bytes):
        return None
    text = value.decode("utf-16-be", "replace")
    if not offset or not text:
        return text
    last = ord(text[-1]) + offset
    return text[:-1] + (chr(last) if last <= 0x10FFFF else UNMAPPED)


def character_map(data: bytes) -> tuple[dict[bytes, str | int | None], list[tuple[bytes, bytes]]]:
    """Read a CMap stream: code to Unicode string or CID, and the code space ranges (9.7.5, 9.10.3)."""
    values: dict[bytes, str | int | None] = {}
    spaces: list[tuple[bytes, bytes]] = []
    for operator, operands in instructions(data):
        if operator == b"endcodespacerange":
            spaces.extend(zip(operands[::2], operands[1::2], strict=False))
        elif operator in {b"endbfchar", b"endcidchar"}:
            pairs = zip(operands[::2], operands[1::2], strict=False)
            values.update((code, _target(value, 0)) for code, value in pairs)
        elif operator in {b"endbfrange", b"endcidrange"}:
            for low, high, value in zip(
                operands[::3], operands[1::3], operands[2::3], strict=False
            ):
                first = int.from_bytes(low)
                count = int.from_bytes(high) - first + 1
                if count + len(values) > MAX_CMAP_ENTRIES:
                    raise ContentError("a CMap has more entries than a font can have codes")
                for offset in range(count):
                    code = (first + offset).to_bytes(len(low))
                    if isinstance(value, list):
                        values[code] = _target(value[offset], 0) if offset < len(value) else None
                    else:
                        values[code] = _target(value, offset)
    return values, spaces


class Font(dict[bytes, tuple[str, float, bool]]):
    """A font as the interpreter needs it: code to Unicode value, width in ems, word space or not.

    Entries are made at their first use. The width of a code without an entry is ``DW``,
    ``MissingWidth`` or 0.
    """

    def __init__(self, dictionary: Mapping[str, Any]) -> None:
        """Read a font dictionary: Type0, or a simple font with one-byte codes."""
        super().__init__()
        name = resolve(dictionary.get("/BaseFont")) or resolve(dictionary.get("/Name"))
        self.name = str(name or "").removeprefix("/")
        self._unicode: dict[bytes, str | int | None] = {}
        self._cids: dict[bytes, str | int | None] | None = None
        self._spaces: list[tuple[bytes, bytes]] = []
        self._encoding = ""
        self._widths: dict[int, float] = {}
        self._width_ranges: list[tuple[int, int, float]] = []
        self._em = 0.001
        unicode = resolve(dictionary.get("/ToUnicode"))
        if hasattr(unicode, "get_data"):
            self._unicode, _ = character_map(stream_data(unicode))
        if resolve(dictionary.get("/Subtype")) == "/Type0":
            self._read_composite(dictionary)
        else:
            self._read_simple(dictionary)
        lengths = {len(low) for low, _ in self._spaces}
        self._length = lengths.pop() if len(lengths) == 1 else 0

    def _read_composite(self, dictionary: Mapping[str, Any]) -> None:
        encoding = resolve(dictionary.get("/Encoding"))
        self._spaces = [(b"\0\0", b"\xff\xff")]
        if hasattr(encoding, "get_data"):
            cids, spaces = character_map(stream_data(encoding))
            self._spaces = spaces or self._spaces
            if resolve(encoding.get("/UseCMap")) != "/Identity-H" or cids:
                self._cids = cids
        descendant = resolve(resolve(dictionary["/DescendantFonts"])[0])
        self._default = float(resolve(descendant.get("/DW", 1000)))
        items = iter(resolve(descendant.get("/W")) or ())
        for first, second in zip(items, items, strict=False):
            start, other = int(resolve(first)), resolve(second)
            if isinstance(other, list):
                self._widths.update(enumerate(map(float, map(resolve, other)), start=start))
            else:
                width = float(resolve(next(items, 0)))
                self._width_ranges.append((start, int(other), width))

    def _read_simple(self, dictionary: Mapping[str, Any]) -> None:
        self._spaces = [(b"\0", b"\xff")]
        encoding = resolve(dictionary.get("/Encoding"))
        self._encoding = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac-roman"}.get(
            encoding if isinstance(encoding, str) else "", ""
        )
        descriptor = resolve(dictionary.get("/FontDescriptor")) or {}
        self._default = float(resolve(descriptor.get("/MissingWidth", 0)))
        widths = (float(resolve(width)) for width in resolve(dictionary.get("/Widths")) or ())
        self._widths = dict(enumerate(widths, start=int(resolve(dictionary.get("/FirstChar", 0)))))
        if resolve(dictionary.get("/Subtype")) == "/Type3":
            self._em = float(resolve(resolve(dictionary["/FontMatrix"])[0]))

    def __missing__(self, code: bytes) -> tuple[str, float, bool]:
        """Make the entry of a code."""
        cid = int.from_bytes(code) if self._cids is None else self._cids.get(code, 0)
        number = cid if isinstance(cid, int) else 0
        width = self._widths.get(number)
        if width is None:
            ranges = self._width_ranges
            found = (width for low, high, width in ranges if low <= number <= high)
            width = next(found, self._default)
        text = self._unicode.get(code)
        if text is None and self._encoding:
            text = code.decode(self._encoding, "replace")
        entry = (text if isinstance(text, str) else UNMAPPED, width * self._em, code == b" ")
        self[code] = entry
        return entry

    def codes(self, string: bytes) -> list[bytes]:
        """Split a shown string into character codes by the code space (9.7.6.2)."""
        if self._length:
            step = self._length
            return [string[start : start + step] for start in range(0, len(string), step)]
        codes = []
        position = 0
        while position < len(string):
            length = next(
                (
                    len(low)
                    for low, high in self._spaces
                    if len(string) >= position + len(low)
                    and all(
                        a <= byte <= b
                        for a, byte, b in zip(low, string[position:], high, strict=False)
                    )
                ),
                1,
            )
            codes.append(string[position : position + length])
            position += length
        return codes


# --- Interpretation (8.4, 8.10, 9.3, 9.4, 14.6) ------------------------------------------------


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second`` (8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


@dataclass(slots=True)
class _State:
    """The part of the graphics state that places text (8.4.1, 9.3.1)."""

    ctm: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    character_spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class _Interpreter:
    """One page's interpretation: the state, and the runs so far."""

    def __init__(self, fonts: dict[object, Font]) -> None:
        self.fonts = fonts
        self.runs: list[GlyphRun] = []
        self.state = _State()
        self.saved: list[_State] = []
        self.text = self.line = IDENTITY
        self.sequences: tuple[MarkedSequence, ...] = ()
        self.resources: Mapping[str, Any] = {}
        self.forms: tuple[int, ...] = ()
        self.bytes_left = MAX_CONTENT_BYTES
        self.base = 0

    def run(self, data: bytes, resources: Mapping[str, Any]) -> None:
        """Interpret a content stream; what it leaves open is closed at its end."""
        self.bytes_left -= len(data)
        if self.bytes_left < 0:
            raise ContentError("a page's content is larger than any page's", hint=_DAMAGED)
        before = self.resources, self.saved, self.sequences
        self.resources, self.saved = resources, []
        self.base = len(self.sequences)
        for operator, operands in instructions(data):
            known = _OPERATORS.get(operator)
            if known is None:
                continue
            kinds, act = known
            if len(operands) < len(kinds) or not all(
                map(isinstance, operands[len(operands) - len(kinds) :], kinds)
            ):
                raise ContentError(
                    f"operator {operator.decode()} has wrong operands: {operands!r:.80}"
                )
            act(self, *operands[len(operands) - len(kinds) :])
        self.resources, self.saved, self.sequences = before

    def resource(self, category: str, name: str) -> Any:
        """Return a named resource, its reference unresolved (7.8.3)."""
        entries = resolve(self.resources.get(f"/{category}")) or {}
        if f"/{name}" not in entries:
            raise ContentError(f"the resources have no {category} named {name}")
        return entries.raw_get(f"/{name}") if hasattr(entries, "raw_get") else entries[f"/{name}"]

    def save(self) -> None:
        self.saved.append(copy(self.state))

    def restore(self) -> None:
        if not self.saved:
            raise ContentError("a Q without its q")
        self.state = self.saved.pop()

    def concatenate(self, *matrix: float) -> None:
        self.state.ctm = multiply(matrix, self.state.ctm)  # type: ignore[arg-type]

    def choose(self, name: Name, size: float) -> None:
        self.set_font(self.resource("Font", name), size)

    def set_font(self, reference: Any, size: float) -> None:
        key = object_number(reference) or id(resolve(reference))
        if key not in self.fonts:
            self.fonts[key] = Font(resolve(reference))
        self.state.font, self.state.size = self.fonts[key], size

    def set_parameters(self, name: Name) -> None:
        font = resolve(resolve(self.resource("ExtGState", name)).get("/Font"))
        if font:
            self.set_font(font[0], float(resolve(font[1])))

    def begin_text(self) -> None:
        self.text = self.line = IDENTITY

    def place(self, *matrix: float) -> None:
        self.text = self.line = matrix  # type: ignore[assignment]

    def move(self, x: float, y: float) -> None:
        self.text = self.line = multiply((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def move_leading(self, x: float, y: float) -> None:
        self.state.leading = -y
        self.move(x, y)

    def next_line(self) -> None:
        self.move(0.0, -self.state.leading)

    def show_next(self, string: bytes) -> None:
        self.next_line()
        self.show(string)

    def show_spaced(self, word: float, character: float, string: bytes) -> None:
        self.state.word_spacing, self.state.character_spacing = word, character
        self.show_next(string)

    def show(self, string: bytes) -> None:
        self.show_adjusted([string])

    def show_adjusted(self, items: Sequence[Any]) -> None:
        """Place the glyphs of a TJ array; numbers move by thousandths of the size (9.4.4)."""
        state, font = self.state, self.state.font
        if font is None:
            raise ContentError("text is shown before a font is chosen")
        a, b, c, d, e, f = multiply(self.text, state.ctm)
        x0, y0 = e + state.rise * c, f + state.rise * d
        size, scale, spacing = state.size, state.scale, state.character_spacing
        em = size * scale * hypot(a, b)
        offset = 0.0
        characters, xs, ys, advances = list[str](), list[float](), list[float](), list[float]()
        for item in items:
            if isinstance(item, bytes):
                for code in font.codes(item):
                    text, width, space = font[code]
                    characters.append(text)
                    xs.append(x0 + offset * a)
                    ys.append(y0 + offset * b)
                    advances.append(width * em)
                    offset += (width * size + spacing) * scale
                    if space:
                        offset += state.word_spacing * scale
            elif isinstance(item, float):
                offset -= item * 0.001 * size * scale
            else:
                raise ContentError(f"a TJ array holds {item!r:.80}")
        self.text = multiply((1.0, 0.0, 0.0, 1.0, offset, 0.0), self.text)
        if characters:
            self.add(characters, xs, ys, advances, size * hypot(c, d))

    def add(
        self,
        characters: Sequence[str],
        xs: Sequence[float],
        ys: Sequence[float],
        advances: Sequence[float],
        size: float,
    ) -> None:
        self.runs.append(
            GlyphRun(
                characters=tuple(characters),
                xs=tuple(xs),
                ys=tuple(ys),
                advances=tuple(advances),
                unmapped=characters.count(UNMAPPED),
                font=self.state.font.name if self.state.font else "",
                size=size,
                render_mode=self.state.mode,
                sequences=self.sequences,
            )
        )

    def begin(self, tag: Name) -> None:
        self.begin_with(tag, {})

    def begin_with(self, tag: Name, properties: Name | dict[str, Any]) -> None:
        if isinstance(properties, Name):
            listed = resolve(self.resource("Properties", properties))
            properties = {key[1:]: resolve(value) for key, value in listed.items()}
        mcid = properties.get("MCID")
        strings = {
            field: text_string(value) if isinstance(value, bytes) else str(value)
            for key, field in _STRINGS.items()
            if (value := properties.get(key)) is not None
        }
        sequence = MarkedSequence(
            tag=str(tag),
            mcid=int(mcid) if isinstance(mcid, int | float) else None,
            stream=self.forms[-1] if self.forms else 0,
            type=str(properties.get("Type", "")).lstrip("/"),
            subtype=str(properties.get("Subtype", "")).lstrip("/"),
            **strings,
        )
        self.sequences = (*self.sequences, sequence)

    def end(self) -> None:
        """Close a sequence; one whose ActualText stands for no glyph leaves an empty run."""
        if len(self.sequences) <= self.base:
            raise ContentError("an EMC without its BMC or BDC")
        last = self.sequences[-1]
        if last.actual_text and not any(last in run.sequences for run in self.runs[-1:]):
            self.add((), (), (), (), 0.0)
        self.sequences = self.sequences[:-1]

    def paint(self, name: Name) -> None:
        """Paint an external object: a form's content in its own space (8.10.1)."""
        reference = self.resource("XObject", name)
        form = resolve(reference)
        if form.get("/Subtype") != "/Form":
            return
        key = object_number(reference) or id(form)
        if key in self.forms or len(self.forms) == MAX_FORM_DEPTH:
            raise ContentError(f"form XObject {name} contains itself, or others too deep")
        before = copy(self.state), self.text, self.line, self.base
        matrix = tuple(
            float(resolve(number)) for number in resolve(form.get("/Matrix")) or IDENTITY
        )
        self.concatenate(*matrix)
        self.forms = (*self.forms, key)
        self.run(stream_data(form), resolve(form.get("/Resources")) or self.resources)
        self.forms = self.forms[:-1]
        self.state, self.text, self.line, self.base = before


def _set(name: str, convert: Callable[[float], float] = float) -> Callable[..., None]:
    """Return the act of an operator that sets one number of the state."""

    def act(interpreter: _Interpreter, value: float) -> None:
        setattr(interpreter.state, name, convert(value))

    return act


_STRINGS: Final = {
    "ActualText": "actual_text", "Alt": "alt", "E": "expansion", "Lang": "language",
}  # fmt: skip
_OPERATORS: Final[dict[bytes, tuple[tuple[Any, ...], Callable[..., None]]]] = {
    b"q": ((), _Interpreter.save),
    b"Q": ((), _Interpreter.restore),
    b"cm": ((float,) * 6, _Interpreter.concatenate),
    b"gs": ((Name,), _Interpreter.set_parameters),
    b"Do": ((Name,), _Interpreter.paint),
    b"BT": ((), _Interpreter.begin_text),
    b"Tc": ((float,), _set("character_spacing")),
    b"Tw": ((float,), _set("word_spacing")),
    b"Tz": ((float,), _set("scale", lambda percent: percent / 100)),
    b"TL": ((float,), _set("leading")),
    b"Ts": ((float,), _set("rise")),
    b"Tr": ((float,), _set("mode", int)),
    b"Tf": ((Name, float), _Interpreter.choose),
    b"Tm": ((float,) * 6, _Interpreter.place),
    b"Td": ((float,) * 2, _Interpreter.move),
    b"TD": ((float,) * 2, _Interpreter.move_leading),
    b"T*": ((), _Interpreter.next_line),
    b"Tj": ((bytes,), _Interpreter.show),
    b"TJ": ((list,), _Interpreter.show_adjusted),
    b"'": ((bytes,), _Interpreter.show_next),
    b'"': ((float, float, bytes), _Interpreter.show_spaced),
    b"BMC": ((Name,), _Interpreter.begin),
    b"BDC": ((Name, (Name, dict)), _Interpreter.begin_with),
    b"EMC": ((), _Interpreter.end),
}


def glyph_runs(
    contents: Any, resources: Any, *, fonts: dict[object, Font] | None = None
) -> tuple[GlyphRun, ...]:
    """Return the runs of a page's content in painting order.

    ``contents`` is a stream, an array of streams or nothing; ``resources`` a dictionary;
    ``fonts`` a cache to share between the pages of one file. Raises ``ContentError``.
    """
    contents = resolve(contents)
    streams = contents if isinstance(contents, list) else [contents]
    data = b"\n".join(stream_data(stream) for stream in map(resolve, streams) if stream is not None)
    interpreter = _Interpreter({} if fonts is None else fonts)
    interpreter.run(data, resolve(resources) or {})
    return tuple(interpreter.runs)
