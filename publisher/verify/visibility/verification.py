"""The verdict on whether the text of a PDF can be seen.

Input: the bytes of a PDF. Output: a verdict. Each page is rendered as it is and without its text; where a glyph has
ink, the two must differ. That holds for any way of hiding: colour, transparency, clipping, masks, layers, and what is
painted later, annotations included. PDFium renders, in a process of its own.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import PublisherError
from publisher.messages import translatable
from publisher.model import Severity
from publisher.pdf.open_file import open_file
from publisher.system.limited_program import ProgramError, ProgramLimits, run_limited
from publisher.system.log_capture import capture_logs
from publisher.text import unicode_data
from publisher.verify.visibility.overlaps import overlapped
from publisher.verify.visibility.rules import RULES
from publisher.verify.visibility.text_layer import INVISIBLE_MODE, separate_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from publisher.model import Finding, Verdict
    from publisher.verify.visibility.text_layer import PlacedGlyph, SeparatedText

SMALLEST: Final = 2.0
"""The size in points below which text is too small to be seen."""
_SEEN_SHARE: Final = 0.9
"""The share of a glyph's ink that must be seen."""
_CONTRAST: Final = 40
"""The mean difference, of 255, of a glyph's ink from what is behind it."""
_CLIPPING_MODES: Final = 4
"""The rendering modes from this one on also clip."""
MAX_FINDINGS: Final = 5
_MAX_QUOTED: Final = 40
_LIMITS: Final = ProgramLimits(megabytes=6144, seconds=600)
_MAX_RUNS: Final = 40
"""How often the program is started to find the pages that end it."""
_PROGRAM = Path(__file__).with_name("rendering_program.py")

Measure = tuple[int, int, int]
"""The pixels of a glyph's ink, those that can be seen, and their mean difference from what is behind."""


def verify_visibility(
    data: bytes,
    *,
    version: str,
    formulas: Collection[tuple[int, int]] = (),
    is_recorded: bool = True,
) -> Verdict:
    """Verify that each character of the pages can be seen.

    Args:
        data: The bytes of a PDF that needs no password.
        version: The version of this program, for the verdict.
        formulas: Page and marked-content identifier of the text of formulas, which stands invisibly on its drawing.
        is_recorded: Whether the file is a publication of this program, which hides nothing; in other files hidden
            text is a warning, and invisible text a note.

    """
    failure = Severity.ERROR if is_recorded else Severity.WARNING
    if find_spec("pypdfium2") is None:
        return RULES.verdict(
            [RULES.finding("unjudged", "pypdfium2 is not installed")], version=version
        )
    try:
        with capture_logs("pypdf", limit=1000):
            text = separate_text(open_file(data, strict=False))
        measures, unrendered = _measure(data, text)
    except Exception as error:  # noqa: BLE001 - pypdf raises anything for a damaged file
        reason = error.message if isinstance(error, PublisherError) else repr(error)
        finding = _unjudged(
            translatable("the pages cannot be compared with their text: {reason}", reason=reason),
            failure,
        )
        return RULES.verdict([finding], version=version)
    unjudged = text.unreadable | unrendered
    glyphs = [glyph for glyph in text.glyphs if glyph.page not in unjudged]
    reasons = _reasons(glyphs, measures, formulas, is_recorded=is_recorded)
    findings = [
        *_unjudged_pages(text.unrendered | unjudged, failure),
        *_findings(glyphs, reasons, failure, is_recorded=is_recorded),
    ]
    return RULES.verdict(findings, version=version)


_MAX_REASON = 160
"""Characters of a reason that are reported; it may quote the file."""


def _unjudged(message: str, severity: Severity) -> Finding:
    return RULES.finding("unjudged", message, severity=severity, hint="look at the pages yourself")


def _unjudged_pages(pages: Mapping[int, str], severity: Severity) -> Iterator[Finding]:
    """Yield a finding for each page that is not judged, the first ones one by one."""
    for page, reason in sorted(pages.items())[:MAX_FINDINGS]:
        yield _unjudged(
            translatable(
                "page {page} cannot be compared with its text: {reason}",
                page=page + 1,
                reason=reason[:_MAX_REASON],
            ),
            severity,
        )
    if len(pages) > MAX_FINDINGS:
        more = len(pages) - MAX_FINDINGS
        yield _unjudged(
            translatable("{more} more pages cannot be compared with their text", more=more),
            severity,
        )


def _measure(data: bytes, text: SeparatedText) -> tuple[list[Measure], dict[int, str]]:
    """Return the measure of each glyph of the pages that can be rendered, and why the others cannot."""
    boxes: dict[int, list[tuple[float, ...]]] = {}
    for glyph in text.glyphs:
        boxes.setdefault(glyph.page, []).append(glyph.box)
    measured: dict[int, list[Measure]] = {}
    unrendered: dict[int, str] = {}
    pending, runs = [sorted(boxes)], 0
    while pending:
        pages = pending.pop()
        if not pages:
            continue
        runs += 1
        try:
            results = _render(data, text.data, {page: boxes[page] for page in pages})
        except ProgramError as error:
            if len(pages) == 1 or runs > _MAX_RUNS:
                unrendered |= dict.fromkeys(pages, str(error))
            else:  # one of them ended the program
                middle = len(pages) // 2
                pending += [pages[middle:], pages[:middle]]
            continue
        for page, result in results.items():
            if isinstance(result, str):
                unrendered[page] = result
            else:
                measured[page] = result
    return [measure for page in sorted(measured) for measure in measured[page]], unrendered


