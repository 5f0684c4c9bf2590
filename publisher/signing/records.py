"""Checks of a publication and its record before it is signed, and the copy of the record.

A publication is signed only if it is the file that its record describes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from publisher.errors import SigningError, UsageError
from publisher.messages import translatable
from publisher.model import Severity
from publisher.pdf.open_file import encrypted_error, is_encrypted
from publisher.record import read_record, record_path
from publisher.system.named_files import missing_file
from publisher.verify.signatures.signed_publications import recorded_revision_finding

if TYPE_CHECKING:
    from pathlib import Path


def require_signable(path: Path) -> bytes:
    """Return the bytes of a publication that may be signed.

    Raises:
        SourceNotFoundError: There is no such file.
        SourceUnreadableError: The file is encrypted.
        SigningError: The file cannot be read, is not the file of its record, or is PDF/X-4, which allows no
            signature fields.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise missing_file(path) from error
    except OSError as error:
        raise SigningError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="check the name",
        ) from error
    if is_encrypted(data):
        raise encrypted_error(str(path))
    if b"GTS_PDFXVersion" in data:
        raise SigningError(
            "is a file for a print shop (PDF/X-4), which allows no signature",
            where=str(path),
            hint="sign the publication that you keep: build it with --profile archive",
        )
    if record_path(path).exists():
        _require_recorded(path, data)
    return data


def record_to_copy(path: Path, output: Path) -> dict[Path, bytes]:
    """Return the record to write beside ``output``; empty if none is needed.

    Raises:
        UsageError: Another publication has a record there.
    """
    source, target = record_path(path), record_path(output)
    record = source.read_bytes() if source.exists() else b""
    if output == path or (target.exists() and target.read_bytes() == record):
        return {}
    if target.exists():
        raise UsageError(
            translatable("{output} is another publication and would be overwritten", output=output),
            hint="name another file with -o",
        )
    return {target: record} if record else {}


def _require_recorded(path: Path, data: bytes) -> None:
    recorded = read_record(path)["pdf"]["sha256"]
    if hashlib.sha256(data).hexdigest() == recorded:
        return
    finding = recorded_revision_finding(data, recorded)
    if finding is None or finding.severity is Severity.ERROR:
        raise SigningError(
            finding.message if finding else "is not the file of its record",
            where=str(path),
            hint="run publisher verify for details; build the report again",
        )
