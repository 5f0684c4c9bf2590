"""Systems without what Windows or macOS lacks: every module is imported, and the commands that typeset nothing work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher import Options, publish

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("other_platform.py")
SAMPLE = ROOT / "samples" / "qinghe-2017.txt"


def run(system, *arguments):
    return subprocess.run(
        [sys.executable, PROGRAM, system, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PUBLISHER_LANG": "en"},
    )


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_every_module_is_imported(system):
    done = run(system)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="module")
def publication(tmp_path_factory):
    """A publication that was made on this system."""
    folder = tmp_path_factory.mktemp("other")
    source = folder / "r.txt"
    source.write_text("云坪市2019年工作报告\n\n一、概述\n\n全年收到申请120件。\n", encoding="utf-8")
    return publish(source, Options(output=folder / "out", tables="none")).pdf


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--help", "COMMAND"),
        ("build --help", "--style"),
        ("check {source}", "figures"),
        ("review {source}", "edits made"),
        ("verify {pdf}", "verified"),
        ("preflight {pdf}", "page"),
        ("stats {folder} -o {folder}/s.csv", "figure"),
        ("compare {source} {source} -o {folder}/c.html", "differ"),
    ],
)
@pytest.mark.typeset
def test_commands_that_typeset_nothing_work(publication, line, words):
    arguments = line.format(source=SAMPLE, pdf=publication, folder=publication.parent).split()
    done = run("windows", *arguments)
    assert "Traceback" not in done.stderr
    assert words in done.stdout
