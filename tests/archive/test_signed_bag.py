"""Bags with signed reports: the signature is in it, the record is of what was signed, and it can be built again."""

import json
import shutil
import xml.etree.ElementTree as ET

import pytest
import xmlschema

from publisher.cli.main import main
from publisher.signing.identity import PASSPHRASE
from publisher.verify.signatures.validation import read_signatures
from tests.archive.bags import contents, make_source
from tests.archive.test_premis import OURS
from tests.signing.authority import CertificateAuthority, pem, write_key

pytestmark = pytest.mark.typeset
SECRET = "canary-passphrase-91c2"  # noqa: S105 - looked for, and not to be found


@pytest.fixture(scope="module")
def key(tmp_path_factory, authority):
    return write_key(tmp_path_factory.mktemp("key"), authority, passphrase=SECRET.encode())


@pytest.fixture(scope="module")
def root(tmp_path_factory, authority):
    file = tmp_path_factory.mktemp("root") / "root.pem"
    file.write_bytes(pem(authority.certificate))
    return file


@pytest.fixture(scope="module")
def signed_bag(tmp_path_factory, key, authority):
    folder = tmp_path_factory.mktemp("signed")
    source = make_source(folder / "年报.txt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PASSPHRASE, SECRET)
        arguments = ["--sign", str(key), "--level", "B-LTA", "--tsa-url", authority.tsa]
        assert main(["archive", str(source), "-o", str(folder), *arguments]) == 0
    return folder / "年报"


@pytest.fixture
def bag(signed_bag, tmp_path):
    return shutil.copytree(signed_bag, tmp_path / signed_bag.name)


def test_the_pdf_is_the_recorded_one_with_a_signature(signed_bag, authority):
    data = (signed_bag / "data" / "reports" / "年报.pdf").read_bytes()
    first, second = read_signatures(data, [authority.root()]).signatures
    assert (first.level, first.problem, first.disallowed_change) == ("B-LTA", "", "")
    assert second.is_document_timestamp
    record = json.loads((signed_bag / "data" / "reports" / "年报.record.json").read_text("utf-8"))
    assert record["pdf"]["bytes"] < len(data)


def test_a_signed_bag_is_verified_offline_and_rebuilt(signed_bag, root, capsys):
    assert main(["verify", str(signed_bag), "--trust-anchor", str(root)]) == 0
    assert "signatures passed" in capsys.readouterr().out
    assert main(["rebuild", str(signed_bag)]) == 0
    data = (signed_bag / "data" / "reports" / "年报.pdf").read_bytes()
    record = json.loads((signed_bag / "data" / "reports" / "年报.record.json").read_text("utf-8"))
    appended = len(data) - record["pdf"]["bytes"]
    assert f"the same as recorded, followed by {appended} more bytes" in capsys.readouterr().out
    assert main(["rebuild", str(signed_bag), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["same"], result["appended_bytes"]) == (True, appended)


def test_a_foreign_trust_anchor_is_not_accepted(signed_bag, tmp_path, capsys):
    foreign = tmp_path / "foreign.pem"
    foreign.write_bytes(pem(CertificateAuthority("另一根证书").certificate))
    assert main(["verify", str(signed_bag), "--trust-anchor", str(foreign)]) == 40
    assert "signatures FAILED" in capsys.readouterr().out


def test_every_byte_of_the_signature_counts(bag, root, capsys):
    pdf = bag / "data" / "reports" / "年报.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    assert main(["verify", str(bag), "--trust-anchor", str(root)]) == 40
    assert "data/reports/年报.pdf" in capsys.readouterr().err


def test_premis_has_a_signature_event_and_is_valid(signed_bag):
    premis = signed_bag / "metadata" / "premis.xml"
    xmlschema.XMLSchema(OURS).validate(premis)
    kinds = [
        item.text
        for item in ET.parse(premis).iter("{http://www.loc.gov/premis/v3}eventType")  # noqa: S314
    ]
    assert "digital signature generation" in kinds


def test_no_secret_is_in_the_bag(signed_bag, key):
    inside = b"".join(contents(signed_bag).values())
    assert SECRET.encode() not in inside
    assert key.read_bytes() not in inside
    assert str(key.parent).encode() not in inside


@pytest.mark.usefixtures("verapdf")
def test_the_reference_validator_passes_it(signed_bag, capsys):
    assert main(["verify", str(signed_bag)]) == 0
    assert "PDF/A-3a passed, PDF/UA-1 passed" in capsys.readouterr().out


def test_signing_options_without_a_key_are_refused(tmp_path, capsys):
    source = make_source(tmp_path / "年报.txt")
    assert main(["archive", str(source), "-o", str(tmp_path), "--level", "B-B"]) == 2
    assert "--sign" in capsys.readouterr().err


def test_a_key_that_cannot_sign_leaves_no_bag(tmp_path, capsys, key, monkeypatch):
    monkeypatch.setenv(PASSPHRASE, "another")
    source = make_source(tmp_path / "年报.txt")
    assert main(["archive", str(source), "-o", str(tmp_path), "--sign", str(key)]) == 41
    assert "passphrase" in capsys.readouterr().err
    assert [item.name for item in tmp_path.iterdir()] == ["年报.txt"]


def test_an_authority_without_response_leaves_no_bag(tmp_path, capsys, key, monkeypatch):
    monkeypatch.setenv(PASSPHRASE, SECRET)
    source = make_source(tmp_path / "年报.txt")
    arguments = ["--sign", str(key), "--tsa-url", "http://127.0.0.1:9"]
    assert main(["archive", str(source), "-o", str(tmp_path), *arguments]) == 41
    assert "127.0.0.1" in capsys.readouterr().err
    assert not (tmp_path / "年报").exists()
