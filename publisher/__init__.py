"""Publisher: Chinese public reports in, accessible and archival PDFs out.

    from publisher import Options, publish

    publication = publish("report.txt", Options(style="reader"))
    publication.pdf       # where the PDF is
    publication.findings  # what a person should look at

``publish`` reads, puts in order, typesets and verifies one report, and writes the PDF and its
record; what goes wrong is a ``PublisherError`` that says what to do.
"""

from publisher._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from publisher.errors import PublisherError
    from publisher.model import Finding, Publication, Severity, Verdict
    from publisher.options import Options
    from publisher.pipeline import publish

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
    "Finding": "model",
    "Options": "options",
    "Publication": "model",
    "PublisherError": "errors",
    "Severity": "model",
    "Verdict": "model",
    "publish": "pipeline",
}


def __dir__() -> list[str]:
    """Return the names that there are, imported or not."""
    return sorted({*globals(), *_WHERE, *_WHERE.values()})


def __getattr__(name: str) -> object:
    """Import what is first asked for: a name, or the module that it stands in."""
    if name not in {*_WHERE, *_WHERE.values()}:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    module = import_module(f"publisher.{_WHERE.get(name, name)}")
    return getattr(module, name) if name in _WHERE else module
