"""Extensions: a package is used for the reports that name it, and its faults are errors with its name."""

import re
import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pytest

from publisher import ExtensionError, Options, UsageError, build, check_figures, review_edits
from publisher.archive.bag_reports import _is_named
from publisher.archive.style_materials import collect_materials
from publisher.audit import verify_file
from publisher.batch.fingerprint import compute_fingerprint
from publisher.cli.main import main
from publisher.extensions import NO_EXTENSIONS, load_extensions
from publisher.extensions.loading import GROUPS, installed_extensions
from publisher.normalise.rules import RULES
from publisher.pipeline import require_resources
from publisher.readers.formats import FORMATS

EXAMPLE = Path(__file__).with_name("example")
ROOT = EXAMPLE.parents[2]
NAME = "yunping-report"
TEXT = """云坪市2019年老龄工作年度报告
一、概述
全市受理申请13件，其中：办结12件，结转1件。
年龄最大的130岁。
（此页无正文）
云坪市办公室
2020年1月20日
"""
SUBTITLES = f"WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n{TEXT}"
AGE = "130 ≤ 122"
NAMED = Options(extensions=(NAME,), style="yunping", emit=("html",))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the example, as pip installs it."""
    folder = tmp_path_factory.mktemp("site")
    options = ("--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "install", "-q", *options, "--target", folder, EXAMPLE]
    subprocess.run(command, check=True)
    return folder


@pytest.fixture
def installed(site, monkeypatch):
    monkeypatch.syspath_prepend(site)
    yield site
    for name in [name for name in sys.modules if name.partition(".")[0] == "yunping_report"]:
        del sys.modules[name]


@pytest.fixture
def publish_package(tmp_path, monkeypatch):
    """Return a function that installs a package of one module with some entry points."""
    monkeypatch.syspath_prepend(tmp_path)
    modules = []

    def install(code, name="faulty", **groups):
        modules.append(name)
        (tmp_path / f"{name}.py").write_text(dedent(code), encoding="utf-8")
        information = tmp_path / f"{name}-2.0.dist-info"
        information.mkdir()
        (information / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.0\n"
        )
        lines = [f"[publisher.{group}]\npart = {name}:{item}" for group, item in groups.items()]
        (information / "entry_points.txt").write_text("\n".join(lines))
        return Options(extensions=(name,))

    yield install
    for name in modules:
        sys.modules.pop(name, None)


def figures(options, text=TEXT, name="report.txt"):
    return check_figures(text.encode(), options, name=name).statistics


def ages(statistics):
    return [check.statement for check in statistics.checks if "≤" in check.statement]


# --- what is used ----------------------------------------------------------------------------------


def test_a_package_that_is_only_installed_is_not_even_imported(publish_package):
    publish_package("raise RuntimeError", rules="RULE", readers="FORMAT")
    assert load_extensions(()) is NO_EXTENSIONS
    assert (NO_EXTENSIONS.rules, NO_EXTENSIONS.formats) == (RULES, FORMATS)
    assert figures(Options()).observations
    assert [(name, parts["publisher.rules"]) for name, _, parts in installed_extensions()] == [
        ("faulty", ["part"])
    ]
    assert "faulty" not in sys.modules


def test_the_registry_is_a_value(installed):
    extensions = load_extensions((NAME,))
    assert extensions.versions == (f"{NAME} 1.0",)
    orders = [rule.order for rule in extensions.rules]
    assert orders == sorted(orders)
    assert "empty-page-line" in {rule.name for rule in extensions.rules}
    assert ".vtt" in extensions.suffixes
    assert "empty-page-line" not in {rule.name for rule in NO_EXTENSIONS.rules}
    assert ".vtt" not in NO_EXTENSIONS.suffixes


def test_a_check_and_a_reader_are_used_only_where_they_are_named(installed):
    assert ages(figures(Options())) == []
    assert ages(figures(NAMED)) == [AGE]
    for options, is_subtitles in ((NAMED, True), (Options(), False)):
        review = review_edits(SUBTITLES.encode(), options, name="r.vtt")
        rules = {edit.rule for edit in review.other_edits}
        assert ("subtitle-cues" in rules) is is_subtitles


def test_a_person_decides_about_the_edits_of_a_rule(installed):
    review = review_edits(TEXT.encode(), NAMED, name="r.txt", reject=["empty-page-line"])
    (edit,) = [edit for edit in review.edits if edit.rule == "empty-page-line"]
    assert not edit.is_made
    assert edit.decision == "reject"
    with pytest.raises(UsageError, match="no rule has this name"):
        review_edits(TEXT.encode(), name="r.txt", reject=["empty-page-line"])


@pytest.mark.typeset
def test_a_publication_has_each_part_and_is_verified_by_its_record(site, tmp_path, monkeypatch):
    path = tmp_path / "年报.vtt"
    path.write_text(SUBTITLES, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.syspath_prepend(site)
        result = build(path, NAMED)
        result.write(tmp_path, "年报")
        record = result.record
        assert {"subtitle-cues", "empty-page-line"} <= {edit["rule"] for edit in record["edits"]}
        assert "此页无正文" not in record["text"]
        assert AGE in {check["statement"] for check in record["checks"]}
        assert record["source"]["media_type"] == "text/vtt"
        assert b"--heading-color: #2f6f4f" in result.files[".page.html"]
        assert record["options"]["extensions"] == [NAME]
        assert record["software"]["extensions"] == f"{NAME} 1.0"
        verdicts = verify_file(tmp_path / "年报.pdf")
        assert [verdict.profile for verdict in verdicts if not verdict.passed] == []
    with pytest.raises(ExtensionError, match=f"{NAME} is not installed") as caught:
        verify_file(tmp_path / "年报.pdf")
    assert caught.value.where == str(tmp_path / "年报.pdf")
    assert caught.value.hint


def test_the_style_of_an_extension_is_no_material_of_a_bag(installed):
    assert collect_materials([NAMED]).files == {}
    assert _is_named(NAMED)
    assert not _is_named(Options(style="yunping"))


def test_a_record_in_a_bag_names_the_extension_that_is_missing():
    with pytest.raises(ExtensionError, match=f"{NAME} is not installed"):
        _is_named(NAMED)


def test_a_report_is_built_again_if_the_code_of_an_extension_changes(publish_package, tmp_path):
    options = publish_package(RULE.format(body="return []"), rules="change")
    before = compute_fingerprint(options)
    assert compute_fingerprint(options) == before
    (tmp_path / "faulty.py").write_text("# changed", encoding="utf-8")
    assert compute_fingerprint(options) != before


def test_the_clients_of_a_server_use_its_extensions_and_choose_none(installed):
    pytest.importorskip("starlette")
    from starlette.datastructures import FormData, UploadFile

    from publisher.serve.api.form import parse_form
    from publisher.serve.api.operations import OPERATIONS
    from publisher.serve.option_values import options_of

    operation = OPERATIONS["publish"]
    report = ("source", UploadFile(BytesIO(b"x"), filename="r.txt"))
    form = FormData([report, ("style", "yunping")])
    options = parse_form(operation, form, (NAME,)).options
    assert options_of(options) == Options(style="yunping", extensions=(NAME,))
    with pytest.raises(UsageError, match="style"):
        parse_form(operation, form)
    with pytest.raises(UsageError, match="extensions"):
        parse_form(operation, FormData([report, ("extensions", NAME)]), (NAME,))
    finished = FormData([("pdf", UploadFile(BytesIO(b"x"), filename="r.pdf"))])
    assert "extensions" not in parse_form(OPERATIONS["verify"], finished, (NAME,)).options


def test_the_desk_offers_the_styles_of_its_extensions(installed):
    from publisher.serve.desk.labels import STYLES, style_choices

    summary = "The reader style in the colour of Yunping"
    assert style_choices((NAME,)) == {**STYLES, "yunping": summary}


def test_the_desk_uses_the_extensions_of_its_server(installed):
    pytest.importorskip("starlette")
    from publisher.serve.desk.report_session import ReportSession
    from publisher.serve.desk.stored_report import StoredReport
    from publisher.serve.desk.uploads import ReceivedFile, sort_files

    files = [ReceivedFile(name="a.vtt", data=SUBTITLES.encode())]
    assert sort_files(files).reports == []
    (report,) = sort_files(files, load_extensions((NAME,)).suffixes).reports
    stored = StoredReport(name="a.vtt", created=0, extensions=(NAME,))
    session = ReportSession(report.data, stored.build_options, name=report.name)
    session.decide_rule("empty-page-line", "reject")
    assert b'rule = "empty-page-line"' in session.decisions


# --- the command line -------------------------------------------------------------------------------


def test_lists_have_the_parts_of_a_named_extension_with_its_name(installed, capsys):
    for command, line in (
        ("styles", f"yunping .*\\({NAME} 1.0\\)"),
        ("rules", f"empty-page-line .*\\({NAME} 1.0\\)"),
        ("rules age", f"  Extension: {NAME} 1.0"),
    ):
        main([*command.split(), "--extensions", NAME])
        assert re.search(line, capsys.readouterr().out), command
    main(["styles"])
    assert "yunping" not in capsys.readouterr().out
    main(["doctor"])
    assert f"{NAME} 1.0 (readers: subtitles; rules: empty-page-line" in capsys.readouterr().out


def test_the_configuration_of_a_folder_names_extensions(installed, tmp_path, capsys):
    (tmp_path / "a.vtt").write_text(SUBTITLES, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    command = ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--dry-run"]
    main(command)
    assert "a.vtt" not in capsys.readouterr().out
    (tmp_path / "publisher.toml").write_text('extensions = ["Yunping_Report"]', encoding="utf-8")
    main(command)
    assert "a.vtt" in capsys.readouterr().out


def test_a_missing_extension_is_two_lines_with_the_file_that_names_it(tmp_path, capsys):
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    config = tmp_path / "publisher.toml"
    config.write_text(f'extensions = ["{NAME}"]', encoding="utf-8")
    for command in ("build", "build --dry-run"):
        code = main([*command.split(), str(tmp_path), "-o", str(tmp_path / "out")])
        error = capsys.readouterr().err.splitlines()
        assert code == 70
        assert error[0] == f"error: {config}: the extension {NAME} is not installed"
        assert len(error) == 2
    assert not (tmp_path / "out").exists()


def run(program, *folders, **changed):
    """Run a program with some folders of packages; return what it prints and its exit code."""
    return subprocess.run(
        [sys.executable, *program],
        env={"PYTHONPATH": ":".join(map(str, (ROOT, *folders))), "PUBLISHER_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
        **changed,
    )


def test_without_an_extension_neither_rules_nor_checks_are_imported():
    stages = "publisher.normalise", "publisher.statistics", "publisher.render"
    program = f"""
        import sys
        from publisher.extensions import load_extensions
        load_extensions(()).suffixes
        print([name for name in {stages} if name in sys.modules])
    """
    assert run(["-c", dedent(program)]).stdout == "[]\n"


@pytest.mark.typeset
def test_the_workers_of_a_folder_have_the_same_extensions(site, tmp_path):
    (tmp_path / "a.vtt").write_text(SUBTITLES, encoding="utf-8")
    program = ["-m", "publisher", "build", ".", "--extensions", NAME, "--jobs", "1"]
    built = run(program, site, cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "out" / "a.pdf").is_file()


def test_the_functions_of_an_extension_are_in_the_sandbox(publish_package, tmp_path):
    publish_package(RULE.format(body="open('/etc/hostname').read()"), rules="change")
    program = """
        from publisher import Options, SourceUnsafeError, check_figures
        from publisher.system import sandbox
        sandbox.install()
        try:
            check_figures("一、概述".encode(), Options(extensions=("faulty",)), name="r.txt")
        except SourceUnsafeError as error:
            print(error)
    """
    printed = run(["-c", dedent(program)], tmp_path)
    assert printed.stdout == "faulty 2.0: something in it asked for the file /etc/hostname\n"


# --- faults -----------------------------------------------------------------------------------------

RULE = """
from publisher.extensions import Replacement, rule

