"""Rules of preflight for the file as a whole, one function for each.

Input: a ``PreflightDocument`` and the requirements. Output: findings. Serves ISO 15930-7:2010, 6.1, 6.2.2,
6.2.5 to 6.2.8, 6.5 and 6.7.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

from publisher.messages import join_texts, translatable
from publisher.pdf.geometry import MM
from publisher.pdf.syntax import as_list, resolve
from publisher.profiles import PDF_X4
from publisher.verify.preflight.document import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.model import Finding
    from publisher.pdf.geometry import Rectangle
    from publisher.verify.preflight.document import PreflightDocument
    from publisher.verify.preflight.requirements import PrintRequirements

FORBIDDEN_FILTERS = frozenset({"/LZWDecode", "/Crypt"})
_XMP_VERSION = re.compile(r"GTS_PDFXVersion(?:>|=\")(PDF/X-\w+)")
_XMP_TITLE = re.compile(r"dc:title>.*?<rdf:li[^>]*>([^<]*)<", re.DOTALL)
_XMP_DATE = re.compile(r"(?<!/)xmp:(CreateDate|ModifyDate)(?:>|=\")([^<\"]+)")
_XMP_TRAPPED = re.compile(r"pdf:Trapped(?:>|=\")(\w+)")
_BUILD_AGAIN = "build it again"


def version(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify the version of PDF and the identification as PDF/X-4 (6.1)."""
    match = _XMP_VERSION.search(file.xmp)
    declared = match[1] if match else str(file.info.get("/GTS_PDFXVersion", ""))
    if not declared.startswith(PDF_X4):
        message = (
            translatable("it declares {declared}, not {pdf_x4}", declared=declared, pdf_x4=PDF_X4)
            if declared
            else "it does not declare PDF/X"
        )
        yield finding("identification", message)
    if file.version > "1.6":
        yield finding(
            "version",
            translatable("PDF {version}; PDF/X-4 is based on PDF 1.6", version=file.version),
        )


