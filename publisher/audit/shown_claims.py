"""The claims of a record that the PDF itself shows: metadata, pages, outline, fonts, attachments.

Input: a PDF as read, and a record. Output: a ``Difference`` for each claim that the PDF contradicts. No source is
needed. What the PDF says in its text is compared by ``publisher.verify``.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from publisher.audit.differences import ABSENT, Difference
from publisher.messages import join_texts, translatable
from publisher.pdf.font_names import without_subset_prefix
from publisher.pdf.xmp import text_property, xmp_properties
from publisher.profiles import PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model.record_types import Record
    from publisher.pdf.document import PdfDocument
    from publisher.pdf.outlines import OutlineItem

_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_WHITESPACE = re.compile(r"\s+")
_FONT_MARKS = re.compile("[^a-z0-9\u0080-\U0010ffff]")
_NO_WORD = re.compile(r"[\W_]+")


def shown_differences(pdf: PdfDocument, record: Record, length: int) -> Iterator[Difference]:
    """Yield the claims that a PDF contradicts, each with what the PDF says.

    Args:
        pdf: The PDF as read.
        record: The record.
        length: The number of bytes of the file before any signature.

    """
    if record["pdf"].get("bytes", length) != length:
        yield _difference("pdf.bytes", record["pdf"]["bytes"], length)
    yield from _metadata_differences(pdf, record)
    yield from _section_differences(pdf, record)
    yield from _font_differences(pdf, record)
    yield from _profile_differences(pdf, record)
    if len(pdf.pages) != record["pdf"]["pages"]:
        yield _difference("pdf.pages", record["pdf"]["pages"], len(pdf.pages))


def _difference(path: str, recorded: Any, shown: Any) -> Difference:
    return Difference(path=path, recorded=recorded, remade=shown)


def _metadata_differences(pdf: PdfDocument, record: Record) -> Iterator[Difference]:
    properties = xmp_properties(pdf.xmp)
    if properties is None:
        return  # the validators report it
    report, versions = record["report"], record["software"]
    shown = {
        "report.title": (report["title"], _first(properties.get(f"{_DC}title"))),
        "report.issuer": (report["issuer"], "、".join(_items(properties.get(f"{_DC}publisher")))),
        "report.date": (report["date"], _first(properties.get(f"{_DC}date"))),
        "report.document_number": (
            report["document_number"],
            text_property(properties, f"{_DC}identifier"),
        ),
        "report.period": (report["period"], text_property(properties, f"{_DC}coverage")),
        "report.language": (report["language"], _first(properties.get(f"{_DC}language"))),
        "software.publisher": (
            f"Publisher {versions['publisher']}",
            text_property(properties, f"{_XMP}CreatorTool"),
        ),
        "software.weasyprint": (
            f"Publisher {versions['publisher']} (WeasyPrint {versions['weasyprint']})",
            text_property(properties, f"{_PDF}Producer"),
        ),
    }
    for path, (recorded, value) in shown.items():
        if _squeezed(recorded) != _squeezed(value):
            yield _difference(path, recorded, value)
    if pdf.language != report["language"]:
        yield _difference("report.language", report["language"], pdf.language)


def _first(value: Any) -> str:
    """Return the first item of a list in XMP, or the text."""
    return next(iter(_items(value)), "")


def _items(value: Any) -> list[str]:
    """Return the texts of a list in XMP; a text alone is a list of one."""
    items = [item for _, item in value] if isinstance(value, tuple) else [value]
    return [item for item in items if isinstance(item, str)]


def _squeezed(text: str) -> str:
    """Return a text as XMP keeps it: without white space at its ends and without its kinds."""
    return _WHITESPACE.sub(" ", text).strip()


def _section_differences(pdf: PdfDocument, record: Record) -> Iterator[Difference]:
    """Yield the sections that the outline does not have, in their order and on their pages."""
    remaining: list[OutlineItem] = list(pdf.outlines)
    for number, section in enumerate(record["report"]["sections"]):
        path = f"report.sections[{number}]"
        index = next(
            (
                index
                for index, item in enumerate(remaining)
                if _is_heading(item.title, section["number"], section["title"])
            ),
            None,
        )
        if index is None:
            yield _difference(f"{path}.title", section["title"], ABSENT)
            continue
        if remaining[index].page + 1 != section["page"]:
            yield _difference(f"{path}.page", section["page"], remaining[index].page + 1)
        del remaining[: index + 1]


def _is_heading(shown: str, number: str, title: str) -> bool:
    """Return whether an item of the outline is a heading: its number in any marks, then its title."""
    shown, title = _WHITESPACE.sub("", shown), _WHITESPACE.sub("", title)
    prefix = shown.removesuffix(title)
    return shown.endswith(title) and _NO_WORD.sub("", prefix) == _NO_WORD.sub("", number)


def _font_differences(pdf: PdfDocument, record: Record) -> Iterator[Difference]:
    """Yield the fonts that only the record or only the PDF has."""
    unmatched = {font.name for font in pdf.fonts}
    for number, font in enumerate(record["fonts"]):
        family, bold = _font_name(font["family"]), "bold" in font["style"].lower()
        matching = {
            font.name
            for font in pdf.fonts
            if (name := _font_name(font.name)).startswith(family) and ("bold" in name) is bold
        }
        if not matching or not family:
            yield _difference(f"fonts[{number}].family", font["family"], ABSENT)
        unmatched -= matching
    for name in sorted(unmatched):
        yield _difference("fonts", ABSENT, name)


def _font_name(name: str) -> str:
    """Return a font's name without the prefix of its subset and without marks between words."""
    return _FONT_MARKS.sub("", without_subset_prefix(name).lower())


def _profile_differences(pdf: PdfDocument, record: Record) -> Iterator[Difference]:
    """Yield where profile, standards and attachments do not belong together."""
    entry, source = record["pdf"], record["source"]
    profile = PROFILES.get(entry["profile"])
    if profile is None:
        yield _difference(
            "pdf.profile",
            entry["profile"],
            translatable("one of {names}", names=join_texts(", ", PROFILES)),
        )
        return
    if list(profile.declares) != entry["declares"]:
        yield _difference("pdf.declares", entry["declares"], list(profile.declares))
    if record["options"].get("profile", entry["profile"]) != entry["profile"]:
        yield _difference("pdf.profile", entry["profile"], record["options"].get("profile"))
    embedded = [file for file in pdf.embedded_files if file.relationship == "Source"]
    if profile.attachments and not embedded:
        yield _difference("pdf.profile", f"{entry['profile']}, with its source", "no source")
    has_figures = any(file.relationship == "Data" for file in pdf.embedded_files)
    if profile.attachments and bool(record["observations"]) != has_figures:
        yield _difference(
            "observations",
            len(record["observations"]),
            "embedded figures" if has_figures else "no embedded figures",
        )
    for file in embedded[:1]:
        facts = {
            "name": file.name,
            "bytes": len(file.data),
            "media_type": file.media_type,
            "sha256": hashlib.sha256(file.data).hexdigest(),
        }
        for key, value in facts.items():
            if source[key] != value:  # type: ignore[literal-required]
                yield _difference(f"source.{key}", source[key], value)  # type: ignore[literal-required]
