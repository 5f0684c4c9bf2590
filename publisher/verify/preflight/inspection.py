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
from publisher.options import NO_FILE
from publisher.pdf.document import collect_page_objects, read_rectangle
from publisher.pdf.icc import load_output_profile, parse_profile
from publisher.pdf.open_file import header_version, open_file
from publisher.pdf.syntax import as_list, content_streams, painted_data, resolve
from publisher.system.log_capture import capture_logs
from publisher.verify.preflight.colour_spaces import ColourSpaces
from publisher.verify.preflight.document import PreflightDocument, PreflightPage, finding
from publisher.verify.preflight.file_rules import FILE_RULES
from publisher.verify.preflight.object_rules import object_findings
from publisher.verify.preflight.page_interpreter import PageInterpreter
from publisher.verify.preflight.page_rules import PAGE_RULES
from publisher.verify.preflight.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Finding, Severity, Verdict
    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.icc import OutputProfile
    from publisher.verify.preflight.requirements import PrintRequirements

PAGE_BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
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
            f"the PDF is damaged: {type(error).__name__}: {error}", hint="ask for the file again"
        ) from error
    verdict = RULES.verdict((*_syntax_findings(warnings), *rule_findings), version=version)
    return PreflightResult(
        verdict=verdict, condition=document.output.description, pages=document.pages
    )


def _syntax_findings(warnings: list[str]) -> Iterator[Finding]:
    """Yield a finding if pypdf warned of broken rules, which viewers tolerate and a RIP may not."""
    if warnings:
        count = len(set(warnings))
        yield finding("syntax", f"it breaks a rule of PDF: {warnings[0]} ({count} in all)")


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
            message = f"the same {times} more; the last: {group[-1].message}"
            yield replace(group[-1], message=message)


def _findings(document: PreflightDocument, requirements: PrintRequirements) -> Iterator[Finding]:
    for file_rule in FILE_RULES:
        yield from file_rule(document, requirements)
    for page in document.pages:
        for page_rule in PAGE_RULES:
            yield from page_rule(page, requirements)
        yield from object_findings(page, requirements)


def _read(data: bytes, requirements: PrintRequirements) -> PreflightDocument:
    reader = open_file(data, strict=False)
    catalog: Any = resolve(reader.trailer["/Root"])
    output = requirements.output_profile or _own_output_profile(catalog)
    colour_spaces = ColourSpaces(output=output.data)
    metadata: Any = resolve(catalog.get("/Metadata"))
    fonts: dict[object, Font] = {}
    page_objects = collect_page_objects(catalog.raw_get("/Pages"))
    return PreflightDocument(
        version=max(header_version(data), str(catalog.get("/Version", "")).lstrip("/")),
        is_encrypted=reader.is_encrypted,
        output=output,
        catalog=catalog,
        info={
            key: resolve(value)
            for key, value in (resolve(reader.trailer.get("/Info")) or {}).items()
        },
        has_id="/ID" in reader.trailer,
        xmp="" if metadata is None else bytes(metadata.get_data()).decode("utf-8", "replace"),
        objects=tuple(_dictionaries(reader)),
        pages=tuple(
            _read_page(entries, number, fonts, colour_spaces)
            for number, entries in enumerate(page_objects, start=1)
        ),
    )


def _own_output_profile(catalog: Any) -> OutputProfile:
    """Return the profile of the file's own output intent, or else that of FOGRA39."""
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


def _read_page(
    entries: dict[str, Any], number: int, fonts: dict[object, Font], colour_spaces: ColourSpaces
) -> PreflightPage:
    page = entries["/Self"]
    resources = resolve(entries.get("/Resources")) or {}
    raw_boxes = {name: entries.get(f"/{name}", page.get(f"/{name}")) for name in PAGE_BOXES}
    unit = float(resolve(page.get("/UserUnit", 1)))
    boxes = {
        name: _scale(read_rectangle(raw), unit)
        for name, raw in raw_boxes.items()
        if raw is not None
    }
    page_fonts = tuple(_fonts(resources))
    interpreter, fault = PageInterpreter(fonts, colour_spaces, boxes["MediaBox"]), ""
    try:
        data = b"\n".join(map(painted_data, content_streams(page)))
        interpreter.begin((unit, 0, 0, unit, 0, 0))
        interpreter.interpret(data, resources)
        interpreter.interpret_type3_glyphs()
    except Exception as error:  # noqa: BLE001 - a finding, so that the other pages are verified
        fault = f"{type(error).__name__}: {error}"
    group = resolve(page.get("/Group")) or {}
    page_group = {colour_spaces.read(group["/CS"], resources).name} if "/CS" in group else set()
    return PreflightPage(
        number=number,
        boxes=boxes,
        painted_objects=tuple(interpreter.painted_objects),
        annotations=tuple((kind, _scale(box, unit)) for kind, box in _annotations(page)),
        groups=frozenset(interpreter.groups | page_group),
        forbidden=frozenset(interpreter.forbidden),
        fonts=page_fonts,
        shown_fonts=tuple(
            (_font_name(font.dictionary), font.dictionary)
            for font in interpreter.shown_fonts.values()
        ),
        unjudged=tuple(interpreter.unjudged),
        failures=interpreter.failures,
        first_failure=interpreter.first_failure,
        fault=fault,
    )


def _scale(box: Rectangle, unit: float) -> Rectangle:
    """Return a rectangle in points, for a page with another unit (UserUnit)."""
    left, bottom, right, top = (side * unit for side in box)
    return left, bottom, right, top


def _annotations(page: Any) -> Iterator[tuple[str, Rectangle]]:
    """Yield subtype and rectangle of each annotation."""
    for reference in resolve(page.get("/Annots")) or ():
        annotation = resolve(reference)
        if annotation is not None:
            rectangle = annotation.get("/Rect")
            box = (0.0, 0.0, 0.0, 0.0) if rectangle is None else read_rectangle(rectangle)
            yield str(annotation.get("/Subtype", "")).lstrip("/"), box


def _fonts(resources: Any) -> Iterator[tuple[str, Any]]:
    """Yield BaseFont and dictionary of the fonts in resources, including those of forms and patterns."""
    pending, visited = [resources], set[int]()
    while pending:
        current = pending.pop()
        for raw in (resolve(current.get("/Font")) or {}).values():
            font = resolve(raw)
            yield _font_name(font), font
        for category in ("/XObject", "/Pattern"):
            for raw in (resolve(current.get(category)) or {}).values():
                nested = resolve(resolve(raw).get("/Resources"))
                if nested is not None and id(nested) not in visited:
                    visited.add(id(nested))
                    pending.append(nested)


def _font_name(font: Any) -> str:
    return str(font.get("/BaseFont", "without a name")).lstrip("/")
