"""Containers of a Word file that only wrap what they hold, and what becomes of that.

Content controls (ECMA-376, 17.5.2), tracked insertions (17.13.5), smart tags, links and anything
unknown are seen through; what was deleted or never filled in meets its fate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.docx import text_builder
from publisher.readers.docx.fields import is_contents, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.readers.docx.package import Element
    from publisher.readers.docx.text_builder import Fate, Tape

SEEN = frozenset(
    "w:p w:tbl w:tr w:tc w:r w:t w:delText w:instrText w:delInstrText w:tab w:ptab w:br w:cr "
    "w:noBreakHyphen w:softHyphen w:sym w:fldChar w:footnoteReference w:endnoteReference w:drawing "
    "w:pict w:object w:altChunk w:subDoc m:oMath".split()
)
"""Elements that a walk stops at; all others are seen through."""
_PASSED = frozenset(
    "w:pPr w:rPr w:tblPr w:tblPrEx w:tblGrid w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:fldData "
    "w:smartTagPr w:customXmlPr w:rubyPr w:ffData".split()
)
"""Properties: they hold no text."""
_FATES = {
    "w:del": text_builder.DELETED,
    "w:moveFrom": text_builder.MOVED,
    "w:rt": text_builder.READING,
}
_INSERTIONS = ("w:ins", "w:moveTo")


@dataclass(frozen=True, slots=True)
class _End:
    """Stands where a tracked insertion ends."""

    start: int


def see_through(
    parent: Element, fate: Fate | None, written: Tape, inserted: Callable[[int], None]
) -> Iterator[tuple[Element, Fate | None]]:
    """Yield what a walk stops at inside ``parent``, each with its fate, in order.

    ``inserted`` is told where on the tape each tracked insertion began, when it has been walked.
    """
    waiting: list[tuple[Element | _End, Fate | None]] = [
        (one, fate) for one in reversed(parts(parent))
    ]
    while waiting:
        element, fate = waiting.pop()
        if isinstance(element, _End):
            inserted(element.start)
        elif element.name in SEEN:
            yield element, fate
        elif element.name not in _PASSED:
            if element.name in _INSERTIONS and fate is None:
                waiting.append((_End(written.length), None))
            inner = fate or _FATES.get(element.name) or _fate_of(element)
            waiting.extend((one, inner) for one in reversed(parts(element)))


def _fate_of(element: Element) -> Fate | None:
    """Return the fate that a content control or a simple field has for what it holds."""
    if element.name == "w:fldSimple" and is_contents(element.attributes.get("w:instr", "")):
        return text_builder.CONTENTS
    properties = element.child("w:sdtPr") if element.name == "w:sdt" else None
    if properties is None:
        return None
    if properties.flag("w:showingPlcHdr"):
        return text_builder.PLACEHOLDER
    gallery = properties.value("w:docPartObj", "w:docPartGallery") or ""
    return text_builder.CONTENTS if gallery.lower() == "table of contents" else None
