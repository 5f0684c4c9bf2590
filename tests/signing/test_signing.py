"""A signature is an update after the file, as the level asks; what cannot sign is refused; no secret gets out."""

import contextlib
import io
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import traceback
import warnings
from datetime import timedelta
from functools import partial

import pytest
from asn1crypto import keys, parser
from asn1crypto import x509 as asn1
from asn1crypto.pem import armor
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec

from publisher.batch.limited_process import judge_each
from publisher.cli.main import main
from publisher.errors import SigningError, UsageError
from publisher.pdf.document import read_pdf
from publisher.profiles import PROFILES
from publisher.signing import SignatureLevel, SigningOptions, sign_pdf
from publisher.signing.http_request import fetch
from publisher.signing.identity import PASSPHRASE, Identity, load_identity
from publisher.system import signing_extra
from publisher.verify.signatures.validation import (
    read_signatures,
    verify_signatures,
)
from publisher.verify.verapdf import validate_with_verapdf
from tests.signing.authority import (
    DAY,
    NOW,
    CertificateAuthority,
    der,
    new_key,
    pem,
    sign,
    write_key,
)

pytestmark = pytest.mark.typeset
SECRET = "canary-passphrase-7f3a"  # noqa: S105 - looked for, and not to be found
FULL = bool(os.environ.get("PUBLISHER_FULL"))
LEVELS = [level.value for level in SignatureLevel]


@pytest.fixture(scope="session")
def pdf(small_publications):
    return (small_publications["archive"] / "report.pdf").read_bytes()


@pytest.fixture
def folder(small_publications, tmp_path):
    """A publication to sign."""
    return shutil.copytree(small_publications["archive"], tmp_path / "out")


@pytest.fixture
def spoilt(authority):
    """The authority, which is itself again after the test."""
    unchanged = dict(vars(authority))
    yield authority
    vars(authority).update(unchanged)


@pytest.fixture
def offline(monkeypatch):
    """No connection is made."""

    def refuse(*_):
        raise AssertionError("a connection was tried")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("profile", ["archive", "archive-2"])
@pytest.mark.parametrize("level", LEVELS)
def test_every_level(level, profile, small_publications, authority, tmp_path):
    folder = shutil.copytree(small_publications[profile], tmp_path / "out")
    path = folder / "report.pdf"
    before = path.read_bytes()
    path.write_bytes(sign(before, authority, level))
    assert path.read_bytes().startswith(before)
    result = read_signatures(path.read_bytes(), [authority.root()])
    first = result.signatures[0]
    assert (first.level, first.problem, first.disallowed_change, result.problems) == (
        level,
        "",
        "",
        (),
    )
    assert first.signer == "某市人民政府"
    assert not first.certificate_status.problem
    assert len(result.signatures) == (2 if level == "B-LTA" else 1)
    foreign = CertificateAuthority("另一根证书")
    untrusted = read_signatures(path.read_bytes(), [foreign.root()]).signatures[0]
    assert untrusted.certificate_status.problem
    if FULL or level == "B-LTA":
        (tmp_path / "root.pem").write_bytes(pem(authority.certificate))
        (tmp_path / "foreign.pem").write_bytes(pem(foreign.certificate))
        assert main(["verify", str(path), "--trust-anchor", str(tmp_path / "root.pem")]) == 0
        assert main(["verify", str(path), "--trust-anchor", str(tmp_path / "foreign.pem")]) == 40


@pytest.mark.parametrize("profile", ["archive", "archive-2"] if FULL else ["archive"])
@pytest.mark.usefixtures("verapdf")
def test_the_reference_validator_passes_signed_files(
    profile, small_publications, authority, tmp_path
):
    before = (small_publications[profile] / "report.pdf").read_bytes()
    for level in LEVELS if FULL else ["B-LTA"]:
        path = tmp_path / f"{level}.pdf"
        twice = sign(before, authority, name="第二人") if level == "B-LTA" else before
        path.write_bytes(sign(twice, authority, level))
        declares = PROFILES[profile].declares
        verdicts = validate_with_verapdf(path, declares)
        assert {item.profile: item.passed for item in verdicts} == dict.fromkeys(declares, True), (
            verdicts
        )