def _render(
    data: bytes, text: bytes, boxes: Mapping[int, Sequence[tuple[float, ...]]]
) -> dict[int, list[Measure] | str]:
    """Return the measures of the glyphs of some pages, or why one has none; raise ``ProgramError`` if the program ends."""
    order = json.dumps({"painted": len(data), "text": len(text), "boxes": boxes}).encode()
    result = run_limited(_PROGRAM, b"\n".join([order, data + text]), limits=_LIMITS)
    pages: dict[str, Any] = result["pages"]
    return {
        int(page): result if isinstance(result, str) else [tuple(measure) for measure in result]
        for page, result in pages.items()
    }


def _reasons(
    glyphs: Sequence[PlacedGlyph],
    measures: Sequence[Measure],
    formulas: Collection[tuple[int, int]],
    *,
    is_recorded: bool,
) -> list[str]:
    """Return for each glyph the clause of the rule that it breaks; empty if it can be seen."""
    painted = [index for index, glyph in enumerate(glyphs) if glyph.render_mode != INVISIBLE_MODE]
    beneath = {painted[index] for index in overlapped([glyphs[index] for index in painted])}
    reasons = []
    for index, (glyph, measure) in enumerate(zip(glyphs, measures, strict=True)):
        is_formula = glyph.render_mode == INVISIBLE_MODE and (glyph.page, glyph.mcid) in formulas
        clips = glyph.render_mode >= _CLIPPING_MODES and not is_recorded
        if not _has_ink(glyph.character) or is_formula or clips:
            reasons.append("")
        elif index in beneath:
            reasons.append("beneath text")
        else:
            reasons.append(_reason(glyph, measure, is_recorded=is_recorded))
    return reasons


def _reason(glyph: PlacedGlyph, measure: Measure, *, is_recorded: bool) -> str:
    ink, seen, difference = measure
    if not glyph.on_page:
        return "off the page"
    if glyph.em < SMALLEST:
        return "tiny"
    if glyph.is_mirrored or (glyph.is_upside_down and is_recorded):
        return "turned"
    if glyph.render_mode == INVISIBLE_MODE:
        return "invisible"
    if not ink:
        return "blank" if is_recorded and not _is_mark(glyph.character) else ""
    return "covered" if seen < _SEEN_SHARE * ink or difference < _CONTRAST else ""


def _is_mark(text: str) -> bool:
    """Return whether a text has only marks above or across a letter, which lie outside a box of their own."""
    return all(unicode_data.category(char)[0] == "M" for char in text)


def _has_ink(text: str) -> bool:
    """Return whether a text has a character that shows something: no white space, no control."""
    return any(not char.isspace() and unicode_data.category(char)[0] != "C" for char in text)


def _findings(
    glyphs: Sequence[PlacedGlyph], reasons: Sequence[str], failure: Severity, *, is_recorded: bool
) -> Iterator[Finding]:
    """Yield a finding for each passage that cannot be seen, the first ones of each rule one by one."""
    counts: dict[str, int] = {}
    pairs = zip(glyphs, reasons, strict=True)
    shown = ((glyph, reason) for glyph, reason in pairs if _has_ink(glyph.character))
    for (page, clause), group in groupby(shown, key=lambda pair: (pair[0].page, pair[1])):
        if not clause:
            continue
        counts[clause] = counts.get(clause, 0) + 1
        if counts[clause] > MAX_FINDINGS:
            continue
        text = "".join(glyph.character for glyph, _ in group)
        quoted = text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"
        severity = Severity.NOTE if clause == "invisible" and not is_recorded else failure
        yield RULES.finding(
            clause,
            translatable(
                "“{quoted}” on page {page} {messages}",
                quoted=quoted,
                page=page + 1,
                messages=MESSAGES[clause],
            ),
            severity=severity,
        )
    for clause, count in counts.items():
        if count > MAX_FINDINGS:
            message = translatable(
                "{count} more passages: the text {messages}",
                count=count - MAX_FINDINGS,
                messages=MESSAGES[clause],
            )
            severity = Severity.NOTE if clause == "invisible" and not is_recorded else failure
            yield RULES.finding(clause, message, severity=severity)


MESSAGES: Final = {
    "covered": "cannot be seen: it is transparent, clipped, covered or in the colour of its ground",
    "beneath text": "is beneath other text",
    "off the page": "lies outside the page",
    "tiny": translatable("is smaller than {smallest:g} pt", smallest=SMALLEST),
    "turned": "is mirrored or upside down",
    "blank": "has a glyph without ink",
    "invisible": "is painted invisibly, as text recognition does",
}
"""What the findings of each rule say of a passage."""
