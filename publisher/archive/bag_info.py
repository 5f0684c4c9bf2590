"""What a bag says of itself: ``bag-info.txt``, and a table with a row for each report.

Enters: what was packed, and what the archive gives. Leaves: elements in a fixed order: the reserved labels of RFC 8493
(2.2.2), the elements of DA/T 46-2009 under their own names, and Dublin Core. What is not known is
left out.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING, Any

from publisher._version import __version__
from publisher.archive.bag_layout import FAILURES, TABLE, report_path
from publisher.archive.pronom_formats import format_of
from publisher.errors import UsageError
from publisher.export.csv_table import encode_csv
from publisher.output_names import PDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.archive.bagit import Fixity
    from publisher.archive.pack_report import Packed

Elements = list[tuple[str, str]]

DATE, OXUM, EPOCH, AGENT = (
    "Bagging-Date",
    "Payload-Oxum",
    "Source-Date-Epoch",
    "Bag-Software-Agent",
)
COMPUTED = (
    DATE, OXUM, EPOCH, AGENT, "Tag-File-Character-Encoding", "BagIt-Version", "页数", "格式信息",
    "计算机文件名", "计算机文件大小", "文档创建程序", "数字摘要", "DC.type", "DC.format", "DC.source",
)  # fmt: skip
"""Labels whose values nobody can give: the files and the moment say them."""


def parse_given(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return what an archive gives as KEY=VALUE; raise ``UsageError`` where it cannot be an element."""
    given = []
    for text in texts:
        label, equals, value = text.partition("=")
        label, value = label.strip(), value.strip()
        if not equals or not label or not value:
            raise UsageError(
                f"info: {text!r} is not KEY=VALUE", hint="for instance: --info 全宗号=0123"
            )
        bad = next((one for one in label + value if unicodedata.category(one) in _NO_TEXT), "")
        if bad or ":" in label:
            raise UsageError(
                f"info: {text!r} cannot be a line of bag-info.txt",
                hint="a key has no colon, and neither has line ends or invisible signs",
            )
        if label.casefold() in {one.casefold() for one in COMPUTED}:
            raise UsageError(
                f"info: {label} is found out, not given", hint="leave it out; it is in every bag"
            )
        given.append((label, value))
    return tuple(given)


_NO_TEXT = ("Cc", "Cs", "Zl", "Zp")


def describe_packed(packed: Packed) -> Elements:
    """Return the elements of a report that was packed."""
    item = packed.item
    fixity = packed.files[report_path(item.name, PDF)]
    return describe_report(packed.record, name=item.name, fixity=fixity, source=item.source)


def describe_report(
    record: Mapping[str, Any], *, name: str, fixity: Fixity, source: str
) -> Elements:
    """Return the elements of one report, by DA/T 46-2009 and by Dublin Core.

    ``fixity`` is that of its PDF; ``source`` is where its source is in the bag.
    """
    report, pdf = record["report"], record["pdf"]
    path = report_path(name, PDF)
    elements = [
        ("聚合层次", "文件"),
        ("电子文件号", f"sha256:{fixity.digests['sha256']}"),
        ("题名", report["title"]),
        ("文件编号", report["document_number"]),
        ("责任者", report["issuer"]),
        ("日期", report["date"]),
        ("页数", str(pdf["pages"])),
        ("语种", report["language"]),
        ("格式信息", _format_information(pdf["declares"], path)),
        ("计算机文件名", path),
        ("计算机文件大小", str(fixity.size)),
        ("文档创建程序", f"Publisher {record['software']['publisher']}"),
        ("数字摘要", f"SHA-256 {fixity.digests['sha256']}"),
        ("DC.title", report["title"]),
        ("DC.publisher", report["issuer"]),
        ("DC.date", report["date"]),
        ("DC.identifier", report["document_number"]),
        ("DC.language", report["language"]),
        ("DC.coverage", report["period"]),
        ("DC.type", "Text"),
        ("DC.format", "application/pdf"),
        ("DC.source", source),
    ]
    return [(label, one_line(value)) for label, value in elements if one_line(value)]


def _format_information(declares: Sequence[str], path: str) -> str:
    """Return a PDF's format in the parts that DA/T 46-2009 has for it."""
    designation = f"格式名称：PDF，格式版本：{'、'.join(declares)}，MIME媒体类型：application/pdf"
    registry = f"格式注册系统名称：PRONOM，注册ID：{format_of(path, declares).key}"
    return f"{designation}；{registry}"


def describe_bag(
    packed: Sequence[Packed],
    *,
    failed: int,
    called: str,
    payload: bytes,
    given: Sequence[tuple[str, str]],
    computed: Mapping[str, str],
) -> Elements:
    """Return the elements of ``bag-info.txt``.

    ``called`` is what the folder was called that was archived whole, else empty; ``payload`` the payload manifest;
    ``computed`` what only the moment and the files say.
    """
    issuers = {one.record["report"]["issuer"] for one in packed}
    own = [] if called else describe_packed(packed[0])
    title = packed[0].record["report"]["title"]
    identifier = dict(own).get("电子文件号", f"sha256:{hashlib.sha256(payload).hexdigest()}")
    elements = [
        ("Source-Organization", issuers.pop() if len(issuers) == 1 else ""),
        ("External-Description", _described(called, len(packed), failed) if called else title),
        ("External-Identifier", identifier),
        (AGENT, f"Publisher {__version__}"),
        *computed.items(),
        *own,
    ]
    replaced = {label.casefold() for label, _ in given}
    found = [(label, one_line(value)) for label, value in elements if one_line(value)]
    return [*(one for one in found if one[0].casefold() not in replaced), *given]


def _described(called: str, reports: int, failed: int) -> str:
    rest = ""
    if failed:
        sources = "1 source" if failed == 1 else f"{failed} sources"
        rest = f"; {sources} could not be archived, see {FAILURES}"
    those = "1 report" if reports == 1 else f"{reports} reports"
    return f"{called}: {those}, described in {TABLE}{rest}"


def encode_table(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the table of the reports, its columns those that any of them has."""
    columns = dict.fromkeys(label for row in rows for label in row)
    return encode_csv(tuple(columns), rows)


def one_line(value: str) -> str:
    """Return a value as one line."""
    kept = (" " if unicodedata.category(one) in _NO_TEXT else one for one in value)
    return " ".join("".join(kept).split())
