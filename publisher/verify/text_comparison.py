"""Verification of the text of a finished PDF: nothing lost, nothing added, nothing hidden.

Input: a PDF as read, and the text that it must contain. Output: a verdict. The logical text (ISO
32000-1, 14.8.2.3) except tables of contents must equal the expected text, both as the glyphs give it and
as replacement text (ActualText) gives it. No text may lie outside the page or outside the structure tree.
"""

from __future__ import annotations

import re
from dataclasses import replace
from operator import is_, itemgetter
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.pdf.structure_tree import NOTES, Element, MarkedContent
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Addition, Finding, Verdict
    from publisher.pdf.document import HiddenGlyph, PdfDocument
    from publisher.pdf.structure_tree import ObjectReference

_REBUILD = "do not publish this file; build it again"
RULES = VerdictRules(
    profile="text",
    summary="the text of the file against the text of the report",
    rules=(
        VerificationRule(
            clause="readable",
            problem="The file is no PDF, is damaged or is encrypted.",
            remedy=_REBUILD,
            standard="ISO 32000-1, 7.5",
        ),
        VerificationRule(
            clause="nothing lost",
            problem="Characters of the report are missing, added or changed.",
            remedy=_REBUILD,
            standard="this program: every character of the report is in the file, in order",
        ),
        VerificationRule(
            clause="figures unchanged",
            problem="Digits of the report are missing, added or changed.",
            remedy=_REBUILD,
            standard="this program: no digit is changed",
        ),
        VerificationRule(
            clause="nothing hidden",
            problem="A character lies outside the page or is painted invisibly.",
            remedy="look for a table or a word that is wider than the page",
            standard="ISO 32000-1, 9.3.6 and 14.11.2",
        ),
        VerificationRule(
            clause="ISO 14289-1, 7.1",
            problem="Text is neither an artifact nor part of the structure tree.",
            remedy=_REBUILD,
            standard="ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2",
        ),
        VerificationRule(
            clause="ISO 14289-1, 7.21.7",
            problem="Glyphs have no Unicode value.",
            remedy="replace the characters that the font has no Unicode value for, or take another font",
            standard="ISO 14289-1, 7.21.7; ISO 32000-1, 9.10",
        ),
    ),
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
REPLACEMENT_CHARACTER = "\ufffd"
"""What the text has for bytes of the source that are no character."""
CONTEXT_LENGTH = 12
"""Characters before a difference that a finding quotes."""
MAX_FINDINGS = 5
COMPARED_AT_ONCE = 4096
"""Characters that are compared at once."""
MAX_COMPARED = 4000
"""Characters up to which differences are aligned one by one; longer ones are reported as one."""


def expected_text(text: str, additions: Iterable[Addition]) -> str:
    """Return the text that the PDF must contain, without white space.

    Args:
        text: The text of the report.
        additions: What the page adds to it, by offsets into the text without white space.

    """
    parts: list[str] = []
    offset = 0
    stripped = remove_whitespace(text)
    for addition in additions:
        parts += [stripped[offset : addition.at], addition.text]
        offset = addition.at
    return "".join([*parts, stripped[offset:]])


def remove_whitespace(text: str) -> str:
    """Return the text without white space, which layout adds and removes."""
    return "".join(text.split())


def verify_text(pdf: PdfDocument, expected: str, *, version: str) -> Verdict:
    """Verify that a PDF contains the expected text: all of it, in order, and nothing else."""
    findings: list[Finding] = []
    elements = _elements_outside_contents(pdf)
    for replaced, source in ((False, "glyphs"), (True, "replacement text")):
        actual = _text_in_order_of(expected, pdf, elements, replaced=replaced)
        if actual != expected:
            findings.extend(_differences(expected, actual, source))
            break
    findings.extend(_hidden_text(pdf, has_replacements=REPLACEMENT_CHARACTER in expected))
    return RULES.verdict(findings, version=version)


def _elements_outside_contents(pdf: PdfDocument) -> tuple[Element, ...]:
    """Return the root elements without the tables of contents below them."""
    return tuple(map(_without_contents, pdf.structure.children)) if pdf.structure else ()


def _text_in_order_of(
    expected: str, pdf: PdfDocument, elements: Sequence[Element], *, replaced: bool
) -> str:
    """Return the text without white space, with each note where the expected text has it.

    In the structure tree a note follows its reference, on paper it may be at the foot of the page; the source may have it
    anywhere. A note that the expected text does not have is at the end.
    """
    notes: list[Element] = []
    bodies = [_extract_notes(element, notes) for element in elements]
    body, *texts = (
        remove_whitespace("".join(pdf.logical_text(element, replaced=replaced) for element in part))
        for part in (bodies, *([note] for note in notes))
    )
    return insert_where_expected(expected, body, texts)


def insert_where_expected(expected: str, body: str, insertions: Sequence[str]) -> str:
    """Return a text with each insertion where the expected text has it; those that it does not have are at the end.

    >>> insert_where_expected("甲[1]乙丙", "甲乙丙", ["[1]"])
    '甲[1]乙丙'
    """
    remaining = sorted(insertions, key=len, reverse=True)
    parts: list[str] = []
    start = position = 0
    while remaining:
        same = _common_prefix_length(expected, body, start, position)
        match = _find_insertion(expected, start, start + same, remaining)
        if match is None:
            break
        offset, text = match
        parts += [expected[start:offset], text]
        position += offset - start
        start = offset + len(text)
        remaining.remove(text)
    return "".join([*parts, body[position:], *remaining])


def _find_insertion(
    expected: str, start: int, end: int, insertions: Sequence[str]
) -> tuple[int, str] | None:
    """Return the last place from ``start`` to ``end`` where the expected text has an insertion, and which one."""
    matches = [
        (expected.rfind(text, max(start, end - len(text) + 1), end + len(text)), text)
        for text in insertions
    ]
    last = max(matches, key=itemgetter(0))
    return last if last[0] >= 0 else None


def _extract_notes(element: Element, notes: list[Element]) -> Element:
    """Return an element without the notes below it, which are appended to ``notes``."""
    children: list[Element | MarkedContent | ObjectReference] = []
    for child in element.children:
        if not isinstance(child, Element):
            children.append(child)
        elif child.role in NOTES and _has_content(child):
            notes.append(child)
        else:
            children.append(_extract_notes(child, notes))
    return _with_children(element, children)


def _has_content(element: Element) -> bool:
    """Return whether an element has marked content, itself or below it."""
    return any(
        _has_content(child) if isinstance(child, Element) else isinstance(child, MarkedContent)
        for child in element.children
    )


def _without_contents(element: Element) -> Element:
    """Return an element without the tables of contents (TOC) below it."""
    children = [
        _without_contents(child) if isinstance(child, Element) else child
        for child in element.children
        if not (isinstance(child, Element) and child.role == "TOC")
    ]
    return _with_children(element, children)


def _with_children(
    element: Element, children: Sequence[Element | MarkedContent | ObjectReference]
) -> Element:
    """Return the element with these children; the element itself if they are its own."""
    if len(children) == len(element.children) and all(map(is_, children, element.children)):
        return element
    return replace(element, children=tuple(children))


def _differences(expected: str, actual: str, source: str) -> Iterator[Finding]:
    """Yield what is missing, added or changed; digits have a clause of their own."""
    from difflib import SequenceMatcher

    start = _common_prefix_length(expected, actual)
    tail = _common_prefix_length(expected[start:][::-1], actual[start:][::-1])
    expected_part = expected[start : len(expected) - tail]
    actual_part = actual[start : len(actual) - tail]
    if max(len(expected_part), len(actual_part)) > MAX_COMPARED:
        opcodes: Sequence[tuple[str, int, int, int, int]] = [
            ("replace", 0, len(expected_part), 0, len(actual_part))
        ]
    else:
        matcher = SequenceMatcher(None, expected_part, actual_part, autojunk=False)
        opcodes = matcher.get_opcodes()
    changes = [opcode for opcode in opcodes if opcode[0] != "equal"]
    for _, i, j, k, m in changes[:MAX_FINDINGS]:
        context = expected[max(0, start + i - CONTEXT_LENGTH) : start + i]
        lost, added = expected_part[i:j], actual_part[k:m]
        has_digits = bool(_NUMBER.search(lost) or _NUMBER.search(added))
        yield RULES.finding(
            "figures unchanged" if has_digits else "nothing lost",
            _describe_difference(context, _shorten(lost), _shorten(added), source),
        )


def _describe_difference(context: str, lost: str, added: str, source: str) -> str:
    position = f"after “{context}”" if context else "at the beginning"
    if lost and added:
        return translatable(
            "{position} the PDF's {source} have “{added}” where the text has “{lost}”",
            position=position,
            source=source,
            added=added,
            lost=lost,
        )
    if lost:
        return translatable(
            "{position} the PDF's {source} lack “{lost}”",
            position=position,
            source=source,
            lost=lost,
        )
    return translatable(
        "{position} the PDF's {source} add “{added}”", position=position, source=source, added=added
    )


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]}…{text[-16:]}"


