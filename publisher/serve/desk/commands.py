"""What worker processes do for the desk: open reports, change them, show their pages, publish them.

Each function has one argument, a value that names the folder of a report on this machine, and stores the new state of the report
before it returns. A worker has the sessions of the last few reports in memory, so that the next command is fast; a session that
is not there any more is made again from the folder.
"""

from __future__ import annotations

import contextlib
import shutil
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from publisher.errors import PublisherError, UsageError
from publisher.messages import translatable
from publisher.serve.desk.report_session import FIELDS, ReportSession
from publisher.serve.desk.stored_report import (
    BAG,
    SOURCE,
    StoredReport,
    Summary,
    options_to_json,
    parse_options,
    read_stored,
    result_path,
    store_results,
    write_stored,
)
from publisher.serve.jobs.records import Failure
from publisher.serve.option_values import require_style
from publisher.system.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from publisher.decisions.entries import Choice
    from publisher.serve.desk.page_places import LinePlace, PageRectangle
    from publisher.serve.desk.report_view import ReportView

SHOWN = "shown-"
"""Begins the name of the value that a form showed in a field; a field that still has it is not decided."""
SESSIONS = 4
"""Reports that a worker has in memory."""
SESSION_BYTES = 16 << 20
"""Bytes of the sources of these reports together; a larger one is there alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """A report, by its folder."""

    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """A change of a report: the fields of a form."""

    folder: Path
    action: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRequest:
    """A page of a report as a picture."""

    folder: Path
    page: int
    zoom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRequest:
    """A span of the source."""

    folder: Path
    offset: int
    length: int


class _Sessions:
    """The sessions that a worker has in memory, those used last."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[Path, ReportSession] = OrderedDict()

    def session(self, folder: Path, stored: StoredReport) -> ReportSession:
        """Return the session of a report in its stored state."""
        session = self._sessions.pop(folder, None)
        options = stored.build_options
        decisions = stored.decisions.encode()
        history = [text.encode() for text in stored.history]
        if session is None:
            session = ReportSession(
                (folder / SOURCE).read_bytes(),
                options,
                name=stored.name,
                decisions=decisions,
                history=history,
            )
        session.options, session.decisions, session.history = options, decisions, history
        self._sessions[folder] = session
        while len(self._sessions) > 1 and (
            len(self._sessions) > SESSIONS
            or sum(item.size for item in self._sessions.values()) > SESSION_BYTES
        ):
            self._sessions.popitem(last=False)
        return session


_SESSIONS = _Sessions()


def open_report(request: ReportRequest) -> None:
    """Read and typeset a report, and store what the list says about it, or why it cannot be read."""
    stored = read_stored(request.folder)
    try:
        session = _SESSIONS.session(request.folder, stored)
        view = session.view()
    except PublisherError as error:
        write_stored(request.folder, stored.with_state(state="failed", failure=Failure.of(error)))
        return
    state = stored.state if stored.state == "published" else "ready"
    write_stored(
        request.folder,
        stored.with_state(
            state=state, failure=None, summary=_summary(view), version=session.version
        ),
    )


def view_report(request: ReportRequest) -> ReportView:
    """Return what the page of a report shows; raise ``PublisherError`` if it cannot be read."""
    return _SESSIONS.session(request.folder, read_stored(request.folder)).view()


def change_report(request: ChangeRequest) -> None:
    """Follow a decision of a person, store it, and typeset the report again.

    Raises:
        PublisherError: The change is not possible; nothing was stored.

    """
    stored = read_stored(request.folder)
    session = _SESSIONS.session(request.folder, stored)
    _apply(session, request.action, request.values)
    changed = stored.with_state(
        options=options_to_json(session.options),
        decisions=session.decisions.decode(),
        history=tuple(text.decode() for text in session.history),
        summary=_summary(session.view()),
        version=session.version,
        state="ready" if stored.state == "failed" else stored.state,
        failure=None,
    )
    write_stored(request.folder, changed)


def _apply(session: ReportSession, action: str, values: Mapping[str, str]) -> None:
    try:
        _apply_values(session, action, values)
    except KeyError as error:
        raise UsageError(
            translatable("the form lacks {name}", name=error.args[0]), hint="load the page again"
        ) from error


def _apply_values(session: ReportSession, action: str, values: Mapping[str, str]) -> None:
    match action:
        case "edit":
            session.decide_edits([values["edit"]], parse_choice(values["choice"]))
            _apply_settings(session, _without_decision(values))
        case "rule":
            session.decide_rule(values["rule"], parse_choice(values["choice"]))
            _apply_settings(session, _without_decision(values))
        case "line":
            session.set_line(
                _number(values["offset"]),
                _number(values["length"]),
                values["role"] or None,  # type: ignore[arg-type] # the file's reader checks it
                _number(values["level"]) if values["role"] == "heading" else 0,
            )
        case "settings":
            _apply_settings(session, values)
        case "undo":
            session.undo()
        case _:
            raise UsageError("there is no such change", hint="load the page again")


