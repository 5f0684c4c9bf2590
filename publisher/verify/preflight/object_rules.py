"""What a print shop asks of each thing that is painted, one rule a function.

Enters: a ``Painted`` on its ``Leaf``. Leaves: why it breaks the rule, or nothing. Serves ISO 15930-7:2010, 6.2.4 (colours),
and the habits of print shops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.pdf.geometry import MM, grown
from publisher.verify.preflight.colours import ALL, PROCESS
from publisher.verify.preflight.document import (
    ERROR,
    NEAR,
    WARNING,
    finding,
    inside,
    touches,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.model import Finding, Severity
    from publisher.verify.preflight.document import Leaf
    from publisher.verify.preflight.painted_items import Painted
    from publisher.verify.preflight.request import Wanted

HAIRLINE = 0.25
"""Points: a finer line breaks up on the plate."""
SAFE = 3 * MM
"""How near to the cut nothing that matters should stand."""
RICH = 0.1
"""Ink under black type of more than this shows at its edges."""
OVER = 0.05
"""Total ink beyond the limit that is rounding."""


def device_rgb(one: Painted, _leaf: Leaf, _wanted: Wanted) -> str:
    """Leave no colour of a screen to the press's guess (6.2.4)."""
    return f"a {one.kind} in {one.space}" if one.device_rgb else ""


def registration(one: Painted, leaf: Leaf, _wanted: Wanted) -> str:
    """Keep the colour that is on every plate for marks."""
    return (
        f"a {one.kind} in the registration colour"
        if ALL in one.plates and touches(one.box, leaf.trim)
        else ""
    )


def rich_black(one: Painted, _leaf: Leaf, _wanted: Wanted) -> str:
    """Print black type in black alone."""
    if one.kind not in ("text", "stroke") or ALL in one.plates:
        return ""
    cyan, magenta, yellow, black = (one.plates.get(name, 0.0) for name in PROCESS)
    dark = black >= 0.5 and cyan + magenta + yellow > RICH
    if not dark and min(cyan, magenta, yellow) < 0.3:
        return ""
    what = f"text “{one.told}”" if one.kind == "text" else "a line"
    return f"{what} in several inks: {inks_told(one)}"


def total_ink(one: Painted, _leaf: Leaf, wanted: Wanted) -> str:
    """Let no spot take more ink than the paper does."""
    if ALL in one.plates or one.total <= wanted.most_ink + OVER:
        return ""
    return f"a {one.kind} with {one.total:.0%} of ink, {wanted.most_ink:.0%} is the most"


def resolution(one: Painted, _leaf: Leaf, wanted: Wanted) -> str:
    """Ask of pictures as many pixels as the screen of the press shows."""
    if (
        one.kind != "picture"
        or not one.resolution
        or one.resolution >= wanted.least_resolution - 0.5
    ):
        return ""
    return f"a picture of {one.told} at {one.resolution:.0f} pixels an inch, {wanted.least_resolution:.0f} are wanted"


def unjudged(one: Painted, _leaf: Leaf, _wanted: Wanted) -> str:
    """Tell of pictures whose inks nobody could judge."""
    return (
        f"a picture of {one.told} that could not be looked into: {one.unjudged}"
        if one.unjudged
        else ""
    )


def hairline(one: Painted, leaf: Leaf, _wanted: Wanted) -> str:
    """Ask of lines that they are wide enough to print."""
    if one.kind not in ("stroke", "fill") or not one.plates or not touches(one.box, leaf.trim):
        return ""
    if not 0 < one.size < HAIRLINE - 0.005:
        return ""
    return f"a line of {one.size:.2f} pt, {HAIRLINE} pt is the finest"


def overprint(one: Painted, _leaf: Leaf, _wanted: Wanted) -> str:
    """Let no white overprint: it would not be there."""
    white = one.kind != "picture" and one.space and not one.plates
    return f"a white {one.kind} overprints, so it vanishes" if one.overprints and white else ""


def edge(one: Painted, leaf: Leaf, wanted: Wanted) -> str:
    """Let what reaches the cut go on into the bleed."""
    if one.kind not in ("fill", "picture", "shading") or not one.plates or not wanted.bleed:
        return ""
    signs = (-1, -1, 1, 1)
    beyond = [(at - cut) * sign for at, cut, sign in zip(one.box, leaf.trim, signs, strict=True)]
    if not touches(one.box, leaf.trim):
        return ""
    short = any(-NEAR <= by < wanted.bleed - NEAR for by in beyond)
    return f"a {one.kind} reaches the cut and does not go on into the bleed" if short else ""


def margin(one: Painted, leaf: Leaf, _wanted: Wanted) -> str:
    """Keep type clear of the cut."""
    if one.kind != "text" or not one.told.strip() or not touches(one.box, leaf.trim):
        return ""
    if inside(one.box, grown(leaf.trim, -SAFE)):
        return ""
    return f"text “{one.told}” stands within {SAFE / MM:.0f} mm of the cut"


OBJECT_RULES: tuple[tuple[str, Severity, str, Callable[[Painted, Leaf, Wanted], str]], ...] = (
    ("device-rgb", ERROR, "convert it, or give it a profile (ICCBased)", device_rgb),
    ("registration-colour", ERROR, "print it in black", registration),
    ("rich-black", ERROR, "print it in black alone (K 100 %)", rich_black),
    ("total-ink", ERROR, "convert it with the profile of the paper", total_ink),
    ("resolution", WARNING, "put a larger picture into the source, or show it smaller", resolution),
    ("picture", WARNING, "look at it by eye, or save the file anew", unjudged),
    ("hairline", WARNING, "draw it wider", hairline),
    ("overprint", ERROR, "let white knock out", overprint),
    ("edge", WARNING, "let it go on to the bleed, or end before the cut", edge),
    ("margin", WARNING, "move it in", margin),
)
"""Name, severity and hint of each rule for objects, with what says why one breaks it."""


def inks_told(one: Painted) -> str:
    """Return what an object takes of each ink, as printers write it."""
    letters = dict(zip(PROCESS, "CMYK", strict=True))
    return " ".join(f"{letters.get(name, name)} {part:.0%}" for name, part in one.plates.items())


def object_findings(leaf: Leaf, wanted: Wanted) -> Iterator[Finding]:
    """Yield what is to be said of a page's objects: of each rule the first place, and how many more."""
    for clause, severity, hint, rule in OBJECT_RULES:
        broken = [(why, one) for one in leaf.painted if (why := rule(one, leaf, wanted))]
        if broken:
            why, one = broken[0]
            more = f" (and {len(broken) - 1} more on this page)" if len(broken) > 1 else ""
            yield finding(clause, severity, f"{why}{more}", hint, leaf, box=one.box)
