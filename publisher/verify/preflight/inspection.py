"""Preflight of a PDF: whether a print shop can print it.

Input: the bytes of any PDF, and the requirements. Output: a verdict whose findings name page and place, and
the pages with their inks. ``page_interpreter`` collects what each page paints; the modules ``…_rules`` verify
it. A file that cannot be read at all raises ``VerificationError``.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher.errors import ColourProfileError, PublisherError, VerificationError
from publisher.messages import translatable
from publisher.options import NO_FILE
from publisher.pdf.file_end import has_end_marker
from publisher.pdf.icc import load_output_profile, parse_profile
from publisher.pdf.library_errors import describe_error
from publisher.pdf.open_file import header_version, open_file
from publisher.pdf.syntax import as_list, resolve
from publisher.system.log_capture import capture_logs
from publisher.verify.preflight.colour_spaces import ColourSpaces
from publisher.verify.preflight.document import PreflightDocument, PreflightPage, finding
from publisher.verify.preflight.file_rules import FILE_RULES
from publisher.verify.preflight.object_rules import object_findings
from publisher.verify.preflight.page_reading import read_page, read_page_tree
from publisher.verify.preflight.page_rules import PAGE_RULES
from publisher.verify.preflight.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from publisher.model import Finding, Severity, Verdict
    from publisher.pdf.font_encoding import Font
    from publisher.pdf.icc import OutputProfile
    from publisher.verify.preflight.requirements import PrintRequirements

MAX_SYNTAX_WARNINGS = 1_000
"""Broken rules of PDF in one file that are tolerated; with more, the file is not read."""
MAX_FINDINGS_PER_RULE = 3
"""Findings of one rule that are reported one by one; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightResult:
    """The verdict on a file, and its pages."""

    verdict: Verdict
    condition: str
    """The description of the printing condition that inks were computed for."""
    pages: tuple[PreflightPage, ...]


def preflight(data: bytes, requirements: PrintRequirements, *, version: str) -> PreflightResult:
    """Verify the bytes of a PDF against PDF/X-4 and the requirements of a print shop.

    Args:
        data: Any PDF.
        requirements: What the print shop asks for.
        version: The version of this program, for the verdict.

    Raises:
        UnsupportedFormatError: The bytes are not a PDF.
        SourceUnreadableError: The PDF needs a password.
        VerificationError: It cannot be read.

    """
    try:
        with capture_logs("pypdf", limit=MAX_SYNTAX_WARNINGS) as warnings:
            document = _read(data, requirements)
            rule_findings = tuple(_limit_per_rule(_findings(document, requirements)))
    except PublisherError:
        raise
    except Exception as error:  # pypdf raises anything for a damaged file
        raise VerificationError(
            translatable("the PDF is damaged: {error}", error=describe_error(error)),
            hint="ask for the file again",
        ) from error
    if not has_end_marker(data):
        warnings.insert(0, "its end-of-file marker is missing")
    verdict = RULES.verdict((*_syntax_findings(warnings), *rule_findings), version=version)
    return PreflightResult(
        verdict=verdict, condition=document.output.description, pages=document.pages
    )


def _syntax_findings(warnings: list[str]) -> Iterator[Finding]:
    """Yield a finding if pypdf warned of broken rules, which viewers tolerate and a RIP may not."""
    if warnings:
        count = len(set(warnings))
        yield finding(
            "syntax",
            translatable(
                "it breaks a rule of PDF: {warnings} ({count} in all)",
                warnings=warnings[0],
                count=count,
            ),
        )


