"""What signing adds to a file: incremental updates, each with one signature field.

Enters: a finished PDF. Leaves: the same bytes and an update after them. Serves ISO 32000-1, 7.5.6
(incremental updates) and 12.8 (digital signatures), ETSI EN 319 142-1, 5 and 6 (PAdES).

What keeps PDF/A and PDF/UA, each tried the other way too, with the clause that veraPDF then names:

- The field's rectangle has no area, so ISO 19005-3, 6.3.3 asks for no appearance stream; one with an
  area and none fails. It is printed and not hidden, though there is nothing to see: 6.3.2.
- The rectangle lies outside the page. ISO 14289-1, 7.18.4 wants a widget that lies on it in a Form
  element; one outside (7.18.1) is no part of what the page says, and so the structure tree and the
  order of reading stay as they were, to the byte.
- The page has its ``Tabs`` already, as every page of ours (7.18.3), and the form has no
  ``NeedAppearances`` and no XFA (ISO 19005-3, 6.4). The field's name for people (TU) is not asked for
  where it lies, and is there for the lists of signatures that viewers show.
- Metadata and document information stay as they are: pyHanko would put the moment of signing into
  both, and a signature changes nothing of what was published.
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
    from publisher.signing.validation_data import Proof

DIGEST = "sha256"
SPARE = 2
"""Room for a signature is twice what the first try of it takes: authorities' answers differ."""
_OUTSIDE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


class _Update(IncrementalPdfFileWriter):
    """An update that leaves the metadata alone."""

    def _update_meta(self) -> None:
        pass


class _Signer(Signer):
    """pyHanko's signer, whose key stays in an ``Identity``."""

    def __init__(self, identity: Identity) -> None:
        chain = SimpleCertificateStore()
        chain.register_multiple(map(as_asn1, identity.chain))
        super().__init__(signing_cert=as_asn1(identity.certificate), cert_registry=chain)
        self._identity = identity

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002, ARG002 - pyHanko's signature
    ) -> bytes:
        """Sign data with SHA-256."""
        assert digest_algorithm == DIGEST  # noqa: S101 - none other is ever asked for
        key = self._identity.key
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, padding.PKCS1v15(), SHA256())
        return key.sign(data, ec.ECDSA(SHA256()))


def as_asn1(certificate: Any) -> Any:
    """Return a certificate as asn1crypto has it."""
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


async def add_signature(
    pdf: bytes, identity: Identity, moment: datetime, stamper: TimeStamper | None
) -> bytes:
    """Add a signature; with a time stamp of its value where there is a stamper."""
    signer = _Signer(identity)

    async def sign(digest: bytes, *, dry_run: bool = False) -> Any:
        return await signer.async_sign(
            digest,
            DIGEST,
            dry_run=dry_run,
            use_pades=True,
            timestamper=stamper,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=moment),
        )

    first_try = await sign(bytes(32), dry_run=True)
    embedding = _Embedding(pdf, "Signature", "Digital signature")
    digest = embedding.prepare(
        SignatureObject(
            timestamp=moment, subfilter=SigSeedSubFilter.PADES, bytes_reserved=_room(first_try)
        )
    )
    return embedding.finish(await sign(digest))


async def add_time_stamp(pdf: bytes, stamper: TimeStamper, proof: Proof) -> bytes:
    """Add what proves that certificates were good, and a time stamp of the file with it."""
    first_try = await stamper.async_dummy_response(DIGEST)
    embedding = _Embedding(pdf, "Timestamp", "Time stamp of the document")
    DocumentSecurityStore.supply_dss_in_writer(
        embedding.writer, None, paths=proof.paths, crls=proof.crls, ocsps=proof.ocsps
    )
    digest = embedding.prepare(DocumentTimestamp(bytes_reserved=_room(first_try)))
    return embedding.finish(await stamper.async_timestamp(digest, DIGEST))


def _room(cms: Any) -> int:
    """Return the hexadecimal digits to keep free for a signature."""
    return len(cms.dump()) * 2 * SPARE


class _Embedding:
    """One update with one new field, from its place in the file to its value."""

    def __init__(self, pdf: bytes, name: str, words: str) -> None:
        """Open a file for an update whose field is called ``name``, with a number."""
        self.writer = _Update(BytesIO(pdf))
        taken = {found for found, _, _ in enumerate_sig_fields(self.writer)}
        number = next(n for n in range(1, len(taken) + 2) if f"{name}{n}" not in taken)
        field = SigFieldSpec(
            sig_field_name=f"{name}{number}",
            invis_sig_settings=_OUTSIDE,
            readable_field_name=f"{words} {number}",
        )
        if self.writer.output_version < (2, 0):
            self.writer.register_extension(ESIC_EXTENSION_1)
        self._steps: Generator[Any, Any, None] = PdfCMSEmbedder(new_field_spec=field).write_cms(
            field.sig_field_name, self.writer
        )
        next(self._steps)
        self._output: Any = None

    def prepare(self, placeholder: PdfSignedData) -> bytes:
        """Write the update with room for the signature; return the digest of the rest."""
        self._steps.send(SigObjSetup(sig_placeholder=placeholder))
        prepared, self._output = self._steps.send(SigIOSetup(md_algorithm=DIGEST))
        return bytes(prepared.document_digest)

    def finish(self, cms: Any) -> bytes:
        """Put the signature in its place; return the file."""
        self._steps.send(cms)
        return bytes(self._output.getvalue())
