#!/bin/bash
# Makes the tarballs of a release, their SHA256SUMS and the list of what is in the program (SPDX): dist.sh PROGRAM OUTPUT.
# Everything is dated by SOURCE_DATE_EPOCH and sorted, so that the same program gives the same files.
set -euo pipefail
umask 022
program=$(readlink -f "$1")
mkdir -p "$2"
output=$(readlink -f "$2")
cd "$(dirname "$0")/../.."
version=$(config/packaging/version.sh)
name=sluice-$version-linux-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Unpacked at the root of a machine: sudo tar -C / --strip-components=1 -xJf NAME.tar.xz
PREFIX=/usr/local UNITDIR=/usr/local/lib/systemd/system ZSHDIR=/usr/local/share/zsh/site-functions STRIP=strip \
  config/packaging/install.sh "$program" "$work/$name"
install -m 644 LICENSE CHANGELOG.md "$work/$name/usr/local/share/doc/sluice/"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$work" -cf - "$name" \
  | xz -T1 -9 > "$output/$name.tar.xz"
git archive --format=tar --prefix="sluice-$version/" HEAD | xz -T1 -9 > "$output/sluice-$version.tar.xz"
python3 config/packaging/sbom.py "$program" "$version" > "$output/sluice-$version.spdx.json"
cd "$output"
sha256sum "$name.tar.xz" "sluice-$version.tar.xz" "sluice-$version.spdx.json" | tee SHA256SUMS
