"""The private copy of WeasyPrint: it has what it needs, and the host has what it had."""

import colorsys
import ctypes
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.typeset.private_packages import DeferredModule, PrivatePackages
from publisher.typeset.weasyprint_loader import load_weasyprint

ROOT = Path(__file__).parents[2]
UNCHANGED = """
import ctypes.util, json, logging, sys
import PIL.ImageFile, PIL.EpsImagePlugin

def state():
    return [
        str(value)
        for value in (
            ctypes.util.find_library, sys.meta_path, sys.path_hooks, sys.path, PIL.ImageFile.LOAD_TRUNCATED_IMAGES,
            PIL.EpsImagePlugin.gs_binary, sorted(n for n in logging.root.manager.loggerDict if "weasy" in n),
            sorted(n for n in sys.modules if n.partition(".")[0] in ("weasyprint", "pydyf", "tinyhtml5")),
        )
    ]

before = state()
from publisher.typeset.weasyprint_loader import load_weasyprint
copy = load_weasyprint()
copy.HTML(string="<p>text <svg viewBox='0 0 1 1'><circle r=1 /></svg>").write_pdf()
after = state()
from publisher._weasyprint.text.ffi import harfbuzz_subset, pango
print(json.dumps({
    "changed": [pair for pair in zip(before, after) if pair[0] != pair[1]],
    "loggers": after[6],
    "libraries": bool(pango) and bool(harfbuzz_subset),
    "deferred": [n for n in ("fontTools.subset", "fontTools.varLib.instancer", "PIL.ImageCms") if n in sys.modules],
}))
"""


@pytest.mark.typeset
def test_the_process_is_as_it_was():
    done = subprocess.run(
        [sys.executable, "-c", UNCHANGED],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=100,
    )
    state = json.loads(done.stdout)
    loggers = "['publisher.weasyprint', 'publisher.weasyprint.progress']"
    assert state == {
        "changed": [["[]", loggers]],
        "loggers": loggers,
        "libraries": True,
        "deferred": [],
    }


@pytest.mark.typeset
def test_the_copy_logs_under_a_name_of_its_own(caplog):
    with caplog.at_level(logging.WARNING):
        load_weasyprint().CSS(string="p { colour: red }")
    assert {record.name for record in caplog.records} == {"publisher.weasyprint"}


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Copies of two packages, the second of which imports the first."""
    for name, text in {
        "c_package.py": "def call():\n    return import_in_c('json'), import_in_c('json')\n",
        "one_package/__init__.py": "VALUE = 1\nfrom . import below\n",
        "one_package/below.py": "from . import VALUE\nimport colorsys\nfrom os import path, sep\n",
        "other_package.py": "import one_package\nimport one_package.below as direct\n"
        "def late():\n    from one_package import late\n    return late\n",
        "one_package/late.py": "",
        "one_package/inner/__init__.py": "from .first import RUNS\n",
        "one_package/inner/first.py": "RUNS = []\n",
        "one_package/user.py": "from .inner.first import RUNS\nfrom .inner import RUNS as SAME\n",
        "broken_package/__init__.py": "from . import absent\n",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield PrivatePackages(
        ("one_package", "other_package", "broken_package", "c_package"),
        {"colorsys": "a stand-in", "os.path": "another"},
    )
    for name in [name for name in sys.modules if "_package" in name]:
        del sys.modules[name]


def test_copies_import_one_another_and_stand_ins(packages):
    other = packages.load("other_package")
    package = packages.load("one_package")
    assert other.one_package is package
    assert other.direct is package.below
    assert package.below.colorsys == "a stand-in"
    assert (package.below.path, package.below.sep) == ("another", "/")
    assert other.late().__name__ == "publisher._one_package.late"
    assert {module.__name__ for module in packages.modules()} == {
        "publisher._one_package",
        "publisher._one_package.below",
        "publisher._one_package.late",
        "publisher._other_package",
    }
    assert not {"one_package", "other_package"} & set(sys.modules)


def test_c_code_can_import_when_a_copy_has_called_it(packages):
    """A compiled module has no frame: its imports go through the copy whose function has called it."""
    prototype = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.py_object)
    copy = packages.load("c_package")
    copy.import_in_c = prototype(("PyImport_Import", ctypes.pythonapi))
    assert copy.call() == (json, json)


def test_a_module_that_its_package_imports_is_executed_once(packages):
    packages.load("one_package")
    user = packages._load("publisher._one_package.user")
    assert user.RUNS is user.SAME


def test_a_package_that_cannot_be_loaded_leaves_nothing(packages):
    with pytest.raises(ModuleNotFoundError, match="absent"):
        packages.load("broken_package")
    assert "publisher._broken_package" not in sys.modules


def test_a_deferred_module_is_imported_when_it_is_called():
    deferred = DeferredModule("colorsys")
    assert deferred.rgb_to_hsv(1.0, 1.0, 1.0) == colorsys.rgb_to_hsv(1.0, 1.0, 1.0)


def test_a_system_without_fonts_prints_no_advice(tmp_path):
    """WeasyPrint warns of it when it is loaded; the fonts of publications are our own."""
    config = tmp_path / "fonts.conf"
    config.write_text("<fontconfig/>", encoding="utf-8")
    program = "from publisher.typeset.weasyprint_loader import load_weasyprint; load_weasyprint()"
    completed = subprocess.run(
        [sys.executable, "-W", "always", "-c", program],
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "ugly" not in completed.stderr
