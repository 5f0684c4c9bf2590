"""Encodings and widths of the fonts of a PDF.

Input: a font dictionary from pypdf. Output: a ``Font``, which maps character codes to Unicode values and
widths. Serves ISO 32000-1 9.6 (simple fonts), 9.7 (composite fonts, CMaps), 9.8 (font descriptors:
``MissingWidth``) and 9.10 (ToUnicode). Of embedded font programs only the widths are read.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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
"""Limit against malicious CMaps: more than three times as many codes as a two-byte font can have."""
WIDTH_TOLERANCE: Final = 1.0
"""Difference allowed to the width in the font program, thousandths of an em (ISO 19005-3, 6.2.11.5)."""
ESTIMATED_WIDTH: Final = 500.0
"""Thousandths of an em: about the mean width of Latin letters."""
UNMAPPED: Final = "\ufffd"
"""The Unicode value of a glyph to which the font gives none."""


class WidthMismatch(NamedTuple):
    """A glyph whose width in the font dictionary differs from that in the font program."""

    cid: int
    declared: float
    """Width in the font dictionary, thousandths of an em."""
    embedded: float | None
    """Width in the font program, thousandths of an em; None if the program lacks the glyph."""


def _cmap_value(value: Any, offset: int) -> str | int | None:
    """Return the value of a CMap range at ``offset`` from its first value: a string or a CID."""
    if isinstance(value, float):
        return int(value) + offset
    if not isinstance(value, bytes):
        return None
    text = value.decode("utf-16-be", "replace")
    if not offset or not text:
        return text
    last = ord(text[-1]) + offset
    return text[:-1] + (chr(last) if last <= 0x10FFFF else UNMAPPED)


def read_cmap(data: bytes) -> tuple[dict[bytes, str | int | None], list[tuple[bytes, bytes]]]:
    """Read a CMap stream (9.7.5, 9.10.3).

    Returns:
        The Unicode string or CID of each code, and the code space ranges.

    """
    values: dict[bytes, str | int | None] = {}
    code_spaces: list[tuple[bytes, bytes]] = []
    for operator, operands in instructions(data, is_cmap=True):
        if operator == b"endcodespacerange":
            code_spaces.extend(zip(operands[::2], operands[1::2], strict=False))
        elif operator in {b"endbfchar", b"endcidchar"}:
            mapped = [_cmap_value(value, 0) for value in operands[1::2]]
            values.update(zip(operands[::2], mapped, strict=False))
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
                        values[code] = (
                            _cmap_value(value[offset], 0) if offset < len(value) else None
                        )
                    else:
                        values[code] = _cmap_value(value, offset)
    return values, code_spaces


class Font(dict[bytes, tuple[str, float, bool]]):
    """A font as a mapping from code to Unicode value, width in em, and whether it is a word space.

    Entries are computed when they are first used. The width of a code without an entry in the font
    dictionary is ``DW``, ``MissingWidth`` or 0.
    """

    def __init__(self, dictionary: Mapping[str, Any], *, for_text: bool = True) -> None:
        """Read a font dictionary: Type0, or a simple font with one-byte codes.

        Without ``for_text`` a damaged ToUnicode is ignored, and the glyphs of a simple font without widths are
        half an em wide: only the place of glyphs matters then.
        """
        super().__init__()
        self.has_widths = True
        """Whether the file says how wide the glyphs are."""
        name = resolve(dictionary.get("/BaseFont")) or resolve(dictionary.get("/Name"))
        self.name = str(name or "").removeprefix("/")
        self._unicode: dict[bytes, str | int | None] = {}
        self._cids: dict[bytes, str | int | None] | None = None
        self._code_spaces: list[tuple[bytes, bytes]] = []
        self._encoding = ""
        self._default_width = 0.0
        self._widths: dict[int, float] = {}
        self._width_ranges: list[tuple[int, int, float]] = []
        self._em = 0.001
        self._program: Any = None
        self.descendant: Mapping[str, Any] = {}
        """The CIDFont of a composite font (9.7.4); empty for a simple one."""
        unicode = resolve(dictionary.get("/ToUnicode"))
        if hasattr(unicode, "get_data"):
            with suppress(*(() if for_text else (Exception,))):
                self._unicode, _ = read_cmap(stream_data(unicode))
        if resolve(dictionary.get("/Subtype")) == "/Type0":
            self._read_composite(dictionary)
        else:
            self._read_simple(dictionary)
            self.has_widths = bool(self._widths) or self._default_width > 0
            if not self.has_widths and not for_text:
                self._default_width = ESTIMATED_WIDTH
        lengths = {len(low) for low, _ in self._code_spaces}
        self._code_length = lengths.pop() if len(lengths) == 1 else 0
        self._one_code = re.compile(rb"[\s\S]{1,%d}" % max(self._code_length, 1))

    def _read_composite(self, dictionary: Mapping[str, Any]) -> None:
        encoding = resolve(dictionary.get("/Encoding"))
        self._code_spaces = [(b"\0\0", b"\xff\xff")]
        if hasattr(encoding, "get_data"):
            cids, code_spaces = read_cmap(stream_data(encoding))
            self._code_spaces = code_spaces or self._code_spaces
            if resolve(encoding.get("/UseCMap")) != "/Identity-H" or cids:
                self._cids = cids
        descendant = resolve(resolve(dictionary["/DescendantFonts"])[0])
        self.descendant = descendant
        self._default_width = float(resolve(descendant.get("/DW", 1000)))
        program = resolve((resolve(descendant.get("/FontDescriptor")) or {}).get("/FontFile3"))
        if program is not None and resolve(program.get("/Subtype")) == "/CIDFontType0C":
            self._program = program
        items = iter(resolve(descendant.get("/W")) or ())
        for first, second in zip(items, items, strict=False):
            start, widths_or_end = int(resolve(first)), resolve(second)
            if isinstance(widths_or_end, list):
                for cid, width in enumerate(widths_or_end, start):
                    self._widths[cid] = float(resolve(width))
            else:
                width = float(resolve(next(items, 0)))
                self._width_ranges.append((start, int(widths_or_end), width))

    def _read_simple(self, dictionary: Mapping[str, Any]) -> None:
        self._code_spaces = [(b"\0", b"\xff")]
        encoding = resolve(dictionary.get("/Encoding"))
        self._encoding = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac-roman"}.get(
            encoding if isinstance(encoding, str) else "", ""
        )
        descriptor = resolve(dictionary.get("/FontDescriptor")) or {}
        self._default_width = float(resolve(descriptor.get("/MissingWidth", 0)))
        widths = (float(resolve(width)) for width in resolve(dictionary.get("/Widths")) or ())
        self._widths = dict(enumerate(widths, start=int(resolve(dictionary.get("/FirstChar", 0)))))
        if resolve(dictionary.get("/Subtype")) == "/Type3":
            self._em = float(resolve(resolve(dictionary["/FontMatrix"])[0]))

    def __missing__(self, code: bytes) -> tuple[str, float, bool]:
        """Compute the entry of a code."""
        width = self._declared_width(
            int.from_bytes(code) if self._cids is None else self._cid(code)
        )
        text = self._unicode.get(code)
        if text is None and self._encoding:
            text = code.decode(self._encoding, "replace")
        entry = (text if isinstance(text, str) else UNMAPPED, width * self._em, code == b" ")
        self[code] = entry
        return entry

    def _declared_width(self, number: int) -> float:
        """Return the width that the font dictionary gives for a CID, or for a code of a simple font."""
        width = self._widths.get(number)
        if width is None:
            ranges = self._width_ranges
            matching = (width for low, high, width in ranges if low <= number <= high)
            width = next(matching, self._default_width)
        return width

    def _cid(self, code: bytes) -> int:
        """Return the CID of a code; in a simple font the code itself."""
        cid = int.from_bytes(code) if self._cids is None else self._cids.get(code, 0)
        return cid if isinstance(cid, int) else 0

    def shown_characters(self) -> dict[int, set[str]]:
        """Return what the shown glyphs stand for, by CID."""
        characters: dict[int, set[str]] = {}
        for code, (text, _, _) in self.items():
            characters.setdefault(self._cid(code), set()).add(text)
        return characters

    def width_mismatches(self) -> list[WidthMismatch]:
        """Return the shown glyphs whose width differs from that in the embedded font program.

        Only font programs that are bare CFF tables (9.9) are read.

        Raises:
            publisher.pdf.cff.DAMAGED: One of these, if the font program is damaged.

        """
        if self._program is None:
            return []
        embedded_widths = read_widths(stream_data(self._program))
        mismatches = []
        for code, (_, width, _) in self.items():
            cid, declared = self._cid(code), width / self._em
            embedded = embedded_widths.get(cid)
            if embedded is None or abs(embedded - declared) > WIDTH_TOLERANCE:
                mismatches.append(WidthMismatch(cid, declared, embedded))
        return mismatches

    def has_other_widths(self) -> bool:
        """Return whether any glyph of a bare CFF table, shown or not, differs in width from the font dictionary.

        The glyph for unknown characters (CID 0) is left out.

        Raises:
            publisher.pdf.cff.DAMAGED: One of these, if the font program is damaged.

        """
        if self._program is None:
            return False
        return any(
            cid and abs(embedded - self._declared_width(cid)) > WIDTH_TOLERANCE
            for cid, embedded in read_widths(stream_data(self._program)).items()
        )

    def codes(self, string: bytes) -> list[bytes]:
        """Split a shown string into character codes by the code space (9.7.6.2)."""
        if self._code_length:
            return self._one_code.findall(string)
        codes = []
        start = 0
        while start < len(string):
            length = next(
                (
                    len(low)
                    for low, high in self._code_spaces
                    if len(string) >= start + len(low)
                    and all(
                        a <= byte <= b
                        for a, byte, b in zip(low, string[start:], high, strict=False)
                    )
                ),
                1,
            )
            codes.append(string[start : start + length])
            start += length
        return codes
