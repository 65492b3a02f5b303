# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files made from the code are fresh, complete, and noticed when they are not."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import translation

from binhyen.accounts import policy_page
from binhyen.accounts.choices import Role
from binhyen.core.actors import POLICY
from binhyen.office import data_inventory


def test_missing_and_stale_files_are_written_and_then_fresh(tmp_path: Path) -> None:
    with override_settings(BASE_DIR=tmp_path):
        with pytest.raises(CommandError, match=r"docs/policy\.md"):
            call_command("generate", "--check")
        assert not (tmp_path / "docs").exists()
        call_command("generate", stdout=StringIO())
        call_command("generate", "--check", stdout=StringIO())
        (tmp_path / "docs" / "policy.md").write_text("old")
        with pytest.raises(CommandError, match="Stale"):
            call_command("generate", "--check")


def test_policy_names_every_role_and_verb_in_english() -> None:
    with translation.override("vi"):
        text = policy_page.markdown()
    for role in Role.values:
        assert f"(`{role}`)" in text
    with translation.override("en"):
        assert all(str(verb.title) in text for verb in POLICY.verbs.values())


def test_inventory_holds_every_declared_field() -> None:
    text = data_inventory.markdown()
    for model in apps.get_models():
        for name in getattr(model, "personal", {}):
            assert f"| {name} |" in text
