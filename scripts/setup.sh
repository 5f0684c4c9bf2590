#!/bin/sh
# Install what the program needs: system libraries, fonts, and a virtual environment in .venv.
# You can run it again at any time: it does only what is left to do.
#
#   scripts/setup.sh          what publishing needs
#   scripts/setup.sh --fast   also a C compiler and compiled modules; typesetting then takes about 20 % less time
#   scripts/setup.sh --dev    what the tests need as well
#   scripts/setup.sh --tests  the same, without what only some tests need: Chromium, LibreOffice, Ghostscript and Argyll
#
# PYTHON=python3.13 scripts/setup.sh uses that Python instead of the system's own.
# The fonts, their packages and checksums are in fonts/catalogue.toml.
set -eu
cd "$(dirname "$0")/.."

programs=yes
lock=publish # one of scripts/lock/: publish, fast or dev, each with the packages of the ones before it
case "${1-}" in
'') ;;
--fast) lock=fast ;;
--dev) lock=dev ;;
--tests)
    lock=dev
    programs=
    ;;
*)
    echo "usage: scripts/setup.sh [--fast | --dev | --tests]" >&2
    exit 2
    ;;
esac

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "error: $1"
    shift
    for line; do say "hint: $line"; done
    exit 1
}

# What was set up before stays.

stamp=.venv/publisher-setup
earlier=$(sed -n 's/^packages: //p' "$stamp" 2>/dev/null || :)
case "$earlier$lock" in
dev*) lock=dev ;;
fastpublish) lock=fast ;;
esac

have() { command -v "$1" >/dev/null 2>&1; }

fonts= # the process that installs fonts
profile= # the process that makes the colour profile
clean_up() {
    for process in $fonts $profile; do kill "$process" 2>/dev/null || :; done
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_install() {
    have apt-get && { [ "$(id -u)" = 0 ] || have sudo; }
}

updated=
update_once() {
    [ -n "$updated" ] && return
    say "Reading the lists of packages …"
    as_root apt-get -qq update || fail "apt-get update failed" "check the network"
    updated=yes
}

known() { apt-cache show "$1" >/dev/null 2>&1; }

install() {
    can_install || fail "not installed, and cannot be installed from here: $*" \
        "have an administrator run: apt-get install --no-install-recommends $*"
    update_once
    say "Installing $* …"
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends "$@" >/dev/null ||
        fail "apt-get could not install: $*" "look at the lines above"
}

# Python 3.11 or later: $PYTHON if it is set; else the system's own if it can make an environment, since a Python
# that was built without the compiler's best options is about 20 % slower; else the first on the path.

is_recent() { have "$1" && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }

find_python() {
    if [ -n "${PYTHON-}" ]; then
        python=$PYTHON
        is_recent "$python"
        return
    fi
    python=/usr/bin/python3
    if is_recent "$python" && "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        return
    fi
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_recent "$python"; then
            return
        fi
    done
    return 1
}

if ! find_python; then
    [ -z "${PYTHON-}" ] || fail "Python 3.11 or later is needed; PYTHON is $PYTHON, $("$PYTHON" --version 2>&1)" \
        "unset PYTHON, or let it name another Python"
    ! have python3 || fail "Python 3.11 or later is needed; python3 is $(python3 --version 2>&1)" \
        "install a later one beside it, for example: apt-get install python3.11 python3.11-venv"
    install python3 python3-venv
    find_python || fail "Python 3.11 or later is needed; python3 is $(python3 --version 2>&1)" \
        "install a later one beside it, for example: apt-get install python3.11 python3.11-venv"
fi

can_compile() {
    have cc && "$python" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))'
}

# The packages that are missing, one a line. Fonts come later, through the toolkit.

missing() {
    "$python" -B - <<'PYTHON'
import importlib.util
import sys

sys.path.insert(0, ".")
from publisher.typeset.system_libraries import system_libraries

rows = dict.fromkeys(library.package for library in system_libraries() if not library.is_found)
if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
    version = "" if sys.executable.endswith("/python3") else ".%d" % sys.version_info[1]
    rows[f"python3{version}-venv"] = None
print(*rows, sep="\n")
PYTHON
}

packages=$(missing | tr '\n' ' ')
if [ "$lock" = dev ] && ! { have pdftoppm && have pdfinfo; }; then
    packages="${packages}poppler-utils "
fi
if [ "$lock" = dev ] && [ -n "$programs" ] && can_install && ! { have chromium && have chromedriver; }; then
    update_once
    if known chromium-driver; then # for the tests of the results page
        packages="${packages}chromium chromium-driver "
    else
        say "note: Chromium is not available; the tests of the results page are skipped"
    fi
