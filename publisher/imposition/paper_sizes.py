"""Paper sizes (ISO 216: A and B; ISO 217: RA and SRA; the sizes of Chinese books), and the choice of a paper for a block of pages.

Input: the name or the size of a paper, and the size that is needed. Output: width and height in points.
"""

from __future__ import annotations

import math
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.errors import UsageError
from publisher.messages import join_texts, translatable
from publisher.pdf.geometry import MM

if TYPE_CHECKING:
    from collections.abc import Mapping

Size = tuple[float, float]
"""Width and height."""

PAPER_SIZES_MM: Mapping[str, Size] = MappingProxyType(
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
CHINESE_SIZES_MM: Mapping[str, Size] = MappingProxyType(
    {
        "大16开": (210, 285), "16开": (185, 260), "大32开": (140, 203), "32开": (130, 184),
        "大8开": (285, 420), "8开": (260, 370), "正度对开": (520, 740), "大度对开": (570, 840),
        "正度全张": (787, 1092), "大度全张": (889, 1194),
    }
)  # fmt: skip
"""Trimmed pages of a book, and sheets; GB/T 788 and the paper trade."""
_NAMED_SIZES_MM = {**PAPER_SIZES_MM, **CHINESE_SIZES_MM}
MAX_PAGE_MM = 5080
"""Largest side of a page in PDF (ISO 32000-1, annex C.2)."""
TOLERANCE = 0.5 * MM
"""Tolerance for page sizes in whole points and paper sizes in whole millimetres."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)[x×](\d+(?:\.\d+)?)", re.IGNORECASE)


def choose_paper(paper: str, needed: Size, *, exact: bool) -> Size:
    """Return the paper for a block that needs a size in points.

    A named paper is rotated to the orientation of the block; a paper given by width and height is not rotated.

    Args:
        paper: A name, or width and height in millimetres such as ``320x450``; empty to choose a paper.
        needed: The width and the height that the block needs.
        exact: If no paper is given, whether to return the needed size instead of the smallest named paper.

    Raises:
        UsageError: If the paper is not known or is too small.
    """
    if not paper:
        if exact:
            return needed
        name = _smallest_paper(needed)
        if not name:
            raise UsageError(
                translatable("no named paper is as large as {mm}", mm=_format_mm(needed)),
                hint=translatable("give the size: {option}", option=_paper_option(needed)),
            )
        return _oriented_size(name, needed)
    size = _parse_size(paper) or _named_size(paper, needed)
    if not _fits(size, needed):
        raise _too_small_error(paper, size, needed)
    return size


def _parse_size(paper: str) -> Size | None:
    match = _SIZE.fullmatch(paper.strip())
    if not match:
        return None
    for side in match.groups():
        if not 0 < float(side) <= MAX_PAGE_MM:
            raise UsageError(
                translatable("paper: {length} mm is not a valid side length", length=side),
                hint=translatable(
                    "more than 0 and at most {max_page_mm} mm", max_page_mm=MAX_PAGE_MM
                ),
            )
    return float(match[1]) * MM, float(match[2]) * MM


def _named_size(paper: str, needed: Size) -> Size:
    name = paper.strip().upper().replace("開", "开").replace("張", "张")
    if name not in _NAMED_SIZES_MM:
        sizes = [size for size in _NAMED_SIZES_MM if name and size.endswith(name)]
        raise UsageError(
            translatable("paper: {paper!r} is not known", paper=paper),
            hint=translatable(
                "width x height in millimetres, or one of {paper_sizes_mm}",
                paper_sizes_mm=join_texts(", ", sizes or _NAMED_SIZES_MM),
            ),
        )
    return _oriented_size(name, needed)


def _oriented_size(name: str, needed: Size) -> Size:
    """Return a paper in the orientation of the block, or in the other one if the block fits only there."""
    short, long = (side * MM for side in _NAMED_SIZES_MM[name])
    same, other = (short, long), (long, short)
    if needed[0] > needed[1]:
        same, other = other, same
    return other if _fits(other, needed) and not _fits(same, needed) else same


def _fits(paper: Size, needed: Size) -> bool:
    return needed[0] <= paper[0] + TOLERANCE and needed[1] <= paper[1] + TOLERANCE


def _smallest_paper(needed: Size) -> str:
    """Return the name of the smallest paper that is large enough; empty if there is none."""
    fitting = [name for name in PAPER_SIZES_MM if _fits(_oriented_size(name, needed), needed)]
    return min(fitting, key=lambda name: math.prod(PAPER_SIZES_MM[name]), default="")


_MISSING = ("{millimetres:.1f} mm wider", "{millimetres:.1f} mm higher")
"""What a paper lacks in its two directions."""


def _too_small_error(paper: str, size: Size, needed: Size) -> UsageError:
    missing = [
        translatable(template, millimetres=(needed_side - side) / MM)
        for needed_side, side, template in zip(needed, size, _MISSING, strict=True)
        if needed_side > side + TOLERANCE
    ]
    name = _smallest_paper(needed)
    if _fits((size[1], size[0]), needed):
        hint = translatable(
            "it fits in the other orientation: {option}",
            option=_paper_option((size[1], size[0])),
        )
    elif name:
        hint = translatable(
            "the smallest that fits is {name} ({mm})",
            name=name,
            mm=_format_mm(_oriented_size(name, needed)),
        )
    else:
        hint = translatable(
            "no named paper is large enough; give the size: {option}",
            option=_paper_option(needed),
        )
    return UsageError(
        translatable(
            "paper: {paper} ({mm}) is too small: the block needs {needed}, {missing}",
            paper=paper,
            mm=_format_mm(size),
            needed=_format_mm(needed),
            missing=join_texts(" and ", missing),
        ),
        hint=hint,
    )


def _format_mm(size: Size) -> str:
    return " × ".join(f"{round(side / MM, 1):g}" for side in size) + " mm"


def _paper_option(size: Size) -> str:
    return "--paper " + "x".join(str(math.ceil(round(side / MM, 3))) for side in size)
