"""Pictures: an image in, how much of each ink its darkest spots take out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.verify.preflight.colours import Plates, plates_of
from publisher.verify.syntax import resolve

if TYPE_CHECKING:
    from publisher.verify.preflight.colours import Space

MOST_PIXELS = 40_000_000
"""A picture of more is not looked into."""


def inks_of_picture(image: Any, space: Space | None) -> tuple[Plates, float]:
    """Return the most ink on each plate and on one spot; none where the picture cannot be read."""
    pixels = int(resolve(image["/Width"])) * int(resolve(image["/Height"]))
    nothing: tuple[Plates, float] = {}, 0.0
    if space is None or pixels > MOST_PIXELS:
        return nothing
    try:
        picture: Any = image.decode_as_image()
    except Exception:  # noqa: BLE001 - pypdf and Pillow raise anything over a picture they do not know
        return nothing
    if picture is None:
        return nothing
    if space.converter is not None:
        picture = space.converter.image(picture.convert("L" if space.components == 1 else "RGB"))
    elif picture.mode in ("1", "L", "LA"):
        darkest, _ = picture.convert("L").getextrema()
        black = 1 - darkest / 255
        return plates_of((0, 0, 0, black)), black
    if picture.mode != "CMYK":
        return nothing
    most = [high / 255 for _, high in picture.getextrema()]
    return plates_of(most), _total(picture)


def _total(picture: Any) -> float:
    """Return the most ink on one spot; a quarter of each plate is added, since bytes hold no more."""
    from PIL import ImageChops

    quarters = [band.point(lambda value: value // 4) for band in picture.split()]
    added = quarters[0]
    for band in quarters[1:]:
        added = ImageChops.add(added, band)
    return float(added.getextrema()[1] * 4 / 255)