fi
if [ "$lock" = dev ] && [ -n "$programs" ] && can_install && ! have soffice; then
    update_once
    if known libreoffice-writer-nogui; then # for the tests of old office formats
        packages="${packages}libreoffice-writer-nogui "
    else
        say "note: LibreOffice is not available; the tests of old office formats are skipped"
    fi
fi
if [ "$lock" = dev ] && [ -n "$programs" ] && can_install && ! have gs; then
    update_once
    if known ghostscript; then # for the tests that count inks
        packages="${packages}ghostscript "
    else
        say "note: Ghostscript is not available; the tests that count inks are skipped"
    fi
fi
if [ "$lock" = dev ] && [ -n "$programs" ] && can_install && ! { have colprof && [ -e /usr/share/color/icc/FOGRA39L.ti3 ]; }; then
    update_once
    if known argyll && known icc-profiles-free; then # for the tests of --profile print
        packages="${packages}argyll icc-profiles-free "
    else
        say "note: Argyll is not available; the tests of --profile print are skipped"
    fi
fi
if [ "$lock" != publish ] && ! can_compile && can_install; then # for the compiled modules (publisher/system/compiled_modules.py)
    headers=${python##*/}-dev
    update_once
    if known gcc && known "$headers"; then
        packages="${packages}gcc libc6-dev $headers "
    fi
fi

# shellcheck disable=SC2086 # a list of package names
[ -z "${packages# }" ] || install $packages

# The virtual environment, made again when pyproject.toml, the locked packages, the Python or the folder change.

locked=scripts/lock/$lock.txt
state=$(
    sha256sum pyproject.toml "$locked"
    "$python" -c 'import sys; print(sys.version)'
    pwd -P
    echo "packages: $lock"
)
if [ ! -x .venv/bin/python ] || [ ! -e "$stamp" ] || [ "$(cat "$stamp")" != "$state" ]; then
    say "Setting up .venv …"
    rm -f "$stamp"
    "$python" -m venv --clear .venv || fail "no virtual environment can be made" \
        "apt-get install python3-venv"
    {
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$locked" &&
            .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
                --editable .
    } ||
        fail "pip could not install the toolkit's libraries" "check the network and run again"
    printf '%s\n' "$state" >"$stamp"
fi

# The fonts of the catalogue, and for the tests the colour profile, come while modules are compiled.

.venv/bin/publisher fonts install >&2 &
fonts=$!
if [ "$lock" = dev ] && [ -n "$programs" ]; then
    .venv/bin/python -c 'from pathlib import Path; from publisher.pdf.icc import load_output_profile
load_output_profile(Path())' 2>/dev/null &
    profile=$!
fi

# The line-breaking modules, compiled again when one of their sources changes.

if [ "$lock" = publish ]; then
    : # not asked for
elif .venv/bin/python -c 'from publisher.system import compiled_modules; raise SystemExit(not compiled_modules.exist())'; then
    : # compiled already
elif ! can_compile; then
    say "note: there is no C compiler; typesetting takes about 25 % longer"
else
    say "Compiling the line-breaking modules, which takes a minute …"
    if ! .venv/bin/python scripts/compile.py >/dev/null 2>&1; then
        # The tests of compiled modules must not be skipped where there is a compiler.
        [ "$lock" != dev ] || fail "the line-breaking modules cannot be compiled" "run .venv/bin/python scripts/compile.py to see why"
        say "note: compiling failed (run scripts/compile.py to see why); typesetting takes about 25 % longer"
    fi
fi

if ! wait "$fonts"; then
    # The release's own versions, where no mirror has those of the catalogue any more.
    can_install || fail "the fonts are missing" "run: .venv/bin/publisher fonts install --from FOLDER"
    # shellcheck disable=SC2046 # a list of package names
    install $(.venv/bin/python -c 'from publisher.typeset.fonts.catalogue import load_catalogue
print(*sorted({row.package for row in load_catalogue().families.values() if row.need == "required"}))')
    say "note: other versions of some fonts are installed; reports have other bytes than on other machines"
fi
fonts=
[ -z "$profile" ] || wait "$profile" || say "note: the colour profile could not be made; --profile print needs --icc FILE"
profile=

# The cache of compiled regular expressions and dataclass methods, renewed when a source changes; it is
# recorded from a report that is set in the fonts.

cache=$(.venv/bin/python -c 'from publisher.system import startup_cache; print(startup_cache.load() and startup_cache.path() or "")')
if [ -z "$cache" ] || [ -n "$(find publisher -name '*.py' -newer "$cache" | head -n 1)" ]; then
    .venv/bin/python scripts/programs.py >/dev/null 2>&1 ||
        say "note: scripts/programs.py failed; each start takes about 25 % longer"
fi
