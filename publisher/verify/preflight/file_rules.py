"""What a print shop asks of a file as a whole, one rule a function.

Enters: a ``PreflightDocument``. Leaves: findings, each with its rule's name as the clause. Serves ISO 15930-7:2010, 6.1,
6.2.2, 6.5 and 6.7.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM
from publisher.pdf.syntax import as_list, resolve
from publisher.verify.preflight.document import ERROR, WARNING, finding

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


def version(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """6.1: the file is of a version that X-4 knows, and says that it is X-4."""
    if file.version > "1.6":
        yield finding(
            "version",
            WARNING,
            f"PDF {file.version}; PDF/X-4 is made of PDF 1.6",
            "build it with --profile print",
        )
    found = _XMP_VERSION.search(file.xmp)
    said = found[1] if found else str(file.info.get("/GTS_PDFXVersion", ""))
    if not said.startswith("PDF/X-4"):
        yield finding(
            "identification",
            ERROR,
            f"it does not say that it is PDF/X-4{f', but {said}' if said else ''}",
            "build it with --profile print",
        )


def metadata(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """6.5: title, dates, trapping and an identifier are there, and agree wherever they are said twice."""
    dates = dict(_XMP_DATE.findall(file.xmp))
    for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        said, told = str(file.info.get(key, "")), dates.get(name, "")
        if not said and not told:
            yield finding("dates", ERROR, f"it has no {name}", "say when it was issued: --date")
        elif said and told and _digits(said) != _digits(told):
            yield finding(
                "dates", ERROR, f"{key[1:]} and {name} differ: {said}, {told}", "build it again"
            )
    if (
        str(file.info.get("/Trapped", "")) not in ("/True", "/False")
        and "pdf:Trapped" not in file.xmp
    ):
        yield finding(
            "trapped",
            ERROR,
            "it does not say whether it is trapped",
            "build it with --profile print",
        )
    if not file.has_id:
        yield finding("identifier", ERROR, "it has no identifier", "build it with --profile print")
    if not file.info.get("/Title") and "dc:title" not in file.xmp:
        yield finding("title", ERROR, "it has no title", "give it one: --title")


def agreement(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """6.5: what is said twice agrees; identifiers are there."""
    title = _XMP_TITLE.search(file.xmp)
    said, told = str(file.info.get("/Title", "")), unescape(title[1]) if title else ""
    if said and told and said != told:
        yield finding("title", ERROR, f"its titles differ: “{said}”, “{told}”", "build it again")
    trapped = re.search(r"pdf:Trapped(?:>|=\")(\w+)", file.xmp)
    if trapped and str(file.info.get("/Trapped", f"/{trapped[1]}")) != f"/{trapped[1]}":
        yield finding(
            "trapped", ERROR, "it says twice whether it is trapped, and differs", "build it again"
        )
    lacking = [name for name in ("MetadataDate", "DocumentID") if name not in file.xmp]
    if lacking:
        yield finding(
            "identifier",
            ERROR,
            f"its metadata lack {' and '.join(lacking)}",
            "build it with --profile print",
        )


def outside(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """6.2.5 to 6.2.8: nothing of the file is elsewhere: no external streams, references, OPI."""
    kinds = {"/F": "an external stream", "/Ref": "a reference to another file", "/OPI": "OPI"}
    streams = [one for one in file.objects if hasattr(one, "get_data")]
    for key, name in kinds.items():
        if any(key in one for one in streams):
            yield finding(
                "forbidden", ERROR, f"it has {name}", "write the file anew with all inside"
            )


def _digits(date: str) -> str:
    """Return the digits of a date, without its zone, however it is written."""
    return re.sub(r"\D", "", date.removeprefix("D:")[:19])[:14]


def output_intent(file: PreflightDocument, requirements: PrintRequirements) -> Iterator[Finding]:
    """6.2.2: one printing condition is named, with the profile of a press inside."""
    intents = [resolve(one) for one in resolve(file.catalog.get("/OutputIntents")) or ()]
    press = [one for one in intents if one.get("/S") == "/GTS_PDFX"]
    if len(press) != 1:
        yield finding(
            "output-intent",
            ERROR,
            f"{len(press) or 'no'} output intents of PDF/X, one is wanted",
            "build it with --profile print",
        )
        return
    intent = press[0]
    if not intent.get("/OutputConditionIdentifier"):
        yield finding("output-intent", ERROR, "the output intent has no name", "build it again")
    stream = resolve(intent.get("/DestOutputProfile"))
    data = b"" if stream is None else bytes(stream.get_data())
    if not data and "/DestOutputProfileRef" not in intent:
        yield finding("output-profile", ERROR, "the output intent has no profile", "build it again")
    elif data and (data[36:40] != b"acsp" or data[12:20] != b"prtrCMYK"):
        yield finding(
            "output-profile",
            ERROR,
            "the output intent's profile is none of a press with four inks",
            "build it again",
        )
    elif data and requirements.output_profile and data != requirements.output_profile.data:
        yield finding(
            "output-profile",
            ERROR,
            f"the output intent's profile is not {requirements.output_profile.description}, which was asked for",
            "build it with the same --icc",
        )


def actions(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """6.7: nothing in the file acts: no JavaScript, no forms, no action on opening."""
    names = resolve(file.catalog.get("/Names")) or {}
    form = resolve(file.catalog.get("/AcroForm")) or {}
    opening = resolve(file.catalog.get("/OpenAction"))
    found = {
        "JavaScript": "/JavaScript" in names,
        "a form": bool(resolve(form.get("/Fields"))),
        "an action on opening": isinstance(opening, dict) and opening.get("/S") != "/GoTo",
        "actions of the document": "/AA" in file.catalog,
        "actions in the text": any(
            isinstance(one, dict) and one.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm")
            for one in file.objects
        ),
    }
    for name, there in found.items():
        if there:
            yield finding("actions", ERROR, f"it has {name}", "take it out before printing")


def filters(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """6.1.4: streams are packed in ways that every press's computer unpacks."""
    used = Counter(
        str(name)
        for one in file.objects
        if hasattr(one, "get_data")
        for name in as_list(one.get("/Filter"))
        if str(name) in FORBIDDEN_FILTERS
    )
    for name, count in sorted(used.items()):
        yield finding(
            "filter", ERROR, f"{count} streams are packed with {name[1:]}", "write it anew without"
        )


def pages(file: PreflightDocument, _requirements: PrintRequirements) -> Iterator[Finding]:
    """Pages are there, and cut to one size."""
    if not file.pages:
        yield finding("pages", ERROR, "it has no pages", "build it again")
    sizes = Counter(_size(page.trim) for page in file.pages)
    if len(sizes) > 1:
        usual = sizes.most_common(1)[0][0]
        other = [page for page in file.pages if _size(page.trim) != usual]
        yield finding(
            "page-size",
            WARNING,
            f"{len(other)} of {len(file.pages)} pages are not {_told(usual)}: this one is {_told(_size(other[0].trim))}",
            "print them apart, or say so to the print shop",
            other[0],
        )


def _size(box: Rectangle) -> tuple[float, float]:
    """Return a size in millimetres."""
    return round((box[2] - box[0]) / MM, 1), round((box[3] - box[1]) / MM, 1)


def _told(size: tuple[float, float]) -> str:
    return f"{size[0]:g} × {size[1]:g} mm"


FILE_RULES: tuple[Callable[[PreflightDocument, PrintRequirements], Iterator[Finding]], ...] = (
    version, metadata, agreement, output_intent, actions, filters, outside, pages,
)  # fmt: skip
