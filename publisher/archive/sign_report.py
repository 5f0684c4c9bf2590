"""Signing of a report in a bag: the PDF in the draft is replaced by the signed PDF.

Input: a packed report and the signing options. Output: the packed report with the signed file, which begins with the
bytes of the recorded file, and with a verdict on its signature.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import report_path
from publisher.archive.bagit import compute_fixity
from publisher.archive.pack_report import verdict_files, write_files
from publisher.output_names import PDF
from publisher.signing import sign_pdf
from publisher.verify.signatures.validation import verify_signatures

if TYPE_CHECKING:
    from publisher.archive.pack_report import PackedReport
    from publisher.signing import SigningOptions


def sign_report(packed: PackedReport, options: SigningOptions) -> PackedReport:
    """Sign a report's PDF; raise ``SigningError`` as ``sign_pdf`` does."""
    item = packed.item
    path = report_path(item.name, PDF)
    data = sign_pdf((item.draft / path).read_bytes(), options)
    verdict = verify_signatures(data)
    files = {path: data, **verdict_files(item.name, (verdict,))}
    write_files(item.draft, files)
    return replace(
        packed,
        signature_detail=f"PAdES {options.level} by {options.signer}",
        verdicts=(*packed.verdicts, verdict),
        files={
            **packed.files,
            **{path: compute_fixity(content) for path, content in files.items()},
        },
    )
