"""Verification of a volume before it is written.

Input: the bytes of the front matter or of a volume, and the parts. Output: verdicts. The text and the structure of each part
must be the same as in the original file; all content must be in the structure tree; the source of each part must be
embedded; and the volume must conform to the standards that it declares.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.errors import VerificationError
from publisher.messages import translatable
from publisher.model import Addition, Finding, Severity, Verdict
from publisher.pdf.document import read_pdf
from publisher.pdf.structure_tree import Element
from publisher.system.background import BackgroundTask
from publisher.verify import verify_pdf
from publisher.verify.matterhorn import verify_matterhorn
from publisher.verify.text_comparison import expected_text, verify_text
from publisher.verify.validators import BUILT_IN, validate, validate_in_process
from publisher.volume.part_digest import digest_element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Page
    from publisher.pdf.document import PdfDocument
    from publisher.profiles import Profile
    from publisher.volume.part_digest import PartDigest
    from publisher.volume.parts import Part

_HINT = "do not distribute it; bind it again, and report a bug if that does not help"


def verify_front_matter(data: bytes, page: Page, profile: Profile) -> tuple[Verdict, ...]:
    """Verify the front matter against the page that it was typeset from."""
    return verify_pdf(
        data,
        text="",
        additions=_as_additions(page),
        declares=profile.declares,
        version=__version__,
        html=page.html,
    )


def _as_additions(page: Page) -> list[Addition]:
    """Return all text of a page as additions, because none of it is from a source."""
    return [Addition(at=0, text=piece.text) for piece in page.pieces]


def verify_volume(
    data: bytes,
    parts: Sequence[Part],
    digests: Sequence[PartDigest],
    front: Page,
    profile: Profile,
) -> tuple[Verdict, ...]:
    """Verify a volume against its parts and the declared standards.

    Args:
        data: The content of the volume.
        parts: The parts.
        digests: The digests of the parts before they were bound.
        front: The page that the front matter was typeset from.
        profile: The profile with the standards that the volume declares.
    """
    validations = [
        BackgroundTask(validate, data, standard)
        for standard in profile.declares
        if standard in BUILT_IN
    ]
    own_verdicts = tuple(_own_verdicts(read_pdf(data), parts, digests, front))
    return (*own_verdicts, *(validation.result() for validation in validations))


def verify_standalone_volume(
    data: bytes, pdf: PdfDocument, declares: Iterable[str]
) -> tuple[Verdict, ...]:
    """Verify a volume without its parts: the merged trees and the declared standards."""
    return (
        _verdict("volume", _check_lists(pdf, ())),
        verify_matterhorn(pdf, version=__version__),
        *(validate_in_process(data, standard) for standard in declares if standard in BUILT_IN),
    )


def _own_verdicts(
    pdf: PdfDocument, parts: Sequence[Part], digests: Sequence[PartDigest], front: Page
) -> Iterator[Verdict]:
    """Yield the verdicts of this package's own checks."""
    elements = [
        child for root in _roots(pdf) for child in root.children if isinstance(child, Element)
    ]
    front_elements, part_elements = elements[: -len(parts)], elements[-len(parts) :]
    if [element.title for element in part_elements] != [part.title for part in parts]:
        message = "its structure does not contain every report in order"
        yield _verdict("volume", [_finding(message)])
        return
    yield _verdict("volume", _check_lists(pdf, parts))
    yield _verdict("structure", _check_parts(pdf, parts, digests, part_elements))
    front_text = expected_text("", _as_additions(front))
    yield _verify_part_text(pdf, front_elements, front_text, "the front matter")
    for part, element in zip(parts, part_elements, strict=True):
        yield _verify_part_text(pdf, [element], part.text, str(part.path))
    yield verify_matterhorn(pdf, version=__version__)


def _roots(pdf: PdfDocument) -> tuple[Element, ...]:
    return pdf.structure.children if pdf.structure else ()


