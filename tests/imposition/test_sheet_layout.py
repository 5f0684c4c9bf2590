"""The registration of front and back, creep, cuts and boxes."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import UsageError
from publisher.imposition.options import ImpositionOptions, parse_cells
from publisher.imposition.paper_sizes import PAPER_SIZES_MM, choose_paper
from publisher.imposition.schemes import arrange_sheets
from publisher.imposition.sheet_layout import (
    SourcePage,
    align_orientations,
    lay_out,
    transform_box,
)
from publisher.pdf.geometry import MM
from publisher.pdf.printer_marks import MARKS_MARGIN

A4 = SourcePage(trim=(0, 0, 595, 842), bleed=(0, 0, 595, 842))

A5 = (148 * MM, 210 * MM)
TENTH = 0.1 * MM


def pages_of(count, *, size=A5, bleed=3 * MM, origin=(0, 0), rotate=0, unit=1.0):
    x, y = origin
    trim = (x, y, x + size[0], y + size[1])
    outer = (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)
    return [SourcePage(trim=trim, bleed=outer, rotate=rotate, unit=unit)] * count


def laid(count=16, *, pages=None, **settings):
    settings = ImpositionOptions(**settings)
    pages = pages or pages_of(count)
    return lay_out(arrange_sheets(len(pages), settings), pages, settings)


def through(layout, box):
    """Return a box of the back as seen through the paper from the front, for a duplex edge."""
    width, height = layout.paper
    over_upright_axis = (layout.duplex == "short") == (width > height)
    left, bottom, right, top = box
    if over_upright_axis:
        return width - right, bottom, width - left, top
    return left, height - top, right, height - bottom


def up(placement):
    """Return which way a page's head points: the image of its own up."""
    return round(placement.matrix[2], 6), round(placement.matrix[3], 6)


def near(numbers, other, by=1e-6):
    return all(abs(a - b) <= by for a, b in zip(numbers, other, strict=True))


def registers(layout, *, leaves):
    """Return whether backs register with their fronts: the pages of a leaf, or the cells of a grid."""
    sheets = zip(layout.sides[::2], layout.sides[1::2], strict=True)
    return all(
        near(through(layout, back.trim), front.trim)
        and all(
            lies_on(layout, placement, behind(layout, placement, back, leaves=leaves))
            for placement in front.placements
        )
        for front, back in sheets
    )


def behind(layout, placement, back, *, leaves):
    """Return the page that must be behind a page: the other page of its leaf, or the one in its cell."""
    if leaves:
        other = placement.page + (1 if placement.page % 2 else -1)
        return next((b for b in back.placements if b.page == other), None)
    return next((b for b in back.placements if near(through(layout, b.trim), placement.trim)), None)


def lies_on(layout, placement, partner):
    """Return whether two pages register exactly, with the same side up."""
    if partner is None:
        return False
    upright = (layout.duplex == "short") == (layout.paper[0] > layout.paper[1])
    across, along = up(partner)
    return (
        near(through(layout, partner.trim), placement.trim)
        and near(through(layout, partner.clip), placement.clip)
        and (across, along if upright else -along) == up(placement)
    )


SCHEMES = [
    {"scheme": "booklet"},
    {"scheme": "booklet", "signature": 2, "creep_mm": 0.2},
    *(
        {"scheme": s, "cells": c}
        for s in ("n-up", "cut-and-stack")
        for c in ((2, 2), (1, 3), (3, 1))
    ),
]


@pytest.mark.parametrize("settings", SCHEMES, ids=str)
def test_every_back_registers_with_its_front(settings):
    shapes = (A5, A5[::-1])
    for edge, binding, size in product(("", "long", "short"), ("left", "right"), shapes):
        pages = pages_of(48, size=size)  # no blank in any scheme
        layout = laid(pages=pages, duplex=edge, binding=binding, marks=True, **settings)
        assert registers(layout, leaves=settings["scheme"] != "n-up"), (edge, binding, size)
        assert edge in ("", layout.duplex)


