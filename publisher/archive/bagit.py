"""The BagIt format, version 1.0 (RFC 8493): manifests and tag files, written and read.

Enters: paths with their digests, labels with their values. Leaves: the bytes of tag files, in one form
only: UTF-8, lines ending in LF, paths in order. What is read is compared with that form, so
that a change which leaves the meaning (a letter's case, a space) is still a change.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.archive.safe_open import open_ordinary
from publisher.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

BAGIT, BAG_INFO, PAYLOAD = "bagit.txt", "bag-info.txt", "data"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHMS: Mapping[str, int] = MappingProxyType({"sha256": 64, "sha512": 128})
"""The algorithms of the manifests, and how many digits their digests have."""
MANIFESTS: Mapping[str, str] = MappingProxyType({f"manifest-{one}.txt": one for one in ALGORITHMS})
"""The payload manifests, with their algorithms."""
TAG_MANIFESTS: Mapping[str, str] = MappingProxyType(
    {f"tagmanifest-{one}.txt": one for one in ALGORITHMS}
)
"""The tag manifests, with their algorithms; no manifest lists them."""
_ENCODED = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
"""What of a path is written otherwise in a manifest (section 2.1.3), the sign itself first."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixity:
    """What a file's bytes are told by."""

    size: int
    """In bytes."""
    digests: Mapping[str, str]
    """In lower case, by algorithm."""


def fixity_of(data: bytes) -> Fixity:
    """Return the fixity of bytes."""
    return Fixity(
        size=len(data), digests={one: hashlib.new(one, data).hexdigest() for one in ALGORITHMS}
    )


def fixity_of_file(path: Path) -> Fixity:
    """Return the fixity of a file, read once and in pieces; raise ``OSError``."""
    hashes = {one: hashlib.new(one) for one in ALGORITHMS}
    size = 0
    with open_ordinary(path) as file:
        while block := file.read(_BLOCK):
            size += len(block)
            for one in hashes.values():
                one.update(block)
    return Fixity(size=size, digests={name: one.hexdigest() for name, one in hashes.items()})


def encode_path(path: str) -> str:
    """Return a path as a manifest writes it."""
    for plain, encoded in _ENCODED:
        path = path.replace(plain, encoded)
    return path


def decode_path(written: str) -> str:
    """Return the path that a manifest writes so."""
    return re.sub("%(0D|0A|25)", lambda match: chr(int(match[1], 16)), written, flags=re.IGNORECASE)


def encode_manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest of digests by path."""
    lines = (f"{digests[path]}  {encode_path(path)}\n" for path in sorted(digests))
    return "".join(lines).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest as read."""

    digests: Mapping[str, str]
    """By path."""
    problems: tuple[str, ...]
    """Where it is not in the form that it was written in."""


def read_manifest(data: bytes, algorithm: str) -> Manifest:
    """Read a manifest; what is wrong with it is told, and the rest read all the same."""
    line_form = re.compile(rf"([0-9a-f]{{{ALGORITHMS[algorithm]}}})  (\S.*)", re.DOTALL)
    digests: dict[str, str] = {}
    problems: list[str] = []
    text = _text(data, problems)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        found = line_form.fullmatch(line)
        if not found:
            problems.append(f"line {number} is not a digest in lower case, two spaces and a path")
            continue
        path = decode_path(found[2])
        if encode_path(path) != found[2]:
            problems.append(f"line {number} does not write its path as RFC 8493 has it")
        if path in digests:
            problems.append(f"line {number} lists {path} again")
        if path.startswith("/") or ".." in path.split("/"):
            problems.append(f"line {number} leads out of the bag: {path}")
            continue
        digests[path] = found[1]
    if not problems and encode_manifest(digests) != data:
        problems.append("its lines are not in order, or do not each end in a line feed")
    return Manifest(digests=digests, problems=tuple(problems))


def encode_info(elements: Iterable[tuple[str, str]]) -> bytes:
    """Return a tag file of labels and values, an element a line."""
    return "".join(f"{label}: {value}\n" for label, value in elements).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """A tag file of labels and values, as read."""

    elements: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]

    def value(self, label: str) -> str:
        """Return the first value under a label; empty where there is none."""
        return next((value for name, value in self.elements if name == label), "")


def read_info(data: bytes) -> Info:
    """Read a tag file of labels and values; what is wrong with it is told."""
    elements: list[tuple[str, str]] = []
    problems: list[str] = []
    text = _text(data, problems)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        label, colon, value = line.partition(": ")
        if not colon or not label or label != label.strip() or value != value.strip():
            problems.append(f"line {number} is not a label, a colon, a space and a value")
        else:
            elements.append((label, value))
    if not problems and encode_info(elements) != data:
        problems.append("its last line does not end in a line feed")
    return Info(elements=tuple(elements), problems=tuple(problems))


def _text(data: bytes, problems: list[str]) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        problems.append(f"is not UTF-8 at byte {error.start}")
        return data.decode(errors="replace")


def oxum(sizes: Iterable[int]) -> str:
    """Return a payload's Payload-Oxum: its bytes and its files."""
    listed = list(sizes)
    return f"{sum(listed)}.{len(listed)}"


def is_bag(folder: Path) -> bool:
    """Tell a bag, be it one that has lost a file, from any other folder."""
    return any((folder / name).exists() for name in (BAGIT, *MANIFESTS, *TAG_MANIFESTS))


def require_bag(folder: Path) -> None:
    """Raise ``VerificationError`` if a folder is not a bag."""
    if not is_bag(folder):
        raise VerificationError(
            "is not a bag: it has no bagit.txt",
            where=str(folder),
            hint="name a folder that publisher archive made",
        )
