"""The text of a formula on one line, as authors type it where they have no formula editor.

In: the normal form of a formula. Out: text such as ``(a+b)/2``, ``x^2`` or ``∑_(i=1)^n x_i``, with every character of
the formula, in its order. Brackets are added wherever the structure could not be read without them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.characters import HAN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

_SIMPLE = re.compile(r"[^\W\d_]*|[0-9]+(?:[.,][0-9]+)*[%‰]?|.|[⟨(\[][^()\[\]⟨⟩]*[)\]⟩]", re.DOTALL)
"""Text that needs no brackets: a word, a number, one character, or text in brackets."""
_WORD = re.compile("[A-Za-z]{2,}")
_WORD_START = re.compile(rf"(?![{HAN}])[^\W_]")
_SCRIPTS = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
_ACCENTS = frozenset("¯―‾^ˆ~˜˙¨→⃗ˇ´`⏞⏟⏠⏡_")
_PRIMES = frozenset("′″‴'")
_DEGREES = frozenset("∘°")
_OPENING = frozenset("([{⟨|‖")


def linear_text(math: Element) -> str:
    """Return the text of a formula on one line."""
    return " ".join(_write(math).split())


def _write(element: Element) -> str:
    writer = _WRITERS.get(element.tag)
    return writer(element) if writer else _row(element)


def _row(element: Element) -> str:
    """Return the parts in a row.

    A word or a script, and a word or a number after it, are separated by a space; a fraction beside a word or a number is
    in brackets.
    """
    if element.text and not len(element):
        return element.text
    text, last = "", ""
    follows_word = False
    for child in element:
        part = _write(child)
        tag = child[0].tag if child.tag == "mrow" and len(child) == 1 else child.tag
        is_word = bool(_WORD_START.match(part))
        needs_brackets = (child.tag == "mtable" and text[-1:] not in _OPENING) or (
            tag == "mfrac" and (text[-1:].isalnum() or last == "mfrac")
        )
        is_separate = is_word and (
            (last == "mfrac" and not text.endswith(")"))
            or (last in _SCRIPTS and text[-1:].isalnum())
            or follows_word
        )
        if needs_brackets:
            text += f"({part})"
        else:
            text += f" {part}" if is_separate else part
        last = tag
        follows_word = not len(child) and bool(_WORD.fullmatch(part))
    return text


def _operand(element: Element) -> str:
    """Return a part, in brackets unless it is simple."""
    text = _write(element)
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _fraction(element: Element) -> str:
    is_binomial = element.get("linethickness", "1").strip("0") in ("", "px", "pt", "em")
    first, second = map(_operand, element)
    return f"{first}¦{second}" if is_binomial else f"{first}/{second}"


def _scripts(base: Element, below: Element | None, above: Element | None) -> str:
    text = _operand(base)
    if below is not None:
        text += f"_{_operand(below)}"
    if above is not None:
        script = _operand(above)
        if script in _DEGREES:
            text += "°"
        else:
            text += script if script and _PRIMES.issuperset(script) else f"^{script}"
    return text


def _under(element: Element) -> str:
    if _write(element[1]) in _ACCENTS:
        return f"{_operand(element[0])}{_write(element[1])}"
    return _scripts(element[0], element[1], None)


def _over(element: Element) -> str:
    if _write(element[1]) in _ACCENTS:
        return f"{_operand(element[0])}{_write(element[1])}"
    return _scripts(element[0], None, element[1])


def _table(element: Element) -> str:
    """Return the rows with semicolons, the cells of a matrix with commas; aligned equations are read as they are."""
    rows = []
    for row in element:
        cells = [_write(cell) for cell in row]
        is_aligned = any(cell.startswith(tuple("=<>≤≥≈≠≡")) for cell in cells[1:]) or any(
            cell.endswith(",") for cell in cells[:-1]
        )
        rows.append(("" if is_aligned else ",").join(cells))
    return ";".join(rows)


_WRITERS: Mapping[str, Callable[[Element], str]] = {
    "mfrac": _fraction,
    "msqrt": lambda element: f"√{_bracketed(_row(element))}",
    "mroot": lambda element: f"√[{_write(element[1])}]{_operand(element[0])}",
    "msub": lambda element: _scripts(element[0], element[1], None),
    "msup": lambda element: _scripts(element[0], None, element[1]),
    "msubsup": lambda element: _scripts(*element),
    "munder": _under,
    "mover": _over,
    "munderover": lambda element: _scripts(*element),
    "mtable": _table,
    "mspace": lambda element: " " if element.get("linebreak") else "",
}
"""What writes each element; all others are rows."""


def _bracketed(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
