"""The objects that a page paints, each with its place, its colour space and its inks.

Input: the content and resources of a page from pypdf. Output: a ``PaintedObject`` for each run of text,
path, picture and shading, form XObjects and the cells of patterns included. Serves ISO 32000-1,
8.4 (graphics state), 8.5 (paths), 8.7 (patterns), 8.10 (forms) and 9.4 (text).
"""

from __future__ import annotations

import re
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.pdf.content_stream import form_matrix
from publisher.pdf.font_encoding import Font
from publisher.pdf.geometry import IDENTITY, multiply
from publisher.pdf.library_errors import describe_error
from publisher.pdf.syntax import ContentError, ContentLimitError, Name, painted_data, resolve
from publisher.verify.preflight.object_collector import ObjectCollector, unknown_space_error
from publisher.verify.preflight.painted_object import PaintedObject, bounding_box, intersection
from publisher.verify.preflight.shading_colours import UnjudgedShadingError, shading_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.pdf.geometry import Matrix, Rectangle
    from publisher.pdf.glyph_run import GlyphPositions
    from publisher.verify.preflight.colour_interpreter import Colour
    from publisher.verify.preflight.colour_spaces import ColourSpaces, Separations

DESCENT, ASCENT = 0.2, 0.9
"""Extent of glyphs below and above the baseline, in em; an estimate, since glyphs are not measured."""
_MAX_REASON = 200
"""Characters of a reason why something was not judged."""
_THINNEST = 0.02
"""Points: the width of a line of no width, which devices paint as thin as they can (8.4.3.2)."""
_EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)
_UNCOLOURED = 2
"""The PaintType of patterns that are painted in the current colour."""
_TAKES_COLOUR_OF_TEXT = re.compile(rb"\A[\s\d.+-]*d1\b")
"""The beginning of a glyph description whose colours are ignored (9.6.5)."""
_NAMES_RESOURCES = re.compile(rb"\b(?:Tf|Do)\b")
"""A glyph description that selects a font or paints a form; most of them paint a stencil mask only."""
_LABEL_LENGTH = 20
"""Characters of text that identify it in a message."""
_ROUNDING = 1e-4
"""Points. The edges of a frame without a border on this side may differ by what rounding leaves."""
_FRAME_POINTS = 8
"""Points of a path that consists of two rectangles: a frame."""


class ShownFont(Font):
    """A font with its dictionary, read for the places of its glyphs."""

    def __init__(self, dictionary: Any) -> None:
        """Read a font dictionary; a damaged ToUnicode does not matter."""
        super().__init__(dictionary, for_text=False)
        self.dictionary = dictionary


