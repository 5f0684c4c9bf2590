"""Preflight: is a file what a print shop can print? Any PDF in, a verdict with page and place out.

``painting`` says what each page paints and in which inks, the ``…_rules`` what is wrong with it. A file that cannot
be read at all is a ``VerificationError``.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.errors import ColourProfileError, PublisherError, VerificationError
from publisher.model import Finding, Severity, Verdict
from publisher.options import NO_FILE
from publisher.pdf.document import collect_page_objects, read_rectangle
from publisher.pdf.icc import load_output_profile, parse_profile
from publisher.pdf.syntax import as_list, resolve, stream_data
from publisher.system.log_capture import gathered
from publisher.verify.preflight.colour_spaces import ColourSpaces
from publisher.verify.preflight.document import PreflightDocument, PreflightPage
from publisher.verify.preflight.file_rules import FILE_RULES
from publisher.verify.preflight.object_rules import object_findings
from publisher.verify.preflight.page_interpreter import PageInterpreter
from publisher.verify.preflight.page_rules import PAGE_RULES
from publisher.verify.preflight.requirements import PDF_X4, PrintRequirements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.icc import OutputProfile

BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
MAX_SYNTAX_WARNINGS = 1_000
"""Broken rules of PDF in one file: with more it is not read."""
MAX_FINDINGS_PER_RULE = 3
"""Findings of one rule that are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightResult:
    """What was found, and what there is."""

    verdict: Verdict
    condition: str
    """The printing condition that the inks were judged for."""
    pages: tuple[PreflightPage, ...]


def preflight(data: bytes, requirements: PrintRequirements, *, version: str) -> PreflightResult:
    """Judge the bytes of a PDF. Raises ``VerificationError`` where they cannot be read as one."""
    try:
        with gathered("pypdf", most=MAX_SYNTAX_WARNINGS) as broken:
            file = _read(data, requirements)
            found = tuple(_told(_findings(file, requirements)))
    except PublisherError:
        raise
    except Exception as error:  # pypdf raises anything over a damaged file
        raise VerificationError(
            f"the PDF is damaged: {type(error).__name__}: {error}", hint="ask for the file again"
        ) from error
    findings = (*_forgiven(broken), *found)
    verdict = Verdict(
        profile=PDF_X4,
        validator="publisher",
        version=version,
        passed=all(one.severity is not Severity.ERROR for one in findings),
        findings=findings,
    )
    return PreflightResult(verdict=verdict, condition=file.output.description, pages=file.pages)


def _forgiven(broken: list[str]) -> Iterator[Finding]:
    """Tell that a file breaks rules which viewers forgive, and a press's computer may not."""
    if broken:
        yield Finding(
            clause="syntax",
            severity=Severity.WARNING,
            message=f"file: it breaks a rule of PDF: {broken[0]} ({len(set(broken))} in all)",
            hint="save it anew with the program that made it",
        )


