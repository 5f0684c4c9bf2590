"""Records of a folder as record_data table: changes from year to year, carry-overs that disagree."""

import csv
import hashlib
import json
import os

import pytest

from publisher.cli.main import main
from publisher.export.gather import gather_records
from publisher.export.regions import region_code


def record(year, facts, issuer="某市人民政府"):
    return {
        "report": {"issuer": issuer, "period": year, "title": "报告"},
        "observations": [
            {
                "section": "三",
                "subject": subject,
                "value": value,
                "unit": unit,
                "qualifier": "",
                "period": year,
                "quote": "",
                "offset": number,
                "part_of": None,
            }
            for number, (subject, value, unit) in enumerate(facts)
        ],
    }


@pytest.fixture
def folder(tmp_path):
    reports = {
        "a": record(
            "2019",
            [("全市受理申请", "52", "件"), ("四、结转下年度继续办理/自然人", "3", "")],
        ),
        "b": record(
            "2020",
            [
                ("受理申请", "72", "件"),
                ("二、上年结转政府信息公开申请数量/自然人", "4", ""),
                ("办理时限", "15—20", "天"),
            ],
        ),
        "c": record("2022", [("受理申请", "90", "件")]),
        "d": record("2020", [("受理申请", "5", "件")], issuer="他市人民政府"),
    }
    for name, content in reports.items():
        path = tmp_path / "out" / name / f"{name}.record.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return tmp_path / "out"


def test_changes_of_years_that_follow_one_another(folder):
    (change,) = gather_records(folder).changes()
    assert (change["measure"], change["year_before"], change["year"]) == ("受理申请", 2019, 2020)
    assert (change["before"], change["value"], change["change"], change["percent"]) == (
        "52",
        "72",
        "20",
        "38.5",
    )


def test_a_carry_over_mismatch(folder):
    (mismatch,) = gather_records(folder).carry_over_mismatches()
    assert (mismatch.year, mismatch.column, mismatch.forward, mismatch.carried) == (
        2020,
        "自然人",
        "3",
        "4",
    )


def test_the_command_writes_files_and_prints_changes(folder, tmp_path, capsys):
    output = tmp_path / "all.csv"
    assert main(["stats", str(folder), "-o", str(output)]) == 0
    printed = capsys.readouterr().out
    assert "2019→2020: 受理申请 52 → 72 件 (20, 38.5%)" in printed
    assert "disagrees: 某市人民政府 2020, 自然人" in printed
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 7
    assert [row["issuer"] for row in rows] == sorted(row["issuer"] for row in rows)
    assert output.with_name("all.changes.csv").is_file()


def test_a_carry_over_can_be_an_error(folder, tmp_path, capsys):
    assert main(["stats", str(folder), "--strict", "-o", str(tmp_path / "all.csv")]) == 50
    assert "1 carry-overs disagree" in capsys.readouterr().err


def test_a_damaged_record_is_reported_and_skipped(folder, tmp_path, capsys):
    (folder / "bad.record.json").write_text("{", encoding="utf-8")
    assert main(["stats", str(folder), "-o", str(tmp_path / "all.csv")]) == 12
    captured = capsys.readouterr()
    assert "bad.record.json" in captured.err
    assert "4 reports" in captured.out


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda record_data: record_data["report"].update(issuer=None), "issuer is None"),
        (lambda record_data: record_data["observations"][0].update(unit=None), "unit is None"),
        (
            lambda record_data: record_data["observations"][0].update(subject="\ud800"),
            "surrogates not allowed",
        ),
        (lambda record_data: record_data["observations"][0].update(value="viele"), "value is"),
    ],
)
def test_a_record_with_impossible_values_is_rejected(damage, message, folder, tmp_path, capsys):
    record_data = json.loads(next(iter(sorted(folder.rglob("*.json")))).read_text("utf-8"))
    damage(record_data)
    (folder / "zz.record.json").write_text(json.dumps(record_data), "utf-8")
    assert main(["stats", str(folder), "-o", str(tmp_path / "out.csv")]) == 12
    assert message in capsys.readouterr().err


