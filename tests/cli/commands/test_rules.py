"""The documented rules: their list, their page, and the truth of their examples."""

import json
import re
import shlex
from pathlib import Path

import pytest

from publisher.cli.console import Console
from publisher.cli.main import main
from publisher.cli.parser import create_parser
from publisher.cli.rule_catalogue import find_entries, load_entries, markdown_page
from publisher.cli.sources import OptionSources
from publisher.conversion import conversion_findings, convert
from publisher.decisions import DecisionsFile, bind_decisions, unused_edit_findings
from publisher.errors import UsageError
from publisher.model import Conversion, FindingRule
from publisher.normalise import normalise
from publisher.options import Options
from publisher.parse import MetadataOverrides, parse
from publisher.parse.heading_stops import remove_heading_stops
from publisher.pipeline.findings import option_findings, output_findings, signature_findings
from publisher.readers import read_bytes
from publisher.readers.converted_formulas import find_lost_formulas
from publisher.readers.docx.text_builder import RULES
from publisher.statistics import extract, failures
from publisher.verify.rule_entries import ENTRIES as VERIFICATION_ENTRIES
from tests.corpus.rules import apply_rule
from tests.readers.rule_examples import example_file
from tests.readers.word import docx, p

ROOT = Path(__file__).parents[3]
ENTRIES = load_entries()


def options_of(example):
    arguments = create_parser().parse_args(["build", "r.txt", *shlex.split(example.options)])
    return Options(**OptionSources.from_arguments(arguments, Console()).arguments)


def run_stages(text, options):
    """Return the report, the edits and the findings of a text."""
    name = "report.md" if text.startswith("# ") else "report.txt"
    raw, _ = read_bytes(text.encode("utf-8", "surrogatepass"), name=name)
    result = normalise(raw)
    normalised, edits, normalise_findings = result.source, result.edits, result.findings
    converted, conversion_edits, conversion = convert(normalised, options.conversion())
    parsed = parse(converted, overrides=MetadataOverrides(title=options.title))
    overrides = MetadataOverrides(title=options.title, issuer=options.issuer, date=options.date)
    findings = (
        *signature_findings(parsed.report, overrides),
        *normalise_findings,
        *conversion_findings(conversion, options.script),
        *parsed.findings,
    )
    return converted, parsed, (*edits, *conversion_edits, *parsed.edits), findings


def check_finding(entry, example):
    *_, findings = run_stages(example.before, options_of(example))
    messages = [(finding.clause, finding.message) for finding in findings]
    assert (entry.clause, example.after) in messages


def check_normalising(entry, example):
    assert apply_rule(entry, example.before, with_proposals=True) == example.after


def check_conversion(entry, example):
    converted, _, edits, _ = run_stages(example.before, options_of(example))
    assert converted.plain_text() == example.after
    assert any(edit.rule == entry.name and edit.stage == "convert" for edit in edits)


def check_title(entry, example):
    _, parsed, edits, _ = run_stages(example.before, options_of(example))
    assert parsed.report.metadata.title == example.after
    assert any(edit.rule == entry.name for edit in edits)


def check_table_spans(entry, example):
    text = (
        "某镇2021年政府信息公开年度报告\n三、申请情况\n"
        f"|（本列数据）|（本列数据）|（本列数据）|{'申请人情况|' * 7}\n"
        f"|（本列数据）|（本列数据）|（本列数据）|自然人|{'法人或其他组织|' * 5}总计|\n"
        "|（本列数据）|（本列数据）|（本列数据）|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|\n"
        "|一、本年新收政府信息公开申请数量|一、本年新收政府信息公开申请数量|一、本年新收政府信息公开申请数量|1|0|0|0|0|0|1|\n"
        "|二、上年结转政府信息公开申请数量|二、上年结转政府信息公开申请数量|二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0|\n"
    )
    _, _, edits, _ = run_stages(text, options_of(example))
    removed = [edit.before for edit in edits if edit.rule == entry.name]
    assert example.after in removed


def check_reading(entry, example):
    if entry.name == "lost-formulas":  # whether LibreOffice reads formulas depends on the machine
        text = docx(p("效率按式计算"))
        (finding,) = find_lost_formulas(rb"{\rtf1{\mmath{\*\moMath{\mr Q}}}}", text, where="r.rtf")
        assert example.after == finding.message
        return
    data, name, encoding = example_file(entry, example)
    source, edits = read_bytes(data, name=name, encoding=encoding)
    if isinstance(entry, FindingRule):
        assert (entry.clause, example.after) in [
            (item.clause, item.message) for item in source.findings
        ]
        return
    assert source.plain_text() == example.after
    assert entry.name in {edit.rule for edit in edits}


def check_options(entry, example):
    options = options_of(example)
    conversion = Conversion(source_script="zh-Hans", target="zh-Hans")
    findings = [*option_findings(options), *output_findings((), options, conversion)]
    assert example.after in [finding.message for finding in findings]


def check_arithmetic(entry, example):
    text = f"# 某市2017年政府信息公开工作年度报告\n\n## 一、概述\n\n{example.before}\n"
    normalised = normalise(read_bytes(text.encode(), name="report.md")[0]).source
    report = parse(normalised, overrides=MetadataOverrides()).report
    (finding,) = failures(extract(report))
    assert finding.message == example.after
    assert finding.clause in entry.codes


DECIDED_SOURCE = (
    "某市2017年工作报告\n一、概况\n收到申请2件，全部按期办结。\n某市政府\n2018年1月8日\n"
)


