"""Make the colour profile of FOGRA39, the default of ``--profile print``, when it is first asked for.

It is computed by Argyll's ``colprof`` from the free measurements of the Debian package icc-profiles-free, which takes
about a minute. It has the date of the data and not of the day, so that it is the same on every machine.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

from publisher.errors import ColourProfileError
from publisher.system.atomic_write import write_atomically

MEASUREMENTS = Path("/usr/share/color/icc/FOGRA39L.ti3")
SCREEN_PROFILE = Path("/usr/share/color/icc/sRGB.icc")
_DATE = slice(24, 36)
"""The date of a profile in its header (ISO 15076-1, 7.2.1)."""
_DAY = struct.pack(">6H", 2006, 12, 1, 0, 0, 0)


def make_profile(path: Path) -> None:
    """Write the profile to a path; the file is complete or absent.

    Raises:
        ColourProfileError: ``colprof`` or the measurements are not on this machine, or it fails.
        OutputError: The file cannot be written.

    """
    program = shutil.which("colprof")
    if program is None or not MEASUREMENTS.is_file():
        raise ColourProfileError(
            "the profile of FOGRA39 cannot be made here: Argyll or its measurements are missing",
            hint="apt-get install argyll icc-profiles-free, or name the print shop's profile with --icc FILE",
        )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "profile.icc")
        options = ["-q", "m", "-nc", "-l", "300", "-k", "r", "-S", str(SCREEN_PROFILE)]
        options += ["-c", "mt", "-d", "pp", "-D", "Coated FOGRA39L"]
        options += ["-C", "Made from the data of Fogra", "-O", str(target)]
        process = subprocess.run(  # noqa: S603
            [program, *options, str(MEASUREMENTS.with_suffix(""))], capture_output=True, check=False
        )
        if process.returncode or not target.is_file():
            raise ColourProfileError(
                "the profile of FOGRA39 could not be made by colprof",
                hint="name the print shop's own profile with --icc FILE",
            )
        data = bytearray(target.read_bytes())
    data[_DATE] = _DAY
    write_atomically({path: bytes(data)})
