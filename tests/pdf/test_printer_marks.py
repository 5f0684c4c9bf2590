"""Marks stand where a printer looks for them, and never in the bleed."""

import re

import pytest

from publisher.pdf.geometry import MM, expand
from publisher.pdf.printer_marks import ARM, GAP, LENGTH, MARKS_MARGIN, paint_marks

TRIM = (10.0, 20.0, 605.276, 861.89)


def points(stream):
    """Every point that a stream goes to, curves by their control points."""
    for numbers, _ in re.findall(r"((?:-?[\d.]+ )+)([mlc])\b", stream.decode()):
        values = [float(number) for number in numbers.split()]
        yield from zip(values[::2], values[1::2], strict=True)


def inside(box, point):
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


@pytest.mark.parametrize("bleed", [0, 3 * MM, 5 * MM])
def test_no_mark_is_in_the_bleed_and_none_beyond_its_room(bleed):
    found = list(points(paint_marks(TRIM, bleed)))
    assert len(found) > 40
    assert not any(inside(expand(TRIM, bleed), point) for point in found)
    assert all(inside(expand(TRIM, bleed + MARKS_MARGIN), point) for point in found)


def test_a_mark_in_the_bleed_would_be_seen():
    found = list(points(paint_marks(TRIM, 1 * MM)))
    assert any(inside(expand(TRIM, 3 * MM), point) for point in found)


def test_crop_marks_point_at_the_corners():
    lines = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l S", paint_marks(TRIM, 3 * MM).decode())
    lines = [tuple(map(float, line)) for line in lines]
    at = 3 * MM + GAP
    for x in (TRIM[0], TRIM[2]):
        ends = [line for line in lines if line[0] == pytest.approx(x, abs=0.001) == line[2]]
        assert len(ends) == 2
        assert min(line[1] for line in ends) == pytest.approx(TRIM[1] - at - LENGTH, abs=0.001)
    for y in (TRIM[1], TRIM[3]):
        ends = [line for line in lines if line[1] == pytest.approx(y, abs=0.001) == line[3]]
        assert len(ends) == 2


def test_registration_marks_stand_in_the_middle_of_the_sides():
    lines = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l S", paint_marks(TRIM, 3 * MM).decode())
    lines = [tuple(map(float, line)) for line in lines]
    across = (TRIM[0] + TRIM[2]) / 2
    level = [a for a in lines if a[1] == a[3] and a[2] - a[0] == pytest.approx(2 * ARM, abs=0.01)]
    assert sum((a[0] + a[2]) / 2 == pytest.approx(across, abs=0.01) for a in level) == 2
