"""Untrusted bags: nothing outside is opened, limits are enforced, forgeries are detected."""

import json
import os
import shutil
import sys

import pytest

from publisher.archive.bagit import compute_fixity, format_oxum
from publisher.archive.premis_xml import read_fixities
from publisher.archive.rebuild import rebuild_reports
from publisher.archive.verify_bag import check_bag
from publisher.batch import limited_process
from publisher.batch.worker import Limits
from publisher.cli.main import main
from publisher.errors import VerificationError
from publisher.model import Severity
from tests.archive.bags import contents, make_source
from tests.archive.test_rebuild import own_style, with_glossary
from tests.archive.test_verify_bag import reseal

pytestmark = pytest.mark.typeset
RECORD = "data/reports/年报 2019.record.json"
PDF = "data/reports/年报 2019.pdf"


def errors(bag):
    return [
        (item.path, item.finding.message)
        for item in check_bag(bag).findings
        if item.finding.severity is Severity.ERROR
    ]


def has_error(bag, path, expected_text):
    matches = errors(bag)
    return any(item == path and expected_text in message for item, message in matches), matches


def reasons(bag):
    (rebuilt,) = rebuild_reports(bag)
    assert not rebuilt.identical
    return "; ".join(rebuilt.reasons)


def seal(bag):
    """Seal a bag again as a careful forger would, PREMIS included."""
    premis = bag / "metadata/premis.xml"
    text = premis.read_text("utf-8")
    for path, then in read_fixities(premis.read_bytes()).items():
        if (bag / path).is_file():
            now = compute_fixity((bag / path).read_bytes())
            for algorithm, digest in then.digests.items():
                text = text.replace(digest, now.digests[algorithm])
            start = text.index(f"<premis:objectIdentifierValue>{path}<")
            end = text.index("</premis:object>", start)
            sized = text[start:end].replace(
                f"<premis:size>{then.size}<", f"<premis:size>{now.size}<"
            )
            text = text[:start] + sized + text[end:]
    premis.write_text(text, "utf-8")
    sizes = [len(data) for path, data in contents(bag).items() if path.startswith("data/")]
    info = bag / "bag-info.txt"
    lines = info.read_text("utf-8").split("\n")
    lines = [f"Payload-Oxum: {format_oxum(sizes)}" if "Oxum" in item else item for item in lines]
    info.write_text("\n".join(lines), "utf-8")
    reseal(bag)


def change(bag, edit):
    path = next(bag.rglob("*.record.json"))
    record = json.loads(path.read_bytes())
    edit(record)
    path.write_text(json.dumps(record), "utf-8")
    seal(bag)


@pytest.fixture(scope="module")
def styled(tmp_path_factory):
    """A bag with a style and a glossary of its own."""
    folder = tmp_path_factory.mktemp("styled")
    style_arguments = ["--style", str(own_style(folder / "styles")), *with_glossary(folder)]
    source = make_source(folder / "r.txt")
    assert main(["archive", str(source), "-o", str(folder / "bags"), *style_arguments]) == 0
    return folder / "bags" / "r"


@pytest.fixture
def own(styled, tmp_path):
    return shutil.copytree(styled, tmp_path / "r")


MANIFEST = "data/styles/1/mine/style.toml"
OPENED = set()


def _listen(event, arguments):
    if event == "open" and OPENED is not None and isinstance(arguments[0], str):
        OPENED.add(arguments[0])


@pytest.fixture
def opened():
    """The paths that are opened from here on."""
    if not getattr(_listen, "installed", False):
        sys.addaudithook(_listen)  # which stays for good, and costs nothing
        _listen.installed = True
    OPENED.clear()
    return OPENED


PLACES = (
    PDF, RECORD, "data/reports/年报 2019.page.html", "data/sources/年报 2019.txt",
    "bag-info.txt", "bagit.txt", "metadata/premis.xml", "metadata/reports.csv", "manifest-sha256.txt",
)  # fmt: skip


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("kind", ["pipe", "link", "device"])
def test_only_regular_files_are_opened(bag, path, kind, tmp_path, opened, capsys):
    elsewhere = tmp_path / "elsewhere"
    (bag / path).rename(elsewhere)
    if kind == "pipe":
        os.mkfifo(bag / path)
    else:
        (bag / path).symlink_to(elsewhere if kind == "link" else "/dev/zero")
    assert path in {item for item, _ in errors(bag)}
    expected_text = "regular file" if kind == "pipe" else "is a symbolic link"
    with pytest.raises(VerificationError, match=expected_text):
        list(rebuild_reports(bag))
    assert main(["rebuild", str(bag)]) == 40
    assert expected_text in capsys.readouterr().err
    assert not {str(bag / path), str(elsewhere), "/dev/zero"} & opened


