#!/bin/sh
# What the image starts: sluice, with the host's ssh files as this user's own, and no end before its runs have ended.
set -eu
program=$(readlink -f "${SLUICE_PROGRAM:-/usr/local/bin/sluice}")
ssh_files=${SLUICE_SSH_FILES:-/ssh}

# ssh refuses a configuration and keys of another user, and the host's user is another one here: it gets copies.
own_ssh_files() (
  umask 077
  mkdir -p "$HOME/.ssh"
  cd "$ssh_files"
  find -L . -type f | while IFS= read -r name; do
    mkdir -p "$HOME/.ssh/$(dirname "$name")"
    cp "$name" "$HOME/.ssh/$name" && chmod 600 "$HOME/.ssh/$name"
  done
  # Options of macOS in it are no reason to fail.
  if [ -f "$HOME/.ssh/config" ]; then
    { echo "IgnoreUnknown UseKeychain,AddKeysToAgent"; cat "$ssh_files/config"; } > "$HOME/.ssh/config"
  fi
)
[ ! -d "$ssh_files" ] || own_ssh_files

[ "${1-}" = dashboard ] || exec "$program" "$@"

# Runs that were started in the dashboard go on when it is left, but not when the container ends.
runs() {
  for directory in /proc/[0-9]*; do
    [ "$(readlink "$directory/exe" 2>/dev/null)" = "$program" ] || continue
    case $(tr '\0' ' ' < "$directory/cmdline" 2>/dev/null) in
    *" run --id "*) echo "${directory#/proc/}" ;;
    esac
  done
}
order=
trap ':' INT HUP
trap 'order=stop' TERM
code=0
"$program" "$@" || code=$?
going=$(runs)
if [ -n "$going" ]; then
  [ -n "$order" ] || echo "Runs are going on, and this container ends with them; Ctrl-C stops them, what has come is kept."
  trap 'order=stop' INT
fi
while [ -n "$going" ]; do
  if [ "$order" = stop ]; then
    order=given
    # shellcheck disable=SC2086
    kill -TERM $going 2>/dev/null || :
  fi
  sleep 1 || :
  going=$(runs)
done
exit "$code"
