"""Source and converted text side by side, for an editor who reads the proof of a conversion.

Input: a text before and after its conversion, and the characters and words with several counterparts. Output: a page with
a table of two columns, one row for each paragraph; each column has its own language and fonts, and the ambiguous
characters and words are underlined.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from publisher.model import Page
from publisher.render.custom_properties import root_rule
from publisher.render.page_text import read_page_text
from publisher.text.line_index import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from publisher.model import Conversion, SourceText, Text

CSS = """@page { size: A4; margin: 20mm 16mm; @bottom-center { content: counter(page); font: 9pt var(--song); } }
html { font: 10.5pt/1.6 var(--song); }
h1 { font: bold 14pt/1.4 var(--hei); margin: 0 0 4mm; bookmark-level: 1; }
p { margin: 0 0 4mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { border-bottom: 0.25pt solid #555; padding: 1mm 2mm; vertical-align: top; text-align: left; font-weight: normal; }
th { font-family: var(--hei); border-bottom-width: 0.8pt; }
.column-0 { width: 7%; }
u { text-decoration-thickness: 0.6pt; }
"""
HEADS = {"zh-Hans": ("行", "原文", "转换后"), "zh-Hant": ("行", "原文", "轉換後")}


def render_bilingual(
    before: SourceText,
    after: SourceText,
    conversion: Conversion,
    families: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> Page:
    """Return the page; ``families`` are the names of the font families by language and role."""
    from markupsafe import Markup

    ambiguous = {
        offset: len(item.before)
        for item in conversion.ambiguous
        for offset in (item.offset, *item.more)
    }
    heads = HEADS["zh-Hant" if "Hant" in after.language else "zh-Hans"]
    lines = LineIndex(before.decoded)
    rows = [
        Markup("<tr><td>{}</td><td lang={}>{}</td><td lang={}>{}</td></tr>").format(
            lines.line(source_line.starts[0]),
            before.language,
            _underline(source_line, ambiguous),
            after.language,
            _underline(converted_line, ambiguous),
        )
        for source_line, converted_line in zip(_paragraphs(before), _paragraphs(after), strict=True)
    ]
    title = f"{before.name} ({conversion.configuration})"
    html = Markup(
        '<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head><body>'
        '<main id="body" data-generated><h1>{}</h1><table><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></main></body></html>"
    ).format(
        after.language,
        title,
        title,
        Markup().join(
            Markup('<th scope="col" class="column-{}">{}</th>').format(number, head)
            for number, head in enumerate(heads)
        ),
        Markup().join(rows),
    )
    return Page(html=str(html), css=_css(before, after, families), pieces=read_page_text(str(html)))


def _css(
    before: SourceText,
    after: SourceText,
    families: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> str:
    def fonts(language: str, role: str) -> str:
        return ", ".join(f'"{name}"' for name in families[language][role])

    roles = {role: fonts(after.language, role) for role in families[after.language]}
    return f"{root_rule(roles)}{CSS}" + "".join(
        f'td[lang="{language}"] {{ font-family: {fonts(language, "song")}; }}\n'
        for language in (before.language, after.language)
    )


def _paragraphs(source: SourceText) -> Iterator[Text]:
    for text in source.texts():
        for line in text.lines():
            if line.string.strip():
                yield line


def _underline(line: Text, lengths: Mapping[int, int]) -> Markup:
    """Return a line with underlined spans; ``lengths`` are their lengths by offset in the source."""
    from markupsafe import Markup

    parts, position = [], 0
    for offset in sorted(lengths.keys() & set(line.starts)):
        start = bisect_left(line.starts, offset)
        end = min(start + lengths[offset], len(line))
        if start >= position:
            underlined = Markup("<u>{}</u>").format(line.string[start:end])
            parts += [line.string[position:start], underlined]
            position = end
    return Markup().join([*parts, line.string[position:]])
