"""A small binding to libfontconfig: a closed set of font files, their faces and coverage.

Paths go in; faces come out, each with the characters that it has. The set holds the files it
was given and nothing else, whatever the machine's own fontconfig configuration says.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import zlib
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import SystemLibraryError
from publisher.system.file_trust import distrust
from publisher.system.locked_cache import locked_cache

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from cffi import FFI

_HEADER = """
typedef struct _FcConfig FcConfig;
typedef struct _FcPattern FcPattern;
typedef struct _FcCharSet FcCharSet;
typedef struct _FcStrList FcStrList;
typedef struct { int nfont; int sfont; FcPattern **fonts; } FcFontSet;
FcConfig *FcInitLoadConfig(void);
FcConfig *FcConfigCreate(void);
void FcConfigDestroy(FcConfig *config);
int FcConfigParseAndLoadFromMemory(FcConfig *config, const char *buffer, int complain);
int FcConfigBuildFonts(FcConfig *config);
FcFontSet *FcConfigGetFonts(FcConfig *config, int set);
FcStrList *FcConfigGetFontDirs(FcConfig *config);
char *FcStrListNext(FcStrList *list);
void FcStrListDone(FcStrList *list);
int FcPatternGetString(const FcPattern *p, const char *object, int n, char **s);
int FcPatternGetInteger(const FcPattern *p, const char *object, int n, int *i);
int FcPatternGetCharSet(const FcPattern *p, const char *object, int n, FcCharSet **c);
int FcCharSetHasChar(const FcCharSet *charset, uint32_t character);
"""
_NAMES = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")
_SYSTEM_SET = 0  # FcSetSystem
_BOLD = 180  # FC_WEIGHT_DEMIBOLD; FC_WEIGHT_BOLD is 200
_FAMILIES_PER_FACE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face of a font file."""

    families: tuple[str, ...]
    """All its family names, in its own order."""
    style: str
    weight: int
    """On fontconfig's scale: 80 is regular, 200 bold."""
    path: Path
    index: int
    """Its place in a collection (.ttc); 0 in a plain file."""
    postscript_name: str
    version: str
    """``head.fontRevision``, to three places."""
    _charset: Any = field(repr=False, compare=False)
    _set: FontSet = field(repr=False, compare=False)
    """Kept, since the coverage lives as long as its set."""

    @property
    def bold(self) -> bool:
        """Whether the face is demibold or heavier."""
        return self.weight >= _BOLD

    def has(self, character: str) -> bool:
        """Return whether the face has a glyph for a character."""
        return bool(_library()[1].FcCharSetHasChar(self._charset, ord(character)))


class FontSet:
    """A fontconfig configuration that holds the given faces only.

    ``address`` is its ``FcConfig *``, valid as long as this object is.
    """

    def __init__(
        self,
        folders: Collection[Path],
        *,
        files: Collection[Path] | None = None,
        families: Collection[str] | None = None,
        generics: Mapping[str, str] | None = None,
        rules: Sequence[str] = (),
        cache: Path | None = None,
    ) -> None:
        """Load the faces in ``folders`` whose file and family are accepted; None accepts all.

        ``rules`` are further elements of the configuration (``family_rules``). What scanning finds is kept in
        ``cache``, where it is writable, in a folder for these rules, which may change what it finds. The machine's
        own fontconfig cache is left alone for the same reason.
        """
        ffi, library = _library()
        if cache and rules:
            cache /= f"rules-{zlib.crc32(''.join(rules).encode()):08x}"
        with _writable(cache) as cache_folder:
            text = _configuration(folders, files, families, generics or {}, rules, cache_folder)
            config = ffi.gc(library.FcConfigCreate(), library.FcConfigDestroy)
            if not library.FcConfigParseAndLoadFromMemory(config, text, 1):
                raise SystemLibraryError(
                    "fontconfig refuses the toolkit's configuration",
                    hint="report this with the version of libfontconfig1",
                )
            library.FcConfigBuildFonts(config)
        self._config = config

    @property
    def address(self) -> int:
        """The ``FcConfig *`` as a number, for another binding to cast."""
        return int(_library()[0].cast("uintptr_t", self._config))

    def faces(self) -> Iterator[Face]:
        """Yield every face of the set."""
        _, library = _library()
        fonts = library.FcConfigGetFonts(self._config, _SYSTEM_SET)
        for position in range(fonts.nfont):
            yield self._face(fonts.fonts[position])

    def _face(self, pattern: Any) -> Face:
        ffi, library = _library()
        charset = ffi.new("FcCharSet **")
        library.FcPatternGetCharSet(pattern, b"charset", 0, charset)
        families = (_string(pattern, b"family", n) for n in range(_FAMILIES_PER_FACE))
        return Face(
            families=tuple(name for name in families if name),
            style=_string(pattern, b"style"),
            weight=_integer(pattern, b"weight"),
            path=Path(os.fsdecode(_bytes(pattern, b"file"))),
            index=_integer(pattern, b"index") & 0xFFFF,  # above: a variable font's instance
            postscript_name=_string(pattern, b"postscriptname"),
            version=f"{_integer(pattern, b'fontversion') / 65536:.3f}",
            _charset=charset[0],
            _set=self,
        )


