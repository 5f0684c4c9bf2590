"""What a print shop asks of each thing that is painted, one rule a function.

Enters: a ``PaintedObject`` on its ``PreflightPage``. Leaves: why it breaks the rule, or nothing. Serves ISO 15930-7:2010, 6.2.4 (colours),
and the habits of print shops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM, expand
from publisher.verify.preflight.colour_spaces import ALL, PROCESS_COLOURANTS
from publisher.verify.preflight.document import (
    BOX_TOLERANCE,
    ERROR,
    WARNING,
    finding,
    lies_within,
    overlaps,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.model import Finding, Severity
    from publisher.verify.preflight.document import PreflightPage
    from publisher.verify.preflight.painted_object import PaintedObject
    from publisher.verify.preflight.requirements import PrintRequirements

HAIRLINE = 0.25
"""Points: a finer line breaks up on the plate."""
SAFE_MARGIN = 3 * MM
"""How near to the cut nothing that matters should stand."""
MAX_UNDERCOLOUR = 0.1
"""Ink under black type of more than this shows at its edges."""
INK_TOLERANCE = 0.05
"""Total ink beyond the limit that is rounding."""


def device_rgb(one: PaintedObject, _leaf: PreflightPage, _requirements: PrintRequirements) -> str:
    """Leave no colour of a screen to the press's guess (6.2.4)."""
    return f"a {one.kind} in {one.space}" if one.device_rgb else ""


def registration(one: PaintedObject, page: PreflightPage, _requirements: PrintRequirements) -> str:
    """Keep the colour that is on every plate for marks."""
    return (
        f"a {one.kind} in the registration colour"
        if ALL in one.separations and overlaps(one.box, page.trim)
        else ""
    )


def rich_black(one: PaintedObject, _leaf: PreflightPage, _requirements: PrintRequirements) -> str:
    """Print black type in black alone."""
    if one.kind not in ("text", "stroke") or ALL in one.separations:
        return ""
    cyan, magenta, yellow, black = (one.separations.get(name, 0.0) for name in PROCESS_COLOURANTS)
    dark = black >= 0.5 and cyan + magenta + yellow > MAX_UNDERCOLOUR
    if not dark and min(cyan, magenta, yellow) < 0.3:
        return ""
    what = f"text “{one.label}”" if one.kind == "text" else "a line"
    return f"{what} in several inks: {format_separations(one)}"


def total_ink(one: PaintedObject, _leaf: PreflightPage, requirements: PrintRequirements) -> str:
    """Let no spot take more ink than the paper does."""
    if ALL in one.separations or one.total <= requirements.max_ink + INK_TOLERANCE:
        return ""
    return f"a {one.kind} with {one.total:.0%} of ink, {requirements.max_ink:.0%} is the most"


def resolution(one: PaintedObject, _leaf: PreflightPage, requirements: PrintRequirements) -> str:
    """Ask of pictures as many pixels as the screen of the press shows."""
    if (
        one.kind != "picture"
        or not one.resolution
        or one.resolution >= requirements.min_resolution - 0.5
    ):
        return ""
    return f"a picture of {one.label} at {one.resolution:.0f} pixels an inch, {requirements.min_resolution:.0f} are wanted"


def inks_error(one: PaintedObject, _leaf: PreflightPage, _requirements: PrintRequirements) -> str:
    """Tell of pictures whose inks nobody could judge."""
    return (
        f"a picture of {one.label} that could not be looked into: {one.inks_error}"
        if one.inks_error
        else ""
    )


def hairline(one: PaintedObject, page: PreflightPage, _requirements: PrintRequirements) -> str:
    """Ask of lines that they are wide enough to print."""
    if (
        one.kind not in ("stroke", "fill")
        or not one.separations
        or not overlaps(one.box, page.trim)
    ):
        return ""
    if not 0 < one.size < HAIRLINE - 0.005:
        return ""
    return f"a line of {one.size:.2f} pt, {HAIRLINE} pt is the finest"


def overprint(one: PaintedObject, _leaf: PreflightPage, _requirements: PrintRequirements) -> str:
    """Let no white overprint: it would not be there."""
    white = one.kind != "picture" and one.space and not one.separations
    return f"a white {one.kind} overprints, so it vanishes" if one.overprints and white else ""


def edge(one: PaintedObject, page: PreflightPage, requirements: PrintRequirements) -> str:
    """Let what reaches the cut go on into the bleed."""
    if (
        one.kind not in ("fill", "picture", "shading")
        or not one.separations
        or not requirements.bleed
    ):
        return ""
    signs = (-1, -1, 1, 1)
    beyond = [(at - cut) * sign for at, cut, sign in zip(one.box, page.trim, signs, strict=True)]
    if not overlaps(one.box, page.trim):
        return ""
    short = any(-BOX_TOLERANCE <= by < requirements.bleed - BOX_TOLERANCE for by in beyond)
    return f"a {one.kind} reaches the cut and does not go on into the bleed" if short else ""


def margin(one: PaintedObject, page: PreflightPage, _requirements: PrintRequirements) -> str:
    """Keep type clear of the cut."""
    if one.kind != "text" or not one.label.strip() or not overlaps(one.box, page.trim):
        return ""
    if lies_within(one.box, expand(page.trim, -SAFE_MARGIN)):
        return ""
    return f"text “{one.label}” stands within {SAFE_MARGIN / MM:.0f} mm of the cut"


OBJECT_RULES: tuple[
    tuple[str, Severity, str, Callable[[PaintedObject, PreflightPage, PrintRequirements], str]], ...
] = (
    ("device-rgb", ERROR, "convert it, or give it a profile (ICCBased)", device_rgb),
    ("registration-colour", ERROR, "print it in black", registration),
    ("rich-black", ERROR, "print it in black alone (K 100 %)", rich_black),
    ("total-ink", ERROR, "convert it with the profile of the paper", total_ink),
    ("resolution", WARNING, "put a larger picture into the source, or show it smaller", resolution),
    ("picture", WARNING, "look at it by eye, or save the file anew", inks_error),
    ("hairline", WARNING, "draw it wider", hairline),
    ("overprint", ERROR, "let white knock out", overprint),
    ("edge", WARNING, "let it go on to the bleed, or end before the cut", edge),
    ("margin", WARNING, "move it in", margin),
)
"""Name, severity and hint of each rule for objects, with what says why one breaks it."""


def format_separations(one: PaintedObject) -> str:
    """Return what an object takes of each ink, as printers write it."""
    letters = dict(zip(PROCESS_COLOURANTS, "CMYK", strict=True))
    return " ".join(
        f"{letters.get(name, name)} {part:.0%}" for name, part in one.separations.items()
    )


def object_findings(page: PreflightPage, requirements: PrintRequirements) -> Iterator[Finding]:
    """Yield what is to be said of a page's objects: of each rule the first place, and how many more."""
    for clause, severity, hint, rule in OBJECT_RULES:
        broken = [
            (why, one) for one in page.painted_objects if (why := rule(one, page, requirements))
        ]
        if broken:
            why, one = broken[0]
            more = f" (and {len(broken) - 1} more on this page)" if len(broken) > 1 else ""
            yield finding(clause, severity, f"{why}{more}", hint, page, box=one.box)
