"""Options are checked when they are created, and every error has a hint."""

import errno
import os

import pytest

from publisher.cli.main import main
from publisher.config import find_config, read_config
from publisher.errors import ConfigurationError, UsageError
from publisher.options import Options
from publisher.profiles import PROFILES, STANDARDS

REFUSED = {
    "an empty family": ({"fonts": (("kai", ("楷体", "")),)}, "leave it out"),
    "script": ({"script": "zh-Hant-TV"}, "did you mean zh-Hant-TW?"),
    "profile": ({"profile": "archiv"}, "did you mean archive?"),
    "emit": ({"emit": ("html", "pdf")}, "known: html, txt"),
    "no such day": ({"date": "2018-02-30"}, "2018-02-26"),
    "words for no day": ({"date": "2018年2月30日"}, "2018年2月26日"),
    "more than a day": ({"date": "2018年2月26日印发"}, "2018-02-26"),
    "a day without hyphens": ({"date": "20180226"}, "2018-02-26"),
    "a day of a week": ({"date": "2018-W09-1"}, "2018-02-26"),
    "encoding": ({"encoding": "gb2313"}, "gb18030"),
    "no text encoding": ({"encoding": "hex"}, "gb18030"),
    **{
        f"{name} is no encoding of a file": ({"encoding": name}, "gb18030")
        for name in (
            *("rot13", "base64", "zip", "uu", "quopri", "unicode_escape", "raw_unicode_escape"),
            *("idna", "punycode", "utf-7", "UTF_7", "mbcs", "undefined", "charmap"),
        )
    },
    "a NUL in the encoding": ({"encoding": "utf\x008"}, "gb18030"),
    "fonts": ({"fonts": (("fangsong2", ("A",)),)}, "did you mean fangsong?"),
}


@pytest.mark.parametrize(("values", "hint"), REFUSED.values(), ids=REFUSED)
def test_refused(values, hint):
    with pytest.raises(UsageError) as caught:
        Options(**values)
    assert hint in caught.value.hint
    assert next(iter(values)) in str(caught.value)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"date": "2018-02-26"},
        {"date": "2016-02-29"},
        {"encoding": "GB18030"},
        {"emit": ("html", "txt")},
        {"fonts": (("fangsong", ("FZFangSong-Z02",)),)},
        {"fonts": (("latin", ("Times New Roman",)),)},
    ],
)
def test_accepted(values):
    options = Options(**values)
    assert all(getattr(options, name) == value for name, value in values.items())


def test_the_record_has_the_options_that_change_the_output_and_no_path():
    recorded = Options(output="/home/somebody", fonts=(("kai", ("A", "B")),)).to_record()
    assert "output" not in recorded
    assert "emit" not in recorded
    assert recorded["fonts"] == {"kai": ["A", "B"]}
    assert {"style", "script", "profile", "title", "encoding"} <= recorded.keys()


def test_a_profile_declares_known_standards():
    for name, profile in PROFILES.items():
        assert profile.name == name
        assert set(profile.declares) <= set(STANDARDS)
    archive = PROFILES["archive-2"]
    assert (archive.pdf_a, archive.pdf_ua, archive.pdf_x) == ("4F", "2", "")
    assert PROFILES["print"].pdf_x == "4"


def test_a_standard_has_the_usual_name():
    assert list(STANDARDS) == [
        "PDF/A-3a",
        "PDF/A-4f",
        "PDF/UA-1",
        "PDF/UA-2",
        "WTPDF-1.0 accessibility",
        "WTPDF-1.0 reuse",
        "PDF/X-4",
    ]


def test_equal_requirements_are_those_of_a_known_standard():
    for standard in STANDARDS.values():
        assert not standard.same_requirements_as or standard.same_requirements_as in STANDARDS


def write(tmp_path, text):
    path = tmp_path / "publisher.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_configuration_file(tmp_path):
    path = write(
        tmp_path,
        'style = "reader"\noutput = "pdf"\nemit = ["txt"]\ndate = 2018-02-26\n'
        '[fonts]\nkai = ["楷体"]\nfangsong = ["FZFangSong-Z02", "仿宋"]\n',
    )
    options = Options(**read_config(path))
    assert options == Options(
        style="reader",
        output=tmp_path / "pdf",
        emit=("txt",),
        date="2018-02-26",
        fonts=(("fangsong", ("FZFangSong-Z02", "仿宋")), ("kai", ("楷体",))),
    )


MALFORMED = {
    "a misspelt option": ('styel = "reader"', "did you mean style?"),
    "a number for a text": ("style = 3", "style"),
    "a text for a list": ('emit = "html"', "emit"),
    "a list of numbers": ("emit = [1]", "emit"),
    "another misspelt option": ('stile = "reader"', "did you mean style?"),
    "a table of options": ('[build]\nstyle = "reader"', "the only table is [fonts]"),
    "a list of fonts": ('fonts = ["A"]', "fonts"),
    "no TOML": ("style = reader", "line 1"),
}


@pytest.mark.parametrize(("text", "expected"), MALFORMED.values(), ids=MALFORMED)
def test_malformed(tmp_path, text, expected):
    path = write(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        read_config(path)
    assert expected in f"{caught.value} {caught.value.hint}"
    assert caught.value.where == str(path)


def test_a_file_that_does_not_exist_or_is_not_utf_8(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_config(tmp_path / "absent.toml")
    path = tmp_path / "publisher.toml"
    path.write_bytes('style = "报告"'.encode("gbk"))
    with pytest.raises(ConfigurationError, match="is not TOML"):
        read_config(path)


def test_the_nearest_configuration_is_used(tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    outer = write(tmp_path, "")
    assert find_config(below / "report.txt").path == outer
    inner = write(tmp_path / "a", "")
    assert find_config(below / "report.txt").path == inner


NO_FILES = {
    "a folder": lambda path: path.mkdir(),
    "a broken link": lambda path: path.symlink_to("absent"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to a folder": lambda path: path.symlink_to(path.parent),
    "a pipe": os.mkfifo,
}


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_reported_once_and_not_obeyed(make, tmp_path, capsys):
    source = tmp_path / "a" / "report.txt"
    source.parent.mkdir()
    outer = write(tmp_path, "no = [toml")
    make(source.with_name("publisher.toml"))
    found = find_config(source)
    assert (found.path, found.unusable) == (outer, (source.with_name("publisher.toml"),))
    assert main(["build", str(source), str(source), "-o", str(tmp_path)]) == 3
    errors = capsys.readouterr().err
    assert (
        errors.count(f"warning: {source.parent}/publisher.toml: is not obeyed: it is no file") == 1
    )


def test_a_file_without_permission_is_an_error(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    path = write(tmp_path, "")
    monkeypatch.setattr("publisher.system.ordinary_file.os.open", refuse)
    with pytest.raises(ConfigurationError, match="cannot be read: Permission denied"):
        read_config(path)


@pytest.mark.parametrize("text", ["2018年2月26日", "二〇一八年二月二十六日", "2018-02-26"])
def test_a_day_may_be_written_in_chinese(text):
    assert Options(date=text).date == "2018-02-26"