@pytest.mark.skipif(not FULL, reason="PUBLISHER_FULL=1 validates it")
@pytest.mark.usefixtures("verapdf")
def test_a_field_on_the_page_fails_validation(pdf, authority, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "publisher.signing.incremental_update.SigFieldSpec",
        lambda **keywords: SigFieldSpec(**keywords, box=(10, 10, 100, 40)),
    )
    path = tmp_path / "seen.pdf"
    path.write_bytes(sign(pdf, authority))
    verdicts = validate_with_verapdf(path, PROFILES["archive"].declares)
    assert [item.findings[0].clause for item in verdicts] == ["6.3.3-1", "7.18.4-1"]


def test_the_published_content_is_unchanged(pdf, authority):
    before, after = read_pdf(pdf), read_pdf(sign(pdf, authority, "B-LTA"))
    for name in ("structure", "xmp", "info", "language", "outlines", "embedded_files"):
        assert getattr(before, name) == getattr(after, name), name
    assert before.logical_text() == after.logical_text()
    added = [item for page in after.pages for item in page.annotations if item.subtype == "Widget"]
    assert len(added) == 2
    assert all(item.rectangle == (-9999.0,) * 4 for item in added)


def test_the_signature_is_pades(pdf, authority):
    reader = PdfFileReader(io.BytesIO(sign(pdf, authority, "B-T", signing_time=NOW)))
    (item,) = reader.embedded_signatures
    assert item.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert item.self_reported_timestamp == NOW
    attributes = {attribute["type"].native for attribute in item.signer_info["signed_attrs"]}
    assert "signing_certificate_v2" in attributes
    assert "signing_time" not in attributes  # EN 319 142-1, 6.3: the dictionary's M says it
    assert reader.root["/AcroForm"]["/SigFlags"] == 3
    assert "/ESIC" in reader.root["/Extensions"]


@pytest.mark.parametrize("kind", ["rsa2048", "rsa3072", "p256", "p384"])
def test_kinds_of_keys(kind, pdf, authority, tmp_path):
    key = new_key(kind)
    path = write_key(tmp_path, authority, key=key, certificate=authority.issue("x", key))
    done = sign_pdf(pdf, SigningOptions(identity=load_identity(path)))
    assert verify_signatures(done, [authority.root()]).passed


def identity_files(authority):
    """Key files as offices have them, with whether they are locked."""
    key, own, root = authority.signer_key, authority.signer, authority.certificate
    lock = serialization.BestAvailableEncryption(SECRET.encode())
    store = pkcs12.serialize_key_and_certificates
    old = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, lock
    )
    return {
        "open.pem": (pem(root, own, key), False),
        "locked.pem": (pem(key, own, root, passphrase=SECRET.encode()), True),
        "old.pem": (old + pem(own), True),
        "locked.p12": (store(b"x", key, own, [root], lock), True),
        "open.pfx": (store(b"x", key, own, [root], serialization.NoEncryption()), False),
    }


@pytest.mark.parametrize("name", ["open.pem", "locked.pem", "old.pem", "locked.p12", "open.pfx"])
def test_key_files(name, authority, tmp_path, monkeypatch):
    data, locked = identity_files(authority)[name]
    path = tmp_path / name
    path.write_bytes(data)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.delenv(PASSPHRASE, raising=False)
    if locked:
        with pytest.raises(SigningError, match="no terminal") as caught:
            load_identity(path)
        assert PASSPHRASE in caught.value.hint
        monkeypatch.setenv(PASSPHRASE, "wrong")
        with pytest.raises(SigningError, match="passphrase is wrong"):
            load_identity(path)
    monkeypatch.setenv(PASSPHRASE, SECRET)
    assert load_identity(path).certificate == authority.signer


def test_a_passphrase_is_asked_for_at_the_terminal(authority, tmp_path, monkeypatch):
    path = tmp_path / "key.p12"
    path.write_bytes(identity_files(authority)["locked.p12"][0])
    prompts = []
    monkeypatch.delenv(PASSPHRASE, raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        "getpass.getpass", lambda expected_text: prompts.append(expected_text) or SECRET
    )
    assert load_identity(path).certificate == authority.signer
    assert prompts == [f"Passphrase of {path}: "]


