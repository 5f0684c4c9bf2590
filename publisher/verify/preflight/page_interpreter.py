"""The objects that a page paints, each with its place, its colour space and its inks.

Input: the content and resources of a page from pypdf. Output: a ``PaintedObject`` for each run of text,
path, picture and shading, form XObjects included, and the page's use of transparency. Serves ISO 32000-1,
8.4 (graphics state), 8.5 (paths), 8.9 (images) and 11 (transparency).
"""

from __future__ import annotations

from dataclasses import replace
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any

from publisher.pdf.content_stream import form_matrix
from publisher.pdf.geometry import multiply
from publisher.pdf.syntax import ContentError, Name, painted_data, resolve
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

    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.glyph_run import GlyphPositions
    from publisher.verify.preflight.colour_interpreter import Colour
    from publisher.verify.preflight.colour_spaces import ColourSpace, ColourSpaces, Separations
    from publisher.verify.preflight.image_inks import ImageInks

MAX_OBJECTS_PER_PAGE = 200_000
"""A map has some ten thousand."""
MAX_OBJECTS_PER_FILE = 1_000_000
DESCENT, ASCENT = 0.2, 0.9
"""Extent of glyphs below and above the baseline, in em; an estimate, since glyphs are not measured."""
_LABEL_LENGTH = 20
"""Characters of text that identify it in a message."""
_FRAME_POINTS = 8
"""Points of a path that consists of two rectangles: a frame."""


