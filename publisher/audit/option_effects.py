"""The options of a record that change nothing, so that nothing proves that the build had them.

Input: a source and the options of its record. Output: the names of those that differ from their default and could
be left out, and of those that have their default and might have had another value: the stages before typesetting
give the same.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.errors import PublisherError
from publisher.extensions import load_extensions
from publisher.options import Options
from publisher.pipeline import prepare_report
from publisher.profiles import PROFILES
from publisher.readers import read_bytes

if TYPE_CHECKING:
    from publisher.audit.source_files import SourceFile
    from publisher.model import Decisions

_PREPARING = frozenset(
    "align script forms vocabulary names title issuer date encoding edits tables with_checks extensions fonts".split()
)
"""The options whose effect shows before typesetting."""
_ALTERNATIVES: dict[str, tuple[Any, ...]] = {"edits": ("none", "all"), "with_checks": (True,)}
"""Other values of options that a report may leave without effect."""
_CONVERTING = ("vocabulary", "names")
"""The options that have an effect only on a converted script."""
_PRINTING = ("bleed", "marks")
"""The options that have an effect only on a file for a printing press."""


class OptionEffects(NamedTuple):
    """The names of the options of a record that nothing proves, in their order."""

    ineffective: tuple[str, ...] = ()
    """They differ from their default and change nothing."""
    unproven: tuple[str, ...] = ()
    """They have their default, and another value might have changed nothing. An explicit title, issuer, date or
    encoding that is the one found is left out, because it says the same."""


def option_effects(
    source: SourceFile, options: Options, decisions: Decisions, *, has_wide_tables: bool
) -> OptionEffects:
    """Return the options that nothing proves.

    Args:
        source: The source.
        options: The options of the record.
        decisions: What a person decided about the source.
        has_wide_tables: Whether the layout reported a table wider than its page.

    """
    default = Options()
    result = _prepare(source, options, decisions)

    def has_no_effect(name: str, value: Any) -> bool:
        other = replace(options, **{name: value})
        return result is not None and _prepare(source, other, decisions) == result

    is_print = bool(PROFILES[options.profile].pdf_x)
    changed, unproven = [], []
    for item in fields(options):
        name, value = item.name, getattr(default, item.name)
        if getattr(options, name) != value:
            is_idle = (name == "bleed" and not is_print) or (
                name == "wide_tables" and not has_wide_tables
            )
            if is_idle or (name in _PREPARING and has_no_effect(name, value)):
                changed.append(name)
        elif (
            name in ("tables", "wide_tables")  # others may give the same tables on the same pages
            or (name in _PRINTING and not is_print)
            or (name in _CONVERTING and options.script == default.script)
            or (name == "missing_glyph" and result is not None and not _lacks_glyphs(result))
            or any(has_no_effect(name, other) for other in _ALTERNATIVES.get(name, ()))
        ):
            unproven.append(name)
    return OptionEffects(tuple(changed), tuple(unproven))


def _lacks_glyphs(prepared: tuple[Any, ...]) -> bool:
    """Return whether no font has some character of a report."""
    return any(finding.clause == "glyph" for finding in prepared[-1])


def _prepare(source: SourceFile, options: Options, decisions: Decisions) -> Any:
    """Return what the stages before typesetting make of a source; None if they refuse it."""
    try:
        extensions = load_extensions(options.extensions)
        text, edits = read_bytes(
            source.data, name=source.name, encoding=options.encoding, formats=extensions.formats
        )
        prepared = prepare_report(
            text,
            edits,
            options,
            where=source.name,
            decisions=decisions,
            extensions=extensions,
        )
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