@pytest.mark.parametrize(
    ("content", "expected_text"),
    [
        (b"", "not a key file"),
        (b"some words", "not a key file"),
        (b"\x30\x82\x01\x00rest", "not a key file, or is damaged"),
        (b"0" * (2 << 20), "not a key file"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "damaged"),
        (lambda it: pem(it.signer), "contains 0 keys"),
        (lambda it: pem(it.signer_key), "has no certificate"),
        (lambda it: pem(it.signer_key, it.signer_key, it.signer), "contains 2 keys"),
        (lambda it: pem(new_key("p256", 9), it.signer), "matches none of its 1 certificates"),
        (
            lambda it: pem(new_key("p521"), it.issue("x", new_key("p521"))),
            "too weak, or of a type",
        ),
        (lambda it: pem(new_key("rsa1024"), it.issue("x", new_key("rsa1024"))), "weak"),
        (lambda it: der(it.signer), "not a key file"),
    ],
)
def test_invalid_key_files_are_refused(content, expected_text, authority, tmp_path):
    path = tmp_path / "key.pem"
    path.write_bytes(content(authority) if callable(content) else content)
    with pytest.raises(SigningError, match=expected_text) as caught:
        load_identity(path)
    assert str(path) in str(caught.value)


def limited_to_pss(authority):
    """A key and its certificate whose algorithm is RSASSA-PSS, as OpenSSL makes them."""
    key = new_key("rsa2048")
    info = keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    certificate = asn1.Certificate.load(der(authority.issue("x", key)))
    public = certificate["tbs_certificate"]["subject_public_key_info"]
    info["private_key_algorithm"] = {"algorithm": "rsassa_pss"}
    public["algorithm"] = {"algorithm": "rsassa_pss"}
    return armor("PRIVATE KEY", info.dump(force=True)) + armor(
        "CERTIFICATE", certificate.dump(force=True)
    )


def test_a_key_that_is_limited_to_pss_is_named(authority, tmp_path):
    path = tmp_path / "key.pem"
    path.write_bytes(limited_to_pss(authority))
    with pytest.raises(SigningError, match="limited to RSA-PSS") as caught:
        load_identity(path)
    assert "without this limit" in caught.value.hint


@pytest.mark.parametrize("passphrase", [b"", b"x"])
def test_a_key_of_openssh_is_named(passphrase, authority, tmp_path):
    cipher = b"aes256-ctr" if passphrase else b"none"
    blob = b"openssh-key-v1\0" + len(cipher).to_bytes(4) + cipher
    path = tmp_path / "id_rsa"
    path.write_bytes(armor("OPENSSH PRIVATE KEY", blob) + pem(authority.signer))
    with pytest.raises(SigningError, match="is a key of OpenSSH") as caught:
        load_identity(path)
    assert ".p12" in caught.value.hint


def as_ber(data):
    """The same structure with an indefinite length, as some programs write it (X.690, 8.1.3.6)."""
    return b"\x30\x80" + parser.parse(data)[4] + bytes(2)


@pytest.mark.parametrize("name", ["locked.p12", "open.pfx"])
@pytest.mark.parametrize("form", [lambda data: data + b"\n\0x", as_ber])
def test_the_form_of_a_key_file_gives_no_warning(name, form, authority, tmp_path, monkeypatch):
    path = tmp_path / name
    path.write_bytes(form(identity_files(authority)[name][0]))
    monkeypatch.setenv(PASSPHRASE, SECRET)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_identity(path).certificate == authority.signer


def test_a_missing_key_file_is_an_error(tmp_path):
    with pytest.raises(SigningError, match="cannot be read: No such file"):
        load_identity(tmp_path / "none.pem")


@pytest.mark.parametrize(
    ("keywords", "expected_text"),
    [
        ({"begin": -9 * DAY, "end": -DAY}, "expired"),
        ({"begin": DAY, "end": 2 * DAY}, "not valid before"),
        ({"usage": {"key_encipherment": True}}, "not for signing documents: its key usage"),
        ({"extended": [ExtendedKeyUsageOID.SERVER_AUTH]}, "documents: its extended key usage"),
        ({"digest": hashes.SHA224()}, "weak"),
    ],
)
def test_a_certificate_that_must_not_sign_is_refused(keywords, expected_text, pdf, authority):
    key = new_key()
    options = SigningOptions(
        identity=Identity(certificate=authority.issue("某局", key, **keywords), chain=(), key=key)
    )
    with pytest.raises(SigningError) as caught:
        sign_pdf(pdf, options)
    assert expected_text in f"{caught.value.message}: {caught.value.hint}"
    assert "某局" in str(caught.value)