class PageInterpreter(ObjectCollector):
    """The interpreter of a page that collects the objects it paints."""

    decode = staticmethod(painted_data)

    def __init__(
        self, fonts: dict[object, Font], colour_spaces: ColourSpaces, medium: Rectangle
    ) -> None:
        """Begin an empty page on ``medium``."""
        super().__init__(fonts, colour_spaces, medium)
        self.shown_fonts: dict[int, ShownFont] = {}
        """The fonts of which glyphs are painted, by the ids of their dictionaries."""
        self.unjudged: list[str] = []
        """What could not be read of fonts, and why."""
        self.failures = 0
        """The number of operators that could not be executed."""
        self.first_failure = ""
        self._base = IDENTITY
        """The matrix from the space of the page, or of the form, to default user space: that of patterns."""
        self._path: list[tuple[float, float]] = []
        """The points of the current path, in default user space."""
        self._path_clips = False
        """Whether the current path becomes the clipping path (W)."""
        self._visited: set[object] = set()
        """The ids of the patterns, with their colours, and of the Type 3 fonts that have been interpreted."""
        self._medium = medium

    def execute(self, operator: bytes, operands: list[Any]) -> None:
        """Execute one operator; one that cannot be executed is noted, and the page goes on, as in viewers."""
        try:
            super().execute(operator, operands)
        except ContentLimitError:
            raise
        except Exception as error:  # noqa: BLE001 - a damaged resource raises anything
            reason = error.message if isinstance(error, ContentError) else describe_error(error)
            self.failures += 1
            failure = f"{operator.decode('latin-1')}: {reason}"[:_MAX_REASON]
            self.first_failure = self.first_failure or failure

    def restore(self) -> None:
        """Restore the graphics state (Q); one without its q has no effect."""
        if self.state_stack:
            super().restore()

    def read_font(self, dictionary: Any) -> Font:
        """Read a font for the places of its glyphs; what cannot be read of it is noted."""
        try:
            font = ShownFont(dictionary)
        except Exception as error:  # noqa: BLE001 - a damaged font raises anything
            font = ShownFont({"/BaseFont": dictionary.get("/BaseFont")})
            font.dictionary = dictionary
            self.unjudged.append(
                translatable(
                    "the font {name} cannot be read: {error}",
                    name=font.name,
                    error=describe_error(error),
                )[:_MAX_REASON]
            )
        return font

    def begin(self, matrix: Matrix) -> None:
        """Begin the page in a space with this matrix."""
        self._base = self.state.ctm = matrix

    def set_colour(self, operands: Sequence[Any], *, stroke: bool) -> None:
        """Select a colour of the current colour space, or a pattern (sc, scn and so on)."""
        current = self.state.stroke if stroke else self.state.fill
        components = tuple(operand for operand in operands if isinstance(operand, float))
        if current and components:
            self.select_colour((current[0], components), stroke=stroke)
        if operands and isinstance(operands[-1], Name):
            self._interpret_pattern(operands[-1], stroke=stroke)

    def _interpret_pattern(self, name: Name, *, stroke: bool) -> None:
        """Collect what a pattern paints: the content of its cell, or its shading (8.7)."""
        pattern = resolve(self.resource("Pattern", name))
        shading = resolve(pattern.get("/Shading"))
        if shading is not None:
            self._add_shading(shading)
            return
        colour = self.state.stroke if stroke else self.state.fill
        is_coloured = resolve(pattern.get("/PaintType")) != _UNCOLOURED
        key = id(pattern), None if is_coloured or colour is None else colour[1]
        if key in self._visited:
            return
        self._visited.add(key)
        cell = self._interpreter_of_parts()
        cell.begin(multiply(form_matrix(pattern), self._base))
        if not is_coloured:
            cell.state.fill = cell.state.stroke = colour
            cell.operators = _UNCOLOURED_OPERATORS  # type: ignore[misc]
        cell.interpret(painted_data(pattern), resolve(pattern.get("/Resources")) or {})
        self._adopt(cell)
        for painted in cell.painted_objects:
            self.append(replace(painted, box=self.state.clip, is_tiled=True))

    def _interpreter_of_parts(self) -> PageInterpreter:
        """Return an interpreter for what is painted in many places, or in places that are not known."""
        parts = PageInterpreter(self.fonts, self._colour_spaces, _EVERYWHERE)
        parts._visited = self._visited
        return parts

    def _adopt(self, parts: PageInterpreter) -> None:
        """Take over what another interpreter found, without its painted objects."""
        self.shown_fonts |= parts.shown_fonts
        self.unjudged += parts.unjudged
        self.failures += parts.failures
        self.first_failure = self.first_failure or parts.first_failure
        self.forbidden |= parts.forbidden
        self.groups |= parts.groups

    def interpret_type3_glyphs(self, page_resources: Any) -> None:
        """Collect what the glyph descriptions of the shown Type 3 fonts paint in DeviceRGB, and their fonts (9.6.5)."""
        pending = list(self.shown_fonts.values())
        while pending:
            font = pending.pop()
            glyph_descriptions = resolve(font.dictionary.get("/CharProcs"))
            if not glyph_descriptions or id(font.dictionary) in self._visited:
                continue
            self._visited.add(id(font.dictionary))
            coloured, uncoloured = self._interpreter_of_parts(), self._interpreter_of_parts()
            uncoloured.operators = _UNCOLOURED_OPERATORS  # type: ignore[misc]
            resources = resolve(font.dictionary.get("/Resources")) or page_resources
            for description in map(resolve, glyph_descriptions.values()):
                data = painted_data(description)
                if not _TAKES_COLOUR_OF_TEXT.search(data):
                    coloured.interpret_isolated(data, resources)
                elif _NAMES_RESOURCES.search(data):
                    uncoloured.interpret_isolated(data, resources)
            for glyphs in (coloured, uncoloured):
                pending += glyphs.shown_fonts.values()
                self._adopt(glyphs)
            in_rgb = (painted for painted in coloured.painted_objects if painted.device_rgb)
            self.painted_objects += [
                replace(painted, label=font.name, box=self._medium) for painted in in_rgb
            ]

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
            has_segments = len(self._path) > 1  # a point alone paints nothing (8.5.3.2)
            if fill and has_segments:
                self._add("fill", box, self.state.fill, size=self._thickness(box))
            if stroke and has_segments:
                width = self.state.line_width * self._scale()
                left, bottom, right, top = box
                half = max(width, _THINNEST) / 2
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
            widths = (abs(a - b) for a, b in zip(outer, inner, strict=True))
            sides += [width for width in widths if width > _ROUNDING]
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
        font = self.state.font
        if isinstance(font, ShownFont) and id(font.dictionary) not in self.shown_fonts:
            self.shown_fonts[id(font.dictionary)] = font
            if not font.has_widths:
                self.unjudged.append(
                    translatable(
                        "the font {name} has no widths: places are estimates", name=font.name
                    )
                )
        xs, ys, size = positions.xs(), positions.ys(), abs(size)
        ends = [x + advance for x, advance in zip(xs, positions.advances(), strict=True)]
        right = max(*xs, *ends, min(xs) + DESCENT * size)
        box = min(*xs, *ends), min(ys) - DESCENT * size, right, max(ys) + ASCENT * size
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
            self.add_image(xobject)
        elif subtype == "/Form":
            self.record_group(xobject)
            outer = self._path, self._base, self.state.clip
            self._path, self._base = [], multiply(form_matrix(xobject), self.state.ctm)
            self.state.clip = intersection(self.state.clip, self._form_box(xobject))
            try:
                super().paint_xobject(name)
            finally:
                self._path, self._base, self.state.clip = outer
        else:
            self.forbidden.add(
                translatable(
                    "an external object of the type {subtype}", subtype=str(subtype).lstrip("/")
                )
            )

    def _form_box(self, form: Any) -> Rectangle:
        """Return the bounding box of a form on the page (8.10.2)."""
        x0, y0, x1, y1 = (float(resolve(number)) for number in resolve(form["/BBox"]))
        a, b, c, d, e, f = multiply(form_matrix(form), self.state.ctm)
        return bounding_box(
            [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
        )

    def paint_shading(self, name: Name) -> None:
        """Paint a shading over the clipped area (sh)."""
        self._add_shading(resolve(self.resource("Shading", name)))

    def _add_shading(self, shading: Any) -> None:
        entries = resolve(shading)
        space = self._colour_spaces.read(entries.get("/ColorSpace"), self.resources)
        most: Separations = {}
        total, inks_error = 0.0, unknown_space_error(space)
        try:
            colours = set(shading_colours(entries, space.components))
        except UnjudgedShadingError as error:
            colours, inks_error = set(), str(error)
        for separations in map(space.separations, colours):
            total = max(total, sum(separations.values()))
            for name, ink in separations.items():
                most[name] = max(most.get(name, 0.0), ink)
        self.append(
            PaintedObject(
                kind="shading",
                box=self.state.clip,
                space=space.name,
                separations=most,
                total=total,
                inks_error=inks_error,
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
        self.append(
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
                inks_error=unknown_space_error(colour[0] if colour else None),
                overprints=self.overprints(colour[0] if colour else None, stroke=kind == "stroke"),
            )
        )


def _paint_operator(*, fill: bool = False, stroke: bool = False) -> Any:
    return (), lambda interpreter: interpreter.paint_path(fill=fill, stroke=stroke)


def _colour_operator(*, stroke: bool) -> Any:
    return None, lambda interpreter, operands: interpreter.set_colour(operands, stroke=stroke)


PageInterpreter.operators = {
    **ObjectCollector.operators,
    b"Q": ((), PageInterpreter.restore),
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
for _operator in (b"BMC", b"BDC", b"EMC"):  # marked content does not matter for printing
    del PageInterpreter.operators[_operator]
_UNCOLOURED_OPERATORS = {
    operator: method
    for operator, method in PageInterpreter.operators.items()
    if operator not in b"g G rg RG k K cs CS sc SC scn SCN".split()
}
"""The operators in the cell of an uncoloured pattern: those of colours have no effect (8.7.3.3)."""
