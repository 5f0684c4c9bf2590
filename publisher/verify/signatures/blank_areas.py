"""What is printed in areas of pages, and whether a signature in them leaves it visible.

Input: the bytes of a PDF before and after an update, and areas. Output: a ``Ground`` for each. PDFium renders, in a
process of its own.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from publisher.system.limited_program import ProgramError, ProgramLimits, run_limited

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROGRAM = Path(__file__).with_name("blank_area_program.py")
_LIMITS: Final = ProgramLimits(megabytes=2048, seconds=60)


class Ground(StrEnum):
    """What an area of a page has on it."""

    BLANK = "blank"
    """Nothing."""
    KEPT = "kept"
    """Something that is as visible after the update as before."""
    COVERED = "covered"
    """Something else, or it is not known what."""


def grounds(earlier: bytes, later: bytes, areas: Sequence[tuple[int, list[float]]]) -> list[Ground]:
    """Return what areas of a file have on them; ``COVERED`` if its pages cannot be rendered.

    Args:
        earlier: The bytes of a PDF.
        later: The same with an update.
        areas: The index of a page, and left, bottom, right and top in points.

    """
    order = {"length": len(earlier), "areas": [[number, *box] for number, box in areas]}
    unknown = [Ground.COVERED for _ in areas]
    try:
        files = b"".join([json.dumps(order).encode(), b"\n", earlier, later])
        words = run_limited(_PROGRAM, files, limits=_LIMITS)
    except ProgramError:
        return unknown
    answers = [Ground(word) for word in words]
    return answers if len(answers) == len(areas) else unknown