@pytest.mark.parametrize("keywords", [{"usage": None}, {"usage": {"content_commitment": True}}])
def test_a_certificate_that_may_sign(keywords, pdf, authority):
    key = new_key()
    identity = Identity(certificate=authority.issue("x", key, **keywords), chain=(), key=key)
    assert verify_signatures(
        sign_pdf(pdf, SigningOptions(identity=identity)), [authority.root()]
    ).passed


@pytest.mark.parametrize(
    ("change", "expected_text"),
    [
        ({"tsa": "{0}/none"}, "HTTP status 404 Not Found"),
        ({"tsa": "http://127.0.0.1:9/tsa"}, "does not respond"),
        ({"tsa": "http://no.such.host.invalid/tsa"}, "does not respond"),
        ({"spoil": lambda _: b""}, "invalid response"),
        ({"spoil": lambda _: b"<html>sign in</html>"}, "invalid response"),
        ({"spoil": lambda data: data[:-40]}, "invalid response"),
        ({"spoil": lambda _: bytes.fromhex("30053003020102")}, "rejects the request: rejection"),
        ({"stamp_digest": bytes(32)}, "does not match the request"),
        ({"spoil": lambda data: data[:-3] + bytes(3)}, "does not match the request"),
        ({"stamp_time": NOW - timedelta(hours=3)}, "the local clock"),
    ],
)
@pytest.mark.parametrize("level", ["B-T", "B-LTA"])
def test_invalid_responses_of_an_authority_are_refused(change, expected_text, level, pdf, spoilt):
    vars(spoilt).update(change)
    spoilt.tsa = spoilt.tsa.format(spoilt.address)
    with pytest.raises(SigningError, match=expected_text) as caught:
        sign(pdf, spoilt, level)
    assert spoilt.tsa in str(caught.value)


def test_an_authority_without_response_is_refused(pdf, authority, monkeypatch):
    monkeypatch.setattr("publisher.signing.http_request.TIMEOUT_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(SigningError, match="does not respond: timed out"):
            sign(pdf, moved(authority, address), "B-T")


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/x"])
def test_redirects_to_other_schemes_are_refused(target, authority):
    with pytest.raises(SigningError) as caught:
        fetch(f"{authority.address}/to?{target}")
    assert "/to?" in str(caught.value)
    assert fetch(f"{authority.address}/to?{authority.address}/root.crl")


def test_the_size_of_a_response_is_limited(authority, monkeypatch):
    monkeypatch.setattr("publisher.signing.http_request.MAX_RESPONSE_BYTES", 10)
    with pytest.raises(SigningError, match="more than"):
        fetch(f"{authority.address}/root.crl")


def test_a_timestamp_certificate_needs_the_key_usage(pdf, spoilt):
    spoilt.stamp_certificate = spoilt.issue("x", spoilt.stamp_key)
    with pytest.raises(SigningError, match="not for time stamping"):
        sign(pdf, spoilt, "B-T")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tsa.example",
        "ftp://tsa.example/",
        "file:///etc/passwd",
        "http://",
        "http://[::1",
        "https://a:b@c/",
    ],
)
def test_invalid_urls_are_refused(address, authority):
    with pytest.raises(UsageError) as caught:
        sign(b"", moved(authority, address), "B-T")
    assert "a:b" not in str(caught.value) + caught.value.hint


def moved(authority, address):
    other = object.__new__(type(authority))
    vars(other).update(vars(authority), tsa=address)
    return other


def test_contradictory_options_are_refused(authority, tmp_path):
    identity = Identity(certificate=authority.signer, chain=(), key=authority.signer_key)
    for keywords, expected_text in (
        ({"level": SignatureLevel.B_T}, "needs"),
        (
            {"level": SignatureLevel.B_B, "tsa_url": authority.tsa},
            "uses no time-stamping authority",
        ),
        (
            {"level": SignatureLevel.B_T, "tsa_url": authority.tsa, "validation": (tmp_path,)},
            "embeds no",
        ),
    ):
        with pytest.raises(UsageError, match=expected_text):
            SigningOptions(identity=identity, **keywords)


def test_only_a_pdf_is_signed(authority):
    identity = Identity(certificate=authority.signer, chain=(), key=authority.signer_key)
    with pytest.raises(SigningError, match="it is no PDF"):
        sign_pdf("云坪市年报".encode(), SigningOptions(identity=identity))


