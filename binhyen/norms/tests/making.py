# SPDX-License-Identifier: AGPL-3.0-or-later
"""Resolutions for tests: drafted by one person, approved by another."""

from datetime import date

from binhyen.accounts.choices import Role
from binhyen.norms.actions import draft_resolution
from binhyen.norms.actions_steps import approve_resolution
from binhyen.norms.actions_values import attach_document
from binhyen.norms.choices import Item, Origin
from binhyen.norms.drafts import NewValue
from binhyen.norms.holding import put_approved
from tests import cast

FINANCE = cast.an_actor(Role.PROVINCE_FINANCE, cast.PROVINCE)
CHAIR = cast.an_actor(Role.PROVINCE_CHAIR, cast.PROVINCE)
LOADER = cast.an_actor(Role.LOADER, cast.NATION)
DAY = date(2026, 3, 9)
FIRST = date(2026, 1, 1)


def cap(amount, *communes, **more):
    """At most so many paid nights."""
    return NewValue(Item.NIGHT_CAP, amount, communes=communes, **more)


def monthly(amount, *communes, **more):
    """Monthly support."""
    return NewValue(Item.MONTHLY, amount, communes=communes, **more)


def a_draft(*values, number="1/NQ-HĐND", first=FIRST, **more):
    """A draft of Lâm Đồng."""
    given = {"by": FINANCE, "territory": cast.the_place(cast.PROVINCE), **more}
    return draft_resolution(number=number, valid_from=first, values=values, **given)


def in_force(*values, document=b"", **more):
    """A resolution of Lâm Đồng that two persons put into force."""
    drafted = a_draft(*values, **more)
    if document:
        attach_document(by=FINANCE, resolution=drafted, name="nq.pdf", content=document)
    return approve_resolution(by=CHAIR, resolution=drafted)


def national(item, amount, *, number="161/2026/NĐ-CP", first=FIRST, **more):
    """What the nation sets, as it ships."""
    value = NewValue(item, amount, **more)
    drafted = draft_resolution(
        by=LOADER, territory=cast.the_place(cast.NATION), number=number, valid_from=first,
        values=[value], origin=Origin.SHIPPED,
    )  # fmt: skip
    put_approved(drafted, by=LOADER)
    return drafted
