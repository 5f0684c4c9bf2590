"""publisher preflight judges each file in a process of its own, whose end fails only this file."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from publisher.batch import limited_process
from publisher.batch.worker import Limits
from publisher.cli.commands import preflight
from publisher.cli.main import main
from tests.pdf.raw_file import picture_pdf, raw_pdf, raw_stream

PAGE = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<%b>>>>"
CONTENT = raw_stream(b"/C cs 0 sc 0 0 5 5 re f")
HARMFUL = {
    "a space based on itself": (
        PAGE % b"/ColorSpace<</C 5 0 R>>", CONTENT, b"[/Indexed 5 0 R 255 <00>]",
    ),
    "deep arrays": (PAGE % b"/ColorSpace<</C 5 0 R>>", CONTENT, b"[" * 5_000 + b"]" * 5_000),
    "deep content": (PAGE % b"", raw_stream(b"[" * 50_000 + b"]" * 50_000 + b" 0 d")),
    "a chain of references": (
        PAGE % b"/ColorSpace<</C 5 0 R>>", CONTENT, *(b"%d 0 R" % n for n in range(6, 3_000)), b"/x",
    ),
    "many streams": (PAGE % b"", *[raw_stream(b"0 0 m\n")] * 5_000),
}  # fmt: skip


def die_at_the_first(task):
    """Check files, but end the process at the one that is named so."""
    if task.pdf.name == "dies.pdf":
        os.kill(os.getpid(), signal.SIGKILL)
    if task.pdf.name == "waits.pdf":
        time.sleep(60)
    return ORIGINAL(task)


ORIGINAL = preflight._check


def check(folder, capsys, *files):
    for name, data in files:
        (folder / name).write_bytes(data)
    code = main(["preflight", "--json", *[str(folder / name) for name, _ in files]])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


@pytest.mark.parametrize("name", ["dies.pdf", "waits.pdf"])
def test_the_end_of_a_process_is_a_verdict_on_its_file(name, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(preflight, "_check", die_at_the_first)
    monkeypatch.setattr(limited_process, "LIMITS", Limits(seconds=10))
    files = ((name, picture_pdf()), ("sound.pdf", picture_pdf()))
    code, results, errors = check(tmp_path, capsys, *files)
    assert code == 40
    assert "cannot be judged" in errors
    assert [Path(result["pdf"]).name for result in results] == ["sound.pdf"]


@pytest.mark.parametrize("name", list(HARMFUL))
def test_a_harmful_file_does_not_stop_the_others(name, tmp_path, capsys):
    files = (("harmful.pdf", raw_pdf(*HARMFUL[name])), ("sound.pdf", picture_pdf()))
    code, results, _ = check(tmp_path, capsys, *files)
    assert code == 40
    assert Path(results[-1]["pdf"]).name == "sound.pdf"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("font-named-not-used", {"font": False}),
        ("ocr-invisible-font", {"font": False}),
        ("helvetica-rgb-text", {"device-rgb": True, "font": True}),
        ("stencil-devicergb", {"device-rgb": True}),
        ("overprint-gray-white", {"overprint": False}),
        ("overprint-cmyk-white", {"overprint": True}),
        ("empty-flate-page", {"content": False}),
        ("wrong-adler", {"content": False}),
        ("leading-bytes", {"content": False}),
        ("distiller-cmap", {"device-rgb": True}),
        ("aes256-no-user-password", {"encryption": True}),
    ],
)
def test_shared_cases_are_judged(case, expected, shared, capsys):
    main(["preflight", "--json", str(shared / "cases" / "pdfs" / f"{case}.pdf")])
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    clauses = {line.get("clause") for line in lines}
    assert {clause: clause in clauses for clause in expected} == expected
