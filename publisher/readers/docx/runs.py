"""The runs of a paragraph (ECMA-376, 17.3.2): their characters onto the tape, each with its fate.

What stands in a run and is no text of the paragraph's own (text boxes, pictures, notes) is put
aside, for whoever walks the paragraphs to read after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.model import Locator, Severity
from publisher.readers.docx import text_builder
from publisher.readers.docx.containers import see_through
from publisher.readers.docx.drawings import read_drawing
from publisher.readers.docx.fields import parts
from publisher.readers.docx.symbols import is_private, symbol
from publisher.readers.docx.text_builder import Fate
from publisher.text.characters import TO_SUPERSCRIPT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from publisher.readers.docx.drawings import Shown
    from publisher.readers.docx.fields import Field
    from publisher.readers.docx.findings import Notices
    from publisher.readers.docx.package import Element, Relationship
    from publisher.readers.docx.styles_part import Styles
    from publisher.readers.docx.text_builder import Paragraph, Tape

MARK = Fate("note-mark", "the mark of a note, which Word counts for itself")
_LATIN = re.compile("[A-Za-z]$")
_NOTE_MARK = re.compile("[0-9]{1,2}")
_MARK = Fate("note-mark", "a raised figure behind words is the mark of a note")
_RAISED = Fate("superscript", "superscript figures, which would read as ordinary ones")
_FORMULA = Fate("formula", "a formula is written on one line")
_FORM = Fate("form-field", "what a field of a form, or a ring around a character, shows in print")
_RAISABLE = re.compile("[-−–+]?[0-9]{1,3}")
_BEFORE_RAISED = re.compile("(?:^|[^A-Za-z])[kcdmhnµμ]?m$|米$|[0-9)⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]$")
_CHARACTERS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:softHyphen": "\xad",
}
_DRAWINGS = ("w:drawing", "w:pict", "w:object")
_LARGEST_CODE = 0x10FFFF


@dataclass(slots=True)
class Story:
    """The part that is being walked, and where in its fields."""

    fields: Mapping[int, Field]
    relations: Mapping[str, Relationship]
    open: list[tuple[Field, bool]] = field(default_factory=list)
    """The fields that have begun, and whether their results have."""


@dataclass(slots=True)
class Aside:
    """What was met in a paragraph and is to be read after it."""

    boxes: list[tuple[Element, Fate | None]] = field(default_factory=list)
    lettering: list[tuple[str, Fate | None]] = field(default_factory=list)
    pictures: list[tuple[Shown, int]] = field(default_factory=list)
    notes: list[tuple[str, str, str, Fate | None]] = field(default_factory=list)
    """Kind, id, mark (empty where the file writes its own) and fate of each note."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run says of its characters, and the paragraph that they stand in."""

    into: Paragraph
    style: str
    raised: bool = False
    font: str = ""


