"""Each claim of the record has a line that says how it is judged, and each lie about it is named."""

import json
import os
import shutil
from collections import Counter
from itertools import islice

import pytest

from publisher import Options, publish
from publisher.audit import audit_publication, verify_file
from publisher.audit import evidence as evidence_module
from publisher.audit.claims import CLAIMS, claim_of
from publisher.audit.differences import ABSENT, differences
from publisher.cli.main import main
from publisher.errors import VerificationError
from publisher.model import Severity
from publisher.pdf.document import read_pdf
from publisher.verify import verify_pdf
from tests.audit.lies import key_of, leaf_keys, lies

FULL = bool(os.environ.get("PUBLISHER_FULL"))
LIES_PER_KEY = 4 if FULL else 1
STEP = 1 if FULL else 3
"""Of the lies, the short run judges each third one."""
REPORT = """# 某市人民政府2019年政府信息公开工作年度报告

某政办发〔2020〕3号

## 一、概述

全市受理申请13件,办结12件,结转1件，全部按期答复。2018年受理10件，同比增长30%。

### （一）分类

| 项目 | 合计 | 甲 | 乙 |
|---|---|---|---|
| 申请 | 14 | 6 | 7 |

详见 http://example.org/a ，以后台数据为准，准其撤回。

某市人民政府

2020年1月20日
"""
DECISIONS = '[report]\nissuer = "某市人民政府办公室"\n'


def built(folder, **options):
    """Publish the report into ``out`` below a folder; return the PDF."""
    folder.mkdir(exist_ok=True)
    source = folder / "report.md"
    source.write_text(REPORT, encoding="utf-8")
    return publish(source, Options(output=folder / "out", **options)).pdf


@pytest.fixture(scope="module")
def publication(tmp_path_factory):
    """A publication with conversions, checks, tables and its source."""
    return built(
        tmp_path_factory.mktemp("lies") / "a",
        script="zh-Hant-TW",
        vocabulary="tw",
        with_checks=True,
        names=("某市",),
    )


@pytest.fixture
def copied(publication, tmp_path):
    """A copy of the PDF and its record, to be changed."""
    folder = tmp_path / "copy"
    shutil.copytree(publication.parent, folder)
    return folder / publication.name


def record_of(pdf):
    return json.loads(pdf.with_suffix(".record.json").read_bytes())


def change(pdf, edit):
    record = record_of(pdf)
    edit(record)
    pdf.with_suffix(".record.json").write_text(json.dumps(record), encoding="utf-8")


@pytest.fixture(scope="module")
def results():
    """What was made for one lie and is the same for another, by what it depends on."""
    return {}


@pytest.fixture
def fast_audit(results, monkeypatch):
    """Judge a record with the publication made again once: it depends on source and options alone."""
    stock, check = evidence_module.remake, evidence_module.option_effects

    def remake(source, record, options, recorded, **known):
        key = repr((options, recorded[-40:], record["decisions"], record["conversion"]["glossary"]))
        key += repr((known["epoch"], record["software"], record["fonts"]))
        if key not in results:
            results[key] = stock(source, record, options, recorded, **known)
        return results[key]

    def effects(source, options, decisions, **facts):
        key = repr((options, decisions, facts))
        if key not in results:
            results[key] = check(source, options, decisions, **facts)
        return results[key]

    def read(data):
        if data not in results:
            results[data] = read_pdf(data)
        return results[data]

    def verify(data, **facts):
        key = repr((facts["text"], facts["additions"], facts["declares"], len(facts["html"])))
        if key not in results:
            results[key] = verify_pdf(data, **facts)
        return results[key]

    def judge(data, record):
        return audit_publication(data, record, where="x").verdicts

    monkeypatch.setattr(evidence_module, "remake", remake)
    monkeypatch.setattr(evidence_module, "option_effects", effects)
    monkeypatch.setattr("publisher.audit.validate_in_process", _no_validator)
    monkeypatch.setattr("publisher.audit.verify_pdf", verify)
    monkeypatch.setattr("publisher.audit.read_pdf", read)
    return judge


