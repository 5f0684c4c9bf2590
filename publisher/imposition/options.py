"""The options of an imposition.

Invalid values and combinations raise ``UsageError`` when the options are created.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.errors import UsageError
from publisher.messages import join_texts, translatable
from publisher.text.name_suggestions import suggest_name

SCHEMES = ("booklet", "n-up", "cut-and-stack")
BINDINGS = ("left", "right")
DUPLEX_EDGES = ("long", "short")
MAX_CELLS = 32
"""Largest number of columns or rows; business cards on the largest paper need fewer."""
MAX_BLEED_MM = 50.0
MAX_CREEP_MM = 2.0
"""Largest thickness of a sheet; thicker board cannot be folded."""
_CELLS = re.compile(r"(\d{1,3})\s*[x×*＊乘]\s*(\d{1,3})", re.IGNORECASE)
_CELLS_EXAMPLE = (2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpositionOptions:
    """The scheme, the paper and the marks of an imposition."""

    scheme: str = "booklet"
    """``booklet``, ``n-up`` or ``cut-and-stack``."""
    cells: tuple[int, int] | None = None
    """Columns and rows on a side; required for all schemes but ``booklet``, which has none."""
    signature: int = 0
    """Number of sheets of a booklet that are folded into one another; 0 for all."""
    creep_mm: float = 0.0
    """Thickness of a sheet, by which the pages of each inner sheet move towards the fold."""
    paper: str = ""
    """A name, or width and height in millimetres such as ``320x450``; empty for the smallest that fits."""
    bleed_mm: float | None = None
    """Bleed to keep, at most that of the pages; ``None`` for all of it."""
    marks: bool = False
    """Whether crop, fold and registration marks are painted."""
    binding: str = "left"
    """The side of the spine: ``left`` or ``right``."""
    duplex: str = ""
    """The edge over which the press flips a sheet: ``long`` or ``short``; empty for the edge that
    is parallel to the spine, so that the sheet turns like the page of a book."""

    def __post_init__(self) -> None:
        """Raise ``UsageError`` for invalid values or combinations."""
        _require_one_of("scheme", self.scheme, SCHEMES)
        _require_one_of("binding", self.binding, BINDINGS)
        _require_one_of("duplex", self.duplex, ("", *DUPLEX_EDGES))
        if self.scheme == "booklet":
            _require(
                self.cells is None, "a booklet always has two cells on each side", "omit --cells"
            )
        else:
            _require(
                self.cells is not None,
                translatable("{scheme} needs the number of cells", scheme=self.scheme),
                "columns x rows: --cells 2x2",
            )
            _require(
                not self.signature and not self.creep_mm,
                translatable(
                    "{scheme} has no folds, so it has no signatures and no creep",
                    scheme=self.scheme,
                ),
                "omit --signature and --creep, or choose --scheme booklet",
            )
        _require(
            self.cells is None or _is_two_numbers(self.cells),
            translatable("cells: {cells!r} is not two whole numbers", cells=str(self.cells)),
            translatable("columns and rows: {cells!r}", cells=_CELLS_EXAMPLE),
        )
        for number in self.cells or ():
            _require(
                1 <= number <= MAX_CELLS,
                translatable(
                    "cells: {number} is not in the range from 1 to {max_cells}",
                    number=number,
                    max_cells=MAX_CELLS,
                ),
                "columns x rows: --cells 2x2",
            )
        _require(
            self.signature >= 0,
            translatable(
                "signature: {signature} is not a number of sheets", signature=self.signature
            ),
            "the number of sheets that are folded into one another, or 0 for all",
        )
        self._require_lengths()

    def _require_lengths(self) -> None:
        _require(
            0 <= self.creep_mm <= MAX_CREEP_MM,
            translatable(
                "creep: {creep_mm} is not in the range from 0 to {max_creep_mm:g}",
                creep_mm=self.creep_mm,
                max_creep_mm=MAX_CREEP_MM,
            ),
            "the thickness of a sheet in millimetres: 0.1 for ordinary paper",
        )
        _require(
            self.bleed_mm is None or 0 <= self.bleed_mm <= MAX_BLEED_MM,
            translatable(
                "bleed: {bleed_mm} is not in the range from 0 to {max_bleed_mm:g}",
                bleed_mm=self.bleed_mm,
                max_bleed_mm=MAX_BLEED_MM,
            ),
            "in millimetres; 3 is usual",
        )

    @property
    def grid(self) -> tuple[int, int]:
        """Columns and rows of cells on a side, also for a booklet."""
        return self.cells or (2, 1)


def _is_two_numbers(cells: object) -> bool:
    """Return whether an object, which a program may have given, is columns and rows."""
    return (
        isinstance(cells, tuple)
        and len(cells) == len(_CELLS_EXAMPLE)
        and all(isinstance(number, int) for number in cells)
    )


def parse_cells(text: str) -> tuple[int, int]:
    """Return columns and rows of a text such as ``2x3``; raise ``UsageError`` for any other text."""
    match = _CELLS.fullmatch(text.strip())
    if not match:
        raise UsageError(
            translatable("cells: {text!r} is not columns x rows", text=text),
            hint="for example --cells 2x2",
        )
    return int(match[1]), int(match[2])


def _require_one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    _require(
        value in known,
        translatable("{name}: {value!r} is not known", name=name, value=value),
        suggest_name(
            value,
            tuple(filter(None, known)),
            translatable("one of {names}", names=join_texts(", ", filter(None, known))),
        ),
    )


def _require(condition: bool, message: str, hint: str) -> None:  # noqa: FBT001 - the condition to check
    if not condition:
        raise UsageError(message, hint=hint)
