"""The inks of a picture: how much of each its darkest spots take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.pdf.syntax import object_number, resolve
from publisher.verify.preflight.colour_spaces import Separations, cmyk_separations

if TYPE_CHECKING:
    from publisher.verify.preflight.colour_spaces import ColourSpace, ColourSpaces

MAX_PIXELS = 40_000_000
"""A picture with more pixels is not decoded."""
ImageInks = tuple[Separations, float]
"""The most ink of each separation anywhere, and the most ink in all on one spot."""


class UndeterminedInksError(Exception):
    """The inks of a picture cannot be determined; the message says why."""


def image_separations(image: Any, space: ColourSpace, colour_spaces: ColourSpaces) -> ImageInks:
    """Return the most ink of each separation and the most ink in all on one spot.

    Args:
        image: An image XObject from pypdf.
        space: Its colour space.
        colour_spaces: Those of the file, which also cache the inks of its images.

    Raises:
        UndeterminedInksError: The picture cannot be decoded, or is too large.

    """
    key = object_number(image)
    if key and key in colour_spaces.image_inks:
        return colour_spaces.image_inks[key]
    inks = _inks_of_palette(space) if space.palette_size else _inks_of_pixels(image, space)
    if key:
        colour_spaces.image_inks[key] = inks
    return inks


def _inks_of_palette(space: ColourSpace) -> ImageInks:
    """Return the most ink that a colour of an indexed picture takes."""
    most: Separations = {}
    total = 0.0
    for index in range(space.palette_size):
        separations = space.separations((float(index),))
        total = max(total, sum(separations.values()))
        most |= {name: max(ink, most.get(name, 0.0)) for name, ink in separations.items()}
    return most, total


def _inks_of_pixels(image: Any, space: ColourSpace) -> ImageInks:
    if int(resolve(image["/Width"])) * int(resolve(image["/Height"])) > MAX_PIXELS:
        raise UndeterminedInksError(f"more than {MAX_PIXELS // 1_000_000} million pixels")
    try:
        picture: Any = image.decode_as_image()
        picture.load()
    except Exception as error:
        raise UndeterminedInksError(f"{type(error).__name__}: {error}") from error
    if space.transform is not None:
        mode = "L" if space.components == 1 else "RGB"
        picture = space.transform.convert_image(picture.convert(mode))
    elif picture.mode in ("1", "L", "LA") and space.components == 1:
        darkest, _ = picture.convert("L").getextrema()
        black = 1 - darkest / 255
        return cmyk_separations((0, 0, 0, black)), black
    if picture.mode != "CMYK":
        raise UndeterminedInksError(f"colours of {space.name}")
    most = [highest / 255 for _, highest in picture.getextrema()]
    return cmyk_separations(most), _max_total_ink(picture)


def _max_total_ink(picture: Any) -> float:
    """Return the most ink in all on one pixel of a CMYK picture.

    A quarter of each separation is added, because the bytes of an image hold no more than 255.
    """
    from PIL import ImageChops

    quarters = [band.point(lambda value: value // 4) for band in picture.split()]
    total = quarters[0]
    for band in quarters[1:]:
        total = ImageChops.add(total, band)
    return float(total.getextrema()[1] * 4 / 255)