def test_ranges_are_not_compared(folder, tmp_path):
    for path in folder.rglob("*.record.json"):
        path.write_text(path.read_text("utf-8").replace('"value": "4"', '"value": "4—5"'), "utf-8")
    assert main(["stats", str(folder), "-o", str(tmp_path / "out.csv")]) == 0


def test_what_is_not_a_file_is_ignored(folder, tmp_path):
    os.mkfifo(folder / "pipe.record.json")
    (folder / "folder.record.json").mkdir()
    assert main(["stats", str(folder), "-o", str(tmp_path / "out.csv")]) == 0
    assert main(["stats", str(folder / ("n" * 300)), "-o", str(tmp_path / "out.csv")]) == 11


def test_parquet(folder, tmp_path):
    from pyarrow import parquet

    output = tmp_path / "all.parquet"
    assert main(["stats", str(folder), "-o", str(output)]) == 0
    table = parquet.read_table(output).to_pydict()
    assert table["number"][table["value"].index("15—20")] is None
    assert 72.0 in table["number"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["stats", "nowhere"], 11, "there is no such folder"),
        (["stats", "."], 13, "no record"),
        (["stats", ".", "-o", "a.txt"], 2, ".csv or .parquet"),
    ],
)
def test_errors(arguments, code, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    assert message in capsys.readouterr().err


def test_reports_without_an_office_are_not_compared_with_one_another(tmp_path):
    for name, year, value in (("east", "2024", "8374"), ("west", "2025", "500")):
        content = record(year, [("一般公共预算收入", value, "亿元")], issuer="")
        (tmp_path / f"{name}.record.json").write_text(json.dumps(content), encoding="utf-8")
    assert not list(gather_records(tmp_path).changes())


def test_a_figure_has_an_identifier_and_the_code_of_its_region(tmp_path):
    content = record("2019", [("受理申请", "52", "件")], issuer="重庆市城口县人民政府")
    content["source"] = {"sha256": "ab" * 32}
    content["observations"][0].update(offset=7, page=3)
    (tmp_path / "a.record.json").write_text(json.dumps(content), encoding="utf-8")
    (row,) = gather_records(tmp_path).rows
    assert (row["id"], row["region"], row["page"]) == (f"{'ab' * 8}-7", "500229", 3)


@pytest.mark.parametrize(
    ("office", "code"),
    [
        ("新疆维吾尔自治区哈密市伊州区人民政府", "650502"),
        ("哈密市人民政府办公室", "650500"),
        ("朝阳区人民政府", ""),
        ("北京市朝阳区人民政府", "110105"),
        ("內蒙古自治區人民政府", "150000"),
        ("云坪市人民政府", ""),
        ("国务院办公厅", ""),
        ("", ""),
    ],
)
def test_the_code_of_a_region_is_read_from_the_name_of_an_office(office, code):
    assert region_code(office) == code


def test_the_data_package_describes_every_csv_file(folder, tmp_path):
    output = tmp_path / "东部.csv"
    assert main(["stats", str(folder), "-o", str(output), "--bom"]) == 0
    package = json.loads(output.with_name("东部.datapackage.json").read_text(encoding="utf-8"))
    assert len(package["resources"]) == 3
    for resource in package["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        header = next(csv.reader(data.decode("utf-8-sig").splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == header


@pytest.mark.parametrize(
    ("changed", "compared"),
    [
        ({}, True),
        ({"status": "target"}, False),
        ({"kind": "rate"}, False),
        ({"scope": "市本级"}, False),
        ({"doubt": "its words are no noun"}, False),
        ({"unit": "万件"}, False),
    ],
)
def test_only_results_of_the_same_thing_are_compared(changed, compared, tmp_path):
    for year, value, fields in (("2019", "52", {}), ("2020", "72", changed)):
        content = record(year, [("受理申请", value, "件")])
        content["observations"][0].update(fields)
        (tmp_path / f"{year}.record.json").write_text(json.dumps(content), encoding="utf-8")
    assert bool(list(gather_records(tmp_path).changes())) == compared
