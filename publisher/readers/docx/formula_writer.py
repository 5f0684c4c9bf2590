"""Writes the formulas of a Word file into its text: a formula with its mark, or its words on one line and a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Locator
from publisher.readers.docx import text_builder
from publisher.readers.docx.alternate_content import effective_children
from publisher.readers.docx.finding_rules import FORMULA_ON_ONE_LINE
from publisher.readers.docx.formulas import (
    deleted_words,
    formula_words,
    mathml_tree,
    operators_around,
)
from publisher.readers.docx.text_builder import OBJECT, EditRule
from publisher.readers.formulas import REASON, RULE, formula_from_mathml
from publisher.text.mathml import MathMLError

if TYPE_CHECKING:
    from publisher.readers.docx.finding_collector import FindingCollector
    from publisher.readers.docx.package import Element
    from publisher.readers.docx.text_builder import Paragraph, TextBuilder

_RULE = EditRule(RULE, REASON)


class FormulaWriter:
    """Writes formulas into a text."""

    def __init__(self, builder: TextBuilder, findings: FindingCollector) -> None:
        """Write into ``builder``, and report to ``findings`` what cannot be set."""
        self._builder = builder
        self._findings = findings

    def write(
        self, formula: Element, omission: EditRule | None, paragraph: Paragraph, *, display: bool
    ) -> None:
        """Write an ``m:oMath`` element; ``display`` if it is on a line of its own."""
        if omission is not None:
            self._write_parts(formula, omission, paragraph)
            return
        start = self._builder.length
        try:
            converted = formula_from_mathml(mathml_tree(formula, display=display))
        except MathMLError as error:
            self._write_parts(formula, omission, paragraph)
            self._report(error, start)
            return
        words = formula_words(formula) or OBJECT
        self._builder.write_replaced(paragraph, converted.text, _RULE, before=words)
        self._builder.mark("formula", start, converted.mathml)
        self._builder.write(paragraph, deleted_words(formula), text_builder.DELETED)

    def _report(self, error: MathMLError, start: int) -> None:
        """Report a formula from ``start`` to the end of the text; one without words needs no report."""
        length = self._builder.length - start
        if length:
            locator = Locator(offset=start, length=length)
            self._findings.add(FORMULA_ON_ONE_LINE, locator, reason=error.reason)

    def _write_parts(
        self, parent: Element, omission: EditRule | None, paragraph: Paragraph
    ) -> None:
        """Write the words of a formula, with / for fractions and ^ for powers."""
        for element in effective_children(parent):
            if element.name in ("m:t", "w:t"):
                self._builder.write(paragraph, element.run_text(), omission)
                continue
            element_omission = omission or (
                text_builder.DELETED if element.name == "w:del" else None
            )
            before, after = operators_around(element)
            if before and element_omission is None:
                self._builder.write_replaced(paragraph, before, _RULE)
            self._write_parts(element, element_omission, paragraph)
            if after and element_omission is None:
                self._builder.write_replaced(paragraph, after, _RULE)