def _verify_part_text(
    pdf: PdfDocument, elements: Iterable[Element], expected: str, part_name: str
) -> Verdict:
    """Compare the text below some elements with the expected text."""
    structure = pdf.structure and replace(pdf.structure, children=tuple(elements))
    excerpt = replace(pdf, structure=structure, pages=())
    verdict = verify_text(excerpt, expected, version=__version__)
    return replace(verdict, profile=translatable("text of {part_name}", part_name=part_name))


def _check_parts(
    pdf: PdfDocument,
    parts: Sequence[Part],
    digests: Sequence[PartDigest],
    elements: Sequence[Element],
) -> Iterator[Finding]:
    """Yield a finding for each part whose digest has changed."""
    first_page = len(pdf.pages) - sum(part.pages for part in parts)
    for part, original, element in zip(parts, digests, elements, strict=True):
        digest = digest_element(element, pdf.content, first_page=first_page, prefix=part.prefix)
        if digest.structure != original.structure:
            yield _finding(translatable("the structure of {path} was changed", path=part.path))
        if digest.contents != original.contents:
            yield _finding(
                translatable("the table of contents of {path} was changed", path=part.path)
            )
        first_page += part.pages


def _check_lists(pdf: PdfDocument, parts: Sequence[Part]) -> Iterator[Finding]:
    """Yield findings about page labels, bookmarks, links, attachments and content without structure."""
    label_counts = Counter(page.label for page in pdf.pages)
    for label, count in label_counts.items():
        if count > 1:
            yield _finding(
                translatable("{count} pages have the label {label}", count=count, label=label)
            )
    for bookmark in pdf.outlines:
        if bookmark.page < 0:
            yield _finding(
                translatable(
                    "the bookmark “{title}” has no valid destination", title=bookmark.title
                )
            )
    for page in pdf.pages:
        prefix, dash, _ = page.label.rpartition("-")
        if dash and any(
            link.subtype == "Link"
            and not link.uri
            and not link.destination.startswith(f"{prefix}-")
            for link in page.annotations
        ):
            yield _finding(
                translatable("a link on page {label} leads out of its report", label=page.label)
            )
    yield from _check_completeness(pdf, parts)


def _check_completeness(pdf: PdfDocument, parts: Sequence[Part]) -> Iterator[Finding]:
    """Yield findings about missing sources, and about content outside the structure of a report."""
    embedded_digests = {hashlib.sha256(file.data).hexdigest() for file in pdf.embedded_files}
    for part in parts:
        if part.profile.attachments and part.source not in embedded_digests:
            yield _finding(translatable("the source of {path} is not embedded", path=part.path))
    for content in pdf.unreachable()[:1]:
        yield _finding(
            translatable(
                "“{text}” on page {page} belongs to no report",
                text=content.run.text,
                page=content.page + 1,
            )
        )
    for annotation in pdf.unreachable_annotations()[:1]:
        yield _finding(
            translatable("a link on page {page} belongs to no report", page=annotation.page + 1)
        )


def _verdict(profile: str, findings: Iterable[Finding]) -> Verdict:
    finding_tuple = tuple(findings)
    return Verdict(
        profile=profile,
        validator="publisher",
        version=__version__,
        passed=not finding_tuple,
        findings=finding_tuple,
    )


def _finding(message: str) -> Finding:
    return Finding(clause="volume", severity=Severity.ERROR, message=message, hint=_HINT)


def require_passed(verdicts: Iterable[Verdict]) -> None:
    """Raise ``VerificationError`` for the first verdict that is not passed."""
    for verdict in verdicts:
        if not verdict.passed:
            first = next(
                finding for finding in verdict.findings if finding.severity is Severity.ERROR
            )
            raise VerificationError(
                translatable(
                    "the volume fails {profile} ({validator}, {clause}): {message}",
                    profile=verdict.profile,
                    validator=verdict.validator,
                    clause=first.clause,
                    message=first.message,
                ),
                hint="nothing was written; this is a bug in Publisher",
            )
