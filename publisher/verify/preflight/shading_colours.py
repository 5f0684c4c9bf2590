"""The colours of a shading, from its functions.

Input: a shading from pypdf. Output: colours of which the darkest are among them, or nearly. Serves ISO 32000-1,
7.10 (functions) and 8.7.4.5 (shadings). What has no formula here is an ``UnjudgedShadingError``, never no colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.pdf.syntax import as_list, painted_data, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = 64
"""Parts of the domain at whose ends the functions are computed."""
MAX_DEPTH = 8
"""Nesting depth of stitching functions."""
_MESHES = frozenset({4, 5, 6, 7})
"""The types of shadings whose colours are in their stream, unless they have a function."""
_SAMPLED, _EXPONENTIAL, _STITCHING = 0, 2, 3
_ONE_INPUT = 1


class UnjudgedShadingError(Exception):
    """The colours of a shading cannot be determined; the message says why."""


def shading_colours(shading: Any, components: int) -> list[tuple[float, ...]]:
    """Return colours that a shading paints.

    Args:
        shading: The shading dictionary or stream.
        components: The number of components of its colour space.

    Raises:
        UnjudgedShadingError: There is no function, or one of a kind that is not computed here.

    """
    functions = as_list(shading.get("/Function"))
    kind = int(resolve(shading.get("/ShadingType")) or 0)
    if not functions:
        raise UnjudgedShadingError(
            "its colours are in a mesh" if kind in _MESHES else "no function"
        )
    if kind == 1:
        raise UnjudgedShadingError("its colours depend on two coordinates")
    decode = _numbers(shading.get("/Decode"))
    domain = decode[4:6] if kind in _MESHES else _numbers(shading.get("/Domain"))
    low, high = domain if len(domain) == 2 else (0.0, 1.0)
    colours = []
    for step in range(STEPS + 1):
        position = low + (high - low) * step / STEPS
        colour = [value for function in functions for value in _value(function, position, 0)]
        if len(colour) < components:
            raise UnjudgedShadingError("its functions give too few components")
        colours.append(tuple(colour))
    return colours


def _value(function: Any, position: float, depth: int) -> Sequence[float]:
    """Return the value of a function of one number."""
    if not isinstance(function, dict) or depth > MAX_DEPTH:
        raise UnjudgedShadingError("its function is malformed")
    low, high, *_ = [*_numbers(function.get("/Domain")), 0.0, 1.0][:2]
    position = min(max(position, low), high)
    kind = resolve(function.get("/FunctionType"))
    if kind == _EXPONENTIAL:
        start = _numbers(function.get("/C0")) or [0.0]
        end = _numbers(function.get("/C1")) or [1.0]
        exponent = float(resolve(function.get("/N", 1)))
        share = position**exponent if position or exponent else 1.0
        return [a + share * (b - a) for a, b in zip(start, end, strict=False)]
    if kind == _STITCHING:
        return _stitched(function, position, (low, high), depth)
    if kind == _SAMPLED:
        return _sample(function, position, (low, high))
    raise UnjudgedShadingError(translatable("a function of type {kind} is not computed", kind=kind))


def _stitched(
    function: Any, position: float, domain: tuple[float, float], depth: int
) -> Sequence[float]:
    parts = as_list(function.get("/Functions"))
    edges = [domain[0], *_numbers(function.get("/Bounds")), domain[1]]
    encode = _numbers(function.get("/Encode"))
    if not parts or len(edges) != len(parts) + 1 or len(encode) < 2 * len(parts):
        raise UnjudgedShadingError("its function is malformed")
    index = max(n for n in range(len(parts)) if n == 0 or position >= edges[n])
    low, high = edges[index], edges[index + 1]
    start, end = encode[2 * index : 2 * index + 2]
    share = (position - low) / (high - low) if high > low else 0.0
    return _value(parts[index], start + share * (end - start), depth + 1)


def _sample(function: Any, position: float, domain: tuple[float, float]) -> Sequence[float]:
    """Return the sample of a sampled function that is nearest to a position (7.10.2)."""
    size, ranges = _numbers(function.get("/Size")), _numbers(function.get("/Range"))
    bits = int(resolve(function.get("/BitsPerSample")) or 0)
    if len(size) != _ONE_INPUT or size[0] < 1 or not ranges or bits not in (1, 2, 4, 8, 16, 32):
        raise UnjudgedShadingError("its function has several inputs, or is malformed")
    outputs, last = len(ranges) // 2, int(size[0]) - 1
    encode = _numbers(function.get("/Encode")) or [0.0, float(last)]
    decode = _numbers(function.get("/Decode")) or ranges
    low, high = domain
    share = (position - low) / (high - low) if high > low else 0.0
    index = min(max(round(encode[0] + share * (encode[1] - encode[0])), 0), last)
    data = painted_data(function)
    highest = (1 << bits) - 1
    values = []
    for output in range(outputs):
        start = (index * outputs + output) * bits
        chunk = data[start // 8 : (start + bits + 7) // 8]
        if len(chunk) * 8 < bits:
            raise UnjudgedShadingError("its function has too few samples")
        number = int.from_bytes(chunk) >> (-(start + bits) % 8) & highest
        minimum, maximum = decode[2 * output : 2 * output + 2]
        values.append(minimum + number / highest * (maximum - minimum))
    return values


def _numbers(raw: Any) -> list[float]:
    """Return an array of numbers; empty for null."""
    return [float(number) for number in as_list(raw)]
