"""The contents of ``metadata/premis.xml``: the files of a bag, the events of their creation, and the software.

Input: the packed reports, and the fixity of every payload file. Output: a PREMIS 3.0 document with each file's format and
derivation, each step with its outcome, and the agents that performed the steps.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import FAILURES, decisions_path, report_path, verdict_path
from publisher.archive.premis_xml import Event, FileObject, encode_document
from publisher.archive.pronom_formats import identify_format
from publisher.batch.plan import printable_path
from publisher.output_names import PDF
from publisher.system.software import software

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.archive.bagit import Fixity
    from publisher.archive.pack_report import PackedReport
    from publisher.model import Verdict

DERIVED = ("derivation", "has source")
REQUIRES = ("dependency", "requires")
DOCUMENTS = ("reference", "documents")


def encode_premis(
    packed: Sequence[PackedReport],
    fixities: Mapping[str, Fixity],
    *,
    timestamp: str,
    versions: Mapping[str, str] | None = None,
) -> bytes:
    """Return the PREMIS document.

    Args:
        packed: The packed reports.
        fixities: The fixity of each payload file, by path.
        timestamp: The time (ISO 8601) at which the bag is written.
        versions: The versions of the software; by default those here.

    """
    objects = {
        path: FileObject(path=path, fixity=fixity, file_format=identify_format(path))
        for path, fixity in fixities.items()
    }
    for report in packed:
        objects |= _report_objects(report, objects)
    events = [event for report in packed for event in _report_events(report)]
    return encode_document(
        (objects[path] for path in sorted(objects)),
        (*events, *_bag_events(sorted(fixities), timestamp)),
        _agents(packed, software() if versions is None else versions),
    )


def _report_objects(
    packed: PackedReport, basic_objects: Mapping[str, FileObject]
) -> dict[str, FileObject]:
    """Return the files of a report with their formats, relationships and events."""
    item, record = packed.item, packed.record
    pdf = report_path(item.name, PDF)
    creator = ("Publisher", record["software"]["publisher"])
    derived = (*DERIVED, item.source_path)
    objects = {
        path: replace(basic_objects[path], creator=creator, relations=(derived,))
        for path in packed.files
    }
    for verdict in packed.verdicts:
        path = verdict_path(item.name, verdict.profile, verdict.validator)
        objects[path] = replace(
            objects[path],
            relations=((*DOCUMENTS, pdf),),
            events=(_validation_name(pdf, path),),
        )
    if (decisions := decisions_path(item.name)) in objects:
        objects[decisions] = replace(basic_objects[decisions], relations=((*DOCUMENTS, pdf),))
    objects[item.source_path] = replace(
        basic_objects[item.source_path],
        original_name=printable_path(record["source"]["name"]),
        events=(f"{item.source_path}#read",),
    )
    objects[pdf] = replace(
        objects[pdf],
        file_format=identify_format(pdf, record["pdf"]["declares"]),
        relations=(
            derived,
            *((*REQUIRES, path) for path in _required_paths(packed, basic_objects)),
        ),
        events=tuple(event.name for event in _report_events(packed)[1:]),
    )
    return objects


def _required_paths(packed: PackedReport, paths: Mapping[str, FileObject]) -> list[str]:
    """Return the paths of the style, the glossary and the decisions that the PDF was built with."""
    item = packed.item
    style_root = "/".join(item.style_path.split("/")[:3])
    return [
        path
        for path in sorted(paths)
        if path in (item.glossary_path, decisions_path(item.name))
        or (style_root and path.startswith(f"{style_root}/"))
    ]


def _validation_name(pdf: str, verdict: str) -> str:
    """Return the identifier of the event that produced a verdict file."""
    return f"{pdf}#{PurePosixPath(verdict).stem}"


def _counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless the number is 1."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _report_events(packed: PackedReport) -> list[Event]:
    """Return the events of a report, in the order of the pipeline."""
    item, record = packed.item, packed.record
    pdf, source = report_path(item.name, PDF), item.source_path
    source_record, edits, conversion = record["source"], record["edits"], record["conversion"]
    source_and_pdf = ((source, "source"), (pdf, "outcome"))
    timestamp = packed.timestamp
    events = [
        Event(
            name=f"{source}#read",
            kind="ingestion",
            timestamp=timestamp,
            detail=f"read as {source_record['media_type']}, {source_record['encoding']}: "
            f"{_counted(source_record['characters'], 'character')}, {_counted(edits.get('read', 0), 'edit')}",
            objects=((source, "source"),),
        ),
        Event(
            name=f"{pdf}#normalise",
            kind="modification",
            timestamp=timestamp,
            detail=f"text normalised: {_counted(edits.get('normalise', 0), 'edit')}, each in the record",
            objects=source_and_pdf,
        ),
    ]
    if conversion["configuration"]:
        events.append(
            Event(
                name=f"{pdf}#convert",
                kind="modification",
                timestamp=timestamp,
                detail=f"script converted from {conversion['from']} to {conversion['to']} "
                f"({conversion['configuration']}): {_counted(edits.get('convert', 0), 'edit')}, each in the record",
                agents=("Publisher", "OpenCC"),
                objects=source_and_pdf,
            )
        )
    events.append(
        Event(
            name=f"{pdf}#typeset",
            kind="creation",
            timestamp=timestamp,
            detail=f"typeset: {_counted(record['pdf']['pages'], 'page')}, style "
            f"{PurePosixPath(record['options']['style']).name}, profile {record['pdf']['profile']}",
            agents=("Publisher", "WeasyPrint"),
            objects=source_and_pdf,
        )
    )
    if packed.signature_detail:
        events.append(
            Event(
                name=f"{pdf}#sign",
                kind="digital signature generation",
                timestamp=timestamp,
                detail=packed.signature_detail,
                objects=((pdf, "outcome"),),
            )
        )
    return [*events, *(_validation(packed, pdf, verdict) for verdict in packed.verdicts)]


def _validation(packed: PackedReport, pdf: str, verdict: Verdict) -> Event:
    path = verdict_path(packed.item.name, verdict.profile, verdict.validator)
    agent = "Publisher" if verdict.validator == "publisher" else verdict.validator
    return Event(
        name=_validation_name(pdf, path),
        kind="validation",
        timestamp=packed.timestamp,
        detail=f"validated by {verdict.validator}: {verdict.profile}",
        outcome="pass" if verdict.passed else "fail",
        outcome_note=f"{len(verdict.findings)} findings, in {path}",
        agents=(agent,),
        objects=((pdf, "source"), (path, "outcome")),
    )


def _bag_events(paths: Sequence[str], timestamp: str) -> Iterator[Event]:
    """Yield the events of the bag as a whole; ``paths`` are those of the payload."""
    yield Event(
        name="bag#digests",
        kind="message digest calculation",
        timestamp=timestamp,
        detail=f"SHA-256 and SHA-512 of {len(paths)} payload files",
    )
    yield Event(
        name="bag#packed",
        kind="information package creation",
        timestamp=timestamp,
        detail="BagIt 1.0 (RFC 8493)",
        objects=tuple((path, "outcome") for path in paths if path == FAILURES),
    )


def _agents(packed: Sequence[PackedReport], versions: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the software that performed the events, with its versions."""
    agents = {"Publisher": versions["publisher"], "WeasyPrint": versions["weasyprint"]}
    if any(report.record["conversion"]["configuration"] for report in packed):
        name, _, version = versions["dictionary"].partition(" ")
        agents[name] = version
    for report in packed:
        for verdict in report.verdicts:
            if verdict.validator != "publisher":
                agents[verdict.validator] = verdict.version
    return agents
