import re
import tomllib

import pytest

from publisher import options
from publisher.errors import ConfigurationError
from publisher.system import resources
from publisher.typeset.fonts.catalogue import (
    Need,
    Role,
    chain,
    load_catalogue,
    read_catalogue,
    script_of,
)

SCRIPTS = ("zh-Hans", "zh-Hant", "zh-Hant-HK")
LAST = {"zh-Hans": "SC", "zh-Hant": "TC", "zh-Hant-HK": "HK"}


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("zh-Hans", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh_cn", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant-HK"),
        ("zh-Hant-HK", "zh-Hant-HK"),
        ("zh-Hant-MO", "zh-Hant-HK"),
        ("en", "zh-Hans"),
    ],
)
def test_script_of_a_language(language, script):
    assert script_of(language) == script


def test_the_roles_are_those_that_an_office_can_configure():
    assert tuple(Role) == options.ROLES


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_role_has_a_chain_with_both_noto_families_of_its_script(role, script):
    families = chain(role, script)
    assert f"Noto Serif CJK {LAST[script]}" in families
    assert f"Noto Sans CJK {LAST[script]}" in families
    assert len(set(families)) == len(families)
    others = {f"Noto {kind} CJK {region}" for kind in ("Serif", "Sans") for region in LAST.values()}
    strangers = {name for name in others if not name.endswith(LAST[script])}
    assert not strangers & set(families)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("script", SCRIPTS)
def test_the_chain_of_a_role_begins_as_the_catalogue_says(role, script):
    path = resources.fonts_folder() / "catalogue.toml"
    families = tomllib.loads(path.read_text(encoding="utf-8"))["chains"][script][role]
    assert chain(role, script)[: len(families)] == tuple(families)


def test_an_offices_own_families_come_first_and_only_once():
    shipped = chain("hei", "zh-Hans")
    own = ("Own Hei", shipped[-1])
    assert chain("hei", "zh-Hans", own) == (*own, *shipped[:-1])


def test_a_role_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="ming"):
        chain("ming", "zh-Hans")


def test_every_family_says_where_it_comes_from_and_on_what_terms():
    for family in load_catalogue().families.values():
        assert family.licence
        assert family.version
        assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", family.package)
    for file in load_catalogue().files.values():
        assert file.member.endswith(f"/{file.name}")
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert re.fullmatch(rf"(pool/\S+/{file.package}_\S+\.deb)?", file.archive)


def test_what_is_optional_never_comes_before_what_is_required():
    """Else the same report would look different with more fonts installed."""
    catalogue = load_catalogue()
    for script in SCRIPTS:
        for role in (Role.FANGSONG, Role.HEI, Role.SONG, Role.TITLE):
            needs = [catalogue.families[name].need for name in catalogue.chain(role, script)]
            assert needs == sorted(needs, key=lambda need: need is Need.OPTIONAL)


def test_there_are_no_font_files_in_the_checkout():
    names = {path.name for path in resources.fonts_folder().iterdir()}
    assert names == {"README.md", "catalogue.toml"}


def test_a_chain_that_names_an_unknown_family_is_refused(tmp_path):
    text = (resources.fonts_folder() / "catalogue.toml").read_text(encoding="utf-8")
    path = tmp_path / "catalogue.toml"
    path.write_text(re.sub(r"(?m)^hei = \[.*\]$", 'hei = ["No Such"]', text), "utf-8")
    with pytest.raises(ConfigurationError, match="No Such"):
        read_catalogue(path)


@pytest.mark.parametrize("text", ["", "[[family", "[chains]\nfamily = 3"])
def test_a_malformed_catalogue_is_refused(text, tmp_path):
    path = tmp_path / "catalogue.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_catalogue(path)
    assert caught.value.where == str(path)
    assert caught.value.hint
