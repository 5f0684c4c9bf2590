"""Converts old office formats (.doc, .wps, .rtf, .odt) to .docx with LibreOffice, in isolation.

LibreOffice follows the links in a file. It therefore runs in Linux namespaces without a network, on
a file system that contains only the programs, the fonts and the one file. If the system does not
allow namespaces, nothing is converted. The settings of LibreOffice also forbid macros and links.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from publisher.errors import ConverterError
from publisher.messages import translatable
from publisher.readers.limits import LIMITS, require
from publisher.system.temporary_folder import temporary_folder

if TYPE_CHECKING:
    from pathlib import Path

_RESAVE_HINT = "open it in an office program and save it as .docx"
_INSTALL_HINT = translatable(
    "install it (apt-get install libreoffice-writer-nogui), or {resave_hint}",
    resave_hint=_RESAVE_HINT,
)
_MAX_MEMORY = 4 << 30
"""Bytes of address space; LibreOffice itself takes about one gigabyte."""
_LEAST_SPACE = 1 << 20
"""Bytes that are free in the folder after a conversion; with less, it may have failed for want of space."""
_FILTER = "docx:MS Word 2007 XML"
_NAMESPACE_COMMAND = (
    "unshare",
    "--user",
    "--map-root-user",
    "--net",
    "--ipc",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
)
_TOOLS = ("setpriv", "unshare", "prlimit", "mount", "chroot", "sh")
"""The programs that isolate LibreOffice."""
_END_WITH_PARENT = ("setpriv", "--pdeathsig", "KILL", "--")
"""Ends LibreOffice with the process that started it, also if that is killed; otherwise it would go on alone."""
_ROOT_SCRIPT = """
set -e
job=$1; shift
root=$job/root
mount -t tmpfs -o mode=755,size=1m tmpfs "$root"
for name in usr bin sbin lib lib32 lib64 libx32 opt nix etc/fonts etc/libreoffice etc/alternatives \\
    etc/ld.so.cache etc/ld.so.conf etc/ld.so.conf.d dev/null dev/zero dev/random dev/urandom; do
  [ -e "/$name" ] || continue
  mkdir -p "$(dirname "$root/$name")"
  if [ -L "/$name" ]; then cp -P "/$name" "$root/$name"
  elif [ -d "/$name" ]; then mkdir "$root/$name"; mount --rbind "/$name" "$root/$name"
    mount -o remount,bind,ro "$root/$name" || :
  else : > "$root/$name"; mount --bind "/$name" "$root/$name"; fi
done
for name in usr/share/pixmaps usr/share/doc usr/share/backgrounds; do
  [ ! -d "$root/$name" ] || mount -t tmpfs -o mode=755,size=1k,ro tmpfs "$root/$name"
done
mkdir "$root/job" "$root/tmp" "$root/proc"
mount --bind "$job/files" "$root/job"
mount -t proc proc "$root/proc" || :
exec chroot "$root" "$@"
"""
"""Builds the file system for LibreOffice and runs it there: ``sh -c`` with folder and command."""
_ENVIRONMENT = {
    "HOME": "/job",
    "TMPDIR": "/job",
    "LANG": "C.UTF-8",
    "TZ": "Asia/Shanghai",
    "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
}
_SCRIPTING = "Office.Common/Security/Scripting"
_UPDATE = "Office.Writer/Content/Update"
_SETTINGS = (
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_UPDATE, "Link", "0"),
    (_UPDATE, "Field", "false"),
    (_UPDATE, "Chart", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(
        ("Inet/Settings", f"ooInet{kind}Proxy{setting}", value)
        for kind in ("HTTP", "HTTPS", "FTP")
        for setting, value in (("Name", "127.0.0.1"), ("Port", "9"))
    ),
)
"""Forbids macros, links and updates of fields; the proxy does not exist, as a last safeguard."""
_SETTINGS_FILE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
)
_SETTING_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)
_CLOCK_FIELD = re.compile(
    rb"(<w:instrText[^>]*>\s*(?:DATE|TIME)\b[^<]*</w:instrText></w:r>)"
    rb'<w:r>(?:(?!</?w:r>).)*<w:fldChar w:fldCharType="separate"/></w:r>'
    rb"(?:(?!<w:fldChar).)*?"
    rb'(<w:r>(?:(?!</?w:r>).)*<w:fldChar w:fldCharType="end"/></w:r>)',
    re.DOTALL,
)
"""A date or time field, whose result LibreOffice takes from the clock."""


def convert_to_docx(data: bytes, suffix: str, *, where: str) -> bytes:
    """Convert a file to a Word file, with the same text every time.

    Args:
        data: The bytes of the file.
        suffix: The suffix of its format, with the dot.
        where: The name of the file in error messages.

    Raises:
        ConverterError: LibreOffice is not installed, cannot be isolated, or fails.
        LimitError: The result is beyond a limit.

    """
    program = find_libreoffice()
    if not program:
        raise ConverterError(
            translatable("is a {suffix} file, and reading it needs LibreOffice", suffix=suffix),
            where=where,
            hint=_INSTALL_HINT,
        )
    if not can_isolate():
        raise ConverterError(
            translatable(
                "is a {suffix} file, and LibreOffice cannot be isolated from the network and other "
                "files on this system",
                suffix=suffix,
            ),
            where=where,
            hint=translatable(
                "allow user namespaces (unshare, prlimit of util-linux), or {resave_hint}",
                resave_hint=_RESAVE_HINT,
            ),
        )
    try:
        return _convert_in_folder(program, data, suffix, where)
    except OSError as error:
        raise _folder_error(error.strerror or str(error), where) from error


def _convert_in_folder(program: str, data: bytes, suffix: str, where: str) -> bytes:
    """Convert a file in a temporary folder."""
    with temporary_folder("publisher-office-") as job_folder:
        files = job_folder / "files"
        (files / "profile" / "user").mkdir(parents=True)
        (job_folder / "root").mkdir()
        settings = "".join(_SETTING_ITEM.format(*setting) for setting in _SETTINGS)
        (files / "profile" / "user" / "registrymodifications.xcu").write_text(
            _SETTINGS_FILE.format(settings), encoding="utf-8"
        )
        (files / f"report{suffix}").write_bytes(data)
        _run_conversion(program, job_folder, f"report{suffix}", where)
        try:
            result = _read_result(files / "out" / "report.docx", where)
            return _remove_clock_fields(result, where, keep_locked=suffix == ".odt")
        except ConverterError as error:
            if shutil.disk_usage(files).free < _LEAST_SPACE:
                raise _folder_error(os.strerror(errno.ENOSPC), where) from error
            raise


def _folder_error(problem: str, where: str) -> ConverterError:
    """Return the error about a temporary folder that cannot be used."""
    return ConverterError(
        translatable(
            "LibreOffice cannot work in the folder for temporary files, {folder}: {problem}",
            folder=tempfile.gettempdir(),
            problem=problem,
        ),
        where=where,
        hint="free some space there, or name another folder in the variable TMPDIR",
    )


def find_libreoffice() -> str:
    """Return the path of LibreOffice; empty if it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


