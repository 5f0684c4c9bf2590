"""The recipes of the documentation: their examples pass the linter and do what the page says."""

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.normalise.rules import RULES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import formats, read_bytes
from publisher.statistics import checks, extract, failures
from publisher.text.edits import replay_edits
from tests.corpus.rules import apply_rule

ROOT = Path(__file__).parents[1]
SUBTITLES = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n全年收到申请12件。\n"
EXAMPLES = {
    "publisher/readers/subtitles.py": ("inputs.md", 0),
    "publisher/normalise/rules/empty_pages.py": ("rules.md", 0),
    "publisher/statistics/checks/ages.py": ("data.md", 0),
}
"""Each example: the module that it would be, its page, and its number among the blocks of Python there."""


def code_of(page, number):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^( *)```python\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return dedent(blocks[number][1])


def report_of(sentence):
    text = f"# 某市2017年政府信息公开工作年度报告\n\n## 一、概述\n\n{sentence}\n"
    source = normalise(read_bytes(text.encode(), name="report.md")[0]).source
    return parse(source, overrides=MetadataOverrides()).report


def module_of(path):
    module = ModuleType(path.removesuffix(".py").replace("/", "."))
    exec(code_of(*EXAMPLES[path]), vars(module))  # noqa: S102 - our own documentation
    return module


@pytest.mark.parametrize("path", EXAMPLES)
def test_examples_pass_the_linter(path):
    code = code_of(*EXAMPLES[path])
    for arguments in (["check"], ["format", "--diff"]):
        command = [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", path, "-"]
        run = subprocess.run(
            command, cwd=ROOT, input=code, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_example_of_a_format_is_read(monkeypatch):
    module = module_of("publisher/readers/subtitles.py")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    line = eval(code_of("inputs.md", 1), {"Format": formats.Format})  # noqa: S307 - our own documentation
    known = (*formats.FORMATS, line)
    source, edits = read_bytes(SUBTITLES.encode(), name="report.vtt", formats=known)
    assert source.plain_text().strip() == "全年收到申请12件。"
    assert replay_edits(SUBTITLES, edits).strip() == "全年收到申请12件。"


def test_the_example_of_a_rule_is_a_rule():
    rule = module_of("publisher/normalise/rules/empty_pages.py").remove_empty_page_lines
    assert rule.order not in {known.order for known in RULES}
    for example in rule.examples:
        assert apply_rule(rule, example.before) == example.after
    for text in rule.unchanged:
        assert apply_rule(rule, text) == text


def test_the_example_of_a_check_fails_and_holds(monkeypatch):
    check = module_of("publisher/statistics/checks/ages.py").check_ages
    monkeypatch.setattr(checks, "SENTENCE_CHECKS", (*checks.SENTENCE_CHECKS, check))
    for example in check.examples:
        (finding,) = failures(extract(report_of(example.before)))
        assert finding.message == example.after
    for text in check.unchanged:
        statistics = extract(report_of(text))
        assert [result.outcome for result in statistics.checks] == [Outcome.HOLDS]
