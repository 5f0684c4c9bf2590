"""The front matter of a volume: a cover, and contents with an entry for each part.

Input: the parts and their page labels. Output: the HTML and CSS of the front matter, and the tagged PDF that is typeset
from them. All text is generated. The page labels are known before typesetting, so the contents need one layout
only. Entries are links to URLs of a private scheme; ``bind`` replaces them by links to the parts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from publisher.model import Page, SourceText
from publisher.render.custom_properties import root_rule
from publisher.render.page_text import read_page_text
from publisher.render.titles import break_title
from publisher.system.resources import styles_folder
from publisher.typeset.session import session_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jinja2 import Environment

    from publisher.typeset.engine import TypesetDocument
    from publisher.typeset.output.identification import Declaration
    from publisher.typeset.session import TypesetSession
    from publisher.volume.parts import Part

SCHEME = "part:"
"""The scheme of the entries' URLs, followed by the number of the part."""
TITLE_EMS = 15
"""Length of a title line on the cover in em: 150 mm at 28 pt."""
_HANS = {"contents": "目录", "year": "年", "page": "第{label}页", "comma": "，"}
_HANT = {"contents": "目錄", "year": "年", "page": "第{label}頁", "comma": "，"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents."""

    number: int
    title: str
    issuer: str
    year: str
    """The year as it is printed; empty if it is not known."""
    label: str
    """The label of the part's first page."""
    language: str
    """The language of the part; empty if it is that of the front matter."""
    address: str
    """The URL of the link until it is replaced."""
    link_text: str
    """The alternative description of the link."""


def typeset_front_matter(
    parts: Sequence[Part], labels: Sequence[str], declaration: Declaration
) -> tuple[TypesetDocument, Page]:
    """Typeset the front matter; ``labels`` are those of the parts' first pages.

    Returns the typeset PDF and the page that it was typeset from.
    """
    metadata = declaration.metadata
    languages = dict.fromkeys([metadata.language, *(part.language for part in parts)])
    sessions = {language: session_for(language) for language in languages}
    page = _page(parts, labels, declaration, sessions)
    session = sessions[metadata.language]
    findings = session.check_coverage(_NO_SOURCE, page.pieces, where=metadata.title)
    typeset = session.engine.typeset(page.html, page.css, declaration)
    return replace(typeset, findings=(*findings, *typeset.findings)), page


def _page(
    parts: Sequence[Part],
    labels: Sequence[str],
    declaration: Declaration,
    sessions: Mapping[str, TypesetSession],
) -> Page:
    metadata = declaration.metadata
    words = _HANT if "Hant" in metadata.language else _HANS
    html = (
        _environment()
        .get_template("volume.html.j2")
        .render(
            metadata=metadata,
            words=words,
            title_lines=break_title(metadata.title, TITLE_EMS),
            years=_years(parts, words),
            entries=[
                _entry(part, label, metadata.language, words)
                for part, label in zip(parts, labels, strict=True)
            ],
        )
    )
    return Page(html=html, css=_css(metadata.language, sessions), pieces=read_page_text(html))


def _entry(part: Part, label: str, language: str, words: Mapping[str, str]) -> Entry:
    year = f"{part.year}{words['year']}" if part.year else ""
    descriptions = [part.title, part.issuer, year, words["page"].format(label=label)]
    return Entry(
        number=part.number,
        title=part.title,
        issuer=part.issuer,
        year=year,
        label=label,
        language="" if part.language == language else part.language,
        address=f"{SCHEME}{part.number}",
        link_text=words["comma"].join(filter(None, descriptions)),
    )


def _years(parts: Iterable[Part], words: Mapping[str, str]) -> str:
    """Return the first and the last year of the parts; empty if none is known."""
    years = sorted({part.year for part in parts if part.year})
    return f"{'—'.join(dict.fromkeys((years[0], years[-1])))}{words['year']}" if years else ""


def _css(language: str, sessions: Mapping[str, TypesetSession]) -> str:
    def fonts(role: str, of: str) -> str:
        return ", ".join(f'"{family}"' for family in sessions[of].families[role])

    css = (styles_folder() / "volume" / "style.css").read_text(encoding="utf-8")
    roles = {role: fonts(role, language) for role in sessions[language].families}
    return f"{root_rule(roles)}{css}" + "".join(
        f'.toc [lang="{other}"] {{ font-family: {fonts("song", other)}; }}\n'
        f'.toc [lang="{other}"] .title {{ font-family: {fonts("hei", other)}; }}\n'
        for other in sessions
        if other != language
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(str(styles_folder() / "volume")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
    )


_NO_SOURCE = SourceText(
    name="",
    data=b"",
    decoded="",
    encoding="utf-8",
    encoding_confidence=1,
    media_type="text/plain",
    markup="none",
    segments=(),
)
"""The source of the front matter, which has none."""
