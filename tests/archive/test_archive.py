"""Bags are valid, complete and reproducible, and list what could not be archived."""

import csv
import io
import json
import unicodedata
from dataclasses import fields

import bagit
import jsonschema
import pytest

from publisher.archive import draft as drafts
from publisher.archive import pack_report
from publisher.archive.bag_info import parse_info_options
from publisher.archive.bagit import read_info
from publisher.cli.main import main
from publisher.cli.parser import command_parsers
from publisher.errors import GlyphMissingError, UsageError
from publisher.options import Options
from publisher.pdf.document import read_pdf
from tests.archive.bags import BAD, NAMES, ROOT, contents, make_source, run_alone

pytestmark = pytest.mark.typeset


def info_of(bag):
    return read_info((bag / "bag-info.txt").read_bytes())


def test_the_official_package_validates_it(report_bag):
    assert bagit.Bag(str(report_bag)).validate()


def test_contents_of_a_bag(report_bag):
    paths = contents(report_bag)
    assert {path for path in paths if path.startswith(("data/reports", "data/sources"))} == {
        "data/reports/年报 2019.figures.csv",
        "data/reports/年报 2019.page.html",
        "data/reports/年报 2019.pdf",
        "data/reports/年报 2019.record.json",
        "data/sources/年报 2019.txt",
    }
    assert {path for path in paths if not path.startswith("data/")} == {
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha256.txt",
        "manifest-sha512.txt",
        "metadata/premis.xml",
        "metadata/reports.csv",
        "tagmanifest-sha256.txt",
        "tagmanifest-sha512.txt",
    }
    record = json.loads(paths["data/reports/年报 2019.record.json"])
    schema = json.loads((ROOT / "publisher" / "record.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(record, schema)
    pdf = paths["data/reports/年报 2019.pdf"]
    assert record["pdf"]["bytes"] == len(pdf)
    embedded = {file.relationship: file.data for file in read_pdf(pdf).embedded_files}
    assert embedded["Source"] == paths["data/sources/年报 2019.txt"]
    assert embedded["Data"] == paths["data/reports/年报 2019.figures.csv"]
    verdicts = {
        path.rpartition("/")[2]: json.loads(data)
        for path, data in paths.items()
        if path.startswith("data/validation/")
    }
    assert all(verdict["passed"] for verdict in verdicts.values())
    assert {"text.publisher.json", "pdf-a-3a.page-validation.json"} <= set(verdicts)


def test_bag_info_has_known_values_only(report_bag):
    info = info_of(report_bag)
    assert info.value("题名") == "某市卫生局2019年政府信息公开工作年度报告"
    assert info.value("责任者") == info.value("Source-Organization") == "某市卫生局"
    assert info.value("日期") == info.value("DC.date") == "2020-01-20"
    assert info.value("格式信息").startswith("格式名称：PDF，格式版本：PDF/A-3a、PDF/UA-1")
    assert info.value("全宗号") == "0123"
    assert info.elements[-1] == ("全宗号", "0123")
    labels = {label for label, _ in info.elements}
    assert not labels & {"文件编号", "DC.identifier", "保管期限", "密级", "Source-Date-Epoch"}


def test_a_folder_becomes_one_bag_that_lists_failures(folder_run):
    bag, code = folder_run
    assert code == 15
    assert bagit.Bag(str(bag)).validate()
    (row,) = csv.DictReader(io.StringIO((bag / "data/failures.csv").read_text(encoding="utf-8")))
    assert (row["source"], row["error"]) == (BAD, "UnsupportedFormatError")
    assert row["hint"]
    assert "5 reports" in info_of(bag).value("External-Description")
    assert "1 source could not be archived" in info_of(bag).value("External-Description")
    assert not [path for path in contents(bag) if "坏" in path]
    table = (bag / "metadata/reports.csv").read_text(encoding="utf-8")
    assert len(list(csv.DictReader(io.StringIO(table)))) == len(NAMES)


def test_names_are_portable_and_original_names_are_recorded(folder_run):
    bag, _ = folder_run
    paths = contents(bag)
    assert all(unicodedata.is_normalized("NFC", path) for path in paths)
    assert not [path for path in paths if "%" in path or "\u2028" in path]
    sources = {path.removeprefix("data/sources/") for path in paths if "/sources/" in path}
    assert sources == {
        "2017/年报.txt",
        "2018/年报 100_.txt",
        "résumé é.txt",
        "odd '&#;$~\u3000_.txt",
        "年报.md",
    }
    names = {
        json.loads(data)["source"]["name"]
        for path, data in paths.items()
        if path.endswith(".record.json")
    }
    assert names == {name.rpartition("/")[2] for name in NAMES}


def test_the_same_bag_twice(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    source = make_source(tmp_path / "r.txt")
    for name in ("one", "two"):
        assert main(["archive", str(source), "-o", str(tmp_path / name)]) == 0
    bag = tmp_path / "one" / "r"
    assert contents(bag) == contents(tmp_path / "two" / "r")
    assert info_of(bag).value("Bagging-Date") == "2017-07-14"
    assert info_of(bag).value("Source-Date-Epoch") == "1500000000"
    assert b"2017-07-14T02:40:00+00:00" in (bag / "metadata/premis.xml").read_bytes()
    assert not [path for path, data in contents(bag).items() if str(tmp_path).encode() in data]


def test_a_file_and_a_folder_in_one_run(tmp_path):
    """What judges a report keeps threads, which would not be there in a process forked after it."""
    single = make_source(tmp_path / "single.txt")
    make_source(tmp_path / "folder" / "report.txt", 2012)
    out = tmp_path / "bags"
    limits = ("--jobs", "2", "--deadline", "60")
    assert run_alone("archive", single, tmp_path / "folder", "-o", out, *limits) == 0
    assert sorted(path.name for path in out.iterdir()) == ["folder", "single"]


def test_a_bag_is_never_overwritten(bag, capsys):
    before = contents(bag)
    source = make_source(bag.parent / f"{bag.name}.txt", 2011)
    assert main(["archive", str(source), "-o", str(bag.parent)]) == 30
    assert "a bag is never overwritten" in capsys.readouterr().err
    assert contents(bag) == before


def test_a_source_that_fails_leaves_nothing(tmp_path, capsys):
    (tmp_path / "bad.txt").write_bytes(b"")
    assert main(["archive", str(tmp_path / "bad.txt"), "-o", str(tmp_path / "bags")]) == 13
    assert list((tmp_path / "bags").iterdir()) == []
    assert capsys.readouterr().out == ""


def test_a_partly_written_report_is_removed_from_the_bag(tmp_path, monkeypatch):
    """A report that fails after its PDF was written is not half there."""
    folder = tmp_path / "年报"
    make_source(folder / "good.txt")
    make_source(folder / "half.txt", 2012)
    summarize = pack_report.summarize_result

    def fails(report_bag):
        if "2012" in report_bag.record["report"]["title"]:
            raise GlyphMissingError("is broken on purpose", hint="no way out")
        return summarize(report_bag)

    monkeypatch.setattr(pack_report, "summarize_result", fails)
    assert main(["archive", str(folder), "-o", str(tmp_path / "bags"), "--jobs", "1"]) == 22
    bag = tmp_path / "bags" / "年报"
    assert bagit.Bag(str(bag)).validate()
    assert not [path for path in contents(bag) if "half" in path]
    assert main(["verify", "-q", str(bag)]) == 0


def test_drafts_of_killed_runs_are_removed(tmp_path):
    bags = tmp_path / "bags"
    left = bags / ".publisher-0123abcd.bag" / "data"
    left.mkdir(parents=True)
    (left / "x").write_bytes(b"torn")
    living = drafts.Draft(bags / "other")
    living.begin()
    assert main(["archive", str(make_source(tmp_path / "r.txt")), "-o", str(bags)]) == 0
    assert sorted(path.name for path in bags.iterdir()) == sorted([living.folder.name, "r"])
    living.discard()
    assert [path.name for path in bags.iterdir()] == ["r"]


def test_two_runs_cannot_write_the_same_bag(tmp_path, capsys):
    other = drafts.Draft(tmp_path / "bags" / "r")
    other.begin()
    code = main(["archive", str(make_source(tmp_path / "r.txt")), "-o", str(tmp_path / "bags")])
    assert code == 32
    assert "another run" in capsys.readouterr().err
    other.discard()


@pytest.mark.parametrize("profile", ["access", "draft"])
def test_other_profiles_are_refused(tmp_path, profile, capsys):
    source = make_source(tmp_path / "r.txt")
    assert main(["archive", str(source), "-o", str(tmp_path), "--profile", profile]) == 2
    output = capsys.readouterr().err
    assert profile in output
    assert "archive-2" in output


def test_the_profile_archive_2(tmp_path):
    source = make_source(tmp_path / "r.txt")
    assert main(["archive", str(source), "-o", str(tmp_path), "--profile", "archive-2"]) == 0
    bag = tmp_path / "r"
    assert "fmt/1912" in info_of(bag).value("格式信息")
    assert main(["verify", str(bag)]) == 0


def test_the_configuration_file_is_used(tmp_path):
    (tmp_path / "publisher.toml").write_text('title = "别的题目"\n', encoding="utf-8")
    assert main(["archive", str(make_source(tmp_path / "r.txt")), "-o", str(tmp_path / "b")]) == 0
    assert info_of(tmp_path / "b" / "r").value("题名") == "别的题目"


def test_two_sources_with_the_same_bag_are_refused(tmp_path, capsys):
    sources = [str(make_source(tmp_path / subfolder / "r.txt")) for subfolder in "ab"]
    assert main(["archive", *sources, "-o", str(tmp_path / "bags")]) == 2
    assert "would both become" in capsys.readouterr().err
    assert not (tmp_path / "bags").exists()


@pytest.mark.parametrize(
    "text", ["全宗号", "=x", "a=", "a:b=c", "a=b\nc", "Bagging-Date=2020-01-01", "payload-oxum=1.1"]
)
def test_invalid_info_options_are_refused(text):
    with pytest.raises(UsageError) as caught:
        parse_info_options([text])
    assert caught.value.hint
    assert parse_info_options(["a=b=c", " 密级 = 公开 "]) == (("a", "b=c"), ("密级", "公开"))


def test_info_options_override_detected_values(tmp_path):
    source = make_source(tmp_path / "r.txt")
    line = "Source-Organization=某市档案馆"
    assert main(["archive", str(source), "-o", str(tmp_path / "b"), "--info", line]) == 0
    values = [value for label, value in info_of(tmp_path / "b" / "r").elements if "Org" in label]
    assert values == ["某市档案馆"]


def test_every_option_of_build_can_be_given():
    choices = command_parsers()
    archive = {action.dest for action in choices["archive"]._actions}
    assert {item.name for item in fields(Options)} - {"fonts"} <= archive


@pytest.mark.parametrize(
    "label", ["页数", "数字摘要", "计算机文件名", "计算机文件大小", "DC.format"]
)
def test_computed_elements_cannot_be_set(label, tmp_path, capsys):
    source = make_source(tmp_path / "年报.txt")
    assert main(["archive", str(source), "-o", str(tmp_path), "--info", f"{label}=1"]) == 2
    assert label in capsys.readouterr().err


def test_files_without_a_reader_are_listed_as_failures(tmp_path):
    folder = tmp_path / "某市"
    make_source(folder / "年报.txt")
    (folder / "2018").mkdir()
    (folder / "2018" / "扫描件.pdf").write_bytes(b"%PDF-1.7\n")
    assert run_alone("archive", folder, "-o", tmp_path / "bags") == 0
    failures = (tmp_path / "bags" / "某市" / "data" / "failures.csv").read_text(encoding="utf-8")
    assert "2018/扫描件.pdf,UnsupportedFormatError,15," in failures
