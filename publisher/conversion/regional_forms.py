"""The forms of characters that the offices of a region use.

Input: the name of a configuration and the option ``--forms``. Output: a last stage of the conversion. OpenCC's
configurations end with the table of the region: 教育部's standard forms for Taiwan, the 常用字字形表 for Hong
Kong. The offices write some characters and words in another form (說 and not 説 in Hong Kong, 占 and not 佔 in
Taiwan); ``regional_forms.tsv`` has these, counted in the laws of Taiwan and in the Hansard of Hong Kong.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from publisher.conversion.dictionaries import Stage, build_stage

OFFICE = "office"
"""The value of ``--forms`` for which this stage is added."""
REGIONS = {"s2tw": "TW", "s2twp": "TW", "s2hk": "HK", "s2hkp": "HK"}
"""The region of a configuration."""


@cache
def regional_stage(configuration: str, forms: str) -> Stage | None:
    """Return the stage that gives the offices' forms; ``None`` if there is none for the configuration.

    Args:
        configuration: OpenCC's name of the configuration.
        forms: The value of ``--forms``.

    """
    region = REGIONS.get(configuration, "")
    if forms != OFFICE or not region:
        return None
    return build_stage(
        {
            before: [after]
            for before, after, regions, _ in _read_rows("regional_forms.tsv")
            if region in regions.split()
        }
    )


@dataclass(frozen=True, slots=True)
class UsualForm:
    """The usual form of a character that no phrase decides."""

    form: str
    only_alone: bool
    """Whether it is its usual form only as a word of its own."""
    is_sure: bool
    """Whether an editor need not see it."""


@cache
def usual_forms() -> dict[str, UsualForm]:
    """Return the usual form of characters whose first form in the dictionaries is not it, or not sure."""
    return {
        before: UsualForm(form, only_alone=where == "alone", is_sure=certainty == "sure")
        for before, form, where, certainty, _ in _read_rows("usual_forms.tsv")
    }


def own_phrases() -> dict[str, str]:
    """Return the phrases of this project with their conversions, in the dictionaries' standard."""
    return {before: after for before, after, _ in _read_rows("own_phrases.tsv")}


def _read_rows(name: str) -> list[list[str]]:
    text = (files("publisher.conversion") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
