"""A signed publication and its record, which is of the file before it was signed.

Enters: the bytes of a file and the digest that its record gives. Leaves: a finding. What a signature
adds stands after the file that was signed (ISO 32000-1, 7.5.6), so the recorded file is a beginning of
this one, to the byte, and what follows must be signatures and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from publisher.model import Finding, Severity
from publisher.system import signing_extra
from publisher.verify.signatures.signature import first_problem
from publisher.verify.signatures.validation import read_signatures

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_END = re.compile(rb"%%EOF(\r?\n|\r)?")


def unsigned_revision(data: bytes, sha256: str) -> bytes | None:
    """Return the beginning of a file that has a digest: what was signed; None where none has."""
    digest, at = hashlib.sha256(), 0
    for end in _ends(data):
        digest.update(data[at:end])
        at = end
        if digest.hexdigest() == sha256:
            return data[:end]
    return None


def _ends(data: bytes) -> Iterator[int]:
    """Yield where a file may have ended: at each mark, with and without the end of its line."""
    for mark in _END.finditer(data):
        yield mark.start() + len(b"%%EOF")
        if mark[1]:
            yield mark.end()


def recorded_revision_finding(data: bytes, sha256: str) -> Finding | None:
    """Say of a file that is not the recorded one whether it is that, signed.

    None where no beginning of it is the recorded file. A note where what follows is signatures and
    nothing else; a warning where nobody here can say so; else an error.
    """
    before = unsigned_revision(data, sha256)
    if before is None:
        return None
    if not signing_extra.installed():
        return _finding(
            "the file begins with the recorded one; whether what follows is only a signature was not checked",
            Severity.WARNING,
            hint=signing_extra.HINT,
        )
    problem = _problem(data, before)
    if problem:
        return _finding(
            f"the file begins with the recorded one, but {problem}",
            Severity.ERROR,
            hint="do not rely on it: the recorded file is its beginning, and was changed by what follows",
        )
    return _finding("the file is the recorded one, signed since", Severity.NOTE)


def _problem(data: bytes, before: bytes) -> str:
    """Return what follows the recorded file that is no signature; empty where nothing does."""
    found = read_signatures(data)
    if found.problems:
        return found.problems[0]
    ours = [one for one in found.signatures if one.covered_length > len(before)]
    if not ours:
        return "what follows is no signature"
    broken = next((one for one in found.signatures if one.problem), None)
    if broken:
        return f"of the signature {broken.field}, {broken.problem}"
    last = _LAST.search(before)
    places = [one.place for one in found.revisions]
    if not last or int(last[1]) not in places:
        return "what follows does not go on from it"
    return first_problem(found.revisions[places.index(int(last[1])) + 1 :])


def _finding(message: str, severity: Severity, *, hint: str = "") -> Finding:
    return Finding(clause="provenance", severity=severity, message=message, hint=hint)