def _no_validator(data, standard):
    from publisher.model import Verdict

    return Verdict(profile=standard, validator="none", version="", passed=True, findings=())


def named(verdicts, path):
    """Whether a verdict names a false claim: in an error about it, or as not compared."""
    failed = [verdict for verdict in verdicts if not verdict.passed]
    if failed:
        return "failed"
    top = str(path[0])
    key = top if top == "options" else key_of(path).partition("[")[0]
    messages = [
        finding.message
        for verdict in verdicts
        if verdict.profile == "record"
        for finding in verdict.findings
    ]
    names = {key, f"options.{path[-1]}", f"options.{path[-2]}" if len(path) > 1 else key}
    words = {word.strip(" ,:") for message in messages for word in message.split(" ")}
    return "not compared" if names & words else ""


def test_every_key_of_the_record_has_a_line():
    assert set(leaf_keys()) == set(CLAIMS)


def test_a_key_without_a_line_would_be_noticed():
    assert claim_of("report.new") is None
    assert claim_of("report.sections[3].title") is CLAIMS["report.sections[].title"]
    assert claim_of("source.facts.title") is CLAIMS["source.facts.{}"]


def test_differences_are_leaves_with_their_paths():
    recorded = {"a": [{"b": 1}, {"b": 2}, {"b": 3}], "c": True, "d": "x"}
    remade = {"a": [{"b": 1}, {"b": 3}], "c": 1, "e": None}
    found = [(item.path, item.recorded, item.remade) for item in differences(recorded, remade)]
    assert found == [
        ("a[1]", recorded["a"][1], ABSENT),
        ("c", True, 1),
        ("d", "x", ABSENT),
        ("e", ABSENT, None),
    ]


def test_a_long_list_is_compared_in_its_order():
    recorded, remade = [*range(5000)], [*range(5000)]
    recorded[10], recorded[4990] = -1, -1
    assert [item.path for item in differences(recorded, remade, "x")] == ["x[10]", "x[4990]"]


def test_the_truth_is_verified(publication, fast_audit, capsys):
    assert main(["verify", str(publication)]) == 0
    assert capsys.readouterr().err == ""
    verdicts = fast_audit(publication.read_bytes(), record_of(publication))
    (verdict,) = (item for item in verdicts if item.profile == "record")
    (note,) = verdict.findings
    assert note.severity is Severity.NOTE
    assert "have their defaults" in note.message


def test_every_lie_is_named(publication, fast_audit):
    record, data = record_of(publication), publication.read_bytes()
    results = Counter()
    unnamed = []
    for name, path, lie in islice(lies(record, per_key=LIES_PER_KEY), 0, None, STEP):
        try:
            result = named(fast_audit(data, lie), path)
        except VerificationError:
            result = "refused"
        results[result] += 1
        if not result:
            unnamed.append(name)
    assert unnamed == []
    assert results["failed"] > (250 if FULL else 35), results
    assert results["not compared"] < results["failed"] / 8, results


@pytest.mark.parametrize("false", ['"pages": 99', '"\\u0070ages": 99'])
def test_a_record_that_says_two_things_is_refused(copied, false, capsys):
    path = copied.with_suffix(".record.json")
    text = path.read_text("utf-8")
    pages = f'"pages": {record_of(copied)["pdf"]["pages"]}'
    path.write_text(text.replace(pages, f"{false}, {pages}"), "utf-8")
    assert record_of(copied) == json.loads(text)
    assert main(["verify", str(copied)]) == VerificationError.exit_code
    assert "“pages” occurs twice" in capsys.readouterr().err


