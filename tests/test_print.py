"""Files for a print shop, from the command line to the press: inks counted by Ghostscript."""

import json
import re
import shutil
import subprocess

import pytest

from publisher import Options, publish
from publisher.batch.fingerprint import compute_fingerprint
from publisher.cli.main import main
from publisher.errors import ColourProfileError, UsageError
from publisher.options import NO_FILE
from publisher.output_names import PDF
from publisher.pdf.icc import load_output_profile
from publisher.pipeline import run_pipeline
from tests.signing.authority import write_key

pytestmark = pytest.mark.typeset
REPORT = "某某市2020年政府信息公开工作年度报告\n一、概况\n全年公开12件，其中甲7件，乙5件。\n某某市人民政府\n2021年1月8日\n"


def inks(pdf):
    """How much of each page every ink covers, as Ghostscript counts."""
    if shutil.which("gs") is None:
        pytest.skip("Ghostscript is not installed")
    counted = subprocess.run(
        ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(pdf)],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = re.findall(r"([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) CMYK", counted.stdout)
    return [tuple(map(float, line)) for line in lines]


def build_print(text=REPORT, **options):
    options = Options(profile="print", encoding="utf-8", **options)
    return run_pipeline(text.encode(), options, name="a.txt")


@pytest.mark.shared
def test_the_model_report_is_printed_in_black_alone(shared, tmp_path):
    options = Options(profile="print", output=tmp_path, date="2018-02-26")
    done = publish(shared / "reports" / "hami-2017.txt", options)
    counted = inks(done.pdf)
    assert len(counted) == done.pages > 15
    assert all(page[:3] == (0, 0, 0) and page[3] > 0.01 for page in counted)
    assert [verdict.passed for verdict in done.verdicts if verdict.profile == "PDF/X-4"] == [True]


