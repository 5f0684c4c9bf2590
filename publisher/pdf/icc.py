"""Colour profiles: what a printing condition makes of inks, and of colours that are meant for screens.

Enters: an ICC profile of a print shop, or none, which is the coated paper of FOGRA39. Leaves: the profile,
checked, and the inks of colours. Serves ISO 15076-1 (profiles) and ISO 15930-7, 6.2.2 (the output intent).
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
from publisher.system import resources

if TYPE_CHECKING:
    from collections.abc import Iterable

Rgb = tuple[int, int, int]
"""Of sRGB, from 0 to 255."""
Cmyk = tuple[float, float, float, float]
"""Parts of full ink, from 0 to 1."""

DEFAULT = "FOGRA39L.icc"
"""The profile that the set-up script builds from the data of the Fogra research association."""
REGISTRY = "http://www.color.org"
_HEAD = 128
"""Bytes of a profile's header (7.2)."""
_REGISTERED = re.compile(r"FOGRA\d\d|CGATS[ .]?TR[ .]?\d{3}|JC20\d\d\d+|IFRA\d\d")
"""Names of printing conditions in the ICC's registry, as descriptions of profiles have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputProfile:
    """A printing condition: what becomes of four inks on some paper."""

    data: bytes
    """The profile as it came, byte for byte."""
    description: str
    condition: str
    """Its name in the ICC's registry; ``Custom`` where it has none."""

    def inks(self, colours: Iterable[Rgb]) -> dict[Rgb, Cmyk]:
        """Return the inks of screen colours, relative to the paper's white, in whole percents."""
        transform = _transform_to(self.data)
        return {
            colour: tuple(round(part * 100 / 255) / 100 for part in transform.convert(colour))  # type: ignore[misc]
            for colour in colours
        }


def load_output_profile(path: Path) -> OutputProfile:
    """Return the profile in a file, or that of FOGRA39 where none is named (an empty path).

    Raises ``ColourProfileError`` for a file that is not there, or no CMYK profile of a press.
    """
    if path != Path():
        return _read(path, "name the print shop's own profile with --icc")
    own = resources.profile_file(DEFAULT)
    if own is None or not own.is_file():
        raise ColourProfileError(
            "the profile of FOGRA39 is not on this machine",
            hint="run scripts/setup.sh, which builds it, or name the print shop's with --icc FILE",
        )
    return _read(own, "remove it and run scripts/setup.sh")


@cache
def _read(path: Path, hint: str) -> OutputProfile:
    try:
        return parse_profile(path.read_bytes())
    except OSError as error:
        raise ColourProfileError(
            f"cannot be read: {error.strerror}", where=str(path), hint=hint
        ) from error
    except ColourProfileError as error:
        raise ColourProfileError(error.message, where=str(path), hint=hint) from error


def parse_profile(data: bytes) -> OutputProfile:
    """Return the profile in bytes; raise ``ColourProfileError`` where they are none of a press."""
    faults = {
        "is no ICC profile": len(data) < _HEAD or data[36:40] != b"acsp",
        "is an ICC profile that is not whole": int.from_bytes(data[:4]) != len(data),
        f"is of the class {_signature(data[12:16])}, not an output device's": data[12:16]
        != b"prtr",
        f"is no CMYK profile, but {_signature(data[16:20])}": data[16:20] != b"CMYK",
        "is of a version that PDF/X-4 does not take": data[8:9] not in (b"\2", b"\4"),
    }
    fault = next((text for text, there in faults.items() if there), "") or _broken(data)
    if fault:
        raise ColourProfileError(fault, hint="ask the print shop for the profile of its paper")
    description = _description(data)
    known = _REGISTERED.search(description)
    return OutputProfile(
        data=data, description=description, condition=known[0] if known else "Custom"
    )


def _broken(data: bytes) -> str:
    try:
        _transform_to(data)
    except (OSError, ValueError) as error:
        return f"is damaged: {error}"
    return ""


def _signature(raw: bytes) -> str:
    return raw.decode("latin-1").strip() or "not said"


def _description(data: bytes) -> str:
    from PIL import ImageCms

    try:
        text: str = ImageCms.getProfileDescription(io.BytesIO(data))
    except (OSError, ImageCms.PyCMSError):
        text = ""
    return " ".join(text.split()) or "without a description"


def srgb_profile() -> bytes:
    """Return the profile of sRGB, as WeasyPrint brings it."""
    return (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()


@cache
def cielab_profile() -> bytes:
    """Return a profile of CIE L*a*b* (7.1, D50)."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


class InkTransform:
    """From the colours of one profile to the inks of another."""

    def __init__(self, source: bytes, output: bytes, mode: str) -> None:
        """Build the transform; ``mode`` is Pillow's word for the source: RGB, L or CMYK.

        Raises ``ValueError`` or ``OSError`` for bytes that are no such profile.
        """
        from PIL import ImageCms

        self._mode = mode
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}
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
        """Return the inks of a colour, both from 0 to 255."""
        known = self._known.get(colour)
        if known is None:
            from PIL import Image

            pixel: Any = colour if len(colour) > 1 else colour[0]
            known = self._known[colour] = self.convert_image(
                Image.new(self._mode, (1, 1), pixel)
            ).getpixel((0, 0))
        return known

    def convert_image(self, picture: Any) -> Any:
        """Return a picture in inks."""
        from PIL import ImageCms

        return ImageCms.applyTransform(picture, self._transform)


@cache
def _transform_to(output: bytes) -> InkTransform:
    return InkTransform(srgb_profile(), output, "RGB")
