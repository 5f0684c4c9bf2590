"""CSS custom properties of a style sheet (CSS Custom Properties for Cascading Variables Level 1).

WeasyPrint resolves ``var()`` itself, in elements and in ``@page``. This module writes the fonts and the inks as
custom properties, finds references to properties that are not declared, and reads lengths that a
template needs.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_POINTS = {"pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
"""The points in each absolute length unit (CSS Values and Units Level 4, 6.2)."""


def root_rule(values: Mapping[str, str]) -> str:
    """Return a rule that declares custom properties on the root element.

    Args:
        values: The value of each property by its name without the two hyphens.
    """
    declarations = "".join(f"  --{name}: {value};\n" for name, value in values.items())
    return f":root {{\n{declarations}}}\n"


def undefined_properties(css: str) -> tuple[str, ...]:
    """Return the custom properties that a sheet uses without a fallback and declares nowhere.

    A declaration counts wherever it is: on the root element, on another element or on a page.
    """
    import tinycss2

    nodes = tinycss2.parse_component_value_list(css, skip_comments=True)
    declared = set(_declared_names(nodes))
    used = dict.fromkeys(_names_without_fallback(nodes))
    return tuple(name for name in used if name not in declared)


def root_length(css: str, name: str) -> float:
    """Return the length that a custom property of the root element has, in points.

    The last declaration in a ``:root`` rule of the sheet counts.

    Raises:
        ValueError: The property is not declared, or its value is not one absolute length such as ``156mm``.
    """
    import tinycss2

    value = _root_value(css, name)
    if len(value) != 1 or value[0].type != "dimension" or value[0].lower_unit not in _POINTS:
        written = tinycss2.serialize(value)
        raise ValueError(
            translatable(
                "{name} is {written!r}, which is not one absolute length such as 156mm",
                name=name,
                written=written,
            )
        )
    return float(value[0].value * _POINTS[value[0].lower_unit])


def root_number(css: str, name: str) -> float:
    """Return the number that a custom property of the root element has, such as 22 lines.

    Raises:
        ValueError: The property is not declared, or its value is not one number.
    """
    import tinycss2

    value = _root_value(css, name)
    if len(value) != 1 or value[0].type != "number":
        raise ValueError(
            translatable(
                "{name} is {written!r}, which is not one number such as 22",
                name=name,
                written=tinycss2.serialize(value),
            )
        )
    return float(value[0].value)


def _root_value(css: str, name: str) -> list[Any]:
    """Return the tokens of a custom property of the root element, white space aside."""
    import tinycss2

    value: list[Any] = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True):
                if item.type == "declaration" and item.name == name:
                    value = [token for token in item.value if token.type != "whitespace"]
    return value


def _declared_names(nodes: Iterable[Any]) -> Iterator[str]:
    """Yield each name with two hyphens that a colon follows inside braces."""
    for node in nodes:
        if node.type == "{} block":
            tokens = [token for token in node.content if token.type != "whitespace"]
            for token, following in pairwise(tokens):
                if token.type == "ident" and token.value.startswith("--") and following == ":":
                    yield token.value
            yield from _declared_names(tokens)


def _names_without_fallback(nodes: Iterable[Any]) -> Iterator[str]:
    """Yield the name of each ``var()`` that has no fallback, those inside fallbacks included."""
    for node in nodes:
        if node.type == "function":
            arguments = [token for token in node.arguments if token.type != "whitespace"]
            if node.lower_name == "var" and len(arguments) == 1 and arguments[0].type == "ident":
                yield arguments[0].value
            yield from _names_without_fallback(arguments)
        elif node.type.endswith("block"):
            yield from _names_without_fallback(node.content)
