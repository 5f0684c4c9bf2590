"""ICC profiles of printing conditions, and the conversion of colours to inks.

Input: the ICC profile of a print shop; by default that of FOGRA39, offset on coated paper. Output: the verified
profile, and the inks of colours. Serves ISO 15076-1 (profiles) and ISO 15930-7, 6.2.2 (output intent).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import ColourProfileError
from publisher.messages import translatable
from publisher.pdf.fogra39 import make_profile
from publisher.system import resources
from publisher.system.ordinary_file import PROFILE_LIMIT, read_ordinary_file

if TYPE_CHECKING:
    from collections.abc import Iterable

Rgb = tuple[int, int, int]
"""An sRGB colour, each component from 0 to 255."""
Cmyk = tuple[float, float, float, float]
"""Amounts of ink, each from 0 to 1."""

DEFAULT_PROFILE_NAME = "FOGRA39L.icc"
"""The profile that the set-up script builds from the measurements of the Fogra research association."""
REGISTRY = "http://www.color.org"
"""The registry of printing conditions, for the output intent."""
_HEADER_LENGTH = 128
"""Bytes of the header of a profile (ISO 15076-1, 7.2)."""
_REGISTERED_CONDITION = re.compile(r"FOGRA\d\d|CGATS[ .]?TR[ .]?\d{3}|JC20\d\d\d+|IFRA\d\d")
"""Names of printing conditions in the registry of the ICC, as they occur in descriptions of profiles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputProfile:
    """The ICC profile of a printing condition: four inks on a paper."""

    data: bytes
    """The profile, unchanged."""
    description: str
    condition: str
    """Its name in the registry of the ICC; ``Custom`` if it has none."""

    def inks(self, colours: Iterable[Rgb]) -> dict[Rgb, Cmyk]:
        """Return the inks of sRGB colours, in whole per cent; relative colorimetric."""
        transform = _srgb_transform(self.data)
        return {
            colour: tuple(round(ink * 100 / 255) / 100 for ink in transform.convert(colour))  # type: ignore[misc]
            for colour in colours
        }


def load_output_profile(path: Path) -> OutputProfile:
    """Return the profile in a file.

    Args:
        path: The file; an empty path for FOGRA39, which is made if it is not on this machine yet.

    Raises:
        ColourProfileError: There is no such file, or it is not a CMYK profile of a printing press.

    """
    if path != Path():
        return _read(path, translatable("name the print shop's own profile with --icc"))
    default = resources.profile_file(DEFAULT_PROFILE_NAME)
    if default is None:
        raise ColourProfileError(
            "there is no home folder to keep the profile of FOGRA39 in",
            hint="set XDG_DATA_HOME, or name the print shop's profile with --icc FILE",
        )
    if not default.is_file():
        make_profile(default)
    return _read(default, "remove it; it is made again when it is needed")


@cache
def _read(path: Path, hint: str) -> OutputProfile:
    try:
        return parse_profile(read_ordinary_file(path, PROFILE_LIMIT))
    except OSError as error:
        raise ColourProfileError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint=hint,
        ) from error
    except ColourProfileError as error:
        raise ColourProfileError(error.message, where=str(path), hint=hint) from error


def parse_profile(data: bytes) -> OutputProfile:
    """Return the profile in bytes.

    Raises:
        ColourProfileError: They are not a CMYK profile of a printing press.

    """
    problems = {
        "is not an ICC profile": len(data) < _HEADER_LENGTH or data[36:40] != b"acsp",
        "is a truncated ICC profile": int.from_bytes(data[:4]) != len(data),
        translatable(
            "is a profile of the class {signature}, not of an output device",
            signature=_signature(data[12:16]),
        ): data[12:16] != b"prtr",
        translatable(
            "is not a CMYK profile, but {signature}", signature=_signature(data[16:20])
        ): data[16:20] != b"CMYK",
        "is a profile of a version that PDF/X-4 does not allow": data[8:9] not in (b"\2", b"\4"),
    }
    problem = next((text for text, applies in problems.items() if applies), "") or _damage(data)
    if problem:
        raise ColourProfileError(problem, hint="ask the print shop for the profile of its paper")
    description = _description(data)
    registered = _REGISTERED_CONDITION.search(description)
    return OutputProfile(
        data=data, description=description, condition=registered[0] if registered else "Custom"
    )


def _damage(data: bytes) -> str:
    """Return why a profile cannot be used; empty if it can."""
    try:
        _srgb_transform(data)
    except (OSError, ValueError) as error:
        return translatable("is damaged: {error}", error=error)
    return ""


def _signature(raw: bytes) -> str:
    return raw.decode("latin-1").strip() or "unknown"


def _description(data: bytes) -> str:
    from PIL import ImageCms

    try:
        text: str = ImageCms.getProfileDescription(io.BytesIO(data))
    except (OSError, ImageCms.PyCMSError):
        text = ""
    return " ".join(text.split()) or "without a description"


def srgb_profile() -> bytes:
    """Return the sRGB profile that WeasyPrint contains."""
    return (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()


@cache
def cielab_profile() -> bytes:
    """Return a profile of CIE L*a*b* with the white point D50."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


class InkTransform:
    """A transform from the colours of one profile to the inks of another."""

    def __init__(self, source: bytes, output: bytes, mode: str) -> None:
        """Build the transform.

        Args:
            source: The profile of the colours.
            output: The profile of the printing condition.
            mode: The mode of the source in Pillow: RGB, L, CMYK or LAB.

        Raises:
            ValueError: A profile cannot be used, or has another mode.
            OSError: A profile cannot be read.

        """
        from PIL import ImageCms

        self.mode = mode
        """The mode of the source in Pillow."""
        self._inks: dict[tuple[int, ...], tuple[int, ...]] = {}
        """The converted colours so far."""
        try:
            self._transform = ImageCms.buildTransform(
                ImageCms.ImageCmsProfile(io.BytesIO(source)),
                ImageCms.ImageCmsProfile(io.BytesIO(output)),
                mode,
                "CMYK",
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except ImageCms.PyCMSError as error:
            raise ValueError(str(error)) from error

    def convert(self, colour: tuple[int, ...]) -> tuple[int, ...]:
        """Return the inks of a colour; all numbers are from 0 to 255."""
        inks = self._inks.get(colour)
        if inks is None:
            from PIL import Image

            pixel: Any = colour if len(colour) > 1 else colour[0]
            image = self.convert_image(Image.new(self.mode, (1, 1), pixel))
            inks = self._inks[colour] = image.getpixel((0, 0))
        return inks

    def convert_image(self, picture: Any) -> Any:
        """Return a picture of Pillow, converted to inks."""
        from PIL import ImageCms

        return ImageCms.applyTransform(picture, self._transform)


@cache
def _srgb_transform(output: bytes) -> InkTransform:
    return InkTransform(srgb_profile(), output, "RGB")
