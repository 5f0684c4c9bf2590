"""What happened to every file of a bag, for ``metadata/premis.xml``.

Enters: what was packed, and the fixity of every payload file. Leaves: PREMIS 3.0: each file with its format and what it
was made from, each step with its outcome, and the software that did it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import FAILURES, report_path, verdict_path
from publisher.archive.premis_xml import Event, FileObject, encode
from publisher.archive.pronom_formats import format_of
from publisher.batch.plan import printable_path
from publisher.output_names import PDF
from publisher.system.software import software

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.archive.bagit import Fixity
    from publisher.archive.pack_report import Packed
    from publisher.model import Verdict

DERIVED = ("derivation", "has source")
REQUIRES = ("dependency", "requires")
DOCUMENTS = ("reference", "documents")


def encode_premis(packed: Sequence[Packed], fixities: Mapping[str, Fixity], *, when: str) -> bytes:
    """Return the file; ``when`` is the moment at which the bag is made."""
    objects = {
        path: FileObject(path=path, fixity=fixity, form=format_of(path))
        for path, fixity in fixities.items()
    }
    for report in packed:
        objects |= _objects(report, objects)
    events = [event for report in packed for event in _events(report)]
    return encode(
        (objects[path] for path in sorted(objects)),
        (*events, *_bag_events(sorted(fixities), when)),
        _agents(packed),
    )


def _objects(packed: Packed, plain: Mapping[str, FileObject]) -> dict[str, FileObject]:
    """Return a report's files with what is known of them."""
    item, record = packed.item, packed.record
    pdf = report_path(item.name, PDF)
    creator = ("Publisher", record["software"]["publisher"])
    derived = (*DERIVED, item.source)
    objects = {
        path: replace(plain[path], creator=creator, relations=(derived,)) for path in packed.files
    }
    for verdict in packed.verdicts:
        path = verdict_path(item.name, verdict)
        objects[path] = replace(
            objects[path],
            relations=((*DOCUMENTS, pdf),),
            events=(_validation_name(pdf, path),),
        )
    objects[item.source] = replace(
        plain[item.source],
        original_name=printable_path(record["source"]["name"]),
        events=(f"{item.source}#read",),
    )
    objects[pdf] = replace(
        objects[pdf],
        form=format_of(pdf, record["pdf"]["declares"]),
        relations=(derived, *((*REQUIRES, path) for path in _materials(packed, plain))),
        events=tuple(event.name for event in _events(packed)[1:]),
    )
    return objects


def _materials(packed: Packed, paths: Mapping[str, FileObject]) -> list[str]:
    """Return the files of the bag that the PDF was made with."""
    item = packed.item
    folder = "/".join(item.style.split("/")[:3])
    return [
        path
        for path in sorted(paths)
        if path == item.glossary or (folder and path.startswith(f"{folder}/"))
    ]


def _validation_name(pdf: str, verdict: str) -> str:
    return f"{pdf}#{PurePosixPath(verdict).stem}"


def _events(packed: Packed) -> list[Event]:
    """Return what was done to a report, in the order of the pipeline."""
    item, record = packed.item, packed.record
    pdf, source = report_path(item.name, PDF), item.source
    facts, edits, conversion = record["source"], record["edits"], record["conversion"]
    both = ((source, "source"), (pdf, "outcome"))
    when = packed.when
    events = [
        Event(
            name=f"{source}#read",
            kind="ingestion",
            when=when,
            detail=f"read as {facts['media_type']}, {facts['encoding']}: "
            f"{facts['characters']} characters, {edits.get('read', 0)} edits",
            objects=((source, "source"),),
        ),
        Event(
            name=f"{pdf}#normalise",
            kind="modification",
            when=when,
            detail=f"text put in order: {edits.get('normalise', 0)} edits, each in the record",
            objects=both,
        ),
    ]
    if conversion["configuration"]:
        events.append(
            Event(
                name=f"{pdf}#convert",
                kind="modification",
                when=when,
                detail=f"script converted from {conversion['from']} to {conversion['to']} "
                f"({conversion['configuration']}): {edits.get('convert', 0)} edits, each in the record",
                agents=("Publisher", "OpenCC"),
                objects=both,
            )
        )
    events.append(
        Event(
            name=f"{pdf}#typeset",
            kind="creation",
            when=when,
            detail=f"set in type: {record['pdf']['pages']} pages, style "
            f"{PurePosixPath(record['options']['style']).name}, profile {record['pdf']['profile']}",
            agents=("Publisher", "WeasyPrint"),
            objects=both,
        )
    )
    if packed.signed:
        events.append(
            Event(
                name=f"{pdf}#sign",
                kind="digital signature generation",
                when=when,
                detail=packed.signed,
                objects=((pdf, "outcome"),),
            )
        )
    return [*events, *(_validation(packed, pdf, verdict) for verdict in packed.verdicts)]


def _validation(packed: Packed, pdf: str, verdict: Verdict) -> Event:
    path = verdict_path(packed.item.name, verdict)
    judge = "Publisher" if verdict.validator == "publisher" else verdict.validator
    return Event(
        name=_validation_name(pdf, path),
        kind="validation",
        when=packed.when,
        detail=f"judged by {verdict.validator}: {verdict.profile}",
        outcome="pass" if verdict.passed else "fail",
        note=f"{len(verdict.findings)} findings, in {path}",
        agents=(judge,),
        objects=((pdf, "source"), (path, "outcome")),
    )


def _bag_events(paths: Sequence[str], when: str) -> Iterator[Event]:
    yield Event(
        name="bag#digests",
        kind="message digest calculation",
        when=when,
        detail=f"SHA-256 and SHA-512 of {len(paths)} payload files",
    )
    yield Event(
        name="bag#packed",
        kind="information package creation",
        when=when,
        detail="BagIt 1.0 (RFC 8493)",
        objects=tuple((path, "outcome") for path in paths if path == FAILURES),
    )


def _agents(packed: Sequence[Packed]) -> dict[str, str]:
    """Return the software that had a part in it, with its versions."""
    versions = software()
    agents = {"Publisher": versions["publisher"], "WeasyPrint": versions["weasyprint"]}
    if any(one.record["conversion"]["configuration"] for one in packed):
        name, _, version = versions["dictionary"].partition(" ")
        agents[name] = version
    for report in packed:
        for verdict in report.verdicts:
            if verdict.validator != "publisher":
                agents[verdict.validator] = verdict.version
    return agents
