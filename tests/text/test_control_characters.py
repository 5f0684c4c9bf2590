"""Control characters in texts that are shown on a terminal."""

from publisher.cli.console import Console
from publisher.model import Finding, Severity
from publisher.text.control_characters import escape_controls


def test_text_without_controls_stays():
    text = "清河县\t2023年：“通报” é"
    assert escape_controls(text) == text


def test_a_finding_with_line_ends_is_one_line(capsys):
    name = "甲\nreport.pdf: verified\r\x1b[2K\x9b\u2028\u202e乙"
    finding = Finding(clause="c", severity=Severity.ERROR, message=name, hint=name)
    Console().finding(finding, where="a\nb.pdf")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("error: a\\x0ab.pdf: 甲\\x0areport.pdf: verified\\x0d\\x1b[2K")
    assert "\u202e" not in "".join(lines)
