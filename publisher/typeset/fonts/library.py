"""The catalogue's fonts on this machine: where they are, what they cover, WeasyPrint with them.

A missing glyph is an error before layout, never a ``.notdef`` after it (ISO 19005-3, 6.2.11.8;
ISO 14289-1, 7.21.8). The typesetter is given the catalogue's files and no others, so that what
else is installed never shows in a publication.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.errors import (
    ConfigurationError,
    FontMissingError,
    GlyphMissingError,
)
from publisher.messages import join_texts, translatable
from publisher.system import resources
from publisher.system.locked_cache import locked_cache
from publisher.text.unicode_data import category, is_visible
from publisher.typeset.fonts.catalogue import (
    Catalogue,
    Need,
    chain,
    load_catalogue,
)
from publisher.typeset.fonts.family_rules import LATIN, font_rules, only_rule
from publisher.typeset.fonts.file_search import is_representable, locate_files
from publisher.typeset.fonts.fontconfig import Face, FontSet, system_folders
from publisher.typeset.fonts.pango_font_map import new_font_map
from publisher.typeset.weasyprint_loader import load_weasyprint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from publisher._weasyprint.text.fonts import FontConfiguration

__all__ = [
    "FontLibrary",
    "MissingFamily",
    "chain",
    "font_configuration",
    "load_library",
    "search_folders",
]

_LISTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFamily:
    """A family that is not, or not wholly, on this machine."""

    name: str
    files: tuple[str, ...]
    """The names of the files that were not found; empty for a family that an office named."""
    need: Need
    remedy: str
    """How to get it."""


class FontLibrary:
    """The catalogue's families and an office's own, as far as they are on this machine."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        preferred: Sequence[str] = (),
        latin: Sequence[str] = (),
        folders: Sequence[Path] | None = None,
    ) -> None:
        """Find and load the files.

        ``preferred`` are families that an office names beyond the catalogue's; those of them in ``latin`` supply
        the letters, the figures and the marks of Latin text only. ``folders`` are
        searched in their order; by default those of ``resources`` and then the system's.
        """
        self.catalogue = catalogue
        self.latin = frozenset(latin)
        """The families for Latin text only."""
        self.folders = search_folders() if folders is None else tuple(folders)
        own = tuple(name for name in preferred if name not in catalogue.families)
        cache = resources.cache_folder()
        cache = cache / "fontconfig" if cache else None
        wanted = {name for family in catalogue.families.values() for name in family.files}
        self._paths = locate_files(wanted, self.folders)
        files = {*self._paths.values(), *_office_files(own, self.folders, cache)}
        self._set = FontSet(
            sorted({file.parent for file in files}),
            files=sorted(files),
            families=(*catalogue.families, *own),
            generics=catalogue.generics,
            rules=(
                *font_rules(catalogue.families.values()),
                *(only_rule(name, LATIN) for name in latin),
            ),
            cache=cache,
        )
        self._faces: dict[str, list[Face]] = {}
        for face in sorted(self._set.faces(), key=lambda face: (face.path, face.index)):
            for name in face.families:
                if name in catalogue.families or name in own:
                    self._faces.setdefault(name, []).append(face)
        self._missing = self._find_missing(own)
        self._suppliers: dict[tuple[str, ...], dict[str, str | None]] = {}

    @property
    def families(self) -> tuple[str, ...]:
        """The families that are here, by name."""
        return tuple(sorted(self._faces))

    @property
    def files(self) -> tuple[Path, ...]:
        """The font files, in the order of their names."""
        return tuple(sorted({face.path for faces in self._faces.values() for face in faces}))

    @property
    def missing(self) -> tuple[MissingFamily, ...]:
        """The families that are not here, those that an office named first."""
        return self._missing

    @property
    def address(self) -> int:
        """The library's ``FcConfig *``, valid as long as the library is."""
        return self._set.address

    def require(self, families: Iterable[str]) -> None:
        """Raise FontMissingError where an office's family is missing, or no family of a chain has Chinese."""
        names = tuple(families)
        lacking = self._required_missing(names)
        if self._has_chinese(names):
            lacking = [family for family in lacking if family.name not in self.catalogue.families]
        if lacking:
            listed = join_texts(
                ", ",
                [
                    f"{family.name} ({', '.join(family.files)})" if family.files else family.name
                    for family in lacking
                ],
            )
            raise FontMissingError(
                translatable("not on this machine: {names}", names=listed),
                hint=join_texts("; ", dict.fromkeys(family.remedy for family in lacking)),
            )

    def replaced(self, families: Iterable[str]) -> tuple[MissingFamily, ...]:
        """Return the required families that are missing, in whose stead the next family of the chain is used."""
        return tuple(self._required_missing(tuple(families)))

    def _required_missing(self, names: Collection[str]) -> list[MissingFamily]:
        return [
            family
            for family in self.missing
            if family.name in names and family.need is Need.REQUIRED
        ]

    def _has_chinese(self, names: Sequence[str]) -> bool:
        return self.family_of("中", names) is not None

    def face(self, family: str, *, bold: bool = False) -> Face:
        """Return the family's bold or regular upright face, or the one nearest to it in weight.

        Raises FontMissingError where the family is not here.
        """
        if family not in self._faces:
            raise FontMissingError(
                translatable("not on this machine: {family}", family=family),
                hint="run publisher doctor",
            )
        weight = 200 if bold else 80
        return min(
            self._faces[family],
            key=lambda face: ("Italic" in face.style, abs(face.weight - weight)),
        )

    def family_of(self, character: str, families: Sequence[str]) -> str | None:
        """Return the first of the families that has a character in all its weights, or None."""
        families = tuple(families)
        known = self._suppliers.setdefault(families, {})
        if character not in known:
            known[character] = next(
                (
                    name
                    for name in families
                    if name in self._faces
                    and all(face.has(character) for face in self._faces[name])
                ),
                None,
            )
        return known[character]

    def check_coverage(
        self, families: Sequence[str], occurrences: Iterable[tuple[str, int]]
    ) -> dict[str, int]:
        """Return how many distinct characters each family supplies, in the families' order.

        ``occurrences`` are characters with their offsets in the source. Raises GlyphMissingError
        with the first five characters that no family has.
        """
        families = tuple(families)
        supplied: Counter[str] = Counter()
        lacking = []
        for character, offset, name in self._suppliers_of(families, occurrences):
            if name:
                supplied[name] += 1
            else:
                lacking.append((character, offset))
        if lacking:
            message, hint = self.describe_missing(lacking, families)
            raise GlyphMissingError(message, hint=hint)
        return {name: supplied[name] for name in families if supplied[name]}

    def lacking(
        self, families: Sequence[str], occurrences: Iterable[tuple[str, int]]
    ) -> list[tuple[str, int]]:
        """Return the characters that no family has, each with the offset of its first occurrence."""
        supply = self._suppliers_of(tuple(families), occurrences)
        return [(character, offset) for character, offset, name in supply if not name]

    def _suppliers_of(
        self, families: tuple[str, ...], occurrences: Iterable[tuple[str, int]]
    ) -> Iterator[tuple[str, int, str | None]]:
        """Yield each distinct character that needs a glyph, its first offset, and the family that has it."""
        known = self._suppliers.setdefault(families, {})
        first: dict[str, int] = {}
        for character, offset in occurrences:
            first.setdefault(character, offset)
        for character, offset in first.items():
            name = known.get(character) or self.family_of(character, families)
            if name or not _needs_no_glyph(character):
                yield character, offset, name

    def describe_missing(
        self, lacking: Sequence[tuple[str, int]], families: Collection[str]
    ) -> tuple[str, str]:
        """Return a sentence that lists the first characters that no family has, and what can help."""
        listed = join_texts(
            ", ",
            [
                translatable(
                    "{character} U+{code:04X} at offset {offset}",
                    character=_shown(character),
                    code=ord(character),
                    offset=offset,
                )
                for character, offset in lacking[:_LISTED]
            ],
        )
        rest = len(lacking) - _LISTED
        more = translatable(" and {rest} more", rest=rest) if rest > 0 else ""
        ways = dict.fromkeys(self._way_out(character, families) for character, _ in lacking)
        return translatable("no font has {listed}{more}", listed=listed, more=more), join_texts(
            "; ", ways
        )

    def _way_out(self, character: str, families: Collection[str]) -> str:
        """Return what a user can do about a character without a glyph: only what can help."""
        if way := _WAYS_OUT.get(category(character)):
            return way
        known = self.catalogue.families
        remedies = dict.fromkeys(
            missing.remedy
            for missing in self.missing
            if missing.name in families
            and not (missing.name in known and not known[missing.name].may_add(character))
        )
        install = (
            translatable(
                "install more fonts ({remedies}), or ", remedies=join_texts("; ", remedies)
            )
            if remedies
            else ""
        )
        return translatable(
            "{install}name a font that has the character in the configuration", install=install
        )

    def _find_missing(self, own: Sequence[str]) -> tuple[MissingFamily, ...]:
        folder = next(iter(resources.font_file_folders()), None)
        destination = str(folder) if folder else "a folder that PUBLISHER_FONTS names"
        twins = {family.twin_of: name for name, family in self.catalogue.families.items()}
        office = tuple(
            MissingFamily(
                name=name,
                files=(),
                need=Need.REQUIRED,
                remedy=translatable(
                    "put the file of {name} into {destination}, or ",
                    name=name,
                    destination=destination,
                )
                + (
                    translatable(
                        "name {family} instead, whose letters have the same widths",
                        family=twins[name],
                    )
                    if name in twins
                    else "take it out of the configuration"
                ),
            )
            for name in own
            if name not in self._faces
        )
        listed = []
        for family in self.catalogue.families.values():
            files = tuple(name for name in family.files if name not in self._paths)
            if not files and family.name not in self._faces:
                files = family.files  # there, but another font under the same name
            if files:
                listed.append(
                    MissingFamily(
                        name=family.name,
                        files=files,
                        need=family.need,
                        remedy=self.catalogue.remedy(family),
                    )
                )
        return (*office, *listed)


