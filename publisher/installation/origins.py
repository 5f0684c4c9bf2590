"""Where packages and font files are fetched from: mirrors of Debian, and folders.

An origin is the address of a mirror (``http`` or ``https``) or the path of a folder, which holds packages or font files.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import FontMissingError
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.typeset.fonts.catalogue import FontFile

TIMEOUT = 30.0
"""Seconds without an answer after which a mirror is given up."""
LARGEST_PACKAGE = 300_000_000
"""Bytes of the largest package that is fetched."""
_CHUNK = 1 << 20


def is_address(origin: str) -> bool:
    """Return whether an origin is the address of a mirror and not a folder."""
    return origin.startswith(("http://", "https://"))


def known_mirrors() -> tuple[str, ...]:
    """Return the addresses of the mirrors that the package manager of this machine uses, if it is Debian's."""
    program = shutil.which("apt-get")
    if program is None:
        return ()
    answer = subprocess.run(  # noqa: S603
        [program, "indextargets", "--format", "$(SITE)"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
    )
    return tuple(sorted({line for line in answer.stdout.splitlines() if is_address(line)}))


def fetch_package(
    origin: str, file: FontFile, folder: Path, report: Callable[[int, int], None]
) -> Path | None:
    """Return the path of the package that holds a font file; None if the origin has none.

    In a folder, another version of the package will do: the checksum of the file decides.

    Args:
        origin: A mirror or a folder.
        file: The font file.
        folder: Where to write what a mirror sends.
        report: Called with the bytes that have come and the bytes that are expected (0 if unknown).

    """
    if not is_address(origin):
        exact = Path(origin, file.archive)
        others = sorted(Path(origin).glob(f"{file.package}_*.deb"))
        return next((path for path in (exact, *others) if path.is_file()), None)
    target = folder / Path(file.archive).name
    address = f"{origin.rstrip('/')}/{urllib.parse.quote(file.archive, safe='/+~:')}"
    try:
        with (
            urllib.request.urlopen(address, timeout=TIMEOUT) as answer,  # noqa: S310
            target.open("wb") as content,
        ):
            expected = int(answer.headers.get("Content-Length") or 0)
            for chunk in _chunks(answer.read):
                content.write(chunk)
                report(content.tell(), expected)
                if content.tell() > LARGEST_PACKAGE:
                    return None
    except urllib.error.HTTPError:
        return None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise FontMissingError(
            translatable("cannot be reached: {error}", error=getattr(error, "reason", error)),
            where=origin,
            hint="check the network, or name another mirror or a folder with --from",
        ) from error
    return target


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while chunk := read(_CHUNK):
        yield chunk
