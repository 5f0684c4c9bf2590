"""Review the edits of a report, and decide about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.api.arguments import checked_options
from publisher.api.reports import load_source
from publisher.errors import UsageError
from publisher.options import NO_FILE, Options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.decisions import DecisionsFile
    from publisher.review import EditReview


def review_edits(
    source: Path | str | bytes,
    options: Options | None = None,
    *,
    name: str = "",
    accept: Iterable[str | int] = (),
    reject: Iterable[str | int] = (),
    write: bool = False,
) -> EditReview:
    """List the edits of a report that are proposed or made, and decide about them.

    Args:
        source: The file of the report, or its content.
        options: ``encoding``, ``edits``, ``decisions`` and ``extensions`` are used; by default ``Options()``. The decisions are
            those of ``decisions``, else those beside the file.
        name: The file name of a source that is given as bytes.
        accept: Names of rules, or numbers of edits, that are accepted.
        reject: Names of rules, or numbers of edits, that are rejected.
        write: Whether the decisions file is written: the one in use, else ``NAME.decisions.toml`` beside the source.

    Returns:
        The edits, each with what happens to it, and the content of the decisions file.

    Raises:
        UsageError: There is no such rule or number, or the file has comments that would be lost.
        SourceError: The report cannot be read.
        OutputError: The decisions file cannot be written.

    Example:
        >>> from publisher import review_edits
        >>> review = review_edits("report.txt", reject=["punctuation"])
        >>> review.decisions.decode().splitlines()[-3:]
        ['[[edit]]', 'rule = "punctuation"', 'decision = "reject"']
    """
    from publisher.extensions import load_extensions
    from publisher.extensions.guards import located
    from publisher.readers import read_bytes
    from publisher.review import review_source

    options = checked_options(options)
    data, file_name, where = load_source(source, name)
    path, file = _decisions_file(source, options)
    if write and path is None:
        raise UsageError(
            "the decisions about a source that is given as bytes have no file",
            hint="name it with the option decisions",
        )
    with located(where):
        extensions = load_extensions(options.extensions)
        raw, read_edits = read_bytes(
            data,
            name=file_name,
            where=where,
            encoding=options.encoding,
            formats=extensions.formats,
        )
        review = review_source(
            raw,
            file,
            selection=options.edits,
            read_edits=read_edits,
            accept=map(str, accept),
            reject=map(str, reject),
            rules=extensions.rules,
        )
    if write and path:
        _write(path, file, review.decisions)
    return review


def decisions_target(source: Path, options: Options) -> Path:
    """Return the decisions file of a source: the one in use, else the one that would be written."""
    path, _ = _decisions_file(source, options)
    if path is None:
        raise AssertionError("a file has a place for its decisions")
    return path


def _decisions_file(
    source: Path | str | bytes, options: Options
) -> tuple[Path | None, DecisionsFile | None]:
    """Return the path of a source's decisions file, and the file if there is one."""
    from publisher.decisions import find_decisions, new_decisions_path, read_decisions_file

    if options.decisions != NO_FILE:
        path = options.decisions
        return path, read_decisions_file(path) if path.exists() else None
    if isinstance(source, bytes):
        return None, None
    file = find_decisions(Path(source))
    return Path(file.where) if file else new_decisions_path(Path(source)), file


def _write(path: Path, file: DecisionsFile | None, data: bytes) -> None:
    from publisher.decisions import has_comments
    from publisher.system.atomic_write import write_atomically

    if file and has_comments(file.data):
        raise UsageError(
            "has comments, which would be lost",
            where=file.where,
            hint='write them as note = "…" below the entries, or keep them elsewhere',
        )
    if file is None or file.data != data:
        write_atomically({path: data})
