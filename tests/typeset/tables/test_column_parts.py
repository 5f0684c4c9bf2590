"""A table in parts is one table in the structure tree."""

from xml.etree.ElementTree import fromstring, tostring

from publisher.typeset.tables.column_parts import (
    TableParts,
    add_continuation_row,
    divide_table,
    set_in_panels,
)
from publisher.typeset.tagging.table_headers import header_associations

TABLE = """<main><table data-continued="续表2"><caption><span class="caption">表2</span><span class="unit" id="u">单位：元</span></caption>
<thead><tr><th rowspan="2">县</th><th colspan="3">收入</th></tr><tr><th>一</th><th>二</th><th>三</th></tr></thead>
<tbody><tr><th scope="row" data-places="s1:0">甲</th><td>1</td><td>2</td><td>3</td></tr>
<tr><th colspan="4" scope="rowgroup">合计</th></tr></tbody></table>尾</main>"""


def _parse(markup):
    return fromstring(markup)  # noqa: S314 - our own


def _divided():
    main = _parse(TABLE)
    table = main[0]
    parts = TableParts()
    return main, table, parts, divide_table(table, main, [(0, 1), (0, 2, 3)], parts)


def _rows(part):
    return [
        [("*" if "data-repeated" in cell.attrib else "") + (cell.text or "") for cell in row]
        for row in part.iter("tr")
    ]


def test_labels_and_divided_heads_are_repeated_as_artifacts():
    _, _, _, (first, second) = _divided()
    assert _rows(first) == [["县", "收入"], ["一"], ["甲", "1"], ["合计"]]
    assert _rows(second) == [["*县", "*收入"], ["二", "三"], ["*甲", "2", "3"], ["*合计"]]
    assert [cell.get("colspan") for cell in second[1][0]] == ["1", "2"]


def test_the_caption_of_a_further_part_has_the_words_and_the_unit():
    _, _, _, (first, second) = _divided()
    assert "".join(first[0].itertext()) == "表2单位：元"
    assert "".join(second[0].itertext()) == "续表2单位：元"
    assert "data-repeated" in second[0].attrib
    assert not [
        element for element in second.iter() if element.get("id") or element.get("data-places")
    ]


def test_parts_take_the_position_of_the_table():
    main, _, _, (first, second) = _divided()
    assert list(main) == [first, second]
    assert second.tail == "尾"


def test_each_element_of_a_part_leads_to_the_whole_table():
    main, table, parts, elements = _divided()
    for part in elements:
        for row in part.iter("tr"):
            assert parts.originals[row] in list(table.iter("tr"))
            for cell in row:
                original = parts.originals.get(cell, cell)
                if "data-repeated" not in cell.attrib:
                    assert parts.parents[original] is parts.originals[row]
    assert parts.parents[table] is main


def test_headers_are_those_of_the_whole_table():
    whole = _parse(TABLE)[0]
    _, table, _, _ = _divided()
    assert list(header_associations(table, prefix="t").values()) == list(
        header_associations(whole, prefix="t").values()
    )


def test_the_row_that_says_that_a_table_continues_is_no_row_of_the_table():
    table = _parse(TABLE)[0]
    before = list(header_associations(table, prefix="t").values())
    add_continuation_row(table)
    assert table[1][0][0].text == "续表2"
    assert table[1][0][0].get("colspan") == "4"
    assert list(header_associations(table, prefix="t").values()) == before


def test_a_table_without_a_head_or_words_gets_no_such_row():
    for markup in (
        "<table data-continued='续表'><tr><td>1</td></tr></table>",
        "<table><thead><tr><th>1</th></tr></thead></table>",
    ):
        table = _parse(markup)
        add_continuation_row(table)
        assert tostring(table) == tostring(_parse(markup))


def test_rows_side_by_side_are_rows_of_their_own_in_the_whole_table():
    rows = "".join(f"<tr><td>{number}</td><td>名{number}</td></tr>" for number in range(1, 6))
    main = _parse(
        "<main><table><thead><tr><th scope='col'>号</th><th scope='col'>名</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></main>"
    )
    table, parts = main[0], TableParts()
    panels = set_in_panels(table, main, 2, parts)
    assert list(main) == [panels]
    assert _rows(panels) == [
        ["号", "名", "*号", "*名"],
        ["1", "名1", "2", "名2"],
        ["3", "名3", "4", "名4"],
        ["5", "名5", "*", "*"],
    ]
    source_rows = list(table.iter("tr"))
    cells = [cell for row in panels[1] for cell in row if "data-repeated" not in cell.attrib]
    assert [source_rows.index(parts.parents[cell]) for cell in cells] == [
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
    ]
