"""What a page paints: its content in, every object with its place, its colour and its inks out.

Enters: a page's content and resources as pypdf holds them. Leaves: a ``PaintedObject`` for each run of text, path,
picture and shading, form XObjects included, and what the transparency model is asked for. Serves
ISO 32000-1, 8.4 (graphics state), 8.5 (paths), 8.9 (images) and clause 11 (transparency).
"""

from __future__ import annotations

from dataclasses import replace
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any

from publisher.pdf.content_stream import form_matrix, multiply
from publisher.pdf.syntax import ContentError, Name, resolve, stream_data
from publisher.verify.preflight.colour_interpreter import ColourInterpreter
from publisher.verify.preflight.image_inks import UndeterminedInksError, image_separations
from publisher.verify.preflight.painted_object import (
    PaintedObject,
    bounding_box,
    function_colours,
    intersection,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.pdf.content_stream import Places
    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.verify.preflight.colour_spaces import ColourSpace, ColourSpaces, Separations

MAX_OBJECTS_PER_PAGE = 200_000
"""Objects on a page: a map has some ten thousand."""
MAX_OBJECTS_PER_FILE = 1_000_000
"""In a file."""
_FRAME = 8
"""Points of two rectangles."""
DESCENT, ASCENT = 0.2, 0.9
"""How far glyphs reach below and above their baseline, in em, where nobody measures them."""


class PageInterpreter(ColourInterpreter):
    """A page's interpretation, with what it paints."""

    def __init__(
        self, fonts: dict[object, Font], colour_spaces: ColourSpaces, medium: Rectangle
    ) -> None:
        """Begin with nothing painted on ``medium``."""
        super().__init__(fonts, colour_spaces, medium)
        self.painted_objects: list[PaintedObject] = []
        self._points: list[tuple[float, float]] = []
        self._clips = False
        self._patterns: set[int] = set()
        self._medium = medium

    def colour(self, operands: Sequence[Any], *, stroke: bool) -> None:
        """Choose a colour of the space that was chosen, or a pattern."""
        chosen = self.state.stroke if stroke else self.state.fill
        parts = tuple(one for one in operands if isinstance(one, float))
        if operands and isinstance(operands[-1], Name):
            self._pattern(operands[-1])
        if chosen and parts:
            self.choose_colour((chosen[0], parts), stroke=stroke)

    def _pattern(self, name: Name) -> None:
        """Look at what a pattern is painted with: its cell's content, or its shading."""
        pattern = resolve(self.resource("Pattern", name))
        shading = resolve(pattern.get("/Shading"))
        if shading is not None:
            self._shade(shading)
        elif id(pattern) not in self._patterns:
            self._patterns.add(id(pattern))
            self.run_apart(stream_data(pattern), resolve(pattern.get("/Resources")) or {})

    def glyphs_of(self, fonts: Iterable[tuple[str, Any]]) -> None:
        """Look at what glyphs are drawn with that are drawings themselves (Type 3, 9.6.5)."""
        for name, font in fonts:
            drawings = resolve(font.get("/CharProcs")) or {}
            if id(font) in self._patterns:
                continue
            self._patterns.add(id(font))
            inside = PageInterpreter(self.fonts, self._colour_spaces, self._medium)
            for drawing in drawings.values():
                inside.run_apart(
                    stream_data(resolve(drawing)), resolve(font.get("/Resources")) or {}
                )
            coloured = (one for one in inside.painted_objects if one.device_rgb)
            self.painted_objects += [replace(one, label=name) for one in coloured]

    # The path (8.5)

    def point(self, x: float, y: float) -> None:
        """Go on to a point."""
        a, b, c, d, e, f = self.state.ctm
        self._points.append((a * x + c * y + e, b * x + d * y + f))

    def points(self, *numbers: float) -> None:
        """Go on over the points of a curve."""
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            self.point(x, y)

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle."""
        self.points(x, y, x + width, y, x + width, y + height, x, y + height)

    def clip(self) -> None:
        """Let the path bound what is painted after it."""
        self._clips = True

    def paint_path(self, *, fill: bool, stroke: bool) -> None:
        """Paint the path, or nothing (n), and begin another."""
        if self._points:
            box = bounding_box(self._points)
            if fill:
                self._add("fill", box, self.state.fill, size=self._thinnest(box))
            if stroke:
                width = self.state.width * self._scale()
                half = width / 2
                left, bottom, right, top = box
                inked = left - half, bottom - half, right + half, top + half
                self._add("stroke", inked, self.state.stroke, size=width)
            if self._clips:
                self.state.clip = intersection(self.state.clip, box)
        self._points, self._clips = [], False

    def _thinnest(self, box: Rectangle) -> float:
        """Return how thin a filled shape is: a rectangle, or the frame between two of them."""
        left, bottom, right, top = intersection(self.state.clip, box)
        sides = [right - left, top - bottom]
        if len(self._points) == _FRAME:
            outer, inner = bounding_box(self._points[:4]), bounding_box(self._points[4:])
            sides += [abs(a - b) for a, b in zip(outer, inner, strict=True) if a != b]
        return min(sides)

    def _scale(self) -> float:
        a, b, c, d, _, _ = self.state.ctm
        return sqrt(abs(a * d - b * c))

    # Text, pictures, shadings

    def add(self, characters: Sequence[str], places: Places, size: float) -> None:
        """Add a run of text."""
        super().add(characters, places, size)
        if not characters or self.state.mode in (3, 7):
            return
        xs, ys = places.xs(), places.ys()
        reach = max(x + advance for x, advance in zip(xs, places.advances(), strict=True))
        box = min(xs), min(ys) - DESCENT * size, reach, max(ys) + ASCENT * size
        label = "".join(characters)[:20]
        if self.state.mode % 4 != 1:
            self._add("text", box, self.state.fill, size=size, label=label)
        if self.state.mode % 4 in (1, 2):
            self._add("text", box, self.state.stroke, size=size, label=label)

    def paint(self, name: Name) -> None:
        """Paint an external object."""
        value = resolve(self.resource("XObject", name))
        kind = value.get("/Subtype")
        if kind == "/Image":
            self._picture(value)
        elif kind == "/Form":
            self.group(value)
            points, self._points = self._points, []
            clip = self.state.clip
            self.state.clip = intersection(clip, self._bounds(value))
            super().paint(name)
            self.state.clip, self._points = clip, points
        else:
            self.forbidden.add(f"an external object of the kind {str(kind).lstrip('/')}")

    def _bounds(self, form: Any) -> Rectangle:
        """Return where a form can paint at all (8.10.2)."""
        x0, y0, x1, y1 = (float(resolve(number)) for number in resolve(form["/BBox"]))
        a, b, c, d, e, f = multiply(form_matrix(form), self.state.ctm)
        return bounding_box(
            [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
        )

    def inline(self, entries: dict[str, Any]) -> None:
        """Paint an inline image; its pixels are not looked at."""
        space = entries.get("CS", entries.get("ColorSpace"))
        width, height = (
            float(entries.get(short, entries.get(full, 0)) or 0)
            for short, full in (("W", "Width"), ("H", "Height"))
        )
        chosen = self._colour_spaces.read(space, self.resources) if space else None
        mask = entries.get("IM", entries.get("ImageMask")) is True
        separations = self.separations(self.state.fill) if mask else {}
        self._placed((width, height), chosen, (separations, sum(separations.values())), mask=mask)

    def _picture(self, image: Any) -> None:
        width, height = float(resolve(image["/Width"])), float(resolve(image["/Height"]))
        if resolve(image.get("/ImageMask")):
            separations = self.separations(self.state.fill)
            self._placed((width, height), None, (separations, sum(separations.values())), mask=True)
            return
        raw = image.get("/ColorSpace")
        space = self._colour_spaces.read(raw, self.resources) if raw is not None else None
        soft_masked = resolve(image.get("/SMask")) is not None
        if resolve(image.get("/Alternates")):
            self.forbidden.add("a picture with alternates")
        inks: tuple[Separations, float] = {}, 0.0
        inks_error = ""
        try:
            if space is not None:
                inks = image_separations(image, space, self._colour_spaces)
        except UndeterminedInksError as error:
            inks_error = str(error)
        self._placed((width, height), space, inks, soft_masked=soft_masked, inks_error=inks_error)

    def _placed(
        self,
        pixels: tuple[float, float],
        space: ColourSpace | None,
        inks: tuple[Separations, float],
        *,
        mask: bool = False,
        soft_masked: bool = False,
        inks_error: str = "",
    ) -> None:
        (width, height), (a, b, c, d, e, f) = pixels, self.state.ctm
        across, up = hypot(a, b) / 72, hypot(c, d) / 72
        corners = [(e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f)]
        one = PaintedObject(
            kind="mask" if mask else "picture",
            box=intersection(self.state.clip, bounding_box(corners)),
            space=space.name if space else "of its own",
            separations=inks[0],
            total=inks[1],
            device_rgb=bool(space and space.device_rgb),
            resolution=min(width / across if across else 0, height / up if up else 0),
            label=f"{width:g} × {height:g} pixels",
            alpha=self.state.fill_alpha,
            blend_mode=self.state.blend_mode,
            soft_masked=soft_masked or self.state.soft_masked,
            inks_error=inks_error,
        )
        self._keep(one)

    def shade(self, name: Name) -> None:
        """Paint a shading over all that the clip leaves."""
        self._shade(resolve(self.resource("Shading", name)))

    def _shade(self, shading: Any) -> None:
        entries = resolve(shading)
        space = self._colour_spaces.read(entries.get("/ColorSpace"), self.resources)
        separations: Separations = {}
        for colour in function_colours(resolve(entries.get("/Function"))):
            for plate, part in space.separations(colour).items():
                separations[plate] = max(separations.get(plate, 0.0), part)
        one = PaintedObject(
            kind="shading",
            box=self.state.clip,
            space=space.name,
            separations=separations,
            total=sum(separations.values()),
            device_rgb=space.device_rgb,
            alpha=self.state.fill_alpha,
            blend_mode=self.state.blend_mode,
            soft_masked=self.state.soft_masked,
        )
        self._keep(one)

    def _keep(self, one: PaintedObject) -> None:
        """Keep what can be seen: a clip may leave nothing of it."""
        left, bottom, right, top = one.box
        if left < right and bottom < top:
            self._colour_spaces.object_count += 1
            if (
                len(self.painted_objects) == MAX_OBJECTS_PER_PAGE
                or self._colour_spaces.object_count > MAX_OBJECTS_PER_FILE
            ):
                raise ContentError(
                    f"more than {MAX_OBJECTS_PER_PAGE:,} objects on one page, or {MAX_OBJECTS_PER_FILE:,} in all"
                )
            self.painted_objects.append(one)

    def _add(
        self,
        kind: str,
        box: Rectangle,
        colour: tuple[ColourSpace, tuple[float, ...]] | None,
        *,
        size: float = 0.0,
        label: str = "",
    ) -> None:
        state, separations = self.state, self.separations(colour)
        one = PaintedObject(
            kind=kind,
            box=intersection(state.clip, box),
            space=colour[0].name if colour else "",
            separations=separations,
            total=sum(separations.values()),
            device_rgb=bool(colour and colour[0].device_rgb),
            size=size,
            label=label,
            alpha=state.stroke_alpha if kind == "stroke" else state.fill_alpha,
            blend_mode=state.blend_mode,
            soft_masked=state.soft_masked,
            overprints=state.overprint and state.overprint_mode == 1,
        )
        self._keep(one)


def _painting(*, fill: bool = False, stroke: bool = False) -> Any:
    return (), lambda interpreter: interpreter.paint_path(fill=fill, stroke=stroke)


PageInterpreter.operators = {
    **ColourInterpreter.operators,
    b"Do": ((Name,), PageInterpreter.paint),
    b"sc": (None, lambda interpreter, parts: interpreter.colour(parts, stroke=False)),
    b"scn": (None, lambda interpreter, parts: interpreter.colour(parts, stroke=False)),
    b"SC": (None, lambda interpreter, parts: interpreter.colour(parts, stroke=True)),
    b"SCN": (None, lambda interpreter, parts: interpreter.colour(parts, stroke=True)),
    b"m": ((float,) * 2, PageInterpreter.point),
    b"l": ((float,) * 2, PageInterpreter.point),
    b"c": ((float,) * 6, PageInterpreter.points),
    b"v": ((float,) * 4, PageInterpreter.points),
    b"y": ((float,) * 4, PageInterpreter.points),
    b"re": ((float,) * 4, PageInterpreter.rectangle),
    b"W": ((), PageInterpreter.clip),
    b"W*": ((), PageInterpreter.clip),
    b"n": _painting(),
    b"S": _painting(stroke=True),
    b"s": _painting(stroke=True),
    b"f": _painting(fill=True),
    b"F": _painting(fill=True),
    b"f*": _painting(fill=True),
    b"B": _painting(fill=True, stroke=True),
    b"B*": _painting(fill=True, stroke=True),
    b"b": _painting(fill=True, stroke=True),
    b"b*": _painting(fill=True, stroke=True),
    b"sh": ((Name,), PageInterpreter.shade),
    b"EI": ((dict,), PageInterpreter.inline),
}
