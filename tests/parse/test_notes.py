"""A line is a note if a mark with its number is above it."""

import pytest

from publisher.model import Locator, Mark, SourceCell, SourceTable
from publisher.parse.entries import Line
from publisher.parse.notes import find_notes
from publisher.text.edits import locate


def lines(*strings):
    return tuple(Line(text=locate(string)) for string in strings)


@pytest.mark.parametrize(
    ("mark", "label"),
    [
        ("[1]", "[1]"),
        ("［2］", "[2] "),
        ("（注3）", "注3："),
        ("[①]", "①".join("[]")),
        ("〔注1〕", "注１："),
    ],
)
def test_marks_and_their_notes(mark, label):
    notes = find_notes(lines(f"公开12条{mark}。", f"{label}不含转发。"))
    length, (reference,) = notes[1]
    assert length == len(label)
    assert (reference.offset, reference.length) == (5, len(mark))


@pytest.mark.parametrize(
    "text",
    [
        ("[1]先有此行。", "后文[1]。"),
        ("公开12条。", "[1]没有所指。"),
        ("公开12条（1）。", "（1）一项。"),
        ("公开①网站②微信。", "①网站。"),
        ("公开12条[2]。", "[1]别的号。"),
    ],
)
def test_what_is_no_note(text):
    assert find_notes(lines(*text)) == {}


@pytest.mark.parametrize(("sign", "label"), [("①", "①"), ("*", "* "), ("（1）", "(1)"), ("※", "※")])
def test_a_raised_sign_refers_to_the_note_that_begins_with_it(sign, label):
    text = lines(f"常住人口{sign}206万人。", f"{label}抽样推算。")
    locator = Locator(offset=4, length=len(sign))
    notes = find_notes(text, [Mark(kind="superscript", locator=locator)])
    assert notes == {1: (len(label), (locator,))}
    assert find_notes(text, [Mark(kind="subscript", locator=locator)]) == {}
    assert find_notes(text) == {}


def test_a_raised_sign_and_a_number_in_brackets_have_notes_of_their_own():
    text = lines("甲①乙[1]。", "[1]注乙", "①注甲")
    notes = find_notes(text, [Mark(kind="superscript", locator=Locator(offset=1, length=1))])
    assert {index: references[0].offset for index, (_, references) in notes.items()} == {1: 3, 2: 1}


def test_each_of_two_notes_with_the_same_number_gets_the_marks_above_it():
    notes = find_notes(lines("甲[1]", "[1]注甲", "乙[1]、丙[1]", "[1]注乙"))
    assert [len(references) for _, references in notes.values()] == [1, 2]


def test_a_cell_can_hold_a_mark():
    cell = SourceCell(text=locate("12[1]"))
    table = SourceTable(rows=((cell,),), locator=cell.text.locator)
    assert 1 in find_notes((table, *lines("[1]含结转。")))
