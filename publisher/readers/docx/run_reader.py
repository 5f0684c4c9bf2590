"""The runs of a paragraph (ECMA-376, 17.3.2): reads their content into a ``TextBuilder``.

Content that is anchored in a run but is not text of the paragraph (text boxes, pictures, notes) is
collected in ``anchored``, and read after the paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.model import Locator
from publisher.readers.docx import text_builder
from publisher.readers.docx.alternate_content import effective_children
from publisher.readers.docx.drawings import read_drawing
from publisher.readers.docx.field_results import FORM_FIELD, FieldResults
from publisher.readers.docx.fields import Field, form_field_value, ruby_texts
from publisher.readers.docx.finding_rules import (
    EMBEDDED_DOCUMENT,
    FIELD_WITHOUT_RESULT,
    PROMPT_AS_TEXT,
    TRACKED_INSERTION,
)
from publisher.readers.docx.formula_writer import FormulaWriter
from publisher.readers.docx.formulas import formula_words
from publisher.readers.docx.run_marks import run_mark_kinds, run_shift
from publisher.readers.docx.run_text import CAPITALS, CombinedLines, to_capitals
from publisher.readers.docx.styles_part import latin_font
from publisher.readers.docx.symbol_writer import SymbolWriter
from publisher.readers.docx.symbols import is_symbol_code, is_symbol_font
from publisher.readers.docx.text_builder import EditRule, Run
from publisher.readers.docx.transparent_elements import FIELD_BLOCKS, unwrap_elements
from publisher.text.addresses import followable_address
from publisher.text.ruby_readings import IN_BRACKETS_REASON, in_brackets, is_set_above

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from publisher.readers.docx.drawings import DrawnObject, DrawnPicture
    from publisher.readers.docx.finding_collector import FindingCollector
    from publisher.readers.docx.package import Element, Relationship
    from publisher.readers.docx.styles_part import Styles
    from publisher.readers.docx.text_builder import Paragraph, TextBuilder

_COUNTED_NOTE_MARK = EditRule("note-mark", "the mark of a note, which Word counts for itself")
_READING = EditRule("ruby-brackets", IN_BRACKETS_REASON)
_OBJECT_GAP = EditRule("object-gap", "an object between two figures, which would become one")
_CHARACTERS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:softHyphen": "\xad",
}
_CAPITALS = ("w:caps", "w:smallCaps")
_PROMPT_STYLES = ("placeholder text", "占位符文本", "預留位置文字")
"""The style that Word gives the prompts of content controls."""
_DRAWINGS = ("w:drawing", "w:pict", "w:object")


@dataclass(slots=True)
class Story:
    """The story that is being read, and the fields that are open in it."""

    fields: Mapping[int, Field]
    """The field of each field character, by ``id()`` of the character's element."""
    relationships: Mapping[str, Relationship]
    """The relationships of its part, by id."""
    open_fields: list[tuple[Field, bool]] = field(default_factory=list)
    """The fields that have begun, each with whether its result has begun."""


@dataclass(slots=True)
class AnchoredContent:
    """Content that is anchored in a paragraph and is read after it."""

    text_boxes: list[tuple[Element, EditRule | None]] = field(default_factory=list)
    lettering: list[tuple[str, EditRule | None]] = field(default_factory=list)
    pictures: list[tuple[DrawnPicture, int]] = field(default_factory=list)
    """Each picture and its offset in the text."""
    objects: list[tuple[DrawnObject, int]] = field(default_factory=list)
    """Each chart or diagram and its offset in the text."""
    notes: list[tuple[str, str, str, EditRule | None]] = field(default_factory=list)
    """Kind, id, mark (empty where the file writes its own) and omission of each note."""


@dataclass(frozen=True, slots=True)
class _RunProperties:
    """The properties of a run that its characters depend on, and the paragraph around it."""

    paragraph: Paragraph
    paragraph_style: str
    font: str = ""
    has_capitals: bool = False
    """Whether its letters are set as capitals, or as small ones."""