@pytest.mark.parametrize("settings", SCHEMES, ids=str)
def test_a_mirrored_back_is_detected(settings):
    layout = laid(48, **settings)
    front, back, *remaining = layout.sides
    width = layout.paper[0]
    moved = [
        replace(
            placement,
            trim=(
                width - placement.trim[2],
                placement.trim[1],
                width - placement.trim[0],
                placement.trim[3],
            ),
        )
        for placement in back.placements
    ]
    wrong = replace(back, placements=tuple(moved))
    turned = replace(layout, duplex="long" if layout.duplex == "short" else "short")
    leaves = settings["scheme"] != "n-up"
    if settings.get("cells", (2, 1))[0] > 1 and leaves:
        assert not registers(replace(layout, sides=(front, wrong, *remaining)), leaves=True)
    assert not registers(turned, leaves=leaves)


@pytest.mark.parametrize("settings", [{}, {"scheme": "cut-and-stack", "cells": (2, 2)}], ids=str)
def test_the_default_duplex_edge_is_parallel_to_the_spine(settings):
    layout = laid(8, **settings)
    assert layout.duplex == ("short" if layout.paper[0] > layout.paper[1] else "long")
    assert {up(placement) for side in layout.sides for placement in side.placements} == {(0, 1)}


@pytest.mark.parametrize("binding", ["left", "right"])
def test_creep_moves_inner_sheets_to_the_fold(binding):
    flat = laid(32, binding=binding, marks=True)
    crept = laid(32, binding=binding, marks=True, creep_mm=0.15)
    fold = flat.paper[0] / 2
    for index, (still, moved) in enumerate(zip(flat.sides, crept.sides, strict=True)):
        shift = 0.15 * MM * (index // 2)
        for placement, other in zip(still.placements, moved.placements, strict=True):
            assert placement.page == other.page
            inwards = shift if placement.trim[2] <= fold + TENTH else -shift
            assert other.trim[0] - placement.trim[0] == pytest.approx(inwards)
            assert other.trim[1] == placement.trim[1]
            beyond = other.clip[0] < fold < other.clip[2]
            assert not beyond, "nothing of a page is printed across the fold"
        assert moved.trim[0] - still.trim[0] == pytest.approx(shift)
        assert still.trim[2] - moved.trim[2] == pytest.approx(shift)
        assert moved.cuts_and_folds.fold_xs == (pytest.approx(fold),)


def test_creep_begins_again_with_each_signature():
    layout = laid(32, signature=4, creep_mm=0.1)
    lefts = [side.trim[0] for side in layout.sides[::2]]
    assert lefts[:4] == lefts[4:]
    assert lefts[0] < lefts[3]


def test_too_much_creep_suggests_a_smaller_signature():
    with pytest.raises(
        UsageError, match=r"creep: the pages of the innermost sheet would move 9.9 mm"
    ) as error:
        laid(400, creep_mm=0.1)
    fits = int(error.value.hint.split("--signature ")[1].split()[0])
    laid(400, creep_mm=0.1, signature=fits)
    with pytest.raises(UsageError):
        laid(400, creep_mm=0.1, signature=fits + 1)


def test_a_booklets_paper_is_two_pages_with_bleed_and_marks():
    layout = laid(8, marks=True)
    assert layout.paper == pytest.approx((302 * MM + 2 * MARKS_MARGIN, 216 * MM + 2 * MARKS_MARGIN))
    assert laid(8, bleed_mm=0).paper == pytest.approx((296 * MM, 210 * MM))


def test_bleed_is_kept_except_at_the_fold():
    layout = laid(4)
    left, right = layout.sides[0].placements
    fold = layout.paper[0] / 2
    assert (left.page, right.page) == (4, 1)
    assert left.clip == pytest.approx((0, 0, fold, layout.paper[1]))
    assert right.clip == pytest.approx((fold, 0, *layout.paper))


def test_bleed_is_limited_to_that_of_the_pages():
    assert laid(4, bleed_mm=10) == laid(4) == laid(4, bleed_mm=3)


def test_bleeds_of_neighbouring_cells_do_not_overlap():
    layout = laid(8, scheme="n-up", cells=(2, 2))
    first, second, third, _ = layout.sides[0].placements
    assert second.trim[0] - first.trim[2] == pytest.approx(6 * MM)
    assert first.clip[2] == pytest.approx(second.clip[0])
    assert first.clip[1] == pytest.approx(third.clip[3])
    inside = layout.sides[0].cuts_and_folds
    assert inside.cut_xs == pytest.approx((first.trim[2], second.trim[0]))
    assert inside.cut_ys == pytest.approx((third.trim[3], first.trim[1]))
    assert inside.fold_xs == ()
    touching = laid(8, scheme="n-up", cells=(2, 2), bleed_mm=0).sides[0]
    assert len(touching.cuts_and_folds.cut_xs) == len(touching.cuts_and_folds.cut_ys) == 1


def test_smaller_pages_are_placed_at_the_spine_or_in_the_middle():
    small = pages_of(1, size=(100 * MM, 100 * MM))
    pages = [*pages_of(2), *small, *pages_of(1), *small, *pages_of(3)]
    layout = laid(pages=pages)
    fold = layout.paper[0] / 2
    placed = {placement.page: placement for side in layout.sides for placement in side.placements}
    assert placed[3].trim[0] == pytest.approx(fold)
    assert sum(placed[3].trim[1::2]) / 2 == pytest.approx(layout.paper[1] / 2)
    assert placed[3].clip == pytest.approx(placed[3].trim), "no knife cuts along its edges"
    piles = laid(pages=pages, scheme="cut-and-stack", cells=(1, 1))
    placed = {placement.page: placement for side in piles.sides for placement in side.placements}
    assert placed[3].trim[0] == pytest.approx(placed[1].trim[0])
    cells = laid(pages=pages, scheme="n-up", cells=(1, 1))
    placed = {placement.page: placement for side in cells.sides for placement in side.placements}
    assert sum(placed[3].trim[::2]) / 2 == pytest.approx(cells.paper[0] / 2)


def test_pages_that_differ_by_rounding_keep_their_bleed():
    pages = [*pages_of(3), *pages_of(1, size=(A5[0] - 0.3, A5[1] - 0.3))]
    layout = laid(pages=pages)
    last = layout.sides[0].placements[0]
    assert last.page == 4
    assert last.trim[0] - last.clip[0] == pytest.approx(3 * MM)


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    st.floats(0.5, 3),
    st.sampled_from(SCHEMES),
    st.sampled_from(["long", "short"]),
)
def test_matrices_map_trim_boxes_to_their_positions(rotate, origin, unit, settings, edge):
    pages = pages_of(7, size=(80, 100), bleed=2, origin=origin, rotate=rotate, unit=unit)
    layout = laid(pages=pages, duplex=edge, **settings)
    paper_box = (0, 0, *layout.paper)
    for side in layout.sides:
        for placement in side.placements:
            assert near(transform_box(placement.matrix, pages[0].trim), placement.trim, 1e-6)
            assert abs(
                placement.matrix[0] * placement.matrix[3]
                - placement.matrix[1] * placement.matrix[2]
            ) == (pytest.approx(unit**2))
            assert all(low >= -1 for low in (placement.clip[0], placement.clip[1]))
            assert placement.clip[2] <= paper_box[2] + 1
            assert placement.clip[3] <= paper_box[3] + 1
    assert sorted(placement.page for side in layout.sides for placement in side.placements) == list(
        range(1, 8)
    )


