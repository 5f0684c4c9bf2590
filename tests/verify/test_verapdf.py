"""Verification with veraPDF: of every style and sample with the real one, of the results with a script."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from publisher import Options, publish
from publisher.errors import VerificationError
from publisher.profiles import PROFILES
from publisher.render.styles import style_names
from publisher.verify import verapdf
from publisher.verify.validators import unverified_standards
from publisher.verify.verapdf import FLAVOURS, validate_with_verapdf, verapdf_command

ROOT = Path(__file__).parents[2]
KNOWN_PROFILES = [
    name for name, profile in PROFILES.items() if FLAVOURS.keys() & set(profile.declares)
]
"""The profiles with a standard that veraPDF knows."""


@pytest.mark.shared
@pytest.mark.typeset
@pytest.mark.parametrize("profile", KNOWN_PROFILES)
def test_every_style_script_and_profile_passes(profile, verapdf, shared, tmp_path):
    """All files of a profile are validated by one process, since Java takes seconds to start."""
    model = shared / "reports" / "hami-2017.txt"
    traditional = ROOT / "tests" / "gold" / "blind" / "district-2020-hant.txt"
    builds = [(model, "keep"), (ROOT / "samples" / "xishan-2019.txt", "zh-Hant-TW")]
    if os.environ.get("PUBLISHER_FULL"):  # every sample and script: some minutes more
        builds += [(source, "keep") for source in sorted((ROOT / "samples").glob("*.txt"))]
        builds += [(model, script) for script in ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant")]
        builds += [(traditional, "zh-Hans-CN")]
        works = [(style, *build) for style in style_names() for build in builds]
    else:  # both sources in each profile and in each style
        first = KNOWN_PROFILES.index(profile)
        works = [(style, *builds[number % 2]) for number, style in enumerate(style_names(), first)]
    files = []
    for number, (style, source, script) in enumerate(works):
        output = tmp_path / f"{number}-{style}-{script}"
        options = Options(
            style=style, script=script, profile=profile, output=output, with_checks=True
        )
        files.append(publish(source, options).pdf)
    flavours = [FLAVOURS[name] for name in PROFILES[profile].declares if name in FLAVOURS]
    validated = subprocess.run(
        [verapdf, ",".join(flavours), *files], capture_output=True, text=True, check=False
    )
    verdicts = [line.split()[:3] for line in validated.stdout.splitlines() if line[0].isalpha()]
    assert sorted(verdicts) == sorted(
        ["PASS", flavour, str(file)] for file in files for flavour in flavours
    ), validated.stdout


@pytest.mark.shared
@pytest.mark.typeset
@pytest.mark.usefixtures("verapdf")
def test_a_file_without_the_standard_fails(tmp_path):
    publication = publish(
        ROOT / "samples" / "qinghe-2017.txt", Options(profile="draft", output=tmp_path)
    )
    verdicts = validate_with_verapdf(publication.pdf, ("PDF/A-3a",))
    assert [verdict.passed for verdict in verdicts] == [False]
    assert verdicts[0].findings


# --- Without the reference validator: a script that prints its results ---


@pytest.fixture
def fake_verapdf(tmp_path, monkeypatch):
    """Return a function that makes the command print these lines."""

    def prints(*lines):
        command = tmp_path / "verapdf"
        body = "".join(f"echo '{line}'\n" for line in lines)
        command.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/flavours\n{body}', encoding="utf-8")
        command.chmod(0o755)
        monkeypatch.setenv("PUBLISHER_VERAPDF", str(command))

    return prints


def test_each_flavour_gets_a_verdict(fake_verapdf, tmp_path):
    fake_verapdf(
        "PASS ua1 report.pdf", "FAIL 3a report.pdf", "  6.3.3-1 x2 An annotation has no appearance"
    )
    verdicts = validate_with_verapdf(tmp_path / "report.pdf", ("PDF/A-3a", "PDF/UA-1"))
    assert (tmp_path / "flavours").read_text() == "3a,ua1\n"
    assert [(verdict.profile, verdict.passed) for verdict in verdicts] == [
        ("PDF/UA-1", True),
        ("PDF/A-3a", False),
    ]
    (finding,) = verdicts[1].findings
    assert (finding.clause, finding.message) == (
        "6.3.3-1",
        "An annotation has no appearance (2 times)",
    )


@pytest.mark.parametrize("result", ["PASS", "FAIL"])
def test_equal_requirements_have_the_verdict_of_the_standard_that_is_verified(
    result, fake_verapdf, tmp_path
):
    fake_verapdf(f"{result} ua2 report.pdf", "PASS wt1r report.pdf")
    declares = ("PDF/UA-2", "WTPDF-1.0 accessibility", "WTPDF-1.0 reuse")
    verdicts = validate_with_verapdf(tmp_path / "report.pdf", declares)
    assert {verdict.profile: verdict.passed for verdict in verdicts} == {
        "PDF/UA-2": result == "PASS",
        "WTPDF-1.0 accessibility": result == "PASS",
        "WTPDF-1.0 reuse": True,
    }


def test_equal_requirements_are_not_verified_alone(fake_verapdf, tmp_path):
    """A file that does not declare PDF/UA-2 fails its validation for that, which is no fault of the file."""
    fake_verapdf("PASS wt1r report.pdf")
    declares = ("WTPDF-1.0 accessibility", "WTPDF-1.0 reuse")
    verdicts = validate_with_verapdf(tmp_path / "report.pdf", declares)
    assert [verdict.profile for verdict in verdicts] == ["WTPDF-1.0 reuse"]
    (unverified,) = unverified_standards(declares, verdicts)
    assert unverified.profile == "WTPDF-1.0 accessibility (not checked)"


def test_a_flavour_without_a_result_fails(fake_verapdf, tmp_path):
    fake_verapdf("PASS ua1 report.pdf")
    verdicts = validate_with_verapdf(tmp_path / "report.pdf", ("PDF/A-3a", "PDF/UA-1"))
    assert [(verdict.profile, verdict.passed) for verdict in verdicts] == [
        ("PDF/UA-1", True),
        ("PDF/A-3a", False),
    ]
    assert verdicts[1].findings[0].message == "no result for PDF/A-3a"


def test_an_error_of_verapdf_fails(fake_verapdf, tmp_path):
    fake_verapdf("ERROR 3a report.pdf")
    (verdict,) = validate_with_verapdf(tmp_path / "report.pdf", ("PDF/A-3a",))
    assert not verdict.passed


def test_only_known_standards_are_asked_for(fake_verapdf, tmp_path):
    fake_verapdf("PASS 3a report.pdf")
    assert validate_with_verapdf(tmp_path / "report.pdf", ("PDF/X-4",)) == ()
    assert not (tmp_path / "flavours").exists()


def test_a_command_that_cannot_be_run_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("PUBLISHER_VERAPDF", str(tmp_path / "missing"))
    with pytest.raises(VerificationError, match="cannot be run") as caught:
        validate_with_verapdf(tmp_path / "report.pdf", ("PDF/A-3a",))
    assert "PUBLISHER_VERAPDF" in caught.value.hint


def test_a_command_that_takes_too_long_is_an_error(fake_verapdf, monkeypatch, tmp_path):
    fake_verapdf()
    with (tmp_path / "verapdf").open("a", encoding="utf-8") as script:
        script.write("exec sleep 60\n")
    monkeypatch.setattr(verapdf, "TIMEOUT", 0.2)
    with pytest.raises(VerificationError, match="cannot be run"):
        validate_with_verapdf(tmp_path / "report.pdf", ("PDF/A-3a",))


def test_without_a_command_the_standard_is_reported_as_unverified(monkeypatch, tmp_path):
    monkeypatch.delenv("PUBLISHER_VERAPDF", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert verapdf_command() == ""
    assert validate_with_verapdf(tmp_path / "report.pdf", ("PDF/A-4f",)) == ()
    (verdict,) = unverified_standards(("PDF/A-4f",), ())
    assert (verdict.profile, verdict.passed) == ("PDF/A-4f (not checked)", True)
    assert [finding.clause for finding in verdict.findings] == ["unchecked"]
