"""The third stage: find the script of a text, Simplified or Traditional, and convert it.

Input: a normalised source and the options. Output: the source in the wanted script, an edit for every
changed span, and a ``Conversion`` for an editor. In this order:

1. ``unconverted_spans``: addresses, code and a person's names are left out.
2. ``glossary``: glossaries decide the words that they contain.
3. ``word_converter``: a Simplified text is converted by words; ``engine``: OpenCC's algorithm converts a Traditional one.
4. ``second_reading``: where another reading differs and the borders of words are in doubt, an editor should see it.
5. ``quotes``: quotation marks take the form of the region.

With ``--script keep`` nothing changes, and none of these modules but ``script`` is loaded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.conversion.findings import conversion_findings
from publisher.conversion.formulas import convert_formula
from publisher.conversion.script import declared_language, detect_script, detect_variety
from publisher.model import Conversion, Passage, SourceTable, SourceText
from publisher.text.edits import locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.conversion.glossary import Glossary
    from publisher.conversion.recorded_words import RecordedWords
    from publisher.conversion.text_converter import TextConverter
    from publisher.model import Edit, WordChange
    from publisher.options import ConversionOptions

CONFIGURATIONS = {
    ("zh-Hans", "zh-Hant-TW"): "s2tw",
    ("zh-Hans", "zh-Hant-HK"): "s2hk",
    ("zh-Hans", "zh-Hant"): "s2t",
    ("zh-Hant", "zh-Hans-CN"): "t2s",
}
"""OpenCC's configuration for the script of the source and the wanted one."""
TO_SIMPLIFIED = {"zh-Hant-TW": "tw2s", "zh-Hant-HK": "hk2s", "zh-Hant": "t2s"}
"""The configuration to Simplified for each variety of Traditional."""
OPENCC_FORMS = "opencc"
"""The value of ``--forms`` that leaves out the forms of the region."""
WITH_VOCABULARY = {"s2tw": "s2twp", "s2hk": "s2hkp"}
"""The configuration that also exchanges words, for the one that converts characters only."""


def convert(
    source: SourceText, options: ConversionOptions, recorded_words: Sequence[WordChange] = ()
) -> tuple[SourceText, tuple[Edit, ...], Conversion]:
    """Return the source in the wanted script, the edits, and what an editor should know.

    Args:
        source: The source.
        options: The wanted script, and how to write it.
        recorded_words: Instead of the glossary: the words that it replaced in an earlier conversion of this source.

    """
    text = source.plain_text()
    source_script = detect_script(text)
    base_configuration = CONFIGURATIONS.get((source_script, options.script))
    if base_configuration is None:
        language = _unconverted_language(
            text, source_script, options.script, dict(source.source_metadata).get("language", "")
        )
        return (
            replace(source, language=language),
            (),
            Conversion(source_script=source_script, target=language),
        )
    from publisher.conversion.second_reading import second_reader
    from publisher.conversion.text_converter import TextConverter

    from_simplified = source_script == "zh-Hans"
    if options.forms == OPENCC_FORMS and base_configuration in WITH_VOCABULARY:
        base_configuration = "s2t"
    if base_configuration == "t2s":
        base_configuration = TO_SIMPLIFIED[detect_variety(text)]
    configuration = (
        WITH_VOCABULARY.get(base_configuration, base_configuration)
        if options.vocabulary
        else base_configuration
    )
    glossary, glossary_without_places = _user_glossaries(options, recorded_words, text)
    # What has no offset in the text (metadata, alternative texts) is converted without edits.
    converter = TextConverter(options, configuration, base_configuration, glossary)
    converter_without_edits = TextConverter(
        options, configuration, base_configuration, glossary_without_places
    )
    segments = tuple(
        segment
        if isinstance(segment, Passage) and segment.role == "code"
        else replace(segment, text=converter.convert(segment.text))
        if isinstance(segment, Passage)
        else _convert_table(segment, converter)
        if isinstance(segment, SourceTable)
        else replace(segment, alt=converter_without_edits.convert(locate(segment.alt)).string)
        for segment in source.segments
    )
    source_metadata = tuple(
        (name, converter_without_edits.convert(locate(value)).string)
        for name, value in source.source_metadata
    )
    notes = converter.notes
    return (
        replace(
            source,
            segments=segments,
            language=options.script,
            source_metadata=source_metadata,
            marks=tuple(convert_formula(mark, converter_without_edits) for mark in source.marks),
        ),
        tuple(converter.edits),
        Conversion(
            source_script=source_script,
            target=options.script,
            configuration=configuration,
            forms=options.forms if from_simplified else "",
            second_reading=second_reader() if from_simplified else "",
            protected=tuple(converter.protected),
            glossary=tuple(notes.glossary),
            vocabulary=tuple(notes.vocabulary),
            ambiguous=notes.ambiguities(),
            unpaired_quotation_marks=tuple(notes.unpaired),
        ),
    )


def convert_texts(
    texts: Sequence[str],
    source: SourceText,
    conversion: Conversion,
    options: ConversionOptions,
    recorded_words: Sequence[WordChange] = (),
) -> tuple[str, ...]:
    """Return texts that a person gave, such as a title, in the script that a source was converted to.

    A text that is in this script already stays as it is.

    Args:
        texts: The texts.
        source: The source before its conversion.
        conversion: How it was converted.
        options: The options of its conversion.
        recorded_words: As for ``convert``.

    """
    if not conversion.configuration:
        return tuple(texts)
    from publisher.conversion.text_converter import TextConverter

    configuration = conversion.configuration
    base = {word: plain for plain, word in WITH_VOCABULARY.items()}.get(
        configuration, configuration
    )
    _, glossary = _user_glossaries(options, recorded_words, source.plain_text())
    converter = TextConverter(options, configuration, base, glossary)
    target = options.script[: len("zh-Hant")]
    return tuple(
        text if detect_script(text) == target else converter.convert(locate(text)).string
        for text in texts
    )


def _user_glossaries(
    options: ConversionOptions, recorded_words: Sequence[WordChange], text: str
) -> tuple[Glossary | RecordedWords | None, Glossary | None]:
    """Return the user's glossary for texts with and without offsets in the source."""
    from publisher.conversion.glossary import load_glossary
    from publisher.conversion.recorded_words import RecordedWords

    if recorded_words:
        words = RecordedWords(recorded_words)
        return words, words.everywhere(text)
    glossary = load_glossary(options.glossary, options.script) if options.glossary else None
    return glossary, glossary


def _convert_table(table: SourceTable, converter: TextConverter) -> SourceTable:
    return replace(
        table,
        rows=tuple(
            tuple(replace(cell, text=converter.convert(cell.text)) for cell in row)
            for row in table.rows
        ),
    )


def _unconverted_language(text: str, source_script: str, script: str, declared: str) -> str:
    """Return the language tag of a text that is not converted: ``script`` if the text may be that.

    ``declared`` is the language in the metadata of the source.
    """
    if source_script == "mixed":
        return "zh"
    if not script.startswith(source_script):
        return declared_language(source_script, declared)
    variety = detect_variety(text) if source_script == "zh-Hant" else source_script
    return script if variety in (source_script, script) else variety


__all__ = ["CONFIGURATIONS", "conversion_findings", "convert"]
