"""Faces with the characters of Chinese reports and no others, from which a document's are taken.

A font of all of Unicode has 65,000 glyphs, and HarfBuzz walks over each of them for every document. A face of
those of GB 2312 and Big5, of a font whose glyphs are called by their numbers, is made once, kept in the cache folder, and read by each process that sets more
than one report. What is taken from it is what the whole font would give, to the last byte.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.system.disk_cache import keep, read_kept
from publisher.system.resources import cache_folder
from publisher.system.sandbox import unguarded
from publisher.typeset.patches.cff_renumber import identifiers
from publisher.typeset.patches.harfbuzz import (
    file_of,
    is_called_by_numbers,
    subset,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CHARSETS = ("gb2312", "big5")
AGAIN = 2
"""The document of a process from which on a face is worth its making."""
_TELLING = ("head", "name", "maxp")
"""Tables that tell a font from any other: the first has a sum of the whole file."""
_LIBRARIES = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")


class CharsetFace(NamedTuple):
    """A face of some characters, and the number in it of each glyph by its number in the whole font."""

    face: Any
    numbers: Mapping[int, int]


class CharsetFaces:
    """The faces of a process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._asked: Counter[str] = Counter()
        self._faces: dict[str, CharsetFace | None] = {}
        self._plain: dict[str, bool] = {}

    def is_plain(self, font: Any, name: str = "") -> bool:
        """Return whether a font's glyphs are called by their numbers, so that what is added is known."""
        name = name or _name(font)
        if name not in self._plain:
            self._plain[name] = is_called_by_numbers(font.hb_face)
        return self._plain[name]

    def of(self, font: Any) -> CharsetFace | None:
        """Return a font's face, once it is asked for again; None where there cannot be one."""
        name = _name(font)
        self._asked[name] += 1
        if self._asked[name] < AGAIN or not self.is_plain(font, name):
            return None
        if name not in self._faces:
            with unguarded():
                self._faces[name] = _face(font, name)
        return self._faces[name]


faces = cache(CharsetFaces)
"""The faces of this process."""


def _name(font: Any) -> str:
    """Return a name that no other font has, none of its states, and none from another HarfBuzz."""
    library = _library()
    version = library.hb_version_string().decode() if library else ""
    told = hashlib.sha256(f"{font.index} {font.glyph_count} {CHARSETS} {version}".encode())
    for tag in _TELLING:
        told.update(table_of(font.hb_face, tag))
    return told.hexdigest()[:32]


def _face(font: Any, name: str) -> CharsetFace | None:
    """Return a face from the cache folder, or make it and keep it there; None without such a folder."""
    folder = cache_folder()
    library = _library()
    if folder is None or library is None:
        return None
    path = folder / "faces" / name
    if read_kept(path) is None:
        made = subset(font.hb_face, font.tables, characters=sorted(_characters()))
        if made is None or not identifiers(table_of(made, "CFF ")) or not keep(path, file_of(made)):
            return None
    return _opened(path, library)


@cache
def _characters() -> frozenset[int]:
    found = set(range(0x20, 0x7F))
    for code in (*range(0x80, 0xD800), *range(0xE000, 0x10000)):
        for charset in CHARSETS:
            with contextlib.suppress(UnicodeEncodeError):
                chr(code).encode(charset)
                found.add(code)
    return frozenset(found)


def _opened(path: Path, library: Any) -> CharsetFace:
    """Return a font's face, its file mapped into memory for as long as the process lives."""
    from weasyprint.text.ffi import ffi

    blob = library.hb_blob_create_from_file(os.fsencode(path))
    face = ffi.cast("hb_face_t *", library.hb_face_create(blob, 0))
    old = sorted(identifiers(table_of(face, "CFF ")))
    return CharsetFace(face, {glyph: number for number, glyph in enumerate(old, 1)})


@cache
def _library() -> Any:
    """Return the HarfBuzz that WeasyPrint has loaded; it does not declare how a face is opened."""
    for name in _LIBRARIES:
        with contextlib.suppress(OSError):
            library = ctypes.CDLL(name)
            library.hb_blob_create_from_file.restype = ctypes.c_void_p
            library.hb_blob_create_from_file.argtypes = [ctypes.c_char_p]
            library.hb_version_string.restype = ctypes.c_char_p
            library.hb_face_create.restype = ctypes.c_void_p
            library.hb_face_create.argtypes = [ctypes.c_void_p, ctypes.c_uint]
            return library
    return None
