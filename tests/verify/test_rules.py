"""The tables of rules: each clause that a verdict can report is in one, and each rule is used."""

import ast
from pathlib import Path

import pytest

from publisher import verify
from publisher.model import Finding, Severity
from publisher.verify.rule import VerdictRules, VerificationRule
from publisher.verify.rule_entries import ENTRIES, TABLES
from publisher.verify.visibility import verification as visibility

PACKAGE = Path(verify.__file__).parent
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): ast.parse(path.read_text("utf-8"))
    for path in PACKAGE.rglob("*.py")
}
AUDIT = {
    f"audit/{path.stem}": ast.parse(path.read_text("utf-8"))
    for path in (PACKAGE.parent / "audit").glob("*.py")
}
PREFIXES = {"matterhorn": "Matterhorn ", "semantics": "semantics: "}
"""What ``_finding`` of these modules puts before a clause."""
CREATORS = {"rule", "validators", "verapdf"}
"""Modules that create findings: the rules, and adapters of validators with clauses of their own."""
CLAUSE_SETS = {
    "preflight": ["preflight/file_rules", "preflight/page_rules", "preflight/inspection"],
    "semantics": ["semantics"],
    "matterhorn": ["matterhorn"],
    "text": ["text_comparison", "__init__"],
    "visibility": ["visibility/verification"],
    "widths": ["glyph_widths"],
    "page-validation": ["validators"],
    "uncompared-structure": ["uncompared_structure"],
    "unverified-standard": ["validators"],
    "unrecorded": ["unrecorded"],
    "verapdf": ["verapdf"],
}


def called_name(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def reported_clauses(module):
    """The string constants that are the first argument of a call of ``finding`` or ``_finding``."""
    tree = MODULES[module]
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and called_name(node) in {"finding", "_finding"}
            and node.args
        ):
            options = node.args[0]
            values = [options.body, options.orelse] if isinstance(options, ast.IfExp) else [options]
            for value in values:
                if isinstance(value, ast.Constant):
                    prefix = PREFIXES.get(module, "") if called_name(node) == "_finding" else ""
                    yield prefix + value.value


def object_clauses():
    from publisher.verify.preflight.object_rules import OBJECT_RULES

    return {clause for clause, _ in OBJECT_RULES}


@pytest.mark.parametrize("name", CLAUSE_SETS)
def test_each_reported_clause_has_a_rule_and_each_rule_is_used(name):
    reported = {clause for module in CLAUSE_SETS[name] for clause in reported_clauses(module)}
    if name == "preflight":
        reported |= object_clauses()
    if name == "visibility":
        reported |= set(visibility.MESSAGES)
    rules = {rule.clause for rule in TABLES[name].rules}
    shared = {
        "page-validation": {"unchecked"},
        "unverified-standard": {"readable"},
        "unrecorded": {"readable"},  # of the text: the file cannot be read
    }
    assert reported - shared.get(name, set()) == rules


def test_findings_are_made_only_by_rules():
    trees = {**MODULES, **AUDIT}
    creators = {
        module
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called_name(node) == "Finding"
    }
    assert creators == CREATORS


def test_every_table_is_documented():
    tables = {
        module
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called_name(node) == "VerdictRules"
    }
    assert len(tables) == len(TABLES) - 1  # validators has two tables
    assert len({id(table) for table in TABLES.values()}) == len(TABLES)


def test_every_rule_is_complete():
    names = [entry.name for entry in ENTRIES]
    assert len(set(names)) == len(names)
    for table in TABLES.values():
        for rule in table.rules:
            assert rule.problem.endswith("."), rule.clause
            assert rule.remedy, rule.clause
            assert rule.standard, rule.clause


RULES = VerdictRules(
    profile="example",
    summary="an example",
    rules=(
        VerificationRule(
            clause="a",
            problem="It is wrong.",
            remedy="mend it",
            standard="1",
            severity=Severity.NOTE,
        ),
    ),
)


def test_a_finding_has_the_severity_and_the_remedy_of_its_rule():
    assert RULES.finding("a", "wrong") == Finding(
        clause="a", severity=Severity.NOTE, message="wrong", hint="mend it"
    )
    changed = RULES.finding("a", "wrong", severity=Severity.ERROR, hint="")
    assert (changed.severity, changed.hint) == (Severity.ERROR, "")


def test_a_clause_without_a_rule_is_refused():
    with pytest.raises(KeyError):
        RULES.finding("b", "wrong")


@pytest.mark.parametrize(
    ("severity", "fails_at", "passed"),
    [
        (Severity.NOTE, Severity.WARNING, True),
        (Severity.WARNING, Severity.ERROR, True),
        (Severity.WARNING, Severity.WARNING, False),
        (Severity.ERROR, Severity.WARNING, False),
        (Severity.ERROR, Severity.ERROR, False),
    ],
)
def test_a_verdict_fails_at_a_severity(severity, fails_at, passed):
    findings = [RULES.finding("a", "wrong", severity=severity)]
    assert RULES.verdict(findings, version="0", fails_at=fails_at).passed == passed
