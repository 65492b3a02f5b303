# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen serve` says why it cannot start."""

import socket

import pytest
from django.core.management import CommandError, call_command


def test_port_in_use_is_named(db: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            call_command("serve", port=port)
