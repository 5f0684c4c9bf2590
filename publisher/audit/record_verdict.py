"""The verdict on a record: each claim that the source or the PDF contradicts, and each that is not compared.

Input: a record, the PDF as read, and the attempt to make the publication again. Output: a ``Verdict``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publisher._version import __version__
from publisher.audit.claims import depends_on_layout, uncompared_keys
from publisher.audit.differences import ABSENT, Difference, differences
from publisher.audit.glyph_shapes import shape_findings
from publisher.audit.option_effects import OptionEffects
from publisher.audit.other_versions import recorded_software_differences
from publisher.audit.shown_claims import shown_differences
from publisher.messages import join_texts, translatable
from publisher.model import Severity
from publisher.text.counted_nouns import count_noun
from publisher.verify.record_rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.audit.remaking import Remaking
    from publisher.model import Finding, Verdict
    from publisher.model.record_types import Record
    from publisher.pdf.document import PdfDocument

MAX_FINDINGS: Final = 200
"""Claims that are named one by one; the keys of the others are named together."""
_QUOTE_LENGTH: Final = 60
NO_EFFECTS: Final = OptionEffects()
_UNRECORDED_OPTIONS: Final = frozenset({"print", "bilingual"})
"""Clauses of findings about the options ``icc`` and ``emit``, which a record does not contain."""


def judge_record(
    record: Record,
    pdf: PdfDocument,
    remaking: Remaking,
    *,
    length: int,
    decisions_here: bool,
    effects: OptionEffects = NO_EFFECTS,
) -> Verdict:
    """Return the verdict on a record.

    Args:
        record: The record.
        pdf: Its PDF, as read.
        remaking: The attempt to make the publication again; without a source it says so.
        length: The number of bytes of the file before any signature.
        decisions_here: Whether the decisions file was used.
        effects: The options that nothing proves.

    """
    findings = [
        _contradiction(item, "the PDF has") for item in shown_differences(pdf, record, length)
    ]
    findings += _remade_findings(record, remaking, decisions_here=decisions_here)
    findings += shape_findings(pdf, record, remaking)
    if remaking.impossible:
        findings.append(
            RULES.finding(
                "claim",
                translatable("source and options: {impossible}", impossible=remaking.impossible),
            )
        )
    elif remaking.record is None:
        keys = join_texts(", ", uncompared_keys(shown_only=True))
        findings.append(
            _uncompared(
                translatable(
                    "{keys} and the shapes of glyphs are not compared: {reason}",
                    keys=keys,
                    reason=remaking.reason,
                )
            )
        )
    for name in effects.ineffective:
        value = _quote(record["options"].get(name))
        findings.append(
            _uncompared(
                translatable(
                    "options.{name} is {value}, which changes nothing in this report",
                    name=name,
                    value=value,
                ),
                hint="",
            )
        )
    if effects.unproven:
        names = join_texts(", ", effects.unproven)
        message = translatable(
            "options {names} have their defaults; other values might change nothing in this report",
            names=names,
        )
        findings.append(_uncompared(message, hint=""))
    return RULES.verdict(_listed(findings), version=__version__)


def _remade_findings(
    record: Record, remaking: Remaking, *, decisions_here: bool
) -> Iterator[Finding]:
    """Yield the differences between the record and the record made again."""
    for name, recorded, here in recorded_software_differences(record):
        yield _uncompared(
            translatable(
                "software.{name}: the record says {recorded}, here it is {present}",
                name=name,
                recorded=_quote(ABSENT if recorded is None else recorded),
                present=_quote(ABSENT if here is None else here),
            )
        )
    if remaking.record is None:
        return
    yield from _restrictions(record, remaking, decisions_here=decisions_here)
    records = [_comparable(item) for item in (record, remaking.record)]
    if not decisions_here and record.get("decisions"):
        for comparable in records:
            comparable["decisions"] = None
    by_other_versions = 0
    for item in differences(records[0], records[1]):
        is_of_file = item.path in ("pdf.sha256", "pdf.bytes") and item.recorded is not ABSENT
        if remaking.same_file and is_of_file:
            continue
        reason = _uncertain(item, record, decisions_here=decisions_here) or remaking.reason
        if remaking.other_style and depends_on_layout(item.path):
            reason = remaking.other_style
        if reason:
            by_other_versions += reason == remaking.reason
            words = _words(item, "made again here it is")
            yield _uncompared(translatable("{words}: {reason}", words=words, reason=reason))
        else:
            yield _contradiction(item, "the source gives")
    if by_other_versions:
        yield RULES.finding(
            "other versions",
            translatable(
                "the record differs in {claims} from the one made again here, because of other versions or of a change: {reason}",
                claims=count_noun(by_other_versions, "claim"),
                reason=remaking.reason,
            ),
        )
    yield from _verdict_versions(record, remaking.record)


def _restrictions(record: Record, remaking: Remaking, *, decisions_here: bool) -> Iterator[Finding]:
    """Yield what is not compared though the publication was made again."""
    if record.get("decisions") and not decisions_here:
        yield _uncompared("decisions are not compared: the decisions file is not here")
    if remaking.other_style:
        yield _uncompared(
            translatable(
                "what depends on the style {quote} is not compared: {other_style}",
                quote=_quote(record["options"]["style"]),
                other_style=remaking.other_style,
            )
        )
    if remaking.glossary_from_record:
        yield _uncompared("conversion.glossary is not compared: the glossary is not here")


def _comparable(record: Record) -> dict[str, Any]:
    """Return a record without what is compared with this machine instead."""
    verdicts = [{**verdict, "version": ""} for verdict in record["pdf"]["verdicts"]]
    entry: dict[str, Any] = {**record, "pdf": {**record["pdf"], "verdicts": verdicts}}
    # the paths of a style and a glossary are valid here or in the bag
    entry["options"] = {}
    del entry["software"]
    return entry


def _verdict_versions(record: Record, remade: Record) -> Iterator[Finding]:
    """Yield the validators whose version in the record is not that of the same validator here."""
    here = {
        (verdict["profile"], verdict["validator"]): verdict["version"]
        for verdict in remade["pdf"]["verdicts"]
    }
    for number, verdict in enumerate(record["pdf"]["verdicts"]):
        version = here.get((verdict["profile"], verdict["validator"]), verdict["version"])
        if verdict["version"] != version:
            path = f"pdf.verdicts[{number}].version"
            item = Difference(path=path, recorded=verdict["version"], remade=version)
            if verdict["validator"] == "publisher" and record["software"]["publisher"] == version:
                yield _contradiction(item, "the source gives")
            else:
                yield _uncompared(_words(item, "here it is"))


def _uncertain(item: Difference, record: Record, *, decisions_here: bool) -> str:
    """Return why a difference may have another cause than a change; empty if it has none."""
    if not item.path.startswith("findings["):
        return ""
    number = int(item.path.removeprefix("findings[").partition("]")[0])
    findings = record["findings"]
    if item.remade is not ABSENT or number >= len(findings):
        return ""
    clause = findings[number]["clause"]
    if clause in _UNRECORDED_OPTIONS:
        return "it depends on options that a record does not contain"
    if record.get("decisions") and not decisions_here and clause.startswith("decision"):
        return "the decisions file is not here"
    return ""


def _contradiction(item: Difference, witness: str) -> Finding:
    return RULES.finding("claim", _words(item, witness))


def _uncompared(message: str, *, hint: str | None = None) -> Finding:
    return RULES.finding("uncompared", message, hint=hint)


def _words(item: Difference, witness: str) -> str:
    return translatable(
        "{path}: the record has {recorded}, {witness} {remade}",
        path=item.path,
        recorded=_quote(item.recorded),
        witness=witness,
        remade=_quote(item.remade),
    )


def _quote(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _QUOTE_LENGTH else f"{text[:_QUOTE_LENGTH]}…"


def _listed(findings: list[Finding]) -> list[Finding]:
    """Return the findings, each once; those beyond the limit as one, which names their keys."""
    findings = list(dict.fromkeys(findings))
    findings.sort(key=lambda finding: finding.severity is Severity.NOTE)
    if len(findings) <= MAX_FINDINGS:
        return findings
    listed, others = findings[:MAX_FINDINGS], findings[MAX_FINDINGS:]
    keys = dict.fromkeys(finding.message.partition(":")[0].partition("[")[0] for finding in others)
    severity = Severity.ERROR if others[0].severity is Severity.ERROR else Severity.NOTE
    message = translatable(
        "{claim_count} more claims differ or are not compared: {keys}",
        claim_count=len(others),
        keys=join_texts(", ", keys),
    )
    clause = "claim" if severity is Severity.ERROR else "uncompared"
    return [*listed, RULES.finding(clause, message)]
