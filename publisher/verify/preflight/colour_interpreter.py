"""How a page is painted: its content in, the state of colours and transparency as it changes.

Enters: a page's content and resources as pypdf holds them. Leaves: an interpreter that knows, at every operator,
which colours are chosen, how much of each ink they take, and what the transparency model is asked for. Serves
ISO 32000-1, 8.4 (graphics state), 8.6.8 (colour operators) and clause 11 (transparency).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.pdf.content_stream import Interpreter, State
from publisher.pdf.syntax import ContentError, Name, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.verify.preflight.colour_spaces import ColourSpace, ColourSpaces, Separations

MAX_OPERATORS = 5_000_000
"""In a file: a report of a thousand pages has some millions."""


@dataclass
class GraphicsState(State):
    """The graphics state, colours and transparency included (8.4.1)."""

    fill: tuple[ColourSpace, tuple[float, ...]] | None = None
    stroke: tuple[ColourSpace, tuple[float, ...]] | None = None
    width: float = 1.0
    clip: Rectangle = (0.0, 0.0, 0.0, 0.0)
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend_mode: str = "Normal"
    soft_masked: bool = False
    overprint: bool = False
    overprint_mode: int = 0


class ColourInterpreter(Interpreter):
    """A page's interpretation, with its colours."""

    def __init__(
        self, fonts: dict[object, Font], colour_spaces: ColourSpaces, medium: Rectangle
    ) -> None:
        """Begin on ``medium`` with black (8.4.1)."""
        super().__init__(fonts)
        self.groups: set[str] = set()
        """The colour spaces that groups are blended in."""
        self.forbidden: set[str] = set()
        """What ISO 15930-7 forbids, as a page uses it: transfer functions, PostScript, …"""
        self._colour_spaces = colour_spaces
        black = colour_spaces.device("DeviceGray", {}), (0.0,)
        self.state: GraphicsState = GraphicsState(fill=black, stroke=black, clip=medium)
        self._inked: dict[Any, Separations] = {}

    def read(self, data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
        """Return the operators of a stream, as long as the file has not too many."""
        for instruction in super().read(data):
            self._colour_spaces.operator_count += 1
            if self._colour_spaces.operator_count > MAX_OPERATORS:
                raise ContentError(f"more than {MAX_OPERATORS:,} operators in one file")
            yield instruction

    def space(self, name: Name, *, stroke: bool = False) -> None:
        """Choose a colour space, and its first colour."""
        space = self._colour_spaces.read(f"/{name}", self.resources)
        inks = space.name.startswith(("Separation", "DeviceN"))
        first = (1.0 if inks else 0.0,) * space.components
        if space.name in {"DeviceCMYK", "ICCBased CMYK"}:
            first = (0.0, 0.0, 0.0, 1.0)
        self.choose_colour((space, first), stroke=stroke)

    def choose_colour(self, colour: tuple[ColourSpace, tuple[float, ...]], *, stroke: bool) -> None:
        """Choose a colour of a space."""
        if stroke:
            self.state.stroke = colour
        else:
            self.state.fill = colour

    def device(self, name: str, parts: Sequence[float], *, stroke: bool) -> None:
        """Choose a colour of a device."""
        self.choose_colour(
            (self._colour_spaces.device(name, self.resources), tuple(parts)), stroke=stroke
        )

    def separations(self, colour: tuple[ColourSpace, tuple[float, ...]] | None) -> Separations:
        """Return what a colour takes of each ink."""
        if colour is None:
            return {}
        space, parts = colour
        key = space.name, id(space.separations), parts
        known = self._inked.get(key)
        if known is None:
            known = self._inked[key] = space.separations(parts)
        return known

    def set_parameters(self, name: Name) -> None:
        """Take over a dictionary of parameters."""
        super().set_parameters(name)
        entries = resolve(self.resource("ExtGState", name))
        state = self.state
        state.fill_alpha = float(resolve(entries.get("/ca", state.fill_alpha)))
        state.stroke_alpha = float(resolve(entries.get("/CA", state.stroke_alpha)))
        state.width = float(resolve(entries.get("/LW", state.width)))
        state.overprint = bool(resolve(entries.get("/op", entries.get("/OP", state.overprint))))
        state.overprint_mode = int(resolve(entries.get("/OPM", state.overprint_mode)))
        if "/BM" in entries:
            mode = resolve(entries["/BM"])
            state.blend_mode = str(mode[0] if isinstance(mode, list) and mode else mode).lstrip("/")
        if "/SMask" in entries:
            mask = resolve(entries["/SMask"])
            state.soft_masked = isinstance(mask, dict)
            if isinstance(mask, dict):
                self.group(resolve(mask.get("/G")))
        for key in ("/TR", "/TR2", "/HTP"):
            if key in entries and str(resolve(entries[key])) not in ("/Default", "/Identity"):
                self.forbidden.add(f"a transfer function or halftone ({key[1:]})")

    def group(self, form: Any) -> None:
        """Remember what a group is blended in (11.6.6)."""
        group = resolve(form.get("/Group")) if form is not None else None
        if group and "/CS" in group:
            self.groups.add(self._colour_spaces.read(group["/CS"], self.resources).name)


def _device(name: str, count: int, *, stroke: bool) -> Any:
    return (float,) * count, lambda interpreter, *parts: interpreter.device(
        name, parts, stroke=stroke
    )


ColourInterpreter.operators = {
    **Interpreter.operators,
    b"gs": ((Name,), ColourInterpreter.set_parameters),
    b"g": _device("DeviceGray", 1, stroke=False),
    b"G": _device("DeviceGray", 1, stroke=True),
    b"rg": _device("DeviceRGB", 3, stroke=False),
    b"RG": _device("DeviceRGB", 3, stroke=True),
    b"k": _device("DeviceCMYK", 4, stroke=False),
    b"K": _device("DeviceCMYK", 4, stroke=True),
    b"cs": ((Name,), ColourInterpreter.space),
    b"CS": ((Name,), lambda interpreter, name: interpreter.space(name, stroke=True)),
    b"w": ((float,), lambda interpreter, width: setattr(interpreter.state, "width", width)),
}
