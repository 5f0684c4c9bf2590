"""Every change of a bag is found, and the file that was changed is named."""

import json
import os
import random

import pytest

from publisher.archive import fixity as fixities
from publisher.archive.bagit import Manifest, compute_fixity, encode_manifest
from publisher.archive.fixity import check_fixity, take_inventory
from publisher.archive.verify_bag import check_bag
from publisher.cli.main import main
from publisher.model import Severity
from publisher.profiles import PROFILES
from tests.archive.bags import DAMAGES, ROOT, contents, files_of, make_source

pytestmark = pytest.mark.typeset
FULL = bool(os.environ.get("PUBLISHER_FULL"))
ROUNDS = 100


def blamed(findings):
    return {item.path for item in findings if item.finding.severity is Severity.ERROR}


def by_bytes(bag):
    return blamed(check_fixity(take_inventory(bag)))


def test_an_unchanged_bag_is_verified(report_bag, folder_run, capsys):
    before = contents(report_bag)
    assert main(["verify", str(report_bag), str(folder_run[0])]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    assert output.out.count(": verified") == 1 + 5 + 2
    assert contents(report_bag) == before


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda item: item.__name__)
def test_every_damage_is_reported_with_the_file(bag, damage):
    dice = random.Random(damage.__name__)  # noqa: S311 - no secret
    for _ in range(ROUNDS):
        path, undo = damage(bag, dice)
        assert path.relative_to(bag).as_posix() in by_bytes(bag)
        undo()
    assert by_bytes(bag) == set()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda item: item.__name__)
def test_the_command_reports_damage(bag, damage, capsys):
    dice = random.Random(f"{damage.__name__} told")  # noqa: S311 - no secret
    for _ in range(ROUNDS if FULL else 1):
        path, undo = damage(bag, dice)
        assert main(["verify", str(bag)]) == 40
        assert f"error: {path}" in capsys.readouterr().err
        undo()


def test_a_lenient_reader_would_miss_a_change(bag, monkeypatch):
    """Without the one form of a manifest, a digit's case is no change."""
    manifest = bag / "tagmanifest-sha256.txt"
    data = manifest.read_bytes()
    at = next(i for i, item in enumerate(data) if 97 <= item <= 102)
    manifest.write_bytes(data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :])
    assert by_bytes(bag) == {manifest.name}

    def lenient(data, _):
        lines = data.decode().lower().splitlines()
        return Manifest(digests={line[66:]: line[:64] for line in lines}, problems=())

    strict = fixities.bagit.read_manifest
    monkeypatch.setattr(
        fixities.bagit,
        "read_manifest",
        lambda data, algorithm: (lenient if algorithm == "sha256" else strict)(data, algorithm),
    )
    assert by_bytes(bag) == set()


def test_a_symbolic_link_is_reported(bag, tmp_path):
    path = next(item for item in files_of(bag) if item.suffix == ".pdf")
    path.rename(tmp_path / "elsewhere.pdf")
    path.symlink_to(tmp_path / "elsewhere.pdf")
    (bag / "data" / "more").symlink_to(tmp_path)
    assert {path.relative_to(bag).as_posix(), "data/more"} <= by_bytes(bag)


def test_special_files_and_empty_folders_are_reported(bag):
    os.mkfifo(bag / "data" / "pipe")
    (bag / "data" / "empty").mkdir()
    findings = list(check_fixity(take_inventory(bag)))
    assert blamed(findings) == {"data/pipe"}
    assert "data/empty" in {item.path for item in findings}


def test_a_manifest_entry_outside_the_bag_is_not_followed(bag, tmp_path):
    (tmp_path / "secret").write_bytes(b"x")
    digest = compute_fixity(b"x").digests["sha256"]
    with (bag / "manifest-sha256.txt").open("a") as file:
        file.write(f"{digest}  data/../../secret\n")
    assert by_bytes(bag) == {"manifest-sha256.txt"}


