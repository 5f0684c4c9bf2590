"""Which areas of pages are blank: what a signature may be drawn on without covering anything.

Input: the bytes of a PDF, and areas. Output: whether all are blank. PDFium renders, in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROGRAM = Path(__file__).with_name("blank_area_program.py")
_MAX_SECONDS: Final = 120


def are_blank(data: bytes, areas: Sequence[tuple[int, list[float]]]) -> bool:
    """Return whether areas of a file have nothing on them; false if its pages cannot be rendered.

    Args:
        data: The bytes of a PDF.
        areas: The index of a page, and left, bottom, right and top in points.

    """
    order = json.dumps([[number, *box] for number, box in areas]).encode()
    try:
        process = subprocess.run(  # noqa: S603 - this interpreter with a program of this package
            [sys.executable, "-P", str(_PROGRAM)],
            input=b"\n".join([order, data]),
            capture_output=True,
            timeout=_MAX_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    if process.returncode:
        return False
    answers: list[bool] = json.loads(process.stdout)
    return len(answers) == len(areas) and all(answers)
