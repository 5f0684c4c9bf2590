"""Pictures: an image in, how much of each ink its darkest spots take out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.pdf.syntax import object_number, resolve
from publisher.verify.preflight.colour_spaces import Separations, cmyk_separations

if TYPE_CHECKING:
    from publisher.verify.preflight.colour_spaces import ColourSpace, ColourSpaces

MAX_PIXELS = 40_000_000
"""A picture of more is not looked into."""


class UndeterminedInksError(Exception):
    """A picture's inks cannot be told; the words say why."""


def image_separations(
    image: Any, space: ColourSpace, colour_spaces: ColourSpaces
) -> tuple[Separations, float]:
    """Return the most ink on each plate and on one spot; raise ``UndeterminedInksError`` where nobody can tell."""
    key = object_number(image)
    if key and key in colour_spaces.image_inks:
        return colour_spaces.image_inks[key]
    found = _of_table(space) if space.colours else _of_pixels(image, space)
    if key:
        colour_spaces.image_inks[key] = found
    return found


def _of_table(space: ColourSpace) -> tuple[Separations, float]:
    """Return the most that a colour of an indexed picture takes."""
    most: Separations = {}
    total = 0.0
    for index in range(space.colours):
        separations = space.separations((float(index),))
        total = max(total, sum(separations.values()))
        most |= {name: max(part, most.get(name, 0.0)) for name, part in separations.items()}
    return most, total


def _of_pixels(image: Any, space: ColourSpace) -> tuple[Separations, float]:
    if int(resolve(image["/Width"])) * int(resolve(image["/Height"])) > MAX_PIXELS:
        raise UndeterminedInksError(f"more than {MAX_PIXELS // 1_000_000} million pixels")
    try:
        picture: Any = image.decode_as_image()
        picture.load()
    except Exception as error:
        raise UndeterminedInksError(f"{type(error).__name__}: {error}") from error
    if space.transform is not None:
        picture = space.transform.convert_image(
            picture.convert("L" if space.components == 1 else "RGB")
        )
    elif picture.mode in ("1", "L", "LA") and space.components == 1:
        darkest, _ = picture.convert("L").getextrema()
        black = 1 - darkest / 255
        return cmyk_separations((0, 0, 0, black)), black
    if picture.mode != "CMYK":
        raise UndeterminedInksError(f"colours of {space.name}")
    most = [high / 255 for _, high in picture.getextrema()]
    return cmyk_separations(most), _total(picture)


def _total(picture: Any) -> float:
    """Return the most ink on one spot; a quarter of each plate is added, since bytes hold no more."""
    from PIL import ImageChops

    quarters = [band.point(lambda value: value // 4) for band in picture.split()]
    added = quarters[0]
    for band in quarters[1:]:
        added = ImageChops.add(added, band)
    return float(added.getextrema()[1] * 4 / 255)
