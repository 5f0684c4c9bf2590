"""The errors a user can cause, as one hierarchy; each class carries its exit code.

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
    └── WorkerError (60)
        ├── DeadlineError (61)
        ├── MemoryLimitError (62)
        ├── CrashError (63)
        └── ClusterError (64)

An error's text says what happened and where; its ``hint`` says what to do about it.
"""

from typing import ClassVar


class PublisherError(Exception):
    """The base of every error that a person's input or machine can cause."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        """Keep the message, the way out of it, and the file, line or offset it concerns."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        """Return the message, with its place in front where one is known."""
        return f"{self.where}: {self.message}" if self.where else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error cross the border between processes whole."""
        return _rebuild, (type(self), self.message, self.hint, self.where)


def _rebuild(kind: type[PublisherError], message: str, hint: str, where: str) -> PublisherError:
    return kind(message, hint=hint, where=where)


class UsageError(PublisherError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class ConfigurationError(UsageError):
    """A configuration file is malformed, or names an option that does not exist."""

    exit_code = 3


class UnknownStyleError(UsageError):
    """No style has the name that was asked for."""

    exit_code = 4


class SourceError(PublisherError):
    """A source cannot be published as it is."""

    exit_code = 10


class SourceNotFoundError(SourceError):
    """The source is not there."""

    exit_code = 11


class SourceUnreadableError(SourceError):
    """The source is there, but the system does not let it be read."""

    exit_code = 12


class SourceEmptyError(SourceError):
    """The source has no text."""

    exit_code = 13


class SourceEncodingError(SourceError):
    """A byte of the source has no meaning in its encoding."""

    exit_code = 14


class UnsupportedFormatError(SourceError):
    """No reader takes this kind of file."""

    exit_code = 15


class LimitError(SourceError):
    """A source is larger, deeper or more crowded than any report; see ``readers.limits.LIMITS``."""

    exit_code = 16


class SourceDamagedError(SourceError):
    """A file is not whole, or not what its format asks for."""

    exit_code = 17


class SourceUnsafeError(SourceError):
    """A file tries what no report needs: entities, other files, the network."""

    exit_code = 18


class ConverterError(SourceError):
    """The program that an old format is read with is not there, or gave nothing."""

    exit_code = 19


class TypesettingError(PublisherError):
    """The report cannot be set in type here."""

    exit_code = 20


class FontMissingError(TypesettingError):
    """A font that a style needs is not on this machine."""

    exit_code = 21


class GlyphMissingError(TypesettingError):
    """No font of the catalogue has a glyph for a character of the report."""

    exit_code = 22


class SystemLibraryError(TypesettingError):
    """A library that the typesetter loads from the system is not there."""

    exit_code = 23


class ColourProfileError(TypesettingError):
    """The profile of a printing condition is not there, or is none of a press with four inks."""

    exit_code = 24


class OutputError(PublisherError):
    """The result cannot be written."""

    exit_code = 30


class DiskFullError(OutputError):
    """The disk has no room for the result; what stood there before is untouched."""

    exit_code = 31


class BusyError(OutputError):
    """Another run is writing into the same folder."""

    exit_code = 32


class VerificationError(PublisherError):
    """A finished file is not what its record says."""

    exit_code = 40


class SigningError(PublisherError):
    """A publication cannot be signed: its key, its certificate or an authority does not serve."""

    exit_code = 41


class FigureError(PublisherError):
    """A statement of the report does not add up, and ``--strict`` was asked for."""

    exit_code = 50


class WorkerError(PublisherError):
    """A report cost more than one report may."""

    exit_code = 60


class DeadlineError(WorkerError):
    """It took longer than a report may take."""

    exit_code = 61


class MemoryLimitError(WorkerError):
    """It wanted more memory than a report may have."""

    exit_code = 62


class CrashError(WorkerError):
    """The process that built it ended, or met a fault of the program."""

    exit_code = 63


class ClusterError(WorkerError):
    """The cluster cannot be used: nobody answers, or its workers are not what this machine is."""

    exit_code = 64
