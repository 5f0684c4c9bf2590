"""The element of a formula: its MathML, with its reading and its text on one line.

Input: the mark of a formula. Output: the element around its text, which is the annotation of the MathML. Browsers show the
MathML, screen readers speak the reading, and the typesetter draws it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.render.element_nesting import InlineElement
from publisher.render.formula_reading import read_formula
from publisher.text.mathml import MathMLError, parse_mathml, write_mathml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from markupsafe import Markup

    from publisher.model import Mark, Text
    from publisher.text.mark_spans import MarkIndex


def formula_elements(
    marks: MarkIndex, text: Text, start: int, stop: int, language: str
) -> Iterator[InlineElement]:
    """Yield the elements of the formulas in a part of a text.

    Args:
        marks: The marks of the report.
        text: The text.
        start: The first character of the part.
        stop: One past its last character.
        language: The language of the report, in whose script formulas are read.

    """
    for first, last, mark in marks.spans(text):
        if mark.kind == "formula" and start <= first and last <= stop:
            yield _element(mark, first, last, language)


def _element(mark: Mark, start: int, end: int, language: str) -> InlineElement:
    """Return the element of a formula; it has no tags if the MathML of its mark has no normal form."""
    from markupsafe import Markup

    try:
        math = parse_mathml(mark.value)
    except MathMLError:
        return InlineElement(start, end, Markup(), Markup())
    start_tag = Markup(
        '<math display="{}" aria-label="{}" data-source="{}+{}"><semantics><mrow>{}</mrow>'
        '<annotation encoding="text/plain">'
    ).format(
        math.get("display", "inline"),
        read_formula(math, language).strip("，"),
        mark.locator.offset,
        mark.locator.length,
        Markup().join(map(_markup, math)),
    )
    return InlineElement(start, end, start_tag, Markup("</annotation></semantics></math>"))


def _markup(part: Element) -> Markup:
    from markupsafe import Markup

    return Markup(write_mathml(part))  # noqa: S704 - its text is escaped
