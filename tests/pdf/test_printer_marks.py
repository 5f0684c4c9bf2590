"""Printer's marks: at the right places, and never in the bleed."""

import re

import pytest

from publisher.pdf.geometry import MM, expand
from publisher.pdf.printer_marks import ARM, GAP, LENGTH, MARKS_MARGIN, paint_marks

TRIM = (10.0, 20.0, 605.276, 861.89)


def points(stream):
    """Yield every point of the paths in a stream, including control points of curves."""
    for numbers, _ in re.findall(r"((?:-?[\d.]+ )+)([mlc])\b", stream.decode()):
        values = [float(number) for number in numbers.split()]
        yield from zip(values[::2], values[1::2], strict=True)


def is_inside(box, point):
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


@pytest.mark.parametrize("bleed", [0, 3 * MM, 5 * MM])
def test_no_mark_is_in_the_bleed_or_beyond_the_margin(bleed):
    mark_points = list(points(paint_marks(TRIM, bleed)))
    assert len(mark_points) > 40
    assert not any(is_inside(expand(TRIM, bleed), point) for point in mark_points)
    assert all(is_inside(expand(TRIM, bleed + MARKS_MARGIN), point) for point in mark_points)


def test_a_mark_in_the_bleed_would_be_noticed():
    mark_points = list(points(paint_marks(TRIM, 1 * MM)))
    assert any(is_inside(expand(TRIM, 3 * MM), point) for point in mark_points)


def test_crop_marks_point_at_the_corners():
    lines = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l S", paint_marks(TRIM, 3 * MM).decode())
    lines = [tuple(map(float, line)) for line in lines]
    distance = 3 * MM + GAP
    for x in (TRIM[0], TRIM[2]):
        ends = [line for line in lines if line[0] == pytest.approx(x, abs=0.001) == line[2]]
        assert len(ends) == 2
        assert min(line[1] for line in ends) == pytest.approx(
            TRIM[1] - distance - LENGTH, abs=0.001
        )
    for y in (TRIM[1], TRIM[3]):
        ends = [line for line in lines if line[1] == pytest.approx(y, abs=0.001) == line[3]]
        assert len(ends) == 2


def test_registration_marks_are_in_the_middle_of_the_sides():
    lines = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l S", paint_marks(TRIM, 3 * MM).decode())
    lines = [tuple(map(float, line)) for line in lines]
    middle = (TRIM[0] + TRIM[2]) / 2
    horizontal = [
        a for a in lines if a[1] == a[3] and a[2] - a[0] == pytest.approx(2 * ARM, abs=0.01)
    ]
    assert sum((a[0] + a[2]) / 2 == pytest.approx(middle, abs=0.01) for a in horizontal) == 2