def _told(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield of each rule the first findings, and of the others how many there are."""
    kinds: dict[tuple[str, Severity], list[Finding]] = {}
    for finding in findings:
        kind = kinds.setdefault((finding.clause, finding.severity), [])
        kind.append(finding)
        if len(kind) <= MAX_FINDINGS_PER_RULE:
            yield finding
    for kind in kinds.values():
        if len(kind) > MAX_FINDINGS_PER_RULE:
            times = len(kind) - MAX_FINDINGS_PER_RULE
            more = f"the same {'once' if times == 1 else f'{times} times'} more; the last: {kind[-1].message}"
            yield replace(kind[-1], message=more)


def _findings(file: PreflightDocument, requirements: PrintRequirements) -> Iterator[Finding]:
    for of_file in FILE_RULES:
        yield from of_file(file, requirements)
    for page in file.pages:
        for of_page in PAGE_RULES:
            yield from of_page(page, requirements)
        yield from object_findings(page, requirements)


def _read(data: bytes, requirements: PrintRequirements) -> PreflightDocument:
    from pypdf import PdfReader

    if b"%PDF-" not in data[:1024]:
        raise VerificationError("this is not a PDF", hint="name a PDF")
    reader = PdfReader(BytesIO(data))
    if "/Encrypt" in reader.trailer:
        raise VerificationError(
            "the PDF is encrypted", hint="save it without a password: no press opens it"
        )
    catalog: Any = resolve(reader.trailer["/Root"])
    output = requirements.output_profile or _own(catalog)
    colour_spaces = ColourSpaces(output=output.data)
    metadata: Any = resolve(catalog.get("/Metadata"))
    fonts: dict[object, Font] = {}
    pages = collect_page_objects(catalog.raw_get("/Pages"))
    return PreflightDocument(
        version=max(
            reader.pdf_header.removeprefix("%PDF-"), str(catalog.get("/Version", "")).lstrip("/")
        ),
        output=output,
        catalog=catalog,
        info={
            key: resolve(value)
            for key, value in (resolve(reader.trailer.get("/Info")) or {}).items()
        },
        has_id="/ID" in reader.trailer,
        xmp="" if metadata is None else bytes(metadata.get_data()).decode("utf-8", "replace"),
        objects=tuple(_objects(reader)),
        pages=tuple(
            _leaf(entries, number, fonts, colour_spaces)
            for number, entries in enumerate(pages, start=1)
        ),
    )


def _own(catalog: Any) -> OutputProfile:
    """Return the profile of the file's own output intent, or else FOGRA39."""
    for intent in as_list(catalog.get("/OutputIntents")):
        stream = resolve(intent.get("/DestOutputProfile"))
        if stream is not None:
            with contextlib.suppress(ColourProfileError):
                return parse_profile(bytes(stream.get_data()))
    return load_output_profile(NO_FILE)


def _objects(reader: Any) -> Iterator[Any]:
    """Yield the dictionaries and streams of a file, unused ones too."""
    from pypdf.generic import DictionaryObject, IndirectObject

    numbers = {number for entries in reader.xref.values() for number in entries} | set(
        reader.xref_objStm
    )
    for number in sorted(numbers):
        try:
            found = reader.get_object(IndirectObject(number, 0, reader))
        except Exception:  # noqa: BLE001, S112 - an object that nothing needs may be damaged
            continue
        if isinstance(found, DictionaryObject):
            yield found


def _leaf(
    entries: dict[str, Any], number: int, known: dict[object, Font], colour_spaces: ColourSpaces
) -> PreflightPage:
    page = entries["/Self"]
    resources = resolve(entries.get("/Resources")) or {}
    own = {name: entries.get(f"/{name}", page.get(f"/{name}")) for name in BOXES}
    unit = float(resolve(page.get("/UserUnit", 1)))
    boxes = {
        name: _scaled(read_rectangle(raw), unit) for name, raw in own.items() if raw is not None
    }
    fonts = tuple(_fonts(resources))
    interpreter, fault = PageInterpreter(known, colour_spaces, boxes["MediaBox"]), ""
    try:
        contents = resolve(page.get("/Contents"))
        streams = contents if isinstance(contents, list) else [contents]
        data = b"\n".join(stream_data(one) for one in map(resolve, streams) if one is not None)
        interpreter.concatenate(unit, 0, 0, unit, 0, 0)
        interpreter.run(data, resources)
        interpreter.glyphs_of(fonts)
    except Exception as error:  # noqa: BLE001 - told as a finding, so that the other pages are looked at
        fault = f"{type(error).__name__}: {error}"
    group = resolve(page.get("/Group")) or {}
    own_group = {colour_spaces.read(group["/CS"], resources).name} if "/CS" in group else set()
    return PreflightPage(
        number=number,
        boxes=boxes,
        painted_objects=tuple(interpreter.painted_objects),
        annotations=tuple((kind, _scaled(box, unit)) for kind, box in _annotations(page)),
        groups=frozenset(interpreter.groups | own_group),
        forbidden=frozenset(interpreter.forbidden),
        fonts=fonts,
        fault=fault,
    )


def _scaled(box: Rectangle, unit: float) -> Rectangle:
    """Return a rectangle in points, of a page whose unit is another (UserUnit)."""
    left, bottom, right, top = (side * unit for side in box)
    return left, bottom, right, top


def _annotations(page: Any) -> Iterator[Any]:
    for reference in resolve(page.get("/Annots")) or ():
        one = resolve(reference)
        if one is not None:
            rectangle = one.get("/Rect")
            box = read_rectangle(rectangle) if rectangle is not None else (0.0,) * 4
            yield str(one.get("/Subtype", "")).lstrip("/"), box


def _fonts(resources: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fonts that resources name, those of forms and patterns too, each once."""
    waiting, seen = [resources], set[int]()
    while waiting:
        held = waiting.pop()
        for raw in (resolve(held.get("/Font")) or {}).values():
            font = resolve(raw)
            yield str(font.get("/BaseFont", "without a name")).lstrip("/"), font
        for category in ("/XObject", "/Pattern"):
            for raw in (resolve(held.get(category)) or {}).values():
                inside = resolve(resolve(raw).get("/Resources"))
                if inside is not None and id(inside) not in seen:
                    seen.add(id(inside))
                    waiting.append(inside)