def system_folders() -> tuple[Path, ...]:
    """Return the font folders of the machine's own fontconfig configuration."""
    ffi, library = _library()
    config = ffi.gc(library.FcInitLoadConfig(), library.FcConfigDestroy)
    listing = ffi.gc(library.FcConfigGetFontDirs(config), library.FcStrListDone)
    folders = []
    while (name := library.FcStrListNext(listing)) != ffi.NULL:
        folders.append(Path(os.fsdecode(ffi.string(name))))
    return tuple(folders)


@locked_cache
def _library() -> tuple[FFI, Any]:
    from cffi import FFI

    ffi = FFI()
    ffi.cdef(_HEADER)
    for name in _NAMES:
        try:
            return ffi, ffi.dlopen(name)
        except OSError:
            continue
    raise SystemLibraryError(
        "the library fontconfig is not on this machine",
        hint="apt-get install libfontconfig1",
    )


def _configuration(
    folders: Collection[Path],
    files: Collection[Path] | None,
    families: Collection[str] | None,
    generics: Mapping[str, str],
    rules: Sequence[str],
    cache: Path,
) -> bytes:
    lines = [
        "<?xml version='1.0'?>",
        "<fontconfig>",
        f"<cachedir>{escape(str(cache))}</cachedir>",
    ]
    lines += [f"<dir>{escape(str(folder))}</dir>" for folder in folders]
    if files is not None:
        lines += [
            f"<selectfont><acceptfont><glob>{escape(str(file))}</glob></acceptfont></selectfont>"
            for file in files
        ]
        # fontconfig 2.15 takes a glob for a path: "*" alone would be a file of the working folder.
        lines.append("<selectfont><rejectfont><glob>/*</glob></rejectfont></selectfont>")
    if families is not None:
        lines += [
            "<selectfont><acceptfont><pattern><patelt name='family'>"
            f"<string>{escape(family)}</string></patelt></pattern></acceptfont></selectfont>"
            for family in families
        ]
        lines += [
            "<selectfont><rejectfont><pattern><patelt name='scalable'>"
            f"<bool>{value}</bool></patelt></pattern></rejectfont></selectfont>"
            for value in ("true", "false")
        ]
    lines += [
        f"<alias binding='same'><family>{escape(generic)}</family>"
        f"<prefer><family>{escape(family)}</family></prefer></alias>"
        for generic, family in generics.items()
    ]
    lines += rules
    if "serif" in generics:
        lines.append(
            "<match target='pattern'><edit name='family' mode='append_last'>"
            f"<string>{escape(generics['serif'])}</string></edit></match>"
        )
    return "\n".join([*lines, "</fontconfig>"]).encode()


@contextlib.contextmanager
def _writable(cache: Path | None) -> Iterator[Path]:
    """Lend the cache's folder, or a passing one where it cannot be written to or other accounts may write."""
    if cache:
        reason = "cannot be made"
        with contextlib.suppress(OSError):
            cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            reason = distrust(cache)
        if not reason and os.access(cache, os.W_OK | os.X_OK):
            yield cache
            return
    with tempfile.TemporaryDirectory(prefix="publisher-") as passing:
        yield Path(passing)


def _bytes(pattern: Any, name: bytes, position: int = 0) -> bytes:
    ffi, library = _library()
    value = ffi.new("char **")
    if library.FcPatternGetString(pattern, name, position, value):
        return b""
    return bytes(ffi.string(value[0]))


def _string(pattern: Any, name: bytes, position: int = 0) -> str:
    return _bytes(pattern, name, position).decode(errors="replace")


def _integer(pattern: Any, name: bytes) -> int:
    ffi, library = _library()
    value = ffi.new("int *")
    library.FcPatternGetInteger(pattern, name, 0, value)
    return int(value[0])