@locked_cache
def load_library(preferred: tuple[str, ...] = (), latin: tuple[str, ...] = ()) -> FontLibrary:
    """Return this machine's library, loaded once a process."""
    return FontLibrary(load_catalogue(), preferred=preferred, latin=latin)


def font_configuration(library: FontLibrary) -> FontConfiguration:
    """Return a WeasyPrint font configuration that holds the library's fonts only.

    It has the attributes that ``FontConfiguration.__init__`` of WeasyPrint 70 sets, but for its font map and the
    ``FcConfig`` that this searches, which would hold the machine's fonts. A font map must not be used by two
    threads at a time: there is one configuration for each document that is set at the same time.
    """
    load_weasyprint()
    from publisher._weasyprint.text import fonts
    from publisher._weasyprint.text.ffi import ffi, gobject, pangoft2

    class LibraryFontConfiguration(fonts.FontConfiguration):  # type: ignore[misc]
        def __init__(self) -> None:
            self._library = library  # the FcConfig lives as long as the library
            # Types, not their names: for a name, cffi would parse all of WeasyPrint's declarations again.
            config_type = ffi.typeof(pangoft2.pango_fc_font_map_set_config).args[1]
            map_type = ffi.typeof(pangoft2.pango_ft2_font_map_new).result
            self._config = ffi.cast(config_type, library.address)
            font_map = ffi.cast(map_type, new_font_map(library.address))
            self.font_map = ffi.gc(font_map, gobject.g_object_unref)
            self._folder = None
            self.strut_layouts: dict[Any, Any] = {}
            self.font_features: dict[Any, Any] = {}

        def add_font_face(self, rule_descriptors: Mapping[str, Any], _url_fetcher: Any) -> None:
            raise ConfigurationError(
                translatable(
                    "a style sheet brings its own font {family}",
                    family=rule_descriptors.get("font_family", ""),
                ),
                hint="take @font-face out, and name the font in the configuration",
            )

    return LibraryFontConfiguration()