def _without_decision(values: Mapping[str, str]) -> dict[str, str]:
    """Return the options and fields that a browser without script sends with a decision."""
    return {name: text for name, text in values.items() if name not in ("edit", "rule", "choice")}


def _apply_settings(session: ReportSession, values: Mapping[str, str]) -> None:
    """Follow the options and the fields of the metadata in a form; without any option all stay as they are."""
    shown = {name: text for name, text in values.items() if name.startswith(SHOWN)}
    decided = {name: text for name, text in values.items() if name in FIELDS}
    chosen = {name: text for name, text in values.items() if name not in {*shown, *decided}}
    if chosen:
        checks = chosen.get("with_checks") == "yes"
        options = parse_options({**chosen, "with_checks": checks})
        require_style(options.style, session.options.extensions)
        session.options = replace(options, extensions=session.options.extensions)
    session.set_fields(
        {
            name: text
            for name, text in decided.items()
            if f"{SHOWN}{name}" not in shown
            or _one_line(text) != _one_line(shown[f"{SHOWN}{name}"])
        }
    )


def _one_line(text: str) -> str:
    """Return the value of a field without the ends of lines that a browser adds or leaves out."""
    return "".join(text.splitlines()).strip()


def parse_choice(word: str) -> Choice | None:
    """Return a choice of a form: ``accept``, ``reject`` or, to take a decision back, ``clear``."""
    if word == "clear":
        return None
    if word in ("accept", "reject"):
        return cast("Choice", word)
    raise UsageError(
        translatable("{word} is no decision", word=word), hint="accept, reject or clear"
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise UsageError("the form has a number that is none", hint="load the page again")
    return int(text)


def render_image(request: ImageRequest) -> bytes:
    """Return a page of a report as a PNG picture; raise ``UsageError`` if there is none."""
    stored = read_stored(request.folder)
    return _SESSIONS.session(request.folder, stored).page_image(request.page, request.zoom)


def find_places(request: PlaceRequest) -> tuple[PageRectangle, ...]:
    """Return where a span of the source is on the pages."""
    stored = read_stored(request.folder)
    return _SESSIONS.session(request.folder, stored).rectangles(request.offset, request.length)


def find_line_places(request: ReportRequest) -> tuple[LinePlace, ...]:
    """Return where each line of the text begins on the pages."""
    return _SESSIONS.session(request.folder, read_stored(request.folder)).line_places()


def publish_report(request: ReportRequest) -> None:
    """Publish a report and store its files, or why it cannot be published; files of an earlier time are replaced."""
    stored = read_stored(request.folder)
    session = _SESSIONS.session(request.folder, stored)
    try:
        files = session.publish()
    except PublisherError as error:
        write_stored(
            request.folder,
            stored.with_state(state="failed", failure=Failure.of(error), is_publishing=False),
        )
        return
    store_results(request.folder, files)
    write_stored(
        request.folder,
        stored.with_state(
            state="published",
            is_publishing=False,
            failure=None,
            published=session.version,
            results=tuple(files),
            summary=_summary(session.view()),
        ),
    )


def make_bag(request: ReportRequest) -> None:
    """Make the bag of a report for an archive, as a ZIP file beside its published files.

    Raises:
        PublisherError: The report cannot be archived.

    """
    from publisher.api.collections import archive_reports

    stored = read_stored(request.folder)
    session = _SESSIONS.session(request.folder, stored)
    work = request.folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    try:
        source = work / "source" / stored.name
        source.parent.mkdir(parents=True)
        shutil.copyfile(request.folder / SOURCE, source)
        if session.decisions:
            write_atomically({source.with_name(session.decisions_name): session.decisions})
        options = replace(stored.build_options, output=work / "bags")
        bag = archive_reports(source, options)
        data = shutil.make_archive(str(work / "bag"), "zip", bag.path.parent, bag.path.name)
        with open(data, "rb") as file:  # noqa: PTH123 - make_archive returns a text
            write_atomically({result_path(request.folder, BAG): file.read()})
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(work)
    write_stored(request.folder, stored.with_state(results=(*_without(stored.results, BAG), BAG)))


def _without(suffixes: tuple[str, ...], removed: str) -> tuple[str, ...]:
    return tuple(suffix for suffix in suffixes if suffix != removed)


def _summary(view: ReportView) -> Summary:
    return Summary(
        title=view.title,
        pages=len(view.pages),
        edits_made=sum(edit.is_made for edit in view.edits),
        proposed=sum(edit.state == "proposed" for edit in view.edits),
        failed_checks=len(view.checks),
        warnings=sum(finding.severity != "note" for finding in view.findings),
    )
