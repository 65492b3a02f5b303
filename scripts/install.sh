#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Makes .venv and installs the locked packages of one list: core or dev.
# uv is ten times faster; where it cannot be had, or cannot reach the packages, pip does the same.
set -eu

list=$1
python=${PYTHON:-}
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  [ -n "$python" ] && break
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
  fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer was not found. Install it (Debian: apt install python3 python3-venv)" >&2
  echo "or name one: PYTHON=/path/to/python make …" >&2
  exit 1
fi

if [ ! -x .venv/bin/pip ]; then
  echo "Making .venv with $("$python" --version) …"
  if ! "$python" -m venv .venv >.venv-trouble 2>&1; then
    rm -rf .venv
    echo "Python could not make a virtual environment; its module venv is not whole." >&2
    echo "Install it (Debian and Ubuntu: apt install python3-venv) and run make again." >&2
    echo "It said:" >&2
    sed 's/^/  /' .venv-trouble >&2
    rm -f .venv-trouble
    exit 1
  fi
  rm -f .venv-trouble
fi

[ -x .venv/bin/uv ] || .venv/bin/pip install -q --disable-pip-version-check --require-hashes \
  -r requirements/uv.txt >/dev/null 2>&1 || true

echo "Installing the packages of requirements/$list.txt …"
if [ -x .venv/bin/uv ] && .venv/bin/uv pip install -q --python .venv/bin/python \
  --require-hashes -r "requirements/$list.txt" 2>.venv/uv-trouble; then
  :
else
  echo "uv did not manage; pip takes one or two minutes …"
  .venv/bin/pip install -q --disable-pip-version-check --require-hashes -r "requirements/$list.txt"
fi

# The command `binhyen`, from these sources and from any folder.
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
pwd -P >"$site/binhyen-sources.pth"
cat >.venv/bin/binhyen <<END
#!/bin/sh
exec "$(pwd -P)/.venv/bin/python" -m binhyen "\$@"
END
chmod +x .venv/bin/binhyen

touch .venv/.core
[ "$list" = core ] || touch ".venv/.$list"
