"""Findings of page-validation that are known to be wrong, each proved for the file at hand.

Input: what page-validation reports, and the file. Output: why a finding is a false alarm. Each of the reasons is
about one property of the file, and a finding is a false alarm only if the file has this property and nothing else
can have caused the finding. veraPDF confirms none of these findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Failures = list[tuple[str, str]]
"""Rules of page-validation that fail, each with its message."""
_FORM: Final = re.compile(
    r"PDF(?:A\d[ABU]|UA1)-(?:XMP|ID|INFO)-.*|PDFUA1-METADATA-(?:TITLE|LANGUAGE)-001"
)
"""The rules about properties of XMP."""
_WIDGET: Final = re.compile(r"PDFUA1-(?:FORM-FIELD-TU-ALT|WIDGET-FORM-TAG)-001")
"""The rules about form fields that are seen or heard."""
_WIDTH: Final = re.compile(r"PDF(?:A\d[ABU]|UA1)-(?:TRUETYPE|FONT)-GLYPH-WIDTH-001")
_CFF: Final = "in its embedded CIDFontType0C program"
"""What a message on the widths of a bare CFF table says."""
_LENGTH: Final = re.compile(r"PDFA\d[ABU]-STREAM-LENGTH-001")
_BYTE_RANGE: Final = re.compile(r"PDFA\d[ABU]-SIGNATURE-BYTERANGE-001")
_COPY_REASONS: Mapping[re.Pattern[str], str] = {
    _FORM: "the properties are attributes, which page-validation does not read; written as elements they "
    "keep the rule",
    _WIDGET: "the field is a signature without a visible appearance, which needs no tag "
    "(ISO 14289-1, 7.18.1)",
    _WIDTH: "the widths of a bare CFF table are read without its font dictionaries (FD); with them they "
    "are those of the font dictionary",
}
"""The rules that are judged on a copy in another form (``readable_copy``), with the reason."""
_LENGTH_REASON: Final = "every stream has the length that it declares; one that ends in 0x0D is taken for one byte too short"
_BYTE_RANGE_REASON: Final = (
    "a signature covers the file as it was when it was made, and later updates follow; the verdict on "
    "signatures covers this"
)
_SPACE = rb"[\0\t\n\f\r ]"
_OBJECT: Final = re.compile(rb"\d+" + _SPACE + rb"+\d+" + _SPACE + rb"+obj\b")
_STREAM_END: Final = re.compile(rb"(?:\r\n|\r|\n)?endstream\b")
_KEYWORD: Final = re.compile(rb"stream(?:\r\n|\n)")
_LENGTH_ENTRY: Final = re.compile(
    rb"/Length" + _SPACE + rb"+(\d+)(" + _SPACE + rb"+\d+" + _SPACE + rb"+R)?(?![\dA-Za-z])"
)
_RANGE: Final = re.compile(
    rb"/ByteRange" + _SPACE + rb"*\[" + (_SPACE + rb"*(\d+)") * 4 + _SPACE + rb"*\]"
)
_END_OF_FILE: Final = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
_TAIL: Final = 16
"""Bytes in which the end-of-file mark of a revision is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A finding of page-validation."""

    rule: str
    message: str
    reason: str = ""
    """Why it is a false alarm; empty if it is none."""


def sort_out(
    failures: Failures, data: bytes, validate_copy: Callable[[bytes], Failures] | None
) -> tuple[Alarm, ...]:
    """Return the findings of page-validation, with the reasons of those that are false alarms.

    Args:
        failures: The rules that fail.
        data: The file.
        validate_copy: Returns the rules that fail for other bytes; may raise anything. None for a file that
            this program has just made: the only such finding is then on widths, which ``glyph_widths`` verifies.

    """
    alarms = list(_judge_copy(failures, data, validate_copy))
    for pattern, proves, reason in (
        (_LENGTH, _has_right_lengths, _LENGTH_REASON),
        (_BYTE_RANGE, _covers_whole_revisions, _BYTE_RANGE_REASON),
    ):
        if any(pattern.fullmatch(alarm.rule) for alarm in alarms) and _is_proved(proves, data):
            alarms = [
                Alarm(rule=alarm.rule, message=alarm.message, reason=reason)
                if pattern.fullmatch(alarm.rule)
                else alarm
                for alarm in alarms
            ]
    return tuple(alarms)


def _judge_copy(
    failures: Failures, data: bytes, validate_copy: Callable[[bytes], Failures] | None
) -> Iterator[Alarm]:
    """Yield the findings; those on a form that page-validation misreads as it judges another form."""
    if validate_copy is None:
        for rule, message in failures:
            is_cff = _WIDTH.fullmatch(rule) and _CFF in message
            yield Alarm(rule=rule, message=message, reason=_COPY_REASONS[_WIDTH] if is_cff else "")
        return
    copy_failures: Failures | None = None
    if any(_copy_reason(rule) for rule, _ in failures):
        copy_failures = _try_copy(data, validate_copy)
    if copy_failures is None:
        yield from (Alarm(rule=rule, message=message) for rule, message in failures)
        return
    messages = dict(copy_failures)
    rules = {rule for rule, _ in failures}
    for rule, message in failures:
        reason = _copy_reason(rule)
        if reason and rule not in messages:
            yield Alarm(rule=rule, message=message, reason=reason)
        else:
            yield Alarm(rule=rule, message=messages[rule] if reason else message)
    for rule, message in copy_failures:  # what fails only where properties are read
        if rule not in rules and _FORM.fullmatch(rule):
            yield Alarm(rule=rule, message=message)


def _try_copy(data: bytes, validate_copy: Callable[[bytes], Failures]) -> Failures | None:
    """Return what fails for a copy in other forms; None if there is no such copy."""
    from publisher.verify.readable_copy import readable_copy  # imports a PDF library

    try:
        copy = readable_copy(data)
        return None if copy is data else validate_copy(copy)
    except Exception:  # noqa: BLE001 - a damaged file raises anything; then nothing is proved
        return None


def _copy_reason(rule: str) -> str:
    """Return why a rule may fail only because of a form; empty for other rules."""
    return next((reason for form, reason in _COPY_REASONS.items() if form.fullmatch(rule)), "")


def _is_proved(proves: Callable[[bytes], bool], data: bytes) -> bool:
    try:
        return proves(data)
    except Exception:  # noqa: BLE001 - a damaged file raises anything; then nothing is proved
        return False


def _has_right_lengths(data: bytes) -> bool:
    """Return whether each stream has the length that it declares, and one of them ends in 0x0D (7.3.8)."""
    from publisher.pdf.open_file import open_file
    from publisher.pdf.syntax import resolve

    reader = open_file(data, strict=False)
    ends_in_return = False
    for entries in reader.xref.values():
        for number, offset in entries.items():
            if not _OBJECT.match(data, offset):
                return False
            if not hasattr(reader.get_object(number), "get_data"):
                continue
            keyword = _KEYWORD.search(data, offset)
            lengths = _LENGTH_ENTRY.findall(data, offset, keyword.start()) if keyword else ()
            if keyword is None or len(lengths) != 1:
                return False
            value, is_reference = lengths[0]
            length = resolve(reader.get_object(int(value))) if is_reference else int(value)
            end = keyword.end() + length
            if not _STREAM_END.match(data, end):
                return False
            ends_in_return |= data[end - 1 : end] == b"\r"
    return ends_in_return


def _covers_whole_revisions(data: bytes) -> bool:
    """Return whether each signature covers a whole revision but for its own value, and one an earlier one."""
    ranges = [tuple(map(int, match.groups())) for match in _RANGE.finditer(data)]
    ends = [second + length for _, _, second, length in ranges]
    return (
        bool(ranges)
        and data.count(b"/ByteRange") == len(ranges)
        and min(ends) < len(data)
        and all(
            start == 0
            and data[first : first + 1] == b"<"
            and data[second - 1 : second] == b">"
            and not data[first + 1 : second - 1].strip(b"0123456789abcdefABCDEF\0\t\n\f\r ")
            and _END_OF_FILE.search(data[max(0, second + length - _TAIL) : second + length])
            for start, first, second, length in ranges
        )
    )
