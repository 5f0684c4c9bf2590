"""Conversion of screen colours to CMYK for print.

In: a colour of a style sheet or a chart. Out: the amounts of the four inks. Text and rules are printed in black alone,
greys in tints of black, and a colour that a style names with the build that the style gives. Type in several inks
would have coloured edges wherever the plates are out of register, so a colour without a name is printed in black of
the same darkness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.pdf.icc import Cmyk, Rgb

SOLID_BLACK = 0.7
"""A darker tint of black is printed solid: halftone dots give type ragged edges."""
MAX_GREY_CHROMA = 4
"""The largest difference between the components of a grey, of 255."""


class Inks:
    """The inks of one document, and the colours that it prints in black because no style names them."""

    def __init__(self, named: Mapping[Rgb, Cmyk]) -> None:
        """Use the builds that a style names."""
        self._named = named
        self.blackened: set[str] = set()
        """The colours that no style names, in CSS notation."""

    def convert(self, colour: Rgb) -> Cmyk:
        """Return the inks of a colour, each from 0 to 1."""
        if colour in self._named:
            return self._named[colour]
        if not is_grey(colour):
            self.blackened.add("#{:02x}{:02x}{:02x}".format(*colour))
        red, green, blue = colour
        black = 1 - (0.299 * red + 0.587 * green + 0.114 * blue) / 255
        return 0.0, 0.0, 0.0, 1.0 if black > SOLID_BLACK else round(black, 2)

    def replace_with_black(self, space: str) -> Rgb:
        """Return black for a colour whose colour space cannot be converted, and record it."""
        self.blackened.add(translatable("a colour of {space}", space=space))
        return 0, 0, 0


def is_grey(colour: Rgb) -> bool:
    """Return whether a colour has no hue."""
    return max(colour) - min(colour) <= MAX_GREY_CHROMA


def parse_colour(css: str) -> Rgb | None:
    """Return the sRGB components of a CSS colour, from 0 to 255; None if it is not one."""
    from tinycss2.color5 import parse_color

    colour = parse_color(css)
    if colour is None or not hasattr(colour, "to"):  # currentcolor is a string
        return None
    return _to_rgb(colour)


def _to_rgb(colour: Any) -> Rgb | None:
    """Return the sRGB components of a parsed colour; None if tinycss2 cannot convert it."""
    try:
        components = colour.to("srgb").coordinates
    except NotImplementedError:
        return None
    red, green, blue = (round(255 * min(max(value or 0, 0), 1)) for value in components)
    return red, green, blue


def press_stream(stock: Any) -> Any:
    """Return a subclass of WeasyPrint's content stream that writes colours as CMYK."""

    class PressStream(stock):  # type: ignore[misc]  # weasyprint has no types
        """A content stream for print."""

        def __init__(self, inks: Inks, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._inks = inks

        def clone(self, **kwargs: Any) -> Any:
            """Return a stream of the same kind, for a group or a pattern."""
            arguments = {
                name: getattr(self, f"_{name}")
                for name in (
                    "fonts",
                    "resources",
                    "images",
                    "tags",
                    "color_profiles",
                    "output_intent",
                )
            }
            arguments |= {"page_rectangle": self.page_rectangle, "compress": self.compress}
            return PressStream(self._inks, **(arguments | kwargs))

        def add_group(self, *box: float) -> Any:
            """Return a transparency group in CMYK, so that black stays in one ink."""
            group = super().add_group(*box)
            group.extra["Group"]["CS"] = "/DeviceCMYK"
            return group

        def set_color(self, color: Any, stroke: bool = False) -> None:  # noqa: FBT001, FBT002 - WeasyPrint's signature
            """Set the colour in CMYK; ``device-cmyk()`` is used unchanged."""
            if color.space == "device-cmyk":
                super().set_color(color, stroke)
                return
            self.set_alpha(color.alpha, stroke)
            inks = self._inks.convert(_to_rgb(color) or self._inks.replace_with_black(color.space))
            current = "_current_color_stroke" if stroke else "_current_color"
            if getattr(self, current) != inks:
                setattr(self, current, inks)
                operands = " ".join(f"{ink:g}" for ink in inks)
                self.stream.append(f"{operands} {'K' if stroke else 'k'}".encode())

    return PressStream
