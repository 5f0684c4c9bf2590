"""The samples of an image, as a picture of Pillow.

Input: an image XObject from pypdf, with the number of components of its colour space. Output: a picture with one
band of 8 bits for each component, after the Decode array. Serves ISO 32000-1, 8.9.5.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from publisher.messages import translatable
from publisher.pdf.library_errors import describe_error
from publisher.pdf.syntax import as_list, painted_data, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_PIXELS: Final = 40_000_000
"""A picture with more pixels is not decoded."""
_MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}
"""Pillow's mode for a number of components."""
_RAW_MODES: Final = {2: "L;2", 4: "L;4", 8: "L", 16: "L;16B"}
"""Pillow's name for the arrangement of grey samples of so many bits, which it turns into 8 bits."""
_FORMATS: Final = frozenset({"/DCTDecode", "/JPXDecode"})
"""Filters whose data are a JPEG or a JPEG 2000 file, which says itself how its samples are arranged."""
_HIGHEST: Final = 255


class UndecodableImageError(Exception):
    """An image cannot be decoded, or is too large; the message says why."""


def decode_image(image: Any, components: int = 0) -> Any:
    """Return the samples of an image as a picture of Pillow.

    Args:
        image: An image XObject, but none of two colours (CCITT, JBIG2) and none with a palette.
        components: The number of components of its colour space; 0 for those that its JPEG 2000 data have.

    Raises:
        UndecodableImageError: It is damaged, too large, or has a number of components that Pillow does not know.

    """
    try:
        return _decode(image, components)
    except UndecodableImageError:
        raise
    except Exception as error:  # Pillow and pypdf raise anything for damaged data
        raise UndecodableImageError(describe_error(error)) from error


def _decode(image: Any, components: int) -> Any:
    width, height = (int(resolve(image[key])) for key in ("/Width", "/Height"))
    if width * height > MAX_PIXELS:
        raise UndecodableImageError(
            translatable(
                "more than {max_pixels} million pixels", max_pixels=MAX_PIXELS // 1_000_000
            )
        )
    if _FORMATS.isdisjoint(map(str, as_list(image.get("/Filter")))):
        return _decode_samples(image, width, height, components)
    if components == 1:
        return _decode_one_band(image)
    picture: Any = image.decode_as_image()
    picture.load()
    return picture


def _decode_samples(image: Any, width: int, height: int, components: int) -> Any:
    """Return a picture whose data are its samples, row by row, each row in whole bytes (8.9.5.2)."""
    from PIL import Image

    if components not in _MODES:
        raise UndecodableImageError(f"{components} components")
    bits = int(resolve(image["/BitsPerComponent"]))
    if bits not in (1, 2, 4, 8, 16):
        raise UndecodableImageError(translatable("{bits} bits a component", bits=bits))
    row_samples = width * components
    row_bytes = (row_samples * bits + 7) // 8
    data = painted_data(image)
    rows = min(len(data) // row_bytes, height)
    if not rows:
        raise UndecodableImageError("its data have not one row")
    data = data[: rows * row_bytes]
    if bits == 1:
        samples = Image.frombytes("1", (row_samples, rows), data).convert("L")
    else:
        samples = Image.frombytes("L", (row_samples, rows), data, "raw", _RAW_MODES[bits])
    picture = Image.frombytes(_MODES[components], (width, rows), samples.tobytes())
    return _apply_decode(picture, [float(number) for number in as_list(image.get("/Decode"))])


def _decode_one_band(image: Any) -> Any:
    """Return a grey JPEG; pypdf inverts it if its colour space is that of a spot colour."""
    from PIL import Image

    picture: Any = Image.open(BytesIO(painted_data(image)))
    if picture.mode != "L":
        raise UndecodableImageError(
            translatable("its data have the components {mode} instead of one", mode=picture.mode)
        )
    picture.load()
    return _apply_decode(picture, [float(number) for number in as_list(image.get("/Decode"))])


def _apply_decode(picture: Any, decode: Sequence[float]) -> Any:
    """Return a picture after its Decode array: the values of the lowest and the highest sample of each band."""
    ends = list(zip(decode[::2], decode[1::2], strict=False))
    if len(ends) != len(picture.getbands()) or all(end == (0.0, 1.0) for end in ends):
        return picture
    return picture.point(
        [
            min(max(round(_HIGHEST * low + (high - low) * level), 0), _HIGHEST)
            for low, high in ends
            for level in range(256)
        ]
    )
