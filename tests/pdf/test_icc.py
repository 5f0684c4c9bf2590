"""Profiles of print shops: taken as they are, or refused with the reason."""

import pytest

from publisher.errors import ColourProfileError
from publisher.options import NO_FILE
from publisher.pdf import icc


@pytest.fixture(scope="module")
def press():
    return icc.load_output_profile(NO_FILE)


def test_the_default_is_fogra39_with_the_day_of_its_data(press):
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


def test_a_profile_that_is_not_there_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(ColourProfileError, match="FOGRA39") as raised:
        icc.load_output_profile(NO_FILE)
    assert "setup.sh" in raised.value.hint
    assert "--icc" in raised.value.hint
    with pytest.raises(ColourProfileError, match="cannot be read"):
        icc.load_output_profile(tmp_path / "none.icc")


def changed(data, place, new):
    return data[:place] + new + data[place + len(new) :]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda _: b"", "not an ICC profile"),
        (lambda _: b"%PDF-1.7" * 40, "not an ICC profile"),
        (lambda data: data[:-1], "truncated"),
        (lambda data: changed(data, 12, b"mntr"), "class mntr"),
        (lambda data: changed(data, 16, b"RGB "), "but RGB"),
        (lambda data: changed(data, 8, b"\x05"), "version"),
        (lambda data: changed(data, 128, b"\xff\xff\xff\xff"), "damaged"),
    ],
)
def test_what_is_no_profile_of_a_press_is_refused(change, reason, press, tmp_path):
    file = tmp_path / "shop.icc"
    file.write_bytes(change(press.data))
    with pytest.raises(ColourProfileError, match=reason) as raised:
        icc.load_output_profile(file)
    assert raised.value.where == str(file)
    assert raised.value.hint


def test_a_profile_of_a_shop_is_taken_byte_for_byte(press, tmp_path):
    described = press.data.replace(b"Coated FOGRA39L", b"House paper 135")
    file = tmp_path / "shop.icc"
    file.write_bytes(described)
    shop = icc.load_output_profile(file)
    assert shop.data == described
    assert (shop.condition, shop.description) == ("Custom", "House paper 135")