def test_an_archive_without_a_signature_needs_no_pypdf():
    code = "import sys, publisher.archive.build_bag; print('pypdf' in sys.modules)"
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, check=True).stdout.split() == [b"False"]


def test_revocation_lists_are_fetched_or_read_from_files(pdf, spoilt, tmp_path):
    spoilt.requests.clear()
    sign(pdf, spoilt, "B-LTA")
    assert spoilt.requests.count("/root.crl") == 1
    assert spoilt.requests.count("/tsa") == 3  # one to know the room that it takes
    spoilt.requests.clear()
    supplied = tmp_path / "lists.pem"
    supplied.write_bytes(pem(spoilt.certificate, spoilt.crl()))
    binary = tmp_path / "list.crl"
    binary.write_bytes(der(spoilt.crl()))
    for files in ((supplied,), (binary,)):
        done = sign(pdf, spoilt, "B-LTA", validation=files)
        trust = read_signatures(done, [spoilt.root()]).signatures[0].certificate_status
        assert "was not revoked" in trust.revocation
    assert "/root.crl" not in spoilt.requests


def test_an_ocsp_responder_is_used_without_a_revocation_list(pdf, spoilt):
    spoilt.signer = spoilt.issue("某局", spoilt.signer_key, says="ocsp")
    spoilt.known = [*spoilt.known, spoilt.signer]
    done = sign(pdf, spoilt, "B-LTA")
    assert "/ocsp" in spoilt.requests
    trust = read_signatures(done, [spoilt.root()]).signatures[0].certificate_status
    assert "was not revoked" in trust.revocation


def test_a_chain_without_its_root_is_refused(pdf, authority, tmp_path):
    identity = Identity(certificate=authority.signer, chain=(), key=authority.signer_key)
    options = {"identity": identity, "level": SignatureLevel.B_LTA, "tsa_url": authority.tsa}
    with pytest.raises(SigningError, match="ends before a root") as caught:
        sign_pdf(pdf, SigningOptions(**options))
    assert "--validation" in caught.value.hint
    root = tmp_path / "root.der"
    root.write_bytes(der(authority.certificate))
    done = sign_pdf(pdf, SigningOptions(**options, validation=(root,)))
    assert verify_signatures(done, [authority.root()]).passed


def test_a_chain_of_three(pdf, authority, tmp_path):
    middle = CertificateAuthority("中级证书", authority.address)
    middle.certificate = authority.issue(
        "中级证书", middle.key, usage={"key_cert_sign": True, "crl_sign": True}, ca=True
    )
    identity = Identity(
        certificate=middle.issue("某局", new_key()),
        chain=(authority.certificate, middle.certificate),
        key=new_key(),
    )
    lists = tmp_path / "lists.pem"
    lists.write_bytes(pem(middle.crl()))
    options = {"level": SignatureLevel.B_LTA, "tsa_url": authority.tsa, "validation": (lists,)}
    done = sign_pdf(pdf, SigningOptions(identity=identity, **options))
    (first, _) = read_signatures(done, [authority.root()]).signatures
    assert "was not revoked" in first.certificate_status.revocation
    assert verify_signatures(done, [authority.root()]).passed


def test_a_self_signed_certificate(pdf, authority, tmp_path):
    own = CertificateAuthority("自签证书")
    own.certificate = own.issue("自签证书", own.key, says="")
    identity = Identity(certificate=own.certificate, chain=(), key=own.key)
    supplied = tmp_path / "root.pem"
    supplied.write_bytes(pem(authority.certificate))
    options = {"level": SignatureLevel.B_LTA, "tsa_url": authority.tsa, "validation": (supplied,)}
    done = sign_pdf(pdf, SigningOptions(identity=identity, **options))
    assert verify_signatures(done, [own.root(), authority.root()]).passed
    verdict = verify_signatures(done, [own.root()])  # good by itself, at a time that nobody proves
    assert verdict.passed
    assert any("its time is not proven" in item.message for item in verdict.findings)


def test_trust_anchors_are_read_in_another_process(pdf):
    own = CertificateAuthority("自签证书")
    own.certificate = own.issue("自签证书", own.key, says="")
    identity = Identity(certificate=own.certificate, chain=(), key=own.key)
    done = sign_pdf(pdf, SigningOptions(identity=identity, level=SignatureLevel.B_B))
    ((_, verdict),) = judge_each(partial(verify_signatures, done), [(own.root(),)])
    assert verdict.passed
    ((_, verdict),) = judge_each(
        partial(verify_signatures, done), [(CertificateAuthority("另").root(),)]
    )
    assert "does not chain to a trust anchor" in str(verdict.findings)