def check_decision(entry, example):
    raw, _ = read_bytes(DECIDED_SOURCE.encode(), name="report.txt")
    file = DecisionsFile(name="d.toml", data=example.before.encode(), where="d.toml")
    bound = bind_decisions(file, raw)
    result = normalise(raw, decisions=bound.decisions.edits)
    overrides = MetadataOverrides(subtitle=bound.decisions.subtitle)
    parsed = parse(result.source, overrides=overrides, decisions=bound.decisions)
    if isinstance(entry, FindingRule):
        findings = (
            *bound.findings,
            *unused_edit_findings(result.unused_decisions),
            *parsed.findings,
        )
        assert (entry.clause, example.after) in [(item.clause, item.message) for item in findings]
    else:
        assert [text.string for text in parsed.report.subtitle] == [example.after]
        assert any(edit.rule == entry.name for edit in parsed.edits)


def check_contents(entry, example):
    source = normalise(read_bytes(example.before.encode(), name="report.txt")[0]).source
    parsed = parse(source, overrides=MetadataOverrides())
    removed = [edit.before for edit in parsed.edits if edit.rule == entry.name]
    assert removed == example.after.split("\n")


def check_heading_stop(entry, example):
    _, parsed, *_ = run_stages(example.before, options_of(example))
    report, edits = remove_heading_stops(parsed.report)
    headings = [section.heading.text.string for section in report.walk()]
    assert example.after in headings
    assert [edit.rule for edit in edits] == [entry.name]


CHECKS = {
    "heading-stop": check_heading_stop,
    "printed-contents": check_contents,
    "decision finding": check_decision,
    "decided-text": check_decision,
    "ineffective-decision": check_decision,
    "arithmetic check": check_arithmetic,
    "option finding": check_options,
    "signature-unchanged": check_finding,
    "reading rule": check_reading,
    "reading finding": check_reading,
    "normalising rule": check_normalising,
    "conversion rule": check_conversion,
    "title-override": check_title,
    "table-spans": check_table_spans,
}
"""How an example is run, by the name of its entry or by its kind."""


@pytest.mark.parametrize(
    ("entry", "example"),
    [
        pytest.param(entry, example, id=f"{entry.kind}-{entry.name}-{number}")
        for entry in ENTRIES
        for number, example in enumerate(entry.examples, 1)
    ],
)
def test_an_example_is_true(entry, example):
    check = CHECKS.get(entry.name) or CHECKS.get(entry.kind)
    if check is None and isinstance(entry, FindingRule):
        check = check_finding
    assert check, f"add to CHECKS how an example of {entry.kind} is run"
    check(entry, example)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        pytest.param(entry, text, id=f"{entry.name}-{number}")
        for entry in ENTRIES
        if isinstance(entry, FindingRule)
        for number, text in enumerate(entry.unchanged, 1)
    ],
)
def test_an_exception_is_not_reported(entry, text):
    *_, findings = run_stages(text, options_of(entry.examples[0]))
    pattern = re.sub(r"\\\{\w+\\\}", ".*", re.escape(entry.message))
    assert not [finding for finding in findings if re.fullmatch(pattern, finding.message)]


def test_every_entry_is_complete():
    for entry in ENTRIES:
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", entry.name)
        assert entry.summary.endswith("."), entry.name
        assert entry.reason.endswith("."), entry.name
        if entry not in VERIFICATION_ENTRIES:  # an example of theirs would be a PDF
            assert entry.examples, entry.name
            assert entry.exceptions, entry.name
    names = [(entry.kind, entry.name) for entry in ENTRIES]
    assert len(set(names)) == len(names)


_EDIT_RULE = re.compile(
    r"(?:EditRule\(\s*|\brule=|RULE = |LINE_BREAK, \w+ = )\"([a-z]+(?:-[a-z]+)*)\"|\"(html-[a-z-]+)\""
)


def test_every_edit_of_a_reader_has_an_entry():
    sources = (ROOT / "publisher" / "readers").rglob("*.py")
    matches = [
        match for path in sources for match in _EDIT_RULE.finditer(path.read_text(encoding="utf-8"))
    ]
    names = {match[1] or match[2] for match in matches} | set(RULES) | {"table-bars", "table-gaps"}
    assert len(names) > 25
    assert names == {entry.name for entry in ENTRIES if entry.kind == "reading rule"}


def test_the_page_is_up_to_date():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page.rstrip("\n") == markdown_page(ENTRIES).rstrip("\n"), (
        "run: publisher rules --markdown > docs/rules.md"
    )


def test_the_list_has_every_rule(capsys):
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [entry.name for entry in ENTRIES]


def test_one_rule_is_explained(capsys):
    assert main(["rules", "brackets"]) == 0
    output = capsys.readouterr().out
    assert "各区(县)机关 → 各区（县）机关" in output
    assert "Reason: GB/T 15834" in output


def test_a_clause_leads_to_its_findings(capsys):
    assert main(["rules", "characters", "--json"]) == 0
    names = [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()]
    assert names == [
        "damaged-characters",
        "unknown-private-use",
        "stacked-marks",
        "reversed-text",
        "parting-character",
        "removed-control",
    ]
    assert len(find_entries(ENTRIES, "quotation-marks")) == 2


def test_an_unknown_name_gets_a_suggestion(capsys):
    assert main(["rules", "bracket"]) == UsageError.exit_code
    assert "did you mean brackets?" in capsys.readouterr().err