def test_a_change_after_the_inventory_is_reported(bag):
    from publisher.archive.fixity import take_inventory

    inventory = take_inventory(bag)
    (bag / RECORD).unlink()
    (bag / RECORD).symlink_to("/dev/zero")
    with pytest.raises(VerificationError, match="cannot be read"):
        inventory.read(RECORD)
    (bag / RECORD).unlink()
    (bag / RECORD).write_bytes(b"{}")
    with pytest.raises(VerificationError, match="was changed"):
        inventory.read(RECORD)


@pytest.mark.parametrize("option", ["style", "glossary", "icc"])
@pytest.mark.parametrize(
    "pattern", ["{}", "data/styles/../../../{}", "data/glossaries/../../../{}"]
)
def test_a_record_cannot_refer_to_files_outside(bag, option, pattern, tmp_path, opened):
    own_style(tmp_path / "out")
    name = {"style": "out/mine"}.get(option, "out/file")
    (tmp_path / "out/file").write_text("信息\t資訊\t*\n", "utf-8")
    value = pattern.format(name if pattern != "{}" else tmp_path / name)
    more = {"profile": "print"} if option == "icc" else {"script": "zh-Hant-TW"}
    change(bag, lambda record: record["options"].update({option: value, **more}))
    opened.clear()
    assert has_error(bag, RECORD, "its record cannot be used")[0]
    assert "its record cannot be used" in reasons(bag)
    assert not [item for item in opened if item.startswith(str(tmp_path / "out"))]


@pytest.mark.parametrize("extends", ["../../../../../out/mine", "{}", "mine/../base", "mine"])
def test_a_style_cannot_extend_files_outside(own, extends, tmp_path, opened):
    outside = own_style(tmp_path / "out")
    (own / MANIFEST).write_text(f'extends = "{extends.format(outside)}"\n', "utf-8")
    seal(own)
    opened.clear()
    if extends == "mine/../base":
        assert errors(own) == []
        return
    assert has_error(own, "data/reports/r.record.json", "style")[0]
    assert "style" in reasons(own)
    assert not [item for item in opened if item.startswith(str(tmp_path / "out"))]


@pytest.mark.parametrize("linked", ["mine", "mine/style.css", "base/secret"])
def test_a_style_has_no_links(own, linked, tmp_path, opened):
    outside = own_style(tmp_path / "out")
    path = own / "data/styles/1" / linked
    if path.is_dir():
        shutil.rmtree(path)
        path.symlink_to(outside)
    else:
        path.unlink(missing_ok=True)
        path.symlink_to(outside / "style.css")
    opened.clear()
    assert has_error(own, "data/reports/r.record.json", "is a symbolic link")[0]
    with pytest.raises(VerificationError, match="is a symbolic link"):
        list(rebuild_reports(own))
    assert not [item for item in opened if item.startswith(str(tmp_path / "out"))]


BOMBS = {
    "needed more than 512 MB": "{{ 'a' * 10**10 }}",
    "took longer than 20 s": "{% for i in range(99999) %}{% for j in range(99999) %}"
    "{% endfor %}{% endfor %}",
}


@pytest.mark.usefixtures("boxed")
@pytest.mark.parametrize("expected_text", BOMBS)
def test_a_style_is_stopped_at_the_limits(own, expected_text, monkeypatch, capsys):
    monkeypatch.setattr(limited_process, "LIMITS", Limits(seconds=20, megabytes=512))
    (own / "data/styles/1/mine/report.html.j2").write_text(BOMBS[expected_text], "utf-8")
    seal(own)
    if "longer" in expected_text:
        monkeypatch.setattr(limited_process, "LIMITS", Limits(seconds=20, megabytes=2048))
    assert expected_text in reasons(own)
    assert main(["verify", str(own)]) == 40
    assert expected_text in capsys.readouterr().err


@pytest.mark.usefixtures("boxed")
def test_a_bag_with_its_own_style_is_verified(own, capsys):
    assert main(["verify", str(own)]) == 0
    assert capsys.readouterr().err == ""
    assert main(["rebuild", str(own)]) == 0


