"""The documents name everything that a person can type or meet, and their links lead somewhere."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from publisher import __all__ as public
from publisher import errors
from publisher.cli.commands.completion import SHELLS
from publisher.cli.output_guard import CLOSED_PIPE
from publisher.cli.parser import command_parsers, create_parser
from publisher.model import Publication
from publisher.options import EMITS, ROLES, SCRIPTS, Options
from publisher.profiles import PROFILES
from publisher.readers import REPORT_SUFFIXES
from publisher.readers.limits import LIMITS
from publisher.render.styles import style_names

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


def words(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def commands():
    return command_parsers()


def test_every_command_and_option_is_documented():
    page = words("commands.md")
    for name, command in commands().items():
        assert f"## publisher {name}" in page
        for action in command._actions:
            for flag in action.option_strings:
                assert f"`{flag}" in page, flag
    for value in (*PROFILES, *SCRIPTS, *EMITS, *SHELLS):
        assert f"`{value}`" in page


def test_no_command_or_option_is_documented_that_is_not():
    page = words("commands.md")
    flags = {
        flag
        for command in (create_parser(), *commands().values())
        for action in command._actions
        for flag in action.option_strings
    }
    assert set(re.findall(r"^## publisher ([\w-]+)", page, re.MULTILINE)) == set(commands())
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", page)) <= flags
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", readme)) <= flags
    assert set(re.findall(r"`publisher ([\w-]+)", readme)) <= set(commands())


def test_every_option_can_be_configured():
    page = words("configuration.md")
    for item in fields(Options):
        assert f"`{item.name}`" in page
    for value in (*PROFILES, *SCRIPTS, *EMITS, *ROLES):
        assert f"`{value}`" in page


def test_the_configuration_shown_can_be_read(tmp_path):
    from publisher.config import read_config

    (shown,) = re.findall(r"```toml\n(.*?)```", words("configuration.md"), re.DOTALL)
    file = tmp_path / "publisher.toml"
    file.write_text(shown, encoding="utf-8")
    assert Options(**read_config(file)).style in style_names()


def test_every_variable_of_the_environment_is_documented():
    page = words("configuration.md")
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "publisher").rglob("*.py")
    )
    named = set(re.findall(r'"((?:PUBLISHER|SOURCE|XDG)_[A-Z_]+)"', sources))
    assert named
    for name in named:
        assert f"`{name}`" in page


def test_every_exit_code_is_explained():
    page = words("exit-codes.md")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in kinds:
        assert f"| {kind.exit_code} | `{kind.__name__}` |" in page
    known = {str(kind.exit_code) for kind in kinds} | {"0", "130", str(CLOSED_PIPE)}
    assert set(re.findall(r"^\| (\d+)(?:, \d+)? \|", page, re.MULTILINE)) == known


def test_every_style_has_a_section():
    for name in style_names():
        assert f"## {name}\n" in words("styles.md")
        manifest = (ROOT / "styles" / name / "style.toml").read_text(encoding="utf-8")
        for key in tomllib.loads(manifest):
            assert f"`{key}`" in words("styles.md")


def test_the_public_names_are_documented():
    page = words("python.md")
    for name in (*public, *(item.name for item in fields(Publication))):
        assert re.search(rf"\b{name}\b", page), name


def test_every_rule_of_the_preflight_is_described():
    from publisher.verify.preflight.rules import RULES

    for rule in RULES.rules:
        assert f"`{rule.clause}`" in words("printing.md"), rule.clause


def test_every_key_of_the_record_is_described():
    import json

    schema = json.loads((ROOT / "publisher" / "record.schema.json").read_text(encoding="utf-8"))
    for part in schema["$defs"].values():
        for key in part["properties"]:
            assert f"`{key}`" in words("record.md"), key


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ["gongwen.png", "reader.png"])
def test_pictures_are_small(name):
    assert (ROOT / "docs" / "images" / name).stat().st_size < 120_000


def test_the_readme_names_what_ci_runs():
    assert "scripts/test.sh" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "scripts/test.sh" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_limit_is_documented_with_its_reason():
    page = words("inputs.md")
    for name, limit in LIMITS.items():
        assert f"| `{name}` | {limit.maximum:,} | {limit.unit} | {limit.reason} |" in page, name
    assert len(re.findall(r"^\| `[a-z-]+` \| [\d,]+ \|", page, re.MULTILINE)) == len(LIMITS)


def test_every_suffix_that_is_read_is_documented():
    page = words("inputs.md")
    assert all(f"`{suffix}`" in page for suffix in REPORT_SUFFIXES)
