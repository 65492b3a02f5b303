# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PostgreSQL server for tests.

    python -m scripts.postgres url     a DATABASE_URL that answers, from TEST_DATABASE_URL or of a
                                       private server on this machine's loopback, started if need be
    python -m scripts.postgres stop    stop the private server and remove it

The private server has a folder of its own per clone, a random password, and forgets on a crash
(no fsync): it holds nothing but tests. PostgreSQL refuses to run as root; then it runs as the
system's user `postgres`. As root on Debian the packages are installed when they are missing.
"""

import argparse
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(tempfile.gettempdir()) / (
    f"binhyen-postgres-{os.getuid()}-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]}"
)
ADDRESS = HOME / "address"


class NoServerError(Exception):
    """There is no server and none can be started; the message says what to do."""


def url() -> str:
    """The address of a server that answers. Raises NoServerError."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        if answers(given):
            return given
        raise NoServerError("TEST_DATABASE_URL is set, but the server there does not answer.")
    if ADDRESS.exists() and answers(ADDRESS.read_text()):
        return ADDRESS.read_text()
    return _start(_binaries())


def database(name: str) -> str:
    """The address of a database of that name on such a server, made if need be."""
    server = url()
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def answers(address: str) -> bool:
    """Whether a server takes a connection."""
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _binaries() -> Path:
    found = _newest()
    if found is None and os.getuid() == 0 and shutil.which("apt-get"):
        print("Installing PostgreSQL from Debian's packages …", file=sys.stderr)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"],
        ):
            subprocess.run(command, env=quiet, stdout=sys.stderr, check=False)
        found = _newest()
    if found is None:
        raise NoServerError(
            "No PostgreSQL server was found. Install it (Debian: apt install postgresql), or set "
            "TEST_DATABASE_URL to a server where a database may be created."
        )
    return found


def _newest() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def _start(binaries: Path) -> str:
    stop()
    HOME.mkdir(mode=0o700)
    password, port = secrets.token_urlsafe(16), _free_port()
    secret = HOME / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if os.getuid() == 0:
        for path in (HOME, secret):
            shutil.chown(path, user="postgres")
    _as_server(
        str(binaries / "initdb"), "-D", str(HOME / "data"), "-U", "binhyen", "-E", "UTF8",
        "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={secret}",
    )  # fmt: skip
    _as_server(
        str(binaries / "pg_ctl"), "-D", str(HOME / "data"), "-w", "-l", str(HOME / "log"), "-o",
        f"-p {port} -k {HOME} -c listen_addresses=127.0.0.1 -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=60",
        "start",
    )  # fmt: skip
    address = f"postgresql://binhyen:{password}@127.0.0.1:{port}/postgres"
    ADDRESS.touch(mode=0o600)
    ADDRESS.write_text(address)
    (HOME / "binaries").write_text(str(binaries))
    return address


def stop() -> None:
    """Stop the private server, if there is one, and remove its folder."""
    if (HOME / "binaries").exists():
        pg_ctl = Path((HOME / "binaries").read_text()) / "pg_ctl"
        command = [str(pg_ctl), "-D", str(HOME / "data"), "-m", "immediate", "stop"]
        _as_server(*command, check=False)
    shutil.rmtree(HOME, ignore_errors=True)


def _as_server(*command: str, check: bool = True) -> None:
    """Run a program of the server, as user `postgres` when this is root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    done = subprocess.run([*prefix, *command], cwd="/", capture_output=True, text=True, check=False)
    if check and done.returncode:
        reason = done.stderr.strip() or done.stdout.strip()
        raise NoServerError(f"PostgreSQL did not start: {reason}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def main(arguments: list[str]) -> int:
    """Print an address or stop."""
    parser = argparse.ArgumentParser(description="A PostgreSQL server for tests.")
    parser.add_argument("what", choices=("url", "stop"))
    if parser.parse_args(arguments).what == "stop":
        stop()
        return 0
    try:
        print(url())
    except NoServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
