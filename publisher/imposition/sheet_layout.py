"""Where each page comes to lie on its sheet: rectangles and matrices, creep, turning, cuts and folds.

Enters: sheets with their cells, the pages' boxes, what is wanted. Leaves: for each side of each sheet its
boxes (ISO 32000-1, 14.11.2) and its pages, in points. The block of pages is in the middle of the paper,
so that whichever way the press turns a sheet, what stands behind a cell lies exactly on it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.errors import UsageError
from publisher.imposition.paper_sizes import paper_for
from publisher.imposition.schemes import BLANK
from publisher.pdf.geometry import MM, Rectangle, expand
from publisher.pdf.printer_marks import MARKS_MARGIN, CutsAndFolds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.imposition.options import ImpositionOptions
    from publisher.imposition.paper_sizes import Size
    from publisher.imposition.schemes import Sheet

Matrix = tuple[float, float, float, float, float, float]
"""As ``cm`` takes it (ISO 32000-1, 8.3.4)."""

SAME = 0.2 * MM
"""Sizes in whole points and in whole millimetres differ by less, and no knife cuts finer."""
LARGEST = 14_400
"""Points: the largest page (ISO 32000-1, Annex C.2)."""
MOST_SHIFT = 1 / 20
"""How much of a page's width creep may take: an inner margin is more, in any page made for binding."""
_QUARTERS: dict[int, tuple[int, int, int, int]] = {
    0: (1, 0, 0, 1),
    90: (0, -1, 1, 0),
    180: (-1, 0, 0, -1),
    270: (0, 1, -1, 0),
}
"""Clockwise turns, as a page's Rotate counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """A page's boxes in its own user space, and how a viewer shows it."""

    trim: Rectangle
    bleed: Rectangle
    """The trim box or more."""
    rotate: int = 0
    unit: float = 1.0
    """Points in a unit of its user space (UserUnit)."""

    @property
    def size(self) -> Size:
        """Width and height once it is cut, as one sees it."""
        left, bottom, right, top = applied(self.linear, self.trim)
        return right - left, top - bottom

    @property
    def own_bleed(self) -> float:
        """How far its bleed goes where it goes furthest."""
        pairs = zip(self.bleed, self.trim, strict=True)
        return max(abs(outer - inner) for outer, inner in pairs) * self.unit

    @property
    def linear(self) -> Matrix:
        """What turns and scales it, and does not yet move it."""
        a, b, c, d = (part * self.unit for part in _QUARTERS[self.rotate])
        return a, b, c, d, 0, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A page on a side of a sheet."""

    page: int
    matrix: Matrix
    """From the page's user space to the sheet's."""
    trim: Rectangle
    """Where its trim box comes to lie."""
    clip: Rectangle
    """What of it is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side of a sheet."""

    placements: tuple[Placement, ...]
    trim: Rectangle
    """The block of trimmed pages."""
    bleed: Rectangle
    inside: CutsAndFolds


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All sides, front and back by turns."""

    paper: Size
    bleed: float
    """How much of it is kept."""
    duplex: str
    """The edge over which the press flips a sheet: ``long`` or ``short``."""
    sides: tuple[Side, ...]


def lay_out(
    sheets: Sequence[Sheet], pages: Sequence[SourcePage], wish: ImpositionOptions
) -> Layout:
    """Lay pages out on sheets; raise ``UsageError`` where paper or margins are too small."""
    block = _Block(pages, wish)
    block.refuse_creep(max(sheet.depth for sheet in sheets))
    spine_edge = "short" if block.paper[0] > block.paper[1] else "long"
    duplex = wish.duplex or spine_edge
    sides: list[Side] = []
    for sheet in sheets:
        sides.append(block.side(sheet.front, sheet.depth))
        back = block.side(sheet.back, sheet.depth)
        sides.append(back if duplex == spine_edge else _upside_down(back, block.paper))
    return Layout(paper=block.paper, bleed=block.bleed, duplex=duplex, sides=tuple(sides))


def upright(pages: Sequence[SourcePage]) -> tuple[SourcePage, ...]:
    """Turn pages that lie across the others by a quarter, their heads to the left.

    They are those of the usual size, width for height: wide tables in an upright book.
    """
    sizes = Counter((round(width), round(height)) for width, height in (one.size for one in pages))
    width, height = sizes.most_common(1)[0][0]
    across = width != height
    return tuple(
        replace(page, rotate=(page.rotate + 270) % 360)
        if across and abs(page.size[0] - height) <= 1 and abs(page.size[1] - width) <= 1
        else page
        for page in pages
    )