def _limit_per_rule(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first findings of each rule, then the number of the others."""
    groups: dict[tuple[str, Severity], list[Finding]] = {}
    for item in findings:
        group = groups.setdefault((item.clause, item.severity), [])
        group.append(item)
        if len(group) <= MAX_FINDINGS_PER_RULE:
            yield item
    for group in groups.values():
        if len(group) > MAX_FINDINGS_PER_RULE:
            count = len(group) - MAX_FINDINGS_PER_RULE
            times = "once" if count == 1 else f"{count} times"
            message = translatable(
                "the same {times} more; the last: {message}", times=times, message=group[-1].message
            )
            yield replace(group[-1], message=message)


def _findings(document: PreflightDocument, requirements: PrintRequirements) -> Iterator[Finding]:
    for file_rule in FILE_RULES:
        yield from _attempt(file_rule, document, requirements, None)
    for page in document.pages:
        for page_rule in (*PAGE_RULES, object_findings):
            yield from _attempt(page_rule, page, requirements, page)


def _attempt(
    rule: Callable[[Any, PrintRequirements], Iterable[Finding]],
    subject: Any,
    requirements: PrintRequirements,
    page: PreflightPage | None,
) -> Iterator[Finding]:
    """Yield the findings of a rule; damage that the rule cannot judge is a finding, and the other rules go on."""
    try:
        yield from rule(subject, requirements)
    except Exception as error:  # noqa: BLE001 - a damaged object raises anything
        name = rule.__name__.strip("_").replace("_", " ")
        message = translatable(
            "the rule on {name} cannot be judged: {error}", name=name, error=describe_error(error)
        )
        yield finding("unjudged", message, page)


def _read(data: bytes, requirements: PrintRequirements) -> PreflightDocument:
    reader = open_file(data, strict=False)
    catalog: Any = resolve(reader.trailer["/Root"])
    output = requirements.output_profile or _own_output_profile(catalog)
    colour_spaces = ColourSpaces(output=output.data)
    fonts: dict[object, Font] = {}
    page_objects, problems = read_page_tree(catalog)
    return PreflightDocument(
        version=max(header_version(data), str(catalog.get("/Version", "")).lstrip("/")),
        is_encrypted=reader.is_encrypted,
        output=output,
        catalog=catalog,
        info=_information(reader),
        has_id="/ID" in reader.trailer,
        xmp=_metadata(catalog),
        objects=tuple(_dictionaries(reader)),
        pages=tuple(
            read_page(entries, number, fonts, colour_spaces)
            for number, entries in enumerate(page_objects, start=1)
        ),
        problems=problems,
    )


def _information(reader: Any) -> dict[str, Any]:
    """Return the document information; a damaged one is empty, so that what it should have is missing."""
    try:
        information = resolve(reader.trailer.get("/Info"))
        entries = information if isinstance(information, dict) else {}
        return {key: resolve(value) for key, value in entries.items()}
    except Exception:  # noqa: BLE001 - a damaged object raises anything
        return {}


def _metadata(catalogue: Any) -> str:
    """Return the XMP packet; damaged metadata are empty, so that what they should have is missing."""
    try:
        metadata: Any = resolve(catalogue.get("/Metadata"))
        return bytes(metadata.get_data()).decode("utf-8", "replace") if metadata is not None else ""
    except Exception:  # noqa: BLE001 - a damaged object raises anything
        return ""


def _own_output_profile(catalog: Any) -> OutputProfile:
    """Return the profile of the file's own output intent, or else that of FOGRA39."""
    with contextlib.suppress(Exception):  # a damaged one is a finding of its own rule
        for intent in as_list(catalog.get("/OutputIntents")):
            stream = resolve(intent.get("/DestOutputProfile"))
            if stream is not None:
                with contextlib.suppress(ColourProfileError):
                    return parse_profile(bytes(stream.get_data()))
    return load_output_profile(NO_FILE)


def _dictionaries(reader: Any) -> Iterator[Any]:
    """Yield the dictionaries and streams of a file, including unused ones."""
    from pypdf.generic import DictionaryObject, IndirectObject

    numbers = {number for entries in reader.xref.values() for number in entries} | set(
        reader.xref_objStm
    )
    for number in sorted(numbers):
        try:
            value = reader.get_object(IndirectObject(number, 0, reader))
        except Exception:  # noqa: BLE001, S112 - an object that is not used may be damaged
            continue
        if isinstance(value, DictionaryObject):
            yield value
