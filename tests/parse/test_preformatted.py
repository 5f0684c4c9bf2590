"""Preformatted text keeps its spaces and line ends: the gold documents, open and blind."""

import tomllib
from pathlib import Path

import pytest

from publisher.model import PreformattedText
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes

GOLD = Path(__file__).parents[1] / "gold" / "preformatted"
CASES = {
    case["name"]: case
    for name in ("open", "blind")
    for case in tomllib.loads((GOLD / f"{name}.toml").read_text())["case"]
}


def blocks_of(source):
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    return [b.text.string for b in report.blocks() if isinstance(b, PreformattedText)]


@pytest.mark.parametrize("name", CASES)
def test_preformatted_text_is_what_the_gold_says(name):
    case = CASES[name]
    source, _ = read_bytes(case["source"].lstrip("\n").encode(), name=case["file"])
    assert blocks_of(source) == [block.removeprefix("\n").rstrip() for block in case["blocks"]]
    warnings = [finding for finding in source.findings if finding.clause == "table"]
    assert len(warnings) == case.get("warnings", 0)
