"""Which file holds the decisions about a source."""

import pytest

from publisher.decisions import find_decisions, new_decisions_path
from publisher.errors import ConfigurationError


def write(path, text=""):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_without_decisions(tmp_path):
    assert find_decisions(write(tmp_path / "report.txt")) is None


@pytest.mark.parametrize("name", ["report.decisions.toml", "report.txt.decisions.toml"])
def test_both_names_are_found(name, tmp_path):
    write(tmp_path / name)
    file = find_decisions(write(tmp_path / "report.txt"))
    assert file.name == name


def test_two_files_are_refused(tmp_path):
    for name in ("report.decisions.toml", "report.txt.decisions.toml"):
        write(tmp_path / name)
    with pytest.raises(ConfigurationError, match="has two decisions files"):
        find_decisions(write(tmp_path / "report.txt"))


def test_a_file_that_may_be_about_two_sources_is_refused(tmp_path):
    write(tmp_path / "report.decisions.toml")
    write(tmp_path / "report.html")
    with pytest.raises(ConfigurationError, match=r"may be about report\.txt or report\.html"):
        find_decisions(write(tmp_path / "report.txt"))


def test_a_file_that_names_its_source_is_that_of_this_source_only(tmp_path):
    write(tmp_path / "report.decisions.toml", '[source]\nfile = "report.txt"\n')
    assert find_decisions(write(tmp_path / "report.txt")).name == "report.decisions.toml"
    assert find_decisions(write(tmp_path / "report.html")) is None


def test_each_of_two_sources_has_its_own_file(tmp_path):
    text, page = write(tmp_path / "report.txt"), write(tmp_path / "report.html")
    for source in (text, page):
        assert new_decisions_path(source).name == f"{source.name}.decisions.toml"
        write(new_decisions_path(source))
        assert find_decisions(source).name == f"{source.name}.decisions.toml"


def test_a_new_file_has_the_name_of_the_results(tmp_path):
    assert new_decisions_path(write(tmp_path / "a.b.txt")).name == "a.b.decisions.toml"
    assert new_decisions_path(write(tmp_path / "plain")).name == "plain.decisions.toml"


def test_the_option_outweighs_the_file_beside_the_source(tmp_path):
    write(tmp_path / "report.decisions.toml")
    other = write(tmp_path / "other.toml")
    assert find_decisions(write(tmp_path / "report.txt"), other).name == "other.toml"


def test_a_missing_file_of_the_option_is_an_error(tmp_path):
    with pytest.raises(ConfigurationError, match="the decisions cannot be read") as caught:
        find_decisions(tmp_path / "report.txt", tmp_path / "none.toml")
    assert "--decisions" in caught.value.hint
