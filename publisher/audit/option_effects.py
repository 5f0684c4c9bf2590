"""The options of a record that change nothing, so that nothing proves that the build had them.

Input: a source and the options of its record. Output: the names of those that differ from their default and could
be left out: the stages before typesetting give the same without them.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from publisher.errors import PublisherError
from publisher.options import Options
from publisher.pipeline import prepare_report
from publisher.profiles import PROFILES
from publisher.readers import read_bytes

if TYPE_CHECKING:
    from publisher.audit.source_files import SourceFile
    from publisher.model import Decisions

_PREPARING = frozenset(
    "align script forms vocabulary names title issuer date encoding edits tables with_checks fonts".split()
)
"""The options whose effect shows before typesetting."""


def ineffective_options(
    source: SourceFile, options: Options, decisions: Decisions
) -> tuple[str, ...]:
    """Return the names of the options that change nothing, in their order.

    Args:
        source: The source.
        options: The options of the record.
        decisions: What a person decided about the source.

    """
    default = Options()
    changed = [
        item.name
        for item in fields(options)
        if getattr(options, item.name) != getattr(default, item.name)
    ]
    names = [name for name in changed if name in _PREPARING]
    ineffective = set()
    if "bleed" in changed and not PROFILES[options.profile].pdf_x:
        ineffective.add("bleed")
    if names:
        result = _prepare(source, options, decisions)
        for name in names:
            without = replace(options, **{name: getattr(default, name)})
            if result is not None and _prepare(source, without, decisions) == result:
                ineffective.add(name)
    return tuple(name for name in changed if name in ineffective)


def _prepare(source: SourceFile, options: Options, decisions: Decisions) -> Any:
    """Return what the stages before typesetting make of a source; None if they refuse it."""
    try:
        text, edits = read_bytes(source.data, name=source.name, encoding=options.encoding)
        prepared = prepare_report(text, edits, options, where=source.name, decisions=decisions)
    except PublisherError:
        return None
    facts = (text.encoding, text.encoding_confidence, prepared.parsed.report.metadata)
    return (
        *facts,
        prepared.page.html,
        prepared.page.css,
        prepared.edits,
        prepared.proposals,
        prepared.conversion,
        prepared.findings,
    )
