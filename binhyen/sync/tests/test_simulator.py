# SPDX-License-Identifier: AGPL-3.0-or-later
"""Simulated disasters: `BINHYEN_SEEDS=2000` runs as many, `BINHYEN_SEED=17` runs that one."""

import gc
import os
from dataclasses import replace

import pytest
from django.test import override_settings

from binhyen.sync.tests.simulator import BrokenInvariantError
from binhyen.sync.tests.simulator.bugs import BUGS
from binhyen.sync.tests.simulator.lab import BEGIN, Lab
from binhyen.sync.tests.simulator.world import LOST, SAFE

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SEEDS = int(os.environ.get("BINHYEN_SEEDS", "52"))
PARTS = 8
"""The seeds are shared out among so many tests, so that all cores take part."""
ONLY = os.environ.get("BINHYEN_SEED")
TRIES, LOSSES = 12, 3


@pytest.fixture
def lab(leader, officer, loader, nation, other_villages, leader_member, member, tmp_path,
        monkeypatch):  # fmt: skip
    on = BEGIN.date()
    gc.disable()  # collected after each seed: what a step leaves need not be looked through
    with override_settings(API_REQUESTS_A_MINUTE=10**9):
        yield Lab(replace(leader, on=on), replace(officer, on=on), replace(loader, on=on),
                  tmp_path, monkeypatch)  # fmt: skip
    gc.enable()


@pytest.mark.parametrize("part", range(PARTS))
def test_no_disaster_loses_doubles_or_shows_what_it_must_not(lab, part):
    for seed in [int(ONLY)] if ONLY else range(SEEDS):
        if seed % PARTS == part:
            lab.run(seed)


@pytest.mark.parametrize("script", [LOST, SAFE], ids=["sent", "safe"])
def test_phone_that_a_restore_lost_loses_nothing(lab, script):
    for seed in range(LOSSES):
        lab.run(seed, script)


@pytest.mark.parametrize(
    ("plant", "first", "script"), BUGS, ids=[bug.__name__ for bug, _first, _script in BUGS]
)
def test_planted_bug_is_caught(lab, plant, first, script):
    with lab.patch.context() as patch:
        plant(patch)
        with pytest.raises(BrokenInvariantError) as caught:
            _until_caught(lab, first, script)
    # One that no longer fits the server's code would be "caught" by what Python says to it.
    assert not isinstance(caught.value.__cause__, TypeError | AttributeError)


def _until_caught(lab, first, script):
    for seed in range(first, first + TRIES):
        lab.run(seed, script)
