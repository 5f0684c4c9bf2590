"""The fixity check of a bag: whether every byte is as it was when the bag was made.

Input: a bag. Output: a finding for each file that is missing, added, changed or not a regular file, and for each tag file
that is not in the form in which it was written (RFC 8493, 3, and stricter). The manifests of two algorithms list every
file, so a changed manifest can be distinguished from a changed file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_info import OXUM
from publisher.archive.safe_open import open_regular_file
from publisher.errors import VerificationError
from publisher.messages import join_texts, translatable
from publisher.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.archive.bagit import Fixity, Manifest

MISSING = "is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class BagFinding:
    """A finding about a file of a bag."""

    path: str
    """The path in the bag, with ``/``."""
    finding: Finding


def bag_finding(
    path: str, message: str, hint: str = "", *, severity: Severity = Severity.ERROR
) -> BagFinding:
    """Return a finding about a file of a bag."""
    hint = hint or "do not rely on this copy; restore the bag from another one"
    return BagFinding(
        path=path, finding=Finding(clause="bag", severity=severity, message=message, hint=hint)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The files in the folder of a bag."""

    fixities: Mapping[str, Fixity]
    """The fixity of every regular file, by path."""
    findings: tuple[BagFinding, ...]
    """Findings about everything that is not a regular file, or cannot be read."""
    bag: Path

    def read(self, path: str) -> bytes:
        """Return the content of a regular file of the bag.

        Raises ``VerificationError`` if it is not in the inventory or has changed since.
        """
        if path not in self.fixities:
            raise VerificationError(
                "cannot be read: the bag has no such regular file", where=str(self.bag / path)
            )
        try:
            with open_regular_file(self.bag / path) as file:
                data = file.read()
        except OSError as error:
            raise VerificationError(
                translatable("cannot be read: {strerror}", strerror=error.strerror),
                where=str(self.bag / path),
            ) from error
        if bagit.compute_fixity(data) != self.fixities[path]:
            raise VerificationError(
                "was changed while the bag was read",
                where=str(self.bag / path),
                hint="try again when no other program writes to the bag",
            )
        return data


def take_inventory(bag: Path) -> Inventory:
    """Read every file of a bag, once."""
    fixities: dict[str, Fixity] = {}
    findings: list[BagFinding] = []

    def record_error(error: OSError) -> None:
        findings.append(
            bag_finding(
                _relative(bag, error.filename),
                translatable("cannot be read: {strerror}", strerror=error.strerror),
            )
        )

    for root, folders, names in os.walk(bag, onerror=record_error):
        if not folders and not names and Path(root) != bag:
            findings.append(
                bag_finding(_relative(bag, root), "is an empty folder", severity=Severity.WARNING)
            )
        for name in (*names, *folders):
            path = Path(root, name)
            relative_path = _relative(bag, path)
            if path.is_symlink():
                findings.append(
                    bag_finding(relative_path, "is a symbolic link; a bag contains files only")
                )
            elif name in names and not path.is_file():
                findings.append(bag_finding(relative_path, "is not a regular file"))
            elif name in names:
                try:
                    fixities[relative_path] = bagit.compute_file_fixity(path)
                except OSError as error:
                    record_error(error)
    return Inventory(fixities=fixities, findings=tuple(findings), bag=bag)


def _relative(bag: Path, path: Path | str) -> str:
    return Path(path).relative_to(bag).as_posix()


