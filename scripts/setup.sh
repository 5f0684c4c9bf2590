#!/bin/sh
# Install what the program needs: system libraries, fonts, and a virtual environment in .venv.
# You can run it again at any time: it does only what is left to do.
#
#   scripts/setup.sh          what publishing needs
#   scripts/setup.sh --dev    what the tests need as well
#   scripts/setup.sh --tests  the same, without what only some tests need: Chromium, LibreOffice, Ghostscript and the
#                             colour profile for printing
#
# PYTHON=python3.13 scripts/setup.sh uses that Python instead of the system's own.
# The fonts, their packages and checksums are in fonts/catalogue.toml.
set -eu
cd "$(dirname "$0")/.."

dev=
programs=yes
case "${1-}" in
'') ;;
--dev) dev=dev ;;
--tests)
    dev=dev
    programs=
    ;;
*)
    echo "usage: scripts/setup.sh [--dev | --tests]" >&2
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

have() { command -v "$1" >/dev/null 2>&1; }

temporary=
building= # the process that builds the colour profile
clean_up() {
    [ -z "$building" ] || kill "$building" 2>/dev/null || :
    [ -z "$temporary" ] || rm -rf "$temporary"
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

can_fetch() { have apt-get && have dpkg-deb; }

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

# What is missing, one a line: "install NEED PACKAGE" or "extract PACKAGE FILE SHA256 MEMBER ARCHIVE", where
# ARCHIVE is the package's path below a Debian mirror, or - for the release's own package.

missing() {
    "$python" -B - <<'PYTHON'
import hashlib
import importlib.util
import os
import pathlib
import sys

sys.path.insert(0, ".")
from publisher.system import resources
from publisher.typeset.fonts.catalogue import load_catalogue
from publisher.typeset.system_libraries import system_libraries

own = resources.font_file_folders()
home = pathlib.Path(os.path.expanduser("~"))
system = [
    pathlib.Path(name) for name in ("/usr/share/fonts", "/usr/local/share/fonts")
] + [home / ".fonts", home / ".local/share/fonts"]
found = {
    name: pathlib.Path(place, name)
    for folder in (*reversed(system), *reversed(own))
    for place, _, names in os.walk(folder)
    for name in names
}


catalogue = load_catalogue()


def there(name):
    if name not in found:
        return False
    if name not in catalogue.files:
        return True
    digest = hashlib.sha256(found[name].read_bytes()).hexdigest()
    return digest == catalogue.files[name].sha256


rows = {}
for library in system_libraries():
    if not library.is_found:  # libraries that are only faster are installed too
        rows[f"install required {library.package}"] = None
for family in catalogue.families.values():
    if family.need == "optional":
        continue
    for name in family.files:
        file = catalogue.files.get(name)
        if there(name):
            continue
        if file:
            facts = f"{file.package} {name} {file.sha256} {file.member} {file.archive or '-'}"
            rows[f"extract {facts}"] = None
        else:
            rows[f"install {family.need} {family.package}"] = None
if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
    version = "" if sys.executable.endswith("/python3") else ".%d" % sys.version_info[1]
    rows[f"install required python3{version}-venv"] = None
print(*rows, sep="\n")
PYTHON
}

packages() { # NEED: the packages to install
    printf '%s\n' "$rows" | awk -v need="$1" '$1 == "install" && $2 == need { print $3 }'
}

data_folder() {
    "$python" -B -c 'import sys; sys.path.insert(0, ".")
from publisher.system import resources
print((resources.font_file_folders() or [""])[-1])'
}

rows=$(missing)

packages=$(packages required | tr '\n' ' ')
if [ -n "$dev" ] && ! { have pdftoppm && have pdfinfo; }; then
    packages="${packages}poppler-utils "
fi
if [ -n "$dev" ] && [ -n "$programs" ] && can_install && ! { have chromium && have chromedriver; }; then
    update_once
    if known chromium-driver; then # for the tests of the results page
        packages="${packages}chromium chromium-driver "
    else
        say "note: Chromium is not available; the tests of the results page are skipped"
    fi
fi
if [ -n "$dev" ] && [ -n "$programs" ] && can_install && ! have soffice; then
    update_once
    if known libreoffice-writer-nogui; then # for the tests of old office formats
        packages="${packages}libreoffice-writer-nogui "
    else
        say "note: LibreOffice is not available; the tests of old office formats are skipped"
    fi
fi
if [ -n "$dev" ] && [ -n "$programs" ] && can_install && ! have gs; then
    update_once
    if known ghostscript; then # for the tests that count inks
        packages="${packages}ghostscript "
    else
        say "note: Ghostscript is not available; the tests that count inks are skipped"
    fi
fi
if ! can_compile && can_install; then # for the compiled modules (publisher/system/compiled_modules.py)
    headers=${python##*/}-dev
    update_once
    if known gcc && known "$headers"; then
        packages="${packages}gcc libc6-dev $headers "
    fi
fi
extracts=$(printf '%s\n' "$rows" | sed -n 's/^extract //p')
fonts=$(data_folder)

if { [ -n "$packages" ] && ! can_install; } || { [ -n "$extracts" ] && ! can_fetch; }; then
    say "error: these are missing and cannot be installed by this script:"
    [ -z "$packages" ] || say "  packages: ${packages% }"
    printf '%s\n' "$extracts" | while read -r package file sha256 member _; do
        [ -n "$package" ] || continue
        say "  $fonts/$file, which is $member in $package (sha256 $sha256)"
    done
    [ -z "$packages" ] ||
        say "hint: have an administrator run: apt-get install --no-install-recommends ${packages% }"
    [ -z "$extracts" ] || say "hint: copy the font files from a machine that has apt-get"
    exit 1
fi

# shellcheck disable=SC2086 # a list of package names
[ -z "$packages" ] || install $packages

# A recommended font that is not available is left out: the next font of its chain is used.
for package in $(packages recommended); do
    if can_install && known "$package"; then
        install "$package"
    else
        say "note: $package is not available; the next font of its chain is used"
    fi
done

# Font files that are taken out of a package. The packages that were just installed may contain some of them.

extracts=$(missing | sed -n 's/^extract //p')

sites() { # the Debian mirrors of this machine
    # shellcheck disable=SC2016 # apt-get replaces $(SITE)
    apt-get indextargets --format '$(SITE)' | sort -u
}

download_archive() { # PACKAGE PATH: a package of one certain version, from whichever mirror has it
    for site in $(sites); do
        if /usr/lib/apt/apt-helper -qq download-file "$site/$2" "$temporary/$1_.deb" >/dev/null 2>&1; then
            return
        fi
    done
    return 1
}

download() { # PACKAGE, into the working folder
    options=
    [ "$(id -u)" != 0 ] || options='-o APT::Sandbox::User=root'
    # shellcheck disable=SC2086 # two words or none
    apt-get -qq $options download "$1" >/dev/null
}

unpack() { # PACKAGE ARCHIVE: its wanted members into $temporary
    say "Fetching $1 for its fonts …"
    if [ "$2" != - ]; then
        [ -n "$(sites)" ] || update_once
        download_archive "$1" "$2" || return 1
    elif ! { known "$1" && (cd "$temporary" && download "$1"); }; then
        can_install || fail "the package $1 cannot be fetched" \
            "have an administrator run: apt-get update"
        update_once
        (cd "$temporary" && download "$1") || fail "the package $1 cannot be fetched" \
            "check the network and run again"
    fi
    # shellcheck disable=SC2046 # a list of paths
    dpkg-deb --fsys-tarfile "$temporary/$1"_*.deb | tar -x -C "$temporary" $(
        printf '%s\n' "$extracts" | awk -v package="$1" '$1 == package { print "./" $4 }'
    ) || fail "$1 does not hold the files that fonts/catalogue.toml names" \
        "report this with the version of $1"
}

use_other_version() { # PACKAGE FILE: the release's own version of a file
    say "note: no mirror has the version of $2 that fonts/catalogue.toml names; another version is used, and"
    say "      reports have other bytes than on machines that have it"
    if ! find /usr/share/fonts -name "$2" 2>/dev/null | grep -q .; then
        can_install && update_once && known "$1" && install "$1"
    fi
}

extract() { # PACKAGE FILE SHA256 MEMBER ARCHIVE: FILE into $fonts
    if ! [ -e "$temporary/$4" ] && ! unpack "$1" "$5"; then
        use_other_version "$1" "$2" || :
        return 0
    fi
    printf '%s  %s\n' "$3" "$temporary/$4" | sha256sum -c - >/dev/null 2>&1 ||
        fail "$2 out of $1 is not the file that fonts/catalogue.toml describes" \
            "report this with the version of $1"
    mkdir -p "$fonts"
    cp "$temporary/$4" "$fonts/.$2.$$"
    mv "$fonts/.$2.$$" "$fonts/$2"
}

if [ -n "$extracts" ]; then
    [ -n "$fonts" ] || fail "there is no home folder to keep fonts in" "set XDG_DATA_HOME"
    temporary=$(mktemp -d)
    while read -r package file sha256 member archive; do
        extract "$package" "$file" "$sha256" "$member" "$archive"
    done <<ROWS
$extracts
ROWS
fi

# The colour profile FOGRA39, the default of --profile print, is built once from free data, while .venv is set up.

profile=$("$python" -B -c 'import sys; sys.path.insert(0, ".")
from publisher.system import resources
print(resources.profile_file("FOGRA39L.icc") or "")')
measured=/usr/share/color/icc/FOGRA39L
screen=/usr/share/color/icc/sRGB.icc

build_profile() {
    colprof -q m -nc -l 300 -k r -S "$screen" -c mt -d pp -D "Coated FOGRA39L" -C "Made from the data of Fogra" \
        -O "$temporary/profile.icc" "$measured" >/dev/null || return 1
    mkdir -p "${profile%/*}"
    # The date of the data, not of the build, so that the profile is the same on every machine.
    "$python" -B - "$temporary/profile.icc" "${profile%/*}/.profile.$$" <<'PYTHON' || return 1
import pathlib
import struct
import sys

made, settled = map(pathlib.Path, sys.argv[1:])
data = made.read_bytes()
settled.write_bytes(data[:24] + struct.pack(">6H", 2006, 12, 1, 0, 0, 0) + data[36:])
PYTHON
    mv "${profile%/*}/.profile.$$" "$profile"
}

if [ -n "$programs" ] && [ -n "$profile" ] && [ ! -e "$profile" ]; then
    if can_install && ! { have colprof && [ -e "$measured.ti3" ]; }; then
        update_once
        if known argyll && known icc-profiles-free; then
            install argyll icc-profiles-free
        fi
    fi
    if ! { have colprof && [ -e "$measured.ti3" ]; }; then
        say "note: argyll and icc-profiles-free are not available; --profile print needs --icc FILE"
    else
        say "Building the colour profile of FOGRA39, which takes a minute …"
        [ -n "$temporary" ] || temporary=$(mktemp -d)
        build_profile &
        building=$!
    fi
fi

# The virtual environment, made again when pyproject.toml, the locked packages, the Python or the folder change.

stamp=.venv/publisher-setup
if [ -z "$dev" ] && [ -e "$stamp" ] && grep -q '^extras: dev$' "$stamp"; then
    dev=dev # the test packages include those for publishing
fi
lock=scripts/lock/${dev:-publish}.txt
state=$(
    sha256sum pyproject.toml "$lock"
    "$python" -c 'import sys; print(sys.version)'
    pwd -P
    echo "extras: $dev"
)
if [ ! -x .venv/bin/python ] || [ ! -e "$stamp" ] || [ "$(cat "$stamp")" != "$state" ]; then
    say "Setting up .venv …"
    rm -f "$stamp"
    "$python" -m venv --clear .venv || fail "no virtual environment can be made" \
        "apt-get install python3-venv"
    {
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock" &&
            .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
                --editable .
    } ||
        fail "pip could not install the toolkit's libraries" "check the network and run again"
    printf '%s\n' "$state" >"$stamp"
fi

# The cache of compiled regular expressions and dataclass methods, renewed when a source changes.

cache=$(.venv/bin/python -c 'from publisher.system import startup_cache; print(startup_cache.load() and startup_cache.path() or "")')
if [ -z "$cache" ] || [ -n "$(find publisher -name '*.py' -newer "$cache" | head -n 1)" ]; then
    .venv/bin/python scripts/programs.py >/dev/null 2>&1 ||
        say "note: scripts/programs.py failed; each start takes about 25 % longer"
fi

# The line-breaking modules, compiled again when one of their sources changes.

if .venv/bin/python -c 'from publisher.system import compiled_modules; raise SystemExit(not compiled_modules.exist())'; then
    : # compiled already
elif ! can_compile; then
    say "note: there is no C compiler; typesetting takes about 25 % longer"
else
    say "Compiling the line-breaking modules, which takes a minute …"
    if ! .venv/bin/python scripts/compile.py >/dev/null 2>&1; then
        # The tests of compiled modules must not be skipped where there is a compiler.
        [ -z "$dev" ] || fail "the line-breaking modules cannot be compiled" "run .venv/bin/python scripts/compile.py to see why"
        say "note: compiling failed (run scripts/compile.py to see why); typesetting takes about 25 % longer"
    fi
fi

if [ -n "$building" ]; then
    wait "$building" || say "note: the colour profile could not be built; --profile print needs --icc FILE"
    building=
fi