class _Block:
    """The cells of a sheet, alike on all of them but for creep."""

    def __init__(self, pages: Sequence[SourcePage], wish: ImpositionOptions) -> None:
        self._pages = pages
        self._wish = wish
        self._folded = wish.scheme == "booklet"
        columns, rows = wish.grid
        own = max(page.own_bleed for page in pages)
        self.bleed = own if wish.bleed_mm is None else min(own, wish.bleed_mm * MM)
        gap = 0 if self._folded else 2 * self.bleed
        self._width = max(page.size[0] for page in pages)
        self._height = max(page.size[1] for page in pages)
        width = columns * self._width + (columns - 1) * gap
        height = rows * self._height + (rows - 1) * gap
        around = 2 * (self.bleed + (MARKS_MARGIN if wish.marks else 0))
        needed = (width + around, height + around)
        self.paper = self._fitting(needed, around)
        if max(self.paper) > LARGEST:
            raise UsageError(
                f"sheets of {self.paper[0] / MM:.0f} × {self.paper[1] / MM:.0f} mm cannot be: no page "
                f"of a PDF is larger than {LARGEST / MM:.0f} mm",
                hint="look at the pages' boxes and at their unit (UserUnit)",
            )
        left, bottom = (self.paper[0] - width) / 2, (self.paper[1] - height) / 2
        self._trim = (left, bottom, left + width, bottom + height)
        self._lefts = [left + column * (self._width + gap) for column in range(columns)]
        self._bottoms = [bottom + row * (self._height + gap) for row in reversed(range(rows))]

    def _fitting(self, needed: Size, around: float) -> Size:
        """Return the paper; where only the bleed is too much for it, say so."""
        wanted = self._wish.paper
        try:
            return paper_for(wanted, needed, exact=self._folded)
        except UsageError as error:
            bare = needed[0] - around, needed[1] - around
            try:
                paper_for(wanted, bare, exact=self._folded)
            except UsageError:
                raise error from None
            without = "--bleed 0" + (" and no --marks" if self._wish.marks else "")
            raise UsageError(
                error.message, hint=f"{error.hint}; or leave out: {without}"
            ) from error

    def refuse_creep(self, deepest: int) -> None:
        """Refuse a signature whose innermost sheet would move into its own text."""
        shift, most = self._shift(deepest), self._width * MOST_SHIFT
        if shift > most:
            fits = int(most / (self._wish.creep_mm * MM)) + 1
            raise UsageError(
                f"creep: the innermost sheet would move {shift / MM:.1f} mm into the fold, and a "
                f"page {self._width / MM:.0f} mm wide has no more than {most / MM:.1f} mm to give",
                hint=f"fold fewer sheets into one another: --signature {fits} or less",
            )

    def _shift(self, depth: int) -> float:
        return self._wish.creep_mm * MM * depth

    def side(self, cells: Sequence[int], depth: int) -> Side:
        """Return a side as one sees it who turns the sheet like the page of a book."""
        shift = self._shift(depth)
        left, bottom, right, top = self._trim
        trim = (left + shift, bottom, right - shift, top)
        places = ((x, y) for y in self._bottoms for x in self._lefts)
        return Side(
            placements=tuple(
                self._placed(page, x, y, shift)
                for page, (x, y) in zip(cells, places, strict=True)
                if page != BLANK
            ),
            trim=trim,
            bleed=expand(trim, self.bleed),
            inside=self._inside(),
        )

    def _inside(self) -> CutsAndFolds:
        if self._folded:
            return CutsAndFolds(fold_xs=(self._lefts[1],))
        left, bottom, right, top = self._trim
        return CutsAndFolds(
            cut_xs=_between(self._lefts, self._width, (left, right)),
            cut_ys=_between(self._bottoms, self._height, (bottom, top)),
        )

    def _placed(self, number: int, x: float, y: float, shift: float) -> Placement:
        """Put a page into the cell whose lower left corner is given, moved towards its fold.

        A page smaller than its cell stands at its spine, else in the middle.
        """
        page = self._pages[number - 1]
        width, height = page.size
        right = x + self._width
        places = {"left": x - shift, "right": right - width + shift}
        spine = self._spine(number)
        left = places.get(spine, x + (self._width - width) / 2)
        bottom = y + (self._height - height) / 2
        trim = (left, bottom, left + width, bottom + height)
        cut = (
            x + shift if spine == "right" else x,
            y,
            right - shift if spine == "left" else right,
            y + self._height,
        )
        clip = _printed(trim, cut, self.bleed)
        if self._folded:
            clip = (x, *clip[1:]) if spine == "left" else (*clip[:2], right, clip[3])
        return Placement(page=number, matrix=_moved(page, left, bottom), trim=trim, clip=clip)

    def _spine(self, number: int) -> str:
        """Return on which side a page is bound; empty where nothing is."""
        if self._wish.scheme == "n-up":
            return ""
        other = {"left": "right", "right": "left"}[self._wish.binding]
        return self._wish.binding if number % 2 else other


def _printed(trim: Rectangle, cut: Rectangle, bleed: float) -> Rectangle:
    """Return a page with its bleed on those sides where the knife cuts along its edge."""
    left, bottom, right, top = (
        bleed if abs(edge - knife) <= SAME else 0 for edge, knife in zip(trim, cut, strict=True)
    )
    return trim[0] - left, trim[1] - bottom, trim[2] + right, trim[3] + top


def _between(
    starts: Iterable[float], length: float, edges: tuple[float, float]
) -> tuple[float, ...]:
    """Return where cells begin and end, but for the edges of the block; once where two meet."""
    places: list[float] = []
    for place in sorted(end for start in starts for end in (start, start + length)):
        if all(abs(place - other) > SAME for other in (*edges, *places[-1:])):
            places.append(place)
    return tuple(places)


def _moved(page: SourcePage, left: float, bottom: float) -> Matrix:
    """Return what brings the lower left corner of a page, as one sees it, to a place."""
    x, y, _, _ = applied(page.linear, page.trim)
    return (*page.linear[:4], left - x, bottom - y)


def _upside_down(side: Side, paper: Size) -> Side:
    """Return a side for a press that turns the sheet over the other edge: half a turn further."""
    turn: Matrix = (-1, 0, 0, -1, *paper)
    placements = tuple(
        Placement(
            page=one.page,
            matrix=_after(one.matrix, turn),
            trim=applied(turn, one.trim),
            clip=applied(turn, one.clip),
        )
        for one in side.placements
    )
    return replace(side, placements=placements)  # the block is in the middle, and alike both ways


def _after(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does one and then the other."""
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


def applied(matrix: Matrix, box: Rectangle) -> Rectangle:
    """Return where a matrix of quarter turns takes a rectangle."""
    a, b, c, d, e, f = matrix
    corners = ((box[0], box[1]), (box[2], box[3]))
    xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x, y in corners), strict=True)
    return min(xs), min(ys), max(xs), max(ys)
