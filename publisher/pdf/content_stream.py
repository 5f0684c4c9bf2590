"""Interpretation of content streams: the glyphs of a page, with positions and marked content.

Input: ``/Contents`` and ``/Resources`` of a page from pypdf. Output: one ``GlyphRun`` for each string
that is shown, in painting order, form XObjects included. Serves ISO 32000-1 8.4 (graphics state), 8.10
(forms), 9.3 and 9.4 (text state and objects) and 14.6 (marked content). Only horizontal writing is
supported; clipping paths are not computed.
"""

from __future__ import annotations

from copy import copy
from math import hypot
from typing import TYPE_CHECKING, Any, ClassVar, Final

from publisher.messages import translatable
from publisher.pdf.font_encoding import UNMAPPED, Font
from publisher.pdf.geometry import IDENTITY, Matrix, multiply
from publisher.pdf.glyph_run import NO_POSITIONS, GlyphPositions, GlyphRun, MarkedSequence
from publisher.pdf.syntax import (
    DAMAGED,
    MAX_CONTENT_BYTES,
    ContentError,
    ContentLimitError,
    Name,
    instructions,
    object_number,
    resolve,
    stream_data,
    text_string,
)
from publisher.pdf.text_state import TextState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MAX_FORM_DEPTH: Final = 16
"""Nesting depth of form XObjects; a page of this program has one or two."""
MAX_SAVED_STATES: Final = 1_000
"""Nesting depth of saved graphics states (q); ISO 32000-1, Annex C, gives 28 as a limit of readers."""
Operator = tuple[tuple[Any, ...] | None, "Callable[..., None]"]
"""The types of an operator's operands, and the method that executes it.

With ``None`` instead of types, the method takes all operands as one list.
"""


