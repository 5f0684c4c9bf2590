"""The standards that a finished file declares in its XMP metadata.

Serves ISO 19005-3, 6.6.4 and ISO 19005-4, 6.7.3 (PDF/A), ISO 14289-1, 5 (PDF/UA), ISO 15930-7, 6.1.2 (PDF/X) and
Well-Tagged PDF 1.0, 6.1 (WTPDF).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from publisher.pdf.xmp import text_property, xmp_properties
from publisher.profiles import STANDARDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_PDF_A = "{http://www.aiim.org/pdfa/ns/id/}"
_PDF_UA = "{http://www.aiim.org/pdfua/ns/id/}"
_PDF_X = "{http://www.npes.org/pdfx/ns/id/}"
_DECLARATION = "{http://pdfa.org/declarations/}"
_PDF_X_VERSION = re.compile(r"PDF/X-\d\w*")


def declared_standards(xmp: bytes) -> set[str]:
    """Return the names of the standards in an XMP packet, such as ``PDF/A-3a``.

    Identification is read as elements and as attributes; names need not be in ``publisher.profiles.STANDARDS``.
    """
    properties = xmp_properties(xmp)
    part, level = (text_property(properties, f"{_PDF_A}{key}") for key in ("part", "conformance"))
    accessible = text_property(properties, f"{_PDF_UA}part")
    print_version = text_property(properties, f"{_PDF_X}GTS_PDFXVersion")
    names = set()
    if part.isdecimal():
        names.add(f"PDF/A-{part}{level.lower()}")
    if accessible.isdecimal():
        names.add(f"PDF/UA-{accessible}")
    if _PDF_X_VERSION.fullmatch(print_version):
        names.add(print_version)
    declarations = set(_declarations(properties))
    return names | {
        standard.name for standard in STANDARDS.values() if standard.declaration in declarations
    }


def _declarations(properties: dict[str, Any] | None) -> Iterator[str]:
    """Yield the addresses of the PDF Declarations in an XMP packet."""
    declarations = (properties or {}).get(f"{_DECLARATION}declarations")
    for item in declarations if isinstance(declarations, tuple) else ():
        _, value = item
        address = value.get(f"{_DECLARATION}conformsTo") if isinstance(value, dict) else None
        if isinstance(address, str):
            yield address
