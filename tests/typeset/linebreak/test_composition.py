"""The lines of whole reports, measured from the glyphs of the finished files."""

import itertools
from collections import Counter
from pathlib import Path

import pytest

from publisher import publish
from publisher.options import Options
from publisher.pdf.document import read_pdf
from publisher.render.styles import style_names
from publisher.typeset.linebreak.character_classes import (
    FULL_WIDTH_MARKS,
    NO_LINE_END,
    NO_LINE_START,
    CharacterClass,
    classify,
)
from tests.typeset.linebreak.measuring import MM, paragraphs

ROOT = Path(__file__).parents[3]
SCRIPTS = ("keep", "zh-Hant-TW")


def _running_text(paragraph_lines):
    """Yield the paragraphs but those in display type, such as the title of a title page, whose lines are centred."""
    paragraph_lines = list(paragraph_lines)
    (usual, _), *_ = Counter(round(lines[0].glyphs[0][2]) for lines in paragraph_lines).most_common(
        1
    )
    yield from (lines for lines in paragraph_lines if lines[0].glyphs[0][2] < 1.5 * usual)


def check(pdf, *, traditional):
    """Return the faults that a typographer would find."""
    paragraph_lines = list(_running_text(paragraphs(pdf)))
    full = [line for lines in paragraph_lines for line in lines[:-1]]
    edges = _edges(full, traditional=traditional)
    complaints = []
    for line in full:
        ends = (
            line.right(traditional=traditional),
            line.right(traditional=True),
            line.full_right,
            line.moved_right,
        )
        if not any(abs(end - edge) <= 0.1 * MM for edge in edges[line.page % 2] for end in ends):
            complaints.append(f"not flush: {line.text}")
    for lines in paragraph_lines:
        complaints += _breaks(lines)
    for line in itertools.chain.from_iterable(paragraph_lines):
        complaints += [
            f"{pair} are {width:.2f} em wide" for pair, width in line.pairs() if width > 1.8
        ]
    return complaints


def looseness(pdf):
    """The room between ideographs that 95 of 100 lines stay within, and the most, in em.

    The first of two lines can share what a unbreakable figure leaves with no other: it is not in the most.
    """
    paragraph_lines = list(paragraphs(pdf))
    opened = sorted(line.opened for lines in paragraph_lines for line in lines[:-1])
    most = max(line.opened for lines in paragraph_lines if len(lines) > 2 for line in lines[:-1])
    return opened[int(len(opened) * 0.95)], most


def _edges(full, *, traditional):
    """Return the right edges that lines share, of left and of right pages."""
    edges = {}
    for side in (0, 1):
        rights = Counter(
            round(line.right(traditional=traditional), 1) for line in full if line.page % 2 == side
        )
        edges[side] = [edge for edge, count in rights.items() if count > 2]
    return edges


def _breaks(lines):
    for line, after in itertools.pairwise(lines):
        if classify(after.text[0]) in NO_LINE_START or classify(line.text[-1]) in NO_LINE_END:
            yield f"prohibited: {line.text[-4:]}|{after.text[:4]}"
        if line.text[-1].isdigit() and classify(after.text[0]) is CharacterClass.IDEOGRAPH:
            yield f"separated: {line.text[-4:]}|{after.text[:4]}"
    if sum(classify(character) not in FULL_WIDTH_MARKS for character in lines[-1].text) < 2:
        yield f"lone character: {lines[-1].text}"


def build(source, tmp_path, style, script):
    options = Options(output=tmp_path, style=style, script=script, tables="none", profile="access")
    return read_pdf(publish(source, options).pdf)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("style", style_names())
def test_the_model_report(shared, tmp_path, style, script):
    pdf = build(shared / "reports" / "hami-2017.txt", tmp_path, style, script)
    assert check(pdf, traditional=script != "keep") == []
    usual, most = looseness(pdf)
    assert usual <= 0.03
    assert most <= 0.06


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("style", style_names())
def test_a_sample(tmp_path, style, script):
    pdf = build(ROOT / "samples" / "qinghe-2017.txt", tmp_path, style, script)
    assert check(pdf, traditional=script != "keep") == []


def test_faults_of_stock_lines_are_found(tmp_path, monkeypatch):
    """WeasyPrint's own lines are ragged, and separate figures from their units."""
    from publisher.typeset.linebreak import line_layout

    monkeypatch.setattr(
        line_layout.LineLayout,
        "iter_line_boxes",
        lambda self, *args: self._stock.iter_line_boxes(*args),
    )
    pdf = build(ROOT / "samples" / "qinghe-2017.txt", tmp_path, "gongwen", "keep")
    words = {complaint.split(":")[0] for complaint in check(pdf, traditional=False)}
    assert {"not flush", "separated"} <= words


def test_text_that_is_mostly_figures_stays_even(tmp_path):
    """A sample with a figure in every clause: of 100 lines 95 within .04 em."""
    usual, _ = looseness(build(ROOT / "samples" / "qinghe-2017.txt", tmp_path, "gongwen", "keep"))
    assert usual <= 0.04
