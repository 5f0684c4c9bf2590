"""An authority for tests: a root, certificates, lists of revoked ones, time stamps, on 127.0.0.1."""

import threading
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from publisher.signing import SignatureLevel, SigningOptions, sign_pdf
from publisher.signing.identity import Identity

DAY = timedelta(days=1)
NOW = datetime.now(UTC).replace(microsecond=0)
SIGNS = {"digital_signature": True, "content_commitment": True}
_USAGES = (
    "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
    "key_cert_sign crl_sign encipher_only decipher_only"
).split()
_PEM = serialization.Encoding.PEM
_PLAIN = serialization.NoEncryption()
_PKCS8 = serialization.PrivateFormat.PKCS8


@cache
def new_key(kind="p256", number=0):
    """Make a key of a kind; each number is another one."""
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    return ec.generate_private_key(
        {"p256": ec.SECP256R1, "p384": ec.SECP384R1, "p521": ec.SECP521R1}[kind]()
    )


def pem(*credentials, passphrase=None):
    """Write keys and certificates one after the other."""
    lock = serialization.BestAvailableEncryption(passphrase) if passphrase else _PLAIN
    return b"".join(
        item.public_bytes(_PEM)
        if hasattr(item, "public_bytes")
        else item.private_bytes(_PEM, _PKCS8, lock)
        for item in credentials
    )


def der(credential):
    return credential.public_bytes(serialization.Encoding.DER)


class CertificateAuthority:
    """A root that issues whatever a test wants."""

    def __init__(self, name, address=""):
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key, self.address, self.revoked = ec.generate_private_key(ec.SECP256R1()), address, []
        self.certificate = self.issue(
            name, self.key, usage={"key_cert_sign": True, "crl_sign": True}, ca=True, says=""
        )

    def issue(
        self, name, key, *, usage=SIGNS, extended=(), begin=-DAY, end=400 * DAY, ca=False, says="crl",
        digest=None,
    ):  # fmt: skip
        """Issue a certificate that is valid from now + begin to now + end."""
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW + begin)
            .not_valid_after(NOW + end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if usage is not None:
            bits = {item: usage.get(item, False) for item in _USAGES}
            builder = builder.add_extension(x509.KeyUsage(**bits), critical=True)
        if extended:
            builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=True)
        if says == "crl":
            where = x509.UniformResourceIdentifier(f"{self.address}/root.crl")
            point = x509.DistributionPoint([where], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        if says == "ocsp":
            where = x509.UniformResourceIdentifier(f"{self.address}/ocsp")
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, where)
            builder = builder.add_extension(
                x509.AuthorityInformationAccess([access]), critical=False
            )
        return builder.sign(self.key, digest or SHA256())

    def root(self):
        """Return the root as pyHanko has it."""
        return asn1.Certificate.load(der(self.certificate))

    def crl(self):
        """Return the list of revoked certificates."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.name)
            .last_update(NOW - DAY)
            .next_update(NOW + 30 * DAY)
        )
        for certificate in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(NOW - DAY).build())
        return builder.sign(self.key, SHA256())

    def answer(self, request):
        """Answer whether a certificate is revoked: none is."""
        prompts = ocsp.load_der_ocsp_request(request)
        certificate = next(
            item for item in self.known if item.serial_number == prompts.serial_number
        )
        builder = ocsp.OCSPResponseBuilder().add_response(
            certificate, self.certificate, prompts.hash_algorithm, ocsp.OCSPCertStatus.GOOD,
            NOW - DAY, NOW + 30 * DAY, None, None,
        )  # fmt: skip
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, self.certificate)
        return der(builder.sign(self.key, SHA256()))


class Authority(CertificateAuthority):
    """A root certificate authority with an HTTP server for revocation lists and time stamps."""

    def __init__(self, name="测试根证书"):
        self.requests = []
        self.spoil = None
        """What is done to an answer before it is sent."""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path.startswith("/to?"):
                    self.send_response(302)
                    self.send_header("Location", self.path.removeprefix("/to?"))
                    self.end_headers()
                    return
                result = self.path == "/root.crl"
                self._send(der(outer.crl()) if result else b"", result)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                issued = {"/tsa": outer.stamp, "/ocsp": outer.answer}.get(self.path)
                self._send(issued(body) if issued else b"", issued)

            def _send(self, data, result):
                outer.requests.append(self.path)
                self.send_response(200 if result else 404)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        super().__init__(name, f"http://127.0.0.1:{self._server.server_port}")
        self.tsa = f"{self.address}/tsa"
        self.stamp_time, self.stamp_digest = None, None
        self.stamp_key = new_key("rsa2048", "tsa")
        self.stamp_certificate = self.issue(
            "测试时间戳", self.stamp_key, usage={"digital_signature": True},
            extended=[ExtendedKeyUsageOID.TIME_STAMPING], end=200 * DAY,
        )  # fmt: skip
        self.signer_key = new_key("rsa2048", "signer")
        self.signer = self.issue("某市人民政府", self.signer_key, end=100 * DAY)
        self.known = [self.signer, self.stamp_certificate]

    def stamp(self, request):
        """Answer a request for a time stamp."""
        prompts = tsp.TimeStampReq.load(request)
        if self.stamp_digest:
            prompts["message_imprint"]["hashed_message"] = self.stamp_digest
        maker = DummyTimeStamper(
            asn1.Certificate.load(der(self.stamp_certificate)),
            keys.PrivateKeyInfo.load(
                self.stamp_key.private_bytes(serialization.Encoding.DER, _PKCS8, _PLAIN)
            ),
            fixed_dt=self.stamp_time or datetime.now(UTC),
        )
        data = maker.request_tsa_response(prompts).dump()
        return self.spoil(data) if self.spoil else data

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def write_key(folder, authority, *, key=None, certificate=None, passphrase=None):
    """Write a key file, with the root in its chain; by default that of the signer."""
    path = folder / "key.pem"
    key, certificate = key or authority.signer_key, certificate or authority.signer
    path.write_bytes(pem(key, certificate, authority.certificate, passphrase=passphrase))
    return path


def sign(pdf, authority, level="B-B", *, name="", **arguments):
    """Sign bytes as an office would."""
    key, certificate = authority.signer_key, authority.signer
    if name:
        key = new_key("p256", name)
        certificate = authority.issue(name, key)
    return sign_pdf(
        pdf,
        SigningOptions(
            identity=Identity(certificate=certificate, chain=(authority.certificate,), key=key),
            level=SignatureLevel(level),
            tsa_url="" if level == "B-B" else authority.tsa,
            **arguments,
        ),
    )
