"""The PDFs of a bag can be rebuilt from its contents, or the differences are reported."""

import json
import os

import pytest

from publisher.archive.rebuild import rebuild_reports
from publisher.archive.style_materials import collect_materials
from publisher.cli.main import main
from publisher.errors import UnknownStyleError
from publisher.options import Options
from tests.archive.bags import SAMPLES, contents, make_source

pytestmark = pytest.mark.typeset
FULL = bool(os.environ.get("PUBLISHER_FULL"))


def own_style(folder):
    """A style that extends another of one's own, and takes a template from it."""
    for name, manifest, sheet in (
        ("mine", 'extends = "base"\n', "h1 { color: #300 }\n"),
        ("base", 'extends = "gongwen"\n', "p { color: #111 }\n"),
    ):
        (folder / name).mkdir(parents=True)
        (folder / name / "style.toml").write_text(manifest, encoding="utf-8")
        (folder / name / "style.css").write_text(sheet, encoding="utf-8")
    (folder / "mine" / ".notes").write_text("mine alone", encoding="utf-8")
    return folder / "mine"


def with_glossary(folder):
    path = folder / "词 表.tsv"
    path.write_text("信息公开\t資訊公開\t*\n", encoding="utf-8")
    return ["--script", "zh-Hant-TW", "--glossary", str(path), "--vocabulary", "tw"]


def with_style(folder):
    return ["--style", str(own_style(folder / "styles"))]


def with_title(_):
    return ["--title", "别的题目", "--date", "2020-02-02", "--tables", "inline", "--with-checks"]


CASES = [
    ("linting-2021.txt", "", (with_glossary, with_style)),
    ("yunping-2016-bureau.txt", "1500000000", (with_title,)),
]
if FULL:
    CASES += [
        (name.name, epoch, (option,))
        for name in sorted(SAMPLES.glob("*.txt"))
        for epoch in ("", "1500000000")
        for option in (with_glossary, with_style, with_title)
    ]


@pytest.mark.parametrize(("sample", "epoch", "arguments"), CASES)
def test_rebuilding_gives_the_same_bytes(sample, epoch, arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    options = [word for item in arguments for word in item(tmp_path)]
    bags = tmp_path / "bags"
    assert main(["archive", str(SAMPLES / sample), "-o", str(bags), *options]) == 0
    (bag,) = bags.iterdir()
    before = contents(bag)
    assert not [path for path, data in before.items() if str(tmp_path).encode() in data]
    for name in ("styles", "词 表.tsv"):
        if (tmp_path / name).exists():
            (tmp_path / name).rename(tmp_path / f"gone {name}")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1" if epoch else "1600000000")
    capsys.readouterr()
    assert main(["rebuild", str(bag)]) == 0
    assert "the same file, byte for byte" in capsys.readouterr().out
    assert contents(bag) == before
    if FULL or not epoch:
        assert main(["verify", str(bag)]) == 0


def change(bag, **parts):
    path = next(bag.rglob("*.record.json"))
    record = json.loads(path.read_bytes())
    for key, values in parts.items():
        record[key] |= values
    path.write_text(json.dumps(record), encoding="utf-8")
    return record


def test_software_that_differs_is_named(bag, capsys):
    record = change(bag, software={"pango": "1.2.3", "weasyprint": "0.9"})
    (rebuilt,) = rebuild_reports(bag)
    assert rebuilt.identical
    assert any(item.startswith("pango was 1.2.3; now it is 1.") for item in rebuilt.reasons)
    assert any(item.startswith("weasyprint was 0.9") for item in rebuilt.reasons)
    assert main(["rebuild", "-v", str(bag)]) == 0
    assert "pango was 1.2.3" in capsys.readouterr().err
    assert record["software"]["harfbuzz"] not in str(rebuilt.reasons)


def test_the_first_difference_is_reported(bag, capsys):
    change(bag, options={"title": "别的题目"})
    assert main(["rebuild", str(bag)]) == 40
    output = capsys.readouterr()
    assert "first differ at byte" in output.err
    assert "the pages at page 1" in output.err
    assert "NOT THE SAME FILE" in output.out


def test_fonts_that_differ_are_named(bag):
    path = next(bag.rglob("*.record.json"))
    record = json.loads(path.read_bytes())
    record["fonts"][0]["version"] = "0.1"
    path.write_text(json.dumps(record), encoding="utf-8")
    (rebuilt,) = rebuild_reports(bag)
    family = record["fonts"][0]["family"]
    assert any(f"the font {family}" in item and "was 0.1" in item for item in rebuilt.reasons)


def test_bytes_after_the_recorded_file_are_not_compared(bag):
    """A signature is put behind the bytes that were signed."""
    path = next(bag.rglob("*.pdf"))
    path.write_bytes(path.read_bytes() + b"\n% a signature\n")
    (rebuilt,) = rebuild_reports(bag)
    assert (rebuilt.identical, rebuilt.reasons) == (True, ())


def test_a_missing_source_is_reported(bag, capsys):
    next((bag / "data/sources").iterdir()).unlink()
    assert main(["rebuild", str(bag)]) == 40
    assert "its source is not in the bag" in capsys.readouterr().err


def test_no_style_from_outside_the_bag_is_used(bag):
    change(bag, options={"style": "data/styles/../../../mine"})
    (rebuilt,) = rebuild_reports(bag)
    assert not rebuilt.identical
    assert "neither a style of the bag" in rebuilt.reasons[0]


HOSTILE = "{{ ''.__class__.__mro__[1].__subclasses__() }}"


def test_a_style_of_a_bag_runs_no_program(tmp_path):
    """The templates of an untrusted bag can access the report only."""
    style = own_style(tmp_path / "styles")
    source = make_source(tmp_path / "r.txt")
    arguments = ["-o", str(tmp_path / "bags"), "--style", str(style)]
    assert main(["archive", str(source), *arguments]) == 0
    bag = tmp_path / "bags" / "r"
    (bag / "data/styles/1/mine/report.html.j2").write_text(HOSTILE, encoding="utf-8")
    (rebuilt,) = rebuild_reports(bag)
    assert not rebuilt.identical
    assert "SecurityError" in rebuilt.reasons[0]


def test_a_style_that_no_bag_can_hold_is_refused(tmp_path, capsys):
    style = own_style(tmp_path / "styles")
    manifest = style / "style.toml"
    manifest.write_text(f'extends = "{style.parent / "base"}"\n', encoding="utf-8")
    source = make_source(tmp_path / "r.txt")
    out = tmp_path / "bags"
    assert main(["archive", str(source), "-o", str(out), "--style", str(style)]) == 4
    assert "extends" in capsys.readouterr().err
    assert list(out.iterdir()) == []
    (style / "100%.css").write_bytes(b"")
    with pytest.raises(UnknownStyleError, match="100%"):
        collect_materials([Options(style=str(style))])
