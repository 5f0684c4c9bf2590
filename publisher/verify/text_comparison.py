"""Nothing lost: the text of a finished PDF against the text that was to be set.

Enters: a PDF as read, and the pieces of its page. Leaves: a verdict. The logical text, contents
lists aside, must be the pieces to the last character; it is compared as the glyphs have it and as
replacement text has it, and none of it may lie off the page or outside the structure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import accumulate
from operator import is_, itemgetter
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict
from publisher.pdf.structure_tree import NOTES, Element, MarkedContent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Addition
    from publisher.pdf.document import PdfDocument
    from publisher.pdf.structure_tree import ObjectReference

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
REPLACEMENT = "\ufffd"
"""Stands in the text for what was no character in the source."""
AROUND = 12
"""Characters of context that a finding quotes."""
MOST_FINDINGS = 5


def expected_text(text: str, additions: Iterable[Addition]) -> str:
    """Return what the PDF must say: the report's text with the additions in their places."""
    parts, done = [], 0
    solid = remove_whitespace(text)
    for addition in additions:
        parts += [solid[done : addition.at], addition.text]
        done = addition.at
    return "".join([*parts, solid[done:]])


def remove_whitespace(text: str) -> str:
    """Return the text without white space, which layout makes and unmakes."""
    return "".join(text.split())


def verify_text(pdf: PdfDocument, expected: str, *, version: str) -> Verdict:
    """Judge whether the PDF says what was to be set, all of it, in order, and nothing else."""
    findings: list[Finding] = []
    elements = _outside_contents(pdf)
    for replaced, what in ((False, "glyphs"), (True, "replacement text")):
        actual = remove_whitespace(_as_printed(pdf, elements, replaced=replaced))
        if actual != expected:
            findings.extend(_differences(expected, actual, what))
            break
    findings.extend(_unseen(pdf, replacements=expected.count(REPLACEMENT)))
    return Verdict(
        profile="text",
        validator="publisher",
        version=version,
        passed=not any(finding.severity is Severity.ERROR for finding in findings),
        findings=tuple(findings),
    )


def _outside_contents(pdf: PdfDocument) -> tuple[Element, ...]:
    """Return elements that together hold all text but that of the contents lists."""
    return tuple(map(_pruned, pdf.structure.children)) if pdf.structure else ()


def _as_printed(pdf: PdfDocument, elements: Sequence[Element], *, replaced: bool) -> str:
    """Return the text, each note where it stands on paper instead of beside its mark."""
    notes: list[Element] = []
    flow = [_without_notes(element, notes) for element in elements]
    if not notes:
        return "".join(pdf.logical_text(element, replaced=replaced) for element in elements)
    content = [
        (place, pdf.logical_text(alone, replaced=replaced))
        for top in flow
        for place, alone in _pieces(top)
    ]
    # The first place of a stretch and of those that follow it: never before that of the stretch before.
    lowest = list(accumulate((place for place, _ in reversed(content)), min))[::-1]
    beside: dict[int, list[tuple[tuple[int, int], str]]] = {}
    for note in notes:
        first = min(place for place, _ in _pieces(note))
        among = beside.setdefault(bisect_left(lowest, first), [])
        text = pdf.logical_text(note, replaced=replaced)
        among.insert(bisect_left(among, first, key=itemgetter(0)), (first, text))
    parts = [text for _, text in beside.get(0, ())]
    for number, (_, text) in enumerate(content, start=1):
        parts += [text, *(note for _, note in beside.get(number, ()))]
    return "".join(parts)


def _without_notes(element: Element, notes: list[Element]) -> Element:
    kept: list[Element | MarkedContent | ObjectReference] = []
    for child in element.children:
        if not isinstance(child, Element):
            kept.append(child)
        elif child.role in NOTES and any(True for _ in _pieces(child)):
            notes.append(child)
        else:
            kept.append(_without_notes(child, notes))
    return _with_children(element, kept)


def _pieces(element: Element) -> Iterator[tuple[tuple[int, int], Element]]:
    """Yield each stretch of marked content in logical order: its place, and it alone."""
    for child in element.children:
        if isinstance(child, MarkedContent):
            yield (child.page, child.mcid), _with_children(element, [child])
        elif isinstance(child, Element):
            yield from _pieces(child)


def _pruned(element: Element) -> Element:
    kept = [
        _pruned(child) if isinstance(child, Element) else child
        for child in element.children
        if not (isinstance(child, Element) and child.role == "TOC")
    ]
    return _with_children(element, kept)


def _with_children(
    element: Element, kept: Sequence[Element | MarkedContent | ObjectReference]
) -> Element:
    """Return the element with these children; itself, where they are all its own."""
    if len(kept) == len(element.children) and all(map(is_, kept, element.children)):
        return element
    return replace(element, children=tuple(kept))


def _differences(expected: str, actual: str, what: str) -> Iterator[Finding]:
    """Name what is missing, added or changed, and say where figures are concerned."""
    from difflib import SequenceMatcher

    head = _common(expected, actual)
    tail = _common(expected[head:][::-1], actual[head:][::-1])
    wanted, got = expected[head : len(expected) - tail], actual[head : len(actual) - tail]
    if max(len(wanted), len(got)) > 4000:
        opcodes: Sequence[tuple[str, int, int, int, int]] = [
            ("replace", 0, len(wanted), 0, len(got))
        ]
    else:
        opcodes = SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes()
    shown = 0
    for kind, i, j, k, m in opcodes:
        if kind == "equal":
            continue
        if shown == MOST_FINDINGS:
            return
        shown += 1
        before = expected[max(0, head + i - AROUND) : head + i]
        lost, new = wanted[i:j], got[k:m]
        figures = bool(_FIGURE.search(lost) or _FIGURE.search(new))
        yield Finding(
            clause="figures unchanged" if figures else "nothing lost",
            severity=Severity.ERROR,
            message=_sentence(before, _short(lost), _short(new), what),
            hint="do not hand this file out; build it again",
        )


def _sentence(before: str, lost: str, new: str, what: str) -> str:
    place = f"after “{before}”" if before else "at the beginning"
    if lost and new:
        return f"{place} the PDF's {what} have “{new}” where the text has “{lost}”"
    if lost:
        return f"{place} the PDF's {what} lack “{lost}”"
    return f"{place} the PDF's {what} add “{new}”"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]}…{text[-16:]}"


def _common(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _unseen(pdf: PdfDocument, *, replacements: int) -> Iterator[Finding]:
    hidden = [
        *((glyph, "lies off the page") for glyph in pdf.off_page()),
        *((glyph, "is painted in no ink") for glyph in pdf.invisible()),
    ]
    for glyph, why in hidden[:MOST_FINDINGS]:
        yield Finding(
            clause="nothing hidden",
            severity=Severity.ERROR,
            message=f"“{glyph.character}” on page {glyph.page + 1} {why}",
            hint="a table or a word is wider than the page",
        )
    for content in pdf.unreachable()[:MOST_FINDINGS]:
        yield Finding(
            clause="ISO 14289-1, 7.1",
            severity=Severity.ERROR,
            message=f"“{_short(content.run.text)}” on page {content.page + 1} is neither an "
            "artifact nor part of the structure",
        )
    unmapped = sum(run.unmapped for page in pdf.pages for run in page.runs) - replacements
    if unmapped > 0:
        yield Finding(
            clause="ISO 14289-1, 7.21.7",
            severity=Severity.ERROR,
            message=f"{unmapped} glyphs stand for no character",
        )
