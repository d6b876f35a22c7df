#!/bin/sh
# Puts everything that is installed below DESTDIR: install.sh PROGRAM DESTDIR, with PREFIX, UNITDIR, ZSHDIR and STRIP set.
set -eu
umask 022
program=$1
root=$2
cd "$(dirname "$0")/../.."

put() { install -D -m "$1" "$2" "$root$3"; }
share=$PREFIX/share

put 755 "$program" "$PREFIX/bin/sluice"
"$STRIP" "$root$PREFIX/bin/sluice"

for page in config/man/*.[1-9]; do
  section=${page##*.}
  mkdir -p "$root$share/man/man$section"
  gzip -9nc "$page" > "$root$share/man/man$section/$(basename "$page").gz"
done

# Read by a shell, and never started.
mkdir -p "$root$share/bash-completion/completions"
sed '1{/^#!/d}' config/completions/sluice.bash > "$root$share/bash-completion/completions/sluice"
put 644 config/completions/_sluice "$ZSHDIR/_sluice"
put 644 config/completions/sluice.fish "$share/fish/vendor_completions.d/sluice.fish"

for theme in themes/*.yaml; do put 644 "$theme" "$share/sluice/$theme"; done
(cd Sources/sluice/Resources && find klines -type f) | while IFS= read -r file; do
  put 644 "Sources/sluice/Resources/$file" "$share/sluice/$file"
done
for schema in config/schemas/*.json; do put 644 "$schema" "$share/sluice/schemas/$(basename "$schema")"; done
put 644 config/prometheus/alerts.yml "$share/sluice/prometheus/alerts.yml"

for unit in config/systemd/*; do
  mkdir -p "$root$UNITDIR"
  sed "s#/usr/local/bin/#$PREFIX/bin/#" "$unit" > "$root$UNITDIR/$(basename "$unit")"
  chmod 644 "$root$UNITDIR/$(basename "$unit")"
done
put 644 config/sysusers/sluice.conf "$PREFIX/lib/sysusers.d/sluice.conf"
put 644 config/tmpfiles/sluice.conf "$PREFIX/lib/tmpfiles.d/sluice.conf"

put 644 README.md "$share/doc/sluice/README.md"
put 644 README.zh-CN.md "$share/doc/sluice/README.zh-CN.md"
for page in Sources/SluiceEngine/Documentation.docc/*.md; do
  put 644 "$page" "$share/doc/sluice/guide/$(basename "$page")"
done
for example in data_lake.example.yml sync.example.yaml cron/sluice prometheus/scrape.yml; do
  put 644 "config/$example" "$share/doc/sluice/examples/$example"
done