DROP = "dropped"
MISSHAPEN = [
    (("pdf", "verdicts"), 5), (("pdf", "verdicts"), [{}]), (("pdf", "verdicts"), [5]),
    (("pdf", "verdicts"), DROP), (("pdf", "declares"), [{}]), (("pdf", "sha256"), None), (("pdf",), []),
    (("source", "sha256"), ["x"]), (("source", "name"), 5), (("source", "name"), "\ud800"),
    (("software",), []), (("software",), DROP), (("software", "pango"), 5),
    (("fonts",), 5), (("fonts",), [{}]), (("edits",), [{}]), (("report",), {}),
    (("observations",), 5), (("options", "names"), 5), (("options", "fonts"), [5]),
    (("options", "encoding"), "idna"), (("options", "style"), "data/styles/1/\0"),
    (("options", "style"), "data/styles/" + "a/" * 3000), (("options", "glossary"), 5),
    (("options", "output"), "/"), (("text",), 5), (("additions",), [{"at": "x", "text": "y"}]),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "value"), MISSHAPEN, ids=lambda item: repr(item)[:40])
def test_an_invalid_record_is_reported(bag, keys, value):
    def edit(record):
        for key in keys[:-1]:
            record = record[key]
        if value is DROP:
            del record[keys[-1]]
        else:
            record[keys[-1]] = value

    change(bag, edit)
    assert has_error(bag, RECORD, "its record cannot be used")[0], errors(bag)
    assert "its record cannot be used" in reasons(bag)


def test_a_record_that_is_nested_too_deeply_is_reported(bag):
    def edit(record):
        deep = []
        for _ in range(600):
            deep = [deep]
        record["pdf"]["verdicts"][0]["more"] = deep

    change(bag, edit)
    assert has_error(bag, RECORD, "nested too deeply")[0]


def replace(path, before, after):
    def forge(bag):
        data = (bag / path).read_bytes()
        assert before.encode() in data
        (bag / path).write_bytes(data.replace(before.encode(), after.encode()))
        return path

    return forge


def put(path, data=b"x\n"):
    def forge(bag):
        (bag / path).parent.mkdir(parents=True, exist_ok=True)
        (bag / path).write_bytes(data)
        return path

    return forge


TABLE, INFO = "metadata/reports.csv", "bag-info.txt"
FALSE = [
    (replace(TABLE, "某市", "别市"), "the record gives"),
    (replace(TABLE, "SHA-256 ", "SHA-256 0"), "as 数字摘要"),
    (replace(TABLE, "\r\n文件", "\n文件"), "is not the table"),
    (replace(TABLE, "2019.pdf", "2018.pdf"), "does not describe a report"),
    (put(TABLE, b"\xff"), "cannot be read"),
    (replace(INFO, "页数: ", "页数: 9"), "its 页数 is"),
    (replace(INFO, "页数: ", "頁數: "), "its 页数 is missing"),
    (replace(INFO, "数字摘要: SHA-256 ", "数字摘要: SHA-256 0"), "its 数字摘要 is"),
    (replace(INFO, "DC.source: ", "DC.source: x"), "its DC.source is"),
    (replace(INFO, "Agent: Publisher", "Agent: Other"), "its Bag-Software-Agent is"),
    (replace(INFO, "Bagging-Date: 2", "Bagging-Date: x"), "not a date"),
    (replace(INFO, "DC.type: Text", "DC.type: Text\ndc.type: Image"), "its DC.type is"),
    (put("fetch.txt", b"http://evil.example/x 10 data/x\n"), "outside the bag"),
    (put("metadata/evil.exe"), "is not a file of a Publisher bag"),
    (put("data/evil.exe"), "is not a file of a Publisher bag"),
    (put("data/reports/年报 2019.exe"), "is not a file of a Publisher bag"),
    (put("data/validation/年报 2019/other.judge.json"), "is not a file of a Publisher bag"),
    (put("data/styles/1/mine/style.css"), "is not used by any report"),
    (put("data/glossaries/words.tsv"), "is not used by any report"),
]


@pytest.mark.parametrize("number", range(len(FALSE)))
def test_false_metadata_and_unexpected_files_are_reported(bag, number):
    forge, expected_text = FALSE[number]
    path = forge(bag)
    seal(bag)
    assert has_error(bag, path, expected_text)[0], errors(bag)


def test_resealing_alone_gives_no_finding(bag):
    seal(bag)
    assert errors(bag) == []
