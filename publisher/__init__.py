"""Publisher: Chinese public reports in, accessible and archival PDFs out.

    from publisher import Options, publish

    publication = publish("report.txt", Options(style="reader"))
    publication.pdf       # where the PDF is
    publication.findings  # what a person should look at

``publish`` reads, puts in order, typesets and verifies one report, and writes the PDF and its
record; what goes wrong is a ``PublisherError`` that says what to do.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from publisher.errors import PublisherError
    from publisher.model import Finding, Publication, Severity, Verdict
    from publisher.options import Options
    from publisher.pipeline import publish

__version__ = "0.1.0"
__all__ = [
    "Finding",
    "Options",
    "Publication",
    "PublisherError",
    "Severity",
    "Verdict",
    "__version__",
    "publish",
]


_WHERE = {
    "Finding": "publisher.model",
    "Options": "publisher.options",
    "Publication": "publisher.model",
    "PublisherError": "publisher.errors",
    "Severity": "publisher.model",
    "Verdict": "publisher.model",
    "publish": "publisher.pipeline",
}


_MODULES = ("errors", "model", "options")


def __dir__() -> list[str]:
    """Return the names that there are, imported or not."""
    return sorted({*globals(), *__all__, *_MODULES})


def __getattr__(name: str) -> object:
    """Import what is first asked for."""
    if name in _MODULES:
        from importlib import import_module

        return import_module(f"publisher.{name}")
    if name not in _WHERE:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(_WHERE[name]), name)
