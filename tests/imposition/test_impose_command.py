"""``publisher impose`` as a person meets it, over publications, volumes and files of other hands."""

import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from publisher.cli.main import main
from publisher.imposition import ImpositionOptions, impose
from publisher.pdf.document import read_pdf
from publisher.verify.declared_standards import declared_standards
from tests.imposition.plain_pages import page, pdf_of
from tests.imposition.test_imposition import every_page_once, intents_are_kept


@pytest.fixture
def report(tmp_path):
    """A file of five pages."""
    file = tmp_path / "报告.pdf"
    file.write_bytes(pdf_of([page()] * 5))
    return file


def test_sheets_are_written_beside_the_file(report, capsys):
    assert main(["impose", str(report), "--marks"]) == 0
    output = report.with_name("报告.imposed.pdf")
    message = capsys.readouterr()
    assert message.out == (
        f"{output}: booklet, 5 pages on 2 sheets of 310 × 224 mm, flipped over the short edge\n"
    )
    assert message.err == ""
    assert len(PdfReader(output).pages) == 4


def test_json_output_has_the_same_facts(report, tmp_path, capsys):
    output = tmp_path / "sheets.pdf"
    arguments = ["--scheme", "n-up", "--cells", "2x1", "--json", "-o", str(output)]
    assert main(["impose", str(report), *arguments]) == 0
    events = json.loads(capsys.readouterr().out)
    assert events == {
        "event": "result",
        "output": str(output),
        "scheme": "n-up",
        "pages": 5,
        "sheets": 2,
        "blank": 3,
        "paper_mm": [297.0, 210.0],
        "duplex": "short",
        "omitted": [],
    }


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--cells", "0x3", "--scheme", "n-up"], 2, "0 is not in the range"),
        (["--cells", "3", "--scheme", "n-up"], 2, "columns x rows"),
        (["--paper", "A5"], 2, "too small"),
        (["--creep", "-1"], 2, "creep"),
        (["--signature", "-1"], 2, "signature"),
        (["--bleed", "51"], 2, "bleed"),
        (["-o", "sheets.txt"], 2, "a .pdf file"),
    ],
)
def test_invalid_arguments_print_one_line_and_a_hint(report, arguments, code, message, capsys):
    assert main(["impose", str(report), *arguments]) == code
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 2
    assert " hint: " in err
    assert [item.name for item in report.parent.iterdir()] == [report.name]


def test_source_and_publications_are_not_overwritten(report, tmp_path, capsys):
    before = report.read_bytes()
    (tmp_path / "link.pdf").symlink_to(report)
    for output in (report, tmp_path / "link.pdf"):
        assert main(["impose", str(report), "-o", str(output)]) == 2
    assert "would overwrite itself" in capsys.readouterr().err
    (tmp_path / "other.record.json").write_text("{}")
    assert main(["impose", str(report), "-o", str(tmp_path / "other.pdf")]) == 2
    assert "is a publication" in capsys.readouterr().err
    assert report.read_bytes() == before


@pytest.mark.parametrize(("content", "code"), [(None, 11), (b"text", 15), (b"%PDF-1.7\n%%EOF", 17)])
def test_a_missing_file_is_named(tmp_path, content, code, capsys):
    file = tmp_path / "broken.pdf"
    if content is not None:
        file.write_bytes(content)
    assert main(["impose", str(file)]) == code
    err = capsys.readouterr().err
    assert str(file) in err
    assert err.count(str(file)) == 1


@pytest.mark.parametrize("command", ["impose", "preflight"])
def test_a_folder_is_no_pdf(command, tmp_path, capsys):
    assert main([command, str(tmp_path)]) == 12
    err = capsys.readouterr().err
    assert "is a folder, not a file" in err
    assert f"{tmp_path}/*.pdf" in err


def test_a_file_larger_than_any_report_is_imposed(tmp_path, monkeypatch):
    from publisher.readers.limits import LIMITS

    file = tmp_path / "large.pdf"
    file.write_bytes(pdf_of([page(content=b"%" * (LIMITS["bytes"].maximum + 1))]))
    assert main(["impose", str(file), "-q"]) == 0


@pytest.mark.typeset
@pytest.mark.parametrize("shelf_of", ["volume", "modern_volume"])
def test_a_volume_is_imposed_with_its_metadata(shelf_of, request):
    source = request.getfixturevalue(shelf_of).data
    before = PdfReader(BytesIO(source), strict=True)
    count = len(before.pages)
    for options in (
        ImpositionOptions(marks=True, creep_mm=0.1),
        ImpositionOptions(scheme="n-up", cells=(2, 2)),
    ):
        imposed = impose(source, options)
        after = PdfReader(BytesIO(imposed.data), strict=True)
        assert every_page_once(after, count)
        assert intents_are_kept(source, imposed)
        assert len(imposed.data) < 1.02 * len(source)
        assert read_pdf(imposed.data).version == read_pdf(source).version
        message, says = (
            sorted("".join(item.extract_text() for item in reader.pages).split())
            for reader in (before, after)
        )
        assert sorted("".join(message)) == sorted("".join(says))
        assert imposed.findings == ()
        assert imposed.omitted[0] == "structure"
        declared = "PDF declarations, " if shelf_of == "modern_volume" else ""
        assert imposed.omitted[-1] == f"declared conformance ({declared}PDF/A, PDF/UA)"
        assert declared_standards(read_pdf(source).xmp)
        assert declared_standards(read_pdf(imposed.data).xmp) == set()
        assert read_pdf(imposed.data).info == read_pdf(source).info


@pytest.mark.typeset
def test_sheets_of_a_volume_are_not_verified_as_a_volume(volume, tmp_path, capsys):
    sheets = tmp_path / "volume.imposed.pdf"
    sheets.write_bytes(impose(volume.data, ImpositionOptions()).data)
    assert main(["verify", str(sheets)]) == 0
    assert "provenance (no record)" in capsys.readouterr().out
