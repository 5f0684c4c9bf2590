"""Verification of a signed publication against its record, which describes the file before signing.

Input: the bytes of a file, and the digest in its record. Output: a finding. A signature is added after the
file that was signed (ISO 32000-1, 7.5.6), so the recorded file must be the beginning of this one, to the byte,
and what follows must be signatures and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Severity
from publisher.system import signing_extra
from publisher.verify.provenance_rules import RULES
from publisher.verify.signatures.signature import first_problem
from publisher.verify.signatures.validation import read_signatures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Finding

_LAST_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_END_OF_FILE = re.compile(rb"%%EOF(\r?\n|\r)?")


def unsigned_revision(data: bytes, sha256: str) -> bytes | None:
    """Return the beginning of a file that has a digest: the file before signing; None if none has it."""
    digest, start = hashlib.sha256(), 0
    for end in _possible_ends(data):
        digest.update(data[start:end])
        start = end
        if digest.hexdigest() == sha256:
            return data[:end]
    return None


def _possible_ends(data: bytes) -> Iterator[int]:
    """Yield where a revision may end: at each end-of-file mark, without and with its line end."""
    for mark in _END_OF_FILE.finditer(data):
        yield mark.start() + len(b"%%EOF")
        if mark[1]:
            yield mark.end()


def recorded_revision_finding(data: bytes, sha256: str) -> Finding | None:
    """Return a finding on whether a file is the recorded one with signatures added.

    Args:
        data: A file that is not the recorded one.
        sha256: The digest of the recorded file.

    Returns:
        None if the recorded file is not the beginning of this one; a note if only signatures follow; a
        warning if that cannot be verified here; otherwise an error.

    """
    recorded = unsigned_revision(data, sha256)
    if recorded is None:
        return None
    if not signing_extra.is_installed():
        return RULES.finding(
            "provenance",
            "the file begins with the recorded one; that only signatures follow was not verified",
            severity=Severity.WARNING,
            hint=signing_extra.HINT,
        )
    problem = _find_problem(data, recorded)
    if problem:
        return RULES.finding(
            "provenance",
            translatable("the file begins with the recorded one, but {problem}", problem=problem),
            hint="do not rely on this file: it was changed after the record was written",
        )
    message = "the file is the recorded one with signatures added"
    return RULES.finding("provenance", message, severity=Severity.NOTE, hint="")


def _find_problem(data: bytes, recorded: bytes) -> str:
    """Return what follows the recorded file other than signatures; empty if nothing does."""
    result = read_signatures(data)
    if result.problems:
        return result.problems[0]
    if not any(signature.covered_length > len(recorded) for signature in result.signatures):
        return "what follows is no signature"
    for signature in result.signatures:
        if signature.problem:
            return translatable(
                "the signature {field} is invalid: {problem}",
                field=signature.field,
                problem=signature.problem,
            )
    startxref = _LAST_STARTXREF.search(recorded)
    xref_offsets = [revision.xref_offset for revision in result.revisions]
    if not startxref or int(startxref[1]) not in xref_offsets:
        return "what follows is not an update of it"
    return first_problem(result.revisions[xref_offsets.index(int(startxref[1])) + 1 :])
