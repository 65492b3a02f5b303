# SPDX-License-Identifier: AGPL-3.0-or-later
"""The certificates of `binhyen serve --https`: good for a room, for nothing else."""

import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from binhyen.core import certificates, clock
from binhyen.core.certificates import Papers, is_local, prepared


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> Path:
    """A var folder of the test's own."""
    settings.ENV = settings.ENV.model_copy(update={"var_dir": tmp_path})
    return tmp_path


def spoken(papers: Papers, name: str) -> str:
    """What a client that trusts the root reads from a server with these papers."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(papers.server.certificate, papers.server.key)
    here, there = socket.socketpair()

    def answer() -> None:
        with suppress(ssl.SSLError), server.wrap_socket(there, server_side=True) as line:
            line.sendall(b"chao")

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    client = ssl.create_default_context(cafile=str(papers.root))
    with client.wrap_socket(here, server_hostname=name) as line:
        return line.recv(4).decode()


@pytest.mark.parametrize("name", ["192.168.1.20", "localhost", "may-xa.local"])
def test_client_that_trusts_the_root_speaks_with_the_server(var: Path, name: str) -> None:
    assert spoken(prepared([name, "127.0.0.1"], now=clock.now()), name) == "chao"


def test_root_cannot_vouch_for_names_outside(var: Path) -> None:
    root = x509.load_pem_x509_certificate(
        prepared(["localhost"], now=clock.now()).root.read_bytes()
    )
    limits = root.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    allowed = limits.value.permitted_subtrees or []
    assert {one.value for one in allowed if isinstance(one, x509.DNSName)} == {"localhost", "local"}
    networks = [one.value for one in allowed if isinstance(one, x509.IPAddress)]
    assert not any(ipaddress.ip_address("8.8.8.8") in one for one in networks)
    with pytest.raises(ssl.SSLCertVerificationError):
        spoken(prepared(["binhyen.example.vn"], now=clock.now()), "binhyen.example.vn")


def test_papers_are_kept_and_made_anew_for_another_name(var: Path) -> None:
    first = prepared(["localhost"], now=clock.now())
    root, server = first.root.read_bytes(), first.server.certificate.read_bytes()
    assert prepared(["localhost"], now=clock.now()).server.certificate.read_bytes() == server
    assert prepared(["192.168.1.20"], now=clock.now()).server.certificate.read_bytes() != server
    assert first.root.read_bytes() == root


def test_papers_that_are_about_to_end_are_made_anew(
    var: Path,
) -> None:
    first = prepared(["localhost"], now=clock.now()).server.certificate.read_bytes()
    later = clock.now() + timedelta(days=80)
    assert prepared(["localhost"], now=later).server.certificate.read_bytes() != first


def test_keys_are_for_the_owner_only(var: Path) -> None:
    papers = prepared(["localhost"], now=clock.now())
    for key in (papers.server.key, certificates.folder() / "root.key"):
        assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "local"),
    [("10.1.2.3", True), ("172.32.0.1", False), ("8.8.8.8", False), ("fd12::1", True),
     ("2001:db8::1", False), ("localhost", True), ("may.local", True), ("local.vn", False),
     ("", False)],
)  # fmt: skip
def test_only_names_of_a_local_network_are_local(name: str, local: bool) -> None:
    assert is_local(name) is local
