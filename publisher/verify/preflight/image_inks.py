"""The inks of a picture: how much of each its darkest spots take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.messages import translatable
from publisher.pdf.syntax import as_list, object_number
from publisher.verify.preflight.colour_spaces import (
    PROCESS_COLOURANTS,
    Separations,
    cmyk_separations,
)
from publisher.verify.preflight.image_samples import UndecodableImageError, decode_image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.verify.preflight.colour_spaces import ColourSpace, ColourSpaces

_JPEG_2000_COLOURS = re.compile(rb"colr\x01[\s\S]{2}\0\0\0[\x0c\x10\x11]")
"""A box of JP2 data that names CMYK, sRGB or grey (ISO/IEC 15444-1, I.5.3.3)."""
_TWO_COLOUR_FILTERS: Final = frozenset({"/CCITTFaxDecode", "/CCF", "/JBIG2Decode"})
"""Filters whose pictures have two colours, which are known without the pixels (7.4.6, 7.4.7).

libtiff makes white lines of CCITT data that it cannot decode, such as aligned bytes, and reports no error.
"""
ImageInks = tuple[Separations, float]
"""The most ink of each separation anywhere, and the most ink in all on one spot."""


NO_INKS: ImageInks = ({}, 0.0)


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
    if space.palette_size:
        inks = palette_inks(space)
    elif space.components == 1 and not _TWO_COLOUR_FILTERS.isdisjoint(
        map(str, as_list(image.get("/Filter")))
    ):
        inks = _most_inks(space, (0.0, 1.0))
    else:
        inks = _inks_of_pixels(image, space)
    if key:
        colour_spaces.image_inks[key] = inks
    return inks


def implicit_space(image: Any, colour_spaces: ColourSpaces) -> ColourSpace:
    """Return the colour space of a picture that names none: that in its JPEG 2000 data (7.4.9).

    Raises:
        UndeterminedInksError: It is no JPEG 2000 picture, or its colour space is not known.

    """
    if "/JPXDecode" not in map(str, as_list(image.get("/Filter"))):
        raise UndeterminedInksError("it has no colour space")
    if not _JPEG_2000_COLOURS.search(image._data):  # noqa: SLF001 - undecoded
        raise UndeterminedInksError("its JPEG 2000 data name no known colour space")
    space = colour_spaces.jpeg_2000(_decode(image).mode)
    if space is None:
        raise UndeterminedInksError("its JPEG 2000 data have an unusual colour space")
    return space


def palette_inks(space: ColourSpace) -> ImageInks:
    """Return the most ink that a colour of an indexed picture takes."""
    return _most_inks(space, map(float, range(space.palette_size)))


def _most_inks(space: ColourSpace, colours: Iterable[float]) -> ImageInks:
    """Return the most ink that colours of one component take."""
    most: Separations = {}
    total = 0.0
    for colour in colours:
        separations = space.separations((colour,))
        total = max(total, sum(separations.values()))
        most |= {name: max(ink, most.get(name, 0.0)) for name, ink in separations.items()}
    return most, total


def _inks_of_pixels(image: Any, space: ColourSpace) -> ImageInks:
    picture = _decode(image, space.components)
    if space.components == 1:
        levels = (level for level, count in enumerate(picture.histogram()) if count)
        return _most_inks(space, (level / 255 for level in levels))
    if space.transform is not None:
        picture = space.transform.convert_image(picture.convert(space.transform.mode))
    elif picture.mode != "CMYK" or space.components != len(PROCESS_COLOURANTS):
        raise UndeterminedInksError(translatable("colours of {name}", name=space.name))
    most = tuple(highest / 255 for _, highest in picture.getextrema())
    separations = space.separations if space.transform is None else cmyk_separations
    return separations(most), _max_total_ink(picture)


def _decode(image: Any, components: int = 0) -> Any:
    """Return the samples of a picture, as ``decode_image`` does."""
    try:
        return decode_image(image, components)
    except UndecodableImageError as error:
        raise UndeterminedInksError(str(error)) from error


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
