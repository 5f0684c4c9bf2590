"""Figures as data: the same bytes each time, numbers as numbers, ranges as text."""

import csv
import io
import json
import zipfile

import pytest

from publisher.export import encode_dataset
from publisher.export.csv_table import encode_csv
from publisher.export.facts import columns_of
from publisher.output_names import DATA_SUFFIXES

FACT = {
    "section": "一",
    "subject": "公开信息，共",
    "value": "1272",
    "unit": "条",
    "qualifier": "",
    "period": "2017",
    "part_of": None,
    "quote": "公开信息1272条",
    "offset": 12,
    "page": 1,
}
RECORD = {
    "report": {"title": "某市报告", "issuer": "某市", "date": "2018-01-02", "language": "zh-Hans"},
    "observations": [
        FACT,
        {**FACT, "value": "15—20", "unit": "天", "part_of": 12},
        {**FACT, "value": "-7", "subject": "=SUM(A1)"},
        {**FACT, "value": "2.50", "unit": "%"},
    ],
    "checks": [
        {
            "kind": "sum",
            "statement": "3 = 1 + 2",
            "stated": "3",
            "computed": "3",
            "holds": None,
            "reason": "",
            "quote": "",
            "offset": 3,
        }
    ],
    "tables": [
        {
            "origin": "source",
            "columns": [["甲"], ["乙", "丙"]],
            "rows": [["1", "+2"]],
            "spans": [[[1, 2]], [[1, 1], [1, 1]], [[1, 1], [1, 1]]],
        },
        {"origin": "derived", "columns": [["甲"]], "rows": [["1"]]},
    ],
}


@pytest.mark.parametrize("kind", DATA_SUFFIXES)
def test_the_same_bytes_each_time(kind):
    assert encode_dataset(kind, RECORD) == encode_dataset(kind, RECORD)


def test_csv_can_be_read_back():
    text = encode_dataset("csv", RECORD).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == columns_of(RECORD["observations"])
    assert rows[0]["subject"] == "公开信息，共"
    assert [row["part_of"] for row in rows] == ["", "12", "", ""]


def test_a_workbook_has_numbers_and_no_formulas():
    with zipfile.ZipFile(io.BytesIO(encode_dataset("xlsx", RECORD))) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
        first = archive.read("xl/worksheets/sheet1.xml").decode()
        third = archive.read("xl/worksheets/sheet3.xml").decode()
        core = archive.read("docProps/core.xml").decode()
    assert len(sheets) == 3
    assert "<v>1272</v>" in first
    assert "<v>2.5</v>" in first
    assert "<f>" not in first
    assert "2018-01-02" in core
    assert '<mergeCell ref="A1:B1"/>' in third
    assert "<v>2</v>" in third


@pytest.mark.parametrize("code", ["001", "1" * 16, "0012.5"])
def test_a_code_and_a_long_figure_stay_exact(code):
    record = {**RECORD, "observations": [{**FACT, "value": code}]}
    with zipfile.ZipFile(io.BytesIO(encode_dataset("xlsx", record))) as archive:
        assert f">{code}</t>" in archive.read("xl/sharedStrings.xml").decode()
    dataset = json.loads(encode_dataset("json-stat", record))
    assert dataset["value"] == {"0": None}
    assert dataset["status"] == {"0": "long"}
    assert dataset["extension"]["facts"][0]["value"] == code


def test_the_table_of_an_older_record_has_its_columns():
    text = encode_dataset("csv", RECORD).decode()
    newer = {**RECORD, "observations": [{**FACT, "measure": "公开信息"}]}
    assert text.startswith("section,subject,value,unit,")
    assert encode_dataset("csv", newer).decode().startswith("section,subject,measure,")


def test_json_stat_is_a_cube_with_one_cell_for_each_fact():
    dataset = json.loads(encode_dataset("json-stat", RECORD))
    assert (dataset["version"], dataset["class"]) == ("2.0", "dataset")
    assert dataset["id"] == ["indicator", "scope", "status", "period", "statement"]
    assert dataset["size"] == [4, 1, 1, 1, 1]
    category = dataset["dimension"]["indicator"]["category"]
    assert category["unit"]["公开信息，共 | level | %"] == {"label": "%", "decimals": 2}
    assert dataset["value"] == {"0": 1272, "1": None, "2": -7, "3": 2.5}
    assert dataset["status"] == {"1": "range"}
    assert [fact["cell"] for fact in dataset["extension"]["facts"]] == [0, 1, 2, 3]


def test_a_figure_that_is_stated_twice_has_two_cells():
    target = {**FACT, "status": "target", "value": "1300"}
    record = {**RECORD, "observations": [FACT, {**FACT, "offset": 90}, target]}
    dataset = json.loads(encode_dataset("json-stat", record))
    assert dataset["size"] == [1, 1, 2, 1, 2]
    assert dataset["value"] == {"0": 1272, "1": 1272, "2": 1300}


def test_no_cell_is_a_formula():
    rows = [{"a": "=HYPERLINK(1)", "b": "-3.5"}, {"a": "@x", "b": "+2%"}, {"a": "-甲", "b": 7}]
    table = encode_csv(("a", "b"), rows).decode().splitlines()
    assert table[1:] == ["'=HYPERLINK(1),-3.5", "'@x,+2%", "'-甲,7"]