def _common_prefix_length(first: str, second: str, start: int = 0, position: int = 0) -> int:
    """Return how many characters two strings have in common from ``start`` and ``position`` on."""
    length, step = 0, COMPARED_AT_ONCE
    while step:
        part = first[start + length : start + length + step]
        other = second[position + length : position + length + step]
        if part == other and len(part) == step:
            length += step
        else:
            step = min(step // 2, len(part), len(other))
    return length


def formula_content(pdf: PdfDocument) -> set[tuple[int, int]]:
    """Return page and marked-content identifier of the text of formulas that are drawn."""
    elements = pdf.structure.walk() if pdf.structure else ()
    return {
        (child.page, child.mcid)
        for element in elements
        if element.role == "Formula" and "BBox" in element.attributes
        for child in element.children
        if isinstance(child, MarkedContent)
    }


def _invisible_outside_formulas(pdf: PdfDocument) -> Iterator[HiddenGlyph]:
    """Yield the glyphs that are painted invisibly and are no part of a formula.

    The glyphs of a formula's text stand invisibly on its drawing, where readers search and select them.
    """
    invisible = pdf.invisible()
    if not invisible:
        return
    formulas = formula_content(pdf)
    for glyph in invisible:
        if (glyph.page, glyph.run.mcid) not in formulas:
            yield glyph


def _hidden_text(pdf: PdfDocument, *, has_replacements: bool) -> Iterator[Finding]:
    """Yield the text that cannot be seen, that no element reaches, or that has no Unicode value.

    ``has_replacements`` is whether the source itself has U+FFFD: then the comparison of the text counts them,
    and contents and running titles repeat them.
    """
    hidden = [
        *((glyph, "lies outside the page") for glyph in pdf.off_page()),
        *((glyph, "is painted invisibly") for glyph in _invisible_outside_formulas(pdf)),
    ]
    for glyph, reason in hidden[:MAX_FINDINGS]:
        yield RULES.finding(
            "nothing hidden",
            translatable(
                "“{character}” on page {page} {reason}",
                character=glyph.character,
                page=glyph.page + 1,
                reason=reason,
            ),
        )
    for content in pdf.unreachable()[:MAX_FINDINGS]:
        yield RULES.finding(
            "ISO 14289-1, 7.1",
            translatable(
                "“{quote}” on page {page} is neither an artifact nor part of the structure",
                quote=_shorten(content.run.text),
                page=content.page + 1,
            ),
        )
    unmapped = sum(run.unmapped for page in pdf.pages for run in page.runs)
    if unmapped and not has_replacements:
        yield RULES.finding(
            "ISO 14289-1, 7.21.7",
            translatable("{unmapped} glyphs have no Unicode value", unmapped=unmapped),
        )