def test_what_the_file_shows_is_compared_without_the_source(publication, fast_audit, monkeypatch):
    monkeypatch.setattr(evidence_module, "embedded_source", lambda _: None)
    record, data = record_of(publication), publication.read_bytes()
    shown = {key for key, claim in CLAIMS.items() if claim.shown}
    unnamed = []
    for name, path, lie in islice(lies(record), 1, None, STEP):
        key = key_of(path)
        result = named(fast_audit(data, lie), path)
        if not result or (
            result != "failed"
            and key in shown
            and key not in ("report.sections", "observations[].part_of")
        ):
            unnamed.append(name)
    assert unnamed == []


def test_a_comparison_that_does_not_compare_would_be_noticed(publication, fast_audit, monkeypatch):
    monkeypatch.setattr("publisher.audit.record_verdict.differences", lambda *_: ())
    record = record_of(publication)
    record["checks"][0]["computed"] = "99"
    assert all(item.passed for item in fast_audit(publication.read_bytes(), record))


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda record: record["report"].update(issuer="别的单位"), "report.issuer"),
        (lambda record: record["checks"][-1].update(holds=True), "checks[2].holds"),
        (lambda record: record["findings"].clear(), "findings[0]"),
        (lambda record: record["pdf"].update(pages=9), "pdf.pages"),
        (lambda record: record["software"].update(publisher="9.9"), "software.publisher"),
        (lambda record: record["fonts"].pop(), "fonts"),
        (lambda record: record["pdf"].update(profile="print"), "pdf.profile"),
        (lambda record: record["pdf"].pop("bytes"), "pdf.bytes"),
    ],
)
def test_the_command_names_the_claim(copied, edit, expected, capsys):
    change(copied, edit)
    assert main(["verify", str(copied)]) == 40
    errors = capsys.readouterr().err
    assert f"error: {copied}: {expected}" in errors
    assert "Traceback" not in errors


def test_other_software_is_said(copied, capsys):
    change(copied, lambda record: record["software"].update(pango="1.2.3"))
    assert main(["verify", "-v", str(copied)]) == 0
    assert "software.pango: the record says '1.2.3'" in capsys.readouterr().err


def test_what_other_software_may_cause_is_no_lie(publication, monkeypatch):
    """With another version and another file, differences are named and not called lies."""
    monkeypatch.setattr("publisher.audit.remaking._is_same_file", lambda *_: False)
    record = record_of(publication)
    record["software"]["pango"] = "1.2.3"
    record["relations"][0]["base"] += 1
    verdicts = audit_publication(publication.read_bytes(), record, where="x").verdicts
    (verdict,) = (item for item in verdicts if item.profile == "record")
    assert verdict.passed
    messages = [finding.message for finding in verdict.findings]
    assert any(text.startswith("relations[0].base") and "pango was" in text for text in messages)


PRINT = {"profile": "print", "date": "2020-01-20"}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """A publication that does not embed its source."""
    return built(tmp_path_factory.mktemp("printed") / "a", **PRINT)


def notes(verdicts):
    return [
        finding.message
        for verdict in verdicts
        for finding in verdict.findings
        if finding.severity is Severity.NOTE and verdict.profile == "record"
    ]


def test_several_offices_are_what_the_file_shows(tmp_path):
    (tmp_path / "a").mkdir()
    source = tmp_path / "a" / "r.md"
    source.write_text(
        REPORT.replace("某市人民政府\n\n2020", "某市财政局　某市审计局\n\n2020"), "utf-8"
    )
    pdf = publish(source, Options(output=tmp_path / "out")).pdf
    assert all(verdict.passed for verdict in verify_file(pdf))


