"""Verify, preflight, impose and sign finished PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.reference.printing import USUAL_BLEED, USUAL_MAX_INK, USUAL_MIN_PPI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.imposition import ImposedPdf, ImpositionOptions
    from publisher.model import Verdict
    from publisher.signing import SignatureLevel
    from publisher.verify.preflight.inspection import PreflightResult


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPublication:
    """A publication with a new signature."""

    data: bytes
    """The signed PDF; it begins with the bytes of the unsigned one."""
    signer: str
    """The name in the certificate."""
    level: SignatureLevel
    """The PAdES baseline level."""


def verify_publication(
    pdf: Path | str,
    *,
    trust_anchors: Sequence[Path | str] = (),
    source: Path | str | None = None,
) -> tuple[Verdict, ...]:
    """Verify a PDF against the record beside it, its embedded source and the standards it declares.

    A volume has no record and is verified by itself. veraPDF is asked too if it is installed. The file is read in the
    calling process, so one made to do harm can end it; ``publisher verify --json`` reads it in a process with limits.

    Args:
        pdf: The file of the publication.
        trust_anchors: Files with root certificates (PEM) that signatures should lead to.
        source: The source of the publication; by default the embedded one, or else the file with its name and
            digest beside the PDF or in the folder above.

    Returns:
        A verdict for each check and each standard. The publication is verified if all passed.

    Raises:
        VerificationError: The file or its record cannot be read.

    Example:
        >>> from publisher import publish, verify_publication
        >>> verdicts = verify_publication(publish("report.txt").pdf)
        >>> all(verdict.passed for verdict in verdicts)
        True
    """
    from publisher.audit import verify_file
    from publisher.verify.signatures.validation import load_trust_anchors

    anchors = load_trust_anchors([Path(path) for path in trust_anchors])
    return verify_file(Path(pdf), anchors, source=None if source is None else Path(source))


def preflight_pdf(
    pdf: Path | str | bytes,
    *,
    icc: Path | str | None = None,
    bleed: float = USUAL_BLEED,
    max_ink: float = USUAL_MAX_INK,
    min_ppi: float = USUAL_MIN_PPI,
) -> PreflightResult:
    """Check whether a print shop can print a PDF.

    The file is read in the calling process, so one made to do harm can end it; ``publisher preflight --json`` reads it
    in a process with limits.

    Args:
        pdf: The file, or its content.
        icc: The ICC profile that the file should have; by default its own, else FOGRA39.
        bleed: The bleed that is needed, in millimetres.
        max_ink: The highest sum of all inks, in per cent.
        min_ppi: The lowest resolution of pictures, in pixels per inch.

    Returns:
        The verdict, the printing condition and a description of each page.

    Raises:
        VerificationError: The file cannot be read as a PDF.
        ColourProfileError: The ICC profile cannot be used.

    Example:
        >>> from publisher import Options, preflight_pdf, publish
        >>> pdf = publish("report.txt", Options(profile="print")).pdf
        >>> preflight_pdf(pdf).verdict.passed
        True
    """
    from publisher._version import __version__
    from publisher.pdf.geometry import MM
    from publisher.pdf.icc import load_output_profile
    from publisher.pdf.open_file import read_pdf_file
    from publisher.verify.preflight.inspection import preflight
    from publisher.verify.preflight.requirements import PrintRequirements

    for name, value, low, high in (
        ("bleed", bleed, 0, 50),
        ("max_ink", max_ink, 100, 400),
        ("min_ppi", min_ppi, 1, 10_000),
    ):
        if not low <= value <= high:
            raise UsageError(
                translatable("{name}: {value:g} is out of range", name=name, value=value),
                hint=translatable("a number from {low:g} to {high:g}", low=low, high=high),
            )
    requirements = PrintRequirements(
        output_profile=load_output_profile(Path(icc)) if icc else None,
        bleed=bleed * MM,
        max_ink=max_ink / 100,
        min_resolution=min_ppi,
    )
    data = pdf if isinstance(pdf, bytes) else read_pdf_file(Path(pdf))
    return preflight(data, requirements, version=__version__)


def impose_pdf(
    pdf: Path | str | bytes,
    options: ImpositionOptions | None = None,
    output: Path | str | None = None,
) -> ImposedPdf:
    """Arrange the pages of a PDF on sheets for a print shop.

    Args:
        pdf: The file, or its content.
        options: The scheme, the paper and the marks; by default a booklet.
        output: Where to write the sheets; by default they are returned only.

    Returns:
        The PDF of the sheets, how many there are, and what a person should look at.

    Raises:
        SourceError: The file cannot be read, or is not a sound PDF.
        UsageError: The pages do not allow the imposition, or ``output`` is a publication.

    Example:
        >>> from publisher import ImpositionOptions, impose_pdf, publish
        >>> pdf = publish("report.txt").pdf
        >>> impose_pdf(pdf, ImpositionOptions(scheme="n-up", cells=(2, 1))).sheets
        1
    """
    from publisher.imposition import ImpositionOptions, impose
    from publisher.readers import load

    data = pdf if isinstance(pdf, bytes) else load(Path(pdf), check_size=False)
    if output is not None and not isinstance(pdf, bytes):
        _refuse_source(Path(output), Path(pdf))
    imposed = impose(data, options or ImpositionOptions())
    if output is not None:
        write_pdf(Path(output), imposed.data)
    return imposed


def sign_publication(  # noqa: PLR0913 - the parts of a signature
    pdf: Path | str,
    key: Path | str,
    output: Path | str | None = None,
    *,
    passphrase: str | None = None,
    level: SignatureLevel | str | None = None,
    tsa_url: str = "",
    validation: Sequence[Path | str] = (),
) -> SignedPublication:
    """Sign a publication (PAdES), in place or into another file, without changing its bytes.

    Needs ``pip install "gongwen-publisher[sign]"``. The record is copied beside another file. Do not call this
    function in a thread in which an asyncio event loop is running.

    Args:
        pdf: The file of the publication.
        key: A file with the key and its certificates (``.p12``, ``.pfx``, ``.pem``).
        output: The signed file; by default ``pdf``.
        passphrase: Of the key; by default that of the variable ``PUBLISHER_KEY_PASSWORD``.
        level: ``B-B``, ``B-T`` or ``B-LTA``; by default ``B-T`` with ``tsa_url``, else ``B-B``.
        tsa_url: A time-stamping authority (RFC 3161).
        validation: Files with certificates or revocation lists that ``B-LTA`` embeds.

    Returns:
        The signed file, the signer and the level.

    Raises:
        SigningError: The file is not that of its record, or the key or the authority cannot be used.
        UsageError: The level does not fit the other arguments, or ``output`` is another publication.

    Example:
        >>> from publisher import publish, sign_publication
        >>> signed = sign_publication(publish("report.txt").pdf, "key.pem")
        >>> str(signed.level)
        'B-B'
    """
    from publisher.output_names import PDF
    from publisher.signing import load_signing, sign_pdf
    from publisher.signing.records import record_to_copy, require_signable
    from publisher.system.atomic_write import write_atomically

    source, target = Path(pdf), Path(output) if output is not None else Path(pdf)
    if target.suffix != PDF:
        raise UsageError(
            translatable("{target}: a signed publication is a .pdf file", target=target),
            hint="name one with -o",
        )
    data = require_signable(source)
    files = record_to_copy(source, target)
    signing = load_signing(
        Path(key),
        passphrase=passphrase,
        level=level,
        tsa_url=tsa_url,
        validation=[Path(path) for path in validation],
    )
    signed_data = sign_pdf(data, signing)
    write_atomically({**files, target: signed_data})
    return SignedPublication(data=signed_data, signer=signing.signer, level=signing.level)


def write_pdf(output: Path, data: bytes) -> None:
    """Write a PDF that has no record; raise ``UsageError`` if a publication would be overwritten."""
    from publisher.output_names import PDF
    from publisher.record import refuse_to_overwrite_publication
    from publisher.system.atomic_write import write_atomically

    if output.suffix != PDF:
        raise UsageError(
            translatable("{output}: the name of a PDF ends in .pdf", output=output),
            hint="name such a file",
        )
    refuse_to_overwrite_publication(output)
    write_atomically({output: data})


def _refuse_source(output: Path, source: Path) -> None:
    if output.resolve() == source.resolve():
        raise UsageError(
            translatable("{output} would be overwritten by itself", output=output),
            hint="name another file",
        )