class Interpreter:
    """The interpreter of one page's content: the current state, and the runs so far."""

    operators: ClassVar[Mapping[bytes, Operator]] = {}
    decode = staticmethod(stream_data)
    """The function that decodes the streams of forms."""

    def __init__(self, fonts: dict[object, Font]) -> None:
        """Begin an empty page; ``fonts`` is a cache that the pages of a file share."""
        self.fonts = fonts
        self.runs: list[GlyphRun] = []
        self.state = TextState()
        self.state_stack: list[TextState] = []
        self.text_matrix = self.line_matrix = IDENTITY
        self.sequences: tuple[MarkedSequence, ...] = ()
        """The open marked-content sequences, outermost first."""
        self.resources: Mapping[str, Any] = {}
        self.fonts_by_name: dict[str, Font] = {}
        """The fonts of the current resources that have been selected."""
        self.open_forms: tuple[int, ...] = ()
        """The keys of the form XObjects that are being painted, outermost first."""
        self.bytes_left = MAX_CONTENT_BYTES
        self.outer_sequences = 0
        """The number of sequences that were open when the current stream began."""

    def interpret(self, data: bytes, resources: Mapping[str, Any]) -> None:
        """Interpret a content stream; what it leaves open is closed at its end.

        Raises:
            ContentError: The stream is malformed, or the page's content is too large.

        """
        self.bytes_left -= len(data)
        if self.bytes_left < 0:
            raise ContentLimitError(
                translatable(
                    "the content of a page is larger than {max_content_bytes:,} bytes",
                    max_content_bytes=MAX_CONTENT_BYTES,
                ),
                hint=DAMAGED,
            )
        outer = self.resources, self.fonts_by_name, self.state_stack, self.sequences
        self.resources, self.fonts_by_name, self.state_stack = resources, {}, []
        self.outer_sequences = len(self.sequences)
        try:
            for operator, operands in self.read_operators(data):
                if operator in self.operators:
                    self.execute(operator, operands)
        finally:
            self.resources, self.fonts_by_name, self.state_stack, self.sequences = outer

    def execute(self, operator: bytes, operands: list[Any]) -> None:
        """Execute one operator; raise ``ContentError`` if its operands are wrong."""
        types, method = self.operators[operator]
        if types is None:
            method(self, operands)
            return
        arguments = operands[-len(types) :] if types else []
        if len(arguments) < len(types) or not all(map(isinstance, arguments, types)):
            raise ContentError(
                translatable(
                    "operator {operator_name} has wrong operands: {operands!r:.80}",
                    operator_name=operator.decode(),
                    operands=operands,
                )
            )
        method(self, *arguments)

    def read_operators(self, data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
        """Return the operators of a stream."""
        return instructions(data)

    def interpret_isolated(self, data: bytes, resources: Mapping[str, Any]) -> None:
        """Interpret a stream, then restore the state, the text matrices and the marked content."""
        outer = copy(self.state), self.text_matrix, self.line_matrix, self.outer_sequences
        try:
            self.interpret(data, resources)
        finally:
            self.state, self.text_matrix, self.line_matrix, self.outer_sequences = outer

    def resource(self, category: str, name: str) -> Any:
        """Return a named resource, its reference unresolved (7.8.3)."""
        entries = resolve(self.resources.get(f"/{category}")) or {}
        if f"/{name}" not in entries:
            raise ContentError(
                translatable(
                    "the resources have no {category} named {name}", category=category, name=name
                )
            )
        return entries.raw_get(f"/{name}") if hasattr(entries, "raw_get") else entries[f"/{name}"]

    def save(self) -> None:
        """Save the graphics state (q)."""
        if len(self.state_stack) == MAX_SAVED_STATES:
            raise ContentError(
                translatable(
                    "more than {max_saved_states} saved states", max_saved_states=MAX_SAVED_STATES
                ),
                hint=DAMAGED,
            )
        self.state_stack.append(copy(self.state))

    def restore(self) -> None:
        """Restore the graphics state that was saved last (Q)."""
        if not self.state_stack:
            raise ContentError("a Q without its q")
        self.state = self.state_stack.pop()

    def concatenate(self, *matrix: float) -> None:
        """Concatenate a matrix to the current transformation matrix (cm)."""
        self.state.ctm = multiply(matrix, self.state.ctm)  # type: ignore[arg-type]

    def select_font(self, name: Name, size: float) -> None:
        """Select a font by its name, and its size (Tf)."""
        font = self.fonts_by_name.get(name)
        if font is None:
            self.set_font(self.resource("Font", name), size)
            self.fonts_by_name[name] = self.state.font  # type: ignore[assignment]  # it was set
        else:
            self.state.font, self.state.size = font, size

    def set_font(self, reference: Any, size: float) -> None:
        """Select a font by its dictionary."""
        key = object_number(reference) or id(resolve(reference))
        if key not in self.fonts:
            self.fonts[key] = self.read_font(resolve(reference))
        self.state.font, self.state.size = self.fonts[key], size

    def read_font(self, dictionary: Any) -> Font:
        """Read a font dictionary."""
        return Font(dictionary)

    def set_parameters(self, name: Name) -> None:
        """Apply a graphics state parameter dictionary (gs); here only its font."""
        font = resolve(resolve(self.resource("ExtGState", name)).get("/Font"))
        if font:
            self.set_font(font[0], float(resolve(font[1])))

    def begin_text(self) -> None:
        """Begin a text object (BT)."""
        self.text_matrix = self.line_matrix = IDENTITY

    def set_text_matrix(self, *matrix: float) -> None:
        """Set the text matrix and the text line matrix (Tm)."""
        self.text_matrix = self.line_matrix = matrix  # type: ignore[assignment]

    def move_text(self, x: float, y: float) -> None:
        """Move to a new line, offset from the start of the current one (Td)."""
        offset = (1.0, 0.0, 0.0, 1.0, x, y)
        self.text_matrix = self.line_matrix = multiply(offset, self.line_matrix)

    def move_text_set_leading(self, x: float, y: float) -> None:
        """Move to a new line and set the leading to its distance (TD)."""
        self.state.leading = -y
        self.move_text(x, y)

    def next_line(self) -> None:
        """Move to the next line (T*)."""
        self.move_text(0.0, -self.state.leading)

    def show_next(self, string: bytes) -> None:
        """Show a string on the next line (')."""
        self.next_line()
        self.show(string)

    def show_spaced(self, word: float, character: float, string: bytes) -> None:
        """Show a string on the next line, with spacing (")."""
        self.state.word_spacing, self.state.character_spacing = word, character
        self.show_next(string)

    def show(self, string: bytes) -> None:
        """Show a string (Tj)."""
        self.show_adjusted([string])

    def show_adjusted(self, items: Sequence[Any]) -> None:
        """Show the strings of a TJ array; its numbers are thousandths of an em to move back (9.4.4)."""
        state, font = self.state, self.state.font
        if font is None:
            raise ContentError("text is shown before a font is selected")
        a, b, c, d, e, f = multiply(self.text_matrix, state.ctm)
        size, scale, spacing = state.size, state.horizontal_scale, state.character_spacing
        offset, word_spacing = 0.0, state.word_spacing * scale
        characters: list[str] = []
        widths: list[float] = []
        offsets: list[float] = []
        glyph_of_code = font.__getitem__
        for item in items:
            if isinstance(item, bytes):
                for character, width, is_space in map(glyph_of_code, font.codes(item)):
                    characters.append(character)
                    widths.append(width)
                    offsets.append(offset)
                    offset += (width * size + spacing) * scale
                    if is_space:
                        offset += word_spacing
            elif isinstance(item, float):
                offset -= item * 0.001 * size * scale
            else:
                raise ContentError(translatable("a TJ array holds {item!r:.80}", item=item))
        self.text_matrix = multiply((1.0, 0.0, 0.0, 1.0, offset, 0.0), self.text_matrix)
        if characters:
            x, y = e + state.rise * c, f + state.rise * d
            positions = GlyphPositions(x, y, a, b, size * scale * hypot(a, b), offsets, widths)
            self.add_run(characters, positions, size * hypot(c, d))

    def add_run(self, characters: Sequence[str], positions: GlyphPositions, size: float) -> None:
        """Add a run of glyphs within the open marked-content sequences.

        Args:
            characters: The Unicode value of each glyph.
            positions: Where the glyphs are.
            size: The em height in default user space, points.

        """
        text = "".join(characters)
        self.runs.append(
            GlyphRun(
                characters=tuple(characters),
                text=text,
                positions=positions,
                unmapped=characters.count(UNMAPPED) if UNMAPPED in text else 0,
                font=self.state.font.name if self.state.font else "",
                size=size,
                render_mode=self.state.render_mode,
                sequences=self.sequences,
            )
        )

    def begin_sequence(self, tag: Name) -> None:
        """Begin a marked-content sequence without properties (BMC)."""
        self.begin_sequence_with_properties(tag, {})

    def begin_sequence_with_properties(self, tag: Name, properties: Name | dict[str, Any]) -> None:
        """Begin a marked-content sequence with a property list, named or inline (BDC)."""
        if isinstance(properties, Name):
            named = resolve(self.resource("Properties", properties))
            properties = {key[1:]: resolve(value) for key, value in named.items()}
        mcid = properties.get("MCID")
        strings = {
            _STRING_PROPERTIES[key]: text_string(value) if isinstance(value, bytes) else str(value)
            for key, value in properties.items()
            if key in _STRING_PROPERTIES and value is not None
        }
        sequence = MarkedSequence(
            tag=str(tag),
            mcid=int(mcid) if isinstance(mcid, (int, float)) else None,
            stream=self.open_forms[-1] if self.open_forms else 0,
            type=str(properties["Type"]).lstrip("/") if "Type" in properties else "",
            subtype=str(properties["Subtype"]).lstrip("/") if "Subtype" in properties else "",
            **strings,
        )
        self.sequences = (*self.sequences, sequence)

    def end_sequence(self) -> None:
        """End a marked-content sequence (EMC).

        A sequence with ActualText but no glyphs adds an empty run, so that its text is not lost.
        """
        if len(self.sequences) <= self.outer_sequences:
            raise ContentError("an EMC without its BMC or BDC")
        sequence = self.sequences[-1]
        if sequence.actual_text and not any(sequence in run.sequences for run in self.runs[-1:]):
            self.add_run((), NO_POSITIONS, 0.0)
        self.sequences = self.sequences[:-1]

    def paint_xobject(self, name: Name) -> None:
        """Paint an external object (Do): the content of a form in its own space (8.10.1)."""
        reference = self.resource("XObject", name)
        form = resolve(reference)
        if form.get("/Subtype") != "/Form":
            return
        key = object_number(reference) or id(form)
        if key in self.open_forms or len(self.open_forms) == MAX_FORM_DEPTH:
            raise ContentError(
                translatable(
                    "form XObject {name} contains itself, or is nested too deep", name=name
                )
            )
        outer_state = copy(self.state)
        self.concatenate(*form_matrix(form))
        self.open_forms = (*self.open_forms, key)
        resources = resolve(form.get("/Resources")) or self.resources
        try:
            self.interpret_isolated(self.decode(form), resources)
        finally:
            self.open_forms = self.open_forms[:-1]
            self.state = outer_state


def form_matrix(form: Any) -> Matrix:
    """Return the matrix from a form's space to the user space in which it is painted (8.10.2)."""
    matrix = tuple(float(resolve(number)) for number in resolve(form.get("/Matrix")) or IDENTITY)
    if len(matrix) != len(IDENTITY):
        raise ContentError(
            translatable(
                "the matrix of a form has {matrix_count} numbers instead of six",
                matrix_count=len(matrix),
            )
        )
    return matrix  # type: ignore[return-value]


def _setter(name: str, convert: Callable[[float], float] = float) -> Callable[..., None]:
    """Return a function that executes an operator which sets one number of the state."""

    def execute(interpreter: Interpreter, value: float) -> None:
        setattr(interpreter.state, name, convert(value))

    return execute


_STRING_PROPERTIES: Final = {
    "ActualText": "actual_text", "Alt": "alt", "E": "expansion", "Lang": "language",
}  # fmt: skip
"""The string properties of a sequence, with the fields of ``MarkedSequence`` that hold them."""
Interpreter.operators = {
    b"q": ((), Interpreter.save),
    b"Q": ((), Interpreter.restore),
    b"cm": ((float,) * 6, Interpreter.concatenate),
    b"gs": ((Name,), Interpreter.set_parameters),
    b"Do": ((Name,), Interpreter.paint_xobject),
    b"BT": ((), Interpreter.begin_text),
    b"Tc": ((float,), _setter("character_spacing")),
    b"Tw": ((float,), _setter("word_spacing")),
    b"Tz": ((float,), _setter("horizontal_scale", lambda percent: percent / 100)),
    b"TL": ((float,), _setter("leading")),
    b"Ts": ((float,), _setter("rise")),
    b"Tr": ((float,), _setter("render_mode", int)),
    b"Tf": ((Name, float), Interpreter.select_font),
    b"Tm": ((float,) * 6, Interpreter.set_text_matrix),
    b"Td": ((float,) * 2, Interpreter.move_text),
    b"TD": ((float,) * 2, Interpreter.move_text_set_leading),
    b"T*": ((), Interpreter.next_line),
    b"Tj": ((bytes,), Interpreter.show),
    b"TJ": ((list,), Interpreter.show_adjusted),
    b"'": ((bytes,), Interpreter.show_next),
    b'"': ((float, float, bytes), Interpreter.show_spaced),
    b"BMC": ((Name,), Interpreter.begin_sequence),
    b"BDC": ((Name, (Name, dict)), Interpreter.begin_sequence_with_properties),
    b"EMC": ((), Interpreter.end_sequence),
}


def glyph_runs(
    contents: Any, resources: Any, *, fonts: dict[object, Font] | None = None
) -> tuple[GlyphRun, ...]:
    """Return the glyph runs of a page in painting order.

    Args:
        contents: The page's ``/Contents``: a stream, an array of streams or None.
        resources: The page's ``/Resources``.
        fonts: A cache to share between the pages of one file.

    Raises:
        ContentError: The content is malformed or too large.

    """
    contents = resolve(contents)
    streams = contents if isinstance(contents, list) else [contents]
    data = b"\n".join(stream_data(stream) for stream in map(resolve, streams) if stream is not None)
    interpreter = Interpreter({} if fonts is None else fonts)
    interpreter.interpret(data, resolve(resources) or {})
    return tuple(interpreter.runs)
