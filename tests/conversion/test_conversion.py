"""Conversion of the script: places kept, figures and Latin untouched, reversible on the samples."""

import re
from pathlib import Path

import pytest

from publisher.conversion import Wish, convert
from publisher.conversion.script import script_of_text
from publisher.editing import replay
from publisher.normalise import normalise
from publisher.readers import read

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
    assert script_of_text(text) == script


@pytest.mark.parametrize("script", ["zh-Hant-TW", "zh-Hant-HK", "zh-Hant"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_figures_and_latin_are_untouched(sample, script):
    source, read_edits = read(sample)
    ordered, order_edits, _ = normalise(source)
    converted, edits, conversion = convert(ordered, Wish(script=script))
    plain = re.compile(r"[\x20-\x7e%‰]+")
    assert plain.findall(converted.plain_text()) == plain.findall(ordered.plain_text())
    assert conversion.source_script == "zh-Hans"
    assert edits
    assert "报" not in converted.plain_text()
    text = replay(source.decoded, (*read_edits, *order_edits, *edits))
    assert "".join(text.split()) == "".join(converted.plain_text().split())


def test_keep_changes_nothing():
    ordered, _, _ = normalise(read(SAMPLES[0])[0])
    converted, edits, _ = convert(ordered, Wish())
    assert edits == ()
    assert converted.plain_text() == ordered.plain_text()
