"""What a person wants of an imposition; what cannot be is refused when it is said.

Enters: the words of a command line. Leaves: an ``ImpositionOptions`` that every later step can honour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.errors import UsageError

SCHEMES = ("booklet", "n-up", "cut-and-stack")
BINDINGS = ("left", "right")
DUPLEX_EDGES = ("long", "short")
MOST_CELLS = 32
"""Columns or rows on one sheet: visiting cards on the largest paper are fewer."""
MOST_BLEED_MM = 50.0
MOST_CREEP_MM = 2.0
"""A sheet: thicker than any board that can be folded."""
_CELLS = re.compile(r"(\d{1,3})[x×](\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpositionOptions:
    """How the pages of a document are put on sheets."""

    scheme: str = "booklet"
    cells: tuple[int, int] | None = None
    """Columns and rows; a booklet has none to choose."""
    signature: int = 0
    """Sheets of a booklet that are folded into one another; 0 for all."""
    creep_mm: float = 0.0
    """How far each sheet of a signature pushes out the next: the thickness of the paper."""
    paper: str = ""
    """A name, or width and height in millimetres; empty for the smallest that fits."""
    bleed_mm: float | None = None
    """How much of the pages' bleed is kept; None for all that there is."""
    marks: bool = False
    binding: str = "left"
    duplex: str = ""
    """The edge over which the press flips a sheet: ``long`` or ``short``; empty for the edge that
    is parallel to the spine, so that the sheet turns like the page of a book."""

    def __post_init__(self) -> None:
        """Refuse what no sheet can be."""
        _require_one_of("scheme", self.scheme, SCHEMES)
        _require_one_of("binding", self.binding, BINDINGS)
        _require_one_of("duplex", self.duplex, ("", *DUPLEX_EDGES))
        if self.scheme == "booklet":
            _require(
                self.cells is None, "a booklet has two cells on each side", "leave out --cells"
            )
        else:
            _require(
                self.cells is not None,
                f"{self.scheme} needs to know its cells",
                "columns x rows: --cells 2x2",
            )
            _require(
                not self.signature and not self.creep_mm,
                f"{self.scheme} folds nothing, so it has no signatures and no creep",
                "leave out --signature and --creep, or choose --scheme booklet",
            )
        for number in self.cells or ():
            _require(
                1 <= number <= MOST_CELLS,
                f"cells: {number} is not from 1 to {MOST_CELLS}",
                "columns x rows: --cells 2x2",
            )
        _require(
            self.signature >= 0,
            f"signature: {self.signature} is no number of sheets",
            "how many sheets are folded into one another, or 0 for all",
        )
        self._require_lengths()

    def _require_lengths(self) -> None:
        _require(
            0 <= self.creep_mm <= MOST_CREEP_MM,
            f"creep: {self.creep_mm} is not from 0 to {MOST_CREEP_MM:g}",
            "the thickness of a sheet in millimetres: 0.1 for ordinary paper",
        )
        _require(
            self.bleed_mm is None or 0 <= self.bleed_mm <= MOST_BLEED_MM,
            f"bleed: {self.bleed_mm} is not from 0 to {MOST_BLEED_MM:g}",
            "in millimetres: 3 is usual",
        )

    @property
    def grid(self) -> tuple[int, int]:
        """Columns and rows of cells on a side."""
        return self.cells or (2, 1)


def cells_of(text: str) -> tuple[int, int]:
    """Read ``2x3``: columns and rows."""
    found = _CELLS.fullmatch(text.strip())
    if not found:
        raise UsageError(f"cells: {text!r} is not columns x rows", hint="as in --cells 2x2")
    return int(found[1]), int(found[2])


def _require_one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    _require(
        value in known,
        f"{name}: {value!r} is not known",
        f"one of {', '.join(filter(None, known))}",
    )


def _require(condition: bool, message: str, hint: str) -> None:  # noqa: FBT001 - what is asked
    if not condition:
        raise UsageError(message, hint=hint)
