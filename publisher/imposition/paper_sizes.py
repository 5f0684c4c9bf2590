"""Papers: their names and sizes, and which one holds a block of pages.

Enters: what a person calls a paper, and the room that is needed. Leaves: width and height in points, the
paper turned as the block lies. Serves ISO 216 (A and B) and ISO 217 (RA and SRA).
"""

from __future__ import annotations

import math
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.errors import UsageError
from publisher.pdf.geometry import MM

if TYPE_CHECKING:
    from collections.abc import Mapping

Size = tuple[float, float]
"""Width and height."""

PAPERS_MM: Mapping[str, Size] = MappingProxyType(
    {
        "A0": (841, 1189), "A1": (594, 841), "A2": (420, 594), "A3": (297, 420),
        "A4": (210, 297), "A5": (148, 210), "A6": (105, 148),
        "B0": (1000, 1414), "B1": (707, 1000), "B2": (500, 707), "B3": (353, 500),
        "B4": (250, 353), "B5": (176, 250), "B6": (125, 176),
        "RA0": (860, 1220), "RA1": (610, 860), "RA2": (430, 610), "RA3": (305, 430),
        "RA4": (215, 305),
        "SRA0": (900, 1280), "SRA1": (640, 900), "SRA2": (450, 640), "SRA3": (320, 450),
        "SRA4": (225, 320),
    }
)  # fmt: skip
LARGEST_MM = 5080
"""What a page may measure (ISO 32000-1, annex C.2)."""
SLACK = 0.5 * MM
"""Sizes in whole points and papers in whole millimetres differ by that much and mean the same."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)[x×](\d+(?:\.\d+)?)", re.IGNORECASE)


def paper_for(wanted: str, needed: Size, *, exact: bool) -> Size:
    """Return the paper that is ``wanted`` for a block that needs so much room, in points.

    Where none is wanted it is the room itself (``exact``), or the smallest paper with a name. A paper
    with a name is turned as the block lies; one given by its measures is taken as it is written.
    """
    if not wanted:
        if exact:
            return needed
        name = _smallest(needed)
        if not name:
            raise UsageError(
                f"no paper with a name holds {_mm(needed)}", hint=f"give its size: {_given(needed)}"
            )
        return _turned(name, needed)
    paper = _measured(wanted) or _named(wanted, needed)
    if not _holds(paper, needed):
        raise _too_small(wanted, paper, needed)
    return paper


def _measured(wanted: str) -> Size | None:
    found = _SIZE.fullmatch(wanted.strip())
    if not found:
        return None
    for side in found.groups():
        if not 0 < float(side) <= LARGEST_MM:
            raise UsageError(
                f"paper: {side} mm is no side of a sheet", hint=f"more than 0, {LARGEST_MM} at most"
            )
    return float(found[1]) * MM, float(found[2]) * MM


def _named(wanted: str, needed: Size) -> Size:
    name = wanted.strip().upper()
    if name not in PAPERS_MM:
        raise UsageError(
            f"paper: {wanted!r} is not known",
            hint=f"width x height in millimetres, or one of {', '.join(PAPERS_MM)}",
        )
    return _turned(name, needed)


def _turned(name: str, needed: Size) -> Size:
    """Return a paper lying as the block does, or across it where only so it holds the block."""
    short, long = (side * MM for side in PAPERS_MM[name])
    along, across = (short, long), (long, short)
    if needed[0] > needed[1]:
        along, across = across, along
    return across if _holds(across, needed) and not _holds(along, needed) else along


def _holds(paper: Size, needed: Size) -> bool:
    return needed[0] <= paper[0] + SLACK and needed[1] <= paper[1] + SLACK


def _smallest(needed: Size) -> str:
    fitting = [name for name in PAPERS_MM if _holds(_turned(name, needed), needed)]
    return min(fitting, key=lambda name: math.prod(PAPERS_MM[name]), default="")


def _too_small(wanted: str, paper: Size, needed: Size) -> UsageError:
    lacks = [
        f"{(need - has) / MM:.1f} mm {word}"
        for need, has, word in zip(needed, paper, ("wider", "higher"), strict=True)
        if need > has + SLACK
    ]
    name = _smallest(needed)
    if _holds((paper[1], paper[0]), needed):
        hint = f"it fits the other way round: {_given((paper[1], paper[0]))}"
    elif name:
        hint = f"the smallest that fits is {name} ({_mm(_turned(name, needed))})"
    else:
        hint = f"no paper with a name fits; give its size: {_given(needed)}"
    return UsageError(
        f"paper: {wanted} ({_mm(paper)}) is too small: the block needs {_mm(needed)}, "
        f"{' and '.join(lacks)}",
        hint=hint,
    )


def _mm(size: Size) -> str:
    return " × ".join(f"{round(side / MM, 1):g}" for side in size) + " mm"


def _given(size: Size) -> str:
    return "--paper " + "x".join(str(math.ceil(round(side / MM, 3))) for side in size)
