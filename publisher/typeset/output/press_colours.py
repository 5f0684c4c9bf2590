"""What a press prints of colours that were written for a screen.

Enters: a colour of a style sheet or a chart. Leaves: parts of the four inks. Text and rules are black alone,
greys are parts of black, and a colour that a style names has the build that stands beside its name:
type that is made of several inks has coloured edges wherever the plates are not laid exactly over
one another. A colour without a name is printed in black, as dark as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.pdf.icc import Cmyk, Rgb

SOLID = 0.7
"""Black of more than this part is printed solid: type in a screen of dots has ragged edges."""
NEUTRAL = 4
"""How far apart the parts of a grey may be, of 255."""


class Inks:
    """The inks of one document, and what was printed in black for want of a name."""

    def __init__(self, named: Mapping[Rgb, Cmyk]) -> None:
        """Take the builds that a style names."""
        self._named = named
        self.blackened: set[str] = set()
        """Colours that no style named, as CSS writes them."""

    def of(self, colour: Rgb) -> Cmyk:
        """Return the inks of a colour."""
        if colour in self._named:
            return self._named[colour]
        if not is_grey(colour):
            self.blackened.add("#{:02x}{:02x}{:02x}".format(*colour))
        red, green, blue = colour
        black = 1 - (0.299 * red + 0.587 * green + 0.114 * blue) / 255
        return 0.0, 0.0, 0.0, 1.0 if black > SOLID else round(black, 2)

    def unnamed(self, space: str) -> Rgb:
        """Return black for a colour that no screen has parts of, and remember that."""
        self.blackened.add(f"a colour of {space}")
        return 0, 0, 0


def is_grey(colour: Rgb) -> bool:
    """Tell whether a colour has no hue."""
    return max(colour) - min(colour) <= NEUTRAL


def screen_colour(css: str) -> Rgb | None:
    """Return the parts of a colour as CSS writes it; none where it is no colour."""
    from tinycss2.color5 import parse_color

    colour = parse_color(css)
    if colour is None or not hasattr(colour, "to"):  # currentcolor is a word
        return None
    return _parts(colour)


def _parts(colour: Any) -> Rgb | None:
    """Return a colour's parts on a screen; none where nobody here can tell them."""
    try:
        parts = colour.to("srgb").coordinates
    except NotImplementedError:
        return None
    red, green, blue = (round(255 * min(max(part or 0, 0), 1)) for part in parts)
    return red, green, blue


def press_stream(stock: Any) -> Any:
    """Return WeasyPrint's class of content streams with colours in inks."""

    class PressStream(stock):  # type: ignore[misc]  # weasyprint has no types
        """A content stream for a press."""

        def __init__(self, inks: Inks, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._inks = inks

        def clone(self, **kwargs: Any) -> Any:
            """Return a stream of the same kind, for a group or a pattern."""
            given = {
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
            own = {"page_rectangle": self.page_rectangle, "compress": self.compress}
            return PressStream(self._inks, **(given | own | kwargs))

        def add_group(self, *box: float) -> Any:
            """Return a group that is blended in inks, so that black stays black alone."""
            group = super().add_group(*box)
            group.extra["Group"]["CS"] = "/DeviceCMYK"
            return group

        def set_color(self, color: Any, stroke: bool = False) -> None:  # noqa: FBT001, FBT002 - the seam
            """Choose an ink; what a style sheet writes as ``device-cmyk()`` is meant as it is."""
            if color.space == "device-cmyk":
                super().set_color(color, stroke)
                return
            self.set_alpha(color.alpha, stroke)
            wanted = self._inks.of(_parts(color) or self._inks.unnamed(color.space))
            chosen = "_current_color_stroke" if stroke else "_current_color"
            if getattr(self, chosen) != wanted:
                setattr(self, chosen, wanted)
                parts = " ".join(f"{part:g}" for part in wanted)
                self.stream.append(f"{parts} {'K' if stroke else 'k'}".encode())

    return PressStream
