"""Publisher: Chinese public reports as accessible, archival PDFs.

    from publisher import Options, publish

    publication = publish("report.txt", Options(style="reader"))
    publication.pdf       # the path of the PDF
    publication.findings  # what a person should look at

The names in ``__all__`` are the public interface; docs/python.md describes them. All other modules are
private and may change. A name is imported when it is first used: ``import publisher`` loads, starts
and changes nothing.
"""

from publisher._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from publisher.api.collections import (
        ArchivedBag,
        archive_reports,
        bind_volume,
        gather_statistics,
        rebuild_bag,
        verify_bag,
    )
    from publisher.api.decisions import review_edits
    from publisher.api.finished_files import (
        SignedPublication,
        impose_pdf,
        preflight_pdf,
        sign_publication,
        verify_publication,
    )
    from publisher.api.reports import (
        FigureCheck,
        build,
        check_figures,
        check_official_layout,
        compare,
        publish,
    )
    from publisher.archive.rebuild import RebuiltReport
    from publisher.archive.verify_bag import BagVerification
    from publisher.comparison import Comparison
    from publisher.errors import (
        BusyError,
        ClusterError,
        ColourProfileError,
        ConfigurationError,
        ConverterError,
        CrashError,
        DeadlineError,
        DiskFullError,
        ExtensionError,
        FigureError,
        FontMissingError,
        GlyphMissingError,
        LimitError,
        MemoryLimitError,
        OutputError,
        PublisherError,
        SigningError,
        SourceDamagedError,
        SourceEmptyError,
        SourceEncodingError,
        SourceError,
        SourceNotFoundError,
        SourceUnreadableError,
        SourceUnsafeError,
        SystemLibraryError,
        TypesettingError,
        UnknownStyleError,
        UnsupportedFormatError,
        UsageError,
        VerificationError,
        WorkerError,
    )
    from publisher.export.gather import GatheredStatistics
    from publisher.imposition import ImposedPdf, ImpositionOptions
    from publisher.model import (
        Check,
        Conversion,
        Finding,
        Locator,
        Observation,
        Outcome,
        Publication,
        Severity,
        Statistics,
        Verdict,
    )
    from publisher.options import Options
    from publisher.pipeline import PipelineResult
    from publisher.review import EditReview, ReviewedEdit
    from publisher.signing import SignatureLevel
    from publisher.verify.gb9704 import LayoutItem, OfficialLayout
    from publisher.verify.preflight.inspection import PreflightResult
    from publisher.volume.bind import Volume

__all__ = [
    "ArchivedBag",
    "BagVerification",
    "BusyError",
    "Check",
    "ClusterError",
    "ColourProfileError",
    "Comparison",
    "ConfigurationError",
    "Conversion",
    "ConverterError",
    "CrashError",
    "DeadlineError",
    "DiskFullError",
    "EditReview",
    "ExtensionError",
    "FigureCheck",
    "FigureError",
    "Finding",
    "FontMissingError",
    "GatheredStatistics",
    "GlyphMissingError",
    "ImposedPdf",
    "ImpositionOptions",
    "LayoutItem",
    "LimitError",
    "Locator",
    "MemoryLimitError",
    "Observation",
    "OfficialLayout",
    "Options",
    "Outcome",
    "OutputError",
    "PipelineResult",
    "PreflightResult",
    "Publication",
    "PublisherError",
    "RebuiltReport",
    "ReviewedEdit",
    "Severity",
    "SignatureLevel",
    "SignedPublication",
    "SigningError",
    "SourceDamagedError",
    "SourceEmptyError",
    "SourceEncodingError",
    "SourceError",
    "SourceNotFoundError",
    "SourceUnreadableError",
    "SourceUnsafeError",
    "Statistics",
    "SystemLibraryError",
    "TypesettingError",
    "UnknownStyleError",
    "UnsupportedFormatError",
    "UsageError",
    "Verdict",
    "VerificationError",
    "Volume",
    "WorkerError",
    "__version__",
    "archive_reports",
    "bind_volume",
    "build",
    "check_figures",
    "check_official_layout",
    "compare",
    "gather_statistics",
    "impose_pdf",
    "preflight_pdf",
    "publish",
    "rebuild_bag",
    "review_edits",
    "sign_publication",
    "verify_bag",
    "verify_publication",
]

_MODULES = ("errors", "model", "options", "pipeline")
"""Modules that can be used as attributes without an import."""
_EXPORTS = {
    "publisher.api.collections": (
        "ArchivedBag",
        "archive_reports",
        "bind_volume",
        "gather_statistics",
        "rebuild_bag",
        "verify_bag",
    ),
    "publisher.api.decisions": ("review_edits",),
    "publisher.api.finished_files": (
        "SignedPublication",
        "impose_pdf",
        "preflight_pdf",
        "sign_publication",
        "verify_publication",
    ),
    "publisher.api.reports": (
        "FigureCheck",
        "build",
        "check_figures",
        "check_official_layout",
        "compare",
        "publish",
    ),
    "publisher.archive.rebuild": ("RebuiltReport",),
    "publisher.archive.verify_bag": ("BagVerification",),
    "publisher.comparison": ("Comparison",),
    "publisher.errors": (
        "BusyError",
        "ClusterError",
        "ColourProfileError",
        "ConfigurationError",
        "ConverterError",
        "CrashError",
        "DeadlineError",
        "DiskFullError",
        "ExtensionError",
        "FigureError",
        "FontMissingError",
        "GlyphMissingError",
        "LimitError",
        "MemoryLimitError",
        "OutputError",
        "PublisherError",
        "SigningError",
        "SourceDamagedError",
        "SourceEmptyError",
        "SourceEncodingError",
        "SourceError",
        "SourceNotFoundError",
        "SourceUnreadableError",
        "SourceUnsafeError",
        "SystemLibraryError",
        "TypesettingError",
        "UnknownStyleError",
        "UnsupportedFormatError",
        "UsageError",
        "VerificationError",
        "WorkerError",
    ),
    "publisher.export.gather": ("GatheredStatistics",),
    "publisher.imposition": ("ImposedPdf", "ImpositionOptions"),
    "publisher.model": (
        "Check",
        "Conversion",
        "Finding",
        "Locator",
        "Observation",
        "Outcome",
        "Publication",
        "Severity",
        "Statistics",
        "Verdict",
    ),
    "publisher.options": ("Options",),
    "publisher.pipeline": ("PipelineResult",),
    "publisher.review": ("EditReview", "ReviewedEdit"),
    "publisher.signing": ("SignatureLevel",),
    "publisher.verify.gb9704": ("LayoutItem", "OfficialLayout"),
    "publisher.verify.preflight.inspection": ("PreflightResult",),
    "publisher.volume.bind": ("Volume",),
}
"""The public names of each module."""


def __dir__() -> list[str]:
    """Return the names of the package, imported or not."""
    return sorted({*globals(), *__all__, *_MODULES})


def __getattr__(name: str) -> object:
    """Import a public name, or a module, when it is first used."""
    from importlib import import_module

    if name in _MODULES:
        return import_module(f"publisher.{name}")
    for module, names in _EXPORTS.items():
        if name in names:
            value: object = getattr(import_module(module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