def test_pages_of_one_sheet_do_not_overlap():
    for settings in SCHEMES:
        for side in laid(36, **settings).sides:
            for placement, other in product(side.placements, repeat=2):
                if placement.page < other.page:
                    a, b = placement.clip, other.clip
                    apart_x = a[2] <= b[0] + 1e-6 or b[2] <= a[0] + 1e-6
                    apart_y = a[3] <= b[1] + 1e-6 or b[3] <= a[1] + 1e-6
                    assert apart_x or apart_y


@pytest.mark.parametrize("paper", PAPER_SIZES_MM)
def test_a_paper_fits_itself_in_both_orientations(paper):
    short, long = (side * MM for side in PAPER_SIZES_MM[paper])
    assert choose_paper(paper, (short, long), exact=False) == pytest.approx((short, long))
    assert choose_paper(paper.lower(), (long, short), exact=False) == pytest.approx((long, short))
    assert choose_paper("", (short, long), exact=False) == pytest.approx((short, long))


def test_pages_in_whole_points_are_as_large_as_their_paper():
    assert choose_paper("", (2 * 595.5, 842), exact=False) == pytest.approx((420 * MM, 297 * MM))
    assert choose_paper("440x317", (440 * MM, 317 * MM), exact=True) == pytest.approx(
        (440 * MM, 317 * MM)
    )


