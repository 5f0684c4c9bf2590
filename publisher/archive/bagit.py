"""The BagIt format, version 1.0 (RFC 8493): writing and reading manifests and tag files.

Files are written in one form only: UTF-8, lines that end in LF, paths in order. A file that is read is compared with
that form, so that a change without effect on the meaning (the case of a letter, a space) is reported, too.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.archive.safe_open import open_regular_file
from publisher.errors import VerificationError
from publisher.messages import translatable
from publisher.system.named_files import require_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BAGIT, BAG_INFO, PAYLOAD = "bagit.txt", "bag-info.txt", "data"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHMS: Mapping[str, int] = MappingProxyType({"sha256": 64, "sha512": 128})
"""The digest algorithms of the manifests, with the number of hexadecimal digits of a digest."""
MANIFESTS: Mapping[str, str] = MappingProxyType(
    {f"manifest-{algorithm}.txt": algorithm for algorithm in ALGORITHMS}
)
"""The payload manifests and their algorithms."""
TAG_MANIFESTS: Mapping[str, str] = MappingProxyType(
    {f"tagmanifest-{algorithm}.txt": algorithm for algorithm in ALGORITHMS}
)
"""The tag manifests and their algorithms; no manifest lists them."""
_PERCENT_ENCODED = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
"""The characters of a path that a manifest encodes (section 2.1.3); the percent sign must come first."""
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixity:
    """The size and the digests of a file."""

    size: int
    """In bytes."""
    digests: Mapping[str, str]
    """Hexadecimal digests in lower case, by algorithm."""


def compute_fixity(data: bytes) -> Fixity:
    """Return the fixity of data."""
    return Fixity(
        size=len(data),
        digests={algorithm: hashlib.new(algorithm, data).hexdigest() for algorithm in ALGORITHMS},
    )


def compute_file_fixity(path: Path) -> Fixity:
    """Return the fixity of a file, which is read once and in blocks; raise ``OSError``."""
    hashes = {algorithm: hashlib.new(algorithm) for algorithm in ALGORITHMS}
    size = 0
    with open_regular_file(path) as file:
        while block := file.read(_BLOCK_BYTES):
            size += len(block)
            for hash_object in hashes.values():
                hash_object.update(block)
    return Fixity(
        size=size,
        digests={algorithm: state.hexdigest() for algorithm, state in hashes.items()},
    )


def encode_path(path: str) -> str:
    """Return the form of a path in a manifest."""
    for character, encoded in _PERCENT_ENCODED:
        path = path.replace(character, encoded)
    return path


def decode_path(encoded: str) -> str:
    """Return the path of its form in a manifest."""
    return re.sub("%(0D|0A|25)", lambda match: chr(int(match[1], 16)), encoded, flags=re.IGNORECASE)


def encode_manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest; ``digests`` are by path."""
    lines = (f"{digests[path]}  {encode_path(path)}\n" for path in sorted(digests))
    return "".join(lines).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest that was read."""

    digests: Mapping[str, str]
    """By path."""
    problems: tuple[str, ...]
    """Deviations from the form in which this package writes manifests."""


def read_manifest(data: bytes, algorithm: str) -> Manifest:
    """Read a manifest; lines with a problem are reported and skipped."""
    line_pattern = re.compile(rf"([0-9a-f]{{{ALGORITHMS[algorithm]}}})  (\S.*)", re.DOTALL)
    digests: dict[str, str] = {}
    problems: list[str] = []
    text = _decode(data, problems)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        match = line_pattern.fullmatch(line)
        if not match:
            problems.append(
                translatable(
                    "line {number} is not a digest in lower case, two spaces and a path",
                    number=number,
                )
            )
            continue
        path = decode_path(match[2])
        if encode_path(path) != match[2]:
            problems.append(
                translatable(
                    "line {number} does not encode its path as RFC 8493 requires", number=number
                )
            )
        if path in digests:
            problems.append(
                translatable("line {number} lists {path} again", number=number, path=path)
            )
        if path.startswith("/") or ".." in path.split("/"):
            problems.append(
                translatable("line {number} leads out of the bag: {path}", number=number, path=path)
            )
            continue
        digests[path] = match[1]
    if not problems and encode_manifest(digests) != data:
        problems.append("its lines are not in order, or do not each end in a line feed")
    return Manifest(digests=digests, problems=tuple(problems))


def encode_info(elements: Iterable[tuple[str, str]]) -> bytes:
    """Return a tag file of labels and values, one element per line."""
    return "".join(f"{label}: {value}\n" for label, value in elements).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """A tag file of labels and values that was read, such as ``bag-info.txt``."""

    elements: tuple[tuple[str, str], ...]
    """Labels and values, in order; a label may be repeated."""
    problems: tuple[str, ...]
    """Deviations from the form in which this package writes tag files."""

    def value(self, label: str) -> str:
        """Return the first value of a label; empty if there is none."""
        return next((value for name, value in self.elements if name == label), "")


def read_info(data: bytes) -> Info:
    """Read a tag file of labels and values; lines with a problem are reported and skipped."""
    elements: list[tuple[str, str]] = []
    problems: list[str] = []
    text = _decode(data, problems)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        label, colon, value = line.partition(": ")
        if not colon or not label or label != label.strip() or value != value.strip():
            problems.append(
                translatable(
                    "line {number} is not a label, a colon, a space and a value", number=number
                )
            )
        else:
            elements.append((label, value))
    if not problems and encode_info(elements) != data:
        problems.append("its last line does not end in a line feed")
    return Info(elements=tuple(elements), problems=tuple(problems))


def _decode(data: bytes, problems: list[str]) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        problems.append(translatable("is not UTF-8 at byte {start}", start=error.start))
        return data.decode(errors="replace")


def format_oxum(sizes: Iterable[int]) -> str:
    """Return the Payload-Oxum for the sizes of the payload files: total bytes, a dot, number of files."""
    size_list = list(sizes)
    return f"{sum(size_list)}.{len(size_list)}"


def is_bag(folder: Path) -> bool:
    """Return whether a folder is a bag, possibly one with missing files."""
    return any((folder / name).exists() for name in (BAGIT, *MANIFESTS, *TAG_MANIFESTS))


def find_bags(folder: Path) -> list[Path]:
    """Return the folder if it is a bag, else the bags below it in the order of their paths."""
    if is_bag(folder):
        return [folder]
    bags = []
    for directory, subfolders, _ in os.walk(folder):
        subfolders.sort()
        for name in list(subfolders):
            below = Path(directory, name)
            if is_bag(below):
                bags.append(below)
                subfolders.remove(name)  # what is in a bag is the bag's
    return sorted(bags)


def require_bag(folder: Path) -> None:
    """Raise ``SourceNotFoundError`` if a folder does not exist, ``VerificationError`` if it is not a bag."""
    if not os.path.lexists(folder):
        require_folder(folder, hint="name a folder that publisher archive made")
    if not is_bag(folder):
        raise VerificationError(
            "is not a bag: it has no bagit.txt",
            where=str(folder),
            hint="name a folder that publisher archive made",
        )
