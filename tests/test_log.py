"""The log of the stages: shown by --verbose on standard error, and otherwise left to the host."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from publisher import build

ROOT = Path(__file__).parents[1]
REPORT = "某市2019年报告\n\n一、概述\n\n　　受理申请13件。\n\n某市\n2020年1月20日\n"
STAGES = "readers normalise conversion parse statistics render typeset verify record pipeline"
pytestmark = pytest.mark.typeset


def test_each_stage_logs_what_it_did_and_how_long_it_took(caplog):
    caplog.set_level(logging.INFO, "publisher")
    build(REPORT.encode(), name="r.txt")
    records = [record for record in caplog.records if record.name.startswith("publisher.")]
    assert [record.name for record in records] == [f"publisher.{stage}" for stage in STAGES.split()]
    for record in records:
        assert re.fullmatch(r"r\.txt: .+ in \d+\.\d{3} s", record.getMessage())


def test_the_library_adds_no_handler():
    build(REPORT.encode(), name="r.txt")
    logger = logging.getLogger("publisher")
    assert (logger.handlers, logger.level, logger.propagate) == ([], logging.NOTSET, True)


@pytest.mark.parametrize(
    ("options", "shown"), [(["--verbose"], True), ([], False), (["--verbose", "--json"], False)]
)
def test_the_command_line_shows_the_log_with_verbose(options, shown, tmp_path):
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "publisher", "build", "r.txt", *options],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("publisher.typeset: r.txt: typeset" in done.stderr) is shown
    assert "publisher.typeset" not in done.stdout
