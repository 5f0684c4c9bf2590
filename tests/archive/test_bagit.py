"""The BagIt format: files are written in one form, and every other form is reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.archive.bagit import (
    compute_file_fixity,
    compute_fixity,
    decode_path,
    encode_info,
    encode_manifest,
    encode_path,
    format_oxum,
    read_info,
    read_manifest,
)

DIGEST = "0a" * 32
PATHS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
).filter(lambda text: not text[0].isspace() and text[0] != "/" and ".." not in text.split("/"))


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("data/年报.txt", "data/年报.txt"),
        ("data/100%.txt", "data/100%25.txt"),
        ("data/a\r\nb", "data/a%0D%0Ab"),
        ("data/%0A", "data/%250A"),
        ("data/a b", "data/a b"),
    ],
)
def test_paths_are_encoded_as_rfc_8493_requires(path, written):
    assert encode_path(path) == written
    assert decode_path(written) == path


@given(st.text())
def test_path_encoding_is_reversible(path):
    assert decode_path(encode_path(path)) == path


@given(st.dictionaries(PATHS, st.just(DIGEST), min_size=1))
def test_manifest_encoding_is_reversible(digests):
    read = read_manifest(encode_manifest(digests), "sha256")
    assert (read.digests, read.problems) == (digests, ())


LINE = f"{DIGEST}  data/a%25.txt\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (LINE.upper().replace("DATA/A", "data/a").replace("TXT", "txt"), "lower case"),
        (LINE.replace("  ", " "), "two spaces"),
        (LINE.replace("  ", "   "), "two spaces"),
        (LINE.replace("\n", "\r\n"), "as RFC 8493 requires"),
        (LINE.replace("%25", "%"), "as RFC 8493 requires"),
        (LINE.replace("%25", "%0a"), "as RFC 8493 requires"),
        (LINE + LINE, "again"),
        (LINE + "\n", "line 2"),
        (LINE.rstrip("\n"), "line feed"),
        ("\n" + LINE, "line 1"),
        (LINE.replace("data/a", "data/b") + LINE, "not in order"),
        (LINE.replace("data/", "/data/"), "out of the bag"),
        (LINE.replace("data/", "data/../../"), "out of the bag"),
        ("\ufeff" + LINE, "line 1"),
        ("", "line 1"),
    ],
)
def test_every_other_form_of_a_manifest_is_reported(data, problem):
    assert read_manifest(LINE.encode(), "sha256").problems == ()
    problems = read_manifest(data.encode(), "sha256").problems
    assert any(problem in item for item in problems), problems


def test_undecodable_bytes_are_reported():
    assert "byte 66" in read_manifest(LINE.encode()[:66] + b"\xff\n", "sha256").problems[0]


@pytest.mark.parametrize("data", ["a: b\n\n", "a : b\n", "a:b\n", "a:  b\n", "a: b \n", "a: b", ""])
def test_every_other_form_of_bag_info_is_reported(data):
    assert read_info(encode_info([("a", "b"), ("题名", "年报: 2019")])).problems == ()
    assert read_info(data.encode()).problems


def test_bag_info_keeps_order_and_repetition():
    elements = (("b", "1"), ("a", "2"), ("b", "3"))
    assert read_info(encode_info(elements)).elements == elements


def test_fixity_of_a_file_is_that_of_its_bytes(tmp_path):
    data = b"x" * (3 << 20) + b"end"
    (tmp_path / "f").write_bytes(data)
    assert compute_file_fixity(tmp_path / "f") == compute_fixity(data)
    assert format_oxum([3, 4]) == "7.2"
