"""The image: what its files name exists, and it gives the server no more than it needs.

``scripts/try-container.sh`` runs the steps in a chroot, and the server in it.
"""

import json
import re
from pathlib import Path

import pytest
import yaml

from publisher.cli.commands import COMMANDS
from publisher.cli.parser import create_parser

ROOT = Path(__file__).parents[2]
CONTAINERFILE = (ROOT / "container" / "Containerfile").read_text(encoding="utf-8")
SERVICE = yaml.safe_load((ROOT / "container" / "compose.yaml").read_text(encoding="utf-8"))[
    "services"
]["publisher"]


def instruction(name):
    return re.findall(rf"^{name} (.+(?:\\\n.+)*)", CONTAINERFILE, re.MULTILINE)


@pytest.mark.parametrize("words", [json.loads(instruction("CMD")[-1]), SERVICE["command"]])
def test_the_command_is_one_of_the_program(words):
    assert words[0] in COMMANDS
    arguments, unknown = create_parser().parse_known_args(words)
    assert (unknown, arguments.listen, arguments.no_browser) == ([], "0.0.0.0", True)  # noqa: S104


def test_the_image_runs_as_an_account_without_rights():
    install = (ROOT / "container" / "install.sh").read_text(encoding="utf-8")
    account = instruction("USER")[0]
    assert account == SERVICE["user"] == "10001:10001"
    assert f"account={account.partition(':')[0]}" in install
    assert SERVICE["read_only"]
    assert SERVICE["cap_drop"] == ["ALL"]
    assert SERVICE["security_opt"] == ["no-new-privileges:true"]


def test_what_the_image_needs_is_in_it():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for name in (
        "publisher",
        "styles",
        "fonts",
        "scripts",
        "samples",
        "container",
        "pyproject.toml",
    ):
        assert name not in ignored
        assert (ROOT / name).exists()
    assert {".git", ".venv", "tests", "container/token"} <= set(ignored)


def test_everything_that_is_written_is_in_the_volume():
    variables = dict(re.findall(r"(XDG_\w+)=(\S+)", CONTAINERFILE))
    volume = instruction("VOLUME")[0]
    assert variables.pop("XDG_DATA_HOME") == "/usr/local/share"
    assert all(path.startswith(f"{volume}/") for path in variables.values())
    assert SERVICE["volumes"] == [f"state:{volume}"]
