"""The programs that are compared: each turns a document into the bytes of a PDF.

Enters: a ``Task``, made before the clock runs. Leaves: a PDF. A peer lives in a process of its own
and loads its library there, once. What is not on this machine says so in ``lacking``.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from documents import as_opendocument, as_text, as_typst

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documents import Document

    from publisher.model import Report

LANGUAGE = "zh-Hans"
PATIENCE = 600
"""Seconds that a program may take over one document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One document in every form that a peer may read."""

    title: str
    date: str
    text: str
    html: str
    css: str
    typst: str
    opendocument: str
    fonts: tuple[str, ...]
    """The folders of the catalogue's fonts."""


def task_for(document: Document) -> Task:
    """Return a document's forms; the page is the toolkit's own, before typesetting."""
    from publisher.options import Options
    from publisher.pipeline import prepare_report
    from publisher.readers import read_bytes

    text = as_text(document)
    raw, edits = read_bytes(text.encode(), name=NAME)
    ready = prepare_report(raw, edits, Options(**OPTIONS), where="")
    families = {role: names[0] for role, names in ready.session.families.items()}
    families["title_font"] = families.pop("title")
    return Task(
        title=document.title,
        date="2024-01-31",
        text=text,
        html=ready.page.html,
        css=ready.page.css,
        typst=as_typst(document, families),
        opendocument=as_opendocument(document, families),
        fonts=tuple(sorted({str(file.parent) for file in ready.session.library.files})),
    )


def parsed_report(source: Path) -> Report:
    """Return a report of somebody's, as the toolkit understands it."""
    from publisher.options import Options
    from publisher.pipeline import prepare_report
    from publisher.readers import read

    raw, edits = read(source)
    return prepare_report(raw, edits, Options(**OPTIONS), where=str(source)).parsed.report


NAME = "report.txt"
OPTIONS: Mapping[str, Any] = {"tables": "none", "date": "2024-01-31"}
"""Without the tables that the toolkit would add: every peer sets the same words."""


class Peer(ABC):
    """A program; ``set`` is what the clock measures."""

    name: ClassVar[str]
    warm: ClassVar[bool] = True
    """Whether one process sets document after document."""

    @staticmethod
    def lacking() -> str:
        """Return why the peer cannot run on this machine; empty where it can."""
        return ""

    def __init__(self, fonts: tuple[str, ...]) -> None:  # noqa: B027 - some load nothing
        """Load the library."""

    @abstractmethod
    def set(self, task: Task) -> bytes:
        """Return the finished PDF."""


class Pipeline(Peer):
    """The whole toolkit, from the source's bytes to the verified record."""

    name = "Publisher, whole"

    def __init__(self, fonts: tuple[str, ...]) -> None:
        """Warm the stages up, as a folder's run does."""
        super().__init__(fonts)
        from publisher.options import Options
        from publisher.pipeline import run_pipeline, warm_up

        self._options, self._run = Options(**OPTIONS), run_pipeline
        warm_up(self._options)

    def set(self, task: Task) -> bytes:
        """Read, normalise, parse, count, set, verify, record."""
        return self._run(task.text.encode(), self._options, name=NAME).files[".pdf"]


class Typesetting(Peer):
    """The toolkit's typesetting alone, from the page to the PDF."""

    name = "Publisher, typesetting"

    def __init__(self, fonts: tuple[str, ...]) -> None:
        """Start the engine with the catalogue's fonts."""
        super().__init__(fonts)
        from publisher.typeset.session import session_for

        self._engine = session_for(LANGUAGE).engine

    def set(self, task: Task) -> bytes:
        """Lay out, paint, tag, declare."""
        from publisher.model import Metadata
        from publisher.profiles import PROFILES
        from publisher.typeset.output.identification import Declaration

        declaration = Declaration(
            profile=PROFILES["archive"],
            metadata=Metadata(title=task.title, language=LANGUAGE),
            timestamp=f"{task.date}T00:00:00+08:00",
            producer="Publisher",
            creator="Publisher",
        )
        return self._engine.typeset(task.html, task.css, declaration).pdf


class WeasyPrint(Peer):
    """WeasyPrint as it comes, given the same page."""

    name = "WeasyPrint"

    def __init__(self, fonts: tuple[str, ...]) -> None:
        """Load WeasyPrint with the same fonts."""
        super().__init__(fonts)
        os.environ["FONTCONFIG_FILE"] = _fontconfig(fonts)
        import weasyprint

        self._weasyprint = weasyprint

    def set(self, task: Task) -> bytes:
        """Do what its documentation shows for a tagged archival file."""
        sheet = self._weasyprint.CSS(string=task.css)
        page = self._weasyprint.HTML(string=task.html)
        pdf: bytes = page.write_pdf(stylesheets=[sheet], pdf_variant="pdf/a-3a", pdf_tags=True)
        return pdf


