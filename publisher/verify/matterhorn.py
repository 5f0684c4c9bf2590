"""Verification of tags by conditions that software can test and validators leave out.

Input: a PDF as read. Output: a verdict. The conditions come from the Matterhorn Protocol 1.1 and
ISO 14289-1; none needs the page that the file was made from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Severity
from publisher.pdf.structure_tree import NOTES
from publisher.text.picture_names import is_picture_name
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Finding, Verdict
    from publisher.pdf.document import PdfDocument
    from publisher.pdf.structure_tree import Element

RULES = VerdictRules(
    profile="matterhorn",
    summary="tags that software can test without the source",
    rules=(
        VerificationRule(
            clause="Matterhorn 01-003",
            problem="An artifact has no type (Pagination, Layout, Page or Background).",
            remedy="give the artifact a Type, so that a reader can tell page furniture from decoration",
            standard="ISO 32000-1, 14.8.2.2.2",
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="Matterhorn 11-006",
            problem="The catalogue has no natural language (Lang).",
            remedy="set the language of the document; a screen reader chooses its voice by it",
            standard="ISO 14289-1, 7.2",
        ),
        VerificationRule(
            clause="Matterhorn 13-003",
            problem="A Figure has no bounding box (BBox).",
            remedy="add a BBox to the layout attributes of the Figure",
            standard="ISO 32000-1, 14.8.5.4.3",
        ),
        VerificationRule(
            clause="Matterhorn 13-004",
            problem="A Figure has no alternative text, or only the name of a file.",
            remedy="describe the picture in its alternative text",
            standard="ISO 14289-1, 7.3",
        ),
        VerificationRule(
            clause="Matterhorn 14-003",
            problem="A heading skips a level, such as H3 after H1.",
            remedy="number the headings without a gap",
            standard="ISO 14289-1, 7.4.2",
        ),
        VerificationRule(
            clause="Matterhorn 15-001",
            problem="A Table has no header cells (TH).",
            remedy="mark the header cells of the table, if it has any",
            standard="ISO 14289-1, 7.5",
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="Matterhorn 15-003",
            problem="A header cell (TH) has no text.",
            remedy="fill in the header cell, unless it is the corner of the table",
            standard="ISO 14289-1, 7.5",
            severity=Severity.NOTE,
        ),
        VerificationRule(
            clause="Matterhorn 19-003",
            problem="A Note has no identifier (ID).",
            remedy="give each Note an ID of its own",
            standard="ISO 14289-1, 7.9",
        ),
        VerificationRule(
            clause="Matterhorn 28-005",
            problem="A Link annotation has no description (Contents), or one without meaning.",
            remedy="describe the target of the link in its Contents",
            standard="ISO 14289-1, 7.18.5",
        ),
    ),
)

_MEANINGLESS_LINK_TEXT = re.compile(
    "(?:点击|點擊|请点|按)?(?:这里|這裡|这|此处|此處)|更多|详情|詳情|click here|here|more|link",
    re.IGNORECASE,
)
_HEADING = re.compile("H([1-6])")


def verify_matterhorn(pdf: PdfDocument, *, version: str) -> Verdict:
    """Verify the tags of a file by themselves."""
    return RULES.verdict(_findings(pdf), version=version)


def _findings(pdf: PdfDocument) -> Iterator[Finding]:
    if not pdf.language:
        yield _finding("11-006", "the file has no language")
    elements = list(pdf.structure.walk()) if pdf.structure else []
    level = 0
    for element in elements:
        if heading := _HEADING.fullmatch(element.role):
            if int(heading[1]) > level + 1:
                yield _finding(
                    "14-003",
                    translatable(
                        "a heading of level {heading} follows level {level}",
                        heading=heading[1],
                        level=level,
                    ),
                )
            level = int(heading[1])
        elif element.role == "Figure":
            yield from _verify_figure(element)
        elif element.role == "TH" and not pdf.logical_text(element).strip():
            yield _finding("15-003", "a header cell of a table has no text")
        elif element.role == "Table" and not any(cell.role == "TH" for cell in element.walk()):
            yield _finding("15-001", "a table has no header cells")
        elif element.role in NOTES and not element.id:
            yield _finding("19-003", "a note has no identifier")
    yield from _verify_links(pdf)
    yield from _verify_artifacts(pdf)


def _verify_figure(element: Element) -> Iterator[Finding]:
    alternative = (element.alt or "").strip()
    if not alternative and element.actual_text is None:
        yield _finding("13-004", "a picture has no alternative text")
    elif is_picture_name(alternative):
        yield _finding(
            "13-004",
            translatable(
                "the alternative text of a picture is only a name: {alternative}",
                alternative=alternative,
            ),
        )
    if not element.attributes.get("BBox"):
        yield _finding("13-003", "a picture has no bounding box (BBox)")


def _verify_links(pdf: PdfDocument) -> Iterator[Finding]:
    for page in pdf.pages:
        for annotation in page.annotations:
            if annotation.subtype != "Link":
                continue
            description = annotation.contents.strip()
            if not description:
                yield _finding(
                    "28-005",
                    translatable("a link on page {page} has no description", page=page.index + 1),
                )
            elif _MEANINGLESS_LINK_TEXT.fullmatch(description):
                yield _finding(
                    "28-005",
                    translatable(
                        "the description of a link on page {page} is only “{description}”",
                        page=page.index + 1,
                        description=description,
                    ),
                    Severity.WARNING,
                )


def _verify_artifacts(pdf: PdfDocument) -> Iterator[Finding]:
    for artifact in pdf.artifacts():
        if not artifact.type:
            yield _finding(
                "01-003",
                translatable("an artifact on page {page} has no type", page=artifact.page + 1),
            )


def _finding(condition: str, message: str, severity: Severity | None = None) -> Finding:
    return RULES.finding(
        translatable("Matterhorn {condition}", condition=condition), message, severity=severity
    )
