"""``publisher fonts``: list the fonts of the catalogue and whether they are here; install those that are missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import FontMissingError, UsageError
from publisher.messages import join_texts, translatable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from publisher.cli.console import Console

SYSTEM_FOLDER = Path("/usr/local/share/fonts/publisher")
"""Where ``--system`` puts the files, for all users of this machine."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and where fonts come from and go to."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=["list", "install"],
        default="list",
        metavar="list|install",
        help="list the fonts and whether they are here (default), or install those that are missing",
    )
    parser.add_argument(
        "--from",
        dest="origins",
        action="append",
        default=[],
        metavar="PLACE",
        help="install: a mirror of Debian, such as http://MIRROR/debian, or a folder with packages or font files; "
        "repeatable (default: the mirrors of this machine)",
    )
    parser.add_argument(
        "--all", action="store_true", help="install: the optional fonts too, for rare characters"
    )
    parser.add_argument(
        "--system", action="store_true", help="install: for all users of this machine"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the fonts, or install those that are missing; return 0."""
    if arguments.action == "install":
        return _install(arguments, console)
    for name in ("origins", "all", "system"):
        if getattr(arguments, name):
            option = "--from" if name == "origins" else f"--{name}"
            raise UsageError(
                translatable("{option} is an option of fonts install", option=option),
                hint=translatable("write publisher fonts install {option} …", option=option),
            )
    return _list(console)


def _list(console: Console) -> int:
    from publisher.typeset.fonts.catalogue import load_catalogue
    from publisher.typeset.fonts.library import load_library

    catalogue = load_catalogue()
    missing = {family.name for family in load_library().missing}
    width = max(map(len, catalogue.families))
    for name, family in catalogue.families.items():
        roles = sorted(
            {
                role.value
                for chains in catalogue.chains.values()
                for role, names in chains.items()
                if name in names
            }
        )
        use = join_texts(", ", map(translatable, roles)) if roles else translatable("fallback")
        console.result(
            translatable(
                "{name}  {state}  {use}  ({licence})",
                name=name.ljust(width),
                state=translatable("missing  " if name in missing else "installed"),
                use=use,
                licence=family.licence,
            ),
            name=name,
            present=name not in missing,
            roles=roles,
            licence=family.licence,
            version=family.version,
        )
    return 0


def _install(arguments: argparse.Namespace, console: Console) -> int:
    from publisher.installation.font_files import install_files
    from publisher.installation.origins import is_address, known_mirrors
    from publisher.installation.plan import missing_files, required_names
    from publisher.typeset.fonts.catalogue import load_catalogue
    from publisher.typeset.fonts.library import search_folders

    catalogue = load_catalogue()
    files = missing_files(catalogue, search_folders(), optional=arguments.all)
    if not files:
        console.result("every font is installed", installed=[])
        return 0
    origins = tuple(arguments.origins) or known_mirrors()
    if not origins:
        raise FontMissingError(
            "no mirror of Debian is known on this machine",
            hint="name one, or a folder with the packages: --from http://MIRROR/debian (list: www.debian.org/mirror/list)",
        )
    for origin in origins:
        if not is_address(origin) and not Path(origin).is_dir():
            raise UsageError(
                translatable("--from: {origin} is no folder", origin=origin),
                hint="name a folder with packages or font files, or a mirror: http://MIRROR/debian",
            )
    folder = _destination(system=arguments.system)
    done = install_files(files, origins, folder, _reporter(console))
    for file in done.installed:
        console.result(
            translatable("{path}  installed", path=folder / file.name),
            name=file.name,
            path=str(folder / file.name),
        )
    required = required_names(catalogue)
    for file in done.lacking:
        console.message(
            translatable(
                "note: no mirror or folder has {name} of the package {package}; another font takes its place",
                name=file.name,
                package=file.package,
            )
        )
    if lacking := [file.name for file in done.lacking if file.name in required]:
        raise FontMissingError(
            translatable("not installed: {names}", names=", ".join(lacking)),
            hint="name another mirror, or a folder with the packages, with --from",
        )
    return 0


def _destination(*, system: bool) -> Path:
    from publisher.system.resources import font_file_folders

    if system:
        return SYSTEM_FOLDER
    folders = font_file_folders()
    if not folders:
        raise FontMissingError(
            "there is no home folder to keep fonts in",
            hint="set XDG_DATA_HOME or PUBLISHER_FONTS, or use --system",
        )
    return folders[0]


def _reporter(console: Console) -> Callable[[str, int, int], None]:
    """Return a function that writes a line when a package begins to come, and one for each quarter of it."""
    quarters: dict[str, int] = {}

    def report(package: str, received: int, expected: int) -> None:
        quarter = received * 4 // expected if expected else 0
        if console.quiet or quarters.get(package) == quarter:
            return
        quarters[package] = quarter
        console.progress(
            translatable(
                "{package}: {received} of {expected} MB",
                package=package,
                received=received // 1_000_000,
                expected=expected // 1_000_000 or "?",
            ),
            package=package,
            received=received,
            expected=expected,
        )

    return report