@rule(name="change", order=1000, reason="r", evidence="e", examples=(), exceptions="x")
def change(context):
    "Change a text."
    {body}
"""
READER = """
from publisher.extensions import Format, Passage, ReaderResult, locate

def read_data(data, *, encoding, where):
    {body}

FORMAT = Format(media_type="text/x", suffixes=(".x",), markup="none", is_text=True, read_data=read_data)
"""
CHECK = """
from publisher.extensions import Statement, arithmetic_check

@arithmetic_check(name="odd", kinds=("sum",), reason="r", fails=(), holds=(), exceptions="x")
def check(report):
    "Check."
    {body}
"""
REPLACEMENT = 'return [Replacement(start={}, end={}, after="{}", reason="{}")]'
ODD_CHECK = """statement = next(item for item in report.items if isinstance(item, Statement))
    yield statement.make_span_check((0, 1), kind="odd", formula="f", subject="", numbers=("1", "1"), verdict=("holds", ""))"""
FAULTS = {
    "raises": (RULE, "rules", "change", "raise KeyError('k')", "change: KeyError: k"),
    "text": (RULE, "rules", "change", "return ['a']", "it returned str, not Replacement"),
    "none": (RULE, "rules", "change", "return None", "TypeError"),
    "generator": (RULE, "rules", "change", "yield 1 / 0", "ZeroDivisionError"),
    "outside": (RULE, "rules", "change", REPLACEMENT.format(0, 9999, "a", "r"), "not in order"),
    "empty": (RULE, "rules", "change", REPLACEMENT.format(1, 1, "a", "r"), "not in order"),
    "reason": (RULE, "rules", "change", REPLACEMENT.format(0, 1, "a", ""), "has no reason"),
    "figure": (RULE, "rules", "change", REPLACEMENT.format(3, 4, "9", "r"), "changes a figure"),
    "digit": (RULE, "rules", "change", REPLACEMENT.format(4, 5, "", "r"), "'2019' to '219'"),
    "loss": (
        READER,
        "readers",
        "FORMAT",
        "return ReaderResult(decoded='甲乙', encoding='utf-8', confidence=1, segments=(Passage(text=locate('甲')),))",
        "its text is not that of the file",
    ),
    "no result": (READER, "readers", "FORMAT", "return 'a'", "it returned str, not ReaderResult"),
    "deep": (READER, "readers", "FORMAT", "return read_data(data)", "text/x: TypeError"),
    "check": (CHECK, "checks", "check", "yield 'a'", "it returned str, not Check"),
    "kind": (CHECK, "checks", "check", ODD_CHECK, "'odd' is not a kind"),
    "import": ("import no_such_module{body}", "rules", "x", "", "ModuleNotFoundError"),
    "exit": ("import sys; sys.exit(3){body}", "rules", "x", "", "SystemExit: 3"),
    "absent": (RULE, "rules", "absent", "return []", "AttributeError"),
    "type": (RULE, "checks", "change", "return []", "it is NormalisingRule, not ArithmeticCheck"),
    "function": ("x = print{body}", "readers", "x", "", "not Format"),
    "unread": ("from publisher.extensions import *\nx = Format(media_type='a/b', suffixes=('.q',), markup='none'){body}", "readers", "x", "", "no read_data"),
    "folder": ("from pathlib import Path\nx = Path('nowhere'){body}", "styles", "x", "", "nowhere has no style.toml"),
    "essential": (RULE.replace("order=1000", "order=1000, essential=True"), "rules", "change", "return []", "only rules of Publisher"),
    "used name": (RULE.replace('"change"', '"punctuation"'), "rules", "change", "return []", "has the rule punctuation"),
    "used check": (CHECK.replace('"odd"', '"sum"'), "checks", "check", "yield", "has the check sum"),
    "used suffix": (READER.replace('".x"', '".md"'), "readers", "FORMAT", "pass", "has the suffix .md"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_an_error_with_the_name_of_the_extension(fault, publish_package):
    code, group, item, body, message = FAULTS[fault]
    options = publish_package(code.format(body=body), **{group: item})
    name = "report.x" if group == "readers" else "report.txt"
    with pytest.raises(ExtensionError) as caught:
        figures(options, name=name)
    error = caught.value
    assert message in error.message
    assert "faulty 2.0" in error.message
    assert "\n" not in str(error)
    assert error.where == name
    assert error.hint
    assert error.exit_code == 70


@pytest.mark.parametrize(
    ("start", "end", "after"), [(0, 1, "某"), (3, 7, ""), (3, 7, "２０１９"), (2, 8, "（2019）")]
)
def test_a_figure_may_be_removed_whole_or_written_with_other_digits(
    start, end, after, publish_package
):
    body = f"if context.string[:7] != '云坪市2019': return []\n    {REPLACEMENT.format(start, end, after, 'r')}"
    assert figures(publish_package(RULE.format(body=body), rules="change")).observations


def test_a_package_without_entry_points_is_no_extension():
    with pytest.raises(ExtensionError, match="the package jinja2 is no extension") as caught:
        require_resources(Options(extensions=("Jinja2",)))
    assert all(group in caught.value.hint for group in GROUPS)


@pytest.mark.parametrize("name", ["", "no such package", "../etc"])
def test_a_name_of_no_package_is_not_installed(name):
    with pytest.raises(ExtensionError, match="is not installed"):
        load_extensions(Options(extensions=(name,)).extensions)


def test_names_are_those_of_package_indexes():
    assert Options(extensions=("Yunping_Report", "yunping.report")).extensions == (NAME,)


# --- the documentation ------------------------------------------------------------------------------


def test_the_page_has_the_files_of_the_example():
    page = (ROOT / "docs" / "extensions.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^`(\S+)`\n\n```\w+\n(.*?)^```$", page, re.DOTALL | re.MULTILINE))
    assert len(blocks) == 6
    for name, text in blocks.items():
        assert (EXAMPLE / name).read_text(encoding="utf-8") == text, name


def test_the_example_has_one_of_each_kind():
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["entry-points"]) == set(GROUPS)
