"""Formulas and drawings of a page: MathML, what MathJax and KaTeX leave of TeX, and the words of SVG drawings.

Input: elements of the page. Output: the pieces of a line that replace them, with the mark of each formula. A formula that
cannot be set is a piece with its words, and is reported, as are drawings, of which only the words are published.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as MathElement

from publisher.model import Finding, Locator, Mark
from publisher.readers.finding_rules import DRAWING_AS_WORDS, DRAWING_WITHOUT_WORDS
from publisher.readers.formulas import (
    REASON,
    RULE,
    Formula,
    formula_from_mathml,
    formula_from_tex,
    unset_formula,
)
from publisher.readers.html.flow_items import Piece
from publisher.readers.html.tree import DRAWING_TITLE, Element, build_tree
from publisher.text.mathml import MathMLError, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCRIPT_TYPE = re.compile(
    r"\s*math/(?P<kind>tex|mml)\s*(?P<display>;\s*mode\s*=\s*display)?\s*", re.IGNORECASE
)
_WRAPPER = re.compile(r"^\s*(?:%\s*)?<!\[CDATA\[|(?:%\s*)?\]\]>\s*$")
_RENDERED = frozenset(
    {"mathjax", "mathjax_preview", "mathjax_display", "mathjax_svg", "mathjax_chtml"}
)
"""Classes of what MathJax 2 shows beside its script, which has the formula."""
_ANNOTATIONS = frozenset({"annotation", "annotation-xml"})
_WORD_ELEMENTS = frozenset({"text", DRAWING_TITLE, "desc", "foreignobject"})
"""Elements of a drawing that have words."""
MAX_ICON_SIDE = 32.0
"""A drawing that is no wider or no higher is an icon (CSS pixels)."""
_LENGTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]+)?)(?:px)?\s*")


class FormulaReader:
    """Reads the formulas and the words of drawings; collects marks and findings."""

    def __init__(self, source: str, *, where: str) -> None:
        """Read elements of the page with this source; ``where`` is its name in error messages."""
        self._source = source
        self._where = where
        self.marks: list[Mark] = []
        self.findings: list[Finding] = []

    def read_formula(self, element: Element) -> Piece | None:
        """Return the piece for a ``math`` element or a script with a formula; None for any other element."""
        if element.name == "math":
            return self._read_mathml(element, element, self._source)
        script = _SCRIPT_TYPE.fullmatch(element.attributes.get("type", ""))
        if element.name != "script" or not script:
            return None
        content = "".join(self._source[span.start : span.end] for span in element.spans())
        content = _WRAPPER.sub("", content).strip()
        if script["kind"].lower() == "mml":
            root = build_tree(content, where=self._where)
            return self._read_mathml(element, next(root.child_elements(), root), content)
        try:
            formula = formula_from_tex(content, display=bool(script["display"]))
        except MathMLError as error:
            return self._unset(element, content, error)
        return self._set(element, formula)

    def _read_mathml(self, element: Element, math: Element, source: str) -> Piece:
        """Return the piece for MathML; ``math`` is its element, with offsets in ``source``."""
        tree = _math_tree(math, source)
        try:
            formula = formula_from_mathml(tree)
        except MathMLError as error:
            return self._unset(element, math.attributes.get("alttext", "") or _words(tree), error)
        return self._set(element, formula)

    def _set(self, element: Element, formula: Formula) -> Piece:
        self.marks.append(Mark(kind="formula", locator=_locator(element), value=formula.mathml))
        return Piece(element.start, element.end, formula.text, RULE, REASON)

    def _unset(self, element: Element, words: str, error: MathMLError) -> Piece:
        words = " ".join(words.split())
        self.findings.append(unset_formula(words, error, _locator(element)))
        return Piece(element.start, element.end, words, RULE, "a formula that is set as text")

    def word_elements(self, drawing: Element) -> list[Element]:
        """Return the elements of a drawing with its words, and report that the drawing is not shown.

        An icon, and a drawing that is hidden from screen readers and has only a title, has no words.
        """
        elements = list(_outermost_words(drawing, self._source))
        has_text = any(element.name in ("text", "foreignobject") for element in elements)
        is_icon = any(
            0 < _pixels(drawing.attributes.get(name, "")) <= MAX_ICON_SIDE
            for name in ("width", "height")
        )
        if not has_text and (is_icon or drawing.attributes.get("aria-hidden") == "true"):
            return []
        rule = DRAWING_AS_WORDS if elements else DRAWING_WITHOUT_WORDS
        self.findings.append(rule.finding(_locator(drawing)))
        return elements


def is_rendered_copy(element: Element) -> bool:
    """Return whether an element is what KaTeX or MathJax shows of a formula that the page has beside it."""
    classes = set(_classes(element))
    if element.name != "mjx-math" and classes.isdisjoint({"katex-html", *_RENDERED}):
        return False
    siblings = list(element.parent.child_elements()) if element.parent else []
    if "katex-html" in classes:
        return any("katex-mathml" in _classes(sibling) for sibling in siblings)
    if element.name == "mjx-math":
        return any(sibling.name == "mjx-assistive-mml" for sibling in siblings)
    following = siblings[siblings.index(element) + 1 :]
    script = next((sibling for sibling in following if sibling.name == "script"), None)
    return script is not None and bool(_SCRIPT_TYPE.fullmatch(script.attributes.get("type", "")))


def _classes(element: Element) -> list[str]:
    return element.attributes.get("class", "").lower().split()


def _locator(element: Element) -> Locator:
    return Locator(offset=element.start, length=element.end - element.start)


def _math_tree(math: Element, source: str) -> MathElement:
    """Return a formula of the page as an element tree."""
    tree = MathElement(math.name, dict(math.attributes))
    pending = [(math, tree)]
    while pending:
        element, result = pending.pop()
        last: MathElement | None = None
        for child in element.children:
            if isinstance(child, Element):
                last = MathElement(child.name, dict(child.attributes))
                result.append(last)
                pending.append((child, last))
            elif last is None:
                result.text = (result.text or "") + html.unescape(source[child.start : child.end])
            else:
                last.tail = (last.tail or "") + html.unescape(source[child.start : child.end])
    return tree


def _words(tree: MathElement) -> str:
    """Return the characters of a formula, without annotations, in the order of the page."""
    if local_name(tree) in _ANNOTATIONS:
        return ""
    return "".join([tree.text or "", *(_words(child) + (child.tail or "") for child in tree)])


def _outermost_words(drawing: Element, source: str) -> Iterator[Element]:
    """Yield the elements of a drawing that have words and are in no other such element."""
    pending = list(drawing.child_elements())[::-1]
    while pending:
        element = pending.pop()
        if element.name not in _WORD_ELEMENTS:
            pending.extend(list(element.child_elements())[::-1])
        elif element.text(source):
            yield element


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    return float(match[1]) if match else 0.0
