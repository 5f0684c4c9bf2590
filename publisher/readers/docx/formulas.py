"""Formulas of a Word file (OMML; ECMA-376, 22.1): as MathML, and as text for those that have no MathML.

In: an ``m:oMath`` element. Out: a MathML tree that is not yet in its normal form, and its words; or the operators that
show the structure of a part on one line.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as MathElement

from publisher.messages import translatable
from publisher.readers.docx.alternate_content import effective_children
from publisher.text.characters import HAN
from publisher.text.mathml import MAX_DEPTH, MathMLError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from publisher.readers.docx.package import Element

_OPERATORS = {
    "m:den": ("/", ""),
    "m:sup": ("^", ""),
    "m:sub": ("_", ""),
    "m:rad": ("√", ""),
    "m:d": ("(", ")"),
}
"""What is written before and after each element."""
_OPERANDS = ("m:num", "m:den", "m:sup", "m:sub")
"""Elements that need brackets unless they are one word or number."""
_TOKEN = re.compile(
    rf"(?P<mn>[0-9]+(?:[.,][0-9]+)*)|(?P<mtext>[{HAN}]+)|(?P<mi>[^\W\d_])|(?P<mo>\S)"
)
"""The tokens of a run: a number, Chinese words, a letter, an operator. Spaces between them have no meaning."""
_TRANSPARENT = frozenset(
    "m:e m:num m:den m:sup m:sub m:deg m:lim m:fName m:box m:phant m:oMath m:oMathPara "
    "w:ins w:moveTo w:smartTag w:sdt w:sdtContent w:hyperlink w:customXml".split()
)
"""Elements that stand for their content."""
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh exp log ln lg lim max min sup inf det dim gcd".split()
)
"""Names of functions, which are words even if their letters are formatted as variables."""
_DELETIONS = frozenset({"w:del", "w:moveFrom"})


def operators_around(element: Element) -> tuple[str, str]:
    """Return what is written before and after a part of a formula on one line.

    The fraction of ``a+b`` and ``2``, for example, is written as ``(a+b)/2``.
    """
    before, after = _OPERATORS.get(element.name, ("", ""))
    if element.name in _OPERANDS:
        texts = [child.text for child in element.walk() if child.name == "m:t"]
        if not all(map(str.isalnum, texts)):
            return f"{before}(", f"){after}"
    if element.name == "m:nary":
        operator = next((child for child in element.walk() if child.name == "m:chr"), None)
        return operator.attributes.get("m:val", "") if operator else "∫", ""
    return before, after


def formula_words(formula: Element) -> str:
    """Return the characters that a person typed in a formula, in the order of the file, without deleted ones."""
    if formula.name in ("m:t", "w:t"):
        return formula.run_text()
    if formula.name in _DELETIONS:
        return ""
    return "".join(map(formula_words, effective_children(formula)))


def deleted_words(formula: Element) -> str:
    """Return the characters of the tracked deletions in a formula."""
    deletions = [part for part in formula.walk() if part.name in _DELETIONS]
    return "".join(
        part.run_text()
        for deletion in deletions
        for part in deletion.walk()
        if part.name in ("m:t", "w:t", "w:delText")
    )


def mathml_tree(formula: Element, *, display: bool) -> MathElement:
    """Return a formula as MathML, not yet in its normal form.

    Raise ``MathMLError`` if a part is not known, or if the MathML lacks a character of the formula.
    """
    math = MathElement("math", {"display": "block" if display else "inline"})
    math.extend(list(_convert(effective_children(formula), 0)))
    missing = Counter(formula_words(formula)) - Counter("".join(math.itertext()))
    if any(not character.isspace() for character in missing if character != "&"):
        raise MathMLError("it has text outside of its parts")
    return math


def _convert(elements: Iterable[Element], depth: int) -> Iterator[MathElement]:
    """Yield the MathML of the parts of a row."""
    if depth > MAX_DEPTH:
        raise MathMLError("it is nested too deeply")
    for element in elements:
        if element.name in ("m:r", "w:r"):
            yield from _tokens(element)
        elif element.name in _TRANSPARENT:
            yield from _convert(effective_children(element), depth + 1)
        elif writer := _WRITERS.get(element.name):
            yield writer(element, depth + 1)
        elif element.name not in _DELETIONS and formula_words(element).strip():
            raise MathMLError(translatable("it has the part {name}", name=element.name[:20]))


def _tokens(run: Element) -> Iterator[MathElement]:
    """Yield the tokens of a run."""
    text = "".join(
        child.run_text() for child in effective_children(run) if child.name in ("m:t", "w:t")
    )
    properties = run.child("m:rPr")
    style = _property(run, "m:rPr", "m:sty", "")
    if properties is not None and properties.child("m:nor") is not None:
        if text:
            yield _math("mtext", text=text)
        return
    is_word = re.fullmatch("[A-Za-z]{2,}", text)
    if text in _FUNCTIONS or (is_word and style in ("p", "b")):  # a function, or a unit
        yield _math("mi", text=text)
        return
    variant = {"p": "normal", "b": "bold", "bi": "bold-italic"}.get(style, "")
    for match in _TOKEN.finditer(text):
        token = _math(match.lastgroup or "mo", text=match[0])
        if variant and token.tag == "mi":
            token.set("mathvariant", variant)
        yield token


def _math(tag: str, *parts: MathElement, text: str = "", **attributes: str) -> MathElement:
    element = MathElement(tag, attributes)
    element.text = text or None
    element.extend(parts)
    return element


def _operator(character: str, **attributes: str) -> MathElement:
    return _math("mo", text=character, **attributes)


def _part(element: Element, name: str, depth: int) -> MathElement:
    """Return the content of a child as a row; an empty row if there is none."""
    child = element.child(name)
    return _math("mrow", *(_convert(effective_children(child), depth) if child else ()))


def _property(element: Element, properties: str, name: str, default: str) -> str:
    """Return ``m:val`` of a property; ``default`` if the property is not there."""
    holder = element.child(properties)
    child = holder.child(name) if holder else None
    return default if child is None else child.attributes.get("m:val", "")


def _flag(element: Element, properties: str, name: str) -> bool:
    """Return whether a property is on; without a value it is."""
    return _property(element, properties, name, "0") not in ("0", "off", "false")


def _fraction(element: Element, depth: int) -> MathElement:
    parts = (_part(element, "m:num", depth), _part(element, "m:den", depth))
    kind = _property(element, "m:fPr", "m:type", "bar")
    if kind == "lin":
        return _math("mrow", parts[0], _operator("/"), parts[1])
    return _math("mfrac", *parts, **({"linethickness": "0"} if kind == "noBar" else {}))


def _scripts(tag: str, *names: str) -> Callable[[Element, int], MathElement]:
    def convert(element: Element, depth: int) -> MathElement:
        return _math(tag, *(_part(element, name, depth) for name in names))

    return convert


def _prescripts(element: Element, depth: int) -> MathElement:
    """Return scripts before their base: they stand at an empty row."""
    scripts = [_part(element, name, depth) for name in ("m:sub", "m:sup")]
    return _math("mrow", _math("msubsup", _math("mrow"), *scripts), _part(element, "m:e", depth))


def _radical(element: Element, depth: int) -> MathElement:
    base, degree = _part(element, "m:e", depth), _part(element, "m:deg", depth)
    if _flag(element, "m:radPr", "m:degHide") or not len(degree):
        return _math("msqrt", base)
    return _math("mroot", base, degree)


def _delimiters(element: Element, depth: int) -> MathElement:
    begin = _property(element, "m:dPr", "m:begChr", "(")
    separator = _property(element, "m:dPr", "m:sepChr", "|")
    end = _property(element, "m:dPr", "m:endChr", ")")
    row = _math("mrow")
    if begin:
        row.append(_operator(begin, form="prefix", stretchy="true"))
    parts = [child for child in effective_children(element) if child.name == "m:e"]
    for index, part in enumerate(parts):
        if index and separator:
            row.append(_operator(separator))
        row.append(_math("mrow", *_convert(effective_children(part), depth)))
    if end:
        row.append(_operator(end, form="postfix", stretchy="true"))
    return row


def _nary(element: Element, depth: int) -> MathElement:
    operator = _operator(_property(element, "m:naryPr", "m:chr", "∫"))
    below, above = _part(element, "m:sub", depth), _part(element, "m:sup", depth)
    limits = _property(element, "m:naryPr", "m:limLoc", "subSup") == "undOvr"
    has_below = len(below) and not _flag(element, "m:naryPr", "m:subHide")
    has_above = len(above) and not _flag(element, "m:naryPr", "m:supHide")
    if has_below and has_above:
        operator = _math("munderover" if limits else "msubsup", operator, below, above)
    elif has_below:
        operator = _math("munder" if limits else "msub", operator, below)
    elif has_above:
        operator = _math("mover" if limits else "msup", operator, above)
    return _math("mrow", operator, _part(element, "m:e", depth))


def _function(element: Element, depth: int) -> MathElement:
    return _math("mrow", _part(element, "m:fName", depth), _part(element, "m:e", depth))


def _accent(element: Element, depth: int) -> MathElement:
    """Return an accent; Word writes it as a combining character."""
    character = _property(element, "m:accPr", "m:chr", "\u0302")
    spacing = {"\u0302": "ˆ", "\u0303": "˜", "\u0304": "¯", "\u0305": "¯", "\u0307": "˙", "\u0308": "¨", "\u20d7": "→"}  # fmt: skip
    accent = _operator(spacing.get(character, character), stretchy="false")
    return _math("mover", _part(element, "m:e", depth), accent, accent="true")


def _bar(element: Element, depth: int) -> MathElement:
    is_above = _property(element, "m:barPr", "m:pos", "bot") == "top"
    base, bar = _part(element, "m:e", depth), _operator("¯" if is_above else "_", stretchy="true")
    return _math("mover" if is_above else "munder", base, bar)


def _group(element: Element, depth: int) -> MathElement:
    is_above = _property(element, "m:groupChrPr", "m:pos", "bot") == "top"
    character = _property(element, "m:groupChrPr", "m:chr", "⏟")
    bracket = _operator(character, stretchy="true")
    return _math("mover" if is_above else "munder", _part(element, "m:e", depth), bracket)


def _matrix(element: Element, depth: int) -> MathElement:
    rows = [child for child in effective_children(element) if child.name == "m:mr"]
    return _math("mtable", *(_math("mtr", *_cells(row, depth)) for row in rows))


def _cells(row: Element, depth: int) -> Iterator[MathElement]:
    for cell in effective_children(row):
        if cell.name == "m:e":
            yield _math("mtd", *_convert(effective_children(cell), depth))


def _equations(element: Element, depth: int) -> MathElement:
    """Return equations below one another; the alignment marks ``&`` in them are not shown."""
    table = _math("mtable", columnalign="left")
    for cell in _cells(element, depth):
        for token in list(cell):
            if token.tag == "mo" and token.text == "&":
                cell.remove(token)
        table.append(_math("mtr", cell))
    return table


def _border(element: Element, depth: int) -> MathElement:
    return _math("menclose", _part(element, "m:e", depth), notation="box")


_WRITERS: Mapping[str, Callable[[Element, int], MathElement]] = {
    "m:f": _fraction,
    "m:sSup": _scripts("msup", "m:e", "m:sup"),
    "m:sSub": _scripts("msub", "m:e", "m:sub"),
    "m:sSubSup": _scripts("msubsup", "m:e", "m:sub", "m:sup"),
    "m:sPre": _prescripts,
    "m:rad": _radical,
    "m:d": _delimiters,
    "m:nary": _nary,
    "m:func": _function,
    "m:limLow": _scripts("munder", "m:e", "m:lim"),
    "m:limUpp": _scripts("mover", "m:e", "m:lim"),
    "m:acc": _accent,
    "m:bar": _bar,
    "m:groupChr": _group,
    "m:m": _matrix,
    "m:eqArr": _equations,
    "m:borderBox": _border,
}
"""What converts each element with a structure of its own."""
