import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.typeset.fonts.catalogue import load_catalogue

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted((ROOT / "scripts").glob("*.sh"))
TOOLS = ("awk", "cat", "dirname", "env", "id", "sed", "tr")


def run(script, *args, **environment):
    return subprocess.run(
        [script, *args],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_posix_shell(script):
    shell = shutil.which("dash") or shutil.which("sh")
    checked = run(shell, "-n", str(script))
    assert (checked.returncode, checked.stderr) == (0, "")
    assert script.read_text("utf-8").startswith("#!/bin/sh\n")
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_shellcheck_has_nothing_to_say(script):
    shellcheck = shutil.which("shellcheck")
    if shellcheck is None:
        pytest.skip("shellcheck is not installed")
    checked = run(shellcheck, str(script))
    assert checked.stdout == ""


@pytest.mark.parametrize("script", [*SCRIPTS, ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_a_script_names_no_host_and_no_place_of_one_machine(script):
    text = script.read_text("utf-8")
    assert not re.search(r"https?://|/tmp/|/home/|/root|/work", text)


def test_no_fact_of_the_catalogue_is_said_twice():
    text = (ROOT / "scripts" / "setup.sh").read_text("utf-8")
    for family in load_catalogue().families.values():
        assert family.package not in text
    for file in load_catalogue().files.values():
        assert file.sha256 not in text


def test_an_unknown_option_is_refused():
    refused = run(ROOT / "scripts" / "setup.sh", "--all")
    assert refused.returncode == 2
    assert "usage" in refused.stderr


@pytest.fixture
def bare_path(tmp_path):
    """A search path with a few tools, and neither apt-get nor sudo."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool))
    (folder / "python3").symlink_to(Path(sys.executable).resolve())
    return folder


def test_what_cannot_be_set_up_is_named(bare_path, tmp_path):
    refused = run(ROOT / "scripts" / "setup.sh", "--dev", HOME=str(tmp_path), PATH=str(bare_path))
    assert refused.returncode == 1
    for part in ("poppler-utils", "hint: ", "apt-get install"):
        assert part in refused.stderr


@pytest.fixture
def apt_get_calls(bare_path, tmp_path):
    """The arguments that ``apt-get`` was called with, which updates and installs nothing."""
    log = tmp_path / "log"
    stubs = {
        "id": "echo 0",
        "apt-get": f'echo "$@" >>"{log}"; [ "$2" = update ]',
        "apt-cache": "exit 1",
        "dpkg-deb": "exit 1",
    }
    for name, line in stubs.items():
        (bare_path / name).unlink(missing_ok=True)
        (bare_path / name).write_text(f"#!/bin/sh\n{line}\n")
        (bare_path / name).chmod(0o755)
    (bare_path / "sh").symlink_to(shutil.which("sh"))
    return lambda: log.read_text().splitlines()


@pytest.mark.typeset
def test_a_missing_package_is_installed_after_one_update(bare_path, apt_get_calls):
    refused = run(ROOT / "scripts" / "setup.sh", "--dev", PATH=str(bare_path))
    assert refused.returncode == 1
    assert "apt-get could not install: poppler-utils" in refused.stderr
    assert apt_get_calls() == [
        "-qq update",
        "-qq install -y --no-install-recommends poppler-utils",
    ]


PROGRAMS = {"chromium", "chromium-driver", "libreoffice-writer-nogui", "ghostscript"}


@pytest.mark.typeset
@pytest.mark.parametrize(("option", "programs"), [("--dev", PROGRAMS), ("--tests", set())])
def test_programs_that_few_tests_need_can_be_left_out(option, programs, bare_path, apt_get_calls):
    (bare_path / "apt-cache").write_text("#!/bin/sh\nexit 0\n")
    run(ROOT / "scripts" / "setup.sh", option, PATH=str(bare_path))
    packages = set(apt_get_calls()[-1].split())
    assert {"poppler-utils", "gcc"} <= packages
    assert packages & PROGRAMS == programs


@pytest.mark.typeset
@pytest.mark.parametrize(("options", "compiles"), [((), False), (("--fast",), True)])
def test_publishing_needs_no_compiler(options, compiles, bare_path, apt_get_calls, tmp_path):
    """In a checkout that was not set up before; the set-up stops for want of a tool."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name in ("publisher", "fonts", "styles", "scripts", "pyproject.toml"):
        if name == "scripts":
            shutil.copytree(ROOT / name, checkout / name)
        else:
            (checkout / name).symlink_to(ROOT / name)
    (bare_path / "apt-cache").write_text("#!/bin/sh\nexit 0\n")
    (bare_path / "apt-cache").chmod(0o755)
    (tmp_path / "log").touch()
    assert run(checkout / "scripts" / "setup.sh", *options, PATH=str(bare_path)).returncode != 0
    asked_for = {package for call in apt_get_calls() for package in call.split()}
    assert ("gcc" in asked_for) is compiles


def test_an_old_python_is_refused(bare_path):
    (bare_path / "python3").unlink()
    (bare_path / "python3").write_text("#!/bin/sh\n[ $1 = -c ] && exit 1\necho Python 3.9.2\n")
    (bare_path / "python3").chmod(0o755)
    refused = run(ROOT / "scripts" / "setup.sh", PATH=str(bare_path), PYTHON="python3")
    assert refused.returncode == 1
    assert "Python 3.11 or later" in refused.stderr
    assert "PYTHON" in refused.stderr
    assert "3.9.2" in refused.stderr


def test_the_system_s_own_python_goes_before_others(bare_path, tmp_path):
    system = Path("/usr/bin/python3")
    able = "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))"
    if not system.exists() or run(system, "-c", able).returncode:
        pytest.skip("the system has no Python of its own that would do")
    (bare_path / "python3").unlink()
    (bare_path / "python3").symlink_to(shutil.which("false"))
    refused = run(ROOT / "scripts" / "setup.sh", "--dev", HOME=str(tmp_path), PATH=str(bare_path))
    assert "poppler-utils" in refused.stderr
    assert "Python 3.11" not in refused.stderr


def is_set_up():
    """Tell whether scripts/setup.sh ran after the project was last changed."""
    stamp, project = ROOT / ".venv" / "publisher-setup", ROOT / "pyproject.toml"
    return stamp.exists() and stamp.stat().st_mtime >= project.stat().st_mtime


@pytest.mark.skipif(not is_set_up(), reason="scripts/setup.sh has not run since the last change")
def test_a_second_run_leaves_everything_as_it_is():
    stamp = ROOT / ".venv" / "publisher-setup"
    before = stamp.stat().st_mtime_ns
    again = run(ROOT / "scripts" / "setup.sh")
    assert again.returncode == 0
    assert "Setting up" not in again.stderr
    assert stamp.stat().st_mtime_ns == before
