# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing the figures of provinces, as their police would."""

from collections.abc import Iterable
from uuid import uuid5

from django.db import transaction

from binhyen.accounts.models import User
from binhyen.core.actors import Actor
from binhyen.demo.loading import NAMES, is_marked, loader, mark
from binhyen.demo.signins import PROVINCE_OFFICER
from binhyen.demo.world.commune import World
from binhyen.demo.world.figures import figures
from binhyen.indicators.actions import sign_figure
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


def sign_provinces(world: World, codes: Iterable[str]) -> int:
    """Sign the figures of the provinces of some communes; how many provinces were new."""
    plans = world.plans()
    provinces = sorted({plans[code].province for code in codes})
    new = [code for code in provinces if not is_marked(f"figures {code}")]
    for code in new:
        _sign(world, code)
    return len(new)


@transaction.atomic
def _sign(world: World, code: str) -> None:
    province = Territory.everything.get(code=code, level=Level.PROVINCE, valid_to__isnull=True)
    by = _signer(world, code)
    for one in figures(world.seed, code, province.population or 0, world.today):
        sign_figure(
            by=by,
            indicator=one.indicator,
            territory=province,
            first_day=one.first_day,
            last_day=one.last_day,
            value=one.value,
            source=one.source,
            doubt=one.doubt,
            op_id=uuid5(NAMES, f"{code} {one.indicator} {one.first_day}"),
        )
    mark(f"figures {code}", world, province, {}, kind="demo.figures_signed")


def _signer(world: World, code: str) -> Actor:
    """The sample account of that province's police, or the loader where there is none."""
    if code == PROVINCE_OFFICER.code:
        return User.objects.get(username=PROVINCE_OFFICER.username).actor(world.today)
    return loader(world)
