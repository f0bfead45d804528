#!/usr/bin/env bash
# What `make interop` needs besides Python: Node with npm, and libical. As root on Debian it installs what is missing.
set -euo pipefail

missing=()
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
"$1" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("ical"))' || missing+=(libical3)

if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "make interop needs npm and libical. Missing here: ${missing[*]}. On Debian or Ubuntu:" >&2
    echo "  sudo apt install ${missing[*]}" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -q -o DPkg::Lock::Timeout=300 update >/dev/null
for package in "${missing[@]}"; do
    if [ "$package" = npm ] && command -v npm >/dev/null; then
        continue # some packages of nodejs bring it along
    fi
    apt-get -q -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "$package" >/dev/null
done