@pytest.mark.parametrize(
    ("paper", "message", "hint"),
    [
        ("A4", "needs 302 × 216 mm, 5.0 mm wider and 6.0 mm higher", "SRA4"),
        ("100x100", "202.0 mm wider and 116.0 mm higher", "SRA4"),
        ("A9", "'A9' is not known", "SRA3"),
        ("0x10", "0 mm is not a valid side", "5080"),
        ("90000x10", "90000 mm is not a valid side", "5080"),
        ("216x302", "86.0 mm wider", "--paper 302x216"),
    ],
)
def test_unusable_papers_are_refused(paper, message, hint):
    with pytest.raises(UsageError, match=message) as error:
        laid(8, paper=paper)
    assert hint in error.value.hint


def test_the_needed_size_is_named_if_no_paper_fits():
    with pytest.raises(UsageError, match="no named paper is as large as") as error:
        laid(8, scheme="n-up", cells=(30, 30))
    laid(8, scheme="n-up", cells=(20, 20), paper="3080x4320")
    assert "--paper 4620x6480" in error.value.hint


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"scheme": "fanfold"}, "fanfold"),
        ({"binding": "top"}, "top"),
        ({"duplex": "over"}, "over"),
        ({"scheme": "n-up"}, "needs the number of cells"),
        ({"scheme": "n-up", "cells": (0, 3)}, "0 is not in the range"),
        ({"scheme": "n-up", "cells": (33, 1)}, "33 is not in the range"),
        ({"cells": (2, 2)}, "two cells"),
        ({"scheme": "n-up", "cells": (2, 2), "signature": 2}, "has no folds"),
        ({"scheme": "cut-and-stack", "cells": (2, 2), "creep_mm": 0.1}, "has no folds"),
        ({"signature": -1}, "-1 is not a number"),
        ({"creep_mm": -0.1}, "creep"),
        ({"creep_mm": float("nan")}, "creep"),
        ({"bleed_mm": -1}, "bleed"),
        ({"bleed_mm": 50.1}, "bleed"),
        ({"bleed_mm": float("nan")}, "bleed"),
    ],
)
def test_invalid_options_are_refused(settings, message):
    with pytest.raises(UsageError, match=message) as error:
        ImpositionOptions(**settings)
    assert error.value.hint


@pytest.mark.parametrize("text", ["", "2", "2x", "x2", "-1x2", "2x2x2", "1.5x2", "9999x1"])
def test_invalid_cells_are_refused(text):
    with pytest.raises(UsageError, match="is not columns x rows"):
        parse_cells(text)


def test_cells_are_columns_and_rows():
    assert parse_cells("2x3") == parse_cells(" 2X3") == parse_cells("2×3") == (2, 3)


def test_landscape_pages_of_a_portrait_document_are_rotated():
    across = SourcePage(trim=(0, 0, 842, 595), bleed=(0, 0, 842, 595))
    pages = [A4, across, A4, A4]
    turned = align_orientations(pages)
    assert [page.rotate for page in turned] == [0, 270, 0, 0]
    assert turned[1].size == pytest.approx(A4.size)
    assert align_orientations([across, across, A4])[:2] == (across, across)
    for height in (9, 10):  # the exchanged size of a page that is almost square is its own
        square = SourcePage(trim=(0, 0, 9, height), bleed=(0, 0, 9, height))
        assert align_orientations([square])[0].rotate == 0


def test_the_hint_names_bleed_if_only_bleed_does_not_fit():
    page = SourcePage(trim=(0, 0, 595.3, 841.9), bleed=(-9, -9, 604.3, 850.9))
    settings = ImpositionOptions(paper="A3")
    with pytest.raises(UsageError) as raised:
        lay_out(arrange_sheets(4, settings), [page] * 4, settings)
    assert "--bleed 0" in raised.value.hint


def test_sheets_larger_than_pdf_allows_are_refused():
    page = replace(A4, unit=10_000.0)
    settings = ImpositionOptions()
    with pytest.raises(UsageError, match="are too large"):
        lay_out(arrange_sheets(4, settings), [page] * 4, settings)


@pytest.mark.parametrize(
    ("name", "size"), [("大16开", (210, 285)), ("大16開", (210, 285)), ("32开", (130, 184))]
)
def test_a_chinese_size_of_paper_is_known(name, size):
    width, height = choose_paper(name, (100 * MM, 150 * MM), exact=False)
    assert (round(width / MM), round(height / MM)) == size
