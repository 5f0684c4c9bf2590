"""Pictures of a source made safe to show: decoded once within limits, grey or RGB, PNG or JPEG.

A photograph that is a JPEG already stays as it came; all else is written again without what it
may carry beside its pixels. Transparent places become white, as on paper.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from publisher.errors import PublisherError
from publisher.model import SourcePicture
from publisher.readers.limits import require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from publisher.model import Locator

KINDS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_FILE_NAME = re.compile(
    r"[^。，；]{0,80}\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg|wmf|emf|ico)$", re.IGNORECASE
)
_ORIENTATION = 0x0112
_MILLIMETRES = 25.4
_DOTS = 96.0
"""CSS pixels to an inch: what a picture is shown at where nothing says its size."""


class PictureError(ValueError):
    """The bytes are no picture that can be shown; the message says why."""


def safe_picture(
    data: bytes,
    *,
    alt: str,
    locator: Locator,
    where: str,
    size: tuple[float, float] | None = None,
) -> SourcePicture:
    """Return the picture to show, ``size`` in millimetres where the source gives one.

    Raises ``PictureError`` where it cannot be shown, ``LimitError`` where it has too many pixels.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings(), _whole():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=KINDS)
            require("pixels", image.width * image.height, where=where)
            image.load()
        kept, media_type = _shown(image, data)
    except Image.DecompressionBombError:
        require("pixels", 2 * (Image.MAX_IMAGE_PIXELS or 0), where=where)
        raise
    except PublisherError:
        raise
    except Exception as error:
        raise PictureError(_reason(error)) from error
    width, height = size or tuple(n * _MILLIMETRES / _DOTS for n in image.size)
    return SourcePicture(
        data=kept,
        media_type=media_type,
        width=width,
        height=height,
        alt=described(alt),
        locator=locator,
    )


def described(alt: str) -> str:
    """Return a text alternative on one line; empty where it is but the name of a file."""
    words = " ".join(alt.split())
    return "" if _FILE_NAME.fullmatch(words) else words


@contextmanager
def _whole() -> Iterator[None]:
    """Take no half picture for a whole one, whatever the typesetter has set for the process."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _shown(image: Image, data: bytes) -> tuple[bytes, str]:
    from PIL import ImageOps

    turned = image.getexif().get(_ORIENTATION, 1) != 1
    if image.format == "JPEG" and image.mode in ("L", "RGB") and not turned:
        return data, "image/jpeg"
    image = ImageOps.exif_transpose(image)
    if image.has_transparency_data:
        from PIL import Image as Images

        image = image.convert("RGBA")
        ground = Images.new("RGBA", image.size, "white")
        image = Images.alpha_composite(ground, image)
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value * (1 / 256) + 0).convert("L")
    plain = image.convert("L" if image.mode in ("1", "L", "LA", "I", "I;16", "F") else "RGB")
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=False)
    return out.getvalue(), "image/png"


def _reason(error: BaseException) -> str:
    from PIL import UnidentifiedImageError

    if isinstance(error, UnidentifiedImageError):
        return "of a kind that cannot be shown"
    return f"damaged ({error})"
