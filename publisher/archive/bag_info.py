"""The metadata of a bag: ``bag-info.txt``, and a table with a row for each report.

Input: the packed reports, and the elements that are set with ``--info``. Output: elements in a fixed order: the reserved
labels of RFC 8493 (2.2.2), the elements of DA/T 46-2009 under their Chinese names, and Dublin Core. Elements without
a known value are omitted.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from publisher._version import __version__
from publisher.archive.bag_layout import FAILURES, TABLE, report_path
from publisher.archive.pronom_formats import identify_format
from publisher.errors import UsageError
from publisher.export.csv_table import encode_csv
from publisher.messages import translatable
from publisher.output_names import PDF
from publisher.text import unicode_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.archive.bagit import Fixity
    from publisher.archive.pack_report import PackedReport

Elements = list[tuple[str, str]]

DATE, OXUM, EPOCH, AGENT = (
    "Bagging-Date",
    "Payload-Oxum",
    "Source-Date-Epoch",
    "Bag-Software-Agent",
)
COMPUTED_LABELS = (
    DATE, OXUM, EPOCH, AGENT, "Tag-File-Character-Encoding", "BagIt-Version", "页数", "格式信息",
    "计算机文件名", "计算机文件大小", "文档创建程序", "数字摘要", "DC.type", "DC.format", "DC.source",
)  # fmt: skip
"""Labels that cannot be set with ``--info``: their values are computed from the files and the time."""


def parse_info_options(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the labels and values of KEY=VALUE texts; raise ``UsageError`` for an invalid one."""
    elements = []
    for text in texts:
        label, equals, value = text.partition("=")
        label, value = label.strip(), value.strip()
        if not equals or not label or not value:
            raise UsageError(
                translatable("info: {text!r} is not KEY=VALUE", text=text),
                hint="for example: --info 全宗号=0123",
            )
        has_control = any(
            unicode_data.category(character) in _CONTROL_CATEGORIES for character in label + value
        )
        if has_control or ":" in label:
            raise UsageError(
                translatable("info: {text!r} cannot be a line of bag-info.txt", text=text),
                hint="a key has no colon; key and value have no line ends or control characters",
            )
        if label.casefold() in {computed.casefold() for computed in COMPUTED_LABELS}:
            raise UsageError(
                translatable("info: {label} is computed and cannot be set", label=label),
                hint="omit it; every bag has it if it applies",
            )
        elements.append((label, value))
    return tuple(elements)


_CONTROL_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")
"""Unicode categories of control characters, surrogates and line ends."""


def describe_packed(packed: PackedReport) -> Elements:
    """Return the elements of a packed report."""
    item = packed.item
    fixity = packed.files[report_path(item.name, PDF)]
    return describe_report(
        packed.record, name=item.name, fixity=fixity, source_path=item.source_path
    )


def describe_report(
    record: Mapping[str, Any], *, name: str, fixity: Fixity, source_path: str
) -> Elements:
    """Return the elements of one report, by DA/T 46-2009 and by Dublin Core.

    ``fixity`` is that of its PDF; ``source_path`` is the path of its source in the bag.
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
        ("DC.source", source_path),
    ]
    return [(label, to_single_line(value)) for label, value in elements if to_single_line(value)]


def _format_information(declares: Sequence[str], path: str) -> str:
    """Return a PDF's format as DA/T 46-2009 structures it: name, version, media type and registry number."""
    designation = f"格式名称：PDF，格式版本：{'、'.join(declares)}，MIME媒体类型：application/pdf"
    registry = f"格式注册系统名称：PRONOM，注册ID：{identify_format(path, declares).puid}"
    return f"{designation}；{registry}"


def describe_bag(
    packed: Sequence[PackedReport],
    *,
    failed: int,
    folder_name: str,
    payload_manifest: bytes,
    supplied: Sequence[tuple[str, str]],
    computed: Mapping[str, str],
) -> Elements:
    """Return the elements of ``bag-info.txt``.

    Args:
        packed: The reports in the bag.
        failed: The number of sources that could not be archived.
        folder_name: The name of the archived folder; empty if a single file was archived.
        payload_manifest: The SHA-256 manifest of the payload.
        supplied: Elements set with ``--info``; they override the other elements.
        computed: Elements computed from the time and the files, such as dates and sizes.
    """
    issuers = {report.record["report"]["issuer"] for report in packed}
    report_elements = [] if folder_name else describe_packed(packed[0])
    if folder_name:
        description = _describe_folder(folder_name, len(packed), failed)
    else:
        description = packed[0].record["report"]["title"]
    identifier = dict(report_elements).get(
        "电子文件号", f"sha256:{hashlib.sha256(payload_manifest).hexdigest()}"
    )
    elements = [
        ("Source-Organization", issuers.pop() if len(issuers) == 1 else ""),
        ("External-Description", description),
        ("External-Identifier", identifier),
        (AGENT, f"Publisher {__version__}"),
        *computed.items(),
        *report_elements,
    ]
    replaced = {label.casefold() for label, _ in supplied}
    known = [(label, to_single_line(value)) for label, value in elements if to_single_line(value)]
    return [*(element for element in known if element[0].casefold() not in replaced), *supplied]


def _describe_folder(folder_name: str, reports: int, failed: int) -> str:
    failures = ""
    if failed:
        source_count = "1 source" if failed == 1 else f"{failed} sources"
        failures = f"; {source_count} could not be archived, see {FAILURES}"
    report_count = "1 report" if reports == 1 else f"{reports} reports"
    return f"{folder_name}: {report_count}, described in {TABLE}{failures}"


def encode_table(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the CSV table of the reports; its columns are all labels that occur."""
    columns = dict.fromkeys(label for row in rows for label in row)
    return encode_csv(tuple(columns), rows)


def to_single_line(value: str) -> str:
    """Return a value without line ends and control characters, with single spaces."""
    replaced = (
        " " if unicode_data.category(character) in _CONTROL_CATEGORIES else character
        for character in value
    )
    return " ".join("".join(replaced).split())
