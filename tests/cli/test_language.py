"""The command line in Chinese: no command prints an English sentence, whatever its outcome."""

import contextlib
import re

import pytest

from publisher.cli.commands import COMMANDS
from publisher.cli.main import main
from publisher.messages.catalogue import Catalogue

CODES = re.compile(
    r"publisher [a-z-]+|apt-get install \S+|scripts/\S+|--[a-z-]+(?: [a-z-]+)?|`[^`]*`|“[^”]*”"
    r"|-l [a-z0-9-]+|-[an] '?[a-z_ -]+|WITH Font-exception|[\w./-]*[./_][\w./-]*"
)
"""Commands, options, values, paths and licences, which are the same in every language."""
NAMES = re.compile(
    r"(?:Noto|DejaVu|Liberation|LXGW|AR PL|BabelStone|Coated|Separation|IP)(?: \w+)*|[A-Z]\w+ [A-Z]\w+"
)
"""Names of fonts and of inks."""
ENGLISH = re.compile(r"[A-Za-z]['’a-z-]*,?(?: [a-z]['’a-z-]*,?){2,}")
"""Three words of English or more in a row."""
ORIGINAL = re.compile(
    "验证程序的原文：.*|(?<=保持不变：).*|(?<=保持不變：).*|(?<=示例：).*|(?<=不符：).*"
)
"""What another program says, texts of sources, and examples."""

TEXT = """云坪市2019年工作报告

一、工作情况

全年收到申请12件,其中上年结转3件,新收10件。  办结率100%。云 坪市

（二）特色工作

共有5件，甲类2件，乙类4件。

云坪市人民政府
2020年1月15日
"""

LINES = """
--help
styles
fonts
doctor
rules
rules numbering
rules punctuation
rules sum
rules signature-unchanged
completion fish
review r.txt
review r.txt --made --accept 1
review r.txt --made --reject punctuation
check r.txt -v
check r.txt --script zh-Hant-TW
check two
compare r.txt s.txt -o out/c.html
build r.txt -v --with-checks --issuer 云坪市政务办 --date 2020-02-03 --marks
build r.txt --dry-run
explain-lines r.txt --page 1
verify out/r.pdf -v
verify out/r.pdf --speech
verify s.txt
preflight out/r.pdf -v
impose out/r.pdf --scheme booklet
stats out
check r.txt --gb9704
check out/r.pdf --gb9704
archive r.txt -o bags
verify bags -v
rebuild bags
volume out -o v.pdf
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Return a function that runs a command line in Chinese in one folder; commands use what earlier ones wrote."""
    folder = tmp_path_factory.mktemp("language")
    (folder / "r.txt").write_text(TEXT, encoding="utf-8")
    (folder / "s.txt").write_text(TEXT.replace("12件", "15件"), encoding="utf-8")
    (folder / "two").mkdir()
    (folder / "two" / "r.txt").write_text(TEXT, encoding="utf-8")
    (folder / "two" / "empty.txt").write_bytes(b"")
    return folder


def english(text):
    """Return the lines that have English sentences."""
    plain = (CODES.sub("", ORIGINAL.sub("", line)) for line in text.splitlines())
    return [line for line in plain if ENGLISH.search(NAMES.sub("", line))]


def run(arguments, capsys):
    with contextlib.suppress(SystemExit):
        main(arguments)
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.typeset
@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_no_command_prints_english(printed, capsys, monkeypatch, line):
    monkeypatch.chdir(printed)
    monkeypatch.setenv("PUBLISHER_LANG", "zh-Hans")
    assert english(run(line.split(), capsys)) == []


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_help_is_english(capsys, monkeypatch, command, language):
    monkeypatch.setenv("PUBLISHER_LANG", language)
    text = run([command, "--help"], capsys)
    assert "SOURCE" not in text
    assert english(text) == []


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_no_rule_is_explained_in_english(language):
    from publisher.cli.rule_catalogue import entry_text, load_entries

    catalogue = Catalogue(language)
    texts = {entry.name: english(entry_text(entry, catalogue)) for entry in load_entries()}
    assert {name: lines for name, lines in texts.items() if lines} == {}


@pytest.mark.typeset
def test_the_tables_of_a_folder_are_in_the_language_of_the_user(printed, capsys, monkeypatch):
    monkeypatch.chdir(printed)
    monkeypatch.setenv("PUBLISHER_LANG", "zh-Hans")
    assert english(run(["build", "two", "-o", "tables"], capsys)) == []
    _, failure = (printed / "tables" / "failures.csv").read_text("utf-8").splitlines()
    assert "没有文字" in failure
    assert english(failure) == []


def test_an_english_sentence_is_noticed():
    assert english("警告：the page has no title（title）")
    assert not english("请运行 publisher doctor，再看 docs/styles.md")
