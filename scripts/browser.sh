#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Prints the path of a Chromium: the one in BROWSER_PATH, one that is installed (the shell without
# windows is the lightest), or, for root on Debian, one from Debian's packages. Ends with 1 and says
# why when there is none.
set -eu

find_one() {
  if [ -n "${BROWSER_PATH:-}" ]; then
    command -v "$BROWSER_PATH" && return 0
  fi
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return 0
  done
  return 1
}

find_one && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium from Debian's packages …" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends chromium-headless-shell >&2
  find_one && exit 0
fi

echo "No Chromium was found. Install it (Debian: apt install chromium-headless-shell), or set BROWSER_PATH." >&2
exit 1
