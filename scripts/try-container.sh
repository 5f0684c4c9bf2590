#!/bin/sh
# Prove the image of container/Containerfile where no container engine runs: its steps in a chroot, and the server in it.
#
#   scripts/try-container.sh            make the machine, start the server in it, ask it for a publication
#   scripts/try-container.sh --keep     the same, and leave the machine
#   scripts/try-container.sh --in DIR   only start the server, in a machine that was left
#
# The base is made by debootstrap as the slim images are; the steps are those of the Containerfile: the checkout's last
# commit is copied, container/install.sh runs. Then scripts/try-server.sh starts the server in it.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

leave() {
    say "note: the container was not tried: $1"
    exit 0
}

release=bookworm
[ "$(id -u)" = 0 ] || leave "making a machine needs root"
command -v debootstrap >/dev/null || leave "debootstrap is not installed"
# shellcheck disable=SC2016 # apt-get replaces $(SITE)
site=$(apt-get indextargets --format '$(SITE)' | grep -v security | head -n 1)
[ -n "$site" ] || leave "apt-get names no Debian mirror"

keep=
made=
case "${1-}" in
--keep) keep=yes ;;
--in) keep=yes made=$2 ;;
esac
root=${made:-$(mktemp -d -t publisher-image.XXXXXX)}
chmod 755 "$root" # its root folder, which every account enters
clean_up() {
    umount "$root/dev" "$root/proc" 2>/dev/null || :
    if [ "$keep" ] || mountpoint -q "$root/dev"; then # never remove what is mounted
        say "The machine is in $root"
    else
        rm -rf --one-file-system "$root"
    fi
}
trap clean_up EXIT
trap 'exit 143' INT TERM

make_machine() {
    say "Making a bare Debian ($release) …"
    debootstrap --variant=minbase --include=ca-certificates "$release" "$root" "$site" >"$root.log" 2>&1 ||
        leave "debootstrap failed: $(tail -n 1 "$root.log")"
    rm -f "$root.log"
    # How this machine reaches its mirrors and package indexes, the other does too; an engine has its own ways.
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs /etc/apt/apt.conf.d; do
        [ ! -e "$file" ] || {
            rm -rf "$root$file"
            cp -RL "$file" "$root/${file%/*}/"
        }
    done
    base=$(du -sxm "$root" | cut -f 1)

    say "Installing the program …"
    mkdir -p "$root/opt/publisher"
    git archive HEAD | tar -x -C "$root/opt/publisher" --exclude-from=.dockerignore
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    chroot "$root" env -i HOME=/srv PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        PIP_CERT=/etc/ssl/certs/ca-certificates.crt /opt/publisher/container/install.sh
    umount "$root/dev" "$root/proc"
    say "size: $(($(du -sxm "$root" | cut -f 1) - base)) MB, and $base MB of the base"
}
[ "$made" ] || make_machine

say "Starting the server …"
variables=$(sed -n '/^ENV/,/^$/s/^\(ENV\)\{0,1\} *\([A-Z_]*=[^ ]*\).*/\2/p' container/Containerfile)
# shellcheck disable=SC2086 # a list of variables
scripts/try-server.sh "$root" /opt/publisher $variables || {
    code=$?
    [ "$code" != 69 ] || leave "the server was not tried"
    exit "$code"
}
