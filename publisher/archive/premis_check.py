"""Comparison of PREMIS with the contents of a bag: every object, event and agent is made again.

Input: the inventory of a bag and all its reports. Output: findings about ``metadata/premis.xml``, which must be the
document that the files, the records and the verdicts give. Only the clock cannot be made again: the times that it
states must agree with one another, with ``bag-info.txt`` and with a ``Source-Date-Epoch``.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_info import DATE, EPOCH, to_single_line
from publisher.archive.bag_layout import PREMIS, TABLE, decisions_path, report_path, verdict_path
from publisher.archive.fixity import bag_finding
from publisher.archive.pack_report import BagItem, PackedReport, record_excerpt
from publisher.archive.premis_events import encode_premis
from publisher.archive.premis_xml import document_texts, event_text, read_fixities
from publisher.batch.task import Task
from publisher.errors import PublisherError
from publisher.messages import translatable
from publisher.model import Verdict
from publisher.output_names import PDF, SUFFIXES
from publisher.record.strict_json import decode_json
from publisher.system import signing_extra
from publisher.system.document_date import timestamp as document_timestamp
from publisher.text.line_index import LineIndex
from publisher.verify.signatures.validation import read_signatures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.archive.bag_reports import BagReport
    from publisher.archive.fixity import BagFinding, Inventory

_PATH, _SOURCE = "计算机文件名", "DC.source"
MAX_FINDINGS = 50
"""Differences that are named one by one."""


def check_premis(inventory: Inventory, reports: Sequence[BagReport]) -> Iterator[BagFinding]:
    """Yield the differences between PREMIS and what the bag contains.

    Args:
        inventory: The inventory of the bag, with a PREMIS document that can be read.
        reports: All reports of the bag, at least one.

    """
    stated = inventory.read(PREMIS)
    try:
        read_fixities(stated)
    except ValueError:
        return  # which is reported already
    try:
        texts = document_texts(stated)
        times = _Times(texts)
        packed = [
            _packed(inventory, report, texts, times) for report in _ordered(inventory, reports)
        ]
        payload = {
            path: fixity for path, fixity in inventory.fixities.items() if path.startswith("data/")
        }
        software = reports[0].record["software"]
        versions = {name: str(version) for name, version in software.items()}
        expected = encode_premis(
            packed, payload, timestamp=times.of("bag#digests"), versions=versions
        )
    except (ValueError, RecursionError) as error:
        yield bag_finding(PREMIS, translatable("cannot be compared: {error}", error=error))
        return
    yield from _time_problems(inventory, times)
    if stated == expected:
        return
    problems = list(_differences(texts, document_texts(expected)))
    yield from (bag_finding(PREMIS, problem) for problem in problems[:MAX_FINDINGS])
    if len(problems) > MAX_FINDINGS:
        yield bag_finding(
            PREMIS,
            translatable(
                "{statement_count} more statements are wrong",
                statement_count=len(problems) - MAX_FINDINGS,
            ),
        )
    if not problems:
        yield bag_finding(PREMIS, "is not written as Publisher writes it")


class _Times:
    """The times that a document states, by the identifier of their event."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        self.by_event = {
            name.removeprefix("event "): text
            for name, values in texts.items()
            if name.startswith("event ")
            for key, text in values.items()
            if key.endswith("eventDateTime")
        }

    def of(self, event: str) -> str:
        """Return the time of an event; empty if there is none."""
        return self.by_event.get(event, "")


def _time_problems(inventory: Inventory, times: _Times) -> Iterator[BagFinding]:
    """Yield the times that contradict the date of the bag or its ``Source-Date-Epoch``."""
    info = (
        bagit.read_info(inventory.read(bagit.BAG_INFO))
        if bagit.BAG_INFO in inventory.fixities
        else None
    )
    if info is None:
        return
    packed_at, date, epoch = times.of("bag#digests"), info.value(DATE), info.value(EPOCH)
    if packed_at[:10] != date:
        yield bag_finding(
            bagit.BAG_INFO,
            translatable(
                "its {date} is {time!r}, PREMIS gives {packed_at!r}",
                date=DATE,
                time=date,
                packed_at=packed_at[:10],
            ),
        )
    try:
        fixed = document_timestamp("", epoch)
    except PublisherError:
        yield bag_finding(
            bagit.BAG_INFO,
            translatable(
                "its {epoch} is {number!r}, which is no number of seconds",
                epoch=EPOCH,
                number=epoch,
            ),
        )
        return
    for event, time in times.by_event.items():
        if fixed and time != fixed:
            yield bag_finding(
                bagit.BAG_INFO,
                translatable(
                    "its {epoch} is {number}, but PREMIS gives {time!r} for {event}",
                    epoch=EPOCH,
                    number=epoch,
                    time=time,
                    event=event,
                ),
            )
            return
        if time > packed_at:
            yield bag_finding(
                PREMIS,
                translatable(
                    "gives {time!r} for {event}, after the bag was written", time=time, event=event
                ),
            )


