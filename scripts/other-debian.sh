#!/bin/sh
# Prove on a clean machine with the other release of Debian (12 or 13) what depends on the system's libraries:
# folders, archives, the command line, the bytes of the samples, which are to be the same on both, and the server as it
# runs in a container (scripts/try-server.sh).
#
#   scripts/other-debian.sh            a selection of the tests
#   scripts/other-debian.sh TESTS…     these tests
#   scripts/other-debian.sh --tools    install debootstrap, and no more
#   scripts/other-debian.sh --prepare  make the machine and set it up, and no more; other tests can run meanwhile
#
# The machine is a chroot, made once by debootstrap and kept in the cache folder; the checkout's last commit is
# cloned into it. Programs that no test of the selection uses are not installed in it, and the colour profile for
# printing is this machine's. Where there is no root, no debootstrap or no such release, it says so and succeeds.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

leave() {
    say "note: not tried on the other release of Debian: $1"
    exit 0
}

# shellcheck disable=SC1091 # a file of the system
release=$(. /etc/os-release && printf %s "${VERSION_CODENAME-}") || release=
case "$release" in
bookworm) suite=trixie ;;
trixie) suite=bookworm ;;
*) leave "this is neither Debian 12 nor Debian 13" ;;
esac
[ "$(id -u)" = 0 ] || leave "making one needs root"
if ! command -v debootstrap >/dev/null; then
    apt-get -qq update >/dev/null 2>&1 || :
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends debootstrap >/dev/null 2>&1 ||
        leave "debootstrap is not installed, and cannot be"
fi
[ "${1-}" != --tools ] || exit 0
# shellcheck disable=SC2016 # apt-get replaces $(SITE)
site=$(apt-get indextargets --format '$(CODENAME) $(SITE)' | awk -v now="$release" '$1 == now { print $2; exit }')
[ -n "$site" ] || leave "apt-get names no Debian mirror"

root=${XDG_CACHE_HOME:-$HOME/.cache}/publisher/debian-$suite
if [ ! -e "$root/ready" ]; then
    say "Making a clean Debian ($suite) …"
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase --include=python3,ca-certificates,git "$suite" "$root" "$site" >"$root/log" 2>&1 ||
        leave "debootstrap failed: $(tail -n 1 "$root/log")"
    # How this machine reaches its mirrors and package indexes, the other does too.
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs /etc/apt/apt.conf.d; do
        [ ! -e "$file" ] || {
            rm -rf "$root$file" # its links lead to this machine's own files
            cp -RL "$file" "$root/${file%/*}/"
        }
    done
    : >"$root/ready"
fi

project=$root/srv/publisher
inside() { # COMMAND: run in the checkout on the clean machine
    chroot "$root" env -i HOME="/srv/account" LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive ${CI:+CI=$CI} \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        PIP_CERT=/etc/ssl/certs/ca-certificates.crt sh -c "cd /srv/publisher && $1"
}

unmount() {
    umount "$root/dev/pts" "$root/dev" "$root/proc" 2>/dev/null || :
}
trap unmount EXIT
trap 'exit 143' TERM
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc" || leave "/proc cannot be mounted"
mountpoint -q "$root/dev" || mount --bind /dev "$root/dev" || leave "/dev cannot be mounted"
mountpoint -q "$root/dev/pts" || mount --bind /dev/pts "$root/dev/pts" || leave "/dev/pts cannot be mounted"

# The last commit, set up. What was installed and compiled for an earlier one is kept, if it still holds.
commit=$(git rev-parse HEAD)
if [ "$(cat "$root/prepared" 2>/dev/null)" != "$commit" ]; then
    rm -f "$root/prepared"
    mkdir -p "$root/srv/account"
    if git -C "$project" fetch -q "$PWD" HEAD 2>/dev/null; then
        git -C "$project" reset -q --hard FETCH_HEAD
        git -C "$project" clean -qfdx -e .venv -e publisher/_compiled
    else
        rm -rf "$project"
        git clone -q . "$project"
    fi
    say "Setting up on $suite …"
    inside "scripts/setup.sh --tests" >"$root/log" 2>&1 || {
        tail -n 20 "$root/log" >&2
        exit 1
    }
    printf '%s\n' "$commit" >"$root/prepared"
fi
[ "${1-}" != --prepare ] || exit 0

# The colour profile for printing takes a minute to build, and is the same on every machine.
profile=$(.venv/bin/python -c 'from publisher.system import resources; print(resources.profile_file("FOGRA39L.icc") or "")')
if [ -e "$profile" ]; then
    mkdir -p "$root/srv/account/.local/share/publisher/profiles"
    cp "$profile" "$root/srv/account/.local/share/publisher/profiles/"
fi

say "The samples, here and there …"
here=$(mktemp -d)
.venv/bin/publisher build --quiet --jobs 2 -o "$here" samples/*.txt
inside ".venv/bin/publisher build --quiet --jobs 2 -o out/samples samples/*.txt"
for file in "$here"/*.pdf; do
    cmp "$file" "$project/out/samples/${file##*/}" || {
        say "error: ${file##*/} has other bytes on $suite than on $release"
        exit 1
    }
done
rm -rf "$here"

say "The server on $suite, as in a container …"
code=0
scripts/try-server.sh "$root" /srv/publisher XDG_DATA_HOME=/srv/account/.local/share || code=$?
rm -rf "$root/var/lib/publisher"
[ "$code" = 0 ] || [ "$code" = 69 ] || exit 1

say "The tests on $suite …"
[ $# -gt 0 ] || set -- tests/batch/test_run.py tests/batch/test_workers.py tests/batch/test_kill.py \
    tests/archive/test_archive.py tests/archive/test_rebuild.py tests/cli/test_cli.py tests/test_host.py \
    tests/typeset/fonts/test_library.py tests/test_api.py tests/test_log.py tests/cli/test_progress.py
inside ".venv/bin/pytest -q -n 2 $*"
