"""The text of pages by itself: where each glyph is, and a file that paints nothing but the glyphs in black.

Input: the pages of a PDF from pypdf. Output: the place of each glyph, and the bytes of a PDF with the same pages and
fonts in which neither colours, clipping, masks and layers nor other objects hide anything. Serves ISO 32000-1, 9.3 and
9.4. Text of annotations is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from publisher.errors import PublisherError
from publisher.pdf.content_stream import Interpreter
from publisher.pdf.font_encoding import Font
from publisher.pdf.geometry import IDENTITY, multiply
from publisher.pdf.syntax import ContentError, Name, content_streams, painted_data, resolve
from publisher.verify.visibility.unrendered import unrendered_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.pdf.geometry import Matrix, Rectangle
    from publisher.pdf.glyph_run import GlyphPositions, MarkedSequence

_DESCENT, _ASCENT = 0.25, 0.95
"""Extent of glyphs below and above the baseline, in em."""
INVISIBLE_MODE: Final = 3
"""The rendering mode of text that is painted invisibly."""
_PAGE_KEYS: Final = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGlyph:
    """A glyph that shows a character; lengths in points of default user space."""

    page: int
    character: str
    box: Rectangle
    """Left, bottom, right, top: its em box, which its ink seldom leaves."""
    em: float
    """The smaller one of its em's height and width, in points whatever the unit of the page."""
    is_mirrored: bool
    is_upside_down: bool
    on_page: bool
    """Whether its middle is in the visible part of the page."""
    render_mode: int
    sequences: tuple[MarkedSequence, ...]

    @property
    def mcid(self) -> int | None:
        """The innermost marked-content identifier."""
        return next((item.mcid for item in self.sequences[::-1] if item.mcid is not None), None)


class TextLayer(Interpreter):
    """The interpreter of a page that collects its glyphs and the operators that show them."""

    decode = staticmethod(painted_data)

    def __init__(
        self, page: int, visible: Rectangle, fonts: dict[object, Font], references: dict[int, Any]
    ) -> None:
        """Begin an empty page with a visible part; the pages of a file share fonts and references to them."""
        super().__init__(fonts)
        self.glyphs: list[PlacedGlyph] = []
        self.content: list[str] = []
        """The operators that show the text by itself."""
        self.used: dict[str, Any] = {}
        """The fonts of the page by name, as references."""
        self._page, self._visible, self._references = page, visible, references
        self._matrix: Matrix = IDENTITY
        self.unit = 1.0
        """The size of a unit of user space in points (14.11.2, UserUnit)."""

    def set_font(self, reference: Any, size: float) -> None:
        """Select a font by its dictionary, and remember the reference to it."""
        super().set_font(reference, size)
        self._references[id(self.state.font)] = reference

    def read_font(self, dictionary: Any) -> Font:
        """Read a font dictionary; a damaged ToUnicode does not matter."""
        try:
            return Font(dictionary)
        except ContentError:
            return Font(dictionary, for_text=False)

    def show_adjusted(self, items: Sequence[Any]) -> None:
        """Show the strings of a TJ array, and write the same operators with an absolute matrix."""
        state = self.state
        self._matrix = multiply(self.text_matrix, state.ctm)
        super().show_adjusted(items)
        if state.render_mode == INVISIBLE_MODE:
            return  # it has no ink, and must not count as that of its neighbours
        name = f"F{id(state.font)}"
        self.used[name] = self._references[id(state.font)]
        array = " ".join(
            f"<{item.hex()}>" if isinstance(item, bytes) else _number(item) for item in items
        )
        numbers = (
            state.character_spacing,
            state.word_spacing,
            100 * state.horizontal_scale,
            state.rise,
        )
        spacing = " ".join(
            f"{_number(n)} {key}" for n, key in zip(numbers, ("Tc", "Tw", "Tz", "Ts"), strict=True)
        )
        matrix = " ".join(map(_number, self._matrix))
        self.content.append(
            f"BT /{name} {_number(state.size)} Tf {spacing} {matrix} Tm [{array}] TJ ET"
        )

    def add_run(self, characters: Sequence[str], positions: GlyphPositions, size: float) -> None:
        """Collect the glyphs of a run."""
        a, b, c, d, _, _ = self._matrix
        up_x, up_y = c * self.state.size, d * self.state.size
        em = min(abs(size), abs(positions.em)) * self.unit
        is_mirrored = (a * d - b * c) * self.state.horizontal_scale * self.state.size < 0
        left, bottom, right, top = self._visible
        along = self.state.size * self.state.horizontal_scale
        for character, x, y, width in zip(
            characters, positions.xs(), positions.ys(), positions.widths, strict=True
        ):
            step = width * along
            xs = [x + s * step * a + t * up_x for s in (0, 1) for t in (-_DESCENT, _ASCENT)]
            ys = [y + s * step * b + t * up_y for s in (0, 1) for t in (-_DESCENT, _ASCENT)]
            self.glyphs.append(
                PlacedGlyph(
                    page=self._page,
                    character=character,
                    box=(min(xs), min(ys), max(xs), max(ys)),
                    em=em,
                    is_mirrored=is_mirrored,
                    is_upside_down=d < 0 and abs(b) < abs(a),
                    on_page=left <= (min(xs) + max(xs)) / 2 <= right
                    and bottom <= (min(ys) + max(ys)) / 2 <= top,
                    render_mode=self.state.render_mode,
                    sequences=self.sequences,
                )
            )