def test_the_source_is_found_beside_the_file_or_named(printed, tmp_path):
    assert not any("not compared" in text for text in notes(verify_file(printed)))
    alone = shutil.copytree(printed.parent, tmp_path / "x" / "alone") / printed.name
    (note,) = [text for text in notes(verify_file(alone)) if "not compared" in text]
    assert "checks" in note
    assert "neither embedded nor beside" in note
    source = printed.parent.parent / "report.md"
    elsewhere = shutil.copy(source, tmp_path / "named.md")
    change(alone, lambda record: record["checks"][0].update(computed="99"))
    assert all(verdict.passed for verdict in verify_file(alone))
    assert main(["verify", str(alone), "--source", str(elsewhere)]) == 40
    # a file with the name and another content is not taken
    (alone.parent / "report.md").write_text(REPORT.replace("13", "15"), encoding="utf-8")
    assert any("neither embedded" in text for text in notes(verify_file(alone)))
    shutil.copy(source, alone.parent.parent / "report.md")
    assert not all(verdict.passed for verdict in verify_file(alone))


def test_a_source_with_another_digest_is_refused(printed, tmp_path, capsys):
    (tmp_path / "other.md").write_text("别的报告", encoding="utf-8")
    assert main(["verify", str(printed), "--source", str(tmp_path / "other.md")]) == 40
    assert "is not the source of the record" in capsys.readouterr().err
    assert main(["verify", str(printed), "--source", str(tmp_path)]) == 40
    assert main(["verify", str(printed), str(printed), "--source", "x"]) == 2


@pytest.mark.parametrize("name", ["../a/report.md", "/etc/passwd", "..", "", "a\0b"])
def test_a_record_names_no_file_elsewhere(printed, tmp_path, name):
    alone = shutil.copytree(printed.parent, tmp_path / "a" / "b") / printed.name
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    change(alone, lambda record: record["source"].update(name=name))
    assert any("neither embedded" in text for text in notes(verify_file(alone)))


def test_a_style_of_a_stranger_does_not_run(copied, tmp_path):
    style = tmp_path / "mine"
    style.mkdir()
    (style / "style.toml").write_text('extends = "gongwen"\n', encoding="utf-8")
    (style / "style.css").write_text("", encoding="utf-8")
    style.chmod(0o777)
    change(copied, lambda record: record["options"].update(style=str(style)))
    messages = notes(verify_file(copied))
    assert any("other accounts may write it" in text for text in messages), messages


def test_a_style_that_is_not_here_hides_nothing_else(copied):
    change(copied, lambda record: record["options"].update(style="/nowhere/mine"))
    verdicts = verify_file(copied)
    assert all(verdict.passed for verdict in verdicts)
    assert any("depends on the style '/nowhere/mine'" in text for text in notes(verdicts))
    change(copied, lambda record: record["checks"][0].update(computed="99"))
    assert not all(verdict.passed for verdict in verify_file(copied))


def test_options_with_which_no_build_succeeds_hide_nothing(copied, capsys):
    change(copied, lambda record: record["options"].update(encoding="gb18030"))
    assert main(["verify", str(copied)]) == 40
    assert "no build gives this file" in capsys.readouterr().err


def test_decisions_are_compared_with_their_file(tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "report.decisions.toml").write_text(DECISIONS, encoding="utf-8")
    pdf = built(folder)
    record = record_of(pdf)
    assert record["report"]["issuer"] == "某市人民政府办公室"
    assert all(verdict.passed for verdict in verify_file(pdf))
    change(pdf, lambda record: record["decisions"].update(subtitle="假"))
    assert not all(verdict.passed for verdict in verify_file(pdf))
    (folder / "report.decisions.toml").unlink()
    change(pdf, lambda record: record["decisions"].pop("subtitle"))
    verdicts = verify_file(pdf)
    assert all(verdict.passed for verdict in verdicts)
    assert any("decisions are not compared" in text for text in notes(verdicts))