def _ordered(inventory: Inventory, reports: Sequence[BagReport]) -> list[BagReport]:
    """Return the reports in the order of the table, which is that of PREMIS."""
    rows = _table_rows(inventory)
    order = {row.get(_PATH, ""): number for number, row in enumerate(rows)}
    return sorted(
        reports,
        key=lambda report: (
            order.get(to_single_line(report_path(report.name, PDF)), len(rows)),
            report.name,
        ),
    )


def _table_rows(inventory: Inventory) -> list[dict[str, str]]:
    if TABLE not in inventory.fixities:
        return []
    try:
        return list(csv.DictReader(io.StringIO(inventory.read(TABLE).decode(), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return []


def _packed(
    inventory: Inventory,
    report: BagReport,
    texts: Mapping[str, Mapping[str, str]],
    times: _Times,
) -> PackedReport:
    """Return a report as it was packed, from the files of the bag."""
    pdf, record = report_path(report.name, PDF), report.record
    row = next((row for row in _table_rows(inventory) if row.get(_PATH) == to_single_line(pdf)), {})
    source = next(
        (path for path in report.sources if to_single_line(path) == row.get(_SOURCE)),
        report.source,
    )
    if not source:
        raise ValueError(translatable("the source of {pdf} is not in the bag", pdf=pdf))
    verdicts = _verdicts(inventory, report)
    paths = [
        *(report_path(report.name, suffix) for suffix in SUFFIXES),
        source,
        decisions_path(report.name),
        *(verdict_path(report.name, item.profile, item.validator) for item in verdicts),
    ]
    task = Task(source=Path(source), options=report.options, name=report.name, relative_path=source)
    style = record["options"]["style"] if report.has_own_style else ""
    return PackedReport(
        item=BagItem(
            task=task,
            name=report.name,
            source_path=source,
            draft=inventory.bag,
            style_path=style,
            glossary_path=record["options"].get("glossary", ""),
        ),
        timestamp=times.of(f"{source}#read"),
        files={path: inventory.fixities[path] for path in paths if path in inventory.fixities},
        record=record_excerpt(record),
        summary={},
        verdicts=verdicts,
        findings=(),
        lines=LineIndex(""),
        signature_detail=_signature_detail(report, texts.get(f"event {pdf}#sign", {})),
    )


def _verdicts(inventory: Inventory, report: BagReport) -> tuple[Verdict, ...]:
    """Return the verdicts of a report in the order in which they were made."""
    entry = report.record["pdf"]
    names = [(verdict["profile"], verdict["validator"]) for verdict in entry["verdicts"]]
    names += [("signatures", "publisher"), *((name, "veraPDF") for name in entry["declares"])]
    verdicts = []
    for profile, validator in dict.fromkeys(names):
        path = verdict_path(report.name, profile, validator)
        if path not in inventory.fixities:
            continue
        verdict = decode_json(inventory.read(path))
        try:
            verdicts.append(
                Verdict(
                    profile=str(verdict["profile"]),
                    validator=str(verdict["validator"]),
                    version=str(verdict["version"]),
                    passed=verdict["passed"] is True,
                    findings=tuple(verdict["findings"]),
                )
            )
        except (KeyError, TypeError) as error:
            raise ValueError(translatable("{path} is not a verdict", path=path)) from error
        if verdict_path(report.name, verdicts[-1].profile, verdicts[-1].validator) != path:
            raise ValueError(translatable("{path} is the verdict on something else", path=path))
    return tuple(verdicts)


_SIGNATURE = re.compile(r"PAdES (\S+) by (.+)")


def _signature_detail(report: BagReport, event: Mapping[str, str]) -> str:
    """Return the level and the signer of the last signature; empty if PREMIS has no such event.

    PREMIS has the name of the signer, the signature its whole subject.
    """
    if not event:
        return ""
    stated = event_text(event)
    if not signing_extra.is_installed():
        return stated
    signatures = [
        item for item in read_signatures(report.data).signatures if not item.is_document_timestamp
    ]
    if not signatures:
        return "no signature"
    last, match = signatures[-1], _SIGNATURE.fullmatch(stated)
    if match and match[1] == last.level and match[2] in last.signer:
        return stated
    return f"PAdES {last.level} by {last.signer}"


def _differences(
    stated: Mapping[str, Mapping[str, str]], expected: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Yield each statement that is not the expected one, in words."""
    for name in dict.fromkeys((*expected, *stated)):
        if name not in stated:
            yield translatable("does not describe the {name}", name=name)
        elif name not in expected:
            yield translatable("describes the {name}, which the bag does not have", name=name)
        else:
            for key in dict.fromkeys((*expected[name], *stated[name])):
                here, there = stated[name].get(key, ""), expected[name].get(key, "")
                if here != there:
                    yield translatable(
                        "gives {here!r} as {key} of the {name}; the bag gives {there!r}",
                        here=here,
                        key=key,
                        name=name,
                        there=there,
                    )
