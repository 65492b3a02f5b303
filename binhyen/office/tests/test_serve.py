# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen serve` says why it cannot start."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from binhyen.core import clock
from binhyen.core.certificates import prepared


def test_port_in_use_is_named(db: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            call_command("serve", port=port)


def test_https_for_a_name_of_the_wide_world_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match=r"binhyen\.example\.vn"):
        call_command("serve", https=True, name="binhyen.example.vn")


def test_root_certificate_is_given_once_it_is_made(
    client: Client, tmp_path: Path, settings: Any, db: None
) -> None:
    settings.ENV = settings.ENV.model_copy(update={"var_dir": tmp_path})
    assert client.get("/root.crt").status_code == 404
    papers = prepared(["localhost"], now=clock.now())
    answer = client.get("/root.crt")
    assert answer.content == papers.root.read_bytes()
    assert b"PRIVATE" not in answer.content
