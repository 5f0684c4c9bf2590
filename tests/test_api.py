"""The public interface: its names, the examples in its docstrings, and what a host may rely on."""

import doctest
import inspect
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import publisher
from publisher import Options, UsageError, build, publish
from tests.signing.authority import pem

ROOT = Path(__file__).parents[1]
REPORT = """某市人民政府2019年政府信息公开工作年度报告

一、概述

　　全市受理申请13件，其中：办结12件，结转1件。

某市人民政府
2020年1月20日
"""
FUNCTIONS = [
    name for name in publisher.__all__ if inspect.isfunction(getattr(publisher, name, None))
]
TYPES = [name for name in publisher.__all__ if inspect.isclass(getattr(publisher, name, None))]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with a report and a key."""
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.typeset
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_example_in_each_docstring_runs(name, folder, request):
    if "key.pem" in getattr(publisher, name).__doc__:
        authority = request.getfixturevalue("authority")
        (folder / "key.pem").write_bytes(
            pem(authority.signer, authority.certificate, authority.signer_key)
        )
    finder = doctest.DocTestFinder(recurse=False)
    (test,) = finder.find(getattr(publisher, name), name, globs={})
    assert test.examples
    result = doctest.DocTestRunner(verbose=False).run(test)
    assert result.failed == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_docstring_has_its_sections(name):
    text = inspect.getdoc(getattr(publisher, name))  # without indent, as Python 3.13 keeps it
    assert all(f"\n{section}:\n" in text for section in ("Args", "Returns", "Raises", "Example"))
    for parameter in inspect.signature(getattr(publisher, name)).parameters:
        assert f"\n    {parameter}: " in text, parameter


@pytest.mark.parametrize("name", TYPES)
def test_each_type_has_a_docstring(name):
    assert inspect.getdoc(getattr(publisher, name))


def test_every_error_is_public():
    from publisher import errors

    names = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert names <= {*publisher.__all__}


def test_importing_the_package_does_nothing():
    program = (
        "import sys, threading, gc, json\n"
        "before = set(sys.modules)\n"
        "import publisher\n"
        "new = {name for name in set(sys.modules) - before if not name.startswith('_')}\n"
        "print(json.dumps([sorted(new), threading.active_count(), gc.isenabled()]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [["publisher", "publisher._version"], 1, True]


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        publisher.nothing  # noqa: B018
    assert {*publisher.__all__} <= {*dir(publisher)}


@pytest.mark.typeset
def test_bytes_and_a_path_give_the_same_files(folder):
    publication = publish("report.txt", Options(output=folder / "out"))
    result = build((folder / "report.txt").read_bytes(), name="report.txt")
    assert result.pdf == publication.pdf.read_bytes()
    assert result.write(folder / "copy", "report")[0].read_bytes() == result.pdf
    assert not (folder / "copy" / "report.page.html").exists()


def test_the_name_of_bytes_is_made_printable():
    from publisher import build

    data = "某市2017年工作报告\n一、情况\n公开12条。\n".encode()
    record = build(data, name="in/\udcd6\ud800.txt").record
    assert record["source"]["name"] == "\ufffd\ufffd.txt"


def test_bytes_need_a_name():
    with pytest.raises(UsageError, match="name"):
        build(b"text")


@pytest.mark.typeset
def test_the_functions_may_be_called_from_threads(folder):
    publication = publish("report.txt", Options(output=folder / "out"))
    results, errors = [], []

    def call():
        try:
            check = publisher.check_figures("report.txt")
            verdicts = publisher.verify_publication(publication.pdf)
            sheets = publisher.impose_pdf(publication.pdf)
            volume = publisher.bind_volume(folder / "out")
            results.append(
                (
                    len(check.statistics.checks),
                    all(verdict.passed for verdict in verdicts),
                    sheets.data,
                    volume.data,
                )
            )
        except BaseException as error:  # noqa: BLE001 - reported by the assertion
            errors.append(error)

    threads = [threading.Thread(target=call) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(results) == 3
    assert len(set(results)) == 1


def test_the_interface_is_typed():
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "tests/typing/api.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: build(REPORT), "source: this is a text"),
        (lambda: build(REPORT.splitlines()), "source: list is neither"),
        (lambda: publish(REPORT.encode()), "source: publish takes the name"),
        (lambda: build(REPORT.encode(), {"style": "reader"}, name="r.txt"), "options: dict is not"),
        (lambda: Options(emit="csv"), "emit: 'csv' is not a tuple"),
        (
            lambda: publisher.ImpositionOptions(scheme="n-up", cells="2x2"),
            "cells: '2x2' is not two whole numbers",
        ),
    ],
)
def test_an_argument_of_another_kind_is_an_error_with_a_hint(call, message):
    with pytest.raises(UsageError, match=message) as caught:
        call()
    assert caught.value.hint


def test_a_file_of_an_option_may_be_a_text():
    assert Options(decisions="report.decisions.toml").decisions == Path("report.decisions.toml")