def metadata(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that dates, trapping, identifier and title are there, and that dates agree (6.5)."""
    xmp_dates = dict(_XMP_DATE.findall(file.xmp))
    for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        info_date, xmp_date = str(file.info.get(key, "")), xmp_dates.get(name, "")
        if not info_date and not xmp_date:
            hint = "give the date of issue: --date"
            yield finding("dates", translatable("it has no {name}", name=name), hint=hint)
        elif info_date and xmp_date and _digits(info_date) != _digits(xmp_date):
            yield finding(
                "dates",
                translatable(
                    "{key} and {name} differ: {info_date}, {xmp_date}",
                    key=key[1:],
                    name=name,
                    info_date=info_date,
                    xmp_date=xmp_date,
                ),
            )
    trapped = str(file.info.get("/Trapped", ""))
    if trapped not in ("/True", "/False") and "pdf:Trapped" not in file.xmp:
        yield finding("trapped", "it has no Trapped key")
    if not file.has_id:
        yield finding("identifier", "it has no identifier")
    if not file.info.get("/Title") and "dc:title" not in file.xmp:
        yield finding("title", "it has no title")


def agreement(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that title and trapping agree in Info and XMP, and that XMP has identifiers (6.5)."""
    match = _XMP_TITLE.search(file.xmp)
    info_title, xmp_title = str(file.info.get("/Title", "")), unescape(match[1]) if match else ""
    if info_title and xmp_title and info_title != xmp_title:
        message = translatable(
            "its titles differ: “{info_title}” in Info, “{xmp_title}” in XMP",
            info_title=info_title,
            xmp_title=xmp_title,
        )
        yield finding("title", message, hint=_BUILD_AGAIN)
    trapped = _XMP_TRAPPED.search(file.xmp)
    if trapped and str(file.info.get("/Trapped", f"/{trapped[1]}")) != f"/{trapped[1]}":
        yield finding("trapped", "Trapped differs between Info and XMP", hint=_BUILD_AGAIN)
    missing = [name for name in ("MetadataDate", "DocumentID") if name not in file.xmp]
    if missing:
        yield finding(
            "identifier",
            translatable("its metadata lack {missing}", missing=join_texts(" and ", missing)),
        )


def external_content(
    file: PreflightDocument, _requirements: PrintRequirements
) -> Iterator[Finding]:
    """Verify that no content is outside the file: no external streams, references, OPI (6.2.5 to 6.2.8)."""
    kinds = {"/F": "an external stream", "/Ref": "a reference to another file", "/OPI": "OPI"}
    streams = [entry for entry in file.objects if hasattr(entry, "get_data")]
    for key, name in kinds.items():
        if any(key in stream for stream in streams):
            hint = "save the file again with everything embedded"
            yield finding("forbidden", translatable("it has {name}", name=name), hint=hint)


def _digits(date: str) -> str:
    """Return the digits of a date without its time zone; equal for PDF and XMP notation."""
    return re.sub(r"\D", "", date.removeprefix("D:")[:19])[:14]


def output_intent(file: PreflightDocument, requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that one printing condition is given, with the profile of a CMYK press (6.2.2)."""
    intents = [resolve(intent) for intent in resolve(file.catalog.get("/OutputIntents")) or ()]
    pdf_x_intents = [intent for intent in intents if intent.get("/S") == "/GTS_PDFX"]
    if len(pdf_x_intents) != 1:
        message = (
            translatable("{count} output intents of PDF/X instead of one", count=len(pdf_x_intents))
            if pdf_x_intents
            else translatable("no output intents of PDF/X instead of one")
        )
        yield finding("output-intent", message)
        return
    intent = pdf_x_intents[0]
    if not intent.get("/OutputConditionIdentifier"):
        message = "the output intent names no printing condition"
        yield finding("output-intent", message, hint=_BUILD_AGAIN)
    stream = resolve(intent.get("/DestOutputProfile"))
    data = b"" if stream is None else bytes(stream.get_data())
    required = requirements.output_profile
    if not data and "/DestOutputProfileRef" not in intent:
        yield finding("output-profile", "the output intent has no profile")
    elif data and (data[36:40] != b"acsp" or data[12:20] != b"prtrCMYK"):
        message = "the profile of the output intent is not that of a CMYK printing press"
        yield finding("output-profile", message)
    elif data and required and data != required.data:
        message = translatable(
            "the profile of the output intent is not {description}, as required",
            description=required.description,
        )
        yield finding("output-profile", message, hint="build it with the same --icc")


def actions(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that the file has no JavaScript, form fields or actions (6.7)."""
    names = resolve(file.catalog.get("/Names")) or {}
    form = resolve(file.catalog.get("/AcroForm")) or {}
    open_action = resolve(file.catalog.get("/OpenAction"))
    present = {
        "JavaScript": "/JavaScript" in names,
        "form fields": bool(resolve(form.get("/Fields"))),
        "an action on opening": isinstance(open_action, dict) and open_action.get("/S") != "/GoTo",
        "document actions": "/AA" in file.catalog,
        "actions in the text": any(
            isinstance(entry, dict) and entry.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm")
            for entry in file.objects
        ),
    }
    for name, is_present in present.items():
        if is_present:
            yield finding("actions", translatable("it has {name}", name=name))


def encryption(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that the file is not encrypted, not even with an empty password (6.1.3)."""
    if file.is_encrypted:
        yield finding("encryption", "it is encrypted, although no password is needed to read it")


def filters(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that no stream uses a forbidden filter (6.1.4)."""
    counts = Counter(
        str(name)
        for entry in file.objects
        if hasattr(entry, "get_data")
        for name in as_list(entry.get("/Filter"))
        if str(name) in FORBIDDEN_FILTERS
    )
    for name, count in sorted(counts.items()):
        yield finding(
            "filter",
            translatable("{count} streams have the filter {name}", count=count, name=name[1:]),
        )


def pages(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Verify that the page tree is sound and has pages, all with one trimmed size."""
    for problem in file.problems:
        yield finding("page-tree", problem)
    if not file.pages:
        yield finding("pages", "it has no pages")
    sizes = Counter(_size(page.trim) for page in file.pages)
    if len(sizes) > 1:
        usual = sizes.most_common(1)[0][0]
        different = [page for page in file.pages if _size(page.trim) != usual]
        yield finding(
            "page-size",
            translatable(
                "{different_count} of {page_count} pages are not {usual}: this one is {size}",
                different_count=len(different),
                page_count=len(file.pages),
                usual=_format_size(usual),
                size=_format_size(_size(different[0].trim)),
            ),
            different[0],
        )


def _size(box: Rectangle) -> tuple[float, float]:
    """Return width and height in millimetres."""
    return round((box[2] - box[0]) / MM, 1), round((box[3] - box[1]) / MM, 1)


def _format_size(size: tuple[float, float]) -> str:
    return f"{size[0]:g} × {size[1]:g} mm"


FILE_RULES: tuple[Callable[[PreflightDocument, PrintRequirements], Iterator[Finding]], ...] = (
    version, metadata, agreement, output_intent, encryption, actions, filters, external_content, pages,
)  # fmt: skip