def reseal(bag):
    """Write the manifests anew, as a forger would."""
    bag_fixities = {name: compute_fixity(data) for name, data in contents(bag).items()}
    payload = {name: item for name, item in bag_fixities.items() if name.startswith("data/")}
    tags = {
        name: item
        for name, item in bag_fixities.items()
        if not name.startswith(("data/", "tagm", "mani"))
    }
    for algorithm in ("sha256", "sha512"):
        data = encode_manifest({name: item.digests[algorithm] for name, item in payload.items()})
        (bag / f"manifest-{algorithm}.txt").write_bytes(data)
        tags[f"manifest-{algorithm}.txt"] = compute_fixity(data)
    for algorithm in ("sha256", "sha512"):
        data = encode_manifest({name: item.digests[algorithm] for name, item in tags.items()})
        (bag / f"tagmanifest-{algorithm}.txt").write_bytes(data)


def forge_source(bag):
    path = bag / "data/sources/年报 2019.txt"
    path.write_bytes(path.read_bytes().replace("13件".encode(), "31件".encode()))
    return "data/reports/年报 2019.record.json", "its source is missing"


def forge_figures(bag):
    path = bag / "data/reports/年报 2019.figures.csv"
    path.write_bytes(path.read_bytes().replace(b",13,", b",31,"))
    return "data/reports/年报 2019.figures.csv", "not those of the record"


def forge_page(bag):
    path = bag / "data/reports/年报 2019.page.html"
    path.write_bytes(path.read_bytes().replace(b"91", b"19"))
    return "data/reports/年报 2019.page.html", "not the page"


def forge_record(bag):
    path = bag / "data/reports/年报 2019.record.json"
    record = json.loads(path.read_bytes())
    record["text"] = record["text"].replace("91", "19")
    path.write_text(json.dumps(record), encoding="utf-8")
    return "data/reports/年报 2019.pdf", "the PDF's glyphs"


def forge_verdict(bag):
    path = next(bag.rglob("text.publisher.json"))
    path.write_bytes(path.read_bytes().replace(b"true", b"false"))
    return path.relative_to(bag).as_posix(), "not the verdict"


def forge_premis(bag):
    path = bag / "metadata/premis.xml"
    path.write_bytes(path.read_bytes().replace(b"<premis:size>", b"<premis:size>1", 1))
    return "metadata/premis.xml", "another size"


def forge_pdf(bag):
    path = bag / "data/reports/年报 2019.pdf"
    path.write_bytes(path.read_bytes() + b"\n% more\n")
    return "data/reports/年报 2019.pdf", "begins with the recorded one, but"


def add_report(bag):
    make_source(bag / "data/sources/more.txt", 2001)
    return "data/sources/more.txt", "not the source of any report"


FORGERIES = (
    forge_source, forge_figures, forge_page, forge_record, forge_verdict, forge_premis, forge_pdf, add_report,
)  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda item: item.__name__)
def test_a_resealed_forgery_is_detected(bag, forge):
    path, expected_text = forge(bag)
    reseal(bag)
    findings = check_bag(bag).findings
    assert any(item.path == path and expected_text in item.finding.message for item in findings), (
        findings
    )


@pytest.mark.parametrize(("words", "is_wrong"), [("body {", False), ("91", True)])
def test_of_a_page_by_other_code_the_text_is_compared(bag, monkeypatch, words, is_wrong):
    """Its style sheets may have changed since; its figures may not."""
    from publisher.archive import verify_bag

    monkeypatch.setattr(verify_bag, "has_other_code", lambda _record: True)
    name = "data/reports/年报 2019.page.html"
    page = (bag / name).read_bytes()
    assert words.encode() in page
    changed = words.replace("{", "{ orphans: 2;").replace("91", "19")
    (bag / name).write_bytes(page.replace(words.encode(), changed.encode()))
    reseal(bag)
    severities = {item.finding.severity for item in check_bag(bag).findings if item.path == name}
    assert severities == {Severity.ERROR if is_wrong else Severity.NOTE}


@pytest.mark.parametrize("key", ["profile", "validator"])
def test_a_verdict_on_something_else_gives_no_traceback(bag, key):
    path = next((bag / "data" / "validation").rglob("*.publisher.json"))
    verdict = json.loads(path.read_bytes())
    path.write_text(json.dumps(verdict | {key: "another"}), encoding="utf-8")
    reseal(bag)
    messages = [item.finding.message for item in check_bag(bag).findings]
    assert any(f"{path.name} is the verdict on something else" in text for text in messages)


