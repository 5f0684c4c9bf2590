"""Incremental updates of a PDF, each with one signature field.

Input: a finished PDF. Output: the same bytes followed by an update. The module implements ISO 32000-1, 7.5.6 (incremental
updates) and 12.8 (digital signatures), and ETSI EN 319 142-1, 5 and 6 (PAdES).

The following choices keep the conformance to PDF/A and PDF/UA. Each alternative was tried; veraPDF reports the
clauses that are given here.

- The field's rectangle has no area, so ISO 19005-3, 6.3.3 requires no appearance stream. A rectangle with an area and
  without an appearance stream fails. The print flag is set and the hidden flag is not (6.3.2).
- The rectangle is outside the page. ISO 14289-1, 7.18.4 requires a Form element for a widget on the page. A widget
  outside the page (7.18.1) is not part of the page content, so the structure tree stays unchanged, byte for byte.
- Every page that this package writes already has ``Tabs`` (7.18.3). The form has neither ``NeedAppearances`` nor XFA
  (ISO 19005-3, 6.4). The alternative field name (TU) is not required for such a field; it is written for the
  signature panels of viewers.
- Metadata and document information stay unchanged. pyHanko would write the signing time into both; a signature must
  not change the published document.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    InvisSigSettings,
    SigFieldSpec,
    SigSeedSubFilter,
    enumerate_sig_fields,
)
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, PdfSignedData, SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from pyhanko.sign.timestamps.api import TimeStamper

    from publisher.signing.identity import Identity
    from publisher.signing.validation_data import ValidationData

DIGEST = "sha256"
SPACE_FACTOR = 2
"""The space for a signature is this multiple of a trial signature's size, because time stamps vary in size."""
_OUTSIDE_PAGE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


class _UpdateWriter(IncrementalPdfFileWriter):
    """pyHanko's writer of incremental updates without its update of the metadata."""

    def _update_meta(self) -> None:
        pass


class _Signer(Signer):
    """A pyHanko signer that signs with the key of an ``Identity``."""

    def __init__(self, identity: Identity) -> None:
        chain = SimpleCertificateStore()
        chain.register_multiple(map(to_asn1, identity.chain))
        super().__init__(signing_cert=to_asn1(identity.certificate), cert_registry=chain)
        self._identity = identity

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002, ARG002 - pyHanko's signature
    ) -> bytes:
        """Sign data with SHA-256."""
        assert digest_algorithm == DIGEST  # noqa: S101 - no other algorithm is requested
        key = self._identity.key
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, padding.PKCS1v15(), SHA256())
        return key.sign(data, ec.ECDSA(SHA256()))


def to_asn1(certificate: Any) -> Any:
    """Return a certificate of ``cryptography`` as an object of asn1crypto."""
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


async def add_signature(
    pdf: bytes, identity: Identity, signing_time: datetime, authority: TimeStamper | None
) -> bytes:
    """Return the PDF with a signature; the signature has a time stamp if there is an authority."""
    signer = _Signer(identity)

    async def sign(digest: bytes, *, dry_run: bool = False) -> Any:
        return await signer.async_sign(
            digest,
            DIGEST,
            dry_run=dry_run,
            use_pades=True,
            timestamper=authority,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=signing_time),
        )

    trial_signature = await sign(bytes(32), dry_run=True)
    update = _SignatureUpdate(pdf, "Signature", "Digital signature")
    digest = update.prepare(
        SignatureObject(
            timestamp=signing_time,
            subfilter=SigSeedSubFilter.PADES,
            bytes_reserved=_reserved_digits(trial_signature),
        )
    )
    return update.finish(await sign(digest))


async def add_document_timestamp(
    pdf: bytes, authority: TimeStamper, validation_data: ValidationData
) -> bytes:
    """Return the PDF with validation data (DSS) and a document time stamp that covers it."""
    trial_timestamp = await authority.async_dummy_response(DIGEST)
    update = _SignatureUpdate(pdf, "Timestamp", "Time stamp of the document")
    DocumentSecurityStore.supply_dss_in_writer(
        update.writer,
        None,
        paths=validation_data.paths,
        crls=validation_data.crls,
        ocsps=validation_data.ocsps,
    )
    digest = update.prepare(DocumentTimestamp(bytes_reserved=_reserved_digits(trial_timestamp)))
    return update.finish(await authority.async_timestamp(digest, DIGEST))


def _reserved_digits(cms: Any) -> int:
    """Return the number of hexadecimal digits to reserve for a signature."""
    return len(cms.dump()) * 2 * SPACE_FACTOR


class _SignatureUpdate:
    """One incremental update with one new signature field."""

    def __init__(self, pdf: bytes, name: str, label: str) -> None:
        """Start an update whose field has the name and the alternative name with a number."""
        self.writer = _UpdateWriter(BytesIO(pdf))
        used_names = {field_name for field_name, _, _ in enumerate_sig_fields(self.writer)}
        number = next(n for n in range(1, len(used_names) + 2) if f"{name}{n}" not in used_names)
        field = SigFieldSpec(
            sig_field_name=f"{name}{number}",
            invis_sig_settings=_OUTSIDE_PAGE,
            readable_field_name=f"{label} {number}",
        )
        if self.writer.output_version < (2, 0):
            self.writer.register_extension(ESIC_EXTENSION_1)
        self._steps: Generator[Any, Any, None] = PdfCMSEmbedder(new_field_spec=field).write_cms(
            field.sig_field_name, self.writer
        )
        next(self._steps)
        self._output: Any = None

    def prepare(self, placeholder: PdfSignedData) -> bytes:
        """Write the update with space for the signature; return the digest of the remaining bytes."""
        self._steps.send(SigObjSetup(sig_placeholder=placeholder))
        prepared, self._output = self._steps.send(SigIOSetup(md_algorithm=DIGEST))
        return bytes(prepared.document_digest)

    def finish(self, cms: Any) -> bytes:
        """Insert the signature; return the file."""
        self._steps.send(cms)
        return bytes(self._output.getvalue())
