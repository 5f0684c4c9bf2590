"""What software can judge of a file's tags and validators leave out (Matterhorn Protocol 1.1).

Enters: a PDF as read. Leaves: a verdict. These conditions need no page to compare with: a picture
whose words are a file name, a heading that skips a level, a head without a word, a link that says
nothing, an artifact of no type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity, Verdict
from publisher.pdf.structure_tree import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.pdf.document import PdfDocument
    from publisher.pdf.structure_tree import Element

_FILE_NAME = re.compile(
    r"\S+\.(?:svg|png|jpe?g|gif|webp|tiff?|bmp|pdf)|image\d*|figure\d*|图片?\d*|圖片?\d*",
    re.IGNORECASE,
)
_EMPTY_WORDS = re.compile(
    "(?:点击|點擊|请点|按)?(?:这里|這裡|这|此处|此處)|更多|详情|詳情|click here|here|more|link",
    re.IGNORECASE,
)
_HEADING = re.compile("H([1-6])")


def verify_matterhorn(pdf: PdfDocument, *, version: str) -> Verdict:
    """Judge the tags of a file by themselves."""
    findings = tuple(_findings(pdf))
    return Verdict(
        profile="matterhorn",
        validator="publisher",
        version=version,
        passed=not any(finding.severity is Severity.ERROR for finding in findings),
        findings=findings,
    )


def _findings(pdf: PdfDocument) -> Iterator[Finding]:
    if not pdf.language:
        yield _finding("11-006", "the file names no language")
    elements = list(pdf.structure.walk()) if pdf.structure else []
    level = 0
    for element in elements:
        if heading := _HEADING.fullmatch(element.role):
            if int(heading[1]) > level + 1:
                yield _finding("14-003", f"a heading of level {heading[1]} follows level {level}")
            level = int(heading[1])
        elif element.role == "Figure":
            yield from _figure(element)
        elif element.role == "TH" and not pdf.logical_text(element).strip():
            yield _finding("15-003", "a head of a table has no words", Severity.NOTE)
        elif element.role == "Table" and not any(one.role == "TH" for one in element.walk()):
            yield _finding("15-001", "a table has no heads", Severity.WARNING)
        elif element.role in NOTES and not element.id:
            yield _finding("19-003", "a note has no identifier")
    yield from _links(pdf)
    yield from _artifacts(pdf)


def _figure(element: Element) -> Iterator[Finding]:
    alternative = (element.alt or "").strip()
    if not alternative and element.actual_text is None:
        yield _finding("13-004", "a picture has no words")
    elif _FILE_NAME.fullmatch(alternative):
        yield _finding("13-004", f"the words for a picture are a file's name: {alternative}")
    if not element.attributes.get("BBox"):
        yield _finding("13-003", "a picture does not say where it is (BBox)")


def _links(pdf: PdfDocument) -> Iterator[Finding]:
    for page in pdf.pages:
        for annotation in page.annotations:
            said = annotation.contents.strip()
            if annotation.subtype == "Link" and not said:
                yield _finding("28-005", f"a link on page {page.index + 1} says nothing")
            elif annotation.subtype == "Link" and _EMPTY_WORDS.fullmatch(said):
                yield _finding(
                    "28-005",
                    f"a link on page {page.index + 1} says only “{said}”",
                    Severity.WARNING,
                )


def _artifacts(pdf: PdfDocument) -> Iterator[Finding]:
    for artifact in pdf.artifacts():
        if not artifact.type:
            yield _finding(
                "01-003", f"an artifact on page {artifact.page + 1} has no type", Severity.WARNING
            )


def _finding(condition: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        clause=f"Matterhorn {condition}",
        severity=severity,
        message=message,
        hint="" if severity is not Severity.ERROR else "a reader of this file would be misled",
    )
