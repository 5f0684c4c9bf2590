"""What made a publication and has another version here: the software, this program's code and the fonts.

Input: a record. Output: phrases that say why the publication made again may be another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.system.software import software

if TYPE_CHECKING:
    from publisher.model.record_types import Record


def has_other_code(record: Record) -> bool:
    """Return whether another version of this program wrote a record: it may say more, or less, of the same file."""
    recorded, current = record["software"], software()
    return any(recorded.get(name, "") != current[name] for name in ("publisher", "code"))


def software_reasons(record: Record) -> list[str]:
    """Return what has another version here than in a record, as phrases."""
    recorded = dict(record["software"])
    current = software(tuple(record["options"].get("extensions", ())))
    return [
        translatable(
            "{name} was {recorded} and is {present}",
            name=name,
            recorded=recorded.get(name, "not recorded") or "not installed",
            present=current.get(name, "not known") or "not installed",
        )
        for name in sorted({*recorded, *current})
        if recorded.get(name, "") != current.get(name, "")
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
