"""The third stage: the script of a text, Simplified or Traditional, and changing it.

In this order: what must stay to the letter is set aside (``protected``); the glossaries settle the
words that they know (``glossary``); the engine converts what is between (``engine``); quotation
marks follow the region (``quotes``). An edit tells of every span that changed, and an editor is
told of everything that no word settled (``rewriting``). ``keep`` changes nothing, and loads
nothing of these.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.conversion.script import script_of_text, variety_of_text
from publisher.model import Conversion, Finding, Passage, Severity, SourceTable, SourceText
from publisher.text.edits import locate

if TYPE_CHECKING:
    from publisher.conversion.rewriting import Rewriter
    from publisher.model import Edit
    from publisher.options import ConversionOptions

CONFIGURATIONS = {
    ("zh-Hans", "zh-Hant-TW"): "s2tw",
    ("zh-Hans", "zh-Hant-HK"): "s2hk",
    ("zh-Hans", "zh-Hant"): "s2t",
    ("zh-Hant", "zh-Hans-CN"): "t2s",
}
"""OpenCC's configuration from the source's script to the one wanted."""
VARIETIES = {"zh-Hant-TW": "tw2s", "zh-Hant-HK": "hk2s", "zh-Hant": "t2s"}
"""The configuration back to Simplified, by the variety of the source."""
WITH_VOCABULARY = {"s2tw": "s2twp"}


def convert(
    source: SourceText, wish: ConversionOptions
) -> tuple[SourceText, tuple[Edit, ...], Conversion]:
    """Return the text in the script that is wanted, what changed, and what an editor should know."""
    text = source.plain_text()
    own = script_of_text(text)
    configuration = CONFIGURATIONS.get((own, wish.script))
    if configuration is None:
        language = _unconverted(text, own, wish.script)
        return (
            replace(source, language=language),
            (),
            Conversion(source_script=own, target=language),
        )
    from publisher.conversion.glossary import users_glossary
    from publisher.conversion.rewriting import Rewriter

    if configuration == "t2s":
        configuration = VARIETIES[variety_of_text(text)]
    configuration = (
        WITH_VOCABULARY.get(configuration, configuration) if wish.vocabulary else configuration
    )
    users = users_glossary(wish.glossary, wish.script) if wish.glossary else None
    plain = next(
        (one for one, other in WITH_VOCABULARY.items() if other == configuration), configuration
    )
    rewriter, aside = (Rewriter(wish, configuration, plain, users) for _ in range(2))
    segments = tuple(
        segment
        if isinstance(segment, Passage) and segment.role == "code"
        else replace(segment, text=rewriter.change(segment.text))
        if isinstance(segment, Passage)
        else _change_table(segment, rewriter)
        if isinstance(segment, SourceTable)
        else replace(segment, alt=aside.change(locate(segment.alt)).string)
        for segment in source.segments
    )
    source_metadata = tuple(
        (name, aside.change(locate(value)).string) for name, value in source.source_metadata
    )
    report = rewriter.report
    return (
        replace(source, segments=segments, language=wish.script, source_metadata=source_metadata),
        tuple(rewriter.edits),
        Conversion(
            source_script=own,
            target=wish.script,
            configuration=configuration,
            protected=tuple(rewriter.protected),
            glossary=tuple(report.glossary),
            vocabulary=tuple(report.vocabulary),
            ambiguous=tuple(sorted(report.ambiguous, key=lambda one: one.offset)),
            unpaired_quotation_marks=tuple(report.unpaired),
        ),
    )


def _change_table(table: SourceTable, rewriter: Rewriter) -> SourceTable:
    return replace(
        table,
        rows=tuple(
            tuple(replace(cell, text=rewriter.change(cell.text)) for cell in row)
            for row in table.rows
        ),
    )


def _unconverted(text: str, own: str, script: str) -> str:
    """Return the language of a text that stays as it is: the one wanted where it may be that."""
    if own == "mixed":
        return "zh"
    if not script.startswith(own):
        return own
    variety = variety_of_text(text) if own == "zh-Hant" else own
    return script if variety in (own, script) else variety


def findings(conversion: Conversion, script: str) -> tuple[Finding, ...]:
    """Say where a conversion that was asked for could not be made, or needs an editor."""
    if script == "keep":
        return ()
    if conversion.source_script == "mixed":
        return (
            Finding(
                clause="script",
                severity=Severity.WARNING,
                message="the text mixes Simplified and Traditional; nothing was converted",
                hint="bring the source into one script first",
            ),
        )
    if not conversion.configuration:
        same = script.startswith(conversion.source_script)
        return (
            Finding(
                clause="script",
                severity=Severity.NOTE if same else Severity.WARNING,
                message=f"the text is in {conversion.source_script} already; nothing was converted",
                hint="",
            ),
        )
    found = []
    if conversion.ambiguous:
        found.append(
            Finding(
                clause="script",
                severity=Severity.NOTE,
                message=f"{len(conversion.ambiguous)} characters and words could have been converted "
                "otherwise",
                hint=f"publisher check SOURCE --script {script} lists them",
            )
        )
    if conversion.unpaired_quotation_marks:
        found.append(
            Finding(
                clause="quotation marks",
                severity=Severity.WARNING,
                message=f"{len(conversion.unpaired_quotation_marks)} quotation marks have no counterpart and stay as "
                "they were",
                hint="mend the source",
            )
        )
    return tuple(found)


__all__ = ["CONFIGURATIONS", "convert", "findings"]
