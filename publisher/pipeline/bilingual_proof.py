"""The bilingual proof of a conversion: source and converted text side by side, for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.model import Metadata
from publisher.profiles import PROFILES
from publisher.render.bilingual import render_bilingual
from publisher.system.document_date import timestamp
from publisher.typeset.output.identification import Declaration
from publisher.typeset.session import session_for

if TYPE_CHECKING:
    from publisher.model import Conversion, SourceText
    from publisher.options import Options


def typeset_bilingual_proof(
    before: SourceText, after: SourceText, conversion: Conversion, options: Options
) -> bytes:
    """Return the proof as a PDF with the profile ``draft``."""
    sessions = {
        language: session_for(language, options.fonts, stock=options.engine == "stock")
        for language in (before.language, after.language)
    }
    families = {language: session.families for language, session in sessions.items()}
    page = render_bilingual(before, after, conversion, families)
    declaration = Declaration(
        profile=PROFILES["draft"],
        metadata=Metadata(
            title=f"{before.name} {conversion.configuration}", language=after.language
        ),
        timestamp=timestamp(""),
        producer=f"Publisher {__version__}",
        creator=f"Publisher {__version__}",
    )
    return sessions[after.language].engine.typeset(page.html, page.css, declaration).pdf