@cache
def can_isolate() -> bool:
    """Return whether this system can run a program in its own namespaces."""
    has_tools = all(shutil.which(tool) for tool in _TOOLS)
    return has_tools and (
        subprocess.run(  # noqa: S603 - a fixed command
            [*_NAMESPACE_COMMAND, "true"],
            check=False,
            capture_output=True,
            timeout=LIMITS["seconds"].maximum,
        ).returncode
        == 0
    )


def _run_conversion(program: str, job_folder: Path, name: str, where: str) -> None:
    command = [
        *_END_WITH_PARENT,
        "prlimit",
        f"--as={_MAX_MEMORY}",
        f"--fsize={LIMITS['unpacked'].maximum}",
        "--core=0",
        "--",
        *_NAMESPACE_COMMAND,
        "sh",
        "-c",
        _ROOT_SCRIPT,
        "sh",
        str(job_folder),
        program,
        "-env:UserInstallation=file:///job/profile",
        "--headless",
        "--norestore",
        "--nologo",
        "--nolockcheck",
        "--convert-to",
        _FILTER,
        "--outdir",
        "/job/out",
        f"/job/{name}",
    ]
    with subprocess.Popen(  # noqa: S603 - the names in it are our own
        command,
        env=_ENVIRONMENT,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout=LIMITS["seconds"].maximum)
        except subprocess.TimeoutExpired as error:
            raise ConverterError(
                translatable(
                    "takes LibreOffice longer than the limit 'seconds' of {maximum}",
                    maximum=LIMITS["seconds"].maximum,
                ),
                where=where,
                hint=_RESAVE_HINT,
            ) from error
        finally:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the conversion if it still runs; its namespace ends with its first process."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _read_result(path: Path, where: str) -> bytes:
    """Return the bytes of the result; refuse a link that leads out of its folder."""
    if not path.is_file() or path.resolve() != path.parent.parent.resolve() / "out" / path.name:
        raise ConverterError(
            "LibreOffice cannot convert it: it is damaged, has a password, or is too large",
            where=where,
            hint=_RESAVE_HINT,
        )
    require("bytes", path.stat().st_size, where=where)
    return path.read_bytes()


def _remove_clock_fields(data: bytes, where: str, *, keep_locked: bool) -> bytes:
    """Remove the results of date and time fields, which differ from one conversion to the next.

    Locked fields are kept if ``keep_locked``: OpenDocument has the dates of its fixed fields. In other formats LibreOffice
    takes these from the clock, too.
    """

    def without_result(match: re.Match[bytes]) -> bytes:
        begin = match.string.rfind(b"<w:fldChar", 0, match.start())
        tag = match.string[max(begin, 0) : match.string.find(b">", max(begin, 0))]
        is_kept = keep_locked and b'w:fldLock="true"' in tag
        return match[0] if is_kept else match[1] + match[2]

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            require("unpacked", sum(entry.file_size for entry in entries), where=where)
            parts = {entry: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ConverterError(
            translatable("LibreOffice made an incomplete Word file of it: {error}", error=error),
            where=where,
            hint=_RESAVE_HINT,
        ) from error
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            is_text = entry.filename.startswith("word/") and entry.filename.endswith(".xml")
            archive.writestr(
                zipfile.ZipInfo(entry.filename),
                _CLOCK_FIELD.sub(without_result, content) if is_text else content,
                zipfile.ZIP_DEFLATED,
            )
    return buffer.getvalue()
