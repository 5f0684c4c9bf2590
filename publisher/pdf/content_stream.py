"""The glyphs of a page: content stream in, runs of placed and marked text out.

Enters: the page's ``/Contents`` and ``/Resources`` as pypdf holds them. Leaves: one ``GlyphRun``
for each string that is shown, in painting order, form XObjects included. Serves ISO 32000-1 8.4
(graphics state), 8.10 (forms), 9.3-9.4 (text state and objects) and 14.6 (marked content).
Horizontal writing only; clipping paths are not computed.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from publisher.pdf.font_encoding import UNMAPPED, Font
from publisher.pdf.syntax import (
    DAMAGED,
    MAX_CONTENT_BYTES,
    ContentError,
    Name,
    instructions,
    object_number,
    resolve,
    stream_data,
    text_string,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Self

MAX_FORM_DEPTH: Final = 16
"""Form XObjects inside one another; a page of ours has one or two."""
MAX_SAVED: Final = 1_000
"""States kept inside one another (q); ISO 32000-1, Annex C, has 28."""
IDENTITY: Final = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]
Operator = tuple[tuple[Any, ...] | None, "Callable[..., None]"]
"""The kinds of an operator's operands, and what it does; without kinds, it takes them as a list."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarkedSequence:
    """A marked-content sequence (14.6); two are equal only if they are the same one."""

    tag: str
    mcid: int | None = None
    stream: int = 0
    """Object number of the form XObject it stands in; 0 for the page's own content."""
    type: str = ""
    """``Type`` of an artifact: Pagination, Layout, Page, Background (14.8.2.2.2)."""
    subtype: str = ""
    actual_text: str | None = None
    alt: str | None = None
    expansion: str | None = None
    language: str = ""


class Places(NamedTuple):
    """Where the glyphs of a run stand: a baseline, and each glyph's offset along it and width."""

    x: float
    """Where the baseline begins, in default user space, points."""
    y: float
    along: float
    """What a unit of text space along the baseline adds to ``x``."""
    across: float
    """What it adds to ``y``."""
    em: float
    """Points of an em along the baseline."""
    offsets: Sequence[float]
    """Of the glyphs' origins, in text space."""
    widths: Sequence[float]
    """In em."""

    def xs(self) -> tuple[float, ...]:
        """Return the glyphs' origins, points."""
        x, along = self.x, self.along
        return tuple([x + offset * along for offset in self.offsets])

    def ys(self) -> tuple[float, ...]:
        """Return the heights of the origins."""
        y, across = self.y, self.across
        return tuple([y + offset * across for offset in self.offsets])

    def advances(self) -> tuple[float, ...]:
        """Return the glyphs' widths in points."""
        return tuple([width * self.em for width in self.widths])


NOWHERE: Final = Places(0.0, 0.0, 0.0, 0.0, 0.0, (), ())
"""The places of a run without glyphs."""


class GlyphRun(NamedTuple):
    """The glyphs of one showing operator."""

    characters: tuple[str, ...]
    """Unicode value of each glyph: none, one or more characters; U+FFFD without a mapping."""
    text: str
    """The Unicode values in painting order."""
    places: Places
    unmapped: int
    """How many glyphs have no Unicode value."""
    font: str
    """``BaseFont``, subset prefix included."""
    size: float
    """Em height in default user space, points."""
    render_mode: int
    """``Tr``: 3 is invisible, 7 clips only (9.3.6)."""
    sequences: tuple[MarkedSequence, ...]
    """The marked content that is open here, outermost first."""

    @property
    def xs(self) -> tuple[float, ...]:
        """Origins in default user space, points."""
        return self.places.xs()

    @property
    def ys(self) -> tuple[float, ...]:
        """Heights of the origins."""
        return self.places.ys()

    @property
    def advances(self) -> tuple[float, ...]:
        """Glyph widths along the baseline in points, without character and word spacing."""
        return self.places.advances()

    @property
    def marked(self) -> MarkedSequence | None:
        """The innermost sequence with an MCID."""
        for sequence in reversed(self.sequences):
            if sequence.mcid is not None:
                return sequence
        return None

    @property
    def mcid(self) -> int | None:
        """The innermost MCID."""
        return None if self.marked is None else self.marked.mcid

    @property
    def artifact(self) -> MarkedSequence | None:
        """The outermost artifact that this run belongs to."""
        for sequence in self.sequences:
            if sequence.tag == "Artifact":
                return sequence
        return None

    @property
    def replacement(self) -> MarkedSequence | None:
        """The outermost Span whose ActualText stands for this run (14.9.4)."""
        for sequence in self.sequences:
            if sequence.actual_text is not None and sequence.tag == "Span":
                return sequence
        return None

    @property
    def language(self) -> str:
        """``Lang`` of the innermost sequence that has one; empty where none has."""
        return next((s.language for s in reversed(self.sequences) if s.language), "")

    @property
    def right(self) -> float:
        """Where the last glyph's advance ends, in points; for horizontal, unrotated text."""
        return self.xs[-1] + self.advances[-1] if self.xs else 0.0


