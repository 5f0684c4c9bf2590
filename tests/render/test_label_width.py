"""The width of the labels of a list."""

import pytest

from publisher.model import ItemList, ListItem
from publisher.render.label_width import label_width
from publisher.text.edits import locate


@pytest.mark.parametrize(
    ("labels", "width"),
    [(["", ""], 1), (["1.", "2."], 1.5), (["9.", "10."], 2), (["①"], 1), (["（1）", "（2）"], 2.5)],
)
def test_the_widest_label_counts(labels, width):
    items = tuple(ListItem(label=label, text=locate(f"{label}甲", 0)) for label in labels)
    assert label_width(ItemList(items=items, ordered=bool(labels[0]))) == width


def test_a_very_wide_label_does_not_push_the_text_to_the_right_edge():
    item = ListItem(label="（一百二十一）", text=locate("（一百二十一）甲", 0))
    assert label_width(ItemList(items=(item,), ordered=True)) == 4
