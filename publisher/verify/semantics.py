"""Verification of the structure tree against the page that the file was made from.

Input: a PDF as read, and the HTML. Output: a verdict. Each HTML element that has content must be one
structure element: same order, same nesting, same text, language and alternative text
(``expected_structure``).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from publisher.messages import join_texts, translatable
from publisher.pdf.structure_tree import NOTES, Element, ObjectReference
from publisher.verify.expected_structure import PAGE_NUMBER, expected_tree
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Finding, Verdict
    from publisher.pdf.document import PdfDocument
    from publisher.verify.expected_structure import ExpectedElement

_REBUILD = "build the publication again; if it happens again, report this as a bug"
RULES = VerdictRules(
    profile="semantics",
    summary="the structure tree against the elements of the HTML page",
    rules=(
        VerificationRule(
            clause="semantics: structure",
            problem="The structure tree has not exactly one root element.",
            remedy=_REBUILD,
            standard="ISO 32000-1, 14.7.2; ISO 14289-2, 8.2.5.2",
        ),
        VerificationRule(
            clause="semantics: role",
            problem="An element has another structure type than its HTML element stands for.",
            remedy=_REBUILD,
            standard="ISO 32000-1, 14.8.4; ISO 14289-1, 7.1",
        ),
        VerificationRule(
            clause="semantics: elements",
            problem="An element contains more, fewer or other elements than its HTML element.",
            remedy=_REBUILD,
            standard="ISO 32000-1, 14.7.2; ISO 14289-1, 7.1",
        ),
        VerificationRule(
            clause="semantics: text",
            problem="An element has another text than its HTML element.",
            remedy=_REBUILD,
            standard="ISO 14289-1, 7.1",
        ),
        VerificationRule(
            clause="semantics: language",
            problem="An element has another language than its HTML element.",
            remedy=_REBUILD,
            standard="ISO 14289-1, 7.2; ISO 32000-1, 14.9.2",
        ),
        VerificationRule(
            clause="semantics: alternative",
            problem="A figure or a formula has another alternative text (Alt) or replacement text (ActualText) than "
            "the page gives it.",
            remedy=_REBUILD,
            standard="ISO 14289-1, 7.3 and 7.7; ISO 32000-1, 14.9.3 and 14.9.4",
        ),
        VerificationRule(
            clause="semantics: expansion",
            problem="An abbreviation has another expansion (E) than the page gives it.",
            remedy=_REBUILD,
            standard="ISO 32000-1, 14.9.5",
        ),
        VerificationRule(
            clause="semantics: appearance",
            problem="The attributes of raised, lowered, underlined or struck-out text do not say that it is.",
            remedy=_REBUILD,
            standard="ISO 32000-1, 14.8.5.4",
        ),
        VerificationRule(
            clause="semantics: note",
            problem="A note has another identifier (ID) than the page gives it.",
            remedy=_REBUILD,
            standard="ISO 14289-1, 7.9",
        ),
        VerificationRule(
            clause="semantics: link",
            problem="A link has no annotation, or another description (Contents) than the page gives it.",
            remedy=_REBUILD,
            standard="ISO 14289-1, 7.18.5",
        ),
    ),
)

EMPHASIS = ("Em", "Strong")
"""Structure types of PDF 2.0 that the role map of PDF 1.7 makes Spans."""
MAX_FINDINGS = 5
MAX_QUOTED = 24
"""Characters of a text that a finding quotes."""


def verify_semantics(pdf: PdfDocument, html: str, *, version: str, links: bool = True) -> Verdict:
    """Verify the structure tree against the elements of the page.

    Args:
        pdf: The finished file.
        html: The page that it was made from.
        version: The version of this program.
        links: Whether the file has links; in a file for print, link text is plain text.

    """
    findings = _compare_roots(pdf, expected_tree(html, links=links))
    return RULES.verdict(islice(findings, MAX_FINDINGS), version=version)


def _compare_roots(pdf: PdfDocument, expected: ExpectedElement) -> Iterator[Finding]:
    roots = pdf.structure.children if pdf.structure else ()
    if len(roots) != 1:
        message = translatable(
            "has {root_count} root elements instead of one", root_count=len(roots)
        )
        yield _finding("structure", "the structure tree", message)
        return
    yield from _compare(pdf, expected, roots[0], "")


def _compare(
    pdf: PdfDocument, expected: ExpectedElement, actual: Element, parent_path: str
) -> Iterator[Finding]:
    path = f"{parent_path}/{expected.role}" if parent_path else expected.role
    role = _role(actual)
    if role != expected.role and {role, expected.role} != NOTES:
        yield _finding(
            "role",
            path,
            translatable("is a {role}: “{quote}”", role=role, quote=_quote(expected.text)),
        )
        return
    if expected.language and actual.language != expected.language:
        yield _finding(
            "language",
            path,
            translatable(
                "is in {language}, not {expected}",
                language=actual.language,
                expected=expected.language,
            ),
        )
    if expected.role in ("Figure", "Formula"):
        yield from _compare_alternatives(expected, actual, path)
    if expected.expansion != (actual.expansion or ""):
        yield _finding(
            "expansion",
            path,
            translatable("has the expansion “{quote}”", quote=_quote(actual.expansion or "")),
        )
    if expected.appearance != _appearance(actual) and expected.role == "Span":
        yield _finding(
            "appearance",
            path,
            translatable(
                "is not {value}: “{quote}”",
                value=expected.appearance or "plain",
                quote=_quote(expected.text),
            ),
        )
    if expected.role in NOTES and actual.id != expected.id:
        yield _finding(
            "note",
            path,
            translatable("has the ID “{id}”, not “{expected}”", id=actual.id, expected=expected.id),
        )
    if expected.role == "Link":
        yield from _compare_link(expected, actual, path)
    own_content = tuple(child for child in actual.children if not isinstance(child, Element))
    if len(own_content) == len(actual.children):
        own_element = actual
    else:
        own_element = replace(actual, children=own_content)
    text = "".join(pdf.logical_text(own_element).split())
    if not _equal_but_page_numbers(expected.own_text, text):
        yield _finding(
            "text",
            path,
            translatable(
                "has “{quote}”, not “{expected}”",
                quote=_quote(text),
                expected=_quote(expected.own_text),
            ),
        )
    yield from _compare_children(pdf, expected, actual, path)


def _role(actual: Element) -> str:
    """Return the structure type of an element; the types of emphasis as they are before the role map."""
    return actual.raw_role if actual.raw_role in EMPHASIS else actual.role


def _appearance(actual: Element) -> str:
    """Return the appearance that the attributes of an element state, in the words of ``APPEARANCES``."""
    shift = actual.attributes.get("BaselineShift", 0)
    if isinstance(shift, (int, float)) and shift:
        return "raised" if shift > 0 else "lowered"
    decoration = actual.attributes.get("TextDecorationType", "")
    return {"Underline": "underlined", "LineThrough": "struck out"}.get(str(decoration), "")


def _compare_alternatives(
    expected: ExpectedElement, actual: Element, path: str
) -> Iterator[Finding]:
    if (actual.alt or "") != expected.alternative:
        yield _finding(
            "alternative",
            path,
            translatable("has the alternative text “{quote}”", quote=_quote(actual.alt or "")),
        )
    if expected.role == "Formula" and "".join((actual.actual_text or "").split()) != expected.text:
        yield _finding(
            "alternative",
            path,
            translatable(
                "has the replacement text “{quote}”", quote=_quote(actual.actual_text or "")
            ),
        )


def _compare_children(
    pdf: PdfDocument, expected: ExpectedElement, actual: Element, path: str
) -> Iterator[Finding]:
    children = [child for child in actual.children if isinstance(child, Element)]
    if len(children) != len(expected.children):
        expected_roles = [child.role for child in expected.children]
        actual_roles = [_role(child) for child in children]
        position = next(
            (
                index
                for index, (a, b) in enumerate(zip(expected_roles, actual_roles, strict=False))
                if a != b
            ),
            min(len(expected_roles), len(actual_roles)),
        )
        expected_role, actual_role = (
            roles[position] if position < len(roles) else "nothing"
            for roles in (expected_roles, actual_roles)
        )
        yield _finding(
            "elements",
            path,
            translatable(
                "contains {actual_roles_count} elements instead of {expected_roles_count}: element "
                "{position} is {actual_role} instead of {expected_role}",
                actual_roles_count=len(actual_roles),
                expected_roles_count=len(expected_roles),
                position=position + 1,
                actual_role=actual_role,
                expected_role=expected_role,
            ),
        )
        return
    for expected_child, child in zip(expected.children, children, strict=True):
        yield from _compare(pdf, expected_child, child, path)


def _compare_link(expected: ExpectedElement, actual: Element, path: str) -> Iterator[Finding]:
    descriptions = [
        child.annotation.contents
        for child in actual.children
        if isinstance(child, ObjectReference) and child.annotation
    ]
    if not descriptions:
        yield _finding(
            "link", path, translatable("has no annotation: “{quote}”", quote=_quote(expected.text))
        )
    elif any(description != expected.link_description for description in descriptions):
        yield _finding(
            "link",
            path,
            translatable(
                "has the description “{quote}”, not “{expected}”",
                quote=_quote(descriptions[0]),
                expected=_quote(expected.link_description),
            ),
        )


def _equal_but_page_numbers(expected: str, actual: str) -> bool:
    """Compare texts; a placeholder for a page number equals any characters."""
    if PAGE_NUMBER not in expected:
        return expected == actual
    end = 0
    for index, part in enumerate(expected.split(PAGE_NUMBER)):
        start = actual.find(part, end)
        if start < 0 or (index == 0 and start > 0):
            return False
        end = start + len(part)
    return True


def _quote(text: str) -> str:
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


def _finding(clause: str, path: str, message: str) -> Finding:
    return RULES.finding(
        translatable("semantics: {clause}", clause=clause), join_texts(" ", (path, message))
    )
