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
from publisher.pdf.document import box_of, page_leaves
from publisher.pdf.icc import output_profile, profile_of
from publisher.pdf.syntax import listed, resolve, stream_data
from publisher.system.log_capture import gathered
from publisher.verify.preflight.colours import Spaces
from publisher.verify.preflight.document import Leaf, Sheetful
from publisher.verify.preflight.file_rules import FILE_RULES
from publisher.verify.preflight.object_rules import object_findings
from publisher.verify.preflight.page_rules import PAGE_RULES
from publisher.verify.preflight.painting import Painter
from publisher.verify.preflight.request import STANDARD, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.pdf.icc import OutputProfile

BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
MOST_FORGIVEN = 1_000
"""Broken rules of PDF in one file: with more it is not read."""
MOST_TOLD = 3
"""Findings of one rule that are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What was found, and what there is."""

    verdict: Verdict
    condition: str
    """The printing condition that the inks were judged for."""
    leaves: tuple[Leaf, ...]


def preflight(data: bytes, wanted: Wanted, *, version: str) -> Preflight:
    """Judge the bytes of a PDF. Raises ``VerificationError`` where they cannot be read as one."""
    try:
        with gathered("pypdf", most=MOST_FORGIVEN) as broken:
            file = _read(data, wanted)
            found = tuple(_told(_findings(file, wanted)))
    except PublisherError:
        raise
    except Exception as error:  # pypdf raises anything over a damaged file
        raise VerificationError(
            f"the PDF is damaged: {type(error).__name__}: {error}", hint="ask for the file again"
        ) from error
    findings = (*_forgiven(broken), *found)
    verdict = Verdict(
        profile=STANDARD,
        validator="publisher",
        version=version,
        passed=all(one.severity is not Severity.ERROR for one in findings),
        findings=findings,
    )
    return Preflight(verdict=verdict, condition=file.output.description, leaves=file.leaves)


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
        if len(kind) <= MOST_TOLD:
            yield finding
    for kind in kinds.values():
        if len(kind) > MOST_TOLD:
            times = len(kind) - MOST_TOLD
            more = f"the same {'once' if times == 1 else f'{times} times'} more; the last: {kind[-1].message}"
            yield replace(kind[-1], message=more)


def _findings(file: Sheetful, wanted: Wanted) -> Iterator[Finding]:
    for of_file in FILE_RULES:
        yield from of_file(file, wanted)
    for leaf in file.leaves:
        for of_page in PAGE_RULES:
            yield from of_page(leaf, wanted)
        yield from object_findings(leaf, wanted)


def _read(data: bytes, wanted: Wanted) -> Sheetful:
    from pypdf import PdfReader

    if b"%PDF-" not in data[:1024]:
        raise VerificationError("this is not a PDF", hint="name a PDF")
    reader = PdfReader(BytesIO(data))
    if "/Encrypt" in reader.trailer:
        raise VerificationError(
            "the PDF is encrypted", hint="save it without a password: no press opens it"
        )
    catalog: Any = resolve(reader.trailer["/Root"])
    output = wanted.output or _own(catalog)
    spaces = Spaces(output=output.data)
    metadata: Any = resolve(catalog.get("/Metadata"))
    fonts: dict[object, Font] = {}
    leaves = page_leaves(catalog.raw_get("/Pages"))
    return Sheetful(
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
        leaves=tuple(
            _leaf(entries, number, fonts, spaces) for number, entries in enumerate(leaves, start=1)
        ),
    )


def _own(catalog: Any) -> OutputProfile:
    """Return the profile of the file's own output intent, or else FOGRA39."""
    for intent in listed(catalog.get("/OutputIntents")):
        stream = resolve(intent.get("/DestOutputProfile"))
        if stream is not None:
            with contextlib.suppress(ColourProfileError):
                return profile_of(bytes(stream.get_data()))
    return output_profile(NO_FILE)


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


def _leaf(entries: dict[str, Any], number: int, known: dict[object, Font], spaces: Spaces) -> Leaf:
    page = entries["/Self"]
    resources = resolve(entries.get("/Resources")) or {}
    own = {name: entries.get(f"/{name}", page.get(f"/{name}")) for name in BOXES}
    unit = float(resolve(page.get("/UserUnit", 1)))
    boxes = {name: _scaled(box_of(raw), unit) for name, raw in own.items() if raw is not None}
    fonts = tuple(_fonts(resources))
    painter, fault = Painter(known, spaces, boxes["MediaBox"]), ""
    try:
        contents = resolve(page.get("/Contents"))
        streams = contents if isinstance(contents, list) else [contents]
        data = b"\n".join(stream_data(one) for one in map(resolve, streams) if one is not None)
        painter.concatenate(unit, 0, 0, unit, 0, 0)
        painter.run(data, resources)
        painter.glyphs_of(fonts)
    except Exception as error:  # noqa: BLE001 - told as a finding, so that the other pages are looked at
        fault = f"{type(error).__name__}: {error}"
    group = resolve(page.get("/Group")) or {}
    own_group = {spaces.of(group["/CS"], resources).name} if "/CS" in group else set()
    return Leaf(
        number=number,
        boxes=boxes,
        painted=tuple(painter.painted),
        annotations=tuple((kind, _scaled(box, unit)) for kind, box in _annotations(page)),
        groups=frozenset(painter.groups | own_group),
        forbidden=frozenset(painter.forbidden),
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
            box = box_of(rectangle) if rectangle is not None else (0.0,) * 4
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


__all__ = ["STANDARD", "Preflight", "Wanted", "preflight"]
