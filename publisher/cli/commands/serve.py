"""``publisher serve``: the desk, a page in the browser to publish reports, and an API for other programs."""

from __future__ import annotations

import importlib.util
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.batch.worker import Limits
from publisher.cli.arguments import add_option
from publisher.cli.limits import require_limits
from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.options import Options
from publisher.system.ordinary_file import SETTINGS_LIMIT, read_ordinary_file
from publisher.system.platform_features import HAS_PROCESS_GROUPS, processor_count

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console

TOKEN_VARIABLE = "PUBLISHER_TOKEN"  # noqa: S105 - a name
PACKAGES = ("starlette", "uvicorn", "python_multipart", "prometheus_client", "watchfiles")
"""What the extra ``[serve]`` installs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher serve``."""
    parser.add_argument(
        "--listen",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="IP address to listen on (default: 127.0.0.1, which only this machine reaches)",
    )
    parser.add_argument(
        "--port", type=int, default=8631, metavar="N", help="port to listen on (default: 8631)"
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address, and open no browser"
    )
    parser.add_argument(
        "--workers",
        dest="jobs",
        type=int,
        metavar="N",
        help="number of reports that are worked on at the same time (default: the number of processors)",
    )
    parser.add_argument(
        "--deadline",
        type=float,
        default=300.0,
        metavar="SECONDS",
        help="time limit of a report (default: 300)",
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=2048,
        metavar="MB",
        help="memory limit of a report (default: 2048)",
    )
    parser.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help="file with the secret of those who may use the server (default: the variable PUBLISHER_TOKEN, or a new one "
        "at each start)",
    )
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="a reverse proxy in front of the server decides who may use it",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="name by which clients call the server, besides localhost and its addresses; may be given several times",
    )
    add_option(parser, "extensions")
    parser.add_argument(
        "--retention",
        type=float,
        default=24.0,
        metavar="HOURS",
        help="time after which the files of a finished job are removed (default: 24)",
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="DIR",
        help="folder of accepted jobs and their results (default: ~/.local/state/publisher)",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Run the server until it is interrupted; return 0."""
    require_limits(arguments)
    require_packages()
    if not HAS_PROCESS_GROUPS:
        raise UsageError(
            "the server does not run on this system: it has no groups of processes",
            hint="use Linux or macOS, or the container",
        )
    from publisher.extensions import load_extensions
    from publisher.serve.running import serve
    from publisher.serve.settings import ServerSettings, default_state_folder, is_loopback

    extensions = Options(extensions=arguments.extensions).extensions
    load_extensions(extensions)  # raises for one that cannot be used
    token = _read_token(arguments.token_file)
    is_configured = bool(token)
    if not token and not arguments.behind_proxy and is_loopback(arguments.listen):
        token = secrets.token_urlsafe(32)
    settings = ServerSettings(
        state=arguments.state or default_state_folder(),
        address=arguments.listen,
        port=arguments.port,
        token=token,
        behind_proxy=arguments.behind_proxy,
        host_names=tuple(arguments.allow_host),
        extensions=extensions,
        workers=arguments.jobs or processor_count(),
        limits=Limits(seconds=arguments.deadline, megabytes=arguments.memory),
        retention=arguments.retention * 3600,
    )

    def report_address(address: str) -> None:
        if is_configured:  # who has configured a token knows it, and logs are read by others
            address = address.partition("?")[0]
        console.result(translatable("listening on {address}", address=address), address=address)

    serve(
        settings,
        on_start=report_address,
        open_browser=settings.is_local and not arguments.no_browser,
    )
    return 0


def require_packages() -> None:
    """Raise ``UsageError`` if a package of the extra is not installed."""
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(
            translatable("the package {name} is not installed", name=missing[0]),
            hint='pip install "gongwen-publisher[serve]"',
        )


def _read_token(file: Path | None) -> str:
    if file is None:
        return os.environ.get(TOKEN_VARIABLE, "")
    try:
        return read_ordinary_file(file, SETTINGS_LIMIT).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(
            translatable("the token cannot be read: {reason}", reason=reason),
            where=str(file),
            hint="check --token-file and the file's permissions",
        ) from error