# --- Interpretation (8.4, 8.10, 9.3, 9.4, 14.6) ------------------------------------------------


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``second`` (8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


@dataclass
class State:
    """The part of the graphics state that places text (8.4.1, 9.3.1)."""

    ctm: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    character_spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def __copy__(self) -> Self:
        """Return a state of its own with the same values, without the library's detour."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin


class Interpreter:
    """One page's interpretation: the state, and the runs so far."""

    operators: ClassVar[Mapping[bytes, Operator]] = {}

    def __init__(self, fonts: dict[object, Font]) -> None:
        """Begin with an empty page; ``fonts`` is a cache."""
        self.fonts = fonts
        self.runs: list[GlyphRun] = []
        self.state = State()
        self.saved: list[State] = []
        self.text = self.line = IDENTITY
        self.sequences: tuple[MarkedSequence, ...] = ()
        self.resources: Mapping[str, Any] = {}
        self.chosen: dict[str, Font] = {}
        """The fonts of these resources by their names, as far as they were chosen."""
        self.forms: tuple[int, ...] = ()
        self.bytes_left = MAX_CONTENT_BYTES
        self.base = 0

    def run(self, data: bytes, resources: Mapping[str, Any]) -> None:
        """Interpret a content stream; what it leaves open is closed at its end."""
        self.bytes_left -= len(data)
        if self.bytes_left < 0:
            raise ContentError("a page's content is larger than any page's", hint=DAMAGED)
        before = self.resources, self.chosen, self.saved, self.sequences
        self.resources, self.chosen, self.saved = resources, {}, []
        self.base = len(self.sequences)
        for operator, operands in self.read(data):
            known = self.operators.get(operator)
            if known is None:
                continue
            kinds, act = known
            if kinds is None:
                act(self, operands)
                continue
            if not kinds:
                act(self)
                continue
            given = operands[-len(kinds) :]
            if len(given) < len(kinds) or not all(map(isinstance, given, kinds)):
                raise ContentError(
                    f"operator {operator.decode()} has wrong operands: {operands!r:.80}"
                )
            act(self, *given)
        self.resources, self.chosen, self.saved, self.sequences = before

    def read(self, data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
        """Return the operators of a stream with their operands."""
        return instructions(data)

    def run_apart(self, data: bytes, resources: Mapping[str, Any]) -> None:
        """Interpret a stream that leaves state, text and marks as they are."""
        before = copy(self.state), self.text, self.line, self.base
        self.run(data, resources)
        self.state, self.text, self.line, self.base = before

    def resource(self, category: str, name: str) -> Any:
        """Return a named resource, its reference unresolved (7.8.3)."""
        entries = resolve(self.resources.get(f"/{category}")) or {}
        if f"/{name}" not in entries:
            raise ContentError(f"the resources have no {category} named {name}")
        return entries.raw_get(f"/{name}") if hasattr(entries, "raw_get") else entries[f"/{name}"]

    def save(self) -> None:
        """Keep the state (q)."""
        if len(self.saved) == MAX_SAVED:
            raise ContentError(f"more than {MAX_SAVED} states are kept at once", hint=DAMAGED)
        self.saved.append(copy(self.state))

    def restore(self) -> None:
        """Go back to the state that was kept (Q)."""
        if not self.saved:
            raise ContentError("a Q without its q")
        self.state = self.saved.pop()

    def concatenate(self, *matrix: float) -> None:
        """Change the space that content is placed in (cm)."""
        self.state.ctm = multiply(matrix, self.state.ctm)  # type: ignore[arg-type]

    def choose(self, name: Name, size: float) -> None:
        """Choose a font by its name, and its size (Tf)."""
        font = self.chosen.get(name)
        if font is None:
            self.set_font(self.resource("Font", name), size)
            self.chosen[name] = self.state.font  # type: ignore[assignment]  # it was set
        else:
            self.state.font, self.state.size = font, size

    def set_font(self, reference: Any, size: float) -> None:
        """Choose a font by its dictionary."""
        key = object_number(reference) or id(resolve(reference))
        if key not in self.fonts:
            self.fonts[key] = Font(resolve(reference))
        self.state.font, self.state.size = self.fonts[key], size

    def set_parameters(self, name: Name) -> None:
        """Take over a dictionary of parameters (gs); here its font."""
        font = resolve(resolve(self.resource("ExtGState", name)).get("/Font"))
        if font:
            self.set_font(font[0], float(resolve(font[1])))

    def begin_text(self) -> None:
        """Begin a text object (BT)."""
        self.text = self.line = IDENTITY

    def place(self, *matrix: float) -> None:
        """Place text by a matrix (Tm)."""
        self.text = self.line = matrix  # type: ignore[assignment]

    def move(self, x: float, y: float) -> None:
        """Go to a new line by an offset (Td)."""
        self.text = self.line = multiply((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def move_leading(self, x: float, y: float) -> None:
        """Go to a new line by an offset, which is the leading from now on (TD)."""
        self.state.leading = -y
        self.move(x, y)

    def next_line(self) -> None:
        """Go to the next line (T*)."""
        self.move(0.0, -self.state.leading)

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
        """Place the glyphs of a TJ array; numbers move by thousandths of the size (9.4.4)."""
        state, font = self.state, self.state.font
        if font is None:
            raise ContentError("text is shown before a font is chosen")
        a, b, c, d, e, f = multiply(self.text, state.ctm)
        size, scale, spacing = state.size, state.scale, state.character_spacing
        offset, word = 0.0, state.word_spacing * scale
        characters: list[str] = []
        widths: list[float] = []
        offsets: list[float] = []
        entry = font.__getitem__
        for item in items:
            if isinstance(item, bytes):
                for character, width, space in map(entry, font.codes(item)):
                    characters.append(character)
                    widths.append(width)
                    offsets.append(offset)
                    offset += (width * size + spacing) * scale
                    if space:
                        offset += word
            elif isinstance(item, float):
                offset -= item * 0.001 * size * scale
            else:
                raise ContentError(f"a TJ array holds {item!r:.80}")
        self.text = multiply((1.0, 0.0, 0.0, 1.0, offset, 0.0), self.text)
        if characters:
            x, y = e + state.rise * c, f + state.rise * d
            places = Places(x, y, a, b, size * scale * hypot(a, b), offsets, widths)
            self.add(characters, places, size * hypot(c, d))

    def add(self, characters: Sequence[str], places: Places, size: float) -> None:
        """Add a run of glyphs with what is open around it."""
        text = "".join(characters)
        self.runs.append(
            GlyphRun(
                characters=tuple(characters),
                text=text,
                places=places,
                unmapped=characters.count(UNMAPPED) if UNMAPPED in text else 0,
                font=self.state.font.name if self.state.font else "",
                size=size,
                render_mode=self.state.mode,
                sequences=self.sequences,
            )
        )

    def begin(self, tag: Name) -> None:
        """Begin a sequence without properties (BMC)."""
        self.begin_with(tag, {})

    def begin_with(self, tag: Name, properties: Name | dict[str, Any]) -> None:
        """Begin a sequence with properties, by name or as they are (BDC)."""
        if isinstance(properties, Name):
            listed = resolve(self.resource("Properties", properties))
            properties = {key[1:]: resolve(value) for key, value in listed.items()}
        mcid = properties.get("MCID")
        strings = {
            _STRINGS[key]: text_string(value) if isinstance(value, bytes) else str(value)
            for key, value in properties.items()
            if key in _STRINGS and value is not None
        }
        sequence = MarkedSequence(
            tag=str(tag),
            mcid=int(mcid) if isinstance(mcid, (int, float)) else None,
            stream=self.forms[-1] if self.forms else 0,
            type=str(properties["Type"]).lstrip("/") if "Type" in properties else "",
            subtype=str(properties["Subtype"]).lstrip("/") if "Subtype" in properties else "",
            **strings,
        )
        self.sequences = (*self.sequences, sequence)

    def end(self) -> None:
        """Close a sequence; one whose ActualText stands for no glyph leaves an empty run."""
        if len(self.sequences) <= self.base:
            raise ContentError("an EMC without its BMC or BDC")
        last = self.sequences[-1]
        if last.actual_text and not any(last in run.sequences for run in self.runs[-1:]):
            self.add((), NOWHERE, 0.0)
        self.sequences = self.sequences[:-1]

    def paint(self, name: Name) -> None:
        """Paint an external object: a form's content in its own space (8.10.1)."""
        reference = self.resource("XObject", name)
        form = resolve(reference)
        if form.get("/Subtype") != "/Form":
            return
        key = object_number(reference) or id(form)
        if key in self.forms or len(self.forms) == MAX_FORM_DEPTH:
            raise ContentError(f"form XObject {name} contains itself, or others too deep")
        before = copy(self.state)
        self.concatenate(*form_matrix(form))
        self.forms = (*self.forms, key)
        self.run_apart(stream_data(form), resolve(form.get("/Resources")) or self.resources)
        self.forms = self.forms[:-1]
        self.state = before


def form_matrix(form: Any) -> Matrix:
    """Return the matrix from a form's space to that of whoever paints it (8.10.2)."""
    found = tuple(float(resolve(number)) for number in resolve(form.get("/Matrix")) or IDENTITY)
    if len(found) != len(IDENTITY):
        raise ContentError("a form's matrix has not six numbers")
    return found  # type: ignore[return-value]


def _set(name: str, convert: Callable[[float], float] = float) -> Callable[..., None]:
    """Return the act of an operator that sets one number of the state."""

    def act(interpreter: Interpreter, value: float) -> None:
        setattr(interpreter.state, name, convert(value))

    return act


_STRINGS: Final = {
    "ActualText": "actual_text", "Alt": "alt", "E": "expansion", "Lang": "language",
}  # fmt: skip
Interpreter.operators = {
    b"q": ((), Interpreter.save),
    b"Q": ((), Interpreter.restore),
    b"cm": ((float,) * 6, Interpreter.concatenate),
    b"gs": ((Name,), Interpreter.set_parameters),
    b"Do": ((Name,), Interpreter.paint),
    b"BT": ((), Interpreter.begin_text),
    b"Tc": ((float,), _set("character_spacing")),
    b"Tw": ((float,), _set("word_spacing")),
    b"Tz": ((float,), _set("scale", lambda percent: percent / 100)),
    b"TL": ((float,), _set("leading")),
    b"Ts": ((float,), _set("rise")),
    b"Tr": ((float,), _set("mode", int)),
    b"Tf": ((Name, float), Interpreter.choose),
    b"Tm": ((float,) * 6, Interpreter.place),
    b"Td": ((float,) * 2, Interpreter.move),
    b"TD": ((float,) * 2, Interpreter.move_leading),
    b"T*": ((), Interpreter.next_line),
    b"Tj": ((bytes,), Interpreter.show),
    b"TJ": ((list,), Interpreter.show_adjusted),
    b"'": ((bytes,), Interpreter.show_next),
    b'"': ((float, float, bytes), Interpreter.show_spaced),
    b"BMC": ((Name,), Interpreter.begin),
    b"BDC": ((Name, (Name, dict)), Interpreter.begin_with),
    b"EMC": ((), Interpreter.end),
}


def glyph_runs(
    contents: Any, resources: Any, *, fonts: dict[object, Font] | None = None
) -> tuple[GlyphRun, ...]:
    """Return the runs of a page's content in painting order.

    ``contents`` is a stream, an array of streams or nothing; ``resources`` a dictionary;
    ``fonts`` a cache to share between the pages of one file. Raises ``ContentError``.
    """
    contents = resolve(contents)
    streams = contents if isinstance(contents, list) else [contents]
    data = b"\n".join(stream_data(stream) for stream in map(resolve, streams) if stream is not None)
    interpreter = Interpreter({} if fonts is None else fonts)
    interpreter.run(data, resolve(resources) or {})
    return tuple(interpreter.runs)