class Runs:
    """Writes runs; what it meets on the way is in ``aside``."""

    def __init__(self, written: Tape, styles: Styles, notices: Notices, story: Story) -> None:
        """Begin at the start of a story."""
        self.story = story
        self.aside = Aside()
        self.both_kinds = False
        """Whether the file has footnotes and endnotes, which then need marks of their own."""
        self._tape = written
        self._styles = styles
        self._notices = notices
        self._counts = {"footnote": 0, "endnote": 0}
        self.read = 0
        """How many pieces of text were met."""
        self._writers: dict[str, Callable[[Element, Fate | None, _Run], None]] = {
            **dict.fromkeys(_CHARACTERS, self._character),
            **dict.fromkeys(_DRAWINGS, self._drawing),
            "w:t": self._text,
            "w:delText": self._deleted,
            "w:instrText": self._instruction,
            "w:delInstrText": self._instruction,
            "w:sym": self._symbol,
            "w:footnoteReference": self._note,
            "w:endnoteReference": self._note,
            "w:altChunk": self._unread,
            "w:subDoc": self._unread,
            "m:oMath": self._formula,
        }

    def inserted(self, start: int) -> None:
        """Tell of a tracked insertion that has just been walked."""
        if start < self._tape.length:
            self._notices.add(
                "tracked-insertion",
                "a tracked insertion is taken as accepted",
                hint="accept or reject the changes in Word to decide otherwise",
                locator=Locator(offset=start, length=self._tape.length - start),
            )

    def paragraph(self, element: Element, fate: Fate | None, into: Paragraph, style: str) -> None:
        """Write what a paragraph holds."""
        self._pieces(element, fate, _Run(into=into, style=style))

    def _pieces(self, element: Element, fate: Fate | None, run: _Run) -> None:
        for one, meets in see_through(element, fate, self._tape, self.inserted):
            if one.name == "w:fldChar":
                self._field(one, meets, run)
            elif one.name == "w:r":
                self._run(one, meets, run)
            elif write := self._writers.get(one.name):
                write(one, self._fate(meets), run)

    def _run(self, element: Element, fate: Fate | None, around: _Run) -> None:
        properties = element.child("w:rPr")
        own = (properties.value("w:rStyle") if properties else "") or ""
        if fate is None and self._has("w:vanish", properties, own, around.style):
            fate = text_builder.HIDDEN
        elif fate is None and any(
            self._has(name, properties, own, around.style) for name in ("w:strike", "w:dstrike")
        ):
            fate = text_builder.STRUCK
        raised = properties.value("w:vertAlign") if properties else None
        fonts = properties.child("w:rFonts") if properties else None
        run = replace(
            around,
            raised=raised == "superscript" if raised is not None else self._styles.raised(own),
            font=fonts.attributes.get("w:ascii", "") if fonts else "",
        )
        self._pieces(element, fate, run)

    def _has(self, name: str, properties: Element | None, own: str, style: str) -> bool:
        """Tell whether a run has a property, of its own or through its styles."""
        said = properties.flag(name) if properties else None
        if said is None:
            said = self._styles.flag(own, name)
        if said is None:
            said = self._styles.flag(style, name)
        return bool(said)

    def _character(self, element: Element, fate: Fate | None, run: _Run) -> None:
        self._tape.write(run.into, _CHARACTERS[element.name], fate)

    def _deleted(self, element: Element, fate: Fate | None, run: _Run) -> None:
        self._tape.write(run.into, _spaced(element), fate or text_builder.DELETED)

    def _instruction(self, element: Element, fate: Fate | None, run: _Run) -> None:
        self._tape.write(run.into, _spaced(element), fate or text_builder.FIELD)

    def _unread(self, element: Element, fate: Fate | None, _: _Run) -> None:
        if fate is None:
            self.told_unread(element.name)

    def told_unread(self, name: str) -> None:
        """Tell of a document that is put in as a whole, and not read."""
        what = "holds an embedded" if name == "w:altChunk" else "refers to another"
        self._notices.add(
            "embedded-document",
            f"{what} document that is not read",
            severity=Severity.WARNING,
            hint="open the file in Word, save it anew, and its text becomes part of it",
        )

    def _fate(self, fate: Fate | None) -> Fate | None:
        """Return the fate of text where the walk stands."""
        if fate is None:
            for one, shown in self.story.open:
                if not shown:
                    return text_builder.FIELD
                if one.is_contents:
                    fate = text_builder.CONTENTS
        return fate

    def _text(self, element: Element, fate: Fate | None, run: _Run) -> None:
        self.read += 1
        string = _spaced(element)
        raised = fate is None and run.raised and _RAISABLE.fullmatch(string)
        if raised and _BEFORE_RAISED.search(run.into.tail):
            self._tape.put(run.into, string.translate(TO_SUPERSCRIPT), _RAISED, before=string)
        elif raised and _NOTE_MARK.fullmatch(string) and not _LATIN.search(run.into.tail):
            self._tape.put(run.into, f"[{string}]", _MARK, before=string)
        elif fate is None and run.font and any(map(is_private, string)):
            for one in string:
                self._drawn(one, run.font, run.into)
        else:
            self._tape.write(run.into, string, fate)

    def _drawn(self, character: str, font: str, into: Paragraph) -> None:
        """Write a character that a symbol font draws."""
        known = symbol(character, font)
        code = f"{ord(character) & 0xFF:02X}"
        if known and known != character:
            fate = Fate("symbol-font", f"the font {font[:40]} draws {known} under the code {code}")
            self._tape.put(into, known, fate, before=character)
        elif known or not is_private(character):
            self._tape.write(into, character, None)
        else:
            fate = Fate("symbol-font", f"the font {font[:40]} draws it under the code {code}")
            place = self._tape.length
            self._tape.put(into, "\ufffd", fate, before=character)
            self._notices.add(
                "symbol-font",
                f"the sign {code} of the font {font[:40]} is not known, and shown as \ufffd",
                severity=Severity.WARNING,
                hint="write it as a character of an ordinary font",
                locator=Locator(offset=place, length=1),
            )

    def _symbol(self, element: Element, fate: Fate | None, run: _Run) -> None:
        try:
            code = int(element.attributes.get("w:char", ""), 16)
        except ValueError:
            code = 0xFFFD
        if not 0x20 <= code <= _LARGEST_CODE or 0xD800 <= code <= 0xDFFF:
            code = 0xFFFD
        if fate is None:
            self._drawn(chr(code), element.attributes.get("w:font", ""), run.into)
        else:
            self._tape.write(run.into, chr(code), fate)

    def _field(self, element: Element, fate: Fate | None, run: _Run) -> None:
        one = self.story.fields.get(id(element))
        if one is None:
            return
        kind, into = element.attributes.get("w:fldCharType"), run.into
        if kind == "begin":
            into.opens_contents = into.opens_contents or (one.is_contents and fate is None)
            shown = _form_value(element)
            if shown and self._fate(fate) is None:
                self._tape.put(into, shown, _FORM)
            self.story.open.append((one, False))
            return
        while self.story.open and self.story.open[-1][0] is not one:
            self.story.open.pop()
        if self.story.open:
            self.story.open.pop()
        if kind == "separate":
            self.story.open.append((one, True))
        elif one.lacks_result and self._fate(fate) is None:
            if one.enclosed:
                self._tape.put(into, one.enclosed, _FORM)
            else:
                self._notices.add(
                    "field",
                    f"a field has no result in the file, and is not shown: {one.code.strip()[:80]}",
                    severity=Severity.WARNING,
                    hint="update the fields in Word (Ctrl+A, F9), and save it anew",
                    locator=Locator(offset=into.start, length=self._tape.length - into.start),
                )

    def _note(self, element: Element, fate: Fate | None, run: _Run) -> None:
        kind = element.name.removeprefix("w:").removesuffix("Reference")
        own = element.attributes.get("w:customMarkFollows") in ("1", "true", "on")
        mark = ""
        if fate is None and not own:
            self._counts[kind] += 1
            sign = "注" if kind == "endnote" and self.both_kinds else ""
            mark = f"[{sign}{self._counts[kind]}]"
            self._tape.put(run.into, mark, MARK)
        self.aside.notes.append((kind, element.attributes.get("w:id", ""), mark, fate))

    def _drawing(self, element: Element, fate: Fate | None, _: _Run) -> None:
        drawing = read_drawing(element)
        self.aside.boxes.extend((one, fate) for one in drawing.boxes)
        self.aside.lettering.extend((one, fate) for one in drawing.lettering if one.strip())
        if fate is None:
            self.aside.pictures.extend((one, self._tape.length) for one in drawing.pictures)
            place = Locator(offset=self._tape.length, length=0)
            for clause, severity, message in drawing.unread:
                self._notices.add(
                    clause,
                    message,
                    severity=severity,
                    hint="put it into the report as a table, as text or as a picture",
                    locator=place,
                )

    def _formula(self, element: Element, fate: Fate | None, run: _Run) -> None:
        """Write a formula on one line, fractions with a slash, powers with ^, and tell of it."""
        start = self._tape.length
        self._formula_parts(element, fate, run.into)
        if fate is None and self._tape.length > start:
            self._notices.add(
                "formula",
                "a formula is written on one line, without its layout",
                severity=Severity.WARNING,
                hint="compare it with the source",
                locator=Locator(offset=start, length=self._tape.length - start),
            )

    def _formula_parts(self, element: Element, fate: Fate | None, into: Paragraph) -> None:
        for one in parts(element):
            if one.name in ("m:t", "w:t"):
                self.read += one.name == "w:t"
                self._tape.write(into, _spaced(one), fate)
                continue
            meets = fate or (text_builder.DELETED if one.name == "w:del" else None)
            before, after = _formula_signs(one)
            if before and meets is None:
                self._tape.put(into, before, _FORMULA)
            self._formula_parts(one, meets, into)
            if after and meets is None:
                self._tape.put(into, after, _FORMULA)


