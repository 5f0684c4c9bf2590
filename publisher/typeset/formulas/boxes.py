"""The text boxes of formulas: WeasyPrint's box for a ``math`` element is a text with a drawing.

In: an element of the page, whose annotation is the formula on one line. Out: its box, with one text box inside that has
the drawing as its attribute ``formula``. A formula that cannot be drawn is a text without it, and is reported.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.model import Finding, Locator, Severity
from publisher.text.characters import is_cjk
from publisher.text.mathml import MathMLError, local_name, normal_form, write_mathml
from publisher.typeset.formulas.drawing import FormulaDrawingError, draw_formula

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from publisher.typeset.formulas.drawing import FormulaDrawing

MATH = "{http://www.w3.org/1998/Math/MathML}math"
"""The name of the element in the tree of a page."""
MAX_HEIGHT, MAX_WIDTH = 25.0, 400.0
"""The largest drawing that is set, in em."""


def formula_boxes(element: Element, box: Any, report: Callable[[Finding], None]) -> list[Any]:
    """Return the boxes of a ``math`` element, and report a formula that is set as text."""
    from publisher._weasyprint.formatting_structure import boxes

    text = formula_text(element)
    if not text:
        return []
    text_box = boxes.TextBox.anonymous_from(box, text)
    try:
        text_box.formula = _drawing(element, text)
    except (FormulaDrawingError, MathMLError) as error:
        report(_finding(element, text, error))
    box.children = [text_box]
    return [box]


def formula_text(element: Element) -> str:
    """Return the text of a formula on one line, its annotation in plain text (MathML 3.0, 5.1)."""
    annotations = (part for part in element.iter() if local_name(part) == "annotation")
    return " ".join("".join(next(annotations, element).itertext()).split())


def _drawing(element: Element, text: str) -> FormulaDrawing:
    """Return the drawing of a formula, whose Chinese characters must all be in its text."""
    drawing = draw_formula(write_mathml(normal_form(element)))
    if drawing.height + drawing.depth > MAX_HEIGHT or drawing.width > MAX_WIDTH:
        raise FormulaDrawingError("it is too large")
    drawn = Counter(character.character for character in drawing.characters)
    if drawn - Counter(filter(is_cjk, text)):
        raise FormulaDrawingError("its words differ from those of the text")
    return drawing


def _finding(element: Element, text: str, error: Exception) -> Finding:
    offset, _, length = element.get("data-source", "").partition("+")
    quoted = text if len(text) <= 40 else f"{text[:40]}…"
    return Finding(
        clause="formula",
        severity=Severity.WARNING,
        message=translatable(
            "the formula “{quoted}” is set as text: {error}", quoted=quoted, error=error
        ),
        hint="compare it with the source, or write it in a simpler way",
        locator=Locator(offset=int(offset), length=int(length)) if offset else None,
    )