def test_a_folder_that_is_not_a_bag_is_refused(tmp_path, capsys):
    assert main(["verify", str(tmp_path)]) == 40
    output = capsys.readouterr().err
    assert "no bag" in output
    assert "hint:" in output
    assert main(["rebuild", str(tmp_path)]) == 40


def test_a_bag_without_its_declaration_is_a_damaged_bag(bag, capsys):
    (bag / "bagit.txt").unlink()
    assert main(["verify", str(bag)]) == 40
    assert f"{bag / 'bagit.txt'}: is missing" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"record_version": 1}', "\udcff"])
def test_a_damaged_record_gives_no_traceback(bag, content):
    path = bag / "data/reports/年报 2019.record.json"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    name = path.relative_to(bag).as_posix()
    assert [
        item
        for item in check_bag(bag).findings
        if item.path == name and "record" in item.finding.message
    ]
    assert main(["rebuild", "-q", str(bag)]) == 40


@pytest.mark.shared
def test_the_model_report(shared, tmp_path):
    source = shared / "reports" / "hami-2017.txt"
    assert main(["archive", str(source), "-o", str(tmp_path), "--info", "保管期限=永久"]) == 0
    assert main(["verify", str(tmp_path / "hami-2017")]) == 0


@pytest.mark.shared
@pytest.mark.skipif(not FULL, reason="PUBLISHER_FULL=1 validates it")
@pytest.mark.usefixtures("verapdf")
def test_verdicts_of_verapdf_are_stored(tmp_path):
    assert main(["archive", str(make_source(tmp_path / "r.txt")), "-o", str(tmp_path / "b")]) == 0
    bag = tmp_path / "b" / "r"
    assert json.loads((bag / "data/validation/r/pdf-a-3a.verapdf.json").read_bytes())["passed"]
    assert main(["verify", str(bag)]) == 0


def test_a_sample_is_archived_and_verified(tmp_path):
    source = ROOT / "samples" / "qinghe-2017.txt"
    assert main(["archive", str(source), "-o", str(tmp_path), "--info", "保管期限=永久"]) == 0
    assert main(["verify", str(tmp_path / "qinghe-2017")]) == 0


def stub_verapdf(folder, word):
    """Write a command that prints the same verdict for each flavour, as the veraPDF wrapper does."""
    command = folder / "verapdf"
    command.write_text(
        "#!/bin/sh\n"
        f'for flavour in $(echo "$1" | tr , " "); do echo "{word} $flavour $2"; done\n'
        f"[ {word} = PASS ] || echo '  6.1.2 x1 a rule'\n"
    )
    command.chmod(0o755)
    return str(command)


def test_verdicts_of_a_stub_verapdf_are_stored(tmp_path, monkeypatch, capsys):
    source = make_source(tmp_path / "r.txt")
    monkeypatch.setenv("PUBLISHER_VERAPDF", stub_verapdf(tmp_path, "PASS"))
    assert main(["archive", str(source), "-o", str(tmp_path / "b")]) == 0
    bag = tmp_path / "b" / "r"
    assert json.loads((bag / "data/validation/r/pdf-a-3a.verapdf.json").read_bytes())["passed"]
    assert main(["verify", str(bag)]) == 0
    monkeypatch.setenv("PUBLISHER_VERAPDF", stub_verapdf(tmp_path, "FAIL"))
    assert main(["archive", str(source), "-o", str(tmp_path / "c")]) == 40
    assert "the finished PDF fails PDF/A-3a (veraPDF)" in capsys.readouterr().err
    assert list((tmp_path / "c").iterdir()) == []


def test_a_missing_pdf_is_reported_without_its_record(bag):
    (bag / "data/reports/年报 2019.pdf").unlink()
    errors = [
        item.path for item in check_bag(bag).findings if item.finding.severity is Severity.ERROR
    ]
    assert "data/reports/年报 2019.pdf" in errors
    assert "data/reports/年报 2019.record.json" not in errors


def test_standards_without_a_validator_are_reported_as_not_checked(tmp_path, capsys):
    source = make_source(tmp_path / "年报.txt")
    assert main(["archive", str(source), "-o", str(tmp_path), "--profile", "archive-2"]) == 0
    assert main(["verify", str(tmp_path / "年报")]) == 0
    output = capsys.readouterr().out
    for standard in PROFILES["archive-2"].declares:
        assert f"{standard} (not checked)" in output
