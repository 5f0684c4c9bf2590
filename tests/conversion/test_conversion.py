"""Conversion keeps offsets, figures and Latin text, and is reversible on the samples."""

import re
from pathlib import Path

import pytest

from publisher.conversion import conversion_findings, convert
from publisher.conversion.script import detect_script
from publisher.normalise import normalise
from publisher.options import ConversionOptions
from publisher.readers import read, read_bytes
from publisher.text.edits import replay_edits

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("政府信息公开报告", "zh-Hans"),
        ("政府資訊公開報告書", "zh-Hant"),
        ("政府信息公开报告，政府資訊公開報告", "mixed"),
        ("2017", "zh-Hans"),
    ],
)
def test_script_of_text(text, script):
    assert detect_script(text) == script


@pytest.mark.parametrize("script", ["zh-Hant-TW", "zh-Hant-HK", "zh-Hant"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_figures_and_latin_are_untouched(sample, script):
    source, read_edits = read(sample)
    normalised = normalise(source)
    ordered, order_edits = normalised.source, normalised.edits
    converted, edits, conversion = convert(ordered, ConversionOptions(script=script))
    plain = re.compile(r"[\x20-\x7e%‰]+")
    assert plain.findall(converted.plain_text()) == plain.findall(ordered.plain_text())
    assert conversion.source_script == "zh-Hans"
    assert edits
    assert "报" not in converted.plain_text()
    text = replay_edits(source.decoded, (*read_edits, *order_edits, *edits))
    assert "".join(text.split()) == "".join(converted.plain_text().split())


def test_keep_changes_nothing():
    ordered = normalise(read(SAMPLES[0])[0]).source
    converted, edits, _ = convert(ordered, ConversionOptions())
    assert edits == ()
    assert converted.plain_text() == ordered.plain_text()


@pytest.mark.shared
@pytest.mark.parametrize("script", ["zh-Hant-TW", "zh-Hant-HK", "zh-Hant"])
def test_the_model_report_comes_back_as_it_went(shared, script):
    ordered = normalise(read(shared / "reports" / "hami-2017.txt")[0]).source
    traditional, _, conversion = convert(ordered, ConversionOptions(script=script))
    back, _, _ = convert(traditional, ConversionOptions(script="zh-Hans-CN"))
    assert back.plain_text() == ordered.plain_text()
    assert "“" not in traditional.plain_text()
    assert conversion.unpaired_quotation_marks == ()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_come_back_as_they_went(sample):
    ordered = normalise(read(sample)[0]).source
    traditional, _, _ = convert(ordered, ConversionOptions(script="zh-Hant-TW"))
    back, _, _ = convert(traditional, ConversionOptions(script="zh-Hans-CN"))
    assert back.plain_text() == ordered.plain_text()


def test_a_text_in_the_wanted_script_is_reported():
    source, _ = read_bytes("政府資訊公開報告書".encode(), name="r.txt")
    converted, edits, conversion = convert(source, ConversionOptions(script="zh-Hant-TW"))
    assert (converted.plain_text(), edits) == (source.plain_text(), ())
    (finding,) = conversion_findings(conversion, "zh-Hant-TW")
    assert "already" in finding.message
