"""The reference validator on every style and sample, where it is to be had."""

import shutil
from pathlib import Path

import pytest

from publisher import Options, publish
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


@pytest.mark.parametrize("style", style_names())
@pytest.mark.usefixtures("verapdf")
def test_every_style_passes(style, shared, tmp_path):
    sources = [*sorted((ROOT / "samples").glob("*.txt")), shared / "reports" / "hami-2017.txt"]
    for source in sources:
        publication = publish(source, Options(style=style, output=tmp_path))
        verdicts = validate_with_verapdf(publication.pdf, ("PDF/A-3a", "PDF/UA-1"))
        assert {verdict.profile: verdict.passed for verdict in verdicts} == {
            "PDF/A-3a": True,
            "PDF/UA-1": True,
        }, (source.name, verdicts)


@pytest.mark.usefixtures("verapdf")
def test_it_can_fail(tmp_path):
    publication = publish(
        ROOT / "samples" / "qinghe-2017.txt", Options(profile="draft", output=tmp_path)
    )
    verdicts = validate_with_verapdf(publication.pdf, ("PDF/A-3a",))
    assert [verdict.passed for verdict in verdicts] == [False]
    assert verdicts[0].findings
