"""A mistake in the arguments is explained in two lines, whatever argparse would print."""

import json
import shlex

import pytest

from publisher.cli.commands import COMMANDS, EXAMPLES
from publisher.cli.main import main
from publisher.cli.parser import create_parser
from publisher.errors import UsageError

BUILD = "for example: publisher build report.txt; publisher build --help lists the arguments"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("", "publisher: COMMAND is missing",
         "for example: publisher build report.txt; publisher --help lists the commands"),
        ("bild", "bild: publisher has no such command", "did you mean build?"),
        ("--lang fr check r.txt", "publisher: --lang: 'fr' is not a possible value", "known: zh-Hans, zh-Hant, en"),
        ("build", "publisher build: SOURCE is missing", BUILD),
        ("explain-lines", "publisher explain-lines: FILE and --page are missing",
         "for example: publisher explain-lines report.txt --page 1; publisher explain-lines --help lists the arguments"),
        ("build r.txt --title", "publisher build: --title has no value", BUILD),
        ("build r.txt --jobs two", "publisher build: --jobs: 'two' is not a whole number", BUILD),
        ("build r.txt --bleed wide", "publisher build: --bleed: 'wide' is not a number of millimetres",
         "for example: --bleed 3"),
        ("preflight r.pdf --max-ink 3mm", "publisher preflight: --max-ink: '3mm' is not a number of per cent",
         "for example: --max-ink 300"),
        ("build r.txt --deadline soon", "publisher build: --deadline: 'soon' is not a number", BUILD),
        ("completion bsh", "publisher completion: shell: 'bsh' is not a possible value", "did you mean bash?"),
        ("build -q -v r.txt", "publisher build: --verbose and --quiet exclude each other", "leave one of them out"),
        ("build r.txt --marks=2", "publisher build: --marks takes no value, but has '2'", "leave the value out"),
        ("build r.txt --s x", "publisher build: --s is the beginning of several options",
         "write one of them: --storage, --style, --script, --strict"),
    ],
)  # fmt: skip
def test_a_mistake_is_explained_in_two_lines(line, message, hint, capsys):
    assert main(shlex.split(line)) == UsageError.exit_code
    assert capsys.readouterr() == ("", f"error: {message}\n hint: {hint}\n")


@pytest.mark.parametrize(
    ("line", "name", "number"),
    [
        ("build r.txt --bleed 3mm", "bleed", 3),
        ("build r.txt --bleed 3.5毫米", "bleed", 3.5),
        ("impose r.pdf --creep 0.1mm", "creep", 0.1),
        ("preflight r.pdf --max-ink 300%", "max_ink", 300),
        ("preflight r.pdf --min-ppi 300dpi", "min_ppi", 300),
    ],
)
def test_a_number_may_have_its_unit(line, name, number):
    assert getattr(create_parser().parse_args(shlex.split(line)), name) == number


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_its_usage(command, capsys):
    assert main([command, "--json=1", "--"]) == UsageError.exit_code
    first, second = capsys.readouterr().err.splitlines()
    assert "takes no value" in first
    assert second == " hint: leave the value out"


@pytest.mark.parametrize("words", [("--lang", "zh-Hans"), ("--json",), ("-v",), ("-q",)])
def test_options_of_all_commands_may_stand_before_the_command(words, capsys):
    answers = []
    for line in ([*words, "check", "no.txt"], ["check", "no.txt", *words]):
        main(line)
        answers.append(capsys.readouterr())
    assert answers[0] == answers[1]
    before = create_parser().parse_args([*words, "styles"])
    behind = create_parser().parse_args(["styles", *words])
    for name in ("lang", "json", "verbose", "quiet"):
        assert getattr(before, name) == getattr(behind, name)


def test_a_mistake_is_an_object_with_json(capsys):
    assert main(["verify", "--json"]) == UsageError.exit_code
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["where"], event["message"]) == ("publisher verify", "PDF|BAG|FOLDER is missing")
    assert event["exit_code"] == UsageError.exit_code


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_possible_example(command):
    program, *arguments = shlex.split(EXAMPLES[command])
    assert (program, arguments[0]) == ("publisher", command)
    assert create_parser().parse_args(arguments).command == command


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--bleed", "5"], "--bleed: has no effect without --profile print"),
        (["--marks"], "--marks: has no effect without --profile print"),
        (["--forms", "standard"], "without --script zh-Hant-TW|zh-Hant-HK"),
        (["--vocabulary", "tw", "--script", "zh-Hans-CN"], "--vocabulary: has no effect"),
        (["--names", "云坪"], "--names: has no effect"),
        (["--bleed", "5", "--profile", "print"], ""),
        (["--forms", "standard", "--script", "zh-Hant-TW"], ""),
    ],
)
def test_an_option_without_an_effect_is_reported(tmp_path, capsys, options, message):
    source = tmp_path / "r.txt"
    source.write_text("云坪市工作报告\n全年平稳。\n", encoding="utf-8")
    assert main(["build", "--dry-run", str(source), "-o", str(tmp_path / "out"), *options]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == (2 if message else 0)
    assert message in "".join(lines)


def test_an_option_of_the_file_is_not_reported(tmp_path, capsys):
    """A file of options serves several profiles."""
    (tmp_path / "publisher.toml").write_text("bleed = 5.0\n", encoding="utf-8")
    source = tmp_path / "r.txt"
    source.write_text("云坪市工作报告\n全年平稳。\n", encoding="utf-8")
    assert main(["build", "--dry-run", str(source), "-o", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err == ""


def test_an_option_without_an_effect_is_reported_once(tmp_path, capsys):
    """The finding of the report says it where findings are printed."""
    source = tmp_path / "r.txt"
    source.write_text("云坪市工作报告\n全年平稳。\n", encoding="utf-8")
    options = ("--marks", "--profile", "draft", "--tables", "none")
    assert main(["build", str(source), "-o", str(tmp_path / "out"), *options]) == 0
    assert capsys.readouterr().err.count("marks") == 1
