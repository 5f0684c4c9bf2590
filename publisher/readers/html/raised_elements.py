"""How far the text of an inline element is raised or lowered (CSS 2.2, 9.4.3 and 10.8.1), and whether it is smaller.

Input: an element of a page. Output: a ``Shift``. Word's web pages write raised text as ``position:relative;top:-3.0pt`` with
a ``mso-text-raise`` of the same distance, and the size of the text at an element inside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.readers.html.inline_marks import DECLARATION
from publisher.readers.html.tree import Element, Span
from publisher.readers.raised_text import LEAST_SMALLER, Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

MAY_SHIFT = re.compile("vertical-align|relative|raise|translate", re.IGNORECASE)
"""Words without which no style raises or lowers text."""
_DEFAULT_SIZE = 16.0
"""The size of text for which a page gives none, in pixels."""
_LINE_HEIGHT = 1.2
"""The height of a line (em), to which percentages of ``vertical-align`` refer."""
_TOP, _BOTTOM = 0.8, 0.2
"""How far the top and the bottom of a text are from its baseline (em)."""
_LENGTH = re.compile(r"([+-]?(?:[0-9]{1,6}(?:\.[0-9]{0,6})?|\.[0-9]{1,6}))\s*([a-z]{1,4}|%)?")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_EMS = {"em": 1.0, "rem": 1.0, "ex": 0.5, "ch": 0.5}
_NAMED_SIZES = {
    "xx-small": "9px",
    "x-small": "10px",
    "small": "13px",
    "medium": "16px",
    "large": "18px",
    "x-large": "24px",
    "xx-large": "32px",
}
"""The sizes of CSS Fonts, 2.5, where medium is 16 pixels."""
_FONT_SIZES = dict(zip("1234567", [*list(_NAMED_SIZES)[1:], "48px"], strict=True))
"""The sizes of ``<font size=…>`` (WHATWG HTML, 15.3.4)."""
_FACTORS = {"smaller": 5 / 6, "larger": 6 / 5}
_ELEMENT_SIZES = {"small": 5 / 6, "sup": 5 / 6, "sub": 5 / 6, "big": 6 / 5}
_MAX_DEPTH = 32
"""Elements around and inside an element whose sizes are looked at."""
_TRANSLATION = re.compile(r"translate(?:y\(|(?:3d)?\([^,()]*,)\s*([^,()]*)")


def element_shift(element: Element) -> Shift | None:
    """Return how the text of an inline element is set; None if its style leaves it in the line."""
    style = element.attributes.get("style", "").lower()
    if not MAY_SHIFT.search(style):
        return None
    declarations = {name: value.strip() for name, value in DECLARATION.findall(style)}
    inner, outer = _innermost(element), _outermost(element)
    size = _size(outer.parent)
    ratio = _size(inner) / size
    distances = [
        distance
        for distance in _distances(declarations, _size(element), ratio, size)
        if distance is not None
    ]
    if not distances:
        return None
    return Shift(sum(distances) / size, ratio < LEAST_SMALLER)


def _distances(
    declarations: dict[str, str], own_size: float, ratio: float, size: float
) -> Iterator[float | None]:
    """Yield how far each declaration raises an element, in pixels; None if it does not."""
    alignment = declarations.get("vertical-align", "")
    if alignment in ("top", "text-top"):
        yield max(1 - ratio, 0.0) * _TOP * size
    elif alignment in ("bottom", "text-bottom"):
        yield -max(1 - ratio, 0.0) * _BOTTOM * size
    elif alignment == "middle":
        yield 0.0
    elif alignment:
        yield _pixels(alignment, own_size, _LINE_HEIGHT * own_size)
    if declarations.get("position") == "relative":
        top = _pixels(declarations.get("top", ""), own_size, None)
        bottom = _pixels(declarations.get("bottom", ""), own_size, None)
        yield -top if top is not None else bottom
    elif "mso-text-raise" in declarations:
        yield _pixels(declarations["mso-text-raise"], own_size, None)
    translation = _TRANSLATION.search(declarations.get("transform", ""))
    if translation:
        down = _pixels(translation[1], own_size, _LINE_HEIGHT * own_size)
        yield None if down is None else -down


def _pixels(value: str, em: float, whole: float | None) -> float | None:
    """Return a length in pixels; a percentage is one of ``whole``. None for another value."""
    length = _LENGTH.fullmatch(value.removesuffix("!important").strip())
    if not length:
        return None
    number, unit = float(length[1]), length[2] or ""
    if unit == "%":
        return None if whole is None else number / 100 * whole
    if unit in _EMS:
        return number * _EMS[unit] * em
    if not unit or unit in _PIXELS:
        return number * _PIXELS.get(unit, 1.0)
    return None


def _size(element: Element | None) -> float:
    """Return the size of an element's text in pixels."""
    factor = 1.0
    for _ in range(_MAX_DEPTH):
        if element is None:
            break
        size, is_relative = _own_size(element)
        if not is_relative:
            return size * factor
        factor *= size
        element = element.parent
    return _DEFAULT_SIZE * factor


def _own_size(element: Element) -> tuple[float, bool]:
    """Return the size that an element gives its text, and whether it is a factor and not in pixels."""
    style = element.attributes.get("style", "").lower()
    sizes = [value.strip() for name, value in DECLARATION.findall(style) if name == "font-size"]
    value = sizes[-1] if sizes else ""
    if not value and element.name == "font":
        html_size = element.attributes.get("size", "")
        value = _FONT_SIZES.get(html_size) or {"-": "smaller", "+": "larger"}.get(html_size[:1], "")
    if value in _FACTORS:
        return _FACTORS[value], True
    value = _NAMED_SIZES.get(value, value)
    length = _LENGTH.fullmatch(value)
    if not length or float(length[1]) <= 0:
        return _ELEMENT_SIZES.get(element.name, 1.0), True
    number, unit = float(length[1]), length[2] or "px"
    if unit in _PIXELS or unit == "rem":
        return number * _PIXELS.get(unit, _DEFAULT_SIZE), False
    return (number / 100 if unit == "%" else number * _EMS.get(unit, 1.0)), True


def _innermost(element: Element) -> Element:
    """Return the element inside that has all of the text."""
    for _ in range(_MAX_DEPTH):
        child = _only_child(element)
        if child is None:
            break
        element = child
    return element


def _outermost(element: Element) -> Element:
    """Return the inline element around that has no other text."""
    for _ in range(_MAX_DEPTH):
        parent = element.parent
        if parent is None or parent.is_container or _only_child(parent) is not element:
            break
        element = parent
    return element


def _only_child(element: Element) -> Element | None:
    """Return the only child of an element; None if it has others, or its own text."""
    if len(element.children) != 1 or isinstance(element.children[0], Span):
        return None
    return element.children[0]
