"""Output profiles: which standards a finished file declares, and what is embedded in it.

``STANDARDS`` has one row for each standard, ``PROFILES`` one for each profile. Identification in the
metadata, verification, veraPDF and PRONOM all derive from these rows. To add a profile, follow the
section "Add an output profile" in ``docs/tags.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A standard that a file can declare."""

    family: str
    """PDF/A, PDF/UA, PDF/X or WTPDF."""
    part: str
    level: str = ""
    """The conformance level: a letter in upper case for PDF/A, a word for WTPDF; empty for the other families."""
    revision: str = ""
    """The year that the XMP identification gives as ``rev``; empty if the standard has none."""
    reference: str
    """The number of the standard."""
    page_validation: str = ""
    """The name in page-validation; empty if it does not know the standard."""
    verapdf: str = ""
    """The flavour in veraPDF; empty if it does not know the standard."""
    pronom: str = ""
    """The PRONOM identifier of files with this standard; empty if there is none."""
    preflight: bool = False
    """Whether ``publisher.verify.preflight`` verifies it."""
    declaration: str = ""
    """The address that a PDF Declaration names (``pdfd:conformsTo``); empty if the standard has another identification."""
    same_requirements_as: str = ""
    """The name of a standard with the same requirements but for the identification: its verdict is the verdict on this
    one, if a file declares both. Empty for none."""

    @property
    def name(self) -> str:
        """The usual name, such as ``PDF/A-3a`` or ``WTPDF-1.0 reuse``."""
        space = " " if len(self.level) > 1 else ""
        return f"{self.family}-{self.part}{space}{self.level.lower()}"


STANDARDS: Mapping[str, Standard] = MappingProxyType(
    {
        standard.name: standard
        for standard in (
            Standard(
                family="PDF/A",
                part="3",
                level="A",
                reference="ISO 19005-3:2012",
                page_validation="3a",
                verapdf="3a",
                pronom="fmt/479",
            ),
            Standard(
                family="PDF/A",
                part="4",
                level="F",
                revision="2020",
                reference="ISO 19005-4:2020",
                verapdf="4f",
                pronom="fmt/1912",
            ),
            Standard(
                family="PDF/UA",
                part="1",
                reference="ISO 14289-1:2014",
                page_validation="ua1",
                verapdf="ua1",
            ),
            Standard(
                family="PDF/UA",
                part="2",
                revision="2024",
                reference="ISO 14289-2:2024",
                verapdf="ua2",
            ),
            Standard(
                family="WTPDF",
                part="1.0",
                level="accessibility",
                reference="Well-Tagged PDF 1.0, 6.1.3",
                declaration="http://pdfa.org/declarations/wtpdf#accessibility1.0",
                same_requirements_as="PDF/UA-2",
            ),
            Standard(
                family="WTPDF",
                part="1.0",
                level="reuse",
                reference="Well-Tagged PDF 1.0, 6.1.2",
                verapdf="wt1r",
                declaration="http://pdfa.org/declarations/wtpdf#reuse1.0",
            ),
            Standard(family="PDF/X", part="4", reference="ISO 15930-7:2010", preflight=True),
        )
    }
)
"""Every standard that a profile can declare, by its name."""
PDF_X4 = "PDF/X-4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An output profile."""

    name: str
    summary: str
    declares: tuple[str, ...]
    """The names of the standards, keys of ``STANDARDS``."""
    attachments: bool = False
    """Whether the source is embedded in the file."""
    pdf_version: str = "1.7"

    def standard(self, family: str) -> Standard | None:
        """Return the declared standard of a family; None if the profile declares none."""
        declared = (STANDARDS[name] for name in self.declares)
        return next((standard for standard in declared if standard.family == family), None)

    @property
    def declarations(self) -> tuple[str, ...]:
        """The addresses of the PDF Declarations."""
        return tuple(filter(None, (STANDARDS[name].declaration for name in self.declares)))

    @property
    def pdf_a(self) -> str:
        """Part and level of PDF/A, such as ``3A``; empty without PDF/A."""
        standard = self.standard("PDF/A")
        return f"{standard.part}{standard.level}" if standard else ""

    @property
    def pdf_ua(self) -> str:
        """The part of PDF/UA; empty without PDF/UA."""
        standard = self.standard("PDF/UA")
        return standard.part if standard else ""

    @property
    def pdf_x(self) -> str:
        """The part of PDF/X; empty without PDF/X."""
        standard = self.standard("PDF/X")
        return standard.part if standard else ""


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile(
                name="archive",
                summary="PDF/A-3a and PDF/UA-1 in one file, with the source embedded",
                declares=("PDF/A-3a", "PDF/UA-1"),
                attachments=True,
            ),
            Profile(
                name="archive-2",
                summary="PDF/A-4f, PDF/UA-2 and WTPDF 1.0 in one file, with the source embedded",
                declares=(
                    "PDF/A-4f",
                    "PDF/UA-2",
                    "WTPDF-1.0 accessibility",
                    "WTPDF-1.0 reuse",
                ),
                attachments=True,
                pdf_version="2.0",
            ),
            Profile(
                name="access",
                summary="PDF/UA-1, nothing embedded",
                declares=("PDF/UA-1",),
            ),
            Profile(
                name="print",
                summary="PDF/X-4 for a print shop: black type, bleed, the printing condition inside",
                declares=(PDF_X4,),
                pdf_version="1.6",
            ),
            Profile(
                name="draft",
                summary="tagged, but claims no standard",
                declares=(),
            ),
        )
    }
)
