"""The font catalogue, ``fonts/catalogue.toml``, as frozen values.

Which families a role (仿宋, 楷体, 黑体, 宋体, 小标宋) is set in, in which order, for which script;
and for each family its files, its licence and the package it comes in.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from publisher.errors import ConfigurationError
from publisher.messages import join_texts, translatable
from publisher.system import resources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Role(StrEnum):
    """What a face is for, by the names of GB/T 9704."""

    FANGSONG = "fangsong"
    KAI = "kai"
    HEI = "hei"
    SONG = "song"
    TITLE = "title"
    """小标宋: set bold."""


class Need(StrEnum):
    """What it means when a family is not there."""

    REQUIRED = "required"
    """A chain that names it cannot be set."""
    RECOMMENDED = "recommended"
    """The next family of the chain stands in."""
    OPTIONAL = "optional"
    """It only adds characters that no family before it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """A font file of one certain content, taken out of a Debian package."""

    name: str
    package: str
    member: str
    """Its path inside the package."""
    sha256: str
    archive: str
    """The package's path below a Debian mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A font family that may be embedded."""

    name: str
    """Exactly as fontconfig and CSS know it."""
    regular: str
    """The name of the file that carries the regular weight."""
    licence: str
    """SPDX."""
    version: str
    package: str
    """The Debian package."""
    need: Need
    bold: str = ""
    """The name of the file that carries the bold weight; empty where there is none."""
    italic: str = ""
    """The name of the file with the italic letters; empty where there is none."""
    adds: tuple[tuple[int, int], ...] = ()
    """First and last code points of what an optional family is installed for; empty for any character."""
    twin_of: str = ""
    """A family without a free licence whose letters have the same widths."""
    scale: float = 1.0
    """The factor of its size, for a family whose ideographs are narrower than their em."""
    only: tuple[tuple[int, int], ...] = ()
    """First and last code points of the characters that are taken from it; empty for all that it has."""
    without: tuple[tuple[int, int], ...] = ()
    """First and last code points of characters that it has in a form that Chinese text does not take."""

    def may_add(self, character: str) -> bool:
        """Return whether a character may be among those that the family is installed for."""
        code = ord(character)
        return not self.adds or any(first <= code <= last for first, last in self.adds)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that carry the family."""
        return tuple(filter(None, (self.regular, self.bold, self.italic)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every family, and the chains that order them."""

    families: Mapping[str, Family]
    files: Mapping[str, FontFile]
    """By name: the files that are taken out of a package, instead of being installed."""
    chains: Mapping[str, Mapping[Role, tuple[str, ...]]]
    """By script, then role."""
    fallbacks: Mapping[str, tuple[str, ...]]
    """By script: what follows every chain."""
    generics: Mapping[str, str]
    """What CSS's generic family names stand for."""

    def chain(
        self, role: Role | str, language: str, preferred: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Return the families for CSS ``font-family``: the office's own, the role's, all others.

        ``language`` is BCP 47. Raises ValueError for a role that does not exist.
        """
        script = script_of(language)
        ordered = (*preferred, *self.chains[script][Role(role)], *self.fallbacks[script])
        return tuple(dict.fromkeys(ordered))

    def remedy(self, family: Family) -> str:
        """Return how to get a family onto this machine."""
        if family.regular not in self.files:
            return f"apt-get install {family.package}"
        if family.need is Need.OPTIONAL:
            return translatable(
                "run publisher fonts install --all, for the fonts of {package}",
                package=family.package,
            )
        return translatable(
            "run publisher fonts install, for the fonts of {package}", package=family.package
        )


# RFC 4647 lookup would leave these without the script that their readers expect.
_SCRIPT_OF_REGION = {"tw": "zh-Hant", "hk": "zh-Hant-HK", "mo": "zh-Hant-HK"}


def script_of(language: str) -> str:
    """Return the catalogue's script for a BCP 47 tag: zh-Hans, zh-Hant or zh-Hant-HK."""
    subtags = language.lower().replace("_", "-").split("-")
    if "hans" in subtags:
        return "zh-Hans"
    for subtag in subtags[1:]:
        if subtag in _SCRIPT_OF_REGION:
            return _SCRIPT_OF_REGION[subtag]
    return "zh-Hant" if "hant" in subtags else "zh-Hans"


def chain(role: Role | str, language: str, preferred: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the toolkit's own catalogue's chain: see ``Catalogue.chain``."""
    return load_catalogue().chain(role, language, preferred)


@functools.cache
def load_catalogue() -> Catalogue:
    """Return the toolkit's own catalogue, read once a process."""
    return read_catalogue(resources.fonts_folder() / "catalogue.toml")


def read_catalogue(path: Path) -> Catalogue:
    """Read and check a catalogue.

    Raises ConfigurationError where it is not there, is malformed, or names a family that it
    does not describe.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        catalogue = _catalogue(table)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(
            translatable("the font catalogue cannot be used: {error}", error=error),
            where=str(path),
            hint="restore the file, or install the toolkit again",
        ) from error
    return catalogue


def _family(entry: dict[str, Any]) -> Family:
    ranges = {key: _code_points(entry.get(key, ())) for key in ("adds", "only", "without")}
    return Family(**{**entry, **ranges, "need": Need(entry["need"])})


def _code_points(spans: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the first and last code point of each span: 2014, or 2018-201D."""
    ends = (span.partition("-") for span in spans)
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in ends)


def _catalogue(table: dict[str, Any]) -> Catalogue:
    families = {entry["name"]: _family(entry) for entry in table["family"]}
    chains = {
        script: MappingProxyType({Role(role): tuple(names) for role, names in roles.items()})
        for script, roles in table["chains"].items()
    }
    fallbacks = {script: tuple(names) for script, names in table["fallbacks"].items()}
    named = {name for roles in chains.values() for names in roles.values() for name in names}
    named.update(name for names in fallbacks.values() for name in names)
    named.update(table["generics"].values())
    if strangers := sorted(named - families.keys()):
        raise ValueError(
            translatable("no [[family]] describes {families}", families=join_texts(", ", strangers))
        )
    return Catalogue(
        families=MappingProxyType(families),
        files=MappingProxyType(
            {entry["name"]: FontFile(**entry) for entry in table.get("file", ())}
        ),
        chains=MappingProxyType(chains),
        fallbacks=MappingProxyType(fallbacks),
        generics=MappingProxyType(table["generics"]),
    )
