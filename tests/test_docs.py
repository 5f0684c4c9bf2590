"""The documents name everything that a person can type or meet, and their links lead somewhere."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from publisher import errors
from publisher.cli import parser
from publisher.options import PROFILES, SCRIPTS, Options
from publisher.render.styles import style_names

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def words(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def commands():
    (action,) = [
        action
        for action in parser()._actions
        if hasattr(action, "choices") and isinstance(action.choices, dict)
    ]
    return action.choices


def test_every_command_and_option_is_documented():
    page = words("commands.md")
    for name, command in commands().items():
        assert f"## publisher {name}" in page
        for action in command._actions:
            for flag in action.option_strings:
                assert f"`{flag}" in page, flag
    for value in (*PROFILES, *SCRIPTS):
        assert f"`{value}`" in page


def test_every_option_can_be_configured():
    page = words("configuration.md")
    for item in fields(Options):
        assert f"`{item.name}`" in page


def test_every_exit_code_is_explained():
    page = words("exit-codes.md")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in kinds:
        assert f"| {kind.exit_code} | `{kind.__name__}` |" in page


def test_every_style_has_a_section():
    for name in style_names():
        assert f"## {name}\n" in words("styles.md")


def test_every_key_of_the_record_is_described():
    import json

    schema = json.loads((ROOT / "publisher" / "record.schema.json").read_text(encoding="utf-8"))
    for key in schema["properties"]:
        assert f"`{key}`" in words("record.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_readme_names_what_ci_runs():
    assert "scripts/test.sh" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "scripts/test.sh" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