class Typst(Peer):
    """Typst's compiler, kept warm in one process."""

    name = "Typst"

    @staticmethod
    def lacking() -> str:
        """Say whether the package is here."""
        if importlib.util.find_spec("typst"):
            return ""
        return 'the package typst is not installed (pip install "gongwen-publisher[bench]")'

    def __init__(self, fonts: tuple[str, ...]) -> None:
        """Load the compiler with the same fonts."""
        super().__init__(fonts)
        import typst

        self._compiler = typst.Compiler(font_paths=list(fonts), ignore_system_fonts=True)

    def set(self, task: Task) -> bytes:
        """Compile in memory, from markup to PDF."""
        pdf: bytes = self._compiler.compile(
            input=task.typst.encode(), format="pdf", pdf_standards=["a-3a", "ua-1"]
        )
        return pdf


class Program(Peer):
    """A program that is started for every document."""

    warm = False
    programs: ClassVar[tuple[str, ...]]
    suffix: ClassVar[str]

    @classmethod
    def program_path(cls) -> str:
        """Return where the program is; empty where it is not."""
        return next(filter(None, map(shutil.which, cls.programs)), "")

    def __init__(self, fonts: tuple[str, ...]) -> None:
        """Keep a folder for the program's files and its settings."""
        super().__init__(fonts)
        self._working_folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._folder = Path(self._working_folder.name)
        self._environment = {
            **os.environ,
            "HOME": self._working_folder.name,
            "FONTCONFIG_FILE": _fontconfig(fonts),
        }

    def set(self, task: Task) -> bytes:
        """Write the source, run the program, read what it made."""
        source, result = self._folder / f"report{self.suffix}", self._folder / "report.pdf"
        source.write_text(self.source(task), encoding="utf-8")
        result.unlink(missing_ok=True)
        subprocess.run(  # noqa: S603 - a program that was asked for, with files of our own
            [self.program_path(), *self.arguments(source, result)],
            env=self._environment,
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        return result.read_bytes()

    @abstractmethod
    def source(self, task: Task) -> str:
        """Return what the program reads."""

    @abstractmethod
    def arguments(self, source: Path, result: Path) -> list[str]:
        """Return the program's arguments."""


class Chromium(Program):
    """Chromium's headless print, given the same page."""

    name = "Chromium"
    programs = ("chromium", "chromium-browser", "google-chrome")
    suffix = ".html"

    @staticmethod
    def lacking() -> str:
        """Say whether the program is here."""
        return "" if Chromium.program_path() else "no chromium, chromium-browser or google-chrome"

    def source(self, task: Task) -> str:
        """Return the page with its style inside."""
        return task.html.replace("</head>", f"<style>{task.css}</style></head>", 1)

    def arguments(self, source: Path, result: Path) -> list[str]:
        """Return the arguments of a print to a file."""
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # it refuses to run as root with it
        return [
            "--headless",
            *sandbox,
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--export-tagged-pdf",
            f"--user-data-dir={self._folder / 'profile'}",
            f"--print-to-pdf={result}",
            source.as_uri(),
        ]


class LibreOffice(Program):
    """LibreOffice's conversion of a document that has the same styles."""

    name = "LibreOffice"
    programs = ("soffice", "libreoffice")
    suffix = ".fodt"

    @staticmethod
    def lacking() -> str:
        """Say whether the program is here."""
        return "" if LibreOffice.program_path() else "no soffice"

    def source(self, task: Task) -> str:
        """Return the flat OpenDocument file."""
        return task.opendocument

    def arguments(self, source: Path, result: Path) -> list[str]:
        """Return the arguments of a conversion with its claims."""
        options = (
            '{"SelectPdfVersion":{"type":"long","value":"3"},'
            '"PDFUACompliance":{"type":"boolean","value":"true"},'
            '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
        )
        return [
            f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            f"pdf:writer_pdf_Export:{options}",
            "--outdir",
            str(result.parent),
            str(source),
        ]


PEERS: Mapping[str, type[Peer]] = {
    "pipeline": Pipeline,
    "typesetting": Typesetting,
    "weasyprint": WeasyPrint,
    "typst": Typst,
    "chromium": Chromium,
    "libreoffice": LibreOffice,
}
"""By the word that ``--peers`` takes."""


def _fontconfig(folders: tuple[str, ...]) -> str:
    """Write fontconfig's rules for the same fonts, kept with the process that needs them."""
    handle, name = tempfile.mkstemp(suffix=".conf")
    inside = "".join(f"<dir>{folder}</dir>" for folder in folders)
    cache = Path(tempfile.gettempdir()) / "publisher-benchmarks-fontconfig"
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"<fontconfig>{inside}<cachedir>{cache}</cachedir></fontconfig>")
    return name
