"""From bytes to text: which encoding it is, and nothing dropped.

A byte order mark decides; then UTF-8, which does not happen by chance; then the legacy encodings
of Chinese, judged by how many of the characters they give are common ones. Decoding is strict:
a byte without a meaning is an error that names its offset. ``gb2312`` is never used, since its
A1A4 and A1AA differ from what every office's software writes (GB 18030 has them right).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.errors import SourceEncodingError

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the ones of UTF-32 first, since UTF-16's begin like them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The core of a legacy set, and the lead bytes of its common characters (level 1)."""

    encoding: str
    low: int
    high: int
    trail: int
    """The lowest second byte of the core."""


LEGACY = {
    "gb18030": Core(encoding="gbk", low=0xB0, high=0xD7, trail=0xA1),
    "big5hkscs": Core(encoding="big5", low=0xA4, high=0xC6, trail=0x40),
}
"""The encodings that are judged by how common their characters are, each with its core."""
CORES = tuple(LEGACY.values())

FREQUENT = frozenset(
    "的一是在了和有为中大上国市县区镇政府信息公开工作年度报告情况月日条件全主动依申请受理办结回复行规范性文主要存"
    "问题改进措施加强领导机构制度建设网站平台发布解读通过及时部门单位人民群众社会本局机关收费议诉讼统计其中共个项次"
    "為國縣區鎮資訊開報情況條請辦結復規範問題進強領導機構設網臺發佈讀過時門單會關費議訴訟統計個項，。、：（）《》“”"
)
"""Characters and marks that every report is full of, in both scripts."""

SOUND_PER_DAMAGED = 3
"""With this many whole three-byte characters to each break in the form, a text is damaged UTF-8:
the legacy encodings form such characters only by chance."""


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
    patched = data.decode("utf-8", errors="replace")
    sound = sum("\u0800" <= character < "\ufffd" for character in patched)
    if sound >= SOUND_PER_DAMAGED * patched.count("\ufffd"):
        _strict(data, "utf-8", where)
    candidates = [
        (_marks_of(data.decode(name, errors="replace"), [core]), name)
        for name, core in LEGACY.items()
    ]
    if len(data) % 2 == 0:
        candidates += [
            (_marks_of(data.decode(name, errors="replace"), CORES), name)
            for name in ("utf-16-le", "utf-16-be")
        ]
    (_, confidence), best = max(candidates)
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


def _marks_of(text: str, cores: Iterable[Core]) -> tuple[float, float]:
    """Return how much a text looks like Chinese: first to compare by, then to be told.

    The second is the share of the characters beyond ASCII that are common in one of the core
    sets; the first adds the share that every report is full of.
    """
    sample = [character for character in text[:20000] if character > "\x7f"]
    if not sample:
        return 0.0, 0.0
    core = sum(any(_is_common(character, core) for core in cores) for character in sample)
    frequent = sum(character in FREQUENT for character in sample)
    return (core + frequent) / len(sample), core / len(sample)


def _is_common(character: str, core: Core) -> bool:
    code = character.encode(core.encoding, errors="ignore")
    return (
        len(code) == 2
        and code[1] >= core.trail
        and (core.low <= code[0] <= core.high or code[0] in (0xA1, 0xA3))
    )
