"""Old office formats made into Word files by LibreOffice, behind a wall of its own.

Enters: the bytes of a .doc, .wps, .rtf or .odt. Leaves: those of a .docx. LibreOffice follows what
a file links to, so it runs where there is nothing to follow to: in namespaces of Linux without a
network, on a file system that holds the programs, the fonts and the one file. Where the system
allows no namespaces, nothing is converted. Its settings forbid macros and links besides.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from publisher.errors import ConverterError
from publisher.readers.limits import LIMITS, require

_SAVE_AS_DOCX = "open it in an office program and save it as .docx"
_INSTALL = f"install it (apt-get install libreoffice-writer-nogui), or {_SAVE_AS_DOCX}"
_MEMORY = 4 << 30
"""Bytes of address space; LibreOffice alone takes one thousand million."""
_FILTER = "docx:MS Word 2007 XML"
_WALL = (
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
_BUILD_ROOT = """
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
"""Puts up the file system that the converter sees, and runs it there: ``sh -c`` with the folder."""
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
        ("Inet/Settings", f"ooInet{kind}Proxy{what}", value)
        for kind in ("HTTP", "HTTPS", "FTP")
        for what, value in (("Name", "127.0.0.1"), ("Port", "9"))
    ),
)
"""No macro, no link, no field made anew; a proxy that is not there, if all else failed."""
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
)
_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)
_CLOCK = re.compile(
    rb"(<w:instrText[^>]*>\s*(?:DATE|TIME)\b[^<]*</w:instrText></w:r>)"
    rb'<w:r>(?:(?!</?w:r>).)*<w:fldChar w:fldCharType="separate"/></w:r>'
    rb"(?:(?!<w:fldChar).)*?"
    rb'(<w:r>(?:(?!</?w:r>).)*<w:fldChar w:fldCharType="end"/></w:r>)',
    re.DOTALL,
)
"""A field that LibreOffice has filled in from the clock."""


def as_docx(data: bytes, suffix: str, *, where: str) -> bytes:
    """Return a Word file with what the file holds; the same text whenever it is made.

    Raises ``ConverterError`` where LibreOffice is not there, cannot be shut in, or makes nothing.
    """
    program = converter()
    if not program:
        raise ConverterError(
            f"is a {suffix} file, which needs LibreOffice to be read", where=where, hint=_INSTALL
        )
    if not can_be_shut_in():
        raise ConverterError(
            f"is a {suffix} file; LibreOffice would read it, but cannot be shut off from the "
            "network and other files here",
            where=where,
            hint=f"allow user namespaces (unshare, prlimit of util-linux), or {_SAVE_AS_DOCX}",
        )
    with tempfile.TemporaryDirectory(prefix="publisher-office-") as folder:
        job = Path(folder)
        files = job / "files"
        (files / "profile" / "user").mkdir(parents=True)
        (job / "root").mkdir()
        (files / "profile" / "user" / "registrymodifications.xcu").write_text(
            _REGISTRY.format("".join(_ITEM.format(*one) for one in _SETTINGS)), encoding="utf-8"
        )
        (files / f"report{suffix}").write_bytes(data)
        _run(program, job, f"report{suffix}", where)
        return _without_clock(_result(files / "out" / "report.docx", where), where)


def converter() -> str:
    """Return where LibreOffice is; empty where it is not."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


@cache
def can_be_shut_in() -> bool:
    """Tell whether this system lets a program into namespaces of its own."""
    tools = all(shutil.which(one) for one in ("unshare", "prlimit", "mount", "chroot", "sh"))
    return tools and (
        subprocess.run(  # noqa: S603 - a fixed command
            [*_WALL, "true"], check=False, capture_output=True, timeout=LIMITS["seconds"].most
        ).returncode
        == 0
    )


def _run(program: str, job: Path, name: str, where: str) -> None:
    command = [
        "prlimit",
        f"--as={_MEMORY}",
        f"--fsize={LIMITS['unpacked'].most}",
        "--core=0",
        "--",
        *_WALL,
        "sh",
        "-c",
        _BUILD_ROOT,
        "sh",
        str(job),
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
            process.wait(timeout=LIMITS["seconds"].most)
        except subprocess.TimeoutExpired as error:
            raise ConverterError(
                f"takes LibreOffice more than the limit 'seconds' of {LIMITS['seconds'].most}",
                where=where,
                hint=_SAVE_AS_DOCX,
            ) from error
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End whatever the conversion has left running; with its first process the namespace goes."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _result(path: Path, where: str) -> bytes:
    """Return the file that was made, if it is one and no way out of the folder."""
    if not path.is_file() or path.resolve() != path.parent.parent.resolve() / "out" / path.name:
        raise ConverterError(
            "LibreOffice made nothing of it: it is damaged, under a password, or too large",
            where=where,
            hint=_SAVE_AS_DOCX,
        )
    require("bytes", path.stat().st_size, where=where)
    return path.read_bytes()


def _without_clock(data: bytes, where: str) -> bytes:
    """Take out what the clock said while the file was made: it would be another the next day."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            require("unpacked", sum(one.file_size for one in archive.infolist()), where=where)
            parts = {one: archive.read(one) for one in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ConverterError(
            f"LibreOffice made no whole Word file of it: {error}", where=where, hint=_SAVE_AS_DOCX
        ) from error
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            is_text = entry.filename.startswith("word/") and entry.filename.endswith(".xml")
            archive.writestr(
                zipfile.ZipInfo(entry.filename),
                _CLOCK.sub(rb"\1\2", content) if is_text else content,
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()
