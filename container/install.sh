#!/bin/sh
# Install the program with its libraries, fonts and locked packages into /opt/publisher, where a checkout is. Run as
# root, once, on a bare Debian: by the Containerfile, and by scripts/try-container.sh.
set -eu
cd /opt/publisher

account=10001
export DEBIAN_FRONTEND=noninteractive XDG_DATA_HOME=/usr/local/share XDG_CACHE_HOME=/var/lib/publisher/cache

apt-get -qq update
apt-get -qq install -y --no-install-recommends ca-certificates python3 >/dev/null

# What setup.sh adds only for the set-up itself is removed at the end, so that no layer of the image has it.
scratch=$(mktemp -d)
apt-mark showmanual >"$scratch/wanted"
apt-get -qq install -y --no-install-recommends python3-venv >/dev/null
scripts/setup.sh --fast
rm -rf .venv/lib/python*/site-packages/pip .venv/lib/python*/site-packages/setuptools*
python3 -B -c 'import sys; sys.path.insert(0, ".")
from publisher.typeset.fonts.catalogue import load_catalogue
from publisher.typeset.system_libraries import system_libraries
packages = {library.package for library in system_libraries()}
packages |= {family.package for family in load_catalogue().families.values()}
print(*sorted(packages), sep="\n")' >>"$scratch/wanted"
for package in $(apt-mark showmanual); do
    grep -qx "$package" "$scratch/wanted" || apt-mark auto "$package" >/dev/null
done
apt-get -qq autoremove -y --purge >/dev/null

# One report fills the caches that every start reads.
.venv/bin/publisher build -q samples/*.txt -o "$scratch/out"
rm -rf "$scratch" /root/.cache /var/lib/apt/lists /var/cache/apt /var/log/* /usr/share/doc /usr/share/man

printf 'publisher:x:%s:%s::/var/lib/publisher:/usr/sbin/nologin\n' "$account" "$account" >>/etc/passwd
printf 'publisher:x:%s:\n' "$account" >>/etc/group
chown -R "$account:$account" /var/lib/publisher
