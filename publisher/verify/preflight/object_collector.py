"""Collecting of the objects that a page paints, and of its pictures and stencil masks.

Input: image XObjects from pypdf, and inline images. Output: a ``PaintedObject`` for each. Serves ISO 32000-1,
8.9 (images).
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.pdf.structure_tree import plain
from publisher.pdf.syntax import ContentLimitError, resolve
from publisher.verify.preflight.colour_interpreter import ColourInterpreter
from publisher.verify.preflight.colour_spaces import PATTERN
from publisher.verify.preflight.image_inks import (
    NO_INKS,
    UndeterminedInksError,
    image_separations,
    implicit_space,
    palette_inks,
)
from publisher.verify.preflight.painted_object import PaintedObject, bounding_box, intersection

if TYPE_CHECKING:
    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.verify.preflight.colour_spaces import ColourSpace, ColourSpaces
    from publisher.verify.preflight.image_inks import ImageInks

MAX_OBJECTS_PER_PAGE = 200_000
"""A map has some ten thousand."""
MAX_OBJECTS_PER_FILE = 1_000_000
_COLOURANT_SPACES = ("Separation", "DeviceN")


class ObjectCollector(ColourInterpreter):
    """An interpreter that collects painted objects; this part of it adds the pictures."""

    def __init__(
        self, fonts: dict[object, Font], colour_spaces: ColourSpaces, medium: Rectangle
    ) -> None:
        """Begin an empty page on ``medium``."""
        super().__init__(fonts, colour_spaces, medium)
        self.painted_objects: list[PaintedObject] = []

    def overprints(self, space: ColourSpace | None, *, stroke: bool) -> bool:
        """Return whether separations without ink keep what is below.

        All colours but those of ``DeviceCMYK`` in overprint mode 1 knock out of the process inks (8.6.7); a
        spot colour leaves every other separation alone.
        """
        state = self.state
        if space is None or not (state.stroke_overprint if stroke else state.fill_overprint):
            return False
        if space.name.startswith(_COLOURANT_SPACES):
            return True
        return space.name == "DeviceCMYK" and state.overprint_mode == 1

    def paint_inline_image(self, entries: dict[str, Any]) -> None:
        """Paint an inline image; its pixels are not decoded."""
        raw_space = entries.get("CS", entries.get("ColorSpace"))
        width, height = (
            float(entries.get(short, entries.get(full, 0)) or 0)
            for short, full in (("W", "Width"), ("H", "Height"))
        )
        if entries.get("IM", entries.get("ImageMask")) is True:
            self._add_stencil((width, height))
            return
        space = self._colour_spaces.read(raw_space, self.resources) if raw_space else None
        inks, inks_error = NO_INKS, "the pixels of an inline picture are not decoded"
        if space is not None and space.palette_size and space.is_known:
            inks, inks_error = palette_inks(space), ""
        self._add_picture((width, height), space, inks, inks_error=inks_error)

    def _add_stencil(self, pixels: tuple[float, float]) -> None:
        """Add a stencil mask, which is painted in the current colour (8.9.6.2)."""
        colour = self.state.fill
        separations = self.separations(colour)
        self._add_picture(
            pixels,
            colour[0] if colour else None,
            (separations, sum(separations.values())),
            is_mask=True,
        )

    def add_image(self, image: Any) -> None:
        """Add an image XObject (8.9.5)."""
        pixels = float(resolve(image["/Width"])), float(resolve(image["/Height"]))
        if plain(image.get("/ImageMask")) is True:
            self._add_stencil(pixels)
            return
        raw_space = image.get("/ColorSpace")
        space = None
        if raw_space is not None:
            space = self._colour_spaces.read(raw_space, self.resources)
        soft_masked = resolve(image.get("/SMask")) is not None
        if resolve(image.get("/Alternates")):
            self.forbidden.add("a picture with alternates")
        inks, inks_error = NO_INKS, ""
        try:
            space = space or implicit_space(image, self._colour_spaces)
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
        self.append(
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
                inks_error=inks_error or unknown_space_error(space),
                overprints=is_mask and self.overprints(space, stroke=False),
            )
        )

    def append(self, painted: PaintedObject) -> None:
        """Append an object unless it is clipped away; raise ``ContentLimitError`` if there are too many."""
        left, bottom, right, top = painted.box
        if left < right and bottom < top:
            self._colour_spaces.object_count += 1
            if (
                len(self.painted_objects) == MAX_OBJECTS_PER_PAGE
                or self._colour_spaces.object_count > MAX_OBJECTS_PER_FILE
            ):
                raise ContentLimitError(
                    translatable(
                        "more than {max_objects_per_page:,} objects on one page, or {max_objects_per_file:,} "
                        "in the file",
                        max_objects_per_page=MAX_OBJECTS_PER_PAGE,
                        max_objects_per_file=MAX_OBJECTS_PER_FILE,
                    )
                )
            self.painted_objects.append(painted)


def unknown_space_error(space: ColourSpace | None) -> str:
    """Return why the inks of a colour are not known; empty if they are, or if a pattern is judged by itself."""
    if space is None or space.is_known or space.name == PATTERN:
        return ""
    return translatable("the colour space {name} is not known", name=space.name)
