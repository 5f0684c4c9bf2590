"""Mistakes on the command line: each is explained in two lines, in the language of the user."""

import re

import pytest

from publisher.cli.main import main

MISTAKES = """
build
build nofile.txt
build r.txt --style 公文
build r.txt --style raeder
build r.txt --profile PDF/A-3a
build r.txt --emit excel
build r.txt --script 繁体
build r.txt --script zh-TW
build r.txt --date 2018-13-40
build r.txt --encoding gbk8
build r.txt --encoding
build r.txt --titel x
build r.txt --jobs 0
build r.txt --jobs two
build r.txt --bleed 90 --profile print
build r.txt --config bad.toml
build r.txt --config nofile.toml
build r.txt -o a.docx
build r.txt --decisions nofile.toml
build empty.txt
build emptydir
build r.txt --tables 附录
build r.txt --vocabulary hk --script zh-Hant-TW
build r.txt -q -v
build r.txt --engine quick
build r.txt --missing-glyph skip
publish r.txt
bild r.txt
verify
verify nofile.pdf
verify r.txt
verify emptydir
preflight nofile.pdf
impose nofile.pdf
stats emptydir
stats nofolder
check nofile.txt
check r.txt --scrip zh-TW
review nofile.txt
archive nofile
archive r.txt --info x
volume emptydir
compare r.txt
compare r.txt nofile.txt
rules no-such-rule
completion tcsh
build http://example.org/report.html
build r.txt --bleed -1
build r.txt --emit pdf,excel
build r.txt --deadline soon
build r.txt --forms tw
check r.txt --stict
review r.txt --accept punctation
review r.txt --accept 99
compare r.txt r.txt -o out.docx
sign r.txt --key nofile.p12
sign nofile.pdf --key nofile.p12 --tsa-url https://时间.example/tsa
verify r.txt emptydir --source r.txt
rebuild r.txt
explain-lines r.txt
explain-lines r.txt --page first
volume r.txt -o v.docx
stats emptydir -o figures.docx
impose nofile.pdf --paper 大25开
impose nofile.pdf --paper 对开
impose nofile.pdf --scheme 胶订
impose nofile.pdf --creep thin
preflight nofile.pdf --max-ink high
preflight nofile.pdf --min-ppi 300线
check form.pdf
archive form.pdf
archive r.txt --info 全宗号
sign r.txt --key key.pem
fonts uninstall
"""
ENGLISH = re.compile(r"(?<![\w./-])(?:(?!publisher)[a-z]{2,} ){2,}[a-z]{2,}(?![\w.])")
"""Three words of English in a row, which are no command."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mistakes")
    (folder / "r.txt").write_text("云坪市2019年工作报告\n\n全年收到申请12件。\n", encoding="utf-8")
    (folder / "bad.toml").write_text('stile = "reader"\n', encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "form.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "emptydir").mkdir()
    return folder


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("line", MISTAKES.strip().splitlines())
def test_a_mistake_is_explained_in_two_lines(folder, capsys, monkeypatch, line, language):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PUBLISHER_LANG", language)
    assert main(line.split()) != 0
    written = capsys.readouterr().err.splitlines()
    assert len(written) == 2
    assert written[0].startswith(("错误：", "錯誤："))
    assert written[1].startswith((" 建议：", " 建議："))
    for text in written:
        assert not ENGLISH.search(text), text


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("build r.txt --style 公文", "gongwen"),
        ("build r.txt --style 红头", "red-head"),
        ("build r.txt --profile PDF/A-3a", "archive"),
        ("build r.txt --profile PDF/UA", "access"),
        ("build r.txt --emit excel", "xlsx"),
        ("build r.txt --script 繁體", "zh-Hant-TW"),
        ("build r.txt --tables 附录", "appendix"),
        ("build r.txt --config bad.toml", "style"),
        ("build r.txt --forms officee", "office"),
        ("build r.txt --wide-tables A3", "fold-out"),
        ("build r.txt --wide-tables 折页", "fold-out"),
        ("build r.txt --wide-tables 横排", "fold-out"),
        ("build r.txt --wide-tables 缩小", "parts"),
        ("build r.txt --profile CMYK", "print"),
        ("build r.txt --edits 全部", "all"),
        ("build r.txt --emit 数字", "csv"),
        ("build r.txt --format excel", "--emit"),
        ("build r.txt --出血 3", "--bleed"),
        ("impose nofile.pdf --scheme 骑马订", "booklet"),
        ("impose nofile.pdf --scheme 4up", "n-up"),
        ("impose nofile.pdf --binding 左", "left"),
        ("impose nofile.pdf --duplex 长边", "long"),
        ("impose nofile.pdf --sheet A3", "--paper"),
        ("verify nofile.pdf --key root.pem", "--trust-anchor"),
        ("预检 nofile.pdf", "preflight"),
        ("验证 nofile.pdf", "verify"),
        ("migrate emptydir", "archive"),
        ("check r.txt --stict", "--strict"),
        ("review r.txt --accept punctation", "punctuation"),
    ],
)
def test_the_hint_names_what_was_meant(folder, capsys, monkeypatch, line, meant):
    monkeypatch.chdir(folder)
    assert main(line.split()) != 0
    assert f"did you mean {meant}?" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--paper A5", "--page A5"])
def test_the_hint_names_no_option_that_is_only_as_long(folder, capsys, monkeypatch, option):
    monkeypatch.chdir(folder)
    assert main(["build", "r.txt", *option.split()]) != 0
    assert "did you mean" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "check", "verify", "stats", "volume", "preflight"])
def test_an_empty_argument_is_not_the_current_folder(command, capsys):
    assert main([command, ""]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_records_that_cannot_be_read_are_named_also_if_there_is_no_other(tmp_path, capsys):
    for name in ("a", "b"):
        (tmp_path / f"{name}.record.json").write_text("{}")
    assert main(["stats", str(tmp_path), "-o", str(tmp_path / "table.csv")]) == 12
    written = capsys.readouterr()
    assert [name for name in ("a", "b") if f"{name}.record.json" in written.err] == ["a", "b"]
    assert "Traceback" not in written.err
    assert (written.out, (tmp_path / "table.csv").exists()) == ("", False)
