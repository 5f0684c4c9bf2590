"""The reference validator on every style and sample, where it is to be had."""

import os
import shutil
from pathlib import Path

import pytest

from publisher import Options, publish
from publisher.profiles import PROFILES
from publisher.render.styles import style_names
from publisher.verify.verapdf import validate_with_verapdf

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.shared, pytest.mark.typeset]


@pytest.fixture
def verapdf(shared, monkeypatch):
    """The command, where Java is there to run it."""
    if not shutil.which("javac"):
        pytest.skip("veraPDF needs a Java development kit, which is not on this machine")
    command = shared / "tools" / "verapdf" / "verapdf"
    monkeypatch.setenv("PUBLISHER_VERAPDF", str(command))


@pytest.mark.parametrize("profile", ["archive", "archive-2", "access"])
@pytest.mark.parametrize("style", style_names())
@pytest.mark.usefixtures("verapdf")
def test_every_style_script_and_profile_passes(style, profile, shared, tmp_path):
    model = shared / "reports" / "hami-2017.txt"
    traditional = ROOT / "tests" / "gold" / "blind" / "district-2020-hant.txt"
    wanted = [(model, "keep"), (ROOT / "samples" / "xishan-2019.txt", "zh-Hant-TW")]
    if os.environ.get("PUBLISHER_FULL"):  # every sample and script: some minutes more
        wanted += [(source, "keep") for source in sorted((ROOT / "samples").glob("*.txt"))]
        wanted += [(model, script) for script in ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant")]
        wanted += [(traditional, "zh-Hans-CN")]
    declares = PROFILES[profile].declares
    for source, script in wanted:
        options = Options(
            style=style, script=script, profile=profile, output=tmp_path, with_checks=True
        )
        publication = publish(source, options)
        verdicts = validate_with_verapdf(publication.pdf, declares)
        assert {verdict.profile: verdict.passed for verdict in verdicts} == dict.fromkeys(
            declares, True
        ), (source.name, script, verdicts)


@pytest.mark.usefixtures("verapdf")
def test_it_can_fail(tmp_path):
    publication = publish(
        ROOT / "samples" / "qinghe-2017.txt", Options(profile="draft", output=tmp_path)
    )
    verdicts = validate_with_verapdf(publication.pdf, ("PDF/A-3a",))
    assert [verdict.passed for verdict in verdicts] == [False]
    assert verdicts[0].findings
