"""Interpretation of a page's content with the colours and transparency of its graphics state.

Input: the content and resources of a page from pypdf. Output: an interpreter that knows, at every
operator, the current colours, their inks, and what is asked of the transparency model. Serves ISO 32000-1,
8.4 (graphics state), 8.6.8 (colour operators) and 11 (transparency).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.pdf.content_stream import Interpreter
from publisher.pdf.structure_tree import plain
from publisher.pdf.syntax import ContentLimitError, Name, resolve
from publisher.pdf.text_state import TextState
from publisher.verify.preflight.colour_spaces import ColourSpace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.verify.preflight.colour_spaces import ColourSpaces, Separations

MAX_OPERATORS = 5_000_000
"""Operators in a file; a report of a thousand pages has some millions."""
Colour = tuple[ColourSpace, tuple[float, ...]]
"""A colour space and the components of a colour in it."""


@dataclass
class GraphicsState(TextState):
    """The graphics state with colours and transparency (8.4.1)."""

    fill: Colour | None = None
    stroke: Colour | None = None
    line_width: float = 1.0
    clip: Rectangle = (0.0, 0.0, 0.0, 0.0)
    """The bounding box of the clipping path, in default user space."""
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend_mode: str = "Normal"
    soft_masked: bool = False
    fill_overprint: bool = False
    stroke_overprint: bool = False
    overprint_mode: int = 0


class ColourInterpreter(Interpreter):
    """The interpreter of a page, with its colours."""

    def __init__(
        self, fonts: dict[object, Font], colour_spaces: ColourSpaces, medium: Rectangle
    ) -> None:
        """Begin a page with the initial state: black, clipped to the medium (8.4.1)."""
        super().__init__(fonts)
        self.groups: set[str] = set()
        """The colour spaces in which transparency groups are blended."""
        self.forbidden: set[str] = set()
        """What the page uses that ISO 15930-7 forbids: transfer functions, PostScript, …"""
        self._colour_spaces = colour_spaces
        black = colour_spaces.device("DeviceGray", {}), (0.0,)
        self.state: GraphicsState = GraphicsState(fill=black, stroke=black, clip=medium)
        self._separations: dict[Any, Separations] = {}

    def read_operators(self, data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
        """Yield the operators of a stream; raise ``ContentLimitError`` if the file has too many."""
        for instruction in super().read_operators(data):
            self._colour_spaces.operator_count += 1
            if self._colour_spaces.operator_count > MAX_OPERATORS:
                raise ContentLimitError(
                    translatable(
                        "more than {max_operators:,} operators in one file",
                        max_operators=MAX_OPERATORS,
                    )
                )
            yield instruction

    def select_colour_space(self, name: Name, *, stroke: bool = False) -> None:
        """Select a colour space and its initial colour (cs, CS)."""
        space = self._colour_spaces.read(f"/{name}", self.resources)
        is_colourant = space.name.startswith(("Separation", "DeviceN"))
        initial = (1.0 if is_colourant else 0.0,) * space.components
        if space.name in {"DeviceCMYK", "ICCBased CMYK"}:
            initial = (0.0, 0.0, 0.0, 1.0)
        self.select_colour((space, initial), stroke=stroke)

    def select_colour(self, colour: Colour, *, stroke: bool) -> None:
        """Make a colour the current one for stroking or filling."""
        if stroke:
            self.state.stroke = colour
        else:
            self.state.fill = colour

    def select_device_colour(self, name: str, colour: Sequence[float], *, stroke: bool) -> None:
        """Select a colour of a device colour space (g, rg, k and so on)."""
        space = self._colour_spaces.device(name, self.resources)
        self.select_colour((space, tuple(colour)), stroke=stroke)

    def separations(self, colour: Colour | None) -> Separations:
        """Return the ink that a colour takes."""
        if colour is None:
            return {}
        space, components = colour
        key = space.name, id(space.separations), components
        separations = self._separations.get(key)
        if separations is None:
            separations = self._separations[key] = space.separations(components)
        return separations

    def set_parameters(self, name: Name) -> None:
        """Apply a graphics state parameter dictionary (gs; 8.4.5)."""
        super().set_parameters(name)
        entries = resolve(self.resource("ExtGState", name))
        state = self.state
        state.fill_alpha = float(resolve(entries.get("/ca", state.fill_alpha)))
        state.stroke_alpha = float(resolve(entries.get("/CA", state.stroke_alpha)))
        state.line_width = float(resolve(entries.get("/LW", state.line_width)))
        if "/OP" in entries:  # it is for both, unless op is there too (table 58)
            state.stroke_overprint = state.fill_overprint = plain(entries["/OP"]) is True
        if "/op" in entries:
            state.fill_overprint = plain(entries["/op"]) is True
        state.overprint_mode = int(resolve(entries.get("/OPM", state.overprint_mode)))
        if "/BM" in entries:
            mode = resolve(entries["/BM"])
            name_of_mode = mode[0] if isinstance(mode, list) and mode else mode
            state.blend_mode = str(name_of_mode).lstrip("/")
        if "/SMask" in entries:
            mask = resolve(entries["/SMask"])
            state.soft_masked = isinstance(mask, dict)  # its group gives luminosity, not colours
        for key in ("/TR", "/TR2", "/HTP"):
            if key in entries and str(resolve(entries[key])) not in ("/Default", "/Identity"):
                self.forbidden.add(
                    translatable("a transfer function or halftone ({key})", key=key[1:])
                )

    def record_group(self, form: Any) -> None:
        """Record the colour space in which a form's transparency group is blended (11.6.6)."""
        group = resolve(form.get("/Group")) if form is not None else None
        if group and "/CS" in group:
            self.groups.add(self._colour_spaces.read(group["/CS"], self.resources).name)

    def set_line_width(self, width: float) -> None:
        """Set the line width (w)."""
        self.state.line_width = width


def _device_operator(name: str, components: int, *, stroke: bool) -> Any:
    def select(interpreter: ColourInterpreter, *colour: float) -> None:
        interpreter.select_device_colour(name, colour, stroke=stroke)

    return (float,) * components, select


ColourInterpreter.operators = {
    **Interpreter.operators,
    b"gs": ((Name,), ColourInterpreter.set_parameters),
    b"g": _device_operator("DeviceGray", 1, stroke=False),
    b"G": _device_operator("DeviceGray", 1, stroke=True),
    b"rg": _device_operator("DeviceRGB", 3, stroke=False),
    b"RG": _device_operator("DeviceRGB", 3, stroke=True),
    b"k": _device_operator("DeviceCMYK", 4, stroke=False),
    b"K": _device_operator("DeviceCMYK", 4, stroke=True),
    b"cs": ((Name,), ColourInterpreter.select_colour_space),
    b"CS": (
        (Name,),
        lambda interpreter, name: interpreter.select_colour_space(name, stroke=True),
    ),
    b"w": ((float,), ColourInterpreter.set_line_width),
}
