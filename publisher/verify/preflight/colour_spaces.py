"""Colour spaces: which separations a colour needs, and how much ink of each.

Input: a colour space from pypdf. Output: a ``ColourSpace``. Serves ISO 32000-1, 8.6, and ISO 15930-7,
6.2.4. Colours that are not in inks are converted with the profile of the printing condition, as a RIP
does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.pdf.icc import InkTransform, cielab_profile, srgb_profile
from publisher.pdf.syntax import painted_data, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Separations = dict[str, float]
"""Amount of ink, from 0 to 1, by the name of the separation; separations without ink are left out."""
PROCESS_COLOURANTS = ("Cyan", "Magenta", "Yellow", "Black")
ALL = "All"
"""The registration colour, which is on every separation."""
PATTERN = "Pattern"
"""The name of the space of patterns."""
_ABBREVIATIONS = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
"""Names that inline images may use (8.9.7)."""
_DEVICE_COMPONENTS = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
_PILLOW_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
"""Pillow's mode of an ICC-based space by its number of components."""
_ICC_KINDS = {1: "Gray", 3: "RGB", 4: "CMYK"}


def cmyk_separations(inks: Sequence[float]) -> Separations:
    """Return the amounts of the four process inks by the names of their separations."""
    return {name: ink for name, ink in zip(PROCESS_COLOURANTS, inks, strict=True) if ink > 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourSpace:
    """A colour space."""

    name: str
    """Family and kind: ``ICCBased RGB``, ``Separation PANTONE 185 C``."""
    components: int
    separations: Callable[[tuple[float, ...]], Separations]
    """Returns the ink that a colour takes; a colour out of range is clipped."""
    transform: InkTransform | None = None
    """Converts pictures in this space to inks; None if it is in inks or its profile cannot be read."""
    device_rgb: bool = False
    """Whether it, or the space that it is based on, is ``DeviceRGB``."""
    palette_size: int = 0
    """The number of colours of an indexed space."""
    is_known: bool = True
    """Whether ``separations`` returns the inks; if not, it returns none."""


@dataclass(slots=True)
class ColourSpaces:
    """The colour spaces of one file, converted to one printing condition, with counters for the file."""

    output: bytes
    """The ICC profile of the printing condition."""
    operator_count: int = 0
    """Operators read so far, in the whole file."""
    object_count: int = 0
    """Objects painted so far, in the whole file."""
    image_inks: dict[int, tuple[Separations, float]] = field(default_factory=dict)
    """The inks of the images by their object numbers; one image may be on every page."""
    _open: set[int] = field(default_factory=set)
    """The ids of the arrays that are being read; a space may not be based on itself."""
    _transforms: dict[bytes, InkTransform | None] = field(default_factory=dict)
    """By source profile; None if it cannot be read."""

    def read(self, raw: Any, resources: Mapping[str, Any]) -> ColourSpace:
        """Return a colour space from pypdf; the inks of an unknown one are not known.

        Args:
            raw: A name or an array, or a reference to one.
            resources: Where names of colour spaces are looked up.

        """
        value = resolve(raw)
        if isinstance(value, str):
            return self._read_name(str(value).lstrip("/"), resources)
        if not isinstance(value, list) or not value:
            return _unknown("nothing")
        family = str(resolve(value[0])).lstrip("/")
        family = _ABBREVIATIONS.get(family, family)
        if family in _DEVICE_COMPONENTS:
            return self.device(family, resources)
        read_family = getattr(self, f"_read_{family.lower()}", None)
        if read_family is None or id(value) in self._open:
            return _unknown(
                translatable("{family} based on itself", family=family) if read_family else family
            )
        self._open.add(id(value))
        try:
            return read_family(value, resources)  # type: ignore[no-any-return]
        finally:
            self._open.discard(id(value))

    def _read_name(self, name: str, resources: Mapping[str, Any]) -> ColourSpace:
        name = _ABBREVIATIONS.get(name, name)
        if name in _DEVICE_COMPONENTS:
            return self.device(name, resources)
        named_spaces = resolve(resources.get("/ColorSpace")) or {}
        if f"/{name}" in named_spaces:
            return self.read(named_spaces[f"/{name}"], {})
        return self._read_pattern([name], resources) if name == PATTERN else _unknown(name)

    def jpeg_2000(self, mode: str) -> ColourSpace | None:
        """Return the colour space of a JPEG 2000 picture that names none in the PDF, by Pillow's mode."""
        if mode in ("RGB", "RGBA"):
            return self._icc_space("JPEG 2000 RGB", srgb_profile(), 3)
        name = {"L": "DeviceGray", "LA": "DeviceGray", "CMYK": "DeviceCMYK"}.get(mode)
        return self.device(name, {}) if name else None

    def device(self, name: str, resources: Mapping[str, Any]) -> ColourSpace:
        """Return a device colour space, or the default space that replaces it (8.6.5.6)."""
        named_spaces = resolve(resources.get("/ColorSpace")) or {}
        default = resolve(named_spaces.get(f"/Default{name.removeprefix('Device')}"))
        if isinstance(default, list):
            return self.read(default, {})
        if name == "DeviceCMYK":
            return ColourSpace(
                name=name,
                components=4,
                separations=lambda colour: cmyk_separations(_clip(colour)),
            )
        if name == "DeviceGray":
            return ColourSpace(
                name=name,
                components=1,
                separations=lambda colour: cmyk_separations((0, 0, 0, 1 - _clip(colour)[0])),
            )
        return self._icc_space(name, srgb_profile(), 3, device_rgb=True)

    def _icc_space(
        self, name: str, profile: bytes, components: int, *, device_rgb: bool = False
    ) -> ColourSpace:
        """Return a colour space whose colours are converted with an ICC profile."""
        if components == 4 and profile == self.output:
            return ColourSpace(
                name=name,
                components=4,
                separations=lambda colour: cmyk_separations(_clip(colour)),
            )
        if profile not in self._transforms:
            try:
                mode = _PILLOW_MODES[components]
                self._transforms[profile] = InkTransform(profile, self.output, mode)
            except (ValueError, OSError):
                self._transforms[profile] = None
        transform = self._transforms[profile]
        if transform is None:
            return _unknown(
                translatable("{name} with a profile that cannot be read", name=name), components
            )

        def separations(colour: tuple[float, ...]) -> Separations:
            inks = transform.convert(tuple(round(255 * value) for value in _clip(colour)))
            return cmyk_separations([ink / 255 for ink in inks])

        return ColourSpace(
            name=name,
            components=components,
            separations=separations,
            transform=transform,
            device_rgb=device_rgb,
        )

    def _read_iccbased(self, value: Any, _resources: Mapping[str, Any]) -> ColourSpace:
        stream = resolve(value[1])
        components = int(resolve(stream.get("/N")) or 0)
        if components not in _PILLOW_MODES:
            return _unknown("ICCBased")
        name = f"ICCBased {_ICC_KINDS[components]}"
        return self._icc_space(name, painted_data(stream), components)

    def _read_calrgb(self, _value: Any, _resources: Mapping[str, Any]) -> ColourSpace:
        return self._icc_space("CalRGB", srgb_profile(), 3)

    def _read_calgray(self, _value: Any, _resources: Mapping[str, Any]) -> ColourSpace:
        rgb = self._icc_space("CalRGB", srgb_profile(), 3)
        return ColourSpace(
            name="CalGray",
            components=1,
            separations=lambda colour: rgb.separations((colour[0],) * 3),
        )

    def _read_lab(self, _value: Any, _resources: Mapping[str, Any]) -> ColourSpace:
        transform = InkTransform(cielab_profile(), self.output, "LAB")

        def separations(colour: tuple[float, ...]) -> Separations:
            lightness, *ab = colour
            levels = (
                round(min(max(lightness, 0), 100) * 2.55),
                *(_to_byte(value + 128) for value in ab),
            )
            return cmyk_separations([ink / 255 for ink in transform.convert(levels)])

        return ColourSpace(name="Lab", components=3, separations=separations)

    def _read_indexed(self, value: Any, resources: Mapping[str, Any]) -> ColourSpace:
        base = self.read(value[1], resources)
        table = resolve(value[3])
        data = table if isinstance(table, bytes) else _table_bytes(table)

        def separations(colour: tuple[float, ...]) -> Separations:
            start = int(colour[0]) * base.components
            entry = data[start : start + base.components]
            return base.separations(tuple(byte / 255 for byte in entry)) if entry else {}

        return ColourSpace(
            name=f"Indexed {base.name}",
            components=1,
            separations=separations,
            device_rgb=base.device_rgb,
            palette_size=len(data) // max(base.components, 1),
            is_known=base.is_known,
        )

    def _read_separation(self, value: Any, resources: Mapping[str, Any]) -> ColourSpace:
        space = _colourant_space("Separation", [str(resolve(value[1])).lstrip("/")])
        return replace(space, device_rgb=self.read(value[2], resources).device_rgb)

    def _read_devicen(self, value: Any, resources: Mapping[str, Any]) -> ColourSpace:
        names = [str(resolve(name)).lstrip("/") for name in resolve(value[1])]
        space = _colourant_space("DeviceN", names)
        return replace(space, device_rgb=self.read(value[2], resources).device_rgb)

    def _read_pattern(self, value: Any, resources: Mapping[str, Any]) -> ColourSpace:
        base = self.read(value[1], resources) if len(value) > 1 else _unknown("Pattern", 0)
        return ColourSpace(  # what its cells and shadings paint is judged by itself
            name=PATTERN,
            components=base.components,
            separations=base.separations,
            device_rgb=base.device_rgb,
        )


def _colourant_space(family: str, names: list[str]) -> ColourSpace:
    """Return a space whose components are separations by name (8.6.6.4, 8.6.6.5)."""
    colourants = [name for name in names if name != "None"]

    def separations(colour: tuple[float, ...]) -> Separations:
        amounts = zip(names, _clip(colour), strict=False)
        return {name: ink for name, ink in amounts if ink > 0 and name != "None"}

    return ColourSpace(
        name=f"{family} {', '.join(colourants)}", components=len(names), separations=separations
    )


def _unknown(name: str, components: int = 1) -> ColourSpace:
    """Return a space whose inks are not known."""
    return ColourSpace(
        name=name, components=components, separations=lambda _colour: {}, is_known=False
    )


def _to_byte(value: float) -> int:
    return round(min(max(value, 0), 255))


def _clip(colour: tuple[float, ...]) -> tuple[float, ...]:
    """Return a colour with each component between 0 and 1."""
    return tuple(min(max(value, 0.0), 1.0) for value in colour)


def _table_bytes(table: Any) -> bytes:
    """Return the colour table of an indexed space: a stream or a string."""
    if hasattr(table, "get_data"):
        return painted_data(table)
    return bytes(getattr(table, "original_bytes", b"")) or str(table).encode("latin-1", "replace")
