"""Signatures that earlier revisions of a file had and that no field holds any more.

Input: a file from pyHanko and its bytes. Output: what was removed or replaced, in words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.generic import ArrayObject
from pyhanko.sign.fields import enumerate_sig_fields

from publisher.messages import translatable
from publisher.pdf.raw_objects import entry, is_dictionary
from publisher.verify.signatures.revisions import first_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyhanko.pdf_utils.reader import PdfFileReader

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_USAGE_RIGHTS = ("/UR3", "/UR")


def find_lost_signatures(reader: PdfFileReader, data: bytes, signature_count: int) -> Iterator[str]:
    """Yield the signatures that an earlier revision had and the last one lost.

    Args:
        reader: The file, from pyHanko.
        data: Its bytes.
        signature_count: The number of signatures in the last revision.

    """
    current = {name: value for name, value, _ in enumerate_sig_fields(reader)}
    for revision in range(first_document(reader), reader.xrefs.total_revisions - 1):
        earlier = reader.get_historical_resolver(revision)
        for name, value, _ in enumerate_sig_fields(earlier, filled_status=True):
            if current.get(name) is None:
                yield translatable("the signature {name} was removed", name=name)
            elif current[name].reference != value.reference:
                yield translatable("the signature {name} was replaced", name=name)
    byte_ranges = [tuple(map(int, numbers)) for numbers in _BYTE_RANGE.findall(data)]
    usage_rights = set(_usage_rights(reader))
    if sum(item not in usage_rights for item in byte_ranges) > signature_count:
        yield "there is a signature that no field refers to"


def _usage_rights(reader: PdfFileReader) -> Iterator[tuple[int, ...]]:
    """Yield the byte ranges of signatures that only switch on functions of a program, and have no field (12.8.2.3)."""
    for revision in range(first_document(reader), reader.xrefs.total_revisions):
        permissions = entry(reader.get_historical_resolver(revision).root, "/Perms")
        for key in _USAGE_RIGHTS:
            signature = entry(permissions, key) if is_dictionary(permissions) else None
            numbers = entry(signature, "/ByteRange") if is_dictionary(signature) else None
            if isinstance(numbers, ArrayObject) and all(isinstance(item, int) for item in numbers):
                yield tuple(map(int, numbers))
