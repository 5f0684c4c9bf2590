"""The position of each page on its sheet: rectangles and matrices, creep, rotation, cuts and folds.

Input: sheets with their cells, the pages' boxes, and the options. Output: for each side of each sheet its boxes (ISO 32000-1,
14.11.2) and its pages, in points. The block of pages is centred on the paper, so front and back register over
whichever edge the press flips the sheet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.errors import UsageError
from publisher.imposition.paper_sizes import choose_paper
from publisher.imposition.schemes import BLANK
from publisher.messages import translatable
from publisher.pdf.geometry import MM, Rectangle, expand
from publisher.pdf.printer_marks import MARKS_MARGIN, CutsAndFolds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.imposition.options import ImpositionOptions
    from publisher.imposition.paper_sizes import Size
    from publisher.imposition.schemes import Sheet

Matrix = tuple[float, float, float, float, float, float]
"""The operands of ``cm`` (ISO 32000-1, 8.3.4)."""

TOLERANCE = 0.2 * MM
"""Tolerance for sizes in whole points and in whole millimetres; cutting is less precise than this."""
MAX_PAGE_POINTS = 14_400
"""Largest side of a page in points (ISO 32000-1, annex C.2)."""
MAX_CREEP_FRACTION = 1 / 20
"""Largest part of a page's width that creep may use; the inner margin of a page for binding is larger."""
_QUARTERS: dict[int, tuple[int, int, int, int]] = {
    0: (1, 0, 0, 1),
    90: (0, -1, 1, 0),
    180: (-1, 0, 0, -1),
    270: (0, 1, -1, 0),
}
"""Linear parts of the rotation matrices by the clockwise angle in a page's Rotate entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """The boxes of a page in its own user space, and its rotation and scale."""

    trim: Rectangle
    bleed: Rectangle
    """The bleed box; it contains the trim box."""
    rotate: int = 0
    """Clockwise rotation in degrees: 0, 90, 180 or 270."""
    unit: float = 1.0
    """Length of a unit of its user space in points (UserUnit)."""

    @property
    def size(self) -> Size:
        """Width and height of the trim box in points, after rotation."""
        left, bottom, right, top = transform_box(self.linear, self.trim)
        return right - left, top - bottom

    @property
    def bleed_width(self) -> float:
        """The largest distance between the trim box and the bleed box, in points."""
        pairs = zip(self.bleed, self.trim, strict=True)
        return max(abs(outer - inner) for outer, inner in pairs) * self.unit

    @property
    def linear(self) -> Matrix:
        """The matrix of the rotation and the scale, without translation."""
        a, b, c, d = (part * self.unit for part in _QUARTERS[self.rotate])
        return a, b, c, d, 0, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A page on a side of a sheet."""

    page: int
    """The page number, from 1."""
    matrix: Matrix
    """The transformation from the page's user space to the sheet's."""
    trim: Rectangle
    """The trim box on the sheet."""
    clip: Rectangle
    """The part of the sheet on which the page is visible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side of a sheet."""

    placements: tuple[Placement, ...]
    trim: Rectangle
    """The block of trimmed pages."""
    bleed: Rectangle
    cuts_and_folds: CutsAndFolds


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The sides of all sheets, front and back alternating."""

    paper: Size
    bleed: float
    """The bleed that is kept, in points."""
    duplex: str
    """The edge over which the press flips a sheet: ``long`` or ``short``."""
    sides: tuple[Side, ...]


def lay_out(
    sheets: Sequence[Sheet], pages: Sequence[SourcePage], options: ImpositionOptions
) -> Layout:
    """Compute the layout of all sheets; raise ``UsageError`` if the paper or the inner margin is too small."""
    grid = _SheetGrid(pages, options)
    grid.require_creep_fits(max(sheet.depth for sheet in sheets))
    spine_edge = "short" if grid.paper[0] > grid.paper[1] else "long"
    duplex = options.duplex or spine_edge
    sides: list[Side] = []
    for sheet in sheets:
        sides.append(grid.side(sheet.front, sheet.depth))
        back = grid.side(sheet.back, sheet.depth)
        sides.append(back if duplex == spine_edge else _rotate_half_turn(back, grid.paper))
    return Layout(paper=grid.paper, bleed=grid.bleed, duplex=duplex, sides=tuple(sides))


def align_orientations(pages: Sequence[SourcePage]) -> tuple[SourcePage, ...]:
    """Rotate landscape pages of a portrait document, and the reverse, by a quarter turn with the top to the left.

    These are the pages whose size is the most frequent size with width and height exchanged, such as pages with
    wide tables.
    """
    sizes = Counter((round(page.size[0]), round(page.size[1])) for page in pages)
    width, height = sizes.most_common(1)[0][0]
    return tuple(
        replace(page, rotate=(page.rotate + 270) % 360)
        if _is_about(page.size, (height, width)) and not _is_about(page.size, (width, height))
        else page
        for page in pages
    )


def _is_about(size: tuple[float, float], other: tuple[float, float]) -> bool:
    """Return whether two sizes differ by at most a point."""
    return all(abs(a - b) <= 1 for a, b in zip(size, other, strict=True))


class _SheetGrid:
    """The cells of a sheet; they are the same on all sheets except for creep."""

    def __init__(self, pages: Sequence[SourcePage], options: ImpositionOptions) -> None:
        self._pages = pages
        self._options = options
        self._is_folded = options.scheme == "booklet"
        columns, rows = options.grid
        available_bleed = max(page.bleed_width for page in pages)
        self.bleed = (
            available_bleed
            if options.bleed_mm is None
            else min(available_bleed, options.bleed_mm * MM)
        )
        gap = 0 if self._is_folded else 2 * self.bleed
        self._width = max(page.size[0] for page in pages)
        self._height = max(page.size[1] for page in pages)
        width = columns * self._width + (columns - 1) * gap
        height = rows * self._height + (rows - 1) * gap
        margins = 2 * (self.bleed + (MARKS_MARGIN if options.marks else 0))
        needed = (width + margins, height + margins)
        self.paper = self._choose_paper(needed, margins)
        if max(self.paper) > MAX_PAGE_POINTS:
            raise UsageError(
                translatable(
                    "sheets of {width:.0f} × {height:.0f} mm are too large: the longest side of a page "
                    "in PDF is {max_page_points:.0f} mm",
                    width=self.paper[0] / MM,
                    height=self.paper[1] / MM,
                    max_page_points=MAX_PAGE_POINTS / MM,
                ),
                hint="check the pages' boxes and their UserUnit",
            )
        left, bottom = (self.paper[0] - width) / 2, (self.paper[1] - height) / 2
        self._trim = (left, bottom, left + width, bottom + height)
        self._lefts = [left + column * (self._width + gap) for column in range(columns)]
        self._bottoms = [bottom + row * (self._height + gap) for row in reversed(range(rows))]

    def _choose_paper(self, needed: Size, margins: float) -> Size:
        """Return the paper; if it is too small only because of bleed and marks, the hint says so."""
        paper = self._options.paper
        try:
            return choose_paper(paper, needed, exact=self._is_folded)
        except UsageError as error:
            without_margins = needed[0] - margins, needed[1] - margins
            try:
                choose_paper(paper, without_margins, exact=self._is_folded)
            except UsageError:
                raise error from None
            hint = (
                "{hint}; or use --bleed 0 and omit --marks"
                if self._options.marks
                else "{hint}; or use --bleed 0"
            )
            raise UsageError(
                error.message,
                hint=translatable(hint, hint=error.hint),
            ) from error

    def require_creep_fits(self, max_depth: int) -> None:
        """Raise ``UsageError`` if creep would move the pages of the innermost sheet into the fold."""
        shift, limit = self._creep(max_depth), self._width * MAX_CREEP_FRACTION
        if shift > limit:
            sheets = int(limit / (self._options.creep_mm * MM)) + 1
            raise UsageError(
                translatable(
                    "creep: the pages of the innermost sheet would move {shift:.1f} mm towards the fold; "
                    "a page {width:.0f} mm wide allows {limit:.1f} mm",
                    shift=shift / MM,
                    width=self._width / MM,
                    limit=limit / MM,
                ),
                hint=translatable(
                    "fold fewer sheets into one another: --signature {sheets} or less",
                    sheets=sheets,
                ),
            )

    def _creep(self, depth: int) -> float:
        """Return the shift of the pages of a sheet towards the fold, in points."""
        return self._options.creep_mm * MM * depth

    def side(self, cells: Sequence[int], depth: int) -> Side:
        """Return a side; the back is seen as after turning the sheet like the page of a book."""
        shift = self._creep(depth)
        left, bottom, right, top = self._trim
        trim = (left + shift, bottom, right - shift, top)
        corners = ((x, y) for y in self._bottoms for x in self._lefts)
        return Side(
            placements=tuple(
                self._position_page(page, x, y, shift)
                for page, (x, y) in zip(cells, corners, strict=True)
                if page != BLANK
            ),
            trim=trim,
            bleed=expand(trim, self.bleed),
            cuts_and_folds=self._cuts_and_folds(),
        )

    def _cuts_and_folds(self) -> CutsAndFolds:
        """Return the positions of cuts and folds within the block of pages."""
        if self._is_folded:
            return CutsAndFolds(fold_xs=(self._lefts[1],))
        left, bottom, right, top = self._trim
        return CutsAndFolds(
            cut_xs=_inner_edges(self._lefts, self._width, (left, right)),
            cut_ys=_inner_edges(self._bottoms, self._height, (bottom, top)),
        )

    def _position_page(self, number: int, x: float, y: float, shift: float) -> Placement:
        """Place a page in the cell with the lower left corner (x, y), shifted towards its spine.

        A page that is smaller than its cell is placed at its spine, or in the middle if it has none.
        """
        page = self._pages[number - 1]
        width, height = page.size
        right = x + self._width
        lefts_by_spine = {"left": x - shift, "right": right - width + shift}
        spine = self._spine(number)
        left = lefts_by_spine.get(spine, x + (self._width - width) / 2)
        bottom = y + (self._height - height) / 2
        trim = (left, bottom, left + width, bottom + height)
        cell = (
            x + shift if spine == "right" else x,
            y,
            right - shift if spine == "left" else right,
            y + self._height,
        )
        clip = _clip_box(trim, cell, self.bleed)
        if self._is_folded:
            clip = (x, *clip[1:]) if spine == "left" else (*clip[:2], right, clip[3])
        matrix = _placement_matrix(page, left, bottom)
        return Placement(page=number, matrix=matrix, trim=trim, clip=clip)

    def _spine(self, number: int) -> str:
        """Return the side of a page's spine; empty if it has none."""
        if self._options.scheme == "n-up":
            return ""
        other = {"left": "right", "right": "left"}[self._options.binding]
        return self._options.binding if number % 2 else other


