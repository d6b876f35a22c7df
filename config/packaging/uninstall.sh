#!/bin/sh
# Takes away what install.sh would put there, and nothing else: uninstall.sh PROGRAM DESTDIR.
set -eu
program=$1
root=$2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
STRIP=true "$(dirname "$0")/install.sh" "$program" "$stage"
(cd "$stage" && find . -type f) | while IFS= read -r file; do rm -f "$root/${file#./}"; done
# Directories that held nothing but ours, the innermost first.
(cd "$stage" && find . -depth -type d -path '*sluice*') | while IFS= read -r directory; do
  rmdir --ignore-fail-on-non-empty "$root/${directory#./}" 2>/dev/null || :
done
