r"""TeX formulas as MathML, by latex2mathml.

In: the source of a formula without its delimiters. Out: the normal form. A command that the library does not know, and
anything that it would lose, is an error: the formula then stays text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, fromstring

from publisher.messages import translatable
from publisher.text.characters import is_cjk
from publisher.text.mathml import MathMLError, normal_form

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_LENGTH = 2000
MAX_NESTING = 20
"""Levels of braces, environments and delimiters of variable size."""
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_OPENING = re.compile(r"(?<!\\)\{|\\begin\b|\\left\b")
_CLOSING = re.compile(r"(?<!\\)\}|\\end\b|\\right\b")
_REFUSED = frozenset(
    r"\newcommand \renewcommand \providecommand \def \gdef \let \require \unicode \input \include \href \url "
    r"\class \style \cssId \htmlId \htmlClass \htmlStyle \htmlData \includegraphics".split()
)
"""Commands that define macros, refer to other files or write HTML."""
_REWRITTEN = (
    (re.compile(r"\\begin\{(?:aligned|split|align)\}"), r"\\begin{align*}"),
    (re.compile(r"\\end\{(?:aligned|split|align)\}"), r"\\end{align*}"),
    (re.compile(r"\\(?:label|nonumber|notag)\b(?:\{[^{}]*\})?"), ""),
    (re.compile(r"\\not\s*="), r"\\neq "),
    (re.compile(r"\\not\s*\\in\b"), r"\\notin "),
    (re.compile(r"(?<!\\)((?:\\\\)*)%"), r"\1\\%"),
    (re.compile(r"\\mathrm\{"), r"\\mathrm {"),
)
"""What the library does not read, and what it reads in its place. A percent sign is one: reports have no comments."""


def read_tex(tex: str, *, display: bool) -> Element:
    """Return the normal form of a formula; ``display`` if it is on a line of its own.

    Raise ``MathMLError`` if it cannot be read, or is larger than the limits.
    """
    from latex2mathml.converter import convert

    _require_limits(tex)
    refused = _REFUSED.intersection(_COMMAND.findall(tex))
    if refused:
        raise MathMLError(
            translatable("the command {command} is not allowed", command=min(refused))
        )
    for pattern, replacement in _REWRITTEN:
        tex = pattern.sub(replacement, tex)
    try:
        tree = fromstring(convert(tex, display="block" if display else "inline"))  # noqa: S314 - written by the library
    except ParseError as error:
        raise MathMLError("its TeX cannot be read") from error
    except Exception as error:  # the library raises many kinds, some of them by mistake
        raise MathMLError(
            translatable("its TeX cannot be read ({name})", name=type(error).__name__)
        ) from error
    unknown = next((text for text in tree.itertext() if text.startswith("\\")), "")
    if unknown:
        raise MathMLError(translatable("the command {command} is not known", command=unknown[:30]))
    math = normal_form(tree)
    _require_words(tex, math)
    return math


def _require_limits(tex: str) -> None:
    depth = deepest = 0
    for _, change in sorted(
        [(match.start(), 1) for match in _OPENING.finditer(tex)]
        + [(match.start(), -1) for match in _CLOSING.finditer(tex)]
    ):
        depth += change
        deepest = max(deepest, depth)
        if depth < 0:
            raise MathMLError("its braces do not match")
    if depth:
        raise MathMLError("its braces do not match")
    if len(tex) > MAX_LENGTH or deepest > MAX_NESTING:
        raise MathMLError(
            translatable(
                "it has more than {max_length} characters or {max_nesting} levels of braces",
                max_length=MAX_LENGTH,
                max_nesting=MAX_NESTING,
            )
        )


def _require_words(tex: str, math: Element) -> None:
    """Raise ``MathMLError`` if the Chinese characters and the percent signs of a formula are not all in its MathML."""
    text = "".join(math.itertext())
    for characters in (filter(is_cjk, tex), re.findall("%", tex)):
        expected = "".join(characters)
        actual = "".join(character for character in text if character in expected)
        if sorted(expected) != sorted(actual):
            raise MathMLError("its TeX cannot be read without loss")
