"""What made a publication and has another version here: the software, this program's code and the fonts.

Input: a record. Output: phrases that say why the publication made again may be another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.system.software import software, software_differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model.record_types import Record


def has_other_code(record: Record) -> bool:
    """Return whether another version of this program wrote a record: it may say more, or less, of the same file."""
    recorded, current = record["software"], software()
    return any(recorded.get(name, "") != current[name] for name in ("publisher", "code"))


def recorded_software_differences(record: Record) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each software that has another version here than in a record, with both; ``None`` for one that is not listed."""
    yield from software_differences(record["software"], record["options"].get("extensions", ()))


def software_reasons(record: Record) -> list[str]:
    """Return what has another version here than in a record, as phrases."""
    return [
        translatable(
            "{name} was {recorded} and is {present}",
            name=name,
            recorded="not recorded" if recorded is None else recorded or "not installed",
            present="not known" if present is None else present or "not installed",
        )
        for name, recorded, present in recorded_software_differences(record)
    ]


def font_reasons(record: Record, remade: Record) -> list[str]:
    """Return the fonts whose version in the record is not that of the same font here."""
    here = {(font["family"], font["style"]): font["version"] for font in remade["fonts"]}
    return [
        translatable(
            "the font {family} was {recorded} and is {present}",
            family=font["family"],
            recorded=font["version"] or "not known",
            present=version or "not known",
        )
        for font in record["fonts"]
        if (version := here.get((font["family"], font["style"]))) is not None
        and version != font["version"]
    ]
