"""Lies in a bag that was sealed again: each leaf of its metadata, and the records as in ``tests/audit``."""

import json
import os
import re
import shutil

import pytest

from publisher.archive import verify_bag
from publisher.archive.verify_bag import check_bag
from publisher.cli.main import main
from publisher.model import Severity
from tests.archive.test_hostile_bag import seal
from tests.archive.test_verify_bag import reseal

pytestmark = pytest.mark.typeset
FULL = bool(os.environ.get("PUBLISHER_FULL"))
PREMIS, INFO, TABLE = "metadata/premis.xml", "bag-info.txt", "metadata/reports.csv"
_TEXT = re.compile(r"(<premis:(\w+)>)([^<>\n]+)(</premis:)")


@pytest.fixture
def quick(monkeypatch):
    """Verify the PDF of a bag once: only the metadata of this bag change."""
    made = {}
    stock = verify_bag._verify_report

    def verify(inventory, report, trusted):
        key = report.name + json.dumps(report.record, sort_keys=True)
        if key not in made:
            made[key] = stock(inventory, report, trusted)
        verification, _ = made[key]
        return verification, []

    monkeypatch.setattr(verify_bag, "_verify_report", verify)


def findings(bag, path):
    return [item.finding for item in check_bag(bag).findings if item.path == path]


def lie_in(file, start, end, text):
    """Write another text at a place of a file; return how to undo it."""
    data = file.read_text("utf-8")
    file.write_text(data[:start] + text + data[end:], "utf-8")
    return lambda: file.write_text(data, "utf-8")


def premis_places(text):
    """Yield the tag and the span of each text of a document; without the full run, one for each tag."""
    seen = set()
    for match in _TEXT.finditer(text):
        key = match[2] if not FULL else (match[2], match.start())
        if key not in seen:
            seen.add(key)
            yield match[2], match.start(3), match.end(3)


def test_every_lie_in_premis_is_named(bag, quick):
    file = bag / PREMIS
    places = list(premis_places(file.read_text("utf-8")))
    assert len(places) > 20
    unnamed = []
    for tag, start, end in places:
        true = file.read_text("utf-8")[start:end]
        false = "2001-01-01T00:00:00+00:00" if "Time" in tag else f"{true}1"
        undo = lie_in(file, start, end, false)
        # seal() would mend digests and sizes, so only the manifests are made anew

        reseal(bag)
        named = [
            item
            for item in findings(bag, PREMIS) + findings(bag, INFO)
            if item.severity is Severity.ERROR
        ]
        if not named:
            unnamed.append(f"{tag}: {true}")
        undo()
    assert unnamed == []


def test_every_lie_in_the_information_is_named(bag, quick):
    file = bag / INFO
    unnamed = []
    text = file.read_text("utf-8")
    for match in re.finditer(r"(?m)^([^:\n]+): (.*)$", text):
        for false in (f"{match[2]}1", "2001-01-01"):
            undo = lie_in(file, match.start(2), match.end(2), false)

            reseal(bag)
            if not any(match[1] in item.message for item in findings(bag, INFO)):
                unnamed.append(f"{match[1]}: {match[2]} → {false}")
            undo()
    assert unnamed == []


def test_every_lie_in_the_table_is_named(bag, quick):
    file = bag / TABLE
    text = file.read_bytes().decode("utf-8")
    head, row = text.split("\r\n")[:2]
    cells = row.split(",")
    unnamed = []
    for number, label in enumerate(head.split(",")):
        changed = [*cells[:number], f"{cells[number]}1", *cells[number + 1 :]]
        file.write_bytes("\r\n".join((head, ",".join(changed), "")).encode())
        seal(bag)
        if not findings(bag, TABLE):
            unnamed.append(label)
    file.write_bytes(text.encode())
    seal(bag)
    assert unnamed == []
    assert not findings(bag, TABLE)


RECORD = "data/reports/年报 2019.record.json"
RECORD_LIES = {
    "report.title": lambda record: record["report"].update(title="别的题目"),
    "relations": lambda record: record["relations"].append(
        {"kind": "rate", "offset": 1, "base": 2}
    ),
    "observations[0].value": lambda record: record["observations"][0].update(value="99"),
    "findings": lambda record: record["findings"].append(
        {"clause": "x", "severity": "note", "message": "假", "hint": ""}
    ),
    "report.sections[0].page": lambda record: record["report"]["sections"][0].update(page=9),
    "fonts[0].licence": lambda record: record["fonts"][0].update(licence="假"),
    "pdf.verdicts": lambda record: record["pdf"]["verdicts"].pop(),
    "source.encoding_confidence": lambda record: record["source"].update(encoding_confidence=0.5),
}


@pytest.mark.parametrize("name", RECORD_LIES)
def test_a_lie_in_the_record_of_a_sealed_bag_is_named(bag, name, capsys):
    record = json.loads((bag / RECORD).read_bytes())
    RECORD_LIES[name](record)
    (bag / RECORD).write_text(json.dumps(record), "utf-8")
    seal(bag)
    assert main(["verify", str(bag)]) == 40
    assert f": {name}" in capsys.readouterr().err


def test_a_verdict_of_a_sealed_bag_that_says_two_things_is_named(bag, capsys):
    path = next(bag.rglob("text.publisher.json"))
    text = path.read_text("utf-8")
    assert '"passed": true' in text
    path.write_text(text.replace('"passed": true', '"passed": false, "passed": true'), "utf-8")
    reseal(bag)
    assert main(["verify", str(bag)]) == 40
    assert "“passed” occurs twice" in capsys.readouterr().err


def test_premis_that_is_not_compared_would_be_noticed(bag, quick, monkeypatch):
    monkeypatch.setattr(verify_bag, "check_premis", lambda *_: ())
    file = bag / PREMIS
    file.write_text(
        file.read_text("utf-8").replace("text normalised: ", "text normalised: 9"), "utf-8"
    )

    reseal(bag)
    assert not findings(bag, PREMIS)


def test_results_of_emit_are_made_again(tmp_path, capsys):
    from tests.archive.bags import make_source

    source = make_source(tmp_path / "年报.txt")
    arguments = ["archive", str(source), "-o", str(tmp_path / "bags")]
    assert main([*arguments, "--emit", "txt,json-stat"]) == 0
    bag = tmp_path / "bags" / "年报"
    assert main(["verify", str(bag)]) == 0
    text = bag / "data/reports/年报.normalised.txt"
    text.write_text(text.read_text("utf-8").replace("13", "31"), "utf-8")
    seal(bag)
    capsys.readouterr()
    assert main(["verify", str(bag)]) == 40
    assert f"error: {text}: is not the one that the source gives" in capsys.readouterr().err
    shutil.rmtree(bag)
