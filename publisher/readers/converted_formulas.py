"""Formulas of an old office file that LibreOffice does not convert: counts them before and after the conversion.

LibreOffice reads formulas with a program of its own (libreoffice-math). Without it they are lost, or at most pictures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.errors import SourceError
from publisher.model import Locator
from publisher.readers.docx.package import Package
from publisher.readers.finding_rules import LOST_FORMULAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Finding

_MATHML = re.compile(rb"<(?:[a-z]+:)?math[ >]")
_RTF_FORMULA = re.compile(rb"\\moMath(?![A-Za-z])")
_WORD_FORMULA = re.compile(rb"<m:oMath[ >]")
_CONTENT = "/content.xml"


def find_lost_formulas(data: bytes, converted: bytes, *, where: str) -> Iterator[Finding]:
    """Yield a finding if the Word file that was made of a file has fewer formulas than the file."""
    count = _count_formulas(data, where)
    if count:
        package = Package(converted, where=where)
        lost = count - len(_WORD_FORMULA.findall(package.read_part(package.main_part) or b""))
        if lost > 0:
            yield LOST_FORMULAS.finding(Locator(offset=0, length=0), count=lost)


def _count_formulas(data: bytes, where: str) -> int:
    """Return how many formulas an OpenDocument text or a file in RTF has; 0 for other formats."""
    if data.startswith(b"{\\rtf"):
        return len(_RTF_FORMULA.findall(data))
    if not data.startswith(b"PK"):
        return len(_MATHML.findall(data))
    try:
        package = Package(data, where=where)
        parts = [package.read_part(name) for name in package.part_names if name.endswith(_CONTENT)]
    except SourceError:  # LibreOffice could read it
        return 0
    return sum(bool(part and _MATHML.search(part)) for part in parts)
