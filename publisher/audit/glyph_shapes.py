"""The shapes of glyphs against those of the publication made again: a font may show another digit than it says.

Input: the PDF as read, and the attempt to make it again. Output: findings. Text is read from the codes of a font, and seen
in the outlines of its glyphs; only a comparison with the font itself shows that they belong together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.output_names import PDF
from publisher.pdf.document import read_pdf
from publisher.pdf.font_names import without_subset_prefix
from publisher.pdf.glyph_outlines import outline_digests
from publisher.verify.record_rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.audit.remaking import Remaking
    from publisher.model import Finding
    from publisher.model.record_types import Record
    from publisher.pdf.document import PdfDocument

_MARKS_WITH_FORMS = frozenset("—…·“”‘’？！－／")
"""Marks whose form depends on the script and the neighbours, which builds of other days may have chosen otherwise."""
_MAX_QUOTED = 20
"""Characters that are named one by one."""
_Shapes = dict[str, dict[str, set[bytes]]]
"""By the name of a font, the outlines of the glyphs for each text."""


def shape_findings(pdf: PdfDocument, record: Record, remaking: Remaking) -> Iterator[Finding]:
    """Yield the characters whose glyphs have other shapes than in the publication made again, if there is one.

    Args:
        pdf: The PDF as read.
        record: Its record.
        remaking: The attempt to make the publication again.

    """
    if remaking.same_file or remaking.files is None or remaking.record is None:
        return
    versions = [
        {(font["family"], font["style"]): font["version"] for font in item["fonts"]}
        for item in (record, remaking.record)
    ]
    here = _shapes(read_pdf(remaking.files[PDF]))
    for name, characters in _shapes(pdf).items():
        known = here.get(name, {})
        differing = [
            text for text, shapes in characters.items() if shapes - known.get(text, shapes)
        ]
        formed = [text for text in differing if set(text) <= _MARKS_WITH_FORMS]
        other = [text for text in differing if text not in formed]
        unknown = [text for text in characters if text not in known]
        if other and versions[0] != versions[1]:
            message = translatable(
                "the shapes of {quote} in {name} differ: the fonts have other versions here",
                quote=_quote(other),
                name=name,
            )
            yield RULES.finding("uncompared", message)
        elif other:
            yield RULES.finding(
                "claim",
                translatable(
                    "fonts: the glyphs of {quote} in {name} are not those of the font",
                    quote=_quote(other),
                    name=name,
                ),
            )
        if formed:
            message = translatable(
                "the shapes of {quote} in {name} are not compared: a font has several forms of these marks",
                quote=_quote(formed),
                name=name,
            )
            yield RULES.finding("uncompared", message)
        if unknown:
            message = translatable(
                "the shapes of {quote} in {name} are not compared: made again, the file has none",
                quote=_quote(unknown),
                name=name,
            )
            yield RULES.finding("uncompared", message)


def _shapes(pdf: PdfDocument) -> _Shapes:
    """Return the shapes of the shown glyphs; copies of a font, for glyphs with several texts, are one."""
    shapes: _Shapes = {}
    for font in pdf.fonts:
        characters = font.shown_characters()
        try:
            digests = outline_digests(font, characters)
        except Exception:  # noqa: BLE001 - fontTools raises anything for a damaged font
            digests = dict.fromkeys(characters, b"damaged")
        by_text = shapes.setdefault(without_subset_prefix(font.name), {})
        for cid, digest in (digests or {}).items():
            for text in characters[cid]:
                by_text.setdefault(text, set()).add(digest)
    return shapes


def _quote(texts: list[str]) -> str:
    quoted = "、".join(f"“{text}”" for text in sorted(texts)[:_MAX_QUOTED])
    more = len(texts) - _MAX_QUOTED
    return (
        translatable("{quoted} and {more} more", quoted=quoted, more=more) if more > 0 else quoted
    )
