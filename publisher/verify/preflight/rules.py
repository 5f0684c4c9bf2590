"""The rules of preflight: PDF/X-4 (ISO 15930-7:2010) and the customs of print shops.

``file_rules``, ``page_rules`` and ``object_rules`` contain the code; each of their findings is made
through this table.
"""

from __future__ import annotations

from publisher.model import Severity
from publisher.profiles import PDF_X4
from publisher.verify.rule import VerdictRules, VerificationRule

_BUILD_FOR_PRINT = "build it with --profile print"
_BUILD_AGAIN = "build it again"
_CUSTOM = "custom of print shops"

RULES = VerdictRules(
    profile=PDF_X4,
    summary="a file for a print shop",
    rules=(
        # the file as a whole
        VerificationRule(
            clause="identification",
            problem="The metadata do not identify the file as PDF/X-4.",
            remedy=_BUILD_FOR_PRINT,
            standard="ISO 15930-7, 6.1.2",
        ),
        VerificationRule(
            clause="version",
            problem="The file is of a later version than PDF 1.6.",
            remedy=_BUILD_FOR_PRINT,
            standard="ISO 15930-7, 6.1",
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="dates",
            problem="Creation and modification dates are missing, or differ between Info and XMP.",
            remedy=_BUILD_AGAIN,
            standard="ISO 15930-7, 6.5",
        ),
        VerificationRule(
            clause="title",
            problem="The title is missing, or differs between Info and XMP.",
            remedy="give it one: --title",
            standard="ISO 15930-7, 6.5",
        ),
        VerificationRule(
            clause="trapped",
            problem="The Trapped key is missing, or differs between Info and XMP.",
            remedy=_BUILD_FOR_PRINT,
            standard="ISO 15930-7, 6.5",
        ),
        VerificationRule(
            clause="identifier",
            problem="The file identifier, or MetadataDate or DocumentID in XMP, is missing.",
            remedy=_BUILD_FOR_PRINT,
            standard="ISO 15930-7, 6.5; ISO 32000-1, 14.4",
        ),
        VerificationRule(
            clause="output-intent",
            problem="There is not exactly one output intent of PDF/X, or it names no printing condition.",
            remedy=_BUILD_FOR_PRINT,
            standard="ISO 15930-7, 6.2.2",
        ),
        VerificationRule(
            clause="output-profile",
            problem="The output intent has no ICC profile of a CMYK printing press, or not the one asked for.",
            remedy=_BUILD_AGAIN,
            standard="ISO 15930-7, 6.2.2",
        ),
        VerificationRule(
            clause="encryption",
            problem="The file is encrypted, even if no password is needed to read it.",
            remedy="save it without a password and without restrictions",
            standard="ISO 15930-7, 6.1",
        ),
        VerificationRule(
            clause="actions",
            problem="The file has JavaScript, form fields or actions.",
            remedy="remove it before printing",
            standard="ISO 15930-7, 6.7",
        ),
        VerificationRule(
            clause="filter",
            problem="A stream is compressed with LZW or encrypted.",
            remedy="save the file again without this filter",
            standard="ISO 15930-7, 6.1.4",
        ),
        VerificationRule(
            clause="forbidden",
            problem="The file uses what PDF/X-4 forbids: transfer functions, halftones, alternate images, "
            "PostScript, OPI, external streams, or references to other files.",
            remedy="save the file again without it",
            standard="ISO 15930-7, 6.2.5 to 6.2.8",
        ),
        VerificationRule(
            clause="syntax",
            problem="The file breaks a rule of PDF that viewers tolerate and a RIP may not.",
            remedy="save it again with the program that made it",
            standard="ISO 32000-1, 7",
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="pages",
            problem="The file has no pages.",
            remedy=_BUILD_AGAIN,
            standard="ISO 32000-1, 7.7.3",
        ),
        VerificationRule(
            clause="page-tree",
            problem="The page tree is damaged: a node is no page, is in it twice, or contains itself.",
            remedy="save the file again with the program that made it",
            standard="ISO 32000-1, 7.7.3",
        ),
        VerificationRule(
            clause="page-size",
            problem="The trimmed pages differ in size.",
            remedy="print them separately, or tell the print shop",
            standard=_CUSTOM,
            severity=Severity.WARNING,
        ),
        # each page
        VerificationRule(
            clause="page-object",
            problem="A page object is damaged: it has no MediaBox, or an entry cannot be read.",
            remedy="save the file again with the program that made it",
            standard="ISO 32000-1, 7.7.3.3",
        ),
        VerificationRule(
            clause="trim-box",
            problem="A page has no TrimBox (nor ArtBox), or both.",
            remedy=_BUILD_FOR_PRINT,
            standard="ISO 15930-7, 6.3",
        ),
        VerificationRule(
            clause="box-nesting",
            problem="TrimBox, BleedBox and MediaBox do not lie inside one another, or the CropBox cuts the "
            "bleed.",
            remedy=_BUILD_AGAIN,
            standard="ISO 15930-7, 6.3",
        ),
        VerificationRule(
            clause="bleed",
            problem="A page has less bleed than required.",
            remedy="build it with --profile print and --bleed",
            standard=_CUSTOM,
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="annotation",
            problem="An annotation other than a printer's mark lies inside the BleedBox.",
            remedy=_BUILD_FOR_PRINT,
            standard="ISO 15930-7, 6.6",
        ),
        VerificationRule(
            clause="font",
            problem="A font is not embedded.",
            remedy="embed the font",
            standard="ISO 15930-7, 6.2.9",
        ),
        VerificationRule(
            clause="content",
            problem="The content of a page cannot be read to its end, or an operator cannot be executed.",
            remedy=_BUILD_AGAIN,
            standard="ISO 32000-1, 7.8.2",
        ),
        VerificationRule(
            clause="unjudged",
            problem="A part of a page cannot be judged: an unknown colour space, a mesh of colours, a font "
            "without widths.",
            remedy="look at the page yourself, or save the file again",
            standard="this program: what is not judged is reported",
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="blend-space",
            problem="A transparency group is blended in RGB or grey, which turns black type into four inks.",
            remedy="blend it in DeviceCMYK",
            standard="ISO 32000-1, 11.6.6; " + _CUSTOM,
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="transparency",
            problem="Objects are transparent, which PDF/X-4 allows and old RIPs do not support.",
            remedy="if the print shop has an old RIP, tell it",
            standard="ISO 15930-7, 6.2; ISO 32000-1, 11",
            severity=Severity.NOTE,
        ),
        # each painted object
        VerificationRule(
            clause="device-rgb",
            problem="An object is painted in DeviceRGB, a colour without a profile.",
            remedy="convert it, or give it a profile (ICCBased)",
            standard="ISO 15930-7, 6.2.4",
        ),
        VerificationRule(
            clause="registration-colour",
            problem="An object on the trimmed page is painted in the registration colour (All).",
            remedy="paint it in black",
            standard="ISO 32000-1, 8.6.6.4; " + _CUSTOM,
        ),
        VerificationRule(
            clause="rich-black",
            problem="Dark text or a dark line is painted in several inks, which need perfect register.",
            remedy="paint it in black alone (K 100 %)",
            standard=_CUSTOM,
        ),
        VerificationRule(
            clause="total-ink",
            problem="A spot takes more ink in all than the paper can hold.",
            remedy="convert it with the profile of the paper",
            standard=_CUSTOM,
        ),
        VerificationRule(
            clause="overprint",
            problem="A white object overprints, so it disappears.",
            remedy="let white knock out",
            standard="ISO 32000-1, 8.6.7",
        ),
        VerificationRule(
            clause="resolution",
            problem="A picture has a lower resolution than required.",
            remedy="use a larger picture in the source, or show it smaller",
            standard=_CUSTOM,
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="picture",
            problem="The inks of a picture cannot be determined.",
            remedy="look at the picture yourself, or save the file again",
            standard=_CUSTOM,
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="hairline",
            problem="A line is thinner than 0.25 pt and may break up in print.",
            remedy="draw it thicker",
            standard=_CUSTOM,
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="edge",
            problem="An object reaches the edge of the trimmed page and does not extend into the bleed.",
            remedy="extend it into the bleed, or end it before the edge",
            standard=_CUSTOM,
            severity=Severity.WARNING,
        ),
        VerificationRule(
            clause="margin",
            problem="Text lies within 3 mm of the edge of the trimmed page.",
            remedy="move it inwards",
            standard=_CUSTOM,
            severity=Severity.WARNING,
        ),
    ),
)
