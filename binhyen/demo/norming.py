# SPDX-License-Identifier: AGPL-3.0-or-later
"""The resolutions that ship with the product, put into force where they lack nothing.

In the demonstration an invented chair approves them; they are real, read in the press, and keep
their marks. What names no communes or cannot be used as it stands stays a draft.
"""

from uuid import uuid5

from binhyen.accounts.choices import Role
from binhyen.core.actors import Actor, Standing
from binhyen.demo.loading import NAMES, loader
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import LAUNCH
from binhyen.norms.actions_collected import load_collected
from binhyen.norms.actions_steps import approve_resolution
from binhyen.norms.choices import Origin, State
from binhyen.norms.holding import CommunesNotListed, NothingUsable
from binhyen.norms.models import Resolution
from binhyen.territory.models import Territory


def set_norms(world: World) -> int:
    """Load the shipped resolutions and approve those that are whole; how many were approved."""
    approved = 0
    load_collected(by=loader(world))
    waiting = Resolution.everything.filter(origin=Origin.SHIPPED, state=State.DRAFT)
    for draft in waiting.select_related("territory").order_by("valid_from", "id"):
        try:
            approve_resolution(by=_chair(world, draft.territory), resolution=draft)
        except (NothingUsable, CommunesNotListed):
            continue
        approved += 1
    return approved


def _chair(world: World, province: Territory) -> Actor:
    standing = Standing(Role.PROVINCE_CHAIR, province.path, LAUNCH)
    return Actor(uuid5(NAMES, f"chair {province.code}"), "Bình Yên demo", world.today, (standing,))