def test_revoked_or_unknown_status_is_refused_at_b_lta(pdf, spoilt):
    spoilt.signer = spoilt.issue("某局", spoilt.signer_key, says="")
    with pytest.raises(SigningError, match="has no address of"):
        sign(pdf, spoilt, "B-LTA")
    spoilt.signer = spoilt.issue("某局", spoilt.signer_key)
    spoilt.revoked = [spoilt.signer]
    with pytest.raises(SigningError, match="某局 is revoked"):
        sign(pdf, spoilt, "B-LTA")


@pytest.mark.parametrize(
    "content", [b"", b"words", b"-----BEGIN X509 CRL-----\nAA\n-----END X509 CRL-----\n"]
)
def test_a_validation_file_without_certificates_is_refused(content, pdf, authority, tmp_path):
    path = tmp_path / "given.pem"
    path.write_bytes(content)
    with pytest.raises(SigningError, match="contains neither"):
        sign(pdf, authority, "B-LTA", validation=(path,))
    with pytest.raises(SigningError, match="cannot be read"):
        sign(pdf, authority, "B-LTA", validation=(tmp_path / "none",))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF\n", b"words"])
def test_invalid_pdfs_are_refused(data, authority):
    with pytest.raises(SigningError, match="cannot be signed"):
        sign(data, authority)


@pytest.mark.usefixtures("offline")
def test_b_b_makes_no_connection(pdf, authority):
    assert read_signatures(sign(pdf, authority)).signatures[0].level == "B-B"
    with pytest.raises(AssertionError, match="connection"):
        socket.create_connection(("127.0.0.1", 9))


def test_a_missing_extra_is_an_error(folder, authority, monkeypatch, tmp_path):
    monkeypatch.setattr(signing_extra, "is_installed", lambda: False)
    with pytest.raises(SigningError) as caught:
        sign((folder / "report.pdf").read_bytes(), authority)
    assert caught.value.hint == 'pip install "gongwen-publisher[sign]"'
    key = write_key(tmp_path, authority)
    assert main(["sign", str(folder / "report.pdf"), "--key", str(key)]) == 41


def command(folder, *arguments, **variables):
    return subprocess.run(
        [sys.executable, "-m", "publisher", "sign", folder / "report.pdf", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **variables},
    )


def test_secrets_are_not_written_anywhere(folder, authority, tmp_path):
    """Passphrase and key occur neither in output nor in files, whether signing succeeds or fails."""
    data = pem(
        authority.signer_key, authority.signer, authority.certificate, passphrase=SECRET.encode()
    )
    key = tmp_path / "key.pem"
    key.write_bytes(data)
    numbers = authority.signer_key.private_numbers()
    raw = pem(authority.signer_key).decode()
    secrets = [SECRET, str(numbers.d), f"{numbers.p:x}", *raw.splitlines()[1:-1]]
    binary = [item.encode() for item in secrets] + [numbers.p.to_bytes(128, "big")]
    parsed = []
    for variables in ({}, {PASSPHRASE: SECRET}, {PASSPHRASE: f"{SECRET}x"}):
        for more in (("--json", "-v"), ("--tsa-url", "http://127.0.0.1:9/", "-v")):
            done = command(folder, "--key", key, *more, **variables)
            assert done.returncode == (
                0 if variables == {PASSPHRASE: SECRET} and more[0] == "--json" else 41
            )
            parsed += [done.stdout, done.stderr]
    assert not any(secret in expected_text for secret in secrets for expected_text in parsed)
    assert "Traceback" not in "".join(parsed)
    for path in folder.iterdir():
        assert not any(secret in path.read_bytes() for secret in binary), path


