"""ICC profiles of print shops: accepted unchanged, or refused with the reason."""

import os

import pytest

from publisher.errors import ColourProfileError
from publisher.options import NO_FILE
from publisher.pdf import fogra39, icc


@pytest.fixture(scope="module")
def press():
    return icc.load_output_profile(NO_FILE)


def test_the_default_is_fogra39_with_the_date_of_its_measurements(press):
    assert press.condition == "FOGRA39"
    assert press.data[24:30] == bytes((7, 214, 0, 12, 0, 1))  # 2006-12-01
    assert press.data[12:20] == b"prtrCMYK"


def test_inks_of_colours(press):
    inks = press.inks([(255, 255, 255), (0, 0, 0), (255, 0, 0), (0, 160, 230)])
    assert inks[255, 255, 255] == (0, 0, 0, 0)
    assert sum(inks[0, 0, 0]) > 2
    cyan, magenta, yellow, black = inks[255, 0, 0]
    assert magenta > 0.8
    assert yellow > 0.8
    assert cyan + black < 0.1
    assert inks[0, 160, 230][0] > 0.6


def stub_of_colprof(folder, line):
    """Put a program of that name first on the path; its last option but one is the file to write."""
    folder.mkdir()
    (folder / "colprof").write_text(f"#!/bin/sh\n{line}\n")
    (folder / "colprof").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_the_profile_is_made_when_it_is_first_asked_for(monkeypatch, tmp_path):
    source, path = tmp_path / "measured.ti3", tmp_path / "profiles" / "FOGRA39L.icc"
    source.touch()
    monkeypatch.setattr(fogra39, "MEASUREMENTS", source)
    write = 'while [ "$1" != -O ]; do shift; done\nhead -c 200 /dev/zero >"$2"'
    monkeypatch.setenv("PATH", stub_of_colprof(tmp_path / "bin", write))
    fogra39.make_profile(path)
    day = b"".join(number.to_bytes(2) for number in (2006, 12, 1, 0, 0, 0))
    assert path.read_bytes() == bytes(24) + day + bytes(200 - 36)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_profile_that_cannot_be_made_leaves_no_file(monkeypatch, tmp_path):
    source = tmp_path / "measured.ti3"
    source.touch()
    monkeypatch.setattr(fogra39, "MEASUREMENTS", source)
    monkeypatch.setenv("PATH", stub_of_colprof(tmp_path / "bin", "exit 1"))
    with pytest.raises(ColourProfileError, match="colprof") as caught:
        fogra39.make_profile(tmp_path / "FOGRA39L.icc")
    assert "--icc" in caught.value.hint
    assert not (tmp_path / "FOGRA39L.icc").exists()


def test_the_error_for_a_missing_profile_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(fogra39, "MEASUREMENTS", tmp_path / "none.ti3")
    with pytest.raises(ColourProfileError, match="FOGRA39") as caught:
        icc.load_output_profile(NO_FILE)
    assert "apt-get install argyll" in caught.value.hint
    assert "--icc" in caught.value.hint
    with pytest.raises(ColourProfileError, match="cannot be read"):
        icc.load_output_profile(tmp_path / "none.icc")


def replace_at(data, offset, new):
    return data[:offset] + new + data[offset + len(new) :]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda _: b"", "not an ICC profile"),
        (lambda _: b"%PDF-1.7" * 40, "not an ICC profile"),
        (lambda data: data[:-1], "truncated"),
        (lambda data: replace_at(data, 12, b"mntr"), "class mntr"),
        (lambda data: replace_at(data, 16, b"RGB "), "but RGB"),
        (lambda data: replace_at(data, 8, b"\x05"), "version"),
        (lambda data: replace_at(data, 128, b"\xff\xff\xff\xff"), "damaged"),
    ],
)
def test_a_file_that_is_no_cmyk_press_profile_is_refused(change, reason, press, tmp_path):
    file = tmp_path / "shop.icc"
    file.write_bytes(change(press.data))
    with pytest.raises(ColourProfileError, match=reason) as caught:
        icc.load_output_profile(file)
    assert caught.value.where == str(file)
    assert caught.value.hint


def test_a_print_shop_s_profile_is_used_unchanged(press, tmp_path):
    data = press.data.replace(b"Coated FOGRA39L", b"House paper 135")
    file = tmp_path / "shop.icc"
    file.write_bytes(data)
    shop = icc.load_output_profile(file)
    assert shop.data == data
    assert (shop.condition, shop.description) == ("Custom", "House paper 135")
