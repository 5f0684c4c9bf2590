"""Decodes the pictures of a source within limits, and encodes them as grey or RGB, PNG or JPEG.

A grey or RGB JPEG is kept unchanged. Any other picture is encoded again as PNG, without metadata.
Transparency becomes white, as on paper.
"""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from publisher.errors import PublisherError
from publisher.messages import translatable
from publisher.model import SourcePicture
from publisher.readers.limits import require
from publisher.text.picture_names import is_picture_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from publisher.model import Locator

PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_EXIF_ORIENTATION = 0x0112
_MILLIMETRES_PER_INCH = 25.4
_PIXELS_PER_INCH = 96.0
"""CSS pixels per inch; the resolution of a picture whose size is not given."""


class PictureError(ValueError):
    """The bytes are not a picture that can be shown; the message says why."""


def safe_picture(
    data: bytes,
    *,
    alt: str,
    locator: Locator,
    where: str,
    size: tuple[float, float] | None = None,
) -> SourcePicture:
    """Return a picture that can be shown.

    Args:
        data: The bytes of the picture, in one of ``PICTURE_FORMATS``.
        alt: The text alternative.
        locator: Its span in the source.
        where: The name of the file in error messages.
        size: Width and height in millimetres; None for 96 pixels per inch.

    Raises:
        PictureError: The picture is damaged, or of another format.
        LimitError: The picture has too many pixels.

    """
    from PIL import Image

    try:
        with warnings.catch_warnings(), _refuse_truncated():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=PICTURE_FORMATS)
            require("pixels", image.width * image.height, where=where)
            image.load()
        encoded, media_type = _encode(image, data)
    except Image.DecompressionBombError:
        require("pixels", 2 * (Image.MAX_IMAGE_PIXELS or 0), where=where)
        raise
    except PublisherError:
        raise
    except Exception as error:
        raise PictureError(_explain(error)) from error
    width, height = size or tuple(
        pixels * _MILLIMETRES_PER_INCH / _PIXELS_PER_INCH for pixels in image.size
    )
    return SourcePicture(
        data=encoded,
        media_type=media_type,
        width=width,
        height=height,
        alt=clean_alternative_text(alt),
        locator=locator,
    )


def clean_alternative_text(alt: str) -> str:
    """Return a text alternative on one line; empty if it is only a name (``text/picture_names.py``)."""
    description = " ".join(alt.split())
    return "" if is_picture_name(description) else description


@contextmanager
def _refuse_truncated() -> Iterator[None]:
    """Refuse truncated pictures, even if the typesetter allows them in this process."""
    from PIL import ImageFile

    previous, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = previous


def _encode(image: Image, data: bytes) -> tuple[bytes, str]:
    """Return the bytes and the media type to show; ``data`` itself for a plain JPEG."""
    from PIL import ImageOps

    is_rotated = image.getexif().get(_EXIF_ORIENTATION, 1) != 1
    if image.format == "JPEG" and image.mode in ("L", "RGB") and not is_rotated:
        return data, "image/jpeg"
    image = ImageOps.exif_transpose(image)
    if image.has_transparency_data:
        from PIL.Image import alpha_composite, new

        image = image.convert("RGBA")
        image = alpha_composite(new("RGBA", image.size, "white"), image)
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value * (1 / 256) + 0).convert("L")
    converted = image.convert("L" if image.mode in ("1", "L", "LA", "I", "I;16", "F") else "RGB")
    buffer = io.BytesIO()
    converted.save(buffer, "PNG", optimize=False)
    return buffer.getvalue(), "image/png"


def _explain(error: BaseException) -> str:
    from PIL import UnidentifiedImageError

    if isinstance(error, UnidentifiedImageError):
        return "of a kind that cannot be shown"
    return translatable("damaged ({error})", error=str(error))