class PageInterpreter(ColourInterpreter):
    """The interpreter of a page that collects the objects it paints."""

    decode = staticmethod(painted_data)

    def __init__(
        self, fonts: dict[object, Font], colour_spaces: ColourSpaces, medium: Rectangle
    ) -> None:
        """Begin an empty page on ``medium``."""
        super().__init__(fonts, colour_spaces, medium)
        self.painted_objects: list[PaintedObject] = []
        self._path: list[tuple[float, float]] = []
        """The points of the current path, in default user space."""
        self._path_clips = False
        """Whether the current path becomes the clipping path (W)."""
        self._visited: set[int] = set()
        """The ids of the patterns and Type 3 fonts that have been interpreted."""
        self._medium = medium

    def set_colour(self, operands: Sequence[Any], *, stroke: bool) -> None:
        """Select a colour of the current colour space, or a pattern (sc, scn and so on)."""
        current = self.state.stroke if stroke else self.state.fill
        components = tuple(operand for operand in operands if isinstance(operand, float))
        if operands and isinstance(operands[-1], Name):
            self._interpret_pattern(operands[-1])
        if current and components:
            self.select_colour((current[0], components), stroke=stroke)

    def _interpret_pattern(self, name: Name) -> None:
        """Collect what a pattern paints: the content of its cell, or its shading (8.7)."""
        pattern = resolve(self.resource("Pattern", name))
        shading = resolve(pattern.get("/Shading"))
        if shading is not None:
            self._add_shading(shading)
        elif id(pattern) not in self._visited:
            self._visited.add(id(pattern))
            resources = resolve(pattern.get("/Resources")) or {}
            self.interpret_isolated(painted_data(pattern), resources)

    def interpret_type3_glyphs(self, fonts: Iterable[tuple[str, Any]]) -> None:
        """Collect what the glyph descriptions of Type 3 fonts paint in DeviceRGB (9.6.5)."""
        for name, font in fonts:
            glyph_descriptions = resolve(font.get("/CharProcs")) or {}
            if id(font) in self._visited:
                continue
            self._visited.add(id(font))
            interpreter = PageInterpreter(self.fonts, self._colour_spaces, self._medium)
            for description in glyph_descriptions.values():
                interpreter.interpret_isolated(
                    painted_data(resolve(description)), resolve(font.get("/Resources")) or {}
                )
            in_rgb = (painted for painted in interpreter.painted_objects if painted.device_rgb)
            self.painted_objects += [replace(painted, label=name) for painted in in_rgb]

    # The path (8.5)

    def add_point(self, x: float, y: float) -> None:
        """Add a point to the path (m, l)."""
        a, b, c, d, e, f = self.state.ctm
        self._path.append((a * x + c * y + e, b * x + d * y + f))

    def add_points(self, *coordinates: float) -> None:
        """Add the points of a curve to the path (c, v, y)."""
        for x, y in zip(coordinates[::2], coordinates[1::2], strict=True):
            self.add_point(x, y)

    def add_rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle to the path (re)."""
        self.add_points(x, y, x + width, y, x + width, y + height, x, y + height)

    def clip(self) -> None:
        """Make the current path the clipping path once it is painted (W)."""
        self._path_clips = True

    def paint_path(self, *, fill: bool, stroke: bool) -> None:
        """Paint the path, or end it unpainted (n), and begin another."""
        if self._path:
            box = bounding_box(self._path)
            if fill:
                self._add("fill", box, self.state.fill, size=self._thickness(box))
            if stroke:
                width = self.state.line_width * self._scale()
                half = width / 2
                left, bottom, right, top = box
                inked = left - half, bottom - half, right + half, top + half
                self._add("stroke", inked, self.state.stroke, size=width)
            if self._path_clips:
                self.state.clip = intersection(self.state.clip, box)
        self._path, self._path_clips = [], False

    def _thickness(self, box: Rectangle) -> float:
        """Return the thickness of a filled shape: a rectangle, or the frame between two rectangles."""
        left, bottom, right, top = intersection(self.state.clip, box)
        sides = [right - left, top - bottom]
        if len(self._path) == _FRAME_POINTS:
            outer, inner = bounding_box(self._path[:4]), bounding_box(self._path[4:])
            sides += [abs(a - b) for a, b in zip(outer, inner, strict=True) if a != b]
        return min(sides)

    def _scale(self) -> float:
        """Return the factor by which the current transformation matrix scales lengths on average."""
        a, b, c, d, _, _ = self.state.ctm
        return sqrt(abs(a * d - b * c))

    # Text, pictures, shadings

    def add_run(self, characters: Sequence[str], positions: GlyphPositions, size: float) -> None:
        """Add a run of text."""
        super().add_run(characters, positions, size)
        mode = self.state.render_mode
        if not characters or mode in (3, 7):
            return
        xs, ys = positions.xs(), positions.ys()
        right = max(x + advance for x, advance in zip(xs, positions.advances(), strict=True))
        box = min(xs), min(ys) - DESCENT * size, right, max(ys) + ASCENT * size
        label = "".join(characters)[:_LABEL_LENGTH]
        if mode % 4 != 1:
            self._add("text", box, self.state.fill, size=size, label=label)
        if mode % 4 in (1, 2):
            self._add("text", box, self.state.stroke, size=size, label=label)

    def paint_xobject(self, name: Name) -> None:
        """Paint an external object (Do)."""
        xobject = resolve(self.resource("XObject", name))
        subtype = xobject.get("/Subtype")
        if subtype == "/Image":
            self._add_image(xobject)
        elif subtype == "/Form":
            self.record_group(xobject)
            path, self._path = self._path, []
            clip = self.state.clip
            self.state.clip = intersection(clip, self._form_box(xobject))
            super().paint_xobject(name)
            self.state.clip, self._path = clip, path
        else:
            self.forbidden.add(f"an external object of the type {str(subtype).lstrip('/')}")

    def _form_box(self, form: Any) -> Rectangle:
        """Return the bounding box of a form on the page (8.10.2)."""
        x0, y0, x1, y1 = (float(resolve(number)) for number in resolve(form["/BBox"]))
        a, b, c, d, e, f = multiply(form_matrix(form), self.state.ctm)
        return bounding_box(
            [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
        )

    def paint_inline_image(self, entries: dict[str, Any]) -> None:
        """Paint an inline image; its pixels are not decoded."""
        raw_space = entries.get("CS", entries.get("ColorSpace"))
        width, height = (
            float(entries.get(short, entries.get(full, 0)) or 0)
            for short, full in (("W", "Width"), ("H", "Height"))
        )
        space = self._colour_spaces.read(raw_space, self.resources) if raw_space else None
        is_mask = entries.get("IM", entries.get("ImageMask")) is True
        separations = self.separations(self.state.fill) if is_mask else {}
        inks = separations, sum(separations.values())
        self._add_picture((width, height), space, inks, is_mask=is_mask)

    def _add_image(self, image: Any) -> None:
        """Add an image XObject (8.9.5)."""
        pixels = float(resolve(image["/Width"])), float(resolve(image["/Height"]))
        if resolve(image.get("/ImageMask")):
            separations = self.separations(self.state.fill)
            inks: ImageInks = separations, sum(separations.values())
            self._add_picture(pixels, None, inks, is_mask=True)
            return
        raw_space = image.get("/ColorSpace")
        space = None
        if raw_space is not None:
            space = self._colour_spaces.read(raw_space, self.resources)
        soft_masked = resolve(image.get("/SMask")) is not None
        if resolve(image.get("/Alternates")):
            self.forbidden.add("a picture with alternates")
        inks, inks_error = ({}, 0.0), ""
        try:
            if space is not None:
                inks = image_separations(image, space, self._colour_spaces)
        except UndeterminedInksError as error:
            inks_error = str(error)
        self._add_picture(pixels, space, inks, soft_masked=soft_masked, inks_error=inks_error)

    def _add_picture(
        self,
        pixels: tuple[float, float],
        space: ColourSpace | None,
        inks: ImageInks,
        *,
        is_mask: bool = False,
        soft_masked: bool = False,
        inks_error: str = "",
    ) -> None:
        """Add a picture in the unit square of the current space (8.9.5.1).

        ``pixels`` are its width and height.
        """
        (width, height), (a, b, c, d, e, f) = pixels, self.state.ctm
        width_inches, height_inches = hypot(a, b) / 72, hypot(c, d) / 72
        corners = [(e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f)]
        self._append(
            PaintedObject(
                kind="mask" if is_mask else "picture",
                box=intersection(self.state.clip, bounding_box(corners)),
                space=space.name if space else "of its own",
                separations=inks[0],
                total=inks[1],
                device_rgb=bool(space and space.device_rgb),
                resolution=min(
                    width / width_inches if width_inches else 0,
                    height / height_inches if height_inches else 0,
                ),
                label=f"{width:g} × {height:g} pixels",
                alpha=self.state.fill_alpha,
                blend_mode=self.state.blend_mode,
                soft_masked=soft_masked or self.state.soft_masked,
                inks_error=inks_error,
            )
        )

    def paint_shading(self, name: Name) -> None:
        """Paint a shading over the clipped area (sh)."""
        self._add_shading(resolve(self.resource("Shading", name)))

    def _add_shading(self, shading: Any) -> None:
        entries = resolve(shading)
        space = self._colour_spaces.read(entries.get("/ColorSpace"), self.resources)
        most: Separations = {}
        for colour in function_colours(resolve(entries.get("/Function"))):
            for name, ink in space.separations(colour).items():
                most[name] = max(most.get(name, 0.0), ink)
        self._append(
            PaintedObject(
                kind="shading",
                box=self.state.clip,
                space=space.name,
                separations=most,
                total=sum(most.values()),
                device_rgb=space.device_rgb,
                alpha=self.state.fill_alpha,
                blend_mode=self.state.blend_mode,
                soft_masked=self.state.soft_masked,
            )
        )

    def _add(
        self,
        kind: str,
        box: Rectangle,
        colour: Colour | None,
        *,
        size: float = 0.0,
        label: str = "",
    ) -> None:
        """Add text or a path in a colour."""
        state, separations = self.state, self.separations(colour)
        self._append(
            PaintedObject(
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
        )

    def _append(self, painted: PaintedObject) -> None:
        """Append an object unless it is clipped away; raise ``ContentError`` if there are too many."""
        left, bottom, right, top = painted.box
        if left < right and bottom < top:
            self._colour_spaces.object_count += 1
            if (
                len(self.painted_objects) == MAX_OBJECTS_PER_PAGE
                or self._colour_spaces.object_count > MAX_OBJECTS_PER_FILE
            ):
                raise ContentError(
                    f"more than {MAX_OBJECTS_PER_PAGE:,} objects on one page, "
                    f"or {MAX_OBJECTS_PER_FILE:,} in the file"
                )
            self.painted_objects.append(painted)


def _paint_operator(*, fill: bool = False, stroke: bool = False) -> Any:
    return (), lambda interpreter: interpreter.paint_path(fill=fill, stroke=stroke)


def _colour_operator(*, stroke: bool) -> Any:
    return None, lambda interpreter, operands: interpreter.set_colour(operands, stroke=stroke)


PageInterpreter.operators = {
    **ColourInterpreter.operators,
    b"Do": ((Name,), PageInterpreter.paint_xobject),
    b"sc": _colour_operator(stroke=False),
    b"scn": _colour_operator(stroke=False),
    b"SC": _colour_operator(stroke=True),
    b"SCN": _colour_operator(stroke=True),
    b"m": ((float,) * 2, PageInterpreter.add_point),
    b"l": ((float,) * 2, PageInterpreter.add_point),
    b"c": ((float,) * 6, PageInterpreter.add_points),
    b"v": ((float,) * 4, PageInterpreter.add_points),
    b"y": ((float,) * 4, PageInterpreter.add_points),
    b"re": ((float,) * 4, PageInterpreter.add_rectangle),
    b"W": ((), PageInterpreter.clip),
    b"W*": ((), PageInterpreter.clip),
    b"n": _paint_operator(),
    b"S": _paint_operator(stroke=True),
    b"s": _paint_operator(stroke=True),
    b"f": _paint_operator(fill=True),
    b"F": _paint_operator(fill=True),
    b"f*": _paint_operator(fill=True),
    b"B": _paint_operator(fill=True, stroke=True),
    b"B*": _paint_operator(fill=True, stroke=True),
    b"b": _paint_operator(fill=True, stroke=True),
    b"b*": _paint_operator(fill=True, stroke=True),
    b"sh": ((Name,), PageInterpreter.paint_shading),
    b"EI": ((dict,), PageInterpreter.paint_inline_image),
}
