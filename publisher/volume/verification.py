"""What must be true of a volume before it is written.

Enters: the bytes of the front matter or of a volume, and the parts. Leaves: verdicts. Each part must say
in the volume what it said by itself, to the last character and the last element; nothing may lie
outside the structure; its source must be inside; and the volume must be what it declares.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.errors import VerificationError
from publisher.model import Addition, Finding, Severity, Verdict
from publisher.pdf.document import read_pdf
from publisher.pdf.structure_tree import Element
from publisher.system.background import Beside
from publisher.verify import verify_pdf
from publisher.verify.matterhorn import verify_matterhorn
from publisher.verify.text_comparison import expected_text, verify_text
from publisher.verify.validators import BUILT_IN, validate
from publisher.volume.part_digest import kept_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Page
    from publisher.pdf.document import PdfDocument
    from publisher.profiles import Profile
    from publisher.volume.part_digest import Kept
    from publisher.volume.parts import Part

_HINT = "do not hand it out: bind it again; if it happens again, this is a fault of the program"


def judge_front(data: bytes, page: Page, profile: Profile) -> tuple[Verdict, ...]:
    """Judge the front matter by the page that it was made from."""
    return verify_pdf(
        data,
        text="",
        additions=_all_added(page),
        declares=profile.declares,
        version=__version__,
        html=page.html,
    )


def _all_added(page: Page) -> list[Addition]:
    return [Addition(at=0, text=piece.text) for piece in page.pieces]


def judge_volume(
    data: bytes, parts: Sequence[Part], kept: Sequence[Kept], front: Page, profile: Profile
) -> tuple[Verdict, ...]:
    """Judge a volume by its parts, by what they were (``kept``), and by what it declares."""
    asked = [Beside(validate, data, one) for one in profile.declares if one in BUILT_IN]
    own = tuple(_own(read_pdf(data), parts, kept, front))
    return (*own, *(one() for one in asked))


def judge_alone(data: bytes, pdf: PdfDocument, declares: Iterable[str]) -> tuple[Verdict, ...]:
    """Judge a volume whose parts are not at hand, by itself and by what it declares."""
    return (
        _verdict("volume", _strayed(pdf, ())),
        verify_matterhorn(pdf, version=__version__),
        *(validate(data, one) for one in declares if one in BUILT_IN),
    )


def _own(
    pdf: PdfDocument, parts: Sequence[Part], kept: Sequence[Kept], front: Page
) -> Iterator[Verdict]:
    """Yield the verdicts that need no standard."""
    tops = [one for root in _roots(pdf) for one in root.children if isinstance(one, Element)]
    own, bound = tops[: -len(parts)], tops[-len(parts) :]
    titles = [one.title for one in bound]
    if titles != [part.title for part in parts]:
        yield _verdict("volume", [_finding("its structure does not hold every report, in order")])
        return
    yield _verdict("volume", _strayed(pdf, parts))
    yield _verdict("structure", _changed(pdf, parts, kept, bound))
    yield _text(pdf, own, expected_text("", _all_added(front)), "the front matter")
    for part, element in zip(parts, bound, strict=True):
        yield _text(pdf, [element], part.text, str(part.path))
    yield verify_matterhorn(pdf, version=__version__)


def _roots(pdf: PdfDocument) -> tuple[Element, ...]:
    return pdf.structure.children if pdf.structure else ()


def _text(pdf: PdfDocument, elements: Iterable[Element], expected: str, called: str) -> Verdict:
    """Compare the text below some elements with what it should be."""
    structure = pdf.structure and replace(pdf.structure, children=tuple(elements))
    alone = replace(pdf, structure=structure, pages=())
    return replace(verify_text(alone, expected, version=__version__), profile=f"text of {called}")


def _changed(
    pdf: PdfDocument, parts: Sequence[Part], kept: Sequence[Kept], bound: Sequence[Element]
) -> Iterator[Finding]:
    """Yield the parts whose structure is not what it was."""
    first = len(pdf.pages) - sum(part.pages for part in parts)
    for part, was, element in zip(parts, kept, bound, strict=True):
        now = kept_of(element, pdf.content, first_page=first, prefix=part.prefix)
        if now.structure != was.structure:
            yield _finding(f"the structure of {part.path} is not what it was")
        if now.contents != was.contents:
            yield _finding(f"the contents of {part.path} are not what they were")
        first += part.pages


def _strayed(pdf: PdfDocument, parts: Sequence[Part]) -> Iterator[Finding]:
    """Yield what is not as it should be of the lists that a file has one of."""
    labels = Counter(page.label for page in pdf.pages)
    for label, times in labels.items():
        if times > 1:
            yield _finding(f"{times} pages are called {label}")
    for bookmark in pdf.outlines:
        if bookmark.page < 0:
            yield _finding(f"the bookmark “{bookmark.title}” leads nowhere")
    for page in pdf.pages:
        own, of_part, _ = page.label.rpartition("-")
        if of_part and any(
            link.subtype == "Link" and not link.uri and not link.destination.startswith(f"{own}-")
            for link in page.annotations
        ):
            yield _finding(f"a link on page {page.label} leads out of its report")
    yield from _missing(pdf, parts)


def _missing(pdf: PdfDocument, parts: Sequence[Part]) -> Iterator[Finding]:
    """Yield what is not inside, or in no report."""
    inside = {hashlib.sha256(file.data).hexdigest() for file in pdf.embedded_files}
    for part in parts:
        if part.profile.attachments and part.source not in inside:
            yield _finding(f"the source of {part.path} is not inside")
    for content in pdf.unreachable()[:1]:
        yield _finding(f"“{content.run.text}” on page {content.page + 1} is in no report")
    for annotation in pdf.unreachable_annotations()[:1]:
        yield _finding(f"a link on page {annotation.page + 1} is in no report")


def _verdict(profile: str, findings: Iterable[Finding]) -> Verdict:
    found = tuple(findings)
    return Verdict(
        profile=profile,
        validator="publisher",
        version=__version__,
        passed=not found,
        findings=found,
    )


def _finding(message: str) -> Finding:
    return Finding(clause="volume", severity=Severity.ERROR, message=message, hint=_HINT)


def require(verdicts: Iterable[Verdict]) -> None:
    """Refuse a volume that is not what it should be."""
    for verdict in verdicts:
        if not verdict.passed:
            first = next(one for one in verdict.findings if one.severity is Severity.ERROR)
            raise VerificationError(
                f"the volume fails {verdict.profile} ({verdict.validator}, {first.clause}): "
                f"{first.message}",
                hint="nothing was written; this is a fault of the program",
            )