@pytest.mark.parametrize("style", ["reader", "book", "large-print"])
def test_every_style_prints_its_text_in_black(style, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(build_print(style=style).files[PDF])
    assert all(page[:3] == (0, 0, 0) for page in inks(file))


def test_a_red_head_is_magenta_and_yellow(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(build_print(style="red-head").files[PDF])
    first, *others = inks(file)
    cyan, magenta, yellow, _ = first
    assert cyan == 0
    assert magenta == yellow > 0.001
    assert all(page[:3] == (0, 0, 0) for page in others)


def test_ghostscript_would_see_other_inks(tmp_path):
    options = Options(profile="print", output=tmp_path, marks=True)
    source = tmp_path / "a.txt"
    source.write_text(REPORT, encoding="utf-8")
    assert all(min(page) > 0 for page in inks(publish(source, options).pdf))  # the marks


def test_the_same_report_gives_the_same_bytes_and_is_verified(tmp_path, capsys):
    source = tmp_path / "a.txt"
    source.write_text(REPORT, encoding="utf-8")
    for folder in ("one", "two"):
        assert main(["build", str(source), "--profile", "print", "-o", str(tmp_path / folder)]) == 0
    first, second = tmp_path / "one" / "a.pdf", tmp_path / "two" / "a.pdf"
    assert first.read_bytes() == second.read_bytes()
    assert main(["verify", str(first)]) == 0
    assert "PDF/X-4 passed" in capsys.readouterr().out
    record = json.loads((tmp_path / "one" / "a.record.json").read_text(encoding="utf-8"))
    assert record["pdf"]["declares"] == ["PDF/X-4"]
    assert record["options"]["bleed"] == 3.0


def test_a_report_without_a_date_asks_for_one():
    with pytest.raises(UsageError, match="date") as raised:
        build_print("某某市2020年年度报告\n一、概况\n全年公开12件。\n")
    assert "--date" in raised.value.hint
    assert build_print("某某市2020年年度报告\n一、概况\n全年公开12件。\n", date="2021-01-08").files[
        PDF
    ]


def test_a_date_can_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609459200")
    data = build_print("某某市2020年年度报告\n一、概况\n全年公开12件。\n").files[PDF]
    assert b"2021-01-01T00:00:00+00:00" in data


def test_the_shop_s_profile_goes_inside(tmp_path):
    shop = tmp_path / "shop.icc"
    own = load_output_profile(NO_FILE).data.replace(b"Coated FOGRA39L", b"House paper 135")
    shop.write_bytes(own)
    assert build_print(icc=shop).files[PDF] != build_print().files[PDF]
    assert compute_fingerprint(Options(profile="print", icc=shop)) != compute_fingerprint(
        Options(profile="print")
    )
    shop.write_bytes(own[:-1])
    with pytest.raises(ColourProfileError):
        build_print(icc=tmp_path / "other.icc")


def test_print_options_without_a_print_profile_are_reported(tmp_path, capsys):
    source = tmp_path / "a.txt"
    source.write_text(REPORT, encoding="utf-8")
    assert main(["build", str(source), "--marks", "-o", str(tmp_path)]) == 0
    assert "--profile print" in capsys.readouterr().err


@pytest.mark.parametrize("bleed", [-1, 21, float("nan")])
def test_a_bleed_that_cannot_be_is_refused(bleed):
    with pytest.raises(UsageError, match="bleed"):
        Options(bleed=bleed)


def test_a_bleed_of_whole_millimetres_is_a_number():
    assert Options(bleed=5) == Options(bleed=5.0)


def test_files_for_a_press_are_not_bound(tmp_path, capsys):
    source = tmp_path / "a.txt"
    source.write_text(REPORT, encoding="utf-8")
    assert main(["build", str(source), "--profile", "print", "-o", str(tmp_path / "out")]) == 0
    assert main(["volume", str(tmp_path / "out")]) == 2
    assert "for a print shop" in capsys.readouterr().err


def test_warnings_of_the_preflight_are_reported_while_building(tmp_path, capsys):
    style = tmp_path / "thin"
    style.mkdir()
    (style / "style.toml").write_text('extends = "gongwen"\n')
    (style / "style.css").write_text("h2 { border-bottom: 0.1pt solid #000 }\n")
    source = tmp_path / "a.txt"
    source.write_text(REPORT, encoding="utf-8")
    arguments = ["--profile", "print", "--style", str(style), "-o", str(tmp_path / "out")]
    assert main(["build", str(source), *arguments]) == 0
    assert "a line of 0.10 pt" in capsys.readouterr().err
    record = json.loads((tmp_path / "out" / "a.record.json").read_text(encoding="utf-8"))
    assert "hairline" in {finding["clause"] for finding in record["findings"]}


def test_files_for_a_press_are_not_signed(tmp_path, authority, capsys):
    file = tmp_path / "a.pdf"
    file.write_bytes(build_print().files[PDF])
    assert main(["sign", str(file), "--key", str(write_key(tmp_path, authority))]) == 41
    assert "for a print shop" in capsys.readouterr().err
    assert file.read_bytes() == build_print().files[PDF]


# --- publisher preflight -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    file = tmp_path_factory.mktemp("printed") / "a.pdf"
    file.write_bytes(build_print().files[PDF])
    return file


def test_preflight_tells_each_file(printed, tmp_path, capsys):
    other = tmp_path / "none.pdf"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.6 and nothing else")
    assert main(["preflight", str(printed), str(other), str(broken)]) == 40
    out, err = capsys.readouterr()
    assert "can be printed (" in out
    assert "none.pdf: there is no such file" in err
    assert "broken.pdf: the PDF is damaged" in err
    assert "Traceback" not in err


def test_preflight_describes_pages(printed, capsys):
    assert main(["preflight", "--json", str(printed)]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result["passed"] is True
    assert result["pages"][0]["trim"] == [210.0, 297.0]
    assert result["pages"][0]["inks"] == {"Black": 1.0}
    assert main(["preflight", "-v", str(printed)]) == 0
    assert "page 1: 210.0 × 297.0 mm; DeviceCMYK; Black 100%" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--max-ink=50", "--min-ppi=0", "--bleed=-1", "--bleed=nan"])
def test_limits_that_cannot_be_are_refused(option, printed, capsys):
    assert main(["preflight", option, str(printed)]) == 2
    assert option.split("=")[0] in capsys.readouterr().err


def test_a_page_of_a_report_is_not_for_a_press(tmp_path, capsys):
    source = tmp_path / "a.txt"
    source.write_text(REPORT, encoding="utf-8")
    assert main(["build", str(source), "-o", str(tmp_path)]) == 0
    assert main(["preflight", str(tmp_path / "a.pdf")]) == 40
    err = capsys.readouterr().err
    for rule in ("identification", "output-intent", "device-rgb", "rich-black", "trapped"):
        assert f"({rule})" in err