def test_a_glossary_is_taken_from_the_record(tmp_path):
    glossary = tmp_path / "words.tsv"
    words = "概述\t總說明\tzh-Hant-TW\t本局用語\nre:(?<=受理)申请\t聲請\tzh-Hant-TW\t本局用語\n"
    glossary.write_text(words, encoding="utf-8")
    pdf = built(tmp_path / "a", script="zh-Hant-TW", glossary=glossary)
    assert [record_of(pdf)["text"].count(word) for word in ("受理聲請", "申請")] == [1, 1]
    verdicts = verify_file(pdf)
    assert all(verdict.passed for verdict in verdicts)
    assert any("conversion.glossary is not compared" in text for text in notes(verdicts))
    change(pdf, lambda record: record["conversion"]["glossary"][0].update(after="總括"))
    assert not all(verdict.passed for verdict in verify_file(pdf))


def test_the_date_of_the_environment_is_read_from_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    pdf = built(tmp_path / "a")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert all(verdict.passed for verdict in verify_file(pdf))


def test_a_file_compressed_by_another_library_is_the_same():
    import zlib

    from publisher.audit.remaking import _is_same_file

    def file(level, content=b"0 0 m 1 1 l S " * 99):
        data = zlib.compress(content, level)
        return b"%%PDF-1.7\n1 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
            len(data),
            data,
        )

    assert file(1) != file(9)
    assert _is_same_file(file(1), file(9))
    assert not _is_same_file(file(1), file(9, b"0 0 m 2 1 l S " * 99))


def test_an_option_without_effect_is_said(copied):
    change(copied, lambda record: record["options"].update(bleed=5.0))
    assert any("options.bleed is 5.0" in text for text in notes(verify_file(copied)))


def test_another_picture_of_the_same_record_is_noticed(copied):
    """A changed file whose record was sealed again is not what the source gives."""
    import hashlib

    data = copied.read_bytes() + b"\n% changed\n"
    copied.write_bytes(data)
    change(
        copied,
        lambda record: record["pdf"].update(
            sha256=hashlib.sha256(data).hexdigest(), bytes=len(data)
        ),
    )
    verdicts = verify_file(copied)
    messages = [
        finding.message
        for verdict in verdicts
        for finding in verdict.findings
        if verdict.profile == "record"
    ]
    assert any(text.startswith("pdf.sha256") for text in messages)
    assert not all(verdict.passed for verdict in verdicts)


def test_a_default_that_another_value_would_not_change_is_not_compared(tmp_path):
    """A record may leave out an option that had no effect; nothing shows it, and that is said."""
    pdf = built(tmp_path / "a", bleed=5.0, vocabulary="tw")
    change(pdf, lambda record: record["options"].update(bleed=3.0, vocabulary="none"))
    verdicts = {verdict.profile: verdict for verdict in verify_file(pdf)}
    (note,) = [f for f in verdicts["record"].findings if "have their defaults" in f.message]
    assert note.severity is Severity.NOTE
    for name in ("bleed", "vocabulary", "names", "marks", "missing_glyph", "tables", "wide_tables"):
        assert name in note.message
    for name in ("with_checks", "script", "style", "profile", "align"):
        assert name not in note.message


def record_verdict(publication, record):
    verdicts = audit_publication(publication.read_bytes(), record, where="x").verdicts
    return next(item for item in verdicts if item.profile == "record")


def test_what_other_code_may_cause_is_a_warning(publication):
    """Two checkouts of one version are two programs: neither calls the record of the other one a lie."""
    record = record_of(publication)
    record["checks"][0]["computed"] = "99"
    assert not record_verdict(publication, record).passed
    record["software"]["code"] = "0" * 16
    verdict = record_verdict(publication, record)
    assert verdict.passed
    (warning,) = [item for item in verdict.findings if item.severity is Severity.WARNING]
    assert "differs in 1 claim from the one made again here" in warning.message
    assert "code was 0000000000000000" in warning.message


def test_an_option_of_another_version_is_no_damage(publication):
    record = record_of(publication)
    record["options"]["new_option"] = True
    assert not record_verdict(publication, record).passed
    record["software"]["code"] = "0" * 16
    verdict = record_verdict(publication, record)
    assert verdict.passed
    assert any("this version has no option new_option" in item.message for item in verdict.findings)