def check_fixity(inventory: Inventory) -> Iterator[BagFinding]:
    """Yield the differences between the files of a bag and its manifests."""
    fixities = inventory.fixities
    yield from inventory.findings
    for name in (bagit.BAGIT, bagit.BAG_INFO, *bagit.MANIFESTS, *bagit.TAG_MANIFESTS):
        if name not in fixities:
            yield bag_finding(name, MISSING)
    if bagit.BAGIT in fixities and inventory.read(bagit.BAGIT) != bagit.DECLARATION:
        yield bag_finding(bagit.BAGIT, "is not the declaration of a bag of version 1.0 in UTF-8")
    listed: set[str] = set()
    for algorithms, is_payload in ((bagit.MANIFESTS, True), (bagit.TAG_MANIFESTS, False)):
        manifests: dict[str, Manifest] = {}
        for name, algorithm in algorithms.items():
            if name in fixities:
                manifests[name] = bagit.read_manifest(inventory.read(name), algorithm)
                yield from (bag_finding(name, problem) for problem in manifests[name].problems)
                yield from _check_listed_paths(name, manifests[name], is_payload=is_payload)
        paths = {path for manifest in manifests.values() for path in manifest.digests}
        listed |= paths
        for path in sorted(paths):
            yield from _check_file(path, fixities.get(path), manifests, algorithms)
    for path in sorted(set(fixities) - listed - set(bagit.TAG_MANIFESTS)):
        yield bag_finding(path, "is not listed in any manifest")
    yield from _check_info(inventory)


def _check_listed_paths(name: str, manifest: Manifest, *, is_payload: bool) -> Iterator[BagFinding]:
    """Yield a finding for each path that this kind of manifest must not list."""
    for path in manifest.digests:
        if path.startswith(f"{bagit.PAYLOAD}/") is not is_payload or path in bagit.TAG_MANIFESTS:
            yield bag_finding(
                name,
                translatable("lists {path}, which this kind of manifest must not list", path=path),
            )


def _check_file(
    path: str,
    fixity: Fixity | None,
    manifests: Mapping[str, Manifest],
    algorithms: Mapping[str, str],
) -> Iterator[BagFinding]:
    """Yield the differences between a file and the manifests, and name the one that was changed.

    Args:
        path: The path of the file.
        fixity: Its fixity; ``None`` if it is missing.
        manifests: The manifests of one kind, by name.
        algorithms: The algorithm of each manifest, by name.
    """
    listing = [name for name, manifest in manifests.items() if path in manifest.digests]
    not_listing = [name for name in manifests if name not in listing]
    if fixity is None:
        yield bag_finding(
            path,
            translatable(
                "{missing}, though {listing} lists it"
                if len(listing) == 1
                else "{missing}, though {listing} list it",
                missing=MISSING,
                listing=join_texts(" and ", listing),
            ),
        )
        if not_listing:
            yield from (
                bag_finding(name, translatable("lists {path}, which does not exist", path=path))
                for name in listing
            )
        return
    yield from (
        bag_finding(name, translatable("does not list {path}", path=path)) for name in not_listing
    )
    differing = [
        name
        for name in listing
        if manifests[name].digests[path] != fixity.digests[algorithms[name]]
    ]
    if differing == listing:
        yield bag_finding(
            path,
            translatable(
                "was changed: its digest is not the one in {differing}",
                differing=join_texts(" and ", differing),
            ),
        )
        if len(listing) == 1:  # either the file or the manifest may have been changed
            yield from (
                bag_finding(name, translatable("has another digest for {path}", path=path))
                for name in differing
            )
    else:
        yield from (
            bag_finding(
                name,
                translatable(
                    "has a wrong digest for {path}; the other manifest is right", path=path
                ),
            )
            for name in differing
        )


def _check_info(inventory: Inventory) -> Iterator[BagFinding]:
    """Yield the problems of ``bag-info.txt``: its form and its Payload-Oxum."""
    if bagit.BAG_INFO not in inventory.fixities:
        return
    info = bagit.read_info(inventory.read(bagit.BAG_INFO))
    yield from (bag_finding(bagit.BAG_INFO, problem) for problem in info.problems)
    sizes = [
        fixity.size
        for path, fixity in inventory.fixities.items()
        if path.startswith(f"{bagit.PAYLOAD}/")
    ]
    if info.value(OXUM) != bagit.format_oxum(sizes):
        yield bag_finding(
            bagit.BAG_INFO,
            translatable(
                "its {oxum} is {value!r}, the payload's is {expected}",
                oxum=OXUM,
                value=info.value(OXUM),
                expected=bagit.format_oxum(sizes),
            ),
        )