def _clip_box(trim: Rectangle, cell: Rectangle, bleed: float) -> Rectangle:
    """Return the trim box extended by the bleed on those sides where it coincides with the cell's edge."""
    left, bottom, right, top = (
        bleed if abs(trim_edge - cell_edge) <= TOLERANCE else 0
        for trim_edge, cell_edge in zip(trim, cell, strict=True)
    )
    return trim[0] - left, trim[1] - bottom, trim[2] + right, trim[3] + top


def _inner_edges(
    starts: Iterable[float], length: float, block_edges: tuple[float, float]
) -> tuple[float, ...]:
    """Return the edges of cells without the edges of the block; a common edge of two cells occurs once."""
    inner_edges: list[float] = []
    for edge in sorted(end for start in starts for end in (start, start + length)):
        if all(abs(edge - other) > TOLERANCE for other in (*block_edges, *inner_edges[-1:])):
            inner_edges.append(edge)
    return tuple(inner_edges)


def _placement_matrix(page: SourcePage, left: float, bottom: float) -> Matrix:
    """Return the matrix that moves the lower left corner of the rotated page to a point."""
    x, y, _, _ = transform_box(page.linear, page.trim)
    return (*page.linear[:4], left - x, bottom - y)


def _rotate_half_turn(side: Side, paper: Size) -> Side:
    """Return a back rotated by half a turn, for a press that flips the sheet over the other edge."""
    half_turn: Matrix = (-1, 0, 0, -1, *paper)
    placements = tuple(
        Placement(
            page=placement.page,
            matrix=_multiply(placement.matrix, half_turn),
            trim=transform_box(half_turn, placement.trim),
            clip=transform_box(half_turn, placement.clip),
        )
        for placement in side.placements
    )
    return replace(side, placements=placements)  # the centred block is symmetric


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def transform_box(matrix: Matrix, box: Rectangle) -> Rectangle:
    """Return a rectangle transformed by a matrix whose rotation is a multiple of a quarter turn."""
    a, b, c, d, e, f = matrix
    corners = ((box[0], box[1]), (box[2], box[3]))
    xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x, y in corners), strict=True)
    return min(xs), min(ys), max(xs), max(ys)
