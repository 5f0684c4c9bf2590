"""publisher verify judges each file and each report of a bag in a process with limits, whose end fails only it."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from publisher import Options, archive_reports, verify_bag
from publisher.archive import verify_bag as bag_verification
from publisher.batch import limited_process
from publisher.batch.worker import Limits
from publisher.cli.commands import verify
from publisher.cli.main import main
from publisher.verify import verapdf
from tests.pdf.raw_file import raw_pdf

DEEP = {
    "deep arrays": raw_pdf(b"<</Type/Page/Parent 2 0 R/X 4 0 R>>", b"[" * 20_000 + b"]" * 20_000),
    "a space based on itself": raw_pdf(
        b"<</Type/Page/Parent 2 0 R/Resources<</ColorSpace<</C 4 0 R>>>>>>",
        b"[/Indexed 4 0 R 255 <00>]",
    ),
}
STOCK_VERIFY, STOCK_REPORT = verify._verify, bag_verification._judge_report


def _harm(path):
    """Do to this process what the name of a file says."""
    name = Path(path).stem
    if name == "dies":
        os.kill(os.getpid(), signal.SIGSEGV)
    if name == "waits":
        subprocess.run([sys.executable, "-c", "import time; time.sleep(60)"], check=False)
    if name == "grows":
        bytearray(1 << 40)
    if name == "recurses":
        raise RecursionError


def verify_or_die(task):
    _harm(task.pdf)
    return STOCK_VERIFY(task)


def judge_or_die(inventory, name, trusted):
    _harm(name)
    return STOCK_REPORT(inventory, name, trusted)


def results(capsys):
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return [json.loads(line) for line in captured.out.splitlines()], captured.err


@pytest.mark.parametrize("name", ["dies", "waits", "grows", "recurses"])
def test_the_end_of_a_process_fails_only_its_file(
    name, small_publications, tmp_path, capsys, monkeypatch
):
    folder = shutil.copytree(small_publications["archive"], tmp_path / "out")
    shutil.copy(folder / "report.pdf", folder / f"{name}.pdf")
    monkeypatch.setattr(verify, "_verify", verify_or_die)
    monkeypatch.setattr(limited_process, "LIMITS", Limits(seconds=12))
    files = [str(folder / f"{name}.pdf"), str(folder / "report.pdf")]
    assert main(["verify", "--json", *files]) == 40
    (result,), errors = results(capsys)
    assert result["pdf"] == files[1]
    assert result["passed"]
    assert "cannot be judged" in errors


@pytest.mark.parametrize("name", list(DEEP))
@pytest.mark.parametrize("more", [(), ("--speech",)])
def test_a_harmful_file_does_not_stop_the_others(name, more, tmp_path, capsys):
    files = [tmp_path / "harmful.pdf", tmp_path / "sound.pdf"]
    files[0].write_bytes(DEEP[name])
    files[1].write_bytes(raw_pdf(b"<</Type/Page/Parent 2 0 R>>"))
    main(["verify", "--json", *more, *map(str, files)])
    found, errors = results(capsys)
    if not more:
        assert found[-1]["pdf"] == str(files[1])
    assert "bug" not in errors


@pytest.mark.parametrize("name", ["dies", "recurses"])
def test_the_end_of_a_process_fails_only_its_report(name, tmp_path, capsys, monkeypatch):
    folder = tmp_path / "reports"
    folder.mkdir()
    for stem in (name, "sound"):
        (folder / f"{stem}.txt").write_text(f"{stem}\n\n一共13件。\n", encoding="utf-8")
    bag = archive_reports(folder, Options(output=tmp_path / "bags")).path
    monkeypatch.setattr(bag_verification, "_judge_report", judge_or_die)
    assert main(["verify", "--json", str(bag)]) == 40
    found, errors = results(capsys)
    assert [(Path(item.get("pdf", "")).name, item["passed"]) for item in found] == [
        ("sound.pdf", True),
        ("", False),
    ]
    assert f"{name}.record.json" in errors
    assert "cannot be judged" in errors
    monkeypatch.undo()
    assert verify_bag(bag).passed


def test_the_programs_of_a_worker_end_with_it(tmp_path):
    task = verify._Task(pdf=tmp_path / "waits.pdf")
    pool = limited_process.WorkerPool(verify_or_die, jobs=1, limits=Limits(seconds=3))
    events = list(pool.run([task]))
    assert "took longer than 3 s" in events[-1].outcome.message
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert "import time; time.sleep(60)" not in running.stdout


def stack_and_core(_):
    import resource

    return [resource.getrlimit(limit)[0] for limit in (resource.RLIMIT_STACK, resource.RLIMIT_CORE)]


def test_a_worker_has_a_limited_stack_and_leaves_no_core():
    stack, core = limited_process.judge(stack_and_core, "x")
    assert 0 < stack <= 64 << 20
    assert core == 0


def run_verapdf(path):
    return [
        (item.profile, item.passed)
        for item in verapdf.validate_with_verapdf(Path(path), ["PDF/A-3a"])
    ]


def test_verapdf_has_the_memory_that_the_system_allows(tmp_path, monkeypatch):
    command = tmp_path / "verapdf"
    command.write_text(
        "#!/bin/sh\nlimit=$(ulimit -Sv)\nhard=$(ulimit -Hv)\n"
        '[ "$limit" = "$hard" ] && echo "PASS 3a x"\n'
    )
    command.chmod(0o755)
    monkeypatch.setenv("PUBLISHER_VERAPDF", str(command))
    assert limited_process.judge(run_verapdf, str(tmp_path / "x.pdf")) == [("PDF/A-3a", True)]


def print_much(task):
    logging.getLogger("a library").warning("of %s", task)
    os.write(1, b"on standard output\n")
    os.write(2, b"on standard error\n")
    return task


def test_what_libraries_print_while_they_judge_a_file_is_discarded(capfd):
    assert limited_process.judge(print_much, "x") == "x"
    assert capfd.readouterr() == ("", "")
