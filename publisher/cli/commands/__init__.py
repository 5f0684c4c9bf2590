"""The commands: each is a module with ``add_arguments(parser)`` and ``run(arguments, console)``.

``COMMANDS`` lists them in the order of ``publisher --help``. The module of ``explain-lines`` is
``explain_lines``. A module is imported when its command is used, so it may import what it needs; what is
slow is imported in ``run``, so that ``--help`` stays fast.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "build": "publish reports as PDF, each with its record",
        "check": "check the figures of reports without building them",
        "review": "list the edits that are proposed or made, and decide about them",
        "serve": "publish reports on a page in the browser, and by an API for other programs",
        "watch": "publish each report that is dropped into a folder",
        "compare": "list what differs between two versions, or two years, of a report",
        "stats": "gather the figures of a folder of records into one table",
        "volume": "bind the publications of a folder into one volume",
        "verify": "verify publications against their records, and bags",
        "sign": "sign a finished publication",
        "archive": "put reports into BagIt bags with all that they were made from",
        "rebuild": "build the PDFs of bags again and compare them",
        "preflight": "check whether a print shop can print PDFs",
        "impose": "arrange the pages of a PDF on sheets for a print shop",
        "explain-lines": "print why each line of a page ends where it does",
        "doctor": "list what is installed, what is missing and how to get it",
        "styles": "list the styles",
        "fonts": "list the fonts and their roles",
        "rules": "explain the rules that change text and report findings",
        "completion": "print the completion script for a shell",
    }
)
"""Each command with its summary."""

EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "build": "publisher build report.txt",
        "check": "publisher check report.txt",
        "review": "publisher review report.txt",
        "serve": "publisher serve",
        "watch": "publisher watch incoming published",
        "compare": "publisher compare draft.txt report.txt",
        "stats": "publisher stats out",
        "volume": "publisher volume out",
        "verify": "publisher verify out/report.pdf",
        "sign": "publisher sign out/report.pdf --key office.p12",
        "archive": "publisher archive report.txt",
        "rebuild": "publisher rebuild out/report",
        "preflight": "publisher preflight out/report.pdf",
        "impose": "publisher impose out/report.pdf",
        "explain-lines": "publisher explain-lines report.txt --page 1",
        "doctor": "publisher doctor",
        "styles": "publisher styles",
        "fonts": "publisher fonts",
        "rules": "publisher rules punctuation",
        "completion": "publisher completion bash",
    }
)
"""For each command an example of it, which the hint for a mistake in its arguments shows."""


def module_name(command: str) -> str:
    """Return the name of the module of a command."""
    return f"{__name__}.{command.replace('-', '_')}"
