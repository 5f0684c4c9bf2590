"""Score what the figures of short passages count, by the construction that each passage has.

python -m tests.corpus.subject_passages [open|blind] [--faults]

A passage has its answers inside: {30.0%=subject;share;target;scope:市本级;period:2023;unit:万元}. The subject is written as in
``figures/``; a level and a result need no word.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.statistics import extract
from tests.corpus.figure_subjects import alternatives, comparable, readings
from tests.corpus.figures import years
from tests.corpus.measured_figures import report_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "gold" / "subjects"
_ANSWER = re.compile(r"\{(?P<figure>[^{}=]+)=(?P<answer>[^{}]*)\}")
_TITLE = "# 霁川市2024年工作情况报告\n\n"
_KINDS = frozenset(("level", "change", "rate", "share"))
_STATUSES = frozenset(("result", "target", "estimate", "cumulative"))
NO_FIGURE = "none"
"""The answer of a number in a name, which may be found or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a figure counts."""

    start: int
    end: int
    subject: str
    kind: str = "level"
    status: str = "result"
    scope: str = ""
    period: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectPassage:
    """A passage of one construction with its answers."""

    construction: str
    text: str
    answers: tuple[Answer, ...]


def read_passages(part: str) -> Iterator[SubjectPassage]:
    """Yield the passages of a part: open or blind."""
    construction, lines = "", list[str]()
    for line in [*(FOLDER / f"{part}.md").read_text(encoding="utf-8").splitlines(), "# "]:
        if line.startswith("# "):
            for block in _blocks(lines):
                yield _passage(construction, block)
            construction, lines = line[2:], []
        else:
            lines.append(line)


def _blocks(lines: list[str]) -> list[str]:
    """Return the passages between blank lines; a table belongs to the lines above it."""
    blocks: list[str] = []
    for block in filter(None, "\n".join(lines).strip().split("\n\n")):
        if block.startswith("|") and blocks:
            blocks[-1] += f"\n\n{block}"
        else:
            blocks.append(block)
    return blocks


def _passage(construction: str, marked: str) -> SubjectPassage:
    text, answers, position = _TITLE, [], 0
    for match in _ANSWER.finditer(marked):
        text += marked[position : match.start()]
        subject, *rest = match["answer"].split(";")
        start = len(text)
        text += match["figure"]
        position = match.end()
        options = dict(item.split(":", 1) for item in rest if ":" in item)
        kind = next((i for i in rest if {*i.split("|")} <= _KINDS), "level")
        status = next((i for i in rest if {*i.split("|")} <= _STATUSES), "result")
        if subject != NO_FIGURE:
            answers.append(
                Answer(
                    start=start,
                    end=len(text),
                    subject=subject,
                    kind=kind,
                    status=status,
                    **options,
                )
            )
    text += f"{marked[position:]}\n"
    return SubjectPassage(construction=construction, text=text, answers=tuple(answers))


def faults_of(passage: SubjectPassage) -> list[tuple[str, str]]:
    """Return what is wrong in a passage: the attribute, and what it is and should be."""
    found = extract(report_of(passage.text, "passage.md")).observations
    faults = []
    for answer in passage.answers:
        words = passage.text[answer.start : answer.end]
        figure = next(
            (
                item
                for item in found
                if item.locator.offset < answer.end
                and answer.start < item.locator.offset + item.locator.length
            ),
            None,
        )
        if figure is None:
            faults.append(("subject", f"{words}: missed"))
            continue
        options = {"scope": answer.scope, "unit": figure.unit, "change": answer.kind.split("|")[-1]}
        wanted = {comparable(item, **options) for item in alternatives(answer.subject)}
        if not any(comparable(item, **options) in wanted for item in readings(figure.measure)):
            faults.append(("subject", f"{words}: {figure.measure!r}, not {answer.subject!r}"))
        if answer.unit and figure.unit != answer.unit:
            faults.append(("subject", f"{words}: unit {figure.unit!r}, not {answer.unit!r}"))
        for name, value, right in (
            ("kind", figure.kind, answer.kind),
            ("status", figure.status, answer.status),
        ):
            if value not in right.split("|"):
                faults.append((name, f"{words}: {value}, not {right}"))
        if answer.scope and answer.scope not in f"{figure.scope}|{figure.measure}":
            faults.append(("scope", f"{words}: {figure.scope!r}, not {answer.scope!r}"))
        if answer.period and years(figure.period) != years(answer.period):
            faults.append(("period", f"{words}: {figure.period!r}, not {answer.period!r}"))
    return faults


def main(arguments: list[str]) -> None:
    """Print the share of right subjects by construction and, on request, what is wrong."""
    part = next((item for item in arguments if not item.startswith("-")), "open")
    counts: dict[str, list[int]] = {}
    others: dict[str, int] = {}
    for passage in read_passages(part):
        faults = faults_of(passage)
        wrong = {text.partition(":")[0] for name, text in faults if name == "subject"}
        count = counts.setdefault(passage.construction, [0, 0])
        count[0] += len(passage.answers) - len(wrong)
        count[1] += len(passage.answers)
        for name, _ in faults:
            others[name] = others.get(name, 0) + 1
        if faults and "--faults" in arguments:
            print(passage.text.removeprefix(_TITLE).strip())  # noqa: T201
            for name, text in faults:
                print(f"    {name}: {text}")  # noqa: T201
    right, every = (sum(count[number] for count in counts.values()) for number in (0, 1))
    for name, count in [*counts.items(), ("all", [right, every])]:
        print(f"{name}: {count[0]} of {count[1]}, {100 * count[0] / count[1]:.1f} %")  # noqa: T201
    print(f"faults by attribute: {others}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
