"""Transparent elements of a Word file: containers whose content belongs to the text around them.

Content controls (ECMA-376, 17.5.2), tracked insertions (17.13.5), smart tags, links and unknown
elements are replaced by their content. The content of deletions, of prompts that nobody filled in
and of tables of contents is marked as left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.docx import text_builder
from publisher.readers.docx.alternate_content import effective_children
from publisher.readers.docx.fields import is_contents_instruction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.readers.docx.package import Element
    from publisher.readers.docx.text_builder import EditRule, TextBuilder

FIELD_BLOCKS = (
    *(f"w:{part}{length}" for part in ("day", "month", "year") for length in ("Short", "Long")),
    "w:pgNum",
)
"""Elements for which Word writes the current date or page (17.3.3); the file has no result."""
CONTENT_ELEMENTS = frozenset(FIELD_BLOCKS).union(
    "w:p w:tbl w:tr w:tc w:r w:t w:delText w:instrText w:delInstrText w:tab w:ptab w:br w:cr "
    "w:noBreakHyphen w:softHyphen w:sym w:fldChar w:footnoteReference w:endnoteReference w:drawing "
    "w:pict w:object w:altChunk w:subDoc m:oMath m:oMathPara".split()
)
"""Elements that the reader handles itself; all others are transparent or hold no text."""
_PROPERTY_ELEMENTS = frozenset(
    "w:pPr w:rPr w:tblPr w:tblPrEx w:tblGrid w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:fldData "
    "w:smartTagPr w:customXmlPr w:rubyPr w:ffData".split()
)
"""Properties of other elements; they hold no text."""
_OMITTED_ELEMENTS = {
    "w:del": text_builder.DELETED,
    "w:moveFrom": text_builder.MOVED_AWAY,
    "w:rt": text_builder.RUBY_READING,
}
"""Containers whose content is always left out, and the rule for it."""
_INSERTIONS = ("w:ins", "w:moveTo")
_MARKED = ("w:hyperlink", "w:ruby", "w:fldSimple")
"""Containers that say something about their content."""


@dataclass(frozen=True, slots=True)
class _ContainerEnd:
    """Marks on the stack where a container ends."""

    element: Element
    start: int
    """The length of the text when the container began."""


def unwrap_elements(
    parent: Element,
    omission: EditRule | None,
    builder: TextBuilder,
    on_end: Callable[[Element, int], None],
) -> Iterator[tuple[Element, EditRule | None]]:
    """Yield the content elements inside ``parent`` in document order.

    Args:
        parent: The element whose content is read.
        omission: The rule that leaves out all of this content, or None.
        builder: The text that is being built; its length locates containers.
        on_end: Called after each tracked insertion, link and ruby with its element and the length that
            the text had when it began.

    Yields:
        Each content element, and the rule under which it is left out, or None.

    """
    stack: list[tuple[Element | _ContainerEnd, EditRule | None]] = [
        (child, omission) for child in reversed(effective_children(parent))
    ]
    while stack:
        element, element_omission = stack.pop()
        if isinstance(element, _ContainerEnd):
            on_end(element.element, element.start)
        elif element.name in CONTENT_ELEMENTS:
            yield element, element_omission
        elif element.name not in _PROPERTY_ELEMENTS:
            if element.name in (*_INSERTIONS, *_MARKED) and element_omission is None:
                stack.append((_ContainerEnd(element, builder.length), None))
            inner_omission = (
                element_omission
                or _OMITTED_ELEMENTS.get(element.name)
                or _container_omission(element)
            )
            stack.extend((child, inner_omission) for child in reversed(effective_children(element)))


def _container_omission(element: Element) -> EditRule | None:
    """Return the rule that leaves out the content of a content control or a simple field."""
    if element.name == "w:fldSimple" and is_contents_instruction(
        element.attributes.get("w:instr", "")
    ):
        return text_builder.TABLE_OF_CONTENTS
    properties = element.child("w:sdtPr") if element.name == "w:sdt" else None
    if properties is None:
        return None
    if properties.flag("w:showingPlcHdr"):
        return text_builder.PLACEHOLDER
    gallery = properties.value("w:docPartObj", "w:docPartGallery") or ""
    return text_builder.TABLE_OF_CONTENTS if gallery.lower() == "table of contents" else None
