"""``publisher sign``: sign a finished publication, in place or into another file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from publisher.errors import SigningError, UsageError
from publisher.model import Severity
from publisher.output_names import PDF
from publisher.record import read_record, record_path
from publisher.signing import SignatureLevel, SigningOptions, require_sense, sign_pdf
from publisher.system import signing_extra
from publisher.system.atomic_write import write_whole
from publisher.verify.signatures.signed_publications import recorded_revision_finding

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.model.record_types import Record


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Sign, write and tell; return 0."""
    path: Path = arguments.pdf
    output: Path = arguments.output or path
    if output.suffix != PDF:
        raise UsageError(f"{output}: a signed publication is a .pdf file", hint="name one with -o")
    data = _read(path)
    _refuse_press(path, data)
    files = {record_path(output): _record(path, data, output)}
    wish = signing_of(arguments)
    files[output] = sign_pdf(data, wish)
    write_whole({place: data for place, data in files.items() if data})
    console.result(
        f"{output}: signed by {wish.signer}, level {wish.level}",
        pdf=str(output),
        signer=wish.signer,
        level=str(wish.level),
    )
    return 0


def signing_of(arguments: argparse.Namespace) -> SigningOptions:
    """Return what the options of a signature ask for; the key is read."""
    signing_extra.require()
    from publisher.signing.identity import load_identity

    level = SignatureLevel(
        arguments.level or (SignatureLevel.TIME if arguments.tsa_url else SignatureLevel.BASIC)
    )
    validation = tuple(arguments.validation)
    require_sense(level, arguments.tsa_url, validation)  # before a passphrase is asked for
    return SigningOptions(
        identity=load_identity(arguments.key),
        level=level,
        tsa_url=arguments.tsa_url,
        validation=validation,
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SigningError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check the name"
        ) from error


def _refuse_press(path: Path, data: bytes) -> None:
    """Refuse a file for a press: PDF/X-4 allows no fields, and sheets are not kept."""
    if b"GTS_PDFXVersion" in data:
        raise SigningError(
            "is for a print shop (PDF/X-4), which a signature would make it useless for",
            where=str(path),
            hint="sign the publication that is kept: build it with --profile archive",
        )


def _record(path: Path, data: bytes, output: Path) -> bytes:
    """Return the record that is to go along into another file; nothing where none needs to.

    A file that is not the one of the record beside it was changed since, and is not signed.
    """
    if not record_path(path).exists():
        record = b""
    else:
        _require_recorded(path, data, read_record(path))
        record = record_path(path).read_bytes()
    beside = record_path(output)
    if output == path or (beside.exists() and beside.read_bytes() == record):
        return b""
    if beside.exists():
        raise UsageError(
            f"{output} is another publication and would be written over",
            hint="name another file with -o",
        )
    return record


def _require_recorded(path: Path, data: bytes, record: Record) -> None:
    try:
        recorded = str(record["pdf"]["sha256"])
    except (KeyError, TypeError):
        recorded = ""
    if hashlib.sha256(data).hexdigest() == recorded:
        return
    since = recorded_revision_finding(data, recorded)
    if since is None or since.severity is Severity.ERROR:
        raise SigningError(
            since.message if since else "is not the file of its record",
            where=str(path),
            hint="publisher verify says what is wrong; build it again",
        )
