#!/bin/sh
# Prove that the server runs as in a container: in the machine of a folder, as an account without rights, on a root that it
# cannot write, without a network, with nothing to write to but its volume and /tmp.
#
#   scripts/try-server.sh ROOT PROJECT [NAME=VALUE…]   the machine, the folder of the checkout in it, variables of the program
#
# scripts/try-container.sh and scripts/other-debian.sh make such machines. Where a program for this is missing, it says so
# and ends with 69.
set -eu

say() { printf '%s\n' "$*" >&2; }

root=$1 project=$2
shift 2
for program in unshare setpriv nsenter ip pgrep; do
    command -v "$program" >/dev/null || {
        say "note: the server was not tried: $program is not installed"
        exit 69
    }
done
unshare --mount --net --pid --fork true 2>/dev/null || {
    say "note: the server was not tried: this system gives no namespaces of its own"
    exit 69
}
account=10001 volume=/var/lib/publisher
mkdir -p "$root$volume"
chown "$account:$account" "$root$volume"

token=0123456789abcdef0123456789abcdef
set -- PATH="$project/.venv/bin:/usr/local/bin:/usr/bin:/bin" LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 HOME=$volume \
    XDG_STATE_HOME=$volume/state XDG_CACHE_HOME=$volume/cache "$@"
start=$(date +%s%N)
# shellcheck disable=SC2016 # the other shell expands them
unshare --mount --net --pid --fork --kill-child sh -c '
    set -eu
    root=$1 volume=$2 account=$3
    shift 3
    ip link set lo up
    mount --bind "$root" "$root"
    mount --bind "$root$volume" "$root$volume"
    mount -t tmpfs tmpfs "$root/tmp"
    mount --bind /dev "$root/dev"
    mount -t proc proc "$root/proc"
    mount -o remount,bind,ro "$root"
    exec chroot "$root" setpriv --reuid "$account" --regid "$account" --clear-groups --no-new-privs --bounding-set -all \
        env -i "$@"
' sh "$root" "$volume" "$account" "$@" PUBLISHER_TOKEN=$token \
    sh -c "cd $volume; exec publisher serve --listen 0.0.0.0 --no-browser" &
server=$!
clean_up() {
    [ -z "${server-}" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || :
}
trap clean_up EXIT
trap 'exit 143' INT TERM

inside() { # VARIABLES COMMAND: run beside the server, in its network
    child=$(pgrep -P "$server" | head -n 1)
    nsenter --target "$child" --mount --net --pid chroot "$root" setpriv --reuid "$account" --regid "$account" \
        --clear-groups env -i TOKEN=$token "$@"
}

until inside "$@" python "$project/container/ask.py" --ready 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || {
        say "error: the server ended"
        exit 1
    }
    sleep 0.2
done
say "ready after $((($(date +%s%N) - start) / 1000000)) ms"
inside "$@" python "$project/container/ask.py"
inside "$@" publisher build -q "$project/samples/xishan-2019.txt" -o "$volume/out" # any other command

kill -TERM "$(pgrep -P "$server" | head -n 1)"
code=0
wait "$server" || code=$?
server=
[ "$code" = 0 ] || {
    say "error: the server ended with exit code $code"
    exit 1
}
say "The server publishes as an account without rights, on a root that it cannot write, without a network."
