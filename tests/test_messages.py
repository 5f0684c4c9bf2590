"""Messages in the language of the user: all are translated, and English stays the language of data."""

import json
import pickle

import pytest

from publisher.cli.main import main
from publisher.errors import UsageError
from publisher.messages import Message, join_texts, translatable
from publisher.messages.catalogue import Catalogue, choose_language
from scripts import messages


def test_the_catalogues_are_complete_and_up_to_date(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["messages.py", "--check"])
    assert messages.main() == 0, capsys.readouterr().out


def test_a_missing_translation_and_another_placeholder_are_named():
    catalogue = messages.updated_catalogue()
    catalogue.add("{count} odd pages", "{number} 页")
    catalogue.add("an odd message", "")
    assert set(messages.mistakes(catalogue)) == {
        "not translated: 'an odd message'",
        "other placeholders: '{count} odd pages' → '{number} 页'",
    }


def test_a_message_is_its_english_text():
    message = translatable("{name!r} has {count:,} pages", name="年报", count=1200)
    assert message == "'年报' has 1,200 pages"
    assert json.dumps({"message": message}) == json.dumps({"message": str(message)})
    copy = pickle.loads(pickle.dumps(UsageError(message, hint=message)))  # noqa: S301
    assert isinstance(copy.message, Message)
    assert (copy.message, copy.hint) == (message, message)


def test_values_are_translated_too_but_not_those_of_the_user():
    catalogue = Catalogue("zh-Hans")
    known = translatable("{count} pages", count=3)
    assert (
        catalogue.translate(translatable("{where}: {message}", where="r", message=known))
        == "r：3 页"
    )
    assert catalogue.translate(join_texts(", ", [known, "text"])) == "3 页、text"
    assert (
        catalogue.translate(translatable("{key}: {value}", key="text", value="text"))
        == "text: text"
    )


@pytest.mark.parametrize(
    ("option", "environment", "language"),
    [
        ("", {"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ("", {"LANG": "en_US.UTF-8", "PUBLISHER_LANG": "zh-Hant"}, "zh-Hant"),
        ("en", {"PUBLISHER_LANG": "zh-Hant"}, "en"),
        ("", {"LC_ALL": "zh_TW.UTF-8", "LANG": "C"}, "zh-Hant"),
        ("", {"LANG": "C"}, "en"),
        ("", {"LANG": "zh_SG"}, "zh-Hans"),
    ],
)
def test_the_option_comes_before_the_variable_and_the_locale(option, environment, language):
    assert choose_language(option, environment) == language


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["build", "nothing.txt"], ["错误：nothing.txt：没有这个文件", " 建议：检查名称和文件夹"]),
        (["bild"], ["错误：bild：publisher 没有此命令", " 建议：是否指 build？"]),
        (["build", "a.txt", "--title"], ["错误：publisher build：--title 没有值"]),
    ],
)
def test_errors_are_two_lines_in_the_language_of_the_user(capsys, monkeypatch, arguments, lines):
    monkeypatch.setenv("PUBLISHER_LANG", "zh-Hans")
    assert main(arguments) != 0
    written = capsys.readouterr().err.splitlines()
    assert len(written) == 2
    assert written[: len(lines)] == lines


def test_json_is_english_in_every_language(capsys, monkeypatch):
    monkeypatch.setenv("PUBLISHER_LANG", "zh-Hans")
    main(["build", "nothing.txt", "--json"])
    assert json.loads(capsys.readouterr().err)["message"] == "there is no such file"


def test_the_help_is_in_the_language_of_the_user(capsys):
    with pytest.raises(SystemExit):
        main(["build", "--help", "--lang", "zh-Hant"])
    assert "用法" in (text := capsys.readouterr().out)
    assert "選項" in text


@pytest.mark.parametrize(
    ("tag", "word"),
    [(tag, "没有这个文件") for tag in ("zh", "zh-CN", "zh-SG", "zh-Hans-HK", "ZH-cn")]
    + [(tag, "沒有這個檔案") for tag in ("zh-TW", "zh-HK", "zh-MO", "zh-Hant-TW")]
    + [(tag, "there is no such file") for tag in ("en-US", "en-GB")]
    + [(tag, "--lang") for tag in ("fr", "zh-Hand", "english", "zh-TW-")],
)
def test_a_tag_of_bcp_47_chooses_a_language(capsys, monkeypatch, tag, word):
    assert main(["build", "nothing.txt", "--lang", tag]) != 0
    assert word in capsys.readouterr().err
    if word != "--lang":
        monkeypatch.setenv("PUBLISHER_LANG", tag)
        main(["build", "nothing.txt"])
        assert word in capsys.readouterr().err


def test_few_templates_are_tried_on_a_text_that_is_recognised(monkeypatch):
    """Those of which a fragment is not in the text are left out: a page of results has thousands of texts."""
    from publisher.messages import catalogue as module

    tried = []
    pattern = module._pattern

    def count(template):
        tried.append(template)
        return pattern(template)

    monkeypatch.setattr(module, "_pattern", count)
    catalogue = Catalogue("zh-Hans")
    text = "the session has 12 reports already, and nobody has read them"
    assert catalogue.recognise(text) == text
    assert len(tried) < 20
    known = "the list has 1000 reports already"
    assert catalogue.translate(catalogue.recognise(known)) == "列表里已有 1000 份报告"