def search_folders() -> tuple[Path, ...]:
    """Return the folders where fonts are looked for, in their order."""
    return tuple(dict.fromkeys((*resources.font_file_folders(), *system_folders())))


def _office_files(
    names: Collection[str], folders: Sequence[Path], cache: Path | None
) -> tuple[Path, ...]:
    """Return the files of families that an office named, each from one folder: the first."""
    if not names:
        return ()
    usable_folders = [folder for folder in folders if is_representable(str(folder))]
    faces = sorted(
        FontSet(usable_folders, cache=cache).faces(), key=lambda face: (face.path, face.index)
    )
    files: list[Path] = []
    for name in names:
        paths = [face.path for face in faces if name in face.families]
        home = next(
            (f for f in usable_folders if any(path.is_relative_to(f) for path in paths)), None
        )
        files += [path for path in paths if home and path.is_relative_to(home)]
    return tuple(dict.fromkeys(files))


_PRIVATE = "replace private-use characters in the source: their meaning is not public"
_NO_TEXT = "take characters that are not text out of the source"
_WAYS_OUT = {"Co": _PRIVATE, "Cc": _NO_TEXT, "Cs": _NO_TEXT, "Cn": _NO_TEXT}
_SPACES_AND_FORMATS = frozenset({"Zs", "Zl", "Zp", "Cf"})
# The Ogham space has a stroke; the others are format characters that show.
_SHOWN = frozenset("\u1680\u06dd\u070f\u08e2\U000110bd\U000110cd") | {
    chr(code) for code in (*range(0x600, 0x606), *range(0xFFF9, 0xFFFC))
}


def _needs_no_glyph(character: str) -> bool:
    """Return whether Pango sets a character without a font's glyph (``consider_as_space``)."""
    if category(character) in _SPACES_AND_FORMATS:
        return character not in _SHOWN
    return (
        character in "\t\n\f\r"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _shown(character: str) -> str:
    return f"“{character}”" if is_visible(character) else "a character that does not show"
