"""What a sentence says about a figure: its measure, its change, where and when it is counted, and its status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FigureKind = Literal["level", "change", "rate", "share"]
"""A level (产量5吨), a change of it (增产1吨), a rate of change (增长5%), or a share of a whole (占5%)."""
FigureStatus = Literal["result", "target", "estimate", "cumulative"]
Direction = Literal[-1, 0, 1]
COMPARED_TARGET = "compared target"
"""The construction of a target that a result is compared with."""
PRESENT_LEVEL = "present level"
"""The construction of what there is already, which a plan begins from."""

MULTIPLE = "multiple"
"""The construction of a ratio to a level that is no earlier one of the measure: 是全省平均的2倍."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a figure of a sentence counts."""

    measure: str
    """The words for what is counted, without those for its change: 粮食产量."""
    subject: str
    """What the figure counts as a reader names it, with its change: 粮食产量比上年增产."""
    kind: FigureKind = "level"
    direction: Direction = 0
    """1 if the words say that the measure grew, -1 if it fell, else 0."""
    scope: str = ""
    """Where it is counted: 全市, 市本级; empty if the sentence does not say."""
    period: str = ""
    """The words for its period: 上半年, 年末; empty if the sentence does not say."""
    status: FigureStatus = "result"
    construction: str = ""
    """The name of the construction that was recognised."""
    is_earlier: bool = False
    """Whether it is the level of an earlier period, which another is compared with."""
    has_measure: bool = True
    """Whether the clause names the measure itself; if not, it is that of the clause before."""
    ends_in_particle: bool = False
    """Whether the last word of the subject is a particle or a conjunction, so that it is no name: 部门及."""
    object: str = ""
    """The thing that the figure is about, if its clause leaves it out: 案件 behind 受理案件100件，审结95件."""
    base_unit: str = ""
    """The unit of the figure without its magnitude."""
    doubt: str = ""
    """Why the measure is doubtful; empty if it is not."""

    @property
    def predicate(self) -> str:
        """What the clause says itself, without the thing that it leaves out: 审结 of 审结案件."""
        return self.measure.removeprefix(self.object).removesuffix(self.object) or self.measure

    @property
    def is_begun_from(self) -> bool:
        """Whether it is what there is already, also in a plan: 由5个 in 由5个增加到8个; 在2亿件的基础上."""
        return self.construction in (PRESENT_LEVEL, "from")

    @property
    def is_compared_plan(self) -> bool:
        """Whether it is a plan that a result is compared with: 为预算120万元的70%, which no change begins or ends at."""
        return self.status == "target" and self.construction in ("whole", COMPARED_TARGET)


def named(
    measure: str, *, kind: FigureKind = "level", construction: str, has_measure: bool = True
) -> Reading:
    """Return the reading of a figure whose subject is its measure; without one it is doubtful."""
    return Reading(
        measure=measure,
        subject=measure,
        kind=kind,
        construction=construction,
        has_measure=has_measure,
        doubt="" if measure else "no measure",
    )
