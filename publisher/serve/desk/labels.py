"""The words of the pages for rules, styles, profiles, scripts, roles and files, as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.extensions import load_extensions
from publisher.messages import translatable
from publisher.output_names import BILINGUAL, DATA_SUFFIXES, PDF, RECORD, TEXT
from publisher.serve.desk.line_roles import CELL, NOT_PRINTED, PREFORMATTED, RUN_IN
from publisher.serve.desk.stored_report import BAG

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLES: Mapping[str, str] = {
    "gongwen": translatable("Official document (GB/T 9704)"),
    "red-head": translatable("Official document with red head"),
    "reader": translatable("For reading, with cover and contents"),
    "book": translatable("Book"),
    "large-print": translatable("Large print"),
}


def style_choices(extensions: tuple[str, ...]) -> dict[str, str]:
    """Return the styles that a report may have, with their words; those of extensions have their summary.

    Raises:
        ExtensionError: An extension is not installed or cannot be used.

    """
    from publisher.render.styles import load_style

    added = load_extensions(extensions).styles
    return {**STYLES, **{name: load_style(str(path)).summary for name, path in added.items()}}


SCRIPTS: Mapping[str, str] = {
    "keep": translatable("As in the source"),
    "zh-Hans-CN": translatable("Simplified Chinese"),
    "zh-Hant-TW": translatable("Traditional Chinese (Taiwan)"),
    "zh-Hant-HK": translatable("Traditional Chinese (Hong Kong)"),
    "zh-Hant": translatable("Traditional Chinese (general)"),
}
FORMS: Mapping[str, str] = {
    "office": translatable("As the offices of the region write"),
    "standard": translatable("The region's standard table"),
    "opencc": translatable("OpenCC, of no region"),
}
VOCABULARIES: Mapping[str, str] = {
    "none": translatable("Those of the source"),
    "tw": translatable("Those of Taiwan"),
    "hk": translatable("Those of Hong Kong"),
}
PROFILES: Mapping[str, str] = {
    "archive": translatable("For archives and screen readers (PDF/A-3a, PDF/UA-1)"),
    "archive-2": translatable("For archives and screen readers, newer (PDF/A-4f, PDF/UA-2)"),
    "access": translatable("For screen readers (PDF/UA-1)"),
    "print": translatable("For a print shop (PDF/X-4)"),
    "draft": translatable("Draft, no standard"),
}
TABLES: Mapping[str, str] = {
    "auto": translatable("In reports, at the end"),
    "appendix": translatable("At the end"),
    "inline": translatable("After each section"),
    "none": translatable("None"),
}
EDITS: Mapping[str, str] = {
    "certain": translatable("Only what the text proves"),
    "all": translatable("Also what is only likely"),
    "none": translatable("Only what cannot be printed otherwise"),
}
ENCODINGS: Mapping[str, str] = {
    "": translatable("Recognise it"),
    "utf-8": "UTF-8",
    "gb18030": "GB18030 (GBK, GB2312)",
    "big5hkscs": "Big5",
}
RULES: Mapping[str, str] = {
    "markup-remains": translatable("Remains of markup"),
    "compatibility-characters": translatable("Unusual forms of characters"),
    "web-boilerplate": translatable("Text of the website, not of the report"),
    "run-together": translatable("Lines run together"),
    "page-numbers": translatable("Page numbers in the text"),
    "hard-wrapped-lines": translatable("Paragraphs broken into lines"),
    "broken-lines": translatable("Broken lines"),
    "broken-names": translatable("Broken names"),
    "repeated-title": translatable("Title printed twice"),
    "full-width-figures": translatable("Full-width figures"),
    "exponents": translatable("Exponents"),
    "document-number": translatable("Brackets of a document number"),
    "names-with-points": translatable("Points in names"),
    "brackets": translatable("Half-width brackets"),
    "punctuation": translatable("Half-width punctuation"),
    "quotation-marks": translatable("Straight quotation marks"),
    "dashes-and-dots": translatable("Dashes and ellipses"),
    "doubled-marks": translatable("Doubled punctuation"),
    "spaces-in-figures": translatable("Spaces in figures"),
    "spurious-spaces": translatable("Needless spaces"),
}
FIELDS: Mapping[str, str] = {
    "title": translatable("Title"),
    "subtitle": translatable("Subtitle"),
    "issuer": translatable("Issuing office"),
    "date": translatable("Day of issue"),
    "number": translatable("Document number"),
}
LINE_ROLES: Mapping[str, str] = {
    "title": translatable("Title"),
    "subtitle": translatable("Subtitle"),
    "heading": translatable("Heading"),
    "body": translatable("Body text"),
    "list-item": translatable("List item"),
    "caption": translatable("Caption of a table"),
    "signature": translatable("Signature or date"),
}
"""The roles that a person can choose."""
ROLES: Mapping[str, str] = {
    **LINE_ROLES,
    "copy-number": translatable("Copy number"),
    "secrecy": translatable("Classification"),
    "urgency": translatable("Urgency"),
    "office-mark": translatable("Mark of the office"),
    "document-number": translatable("Document number"),
    "signer": translatable("Signer"),
    "speaker": translatable("Speaker"),
    "office": translatable("Office"),
    "date": translatable("Date"),
    "source": translatable("Where the text is from"),
    "web-label": translatable("Label of the website"),
    "addressee": translatable("Addressees"),
    "attendance": translatable("Attendance"),
    "attachment": translatable("Attachment"),
    "remark": translatable("Remark"),
    "copies-to": translatable("Copies to"),
    "printed-by": translatable("Printed by"),
    "contact": translatable("Contact"),
    "unit": translatable("Unit of a table"),
    "note": translatable("Note"),
    CELL: translatable("Cell of a table"),
    PREFORMATTED: translatable("Preformatted text"),
    RUN_IN: translatable("Heading and text"),
    NOT_PRINTED: translatable("Not printed"),
}
STATES: Mapping[str, str] = {
    "waiting": translatable("Waiting"),
    "opening": translatable("Being read"),
    "publishing": translatable("Being published"),
    "ready": translatable("Ready to look at"),
    "failed": translatable("Failed"),
    "published": translatable("Published"),
    "changed": translatable("Changed since it was published"),
}
EDIT_STATES: Mapping[str, str] = {
    "made": translatable("corrected"),
    "proposed": translatable("to be decided"),
    "rejected": translatable("left as it was"),
    "accepted": translatable("accepted"),
}
SEVERITIES: Mapping[str, str] = {
    "error": translatable("Error"),
    "warning": translatable("Please look"),
    "note": translatable("Note"),
}
FILES: Mapping[str, str] = {
    PDF: translatable("PDF"),
    RECORD: translatable("Record"),
    TEXT: translatable("Text"),
    DATA_SUFFIXES["csv"]: translatable("Figures (CSV)"),
    DATA_SUFFIXES["xlsx"]: translatable("Figures (workbook)"),
    DATA_SUFFIXES["json-stat"]: translatable("Figures (JSON-stat)"),
    BILINGUAL: translatable("Proof of the conversion"),
    BAG: translatable("Archive bag (ZIP)"),
}
"""The files of a publication by suffix, in the order of the pages."""
LANGUAGES: Mapping[str, str] = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
"""The languages of the pages, each in its own words."""
