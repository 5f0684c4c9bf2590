"""What fields of a Word file show: writes results that the file does not have, and reports those that may be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Locator
from publisher.readers.docx.finding_rules import DOUBTFUL_RESULT, FIELD_WITHOUT_RESULT
from publisher.readers.docx.text_builder import EditRule

if TYPE_CHECKING:
    from publisher.readers.docx.fields import Field
    from publisher.readers.docx.finding_collector import FindingCollector
    from publisher.readers.docx.text_builder import Paragraph, TextBuilder

FORM_FIELD = EditRule(
    "form-field", "what a form field, or a field that encloses a character, shows in print"
)


class FieldResults:
    """Writes and reports the results of fields."""

    def __init__(self, builder: TextBuilder, findings: FindingCollector) -> None:
        """Write into ``builder``, and report to ``findings``."""
        self._builder = builder
        self._findings = findings

    def report_doubtful(self, field: Field, start: int) -> None:
        """Report a field whose result, which begins at ``start``, may be wrong."""
        result = field.doubtful_result
        if result:
            locator = Locator(offset=start, length=self._builder.length - start)
            self._findings.add(DOUBTFUL_RESULT, locator, kind=field.kind, result=result)

    def write_missing(self, field: Field, paragraph: Paragraph) -> None:
        """Write the character that a field encloses; report any other field without a result."""
        base, reading = field.ruby
        shown = field.enclosed_character or field.symbol or base
        start = self._builder.length
        if shown:
            self._builder.write_replaced(paragraph, shown, FORM_FIELD)
            self._builder.mark("ruby", start, reading)
            return
        locator = Locator(offset=paragraph.start, length=start - paragraph.start)
        instruction = field.instruction.strip()[:80]
        self._findings.add(FIELD_WITHOUT_RESULT, locator, instruction=instruction)
