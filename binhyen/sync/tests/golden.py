# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the golden conversations share: a phone with fixed keys, marks, and the files themselves."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from binhyen.accounts.models import Device
from binhyen.accounts.queries import secret_hash
from binhyen.sync.models import SealKey
from binhyen.sync.seals import make_key
from binhyen.sync.tests.phones import Phone, key_of, point_of
from binhyen.sync.wire import b64

FOLDER = Path(__file__).resolve().parents[3] / "contracts" / "sync"
TOKEN = "a-token-of-a-phone-in-a-contract"
DEVICE, SEAL = UUID(int=0xD1), UUID(int=0x5EA1)
AT = datetime(2025, 9, 1, 14, 0, tzinfo=UTC)
SEALING = "a sealing key that stands in the contracts only"


def make_world(user: Any, team: Any) -> None:
    """An enrolled phone and a key for seals that are the same each time."""
    Device.everything.create(
        id=DEVICE, user=user, territory=team.territory, team_id=team.pk, name="Máy",
        key=point_of(key_of(1)), token_hash=secret_hash(TOKEN),
        enrolled_at=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    made = make_key(key_of(50))
    SealKey.everything.filter(pk=made.pk).update(id=SEAL)


def private(number: int) -> str:
    """A key's private number."""
    value = key_of(number).private_numbers().private_value
    return b64(value.to_bytes(32, "big"))


def keys() -> dict[str, Any]:
    """The keys of a conversation."""
    return {
        "phone": {"private": private(1), "public": point_of(key_of(1))},
        "seal": {"id": str(SEAL), "private": private(50), "public": point_of(key_of(50))},
        "ephemeral": {"private": private(99), "public": point_of(key_of(99))},
    }


def a_phone() -> Phone:
    """The phone, before its first operation."""
    return Phone(1, str(DEVICE), TOKEN, AT)


def an_id(number: int) -> str:
    """An id of a conversation."""
    return str(UUID(int=0xA0 + number))


def marked(told: Any, marks: dict[str, str]) -> Any:
    """An answer in which the fields of `marks` stand for what differs each time."""
    if isinstance(told, list):
        return [marked(one, marks) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        name: {"*": marks[name]} if name in marks and value is not None else marked(value, marks)
        for name, value in told.items()
    }


def renamed(told: Any, names: dict[str, str]) -> Any:
    """An answer in which ids that are made anew each time stand under fixed ones."""
    text = json.dumps(told, ensure_ascii=False)
    for made, fixed in names.items():
        text = text.replace(made, fixed)
    return json.loads(text)


def agreed(name: str, told: Any, *, frozen: bool = False) -> Any:
    """The contract of this name, written anew where that is asked for; a frozen one only once."""
    path = FOLDER / name
    if os.environ.get("BINHYEN_WRITE_CONTRACTS") and not (frozen and path.exists()):
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return json.loads(path.read_text("utf-8"))
