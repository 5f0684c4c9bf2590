"""Formulas as MathML in one normal form, with limits against hostile input.

In: MathML as a tree or as text (MathML Core, W3C; MathML 3.0). Out: the normal form, an element tree without namespaces
that holds the presentation elements of ``CHILDREN`` with a few safe attributes and no others. ``semantics`` and
``maction`` become their first child, ``mfenced`` a row with brackets; ``mstyle``, ``merror`` and ``mphantom`` become
rows, so that no word is hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from publisher.messages import translatable
from publisher.text.characters import is_cjk

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ELEMENTS = 400
MAX_DEPTH = 24
MAX_CHARACTERS = 1000
TOKENS = frozenset({"mi", "mn", "mo", "mtext"})
"""Elements that hold characters."""
CHILDREN: Mapping[str, int | None] = {
    **dict.fromkeys(("math", "mrow", "msqrt", "menclose"), None),
    **dict.fromkeys(("mtable", "mtr", "mtd"), None),
    "mspace": 0,
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
"""The elements with children, and how many each has; None for any number."""
_SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(("mstyle", "merror", "mphantom", "mpadded", "none"), "mrow"),
    "ms": "mtext",
    "mlabeledtr": "mtr",
}
_FIRST_CHILD = frozenset({"semantics", "maction"})
"""Elements of which the first child is shown."""
_LENGTH = r"-?[0-9]{0,2}(?:\.[0-9]{1,4})?(?:em|ex|mu|px|pt)?"
_ATTRIBUTES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "display": "block|inline",
        "displaystyle": "true|false",
        "scriptlevel": "[0-3]",
        "stretchy": "true|false",
        "accent": "true|false",
        "form": "prefix|infix|postfix",
        "mathvariant": "normal|bold|italic|bold-italic|double-struck|script|fraktur|sans-serif|monospace",
        "linethickness": "0(?:px|pt|em)?",
        "notation": "(?:box|top|bottom|left|right|horizontalstrike|verticalstrike| )+",
        "columnalign": "(?:left|center|right| )+",
        "width": _LENGTH,
        "lspace": _LENGTH,
        "rspace": _LENGTH,
        "linebreak": "newline",
    }.items()
}
"""The attributes that are kept, and their values."""


@dataclass(frozen=True)
class MathMLError(Exception):
    """A formula that has no normal form."""

    reason: str
    """Why, in words that continue a sentence: "it has …"."""

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


@dataclass(slots=True)
class _Budget:
    """What a formula may still use of the limits."""

    elements: int = MAX_ELEMENTS
    characters: int = MAX_CHARACTERS


def normal_form(tree: Element) -> Element:
    """Return the normal form of a formula, a ``math`` element.

    Raise ``MathMLError`` if an element is unknown or has a wrong number of children, if there is text outside of token
    elements, or if the formula is larger than the limits.
    """
    if local_name(tree) != "math":
        raise MathMLError("it is no math element")
    (math,) = _normalise(tree, _Budget(), 0)
    if not "".join(math.itertext()).strip():
        raise MathMLError("it has no characters")
    return math


def parse_mathml(text: str) -> Element:
    """Return the normal form of a formula that is written as MathML; raise ``MathMLError`` as ``normal_form``."""
    if "<!" in text or len(text) > 100 * (MAX_ELEMENTS + MAX_CHARACTERS):
        raise MathMLError("it is too long or has a document type")
    try:
        tree = fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ParseError as error:
        raise MathMLError("it is no well-formed MathML") from error
    return normal_form(tree)


def write_mathml(math: Element) -> str:
    """Return a formula as MathML text."""
    return tostring(math, encoding="unicode")


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace or prefix, in lower case."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _normalise(element: Element, budget: _Budget, depth: int) -> list[Element]:
    """Return the normal form of an element: one element, or none for an annotation without its formula."""
    name = local_name(element)
    budget.elements -= 1
    if depth > MAX_DEPTH or budget.elements < 0:
        raise MathMLError(
            translatable(
                "it has more than {max_elements} elements or is nested too deeply",
                max_elements=MAX_ELEMENTS,
            )
        )
    if name in _FIRST_CHILD:
        return _normalise(element[0], budget, depth + 1) if len(element) else []
    if name == "mfenced":
        element, name = _fenced_row(element), "mrow"
    name = _SYNONYMS.get(name, name)
    if name in TOKENS:
        return [_token(element, name, budget)]
    if name not in CHILDREN:
        raise MathMLError(translatable("it has the element {name}", name=name[:20]))
    if "".join([element.text or "", *(child.tail or "" for child in element)]).strip():
        raise MathMLError("it has text outside of its parts")
    return [_with_children(element, name, budget, depth)]


def _with_children(element: Element, name: str, budget: _Budget, depth: int) -> Element:
    """Return the normal form of an element with children, which has the name ``name`` in it."""
    result = Element(name, _attributes(element))
    for child in element:
        result.extend(_normalise(child, budget, depth + 1))
    count = CHILDREN[name]
    if count is None and name not in ("mtable", "mtr"):
        _simplify_row(result)
    if name == "mrow" and len(result) == 1 and not result.attrib:
        return result[0]
    if count is not None and len(result) != count:
        raise MathMLError(
            translatable(
                "its {name} has {result_count} parts instead of {count}",
                name=name,
                result_count=len(result),
                count=count,
            )
        )
    _require_rows(result)
    return result


def _fenced_row(element: Element) -> Element:
    """Return the row that an ``mfenced`` element stands for (MathML 3.0, 3.3.8)."""
    separators = "".join(element.get("separators", ",").split())
    row = Element("mrow")
    for index, child in enumerate(element):
        if index and separators:
            operator = SubElement(row, "mo")
            operator.text = separators[min(index, len(separators)) - 1]
        row.append(child)
    for position, name, default in ((0, "open", "("), (len(row) + 1, "close", ")")):
        fence = Element("mo", {"form": "postfix" if position else "prefix", "stretchy": "true"})
        fence.text = element.get(name, default)
        row.insert(position, fence)
    return row


def _simplify_row(row: Element) -> None:
    """Remove empty parts of a row, and join the Chinese characters of one word, which TeX takes for variables."""
    children = [child for child in row if len(child) or child.text or child.tag != "mrow"]
    row[:] = []
    for child in children:
        last = row[-1] if len(row) else None
        if (
            last is not None
            and last.tag == child.tag == "mtext"
            and last.attrib == child.attrib
            and _is_han(last.text)
            and _is_han(child.text)
        ):
            last.text = f"{last.text}{child.text}"
        else:
            row.append(child)


def _is_han(text: str | None) -> bool:
    """Return whether a token has only Chinese characters."""
    return bool(text) and all(map(is_cjk, text or ""))


def _require_rows(element: Element) -> None:
    """Raise ``MathMLError`` unless the children of tables and rows are rows and cells, with at least one each."""
    inner = {"mtable": "mtr", "mtr": "mtd"}.get(element.tag)
    is_table_part = any(child.tag in ("mtr", "mtd") for child in element)
    if inner is None and is_table_part:
        raise MathMLError("it has rows or cells outside of a table")
    if inner and (not len(element) or any(child.tag != inner for child in element)):
        raise MathMLError("its table has no rows or no cells")


def _token(element: Element, name: str, budget: _Budget) -> Element:
    """Return a token without control characters; an empty one becomes an empty row, Chinese words become text."""
    text = "".join(element.itertext())
    text = " ".join(text.split()) if name != "mtext" else re.sub(r"\s+", " ", text)
    text = "".join(character for character in text if character.isprintable())
    budget.characters -= len(text)
    if budget.characters < 0:
        raise MathMLError(
            translatable(
                "it has more than {max_characters} characters", max_characters=MAX_CHARACTERS
            )
        )
    if not text:
        return Element("mrow")
    if name in ("mi", "mn") and any(map(is_cjk, text)):
        name = "mtext"
    result = Element(name, _attributes(element))
    result.text = text
    return result


def _attributes(element: Element) -> dict[str, str]:
    return {
        name: value
        for name, value in sorted(element.attrib.items())
        if name in _ATTRIBUTES and _ATTRIBUTES[name].fullmatch(value)
    }
