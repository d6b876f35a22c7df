#!/bin/bash
# Makes sluice_VERSION_ARCH.deb and sluice-dbgsym_VERSION_ARCH.deb of a built program: deb.sh PROGRAM OUTPUT.
# Everything is dated by SOURCE_DATE_EPOCH, so that the same program gives the same package.
set -euo pipefail
umask 022
program=$(readlink -f "$1")
mkdir -p "$2"
output=$(readlink -f "$2")
cd "$(dirname "$0")/../.."
version=$(config/packaging/version.sh)
architecture=$(dpkg --print-architecture)
maintainer=${MAINTAINER:-the sluice authors <sluice@users.noreply.github.com>}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/sluice

PREFIX=/usr UNITDIR=/lib/systemd/system ZSHDIR=/usr/share/zsh/vendor-completions STRIP=strip \
  config/packaging/install.sh "$program" "$tree"
objcopy --strip-unneeded --remove-section=.comment "$tree/usr/bin/sluice"
document=$tree/usr/share/doc/sluice
# Longer than a page is compressed, by Debian's policy.
find "$document" -name '*.md' -size +4k -exec gzip -9n {} +
gzip -9nc CHANGELOG.md > "$document/CHANGELOG.md.gz"
# What Debian's own tools look for.
date=$(LC_ALL=C date -uRd "@$SOURCE_DATE_EPOCH")
printf 'sluice (%s) stable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- %s  %s\n' "$version" "$maintainer" "$date" \
  | gzip -9n > "$document/changelog.gz"
install -m 644 config/debian/copyright "$document/copyright"
install -D -m 644 config/debian/lintian-overrides "$tree/usr/share/lintian/overrides/sluice"

# The symbols, found by debuggers through the program's build id.
id=$(readelf -n "$program" | sed -n 's/.*Build ID: //p')
symbols=$work/sluice-dbgsym
file=$symbols/usr/lib/debug/.build-id/${id:0:2}/${id:2}.debug
mkdir -p "$(dirname "$file")" "$symbols/usr/share/doc"
objcopy --only-keep-debug --compress-debug-sections "$program" "$file"
chmod 644 "$file"
ln -s sluice "$symbols/usr/share/doc/sluice-dbgsym"

# dpkg-shlibdeps wants a source package around it.
mkdir -p "$work/source/debian"
cp config/debian/control "$work/source/debian/control"
libraries=$(cd "$work/source" && dpkg-shlibdeps -O -e"$tree/usr/bin/sluice" 2>/dev/null | sed 's/^shlibs:Depends=//')

pack() { # TREE CONTROL
  local tree=$1 control=$2
  mkdir -p "$tree/DEBIAN"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@LIBRARIES@/$libraries/" \
    -e "s/@BUILD_ID@/$id/" -e "s/@MAINTAINER@/$maintainer/" -e "s/@SIZE@/$(du -sk --apparent-size --exclude=DEBIAN "$tree" | cut -f1)/" \
    "$control" > "$tree/DEBIAN/control"
  (cd "$tree" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum) > "$tree/DEBIAN/md5sums"
  find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zxz --build "$tree" "$output" > /dev/null
}
install -d "$tree/DEBIAN"
for script in postinst prerm postrm; do install -m 755 "config/debian/$script" "$tree/DEBIAN/$script"; done
pack "$tree" config/debian/control.binary
pack "$symbols" config/debian/control.dbgsym

cd "$output"
lintian --fail-on error,warning --profile debian "sluice_${version}_$architecture.deb"
ls -l "sluice_${version}_$architecture.deb" "sluice-dbgsym_${version}_$architecture.deb"
