"""The standards that a finished file declares in its XMP metadata.

Serves ISO 19005-3, 6.6.4 and ISO 19005-4, 6.7.3 (PDF/A), ISO 14289-1, 5 (PDF/UA) and ISO 15930-7, 6.1.2
(PDF/X).
"""

from __future__ import annotations

import re

_PDF_A = re.compile(
    r"<pdfaid:part>(\d)</pdfaid:part>(?:<pdfaid:rev>\d+</pdfaid:rev>)?\s*<pdfaid:conformance>(\w)<"
)
_PDF_X = re.compile(r"<pdfxid:GTS_PDFXVersion>(PDF/X-\d)<")
_PDF_UA = re.compile(r"<pdfuaid:part>(\d)<")


def declared_standards(xmp: bytes) -> set[str]:
    """Return the names of the standards in an XMP packet, such as ``PDF/A-3a``.

    Identification is read as this program writes it, as elements; names need not be in
    ``publisher.profiles.STANDARDS``.
    """
    packet = xmp.decode()
    return {
        *(f"PDF/A-{part}{level.lower()}" for part, level in _PDF_A.findall(packet)),
        *(f"PDF/UA-{part}" for part in _PDF_UA.findall(packet)),
        *_PDF_X.findall(packet),
    }
