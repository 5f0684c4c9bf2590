"""What a report is set with: the fonts for its language and the warm engine, kept for the next.

Enters: a language and the families that an office has licensed. Leaves: a ``TypesetSession``. A font or
a character that is missing is an error here, before layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from publisher.errors import GlyphMissingError, TypesettingError
from publisher.messages import translatable
from publisher.model import Finding, FontUse, Locator, Severity
from publisher.options import LATIN_ROLE, ROLES
from publisher.system.locked_cache import locked_cache
from publisher.text import unicode_data
from publisher.typeset.engine import Engine
from publisher.typeset.fonts.catalogue import Role, chain, load_catalogue
from publisher.typeset.fonts.library import (
    FontLibrary,
    load_library,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from publisher.model import Piece, SourceText
    from publisher.typeset.engine import EmbeddedFont


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetSession:
    """Fonts by role for one language, and the engine that sets with them."""

    families: Mapping[str, tuple[str, ...]]
    library: FontLibrary
    engine: Engine

    def check_coverage(
        self,
        source: SourceText,
        pieces: Iterable[Piece],
        *,
        where: str = "",
        missing_glyph: str = "mark",
    ) -> tuple[Finding, ...]:
        """Return a finding about the characters that no font of some role's chain has, which are set as their codes.

        With ``missing_glyph="error"`` they are a ``GlyphMissingError``. Right-to-left text is a ``TypesettingError`` with unmodified WeasyPrint only: its
        letters would come out of the finished file in the order of the page, not of the text.
        """
        offsets = dict(_first_places(source))
        for character in dict.fromkeys("".join([piece.text for piece in pieces])):
            offsets.setdefault(character, 0)
        if not self.engine.breaks_lines:
            _refuse_right_to_left(offsets, where)
        lacking: dict[str, int] = {}
        families: dict[str, None] = {}
        for names in dict.fromkeys(self.families.values()):
            if characters := self.library.lacking(names, offsets.items()):
                lacking |= characters
                families |= dict.fromkeys(names)
        if not lacking:
            return ()
        ordered = sorted(lacking.items(), key=itemgetter(1))
        message, hint = self.library.describe_missing(ordered, families)
        if missing_glyph == "error":
            raise GlyphMissingError(message, hint=hint, where=where)
        return (
            Finding(
                clause="glyph",
                severity=Severity.WARNING,
                message=translatable(
                    "{message}; the page shows codes, the text of the file has the characters",
                    message=message,
                ),
                hint=hint,
                locator=Locator(offset=ordered[0][1], length=1),
            ),
        )

    def font_findings(self) -> tuple[Finding, ...]:
        """Return a finding for each family that is missing, and whose characters another one supplies."""
        missing = {
            family.name: family
            for names in self.families.values()
            for family in self.library.replaced(names)
        }
        return tuple(
            Finding(
                clause="font",
                severity=Severity.WARNING,
                message=translatable(
                    "the font {name} is not on this machine; another takes its place",
                    name=family.name,
                ),
                hint=family.remedy,
            )
            for family in missing.values()
        )

    def fonts_used(self, embedded: Iterable[EmbeddedFont]) -> tuple[FontUse, ...]:
        """Describe the fonts that a finished file embeds."""
        catalogue = load_catalogue()
        known = {family.name: family for family in catalogue.families.values()}
        uses = []
        for font in embedded:
            family = known.get(font.family)
            uses.append(
                FontUse(
                    family=font.family,
                    style=font.style,
                    version=family.version if family else "",
                    licence=family.licence if family else "",
                    characters=font.characters,
                )
            )
        return tuple(uses)


def _refuse_right_to_left(offsets: Mapping[str, int], where: str) -> None:
    for character, offset in offsets.items():
        if unicode_data.bidirectional(character) in ("R", "AL"):
            raise TypesettingError(
                translatable(
                    "right-to-left text cannot be set: {character} (U+{code:04X}) at character {offset}",
                    character=character,
                    code=ord(character),
                    offset=offset,
                ),
                where=where,
                hint="leave out --engine stock",
            )


def _first_places(source: SourceText) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for text in source.texts():
        for character in dict.fromkeys(text.string):
            if character not in seen:
                seen.add(character)
                yield character, text.starts[text.string.index(character)]


def session_for(
    language: str, preferred: tuple[tuple[str, tuple[str, ...]], ...] = (), *, stock: bool = False
) -> TypesetSession:
    """Return the setting for a language; raise ``FontMissingError`` where a font is not here.

    With ``stock`` its engine is WeasyPrint as it comes.
    """
    library, families = require_fonts(language, preferred)
    engine = _engine(library, stock=stock)
    return TypesetSession(families=families, library=library, engine=engine)


def require_fonts(
    language: str, preferred: tuple[tuple[str, tuple[str, ...]], ...] = ()
) -> tuple[FontLibrary, dict[str, tuple[str, ...]]]:
    """Return the fonts and, by role, the families for a language, without loading Pango.

    Raise ``FontMissingError`` where one is not here.
    """
    chosen = dict(preferred)
    latin = chosen.get(LATIN_ROLE, ())
    families = {
        role: chain(Role(role), language, preferred=(*latin, *chosen.get(role, ())))
        for role in ROLES
    }
    names = _names(preferred)
    library = load_library(names, latin) if latin else load_library(names)
    for chosen_families in families.values():
        library.require(chosen_families)
    return library, families


def _names(preferred: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    return tuple(name for _, names in preferred for name in names)


@locked_cache
def _engine(library: FontLibrary, *, stock: bool) -> Engine:
    return Engine(library, patches=(), line_breaking=False) if stock else Engine(library)
