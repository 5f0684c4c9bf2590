"""Compiled copies of modules: only of these very sources, and every file is the same with them as without."""

import subprocess
import sys

import pytest

from publisher import publish
from publisher.options import Options
from publisher.system import compiled_modules
from tests.typeset.patches.test_patches import FULL, SAMPLES, STYLES

pytestmark = pytest.mark.typeset
THERE = (
    "from publisher.system import compiled_modules; raise SystemExit(not compiled_modules.exist())"
)
WHERE = "from publisher.typeset.linebreak import justification; print(justification.__file__)"
BUILD = (
    "import sys; from pathlib import Path; from publisher.options import Options;"
    "from publisher import publish; style, out, *sources = sys.argv[1:];"
    "[publish(one, Options(style=style, output=Path(out))) for one in sources]"
)

LATIN = (
    "年度报告\n一、概况\n（一）工作。The annual report describes the publication of administrative information."
    "2020年公开信息12条。\n办公室\n2021年1月8日\n"
)
"""A report with words that are hyphenated, which the samples do not have."""


def python(code, *arguments):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copies():
    if python(THERE).returncode:
        pytest.skip("there are no compiled copies: scripts/setup.sh --fast or --dev compiles them")


WORKS = (
    [(style, SAMPLES) for style in STYLES]
    if FULL
    else [("gongwen", SAMPLES[::2]), ("reader", SAMPLES[1::2])]
)


@pytest.mark.parametrize(("style", "samples"), WORKS, ids=[style for style, _ in WORKS])
def test_files_are_the_same_to_the_byte(copies, tmp_path, style, samples):
    here, there = tmp_path / "here", tmp_path / "there"
    latin = tmp_path / "latin.txt"
    latin.write_text(LATIN, encoding="utf-8")
    sources = [*samples, latin]
    done = python(BUILD, style, there, *sources)
    assert done.returncode == 0, done.stderr
    for sample in sources:
        publish(sample, Options(style=style, output=here))
    assert sorted(path.name for path in here.iterdir()) == sorted(
        path.name for path in there.iterdir()
    )
    for path in here.iterdir():
        assert path.read_bytes() == (there / path.name).read_bytes(), path.name


def test_copies_are_what_is_imported(copies):
    assert "_compiled" in python(WHERE).stdout


@pytest.mark.parametrize("name", compiled_modules.MODULES)
def test_each_module_can_be_the_first_that_is_imported(copies, name):
    """A compiled data class with a field of a class that is not imported yet would end the process."""
    done = python(f"import publisher.{name.replace('/', '.')} as module; print(module.__file__)")
    assert done.returncode == 0, done
    assert "_compiled" in done.stdout


def test_a_source_that_was_edited_has_no_copies(copies, monkeypatch, tmp_path):
    """Nobody who changes a line may wonder why nothing changes."""
    before = compiled_modules.folder().name
    for name in compiled_modules.MODULES:
        copy = tmp_path / f"{name}.py"
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((compiled_modules.PACKAGE / f"{name}.py").read_bytes())
    monkeypatch.setattr(compiled_modules, "PACKAGE", tmp_path)
    assert compiled_modules.folder().name == before
    with (tmp_path / "typeset" / "linebreak" / "justification.py").open("a") as source:
        source.write("\n")
    assert compiled_modules.folder().name != before


def test_without_copies_the_sources_are_imported():
    search_path = ["here"]
    compiled_modules.install("publisher.typeset.linebreak", search_path)
    assert search_path == ["here"]


def test_copies_change_nothing_of_the_import_system(copies):
    program = (
        "import sys; before = list(sys.meta_path), list(sys.path_hooks), list(sys.path);"
        "from publisher.typeset.linebreak import justification; import publisher.typeset as typeset;"
        "from publisher.typeset.linebreak import __path__ as path;"
        "print(before == (sys.meta_path, sys.path_hooks, sys.path), len(typeset.__path__), len(path))"
    )
    assert python(program).stdout.split() == ["True", "1", "2"]
