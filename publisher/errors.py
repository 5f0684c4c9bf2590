"""The errors of the toolkit, as one hierarchy; each class has its exit code.

    PublisherError (1)
    ├── UsageError (2)
    │   ├── ConfigurationError (3)
    │   └── UnknownStyleError (4)
    ├── SourceError (10)
    │   ├── SourceNotFoundError (11)
    │   ├── SourceUnreadableError (12)
    │   ├── SourceEmptyError (13)
    │   ├── SourceEncodingError (14)
    │   ├── UnsupportedFormatError (15)
    │   ├── LimitError (16)
    │   ├── SourceDamagedError (17)
    │   ├── SourceUnsafeError (18)
    │   └── ConverterError (19)
    ├── TypesettingError (20)
    │   ├── FontMissingError (21)
    │   ├── GlyphMissingError (22)
    │   ├── SystemLibraryError (23)
    │   └── ColourProfileError (24)
    ├── OutputError (30)
    │   ├── DiskFullError (31)
    │   └── BusyError (32)
    ├── VerificationError (40)
    ├── SigningError (41)
    ├── FigureError (50)
    ├── WorkerError (60)
    │   ├── DeadlineError (61)
    │   ├── MemoryLimitError (62)
    │   ├── CrashError (63)
    │   └── ClusterError (64)
    └── ExtensionError (70)

The text of an error is what happened and where; its ``hint`` is what to do about it.
"""

from typing import ClassVar

from publisher.messages import translatable

HARMFUL_FILE = "ask for the file again; this one is damaged, or made to do harm"
"""The hint for a file that exceeds a limit of a process that reads it."""


class PublisherError(Exception):
    """The base class of the errors that input, options or the machine can cause."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        """Store the message, the hint, and the file, line or offset that the error is about."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        """Return the message, after its place if one is known."""
        return f"{self.where}: {self.message}" if self.where else self.message

    @property
    def text(self) -> str:
        """What happened, after its place if one is known; in parts that can be translated."""
        if not self.where:
            return self.message
        return translatable("{where}: {message}", where=self.where, message=self.message)

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to create the error in another process."""
        return _rebuild, (type(self), self.message, self.hint, self.where)


def _rebuild(kind: type[PublisherError], message: str, hint: str, where: str) -> PublisherError:
    return kind(message, hint=hint, where=where)


class UsageError(PublisherError):
    """An argument or an option has a value that is not possible."""

    exit_code = 2


class ConfigurationError(UsageError):
    """A configuration file is malformed, or has a key that is not an option."""

    exit_code = 3


class UnknownStyleError(UsageError):
    """There is no style of that name."""

    exit_code = 4


class SourceError(PublisherError):
    """A source cannot be published."""

    exit_code = 10


class SourceNotFoundError(SourceError):
    """The source does not exist."""

    exit_code = 11


class SourceUnreadableError(SourceError):
    """The source exists but cannot be read."""

    exit_code = 12


class SourceEmptyError(SourceError):
    """The source has no text."""

    exit_code = 13


class SourceEncodingError(SourceError):
    """A byte of the source is not valid in its encoding."""

    exit_code = 14


class UnsupportedFormatError(SourceError):
    """No reader supports the format of the source."""

    exit_code = 15


class LimitError(SourceError):
    """A source exceeds a limit of ``readers.limits.LIMITS``."""

    exit_code = 16


class SourceDamagedError(SourceError):
    """A file is incomplete or violates its format."""

    exit_code = 17


class SourceUnsafeError(SourceError):
    """A file uses XML entities, refers to other files or accesses the network."""

    exit_code = 18


class ConverterError(SourceError):
    """LibreOffice, which converts old formats, is not installed or could not read the file."""

    exit_code = 19


class TypesettingError(PublisherError):
    """The report cannot be typeset."""

    exit_code = 20


class FontMissingError(TypesettingError):
    """A font that a style needs is not installed."""

    exit_code = 21


class GlyphMissingError(TypesettingError):
    """No font has a glyph for a character of the report."""

    exit_code = 22


class SystemLibraryError(TypesettingError):
    """A system library that the typesetter needs is not installed."""

    exit_code = 23


class ColourProfileError(TypesettingError):
    """The ICC profile of a printing condition is missing, damaged or not for CMYK."""

    exit_code = 24


class OutputError(PublisherError):
    """A result cannot be written."""

    exit_code = 30


class DiskFullError(OutputError):
    """The disk is full; earlier results are unchanged."""

    exit_code = 31


class BusyError(OutputError):
    """Another run writes into the same folder."""

    exit_code = 32


class VerificationError(PublisherError):
    """A finished file is not what its record or its standards say."""

    exit_code = 40


class SigningError(PublisherError):
    """A publication cannot be signed with this key, certificate or authority."""

    exit_code = 41


class FigureError(PublisherError):
    """A check of the figures failed, and ``--strict`` was given."""

    exit_code = 50


class WorkerError(PublisherError):
    """A report exceeded the limits of a worker."""

    exit_code = 60


class DeadlineError(WorkerError):
    """A report took longer than its time limit."""

    exit_code = 61


class MemoryLimitError(WorkerError):
    """A report needed more memory than its limit."""

    exit_code = 62


class CrashError(WorkerError):
    """The process that built a report ended, or the program failed."""

    exit_code = 63


class ClusterError(WorkerError):
    """The cluster does not answer, or its workers have other software than this machine."""

    exit_code = 64


class ExtensionError(PublisherError):
    """An extension is not installed, cannot be used, or failed."""

    exit_code = 70
