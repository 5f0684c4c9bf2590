"""The output profiles: what a finished file declares, and what goes into it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a finished file declares, and what goes into it."""

    name: str
    summary: str
    declares: tuple[str, ...]
    """The standards, in their own spelling."""
    pdf_a: str = ""
    """Part and level, such as ``3A``; empty where the file claims none."""
    pdf_ua: str = ""
    """The part of PDF/UA; empty where the file claims none."""
    pdf_x: str = ""
    """The part of PDF/X; empty where the file is for no press."""
    attachments: bool = False
    """Whether the source's text travels inside the file."""
    pdf_version: str = "1.7"


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile(
                name="archive",
                summary="PDF/A-3a and PDF/UA-1 in one file, with the source embedded",
                declares=("PDF/A-3a", "PDF/UA-1"),
                pdf_a="3A",
                pdf_ua="1",
                attachments=True,
            ),
            Profile(
                name="archive-2",
                summary="PDF/A-4f and PDF/UA-2 in one file, with the source embedded",
                declares=("PDF/A-4f", "PDF/UA-2"),
                pdf_a="4F",
                pdf_ua="2",
                attachments=True,
                pdf_version="2.0",
            ),
            Profile(
                name="access",
                summary="PDF/UA-1, nothing embedded",
                declares=("PDF/UA-1",),
                pdf_ua="1",
            ),
            Profile(
                name="print",
                summary="PDF/X-4 for a print shop: black type, bleed, the printing condition inside",
                declares=("PDF/X-4",),
                pdf_x="4",
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
