"""Rules of preflight for each painted object, one function for each.

Input: a ``PaintedObject`` on its ``PreflightPage``, and the requirements. Output: why the object breaks
the rule; empty if it does not. Serves ISO 15930-7:2010, 6.2.4 (colours), and the customs of print shops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import join_texts, translatable
from publisher.pdf.geometry import MM, expand
from publisher.verify.preflight.colour_spaces import ALL, PROCESS_COLOURANTS
from publisher.verify.preflight.document import BOX_TOLERANCE, finding, lies_within, overlaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.model import Finding
    from publisher.verify.preflight.document import PreflightPage
    from publisher.verify.preflight.painted_object import PaintedObject
    from publisher.verify.preflight.requirements import PrintRequirements

HAIRLINE = 0.25
"""Points: a thinner line breaks up on the plate."""
HAIRLINE_TOLERANCE = 0.005
"""Points of rounding."""
SAFE_MARGIN = 3 * MM
"""Distance from the edge of the trimmed page that text should keep: trimming is that inexact."""
MIN_DARK = 0.5
"""Amount of black from which an object is dark."""
MAX_UNDERCOLOUR = 0.1
"""Amount of other inks under black from which they show at the edges of type."""
MIN_COMPOSITE_BLACK = 0.3
"""Amount of each of C, M and Y from which an object without black is a dark mixture."""
INK_TOLERANCE = 0.05
"""Total ink beyond the limit that is rounding."""


def device_rgb(
    painted: PaintedObject, _page: PreflightPage, _requirements: PrintRequirements
) -> str:
    """Forbid DeviceRGB: the press would guess what the colour is (6.2.4)."""
    return (
        translatable("a {kind} in {space}", kind=translatable(painted.kind), space=painted.space)
        if painted.device_rgb
        else ""
    )


def registration_colour(
    painted: PaintedObject, page: PreflightPage, _requirements: PrintRequirements
) -> str:
    """Reserve the registration colour, which is on every plate, for marks outside the trimmed page."""
    if ALL in painted.separations and overlaps(painted.box, page.trim):
        return translatable("a {kind} in the registration colour", kind=translatable(painted.kind))
    return ""


def rich_black(
    painted: PaintedObject, _page: PreflightPage, _requirements: PrintRequirements
) -> str:
    """Require black ink alone for dark text and lines; plates are never in perfect register."""
    if painted.kind not in ("text", "stroke") or ALL in painted.separations:
        return ""
    cyan, magenta, yellow, black = (
        painted.separations.get(name, 0.0) for name in PROCESS_COLOURANTS
    )
    is_rich_black = black >= MIN_DARK and cyan + magenta + yellow > MAX_UNDERCOLOUR
    if not is_rich_black and min(cyan, magenta, yellow) < MIN_COMPOSITE_BLACK:
        return ""
    subject = (
        translatable("text “{label}”", label=painted.label)
        if painted.kind == "text"
        else translatable("a line")
    )
    return translatable(
        "{subject} in several inks: {separations}",
        subject=subject,
        separations=format_separations(painted),
    )


def total_ink(painted: PaintedObject, _page: PreflightPage, requirements: PrintRequirements) -> str:
    """Limit the total ink on one spot to what the paper can hold."""
    limit = requirements.max_ink
    if ALL in painted.separations or painted.total <= limit + INK_TOLERANCE:
        return ""
    return translatable(
        "a {kind} with {total:.0%} of ink in all, the limit is {limit:.0%}",
        kind=translatable(painted.kind),
        total=painted.total,
        limit=limit,
    )


def resolution(
    painted: PaintedObject, _page: PreflightPage, requirements: PrintRequirements
) -> str:
    """Require as many pixels per inch as the screen of the press can show."""
    required = requirements.min_resolution
    if painted.kind != "picture" or not painted.resolution or painted.resolution >= required - 0.5:
        return ""
    return translatable(
        "a picture of {label} at {resolution:.0f} pixels per inch, {required:.0f} are required",
        label=painted.label,
        resolution=painted.resolution,
        required=required,
    )


def undetermined_inks(
    painted: PaintedObject, _page: PreflightPage, _requirements: PrintRequirements
) -> str:
    """Report pictures whose inks cannot be determined."""
    if not painted.inks_error or painted.kind != "picture":
        return ""
    return translatable(
        "the inks of a picture of {label} are not known: {inks_error}",
        label=painted.label,
        inks_error=painted.inks_error,
    )


def unjudged_inks(
    painted: PaintedObject, _page: PreflightPage, _requirements: PrintRequirements
) -> str:
    """Report other objects whose inks cannot be determined; nothing unjudged is called absent."""
    if not painted.inks_error or painted.kind == "picture":
        return ""
    return translatable(
        "the inks of a {kind} are not known: {inks_error}",
        kind=translatable(painted.kind),
        inks_error=painted.inks_error,
    )


def hairline(painted: PaintedObject, page: PreflightPage, _requirements: PrintRequirements) -> str:
    """Require lines to be thick enough to print."""
    if (
        painted.kind not in ("stroke", "fill")
        or not painted.separations
        or not overlaps(painted.box, page.trim)
    ):
        return ""
    if painted.size >= HAIRLINE - HAIRLINE_TOLERANCE or (
        painted.kind == "fill" and not painted.size
    ):
        return ""
    if not painted.size:
        return translatable(
            "a line of no width, as thin as the device can; the minimum is {hairline} pt",
            hairline=HAIRLINE,
        )
    return translatable(
        "a line of {size:.2f} pt, the minimum is {hairline} pt",
        size=painted.size,
        hairline=HAIRLINE,
    )


def overprint(
    painted: PaintedObject, _page: PreflightPage, _requirements: PrintRequirements
) -> str:
    """Forbid white objects that overprint: they would not be printed."""
    is_white = painted.space and not painted.separations and not painted.inks_error
    if painted.overprints and is_white:
        return translatable(
            "a white {kind} overprints, so it disappears", kind=translatable(painted.kind)
        )
    return ""


def edge(painted: PaintedObject, page: PreflightPage, requirements: PrintRequirements) -> str:
    """Require objects that reach the edge of the trimmed page to extend into the bleed."""
    if (
        painted.kind not in ("fill", "picture", "shading")
        or not painted.separations
        or not requirements.bleed
        or painted.is_tiled
    ):
        return ""
    if not overlaps(painted.box, page.trim):
        return ""
    signs = (-1, -1, 1, 1)
    overhangs = [
        (side - trim_side) * sign
        for side, trim_side, sign in zip(painted.box, page.trim, signs, strict=True)
    ]
    minimum = requirements.bleed - BOX_TOLERANCE
    if any(-BOX_TOLERANCE <= overhang < minimum for overhang in overhangs):
        return translatable(
            "a {kind} reaches the edge and does not extend into the bleed",
            kind=translatable(painted.kind),
        )
    return ""


def margin(painted: PaintedObject, page: PreflightPage, _requirements: PrintRequirements) -> str:
    """Require text to keep away from the edge of the trimmed page."""
    if painted.kind != "text" or not painted.label.strip() or not overlaps(painted.box, page.trim):
        return ""
    if painted.is_tiled or lies_within(painted.box, expand(page.trim, -SAFE_MARGIN)):
        return ""
    return translatable(
        "text “{label}” within {safe_margin:.0f} mm of the edge",
        label=painted.label,
        safe_margin=SAFE_MARGIN / MM,
    )


OBJECT_RULES: tuple[
    tuple[str, Callable[[PaintedObject, PreflightPage, PrintRequirements], str]], ...
] = (
    ("device-rgb", device_rgb),
    ("registration-colour", registration_colour),
    ("rich-black", rich_black),
    ("total-ink", total_ink),
    ("resolution", resolution),
    ("picture", undetermined_inks),
    ("unjudged", unjudged_inks),
    ("hairline", hairline),
    ("overprint", overprint),
    ("edge", edge),
    ("margin", margin),
)
"""The clause of each rule in ``rules.RULES``, and the function that returns why an object breaks it."""


def format_separations(painted: PaintedObject) -> str:
    """Return the inks of an object as printers write them: ``C 10% K 100%``."""
    letters = dict(zip(PROCESS_COLOURANTS, "CMYK", strict=True))
    return " ".join(
        f"{letters.get(name, name)} {amount:.0%}" for name, amount in painted.separations.items()
    )


def object_findings(page: PreflightPage, requirements: PrintRequirements) -> Iterator[Finding]:
    """Yield one finding for each rule that objects of a page break: the first object, and the count."""
    for clause, rule in OBJECT_RULES:
        violations = [
            (reason, painted)
            for painted in page.painted_objects
            if (reason := rule(painted, page, requirements))
        ]
        if violations:
            reason, painted = violations[0]
            count = (
                translatable(
                    " (and {violations_count} more on this page)",
                    violations_count=len(violations) - 1,
                )
                if violations[1:]
                else ""
            )
            yield finding(clause, join_texts("", (reason, count)), page, box=painted.box)
