"""The command line from outside: results, one clear line for an error, the right exit code."""

import argparse
import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.cli.limits import require_limits
from publisher.cli.main import main
from publisher.errors import UsageError

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "yunping-2016-bureau.txt"
pytestmark = pytest.mark.typeset


def run(*arguments, **surroundings):
    return subprocess.run(
        [sys.executable, "-m", "publisher", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=surroundings.pop("cwd", None),
        env={**os.environ, **surroundings},
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the publication of the first third of the sample, to be copied."""
    folder = tmp_path_factory.mktemp("built")
    source = folder / "report.txt"
    source.write_bytes(b"".join(SAMPLE.read_bytes().splitlines(keepends=True)[:33]))
    assert run("build", source, "-o", folder).returncode == 0
    return folder


@pytest.fixture
def publication(built, tmp_path):
    """A copy of that publication, whose record and source are beside it."""
    return Path(shutil.copytree(built, tmp_path / "out"), "report.pdf")


def test_build_and_verify(tmp_path):
    built = run("build", SAMPLE, "-o", tmp_path, "--emit", "html,txt")
    assert built.returncode == 0, built.stderr
    assert built.stdout.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "yunping-2016-bureau.normalised.txt",
        "yunping-2016-bureau.page.html",
        "yunping-2016-bureau.pdf",
        "yunping-2016-bureau.record.json",
    ]
    verified = run("verify", tmp_path / "yunping-2016-bureau.pdf")
    assert verified.returncode == 0, verified.stderr
    assert (
        "text passed, matterhorn passed, semantics passed, tables passed, widths passed, "
        "PDF/A-3a passed, PDF/UA-1 passed, visible text passed"
    ) in verified.stdout


@pytest.mark.parametrize("position", [100, 5000, -400])
def test_verify_finds_a_changed_file(position, publication):
    data = bytearray(publication.read_bytes())
    data[position] ^= 0x04
    publication.write_bytes(data)
    result = run("verify", publication)
    assert result.returncode == 40
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.update(text=record["text"].replace("312", "321")),
        lambda record: record["edits"].pop(3),
        lambda record: record["source"].update(sha256="0" * 64),
        lambda record: record["pdf"].update(sha256="0" * 64),
        lambda record: record.pop("additions"),
        lambda record: record.update(record_version=9),
    ],
)
def test_verify_finds_a_changed_record(change, publication):
    path = publication.with_suffix(".record.json")
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")
    result = run("verify", publication)
    assert result.returncode == 40, result.stdout
    assert "Traceback" not in result.stderr


def test_verify_without_a_record(publication):
    publication.with_suffix(".record.json").unlink()
    done = run("verify", publication)
    assert done.returncode == 0
    assert "(no-record)" in done.stderr


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("missing.txt", None, 11, "no such file"),
        ("empty.txt", b"", 13, "no text"),
        ("blank.txt", b" \r\n\xe3\x80\x80\n", 13, "no text"),
        (
            "damaged.txt",
            "某市2017年工作报告，全文如下。".encode()[:-3] + b"\xff\xe3\x80\x82",
            14,
            "0xFF",
        ),
        ("report.pdf", b"%PDF-1.7\n", 15, "PDF"),
        ("report.docx", b"PK\x03\x04rest", 17, "Word"),
        ("report.xyz", b"\x01\x00\x02\x00", 15, "known format"),
        ("deep.html", b"<html>" + b"<div>" * 99 + b"x", 16, "'depth'"),
    ],
)
def test_a_source_that_cannot_be_published(name, data, code, words, tmp_path):
    source = tmp_path / name
    if data is not None:
        source.write_bytes(data)
    result = run("build", source, "-o", tmp_path / "out")
    assert result.returncode == code, result.stderr
    lines = result.stderr.splitlines()
    assert lines[0].startswith(f"error: {source}")
    assert words in lines[0]
    assert lines[1].startswith(" hint: ")
    assert len(lines) == 2
    assert not (tmp_path / "out").exists()


def test_an_unreadable_folder(tmp_path, monkeypatch, capsys):
    """Root can read everything, so the refusal of the system is simulated."""
    from publisher.cli.main import main

    ordinary = Path.stat

    def refuse(self, **arguments):
        if "closed" in self.parts:
            raise PermissionError(13, "Permission denied", str(self))
        return ordinary(self, **arguments)

    monkeypatch.setattr(Path, "stat", refuse)
    assert main(["build", str(tmp_path / "closed" / "a.txt"), "-o", str(tmp_path / "out")]) == 12
    assert "cannot be read: Permission denied" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_command_gets_the_nearest_one():
    result = run("buidl", "x")
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "error: buidl: publisher has no such command",
        " hint: did you mean build?",
    ]


def test_an_output_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("build", SAMPLE, "-o", tmp_path / "file" / "out")
    assert result.returncode == 30
    assert "file: is a file, and results go into a folder" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--style", "redaer"], 4, "did you mean reader?"),
        (["--script", "zh-Hant-XX"], 2, "did you mean"),
        (["--profile", "archiv"], 2, "did you mean archive?"),
        (["--date", "2018-02-30"], 2, "calendar"),
        (["--date", "2018年2月30日"], 2, "calendar"),
        (["--encoding", "latin-99"], 2, "not known"),
        (["--emit", "pdf"], 2, "not a possible value"),
        (["--config", "nowhere.toml"], 3, "cannot be read"),
        (["--no-such-option"], 2, "build --help lists the options"),
        (["--stlye", "reader"], 2, "did you mean --style?"),
    ],
)
def test_a_value_that_is_not_possible(arguments, code, words, tmp_path):
    result = run("build", SAMPLE, "-o", tmp_path, *arguments)
    assert result.returncode == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_bad_source_does_not_stop_the_others(tmp_path):
    result = run("build", tmp_path / "missing.txt", SAMPLE, "-o", tmp_path)
    assert result.returncode == 11
    assert (tmp_path / "yunping-2016-bureau.pdf").exists()


def test_two_sources_of_one_name(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "r.txt").write_text("某市报告", encoding="utf-8")
    result = run("build", tmp_path / "a" / "r.txt", tmp_path / "b" / "r.txt", "-o", tmp_path)
    assert result.returncode == 2
    assert "would both become" in result.stderr


def test_configuration_beside_the_source(tmp_path):
    source = tmp_path / "deep" / "r.txt"
    source.parent.mkdir()
    source.write_bytes(SAMPLE.read_bytes())
    config = tmp_path / "publisher.toml"
    config.write_text('style = "reader"\noutput = "done"\n', encoding="utf-8")
    assert run("build", source).returncode == 0
    record = json.loads((tmp_path / "done" / "r.record.json").read_text(encoding="utf-8"))
    assert record["options"]["style"] == "reader"
    config.write_text('styl = "reader"\n', encoding="utf-8")
    result = run("build", source)
    assert result.returncode == 3
    assert "'styl'" in result.stderr
    assert "did you mean style?" in result.stderr


def test_diagnostics_as_json(tmp_path):
    result = run("build", tmp_path / "missing.txt", SAMPLE, "-o", tmp_path, "--json")
    (error,) = [json.loads(line) for line in result.stderr.splitlines()]
    assert (error["event"], error["error"], error["exit_code"]) == (
        "error",
        "SourceNotFoundError",
        11,
    )
    (done,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert done["pages"] > 1


@pytest.mark.parametrize("command", ["styles", "fonts", "doctor"])
def test_lists(command):
    result = run(command)
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) >= 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(shell):
    script = run("completion", shell).stdout
    for word in ("build", "verify", "doctor", "style", "emit"):
        assert word in script


def test_help_loads_nothing_slow():
    program = (
        "import sys\nfrom publisher.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'weasyprint', 'opencc', 'jinja2', 'pypdf', 'page'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "f.txt")
    assert run("build", tmp_path / "f.txt", "-o", tmp_path / "out").returncode == 12


def test_output_that_cannot_be_written(tmp_path):
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "publisher", "build", SAMPLE, "-o", tmp_path],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 30
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("rules", "--nonsense")])
def test_output_that_cannot_be_written_before_a_command_runs(arguments):
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "publisher", *arguments],
            stdout=full,
            stderr=full if "rules" in arguments else subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 30
    assert result.stderr is None or result.stderr.startswith("error: the results cannot be printed")


def test_a_stop_before_the_command_runs_is_no_traceback(monkeypatch):
    def stop(language):
        raise KeyboardInterrupt

    monkeypatch.setattr("publisher.cli.parser.create_parser", stop)
    assert main(["styles"]) == 130


def test_a_pipe_that_nobody_reads():
    """The exit code is that of every program which SIGPIPE ends: the output is not complete."""
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-m", "publisher", "styles"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (141, b"")


def test_a_terminal_without_chinese(tmp_path):
    result = run("build", SAMPLE, "-o", tmp_path, PYTHONIOENCODING="ascii")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("value", [" ", "a\u200bb", "a\x07b"])
def test_a_title_that_cannot_be_printed(value, tmp_path):
    result = run("build", SAMPLE, "-o", tmp_path, "--title", value)
    assert result.returncode == 2
    assert "title" in result.stderr


def test_a_source_is_never_overwritten(tmp_path):
    for name in ("z.txt", "z.normalised.txt"):
        (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    result = run(
        "build", tmp_path / "z.txt", tmp_path / "z.normalised.txt", "-o", tmp_path, "--emit", "txt"
    )
    assert result.returncode == 2
    assert (tmp_path / "z.normalised.txt").read_bytes() == SAMPLE.read_bytes()


@pytest.mark.parametrize("command", ["/bin/true", "/no/such/command"])
def test_a_validator_that_does_not_answer_fails(command, publication):
    assert run("verify", publication, PUBLISHER_VERAPDF=command).returncode == 40


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.update(text=None),
        lambda record: record["source"].update(encoding="undefined"),
        lambda record: record["pdf"].update(declares=[]),
    ],
)
def test_verify_rejects_a_false_record(change, publication):
    path = publication.with_suffix(".record.json")
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")
    result = run("verify", publication)
    assert result.returncode == 40
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("jobs", -1),
        ("deadline", 0),
        ("deadline", "nan"),
        ("deadline", "inf"),
        ("memory", 1),
        ("chunk-size", 0),
    ],
)
def test_a_number_out_of_range_is_refused(tmp_path, option, value):
    result = run("build", SAMPLE, "-o", tmp_path / "out", f"--{option}={value}")
    assert result.returncode == 2
    assert f"error: --{option}: {float(value):g} is out of range" in result.stderr
    assert "hint: a number from" in result.stderr


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(UsageError, match=f"--port: {port} is out of range") as caught:
        require_limits(argparse.Namespace(port=port))
    assert caught.value.hint == "a number from 0 to 65535"


def test_the_log_of_verbose_ends_with_the_command(tmp_path, capsys):
    """A program that calls ``main`` several times gets its loggers back."""
    source = tmp_path / "r.txt"
    source.write_text("年度报告\n一、概况\n公开信息12条。\n", encoding="utf-8")
    logger = logging.getLogger("publisher")
    before = logger.handlers[:], logger.level, logger.propagate
    arguments = ["build", str(source), "-o", str(tmp_path / "out"), "--profile", "draft"]
    assert main([*arguments, "-v"]) == 0
    assert "publisher." in capsys.readouterr().err
    assert (logger.handlers, logger.level, logger.propagate) == before
    assert main(arguments) == 0
    assert "publisher." not in capsys.readouterr().err
