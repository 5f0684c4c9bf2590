"""Colour spaces: an object's colour in, how much of each ink it takes out.

Enters: a colour space as pypdf holds it. Leaves: a ``ColourSpace`` that says which plates a colour of it needs. Serves
ISO 32000-1, 8.6, and ISO 15930-7, 6.2.4. What is not in inks already is converted by the profile of the
printing condition, as a press's computer will.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from publisher.pdf.icc import InkTransform, cielab_profile, srgb_profile
from publisher.pdf.syntax import resolve, stream_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Separations = dict[str, float]
"""Parts of full ink by the name of its plate; plates without ink are left out."""
PROCESS_COLOURANTS = ("Cyan", "Magenta", "Yellow", "Black")
ALL = "All"
"""The colour of marks, which is on every plate."""
_SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
"""Names that inline images may use (8.9.7)."""
_DEVICE = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}


def cmyk_separations(inks: Sequence[float]) -> Separations:
    """Return four inks by their plates."""
    return {name: part for name, part in zip(PROCESS_COLOURANTS, inks, strict=True) if part > 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourSpace:
    """A colour space, read."""

    name: str
    """The family, and of which kind: ``ICCBased RGB``, ``Separation PANTONE 185 C``."""
    components: int
    separations: Callable[[tuple[float, ...]], Separations]
    """What a colour takes; raises nothing for a colour out of range."""
    transform: InkTransform | None = None
    """How a picture in this space becomes inks; none where it is in inks or cannot be read."""
    device_rgb: bool = False
    """Whether it, or what it is built on, is ``DeviceRGB``."""
    colours: int = 0
    """How many colours a table of them has."""


@dataclass(slots=True)
class ColourSpaces:
    """The colour spaces of one file, on their way to one printing condition."""

    output: bytes
    """The profile of that condition."""
    operator_count: int = 0
    object_count: int = 0
    """How many operators were read on the way, and how many objects painted."""
    image_inks: dict[int, tuple[Separations, float]] = field(default_factory=dict)
    """What the pictures of the file take, by their object numbers: one may be on every page."""
    _known: dict[bytes, InkTransform | None] = field(default_factory=dict)

    def read(self, raw: Any, resources: Mapping[str, Any]) -> ColourSpace:
        """Return a colour space; one that is not known takes no ink that anyone could tell."""
        value = resolve(raw)
        if isinstance(value, str):
            name = str(value).lstrip("/")
            name = _SHORT.get(name, name)
            if name in _DEVICE:
                return self.device(name, resources)
            listed = resolve(resources.get("/ColorSpace")) or {}
            if f"/{name}" in listed:
                return self.read(listed[f"/{name}"], {})
            return _unknown(name)
        if not isinstance(value, list) or not value:
            return _unknown("nothing")
        family = str(resolve(value[0])).lstrip("/")
        family = _SHORT.get(family, family)
        if family in _DEVICE:
            return self.device(family, resources)
        read = getattr(self, f"_{family.lower()}", None)
        return read(value, resources) if read else _unknown(family)

    def device(self, name: str, resources: Mapping[str, Any]) -> ColourSpace:
        """Return one of the three spaces of a device, or what stands for it (8.6.5.6)."""
        named = resolve(resources.get("/ColorSpace")) or {}
        default = resolve(named.get(f"/Default{name.removeprefix('Device')}"))
        if isinstance(default, list):
            return self.read(default, {})
        if name == "DeviceCMYK":
            return ColourSpace(
                name=name, components=4, separations=lambda parts: cmyk_separations(_within(parts))
            )
        if name == "DeviceGray":
            return ColourSpace(
                name=name,
                components=1,
                separations=lambda parts: cmyk_separations((0, 0, 0, 1 - _within(parts)[0])),
            )
        return self._profiled(name, srgb_profile(), 3, device_rgb=True)

    def _profiled(
        self, name: str, profile: bytes, count: int, *, device_rgb: bool = False
    ) -> ColourSpace:
        if count == 4 and profile == self.output:
            return ColourSpace(
                name=name, components=4, separations=lambda parts: cmyk_separations(_within(parts))
            )
        if profile not in self._known:
            try:
                self._known[profile] = InkTransform(profile, self.output, _MODES[count])
            except (ValueError, OSError):
                self._known[profile] = None
        transform = self._known[profile]
        if transform is None:
            return _unknown(f"{name} with a profile that cannot be read", count)

        def separations(parts: tuple[float, ...]) -> Separations:
            inks = transform.convert(tuple(round(255 * part) for part in _within(parts)))
            return cmyk_separations([ink / 255 for ink in inks])

        return ColourSpace(
            name=name,
            components=count,
            separations=separations,
            transform=transform,
            device_rgb=device_rgb,
        )

    def _iccbased(self, value: Any, _resources: Mapping[str, Any]) -> ColourSpace:
        stream = resolve(value[1])
        count = int(resolve(stream.get("/N")) or 0)
        if count not in _MODES:
            return _unknown("ICCBased")
        kind = {1: "Gray", 3: "RGB", 4: "CMYK"}[count]
        return self._profiled(f"ICCBased {kind}", stream_data(stream), count)

    def _calrgb(self, _value: Any, _resources: Mapping[str, Any]) -> ColourSpace:
        return self._profiled("CalRGB", srgb_profile(), 3)

    def _calgray(self, _value: Any, _resources: Mapping[str, Any]) -> ColourSpace:
        rgb = self._profiled("CalRGB", srgb_profile(), 3)
        return ColourSpace(
            name="CalGray", components=1, separations=lambda parts: rgb.separations((parts[0],) * 3)
        )

    def _lab(self, _value: Any, _resources: Mapping[str, Any]) -> ColourSpace:
        transform = InkTransform(cielab_profile(), self.output, "LAB")

        def separations(parts: tuple[float, ...]) -> Separations:
            lightness, *hues = parts
            levels = round(min(max(lightness, 0), 100) * 2.55), *(_byte(hue + 128) for hue in hues)
            return cmyk_separations([ink / 255 for ink in transform.convert(levels)])

        return ColourSpace(name="Lab", components=3, separations=separations)

    def _indexed(self, value: Any, resources: Mapping[str, Any]) -> ColourSpace:
        base = self.read(value[1], resources)
        table = resolve(value[3])
        data = table if isinstance(table, bytes) else _bytes_of(table)

        def separations(parts: tuple[float, ...]) -> Separations:
            start = int(parts[0]) * base.components
            entry = data[start : start + base.components]
            return base.separations(tuple(byte / 255 for byte in entry)) if entry else {}

        return ColourSpace(
            name=f"Indexed {base.name}",
            components=1,
            separations=separations,
            device_rgb=base.device_rgb,
            colours=len(data) // max(base.components, 1),
        )

    def _separation(self, value: Any, resources: Mapping[str, Any]) -> ColourSpace:
        inked = _inked("Separation", [str(resolve(value[1])).lstrip("/")])
        return replace(inked, device_rgb=self.read(value[2], resources).device_rgb)

    def _devicen(self, value: Any, resources: Mapping[str, Any]) -> ColourSpace:
        inked = _inked("DeviceN", [str(resolve(name)).lstrip("/") for name in resolve(value[1])])
        return replace(inked, device_rgb=self.read(value[2], resources).device_rgb)

    def _pattern(self, value: Any, resources: Mapping[str, Any]) -> ColourSpace:
        below = self.read(value[1], resources) if len(value) > 1 else _unknown("Pattern", 0)
        return ColourSpace(
            name="Pattern",
            components=below.components,
            separations=below.separations,
            device_rgb=below.device_rgb,
        )


def _inked(family: str, names: list[str]) -> ColourSpace:
    """Return a space whose parts are plates by name (8.6.6.4, 8.6.6.5)."""
    requirements = [name for name in names if name != "None"]

    def separations(parts: tuple[float, ...]) -> Separations:
        inks = zip(names, _within(parts), strict=False)
        return {name: part for name, part in inks if part > 0 and name != "None"}

    return ColourSpace(
        name=f"{family} {', '.join(requirements)}", components=len(names), separations=separations
    )


def _unknown(name: str, count: int = 1) -> ColourSpace:
    return ColourSpace(name=name, components=count, separations=lambda _parts: {})


def _byte(value: float) -> int:
    return round(min(max(value, 0), 255))


def _within(parts: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(min(max(part, 0.0), 1.0) for part in parts)


def _bytes_of(table: Any) -> bytes:
    if hasattr(table, "get_data"):
        return stream_data(table)
    return bytes(getattr(table, "original_bytes", b"")) or str(table).encode("latin-1", "replace")