def test_no_secret_is_in_an_error_or_a_repr(pdf, authority, tmp_path, monkeypatch):
    path = tmp_path / "key.p12"
    path.write_bytes(identity_files(authority)["locked.p12"][0])
    identity = load_identity(path, lambda _: SECRET.encode())
    options = SigningOptions(
        identity=identity, level=SignatureLevel.B_T, tsa_url="http://127.0.0.1:9/"
    )
    assert "key" not in repr(options).replace("key_", "")
    parsed = [repr(options), repr(identity)]
    monkeypatch.setenv(PASSPHRASE, f"{SECRET}x")
    for action in (
        lambda: load_identity(path),
        lambda: sign_pdf(pdf, options),
        lambda: sign_pdf(b"x", SigningOptions(identity=identity)),
        identity.__reduce__,
    ):
        with pytest.raises((SigningError, TypeError)) as caught:
            action()
        error = caught.value
        while error is not None:
            parsed += [repr(error), repr(error.args), "".join(traceback.format_exception(error))]
            error = error.__cause__ or error.__context__
    assert not any(SECRET in expected_text for expected_text in parsed)


def test_pyhanko_logs_nothing(pdf, spoilt, capfd):
    spoilt.revoked = [spoilt.signer]
    for level in ("B-T", "B-LTA"):
        with contextlib.suppress(SigningError):
            verify_signatures(sign(pdf, spoilt, level), [CertificateAuthority("x").root()])
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pyhanko").propagate


def test_the_command_signs_in_place(folder, authority, tmp_path, capsys):
    key, path = write_key(tmp_path, authority), folder / "report.pdf"
    before = path.read_bytes()
    assert main(["sign", str(path), "--key", str(key), "--tsa-url", authority.tsa, "--json"]) == 0
    output = json.loads(capsys.readouterr().out)
    assert output == {"event": "result", "pdf": str(path), "signer": "某市人民政府", "level": "B-T"}
    assert path.read_bytes().startswith(before)
    assert sorted(item.name for item in folder.iterdir()) == ["report.pdf", "report.record.json"]
    assert main(["verify", str(path)]) == 0
    assert main(["sign", str(path), "--key", str(key)]) == 0  # a second one
    assert main(["verify", str(path)]) == 0
    assert len(read_signatures(path.read_bytes()).signatures) == 2


def test_the_command_signs_into_another_file(folder, authority, tmp_path, capsys):
    key, path, other = (
        write_key(tmp_path, authority),
        folder / "report.pdf",
        tmp_path / "n" / "s.pdf",
    )
    before = path.read_bytes()
    for _ in range(2):
        assert main(["sign", str(path), "--key", str(key), "-o", str(other)]) == 0
    assert path.read_bytes() == before
    assert main(["verify", str(other)]) == 0
    (tmp_path / "n" / "t.record.json").write_text("{}")
    assert main(["sign", str(path), "--key", str(key), "-o", str(tmp_path / "n" / "t.pdf")]) == 2
    assert main(["sign", str(path), "--key", str(key), "-o", str(tmp_path / "t.txt")]) == 2
    assert "would be overwritten" in capsys.readouterr().err


def test_a_file_that_was_changed_is_not_signed(folder, authority, tmp_path, capsys):
    key, path = write_key(tmp_path, authority), folder / "report.pdf"
    complete = path.read_bytes()
    for changed in (
        complete[:-9] + b"x" + complete[-8:],
        complete + b"1 0 obj null endobj\n" + complete[complete.rindex(b"startxref") :],
    ):
        path.write_bytes(changed)
        assert main(["sign", str(path), "--key", str(key)]) == 41
        assert path.read_bytes() == changed
    assert "after the end of the file" in capsys.readouterr().err
    assert main(["sign", str(tmp_path / "none.pdf"), "--key", str(key)]) == 11


def test_failed_signing_writes_nothing(folder, authority, tmp_path, monkeypatch):
    key, path = write_key(tmp_path, authority), folder / "report.pdf"
    before = path.read_bytes()
    assert (
        main(["sign", str(path), "--key", str(key), "--tsa-url", f"{authority.address}/none"]) == 41
    )
    monkeypatch.setattr("publisher.signing.incremental_update.DIGEST", "sha1")
    assert main(["sign", str(path), "--key", str(key)]) == 41
    assert path.read_bytes() == before
    assert len(list(folder.iterdir())) == 2


def test_a_signed_file_that_fails_verification_is_not_returned(pdf, authority, monkeypatch):
    from publisher.signing import incremental_update

    async def spoil(*arguments):
        done = bytearray(await real(*arguments))
        done[5000] ^= 1
        return bytes(done)

    real = incremental_update.add_signature
    monkeypatch.setattr(incremental_update, "add_signature", spoil)
    with pytest.raises(SigningError, match="fails verification"):
        sign(pdf, authority)
