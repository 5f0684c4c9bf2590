"""A report of a bag, signed: the PDF in the draft becomes the signed one.

Enters: a report that was packed, and how it is to be signed. Leaves: the same, with the signed file, whose
beginning is the file of its record, and a verdict on its signature.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import report_path
from publisher.archive.bagit import fixity_of
from publisher.archive.pack_report import verdict_files, write_files
from publisher.output_names import PDF
from publisher.signing import signed
from publisher.verify.signatures.validation import verify_signatures

if TYPE_CHECKING:
    from publisher.archive.pack_report import Packed
    from publisher.signing import Signing


def sign_report(packed: Packed, wish: Signing) -> Packed:
    """Sign a report's PDF; raises ``SigningError`` as ``signed`` does."""
    item = packed.item
    path = report_path(item.name, PDF)
    data = signed((item.draft / path).read_bytes(), wish)
    verdict = verify_signatures(data)
    files = {path: data, **verdict_files(item.name, (verdict,))}
    write_files(item.draft, files)
    return replace(
        packed,
        signed=f"PAdES {wish.level} by {wish.signer}",
        verdicts=(*packed.verdicts, verdict),
        files={**packed.files, **{path: fixity_of(content) for path, content in files.items()}},
    )
