"""Fonts as text needs them: a font dictionary in, Unicode values and widths of its codes out.

Enters: a font dictionary as pypdf holds it. Leaves: a ``Font``, from character code to Unicode
value and width. Serves ISO 32000-1 9.6 (simple fonts), 9.7 (composite fonts, CMaps), 9.8 (font
descriptors: ``MissingWidth``) and 9.10 (ToUnicode). Of glyph descriptions the widths are read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.pdf.cff import read_widths
from publisher.pdf.syntax import (
    ContentError,
    instructions,
    resolve,
    stream_data,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_CMAP_ENTRIES: Final = 200_000
"""More than three times as many codes as a two-byte font can have."""
MEASURED: Final = 1.0
"""How far a width may be from its program's, in thousandths of an em (ISO 19005-3, 6.2.11.5)."""
UNMAPPED: Final = "\ufffd"
"""Stands for a glyph that the font gives no Unicode value."""


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
            targets = [_target(value, 0) for value in operands[1::2]]
            values.update(zip(operands[::2], targets, strict=False))
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
        self._program: Any = None
        unicode = resolve(dictionary.get("/ToUnicode"))
        if hasattr(unicode, "get_data"):
            self._unicode, _ = character_map(stream_data(unicode))
        if resolve(dictionary.get("/Subtype")) == "/Type0":
            self._read_composite(dictionary)
        else:
            self._read_simple(dictionary)
        lengths = {len(low) for low, _ in self._spaces}
        self._length = lengths.pop() if len(lengths) == 1 else 0
        self._one_code = re.compile(rb"[\s\S]{1,%d}" % max(self._length, 1))

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
        program = resolve((resolve(descendant.get("/FontDescriptor")) or {}).get("/FontFile3"))
        if program is not None and resolve(program.get("/Subtype")) == "/CIDFontType0C":
            self._program = program
        items = iter(resolve(descendant.get("/W")) or ())
        for first, second in zip(items, items, strict=False):
            start, other = int(resolve(first)), resolve(second)
            if isinstance(other, list):
                for cid, width in enumerate(other, start):
                    self._widths[cid] = float(resolve(width))
            else:
                same = float(resolve(next(items, 0)))
                self._width_ranges.append((start, int(other), same))

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
        number = int.from_bytes(code) if self._cids is None else self._cid(code)
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

    def _cid(self, code: bytes) -> int:
        """Return the CID of a code; of a simple font the code itself."""
        cid = int.from_bytes(code) if self._cids is None else self._cids.get(code, 0)
        return cid if isinstance(cid, int) else 0

    def width_mismatches(self) -> list[tuple[int, float, float | None]]:
        """Return each glyph shown whose width is not that of its program: its CID and both widths.

        Programs are read that are bare CFF tables (9.9); a glyph that is not in its program has none there.
        Raises one of ``publisher.pdf.cff.DAMAGED``.
        """
        if self._program is None:
            return []
        true = read_widths(stream_data(self._program))
        found = []
        for code, (_, width, _) in self.items():
            cid, told = self._cid(code), width / self._em
            own = true.get(cid)
            if own is None or abs(own - told) > MEASURED:
                found.append((cid, told, own))
        return found

    def codes(self, string: bytes) -> list[bytes]:
        """Split a shown string into character codes by the code space (9.7.6.2)."""
        if self._length:
            return self._one_code.findall(string)
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
