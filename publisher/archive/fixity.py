"""Whether a bag is, to the last byte, what it was when it was made.

Enters: a bag. Leaves: a finding for each file that is missing, added, changed or no ordinary file, and for each tag file
that is not in its one form (RFC 8493, 3, and stricter). Two algorithms list every file, so a
manifest that was changed is told from a file that was.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_info import OXUM
from publisher.archive.safe_open import open_ordinary
from publisher.errors import VerificationError
from publisher.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.archive.bagit import Fixity, Manifest

ABSENT = "is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class BagFinding:
    """What is wrong with a file of a bag."""

    path: str
    """Below the bag, with ``/``."""
    finding: Finding


def found(
    path: str, message: str, hint: str = "", *, severity: Severity = Severity.ERROR
) -> BagFinding:
    """Return a finding about a file of a bag."""
    hint = hint or "take the bag from another copy; do not rely on this one"
    return BagFinding(
        path=path, finding=Finding(clause="bag", severity=severity, message=message, hint=hint)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What lies in a bag's folder."""

    fixities: Mapping[str, Fixity]
    """Of every ordinary file, by path."""
    findings: tuple[BagFinding, ...]
    """What is no ordinary file, or cannot be read."""
    bag: Path

    def read(self, path: str) -> bytes:
        """Return what an ordinary file of the bag holds, as it was when the inventory was taken."""
        if path not in self.fixities:
            raise VerificationError(
                "cannot be read: the bag has no such ordinary file", where=str(self.bag / path)
            )
        try:
            with open_ordinary(self.bag / path) as file:
                data = file.read()
        except OSError as error:
            raise VerificationError(
                f"cannot be read: {error.strerror}", where=str(self.bag / path)
            ) from error
        if bagit.fixity_of(data) != self.fixities[path]:
            raise VerificationError(
                "was changed while the bag was read",
                where=str(self.bag / path),
                hint="try again when nothing writes into the bag",
            )
        return data


def take_inventory(bag: Path) -> Inventory:
    """Read every file of a bag, once."""
    fixities: dict[str, Fixity] = {}
    findings: list[BagFinding] = []

    def tell(error: OSError) -> None:
        findings.append(found(_below(bag, error.filename), f"cannot be read: {error.strerror}"))

    for place, folders, names in os.walk(bag, onerror=tell):
        if not folders and not names and Path(place) != bag:
            findings.append(
                found(
                    _below(bag, place), "is a folder with nothing in it", severity=Severity.WARNING
                )
            )
        for name in (*names, *folders):
            path = Path(place, name)
            below = _below(bag, path)
            if path.is_symlink():
                findings.append(found(below, "is a link; a bag holds what it lists"))
            elif name in names and not path.is_file():
                findings.append(found(below, "is no ordinary file"))
            elif name in names:
                try:
                    fixities[below] = bagit.fixity_of_file(path)
                except OSError as error:
                    tell(error)
    return Inventory(fixities=fixities, findings=tuple(findings), bag=bag)


def _below(bag: Path, path: Path | str) -> str:
    return Path(path).relative_to(bag).as_posix()


def check_fixity(inventory: Inventory) -> Iterator[BagFinding]:
    """Yield what is not as the bag's manifests say."""
    there = inventory.fixities
    yield from inventory.findings
    for name in (bagit.BAGIT, bagit.BAG_INFO, *bagit.MANIFESTS, *bagit.TAG_MANIFESTS):
        if name not in there:
            yield found(name, ABSENT)
    if bagit.BAGIT in there and inventory.read(bagit.BAGIT) != bagit.DECLARATION:
        yield found(bagit.BAGIT, "is not the declaration of a bag of version 1.0 in UTF-8")
    listed: set[str] = set()
    for manifests, payload in ((bagit.MANIFESTS, True), (bagit.TAG_MANIFESTS, False)):
        read: dict[str, Manifest] = {}
        for name, algorithm in manifests.items():
            if name in there:
                read[name] = bagit.read_manifest(inventory.read(name), algorithm)
                yield from (found(name, problem) for problem in read[name].problems)
                yield from _misplaced(name, read[name], payload=payload)
        paths = {path for manifest in read.values() for path in manifest.digests}
        listed |= paths
        for path in sorted(paths):
            yield from _compared(path, there.get(path), read, manifests)
    for path in sorted(set(there) - listed - set(bagit.TAG_MANIFESTS)):
        yield found(path, "no manifest lists it")
    yield from _check_info(inventory)


def _misplaced(name: str, manifest: Manifest, *, payload: bool) -> Iterator[BagFinding]:
    for path in manifest.digests:
        if path.startswith(f"{bagit.PAYLOAD}/") is not payload or path in bagit.TAG_MANIFESTS:
            yield found(name, f"lists {path}, which is not for it to list")


def _compared(
    path: str, fixity: Fixity | None, read: Mapping[str, Manifest], manifests: Mapping[str, str]
) -> Iterator[BagFinding]:
    """Yield where a file and what lists it disagree, and which of them is to blame."""
    listing = [name for name, manifest in read.items() if path in manifest.digests]
    silent = [name for name in read if name not in listing]
    if fixity is None:
        verb = "lists" if len(listing) == 1 else "list"
        yield found(path, f"{ABSENT}, though {' and '.join(listing)} {verb} it")
        yield from (found(name, f"lists {path}, which is not there") for name in listing if silent)
        return
    yield from (found(name, f"does not list {path}") for name in silent)
    wrong = [
        name for name in listing if read[name].digests[path] != fixity.digests[manifests[name]]
    ]
    if wrong == listing:
        yield found(path, f"is not what it was: its digest is not that of {' and '.join(wrong)}")
        if len(listing) == 1:  # nothing says which of the two was changed
            yield from (found(name, f"has another digest for {path}") for name in wrong)
    else:
        yield from (
            found(name, f"has a wrong digest for {path}, the other right") for name in wrong
        )


def _check_info(inventory: Inventory) -> Iterator[BagFinding]:
    there = inventory.fixities
    if bagit.BAG_INFO not in there:
        return
    info = bagit.read_info(inventory.read(bagit.BAG_INFO))
    yield from (found(bagit.BAG_INFO, problem) for problem in info.problems)
    payload = [one.size for path, one in there.items() if path.startswith(f"{bagit.PAYLOAD}/")]
    if info.value(OXUM) != bagit.oxum(payload):
        yield found(
            bagit.BAG_INFO,
            f"its {OXUM} is {info.value(OXUM)!r}, the payload's {bagit.oxum(payload)}",
        )