class RunReader:
    """Reads runs into a text; anchored content is collected in ``anchored``."""

    def __init__(
        self, builder: TextBuilder, styles: Styles, findings: FindingCollector, story: Story
    ) -> None:
        """Start in a story."""
        self.story = story
        self.anchored = AnchoredContent()
        self.has_both_note_kinds = False
        """Whether the file has footnotes and endnotes, whose marks then differ."""
        self.text_elements_read = 0
        """How many ``w:t`` elements were read."""
        self._builder = builder
        self._styles = styles
        self._findings = findings
        self._formulas = FormulaWriter(builder, findings)
        self._symbols = SymbolWriter(builder, findings)
        self._field_results = FieldResults(builder, findings)
        self._combined_lines = CombinedLines(builder)
        self._note_counts = {"footnote": 0, "endnote": 0}
        self._note_marks: dict[tuple[str, str], str] = {}
        """The counted mark of each note that the text refers to, by kind and id."""
        self._object_end = -1
        """Where the text continues behind the last drawing or object."""
        self._writers: dict[str, Callable[[Element, EditRule | None, _RunProperties], None]] = {
            **dict.fromkeys(_CHARACTERS, self._write_character),
            **dict.fromkeys(_DRAWINGS, self._collect_drawing),
            "w:t": self._write_text,
            "w:delText": self._write_deleted,
            "w:instrText": self._write_instruction,
            "w:delInstrText": self._write_instruction,
            "w:sym": self._write_symbol,
            "w:footnoteReference": self._write_note_mark,
            "w:endnoteReference": self._write_note_mark,
            "w:altChunk": self._report_unread,
            "w:subDoc": self._report_unread,
            "m:oMath": self._write_formula,
            "m:oMathPara": self._write_formula,
            **dict.fromkeys(FIELD_BLOCKS, self._report_block),
        }

    def end_container(self, element: Element, start: int) -> None:
        """Handle the end of a container whose content begins at ``start``: mark links and ruby, report fields and insertions."""
        if element.name == "w:hyperlink":
            self._builder.mark("link", start, self._link_address(element))
        elif element.name == "w:ruby":
            self._set_reading(element, start)
        elif element.name == "w:fldSimple":
            text = "".join(part.run_text() for part in element.walk() if part.name == "w:t")
            field_read = Field(element.attributes.get("w:instr", ""), text)
            self._field_results.report_doubtful(field_read, start)
        elif start < self._builder.length:
            self._findings.add(TRACKED_INSERTION, self._locator_from(start))

    def _set_reading(self, element: Element, start: int) -> None:
        """Mark the base of a ruby; write a reading that cannot be set above it in brackets."""
        base, reading = ruby_texts(element)
        if is_set_above(base, reading):
            self._builder.mark("ruby", start, reading)
        elif reading:
            paragraph = self._builder.paragraphs[-1]
            self._builder.write_replaced(paragraph, in_brackets(reading), _READING)

    def _link_address(self, element: Element) -> str:
        relationship = self.story.relationships.get(element.attributes.get("r:id", ""))
        is_external = relationship is not None and relationship.external
        return followable_address(relationship.target) if relationship and is_external else ""

    def read_paragraph(
        self, element: Element, omission: EditRule | None, paragraph: Paragraph, style: str
    ) -> None:
        """Read the content of a ``w:p`` element into ``paragraph``."""
        run = _RunProperties(paragraph=paragraph, paragraph_style=style)
        self._read_content(element, omission, run)
        self._combined_lines.end_group(paragraph)

    def report_unread_document(self, element_name: str) -> None:
        """Report a whole document that is embedded or referred to, and not read."""
        verb = "holds an embedded" if element_name == "w:altChunk" else "refers to another"
        self._findings.add(EMBEDDED_DOCUMENT, verb=verb)

    def _locator_from(self, start: int) -> Locator:
        return Locator(offset=start, length=self._builder.length - start)

    def _read_content(
        self, parent: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        for element, element_omission in unwrap_elements(
            parent, omission, self._builder, self.end_container
        ):
            if element.name == "w:fldChar":
                self._read_field_character(element, element_omission, run)
            elif element.name == "w:r":
                self._read_run(element, element_omission, run)
            elif write := self._writers.get(element.name):
                write(element, self._field_omission(element_omission), run)

    def _read_run(self, element: Element, omission: EditRule | None, outer: _RunProperties) -> None:
        properties = element.child("w:rPr")
        style = (properties.value("w:rStyle") if properties else "") or ""
        if omission is None and self._has_property("w:vanish", properties, style, outer):
            omission = text_builder.HIDDEN
        font = latin_font(properties) or self._styles.font(style)
        run = replace(
            outer,
            font=font or self._styles.font(outer.paragraph_style),
            has_capitals=any(
                self._has_property(name, properties, style, outer) for name in _CAPITALS
            ),
        )
        if omission is None:
            self._combined_lines.begin_run(properties, outer.paragraph)
        start = self._builder.length
        self._read_content(element, omission, run)
        arguments = properties, style, outer.paragraph_style, self._styles
        for kind in run_mark_kinds(*arguments):
            self._builder.mark(kind, start)
        if omission is None and self._builder.length > start:
            if self._styles.name(style).lower() in _PROMPT_STYLES:
                self._findings.add(PROMPT_AS_TEXT, self._locator_from(start))
            self._builder.runs.append(Run(start, self._builder.length, *run_shift(*arguments)))

    def _has_property(
        self, name: str, properties: Element | None, style: str, outer: _RunProperties
    ) -> bool:
        """Return whether a run has a property, directly or through one of its styles."""
        value = properties.flag(name) if properties else None
        if value is None:
            value = self._styles.flag(style, name)
        if value is None:
            value = self._styles.flag(outer.paragraph_style, name)
        return bool(value)

    def _write_character(
        self, element: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        self._builder.write(run.paragraph, _CHARACTERS[element.name], omission)

    def _write_deleted(
        self, element: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        self._builder.write(run.paragraph, element.run_text(), omission or text_builder.DELETED)

    def _write_instruction(
        self, element: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        self._builder.write(
            run.paragraph, element.run_text(), omission or text_builder.FIELD_INSTRUCTION
        )

    def _report_unread(
        self, element: Element, omission: EditRule | None, _: _RunProperties
    ) -> None:
        if omission is None:
            self.report_unread_document(element.name)

    def _report_block(
        self, element: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        """Report a date or a page number that Word writes in place of an element."""
        if omission is None:
            name = element.name.removeprefix("w:")
            self._findings.add(
                FIELD_WITHOUT_RESULT, self._locator_from(run.paragraph.start), instruction=name
            )

    def _field_omission(self, omission: EditRule | None) -> EditRule | None:
        """Return the omission of a text, with that of the fields around it."""
        if omission is None:
            for open_field, in_result in self.story.open_fields:
                if not in_result:
                    return text_builder.FIELD_INSTRUCTION
                if open_field.is_contents:
                    omission = text_builder.TABLE_OF_CONTENTS
                elif open_field.is_repetition:
                    omission = text_builder.REPEATED_FIELD
                elif open_field.is_prompt:
                    omission = text_builder.PLACEHOLDER
                elif not open_field.is_shown:
                    omission = text_builder.HIDDEN
        return omission

    def _write_text(self, element: Element, omission: EditRule | None, run: _RunProperties) -> None:
        self.text_elements_read += 1
        string = element.run_text()
        if omission is None:
            self._part_figures(string, run.paragraph)
        if omission is None and (is_symbol_font(run.font) or any(map(is_symbol_code, string))):
            for character in string:
                self._symbols.write(character, run.font, run.paragraph)
        elif omission is None and run.has_capitals and string != (shown := to_capitals(string)):
            self._builder.write_replaced(run.paragraph, shown, CAPITALS, before=string)
        else:
            self._builder.write(run.paragraph, string, omission)

    def _part_figures(self, string: str, paragraph: Paragraph) -> None:
        """Leave a gap where an object parts two figures, so that they do not become one."""
        is_behind_object = self._object_end == self._builder.length
        if is_behind_object and string[:1].isdigit() and paragraph.tail[-1:].isdigit():
            self._builder.write_replaced(paragraph, " ", _OBJECT_GAP)

    def _write_symbol(
        self, element: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        self._symbols.write_element(element, omission, run.paragraph)

    def _read_field_character(
        self, element: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        """Open or close a field; write what it shows where the file has no result of it."""
        current = self.story.fields.get(id(element))
        if current is None:
            return
        kind, paragraph = element.attributes.get("w:fldCharType"), run.paragraph
        open_fields = self.story.open_fields
        if kind == "begin":
            value = form_field_value(element)
            if value and self._field_omission(omission) is None:
                self._builder.write_replaced(paragraph, value, FORM_FIELD)
            open_fields.append((current, False))
            return
        while open_fields and open_fields[-1][0] is not current:
            open_fields.pop()
        if open_fields:
            open_fields.pop()
        if kind == "separate":
            current.result_start = self._builder.length
            open_fields.append((current, True))
        elif current.separated:
            self._builder.mark("link", current.result_start, current.link_address)
            if self._field_omission(omission) is None:
                self._field_results.report_doubtful(current, current.result_start)
        elif current.lacks_result and self._field_omission(omission) is None:
            self._field_results.write_missing(current, paragraph)

    def _write_note_mark(
        self, element: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        """Write the mark of a note, and have the note read below the paragraph; all references have one mark."""
        kind = element.name.removeprefix("w:").removesuffix("Reference")
        note = kind, element.attributes.get("w:id", "")
        has_own_mark = element.attributes.get("w:customMarkFollows") in ("1", "true", "on")
        mark = self._note_marks.get(note, "")
        is_read = bool(mark) and omission is None
        if omission is None and not has_own_mark:
            if not mark:
                self._note_counts[kind] += 1
                prefix = "注" if kind == "endnote" and self.has_both_note_kinds else ""
                mark = self._note_marks[note] = f"[{prefix}{self._note_counts[kind]}]"
            self._builder.write_replaced(run.paragraph, mark, _COUNTED_NOTE_MARK)
        if not is_read:
            self.anchored.notes.append((*note, mark, omission))

    def _collect_drawing(
        self, element: Element, omission: EditRule | None, _: _RunProperties
    ) -> None:
        drawing = read_drawing(element)
        self.anchored.text_boxes.extend((box, omission) for box in drawing.text_boxes)
        self.anchored.lettering.extend(
            (string, omission) for string in drawing.lettering if string.strip()
        )
        if omission is None:
            self._object_end = offset = self._builder.length
            self.anchored.pictures.extend((picture, offset) for picture in drawing.pictures)
            self.anchored.objects.extend((drawn, offset) for drawn in drawing.objects)
            for rule, values in drawing.unsupported:
                self._findings.add(rule, Locator(offset=offset, length=0), **values)

    def _write_formula(
        self, element: Element, omission: EditRule | None, run: _RunProperties
    ) -> None:
        """Write a formula, or the formulas that stand on a line of their own."""
        self.text_elements_read += sum(part.name == "w:t" for part in element.walk())
        if element.name == "m:oMath":
            self._formulas.write(element, omission, run.paragraph, display=False)
            return
        for child in effective_children(element):
            if child.name == "m:oMath":
                self._formulas.write(child, omission, run.paragraph, display=True)
            else:
                self._builder.write(run.paragraph, formula_words(child), omission)
