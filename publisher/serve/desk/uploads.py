"""Files that a person drops: which are reports, which are decisions, and what an archive holds.

Input: names and contents. Output: ``ReceivedReport``s, each with the decisions file that was dropped with it, and what was left
out with its reason.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.decisions import SUFFIX
from publisher.messages import translatable
from publisher.readers import REPORT_SUFFIXES
from publisher.serve.file_names import clean_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_FILES = 500
"""Files of one upload, those in archives counted."""
MAX_BYTES = 32 << 20
"""Bytes of one file."""
MAX_TOTAL_BYTES = 256 << 20
"""Bytes of all files of one upload, as they are outside their archives."""
_ARCHIVES = (".zip",)
_ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)
"""What reading an archive raises that is damaged, encrypted, or packed in an unknown way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """A file that was dropped."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedReport:
    """A report that was dropped, with its decisions."""

    name: str
    data: bytes
    decisions: bytes = b""


@dataclass(slots=True, kw_only=True)
class Sorted:
    """What an upload holds."""

    reports: list[ReceivedReport] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Name and reason of each file that is no report."""


def sort_files(
    files: Iterable[ReceivedFile], suffixes: tuple[str, ...] = REPORT_SUFFIXES
) -> Sorted:
    """Return the reports among some files, archives opened, and what was left out.

    ``suffixes`` are those that a reader accepts.
    """
    result = Sorted()
    contents: list[ReceivedFile] = []
    decisions: dict[str, bytes] = {}
    for file in _opened(files, result):
        name = clean_name(file.name)
        if name.endswith(SUFFIX):
            decisions[name.removesuffix(SUFFIX)] = file.data
        elif not name.lower().endswith(suffixes):
            result.left_out.append((name, translatable("is no report that can be read")))
        elif not file.data:
            result.left_out.append((name, translatable("is empty")))
        else:
            contents.append(ReceivedFile(name=name, data=file.data))
    for file in contents:
        stem = file.name.rpartition(".")[0]
        own = decisions.pop(file.name, b"") or decisions.pop(stem, b"")
        result.reports.append(ReceivedReport(name=file.name, data=file.data, decisions=own))
    result.left_out += [
        (f"{name}{SUFFIX}", translatable("belongs to no report that was dropped with it"))
        for name in decisions
    ]
    return result


def _opened(files: Iterable[ReceivedFile], result: Sorted) -> Iterator[ReceivedFile]:
    count = total = 0
    for file in files:
        left = MAX_TOTAL_BYTES - total
        members = (
            _members(file, result, left) if file.name.lower().endswith(_ARCHIVES) else iter((file,))
        )
        for member in members:
            count += 1
            if count > MAX_FILES:
                reason = translatable("more than {count} files", count=MAX_FILES)
                result.left_out.append((clean_name(file.name), reason))
                return
            total += len(member.data)
            yield member


def _members(file: ReceivedFile, result: Sorted, max_total: int) -> Iterator[ReceivedFile]:
    """Yield the files of an archive as far as they are of a possible size, together and each."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            for entry in archive.infolist():
                name = _entry_name(entry)
                if entry.is_dir() or name.rpartition("/")[2].startswith("."):
                    continue
                with archive.open(entry) as stream:
                    data = stream.read(MAX_BYTES + 1)
                total += len(data)
                if len(data) > MAX_BYTES or total > max_total:
                    result.left_out.append((clean_name(name), translatable("is too large")))
                    if total > max_total:
                        return
                    continue
                yield ReceivedFile(name=name, data=data)
    except _ARCHIVE_ERRORS:
        reason = translatable("is an archive that cannot be opened")
        result.left_out.append((clean_name(file.name), reason))


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; names without the flag of UTF-8 are GB18030 on Chinese Windows."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename
