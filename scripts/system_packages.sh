#!/bin/sh
# Install what the tests drive beside Python: a browser (Chromium), a database server (PostgreSQL), a mail server (Exim); with the word "network":
# the tool that joins hosts of the fault run's own. What is there is left alone.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
    missing="$missing chromium fonts-dejavu-core"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -x /usr/sbin/exim4 ] || [ -x /usr/sbin/exim ] || missing="$missing exim4-daemon-light"
[ "${1:-}" != network ] || { command -v ip >/dev/null 2>&1 && missing="" || missing=" iproute2"; }
[ -n "$missing" ] || exit 0

refuse() {
    echo "The tests need these system packages:$missing. $1" >&2
    exit 1
}

command -v apt-get >/dev/null 2>&1 || refuse "Install them with your system's package manager and run make test again."
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    refuse "Install them: sudo apt-get install$missing"
fi

echo "Installing$missing (once) …"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq >/dev/null 2>&1 || true
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
    refuse "apt-get could not install them; try it by hand: sudo apt-get install$missing"
