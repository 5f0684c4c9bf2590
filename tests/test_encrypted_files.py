"""A PDF that needs a password is encrypted, in every command and with one exit code."""

from io import BytesIO

import pytest
from pypdf import PdfWriter

from publisher.cli.main import main
from tests.pdf.raw_file import picture_pdf


@pytest.fixture
def locked(tmp_path):
    writer = PdfWriter(clone_from=BytesIO(picture_pdf()))
    writer.encrypt("secret", "owner", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    return tmp_path / "locked.pdf"


@pytest.fixture
def other_handler(tmp_path):
    path = tmp_path / "other.pdf"
    path.write_bytes(picture_pdf(trailer=b"/Encrypt<</Filter/Adobe.PubSec/V 4>>"))
    return path


@pytest.mark.parametrize("command", ["impose", "preflight", "verify"])
@pytest.mark.parametrize("file", ["locked", "other_handler"])
def test_every_command_says_that_a_file_is_encrypted(command, file, request, capsys):
    path = request.getfixturevalue(file)
    assert main([command, str(path)]) == 12
    err = capsys.readouterr().err
    assert f"{path}: is encrypted" in err
    assert err.count("\n") == 2


def test_an_encrypted_file_is_not_signed(locked, capsys):
    pytest.importorskip("pyhanko")
    assert main(["sign", str(locked), "--key", str(locked)]) == 12
    assert f"{locked}: is encrypted" in capsys.readouterr().err