_SIGNS = {
    "m:den": ("/", ""),
    "m:sup": ("^", ""),
    "m:sub": ("_", ""),
    "m:rad": ("√", ""),
    "m:d": ("(", ")"),
}
_OPERANDS = ("m:num", "m:den", "m:sup", "m:sub")


def _formula_signs(element: Element) -> tuple[str, str]:
    """Return what stands before and after a part of a formula when it is on one line."""
    before, after = _SIGNS.get(element.name, ("", ""))
    if element.name in _OPERANDS:
        inside = [one.text for one in element.walk() if one.name == "m:t"]
        if not all(map(str.isalnum, inside)):
            return f"{before}(", f"){after}"
    if element.name == "m:nary":
        sign = next((one for one in element.walk() if one.name == "m:chr"), None)
        return sign.attributes.get("m:val", "") if sign else "∫", ""
    return before, after


def _form_value(element: Element) -> str:
    """Return what a field of a form shows, where its value is a property and not a result."""
    data = element.child("w:ffData")
    box = data.child("w:checkBox") if data else None
    if box:
        checked = box.flag("w:checked")
        return "☑" if (box.flag("w:default") if checked is None else checked) else "☐"
    choices = data.child("w:ddList") if data else None
    if choices:
        named = [
            one.attributes.get("w:val", "") for one in choices.children if one.name == "w:listEntry"
        ]
        chosen = choices.value("w:result") or "0"
        if chosen.isdecimal() and len(chosen) < 5 and int(chosen) < len(named):
            return named[int(chosen)]
    return ""


def _spaced(element: Element) -> str:
    """Return an element's text; white space at its ends counts only where it is said to."""
    text = element.text
    if element.attributes.get("xml:space") != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\r", " ").replace("\n", " ")
