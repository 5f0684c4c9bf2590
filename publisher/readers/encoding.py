"""From bytes to text: which encoding it is, and nothing dropped.

A byte order mark decides; then UTF-8, which does not happen by chance; then the legacy encodings
of Chinese, judged by how many of the characters they give are common ones. Decoding is strict:
a byte without a meaning is an error that names its offset. ``gb2312`` is never used, since its
A1A4 and A1AA differ from what every office's software writes (GB 18030 has them right).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from publisher.errors import SourceEncodingError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the ones of UTF-32 first, since UTF-16's begin like them."""

LEGACY = (
    ("gb18030", "gb2312", 0xB0, 0xD7),
    ("big5hkscs", "big5", 0xA4, 0xC6),
)
"""Encoding, its core set, and the lead bytes of that set's common characters (level 1)."""

DAMAGED_UTF8 = 0.05
"""With fewer lost characters than this, a text is UTF-8 with damage and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file and how it was read."""

    text: str
    encoding: str
    confidence: float
    """1 where a mark or UTF-8's own form decides, else the share of common characters."""


def decode(data: bytes, *, encoding: str = "", where: str = "") -> Decoded:
    """Return the text of ``data``; raise ``SourceEncodingError`` with the byte's offset."""
    if encoding:
        return Decoded(text=_strict(data, encoding, where), encoding=encoding, confidence=1.0)
    for mark, name in MARKS:
        if data.startswith(mark):
            return Decoded(text=_strict(data, name, where), encoding=name, confidence=1.0)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8", confidence=1.0)
    except UnicodeDecodeError:
        pass
    wide = _utf16_without_mark(data)
    if wide:
        return Decoded(text=_strict(data, wide, where), encoding=wide, confidence=0.9)
    patched = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(character > "\x7f" for character in patched)
    if patched.count("\ufffd") <= DAMAGED_UTF8 * beyond_ascii:
        _strict(data, "utf-8", where)
    candidates = []
    for name, core, low, high in LEGACY:
        text = data.decode(name, errors="replace")
        candidates.append((_share_common(text, core, low, high), name))
    confidence, best = max(candidates)
    return Decoded(text=_strict(data, best, where), encoding=best, confidence=confidence)


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = data[error.start] if error.start < len(data) else 0
        raise SourceEncodingError(
            f"byte 0x{byte:02X} at offset {error.start} is not {encoding}",
            where=where,
            hint="the file is damaged there, or --encoding should name another encoding",
        ) from error
    except UnicodeError as error:
        raise SourceEncodingError(
            f"is not {encoding}: {error}", where=where, hint="name another with --encoding"
        ) from error


def _utf16_without_mark(data: bytes) -> str:
    """Tell UTF-16 by the zero bytes of its line feeds, spaces and figures."""
    if len(data) % 2:
        return ""
    for name, zero, other in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        zeros = data[zero::2].count(0)
        if zeros and not data[other::2].count(0) and zeros * 200 >= len(data):
            return name
    return ""


def _share_common(text: str, core: str, low: int, high: int) -> float:
    """Return which share of the characters beyond ASCII is punctuation or common in ``core``."""
    sample = [character for character in text[:20000] if character > "\x7f"]
    common = 0
    for character in sample:
        code = character.encode(core, errors="ignore")
        if len(code) == 2 and (low <= code[0] <= high or code[0] in (0xA1, 0xA3)):
            common += 1
    return common / len(sample) if sample else 0.0
