"""Subsets of large fonts, cached on disk, from which the fonts of a document are subset in turn.

A font of all of Unicode has 65,000 glyphs, and HarfBuzz goes through all of them for every document. A face with the
characters of GB 2312 and Big5, of a font whose CIDs are its glyph numbers, is made once, stored in the cache folder,
and loaded by each process that sets more than one report. A subset of it is the subset of the whole font, byte for
byte.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
from collections import Counter
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.system.disk_cache import load, store
from publisher.system.resources import cache_folder
from publisher.system.sandbox import trusted_io
from publisher.typeset.patches.cff_renumber import cids
from publisher.typeset.patches.harfbuzz import (
    file_of,
    has_identity_cids,
    subset,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CHARSETS = ("gb2312", "big5")
FIRST_USE = 2
"""The number of the document, in a process, from which on a face saves more time than it takes."""
_IDENTIFYING_TABLES = ("head", "name", "maxp")
"""Tables that identify a font: the first has a checksum of the whole file."""
_LIBRARIES = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")


class CharsetFace(NamedTuple):
    """A face of some characters of a font."""

    face: Any
    """The ``hb_face_t *``."""
    numbers: Mapping[int, int]
    """By glyph number in the whole font: the glyph number in the face."""


class CharsetFaces:
    """The faces of a process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._uses: Counter[str] = Counter()
        self._faces: dict[str, CharsetFace | None] = {}
        self._identity: dict[str, bool] = {}
        self._lock = Lock()

    def has_identity_cids(self, font: Any, key: str = "") -> bool:
        """Return whether the CIDs of a font are its glyph numbers."""
        key = key or _key(font)
        if key not in self._identity:
            self._identity[key] = has_identity_cids(font.hb_face)
        return self._identity[key]

    def face_of(self, font: Any) -> CharsetFace | None:
        """Return a font's face from its second use on; None if there cannot be one."""
        key = _key(font)
        with self._lock:
            self._uses[key] += 1
            if self._uses[key] < FIRST_USE or not self.has_identity_cids(font, key):
                return None
            if key not in self._faces:
                with trusted_io():
                    self._faces[key] = _load_or_make(font, key)
            return self._faces[key]


charset_faces = cache(CharsetFaces)
"""Returns the faces of this process."""


def _key(font: Any) -> str:
    """Return a key that is unique to a font, its version, its index and the version of HarfBuzz."""
    library = _library()
    version = library.hb_version_string().decode() if library else ""
    digest = hashlib.sha256(f"{font.index} {font.glyph_count} {CHARSETS} {version}".encode())
    for tag in _IDENTIFYING_TABLES:
        digest.update(table_of(font.hb_face, tag))
    return digest.hexdigest()[:32]


def _load_or_make(font: Any, key: str) -> CharsetFace | None:
    """Return a face from the cache folder, or make it and store it there; None without such a folder."""
    folder = cache_folder()
    library = _library()
    if folder is None or library is None:
        return None
    path = folder / "faces" / key
    if load(path) is None:
        face = subset(font.hb_face, font.tables, characters=sorted(_characters()))
        if face is None or not cids(table_of(face, "CFF ")) or not store(path, file_of(face)):
            return None
    return _open(path, library)


@cache
def _characters() -> frozenset[int]:
    """Return the code points of ASCII and of the charsets."""
    characters = set(range(0x20, 0x7F))
    for code in (*range(0x80, 0xD800), *range(0xE000, 0x10000)):
        for charset in CHARSETS:
            with contextlib.suppress(UnicodeEncodeError):
                chr(code).encode(charset)
                characters.add(code)
    return frozenset(characters)


def _open(path: Path, library: Any) -> CharsetFace:
    """Return a face whose file is mapped into memory until the process ends."""
    from publisher._weasyprint.text.ffi import ffi

    blob = library.hb_blob_create_from_file(os.fsencode(path))
    face = ffi.cast("hb_face_t *", library.hb_face_create(blob, 0))
    glyphs = sorted(cids(table_of(face, "CFF ")))
    return CharsetFace(face, {glyph: number for number, glyph in enumerate(glyphs, 1)})


@cache
def _library() -> Any:
    """Return the HarfBuzz that WeasyPrint has loaded, with functions that it does not declare."""
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