def _show_operator(interpreter: TextLayer, items: list[Any]) -> None:
    interpreter.show_adjusted(items)


def _font_operator(interpreter: TextLayer, name: Name, size: float) -> None:
    interpreter.set_font(interpreter.resource("Font", name), size)


TextLayer.operators = {
    **Interpreter.operators,
    b"TJ": ((list,), _show_operator),
    b"Tj": ((bytes,), lambda interpreter, string: interpreter.show_adjusted([string])),
    b"Tf": ((Name, float), _font_operator),
}


class SeparatedText(NamedTuple):
    """The text of the pages of a file by itself."""

    glyphs: list[PlacedGlyph]
    data: bytes
    """A PDF of the pages with nothing but the glyphs."""
    unreadable: dict[int, str]
    """The pages whose content cannot be read, by index, with the reason; in the PDF they are blank."""
    unrendered: dict[int, str]
    """The pages whose picture by PDFium does not prove what other viewers show, by index, with the reason."""


def separate_text(reader: Any) -> SeparatedText:
    """Return the text of the pages of a file, page by page: one that cannot be read is left out."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    fonts: dict[object, Font] = {}
    references: dict[int, Any] = {}
    glyphs: list[PlacedGlyph] = []
    unreadable: dict[int, str] = {}
    unrendered: dict[int, str] = {}
    for index in range(len(reader.pages)):
        blank = writer.add_blank_page(1, 1)
        try:
            page = reader.pages[index]
            visible = tuple(float(number) for number in page.cropbox)
            layer = TextLayer(index, visible, fonts, references)  # type: ignore[arg-type]  # four numbers
            layer.unit = float(resolve(page.get("/UserUnit")) or 1)
            data = b"\n".join(map(painted_data, content_streams(page)))
            layer.interpret(data, resolve(page.get("/Resources")) or {})
            _copy_text(writer, page, blank, layer)
            reason = unrendered_reason(page, layer.glyphs)
        except Exception as error:  # noqa: BLE001 - pypdf raises anything for a damaged page
            unreadable[index] = error.message if isinstance(error, PublisherError) else repr(error)
            continue
        glyphs += layer.glyphs
        if reason:
            unrendered[index] = reason
    buffer = BytesIO()
    writer.write(buffer)
    return SeparatedText(glyphs, buffer.getvalue(), unreadable, unrendered)


def _copy_text(writer: Any, page: Any, blank: Any, layer: TextLayer) -> None:
    """Give a blank page the boxes of another page, and the text of its layer."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    used = DictionaryObject(
        {NameObject(f"/{name}"): reference.clone(writer) for name, reference in layer.used.items()}
    )
    content = DecodedStreamObject()
    content.set_data("\n".join(layer.content).encode("ascii"))
    boxes = {key: page[key].clone(writer) for key in _PAGE_KEYS if key in page}
    for key, value in boxes.items():
        blank[NameObject(key)] = value
    blank[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): used})
    blank[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - pypdf's only way


def _number(number: float) -> str:
    return format(number, ".9f").rstrip("0").rstrip(".") or "0"
